// `definitions`, `workflow`: what was published.
#include <algorithm>

#include <moment.hpp>
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view definitions_help = R"(
Lists the definitions of a kind: person, team, service, category, workflow, priority_matrix.

Options
  --json   JSON Lines instead of a table

Examples
  tocsin desk.tocsin definitions team
  tocsin desk.tocsin definitions category --json
)";

constexpr std::string_view workflow_help = R"(
Prints workflows as tables: the states, and what moves an incident from which to which. Without KEY, all of them.

Example
  tocsin desk.tocsin workflow
)";

// The names of the plain members of all of them, in the order in which they first appear. Lists and objects of objects
// have no place in a table.
std::vector<std::string> plain_names(const json& definitions) {
  std::vector<std::string> names{"key"};
  for (const json& definition : definitions) {
    for (const auto& [name, value] : definition.items()) {
      const bool is_nested = value.is_object() || (value.is_array() && !value.empty() && value[0].is_structured());
      const bool is_known = std::find(names.begin(), names.end(), name) != names.end();
      if (name != "kind" && !is_nested && !is_known) names.push_back(name);
    }
  }
  return names;
}

int run_definitions(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  const std::string kind = words.word("the kind of definition");
  words.finish();
  const json answer = with.ask({{"query", "definitions"}, {"kind", kind}});
  const json& definitions = list_at(answer, "definitions");
  if (as_json) {
    for (const json& definition : definitions) with.out.line(definition.dump());
    return exit_done;
  }
  if (definitions.empty()) return with.out.line("none"), exit_done;
  const std::vector<std::string> names = plain_names(definitions);
  std::vector<column> columns;
  for (const std::string& name : names) {
    columns.push_back({spoken(name), name == "version" ? align::right : align::left});
  }
  table rows(std::move(columns));
  for (const json& definition : definitions) {
    std::vector<cell> row;
    for (const std::string& name : names) row.push_back({text_at(definition, name.c_str())});
    rows.add(std::move(row));
  }
  rows.print(with.out);
  return exit_done;
}

bool is_from(const json& transition, const json& state) {
  const json& from = list_at(transition, "from");
  const auto name = state.find("name");
  return name != state.end() && std::find(from.begin(), from.end(), *name) != from.end();
}

std::string destination(const json& transition) {
  const std::string to = text_at(transition, "to");
  if (!to.empty()) return to;
  return text_at(transition, "verb") == "resume" ? "the state before the hold" : "stays";
}

void print_states(const session& with, const json& workflow) {
  table rows({{"state"}, {"kind"}, {""}});
  for (const json& state : list_at(workflow, "states")) {
    const bool is_initial = state.value("initial", false);
    rows.add({{text_at(state, "name")}, {text_at(state, "kind")}, {is_initial ? "initial" : "", style::dim}});
  }
  rows.print(with.out, 2);
}

// What moves it but a person, and what it asks for.
std::string terms(const json& transition) {
  std::string all;
  const auto add = [&](const std::string& what) { all += (all.empty() ? "" : "; ") + what; };
  const std::string trigger = text_at(transition, "trigger");
  if (trigger == "automatic") add("by itself");
  if (trigger == "timed") {
    const std::string calendar = text_at(transition, "calendar");
    add("by itself after " + show_iso_duration(text_at(transition, "after")) +
        (calendar.empty() ? "" : " of " + calendar));
  }
  for (const json& guard : list_at(transition, "guards")) add(text_at(guard, "says"));
  const std::string required = text_at(transition, "required");
  if (!required.empty()) add("needs " + required);
  const std::string permission = text_at(transition, "permission");
  if (!permission.empty()) add("permission " + permission);
  return all;
}

// How silence closes a record.
std::string show_silence(const json& workflow) {
  const std::string after = text_at(workflow, "auto_close_after");
  if (!after.empty()) return "after " + show_iso_duration(after);
  const std::int64_t days = workflow.value("auto_close_business_days", std::int64_t{0});
  if (days == 0) return "never";
  const std::string counted = std::to_string(days) + (days == 1 ? " business day" : " business days");
  return "after " + counted + " of the calendar " + text_at(workflow, "auto_close_calendar");
}

// By state: what can be done there, and where that leads.
void print_transitions(const session& with, const json& workflow) {
  table rows({{"from"}, {"verb"}, {"to"}, {"terms"}});
  for (const json& state : list_at(workflow, "states")) {
    std::string from = text_at(state, "name");
    for (const json& transition : list_at(workflow, "transitions")) {
      if (!is_from(transition, state)) continue;
      const std::string to = destination(transition);
      rows.add({{from},
                {text_at(transition, "verb"), style::cyan},
                {to, to == "stays" ? style::dim : style::plain},
                {terms(transition), style::dim}});
      from.clear();
    }
  }
  rows.print(with.out, 2);
}

void print_rest(const session& with, const json& workflow) {
  std::vector<pair_of_text> pairs;
  std::string reasons;
  for (const json& reason : list_at(workflow, "hold_reasons")) {
    const bool by_reply = reason.value("resumed_by_reply", false);
    reasons += (reasons.empty() ? "" : ", ") + text_at(reason, "name") + (by_reply ? " (ends with a reply)" : "");
  }
  if (!reasons.empty()) pairs.push_back({"hold reasons", reasons});
  const std::string codes = text_at(workflow, "resolution_codes");
  if (!codes.empty()) pairs.push_back({"resolution codes", codes});
  const std::string window = text_at(workflow, "reopen_window");
  pairs.push_back({"reopen window", window.empty() ? "for ever" : show_iso_duration(window)});
  pairs.push_back({"closes by itself", show_silence(workflow)});
  print_pairs(with.out, pairs, 2);
}

int run_workflow(session& with, arguments& words) {
  const std::optional<std::string> key = words.next_word();
  words.finish();
  json question{{"query", "definitions"}, {"kind", "workflow"}};
  if (key) question["key"] = *key;
  const json answer = with.ask(question);
  bool is_first = true;
  for (const json& workflow : list_at(answer, "definitions")) {
    if (!is_first) with.out.line();
    is_first = false;
    const std::string name = text_at(workflow, "name");
    const std::string version = text_at(workflow, "version");
    with.out.line(with.out.styled(text_at(workflow, "key"), style::bold) + (name.empty() ? "" : "  " + name) +
                  (version.empty() ? "" : "  " + with.out.styled("version " + version, style::dim)));
    with.out.line();
    print_states(with, workflow);
    with.out.line();
    print_transitions(with, workflow);
    with.out.line();
    print_rest(with, workflow);
  }
  return exit_done;
}

}  // namespace

const subcommand definitions_subcommand{"definitions",    "[--json] KIND", "list what was published",
                                        definitions_help, need::reading,   run_definitions};
const subcommand workflow_subcommand{"workflow",    "[KEY]",       "print a workflow as a table",
                                     workflow_help, need::reading, run_workflow};

}  // namespace shell
