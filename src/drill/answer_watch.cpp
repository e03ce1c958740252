#include "answer_watch.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/communication/events.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/major_incident/events.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/sla/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_of_timeline(const event_body& body) {
  return is_effect(body) || body.holds<escalation_started>() || body.holds<nobody_on_call>() ||
         body.holds<escalation_exhausted>() || body.holds<page_acknowledged>() || body.holds<escalation_taken_on>() ||
         body.holds<major_incident_proposed>() || body.holds<major_incident_accepted>() || body.holds<role_assumed>() ||
         body.holds<role_relinquished>() || body.holds<sla_breached>() || body.holds<incident_resolved>();
}

// Whom the event is about, where it names one person.
person_ref person_in(const event_body& body) {
  for (const field_row& field : body.type()->fields()) {
    if (field.name != "person" || field.type->kind != field_kind::word) continue;
    return {static_cast<std::uint32_t>(field.read(body.address()))};
  }
  return {};
}

}  // namespace

void watched_incident::reached(std::string_view milestone, instant at) {
  if (find_time(measured, milestone) || measured.times.size() == limits::drill_times_max) return;
  measured.times.push_back({std::string(milestone), at, at - measured.since});
}

void watched_incident::lacks(drill_gap_kind kind, std::string_view subject, instant at, std::string_view detail) {
  const auto known = std::ranges::find_if(
      gaps, [&](const drill_gap& g) { return g.kind == kind && g.subject == subject && g.detail == detail; });
  if (known != gaps.end()) {
    ++known->count;
  } else {
    gaps.push_back({kind, measured.label, std::string(subject), at, 1, std::string(detail)});
  }
}

drill_watch::drill_watch(const desk& real, const desk& fork, const drill_scenario& scenario, person_ref asker)
    : fork_(fork), real_(real, asker), fork_view_(fork, asker) {
  for (const person_ref one : scenario.unreachable) unreachable_.insert(one.index);
}

void drill_watch::begin() {
  read_to_ = fork_.state().counters.sequence;
  last_id_ = fork_.state().counters.last_id;
}

std::string drill_watch::key_of(person_ref person) const {
  return std::string(fork_.state().words.word(word_kind::person, person.index));
}

void drill_watch::name(record_ref record, std::string_view label, instant at) {
  if (watched_.contains(record.id)) return;
  if (record.id <= last_id_) {
    const incident_ptr known = fork_.find(record);
    if (!known || fork_.state().definitions.base_of(*known) != record_base::incident) return;
  }
  if (watched_incident* w = watch(record, at); w && !label.empty()) {
    w->measured.label = label;
    --unlabelled_;
  }
}

watched_incident* drill_watch::find(record_ref record) {
  const auto found = watched_.find(record.id);
  return found == watched_.end() ? nullptr : &found->second;
}

// An incident of the drill, from now on if need be; null: it is none.
watched_incident* drill_watch::watch(record_ref record, instant at) {
  if (watched_incident* known = find(record)) return known;
  if (!record || others_.contains(record.id)) return nullptr;
  const incident_ptr now = fork_.find(record);
  if (!now || fork_.state().definitions.base_of(*now) != record_base::incident) {
    others_.insert(record.id);
    return nullptr;
  }
  if (watched_.size() == limits::drill_incidents_max) {
    throw error(status::resource_exhausted, "drill.too_many_incidents",
                "more than " + std::to_string(limits::drill_incidents_max) + " incidents come up in the drill");
  }
  watched_incident& made = watched_[record.id];
  made.record = record;
  made.measured.label = "#" + std::to_string(++unlabelled_);
  made.measured.number = fork_.show_number(now->number);
  made.measured.since = at;
  order_.push_back(record.id);
  return &made;
}

std::vector<heard_page> drill_watch::read_on() {
  std::vector<heard_page> pages;
  sha256 hasher;
  for (; read_to_ < fork_.state().counters.sequence; ++read_to_) {
    const stored_entry stored = fork_.read_stored_entry(read_to_ + 1);
    if (!is_purged(stored)) read(decode_entry(stored, hasher), pages);
  }
  return pages;
}

