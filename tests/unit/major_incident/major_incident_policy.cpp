// What is wrong with a policy of major incidents, and what a right one says (M1, M2).
#include <doctest/doctest.h>

#include <tocsin/major_incident/major_incident_policy.hpp>

#include "../rule/sample.hpp"

using namespace tocsin;
using rule_sample::schema;

namespace {

major_incident_policy policy() {
  major_incident_policy p;
  p.key = "incident";
  p.rules = {{.key = "outage", .when = {R"({"==":[{"var":"count"},3]})"}, .reason = "All is down"},
             {.key = "grave", .when = {R"({">":[{"var":"count"},1]})"}, .reason = "Much is down"}};
  p.update_every = {{severity::sev1, 30 * minute}, {severity::unset, 2 * hour}};
  return p;
}

void check_finding(const major_incident_policy& p, const char* what) {
  CAPTURE(what);
  const std::vector<std::string> found = lint(p, schema());
  REQUIRE(found.size() == 1);
  CHECK_MESSAGE(found[0].find(what) != std::string::npos, found[0]);
}

}  // namespace

TEST_CASE("a policy that can be kept has no findings (M1)") { CHECK(lint(policy(), schema()).empty()); }

TEST_CASE("a policy has another key, a rule or a role twice, a condition that cannot be (M1)") {
  major_incident_policy p = policy();
  p.key = "other";
  check_finding(p, "only \"incident\"");
  p = policy();
  p.rules[1].key = "outage";
  check_finding(p, "rules/1/key: \"outage\" is there twice");
  p = policy();
  p.rules[1].when.text = R"({"==":[{"var":"smell"},3]})";
  check_finding(p, "smell");
  p = policy();
  p.roles = {{.role = "scribe"}, {.role = "scribe"}};
  check_finding(p, "roles/1/role: \"scribe\" is there twice");
}

TEST_CASE("a role reports to one that is there, and not to one below it (M1)") {
  major_incident_policy p = policy();
  p.roles = {{.role = "medic", .reports_to = "surgeon"}};
  check_finding(p, "\"surgeon\" is no role");
  p.roles = {{.role = "incident_commander", .reports_to = "deputy"}};
  check_finding(p, "incident_commander -> deputy -> incident_commander");
  p.roles = {{.role = "scribe", .person = "ana", .team = "net"}};
  check_finding(p, "roles/0: a role is given by one of");
  p.roles = {{.role = "medic", .reports_to = "surgeon"}, {.role = "surgeon", .reports_to = "operations"}};
  CHECK(lint(p, schema()).empty());
}

TEST_CASE("a cadence is there once for a severity, and between a minute and 30 days (M2)") {
  major_incident_policy p = policy();
  p.update_every.push_back({severity::sev1, hour});
  check_finding(p, "update_every/2/severity");
  p = policy();
  p.update_every[0].every = second;
  check_finding(p, "update_every/0/every");
  p.update_every[0].every = 31 * day;
  check_finding(p, "update_every/0/every");
}

TEST_CASE("the cadence of a severity is its own, else that of all others, else none (M2)") {
  major_incident_policy p = policy();
  CHECK(compiled_major_policy(p, schema()).update_every(severity::sev1) == 30 * minute);
  CHECK(compiled_major_policy(p, schema()).update_every(severity::sev3) == 2 * hour);
  CHECK(compiled_major_policy(p, schema()).update_every(severity::unset) == 2 * hour);
  p.update_every.pop_back();
  CHECK(compiled_major_policy(p, schema()).update_every(severity::sev3) == duration{});
}

TEST_CASE("the first rule that holds is the one (M1)") {
  const compiled_major_policy compiled(policy(), schema());
  rule_sample::ticket t;
  const void* objects[] = {&t};
  const table_objects all{schema(), objects, &rule_sample::words()};
  const condition_data data = data_of(all);
  CHECK_FALSE(compiled.rule_for(data, no_instant));
  t.count = 2;
  CHECK(compiled.rule_for(data, no_instant) == 1);
  t.count = 3;
  CHECK(compiled.rule_for(data, no_instant) == 0);
  CHECK(compiled.place_of("grave") == 1);
  CHECK_FALSE(compiled.place_of("gone"));
}

TEST_CASE("a policy adds roles of its own, and says whom a standard one reports to instead (M1)") {
  major_incident_policy p = policy();
  p.roles = {{.role = "security_lead", .reports_to = "operations"}, {.role = "scribe", .reports_to = "deputy"}};
  const std::vector<const major_role*> rows = {&p.roles[0], &p.roles[1]};
  const std::vector<response_role> all = roles_of(p, rows);
  CHECK(all.size() == standard_response_roles().size() + 1);
  CHECK(find_role(all, "security_lead")->reports_to == "operations");
  CHECK(find_role(all, "scribe")->reports_to == "deputy");
  CHECK(find_role(all, "liaison")->reports_to == "incident_commander");
  CHECK(find_role(all, "ruler") == nullptr);
}

namespace {

// Of a ticket with that count.
std::string rows_of(const major_incident_policy& p, std::int64_t count) {
  const compiled_major_policy compiled(p, schema());
  rule_sample::ticket t;
  t.count = count;
  const void* objects[] = {&t};
  const table_objects all{schema(), objects, &rule_sample::words()};
  std::string text;
  for (const major_role* one : compiled.roles_for(data_of(all), no_instant))
    text += one->role + ":" + one->person + " ";
  return text;
}

}  // namespace

TEST_CASE("of several rows of a role the first that holds counts, and a role of other incidents only is none (R-C35)") {
  major_incident_policy p = policy();
  p.roles = {{.role = "scribe", .person = "ana", .when = {R"({"==":[{"var":"count"},1]})"}},
             {.role = "medic", .person = "ben", .when = {R"({">":[{"var":"count"},1]})"}},
             {.role = "scribe", .person = "carla", .when = {R"({">":[{"var":"count"},0]})"}},
             {.role = "scribe", .person = "dora"}};
  CHECK(lint(p, schema()).empty());
  CHECK(rows_of(p, 0) == "scribe:dora ");
  CHECK(rows_of(p, 1) == "scribe:ana ");
  CHECK(rows_of(p, 2) == "medic:ben scribe:carla ");
  std::swap(p.roles[2], p.roles[3]);
  check_finding(p, "roles/3/role: \"scribe\" is there twice");
  p.roles[3].role = "deputy";
  p.roles[3].when.text = R"({"==":[{"var":"smell"},3]})";
  check_finding(p, "roles/3/when");
}

TEST_CASE("no rows that hold together make roles report to each other (R-C35, M1)") {
  const embedded_json one = {R"({"==":[{"var":"count"},1]})"};
  const embedded_json two = {R"({"==":[{"var":"count"},2]})"};
  major_incident_policy p = policy();
  p.roles = {{.role = "medic", .reports_to = "surgeon", .when = one},
             {.role = "surgeon", .reports_to = "medic", .when = two},
             {.role = "surgeon", .reports_to = "operations"}};
  check_finding(p, "medic -> surgeon -> medic");
  p.roles[1].reports_to = "deputy";
  CHECK(lint(p, schema()).empty());
  p.roles = {{.role = "operations", .reports_to = "technical_lead", .when = one},
             {.role = "technical_lead", .reports_to = "incident_commander"}};
  CHECK(lint(p, schema()).empty());
  p.roles[1].when = two;  // where it does not hold, the technical lead reports to operations
  check_finding(p, "operations -> technical_lead -> operations");
}
