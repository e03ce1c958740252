// `drill`: how the response to a scenario would do, on a fork of the desk.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include <moment.hpp>
#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view help = R"(
Plays the scenario of a file, or of standard input for "-", on a fork of the desk: with what has been published there, a
virtual clock, and people who answer their pages as the scenario says. What would be sent is captured, and nothing of the
desk changes. Prints the score, how long it took to the first page, to the acknowledgement and to the roles, and what was
lacking. docs/drill.md has all that a scenario may say, and how it is scored.

Options
  --last FILE    compare with an earlier answer, as --json wrote it
  --seed N       draw by this seed instead of the scenario's
  --timeline     what happened, too
  --least SCORE  exit status 1 for a lower score
  --json         the answer as JSON

Where the scenario does not say when it begins, it begins at --at, or where the desk's clock stands.

Examples
  tocsin desk.tocsin drill examples/drill/night.json
  tocsin desk.tocsin drill examples/drill/night.json --json > last.json
  tocsin desk.tocsin drill examples/drill/night.json --last last.json --seed 7
)";

json read_object(const std::string& path) {
  std::ostringstream text;
  if (path == "-") {
    text << std::cin.rdbuf();
  } else {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw usage_error("the file " + printable(path) + " cannot be read");
    text << in.rdbuf();
  }
  json read;
  try {
    read = json::parse(text.str());
  } catch (const json::parse_error& e) {
    throw usage_error(printable(path) + " is not JSON: " + e.what());
  }
  if (!read.is_object()) throw usage_error(printable(path) + " holds no JSON object");
  return read;
}

void heading(const session& with, std::string_view text) {
  with.out.line();
  with.out.line(with.out.styled(text, style::bold));
}

// A duration, which may be negative, or a count.
cell figure_cell(const std::string& text) {
  if (text.empty()) return {"-", style::dim};
  const bool negative = text.starts_with("-P");
  return {negative ? "-" + show_iso_duration(text.substr(1)) : show_iso_duration(text)};
}

cell count_cell(const json& row, const char* name) {
  const std::string text = text_at(row, name);
  return {text.empty() ? "0" : text, text.empty() || text == "0" ? style::dim : style::plain};
}

std::string instant_shown(const session& with, const json& row, const char* name) {
  const auto at = instant_at(row, name);
  return at ? with.show(*at) : std::string();
}

std::string time_at(const json& incident, std::string_view milestone) {
  for (const json& t : list_at(incident, "times")) {
    if (text_at(t, "milestone") == milestone) return text_at(t, "took");
  }
  return {};
}

// "commander 10 min, scribe 12 min": every role that was filled, and those that were not.
std::string roles_of(const json& incident) {
  constexpr std::string_view prefix = "role:";
  std::string all;
  const auto add = [&](const std::string& one) { all += (all.empty() ? "" : ", ") + one; };
  for (const json& t : list_at(incident, "times")) {
    const std::string milestone = text_at(t, "milestone");
    if (!milestone.starts_with(prefix)) continue;
    add(spoken(milestone.substr(prefix.size())) + " " + show_iso_duration(text_at(t, "took")));
  }
  for (const json& role : list_at(incident, "open_roles")) add(spoken(text_of(role)) + " nobody");
  return all;
}

void print_score(const session& with, const json& answer) {
  const auto score = number_at(answer, "score").value_or(0);
  const style as = score >= 80 ? style::green : score >= 50 ? style::yellow : style::red;
  with.out.line(with.out.styled(printable(text_at(answer, "scenario")), style::bold) + ": " +
                with.out.styled(std::to_string(score) + " of 100", as));
  with.out.line("  " + instant_shown(with, answer, "starts_at") + " to " + instant_shown(with, answer, "ends_at") +
                ", seed " + text_at(answer, "seed") + "; pages " + text_at(answer, "pages") + ", captured effects " +
                text_at(answer, "effects"));
}

void print_goals(const session& with, const json& answer) {
  const json& goals = list_at(answer, "goals");
  if (goals.empty()) return;
  heading(with, "Goals");
  table rows({{"goal"}, {"within", align::right}, {"points", align::right}, {"missed by"}});
  for (const json& goal : goals) {
    const std::string role = text_at(goal, "role");
    std::string missed;
    for (const json& label : list_at(goal, "missed")) missed += (missed.empty() ? "" : ", ") + text_of(label);
    const bool met = goal.value("met", false);
    rows.add({{spoken(text_at(goal, "measure")) + (role.empty() ? "" : ": " + spoken(role))},
              figure_cell(text_at(goal, "within")),
              {text_at(goal, "points"), met ? style::green : style::red},
              {printable(missed)}});
  }
  rows.print(with.out, 2);
}

