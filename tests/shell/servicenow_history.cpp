#include <servicenow_history.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

#include <moment.hpp>

#include "shared_data.hpp"

using namespace shell;

namespace {

const std::string header =
    "number,sys_mod_count,sys_updated_at,incident_state,opened_at,resolved_at,closed_at,closed_code,resolved_by,"
    "sys_updated_by,assignment_group,assigned_to,impact,urgency,category,subcategory,u_symptom,problem_id,contact_type,"
    "sys_created_at,cmdb_ci\n";

// What a row says where a test does not care.
struct sample {
  std::string state;
  std::string updated_at;  // "01 08:53": day of March 2016 and time
  std::string resolved_at = "?";
  std::string closed_at = "?";
  std::string closed_code = "?";
  std::string resolved_by = "?";
  std::string opened_at = "01 08:00";
  std::string updated_by = "Updated by 1";
  std::string group = "?";
  std::string assignee = "?";
  std::string impact = "2 - Medium";
  std::string urgency = "2 - Medium";
  std::string category = "?";
  std::string subcategory = "?";
  std::string symptom = "?";
  std::string problem = "?";
  std::string contact = "?";
  std::string created_at = "?";
  std::string item = "?";
};

std::string date(const std::string& day_and_time) {
  return day_and_time == "?" ? "?" : day_and_time.substr(0, 2) + "-03-2016" + day_and_time.substr(2);
}

micros march(const std::string& day_and_time) { return parse_local_time(date(day_and_time)).value(); }

struct made_history {
  incident_history history;
  log_problems problems;
  servicenow_log log;  // holds the texts
};

made_history history_of(const std::vector<sample>& rows, const std::set<std::string>& services = {}) {
  std::string text = header;
  int version = 0;
  for (const sample& row : rows) {
    text += "INC0000007," + std::to_string(version++) + "," + date(row.updated_at);
    for (const std::string& field :
         {row.state, date(row.opened_at), date(row.resolved_at), date(row.closed_at), row.closed_code, row.resolved_by,
          row.updated_by, row.group, row.assignee, row.impact, row.urgency, row.category, row.subcategory, row.symptom,
          row.problem, row.contact, date(row.created_at), row.item}) {
      text += "," + field;
    }
    text += "\n";
  }
  std::istringstream from(text);
  made_history made;
  made.log = read_servicenow_log(from, utc_clock, made.problems);
  made.history = make_history(made.log.incidents.at(0), services, made.problems);
  return made;
}

std::string states_of(const incident_history& history) {
  std::string text;
  for (const history_step& step : history.steps) {
    text += (text.empty() ? "" : " ") + (step.state.empty() ? "-" : std::string(step.state));
  }
  return text;
}

}  // namespace

TEST_CASE("steps hold only what changed, and a row without a change is none") {
  const auto made =
      history_of({{.state = "New", .updated_at = "01 08:10", .group = "Group 70"},
                  {.state = "New", .updated_at = "01 08:20", .group = "Group 70"},
                  {.state = "Active", .updated_at = "01 08:30", .group = "Group 24"},
                  {.state = "Active", .updated_at = "01 08:40", .group = "Group 24", .impact = "1 - High"}});
  const auto& steps = made.history.steps;
  REQUIRE(steps.size() == 3);
  CHECK(steps[0].state == "new");
  CHECK(steps[0].team == "Group 70");
  CHECK(steps[0].impact == "medium");
  CHECK(steps[1].state == "in_progress");
  CHECK(steps[1].team == "Group 24");
  CHECK(steps[1].impact.empty());
  CHECK(steps[2].state.empty());
  CHECK(steps[2].impact == "high");
  CHECK(steps[2].at == march("01 08:40"));
  CHECK(made.problems.total() == 0);
}

TEST_CASE("each way of waiting is a hold with its reason (L3)") {
  const std::array<std::pair<const char*, const char*>, 4> ways{{{"Awaiting User Info", "awaiting_caller"},
                                                                 {"Awaiting Problem", "awaiting_problem"},
                                                                 {"Awaiting Vendor", "awaiting_vendor"},
                                                                 {"Awaiting Evidence", "awaiting_evidence"}}};
  std::vector<sample> rows;
  for (const auto& [logged, reason] : ways) rows.push_back({.state = logged, .updated_at = "01 08:10"});
  const auto made = history_of(rows);
  REQUIRE(made.history.steps.size() == ways.size());
  for (std::size_t i = 0; i < ways.size(); ++i) {
    CHECK(made.history.steps[i].state == "on_hold");
    CHECK(made.history.steps[i].hold_reason == ways[i].second);
  }
}

