#include <servicenow_log.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "shared_data.hpp"

using namespace shell;

namespace {

constexpr micros hour_us = 60 * micros_per_minute;

servicenow_log read_text(const std::string& text, log_problems& problems, const local_clock& clock = utc_clock) {
  std::istringstream from(text);
  return read_servicenow_log(from, clock, problems);
}

servicenow_log read_text(const std::string& text) {
  log_problems problems;
  return read_text(text, problems);
}

std::string refusal_of(const std::string& text) {
  try {
    read_text(text);
  } catch (const io_error& error) {
    return error.what();
  }
  return "";
}

micros at(const char* text) { return parse_local_time(text).value(); }

// Rows of one incident: version and time of the day 29-02-2016.
log_row row_of(std::uint64_t line, std::optional<std::uint64_t> version, const std::string& time) {
  log_row row;
  row.line = line;
  row.version = version;
  row.updated_at = at(("29-02-2016 " + time).c_str());
  return row;
}

std::vector<std::uint64_t> lines_of(const std::vector<log_row>& rows) {
  std::vector<std::uint64_t> lines;
  for (const log_row& row : rows) lines.push_back(row.line);
  return lines;
}

const std::string header = "number,incident_state,sys_mod_count,opened_at,sys_updated_at,assigned_to\n";

}  // namespace

