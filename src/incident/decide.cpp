// Incidents: logging, classifying, prioritising, assigning; notes, updates and replies; amendments.
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>

#include "desk/deciding.hpp"
#include "desk/incident_classing.hpp"
#include "desk/link_walk.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

template <class Definition, class Reference>
void check_one_in_use(const versions<Definition>& all, Reference ref, const char* what) {
  if (!ref) return;
  const Definition* definition = all.current(ref.index);
  if (definition && !definition->retired) return;
  throw error(status::failed_precondition, "definition.retired",
              std::string(what) + " \"" + (definition ? definition->key : std::to_string(ref.index)) +
                  "\" is retired and not to be named by new records");
}

bool amended_from(const amend_incident& c, const incident& r, amended_values& before) {
  bool changed = false;
  const auto keep = [&](bool given, auto& to, const auto& from) {
    if (!given) return;
    changed = true;
    to = from;
  };
  keep(!c.title.empty(), before.title, r.text->title);
  keep(!c.description.empty(), before.description, r.text->description);
  keep(!c.resolution_notes.empty(), before.resolution_notes, r.text->resolution_notes);
  keep(static_cast<bool>(c.category), before.category, r.category);
  keep(static_cast<bool>(c.service), before.service, r.service);
  keep(c.severity != severity::unset, before.severity, r.severity);
  keep(static_cast<bool>(c.resolution_code), before.resolution_code, r.resolution_code);
  keep(is_set(c.occurred_at), before.occurred_at, r.occurred_at);
  keep(is_set(c.detected_at), before.detected_at, r.detected_at);
  return changed;
}

}  // namespace

bool has_field(const custom_field& field, std::string_view type) {
  return is_of(field, custom_holder::record) &&
         (field.types.empty() || std::ranges::find(field.types, type) != field.types.end());
}

void deciding::operator()(const log_incident& c) {
  if (c.record_template) return log_by_hand(filled(c));
  log_by_hand(c);
}

void deciding::log_by_hand(const log_incident& c) {
  if (c.title.empty()) throw missing_field("/title", "log_incident", "a text, or a template that has it");
  check_type_in_use(c.type);
  check_origin(c.occurred_at, c.detected_at, c.reported_at);
  check_in_use(c.category, c.service, c.team);
  incident_logged e = logged_as(c);
  e.custom = adopted(c.custom, c.type);
  check_required_to_log(c);
  const record_ref record = log(std::move(e), workflow_for(state_, c.workflow, c.type));
  give_at_once(record, c);
  if (!c.retrospective && c.caller) emit(record, requester_notice{notice_cause::logged, no_instant});
}

incident_logged deciding::logged_as(const log_incident& c) const {
  incident_logged e;
  e.type = c.type;
  e.workflow = {state_.words.find(word_kind::workflow, workflow_for(state_, c.workflow, c.type).definition().key)};
  e.title = c.title;
  e.description = c.description;
  e.caller = c.caller;
  e.reporter = c.reporter;
  e.contact = c.contact;
  e.location = c.location;
  e.channel = c.channel;
  e.category = c.category;
  e.service = c.service;
  e.impact = c.impact;
  e.urgency = c.urgency;
  e.severity = c.severity;
  e.occurred_at = c.occurred_at;
  e.detected_at = c.detected_at;
  e.reported_at = c.reported_at;
  e.external_key = c.external_key;
  e.retrospective = c.retrospective;
  e.custom = c.custom;
  e.record_template = c.record_template;
  return e;
}

void deciding::give_at_once(record_ref record, const log_incident& c) {
  if (!c.team && !c.assignee) return;
  const workflow_graph& workflow = workflow_for(state_, c.workflow, c.type);
  const state_ref initial = workflow.initial();
  const state_ref target = workflow.target(verb::assign, initial);
  const state_ref to = target ? target : initial;
  emit(record, incident_assigned{c.team, c.assignee, to, workflow.kind(to), {}});
  warn_of_unqualified(record, c.team, c.assignee);
  if (!c.retrospective) emit(record, assignment_notice{c.team, c.assignee});
}

void deciding::operator()(const classify_incident& c) {
  const incident& r = open_or_resolved(c.incident, "classify_incident");
  if (!c.category && !c.service) refuse_empty("category or service");
  check_in_use(c.category, c.service, {});
  emit(c.incident, incident_classified{c.category ? c.category : r.category, c.service ? c.service : r.service});
}

