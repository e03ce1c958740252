// `simulate`: who is paged when, from lines that define policies and who is on call; without a desk.
#include <line_answers.hpp>
#include <subcommands.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Reads JSON Lines from FILE or, without one or with "-", from standard input. A line defines something, or asks about what
the lines before it defined; each is answered by one line on standard output. Blank lines and lines that begin with # are
passed over. Needs no desk file. ESCALATION.md beside the headers has all forms, with an example each.

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

What is refused is answered by {"error":{"status":...,"reason":...,"message":...}} and changes nothing; the reading goes on.
Exit status 1 says at the end that something was refused.

Example: who is paged when, if a P1 opens on 25 December at 03:00?
  tocsin simulate <<'END'
  {"define":"escalation_policy","key":"p","steps":[{"targets":[{"kind":"person","key":"ann"}],"delay":"PT5M"}]}
  {"operation":"simulate","policy":"p","opened_at":"2026-12-25T03:00:00Z","incident":{"priority":"critical"}}
  END
)";

int run(session& with, arguments& words) { return answer_lines(with, words, tocsin::client::escalation_answer); }

}  // namespace

const subcommand simulate_subcommand{
    "simulate", "[FILE|-]", "say who is paged when, from JSON lines (no desk file needed)", help, need::nothing, run};

}  // namespace shell
