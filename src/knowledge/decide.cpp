// Known errors: written down, revised, retired, and applied to what they explain (P2, P3).
#include "decide.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/knowledge/commands.hpp>
#include <tocsin/knowledge/events.hpp>
#include <tocsin/model/known_error.hpp>

#include "incident/decide.hpp"
#include "workflow/decide_move.hpp"

namespace tocsin::inline v1 {
namespace {

const incident& known_error_of(deciding& d, record_ref ref) {
  const incident& r = d.record_of(ref);
  if (r.part<incident_known_error>()) return r;
  throw error(status::failed_precondition, "known_error.none", d.name_of(r) + " is not a known error");
}

void check_in_force(deciding& d, const incident& known_error) {
  if (is_open(known_error.state_kind)) return;
  const record_ref by = known_error.part<incident_known_error>()->superseded_by;
  const incident_ptr instead = by ? d.other_record(by) : nullptr;
  const bool may_know = instead && !is_hidden(d.state, *instead, d.given.actor);
  d.against.add("known_error.retired",
                d.name_of(known_error) + " is " + d.state_name(known_error) +
                    (may_know ? "; " + d.name_of(*instead) + " has taken its place" : std::string()));
}

template <class Command>
known_error_published published_as(deciding& d, const Command& c) {
  check_in_use(d, c.category, {}, {});
  for (const service_ref service : c.affected_services) check_in_use(d, {}, service, {});
  d.against.unless(!is_set(c.valid_until) || c.valid_until > d.given.recorded_at, "known_error.over",
                   "`valid_until` has passed; retire_known_error ends it");
  known_error_published e;
  e.title = c.title;
  e.symptoms = c.symptoms;
  e.cause = c.cause;
  e.workaround = c.workaround;
  e.solution = c.solution;
  e.error_codes = c.error_codes;
  e.category = c.category;
  e.affected_services = c.affected_services;
  e.affected_versions = c.affected_versions;
  e.valid_until = c.valid_until;
  e.review_at = c.review_at;
  return e;
}

}  // namespace

void decide(const publish_known_error& c, deciding& d) {
  d.refused = "publish_known_error";
  d.refused_name = '"' + c.title + '"';
  log_incident asked;
  asked.title = c.title;
  asked.category = c.category;
  asked.type = auxiliary_type(d.state, known_error_type);
  known_error_published e = published_as(d, c);
  e.revision = 1;
  d.emit(log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type)), std::move(e));
}

void decide(const revise_known_error& c, deciding& d) {
  const incident& r = known_error_of(d, c.known_error);
  d.refuse_as("revise_known_error", r);
  check_in_force(d, r);
  known_error_published e = published_as(d, c);
  e.revision = r.part<incident_known_error>()->revision + 1;
  e.reason = c.reason;
  d.emit(c.known_error, std::move(e));
}

void decide(const retire_known_error& c, deciding& d) {
  const incident& r = known_error_of(d, c.known_error);
  const close_incident close{c.known_error, {}};
  const workflow_move& m = make_move(d, r, verb::close, &close);
  d.refuse_as("retire_known_error", r);
  d.made.body = nullptr;  // the guards have seen it; it does not live as long as this
  if (c.superseded_by) {
    const incident& instead = known_error_of(d, c.superseded_by);
    d.against.unless(instead.id != r.id, "known_error.itself", "it would take its own place");
    check_in_force(d, instead);
  }
  d.emit(c.known_error, known_error_retired{m.to, m.to_kind, c.reason, c.superseded_by});
}

void decide(const link_known_error& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "link_known_error");
  const incident& known = known_error_of(d, c.known_error);
  d.refuse_as("link_known_error", r);
  d.against.unless(!r.part<incident_known_error>(), "known_error.itself",
                   "a known error is not linked to another; superseded_by is");
  const auto& all = known_errors_of(r);
  const applied_known_error* applied = find_applied(all, c.known_error);
  if (applied) {
    d.against.unless(applied->outcome != c.outcome, "known_error.unchanged",
                     d.name_of(known) + " is linked to it like that already");
    d.against.unless(c.outcome != known_error_outcome::unset, "known_error.outcome",
                     d.name_of(known) + " is linked to it already; say by `outcome` whether it helped");
  } else {
    check_in_force(d, known);
    d.against.unless(
        all.size() < limits::known_errors_applied_max, "known_error.too_many",
        "at most " + std::to_string(limits::known_errors_applied_max) + " known errors are linked to one record");
  }
  const std::uint32_t revision = applied ? applied->revision : known.part<incident_known_error>()->revision;
  const known_error_outcome before = applied ? applied->outcome : known_error_outcome::unset;
  d.emit(c.incident, known_error_linked{c.known_error, revision, c.outcome});
  d.emit(c.known_error, known_error_used{c.incident, c.outcome, before, applied != nullptr});
}

}  // namespace tocsin::inline v1