void deciding::operator()(const prioritise_incident& c) {
  const incident& r = open_or_resolved(c.incident, "prioritise_incident");
  if (c.impact == impact::unset && c.urgency == urgency::unset && c.severity == severity::unset &&
      c.override_with == priority::unset && !c.end_override) {
    refuse_empty("impact, urgency, severity, override_with or end_override");
  }
  objections o;
  o.unless(c.override_with == priority::unset || !c.reason.empty(), "priority.override_needs_reason",
           "override_with needs a reason");
  o.unless(c.override_with == priority::unset || !c.end_override, "priority.override_contradiction",
           "override_with and end_override contradict each other");
  o.unless(!c.end_override || r.priority_overridden, "priority.not_overridden", "there is no override to end");
  o.throw_if_any("prioritise_incident", [&] { return name_of(r); });
  incident_prioritised e;
  e.impact = c.impact != impact::unset ? c.impact : r.impact;
  e.urgency = c.urgency != urgency::unset ? c.urgency : r.urgency;
  e.severity = c.severity != severity::unset ? c.severity : r.severity;
  e.overridden = c.override_with != priority::unset || (r.priority_overridden && !c.end_override);
  e.priority_matrix_version = matrix_version();
  if (c.override_with != priority::unset) {
    e.priority = c.override_with;
  } else {
    e.priority = e.overridden ? r.priority : by_matrix(e.impact, e.urgency);
  }
  e.reason = c.reason;
  emit(c.incident, std::move(e));
}

void deciding::operator()(const assign_incident& c) {
  const incident& r = record_of(c.incident);
  if (!c.team && !c.assignee) refuse_empty("team or assignee");
  check_in_use({}, {}, c.team);
  const state_ref to = move(r, verb::assign, &c).to;
  const team_ref team = c.team ? c.team : r.team;
  against_.unless(!(team == r.team && c.assignee == r.assignee), "assignment.unchanged",
                  "the team and the person have it already");
  emit(c.incident, incident_assigned{team, c.assignee, to, kind_of(r, to), c.reason});
  warn_of_unqualified(c.incident, team, c.assignee);
  notify(r, assignment_notice{team, c.assignee});
}

void deciding::operator()(const acknowledge_incident& c) {
  const incident& r = record_of(c.incident);
  objections o;
  o.unless(is_worked_on(r), "record.not_worked_on", nobody_works_on(r));
  if (!is_open(r.state_kind)) o.add("incident.not_open", "its state is " + state_name(r) + ", not an open one");
  if (is_set(r.acknowledged_at)) {
    o.add("incident.already_acknowledged", "it was acknowledged by " + person_name(r.acknowledged_by));
  }
  o.throw_if_any("acknowledge_incident", [&] { return name_of(r); });
  emit(c.incident, incident_acknowledged{});
  acknowledge_pages(r);
}

void deciding::operator()(const begin_work& c) {
  const incident& r = record_of(c.incident);
  const state_ref to = move(r, verb::begin_work, &c).to;
  const bool by_person = given_.actor.index > host_person.index;
  if (!r.assignee && by_person) {
    emit(c.incident, incident_assigned{r.team, given_.actor, r.state, r.state_kind, {}});
    warn_of_unqualified(c.incident, r.team, given_.actor);
  }
  emit(c.incident, work_begun{to, kind_of(r, to)});
}

void deciding::operator()(const add_note& c) {
  open_or_resolved(c.incident, "add_note");
  emit(c.incident, note_added{c.text});
}

void deciding::operator()(const add_update& c) {
  if (c.text.empty() && !c.record_template)
    throw missing_field("/text", "add_update", "a text, or a template that has a reply");
  const incident& r = open_or_resolved(c.incident, "add_update");
  if (!c.record_template) return say(r, c, c);
  const add_update by_template = filled(c, r, r);
  if (by_template.text.empty()) throw missing_field("/text", "add_update", "a text, or a template that has a reply");
  say(r, c, by_template);
}

void deciding::say(const incident& r, const add_update& asked, const add_update& said) {
  const visibility seen_by = said.visibility == visibility::unset ? visibility::requester : said.visibility;
  const bool to_requester = seen_by == visibility::requester || seen_by == visibility::everyone;
  const bool by_person = given_.actor != system_person && given_.actor != r.caller;
  emit(asked.incident, update_added{said.text, seen_by, to_requester && by_person});
  if (to_requester) tell_requesters(r, asked, said);
}

