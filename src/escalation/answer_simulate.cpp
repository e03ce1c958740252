#include "answer.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/escalation/commands.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/sla/events.hpp>

#include <algorithm>
#include <optional>
#include <string>

#include "time/shown.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr duration default_span = 7 * day;

template <class Choice>
std::string_view name_of(Choice value) {
  return choices(value)[static_cast<std::size_t>(value) - 1];
}

[[noreturn]] void refuse(const std::string& path, const std::string& found, const std::string& allowed) {
  throw unexpected(status::invalid_argument, "query.invalid", path, found, allowed);
}

// ---- what is assumed, in this desk's words

// A reaction, and when.
struct assumed {
  const reaction_document* what = nullptr;
  instant at;
  instant until = no_instant;  // of a snooze
  person_ref by;
};

class assumptions {
 public:
  assumptions(const desk_state& state, const simulate_query& asked) : state_(state), asked_(asked) {}

  log_incident incident() const {
    const simulated_incident& i = asked_.incident;
    log_incident made;
    made.title = i.title.empty() ? "Simulated incident" : i.title;
    made.impact = i.impact;
    made.urgency = i.urgency;
    made.severity = i.severity;
    made.channel = i.channel;
    made.category = {named(word_kind::category, i.category, "/incident/category")};
    made.service = {named(word_kind::service, i.service, "/incident/service")};
    made.team = {named(word_kind::team, i.team, "/incident/team")};
    made.caller = {named(word_kind::person, i.caller, "/incident/caller")};
    made.assignee = {named(word_kind::person, i.assignee, "/incident/assignee")};
    made.reported_at = i.opened_at;
    if (i.priority != priority::unset) set_priority(made, i.priority);
    return made;
  }

  // In the order in which they come.
  std::vector<assumed> reactions() const {
    std::vector<assumed> all;
    for (std::size_t i = 0; i < asked_.reactions.size(); ++i) {
      all.push_back(reaction(asked_.reactions[i], "/reactions/" + std::to_string(i)));
    }
    std::ranges::stable_sort(all, {}, &assumed::at);
    return all;
  }

 private:
  std::uint32_t named(word_kind kind, const std::string& key, const std::string& path) const {
    const std::uint32_t number = state_.words.find(kind, key);
    if (key.empty() || number != 0) return number;
    throw unexpected(status::not_found, "query.unknown_key", path, refused_value::text(key),
                     "a " + std::string(name(kind)) + " that has been published");
  }

  // The gravest impact and urgency that the desk's matrix gives it for.
  void set_priority(log_incident& made, priority wanted) const {
    const priority_matrix* matrix =
        state_.definitions.of<priority_matrix>().current(state_.definitions.incident_matrix.index);
    const bool given = made.impact != impact::unset || made.urgency != urgency::unset;
    for (const impact i : {impact::high, impact::medium, impact::low}) {
      for (const urgency u : {urgency::high, urgency::medium, urgency::low}) {
        const bool fits =
            (made.impact == impact::unset || made.impact == i) && (made.urgency == urgency::unset || made.urgency == u);
        if (!matrix || !fits || priority_of(*matrix, i, u) != wanted) continue;
        made.impact = i;
        made.urgency = u;
        return;
      }
    }
    throw error(status::invalid_argument, "simulate.no_such_priority",
                "/incident/priority: no impact and urgency of the desk's matrix" +
                    std::string(given ? ", with those that are given," : "") + " give " + std::string(name_of(wanted)),
                "{\"path\":\"/incident/priority\"}");
  }