TEST_CASE("the outcome that stands on every row is used on the step that resolves, not before") {
  sample row{.state = "New",
             .updated_at = "01 08:10",
             .resolved_at = "01 11:29",
             .closed_at = "06 12:00",
             .closed_code = "code 5",
             .resolved_by = "Resolved by 149"};
  std::vector<sample> rows{row};
  for (const auto& [state, at] :
       {std::pair{"Resolved", "01 08:53"}, {"Resolved", "01 11:29"}, {"Closed", "06 12:00"}}) {
    row.state = state;
    row.updated_at = at;
    rows.push_back(row);
  }
  // As INC0000045 of the real log: resolved twice, and the second time counts.
  const auto made = history_of(rows);
  const auto& steps = made.history.steps;
  CHECK(states_of(made.history) == "new resolved resolved closed");
  CHECK(steps[1].resolved_at == unknown_time);
  CHECK(steps[1].resolution_code.empty());
  CHECK(steps[1].actor == "Updated by 1");
  CHECK(steps[2].resolved_at == march("01 11:29"));
  CHECK(steps[2].resolution_code == "code 5");
  CHECK(steps[2].actor == "Resolved by 149");
  CHECK(steps[3].resolved_at == unknown_time);
  CHECK(made.problems.total() == 0);
}

TEST_CASE("where resolved_at is unknown, the last row that is Resolved says when") {
  const auto made = history_of({{.state = "Resolved", .updated_at = "01 08:00"},
                                {.state = "Resolved", .updated_at = "01 09:00"},
                                {.state = "Closed", .updated_at = "06 09:00", .closed_at = "06 09:00"}});
  CHECK(states_of(made.history) == "resolved resolved closed");
  CHECK(made.history.steps[1].resolved_at == march("01 09:00"));
}

TEST_CASE("resolved_at before the row that is Resolved restates the instant") {
  const auto made = history_of({{.state = "Active", .updated_at = "01 08:10", .resolved_at = "01 08:30"},
                                {.state = "Resolved", .updated_at = "01 09:00", .resolved_at = "01 08:30"}});
  CHECK(made.history.steps[1].resolved_at == march("01 08:30"));
}

TEST_CASE("resolved_at after every Resolved row is restated by the closing step, after the last row it is reported") {
  const auto made = history_of({{.state = "Resolved", .updated_at = "01 09:00", .resolved_at = "01 10:00"},
                                {.state = "Closed", .updated_at = "06 09:00", .resolved_at = "01 10:00"}});
  CHECK(made.history.steps[0].resolved_at == unknown_time);
  CHECK(made.history.steps[1].resolved_at == march("01 10:00"));
  CHECK(made.problems.total() == 0);

  const auto later = history_of({{.state = "Resolved", .updated_at = "01 09:00", .resolved_at = "07 10:00"}});
  CHECK(later.history.steps[0].resolved_at == march("01 09:00"));
  REQUIRE(later.problems.total() == 1);
  CHECK(later.problems.kept()[0].column == "resolved_at");
  CHECK(later.problems.kept()[0].done == "row's own instant taken");
}

TEST_CASE("closed without a Resolved row: the closing step carries the outcome") {
  const auto made = history_of({{.state = "Active", .updated_at = "01 08:10", .resolved_at = "01 09:00"},
                                {.state = "Closed", .updated_at = "01 09:00", .resolved_at = "01 09:00"}});
  CHECK(states_of(made.history) == "in_progress closed");
  CHECK(made.history.steps[1].resolved_at == march("01 09:00"));
}

TEST_CASE("closed twice: the row at closed_at is the closing one") {
  // As INC0000358 of the real log.
  const auto made = history_of({{.state = "Resolved", .updated_at = "01 08:43", .closed_at = "09 16:27"},
                                {.state = "Closed", .updated_at = "01 08:44", .closed_at = "09 16:27"},
                                {.state = "Closed", .updated_at = "09 16:27", .closed_at = "09 16:27"}});
  CHECK(states_of(made.history) == "resolved closed closed");
  CHECK(made.history.steps.back().at == march("09 16:27"));
  CHECK(made.problems.total() == 0);

  const auto other = history_of({{.state = "Resolved", .updated_at = "01 08:43", .closed_at = "08 00:00"},
                                 {.state = "Closed", .updated_at = "09 16:27", .closed_at = "08 00:00"}});
  REQUIRE(other.problems.total() == 1);
  CHECK(other.problems.kept()[0].what == "is not the instant of a row that is Closed (the last: 2016-03-09T16:27:00Z)");
}

