// `actions`: what may be done with an incident now, and what stands against the rest.
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view actions_help = R"(
Says what the actor (--actor) may do with an incident now: each command with where it leads and what must be given with
it, and for the others every condition that is not met.

Options
  --all    commands that are not allowed, too
  --json   the answer as JSON, with why each condition does not hold

Example
  tocsin --actor ana desk.tocsin actions INC0000001
)";

std::string joined(const json& texts) {
  std::string all;
  for (const json& text : texts) all += (all.empty() ? "" : ", ") + text_of(text);
  return all;
}

std::string remark(const json& action) {
  std::string all = joined(list_at(action, "required"));
  if (!all.empty()) all = "give " + all;
  for (const json& unmet : list_at(action, "unmet")) all += (all.empty() ? "" : "; ") + text_at(unmet, "says");
  for (const json& says : list_at(action, "depends_on_command")) all += (all.empty() ? "if " : "; if ") + text_of(says);
  return all;
}

int run_actions(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  const bool all = words.flag("--all");
  const std::string incident = words.word("the number of an incident");
  words.finish();
  const json answer = with.ask({{"query", "allowed_actions"}, {"incident", incident}});
  if (as_json) return with.out.line(answer.dump()), exit_done;
  with.out.line(with.out.styled(text_at(answer, "incident"), style::bold) + "  " + text_at(answer, "state"));
  table rows({{"command"}, {"to"}, {""}});
  for (const json& action : list_at(answer, "actions")) {
    const bool allowed = action.value("allowed", false);
    if (!allowed && !all) continue;
    rows.add({{text_at(action, "command"), allowed ? style::green : style::dim},
              {text_at(action, "to")},
              {remark(action), style::dim}});
  }
  rows.print(with.out, 2);
  return exit_done;
}

}  // namespace

const subcommand actions_subcommand{"actions",    "[--all] [--json] INC", "say what may be done with an incident now",
                                    actions_help, need::reading,          run_actions};

}  // namespace shell
