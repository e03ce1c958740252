// Incidents: logging, classifying, prioritising, assigning; notes, updates and replies; amendments.
#include "decide.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/security/disclosure.hpp>

#include "decide_template.hpp"
#include "desk/incident_classing.hpp"
#include "desk/link_walk.hpp"
#include "escalation/decide.hpp"
#include "oncall/decide.hpp"
#include "security/decide.hpp"
#include "service/decide.hpp"
#include "workflow/decide_move.hpp"

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

// Its own, and those of its duplicates, each with the text as it is for that requester (R-C38).
void tell_requesters(deciding& d, const incident& r, const add_update& asked, const add_update& said) {
  const bool by_template = asked.record_template && asked.text.empty();
  const bool html = by_template && template_of(d, asked.record_template).definition.html;
  tell_requester(d, r, {notice_cause::updated, no_instant, {}, said.text, html});
  const duplicates_told duplicates = duplicates_to_tell(d.given, r);
  for (const incident_ptr& duplicate : duplicates.told) {
    std::string text = by_template ? filled(d, asked, *duplicate, r).text : said.text;
    d.emit({duplicate->id}, requester_notice{notice_cause::updated, no_instant, {r.id}, std::move(text), html});
  }
  if (duplicates.left != 0) d.emit({r.id}, cascade_limited{link_kind::has_duplicate, verb::unset, duplicates.left});
}

void say(deciding& d, const incident& r, const add_update& asked, const add_update& said) {
  const visibility seen_by = said.visibility == visibility::unset ? visibility::requester : said.visibility;
  const bool to_requester = seen_by == visibility::requester || seen_by == visibility::everyone;
  const std::string embargo = under_embargo(r, d.given.recorded_at);
  if (!embargo.empty() && seen_by != visibility::internal) {
    d.refuse_as("add_update", r);
    d.against.add("security.embargo", embargo);
  }
  const bool by_person = d.given.actor != system_person && d.given.actor != r.caller;
  d.emit(asked.incident, update_added{said.text, seen_by, to_requester && by_person});
  if (to_requester) tell_requesters(d, r, asked, said);
}

// Derives the class as the record is logged, since clocks and escalations that start with the record depend on it.
std::optional<incident_class_derived> begin_class(const deciding& d, record_ref record, incident_logged& e,
                                                  const affected_items_set& affected) {
  if (!d.state.definitions.incident_classes) return std::nullopt;
  incident first;
  first.id = record.id;
  e.incident_class = incident_class::standard;
  const event_context entry{.stated_at = d.given.at, .recorded_at = d.given.recorded_at, .actor = d.given.actor};
  fold(first, e, entry, d.state.definitions);
  if (!affected.items.empty()) fold(first, affected, entry, d.state.definitions);
  if (goes_by_class(first, d.state)) return derive_class(first, d.given);
  e.incident_class = incident_class::unset;
  return std::nullopt;
}

void check_origin(const deciding& d, instant occurred, instant detected, instant reported) {
  objections o;
  const auto not_later = [&](instant a, const char* a_name, instant b, const char* b_name) {
    if (is_set(a) && is_set(b) && a > b) {
      o.add("incident.instants_out_of_order", std::string(a_name) + " is later than " + b_name);
    }
  };
  not_later(occurred, "occurred_at", detected, "detected_at");
  not_later(occurred, "occurred_at", d.given.recorded_at, "the command");
  not_later(detected, "detected_at", d.given.recorded_at, "the command");
  not_later(reported, "reported_at", d.given.recorded_at, "the command");
  o.throw_if_any("the command", [] { return std::string("its instants"); });
}

