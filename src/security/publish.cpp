#include "publish.hpp"

#include <tocsin/model/custom_field.hpp>
#include <tocsin/model/definition.hpp>

#include "desk/publication.hpp"

namespace tocsin::inline v1 {
namespace {

void check(const publication_check& against) {
  const auto policies = against.all.of<security_policy>();
  const auto people = against.all.of<person>();
  const auto teams = against.all.of<team>();
  const auto types = against.all.of<record_type>();
  policies.each_given([&](std::size_t i, const security_policy& policy) {
    for (const std::string& key : policy.people) policies.demand_one(i, people, key, "people: the person");
    for (const std::string& key : policy.teams) policies.demand_one(i, teams, key, "teams: the team");
    for (const std::string& key : policy.types) {
      policies.demand_one(i, types, key, "types: the record type");
      if (types.find(key)->base == record_base::incident) continue;
      policies.refuse_at(i, "types: \"" + key + "\" is not a type of incidents");
    }
    policies.demand(i, teams, policy.team, "team: the team");
  });
}

}  // namespace

constinit const publication_rules security_publication{.check = check};

}  // namespace tocsin::inline v1
