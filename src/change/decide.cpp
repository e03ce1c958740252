// Changes: logging, planning, and what is reported of them (R-P12, R-C12).
#include "decide.hpp"

#include <tocsin/change/events.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/service/events.hpp>

#include "incident/decide.hpp"
#include "link/decide.hpp"
#include "service/decide.hpp"
#include "workflow/decide_move.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

const incident& change_of(deciding& d, record_ref ref, std::string_view what) {
  const incident& r = d.open_or_resolved(ref, what);
  if (r.part<change_details>()) return r;
  throw error(status::failed_precondition, "change.none", d.name_of(r) + " is not a change");
}

// A window that is planned from now on; none at all is none.
void check_window(deciding& d, const change_window& w) {
  if (is_set(w.from) != is_set(w.to)) {
    return d.against.add("change.half_window", "planned_from and planned_until are given both or not at all");
  }
  if (!is_given(w)) return;
  const bool is_span = w.from < w.to && w.to - w.from <= limits::change_window_max;
  d.against.unless(is_span, "change.span", "planned_until is after planned_from, by 366 days at most");
  d.against.unless(w.to > d.given.recorded_at, "change.window_passed", "planned_until has passed already");
}

// ---- logging

std::vector<record_ref> each_once(const std::vector<record_ref>& named) {
  std::vector<record_ref> all;
  for (const record_ref one : named) {
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
  }
  return all;
}

void check_linked(deciding& d, record_ref ref, bool as_problem) {
  const incident_ptr record = d.other_record(ref);
  const record_base base = d.state.definitions.base_of(*record);
  const bool is_work = base == record_base::incident || base == record_base::request;
  d.against.unless(as_problem ? base == record_base::problem : is_work, "change.linked_kind",
                   d.name_of(*record) + (as_problem ? " is not a problem" : " is neither an incident nor a request"));
  d.against.unless(!is_final(record->state_kind), "change.linked_ended",
                   d.name_of(*record) + " is " + d.state_name(*record) + ", so no change is for it");
  check_room_for_link(*record, d.name_of(*record), d.against);
}

void link_both(deciding& d, record_ref from, link_kind kind, record_ref to) {
  d.emit(from, records_linked{kind, to, {}, {}, {}});
  d.emit(to, records_linked{inverse(kind), from, {}, {}, {}});
}

// ---- reporting

// What is not successful takes the move by hand to a resolved state of its own, where the workflow has one. Guards see
// nothing of the command.
const workflow_move& ending_move(deciding& d, const incident& r, change_outcome outcome) {
  if (outcome != change_outcome::successful) {
    for (const workflow_move& m : d.workflow_of(r).moves()) {
      const bool is_for_it = m.verb == verb::move && m.from == r.state && m.to_kind == state_kind::resolved;
      if (is_for_it && m.declared->trigger <= move_trigger::manual) return make_move(d, r, verb::move, nullptr, m.to);
    }
  }
  return make_move(d, r, verb::resolve, nullptr);
}

instant first_set(instant a, instant b, instant c) { return is_set(a) ? a : is_set(b) ? b : c; }

change_reported reported_as(const deciding& d, const incident& r, const report_change& c) {
  const change_details& change = *r.part<change_details>();
  change_reported e;
  e.outcome = c.outcome;
  e.notes = c.notes.empty() && c.outcome == change.change_outcome ? change.change_notes : c.notes;
  e.implemented_from = first_set(c.implemented_from, change.implemented_from, no_instant);
  e.implemented_until = first_set(c.implemented_until, change.implemented_until, d.effective(r));
  return e;
}

void check_report(deciding& d, const incident& r, const report_change& c, const change_reported& e) {
  const change_details& change = *r.part<change_details>();
  d.against.unless(is_set(e.implemented_from), "change.not_begun",
                   "its implementation has not begun; implemented_from says when it did");
  d.against.unless(e.implemented_from <= e.implemented_until, "change.implementation_span",
                   "implemented_until is not before implemented_from");
  d.against.unless(!is_set(c.implemented_until) || c.implemented_until <= d.given.recorded_at,
                   "change.implementation_ahead", "implemented_until has not come yet");
  const bool is_news = is_open(r.state_kind) || e.outcome != change.change_outcome || e.notes != change.change_notes ||
                       !(change_window{e.implemented_from, e.implemented_until} == implementation(change));
  d.against.unless(is_news || c.log_incident, "change.unchanged", "this was reported already");
  const bool may_log = !c.log_incident || c.outcome != change_outcome::successful;
  d.against.unless(may_log, "change.successful", "a change that was successful opens no incident");
  const bool says_of_incident = !c.title.empty() || c.service || c.team || c.assignee;
  d.against.unless(c.log_incident || !says_of_incident, "change.no_incident",
                   "title, service, team and assignee are those of an incident, and log_incident is not asked for");
}

