// A status page in its two forms (M2, R2).
#include <doctest/doctest.h>

#include <tocsin/communication/status_view.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <nlohmann/json.hpp>

#include <string>

using namespace tocsin;
using json = nlohmann::ordered_json;

namespace {

instant at(std::string_view time) { return parse_rfc3339("2026-11-23T" + std::string(time) + "Z").value(); }

shown_component component(std::string key, std::string group, component_status status) {
  return {.key = key,
          .name = key + " <b>",
          .group = std::move(group),
          .condition = {status, false},
          .uptime = uptime_of({}, no_instant, at("12:00:00"))};
}

status_view view() {
  status_view v{.key = "main", .name = "Tocsin & Co", .at = at("12:00:00")};
  v.url = "https://status.example.org/?a=1&b='2'";
  v.components = {component("mail", "Office", component_status::partial_outage),
                  component("web", "", component_status::operational),
                  component("chat", "Office", component_status::operational)};
  v.incidents = {{.number = "INC0000042",
                  .name = "<script>alert(1)</script>",
                  .stage = update_stage::identified,
                  .worst = component_status::partial_outage,
                  .started_at = at("08:00:00"),
                  .updates = {{3, update_stage::identified, "A \"disk\" is full", at("10:00:00")},
                              {1, update_stage::investigating, "No mail", at("09:00:00")}},
                  .components = {0}}};
  v.maintenances = {{.number = "MNT0000001",
                     .from = at("13:00:00"),
                     .until = at("14:00:00"),
                     .created_at = at("07:00:00"),
                     .updated_at = at("07:00:00"),
                     .components = {0, 1}}};
  return v;
}

json summary_of(const status_view& v) {
  json_writer to;
  write_summary(to, v);
  return json::parse(to.str());
}

std::size_t count_of(const std::string& text, std::string_view what) {
  std::size_t count = 0;
  for (std::size_t i = text.find(what); i != std::string::npos; i = text.find(what, i + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("the summary has the members of Statuspage's public API (M2)") {
  const json all = summary_of(view());
  CHECK(all["page"] == json{{"id", "main"},
                            {"name", "Tocsin & Co"},
                            {"url", "https://status.example.org/?a=1&b='2'"},
                            {"time_zone", "Etc/UTC"},
                            {"updated_at", "2026-11-23T12:00:00Z"}});
  CHECK(all["status"] == json{{"indicator", "major"}, {"description", "Partial System Outage"}});
  REQUIRE(all["components"].size() == 4);
  for (const json& one : all["components"]) {
    for (const char* member : {"id", "name", "status", "created_at", "updated_at", "position", "description",
                               "showcase", "start_date", "group_id", "page_id", "group", "only_show_if_degraded"}) {
      CAPTURE(member);
      CHECK(one.contains(member));
    }
  }
  CHECK(all["components"][0]["id"] == "component:mail");
  CHECK(all["components"][0]["group_id"] == "group:Office");
  CHECK(all["components"][1]["group_id"].is_null());
  CHECK(all["components"][3]["group"] == true);
  CHECK(all["components"][3]["status"] == "partial_outage");
  CHECK(all["components"][3]["components"] == json{"component:mail", "component:chat"});
  CHECK(all["components"][0]["uptime_per_100000"] == 100'000);
}

TEST_CASE("an incident lists its updates, newest first, and when those outside first heard of it (M2)") {
  const json one = summary_of(view())["incidents"][0];
  CHECK(one["id"] == "INC0000042");
  CHECK(one["status"] == "identified");
  CHECK(one["impact"] == "major");
  CHECK(one["created_at"] == "2026-11-23T09:00:00Z");
  CHECK(one["updated_at"] == "2026-11-23T10:00:00Z");
  CHECK(one["started_at"] == "2026-11-23T08:00:00Z");
  CHECK(one["resolved_at"].is_null());
  CHECK(one["incident_updates"][0]["id"] == "INC0000042.3");
  CHECK(one["incident_updates"][1]["status"] == "investigating");
  CHECK(one["components"][0]["id"] == "component:mail");
}

TEST_CASE("maintenance is announced by its components, and says nothing else (M2)") {
  const json one = summary_of(view())["scheduled_maintenances"][0];
  CHECK(one["name"] == "Maintenance: mail <b>, web <b>");
  CHECK(one["status"] == "scheduled");
  CHECK(one["scheduled_for"] == "2026-11-23T13:00:00Z");
  CHECK(one["scheduled_until"] == "2026-11-23T14:00:00Z");
}

TEST_CASE("the worst component says how all of it is (M2)") {
  status_view v = view();
  const auto overall = [&](component_status status) {
    v.components[0].condition.status = status;
    return overall_of(v);
  };
  CHECK(overall(component_status::operational) == overall_status{"none", "All Systems Operational"});
  CHECK(overall(component_status::under_maintenance) == overall_status{"none", "Service Under Maintenance"});
  CHECK(overall(component_status::degraded_performance) == overall_status{"minor", "Partially Degraded Service"});
  CHECK(overall(component_status::major_outage) == overall_status{"critical", "Major Service Outage"});
  CHECK(overall_of({}) == overall_status{"none", "All Systems Operational"});
}

TEST_CASE("the page escapes all that it shows, and asks for nothing from elsewhere (M2)") {
  const std::string page = html_of(view());
  CHECK(page.starts_with("<!DOCTYPE html>"));
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("<b>") == std::string::npos);
  CHECK(page.find("Tocsin &amp; Co") != std::string::npos);
  CHECK(page.find("A &quot;disk&quot; is full") != std::string::npos);
  CHECK(page.find("href=\"https://status.example.org/?a=1&amp;b=&#39;2&#39;\"") != std::string::npos);
  for (const char* what : {"src=", "@import", "url(", "<link", "<iframe"}) {
    CAPTURE(what);
    CHECK(page.find(what) == std::string::npos);
  }
}

TEST_CASE("the page has a bar for each day of each component, and a word for each status (M2)") {
  const std::string page = html_of(view());
  CHECK(count_of(page, "<rect ") == 3 * limits::uptime_days);
  CHECK(page.find("100.000 % uptime in 90 days") != std::string::npos);
  CHECK(page.find("Partial outage") != std::string::npos);
  CHECK(page.find("name=\"viewport\"") != std::string::npos);
}

TEST_CASE("the same view gives the same bytes (R2)") {
  CHECK(html_of(view()) == html_of(view()));
  CHECK(summary_of(view()).dump() == summary_of(view()).dump());
}

TEST_CASE("uptime is said of the days that are known (M2)") {
  status_view v = view();
  v.maintenances.clear();
  v.components.resize(1);
  v.components[0].uptime = uptime_of({}, parse_rfc3339("2026-11-21T00:00:00Z").value(), at("12:00:00"));
  CHECK(html_of(v).find("100.000 % uptime in 3 days") != std::string::npos);
  v.components[0].uptime = uptime_of({}, at("00:00:00"), at("12:00:00"));
  CHECK(html_of(v).find("100.000 % uptime in 1 day<") != std::string::npos);
}
