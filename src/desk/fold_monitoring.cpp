#include "fold_monitoring.hpp"

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

void fold_monitoring(incident& record, const occurrence_added& e, instant at) {
  incident_monitoring& m = own(record.monitoring);
  count_occurrence(m, at);
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

void fold_monitoring(incident& record, const event_cleared& e, instant at) {
  incident_monitoring& m = own(record.monitoring);
  m.cleared_at = at;
  m.still_raised = false;
  bundled_event* one = listed(m.bundled, e);
  if (!one) return;
  one->still_raised = false;
  m.still_raised = m.unlisted_count != 0 || std::ranges::any_of(m.bundled, &bundled_event::still_raised);
}

void fold_monitoring(incident& record, const event_bundled& e, instant at) {
  incident_monitoring& m = own(record.monitoring);
  if (m.occurrence_count == 0 && e.window.empty()) m.source = e.source;
  count_occurrence(m, at);
  if (m.bundled.size() < limits::bundled_events_max) {
    m.bundled.push_back({e.source, e.dedup_key, 1, true});
  } else {
    ++m.unlisted_count;
  }
}

void fold_monitoring(incident& record, const heartbeat_received& e, instant at) {
  incident_monitoring& m = own(record.monitoring);
  m.source = e.source;
  m.dedup_key = e.dedup_key;
  m.expires_after = e.expires_after;
  m.expires_at = e.expires_at;
  m.last_heartbeat_at = at;
  m.still_raised = false;
}

void fold_monitoring(incident& record, const heartbeat_missed&) {
  incident_monitoring& m = own(record.monitoring);
  m.expires_at = no_instant;
  m.still_raised = true;
}

void fold_monitoring(incident& record, const maintenance_scheduled& e) {
  incident_maintenance& m = own(record.maintenance);
  m.maintenance_key = e.key;
  m.maintenance_from = e.from;
  m.maintenance_to = e.to;
  m.maintenance_services = e.services;
  m.maintenance_sources = e.sources;
  m.maintenance_where = e.where;
}

void fold_monitoring(incident& record, const event_held_back& e, instant at, std::uint64_t entry) {
  incident_maintenance& m = own(record.maintenance);
  held_event* one = listed(m.held, e);
  const bool raised = e.signal != event_signal::clear;
  if (one) one->still_raised = raised;
  if (!raised) return;
  ++m.held_count;
  if (one) {
    ++one->count;
    one->last_at = at;
    return;
  }
  m.held.push_back({e.source, e.dedup_key, 1, true, at, at, entry, e.title, e.category, e.service, e.team, e.impact,
                    e.urgency, e.severity});
}

void fold_monitoring(incident& record, const maintenance_changed& e) {
  incident_maintenance& m = own(record.maintenance);
  m.maintenance_from = e.from;
  m.maintenance_to = e.to;
}

void fold_monitoring(incident& record, const maintenance_ended&) { own(record.maintenance).maintenance_over = true; }

}  // namespace tocsin::inline v1
