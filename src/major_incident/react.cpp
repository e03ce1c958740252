// What follows for major incidents: rules propose them, their severities are noted, and updates become due (M1, M2).
#include <tocsin/desk/deciding.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/major_incident/events.hpp>
#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/major_incident/major_incident_policy.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/task/events.hpp>

#include "desk/changed_view.hpp"
#include "desk/react.hpp"
#include "major_incident/decide.hpp"
#include "task/decide_skills.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

class major_reactor {
 public:
  major_reactor(const incident& record, const decision& given, std::span<const event> news, std::vector<event>& more)
      : record_(record),
        part_(record.part<record_major_incident>()),
        policy_(major_policy_of(given.state)),
        given_(given),
        news_(news),
        d_(given, more) {}

  void react() {
    if (may_be_proposed() && !propose_by_rule()) propose_by_escalation();
    if (!part_) return;
    note_severity();
    keep_cadence();
    give_diagnosis();
  }

 private:
  // It may have become a request since.
  bool is_incident() const { return given_.state.definitions.base_of(record_) == record_base::incident; }

  // ---- proposing

  // A child is handled with its parent: that one is proposed.
  bool may_be_proposed() const {
    if (is_import(record_) || !is_open(record_.state_kind) || !is_incident()) return false;
    if (find_link(links_of(record_), link_kind::child_of)) return false;
    const major_state now = part_ ? part_->major_state : major_state::unset;
    return now != major_state::proposed && now != major_state::accepted;
  }

  // What was decided stands, but for a graver rule. A rule that the policy has no more says nothing of it.
  bool was_decided(std::size_t rule) const {
    if (!part_ || part_->major_rule.empty()) return false;
    const auto decided = policy_->place_of(part_->major_rule);
    return decided && *decided <= rule;
  }

  // Whether it did.
  bool propose_by_rule() {
    if (!policy_ || policy_->when.empty()) return false;
    const changed_view seen(record_, given_);
    const condition_data data = seen.data();
    const auto rule = policy_->rule_for(data, given_.at);
    if (!rule || was_decided(*rule)) return false;
    const major_rule& by = policy_->definition.rules[*rule];
    major_incident_proposed e{.reason = by.reason, .rule = by.key, .policy_version = version_of_policy()};
    e.inputs.text = policy_->inputs_of(*rule, data, given_.at);
    propose(std::move(e));
    return true;
  }

  // A node `declare_major` of its policy was reached. What was decided before stands.
  void propose_by_escalation() {
    if (part_) return;
    for (const event& happened : news_) {
      const major_proposed* asked = happened.body.get_if<major_proposed>();
      if (!asked || happened.record.id != record_.id) continue;
      return propose({.reason = "Its escalation declares a major incident", .run = asked->run});
    }
  }

  void propose(major_incident_proposed e) {
    d_.emit({record_.id}, std::move(e));
    tell_of_major(d_, record_, major_notice_cause::proposed);
  }

  std::uint32_t version_of_policy() const {
    const desk_state& state = given_.state;
    return state.definitions.of<compiled_major_policy>().latest(
        state.words.find(word_kind::major_incident_policy, default_definition));
  }

  // ---- severity

  void note_severity() {
    const std::vector<severity_change>& noted = part_->severity_history;
    const severity last = noted.empty() ? severity::unset : noted.back().severity;
    if (last == record_.severity || noted.size() >= limits::severity_changes_max) return;
    d_.emit({record_.id}, major_severity_noted{record_.severity});
  }

  // ---- cadence

  bool was_updated() const {
    return std::ranges::any_of(
        news_, [&](const event& e) { return e.record.id == record_.id && e.body.holds<update_added>(); });
  }

  // Nothing: no update is due. Records that were entered after the fact tell nobody (D5).
  duration cadence() const {
    if (!policy_ || !is_major(part_) || !is_open(record_.state_kind)) return {};
    if (record_.retrospective || !is_incident()) return {};
    return policy_->update_every(record_.severity);
  }

  void keep_cadence() {
    const duration every = cadence();
    const instant now = d_.effective(record_);
    if (every.us == 0) {
      if (is_set(part_->update_due_at)) schedule({}, no_instant, no_instant);
    } else if (was_updated() || !is_set(part_->update_due_at)) {
      schedule(every, now, now + every);
    } else if (every != part_->update_every) {  // late at once where the new cadence is shorter than it has been silent
      schedule(every, no_instant, std::max(now, part_->last_update_at + every));
    }
  }

  void schedule(duration every, instant since, instant due_at) {
    d_.emit({record_.id}, update_scheduled{every, since, due_at});
  }

  // ---- diagnosis

  bool is_in_use(person_ref one) const {
    const person* p = given_.state.definitions.of<person>().current(one.index);
    return p && !p->retired;
  }

  bool leads(person_ref one) const { return is_in_use(one) && find_holder(part_->response_roles, technical_lead, one); }

  // Of several, whoever has had the role longest.
  person_ref lead() const {
    for (const role_holding& one : part_->response_roles) {
      if (one.role == technical_lead && goes_on(one) && is_in_use(one.person)) return one.person;
    }
    return {};
  }

  // What nobody was named for goes with the role, until it is begun.
  bool goes_to_lead(const task& t) const {
    if (!t.diagnosis || !is_open(t.state)) return false;
    if (!t.owner && !t.team) return true;
    return t.state == task_state::open && t.owner_role == technical_lead && !leads(t.owner);
  }

  // Diagnosis is the technical lead's (R-O08). Where there is none, a task stays with whoever has it.
  void give_diagnosis() {
    if (is_final(record_.state_kind)) return;
    const person_ref to = lead();
    if (!to) return;
    for (const task& t : tasks_of(record_)) {
      if (!goes_to_lead(t) || lacking_skill(given_.state, to, t.skills)) continue;
      d_.emit({record_.id}, task_given{t.number, to, std::string(technical_lead)});
      d_.notify(record_, work_notice{work_notice_cause::task_assigned, t.number, {}, to});
    }
  }

  const incident& record_;
  const record_major_incident* part_;
  const compiled_major_policy* policy_;
  const decision& given_;
  std::span<const event> news_;
  deciding d_;
};

}  // namespace

void react_by_major_incident(const incident& record, const decision& given, std::span<const event> news,
                             std::vector<event>& more) {
  // Most desks have no policy, and most records are no major incidents: this is asked after every entry.
  const bool concerns = record.part<record_major_incident>() || major_policy_of(given.state) ||
                        std::ranges::any_of(news, [](const event& e) { return e.body.holds<major_proposed>(); });
  if (concerns) major_reactor(record, given, news, more).react();
}

}  // namespace tocsin::inline v1
