#include <import_servicenow.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include <moment.hpp>

#include "shared_data.hpp"

using namespace shell;
using tocsin::client::desk;

namespace {

const micros import_instant = parse_instant("2026-11-22T08:00:00Z").value();

import_options at_import() {
  import_options options;
  options.at = import_instant;
  return options;
}

json ask(const desk& of, const json& question) { return json::parse(of.query(question.dump())); }

json get(const desk& of, const std::string& number) { return ask(of, {{"query", "get"}, {"incident", number}}); }

std::uint64_t head_of(const desk& of) { return of.head().sequence; }

std::vector<std::string> numbers_of(const desk& of) {
  std::vector<std::string> numbers;
  json question{{"query", "find"}, {"order", "opened_at"}, {"limit", 1'000}};
  for (;;) {
    const json answer = ask(of, question);
    for (const json& record : answer.at("records")) numbers.push_back(record.at("number"));
    if (answer.value("cursor", "").empty()) return numbers;
    question["cursor"] = answer["cursor"];
  }
}

// --- the real part, imported once for all tests

struct imported_part {
  desk on;
  import_report report;
  std::map<std::string, json> records;  // by number
};

const imported_part* real_part() {
  static const auto part = []() -> std::unique_ptr<imported_part> {
    const auto path = shared_data::log_part();
    if (!path) return nullptr;
    auto made = std::make_unique<imported_part>();
    import_options options = at_import();
    options.path = path->string();
    made->report = import_servicenow(made->on, options);
    for (const std::string& number : numbers_of(made->on)) made->records[number] = get(made->on, number);
    return made;
  }();
  return part.get();
}

// --- figures, as the truth gives them

const std::map<std::string, std::string> logged_priorities{
    {"critical", "1 - Critical"}, {"high", "2 - High"}, {"moderate", "3 - Moderate"}, {"low", "4 - Low"}};

std::int64_t seconds_between(const json& record, const char* from, const char* to) {
  return (instant_at(record, to).value() - instant_at(record, from).value()) / 1'000'000;
}

double rounded(double hours) { return std::round(hours * 10'000) / 10'000; }

nlohmann::json summary_of(std::vector<std::int64_t> seconds) {
  std::ranges::sort(seconds);
  const std::size_t n = seconds.size();
  const auto hours = [](std::int64_t value) { return static_cast<double>(value) / 3'600; };
  std::int64_t sum = 0;
  for (const std::int64_t each : seconds) sum += each;
  const double median = n % 2 == 1 ? hours(seconds[n / 2]) : hours(seconds[n / 2 - 1] + seconds[n / 2]) / 2;
  return {{"n", n},
          {"mean", rounded(hours(sum) / static_cast<double>(n))},
          {"median", rounded(median)},
          {"min", rounded(hours(seconds.front()))},
          {"max", rounded(hours(seconds.back()))},
          {"sum", rounded(hours(sum))}};
}

// By the log's name of the priority, and "all"; records for which `use` says no are left out.
template <class Use>
nlohmann::json times_by_priority(const imported_part& part, const char* to, Use use) {
  std::map<std::string, std::vector<std::int64_t>> seconds;
  for (const auto& [number, record] : part.records) {
    if (!use(number)) continue;
    const std::int64_t time = seconds_between(record, "opened_at", to);
    seconds[logged_priorities.at(record.at("priority"))].push_back(time);
    seconds["all"].push_back(time);
  }
  nlohmann::json result;
  for (const auto& [priority, times] : seconds) result[priority] = summary_of(times);
  return result;
}

std::set<std::string> numbers_without_resolved_at() {
  return shared_data::expected()["quality"]["resolved_at_unknown"]["numbers"].get<std::set<std::string>>();
}

std::vector<std::pair<std::string, int>> most_frequent(const std::map<std::string, int>& counts) {
  std::vector<std::pair<std::string, int>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::greater{}, &std::pair<std::string, int>::second);
  return sorted;
}

}  // namespace

TEST_CASE("the real part: every incident is imported, closed, under its own number") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  CHECK(part->report.imported == 300);
  CHECK(part->report.already_there == 0);
  CHECK(part->report.refused.empty());
  CHECK(part->report.opened_after_first_update == 5);
  CHECK(part->report.problems.total() == 1);
  CHECK(part->report.columns_unknown.empty());
  CHECK(part->report.columns_not_imported == std::vector<std::string>{"active", "reassignment_count", "reopen_count",
                                                                      "made_sla", "sys_created_by", "knowledge",
                                                                      "u_priority_confirmation", "notify"});
  CHECK(part->records.size() == 300);
  CHECK(part->records.contains("INC0000045"));
  CHECK(part->records.contains("INC0000612"));
  for (const auto& [number, record] : part->records) CHECK(record.at("state") == "closed");
}

TEST_CASE("the real part: the desk's matrix computes the log's priorities (L6)") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  std::map<std::string, int> counts;
  for (const auto& [number, record] : part->records) ++counts[logged_priorities.at(record.at("priority"))];
  CHECK(counts == shared_data::expected()["priority"]["incidents_by_last_row"].get<std::map<std::string, int>>());
}

TEST_CASE("the real part: times to resolve, by priority") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  const std::set<std::string> unknown = numbers_without_resolved_at();
  CHECK(times_by_priority(*part, "resolved_at", [&](const std::string& number) { return !unknown.contains(number); }) ==
        shared_data::expected()["time_to_resolve_hours"]["by_priority"]);
}

