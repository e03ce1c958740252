// What becomes of a problem reaches its incidents (P5): those that await it are resolved, go on, or await another; those
// who work on the others are told. The table stands in problem_cascade.cpp. One entry holds only so much: where there is
// more, a timer goes on at the same instant, by the rights of whoever began it.
#include <tocsin/base/error.hpp>
#include <tocsin/desk/deciding.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/problem/events.hpp>
#include <tocsin/problem/problem_cascade.hpp>

#include "desk/follow.hpp"
#include "desk/react.hpp"
#include "problem/decide_incidents.hpp"
#include "problem/fire.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::size_t cost_of(const incident& record, incident_consequence then) {
  return then == incident_consequence::note ? 1 : cost_of_move(record);
}

class problem_cascade {
 public:
  problem_cascade(const incident& problem, problem_outcome outcome, const decision& given, std::vector<event>& more)
      : problem_(problem), part_(*problem.part<record_problem>()), outcome_(outcome), given_(given), more_(more) {}

  // Those after that incident, in order of their links; all of them where it is none of them. Where nobody is told, only
  // waits end.
  void run(record_ref after, bool tells = true) {
    std::vector<incident_ptr> all = incidents_of(given_, problem_);
    // Nothing goes on for what has ended: notices may be left, waits may not, so they come first.
    const bool has_ended = is_final(problem_.state_kind);
    if (has_ended) std::ranges::stable_partition(all, [&](const incident_ptr& one) { return !is_told(*one); });
    const auto last = std::ranges::find(all, after.id, [](const incident_ptr& one) { return one->id; });
    std::size_t spent = 0;
    for (auto it = after && last != all.end() ? last + 1 : all.begin(); it != all.end(); ++it) {
      const incident_consequence then = consequence_for(**it);
      if (then == incident_consequence::nothing || (then == incident_consequence::note && !tells)) continue;
      const std::size_t cost = cost_of(**it, then);
      if (spent != 0 && spent + cost > cascade_events_max) {
        if (has_ended) {
          if (then != incident_consequence::note) refuse_too_many();
          ++left_;
          continue;
        }
        return finish({outcome_, {(*(it - 1))->id}, given_.actor});
      }
      spent += cost;
      reach(**it, then);
    }
    finish({outcome_, {}, {}});
  }

 private:
  void finish(incidents_reached e) {
    if (left_ != 0) emit(cascade_limited{link_kind::cause_of, verb::unset, left_});
    if (e.after || is_set(part_.cascade_due)) emit(std::move(e));
  }

  [[noreturn]] static void refuse_too_many() {
    throw error(status::resource_exhausted, "problem.too_many_waiting",
                "more incidents await it than one command can let go on: resume or resolve some of them first");
  }

  template <class Body>
  void emit(Body body) {
    more_.push_back({{problem_.id}, 0, std::move(body)});
  }

  incident_consequence consequence_for(const incident& record) const {
    return consequence_of(outcome_, standing_of(record.state_kind, awaits(given_, record, problem_)));
  }

  bool is_told(const incident& record) const { return consequence_for(record) == incident_consequence::note; }

  void reach(const incident& record, incident_consequence then) {
    if (!may_reach(given_, problem_, record)) return void(++left_);
    follower moves(record, given_, more_);
    switch (then) {
      case incident_consequence::resolve:
        return resolve(moves, resolution_code(record), problem_.text->resolution_notes);
      case incident_consequence::decide:
        if (part_.accepted_outcome == stranded_outcome::unset) return;  // it was decided by itself
        if (part_.accepted_outcome == stranded_outcome::resume) return moves.resume(move_cause::problem);
        return resolve(moves, part_.accepted_code, part_.accepted_because);
      case incident_consequence::resume:
        return moves.resume(move_cause::problem);
      case incident_consequence::follow:
        return follow(record, moves);
      default:
        return tell(record);
    }
  }

  // Where it is refused the wait ends nevertheless, so that somebody looks at the record.
  void resolve(follower& moves, resolution_code_ref code, const std::string& notes) const {
    if (!moves.resolve(code, notes, problem_.permanent, move_cause::problem)) moves.resume(move_cause::problem);
  }

