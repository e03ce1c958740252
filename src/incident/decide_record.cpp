// What is done to a record as a whole, and what belongs to it: its type, files, time spent, who may see it.
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/security/disclosure.hpp>
#include <tocsin/time/rfc3339.hpp>

#include "decide.hpp"
#include "security/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// The state that means the same elsewhere: of the same name, else the first of its kind, else the initial one (L9).
state_ref counterpart(const workflow_graph& to, state_ref state, state_kind kind) {
  if (to.has(state) && to.kind(state) == kind) return state;
  const state_ref same_kind = to.first(kind);
  return same_kind ? same_kind : to.initial();
}

std::string iso(duration d) {
  char text[text_form::size_max];
  return {text, text_form_of(d).write(d.us, text)};
}

// The fields that a type demands when one is logged, on a record that is there.
void check_required_of(deciding& d, const incident& r, record_type_ref type) {
  const record_schemas& schemas = *d.state.definitions.schemas;
  const record_view seen{schemas, d.state.definitions, d.state.words, r, d.given.actor};
  const auto demand = [&](const std::string& path) {
    const auto& paths = schemas.record().paths;
    const auto found = std::ranges::find(paths, path, &condition_path::path);
    const bool met = found == paths.end() || seen.has(static_cast<std::size_t>(found - paths.begin()));
    d.against.unless(met, "record.required_field", path + " must be given");
  };
  const versions<custom_field>& fields = d.state.definitions.of<custom_field>();
  for (std::uint32_t number = 1; number <= fields.size(); ++number) {
    const custom_field& field = *fields.current(number);
    if (field.required && !field.retired && has_field(field, d.type_name(type))) demand("custom." + field.key);
  }
  if (const record_type* known = d.state.definitions.of<record_type>().current(type.index)) {
    for (const std::string& path : known->required) demand(path);
  }
}

void refuse_more_than_passed(deciding& d, const incident& r, const log_work& c) {
  instant since = c.began_at;
  for (const instant known : {r.opened_at, r.occurred_at, r.detected_at, r.reported_at}) {
    if (!is_set(c.began_at) && is_set(known) && (!is_set(since) || known < since)) since = known;
  }
  if (since > d.given.recorded_at) return;  // said already
  const duration passed = d.given.recorded_at - since;
  d.against.unless(c.spent <= passed, "work.more_than_passed",
                   "spent is " + iso(c.spent) + ", but only " + iso(passed) + " have passed since " +
                       std::string(std::string_view(to_rfc3339(since))) +
                       (is_set(c.began_at) ? "" : "; say by began_at when the work began"));
}

}  // namespace

void decide(const convert_record& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "convert_record");
  d.refuse_as("convert_record", r);
  check_type_in_use(d, c.type);
  d.against.unless(is_open(r.state_kind), "incident.not_open", "its state is " + d.state_name(r) + ", not an open one");
  d.against.unless(!(c.type == r.type), "record.type_unchanged", "it is of that type already");
  const workflow_graph& from = d.workflow_of(r);
  const workflow_graph& to = workflow_for(d.state, {}, c.type);
  const bool waits = r.state_kind == state_kind::on_hold && to.has(r.hold_reason) && to.first(state_kind::on_hold);
  const bool wait_ends = r.state_kind == state_kind::on_hold && !waits;
  record_converted e;
  e.type = c.type;
  e.workflow = {d.state.words.find(word_kind::workflow, to.definition().key)};
  e.workflow_version = to.version();
  const state_ref state = wait_ends && r.held_from ? r.held_from : r.state;
  e.state = counterpart(to, state, from.kind(state));
  e.state_kind = to.kind(e.state);
  if (waits) e.held_from = counterpart(to, r.held_from, from.kind(r.held_from));
  e.reason = c.reason;
  check_required_of(d, r, c.type);
  d.emit(c.incident, std::move(e));
  begin_if_security(d, r, c.type);
}

// ---- files (R-C37)

void decide(const add_attachment& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "add_attachment");
  d.refuse_as("add_attachment", r);
  d.against.unless(is_media_type(c.media_type), "attachment.media_type",
                   "media_type is no type/subtype: found \"" + c.media_type + '"');
  d.against.unless(is_sha256_text(c.sha256), "attachment.sha256", "sha256 is not 64 lower-case hexadecimal digits");
  d.against.unless(details_of(r).attachments.size() < limits::attachments_max, "attachment.too_many",
                   "a record has at most " + std::to_string(limits::attachments_max) + " attachments");
  const visibility seen_by = c.visibility == visibility::unset ? visibility::internal : c.visibility;
  d.emit(c.incident,
         attachment_added{details_of(r).attachment_count + 1, c.name, c.media_type, c.size, c.sha256, c.uri, seen_by});
}

void decide(const remove_attachment& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "remove_attachment");
  const auto& all = details_of(r).attachments;
  if (std::ranges::find(all, c.attachment, &attachment::number) == all.end()) {
    throw error(status::not_found, "attachment.unknown",
                d.name_of(r) + " has no attachment " + std::to_string(c.attachment));
  }
  d.emit(c.incident, attachment_removed{c.attachment, c.reason});
}

// ---- time spent (R-C44)

void decide(const log_work& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "log_work");
  d.refuse_as("log_work", r);
  const person_ref person = c.person ? c.person : d.given.actor;
  const auto& work = details_of(r).work;
  d.against.unless(person.index > host_person.index, "work.no_person", "say whose time it was");
  d.against.unless(!is_set(c.began_at) || c.began_at <= d.given.recorded_at, "work.later",
                   "began_at is later than the command");
  refuse_more_than_passed(d, r, c);
  const bool is_known = std::ranges::find(work, person, &work_share::person) != work.end();
  d.against.unless(is_known || work.size() < limits::work_people_max, "work.too_many",
                   "at most " + std::to_string(limits::work_people_max) + " people log work on one record");
  d.against.unless(details_of(r).time_spent.us + c.spent.us <= limits::time_spent_max_us, "work.too_long",
                   "the time spent on it would be more than a hundred years");
  d.emit(c.incident, work_logged{person, c.spent, c.began_at, c.text});
}

// ---- who may see it

void decide(const restrict_incident& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "restrict_incident");
  if (c.people.empty() && c.teams.empty()) refuse_empty("people or teams");
  d.refuse_as("restrict_incident", r);
  const incident_details& now = details_of(r);
  const bool same = now.restricted && now.restricted_to_people == c.people && now.restricted_to_teams == c.teams;
  d.against.unless(!same, "restriction.unchanged", "it is restricted to them already");
  d.emit(c.incident, incident_restricted{c.people, c.teams, c.reason});
}

void decide(const lift_restriction& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "lift_restriction");
  d.refuse_as("lift_restriction", r);
  d.against.unless(details_of(r).restricted, "restriction.none", "it is not restricted");
  const std::string embargo = under_embargo(r, d.given.recorded_at);
  d.against.unless(embargo.empty(), "security.embargo", embargo);
  d.emit(c.incident, restriction_lifted{c.reason});
}

}  // namespace tocsin::inline v1