void check_required_to_log(deciding& d, const log_incident& c) {
  const auto given = [&](std::string_view key) {
    return std::ranges::any_of(c.custom, [&](const custom_value& value) {
      return value.kind != custom_kind::unset && d.state.words.word(word_kind::custom_field, value.field.index) == key;
    });
  };
  const auto demand = [&](bool met, const std::string& path) {
    d.against.unless(met, "record.required_field", path + " must be given");
  };
  const versions<custom_field>& fields = d.state.definitions.of<custom_field>();
  for (std::uint32_t number = 1; number <= fields.size(); ++number) {
    const custom_field* field = fields.current(number);
    if (!field->required || field->retired || !has_field(*field, d.type_name(c.type))) continue;
    demand(given(field->key), "custom." + field->key);
  }
  if (const record_type* type = d.state.definitions.of<record_type>().current(c.type.index)) {
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
  d.refused = "log_incident";
  d.refused_name = "a record of type " + std::string(d.type_name(c.type));
}

void log_by_hand(deciding& d, const log_incident& c) {
  if (c.title.empty()) throw missing_field("/title", "log_incident", "a text, or a template that has it");
  check_type_in_use(d, c.type);
  check_origin(d, c.occurred_at, c.detected_at, c.reported_at);
  check_in_use(d, c.category, c.service, c.team);
  incident_logged e = logged_as(d, c);
  e.custom = adopted(d, c.custom, c.type);
  check_required_to_log(d, c);
  const record_ref record = log_record(d, std::move(e), workflow_for(d.state, c.workflow, c.type),
                                       affecting(d, "affected_items", c.affected_items));
  begin_if_security(d, record, c);
  assign_at_once(d, record, c);
  if (!c.retrospective && c.caller) d.emit(record, requester_notice{notice_cause::logged, no_instant});
}

}  // namespace

bool has_field(const custom_field& field, std::string_view type) {
  return is_of(field, custom_holder::record) &&
         (field.types.empty() || std::ranges::find(field.types, type) != field.types.end());
}

void decide(const log_incident& c, deciding& d) {
  if (c.record_template) return log_by_hand(d, filled(d, c));
  log_by_hand(d, c);
}

incident_logged logged_as(const deciding& d, const log_incident& c) {
  incident_logged e;
  e.type = c.type;
  e.workflow = {d.state.words.find(word_kind::workflow, workflow_for(d.state, c.workflow, c.type).definition().key)};
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

void assign_at_once(deciding& d, record_ref record, const log_incident& c) {
  if (!c.team && !c.assignee) return;
  const workflow_graph& workflow = workflow_for(d.state, c.workflow, c.type);
  const state_ref initial = workflow.initial();
  const state_ref target = workflow.target(verb::assign, initial);
  const state_ref to = target ? target : initial;
  d.emit(record, incident_assigned{c.team, c.assignee, to, workflow.kind(to), {}});
  warn_of_unqualified(d, record, c.team, c.assignee);
  if (!c.retrospective) d.emit(record, assignment_notice{c.team, c.assignee});
}

void decide(const classify_incident& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "classify_incident");
  if (!c.category && !c.service) refuse_empty("category or service");
  check_in_use(d, c.category, c.service, {});
  d.emit(c.incident, incident_classified{c.category ? c.category : r.category, c.service ? c.service : r.service});
}

void decide(const prioritise_incident& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "prioritise_incident");
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
  o.throw_if_any("prioritise_incident", [&] { return d.name_of(r); });
  incident_prioritised e;
  e.impact = c.impact != impact::unset ? c.impact : r.impact;
  e.urgency = c.urgency != urgency::unset ? c.urgency : r.urgency;
  e.severity = c.severity != severity::unset ? c.severity : r.severity;
  e.overridden = c.override_with != priority::unset || (r.priority_overridden && !c.end_override);
  e.priority_matrix_version = d.matrix_version();
  if (c.override_with != priority::unset) {
    e.priority = c.override_with;
  } else {
    e.priority = e.overridden ? r.priority : d.by_matrix(e.impact, e.urgency);
  }
  e.reason = c.reason;
  d.emit(c.incident, std::move(e));
}

void decide(const assign_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  if (!c.team && !c.assignee) refuse_empty("team or assignee");
  check_in_use(d, {}, {}, c.team);
  const state_ref to = make_move(d, r, verb::assign, &c).to;
  const team_ref team = c.team ? c.team : r.team;
  d.against.unless(!(team == r.team && c.assignee == r.assignee), "assignment.unchanged",
                   "the team and the person have it already");
  d.emit(c.incident, incident_assigned{team, c.assignee, to, d.kind_of(r, to), c.reason});
  warn_of_unqualified(d, c.incident, team, c.assignee);
  d.notify(r, assignment_notice{team, c.assignee});
}

void give(deciding& d, const incident& r, assign_incident to, std::string_view asked_by) {
  d.handed_on = std::move(to);
  decide(d.handed_on.get<assign_incident>(), d);
  d.refuse_as(asked_by, r);
}