TEST_CASE("the real part: where resolved_at is unknown, the row that is Resolved says when") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  for (const std::string& number : numbers_without_resolved_at()) {
    CHECK(seconds_between(part->records.at(number), "opened_at", "resolved_at") == 0);
  }
}

TEST_CASE("the real part: times to close, by priority, and from resolving to closing") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  const auto expected = shared_data::expected();
  CHECK(times_by_priority(*part, "closed_at", [](const std::string&) { return true; }) ==
        expected["time_to_close_hours"]["by_priority"]);
  const std::set<std::string> unknown = numbers_without_resolved_at();
  std::vector<std::int64_t> seconds;
  for (const auto& [number, record] : part->records) {
    if (!unknown.contains(number)) seconds.push_back(seconds_between(record, "resolved_at", "closed_at"));
  }
  CHECK(summary_of(seconds) == expected["resolve_to_close_hours"]);
}

TEST_CASE("the real part: reopenings and changes of group") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  const auto expected = shared_data::expected();
  std::vector<std::string> reopened;
  std::int64_t reassignments = 0;
  for (const auto& [number, record] : part->records) {
    if (record.value("reopen_count", 0) > 0) reopened.push_back(number);
    CHECK(record.value("reopen_count", 0) <= expected["reopen"]["max"]);
    reassignments += record.value("reassignment_count", 0);
  }
  CHECK(reopened == expected["reopen"]["incidents_reopened"].get<std::vector<std::string>>());
  CHECK(reassignments == expected["assignment"]["group_changes_between_rows_both_known"]);
}

TEST_CASE("the real part: open and unresolved incidents at an instant") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  const auto expected = shared_data::expected()["volume"];
  // The truth knows no resolution of those without resolved_at before they are closed; the desk takes the Resolved row.
  const std::set<std::string> unknown = numbers_without_resolved_at();
  const auto count_at = [&](const std::string& text, const std::string& end) {
    const micros at = parse_instant(text + ":00Z").value();
    return std::ranges::count_if(part->records, [&](const auto& each) {
      const auto& [number, record] = each;
      const char* ended = end == "closed" || unknown.contains(number) ? "closed_at" : "resolved_at";
      return instant_at(record, "opened_at").value() <= at && instant_at(record, ended).value() > at;
    });
  };
  for (const auto& [at, count] : expected["open_at"].items()) {
    CAPTURE(at);
    CHECK(count_at(at, "closed") == count);
  }
  for (const auto& [at, count] : expected["unresolved_at"].items()) {
    CAPTURE(at);
    CHECK(count_at(at, "resolved") == count);
  }
}