  // That of the hold, as the workflow of the incident has it; else that of the problem.
  resolution_code_ref resolution_code(const incident& record) const {
    const workflow_hold_reason* reason = given_.state.definitions.workflow_of(record).hold_reason(record.hold_reason);
    if (!reason || reason->resolution_code.empty()) return problem_.resolution_code;
    return {given_.state.words.find(word_kind::resolution_code, reason->resolution_code)};
  }

  // It is caused by the original from now on. Where that is no longer open, or has no room for it, its wait ends.
  void follow(const incident& record, follower& moves) {
    const record_link* up = find_link(links_of(problem_), link_kind::duplicate_of);
    const incident_ptr original = up ? given_.records.find(up->record) : nullptr;
    const bool follows = original && move_link(given_, record, up->record, more_);
    if (follows && is_open(original->state_kind)) return;
    if (awaits(given_, record, problem_)) moves.resume(move_cause::problem);
  }

  void tell(const incident& record) {
    if (record.retrospective || (!record.team && !record.assignee)) return;
    more_.push_back({{record.id}, 0, problem_notice{{problem_.id}, outcome_, text(), record.team, record.assignee}});
  }

  const std::string& text() const {
    static const std::string none;
    if (outcome_ == problem_outcome::workaround) return part_.communicated_workaround;
    if (outcome_ == problem_outcome::risk_accepted) return part_.accepted_because;
    if (outcome_ == problem_outcome::fixed) {
      return problem_.text->resolution_notes.empty() ? part_.communicated_fix : problem_.text->resolution_notes;
    }
    return none;
  }

  const incident& problem_;
  const record_problem& part_;
  problem_outcome outcome_;
  const decision& given_;
  std::vector<event>& more_;
  std::uint32_t left_ = 0;
};

// What an event means for the incidents of its problem; unset: nothing.
problem_outcome outcome_of(const event_body& body) {
  if (body.holds<workaround_communicated>()) return problem_outcome::workaround;
  if (body.holds<fix_communicated>()) return problem_outcome::workaround;  // told of it, they wait until it is resolved
  if (body.holds<risk_accepted>()) return problem_outcome::risk_accepted;
  if (body.holds<incident_resolved>()) return problem_outcome::fixed;
  if (body.holds<duplicate_marked>()) return problem_outcome::duplicate;
  if (body.holds<incident_cancelled>()) return problem_outcome::cancelled;
  if (body.holds<incident_closed>()) return problem_outcome::cancelled;
  return problem_outcome::unset;
}

void take_over_groups(const incident& problem, const duplicate_marked& by, std::vector<event>& more) {
  const std::vector<recurrence_group>& groups = problem.part<record_problem>()->stands_for;
  if (!groups.empty()) more.push_back({by.original, 0, groups_taken_over{groups, {}}});
}

}  // namespace

void react_by_problem(std::span<const event> news, const decision& given, std::vector<event>& more) {
  for (const event& happened : news) {
    if (!happened.record) continue;
    const event_type* const type = happened.body.type();
    if (outcome_of(happened.body) == problem_outcome::unset) continue;
    const incident_ptr record = given.records.find(happened.record);
    if (!record->part<record_problem>()) continue;
    if (const auto* marked = happened.body.get_if<duplicate_marked>()) take_over_groups(*record, *marked, more);
    // What was resolved before it was closed has been told of already.
    const bool tells = type != &incident_closed::descriptor || !is_set(record->resolved_at);
    problem_cascade(*record, outcome_of(happened.body), given, more).run({}, tells);
  }
}

void timers(const record_problem& problem, const incident& record, timer_visitor visit) {
  if (is_set(problem.cascade_due)) visit(timer_kind::problem_cascade, problem.cascade_due);
  if (is_set(problem.risk_review_at) && record.state_kind == state_kind::resolved) {
    visit(timer_kind::risk_review, problem.risk_review_at);
  }
}

void go_on_with_cascade(deciding& d, const incident& record, const timer&) {
  const record_problem& problem = *record.part<record_problem>();
  decision by = d.given;
  by.actor = problem.cascade_by;
  problem_cascade(record, problem.cascade_outcome, by, d.events).run(problem.cascade_after);
}

void say_risk_review_due(deciding& d, const incident& record, const timer&) {
  d.emit({record.id}, risk_review_due{record.team, record.assignee});
}

}  // namespace tocsin::inline v1