void print_incidents(const session& with, const json& answer) {
  const json& incidents = list_at(answer, "incidents");
  if (incidents.empty()) return;
  heading(with, "Incidents");
  table rows({{"incident"},
              {"first page", align::right},
              {"acknowledged", align::right},
              {"resolved", align::right},
              {"step", align::right},
              {"pages", align::right},
              {"updates missed", align::right},
              {"roles"}});
  for (const json& one : incidents) {
    rows.add({{printable(text_at(one, "label"))},
              figure_cell(time_at(one, "first_page")),
              figure_cell(time_at(one, "acknowledged")),
              figure_cell(time_at(one, "resolved")),
              count_cell(one, "steps_reached"),
              count_cell(one, "pages"),
              count_cell(one, "updates_missed"),
              {printable(roles_of(one))}});
  }
  rows.print(with.out, 2);
}

void print_gaps(const session& with, const json& answer) {
  const json& gaps = list_at(answer, "gaps");
  if (gaps.empty()) return;
  heading(with, "Gaps");
  table rows({{"gap"}, {"incident"}, {"about"}, {"first at"}, {"times", align::right}, {""}});
  for (const json& gap : gaps) {
    rows.add({{spoken(text_at(gap, "kind")), style::yellow},
              {printable(text_at(gap, "incident"))},
              {printable(text_at(gap, "subject"))},
              {instant_shown(with, gap, "at")},
              {text_at(gap, "count")},
              {printable(text_at(gap, "detail"))}});
  }
  rows.print(with.out, 2);
}

void print_people(const session& with, const json& answer) {
  const json& people = list_at(answer, "people");
  if (people.empty()) return;
  heading(with, "People");
  table rows({{"person"}, {"pages", align::right}, {"acknowledged", align::right}, {"declined", align::right}});
  for (const json& one : people) {
    rows.add({{printable(text_at(one, "person"))},
              count_cell(one, "pages"),
              count_cell(one, "acknowledged"),
              count_cell(one, "declined")});
  }
  rows.print(with.out, 2);
}

void print_timeline(const session& with, const json& answer) {
  heading(with, "Timeline");
  table rows({{"at"}, {"incident"}, {"what"}, {"person"}, {""}});
  for (const json& one : list_at(answer, "timeline")) {
    const std::string refused = text_at(one, "refused");
    const bool effect = one.value("effect", false);
    rows.add({{instant_shown(with, one, "at")},
              {printable(text_at(one, "incident"))},
              {spoken(text_at(one, "what")), effect ? style::cyan : style::plain},
              {printable(text_at(one, "person"))},
              {refused.empty() ? (effect ? "captured" : "") : "refused: " + printable(refused)}});
  }
  rows.print(with.out, 2);
}

void print_comparison(const session& with, const json& answer) {
  const json& compared = list_at(answer, "compared");
  if (compared.empty()) return;
  heading(with, "Compared with the last");
  table rows(
      {{"figure"}, {"incident"}, {"before", align::right}, {"now", align::right}, {"difference", align::right}, {""}});
  for (const json& row : compared) {
    const std::string verdict = text_at(row, "verdict");
    const style as = verdict == "better" ? style::green : verdict == "worse" ? style::red : style::dim;
    rows.add({{spoken(printable(text_at(row, "figure")))},
              {printable(text_at(row, "incident"))},
              figure_cell(text_at(row, "before")),
              figure_cell(text_at(row, "now")),
              figure_cell(text_at(row, "difference")),
              {verdict, as}});
  }
  rows.print(with.out, 2);
}

void print_drill(const session& with, const json& answer, bool with_timeline) {
  print_score(with, answer);
  print_goals(with, answer);
  print_incidents(with, answer);
  print_gaps(with, answer);
  print_people(with, answer);
  if (with_timeline) print_timeline(with, answer);
  print_comparison(with, answer);
}

int run(session& with, arguments& words) {
  const std::optional<std::string> last = words.value("--last");
  const std::optional<std::uint64_t> seed = words.number("--seed");
  const std::optional<std::uint64_t> least = words.number("--least");
  const bool with_timeline = words.flag("--timeline");
  const bool as_json = words.flag("--json");
  json question{{"query", "drill"}, {"scenario", read_object(words.word("the file of the scenario"))}};
  words.finish();
  json& scenario = question["scenario"];
  if (seed) scenario["seed"] = *seed;
  if (with.given.at_us && !scenario.contains("starts_at")) scenario["starts_at"] = to_rfc3339(*with.given.at_us);
  if (last) question["last"] = read_object(*last);
  const json answer = with.ask(std::move(question));
  if (as_json) {
    with.out.line(with.out.is_terminal() ? answer.dump(2) : answer.dump());
  } else {
    print_drill(with, answer, with_timeline);
  }
  const bool too_low = least && static_cast<std::uint64_t>(number_at(answer, "score").value_or(0)) < *least;
  return too_low ? exit_refused : exit_done;
}

}  // namespace

const subcommand drill_subcommand{"drill",
                                  "[--last FILE] [--seed N] [--timeline] [--least SCORE] [--json] FILE|-",
                                  "play a scenario on a fork, and score the response",
                                  help,
                                  need::reading,
                                  run};

}  // namespace shell
