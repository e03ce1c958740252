#include "fold.hpp"

#include <tocsin/model/monitoring.hpp>
#include <tocsin/monitoring/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// The item of the list that is about the event; null if there is none.
template <class Listed, class Event>
Listed* listed(std::vector<Listed>& all, const Event& e) {
  const auto found = std::ranges::find_if(
      all, [&](const Listed& one) { return one.source == e.source && one.dedup_key == e.dedup_key; });
  return found == all.end() ? nullptr : &*found;
}

void count_occurrence(incident_monitoring& m, instant at) {
  ++m.occurrence_count;
  m.last_occurrence_at = at;
  m.still_raised = true;
}

}  // namespace

void fold(incident& record, const occurrence_added& e, const fold_context& c) {
  incident_monitoring& m = record.own<incident_monitoring>();
  count_occurrence(m, c.at);
  if (bundled_event* one = listed(m.bundled, e)) {
    ++one->count;
    one->still_raised = true;
    return;
  }
  m.source = e.source;
  m.dedup_key = e.dedup_key;
  m.latest_title = e.title;
  if (!e.labels.empty()) m.labels = e.labels;
}

void fold(incident& record, const event_cleared& e, const fold_context& c) {
  incident_monitoring& m = record.own<incident_monitoring>();
  m.cleared_at = c.at;
  m.still_raised = false;
  bundled_event* one = listed(m.bundled, e);
  if (!one) return;
  one->still_raised = false;
  m.still_raised = m.unlisted_count != 0 || std::ranges::any_of(m.bundled, &bundled_event::still_raised);
}

void fold(incident& record, const event_bundled& e, const fold_context& c) {
  incident_monitoring& m = record.own<incident_monitoring>();
  if (m.occurrence_count == 0 && e.window.empty()) m.source = e.source;
  count_occurrence(m, c.at);
  if (m.bundled.size() < limits::bundled_events_max) {
    m.bundled.push_back({e.source, e.dedup_key, 1, true});
  } else {
    ++m.unlisted_count;
  }
}

void fold(incident& record, const heartbeat_received& e, const fold_context& c) {
  incident_monitoring& m = record.own<incident_monitoring>();
  m.source = e.source;
  m.dedup_key = e.dedup_key;
  m.expires_after = e.expires_after;
  m.expires_at = e.expires_at;
  m.last_heartbeat_at = c.at;
  m.still_raised = false;
}

void fold(incident& record, const heartbeat_missed&, const fold_context&) {
  incident_monitoring& m = record.own<incident_monitoring>();
  m.expires_at = no_instant;
  m.still_raised = true;
}

void fold(incident& record, const maintenance_scheduled& e, const fold_context&) {
  incident_maintenance& m = record.own<incident_maintenance>();
  m.maintenance_key = e.key;
  m.maintenance_from = e.from;
  m.maintenance_until = e.until;
  m.maintenance_services = e.services;
  m.maintenance_sources = e.sources;
  m.maintenance_where = e.where;
  m.maintenance_items = e.items;
  m.maintenance_covers = e.covers;
}

void fold(incident& record, const event_held_back& e, const fold_context& c) {
  incident_maintenance& m = record.own<incident_maintenance>();
  held_event* one = listed(m.held, e);
  const bool raised = e.signal != event_signal::clear;
  if (one) one->still_raised = raised;
  if (!raised) return;
  ++m.held_count;
  if (one) {
    ++one->count;
    one->last_at = c.at;
    return;
  }
  m.held.push_back({e.source, e.dedup_key, 1, true, c.at, c.at, c.entry.sequence, e.title, e.category, e.service,
                    e.team, e.impact, e.urgency, e.severity, e.item});
}

void fold(incident& record, const maintenance_changed& e, const fold_context&) {
  incident_maintenance& m = record.own<incident_maintenance>();
  m.maintenance_from = e.from;
  m.maintenance_until = e.until;
}

void fold(incident& record, const maintenance_ended&, const fold_context&) {
  record.own<incident_maintenance>().maintenance_over = true;
}

void erase(incident_monitoring& m, bool texts) {
  if (texts) m.latest_title.clear();
}

void erase(incident_maintenance& m, bool texts) {
  if (!texts) return;
  for (held_event& held : m.held) held.title.clear();
}

}  // namespace tocsin::inline v1
