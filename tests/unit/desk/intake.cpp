#include <doctest/doctest.h>

#include <random>

#include <tocsin/desk/intake.hpp>
#include <tocsin/monitoring/commands.hpp>

#include "office.hpp"

using namespace tocsin;
using office::json;
using unordered = nlohmann::json;

namespace {

std::vector<json> lines_of(const std::string& text) {
  std::vector<json> result;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) result.push_back(json::parse(line));
  return result;
}

std::vector<json> from_alertmanager(const json& document) {
  return lines_of(intake_commands("alertmanager", document.dump()));
}

json alert(std::string_view status, const json& more = json::object()) {
  json all = {{"status", status},
              {"labels", {{"alertname", "PoolNearlyEmpty"}, {"instance", "db7:5432"}, {"severity", "critical"}}},
              {"annotations", {{"summary", "Pool of db7 is nearly empty"}, {"description", "3 of 200 are free"}}},
              {"startsAt", "2026-11-23T07:58:12.25Z"},
              {"endsAt", "0001-01-01T00:00:00Z"},
              {"generatorURL", "http://prometheus.example/graph?g0"},
              {"fingerprint", "5e1f0c7a9b3d2468"}};
  all.update(more, true);
  return all;
}

json notification(const json& alerts, const json& more = json::object()) {
  json all = {{"version", "4"},
              {"receiver", "tocsin"},
              {"status", "firing"},
              {"groupKey", "{}:{alertname=\"PoolNearlyEmpty\"}"},
              {"truncatedAlerts", 0},
              {"groupLabels", {{"alertname", "PoolNearlyEmpty"}}},
              {"commonLabels", json::object()},
              {"commonAnnotations", json::object()},
              {"externalURL", "http://alertmanager.example"},
              {"alerts", alerts}};
  all.update(more);
  return all;
}

std::string refusal(std::string_view mapping, std::string_view document) {
  try {
    intake_commands(mapping, document);
  } catch (const error& e) {
    return e.reason();
  }
  return "accepted";
}

}  // namespace

TEST_CASE("what Alertmanager posts becomes reports, in order (R-C42, R-N10)") {
  const std::vector<json> commands =
      from_alertmanager(notification(json::array({alert("firing"), alert("resolved", {{"fingerprint", "77aa"}})})));
  REQUIRE(commands.size() == 2);
  CHECK(unordered(commands[0]) ==
        unordered::parse(R"({"command": "report_event", "source": "alertmanager", "signal": "raise",
    "dedup_key": "5e1f0c7a9b3d2468", "title": "Pool of db7 is nearly empty", "severity": "sev1",
    "description": "3 of 200 are free\n\nhttp://prometheus.example/graph?g0", "occurred_at": "2026-11-23T07:58:12.25Z",
    "labels": [{"name": "alertname", "value": "PoolNearlyEmpty"}, {"name": "instance", "value": "db7:5432"},
               {"name": "severity", "value": "critical"}]})"));
  CHECK(commands[1]["signal"] == "clear");
  CHECK(commands[1]["dedup_key"] == "77aa");
}

TEST_CASE("a desk takes what comes of an alert: raised, raised again, over (R-C42)") {
  desk d = office::furnished();
  const auto tell_all = [&](std::string_view when, const json& document) {
    json results = json::array();
    for (json command : from_alertmanager(document)) {
      command.update({{"at", when}, {"actor", "host"}});
      results.push_back(office::tell(d, command));
    }
    return results;
  };
  CHECK(tell_all("2026-11-23T08:00:00Z", notification(json::array({alert("firing")})))[0]["record"]["number"] ==
        "INC0000001");
  const json again = tell_all("2026-11-23T08:05:00Z", notification(json::array({alert("firing")})));
  CHECK(again[0]["record"]["number"] == "INC0000001");
  CHECK(again[0]["events"].size() == 1);
  const json over = tell_all("2026-11-23T08:10:00Z", notification(json::array({alert("resolved")})));
  CHECK(over[0]["events"][1]["event"] == "incident_resolved");
}

