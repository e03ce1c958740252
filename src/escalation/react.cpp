// Escalations of a record: what starts runs, what ends them, what begins them again (D5, E3, E7).
#include <tocsin/change/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/major_incident/events.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/playbook/events.hpp>
#include <tocsin/sla/events.hpp>
#include <tocsin/task/events.hpp>
#include <tocsin/workflow/events.hpp>

#include "desk/escalation_trigger.hpp"
#include "desk/react.hpp"

#include <algorithm>
#include <optional>

namespace tocsin::inline v1 {
namespace {

// Has somebody touched the record by it? What machines report does not count, nor what the requester says.
template <class... Event>
bool is_any(const event_body& body) {
  return (body.holds<Event>() || ...);
}

bool is_touch(const event_body& body) {
  return is_any<incident_logged, incident_classified, incident_prioritised, incident_assigned, incident_acknowledged,
                work_begun, note_added, update_added, incident_held, incident_resumed, incident_amended, incident_moved,
                custom_fields_set, task_added, task_changed, task_begun, task_completed, task_skipped, records_linked,
                attachment_added, work_logged, page_acknowledged, remediation_recorded, role_assumed,
                command_transferred, decision_logged, action_logged, step_started, step_completed, step_skipped>(body);
}

class escalation_reactor {
 public:
  escalation_reactor(const incident& record, const decision& given, std::span<const event> news,
                     std::vector<event>& more)
      : r_(record), given_(given), known_(given.state.definitions), news_(news), more_(more) {}

  void react() {
    if (!is_open(r_.state_kind) || known_.base_of(r_) != record_base::incident) return end_all();
    begin_again();
    if (!is_import(r_)) start();
    watch();
  }

 private:
  // Made when a run is to change: it begins with a copy of all of them.
  run_driver& keeper() { return keeper_ ? *keeper_ : keeper_.emplace(r_, given_, more_); }

  const std::vector<record_run>& runs() const { return keeper_ ? keeper_->runs() : runs_of(r_); }

  bool has(escalation_policy_ref policy, std::string_view cause) const {
    return std::ranges::any_of(runs(), [&](const record_run& r) { return r.policy == policy && r.cause == cause; });
  }

  // ---- ends, and beginnings after a reopening

  std::string end_cause() const {
    switch (r_.state_kind) {
      case state_kind::resolved:
        return "resolved";
      case state_kind::closed:
        return "closed";
      case state_kind::cancelled:
        return find_link(links_of(r_), link_kind::duplicate_of) ? "duplicate" : "cancelled";
      default:
        return "converted";
    }
  }

  void end_all() {
    if (!r_.part<incident_escalations>()) return;
    for (std::size_t i = 0; i < runs().size(); ++i) {
      if (runs()[i].run.state != run_state::ended) keeper().end(i, end_cause());
    }
    if (!watches().empty()) emit(escalation_watches_set{});
  }

  // Of each policy the first run, so that nobody is paged twice for one reopening (E3).
  void begin_again() {
    for (std::size_t i = 0; i < runs().size(); ++i) {
      const std::vector<record_run>& all = runs();
      const auto same_policy = [&](const record_run& other) { return other.policy == all[i].policy; };
      const auto first = std::ranges::find_if(all, same_policy);
      const bool running = std::ranges::any_of(
          all, [&](const record_run& other) { return same_policy(other) && other.run.state != run_state::ended; });
      if (!running && static_cast<std::size_t>(first - all.begin()) == i) keeper().begin_again(i);
    }
  }

  // ---- what has just happened

  void start() {
    const incident_ptr& before = given_.state.live.find(r_.id);
    if (r_.version == 0) start_on(escalation_cause::logged, "logged");
    if (before && before->priority != r_.priority) {
      start_on(escalation_cause::prioritised, "prioritised " + name_of(r_.priority));
    }
    const bool given = before ? !(before->team == r_.team && before->assignee == r_.assignee) : r_.version == 0;
    if (given && (r_.team || r_.assignee)) start_on(escalation_cause::assigned, "assigned " + holder());
    for (const event& e : news_) {
      if (!(e.record == record_ref{r_.id})) continue;
      if (const auto* reached = e.body.get_if<sla_threshold_reached>()) start_on_threshold(*reached);
    }
  }

  template <class Choice>
  static std::string name_of(Choice value) {
    return value == Choice{} ? "none" : std::string(choices(value)[static_cast<std::size_t>(value) - 1]);
  }

  std::string holder() const {
    const lexicon& words = given_.state.words;
    return std::string(words.word(word_kind::team, r_.team.index)) + "/" +
           std::string(words.word(word_kind::person, r_.assignee.index));
  }