  assumed reaction(const reaction_document& r, const std::string& path) const {
    if (is_set(r.at) && r.after.us != 0) refuse(path + "/after", "both it and \"at\"", "one of the two");
    assumed made{.what = &r, .at = is_set(r.at) ? r.at : asked_.opened_at + r.after};
    if (made.at < asked_.opened_at) refuse(path + "/at", shown(made.at), "the opening or later");
    if (is_set(r.until) && r.length.us != 0) refuse(path + "/for", "both it and \"until\"", "one of the two");
    const bool ends = is_set(r.until) || r.length.us != 0;
    if (ends != (r.action == run_action_kind::snooze)) {
      refuse(path + "/until", ends ? "an end" : "neither it nor \"for\"", "an end for a snooze, and for nothing else");
    }
    if (ends) made.until = is_set(r.until) ? r.until : made.at + r.length;
    made.by = r.by.empty() ? host_person : person_ref{named(word_kind::person, r.by, path + "/by")};
    return made;
  }

  const desk_state& state_;
  const simulate_query& asked_;
};

// ---- the play

struct refused_reaction {
  assumed what;
  std::string reason;
  std::string message;
};

class play {
 public:
  play(const desk& d, const simulate_query& asked, person_ref actor)
      : desk_(d.fork()), asked_(asked), actor_(actor), given_(d.state(), asked) {}

  void run() {
    const log_incident logged = given_.incident();
    const std::vector<assumed> reactions = given_.reactions();
    go_on_until(asked_.opened_at);
    record_ = tell(asked_.opened_at, actor_, logged).record;
    if (asked_.policy && !has_run_of(asked_.policy)) {
      tell(asked_.opened_at, actor_, start_escalation{record_, asked_.policy, "simulated"});
    }
    for (const assumed& r : reactions) {
      if (r.at > asked_.until) break;
      go_on_until(r.at);
      react(r);
    }
    go_on_until(asked_.until + microsecond);
  }

  const desk& played() const { return desk_; }
  incident_ptr record() const { return desk_.find(record_); }
  const std::vector<refused_reaction>& refused() const { return refused_; }

 private:
  const result& tell(instant when, person_ref who, command asked) {
    request r;
    r.at = when;
    r.actor = who;
    r.asked = std::move(asked);
    return desk_.execute(std::move(r), {.allow_leap = true});
  }

  // As a host that is there would, at each instant at which something is due before then (D8).
  void go_on_until(instant end) {
    for (instant due = desk_.next_due(); due < end; due = desk_.next_due()) {
      if (++instants_ > limits::simulated_instants_max) {
        throw error(status::resource_exhausted, "simulate.too_long",
                    "the desk has more than " + std::to_string(limits::simulated_instants_max) +
                        " things to do until then; ask for less by \"until\"");
      }
      instant now = std::max(due, desk_.state().counters.clock);
      for (const host_absence& away : asked_.host_away) {
        if (away.from <= now && now < away.until) now = away.until;
      }
      if (now >= end) return;
      desk_.advance(now, 0, true);
    }
  }

  std::vector<std::uint32_t> runs() const {
    std::vector<std::uint32_t> all;
    const incident_ptr now = record();
    const std::vector<record_run>& kept = runs_of(*now);
    for (std::uint32_t i = 0; i < kept.size(); ++i) {
      if (kept[i].run.state != run_state::ended) all.push_back(i + 1);
    }
    if (all.empty()) all.push_back(0);  // run 0 reports why no run started
    return all;
  }

  bool has_run_of(escalation_policy_ref policy) const {
    const incident_ptr now = record();
    const std::vector<record_run>& kept = runs_of(*now);
    return std::ranges::find(kept, policy, &record_run::policy) != kept.end();
  }

