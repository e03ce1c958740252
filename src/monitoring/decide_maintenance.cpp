// Maintenance windows hold back new machine events, visibly; what is still raised at the end is logged (R-C42).
#include "desk/deciding.hpp"

#include <tocsin/desk/condition_words.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/monitoring/commands.hpp>
#include <tocsin/monitoring/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr duration longest_window = 366 * day;

template <class T>
bool names(const std::vector<T>& all, const T& one) {
  return all.empty() || std::ranges::find(all, one) != all.end();
}

const held_event* listed(const incident_maintenance& m, const report_event& c) {
  const auto found = std::ranges::find_if(
      m.held, [&](const held_event& h) { return h.source == c.source && h.dedup_key == c.dedup_key; });
  return found == m.held.end() ? nullptr : &*found;
}

report_event report_of(const held_event& h) {
  report_event c;
  c.source = h.source;
  c.dedup_key = h.dedup_key;
  c.signal = event_signal::raise;
  c.title = h.title;
  c.category = h.category;
  c.service = h.service;
  c.team = h.team;
  c.impact = h.impact;
  c.urgency = h.urgency;
  c.severity = h.severity;
  c.occurred_at = h.first_at;
  return c;
}

}  // namespace

// ---- planning

void deciding::operator()(const schedule_maintenance& c) {
  const record_type_ref type = auxiliary_type(maintenance_type);
  std::size_t count = 0;
  bool taken = false;
  state_.events.each_window(state_.live, [&](const incident& r, const condition*) {
    ++count;
    taken = taken || r.maintenance->maintenance_key == c.key;
  });
  against_.unless(c.from < c.to && c.to - c.from <= longest_window, "maintenance.span",
                  "`to` is after `from`, by 366 days at most");
  against_.unless(c.to > given_.recorded_at, "maintenance.over", "its end has passed");
  against_.unless(!taken, "maintenance.key_taken", "a window with this key is not over yet");
  against_.unless(
      count < limits::maintenance_windows_max, "maintenance.too_many",
      "a desk has at most " + std::to_string(limits::maintenance_windows_max) + " windows that are not over");
  for (const service_ref service : c.services) check_in_use({}, service, {});
  if (c.where) compile_asked(c.where, state_, "/where");
  refused_ = "schedule_maintenance";
  refused_name_ = c.key;
  log_incident asked;
  asked.title = c.reason;
  asked.type = type;
  const workflow_graph& workflow = workflow_for(state_, {}, type);
  const record_ref record = log(logged_as(asked), workflow);
  emit(record, maintenance_scheduled{c.key, c.from, c.to, c.services, c.sources, c.where});
  const state_ref begun = workflow.target(verb::begin_work, workflow.initial());
  if (c.from <= given_.recorded_at && begun) emit(record, work_begun{begun, workflow.kind(begun)});
}

record_ref deciding::window_named(const std::string& key) const {
  record_ref window;
  state_.events.each_window(state_.live, [&](const incident& r, const condition*) {
    if (r.maintenance->maintenance_key == key && !is_hidden(state_, r, given_.actor)) window = {r.id};
  });
  if (!window) {
    throw error(status::not_found, "maintenance.unknown", "there is no window \"" + key + "\" that is not over");
  }
  return window;
}

void deciding::operator()(const change_maintenance& c) {
  const incident& r = record_of(window_named(c.key));
  const incident_maintenance& m = *r.maintenance;
  refused_ = "change_maintenance";
  refused_name_ = c.key;
  const maintenance_changed e{.from = is_set(c.from) ? c.from : m.maintenance_from,
                              .to = is_set(c.to) ? c.to : m.maintenance_to,
                              .reason = c.reason};
  const bool begun = r.state_kind == state_kind::in_progress || m.maintenance_from <= given_.recorded_at;
  const bool moved = e.from != m.maintenance_from;
  against_.unless(e.from < e.to && e.to - e.from <= longest_window, "maintenance.span",
                  "`to` is after `from`, by 366 days at most");
  against_.unless(e.to > given_.recorded_at, "maintenance.over", "its end has passed; cancel_maintenance ends it now");
  against_.unless(!moved || !begun, "maintenance.begun", "it has begun, so `from` cannot change");
  against_.unless(moved || e.to != m.maintenance_to, "maintenance.unchanged", "it has these bounds already");
  emit({r.id}, e);
  const workflow_graph& workflow = workflow_of(r);
  const state_ref to = workflow.target(verb::begin_work, r.state);
  if (!begun && e.from <= given_.recorded_at && to) emit({r.id}, work_begun{to, workflow.kind(to)});
}

