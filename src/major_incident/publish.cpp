#include "publish.hpp"

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/oncall/schedule.hpp>

#include "desk/publication.hpp"
#include "desk/publish_conditions.hpp"

namespace tocsin::inline v1 {
namespace {

void check_roles(const publications& all, const publication<major_incident_policy>& policies, std::size_t i) {
  const std::vector<major_role>& roles = policies[i].roles;
  for (std::size_t n = 0; n < roles.size(); ++n) {
    const std::string place = "roles/" + std::to_string(n) + "/";
    policies.demand(i, all.of<person>(), roles[n].person, place + "person: the person");
    policies.demand(i, all.of<team>(), roles[n].team, place + "team: the team");
    policies.demand(i, all.of<schedule>(), roles[n].schedule, place + "schedule: the schedule");
  }
}

void check(const publication_check& against) {
  const auto policies = against.all.of<major_incident_policy>();
  policies.each_given([&](std::size_t i, const major_incident_policy& policy) {
    policies.demand(i, against.all.of<person>(), policy.manager, "manager: the person");
    policies.demand(i, against.all.of<team>(), policy.team, "team: the team");
    check_roles(against.all, policies, i);
  });
}

}  // namespace

std::shared_ptr<const compiled_major_policy> compiled(const major_incident_policy& p, const compilation& with) {
  return std::make_shared<const compiled_major_policy>(p, with.state.definitions.schemas->record());
}

void each_condition(const major_incident_policy& p, const record_schemas& schemas, const condition_visitor& to) {
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    visit_condition("rules/" + std::to_string(i) + "/when", p.rules[i].when, schemas.record(), to, true);
  }
  for (std::size_t i = 0; i < p.roles.size(); ++i) {
    visit_condition("roles/" + std::to_string(i) + "/when", p.roles[i].when, schemas.record(), to);
  }
}

constinit const publication_rules major_incident_publication{.check = check};

}  // namespace tocsin::inline v1
