// `simulate`: who is paged when, from lines that define policies and who is on call; without a desk.
#include <json_text.hpp>
#include <line_answers.hpp>
#include <subcommands.hpp>

#include <algorithm>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Reads JSON Lines from FILE or, without one or with "-", from standard input. A line defines something, or asks about what
the lines before it defined; each is answered by one line on standard output. Blank lines and lines that begin with # are
passed over. Needs no desk file. docs/escalation_policies.md has all forms, with an example each.

What can be defined: all that "tocsin help oncall" lists (schedules, rotations, overrides, absences, contacts ...), and

  {"define":"escalation_policy","key":"database","steps":[
    {"targets":[{"kind":"schedule","key":"primary"}],"delay":"PT5M"},
    {"targets":[{"kind":"team","key":"dba"},{"kind":"manager_of"}],"delay":"PT15M"}],"repeat":2}
        targets: person, team, schedule, role, service_owner, manager_of; the last two may lack a key: those of the incident
        steps also: "urgency", "acknowledgement" (any, all, some) with "needed"; "repeat": -1 is for ever
        the policy also: "nobody" (go_on, wait), "acknowledgement_timeout", "late" (skip, replay), "catch_up",
        "follows" (started, live), "in_force_from"; instead of steps, "nodes" of a graph:
        notify, wait, branch, assign, hand_over, raise, declare_major, run, repeat, stop
  {"define":"team","key":"dba","members":["ann","bob"]}
  {"define":"role","key":"incident_manager","people":["eve"]}
  {"define":"service","key":"shop","owner":"cid"}
  {"define":"manager","person":"ann","manager":"eve"}
  {"define":"business_calendar","key":"office","zone":"Europe/Berlin","weekly":[...]}

What can be asked:

  {"operation":"simulate","policy":"database","opened_at":"2026-12-25T03:00:00Z","incident":{"priority":"critical"},
   "reactions":[{"action":"acknowledge","by":"bob","after":"PT7M"},{"action":"resolve","at":"2026-12-25T04:00:00Z"}]}
        actions: acknowledge, unacknowledge, snooze (with "for" or "until"), escalate, hand_over, resolve, close, cancel,
        reopen; an answer may cite the "step" or "version" of the page it is meant for
        also "until" (7 days on, if not said) and "host_away":[{"from":...,"until":...}]
  {"operation":"lint","policy":"database","from":"2026-12-01T00:00:00Z","until":"2027-01-01T00:00:00Z"}
  {"operation":"draw","policy":"database","form":"mermaid"}               forms: mermaid, dot

With a desk file in front of it ("tocsin DESK_FILE simulate"), a fork of that desk plays the incident: what has been
published there is in play, with its categories, targets, triggers and all that is under way, and nothing of the desk
changes. Lines then only ask {"operation":"simulate",...}; "policy" may be left out, and names one that is started by hand if
nothing else starts it. "opened_at" is the desk's clock or later. The library answers the same as the query "simulate".

What is refused is answered by {"error":{"status":...,"reason":...,"message":...}} and changes nothing; the reading goes on.
Exit status 1 says at the end that something was refused.

Example: who is paged when, if a P1 opens on 25 December at 03:00?
  tocsin simulate <<'END'
  {"define":"escalation_policy","key":"p","steps":[{"targets":[{"kind":"person","key":"ann"}],"delay":"PT5M"}]}
  {"operation":"simulate","policy":"p","opened_at":"2026-12-25T03:00:00Z","incident":{"priority":"critical"}}
  END
  echo '{"operation":"simulate","opened_at":"2026-12-25T03:00:00Z","incident":{"priority":"critical"}}' |
    tocsin desk.tocsin simulate
)";

std::string refusal(const char* reason, const std::string& message) {
  return json{{"error", {{"status", "invalid_argument"}, {"reason", reason}, {"message", message}}}}.dump();
}

// A fork of the desk plays it, with the desk's own definitions.
std::string answer_on_desk(session& with, std::string_view line) {
  if (outline_of(line).is != outline::form::object) return refusal("json.invalid", "the line is not a JSON object");
  json asked = parse_answer(std::string(line));
  if (text_at(asked, "operation") != "simulate") {
    return refusal("simulate.on_desk",
                   "on a desk, a line may ask {\"operation\":\"simulate\",...}; what is known is what was published");
  }
  asked.erase("operation");
  asked["query"] = "simulate";
  try {
    return with.ask_text(asked.dump());
  } catch (const tocsin::client::failure& f) {
    return error_line(f);
  }
}

int run(session& with, arguments& words) {
  if (!with.desk.is_named()) return answer_lines(with, words, tocsin::client::escalation_answer);
  static_cast<void>(*with.desk);  // one that cannot be opened is no matter of a line
  return answer_lines(with, words, [&](std::string_view, std::string_view lines) {
    std::string answers;
    for (std::size_t from = 0; from < lines.size();) {
      const std::size_t end = std::min(lines.find('\n', from), lines.size());
      answers += answer_on_desk(with, lines.substr(from, end - from)) + '\n';
      from = end + 1;
    }
    return answers;
  });
}

}  // namespace

const subcommand simulate_subcommand{
    "simulate", "[FILE|-]",    "say who is paged when, from JSON lines; with a desk file, on a fork of it",
    help,       need::nothing, run};

}  // namespace shell