  // What is done to pages is done to those of every run that is under way.
  void react(const assumed& r) {
    const auto step = static_cast<std::uint32_t>(r.what->step);
    const auto version = static_cast<std::uint32_t>(r.what->version);
    const std::string why = "simulated";
    switch (r.what->action) {
      case run_action_kind::acknowledge:
        for (const std::uint32_t run : runs()) attempt(r, acknowledge_page{record_, run, step, version});
        return;
      case run_action_kind::unacknowledge:
        for (const std::uint32_t run : runs()) attempt(r, unacknowledge_page{record_, run, why});
        return;
      case run_action_kind::snooze:
        for (const std::uint32_t run : runs()) attempt(r, snooze_escalation{record_, run, r.until, step, version});
        return;
      case run_action_kind::escalate:
        for (const std::uint32_t run : runs()) {
          escalate next;
          next.incident = record_;
          next.kind = escalate_kind::next_step;
          next.run = run;
          next.reason = why;
          next.step = step;
          next.version = version;
          attempt(r, next);
        }
        return;
      case run_action_kind::hand_over:
        return attempt(r, hand_over{record_, {}, r.by, why});
      case run_action_kind::resolve:
        return attempt(r, resolve_incident{record_, first_code(), why});
      case run_action_kind::close:
        return attempt(r, close_incident{record_, why});
      case run_action_kind::cancel:
        return attempt(r, cancel_incident{record_, why});
      case run_action_kind::reopen:
        return attempt(r, reopen_incident{record_, why});
      default:
        return;
    }
  }

  resolution_code_ref first_code() const {
    const auto& codes = desk_.state().definitions.workflow_of(*record()).definition().resolution_codes;
    return {codes.empty() ? 0 : desk_.state().words.find(word_kind::resolution_code, codes.front())};
  }

  void attempt(const assumed& r, command asked) {
    try {
      tell(r.at, r.by, std::move(asked));
    } catch (const error& e) {
      refused_.push_back({r, e.reason(), e.what()});
    }
  }

  desk desk_;
  const simulate_query& asked_;
  person_ref actor_;
  assumptions given_;
  record_ref record_;
  std::size_t instants_ = 0;
  std::vector<refused_reaction> refused_;
};

// ---- what is told of it

class teller {
 public:
  teller(json_writer& to, const play& of)
      : to_(to),
        of_(of),
        words_(of.played().state().words),
        record_(of.record()),
        chain_(read_chain(of.played().storage(), *record_, UINT64_MAX)) {}

  void write() {
    to_.begin_object();
    to_.member("incident", of_.played().show_number(record_->number));
    if (record_->priority != priority::unset) to_.member("priority", name_of(record_->priority));
    write_events();
    write_runs();
    to_.end_object();
  }

 private:
  void write(std::string_view name, instant t) {
    if (is_set(t) && t != never) to_.member(name, shown(t));
  }
  void write(std::string_view name, const std::string& text) {
    if (!text.empty()) to_.member(name, text);
  }
  void count(std::string_view name, std::int64_t number) {
    if (number != 0) to_.member(name, number);
  }
  std::string_view key_of(person_ref p) const { return words_.word(word_kind::person, p.index); }

  void write_people(std::string_view name, const std::vector<person_ref>& people) {
    if (people.empty()) return;
    std::vector<std::string_view> keys;
    for (const person_ref one : people) keys.push_back(key_of(one));
    std::ranges::sort(keys);
    to_.key(name);
    to_.begin_array();
    for (const std::string_view key : keys) to_.text(key);
    to_.end_array();
  }

  void begin(const entry& e, std::string_view what, std::uint32_t run) {
    to_.begin_object();
    write("at", e.recorded_at);
    to_.member("event", what);
    if (run == 0) return;
    const record_run& kept = runs_of(*record_)[run - 1];
    to_.member("policy", words_.word(word_kind::escalation_policy, kept.policy.index));
    to_.member("run", static_cast<std::int64_t>(run));
  }

  void write_events() {
    to_.key("events");
    to_.begin_array();
    auto refused = of_.refused().begin();
    const auto refuse_before = [&](instant t) {
      for (; refused != of_.refused().end() && refused->what.at < t; ++refused) write_refusal(*refused);
    };
    for (const entry& e : chain_) {
      refuse_before(e.recorded_at);
      for (const event& happened : e.events) {
        if (happened.record.id == record_->id) tell(e, happened);
      }
    }
    refuse_before(never);
    to_.end_array();
  }

  void write_refusal(const refused_reaction& r) {
    to_.begin_object();
    write("at", r.what.at);
    to_.member("event", "refused");
    to_.member("action", name_of(r.what.what->action));
    write("by", r.what.what->by);
    to_.member("reason", r.reason);
    to_.member("message", r.message);
    to_.end_object();
  }