TEST_CASE("times are day first or year first, and nothing else") {
  CHECK(parse_local_time("02-03-2016 00:00") == at("2016-03-02 00:00:00"));
  CHECK(parse_local_time("29-02-2016 08:53") == micros{1'456'735'980'000'000});
  CHECK(parse_local_time("29-02-2016 08:53:07") == micros{1'456'735'987'000'000});
  for (const char* wrong : {"", "?", "29-02-2015 08:53", "02-29-2016 08:53", "29-02-2016", "29-02-2016 24:00",
                            "29-02-2016 8:53", "29/02/2016 08:53", "29-02-2016T08:53", "29-02-2016 08:53Z",
                            "29-02-2016 08:60", "29-02-2016 08:53:60", "2x-02-2016 08:53", "01-01-1899 00:00"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_local_time(wrong));
  }
}

TEST_CASE("columns are found by name, in any order, and what is not known is listed once") {
  const servicenow_log log = read_text(
      "mood,sys_updated_at,sys_mod_count,made_sla,opened_at,incident_state,number\r\n"
      "fine,29-02-2016 08:53,2,TRUE,29-02-2016 08:00,Active,INC1\r\n"
      "bad,29-02-2016 08:54,3,TRUE,29-02-2016 08:00,Active,INC1\r\n");
  REQUIRE(log.incidents.size() == 1);
  const log_row& row = log.incidents[0].rows[0];
  CHECK(log.incidents[0].number == "INC1");
  CHECK(row.state == "Active");
  CHECK(row.version == 2);
  CHECK(row.line == 2);
  CHECK(row.updated_at - row.opened_at == 53 * micros_per_minute);
  CHECK(log.columns_unknown == std::vector<std::string>{"mood"});
  CHECK(log.columns_without_place == std::vector<std::string>{"made_sla"});
}

TEST_CASE("another file is refused with what it lacks") {
  CHECK(refusal_of("") == "the file is empty (allowed: a header line, then rows)");
  CHECK(refusal_of("number,incident_state,opened_at,sys_updated_at\n") ==
        "the header lacks \"sys_mod_count\": this is not a ServiceNow incident log (needed: number, incident_state, "
        "sys_mod_count, opened_at, sys_updated_at)");
  CHECK(refusal_of("number,number\n") == "the header names \"number\" twice");
}

TEST_CASE("? and an empty field are unknown, also in date columns") {
  log_problems problems;
  const servicenow_log log = read_text(header + "INC1,New,0,?,29-02-2016 08:53,\n", problems);
  const log_row& row = log.incidents.at(0).rows.at(0);
  CHECK(row.opened_at == unknown_time);
  CHECK(row.assignee.empty());
  CHECK(problems.total() == 0);
}

TEST_CASE("what cannot be read is reported with line, column, value and what was done") {
  log_problems problems;
  const servicenow_log log = read_text(header +
                                           "INC1,New,0,31-02-2016 08:00,29-02-2016 08:53,?\n"  // no such day
                                           "INC1,New,x,?,29-02-2016 08:54,?\n"
                                           "INC1,New,2,?,soon,?\n"
                                           "?,New,2,?,29-02-2016 08:54,?\n"
                                           "INC1,New\n"
                                           "INC1,New,3,?,29-02-2016 08:55,\"\xFF Ana\"\n",
                                       problems);
  CHECK(log.rows == 6);
  REQUIRE(log.incidents.size() == 1);
  CHECK(lines_of(log.incidents[0].rows) == std::vector<std::uint64_t>{2, 3, 7});
  CHECK(log.incidents[0].rows[2].assignee == "\xEF\xBF\xBD Ana");
  REQUIRE(problems.kept().size() == 7);
  const auto told = [&](std::size_t i) {
    const log_problem& each = problems.kept()[i];
    return std::to_string(each.line) + " " + each.incident + " " + each.column + " " + each.value + ": " + each.done;
  };
  CHECK(told(0) == "2 INC1 opened_at 31-02-2016 08:00: row kept without it");
  CHECK(told(1) == "3 INC1 sys_mod_count x: row kept without it");
  CHECK(told(2) == "4 INC1 sys_updated_at soon: row kept without it");
  CHECK(told(3) == "4 INC1 sys_updated_at ?: row skipped");
  CHECK(told(4) == "5  number ?: row skipped");
  CHECK(told(5) == "6   2 fields: row skipped");
  CHECK(told(6) == "7 INC1 assigned_to \xEF\xBF\xBD Ana: row kept, U+FFFD in their place");
}

TEST_CASE("problems beyond the limit are counted, not kept") {
  log_problems problems(1);
  read_text(header + "INC1,New,0,a,29-02-2016 08:53,?\nINC1,New,1,b,29-02-2016 08:54,?\n", problems);
  CHECK(problems.kept().size() == 1);
  CHECK(problems.total() == 2);
  CHECK(problems.counts().at("opened_at: row kept without it") == 2);
}

TEST_CASE("keys longer than a desk takes are shortened, each to a key of its own, and reported") {
  const std::string longer(150, 'a');
  CHECK(key_that_fits("Resolver 89") == "Resolver 89");
  CHECK(key_that_fits(longer).size() == 100);
  CHECK(key_that_fits(longer + "1") != key_that_fits(longer + "2"));
  log_problems problems;
  read_text(header + "INC1,New,0,?,29-02-2016 08:53," + longer + "\n", problems);
  CHECK(problems.total() == 1);
}

TEST_CASE("rows of one incident are gathered though others stand between them") {
  const servicenow_log log = read_text(header +
                                       "INC2,New,0,?,29-02-2016 08:00,?\n"
                                       "INC1,New,0,?,29-02-2016 08:00,?\n"
                                       "INC2,Active,1,?,29-02-2016 08:10,?\n"
                                       "INC1,Active,1,?,29-02-2016 08:10,?\n");
  REQUIRE(log.incidents.size() == 2);
  CHECK(log.incidents[0].number == "INC2");
  CHECK(lines_of(log.incidents[0].rows) == std::vector<std::uint64_t>{2, 4});
  CHECK(lines_of(log.incidents[1].rows) == std::vector<std::uint64_t>{3, 5});
}

TEST_CASE("a row that version and time place elsewhere is moved there") {
  std::vector rows{row_of(1, 0, "08:00"), row_of(2, 2, "08:20"), row_of(3, 1, "08:10"), row_of(4, 3, "08:30")};
  CHECK(put_in_order(rows) == 1);
  CHECK(lines_of(rows) == std::vector<std::uint64_t>{1, 3, 2, 4});
}

TEST_CASE("a log with the newest row first is turned round") {
  std::vector rows{row_of(1, 3, "08:30"), row_of(2, 2, "08:20"), row_of(3, 1, "08:20"), row_of(4, 0, "08:00")};
  CHECK(put_in_order(rows) == 3);
  CHECK(lines_of(rows) == std::vector<std::uint64_t>{4, 3, 2, 1});
}

TEST_CASE("a version that restarts does not move rows that stand in the order of time") {
  // As INC0000130 of the real log: the first row bears the version of an earlier count.
  std::vector rows{row_of(1, 2, "07:27"), row_of(2, 1, "09:59"), row_of(3, 2, "14:13"), row_of(4, 3, "16:16")};
  CHECK(put_in_order(rows) == 0);
  CHECK(lines_of(rows) == std::vector<std::uint64_t>{1, 2, 3, 4});
}

TEST_CASE("rows that share a minute stand as in the file, or by version where each row has its own") {
  std::vector rows{row_of(1, 0, "08:00"), row_of(2, 2, "08:00"), row_of(3, 1, "08:00")};
  put_in_order(rows);
  CHECK(lines_of(rows) == std::vector<std::uint64_t>{1, 3, 2});
  std::vector restarted{row_of(1, 2, "08:00"), row_of(2, 1, "08:00"), row_of(3, 2, "08:00")};
  put_in_order(restarted);
  CHECK(lines_of(restarted) == std::vector<std::uint64_t>{1, 2, 3});
  std::vector unversioned{row_of(1, {}, "08:00"), row_of(2, {}, "08:00")};
  put_in_order(unversioned);
  CHECK(lines_of(unversioned) == std::vector<std::uint64_t>{1, 2});
}

TEST_CASE("an instant that contradicts place and version is straightened, and no other") {
  // As INC0000137 of the real log: by its time alone, the first row would come after the resolving one and reopen it.
  std::vector rows{row_of(1, 1, "11:10"), row_of(2, 1, "09:52"), row_of(3, 2, "11:03"), row_of(4, 3, "12:00")};
  CHECK(put_in_order(rows) == 0);
  CHECK(straighten_instants(rows) == std::vector<std::size_t>{0});
  CHECK(rows[0].updated_at == rows[1].updated_at);
  CHECK(std::ranges::is_sorted(rows, {}, &log_row::updated_at));

  std::vector in_the_middle{row_of(1, 0, "08:00"), row_of(2, 1, "08:05"), row_of(3, 2, "07:00"), row_of(4, 3, "08:10")};
  CHECK(straighten_instants(in_the_middle) == std::vector<std::size_t>{2});
  CHECK(in_the_middle[2].updated_at == in_the_middle[1].updated_at);

  std::vector<log_row> none;
  CHECK(straighten_instants(none).empty());
}

TEST_CASE("each local time is asked of the clock once, and the odd ones are counted") {
  int asked = 0;
  const local_clock clock = [&](micros local) -> clock_reading {
    ++asked;
    return {local - hour_us, local == at("27-03-2016 01:30"), local == at("30-10-2016 01:30")};
  };
  log_problems problems;
  const servicenow_log log = read_text(header +
                                           "INC1,New,0,27-03-2016 01:30,27-03-2016 01:30,?\n"
                                           "INC1,New,1,27-03-2016 01:30,30-10-2016 01:30,?\n"
                                           "INC1,New,2,27-03-2016 01:30,30-10-2016 01:30,?\n",
                                       problems, clock);
  CHECK(asked == 2);
  CHECK(log.skipped_times == 1);
  CHECK(log.repeated_times == 1);
  CHECK(log.incidents[0].rows[0].opened_at == at("27-03-2016 00:30"));
}

TEST_CASE("the reading can be watched and stopped") {
  std::string text = header;
  for (int i = 0; i < 10'000; ++i) text += "INC" + std::to_string(i) + ",New,0,?,29-02-2016 08:00,?\n";
  std::istringstream from(text);
  log_problems problems;
  int calls = 0;
  const servicenow_log log = read_servicenow_log(from, utc_clock, problems, [&](std::uint64_t bytes, std::uint64_t) {
    CHECK(bytes > 0);
    return ++calls < 2;
  });
  CHECK(calls == 2);
  CHECK(log.rows < 10'000);
}

TEST_CASE("the real part: 2,040 rows of 300 incidents, one instant out of order, nothing unreadable") {
  const auto path = shared_data::log_part();
  if (!path) return;
  const auto expected = shared_data::expected();
  std::ifstream file(*path, std::ios::binary);
  log_problems problems;
  const servicenow_log log = read_servicenow_log(file, utc_clock, problems);
  CHECK(log.bytes == expected["file"]["bytes"]);
  CHECK(log.rows == expected["file"]["rows"]);
  CHECK(log.incidents.size() == expected["file"]["incidents"]);
  CHECK(log.incidents.front().number == expected["file"]["first_number"]);
  CHECK(log.incidents.back().number == expected["file"]["last_number"]);
  CHECK(log.rows_moved == 0);
  CHECK(log.rows_restamped == expected["quality"]["updated_at_decreases"]["incidents"]);
  CHECK(problems.total() == 1);
  CHECK(problems.kept().at(0).incident == expected["quality"]["updated_at_decreases"]["numbers"][0]);
}
