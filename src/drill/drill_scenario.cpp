#include <tocsin/drill/drill_scenario.hpp>

#include <tocsin/base/refusal.hpp>

#include <set>

namespace tocsin::inline v1 {
namespace {

[[noreturn]] void refuse(const std::string& path, const refused_value& found, const allowed_values& allowed) {
  throw unexpected(status::invalid_argument, "drill.invalid", path, found, allowed);
}

void check_step(const drill_step& s, const std::string& path, duration lasts, std::set<std::string_view>& labels) {
  if (s.after > lasts) refuse(path + "/after", "an instant after the end of the drill", "one within \"lasts\"");
  if (s.label.empty()) return;
  const bool is_name = s.label.front() != '@' && s.label.front() != '#';
  if (!is_name) refuse(path + "/label", refused_value::text(s.label), "a label that does not begin with @ or #");
  if (!labels.insert(s.label).second) {
    refuse(path + "/label", refused_value::text(s.label), "a label that no other step has");
  }
}

void check_reaction(const drill_reaction& r, const std::string& path) {
  if (r.person && r.team) refuse(path + "/team", "both it and \"person\"", "one of the two, or neither");
  const bool answers = r.action != drill_answer::ignore;
  if (!answers && (r.after.us != 0 || r.at_most.us != 0)) {
    refuse(path + "/after", "a delay of a page that is ignored", "none");
  }
  if (r.at_most.us != 0 && r.at_most < r.after)
    refuse(path + "/at_most", "a delay shorter than \"after\"", "one that is not");
}

void check_goal(const drill_goal& g, const std::string& path, const std::set<std::string_view>& labels) {
  const bool on_time = g.measure == drill_measure::updates_on_time;
  if (on_time && g.within.us != 0) refuse(path + "/within", "a duration", "none for updates_on_time");
  if (!on_time && g.within.us == 0) refuse(path + "/within", "nothing", "a duration");
  if (!g.role.empty() && g.measure != drill_measure::role_filled) {
    refuse(path + "/role", refused_value::text(g.role), "a role for role_filled alone");
  }
  if (!g.incident.empty() && !labels.contains(g.incident)) {
    refuse(path + "/incident", refused_value::text(g.incident), "the label of a step");
  }
}

// SplitMix64's finalizer (Steele, Lea, Flood 2014): each bit of the input changes about half of those of the output.
std::uint64_t mixed(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31);
}

constexpr std::uint64_t golden = 0x9e3779b97f4a7c15U;

std::uint64_t with(std::uint64_t state, std::uint64_t more) { return mixed(state + golden + mixed(more + golden)); }

std::uint64_t with(std::uint64_t state, std::string_view text) {
  for (const char c : text) state = with(state, static_cast<unsigned char>(c));
  return with(state, text.size());
}

}  // namespace

std::span<const std::string_view> choices(drill_answer) {
  static constexpr std::string_view all[] = {"acknowledge", "decline", "ignore"};
  return all;
}

std::span<const std::string_view> choices(drill_measure) {
  static constexpr std::string_view all[] = {"first_page", "acknowledged", "role_filled", "resolved",
                                             "updates_on_time"};
  return all;
}

std::span<const field_row> drill_step::fields() {
  using self = drill_step;
  static constexpr field_row rows[] = {
      row<&self::after>("after", "How long after the drill began", range{0, limits::drill_lasts_max.us}),
      row<&self::label>("label", "What later steps and goals call its record, as \"@label\" and \"label\"", one_line,
                        max_length(limits::key_length_max)),
      row<&self::command>("command", "A command, as a desk takes it; the drill says when", required),
  };
  return rows;
}

std::span<const field_row> drill_reaction::fields() {
  using self = drill_reaction;
  static constexpr field_row rows[] = {
      row<&self::person>("person", "Who is paged; none: anybody"),
      row<&self::team>("team", "Or a team of which they are a member"),
      row<&self::pages>("pages", "Of so many pages of one person, then no more; none: of all", range{1, 1'000'000}),
      row<&self::action>("action", "What they do about it", required),
      row<&self::chance>("chance", "How likely it is that they do, in percent; otherwise they ignore it",
                         range{0, 100}),
      row<&self::after>("after", "How long after the page", range{0, limits::drill_lasts_max.us}),
      row<&self::at_most>("at_most", "Or a time between that and this, in whole seconds, drawn from the seed",
                          range{0, limits::drill_lasts_max.us}),
  };
  return rows;
}

std::span<const field_row> drill_goal::fields() {
  using self = drill_goal;
  static constexpr field_row rows[] = {
      row<&self::measure>("measure", "What is measured", required),
      row<&self::role>("role", "Role of role_filled; none: every one that the policy of major incidents gives",
                       one_line, max_length(limits::key_length_max)),
      row<&self::incident>("incident", "Label of the incident; none: each of the drill", one_line,
                           max_length(limits::key_length_max)),
      row<&self::within>("within", "How long after the incident came up it should be reached",
                         range{0, limits::drill_lasts_max.us}),
  };
  return rows;
}

std::span<const field_row> drill_scenario::fields() {
  using self = drill_scenario;
  static constexpr field_row rows[] = {
      row<&self::name>("name", "Name of the scenario", required, one_line),
      row<&self::seed>("seed", "What chances are drawn from; the same seed draws the same",
                       range{0, limits::drill_seed_max}),
      row<&self::starts_at>("starts_at", "When the drill begins; the desk's clock, if not said, and not before it"),
      row<&self::lasts>("lasts", "How long it goes on", required, range{second.us, limits::drill_lasts_max.us}),
      row<&self::steps>("steps", "What happens", required, max_length(limits::drill_steps_max)),
      row<&self::reactions>("reactions", "How people answer pages: the first that fits",
                            max_length(limits::drill_reactions_max)),
      row<&self::unreachable>("unreachable", "People whom no page gets to: each is reported as failed",
                              max_length(limits::drill_unreachable_max)),
      row<&self::pages_most>("pages_most", "Pages that one person should get at most; none: no matter",
                             range{1, 1'000'000}),
      row<&self::goals>("goals", "What the response should reach", max_length(limits::drill_goals_max)),
  };
  return rows;
}

void check(const drill_scenario& scenario) {
  std::set<std::string_view> labels;
  for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
    check_step(scenario.steps[i], "/scenario/steps/" + std::to_string(i), scenario.lasts, labels);
  }
  for (std::size_t i = 0; i < scenario.reactions.size(); ++i) {
    check_reaction(scenario.reactions[i], "/scenario/reactions/" + std::to_string(i));
  }
  for (std::size_t i = 0; i < scenario.goals.size(); ++i) {
    check_goal(scenario.goals[i], "/scenario/goals/" + std::to_string(i), labels);
  }
}

std::uint64_t drawn_number(std::int64_t seed, std::string_view person, std::uint64_t page, std::string_view purpose) {
  return with(with(with(static_cast<std::uint64_t>(seed), person), page), purpose);
}

drawn_reaction draw(const drill_reaction& rule, std::int64_t seed, std::string_view person, std::uint64_t page) {
  if (rule.action == drill_answer::ignore) return {};
  if (drawn_number(seed, person, page, "chance") % 100 >= static_cast<std::uint64_t>(rule.chance)) return {};
  const std::int64_t spread = rule.at_most > rule.after ? (rule.at_most - rule.after).us / second.us : 0;
  const std::uint64_t drawn = drawn_number(seed, person, page, "delay") % (static_cast<std::uint64_t>(spread) + 1);
  return {rule.action, rule.after + static_cast<std::int64_t>(drawn) * second};
}

}  // namespace tocsin::inline v1
