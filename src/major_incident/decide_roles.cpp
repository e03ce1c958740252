// Who holds which role: given to a person, to whoever is on call, or to the owner of the service; taken, given up, and
// handed on (M1).
#include "decide.hpp"

#include <tocsin/major_incident/major_incident_policy.hpp>
#include <tocsin/model/definition.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

std::string quoted_text(std::string_view text) { return '"' + std::string(text) + '"'; }

struct found_person {
  person_ref person;  // none: there is nobody
  std::string why_not;
  role_source source = role_source::unset;
};

found_person on_call_at(const desk_state& state, schedule_ref schedule, role_source source, instant at) {
  const roster* duty = state.roster_of(schedule);
  const std::vector<person_ref> people = duty ? duty->who(at).people : std::vector<person_ref>();
  const std::string key(state.words.word(word_kind::schedule, schedule.index));
  if (people.empty()) return {{}, "nobody is on call by the schedule " + quoted_text(key), source};
  return {people.front(), {}, source};
}

found_person on_call_of(const desk_state& state, team_ref which, role_source source, instant at) {
  const team* t = state.definitions.of<team>().current(which.index);
  const std::string key(state.words.word(word_kind::team, which.index));
  if (!t || t->schedule.empty()) return {{}, "the team " + quoted_text(key) + " has no schedule", source};
  return on_call_at(state, {state.words.find(word_kind::schedule, t->schedule)}, source, at);
}

found_person owner_of_service(const desk_state& state, const incident& r, instant at) {
  const service* s = state.definitions.of<service>().current(r.service.index);
  if (!s) return {{}, "it has no service", role_source::service_owner};
  if (!s->owner.empty()) return {{state.words.find(word_kind::person, s->owner)}, {}, role_source::service_owner};
  if (s->owner_team.empty()) {
    return {{}, "the service " + quoted_text(s->key) + " has no owner", role_source::service_owner};
  }
  return on_call_of(state, {state.words.find(word_kind::team, s->owner_team)}, role_source::service_owner, at);
}

int sources_of(const role_appointment& a) {
  return (a.person ? 1 : 0) + (a.team ? 1 : 0) + (a.schedule ? 1 : 0) + (a.service_owner ? 1 : 0);
}

role_appointment appointment_of(const desk_state& state, const major_role& one) {
  return {.role = one.role,
          .person = {state.words.find(word_kind::person, one.person)},
          .team = {state.words.find(word_kind::team, one.team)},
          .schedule = {state.words.find(word_kind::schedule, one.schedule)},
          .service_owner = one.service_owner};
}

// The roles as they will be when the command has been carried out.
class role_giver {
 public:
  role_giver(deciding& d, const incident& r)
      : d_(d), r_(r), held_(r.part_or_empty<record_major_incident>().response_roles) {
    const compiled_major_policy* policy = major_policy_of(d.state);
    rows_ = roles_by_policy(d.state, r, d.given.actor, d.given.at);
    declared_ = roles_of(policy ? policy->definition : major_incident_policy{}, rows_);
  }

  void give(const role_appointment& a) {
    if (sources_of(a) != 1) {
      return d_.against.add("major.role_source", "the role " + quoted_text(a.role) +
                                                     " is given by one of person, team, schedule and service_owner");
    }
    const found_person found = find(a);
    if (!found.person) {
      return d_.against.add("major.nobody", "nobody gets " + quoted_text(a.role) + ": " + found.why_not);
    }
    take(a.role, found.person, a.reports_to, found.source);
  }

  // As the policy says.
  void give_the_others() {
    for (const major_role* one : rows_) {
      if (!find_holder(held_, one->role)) give_if_possible(appointment_of(d_.state, *one));
    }
  }

  // A role that nobody can be found for stays open.
  void give_if_possible(const role_appointment& a) {
    const found_person found = sources_of(a) == 1 ? find(a) : found_person{};
    if (found.person && is_in_use(found.person)) take(a.role, found.person, {}, found.source);
  }

  void take(const std::string& role, person_ref person, const std::string& asked_above, role_source source) {
    const response_role* declared = find_role(declared_, role);
    if (!declared) return refuse_unknown(role);
    const std::string& above = asked_above.empty() ? declared->reports_to : asked_above;
    if (!asked_above.empty() && !find_role(declared_, asked_above)) return refuse_unknown(asked_above);
    if (!may_take(role, person)) return;
    const bool was_within = reports_to(above) <= limits::span_of_control_max;
    held_.push_back({.role = role, .person = person, .from = d_.given.at, .reports_to = above});
    if (!stays_a_tree()) return;
    d_.emit({r_.id}, role_assumed{role, person, above, source});
    if (!(person == d_.given.actor)) {
      d_.notify(r_, major_incident_notice{major_notice_cause::role_given, {}, person, role});
    }
    if (was_within) warn_of_span(above);
  }

 private:
  found_person find(const role_appointment& a) const {
    const instant now = d_.given.recorded_at;
    if (a.person) return {a.person, {}, role_source::person};
    if (a.team) return on_call_of(d_.state, a.team, role_source::team, now);
    if (a.schedule) return on_call_at(d_.state, a.schedule, role_source::schedule, now);
    return owner_of_service(d_.state, r_, now);
  }

  bool is_in_use(person_ref one) const {
    const person* p = d_.state.definitions.of<person>().current(one.index);
    return p && !p->retired;
  }

