// Maintenance windows hold back new machine events, visibly; what is still raised at the end is logged (R-C42).
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/condition_words.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/monitoring/commands.hpp>
#include <tocsin/monitoring/events.hpp>
#include <tocsin/service/maintenance_cover.hpp>

#include "decide.hpp"
#include "incident/decide.hpp"
#include "security/decide.hpp"
#include "service/decide.hpp"

#include <algorithm>
#include <set>

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
  c.item = h.item;
  return c;
}

record_ref window_named(const deciding& d, const std::string& key) {
  record_ref window;
  d.state.events.each_window(d.state.live, [&](const incident& r, const condition*) {
    if (r.part<incident_maintenance>()->maintenance_key == key && !is_hidden(d.state, r, d.given.actor))
      window = {r.id};
  });
  if (!window) {
    throw error(status::not_found, "maintenance.unknown", "there is no window \"" + key + "\" that is not over");
  }
  return window;
}

// What a window of these items covers.
std::vector<std::string> checked_cover(deciding& d, const std::vector<std::string>& items) {
  std::set<std::string_view> named;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string path = "/items/" + std::to_string(i);
    check_item(d, path, items[i]);
    if (named.insert(items[i]).second) continue;
    throw unexpected(status::invalid_argument, "service_graph.named_twice", path, refused_value::text(items[i]),
                     "each item once");
  }
  if (items.empty()) return {};
  std::vector<std::string> covers = covered_by(*d.state.definitions.service_graph, items);
  d.against.unless(covers.size() <= limits::maintenance_covers_max, "maintenance.covers_too_many",
                   "a window covers at most " + std::to_string(limits::maintenance_covers_max) +
                       " items, and with these " + std::to_string(covers.size()) + " fail or are degraded");
  return covers;
}

// The record that the event would be.
incident record_for(const deciding& d, const report_event& c) {
  const log_incident asked = incident_of(d, c);
  incident_logged e = logged_as(d, asked);
  e.workflow_version = workflow_for(d.state, e.workflow, e.type).version();
  e.priority = d.by_matrix(e.impact, e.urgency);
  incident result;
  const event_context context{.stated_at = d.given.at, .recorded_at = d.given.recorded_at, .actor = d.given.actor};
  fold(result, e, context, d.state.definitions);
  const affected_items_set affected = affecting(d, "affected_items", asked.affected_items);
  if (!affected.items.empty()) fold(result, affected, context, d.state.definitions);
  fold(result, occurrence_added{.source = c.source, .dedup_key = c.dedup_key, .title = {}, .labels = c.labels}, context,
       d.state.definitions);
  result.team = asked.team;
  return result;
}

}  // namespace

// ---- planning

void decide(const schedule_maintenance& c, deciding& d) {
  const record_type_ref type = auxiliary_type(d.state, maintenance_type);
  std::size_t count = 0;
  bool taken = false;
  d.state.events.each_window(d.state.live, [&](const incident& r, const condition*) {
    ++count;
    taken = taken || r.part<incident_maintenance>()->maintenance_key == c.key;
  });
  d.against.unless(c.from < c.until && c.until - c.from <= longest_window, "maintenance.span",
                   "`until` is after `from`, by 366 days at most");
  d.against.unless(c.until > d.given.recorded_at, "maintenance.over", "its end has passed");
  d.against.unless(!taken, "maintenance.key_taken", "a window with this key is not over yet");
  d.against.unless(
      count < limits::maintenance_windows_max, "maintenance.untilo_many",
      "a desk has at most " + std::to_string(limits::maintenance_windows_max) + " windows that are not over");
  for (const service_ref service : c.services) check_in_use(d, {}, service, {});
  std::vector<std::string> covers = checked_cover(d, c.items);
  if (c.where) compile_asked(c.where, d.state, "/where");
  d.refused = "schedule_maintenance";
  d.refused_name = c.key;
  log_incident asked;
  asked.title = c.reason;
  asked.type = type;
  const workflow_graph& workflow = workflow_for(d.state, {}, type);
  const record_ref record = log_record(d, logged_as(d, asked), workflow);
  d.emit(record, maintenance_scheduled{.key = c.key,
                                       .from = c.from,
                                       .until = c.until,
                                       .services = c.services,
                                       .sources = c.sources,
                                       .where = c.where,
                                       .items = c.items,
                                       .covers = std::move(covers)});
  const state_ref begun = workflow.target(verb::begin_work, workflow.initial());
  if (c.from <= d.given.recorded_at && begun) d.emit(record, work_begun{begun, workflow.kind(begun)});
}