TEST_CASE("what is missing, null or unknown in an alert is left out, and never loses it (R-C42)") {
  json bare = {{"status", "firing"},
               {"labels", {{"job", "x"}, {"severity", "page"}}},
               {"fingerprint", nullptr},
               {"annotations", nullptr},
               {"startsAt", "0001-01-01T00:00:00Z"},
               {"new_in_2030", {1, {{"a", 2}}}}};
  const std::vector<json> commands = from_alertmanager(notification(json::array({bare}), {{"new", true}}));
  REQUIRE(commands.size() == 1);
  CHECK(commands[0]["title"] == "An alert without a name");
  CHECK_FALSE(commands[0].contains("severity"));
  CHECK_FALSE(commands[0].contains("occurred_at"));
  CHECK_FALSE(commands[0].contains("description"));
  const std::string key = commands[0]["dedup_key"];
  CHECK(key.starts_with("sha256:"));
  json turned = bare;
  turned["labels"] = {{"severity", "page"}, {"job", "x"}};
  CHECK(from_alertmanager(notification(json::array({turned})))[0]["dedup_key"] ==
        key);  // whatever the order of its labels
}

TEST_CASE("an event that cannot be understood is raised as such, and holds no other one back (R-C42)") {
  const std::vector<json> commands = from_alertmanager(
      notification(json::array({json::object(), alert("firing"), alert("half"), 7}), {{"truncatedAlerts", 12}}));
  REQUIRE(commands.size() == 3);
  CHECK(commands[0]["dedup_key"] == "5e1f0c7a9b3d2468");
  CHECK(commands[1]["source"] == "intake");
  CHECK(commands[1]["dedup_key"] == "alertmanager unread");
  CHECK(commands[1]["description"] ==
        "Event 0 lacks: dedup_key, signal\nEvent 2 lacks: signal\nEvent 3 lacks: dedup_key, signal\n");
  CHECK(commands[2]["title"] == "Events that alertmanager left out: 12");
}

TEST_CASE("what is huge is cut to what a desk takes, by whole characters (R-C42)") {
  std::string wide;
  for (int i = 0; i < 40'000; ++i) wide += "é";
  const json huge = alert("firing", {{"fingerprint", std::string(300, 'f')},
                                     {"annotations", {{"summary", wide + "\nsecond"}, {"description", wide}}},
                                     {"labels", {{"x", wide}}}});
  const json command = from_alertmanager(notification(json::array({huge})))[0];
  CHECK(command["title"].get<std::string>().size() == 2 * 200);
  CHECK(command["description"].get<std::string>().size() == 2 * 32'000);
  CHECK(command["dedup_key"].get<std::string>().size() == 71);
  desk d = office::furnished();
  json asked = command;
  asked.update({{"at", "2026-11-23T08:00:00Z"}, {"actor", "host"}});
  CHECK(office::tell(d, asked)["record"]["number"] == "INC0000001");
  json many = alert("firing");
  for (int i = 0; i < 100; ++i) many["labels"]["l" + std::to_string(i)] = i;
  CHECK(from_alertmanager(notification(json::array({many})))[0]["labels"].size() == limits::event_labels_max);
}

TEST_CASE("what is not one of its documents is refused (R-C42)") {
  CHECK(refusal("alertmanager", "{") == "intake.malformed");
  CHECK(refusal("alertmanager", "") == "intake.malformed");
  CHECK(refusal("alertmanager", "\"\xFF\"") == "intake.malformed");
  CHECK(refusal("alertmanager", "{}") == "intake.unexpected");
  CHECK(refusal("alertmanager", R"({"version":"3","alerts":[]})") == "intake.unexpected");
  CHECK(refusal("alertmanager", R"({"version":"4","alerts":{}})") == "intake.unexpected");
  CHECK(refusal("alertmanager", R"({"version":"4"})") == "intake.unexpected");
  CHECK(refusal("alertmanager", R"({"version":"4","alerts":[]})") == "accepted");
  CHECK(refusal("alertmanager", std::string(100, '[') + std::string(100, ']')) == "intake.too_deep");
  CHECK(refusal("alertmanager", std::string(limits::intake_bytes_max + 1, ' ')) == "intake.too_large");
  std::string many = R"({"version":"4","alerts":[0)";
  for (std::size_t i = 0; i < limits::intake_events_max; ++i) many += ",0";
  CHECK(refusal("alertmanager", many + "]}") == "intake.too_large");
}

TEST_CASE("a mapping says where the fields of any document are (R-C42, R-N02)") {
  const std::string mapping = R"({
    "name": "doors", "items": "site.doors", "labels": "/tags",
    "fields": [
      {"field": "source", "text": "doors of {{$/site/name}}"},
      {"field": "dedup_key", "text": "{{id}}/{{sensor.0}}"},
      {"field": "signal", "text": "{{open}}", "values": [{"is": "true", "becomes": "raise"}, {"is": "false", "becomes": "clear"}]},
      {"field": "title", "text": "Door {{id}} stands open for {{minutes}} minutes"},
      {"field": "title", "text": "Door {{id}} stands open"},
      {"field": "urgency", "text": "{{/tags/a~1b}}", "values": [{"is": "1.50", "becomes": "high"}]},
      {"field": "custom.floor", "text": "{{floor|ground}}"},
      {"field": "actor", "text": "host"}]})";
  const std::string document = R"({"site": {"name": "Ghent", "doors": [
      {"id": 7, "open": true, "sensor": ["left", "x"], "minutes": 12, "tags": {"a/b": 1.50, "none": null, "list": []}},
      {"id": "8", "open": false, "sensor": ["right"], "tags": {}, "floor": "2"}]}})";
  const std::vector<json> commands = lines_of(intake_commands(mapping, document));
  REQUIRE(commands.size() == 2);
  CHECK(unordered(commands[0]) ==
        unordered::parse(R"({"command": "report_event", "actor": "host", "source": "doors of Ghent",
      "dedup_key": "7/left", "signal": "raise", "title": "Door 7 stands open for 12 minutes", "urgency": "high",
      "custom": {"floor": "ground"}, "labels": [{"name": "a/b", "value": "1.50"}]})"));
  CHECK(commands[1]["title"] == "Door 8 stands open");
  CHECK(commands[1]["signal"] == "clear");
  CHECK(commands[1]["custom"]["floor"] == "2");
}

