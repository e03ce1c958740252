#include "answer_story.hpp"

#include <tocsin/change/events.hpp>
#include <tocsin/communication/communication.hpp>
#include <tocsin/communication/events.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/knowledge/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/major_incident/events.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/workflow/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr duration default_gap = 30 * minute;

class story_reader {
 public:
  story_reader(const answer_context& c, const incident& record) : c_(c), record_(record) {}

  std::vector<milestone> read() {
    add(record_.occurred_at, milestone_kind::occurred, {}, {});
    add(record_.detected_at, milestone_kind::detected, {}, {});
    add(record_.opened_at, milestone_kind::opened, record_.reporter, record_.text->title);
    for (const entry& e : read_chain(c_.d.storage(), record_, UINT64_MAX)) {
      at_ = e.stated_at;
      actor_ = e.actor == system_person ? person_ref{} : e.actor;
      for (const event& happened : e.events) {
        if (happened.record.id == record_.id && !c_.by.hides(happened)) look_at(happened.body);
      }
    }
    add_known();
    return std::move(all_);
  }

 private:
  void add(instant at, milestone_kind kind, person_ref who, std::string what) {
    if (is_set(at)) all_.push_back({at, kind, who, std::move(what), {}, false});
  }
  void add(milestone_kind kind, std::string what = {}) { add(at_, kind, actor_, std::move(what)); }

  void look_at(const event_body& body) {
    look_at_work(body);
    look_at_response(body);
    look_at_mitigation(body);
    look_at_end(body);
  }

  void look_at_work(const event_body& body) {
    if (const auto* p = body.get_if<page>(); p && !p->shadow) add(at_, milestone_kind::paged, p->person, p->reason);
    if (body.holds<incident_acknowledged>() || body.holds<page_acknowledged>()) acknowledge();
    if (body.holds<work_begun>()) add(milestone_kind::work_begun);
    if (const auto* update = body.get_if<update_added>()) add(milestone_kind::update, update->text);
    if (const auto* told = body.get_if<update_published>()) add(milestone_kind::update, heading_of(*told));
  }

  // Once, where the page and the incident are by the same act.
  void acknowledge() {
    const bool is_said = !all_.empty() && all_.back().kind == milestone_kind::acknowledged && all_.back().at == at_ &&
                         all_.back().who == actor_;
    if (!is_said) add(milestone_kind::acknowledged);
  }

  // What an audience was told, by its title, or else its beginning.
  std::string heading_of(const update_published& told) const {
    const update_draft* const draft = find_draft(record_.part_or_empty<record_communication>(), told.draft);
    if (!draft) return told.audience;
    return told.audience + ": " + (draft->title.empty() ? draft->known : draft->title);
  }

  void look_at_response(const event_body& body) {
    if (const auto* proposed = body.get_if<major_incident_proposed>()) {
      const bool by_hand = proposed->rule.empty() && proposed->run == 0;
      add(at_, milestone_kind::major_proposed, by_hand ? actor_ : person_ref{}, proposed->reason);
    }
    if (body.holds<major_incident_accepted>()) add(milestone_kind::major_accepted);
    if (const auto* e = body.get_if<major_incident_rejected>()) add(milestone_kind::major_rejected, e->reason);
    if (const auto* e = body.get_if<major_incident_demoted>()) add(milestone_kind::major_demoted, e->reason);
    if (const auto* e = body.get_if<role_assumed>()) add(at_, milestone_kind::role_assumed, e->person, e->role);
    if (const auto* e = body.get_if<role_relinquished>()) {
      add(at_, milestone_kind::role_relinquished, e->person, e->role);
    }
    if (const auto* e = body.get_if<command_transferred>()) {
      add(at_, milestone_kind::command_transferred, e->to, e->note);
    }
    if (const auto* e = body.get_if<decision_logged>()) add(at_, milestone_kind::decision, e->decider, e->text);
    if (const auto* e = body.get_if<action_logged>()) {
      add(is_set(e->began_at) ? e->began_at : at_, milestone_kind::action, e->by, e->text);
    }
  }

  void look_at_mitigation(const event_body& body) {
    if (const auto* applied = body.get_if<known_error_linked>();
        applied && applied->outcome == known_error_outcome::helped) {
      add(milestone_kind::mitigated);
    }
    if (const auto* done = body.get_if<remediation_recorded>(); done && done->outcome == remediation_outcome::worked) {
      add(milestone_kind::mitigated, done->evidence);
    }
    if (const auto* held = body.get_if<incident_held>(); held && awaits_solution(held->reason)) {
      add(milestone_kind::mitigated, held->note);
    }
  }

  // What waits for a problem or a change does so because it can be lived with.
  bool awaits_solution(hold_reason_ref reason) const {
    const workflow_hold_reason* declared = c_.d.state().definitions.workflow_of(record_).hold_reason(reason);
    return declared && (declared->awaits == awaited::problem || declared->awaits == awaited::change);
  }

  void look_at_end(const event_body& body) {
    if (const auto* e = body.get_if<incident_resolved>()) add(milestone_kind::resolved, e->notes);
    if (const auto* e = body.get_if<incident_reopened>()) add(milestone_kind::reopened, e->reason);
    if (const auto* e = body.get_if<incident_closed>()) add(milestone_kind::closed, e->note);
    if (const auto* e = body.get_if<incident_cancelled>()) add(milestone_kind::cancelled, e->reason);
    if (const auto* e = body.get_if<duplicate_marked>()) ended(e->state_kind, e->reason);
    if (const auto* e = body.get_if<incident_moved>()) ended(e->state_kind, {});
  }

  void ended(state_kind kind, const std::string& why) {
    if (kind == state_kind::resolved) add(milestone_kind::resolved, why);
    if (kind == state_kind::closed) add(milestone_kind::closed, why);
    if (kind == state_kind::cancelled) add(milestone_kind::cancelled, why);
  }

  // What an import knows of its history stands in no event of its own.
  void add_known() {
    if (!record_.imported) return;
    add_missing(record_.acknowledged_at, milestone_kind::acknowledged, record_.acknowledged_by);
    add_missing(record_.work_begun_at, milestone_kind::work_begun, {});
    add_missing(record_.resolved_at, milestone_kind::resolved, record_.resolved_by);
    add_missing(record_.closed_at, milestone_kind::closed, {});
    add_missing(record_.cancelled_at, milestone_kind::cancelled, {});
  }

  void add_missing(instant at, milestone_kind kind, person_ref who) {
    if (std::ranges::find(all_, kind, &milestone::kind) == all_.end()) add(at, kind, who, {});
  }

  const answer_context& c_;
  const incident& record_;
  instant at_ = no_instant;
  person_ref actor_;
  std::vector<milestone> all_;
};

}  // namespace

std::vector<milestone> story_of(const answer_context& c, const incident& record, duration gap) {
  std::vector<milestone> all = story_reader(c, record).read();
  arrange(all, gap.us > 0 ? gap : default_gap);
  return all;
}

}  // namespace tocsin::inline v1