  // In the words of `tocsin simulate`; what that does not know goes by its own name.
  void tell(const entry& e, const event& happened) {
    const event_body& body = happened.body;
    if (const auto* said = body.get_if<escalation_started>()) {
      begin(e, said->number == 1 ? "started" : "reopened", said->run);
      write("cause", said->cause);
    } else if (const auto* fired = body.get_if<escalation_step_fired>()) {
      begin(e, "notified", fired->run);
      tell_step(*fired);
    } else if (const auto* nobody = body.get_if<nobody_on_call>()) {
      begin(e, "nobody_on_call", nobody->run);
      count("step", nobody->step);
      write("node", nobody->node);
      count("pass", nobody->pass);
    } else if (const auto* skipped = body.get_if<escalation_steps_skipped>()) {
      begin(e, "skipped", skipped->run);
      count("steps", skipped->count);
    } else if (const auto* given = body.get_if<functional_escalation>()) {
      begin(e, given->handed_over ? "handed_over" : "assigned", given->run);
      write("node", given->node);
      if (given->to) to_.member("team", words_.word(word_kind::team, given->to.index));
      count("level", given->level);
      write("reason", given->reason);
    } else if (const auto* raised = body.get_if<hierarchical_escalation>()) {
      begin(e, "raised", raised->run);
      write("node", raised->node);
      write("reason", raised->reason);
    } else if (const auto* major = body.get_if<major_proposed>()) {
      begin(e, "major_declared", major->run);
      write("node", major->node);
    } else if (const auto* automation = body.get_if<automation_requested>()) {
      begin(e, "automation_run", automation->run);
      write("node", automation->node);
      write("automation", automation->automation);
    } else if (const auto* repeated = body.get_if<escalation_repeated>()) {
      begin(e, "repeated", repeated->run);
      count("pass", repeated->pass);
    } else if (!tell_answer(e, body)) {
      return tell_otherwise(e, happened);
    }
    to_.end_object();
  }

  // What somebody did, and how a run stands for it.
  bool tell_answer(const entry& e, const event_body& body) {
    if (const auto* taken = body.get_if<page_acknowledged>()) {
      begin(e, taken->needed != 0 ? "acknowledged_in_part" : "acknowledged", taken->run);
      to_.member("by", key_of(e.actor));
      count("needed", taken->needed);
    } else if (const auto* back = body.get_if<page_unacknowledged>()) {
      begin(e, back->timed_out ? "acknowledgement_timed_out" : "unacknowledged", back->run);
    } else if (const auto* snoozed = body.get_if<escalation_snoozed>()) {
      begin(e, "snoozed", snoozed->run);
      write("until", snoozed->until);
    } else if (const auto* on = body.get_if<escalation_taken_on>()) {
      begin(e, on->handed_over ? "handed_over" : "escalated", on->run);
    } else if (const auto* ended = body.get_if<escalation_ended>()) {
      begin(e, "ended", ended->run);
      write("reason", ended->cause);
    } else if (const auto* over = body.get_if<snooze_ended>()) {
      begin(e, "snooze_ended", over->run);
    } else if (const auto* exhausted = body.get_if<escalation_exhausted>()) {
      begin(e, "escalation_exhausted", exhausted->run);
    } else if (const auto* held = body.get_if<escalation_held>()) {
      begin(e, "held", held->run);
    } else {
      return false;
    }
    return true;
  }

  void tell_otherwise(const entry& e, const event& happened) {
    const event_body& body = happened.body;
    const bool matters = body.holds<sla_threshold_reached>() || body.holds<sla_breached>() ||
                         body.holds<page_bundle>() || body.holds<page_bundled>();
    if (!matters) return;
    to_.begin_object();
    write("at", e.recorded_at);
    write_event_members(to_, happened, names_of(of_.played()));
    to_.end_object();
  }

