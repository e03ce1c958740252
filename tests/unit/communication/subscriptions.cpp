// Who is told of what affects a service, an item or a customer, held against a walk of the graph by hand (M2, I1).
#include <doctest/doctest.h>

#include <tocsin/service/subscription.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "../desk/office.hpp"

using namespace tocsin;
using office::json;

namespace {

using keys = std::set<std::string>;

const instant begin = office::at("2026-11-23T08:00:00Z");
const std::vector<std::string> people = {"p0", "p1", "p2", "p3", "p4"};
const std::vector<std::string> audiences = {"users", "staff"};
constexpr int items = 12;

std::string item(std::size_t n) { return "s" + std::to_string(n); }

// A desk, and beside it what a person at a desk of paper would know.
struct world {
  std::mt19937 random;
  desk d = office::open();
  std::map<std::string, keys> needed_by;           // each item, and those that need it
  std::map<std::string, std::string> customer_of;  // that uses it
  std::map<std::pair<std::string, std::string>, std::pair<keys, keys>>
      subscribed;  // person and audience: items, customers
  instant now = begin;

  explicit world(std::uint32_t seed) : random(seed) {
    json services = json::array();
    for (std::size_t i = 0; i < items; ++i) {
      json one = {{"key", item(i)}, {"depends_on", json::array()}};
      for (std::size_t other = 0; other < i; ++other) {
        if (random() % 4 != 0) continue;
        one["depends_on"].push_back(item(other));
        needed_by[item(other)].insert(item(i));
      }
      if (random() % 3 == 0) {
        customer_of[item(i)] = any({"acme", "zenith"});
        one["customers"] = {customer_of[item(i)]};
      }
      services.push_back(std::move(one));
    }
    json known = json::array();
    for (const std::string& key : people) known.push_back({{"key", key}});
    known[0]["customer"] = "acme";
    json told = json::array();
    for (const std::string& key : audiences) {
      told.push_back({{"key", key}, {"visibility", "stakeholder"}, {"channels", {"mail"}}});
    }
    office::tell(d, office::command("publish", "2026-11-23T07:00:00Z", "host",
                                    {{"people", known},
                                     {"customers", {{{"key", "acme"}}, {{"key", "zenith"}}}},
                                     {"services", services},
                                     {"communication_policies", {{{"key", "incident"}, {"audiences", told}}}}}));
  }

  std::string any(const std::vector<std::string>& of) { return of[random() % of.size()]; }
  std::string any_item() { return item(random() % items); }

  void tell(const std::string& name, json fields) {
    now = now + minute;
    office::tell(d, office::command(name, office::text_of(now), "host", fields));
  }

  void change_a_subscription() {
    const std::string person = any(people);
    const std::string audience = any(audiences);
    json fields = {{"person", person}, {"audience", audience}};
    keys named_items;
    keys named_customers;
    for (std::size_t n = random() % 3; n != 0; --n) named_items.insert(any_item());
    if (random() % 4 == 0) named_customers.insert(any({"acme", "zenith"}));
    if (!named_items.empty()) fields["items"] = named_items;
    if (!named_customers.empty()) fields["customers"] = named_customers;
    auto& [its_items, its_customers] = subscribed[{person, audience}];
    const bool all = named_items.empty() && named_customers.empty();
    try {
      if (random() % 3 != 0) {
        tell("subscribe_to", fields);
        REQUIRE_FALSE(all);
        its_items.merge(named_items);
        its_customers.merge(named_customers);
      } else {
        tell("unsubscribe_from", fields);
        for (const std::string& key : named_items) its_items.erase(key);
        for (const std::string& key : named_customers) its_customers.erase(key);
        if (all) its_items = its_customers = {};
      }
    } catch (const error& e) {
      CAPTURE(e.what());
      CHECK(e.reason().starts_with("communication."));
    }
  }

  keys all_that_fail(const std::string& first) const {
    keys failed = {first};
    for (std::vector<std::string> open = {first}; !open.empty();) {
      const std::string at = open.back();
      open.pop_back();
      const auto found = needed_by.find(at);
      if (found == needed_by.end()) continue;
      for (const std::string& next : found->second) {
        if (failed.insert(next).second) open.push_back(next);
      }
    }
    return failed;
  }

  keys expected(const std::string& audience, const std::string& failed_item, bool of_acme) const {
    const keys failed = all_that_fail(failed_item);
    keys hit;
    for (const std::string& key : failed) {
      if (const auto of = customer_of.find(key); of != customer_of.end()) hit.insert(of->second);
    }
    if (of_acme) hit.insert("acme");
    const auto meets = [](const keys& a, const keys& b) {
      return std::ranges::any_of(a, [&](const std::string& key) { return b.contains(key); });
    };
    keys told;
    for (const auto& [whose, what] : subscribed) {
      if (whose.second == audience && (meets(what.first, failed) || meets(what.second, hit))) told.insert(whose.first);
    }
    return told;
  }

  void tell_of_an_incident() {
    const std::string failed = any_item();
    const bool of_acme = random() % 2 == 0;
    json logged = {{"title", "x"}, {"affected_items", {{{"item", failed}}}}};
    if (of_acme) logged["caller"] = "p0";
    tell("log_incident", logged);
    const std::string number = d.show_number(d.state().counters.last_number);
    for (const std::string& audience : audiences) {
      tell("draft_update", {{"incident", number}, {"audience", audience}, {"known", "x"}});
      const std::uint32_t draft = audience == "users" ? 1 : 2;
      now = now + minute;
      const json done = office::tell(
          d, office::command("publish_update", office::text_of(now), "host", {{"incident", number}, {"draft", draft}}));
      keys told;
      for (const json& e : done["events"]) {
        if (e["event"] == "audience_update") told = e.value("people", keys());
      }
      CHECK(told == expected(audience, failed, of_acme));
    }
  }
};

}  // namespace

TEST_CASE("those are told who subscribed to what an incident affects, and nobody else (M2)") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    world w(seed);
    for (int i = 0; i < 40; ++i) {
      w.change_a_subscription();
      if (i % 4 == 3) w.tell_of_an_incident();
    }
    w.d.verify();
  }
}

TEST_CASE("a subscription names something, each thing once") {
  CHECK(lint(subscription{.key = "a", .items = {"x"}}).empty());
  CHECK(lint(subscription{.key = "a", .customers = {"x"}}).empty());
  CHECK(lint(subscription{.key = "a", .retired = true}).empty());
  CHECK(lint(subscription{.key = "a"}).size() == 1);
  CHECK(lint(subscription{.key = "a", .items = {"x", "y", "x"}, .customers = {"x", "x"}}).size() == 2);
}

TEST_CASE("a subscription is concerned by its items, its customers, and what one of theirs reported") {
  affected_keys affected{.items = {"db", "shop"}, .customers = {"acme"}, .reported_by = "zenith"};
  CHECK(affected.concern({.items = {"mail", "shop"}}));
  CHECK(affected.concern({.customers = {"acme"}}));
  CHECK(affected.concern({.customers = {"zenith"}}));
  CHECK_FALSE(affected.concern({.items = {"mail"}, .customers = {"other"}}));
  affected.reported_by.clear();
  CHECK_FALSE(affected.concern({.customers = {"zenith"}}));
}