void decide(const acknowledge_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  objections o;
  o.unless(d.is_worked_on(r), "record.not_worked_on", d.nobody_works_on(r));
  if (!is_open(r.state_kind)) o.add("incident.not_open", "its state is " + d.state_name(r) + ", not an open one");
  if (is_set(r.acknowledged_at)) {
    o.add("incident.already_acknowledged", "it was acknowledged by " + d.person_name(r.acknowledged_by));
  }
  o.throw_if_any("acknowledge_incident", [&] { return d.name_of(r); });
  d.emit(c.incident, incident_acknowledged{});
  acknowledge_pages(d, r);
}

void decide(const begin_work& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const state_ref to = make_move(d, r, verb::begin_work, &c).to;
  const bool by_person = d.given.actor.index > host_person.index;
  if (!r.assignee && by_person) {
    d.emit(c.incident, incident_assigned{r.team, d.given.actor, r.state, r.state_kind, {}});
    warn_of_unqualified(d, c.incident, r.team, d.given.actor);
  }
  d.emit(c.incident, work_begun{to, d.kind_of(r, to)});
}

void decide(const add_note& c, deciding& d) {
  d.open_or_resolved(c.incident, "add_note");
  d.emit(c.incident, note_added{c.text});
}

void decide(const add_update& c, deciding& d) {
  if (c.text.empty() && !c.record_template)
    throw missing_field("/text", "add_update", "a text, or a template that has a reply");
  const incident& r = d.open_or_resolved(c.incident, "add_update");
  if (!c.record_template) return say(d, r, c, c);
  const add_update by_template = filled(d, c, r, r);
  if (by_template.text.empty()) throw missing_field("/text", "add_update", "a text, or a template that has a reply");
  say(d, r, c, by_template);
}

void decide(const add_reply& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "add_reply");
  const workflow_graph& workflow = d.workflow_of(r);
  const bool resumes = r.state_kind == state_kind::on_hold && workflow.resumed_by_reply(r.hold_reason);
  const incident_details& wait = details_of(r);
  const bool was_reminded = is_set(wait.remind_at) || wait.reminder_count != 0;
  const duration again = was_reminded ? workflow.hold_reason(r.hold_reason)->remind_after : duration{};
  d.emit(c.incident, reply_added{c.text, was_reminded && !resumes ? d.effective(r) + again : no_instant});
  if (resumes) {
    d.emit(c.incident, incident_resumed{r.held_from, workflow.kind(r.held_from), {}, move_cause::reply});
  }
}

void decide(const amend_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
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
  check_origin(d, c.occurred_at, c.detected_at, no_instant);
  check_in_use(d, c.category, c.service, {});
  const auto changed = amended_from(c, r, e.before);
  if (!changed) refuse_empty("a field to amend");
  objections o;
  o.unless(!c.resolution_code || d.workflow_of(r).has(c.resolution_code), "workflow.unknown_resolution_code",
           "the resolution code is none of its workflow");
  o.throw_if_any("amend_incident", [&] { return d.name_of(r); });
  d.emit(c.incident, std::move(e));
}

void decide(const erase_personal& c, deciding& d) {
  if (static_cast<bool>(c.record) == static_cast<bool>(c.person)) refuse_empty("either record or person");
  if (c.person && c.person.index <= host_person.index) refuse_empty("a person other than system and host");
  if (c.record) d.record_of(c.record);
  if (c.texts && !c.record) refuse_empty("texts of a record alone");
  d.emit(c.record, personal_erased{c.person, c.reason, c.texts});
}

void decide(const set_custom_fields& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "set_custom_fields");
  if (c.custom.empty()) refuse_empty("a custom field");
  custom_fields_set e;
  for (custom_value& value : adopted(d, c.custom, r.type)) {
    const custom_value* before = nullptr;
    for (const custom_value& known : details_of(r).custom) {
      if (known.field == value.field) before = &known;
    }
    const bool changes = before ? !(*before == value) : value.kind != custom_kind::unset;
    if (changes) e.custom.push_back(std::move(value));
  }
  objections o;
  o.unless(!e.custom.empty(), "custom_field.unchanged", "the fields have these values already");
  o.throw_if_any("set_custom_fields", [&] { return d.name_of(r); });
  d.emit(c.incident, std::move(e));
}