TEST_CASE("a reopened incident keeps its first resolution without code, and resolves for good once") {
  std::vector<sample> rows;
  for (const auto& [state, at] : {std::pair{"Active", "01 08:10"},
                                  {"Resolved", "01 09:00"},
                                  {"Active", "02 09:00"},
                                  {"Resolved", "03 09:00"},
                                  {"Closed", "08 09:00"}}) {
    rows.push_back({.state = state, .updated_at = at, .resolved_at = "03 09:00", .closed_code = "code 1"});
  }
  const auto made = history_of(rows);
  CHECK(states_of(made.history) == "in_progress resolved in_progress resolved closed");
  CHECK(made.history.steps[1].resolution_code.empty());
  CHECK(made.history.steps[3].resolution_code == "code 1");
}

TEST_CASE("an outcome on an incident that is open again is reported and not used") {
  const auto made = history_of({{.state = "Resolved", .updated_at = "01 09:00", .resolved_at = "01 09:00"},
                                {.state = "Active", .updated_at = "01 10:00", .resolved_at = "01 09:00"}});
  CHECK(made.history.steps[0].resolved_at == unknown_time);
  REQUIRE(made.problems.total() == 1);
  CHECK(made.problems.kept()[0].done == "not used");
}

TEST_CASE("an unknown state keeps the state before; rows before the first known one are skipped") {
  const auto made = history_of({{.state = "-100", .updated_at = "01 08:00", .group = "Group 1"},
                                {.state = "Active", .updated_at = "01 08:10", .group = "Group 1"},
                                {.state = "-100", .updated_at = "01 08:20", .group = "Group 2"},
                                {.state = "Active", .updated_at = "01 08:30", .group = "Group 2"}});
  CHECK(states_of(made.history) == "in_progress -");
  CHECK(made.history.steps[0].team == "Group 1");
  CHECK(made.history.steps[1].team == "Group 2");
  REQUIRE(made.problems.total() == 2);
  CHECK(made.problems.kept()[0].done == "row skipped: the state before is not known either");
  CHECK(made.problems.kept()[1].value == "-100");
  CHECK(made.problems.kept()[1].line == 4);
  CHECK(made.problems.kept()[1].done == "row kept without it");
}

TEST_CASE("an incident without any known state has no history") {
  const auto made = history_of({{.state = "-100", .updated_at = "01 08:00"}, {.state = "?", .updated_at = "01 08:10"}});
  CHECK(made.history.steps.empty());
  CHECK(made.problems.total() == 2);
}

TEST_CASE("opened later than the first update: both instants are kept") {
  // As INC0000130 of the real log.
  const auto made =
      history_of({{.state = "New", .updated_at = "01 07:27", .opened_at = "01 09:41", .created_at = "01 07:17"}});
  CHECK(made.history.opened_at == march("01 09:41"));
  CHECK(made.history.reported_at == march("01 07:17"));
  CHECK(made.history.steps[0].at == march("01 07:27"));
  CHECK(made.problems.total() == 0);
  CHECK(history_of({{.state = "New", .updated_at = "01 08:10"}}).history.reported_at == unknown_time);
}

TEST_CASE("an unknown opened_at is the first sign of the incident, and reported") {
  const auto made =
      history_of({{.state = "New", .updated_at = "01 07:27", .opened_at = "?", .created_at = "01 07:17"}});
  CHECK(made.history.opened_at == march("01 07:17"));
  CHECK(made.problems.total() == 1);
}

TEST_CASE("a group or resolver that becomes unknown is taken away") {
  const auto made =
      history_of({{.state = "Active", .updated_at = "01 08:00", .group = "Group 1", .assignee = "Resolver 1"},
                  {.state = "Active", .updated_at = "01 08:10"}});
  REQUIRE(made.history.steps.size() == 2);
  CHECK(made.history.steps[1].unassign_team);
  CHECK(made.history.steps[1].unassign_assignee);
}

