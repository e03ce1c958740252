// `query`, `get`, `status`: questions whose answers are shown as they are.
#include <moment.hpp>
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view query_help = R"(
Answers a question, a JSON document with "query": get, find, count, timeline, timers, definitions,
summary, status. `tocsin schema queries` has their fields; where none is needed, the name alone will do. The answer is
one line, or indented on a terminal. It is what --actor may see, unless the question names an "actor".

Examples
  tocsin desk.tocsin query summary
  tocsin desk.tocsin query '{"query":"count","by":["state_kind","priority"]}'
  tocsin desk.tocsin query '{"query":"timeline","incident":"INC0000042"}' | jq '.events[].event'
)";

constexpr std::string_view get_help = R"(
Prints incidents as JSON, one a line, or indented on a terminal. `show` prints them for reading.

Options
  --as-of INSTANT   as it was then

Examples
  tocsin desk.tocsin get INC0000042
  tocsin desk.tocsin get INC0000042 --as-of 2026-11-22T09:00:00Z
)";

constexpr std::string_view status_help = R"(
Says where the desk stands: its clock, the length of its journal, how many incidents are live, what is due next.

Options
  --json   the answer as JSON
)";

void print_answer(session& with, const std::string& answer) {
  with.out.line(with.out.is_terminal() ? parse_answer(answer).dump(2) : answer);
}

int run_query(session& with, arguments& words) {
  std::string question = words.word("the question, a JSON document or a name,");
  words.finish();
  if (question.find('{') == std::string::npos) question = json{{"query", question}}.dump();
  print_answer(with, with.ask_text(question));
  return exit_done;
}

int run_get(session& with, arguments& words) {
  const std::optional<std::string> as_of = words.value("--as-of");
  std::string incident = words.word("the number of an incident");
  const std::vector<std::string> others = words.rest();
  const auto print = [&](const std::string& number) {
    json question{{"query", "get"}, {"incident", number}};
    if (as_of) question["as_of"] = to_rfc3339(parse_instant_argument(*as_of, "--as-of"));
    print_answer(with, with.ask_text(question.dump()));
  };
  print(incident);
  for (const std::string& number : others) print(number);
  return exit_done;
}

int run_status(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  words.finish();
  const std::string answer = with.ask_text(R"({"query":"status"})");
  if (as_json) return print_answer(with, answer), exit_done;
  const json status = parse_answer(answer);
  std::vector<pair_of_text> pairs;
  for (const auto& [name, value] : status.items()) {
    const bool is_instant = names_instant(name) && value.is_string();
    const std::optional<std::int64_t> instant = is_instant ? parse_instant(value.get<std::string>()) : std::nullopt;
    pairs.push_back({spoken(name), instant ? with.show(*instant) : text_of(value)});
  }
  if (!status.contains("next_due")) pairs.push_back({"next due", "nothing is waiting"});
  print_pairs(with.out, pairs);
  return exit_done;
}

}  // namespace

const subcommand query_subcommand{"query",    "JSON|NAME",   "answer a question, a JSON document",
                                  query_help, need::reading, run_query};
const subcommand get_subcommand{"get",  "[--as-of INSTANT] INC...", "print incidents as JSON", get_help, need::reading,
                                run_get};
const subcommand status_subcommand{"status",    "[--json]",    "say where the desk stands",
                                   status_help, need::reading, run_status};

}  // namespace shell
