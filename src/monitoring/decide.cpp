// What machines report: raises, clears, heartbeats (I4, R-C42). docs/machine_events.md has the rules.
#include "decide.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/base/utf8.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/monitoring/commands.hpp>
#include <tocsin/monitoring/events.hpp>

#include "incident/decide.hpp"
#include "incident/decide_template.hpp"
#include "security/decide.hpp"
#include "service/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view other_sources = "default";

const bundled_event* listed(const incident& r, const report_event& c) {
  const std::vector<bundled_event>& all = r.part_or_empty<incident_monitoring>().bundled;
  const auto found = std::ranges::find_if(
      all, [&](const bundled_event& b) { return b.source == c.source && b.dedup_key == c.dedup_key; });
  return found == all.end() ? nullptr : &*found;
}

bool stands_for_many(const incident& r) { return r.part<incident_monitoring>()->dedup_key.empty(); }

bool still_raised(const incident& r, const report_event& c) {
  const bundled_event* one = listed(r, c);
  return one ? one->still_raised : r.part<incident_monitoring>()->still_raised;
}

// Would the clear of this event be that of all that the record stands for?
bool is_last_raised(const incident& r, const report_event& c) {
  const bundled_event* one = listed(r, c);
  if (!one) return true;
  const incident_monitoring& m = *r.part<incident_monitoring>();
  return m.unlisted_count == 0 &&
         std::ranges::none_of(m.bundled, [&](const bundled_event& b) { return b.still_raised && &b != one; });
}

const event_source& source_named(const deciding& d, std::string_view source) {
  static const event_source otherwise;
  for (const std::string_view key : {source, other_sources}) {
    const event_source* known =
        d.state.definitions.of<event_source>().current(d.state.words.find(word_kind::event_source, key));
    if (known && !known->retired) return *known;
  }
  return otherwise;
}

// What is reported of a record that the reporter may not change is noted with it, and moves it no more (D9).
bool may_move(const deciding& d, const incident& r) {
  return may_command(d.state, report_event::descriptor, d.given.actor, &r, d.given.at);
}

// Of a resolved one, too: whoever resolved it knows that the machine goes on saying so, and no second record is made.
void add_occurrence(deciding& d, const incident& r, const report_event& c) {
  const incident_monitoring& before = *r.part<incident_monitoring>();
  occurrence_added e{.source = c.source, .dedup_key = c.dedup_key};
  e.count = before.occurrence_count + 1;
  e.after_resolution = !is_open(r.state_kind);
  if (!listed(r, c)) {
    if (c.title != r.text->title) e.title = c.title;
    if (c.labels != before.labels) e.labels = c.labels;
  }
  d.emit({r.id}, std::move(e));
}

bool reopen_by(deciding& d, const incident& r, const report_event& c) {
  if (stands_for_many(r)) return false;
  const duration within = source_named(d, c.source).reopen_within;
  if (within.us != 0 && d.given.recorded_at >= r.part<incident_monitoring>()->cleared_at + within) return false;
  std::vector<event> happened;
  if (!try_to(d, reopen_incident{{r.id}, "Raised again by " + c.source}, happened).empty()) return false;
  add_occurrence(d, r, c);
  d.events.back().body.get<occurrence_added>().after_resolution = false;
  std::ranges::move(happened, std::back_inserter(d.events));
  return true;
}

void log_event(deciding& d, const report_event& c) {
  const log_incident asked = incident_of(d, c);
  const record_ref record = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type),
                                       affecting(d, "affected_items", asked.affected_items));
  begin_if_security(d, record, asked);
  d.emit(record,
         occurrence_added{.source = c.source, .dedup_key = c.dedup_key, .title = {}, .labels = c.labels, .count = 1});
  assign_at_once(d, record, asked);
}

