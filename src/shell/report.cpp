// `report`: how the desk is doing.
#include <algorithm>

#include <conditions.hpp>
#include <moment.hpp>
#include <record_style.hpp>
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Prints how the desk is doing: volumes and backlog by month, time to resolve by priority with medians, reopenings, the
oldest open incidents, and the teams.

Options
  --as-of INSTANT      as it was then; a date is its beginning in the zone of --zone, else in UTC
  --by A,B             the figures by these fields, customer, month, or custom.x, instead of the rest
  --where NAME=VALUE   of these incidents alone; see `tocsin find --help`
  --condition JSON     and for which this holds
  --all                every team, not only the busiest
  --json               the numbers as JSON

Examples
  tocsin desk.tocsin report
  tocsin desk.tocsin report --as-of 2016-06-30
  tocsin desk.tocsin report --by customer,month --where priority=critical,high
)";

constexpr std::size_t teams_shown = 15;
constexpr std::size_t oldest_shown = 10;

void heading(const session& with, std::string_view text) {
  with.out.line();
  with.out.line(with.out.styled(text, style::bold));
}

// Where there is no data there is a dash, never a 0.
cell duration_cell(const json& row, const char* name) {
  const auto us = parse_iso_duration(text_at(row, name));
  return us ? cell{show_duration(*us)} : cell{"-", style::dim};
}

cell count_cell(const json& row, const char* name) {
  const std::string text = text_at(row, name);
  return {text.empty() ? "-" : text, text.empty() || text == "0" ? style::dim : style::plain};
}

void print_volumes(const session& with, const json& summary) {
  table rows({{""}, {"", align::right}, {""}});
  const auto add = [&](const char* label, const char* name, const std::string& more = {}) {
    if (summary.contains(name)) rows.add({{label}, count_cell(summary, name), {more, style::dim}});
  };
  const std::string reopened = text_at(summary, "reopened_incidents");
  add("opened", "opened");
  add("resolved", "resolved");
  add("closed", "closed");
  add("cancelled", "cancelled");
  add("open", "open");
  add("reopenings", "reopenings", reopened.empty() || reopened == "0" ? "" : "of " + reopened + " incidents");
  add("changes of team", "reassignments");
  add("at first contact", "resolved_at_first_contact");
  rows.print(with.out, 2);
}

void print_months(const session& with, const json& months) {
  if (months.empty()) return;
  heading(with, "By month");
  table rows({{"month"},
              {"opened", align::right},
              {"resolved", align::right},
              {"closed", align::right},
              {"backlog", align::right}});
  for (const json& month : months) {
    rows.add({{text_at(month, "month")},
              count_cell(month, "opened"),
              count_cell(month, "resolved"),
              count_cell(month, "closed"),
              count_cell(month, "backlog")});
  }
  rows.print(with.out, 2);
}

void print_times(const session& with, const json& times) {
  if (times.empty()) return;
  heading(with, "Time to resolve");
  table rows({{"priority"},
              {"resolved", align::right},
              {"median", align::right},
              {"mean", align::right},
              {"90 % within", align::right}});
  for (const json& row : times) {
    const std::string priority = text_at(row, "priority");
    rows.add({{priority, priority == "all" ? style::bold : style_of_priority(priority)},
              count_cell(row, "count"),
              duration_cell(row, "median"),
              duration_cell(row, "mean"),
              duration_cell(row, "p90")});
  }
  rows.print(with.out, 2);
}

void print_states(const session& with, const json& states) {
  if (states.empty()) return;
  heading(with, "By state");
  table rows({{"state"}, {"incidents", align::right}});
  for (const json& row : states) rows.add({{spoken(text_at(row, "state"))}, count_cell(row, "count")});
  rows.print(with.out, 2);
}

