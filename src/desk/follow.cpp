#include "follow.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/workflow/events.hpp>

#include <tocsin/desk/deciding.hpp>
#include "move_check.hpp"
#include "timing.hpp"

#include <algorithm>

namespace tocsin::inline v1 {

bool is_held_for(const desk_state& state, const incident& record, awaited what) {
  if (record.state_kind != state_kind::on_hold) return false;
  const workflow_hold_reason* reason = state.definitions.workflow_of(record).hold_reason(record.hold_reason);
  return reason && reason->awaits == what;
}

std::size_t cost_of_move(const incident& record) {
  constexpr std::size_t events_of_one = 16;
  const auto& links = links_of(record);
  return events_of_one * (1 + count_links(links, link_kind::parent_of)) + count_links(links, link_kind::has_duplicate);
}

bool may_follow(const decision& given, const incident& record, verb v) {
  const auto types = command_types();
  const auto type = std::ranges::find(types, command_of(v), &command_type::name);
  return may_command(given.state, **type, given.actor, &record, given.at);
}

// Fields that the move requires are checked on the record as it will be.
void follower::check(const workflow_move& m, const void* body, const event_body& to_come,
                     std::vector<std::string>& unmet) const {
  const desk_state& state = given_.state;
  const record_view seen{*state.definitions.schemas, state.definitions, state.words, r_, given_.actor, m.verb, body};
  for (unmet_guard& one : unmet_guards(seen, workflow_, m, given_.at)) unmet.push_back(std::move(one.says));
  if (m.required.empty()) return;
  incident after = r_;
  fold(after, to_come,
       {.sequence = state.counters.sequence + 1,
        .stated_at = given_.at,
        .recorded_at = given_.recorded_at,
        .actor = given_.actor},
       state.definitions);
  const record_view then{*state.definitions.schemas, state.definitions, state.words, after, given_.actor, m.verb, body};
  for (std::string& says : missing_fields(then, m)) unmet.push_back(std::move(says));
}

static std::string unmet_by_host(const decision& given, const incident& record, const workflow_host_guard& guard) {
  const std::optional<bool> answer = given.host->answer({guard.name, record, given.actor, given.at});
  if (!answer) return "nobody answers whether \"" + guard.name + "\" holds, which the host decides";
  return *answer ? std::string() : guard.says;
}

std::vector<std::string> ask_host(const decision& given, const incident& record, const workflow_move& move,
                                  std::vector<event>& to) {
  std::vector<std::string> unmet;
  if (!given.host) return unmet;
  std::vector<event> answered;
  for (const workflow_host_guard& guard : move.declared->host_guards) {
    std::string why_not = unmet_by_host(given, record, guard);
    if (why_not.empty()) {
      answered.push_back({{record.id}, 0, guard_answered{guard.name, true}});
    } else {
      unmet.push_back(std::move(why_not));
    }
  }
  if (unmet.empty()) to.insert(to.end(), answered.begin(), answered.end());
  return unmet;
}

template <class Made>
bool follower::attempt(verb v, const void* body, move_cause cause, std::vector<std::string> unmet, Made made) {
  event_body to_come;
  if (const workflow_move* m = workflow_.move(v, r_.state)) {
    to_come = made(*m);
    check(*m, body, to_come, unmet);
    if (unmet.empty()) unmet = ask_host(given_, r_, *m, events_);
  } else {
    const std::string_view state = given_.state.words.word(word_kind::state, r_.state.index);
    unmet.push_back(std::string(command_of(v)) + " is not allowed from " + std::string(state));
  }
  const bool possible = unmet.empty();
  if (!possible) to_come = move_withheld{v, cause, std::move(unmet)};
  events_.push_back({{r_.id}, 0, std::move(to_come)});
  return possible;
}

void follower::tell_requester(notice_cause cause, instant answer_by) {
  if (!r_.retrospective && r_.caller) emit(requester_notice{cause, answer_by});
}

bool follower::resolve(resolution_code_ref code, const std::string& notes, bool permanent, move_cause cause) {
  const resolve_incident body{{r_.id}, code, notes, permanent};
  std::vector<std::string> unmet;
  if (!workflow_.has(code)) {
    const std::string_view word = given_.state.words.word(word_kind::resolution_code, code.index);
    unmet.push_back("resolution code " + quoted(word) + " is none of its workflow");
  }
  const instant due = silence_ends(given_.state, workflow_, std::max(given_.at, r_.updated_at));
  const bool done = attempt(verb::resolve, &body, cause, std::move(unmet), [&](const workflow_move& m) {
    return incident_resolved{code, notes, permanent, m.to, due, cause};
  });
  if (done) tell_requester(notice_cause::resolved, due);
  return done;
}

bool follower::hold(hold_reason_ref reason, const std::string& note, move_cause cause) {
  const hold_incident body{{r_.id}, reason, note};
  std::vector<std::string> unmet;
  if (!workflow_.has(reason)) {
    const std::string_view word = given_.state.words.word(word_kind::hold_reason, reason.index);
    unmet.push_back("hold reason " + quoted(word) + " is none of its workflow");
  }
  return attempt(verb::hold, &body, cause, std::move(unmet), [&](const workflow_move& m) {
    incident_held e{reason, note, m.to};
    e.cause = cause;
    return e;
  });
}

bool follower::reopen(const std::string& reason) {
  const reopen_incident body{{r_.id}, reason};
  const bool done = attempt(verb::reopen, &body, move_cause::parent, {}, [&](const workflow_move& m) {
    const state_ref to = reopened_state(workflow_, r_, m.to);
    return incident_reopened{reason, to, workflow_.kind(to), reopen_cause::by_parent};
  });
  if (!done) return false;
  if ((r_.team || r_.assignee) && !r_.retrospective) emit(assignment_notice{r_.team, r_.assignee});
  tell_requester(notice_cause::reopened, no_instant);
  return true;
}

void follower::resume(move_cause cause) {
  emit(incident_resumed{r_.held_from, workflow_.kind(r_.held_from), {}, cause});
}

state_ref reopened_state(const workflow_graph& workflow, const incident& record, state_ref to) {
  if (is_set(record.work_begun_at)) return to;
  const bool is_given = record.team || record.assignee;
  const state_ref before = workflow.first(is_given ? state_kind::assigned : state_kind::fresh);
  return before ? before : to;
}

}  // namespace tocsin::inline v1