TEST_CASE("a level that is not known is reported, and the one before holds") {
  const auto made = history_of({{.state = "New", .updated_at = "01 08:00", .impact = "0 - Doom"}});
  CHECK(made.history.steps[0].impact.empty());
  REQUIRE(made.problems.total() == 1);
  CHECK(made.problems.kept()[0].what == "is not a known level (known: 1 - High, 2 - Medium, 3 - Low)");
}

TEST_CASE("categories are paths in a tree (L7)") {
  CHECK(category_key("Category 55", "Subcategory 170") == "Category 55/Subcategory 170");
  CHECK(category_key("Category 55", "") == "Category 55");
  CHECK(category_key("", "") == "");
  CHECK(category_key("A/B", "") != category_key("A", "B"));
  CHECK(category_key(std::string(90, 'a'), std::string(90, 'b')).size() == 100);
  const auto made = history_of({{.state = "New", .updated_at = "01 08:00", .category = "C", .subcategory = "S"}});
  const log_vocabulary found = gather_vocabulary(made.log);
  REQUIRE(found.categories.size() == 2);
  CHECK(found.categories.begin()->first == "C");
  CHECK(found.categories.at("C/S")["parent"] == "C");
  CHECK(made.history.steps[0].category == "C/S");
}

TEST_CASE("a title is made of what the log knows, and what has no field is told in text") {
  const auto made = history_of({{.state = "New",
                                 .updated_at = "01 08:00",
                                 .category = "Category 55",
                                 .subcategory = "Subcategory 170",
                                 .symptom = "Symptom 72"},
                                {.state = "New",
                                 .updated_at = "01 08:10",
                                 .category = "Category 55",
                                 .subcategory = "Subcategory 170",
                                 .symptom = "Symptom 72",
                                 .problem = "Problem ID  2"}});
  CHECK(made.history.title == "Category 55 / Subcategory 170: Symptom 72");
  CHECK(made.history.description == "Imported from ServiceNow: INC0000007\nsymptom: Symptom 72");
  REQUIRE(made.history.steps.size() == 2);
  CHECK(made.history.steps[1].note == "problem: ? -> Problem ID  2");
  CHECK(history_of({{.state = "New", .updated_at = "01 08:00"}}).history.title == "ServiceNow incident INC0000007");
}

TEST_CASE("a configuration item is a service where the desk has one of that name, else text") {
  const std::vector<sample> rows{{.state = "New", .updated_at = "01 08:00", .item = "mail"}};
  CHECK(history_of(rows).history.steps[0].service.empty());
  CHECK(history_of(rows).history.description.ends_with("configuration item: mail"));
  CHECK(history_of(rows, {"mail"}).history.steps[0].service == "mail");
}

TEST_CASE("a way of contact that is not known is other, reported and told") {
  const auto made = history_of({{.state = "New", .updated_at = "01 08:00", .contact = "Pigeon"}});
  CHECK(made.history.channel == "other");
  CHECK(made.history.description.ends_with("contact type: Pigeon"));
  CHECK(made.problems.total() == 1);
  CHECK(history_of({{.state = "New", .updated_at = "01 08:00", .contact = "Phone"}}).history.channel == "phone");
}

TEST_CASE("the command holds members in a fixed order, and no empty one") {
  const auto made = history_of({{.state = "Resolved", .updated_at = "01 08:30", .closed_code = "code 5"}});
  CHECK(import_command(made.history, "2026-11-22T08:00:00Z").dump() ==
        R"({"command":"import_record","at":"2026-11-22T08:00:00Z","actor":"host",)"
        R"("idempotency_key":"servicenow:INC0000007","number":"INC0000007","external_key":"servicenow:INC0000007",)"
        R"("workflow":"servicenow_import","title":"ServiceNow incident INC0000007",)"
        R"("description":"Imported from ServiceNow: INC0000007","opened_at":"2016-03-01T08:00:00Z",)"
        R"("history":[{"at":"2016-03-01T08:30:00Z","actor":"Updated by 1","state":"resolved","impact":"medium",)"
        R"("urgency":"medium","resolution_code":"code 5","resolved_at":"2016-03-01T08:30:00Z"}]})");
}

TEST_CASE("a number of another form is kept as external key only") {
  incident_history history;
  for (const char* number : {"REQ0001", "INC", "INC12a", "INC1234567890123456"}) {
    history.number = number;
    CHECK_FALSE(import_command(history, "").contains("number"));
  }
  history.number = "INC42";
  CHECK(import_command(history, "").at("number") == "INC42");
}

// ---------------------------------------------------------------- the real part