TEST_CASE("the real part: groups, categories and codes of the last rows") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  const auto expected = shared_data::expected();
  std::map<std::string, int> groups, categories, codes;
  for (const auto& [number, record] : part->records) {
    if (record.contains("team")) ++groups[record.at("team")];
    const std::string category = record.value("category", "");
    if (!category.empty()) ++categories[category.substr(0, category.find('/'))];
    ++codes[record.value("resolution_code", "?")];
  }
  for (const auto& [group, count] : expected["volume"]["top_groups_last_row"].items()) CHECK(groups[group] == count);
  for (const auto& [category, count] : expected["volume"]["top_categories_last_row"].items()) {
    CHECK(categories[category] == count);
  }
  CHECK(most_frequent(groups).front().second == expected["volume"]["top_groups_last_row"]["Group 70"]);
  CHECK(codes == expected["volume"]["closed_code_incidents"].get<std::map<std::string, int>>());
  std::int64_t without_group = 300;
  for (const auto& [group, count] : groups) without_group -= count;
  CHECK(without_group == expected["assignment"]["incidents_without_group_on_last_row"]);
}

TEST_CASE("the real part: INC0000045 is resolved when its last Resolved row says, by whom the log says") {
  const imported_part* part = real_part();
  if (part == nullptr) return;
  const json& record = part->records.at("INC0000045");
  CHECK(record.at("opened_at") == "2016-02-29T01:16:00Z");
  CHECK(record.at("resolved_at") == "2016-02-29T11:29:00Z");
  CHECK(record.at("closed_at") == "2016-03-05T12:00:00Z");
  CHECK(record.at("resolution_code") == "code 5");
  CHECK(record.at("resolved_by") == "Resolved by 149");
  CHECK(record.at("caller") == "Caller 2403");
  CHECK(record.at("category") == "Category 55/Subcategory 170");
  CHECK(record.at("external_key") == "servicenow:INC0000045");
}

