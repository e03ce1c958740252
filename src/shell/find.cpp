// `find` and `count`: incidents as a list, and how many there are of each sort.
#include <algorithm>
#include <limits>

#include <conditions.hpp>
#include <moment.hpp>
#include <record_style.hpp>
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view find_options = R"(
Lists incidents as a table.

Options
  --order NAME         by number, opened_at, updated_at, resolved_at, closed_at or priority; --desc: the greatest first
  --limit N            at most so many, 50 if not said; 0: all
  --fields A,B         these columns, custom.x among them
  --json               JSON Lines instead of a table)";

constexpr std::string_view find_examples = R"(
Examples
  tocsin desk.tocsin find --where open=true --where priority=critical,high --where assignee=
  tocsin desk.tocsin find --where opened_at=2026-11-01.. --order opened_at --limit 10
  tocsin desk.tocsin find --where title~vpn --where custom.site!=Berlin --fields number,custom.site,title
  tocsin desk.tocsin find --condition '{">":[{"age":{"var":"updated_at"}},"P3D"]}'
  tocsin desk.tocsin find --types request --where open=true
  tocsin desk.tocsin find --limit 0 --json --fields number,title > incidents.jsonl
)";

constexpr std::string_view count_options = R"(
Counts incidents by one or more fields.

Options
  --by A,B             by these fields, customer, month of opening, or custom.x; without it, one number
  --json               the answer as JSON)";

constexpr std::string_view count_examples = R"(
Examples
  tocsin desk.tocsin count --by state
  tocsin desk.tocsin count --by priority,team --where open=true
  tocsin desk.tocsin count --by month,customer --where opened_at=2026-01-01..2027-01-01
  tocsin desk.tocsin count --by type --types all
)";

std::string help_of(std::string_view options, std::string_view examples) {
  return std::string(options) + std::string(selection_help) + std::string(examples);
}

const std::string find_help = help_of(find_options, find_examples);
const std::string count_help = help_of(count_options, count_examples);

constexpr std::uint64_t limit_if_not_said = 50;
constexpr std::uint64_t page_rows = 10'000;
constexpr std::string_view usual_fields = "number,priority,state,team,assignee,opened_at,title";

bool is_number_column(std::string_view name) {
  const bool is_count = name.size() > 6 && name.substr(name.size() - 6) == "_count";
  return is_count || name == "id" || name == "version";
}

constexpr std::string_view custom_prefix = "custom.";

bool is_custom(std::string_view name) { return name.substr(0, custom_prefix.size()) == custom_prefix; }

cell cell_of(const session& with, const std::string& name, const json& record) {
  if (is_custom(name) && !record.contains(name)) {  // groups have it flat
    const auto custom = record.find("custom");
    const std::string key = name.substr(custom_prefix.size());
    return {custom == record.end() ? std::string() : text_at(*custom, key.c_str()), style::plain};
  }
  const auto instant = names_instant(name) ? instant_at(record, name.c_str()) : std::nullopt;
  if (instant) return {with.show(*instant), style::plain};
  const std::string text = text_at(record, name.c_str());
  if (name == "priority") return {text, style_of_priority(text)};
  if (name == "state" || name == "state_kind") return {spoken(text), style_of_state(text)};
  return {text, style::plain};
}

std::string title_of(std::string_view name) {
  if (is_custom(name)) name.remove_prefix(custom_prefix.size());
  const bool is_moment = name.size() > 3 && name.substr(name.size() - 3) == "_at";
  return spoken(is_moment ? name.substr(0, name.size() - 3) : name);
}

// Page by page, until so many are there or no more are. True if there are more.
template <class Use>
bool for_each_record(const session& with, json question, std::uint64_t limit, Use use) {
  std::uint64_t left = limit == 0 ? std::numeric_limits<std::uint64_t>::max() : limit;
  while (true) {
    question["limit"] = std::min(left, page_rows);
    const json page = with.ask(question);
    const json& records = list_at(page, "records");
    for (const json& record : records) use(record);
    left -= std::min<std::uint64_t>(left, records.size());
    const std::string cursor = text_at(page, "cursor");
    if (cursor.empty() || records.empty()) return false;
    if (left == 0) return true;
    question["cursor"] = cursor;
  }
}

int run_find(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  const bool is_descending = words.flag("--desc");
  const std::optional<std::string> order = words.value("--order");
  const std::uint64_t limit = words.number("--limit").value_or(limit_if_not_said);
  const std::optional<std::string> fields_text = words.value("--fields");
  const selection chosen = take_selection(words);
  words.finish();

  const std::vector<std::string> fields = split(fields_text.value_or(std::string(usual_fields)), ',');
  json question{{"query", "find"}};
  add_selection(with, chosen, question);
  if (order) question["order"] = *order;
  if (is_descending) question["descending"] = true;
  if (fields_text || !as_json) question["fields"] = fields;

  std::vector<column> columns;
  for (const std::string& name : fields) {
    columns.push_back({title_of(name), is_number_column(name) ? align::right : align::left});
  }
  table rows(std::move(columns));
  std::uint64_t shown = 0;
  const bool has_more = for_each_record(with, question, limit, [&](const json& record) {
    ++shown;
    if (as_json) return with.out.line(record.dump());
    std::vector<cell> row;
    for (const std::string& name : fields) row.push_back(cell_of(with, name, record));
    rows.add(std::move(row));
  });
  if (as_json) return exit_done;
  if (shown == 0) return with.out.line("no incidents"), exit_done;
  rows.print(with.out);
  if (has_more) {
    with.out.line();
    with.out.line(with.out.styled("the first " + std::to_string(shown) + "; more with --limit", style::dim));
  }
  return exit_done;
}

int run_count(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  const std::optional<std::string> by_text = words.value("--by");
  const selection chosen = take_selection(words);
  words.finish();

  const std::vector<std::string> by = by_text ? split(*by_text, ',') : std::vector<std::string>{};
  json question{{"query", "count"}, {"by", by}};
  add_selection(with, chosen, question);
  const json answer = with.ask(question);
  if (as_json) return with.out.line(answer.dump()), exit_done;
  const std::string total = text_at(answer, "total");
  if (by.empty()) return with.out.line(total), exit_done;

  std::vector<column> columns;
  for (const std::string& name : by) columns.push_back({title_of(name)});
  columns.push_back({"count", align::right});
  table rows(std::move(columns));
  for (const json& group : list_at(answer, "groups")) {
    std::vector<cell> row;
    for (const std::string& name : by) {
      cell value = cell_of(with, name, group);
      if (value.text.empty()) value = {"-", style::dim};
      row.push_back(std::move(value));
    }
    row.push_back({text_at(group, "count")});
    rows.add(std::move(row));
  }
  std::vector<cell> sum{{"all", style::bold}};
  sum.resize(by.size());
  sum.push_back({total, style::bold});
  rows.add(std::move(sum));
  rows.print(with.out);
  return exit_done;
}

}  // namespace

const subcommand find_incidents_subcommand{
    "find",
    "[--where NAME=VALUE]... [--condition JSON] [--types A,B] [--as-of INSTANT] [--order NAME] [--desc] [--limit N] "
    "[--fields A,B] [--json]",
    "list incidents as a table",
    find_help,
    need::reading,
    run_find};
const subcommand count_subcommand{"count",
                                  "[--by A,B] [--where NAME=VALUE]... [--condition JSON] [--types A,B] "
                                  "[--as-of INSTANT] [--json]",
                                  "count incidents by one or more fields",
                                  count_help,
                                  need::reading,
                                  run_count};

}  // namespace shell
