// Security incidents: they are restricted in the entry that makes them, so that nobody else ever sees them (R-N04).
#include "decide.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>

#include "incident/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

template <class Ref>
void add_once(std::vector<Ref>& to, Ref one) {
  if (one && std::ranges::find(to, one) == to.end()) to.push_back(one);
}

// Who may see it from the first instant on: those of the policy, those named, whoever has it, whoever of the desk
// brings it.
class first_confidants {
 public:
  explicit first_confidants(deciding& d) : d_(d) {
    const security_policy* policy = security_policy_of(d.state);
    if (!policy) return;
    for (const std::string& key : policy->people) add_once(people_, {d.state.words.find(word_kind::person, key)});
    for (const std::string& key : policy->teams) add_once(teams_, {d.state.words.find(word_kind::team, key)});
  }

  void add(const std::vector<person_ref>& people, const std::vector<team_ref>& teams) {
    for (const person_ref one : people) add_once(people_, one);
    for (const team_ref one : teams) add_once(teams_, one);
  }
  void add(person_ref person, team_ref team) {
    add_once(people_, person);
    add_once(teams_, team);
  }
  void add_actor() {
    if (d_.given.actor.index > host_person.index) add_once(people_, d_.given.actor);
  }

  void restrict(record_ref record, const std::string& reason) {
    if (people_.empty() && teams_.empty()) refuse_empty("people or teams, as no policy names any");
    d_.against.unless(
        people_.size() <= limits::restricted_to_max && teams_.size() <= limits::restricted_to_max, "security.too_many",
        "it may be restricted to at most " + std::to_string(limits::restricted_to_max) + " people and teams");
    d_.emit(record, incident_restricted{people_, teams_, reason});
  }

 private:
  deciding& d_;
  std::vector<person_ref> people_;
  std::vector<team_ref> teams_;
};

record_type_ref type_of(const deciding& d, record_type_ref asked) {
  const security_policy* policy = security_policy_of(d.state);
  if (asked || !policy || policy->types.empty()) return asked;
  return {d.state.words.find(word_kind::record_type, policy->types.front())};
}

void check_type(const deciding& d, record_type_ref type) {
  check_type_in_use(d, type);
  const record_type* known = d.state.definitions.of<record_type>().current(type.index);
  if (!known || known->base == record_base::incident) return;
  throw error(status::failed_precondition, "security.not_an_incident",
              std::string(d.type_name(type)) + " is not a type of incidents");
}

// Nobody else hears of it in the entry that makes it: it is restricted before it is given to anybody.
record_ref log_restricted(deciding& d, const log_incident& asked, first_confidants& to, const std::string& reason,
                          security_source source) {
  const record_ref record = log_record(d, logged_as(d, asked), workflow_for(d.state, {}, asked.type));
  to.restrict(record, reason);
  d.emit(record, security_incident_begun{source});
  assign_at_once(d, record, asked);
  return record;
}

void check_origin(deciding& d, const log_security_incident& c) {
  const auto not_later = [&](instant a, const char* a_name, instant b, const std::string& b_name) {
    d.against.unless(!is_set(a) || !is_set(b) || a <= b, "incident.instants_out_of_order",
                     std::string(a_name) + " is later than " + b_name);
  };
  not_later(c.occurred_at, "occurred_at", c.detected_at, "detected_at");
  not_later(c.occurred_at, "occurred_at", d.given.recorded_at, "the command");
  not_later(c.detected_at, "detected_at", d.given.recorded_at, "the command");
}

log_incident asked_as(const deciding& d, const log_security_incident& c) {
  log_incident asked;
  asked.title = c.title;
  asked.description = c.description;
  asked.type = type_of(d, c.type);
  asked.category = c.category;
  asked.service = c.service;
  asked.impact = c.impact;
  asked.urgency = c.urgency;
  asked.severity = c.severity;
  asked.occurred_at = c.occurred_at;
  asked.detected_at = c.detected_at;
  asked.external_key = c.external_key;
  asked.team = c.team;
  asked.assignee = c.assignee;
  return asked;
}

const char* const begun_reason = "It is a security incident";

// Those who may see it already go on to.
void declare(deciding& d, const incident& r, first_confidants to, const std::string& reason) {
  to.add_actor();
  to.add(r.assignee, r.team);
  to.add(details_of(r).restricted_to_people, details_of(r).restricted_to_teams);
  to.restrict({r.id}, reason);
  d.emit({r.id}, security_incident_begun{security_source::declared});
}

}  // namespace

const security_policy* security_policy_of(const desk_state& state) {
  const auto& policies = state.definitions.of<security_policy>();
  if (policies.size() == 0) return nullptr;
  const security_policy* policy = policies.current(state.words.find(word_kind::security_policy, default_definition));
  return policy && !policy->retired ? policy : nullptr;
}

