#include "publish.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/model/configuration_item.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/service/subscription.hpp>

#include "desk/publication.hpp"

namespace tocsin::inline v1 {
namespace {

void check_policies(const publications& all) {
  const auto policies = all.of<communication_policy>();
  policies.each_given([&](std::size_t i, const communication_policy& policy) {
    for (std::size_t n = 0; n < policy.audiences.size(); ++n) {
      const communication_audience& one = policy.audiences[n];
      const std::string place = "audiences/" + std::to_string(n) + "/";
      for (const std::string& key : one.people) {
        policies.demand_one(i, all.of<person>(), key, place + "people: the person");
      }
      for (const std::string& key : one.teams) policies.demand_one(i, all.of<team>(), key, place + "teams: the team");
    }
  });
}

void check_pages(const publications& all) {
  const auto pages = all.of<status_page>();
  const auto services = all.of<service>();
  const auto items = all.of<configuration_item>();
  pages.each_given([&](std::size_t i, const status_page& page) {
    for (std::size_t n = 0; n < page.components.size(); ++n) {
      for (const std::string& key : page.components[n].items) {
        if (services.has(key) || items.has(key)) continue;
        pages.refuse_at(i, "components/" + std::to_string(n) +
                               "/items: neither a service nor a configuration item has the key " + quoted(key));
      }
    }
  });
}

// A page may lose a component; what was said of it before stays as it was.
void check_overrides(const publications& all) {
  const auto overrides = all.of<status_override>();
  const auto pages = all.of<status_page>();
  overrides.each_given([&](std::size_t i, const status_override& one) {
    overrides.demand_one(i, pages, one.page, "page: the page");
    if (overrides.before(one.key) || find_component(*pages.find(one.page), one.component)) return;
    overrides.refuse_at(i, "component: the page has no component " + quoted(one.component));
  });
}

// The policy may lose an audience; whoever subscribed as it is told nothing then.
void check_subscriptions(const publications& all) {
  const auto subscriptions = all.of<subscription>();
  const auto policies = all.of<communication_policy>();
  const communication_policy* const policy = policies.find(default_definition);
  subscriptions.each_given([&](std::size_t i, const subscription& one) {
    if (one.retired || subscriptions.before(one.key) || (policy && find_audience(*policy, one.audience))) return;
    subscriptions.refuse_at(i, "audience: the communication policy has no audience " + quoted(one.audience));
  });
}

void check(const publication_check& against) {
  check_policies(against.all);
  check_pages(against.all);
  check_overrides(against.all);
  check_subscriptions(against.all);
}

}  // namespace

constinit const publication_rules communication_publication{.check = check};

}  // namespace tocsin::inline v1