  void start_on(escalation_cause on, const std::string& cause, std::string_view threshold = {}) {
    for (std::uint32_t number = 1; number <= known_.of<escalation_plan>().size(); ++number) {
      const escalation_plan* plan = known_.of<escalation_plan>().current(number);
      if (!plan || has({number}, cause)) continue;
      for (std::size_t i = 0; i < plan->triggers.size(); ++i) {
        const escalation_trigger& trigger = plan->policy.triggers[i];
        if (trigger.on != on || (!trigger.threshold.empty() && trigger.threshold != threshold)) continue;
        if (!trigger_holds(*plan, i, r_, given_)) continue;
        keeper().start({number}, on, cause);
        break;
      }
    }
  }

  // The policy that the threshold itself names, and those that ask for thresholds.
  void start_on_threshold(const sla_threshold_reached& reached) {
    const std::string cause = "threshold " +
                              std::string(given_.state.words.word(word_kind::sla_policy, reached.policy.index)) + " " +
                              (reached.name.empty() ? std::to_string(reached.threshold) : reached.name) + " cycle " +
                              std::to_string(reached.cycle);
    const clock_state& clock = r_.part<incident_clocks>()->clocks[reached.clock - 1].state;
    const sla_agreement& agreement = *known_.of<sla_agreement>().at(clock.policy.index, clock.policy_version);
    const std::string& named = agreement.policy.thresholds[reached.threshold].escalate;
    const escalation_policy_ref policy{given_.state.words.find(word_kind::escalation_policy, named)};
    if (known_.of<escalation_plan>().current(policy.index)) {
      keeper().start(policy, escalation_cause::threshold, cause);
    }
    start_on(escalation_cause::threshold, cause, reached.name);
  }

  // ---- what may go on for too long

  bool touched() const {
    return given_.actor != system_person && std::ranges::any_of(news_, [&](const event& e) {
             return e.record == record_ref{r_.id} && is_touch(e.body);
           });
  }

  const std::vector<escalation_watch>& watches() const {
    return r_.part_or_empty<incident_escalations>().escalation_watches;
  }

  void watch() {
    std::vector<escalation_watch> wanted;
    for (std::uint32_t number = 1; number <= known_.of<escalation_plan>().size(); ++number) {
      const escalation_plan* plan = known_.of<escalation_plan>().current(number);
      for (std::size_t i = 0; plan && i < plan->triggers.size(); ++i) {
        if (wanted.size() == limits::escalation_watches_max || !applies(plan->policy.triggers[i].on)) continue;
        wanted.push_back(watch_of(*plan, {number}, i));
      }
    }
    if (wanted != watches()) emit(escalation_watches_set{std::move(wanted)});
  }

  bool applies(escalation_cause on) const {
    return on == escalation_cause::not_updated_for || on == escalation_cause::unresolved_for ||
           (on == escalation_cause::unassigned_for && !r_.assignee);
  }

  escalation_watch watch_of(const escalation_plan& plan, escalation_policy_ref policy, std::size_t place) const {
    const escalation_trigger& trigger = plan.policy.triggers[place];
    escalation_watch made{.policy = policy, .trigger = static_cast<std::uint32_t>(place), .on = trigger.on};
    const auto had = std::ranges::find_if(watches(), [&](const escalation_watch& w) {
      return w.policy == made.policy && w.trigger == made.trigger && w.on == made.on;
    });
    const bool anew = had == watches().end() || (trigger.on == escalation_cause::not_updated_for && touched());
    made.since = anew ? beginning_of(trigger.on) : had->since;
    if (!anew && !is_set(had->due)) return made;  // it has been said
    const std::optional<business_calendar>& calendar = plan.triggers[place].calendar;
    const instant due = calendar ? calendar->add(made.since, trigger.after) : made.since + trigger.after;
    if (due != never && is_acceptable(due)) made.due = std::max(due, anew ? given_.recorded_at : due);
    return made;
  }

  // A policy may come to a record that has been open for long.
  instant beginning_of(escalation_cause on) const {
    const bool since_opened = on == escalation_cause::unresolved_for && r_.reopen_count == 0;
    return since_opened ? std::min(r_.opened_at, given_.recorded_at) : given_.recorded_at;
  }

  template <class Body>
  void emit(Body body) {
    more_.emplace_back(record_ref{r_.id}, std::uint64_t{0}, std::move(body));
  }

  const incident& r_;
  const decision& given_;
  const definition_table& known_;
  std::span<const event> news_;
  std::vector<event>& more_;
  std::optional<run_driver> keeper_;
};

}  // namespace

void react_by_escalation(const incident& record, const decision& given, std::span<const event> news,
                         std::vector<event>& more) {
  if (given.state.definitions.of<escalation_plan>().size() == 0 && !record.part<incident_escalations>()) return;
  if (record.retrospective) return;  // it has no effects (D5)
  escalation_reactor(record, given, news, more).react();
}

void react_by_open_time(const incident& record, const decision& given, std::vector<event>& more) {
  if (record.part<incident_escalations>()) run_driver(record, given, more).recount_waits();
}

}  // namespace tocsin::inline v1
