// Who holds which role in a response, and who reports to whom (M1).
#include <doctest/doctest.h>

#include <tocsin/major_incident/response_roles.hpp>
#include <tocsin/time/rfc3339.hpp>

using namespace tocsin;

namespace {

constexpr person_ref ana{3};
constexpr person_ref ben{4};

instant at(std::string_view time) { return parse_rfc3339("2026-11-23T" + std::string(time) + "Z").value(); }

role_holding holding(std::string role, person_ref person, std::string_view from, std::string_view until = {},
                     std::string reports_to = {}) {
  return {std::move(role), person, at(from), until.empty() ? no_instant : at(until), std::move(reports_to)};
}

std::vector<std::string> roles_at(const std::vector<role_holding>& all, std::string_view time, instant end = never) {
  std::vector<std::string> roles;
  for (const role_holding& one : holders_at(all, at(time), end)) roles.push_back(one.role);
  return roles;
}

using names = std::vector<std::string>;

}  // namespace

TEST_CASE("a role is held from the instant at which it is taken, up to the one at which it is given up (M1)") {
  const std::vector<role_holding> all = {holding("scribe", ana, "08:00:00", "09:00:00"),
                                         holding("scribe", ben, "09:00:00")};
  CHECK(roles_at(all, "07:59:59").empty());
  CHECK(holders_at(all, at("08:00:00")).front().person == ana);
  CHECK(holders_at(all, at("09:00:00")).front().person == ben);
  CHECK(roles_at(all, "09:00:00").size() == 1);
  CHECK(roles_at(all, "20:00:00") == names{"scribe"});
}

TEST_CASE("nobody holds a role when it is all over (M1)") {
  const std::vector<role_holding> all = {holding("scribe", ana, "08:00:00")};
  CHECK(roles_at(all, "09:59:59", at("10:00:00")) == names{"scribe"});
  CHECK(roles_at(all, "10:00:00", at("10:00:00")).empty());
}

TEST_CASE("whoever held a role before does not hold it now (M1)") {
  const std::vector<role_holding> all = {holding("incident_commander", ana, "08:00:00", "09:00:00"),
                                         holding("incident_commander", ben, "09:00:00")};
  REQUIRE(find_holder(all, incident_commander));
  CHECK(find_holder(all, incident_commander)->person == ben);
  CHECK(find_holder(all, incident_commander, ana) == nullptr);
  CHECK(find_holder(all, "scribe") == nullptr);
}

TEST_CASE("the standard roles are a tree under the commander (M1)") {
  const auto all = standard_response_roles();
  CHECK(all.front() == response_role{"incident_commander", ""});
  CHECK(reporting_circle(all).empty());
  for (const response_role& one : all.subspan(1)) CHECK_FALSE(one.reports_to.empty());
}

TEST_CASE("roles that would report to each other are found, with the way round (M1)") {
  using roles = std::vector<response_role>;
  const auto circle = [](const roles& all) { return reporting_circle(std::span(all)); };
  CHECK(circle({{"a", "b"}, {"b", "c"}, {"c", ""}}).empty());
  CHECK(circle({{"a", "b"}, {"b", "c"}, {"c", "b"}}) == "b -> c -> b");
  CHECK(circle({{"a", "a"}}) == "a -> a");
  CHECK(circle({{"a", "d"}, {"b", "d"}, {"d", "e"}}).empty());
  const std::vector<role_holding> held = {holding("a", ana, "08:00:00", {}, "b"),
                                          holding("a", ben, "08:00:00", {}, "c"),
                                          holding("c", ana, "08:00:00", {}, "a")};
  CHECK(reporting_circle(std::span<const role_holding>(held)) == "a -> c -> a");
}

TEST_CASE("one can lead seven people, and an eighth is too many (M1)") {
  std::vector<role_holding> held;
  for (std::uint32_t i = 0; i < 7; ++i) held.push_back(holding("medic", {10 + i}, "08:00:00", {}, "operations"));
  CHECK(over_span(held).empty());
  held.push_back(holding("driver", {10}, "08:00:00", {}, "operations"));
  CHECK(over_span(held).empty());  // the same person, with two roles
  held.push_back(holding("driver", {30}, "08:00:00", {}, "operations"));
  CHECK(over_span(held) == std::vector<span_finding>{{"operations", 8}});
}