void clear(deciding& d, const report_event& c) {
  const bool was_held = clear_held(d, c);
  const incident* known = d.state.events.find(d.state.live, c.source, c.dedup_key);
  if (!known) {
    if (!was_held) d.emit({}, event_ignored{c.source, c.dedup_key, c.signal});
    return;
  }
  event_cleared e{c.source, c.dedup_key, {}};
  std::vector<event> happened;
  const event_source& source = source_named(d, c.source);
  if (is_open(known->state_kind) && source.on_clear != clear_action::note) {
    e.not_resolved =
        !may_move(d, *known) ? d.person_name(d.given.actor) + " may not change it"
        : is_last_raised(*known, c)
            ? try_to(d,
                     resolve_incident{{known->id},
                                      {d.state.words.find(word_kind::resolution_code, source.resolution_code)},
                                      "Cleared by " + c.source},
                     happened)
            : "other events that it stands for are still raised";
  }
  d.emit({known->id}, std::move(e));
  std::ranges::move(happened, std::back_inserter(d.events));
}

// An event is not lost to an item that the desk does not know.
std::vector<affected_item> items_of(const deciding& d, const report_event& c) {
  if (c.item.empty() || !is_item(d.state, c.item)) return {};
  return {{c.item, affected_how::failed}};
}

record_ref log_watch(deciding& d, const report_event& c) {
  const record_type_ref type = auxiliary_type(d.state, heartbeat_type);
  log_incident asked;
  asked.title = c.title.empty()
                    ? first_code_points("No heartbeat of " + c.dedup_key + " from " + c.source, limits::name_length_max)
                    : c.title;
  asked.description = c.description;
  asked.service = c.service;
  asked.category = c.category;
  asked.impact = c.impact;
  asked.urgency = c.urgency;
  asked.severity = c.severity;
  asked.team = c.team;
  asked.channel = channel::monitoring;
  asked.custom = adopted(d, c.custom, {});
  asked.type = type;
  const record_ref record = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, type),
                                       affecting(d, "affected_items", items_of(d, c)));
  if (asked.team) {
    const state_ref state = workflow_for(d.state, {}, type).initial();
    d.emit(record, incident_assigned{asked.team, {}, state, workflow_for(d.state, {}, type).kind(state), {}});
  }
  return record;
}

void beat(deciding& d, const report_event& c) {
  const incident* watch = d.state.events.find_watch(d.state.live, c.source, c.dedup_key);
  if (!watch && c.expires_after.us == 0)
    throw missing_field("/expires_after", "report_event", "how long it may take until the next heartbeat");
  record_ref record{watch ? watch->id : 0};
  if (!watch) record = log_watch(d, c);
  const duration after = c.expires_after.us != 0 ? c.expires_after : watch->part<incident_monitoring>()->expires_after;
  d.emit(record, heartbeat_received{c.source, c.dedup_key, after, d.given.recorded_at + after});
  if (watch && watch->part<incident_monitoring>()->still_raised) clear(d, c);
}

// Those that their fields still allow: what comes by a timer must not be refused.
std::vector<custom_value> fitting(const deciding& d, const std::vector<custom_value>& values) {
  std::vector<custom_value> result;
  for (const custom_value& value : values) {
    try {
      result.push_back(adopted(d, {value}, {}).front());
    } catch (const error&) {
      continue;
    }
  }
  return result;
}

// New incidents of the source that this very command makes.
std::size_t logged_here(const deciding& d, std::string_view source) {
  return static_cast<std::size_t>(std::ranges::count_if(d.events, [&](const event& e) {
    const auto* occurred = e.body.get_if<occurrence_added>();
    return occurred && occurred->count == 1 && occurred->source == source;
  }));
}

}  // namespace

void decide(const report_event& c, deciding& d) {
  check_in_use(d, c.category, c.service, c.team);
  objections o;
  o.unless(c.signal == event_signal::heartbeat || c.expires_after.us == 0, "event.expires_after",
           "expires_after is for heartbeats");
  o.throw_if_any("report_event", [&] { return c.source; });
  switch (c.signal) {
    case event_signal::raise:
      if (c.title.empty()) throw missing_field("/title", "report_event", "one line that says what is wrong");
      return raise(d, c);
    case event_signal::clear:
      return clear(d, c);
    default:
      return beat(d, c);
  }
}

// ---- raised

void raise(deciding& d, const report_event& c) {
  const incident* known = d.state.events.find(d.state.live, c.source, c.dedup_key);
  if (known && (is_open(known->state_kind) || still_raised(*known, c))) return add_occurrence(d, *known, c);
  if (hold_back(d, c)) return;
  if (known && may_move(d, *known) && reopen_by(d, *known, c)) return;
  const event_source& source = source_named(d, c.source);
  const auto most = static_cast<std::size_t>(source.incidents_max);
  const std::size_t logged =
      d.state.events.count_since(d.state.live, c.source, d.given.recorded_at - source.incidents_within, most);
  if (logged + logged_here(d, c.source) >= most) return bundle(d, c);
  log_event(d, c);
}