namespace {

using counts = std::map<std::string, std::int64_t>;

// The log's word for a state of ours.
std::string logged_state(const history_step& step) {
  static const std::map<std::string_view, std::string> words{{"new", "New"},
                                                             {"in_progress", "Active"},
                                                             {"resolved", "Resolved"},
                                                             {"closed", "Closed"},
                                                             {"awaiting_caller", "Awaiting User Info"},
                                                             {"awaiting_problem", "Awaiting Problem"}};
  return words.at(step.state == "on_hold" ? step.hold_reason : step.state);
}

std::vector<incident_history> real_histories(servicenow_log& log) {
  std::ifstream file(*shared_data::log_part(), std::ios::binary);
  log_problems problems;
  log = read_servicenow_log(file, utc_clock, problems);
  std::vector<incident_history> histories;
  for (const logged_incident& each : log.incidents) histories.push_back(make_history(each, {}, problems));
  CHECK(problems.total() == 1);  // the instant that stands out of order
  return histories;
}

}  // namespace

TEST_CASE("the real part: states begun in, ever had, left and dwelt in agree with the truth") {
  if (!shared_data::log_part()) return;
  const auto expected = shared_data::expected();
  servicenow_log log;
  counts first, last, ever, changes, seconds;
  for (const incident_history& history : real_histories(log)) {
    std::set<std::string> had;
    std::string current;
    micros since = 0;
    for (const history_step& step : history.steps) {
      if (!current.empty()) seconds[current] += (step.at - since) / 1'000'000;
      since = step.at;
      if (step.state.empty()) continue;
      const std::string now = logged_state(step);
      if (!current.empty() && now != current) ++changes[current + " -> " + now];
      if (current.empty()) ++first[now];
      had.insert(now);
      current = now;
    }
    ++last[current];
    for (const std::string& each : had) ++ever[each];
  }
  counts expected_changes = expected["states"]["consecutive_pairs"].get<counts>();
  std::erase_if(expected_changes, [](const auto& each) {
    const auto arrow = each.first.find(" -> ");
    return each.first.substr(0, arrow) == each.first.substr(arrow + 4);
  });
  CHECK(first == expected["states"]["first_row"].get<counts>());
  CHECK(last == expected["states"]["last_row"].get<counts>());
  CHECK(ever == expected["states"]["incidents_that_ever_had"].get<counts>());
  CHECK(changes == expected_changes);
  CHECK(seconds == expected["time_in_state_seconds"]["by_state"].get<counts>());
}

TEST_CASE("the real part: changes of group, impact, urgency and priority agree with the truth") {
  if (!shared_data::log_part()) return;
  const auto expected = shared_data::expected();
  servicenow_log log;
  const std::map<std::string, std::string> priorities{{"high high", "1 - Critical"}, {"high medium", "2 - High"},
                                                      {"medium high", "2 - High"},   {"medium medium", "3 - Moderate"},
                                                      {"low high", "3 - Moderate"},  {"medium low", "4 - Low"},
                                                      {"low medium", "4 - Low"},     {"low low", "4 - Low"}};
  counts priority_changes;
  int group_changes = 0, impact_changed = 0, urgency_changed = 0;
  for (const incident_history& history : real_histories(log)) {
    bool impact = false, urgency = false;
    std::string_view impact_now = history.steps.front().impact;
    std::string_view urgency_now = history.steps.front().urgency;
    const auto priority = [&] { return priorities.at(std::string(impact_now) + " " + std::string(urgency_now)); };
    for (auto step = history.steps.begin() + 1; step != history.steps.end(); ++step) {
      const std::string before = priority();
      if (!step->impact.empty()) impact_now = step->impact;
      if (!step->urgency.empty()) urgency_now = step->urgency;
      if (priority() != before) ++priority_changes[before + " -> " + priority()];
      group_changes += !step->team.empty() || step->unassign_team ? 1 : 0;
      impact |= !step->impact.empty();
      urgency |= !step->urgency.empty();
    }
    impact_changed += impact ? 1 : 0;
    urgency_changed += urgency ? 1 : 0;
  }
  CHECK(group_changes == expected["assignment"]["group_changes_between_rows"]);
  CHECK(priority_changes == expected["priority"]["priority_changes"].get<counts>());
  CHECK(impact_changed == expected["priority"]["incidents_with_an_impact_change"]);
  CHECK(urgency_changed == expected["priority"]["incidents_with_an_urgency_change"]);
}