void log_what_it_broke(deciding& d, const incident& r, const report_change& c) {
  check_room_for_link(r, d.name_of(r), d.against);
  log_incident asked;
  asked.title = c.title.empty() ? r.text->title : c.title;
  asked.service = c.service ? c.service : r.service;
  asked.team = c.team;
  asked.assignee = c.assignee;
  const record_ref made = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, {}));
  restrict_like(d, r, made);
  assign_at_once(d, made, asked);
  link_both(d, made, link_kind::caused_by, c.change);
}

}  // namespace

// Another risk than it has.
void plausible_plan(const incident& record, plausible_commands& to) {
  const bool is_high = record.part_or_empty<change_details>().change_risk == change_risk::high;
  to.commands.push_back(plan_change{.change = {record.id}, .risk = is_high ? change_risk::low : change_risk::high});
}

void plausible_report(const incident& record, plausible_commands& to) {
  for (const change_outcome outcome : {change_outcome::successful, change_outcome::failed}) {
    to.commands.push_back(report_change{.change = {record.id}, .outcome = outcome});
  }
}

void decide(const log_change& c, deciding& d) {
  d.refused = "log_change";
  d.refused_name = '"' + c.title + '"';
  check_in_use(d, c.category, c.service, c.team);
  check_window(d, {c.planned_from, c.planned_until});
  affected_items_set affected = affecting(d, "items", c.items);
  const std::vector<record_ref> incidents = each_once(c.incidents);
  const std::vector<record_ref> problems = each_once(c.problems);
  for (const record_ref one : incidents) check_linked(d, one, false);
  for (const record_ref one : problems) check_linked(d, one, true);
  d.against.unless(incidents.size() + problems.size() <= limits::links_per_record_max, "change.too_many",
                   "a change is for " + std::to_string(limits::links_per_record_max) + " records at most");
  if (!d.against.empty()) return;
  log_incident asked;
  asked.title = c.title;
  asked.description = c.description;
  asked.category = c.category;
  asked.service = c.service;
  asked.team = c.team;
  asked.assignee = c.assignee;
  asked.external_key = c.external_key;
  asked.type = auxiliary_type(d.state, change_type);
  const record_ref record = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type));
  const change_kind kind = c.kind == change_kind::unset ? change_kind::normal : c.kind;
  d.emit(record, change_opened{kind, c.risk, c.planned_from, c.planned_until});
  if (!affected.items.empty()) d.emit(record, std::move(affected));
  assign_at_once(d, record, asked);
  for (const record_ref one : incidents) link_both(d, one, link_kind::blocked_by, record);
  for (const record_ref one : problems) link_both(d, one, link_kind::related, record);
}

void decide(const plan_change& c, deciding& d) {
  const incident& r = change_of(d, c.change, "plan_change");
  d.refuse_as("plan_change", r);
  const bool moves_window = is_set(c.planned_from) || is_set(c.planned_until);
  if (c.kind == change_kind::unset && c.risk == change_risk::unset && !moves_window) {
    refuse_empty("kind, risk, planned_from or planned_until");
  }
  const change_details& now = *r.part<change_details>();
  change_planned e;
  e.kind = c.kind == change_kind::unset ? now.change_kind : c.kind;
  e.risk = c.risk == change_risk::unset ? now.change_risk : c.risk;
  e.planned_from = first_set(c.planned_from, now.planned_from, no_instant);
  e.planned_until = first_set(c.planned_until, now.planned_until, no_instant);
  const change_window window{e.planned_from, e.planned_until};
  d.against.unless(is_open(r.state_kind), "change.not_open", "it is " + d.state_name(r) + ", so its plan stays");
  if (moves_window) check_window(d, window);
  const bool is_under_way = is_set(now.implemented_from) && !is_set(now.implemented_until);
  d.against.unless(!is_under_way || (e.planned_from == now.planned_from && e.kind == now.change_kind), "change.begun",
                   "its implementation has begun, so neither planned_from nor kind can change");
  d.against.unless(e.kind != now.change_kind || e.risk != now.change_risk || !(window == planned_window(now)),
                   "change.unchanged", "it is planned like that already");
  d.emit(c.change, e);
}

void decide(const report_change& c, deciding& d) {
  const incident& r = change_of(d, c.change, "report_change");
  check_in_use(d, {}, c.service, c.team);
  change_reported e = reported_as(d, r, c);
  if (is_open(r.state_kind)) e.state = ending_move(d, r, c.outcome).to;
  d.refuse_as("report_change", r);
  check_report(d, r, c, e);
  if (!d.against.empty()) return;
  d.emit(c.change, std::move(e));
  if (c.log_incident) log_what_it_broke(d, r, c);
}

}  // namespace tocsin::inline v1
