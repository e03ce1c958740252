// Embargo and disclosure: what may be said, and by when it is said (R-C43).
#include "decide.hpp"

#include "time/shown.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

const record_disclosure& part_of(const incident& r) { return r.part_or_empty<record_disclosure>(); }

void check_not_disclosed(deciding& d, const incident& r) {
  const record_disclosure& part = part_of(r);
  d.against.unless(!is_set(part.disclosed_at), "security.disclosed",
                   "it was already disclosed at " + shown(part.disclosed_at) + " (" + part.advisory + ")");
}

}  // namespace

void check_ahead(deciding& d, instant at, const std::string& name) {
  d.against.unless(at > d.given.recorded_at, "security.passed", name + " has passed already");
  d.against.unless(at <= d.given.recorded_at + limits::disclosure_within, "security.too_far",
                   name + " is more than 3660 days ahead");
}

void give_disclosure_date(deciding& d, record_ref record, instant at, instant before, const std::string& reason) {
  d.emit(record, disclosure_date_set{at, before, reason});
}

void plausible_embargo(const incident& record, plausible_commands& to) {
  to.commands.push_back(set_embargo{{record.id}, to.state.counters.clock + day, "x"});
}

void plausible_embargo_end(const incident& record, plausible_commands& to) {
  to.commands.push_back(lift_embargo{{record.id}, "x"});
}

// Another date than it has, and none before the end of its embargo.
void plausible_disclosure_date(const incident& record, plausible_commands& to) {
  const instant from = std::min(std::max(to.state.counters.clock, part_of(record).embargo_until), instant_max);
  for (const duration ahead : {day, 2 * day}) {
    to.commands.push_back(set_disclosure_date{{record.id}, from + ahead, "x"});
  }
}

void plausible_disclosure(const incident& record, plausible_commands& to) {
  to.commands.push_back(disclose{{record.id}, "x", {}});
}

void decide(const set_embargo& c, deciding& d) {
  const incident& r = security_incident_of(d, c.incident, "set_embargo");
  const record_disclosure& part = part_of(r);
  check_not_disclosed(d, r);
  check_ahead(d, c.until, "until");
  d.against.unless(part.embargo_until != c.until || part.embargo_reason != c.reason, "security.unchanged",
                   "it is under embargo until then already");
  d.against.unless(
      !is_set(part.disclosure_at) || c.until <= part.disclosure_at, "security.embargo",
      "its disclosure date, " + shown(part.disclosure_at) + ", is before that; move it with set_disclosure_date first");
  d.emit(c.incident, embargo_set{c.until, c.reason});
}

void decide(const lift_embargo& c, deciding& d) {
  const incident& r = security_incident_of(d, c.incident, "lift_embargo");
  d.against.unless(embargo_of(r, d.given.recorded_at).has_value(), "security.no_embargo", "it is under no embargo");
  d.emit(c.incident, embargo_lifted{c.reason});
}

void decide(const set_disclosure_date& c, deciding& d) {
  const incident& r = security_incident_of(d, c.incident, "set_disclosure_date");
  const record_disclosure& part = part_of(r);
  check_not_disclosed(d, r);
  check_ahead(d, c.disclosure_at, "disclosure_at");
  d.against.unless(part.disclosure_at != c.disclosure_at, "security.unchanged", "that is the date already");
  const std::optional<instant> embargo = embargo_of(r, d.given.recorded_at);
  d.against.unless(!embargo || *embargo <= c.disclosure_at, "security.embargo",
                   embargo ? "its embargo lasts longer, until " + shown(*embargo) : std::string());
  give_disclosure_date(d, c.incident, c.disclosure_at, part.disclosure_at, c.reason);
  tell_reporters(d, r, reporter_notice_cause::date_set);
}

void decide(const disclose& c, deciding& d) {
  const incident& r = security_incident_of(d, c.incident, "disclose");
  check_not_disclosed(d, r);
  const std::string embargo = under_embargo(r, d.given.recorded_at);
  d.against.unless(embargo.empty(), "security.embargo", embargo);
  d.emit(c.incident, security_disclosed{c.advisory, c.text});
  tell_reporters(d, r, reporter_notice_cause::disclosed);
}

}  // namespace tocsin::inline v1
