// A status page as JSON, in the shape of Statuspage's public API v2.
#include <tocsin/communication/status_view.hpp>

#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

using strings = std::vector<std::string>;

std::string_view stage_name(update_stage stage) {
  const std::size_t place = static_cast<std::size_t>(stage);
  return place == 0 ? "investigating" : choices(stage)[place - 1];
}

std::string_view status_name(component_status status) {
  const std::size_t place = static_cast<std::size_t>(status);
  return place == 0 ? "operational" : choices(status)[place - 1];
}

std::string_view impact_of(component_status worst) {
  switch (worst) {
    case component_status::degraded_performance:
      return "minor";
    case component_status::partial_outage:
      return "major";
    case component_status::major_outage:
      return "critical";
    default:
      return "none";
  }
}

// ---- values that may be null

void write_null(json_writer& to, std::string_view name) {
  to.key(name);
  to.raw("null");
}

void write_text_or_null(json_writer& to, std::string_view name, std::string_view text) {
  if (text.empty()) return write_null(to, name);
  to.member(name, text);
}

void write_instant(json_writer& to, std::string_view name, instant at) {
  if (!is_set(at)) return write_null(to, name);
  to.member(name, std::string_view(to_rfc3339(at)));
}

void write_date(json_writer& to, std::string_view name, instant at) {
  if (!is_set(at)) return write_null(to, name);
  const rfc3339_text text = to_rfc3339(at);
  to.member(name, std::string_view(text).substr(0, 10));
}

// ---- components

// A key has no colon of its own that could be taken for this one's: whatever comes before the first is the kind.
std::string component_id(const shown_component& one) { return "component:" + one.key; }
std::string group_id(std::string_view group) { return "group:" + std::string(group); }

// What Statuspage says of each, and of groups alike.
void write_common(json_writer& to, const status_view& view, instant since, std::int64_t position) {
  write_instant(to, "created_at", since);
  write_instant(to, "updated_at", view.at);
  to.member("position", position);
  to.member_boolean("showcase", true);
  write_date(to, "start_date", since);
  to.member("page_id", view.key);
  to.member_boolean("only_show_if_degraded", false);
}

void write_component(json_writer& to, const status_view& view, std::size_t place) {
  const shown_component& one = view.components[place];
  to.begin_object();
  to.member("id", component_id(one));
  to.member("name", one.name);
  to.member("status", status_name(one.condition.status));
  write_text_or_null(to, "description", one.description);
  write_common(to, view, one.since, static_cast<std::int64_t>(place + 1));
  write_text_or_null(to, "group_id", one.group.empty() ? std::string() : group_id(one.group));
  to.member_boolean("group", false);
  to.member("uptime_per_100000", one.uptime.per_100000());
  if (one.condition.at_risk) to.member("note", "Redundancy is reduced");
  to.end_object();
}

void write_group(json_writer& to, const status_view& view, const std::string& group, std::size_t position) {
  component_status worst = component_status::operational;
  strings ids;
  for (const shown_component& one : view.components) {
    if (one.group != group) continue;
    worst = worse_of(worst, one.condition.status);
    ids.push_back(component_id(one));
  }
  to.begin_object();
  to.member("id", group_id(group));
  to.member("name", group);
  to.member("status", status_name(worst));
  write_null(to, "description");
  write_common(to, view, no_instant, static_cast<std::int64_t>(position));
  write_null(to, "group_id");
  to.member_boolean("group", true);
  to.key("components");
  to.begin_array();
  for (const std::string& id : ids) to.text(id);
  to.end_array();
  to.end_object();
}

void write_components(json_writer& to, const status_view& view, const std::vector<std::size_t>& places) {
  to.key("components");
  to.begin_array();
  for (const std::size_t place : places) write_component(to, view, place);
  to.end_array();
}

void write_all_components(json_writer& to, const status_view& view) {
  to.key("components");
  to.begin_array();
  for (std::size_t place = 0; place < view.components.size(); ++place) write_component(to, view, place);
  std::size_t position = view.components.size();
  for (const std::string& group : groups_of(view)) write_group(to, view, group, ++position);
  to.end_array();
}

// ---- incidents and maintenance

void write_update(json_writer& to, const shown_incident& of, const shown_update& one) {
  to.begin_object();
  to.member("id", of.number + "." + std::to_string(one.draft));
  to.member("status", stage_name(one.stage));
  to.member("body", one.body);
  to.member("incident_id", of.number);
  write_instant(to, "created_at", one.at);
  write_instant(to, "updated_at", one.at);
  write_instant(to, "display_at", one.at);
  write_null(to, "affected_components");
  to.end_object();
}

// When those outside were first told that it is being watched.
instant monitoring_since(const shown_incident& one) {
  instant since = no_instant;
  for (const shown_update& said : one.updates) {
    if (said.stage == update_stage::monitoring) since = said.at;
  }
  return since;
}

std::string address_of(const status_view& view, const std::string& number) {
  return view.url.empty() ? std::string() : view.url + "#" + number;
}

void write_incident(json_writer& to, const status_view& view, const shown_incident& one) {
  to.begin_object();
  to.member("id", one.number);
  to.member("name", one.name);
  to.member("status", stage_name(one.stage));
  to.member("impact", impact_of(one.worst));
  write_instant(to, "created_at", one.updates.back().at);
  write_instant(to, "updated_at", one.updates.front().at);
  write_instant(to, "started_at", one.started_at);
  write_instant(to, "monitoring_at", monitoring_since(one));
  write_instant(to, "resolved_at", one.resolved_at);
  write_text_or_null(to, "shortlink", address_of(view, one.number));
  to.member("page_id", view.key);
  to.key("incident_updates");
  to.begin_array();
  for (const shown_update& said : one.updates) write_update(to, one, said);
  to.end_array();
  write_components(to, view, one.components);
  to.end_object();
}

void write_maintenance(json_writer& to, const status_view& view, const shown_maintenance& one) {
  to.begin_object();
  to.member("id", one.number);
  to.member("name", name_of(view, one));
  to.member("status", one.under_way ? "in_progress" : "scheduled");
  to.member("impact", "maintenance");
  write_instant(to, "created_at", one.created_at);
  write_instant(to, "updated_at", one.updated_at);
  write_instant(to, "started_at", one.from);
  write_null(to, "monitoring_at");
  write_null(to, "resolved_at");
  write_text_or_null(to, "shortlink", address_of(view, one.number));
  write_instant(to, "scheduled_for", one.from);
  write_instant(to, "scheduled_until", one.until);
  to.member("page_id", view.key);
  to.key("incident_updates");
  to.begin_array();
  to.end_array();
  write_components(to, view, one.components);
  to.end_object();
}

}  // namespace

void write_summary(json_writer& to, const status_view& view) {
  to.begin_object();
  to.key("page");
  to.begin_object();
  to.member("id", view.key);
  to.member("name", view.name);
  write_text_or_null(to, "url", view.url);
  to.member("time_zone", "Etc/UTC");
  write_instant(to, "updated_at", view.at);
  to.end_object();
  const overall_status overall = overall_of(view);
  to.key("status");
  to.begin_object();
  to.member("indicator", overall.indicator);
  to.member("description", overall.description);
  to.end_object();
  write_all_components(to, view);
  to.key("incidents");
  to.begin_array();
  for (const shown_incident& one : view.incidents) write_incident(to, view, one);
  to.end_array();
  to.key("scheduled_maintenances");
  to.begin_array();
  for (const shown_maintenance& one : view.maintenances) write_maintenance(to, view, one);
  to.end_array();
  to.end_object();
}

}  // namespace tocsin::inline v1
