// Known errors: written down, revised, retired, and applied to what they explain (P2, P3).
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/knowledge/commands.hpp>
#include <tocsin/knowledge/events.hpp>

#include "desk/deciding.hpp"

namespace tocsin::inline v1 {

const incident& deciding::known_error_of(record_ref ref) {
  const incident& r = record_of(ref);
  if (r.known_error) return r;
  throw error(status::failed_precondition, "known_error.none", name_of(r) + " is not a known error");
}

void deciding::check_in_force(const incident& known_error) {
  if (is_open(known_error.state_kind)) return;
  const record_ref by = known_error.known_error->superseded_by;
  const incident_ptr instead = by ? other_record(by) : nullptr;
  const bool may_know = instead && !is_hidden(state_, *instead, given_.actor);
  against_.add("known_error.retired",
               name_of(known_error) + " is " + state_name(known_error) +
                   (may_know ? "; " + name_of(*instead) + " has taken its place" : std::string()));
}

template <class Command>
known_error_published deciding::published_as(const Command& c) {
  check_in_use(c.category, {}, {});
  for (const service_ref service : c.affected_services) check_in_use({}, service, {});
  against_.unless(!is_set(c.valid_until) || c.valid_until > given_.recorded_at, "known_error.over",
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

void deciding::operator()(const publish_known_error& c) {
  refused_ = "publish_known_error";
  refused_name_ = '"' + c.title + '"';
  log_incident asked;
  asked.title = c.title;
  asked.category = c.category;
  asked.type = auxiliary_type(known_error_type);
  known_error_published e = published_as(c);
  e.revision = 1;
  emit(log(logged_as(asked), workflow_for(state_, {}, asked.type)), std::move(e));
}

void deciding::operator()(const revise_known_error& c) {
  const incident& r = known_error_of(c.known_error);
  refuse_as("revise_known_error", r);
  check_in_force(r);
  known_error_published e = published_as(c);
  e.revision = r.known_error->revision + 1;
  e.reason = c.reason;
  emit(c.known_error, std::move(e));
}

void deciding::operator()(const retire_known_error& c) {
  const incident& r = known_error_of(c.known_error);
  const close_incident close{c.known_error, {}};
  const workflow_move& m = move(r, verb::close, &close);
  refuse_as("retire_known_error", r);
  made_.body = nullptr;  // the guards have seen it; it does not live as long as this
  if (c.superseded_by) {
    const incident& instead = known_error_of(c.superseded_by);
    against_.unless(instead.id != r.id, "known_error.itself", "it would take its own place");
    check_in_force(instead);
  }
  emit(c.known_error, known_error_retired{m.to, m.to_kind, c.reason, c.superseded_by});
}

void deciding::operator()(const link_known_error& c) {
  const incident& r = open_or_resolved(c.incident, "link_known_error");
  const incident& known = known_error_of(c.known_error);
  refuse_as("link_known_error", r);
  against_.unless(!r.known_error, "known_error.itself", "a known error is not linked to another; superseded_by is");
  const auto& all = details_of(r).known_errors;
  const applied_known_error* applied = find_applied(all, c.known_error);
  if (applied) {
    against_.unless(applied->outcome != c.outcome, "known_error.unchanged",
                    name_of(known) + " is linked to it like that already");
    against_.unless(c.outcome != known_error_outcome::unset, "known_error.outcome",
                    name_of(known) + " is linked to it already; say by `outcome` whether it helped");
  } else {
    check_in_force(known);
    against_.unless(
        all.size() < limits::known_errors_applied_max, "known_error.too_many",
        "at most " + std::to_string(limits::known_errors_applied_max) + " known errors are linked to one record");
  }
  const std::uint32_t revision = applied ? applied->revision : known.known_error->revision;
  const known_error_outcome before = applied ? applied->outcome : known_error_outcome::unset;
  emit(c.incident, known_error_linked{c.known_error, revision, c.outcome});
  emit(c.known_error, known_error_used{c.incident, c.outcome, before, applied != nullptr});
}

}  // namespace tocsin::inline v1