  bool may_take(const std::string& role, person_ref person) {
    const std::string name = d_.person_name(person);
    const role_holding* same = find_holder(held_, role, person);
    const role_holding* commander = role == incident_commander ? find_holder(held_, role) : nullptr;
    d_.against.unless(is_in_use(person), "major.no_person", quoted_text(name) + " is nobody who could have a role");
    d_.against.unless(!same, "major.role_held", name + " has the role " + quoted_text(role) + " already");
    d_.against.unless(
        same || !commander, "major.commander",
        (commander ? d_.person_name(commander->person) : std::string()) + " commands; transfer_command hands that on");
    const bool has_room = held_.size() < limits::role_holdings_max;
    d_.against.unless(has_room, "major.too_many",
                      "roles of one incident are held at most " + std::to_string(limits::role_holdings_max) + " times");
    return is_in_use(person) && !same && !commander && has_room;
  }

  std::vector<role_holding> now_held() const {
    std::vector<role_holding> now = held_;
    std::erase_if(now, [](const role_holding& h) { return !goes_on(h); });
    return now;
  }

  bool stays_a_tree() {
    const std::vector<role_holding> now = now_held();
    const std::string circle = reporting_circle(std::span<const role_holding>(now));
    d_.against.unless(circle.empty(), "major.reports_circle", "roles would report to each other: " + circle);
    return circle.empty();
  }

  std::size_t reports_to(const std::string& above) const { return above.empty() ? 0 : reports_of(now_held(), above); }

  void warn_of_span(const std::string& above) {
    const std::size_t reports = reports_to(above);
    if (reports <= limits::span_of_control_max) return;
    d_.emit({r_.id}, span_of_control_exceeded{above, static_cast<std::uint32_t>(reports),
                                              static_cast<std::uint32_t>(limits::span_of_control_max)});
  }

  void refuse_unknown(const std::string& role) {
    std::string allowed;
    for (const response_role& one : declared_) allowed += (allowed.empty() ? "" : ", ") + one.role;
    d_.against.add("major.unknown_role", quoted_text(role) + " is no role, allowed are " + allowed);
  }

  deciding& d_;
  const incident& r_;
  std::vector<role_holding> held_;
  std::vector<const major_role*> rows_;  // of the policy, that hold for it
  std::vector<response_role> declared_;
};

const role_holding* commander_of(const incident& r) {
  return find_holder(r.part_or_empty<record_major_incident>().response_roles, incident_commander);
}

}  // namespace

void plausible_role(const incident& record, plausible_commands& to) {
  for (const response_role& one : standard_response_roles()) {
    to.commands.push_back(assume_role{{record.id}, one.role, {}});
  }
}

void plausible_relinquishing(const incident& record, plausible_commands& to) {
  to.none = "nobody has a role";
  for (const role_holding& one : record.part_or_empty<record_major_incident>().response_roles) {
    if (goes_on(one)) to.commands.push_back(relinquish_role{{record.id}, one.role, one.person});
  }
}

// Whoever commands could give it up, and so could hand it on.
void plausible_transfer(const incident& record, plausible_commands& to) {
  to.none = "nobody commands";
  const role_holding* commander = commander_of(record);
  if (commander) to.commands.push_back(relinquish_role{{record.id}, commander->role, commander->person});
}

void give_roles(deciding& d, const incident& accepted, const std::vector<role_appointment>& asked) {
  role_giver giver(d, accepted);
  for (const role_appointment& one : asked) giver.give(one);
  giver.give_the_others();
}

void decide(const assume_role& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "assume_role");
  role_giver(d, r).take(c.role, d.given.actor, c.reports_to, role_source::self);
}

void decide(const assign_role& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "assign_role");
  role_giver(d, r).give({c.role, c.person, c.team, c.schedule, c.service_owner, c.reports_to});
}

void decide(const relinquish_role& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "relinquish_role");
  const person_ref person = c.person ? c.person : d.given.actor;
  const bool held = find_holder(r.part<record_major_incident>()->response_roles, c.role, person) != nullptr;
  d.against.unless(held, "major.role_not_held",
                   d.person_name(person) + " does not have the role " + quoted_text(c.role));
  d.emit(c.incident, role_relinquished{c.role, person});
}

void decide(const transfer_command& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "transfer_command");
  const role_holding* commander = commander_of(r);
  d.against.unless(commander != nullptr, "major.no_commander", "nobody commands; assign_role says who does");
  if (!commander) return;
  const person* to = d.state.definitions.of<person>().current(c.to.index);
  d.against.unless(to && !to->retired, "major.no_person",
                   quoted_text(d.person_name(c.to)) + " is nobody who could have a role");
  d.against.unless(!(commander->person == c.to), "major.role_held", d.person_name(c.to) + " commands already");
  d.against.unless(r.part<record_major_incident>()->response_roles.size() < limits::role_holdings_max, "major.too_many",
                   "roles of one incident are held at most " + std::to_string(limits::role_holdings_max) + " times");
  d.emit(c.incident, command_transferred{commander->person, c.to, c.note});
  if (!(c.to == d.given.actor)) {
    d.notify(r, major_incident_notice{major_notice_cause::role_given, {}, c.to, std::string(incident_commander)});
  }
}

}  // namespace tocsin::inline v1