// Its own, and those of its duplicates, each with the text as it is for that requester (R-C38).
void deciding::tell_requesters(const incident& r, const add_update& asked, const add_update& said) {
  const bool by_template = asked.record_template && asked.text.empty();
  const bool html = by_template && template_of(asked.record_template).definition.html;
  notify(r, requester_notice{notice_cause::updated, no_instant, {}, said.text, html});
  const duplicates_told duplicates = duplicates_to_tell(given_, r);
  for (const incident_ptr& duplicate : duplicates.told) {
    std::string text = by_template ? filled(asked, *duplicate, r).text : said.text;
    emit({duplicate->id}, requester_notice{notice_cause::updated, no_instant, {r.id}, std::move(text), html});
  }
  if (duplicates.left != 0) emit({r.id}, cascade_limited{link_kind::has_duplicate, verb::unset, duplicates.left});
}

void deciding::operator()(const add_reply& c) {
  const incident& r = open_or_resolved(c.incident, "add_reply");
  const workflow_graph& workflow = workflow_of(r);
  const bool resumes = r.state_kind == state_kind::on_hold && workflow.resumed_by_reply(r.hold_reason);
  const incident_details& wait = details_of(r);
  const bool was_reminded = is_set(wait.remind_at) || wait.reminder_count != 0;
  const duration again = was_reminded ? workflow.hold_reason(r.hold_reason)->remind_after : duration{};
  emit(c.incident, reply_added{c.text, was_reminded && !resumes ? effective(r) + again : no_instant});
  if (resumes) {
    emit(c.incident, incident_resumed{r.held_from, workflow.kind(r.held_from), {}, move_cause::reply});
  }
}

void deciding::operator()(const amend_incident& c) {
  const incident& r = record_of(c.incident);
  incident_amended e;
  e.reason = c.reason;
  e.title = c.title;
  e.description = c.description;
  e.category = c.category;
  e.service = c.service;
  e.severity = c.severity;
  e.resolution_code = c.resolution_code;
  e.resolution_notes = c.resolution_notes;
  e.occurred_at = c.occurred_at;
  e.detected_at = c.detected_at;
  check_origin(c.occurred_at, c.detected_at, no_instant);
  check_in_use(c.category, c.service, {});
  const auto changed = amended_from(c, r, e.before);
  if (!changed) refuse_empty("a field to amend");
  objections o;
  o.unless(!c.resolution_code || workflow_of(r).has(c.resolution_code), "workflow.unknown_resolution_code",
           "the resolution code is none of its workflow");
  o.throw_if_any("amend_incident", [&] { return name_of(r); });
  emit(c.incident, std::move(e));
}

void deciding::operator()(const erase_personal& c) {
  if (static_cast<bool>(c.record) == static_cast<bool>(c.person)) refuse_empty("either record or person");
  if (c.person && c.person.index <= host_person.index) refuse_empty("a person other than system and host");
  if (c.record) record_of(c.record);
  if (c.texts && !c.record) refuse_empty("texts of a record alone");
  emit(c.record, personal_erased{c.person, c.reason, c.texts});
}

void deciding::operator()(const set_custom_fields& c) {
  const incident& r = open_or_resolved(c.incident, "set_custom_fields");
  if (c.custom.empty()) refuse_empty("a custom field");
  custom_fields_set e;
  for (custom_value& value : adopted(c.custom, r.type)) {
    const custom_value* before = nullptr;
    if (r.details) {
      for (const custom_value& known : r.details->custom) {
        if (known.field == value.field) before = &known;
      }
    }
    const bool changes = before ? !(*before == value) : value.kind != custom_kind::unset;
    if (changes) e.custom.push_back(std::move(value));
  }
  objections o;
  o.unless(!e.custom.empty(), "custom_field.unchanged", "the fields have these values already");
  o.throw_if_any("set_custom_fields", [&] { return name_of(r); });
  emit(c.incident, std::move(e));
}

// ---- logging

record_ref deciding::log(incident_logged e, const workflow_graph& workflow) {
  e.number = next_number(e.type);
  e.workflow_version = workflow.version();
  e.state = workflow.initial();
  e.state_kind = workflow.kind(e.state);
  e.priority_matrix_version = matrix_version();
  e.priority = by_matrix(e.impact, e.urgency);
  record_ref record{state_.counters.last_id};  // one command may log several
  for (const event& happened : events_) record.id = std::max(record.id, happened.record.id);
  ++record.id;
  std::optional<incident_class_derived> derived = begin_class(record, e);
  emit(record, std::move(e));
  if (derived) emit(record, std::move(*derived));
  return record;
}

// Derives the class as the record is logged, since clocks and escalations that start with the record depend on it.
std::optional<incident_class_derived> deciding::begin_class(record_ref record, incident_logged& e) const {
  if (!state_.definitions.incident_classes) return std::nullopt;
  incident first;
  first.id = record.id;
  e.incident_class = incident_class::standard;
  fold(first, e, {.stated_at = given_.at, .recorded_at = given_.recorded_at, .actor = given_.actor},
       state_.definitions);
  if (goes_by_class(first, state_)) return derive_class(first, given_);
  e.incident_class = incident_class::unset;
  return std::nullopt;
}