void decide(const change_maintenance& c, deciding& d) {
  const incident& r = d.record_of(window_named(d, c.key));
  const incident_maintenance& m = *r.part<incident_maintenance>();
  d.refused = "change_maintenance";
  d.refused_name = c.key;
  const maintenance_changed e{.from = is_set(c.from) ? c.from : m.maintenance_from,
                              .until = is_set(c.until) ? c.until : m.maintenance_until,
                              .reason = c.reason};
  const bool begun = r.state_kind == state_kind::in_progress || m.maintenance_from <= d.given.recorded_at;
  const bool moved = e.from != m.maintenance_from;
  d.against.unless(e.from < e.until && e.until - e.from <= longest_window, "maintenance.span",
                   "`until` is after `from`, by 366 days at most");
  d.against.unless(e.until > d.given.recorded_at, "maintenance.over",
                   "its end has passed; cancel_maintenance ends it now");
  d.against.unless(!moved || !begun, "maintenance.begun", "it has begun, so `from` cannot change");
  d.against.unless(moved || e.until != m.maintenance_until, "maintenance.unchanged", "it has these bounds already");
  d.emit({r.id}, e);
  const workflow_graph& workflow = d.workflow_of(r);
  const state_ref to = workflow.target(verb::begin_work, r.state);
  if (!begun && e.from <= d.given.recorded_at && to) d.emit({r.id}, work_begun{to, workflow.kind(to)});
}

void decide(const cancel_maintenance& c, deciding& d) {
  const record_ref window = window_named(d, c.key);
  const cancel_incident cancel{window, c.reason};
  decide(cancel, d);
  d.made.body = nullptr;  // the guards have seen it; it does not live as long as this
}

// ---- holding back

// Whether a window held it back. One that is full does not: what comes then is logged. Nor does one hold back a security
// incident, as everybody reads what it holds.
bool hold_back(deciding& d, const report_event& c) {
  if (!d.state.events.has_windows()) return false;
  const incident would_be = record_for(d, c);
  if (is_security_type(d.state, would_be.type)) return false;
  const std::string_view service = d.state.words.word(word_kind::service, would_be.service.index);
  record_ref by;
  d.state.events.each_window(d.state.live, [&](const incident& known, const condition* where) {
    const incident_ptr at_hand = d.given.records.find({known.id});  // it may be ending in this very entry
    const incident& r = *at_hand;
    const incident_maintenance& m = *r.part<incident_maintenance>();
    if (is_final(r.state_kind)) return;
    const bool now = (r.state_kind == state_kind::in_progress || m.maintenance_from <= d.given.recorded_at) &&
                     d.given.recorded_at < m.maintenance_until;
    if (by || !now || !names(m.maintenance_sources, c.source) || !is_about(m, would_be, service)) return;
    if (m.held.size() == limits::held_events_max && !listed(m, c)) return;
    const record_view seen{*d.state.definitions.schemas, d.state.definitions, d.state.words, would_be, d.given.actor};
    if (!where || holds(*where, seen.data(), d.given.at)) by = {r.id};
  });
  if (!by) return false;
  d.emit(by, event_held_back{event_signal::raise, c.source, c.dedup_key, would_be.text->title, would_be.category,
                             would_be.service, would_be.team, would_be.impact, would_be.urgency, would_be.severity,
                             c.item});
  return true;
}

bool clear_held(deciding& d, const report_event& c) {
  bool held = false;
  d.state.events.each_window(d.state.live, [&](const incident& r, const condition*) {
    const held_event* one = listed(*r.part<incident_maintenance>(), c);
    if (!one || !one->still_raised) return;
    held = true;
    event_held_back e;
    e.signal = event_signal::clear;
    e.source = c.source;
    e.dedup_key = c.dedup_key;
    d.emit({r.id}, std::move(e));
  });
  return held;
}

// ---- the end

void release(deciding& d, const incident& window) {
  const incident_maintenance& m = *window.part<incident_maintenance>();
  d.emit({window.id}, maintenance_ended{m.held_count, m.held});
  const auto raised = std::ranges::count_if(m.held, &held_event::still_raised);
  const bool one_by_one = static_cast<std::size_t>(raised) <= limits::released_events_max;
  for (const held_event& h : m.held) {
    if (!h.still_raised) continue;
    if (one_by_one) {
      raise(d, report_of(h));
    } else {
      bundle(d, report_of(h), m.maintenance_key);
    }
  }
}

}  // namespace tocsin::inline v1