void print_oldest(const session& with, selection chosen, std::optional<std::int64_t> as_of) {
  std::erase_if(chosen.where, [](const std::string& text) { return text.starts_with("open="); });
  chosen.where.push_back("open=true");
  const json fields{"number", "opened_at", "priority", "state", "state_kind", "team", "title"};
  json question{{"query", "find"}, {"order", "opened_at"}, {"limit", oldest_shown}, {"fields", fields}};
  add_selection(with, chosen, question);
  const json answer = with.ask(question);
  const json& records = list_at(answer, "records");
  if (records.empty()) return;
  heading(with, "Oldest open");
  table rows({{"number"}, {"age", align::right}, {"priority"}, {"state"}, {"team"}, {"title"}});
  for (const json& record : records) {
    const auto opened = instant_at(record, "opened_at");
    const std::string priority = text_at(record, "priority");
    rows.add({{text_at(record, "number")},
              {opened && as_of ? show_duration(*as_of - *opened) : ""},
              {priority, style_of_priority(priority)},
              {spoken(text_at(record, "state")), style_of_state(text_at(record, "state_kind"))},
              {text_at(record, "team")},
              {text_at(record, "title")}});
  }
  rows.print(with.out, 2);
}

void print_teams(const session& with, const json& teams, bool all) {
  if (teams.empty()) return;
  std::vector<json> busiest(teams.begin(), teams.end());
  std::stable_sort(busiest.begin(), busiest.end(), [](const json& a, const json& b) {
    const auto load = [](const json& team) {
      return std::pair(number_at(team, "open").value_or(0), number_at(team, "resolved").value_or(0));
    };
    return load(a) > load(b);
  });
  const std::size_t shown = all ? busiest.size() : std::min(busiest.size(), teams_shown);
  heading(with, "By team");
  table rows({{"team"}, {"open", align::right}, {"resolved", align::right}, {"median to resolve", align::right}});
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string name = text_at(busiest[i], "team");
    rows.add({name.empty() ? cell{"none", style::dim} : cell{name}, count_cell(busiest[i], "open"),
              count_cell(busiest[i], "resolved"), duration_cell(busiest[i], "median")});
  }
  rows.print(with.out, 2);
  const std::size_t left = busiest.size() - shown;
  if (left > 0) with.out.line(with.out.styled("  and " + std::to_string(left) + " more with --all", style::dim));
}

void print_groups(const session& with, const std::vector<std::string>& by, const json& groups) {
  with.out.line();
  std::vector<column> columns;
  for (const std::string& name : by) columns.push_back({spoken(name)});
  for (const char* name : {"opened", "resolved", "closed", "open", "reopenings", "median to resolve"}) {
    columns.push_back({name, align::right});
  }
  table rows(std::move(columns));
  for (const json& group : groups) {
    std::vector<cell> row;
    for (const std::string& name : by) {
      const std::string text = text_at(group, name.c_str());
      row.push_back(text.empty() ? cell{"none", style::dim} : cell{text});
    }
    for (const char* name : {"opened", "resolved", "closed", "open", "reopenings"})
      row.push_back(count_cell(group, name));
    row.push_back(duration_cell(group.at("time_to_resolve"), "median_us"));
    rows.add(std::move(row));
  }
  rows.print(with.out, 2);
}

int run(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  const bool all = words.flag("--all");
  const std::optional<std::string> by = words.value("--by");
  const selection chosen = take_selection(words);
  words.finish();
  if (chosen.types) throw usage_error("report is about incidents; there are no figures of other types");
  json question{{"query", "summary"}};
  if (by) question["by"] = split(*by, ',');
  add_selection(with, chosen, question);
  const json summary = with.ask(question);
  if (as_json) return with.out.line(summary.dump()), exit_done;
  const auto instant = instant_at(summary, "as_of");
  with.out.line(with.out.styled("Incidents", style::bold) + (instant ? " as of " + with.show(*instant) : ""));
  print_volumes(with, summary);
  if (by) return print_groups(with, split(*by, ','), list_at(summary, "groups")), exit_done;
  print_months(with, list_at(summary, "by_month"));
  print_times(with, list_at(summary, "time_to_resolve"));
  print_states(with, list_at(summary, "by_state"));
  print_oldest(with, chosen, instant);
  print_teams(with, list_at(summary, "by_team"), all);
  return exit_done;
}

}  // namespace

const subcommand report_subcommand{"report",
                                   "[--as-of INSTANT] [--by A,B] [--where NAME=VALUE]... [--condition JSON] [--all] "
                                   "[--json]",
                                   "volumes, backlog, times to resolve, reopenings, oldest, teams",
                                   help,
                                   need::reading,
                                   run};

}  // namespace shell