  void tell_step(const escalation_step_fired& fired) {
    count("step", fired.step);
    write("node", fired.node);
    count("pass", fired.pass);
    count("version", fired.version);
    write_people("people", fired.people);
    write_people("shadows", fired.shadows);
    if (fired.urgency != urgency::unset) to_.member("urgency", name_of(fired.urgency));
    write_attempts(fired);
  }

  // Every page that came of it, and those that a storm held.
  void write_attempts(const escalation_step_fired& fired) {
    to_.key("attempts");
    to_.begin_array();
    for (const entry& e : chain_) {
      for (const event& happened : e.events) {
        if (happened.record.id != record_->id) continue;
        const auto* one = happened.body.get_if<page>();
        if (one && one->run == fired.run && one->version == fired.version) {
          write_attempt(e.recorded_at, one->person, one->method, no_instant);
        }
        const auto* held = happened.body.get_if<page_held>();
        if (held && held->run == fired.run && held->version == fired.version) {
          write_attempt(e.recorded_at, held->person, held->method, held->until);
        }
      }
    }
    to_.end_array();
  }

  void write_attempt(instant at, person_ref person, const std::string& method, instant held_until) {
    to_.begin_object();
    write("at", at);
    to_.member("person", key_of(person));
    write("method", method);
    write("held_until", held_until);
    to_.end_object();
  }

  void write_runs() {
    to_.key("runs");
    to_.begin_array();
    const std::vector<record_run>& all = runs_of(*record_);
    for (std::size_t i = 0; i < all.size(); ++i) {
      const record_run& kept = all[i];
      to_.begin_object();
      to_.member("run", static_cast<std::int64_t>(i + 1));
      to_.member("policy", words_.word(word_kind::escalation_policy, kept.policy.index));
      to_.member("policy_version", static_cast<std::int64_t>(kept.run.policy_version));
      to_.member("state", name_of(kept.run.state));
      if (kept.run.exhausted) to_.member_boolean("exhausted", true);
      write("next_due", kept.run.due);
      to_.end_object();
    }
    to_.end_array();
  }

  json_writer& to_;
  const play& of_;
  const lexicon& words_;
  incident_ptr record_;
  std::vector<entry> chain_;
};

}  // namespace

std::span<const field_row> simulate_query::fields() {
  using self = simulate_query;
  static constexpr field_row rows[] = {
      row<&self::policy>("policy", "Escalation policy to start by hand, unless something else has started it"),
      row<&self::opened_at>("opened_at", "When the incident opens; the desk's clock or later", required),
      row<&self::until>("until", "The last instant that is looked at; seven days on where none is given"),
      row<&self::incident>("incident", "The incident; its priority is that of the desk's matrix"),
      row<&self::reactions>("reactions", "What people do", max_length(limits::reactions_max)),
      row<&self::host_away>("host_away", "When the host does nothing by itself", max_length(limits::host_absences_max)),
  };
  return rows;
}

void answer(const answer_context& c, const simulate_query& query) {
  simulate_query asked = query;
  const instant clock = c.d.state().counters.clock;
  if (is_set(clock) && asked.opened_at < clock) {
    throw unexpected(status::invalid_argument, "simulate.in_past", "/opened_at", shown(asked.opened_at),
                     "the desk's clock, " + shown(clock) + ", or later: a fork of a desk plays what is to come");
  }
  if (!is_set(asked.until)) asked.until = std::min(asked.opened_at + default_span, instant_max);
  if (asked.until < asked.opened_at) refuse("/until", shown(asked.until), "the opening or later");
  for (std::size_t i = 0; i < asked.host_away.size(); ++i) {
    if (asked.host_away[i].until > asked.host_away[i].from) continue;
    refuse("/host_away/" + std::to_string(i) + "/until", "an end that is not after its beginning", "one that is");
  }
  play played(c.d, asked, c.actor());
  played.run();
  teller(c.to, played).write();
}

}  // namespace tocsin::inline v1