bool is_security_type(const desk_state& state, record_type_ref type) {
  const security_policy* policy = security_policy_of(state);
  if (!policy || !type) return false;
  const std::string_view key = state.words.word(word_kind::record_type, type.index);
  return std::ranges::find(policy->types, key) != policy->types.end();
}

void begin_if_security(deciding& d, record_ref record, const log_incident& asked) {
  if (!is_security_type(d.state, asked.type)) return;
  first_confidants to(d);
  to.add_actor();
  to.add(asked.assignee, asked.team);
  to.restrict(record, begun_reason);
  d.emit(record, security_incident_begun{security_source::logged});
}

void begin_if_security(deciding& d, const incident& converted, record_type_ref type) {
  if (is_security_type(d.state, type) && !converted.part<record_disclosure>()) {
    declare(d, converted, first_confidants(d), begun_reason);
  }
}

// Those who may see the closed one may see what takes it up again.
bool begin_if_security(deciding& d, const incident& closed, record_ref follow_up) {
  const bool goes_on = closed.part<record_disclosure>() && is_restricted(closed);
  if (!goes_on && !is_security_type(d.state, closed.type)) return false;
  first_confidants to(d);
  to.add_actor();
  to.add(details_of(closed).restricted_to_people, details_of(closed).restricted_to_teams);
  to.restrict(follow_up, begun_reason);
  d.emit(follow_up, security_incident_begun{security_source::logged});
  return true;
}

const incident& security_incident_of(deciding& d, record_ref ref, std::string_view what) {
  const incident& r = d.open_or_resolved(ref, what);
  if (!r.part<record_disclosure>()) {
    throw error(status::failed_precondition, "security.none", d.name_of(r) + " is not a security incident");
  }
  d.refuse_as(what, r);
  return r;
}

void plausible_declaration(const incident& record, plausible_commands& to) {
  to.commands.push_back(declare_security_incident{{record.id}, {to.actor}, {}, "x"});
}

void decide(const log_security_incident& c, deciding& d) {
  d.refused = "log_security_incident";
  d.refused_name = '"' + c.title + '"';
  check_in_use(d, c.category, c.service, c.team);
  check_origin(d, c);
  const log_incident asked = asked_as(d, c);
  check_type(d, asked.type);
  first_confidants to(d);
  to.add_actor();
  to.add(c.people, c.teams);
  to.add(c.assignee, c.team);
  const std::string reason = c.reason.empty() ? begun_reason : c.reason;
  const record_ref record = log_restricted(d, asked, to, reason, security_source::logged);
  if (is_set(c.embargo_until)) {
    check_ahead(d, c.embargo_until, "embargo_until");
    d.emit(record, embargo_set{c.embargo_until, reason});
  }
  if (!is_set(c.disclosure_at)) return;
  check_ahead(d, c.disclosure_at, "disclosure_at");
  d.against.unless(!is_set(c.embargo_until) || c.embargo_until <= c.disclosure_at, "security.embargo",
                   "its embargo would end after its disclosure");
  give_disclosure_date(d, record, c.disclosure_at, no_instant, reason);
}

void decide(const declare_security_incident& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "declare_security_incident");
  d.refuse_as("declare_security_incident", r);
  d.against.unless(d.state.definitions.base_of(r) == record_base::incident, "security.not_an_incident",
                   "it is of type " + std::string(d.type_name(r.type)));
  d.against.unless(!r.part<record_disclosure>(), "security.declared", "it is a security incident already");
  if (!d.against.empty()) return;
  first_confidants to(d);
  to.add(c.people, c.teams);
  declare(d, r, std::move(to), c.reason);
}

// The reporter is outside: they see their thread, and not the record.
void decide(const report_vulnerability& c, deciding& d) {
  d.refused = "report_vulnerability";
  d.refused_name = '"' + c.title + '"';
  const security_policy* policy = security_policy_of(d.state);
  if (!policy) {
    throw error(status::failed_precondition, "security.no_policy",
                "reports from outside are not taken: publish a security_policy \"incident\" first");
  }
  check_in_use(d, {}, c.service, {});
  log_incident asked;
  asked.title = c.title;
  asked.description = c.description;
  asked.type = type_of(d, {});
  asked.service = c.service;
  asked.channel = channel::self_service;
  asked.team = {d.state.words.find(word_kind::team, policy->team)};
  first_confidants to(d);
  to.add({}, asked.team);
  const record_ref record = log_restricted(d, asked, to, "It was reported from outside", security_source::reported);
  if (policy->disclose_in.us > 0) {
    give_disclosure_date(d, record, d.given.recorded_at + policy->disclose_in, no_instant, "As the policy says");
  }
  begin_report(d, record, {1, d.given.actor, c.contact, d.given.at});
}

}  // namespace tocsin::inline v1