TEST_CASE("importing again changes nothing, and says so") {
  const auto path = shared_data::log_part();
  if (!path) return;
  desk on;
  import_options options = at_import();
  options.path = path->string();
  import_servicenow(on, options);
  const std::uint64_t head = head_of(on);
  const import_report again = import_servicenow(on, options);
  CHECK(again.imported == 0);
  CHECK(again.already_there == 300);
  for (const auto& [what, count] : again.published) CHECK(count == 0);
  CHECK(ask(on, {{"query", "find"}, {"limit", 1'000}}).at("records").size() == 300);
  CHECK(head_of(on) - head <= 1);  // the workflow, published again as it was
}

TEST_CASE("an import that was stopped goes on from where it stood") {
  const auto path = shared_data::log_part();
  if (!path) return;
  desk on;
  import_options options = at_import();
  options.path = path->string();
  options.batch_size = 50;
  const import_report stopped =
      import_servicenow(on, options, [](const import_progress& now) { return now.records_done < 100; });
  CHECK(stopped.stopped);
  CHECK(stopped.imported == 100);
  const import_report rest = import_servicenow(on, options);
  CHECK_FALSE(rest.stopped);
  CHECK(rest.already_there == 100);
  CHECK(rest.imported == 200);
}

TEST_CASE("a dry run reports the same and changes nothing") {
  const auto path = shared_data::log_part();
  if (!path) return;
  desk on;
  import_options options = at_import();
  options.path = path->string();
  options.dry_run = true;
  const std::uint64_t head = head_of(on);
  json tried = report_json(import_servicenow(on, options));
  CHECK(head_of(on) == head);
  options.dry_run = false;
  const json done = report_json(import_servicenow(on, options));
  CHECK(tried["dry_run"] == true);
  tried["dry_run"] = false;
  CHECK(tried == done);
}

TEST_CASE("local times are those of the zone: the same log is an hour earlier in a summer of Lisbon (T2)") {
  const auto path = shared_data::log_part();
  const imported_part* part = real_part();
  if (!path || part == nullptr) return;
  desk on;
  import_options options = at_import();
  options.path = path->string();
  options.zone = "Europe/Lisbon";
  const import_report report = import_servicenow(on, options);
  CHECK(report.imported == 300);
  CHECK(report.skipped_times == 0);
  const micros summer = parse_instant("2016-03-27T01:00:00Z").value();
  const micros winter = parse_instant("2016-10-30T01:00:00Z").value();
  for (const auto& [number, record] : part->records) {
    const micros in_utc = instant_at(record, "closed_at").value();
    const micros hour_us = 60 * micros_per_minute;
    const micros expected = in_utc - (in_utc >= summer + hour_us && in_utc < winter ? hour_us : 0);
    CHECK(instant_at(get(on, number), "closed_at") == expected);
  }
}

TEST_CASE("an unknown zone is refused before anything is read") {
  desk on;
  import_options options = at_import();
  options.zone = "Europe/Atlantis";
  std::istringstream log("");
  CHECK_THROWS_AS(import_servicenow(on, log, options), tocsin::client::failure);
}

TEST_CASE("a file that is not there, or not such a log, is an error that names it") {
  desk on;
  import_options options = at_import();
  options.path = "no_such_log.csv";
  CHECK_THROWS_WITH_AS(import_servicenow(on, options), "the log no_such_log.csv cannot be opened", io_error);
  std::istringstream log("a,b\n1,2\n");
  CHECK_THROWS_AS(import_servicenow(on, log, options), io_error);
  CHECK(head_of(on) == 0);
}

// ---------------------------------------------------------------- made by hand

namespace {

const std::string header =
    "number,sys_mod_count,sys_updated_at,incident_state,opened_at,resolved_at,closed_at,closed_code,sys_updated_by,"
    "assignment_group,impact,urgency,priority\n";

import_report import_text(desk& on, const std::string& rows, import_options options = at_import()) {
  std::istringstream log(header + rows);
  return import_servicenow(on, log, options);
}

json execute(desk& on, const json& command) { return json::parse(on.execute(command.dump())); }

const std::string active_incident =
    "INC0000007,0,01-03-2016 08:05,New,01-03-2016 08:00,?,?,?,ana,net,1 - High,2 - Medium,2 - High\n"
    "INC0000007,1,01-03-2016 08:10,Active,01-03-2016 08:00,?,?,?,ben,net,1 - High,2 - Medium,2 - High\n";

}  // namespace

TEST_CASE("work goes on with the ordinary commands on what was imported open") {
  desk on;
  CHECK(import_text(on, active_incident).imported == 1);
  CHECK(get(on, "INC0000007").at("priority") == "high");
  const auto command = [&](const char* name, json fields) {
    json document{{"command", name}, {"at", "2026-11-22T09:00:00Z"}, {"actor", "ana"}, {"incident", "INC0000007"}};
    document.update(fields);
    execute(on, document);
    return get(on, "INC0000007").at("state").get<std::string>();
  };
  CHECK(command("hold_incident", {{"reason", "awaiting_vendor"}}) == "on_hold");
  CHECK(command("resume_incident", json::object()) == "in_progress");
  CHECK(command("assign_incident", {{"team", "net"}, {"assignee", "ben"}}) == "in_progress");
  CHECK(command("resolve_incident", {{"code", "fix"}, {"notes", "replaced the cable"}}) == "resolved");
  CHECK(command("reopen_incident", {{"reason", "down again"}}) == "in_progress");
  CHECK(command("resolve_incident", {{"code", "workaround"}, {"notes", "second line"}}) == "resolved");
  CHECK(command("close_incident", json::object()) == "closed");
}

TEST_CASE("each refused incident is told, the others are imported") {
  desk on;
  const import_report report = import_text(
      on,
      active_incident +
          "INC0000008,0,01-03-2036 08:05,New,01-03-2016 08:00,?,?,?,ana,net,3 - Low,3 - Low,4 - Low\n"  // the future
          "INC0000009,0,01-03-2016 08:05,-100,01-03-2016 08:00,?,?,?,ana,net,3 - Low,3 - Low,4 - Low\n");
  CHECK(report.imported == 1);
  REQUIRE(report.refused.size() == 2);
  const auto refusal = [&](const char* number) {
    return *std::ranges::find(report.refused, number, &import_refusal::incident);
  };
  CHECK(refusal("INC0000008").line == 4);
  CHECK_FALSE(refusal("INC0000008").message.empty());
  CHECK(refusal("INC0000009").reason == "servicenow.no_state");
  CHECK(report_text(report).find("line 4, INC0000008: ") != std::string::npos);
}

TEST_CASE("a number that the desk has given away is not taken twice: the record gets a new one, and that is told") {
  desk on;
  execute(on,
          {{"command", "log_incident"}, {"at", "2026-11-22T07:00:00Z"}, {"actor", "host"}, {"title", "VPN is down"}});
  const std::string taken = numbers_of(on).front();
  std::string rows = active_incident;
  for (std::size_t at = rows.find("INC0000007"); at != std::string::npos; at = rows.find("INC0000007")) {
    rows.replace(at, 10, taken);
  }
  const import_report report = import_text(on, rows);
  CHECK(report.imported == 1);
  CHECK(report.refused.empty());
  REQUIRE(report.problems.total() == 1);
  CHECK(report.problems.kept()[0].column == "number");
  CHECK(get(on, taken).at("title") == "VPN is down");
  CHECK(numbers_of(on).size() == 2);
  CHECK(import_text(on, rows).already_there == 1);
}

TEST_CASE("what the desk knows about a person is not overwritten") {
  desk on;
  execute(on, {{"command", "publish"},
               {"at", "2026-11-22T07:00:00Z"},
               {"actor", "host"},
               {"pack", "people"},
               {"people", json::array({{{"key", "ana"}, {"name", "Ana Lopes"}}})}});
  const import_report report = import_text(on, active_incident);
  CHECK(report.published.at("people") == 1);  // ben
  const json answer = ask(on, {{"query", "definitions"}, {"kind", "person"}, {"key", "ana"}});
  CHECK(answer.dump().find("Ana Lopes") != std::string::npos);
}

TEST_CASE("codes of an earlier import stay allowed") {
  desk on;
  const auto log_with = [](const std::string& number, const std::string& code) {
    return number + ",0,01-03-2016 08:05,Resolved,01-03-2016 08:00,01-03-2016 08:05,?," + code +
           ",ana,net,3 - Low,3 - Low,4 - Low\n";
  };
  CHECK(import_text(on, log_with("INC0000001", "code 1")).imported == 1);
  CHECK(import_text(on, log_with("INC0000002", "code 2")).imported == 1);
  CHECK(import_text(on, log_with("INC0000003", "code 1")).imported == 1);
  const json answer = ask(on, {{"query", "definitions"}, {"kind", "workflow"}, {"key", "servicenow_import"}});
  CHECK(answer.dump().find("code 1") != std::string::npos);
  CHECK(answer.dump().find("code 2") != std::string::npos);
}

TEST_CASE("a priority that the desk's matrix does not make is told, and the desk's holds (L6)") {
  desk on;
  const import_report report = import_text(
      on, "INC0000007,0,01-03-2016 08:05,New,01-03-2016 08:00,?,?,?,ana,net,3 - Low,3 - Low,1 - Critical\n");
  CHECK(report.imported == 1);
  REQUIRE(report.problems.total() == 1);
  CHECK(report.problems.kept()[0].column == "priority");
  CHECK(get(on, "INC0000007").at("priority") == "low");
}

TEST_CASE("opened later than the first update: nothing breaks, both instants stand (D11)") {
  desk on;
  const import_report report =
      import_text(on, "INC0000007,0,01-03-2016 07:05,Active,01-03-2016 08:00,?,?,?,ana,net,3 - Low,3 - Low,4 - Low\n");
  CHECK(report.imported == 1);
  CHECK(report.opened_after_first_update == 1);
  const json record = get(on, "INC0000007");
  CHECK(record.at("opened_at") == "2016-03-01T08:00:00Z");
  CHECK(record.at("reported_at") == "2016-03-01T07:05:00Z");
}

TEST_CASE("no row may say anything: an empty log is an empty import") {
  desk on;
  const import_report report = import_text(on, "");
  CHECK(report.incidents == 0);
  CHECK(report.imported == 0);
}

// ---------------------------------------------------------------- against the generator's truth

namespace {

// The example program that makes a log up; the build says where it is.
std::string generator() {
#ifdef TOCSIN_SERVICENOW_LOG_PROGRAM
  return TOCSIN_SERVICENOW_LOG_PROGRAM;
#else
  const char* given = std::getenv("TOCSIN_SERVICENOW_LOG_PROGRAM");
  return given == nullptr ? "" : given;
#endif
}

struct made_up_year {
  std::filesystem::path log;
  nlohmann::json truth;
};

made_up_year make_year(int seed, int incidents) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("tocsin_servicenow_" + std::to_string(seed));
  std::filesystem::create_directories(folder);
  made_up_year made{folder / "log.csv", {}};
  const std::string truth = (folder / "truth.json").string();
  const std::string line = "\"" + generator() + "\" --seed " + std::to_string(seed) + " --incidents " +
                           std::to_string(incidents) + " --truth \"" + truth + "\" > \"" + made.log.string() + "\"";
  REQUIRE(std::system(line.c_str()) == 0);
  std::ifstream file(truth);
  made.truth = nlohmann::json::parse(file);
  return made;
}

// The log's word for what a record says.
std::string logged_state(const json& record) {
  static const std::map<std::string, std::string> words{{"new", "New"},
                                                        {"in_progress", "Active"},
                                                        {"resolved", "Resolved"},
                                                        {"closed", "Closed"},
                                                        {"awaiting_caller", "Awaiting User Info"},
                                                        {"awaiting_problem", "Awaiting Problem"},
                                                        {"awaiting_vendor", "Awaiting Vendor"},
                                                        {"awaiting_evidence", "Awaiting Evidence"}};
  const std::string state = record.at("state");
  return words.at(state == "on_hold" ? record.at("hold_reason").get<std::string>() : state);
}

}  // namespace

TEST_CASE("the same seed makes the same year with every compiler") {
  if (generator().empty()) return;
  const made_up_year year = make_year(42, 200);
  std::ifstream file(year.log, std::ios::binary);
  std::uint64_t hash = 14'695'981'039'346'656'037u;  // FNV-1a
  for (char c = 0; file.get(c);) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
  CHECK(hash == 8'437'919'239'148'204'779u);
  std::filesystem::remove_all(year.log.parent_path());
}

TEST_CASE("a made-up year imports as it was made") {
  if (generator().empty()) {
    MESSAGE("left out: the build names no generator (TOCSIN_SERVICENOW_LOG_PROGRAM)");
    return;
  }
  for (const int seed : {1, 2, 3}) {
    CAPTURE(seed);
    const made_up_year year = make_year(seed, 1'500);
    desk on;
    import_options options = at_import();
    options.path = year.log.string();
    const import_report report = import_servicenow(on, options);
    CHECK(report.refused.empty());
    CHECK(report.imported == year.truth["incidents"]);
    CHECK(report.rows == year.truth["rows"]);
    CHECK(report.rows_moved == year.truth["swapped"]);
    CHECK(report.rows_restamped == year.truth["misstamped"]);
    CHECK(report.opened_after_first_update == year.truth["opened_late"]);
    CHECK(report.problems.total() == report.rows_restamped + year.truth["states_lost"].get<std::uint64_t>());

    std::map<std::string, std::int64_t> states, priorities;
    std::map<std::string, nlohmann::json> times;
    std::int64_t reopenings = 0, reassignments = 0, open = 0;
    for (const std::string& number : numbers_of(on)) {
      const json record = get(on, number);
      const std::string priority = logged_priorities.at(record.at("priority"));
      ++states[logged_state(record)];
      ++priorities[priority];
      reopenings += record.value("reopen_count", 0);
      reassignments += record.value("reassignment_count", 0);
      open += record.at("state") == "closed" ? 0 : 1;
      if (!record.contains("resolved_at")) continue;
      nlohmann::json& time = times.try_emplace(priority, nlohmann::json::object()).first->second;
      time["count"] = time.value("count", 0) + 1;
      time["seconds"] = time.value("seconds", std::int64_t{0}) + seconds_between(record, "opened_at", "resolved_at");
    }
    CHECK(states == year.truth["by_final_state"].get<std::map<std::string, std::int64_t>>());
    CHECK(priorities == year.truth["by_final_priority"].get<std::map<std::string, std::int64_t>>());
    CHECK(nlohmann::json(times) == year.truth["time_to_resolve"]);
    CHECK(reopenings == year.truth["reopenings"]);
    CHECK(reassignments == year.truth["group_changes"]);
    CHECK(open == year.truth["open_at_end"]);
    std::filesystem::remove_all(year.log.parent_path());
  }
}