void drill_watch::read(const entry& e, std::vector<heard_page>& pages) {
  for (const event& happened : e.events) {
    const bool was_there = happened.record.id <= last_id_;
    watched_incident* of = was_there ? find(happened.record) : watch(happened.record, e.recorded_at);
    if (const auto* bundle = happened.body.get_if<page_bundle>()) hear_bundle(*bundle, e.recorded_at, pages);
    if (!of) continue;
    of->effects += is_effect(happened.body) ? 1 : 0;
    measure(*of, e, happened.body);
    if (const auto* one = happened.body.get_if<page>()) {
      hear(*of, {of->record, one->run, one->run_number, one->version, one->person, one->method, e.recorded_at},
           !one->shadow, pages);
    }
    if (is_of_timeline(happened.body)) tell_event(happened.record, e, happened.body);
  }
}

void drill_watch::measure(watched_incident& of, const entry& e, const event_body& body) {
  const instant at = e.recorded_at;
  if (body.holds<escalation_started>()) {
    of.escalated = true;
  } else if (const auto* fired = body.get_if<escalation_step_fired>()) {
    of.measured.steps_reached = std::max<std::int64_t>(of.measured.steps_reached, fired->step);
  } else if (const auto* nobody = body.get_if<nobody_on_call>()) {
    of.lacks(drill_gap_kind::nobody_on_call, nobody->node, at);
  } else if (body.holds<escalation_exhausted>()) {
    of.lacks(drill_gap_kind::exhausted, {}, at);
  } else if (const auto* taken = body.get_if<page_acknowledged>()) {
    if (taken->needed == 0) of.reached("acknowledged", at);
  } else if (body.holds<incident_acknowledged>()) {
    of.reached("acknowledged", at);
  } else if (body.holds<incident_resolved>()) {
    of.reached("resolved", at);
  } else if (const auto* assumed = body.get_if<role_assumed>()) {
    of.reached("role:" + assumed->role, at);
  } else if (body.holds<update_overdue>()) {
    ++of.measured.updates_missed;
    of.lacks(drill_gap_kind::update_overdue, {}, at);
  } else if (const auto* late = body.get_if<audience_update_overdue>()) {
    ++of.measured.updates_missed;
    of.lacks(drill_gap_kind::update_overdue, late->audience, at);
  }
}

// It may be sent by a record that was there before, and still tell of incidents of the drill.
void drill_watch::hear_bundle(const page_bundle& bundle, instant at, std::vector<heard_page>& pages) {
  for (const bundled_page& held : bundle.pages) {
    if (watched_incident* about = find(held.incident)) {
      hear(*about, {held.incident, held.run, held.run_number, held.version, bundle.person, bundle.method, at}, true,
           pages);
    }
  }
}

// Who only listens in got a page, and is not counted on.
void drill_watch::hear(watched_incident& of, const heard_page& heard, bool counts, std::vector<heard_page>& pages) {
  drill_person& person = of.people[heard.person.index];
  ++person.pages;
  ++of.measured.pages;
  if (is_unreachable(heard.person)) ++of.unreachable_pages;
  if (!counts) return;
  of.reached("first_page", heard.at);
  pages.push_back(heard);
}

void drill_watch::tell_event(record_ref record, const entry& e, const event_body& body) {
  person_ref person = person_in(body);
  if (!person && body.holds<page_acknowledged>()) person = e.actor;
  drill_moment moment{.at = e.recorded_at,
                      .what = std::string(body.type()->name),
                      .incident = {},
                      .person = person ? key_of(person) : std::string(),
                      .effect = is_effect(body),
                      .refused = {}};
  tell(std::move(moment), record);
}

void drill_watch::tell(drill_moment moment, record_ref record) {
  if (is_hidden(record)) return;
  if (timeline_.size() < limits::drill_timeline_max) {
    timeline_.push_back({std::move(moment), record.id});
  } else {
    ++not_listed_;
  }
}

std::vector<watched_incident*> drill_watch::incidents() {
  std::vector<watched_incident*> seen;
  for (const std::uint64_t id : order_) {
    if (!is_hidden({id})) seen.push_back(&watched_.at(id));
  }
  return seen;
}

std::vector<drill_moment> drill_watch::timeline() const {
  std::vector<drill_moment> seen;
  for (const told& one : timeline_) {
    if (is_hidden({one.record})) continue;
    seen.push_back(one.moment);
    if (const auto of = watched_.find(one.record); of != watched_.end())
      seen.back().incident = of->second.measured.label;
  }
  return seen;
}

}  // namespace tocsin::inline v1
