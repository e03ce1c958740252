// `clocks`: how the clocks of an incident stand, and why.
#include <moment.hpp>
#include <record_style.hpp>
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Prints the clocks of an incident, or with --proof the intervals behind the verdict of one: what counted, what did not,
and why. Times are in UTC, or in the zone of --zone; a proof without --zone is in the zone of the clock's calendar.

Options
  --as-of INSTANT   as they stood then
  --proof POLICY    the intervals behind the clock of this policy
  --json            the answer as JSON

Examples
  tocsin desk.tocsin clocks INC0000042
  tocsin desk.tocsin clocks INC0000042 --proof resolution
)";

std::string open_time(const json& object, const char* name) { return show_iso_open_time(text_at(object, name)); }

std::string instant_text(const session& with, const json& object, const char* name) {
  const auto at = instant_at(object, name);
  return at ? with.show(*at) : std::string();
}

style style_of_clock(const json& clock) {
  if (clock.value("breached", false)) return style::red;
  const std::string state = text_at(clock, "state");
  return state == "running" ? style::green : state == "paused" ? style::yellow : style::plain;
}

std::string state_of(const json& clock) {
  std::string state = spoken(text_at(clock, "state"));
  if (state.empty()) state = "not started";
  const std::string why = spoken(text_at(clock, clock.contains("hold") ? "hold" : "cause"));
  if (!why.empty()) state += " (" + why + ")";
  const std::string outcome = text_at(clock, "outcome");
  if (!outcome.empty()) state += outcome == "late" ? " late" : " in time";
  if (clock.value("breached", false)) state += clock.value("excused", false) ? ", breached, excused" : ", breached";
  return state;
}

void print_clocks(const session& with, const json& clocks) {
  table rows({{"policy"},
              {"metric"},
              {"state"},
              {"target", align::right},
              {"elapsed", align::right},
              {"left", align::right},
              {"deadline"},
              {"calendar"}});
  for (const json& clock : clocks) {
    rows.add({{text_at(clock, "policy"), style::bold},
              {spoken(text_at(clock, "metric"))},
              {state_of(clock), style_of_clock(clock)},
              {open_time(clock, "target")},
              {open_time(clock, "elapsed")},
              {open_time(clock, "remaining")},
              {clock.value("never_due", false) ? "never" : instant_text(with, clock, "deadline")},
              {text_at(clock, "calendar")}});
  }
  if (rows.empty()) return with.out.line("no clocks");
  rows.print(with.out);
}

std::string cause_of(const json& interval) {
  const std::string cause = text_at(interval, "cause");
  return cause == "hold" ? "on hold: " + spoken(text_at(interval, "hold")) : spoken(cause);
}

void print_proof(const session& with, const json& proof) {
  const json& clock = proof["verdict"];
  const std::string zone = with.given.zone.empty() ? text_at(proof, "zone") : with.given.zone;
  const auto shown = [&](const json& object, const char* name) {
    const auto at = instant_at(object, name);
    return at ? show_instant(*at, zone) : std::string();
  };
  with.out.line(with.out.styled(text_at(proof, "incident"), style::bold) + "  " + text_at(clock, "policy") + "  " +
                with.out.styled(state_of(clock), style_of_clock(clock)));
  std::string calendar = text_at(clock, "calendar");
  if (clock.contains("calendar_version")) calendar += " version " + text_at(clock, "calendar_version");
  std::vector<pair_of_text> pairs{{"target", open_time(clock, "target")},
                                  {"elapsed", open_time(clock, "elapsed")},
                                  {"left", open_time(clock, "remaining")},
                                  {"deadline", shown(clock, "deadline")},
                                  {"breached", shown(clock, "breached_at"), style::red},
                                  {"calendar", calendar},
                                  {"zone data", text_at(clock, "zone_data_version")}};
  std::erase_if(pairs, [](const pair_of_text& pair) { return pair.value.empty(); });
  print_pairs(with.out, pairs, 2);
  with.out.line();
  table rows({{"from"}, {"to"}, {"real time", align::right}, {"counted", align::right}, {"why"}});
  std::int64_t total = 0;
  for (const json& interval : list_at(proof, "intervals")) {
    const std::int64_t length = instant_at(interval, "to").value_or(0) - instant_at(interval, "from").value_or(0);
    const bool counted = text_at(interval, "cause") == "counted";
    if (counted) total += length;
    rows.add({{shown(interval, "from")},
              {shown(interval, "to")},
              {show_duration(length)},
              {counted ? show_open_time(length) : "", style::green},
              {cause_of(interval), counted ? style::plain : style::dim}});
  }
  rows.add({{"all", style::bold}, {}, {}, {show_open_time(total), style::bold}, {}});
  rows.print(with.out, 2);
}

int run(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  const std::optional<std::string> as_of = words.value("--as-of");
  const std::optional<std::string> policy = words.value("--proof");
  const std::string incident = words.word("the number of an incident");
  words.finish();

  json question{{"query", policy ? "clock_proof" : "clocks"}, {"incident", incident}};
  if (as_of) question["as_of"] = to_rfc3339(parse_instant_argument(*as_of, "--as-of"));
  if (policy) question["policy"] = *policy;
  const json answer = with.ask(question);
  if (as_json) return with.out.line(answer.dump()), exit_done;
  policy ? print_proof(with, answer) : print_clocks(with, list_at(answer, "clocks"));
  return exit_done;
}

}  // namespace

const subcommand clocks_subcommand{"clocks",
                                   "[--as-of INSTANT] [--proof POLICY] [--json] INC",
                                   "print the clocks of an incident, and the intervals behind them",
                                   help,
                                   need::reading,
                                   run};

}  // namespace shell