TEST_CASE("a mapping says which item an event is about; a key that is too long is none (I1, R-A10)") {
  const std::string mapping = R"({"name":"probe","fields":[
    {"field":"source","text":"probe"},{"field":"dedup_key","text":"{{id}}"},{"field":"signal","text":"raise"},
    {"field":"title","text":"{{host}} is down"},{"field":"item","text":"{{asset.key}}"},
    {"field":"item","text":"{{host}}"}]})";
  const auto item_of = [&](const json& document) -> json {
    const json command = lines_of(intake_commands(mapping, document.dump()))[0];
    return command.contains("item") ? command["item"] : json();
  };
  CHECK(item_of({{"id", 1}, {"host", "web-1"}, {"asset", {{"key", "C7"}}}}) == "C7");
  CHECK(item_of({{"id", 1}, {"host", "web-1"}}) == "web-1");
  CHECK(item_of({{"id", 1}, {"host", std::string(101, 'h')}}).is_null());
}

TEST_CASE("what is no mapping is refused with its place (R-C42)") {
  const auto with = [](std::string_view field) { return R"({"name": "x", "fields": [)" + std::string(field) + "]}"; };
  CHECK(refusal("prometheus", "{}") == "document.malformed");
  CHECK(refusal("{}", "{}") == "document.missing_field");
  CHECK(refusal(with(R"({"field": "titel", "text": "x"})"), "{}") == "intake.unknown_field");
  CHECK(refusal(with(R"({"field": "labels", "text": "x"})"), "{}") == "intake.unknown_field");
  CHECK(refusal(with(R"({"field": "title", "text": "{{x"})"), "{}") == "template.malformed");
  CHECK(refusal(with(R"({"field": "title", "text": "x"})"), "{}") == "accepted");
}

TEST_CASE("a document of any shape comes to commands or to a refusal (R-C42)") {
  std::mt19937 random(11);
  const std::string whole = notification(json::array({alert("firing"), alert("resolved")})).dump();
  for (int round = 0; round < 2'000; ++round) {
    std::string broken = whole;
    for (auto n = random() % 4; n > 0; --n) broken[random() % broken.size()] = "{}[]\",:0a\\"[random() % 10];
    try {
      for (const json& command : lines_of(intake_commands("alertmanager", broken))) {
        CHECK(command["command"] == "report_event");
        CHECK(command.contains("dedup_key"));
      }
    } catch (const error& e) {
      CHECK(e.reason().starts_with("intake."));
    }
  }
}