void deciding::follow(const incident& r) {
  incident_logged e;
  e.title = r.text->title;
  e.description = r.text->description;
  e.contact = r.text->contact;
  e.location = r.text->location;
  e.caller = r.caller;
  e.reporter = given_.actor;
  e.channel = r.channel;
  e.category = r.category;
  e.service = r.service;
  e.impact = r.impact;
  e.urgency = r.urgency;
  e.severity = r.severity;
  e.follows = {r.id};
  e.type = r.type;
  e.workflow = r.workflow;
  if (r.details) e.custom = r.details->custom;
  const record_ref record = log(std::move(e), workflow_for(state_, r.workflow, r.type));
  if (is_restricted(r)) {
    const incident_details& d = *r.details;
    emit(record, incident_restricted{d.restricted_to_people, d.restricted_to_teams, "As " + name_of(r)});
  }
  if (r.caller) emit(record, requester_notice{notice_cause::logged, no_instant});
}

void deciding::check_origin(instant occurred, instant detected, instant reported) const {
  objections o;
  const auto not_later = [&](instant a, const char* a_name, instant b, const char* b_name) {
    if (is_set(a) && is_set(b) && a > b) {
      o.add("incident.instants_out_of_order", std::string(a_name) + " is later than " + b_name);
    }
  };
  not_later(occurred, "occurred_at", detected, "detected_at");
  not_later(occurred, "occurred_at", given_.recorded_at, "the command");
  not_later(detected, "detected_at", given_.recorded_at, "the command");
  not_later(reported, "reported_at", given_.recorded_at, "the command");
  o.throw_if_any("the command", [] { return std::string("its instants"); });
}

void deciding::check_in_use(category_ref c, service_ref s, team_ref t) const {
  check_one_in_use(state_.definitions.categories, c, "category");
  check_one_in_use(state_.definitions.services, s, "service");
  check_one_in_use(state_.definitions.teams, t, "team");
}

void deciding::check_type_in_use(record_type_ref t) const {
  check_one_in_use(state_.definitions.record_types, t, "record type");
}

// ---- custom fields

// The values as their fields have them, in the order of the fields' numbers.
std::vector<custom_value> deciding::adopted(std::vector<custom_value> values, record_type_ref type) const {
  const std::string_view type_key = type_name(type);
  for (custom_value& value : values) {
    const custom_field& field = *state_.definitions.custom_fields.current(value.field.index);
    const std::string path = "/custom/" + field.key;
    if (!has_field(field, type_key) || (field.retired && value.kind != custom_kind::unset)) {
      throw error(status::failed_precondition, "custom_field.not_here",
                  path + ": " +
                      (field.retired ? "the field is retired"
                                     : "a record of type " + std::string(type_key) + " has no such field"),
                  "{\"path\":\"" + path + "\"}");
    }
    adopt(field, value, state_.words, path);
  }
  std::ranges::sort(values, {}, [](const custom_value& v) { return v.field.index; });
  return values;
}

std::string_view deciding::type_name(record_type_ref type) const {
  return type ? state_.words.word(word_kind::record_type, type.index) : std::string_view("incident");
}

void deciding::check_required_to_log(const log_incident& c) {
  const auto given = [&](std::string_view key) {
    return std::ranges::any_of(c.custom, [&](const custom_value& value) {
      return value.kind != custom_kind::unset && state_.words.word(word_kind::custom_field, value.field.index) == key;
    });
  };
  const auto demand = [&](bool met, const std::string& path) {
    against_.unless(met, "record.required_field", path + " must be given");
  };
  const versions<custom_field>& fields = state_.definitions.custom_fields;
  for (std::uint32_t number = 1; number <= fields.size(); ++number) {
    const custom_field* field = fields.current(number);
    if (!field->required || field->retired || !has_field(*field, type_name(c.type))) continue;
    demand(given(field->key), "custom." + field->key);
  }
  if (const record_type* type = state_.definitions.record_types.current(c.type.index)) {
    constexpr std::string_view custom = "custom.";
    for (const std::string& path : type->required) {
      if (path.starts_with(custom)) {
        demand(given(std::string_view(path).substr(custom.size())), path);
        continue;
      }
      const auto field = std::ranges::find(log_incident::fields(), path, &field_row::name);
      demand(!is_absent(*field->type, field->at(&c)), path);
    }
  }
  refused_ = "log_incident";
  refused_name_ = "a record of type " + std::string(type_name(c.type));
}

}  // namespace tocsin::inline v1