void deciding::operator()(const cancel_maintenance& c) {
  const record_ref window = window_named(c.key);
  const cancel_incident cancel{window, c.reason};
  (*this)(cancel);
  made_.body = nullptr;  // the guards have seen it; it does not live as long as this
}

// ---- holding back

// Whether a window held it back. One that is full does not: what comes then is logged.
bool deciding::hold_back(const report_event& c) {
  if (!state_.events.has_windows()) return false;
  const incident would_be = record_of(c);
  record_ref by;
  state_.events.each_window(state_.live, [&](const incident& known, const condition* where) {
    const incident_ptr at_hand = given_.records.find({known.id});  // it may be ending in this very entry
    const incident& r = *at_hand;
    const incident_maintenance& m = *r.maintenance;
    if (is_final(r.state_kind)) return;
    const bool now = (r.state_kind == state_kind::in_progress || m.maintenance_from <= given_.recorded_at) &&
                     given_.recorded_at < m.maintenance_to;
    if (by || !now || !names(m.maintenance_sources, c.source) || !names(m.maintenance_services, would_be.service))
      return;
    if (m.held.size() == limits::held_events_max && !listed(m, c)) return;
    const record_view seen{*state_.definitions.schemas, state_.definitions, state_.words, would_be, given_.actor};
    if (!where || holds(*where, seen.data(), given_.at)) by = {r.id};
  });
  if (!by) return false;
  emit(by, event_held_back{event_signal::raise, c.source, c.dedup_key, would_be.text->title, would_be.category,
                           would_be.service, would_be.team, would_be.impact, would_be.urgency, would_be.severity});
  return true;
}

// The record that the event would be.
incident deciding::record_of(const report_event& c) const {
  const log_incident asked = incident_of(c);
  incident_logged e = logged_as(asked);
  e.workflow_version = workflow_for(state_, e.workflow, e.type).version();
  e.priority = by_matrix(e.impact, e.urgency);
  incident result;
  const event_context context{.stated_at = given_.at, .recorded_at = given_.recorded_at, .actor = given_.actor};
  fold(result, e, context, state_.definitions);
  fold(result, occurrence_added{.source = c.source, .dedup_key = c.dedup_key, .title = {}, .labels = c.labels}, context,
       state_.definitions);
  result.team = asked.team;
  return result;
}

bool deciding::clear_held(const report_event& c) {
  bool held = false;
  state_.events.each_window(state_.live, [&](const incident& r, const condition*) {
    const held_event* one = listed(*r.maintenance, c);
    if (!one || !one->still_raised) return;
    held = true;
    event_held_back e;
    e.signal = event_signal::clear;
    e.source = c.source;
    e.dedup_key = c.dedup_key;
    emit({r.id}, std::move(e));
  });
  return held;
}

// ---- the end

void deciding::release(const incident& window) {
  const incident_maintenance& m = *window.maintenance;
  emit({window.id}, maintenance_ended{m.held_count, m.held});
  const auto raised = std::ranges::count_if(m.held, &held_event::still_raised);
  const bool one_by_one = static_cast<std::size_t>(raised) <= limits::released_events_max;
  for (const held_event& h : m.held) {
    if (!h.still_raised) continue;
    if (one_by_one) {
      raise(report_of(h));
    } else {
      bundle(report_of(h), m.maintenance_key);
    }
  }
}

}  // namespace tocsin::inline v1