// ---- logging

void restrict_like(deciding& d, const incident& r, record_ref made) {
  if (!is_restricted(r)) return;
  const incident_details& details = details_of(r);
  d.emit(made, incident_restricted{details.restricted_to_people, details.restricted_to_teams, "As " + d.name_of(r)});
}

std::uint64_t next_number(const deciding& d, record_type_ref type) {
  std::uint64_t last = d.state.counters.last_number;
  if (type)
    last = number_in(type.index, type.index < d.state.last_numbers.size() ? d.state.last_numbers[type.index] : 0);
  for (const event& happened : d.events) {  // one command may log several
    const auto* logged = happened.body.get_if<incident_logged>();
    if (logged && logged->type == type) last = std::max(last, logged->number);
  }
  return last + 1;
}

record_ref log_record(deciding& d, incident_logged e, const workflow_graph& workflow, affected_items_set affected) {
  e.number = next_number(d, e.type);
  e.workflow_version = workflow.version();
  e.state = workflow.initial();
  e.state_kind = workflow.kind(e.state);
  e.priority_matrix_version = d.matrix_version();
  e.priority = d.by_matrix(e.impact, e.urgency);
  record_ref record{d.state.counters.last_id};  // one command may log several
  for (const event& happened : d.events) record.id = std::max(record.id, happened.record.id);
  ++record.id;
  std::optional<incident_class_derived> derived = begin_class(d, record, e, affected);
  d.emit(record, std::move(e));
  if (!affected.items.empty()) d.emit(record, std::move(affected));
  if (derived) d.emit(record, std::move(*derived));
  return record;
}

void log_follow_up(deciding& d, const incident& r) {
  incident_logged e;
  e.title = r.text->title;
  e.description = r.text->description;
  e.contact = r.text->contact;
  e.location = r.text->location;
  e.caller = r.caller;
  e.reporter = d.given.actor;
  e.channel = r.channel;
  e.category = r.category;
  e.service = r.service;
  e.impact = r.impact;
  e.urgency = r.urgency;
  e.severity = r.severity;
  e.follows = {r.id};
  e.type = r.type;
  e.workflow = r.workflow;
  e.custom = details_of(r).custom;
  const record_ref record =
      log_record(d, std::move(e), workflow_for(d.state, r.workflow, r.type), still_affecting(d, r));
  if (!begin_if_security(d, r, record)) restrict_like(d, r, record);
  if (r.caller) d.emit(record, requester_notice{notice_cause::logged, no_instant});
}

void check_in_use(const deciding& d, category_ref c, service_ref s, team_ref t) {
  check_one_in_use(d.state.definitions.of<category>(), c, "category");
  check_one_in_use(d.state.definitions.of<service>(), s, "service");
  check_one_in_use(d.state.definitions.of<team>(), t, "team");
}

void check_type_in_use(const deciding& d, record_type_ref t) {
  check_one_in_use(d.state.definitions.of<record_type>(), t, "record type");
  const record_type* type = d.state.definitions.of<record_type>().current(t.index);
  const bool has_own_command = type && (type->base == record_base::problem || type->base == record_base::change ||
                                        type->base == record_base::review);
  if (!has_own_command) return;
  throw error(status::failed_precondition, "record.type_of_its_own",
              "records of type " + std::string(d.type_name(t)) + " are logged by a command of their own");
}

// ---- custom fields

// The values as their fields have them, in the order of the fields' numbers.
std::vector<custom_value> adopted(const deciding& d, std::vector<custom_value> values, record_type_ref type) {
  const std::string_view type_key = d.type_name(type);
  for (custom_value& value : values) {
    const custom_field& field = *d.state.definitions.of<custom_field>().current(value.field.index);
    const std::string path = "/custom/" + field.key;
    if (!has_field(field, type_key) || (field.retired && value.kind != custom_kind::unset)) {
      throw error(status::failed_precondition, "custom_field.not_here",
                  path + ": " +
                      (field.retired ? "the field is retired"
                                     : "a record of type " + std::string(type_key) + " has no such field"),
                  "{\"path\":\"" + path + "\"}");
    }
    adopt(field, value, d.state.words, path);
  }
  std::ranges::sort(values, {}, [](const custom_value& v) { return v.field.index; });
  return values;
}

}  // namespace tocsin::inline v1