void bundle(deciding& d, const report_event& c, std::string_view window) {
  const incident* all = window.empty() ? d.state.events.find(d.state.live, c.source, {}) : nullptr;
  record_ref record{all && is_open(all->state_kind) ? all->id : 0};
  for (const event& happened : d.events) {
    const auto* bundled = happened.body.get_if<event_bundled>();
    if (bundled && bundled->window == window && (!window.empty() || bundled->source == c.source)) {
      record = happened.record;
    }
  }
  if (!record) {
    log_incident asked = incident_of(d, c);
    asked.title = window.empty() ? "More events of " + c.source + " at once than it may raise"
                                 : "More events at once at the end of maintenance " + std::string(window);
    asked.description = "Each is listed in this incident, and none is logged by itself.";
    asked.custom.clear();
    record = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type));
    begin_if_security(d, record, asked);
    d.emit(record, event_bundled{c.source, c.dedup_key, c.title, std::string(window)});
    return assign_at_once(d, record, asked);
  }
  d.emit(record, event_bundled{c.source, c.dedup_key, c.title, std::string(window)});
}

// The incident that the event would be: its texts by the template of its source, where that has all it needs; all else
// from the event, then the template.
log_incident incident_of(const deciding& d, const report_event& c) {
  log_incident asked;
  const event_source& source = source_named(d, c.source);
  const compiled_template* form = d.state.definitions.of<compiled_template>().current(
      d.state.words.find(word_kind::record_template, source.record_template));
  asked.service = c.service;
  asked.category = c.category;
  asked.impact = c.impact;
  asked.urgency = c.urgency;
  asked.severity = c.severity;
  asked.team = c.team;
  asked.custom = c.custom;
  asked.affected_items = items_of(d, c);
  if (form && !form->definition.retired) {
    template_filling filling([&](std::string_view name) -> std::optional<std::string_view> {
      for (const event_label& label : c.labels) {
        if (label.name == name) return label.value;
      }
      if (name == "source") return c.source;
      if (name == "dedup_key") return c.dedup_key;
      if (name == "title") return c.title;
      if (name == "description" && !c.description.empty()) return c.description;
      return std::nullopt;
    });
    try {
      log_incident filled = asked;
      fill_in(d, filled, *form, filling);
      filled.custom = adopted(d, std::move(filled.custom), filled.type);
      if (filling.missing().empty()) asked = std::move(filled);
    } catch (const error&) {
      // an event is never lost to its template
    }
  }
  if (asked.title.empty()) asked.title = c.title;
  if (asked.description.empty()) asked.description = c.description;
  asked.title = first_code_points(asked.title, limits::name_length_max);
  asked.description = first_code_points(asked.description, limits::text_length_max);
  asked.location = first_code_points(asked.location, limits::name_length_max);
  asked.channel = channel::monitoring;
  if (is_set(c.occurred_at) && c.occurred_at <= d.given.recorded_at) asked.occurred_at = c.occurred_at;
  asked.custom = adopted(d, std::move(asked.custom), asked.type);
  return asked;
}

// ---- heartbeats

void miss_heartbeat(deciding& d, const incident& watch) {
  const incident_monitoring& m = *watch.part<incident_monitoring>();
  d.emit({watch.id}, heartbeat_missed{m.last_heartbeat_at});
  report_event c;
  c.source = m.source;
  c.dedup_key = m.dedup_key;
  c.signal = event_signal::raise;
  c.title = watch.text->title;
  c.description = watch.text->description;
  c.service = watch.service;
  c.category = watch.category;
  c.impact = watch.impact;
  c.urgency = watch.urgency;
  c.severity = watch.severity;
  c.team = watch.team;
  c.custom = fitting(d, details_of(watch).custom);
  const std::vector<affected_item>& items = affected_items_of(watch);
  if (!items.empty()) c.item = items.front().item;
  raise(d, c);
}

}  // namespace tocsin::inline v1
