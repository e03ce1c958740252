#include "publish.hpp"

#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/definition.hpp>

#include "desk/publication.hpp"
#include "desk/publish_conditions.hpp"

namespace tocsin::inline v1 {
namespace {

void check(const publication_check& against) {
  const auto policies = against.all.of<review_policy>();
  policies.each_given([&](std::size_t i, const review_policy& policy) {
    for (const std::string& key : policy.approvers) {
      policies.demand_one(i, against.all.of<person>(), key, "approvers: the person");
    }
    for (const std::string& key : policy.approver_teams) {
      policies.demand_one(i, against.all.of<team>(), key, "approver_teams: the team");
    }
    for (std::size_t n = 0; n < policy.rules.size(); ++n) {
      const std::string place = "rules/" + std::to_string(n) + "/";
      policies.demand(i, against.all.of<person>(), policy.rules[n].owner, place + "owner: the person");
      policies.demand(i, against.all.of<team>(), policy.rules[n].team, place + "team: the team");
    }
  });
}

}  // namespace

std::shared_ptr<const compiled_review_policy> compiled(const review_policy& p, const compilation& with) {
  return std::make_shared<const compiled_review_policy>(p, with.state.definitions.schemas->record());
}

void each_condition(const review_policy& p, const record_schemas& schemas, const condition_visitor& to) {
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    visit_condition("rules/" + std::to_string(i) + "/when", p.rules[i].when, schemas.record(), to, true);
  }
}

constinit const publication_rules review_publication{.check = check};

}  // namespace tocsin::inline v1
