#include <tocsin/base/error.hpp>
#include <tocsin/sla/sla_policy.hpp>

#include <tocsin/rule/condition_cases.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

using detail::answer;

constexpr std::size_t pairs_looked_at_max = 100'000;

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

class findings {
 public:
  void error(std::string what) { list_.push_back({sla_finding_kind::error, std::move(what)}); }
  void warning(std::string what) { list_.push_back({sla_finding_kind::warning, std::move(what)}); }
  void undecided(std::string what) { list_.push_back({sla_finding_kind::undecided, std::move(what)}); }
  std::vector<sla_finding> take() { return std::move(list_); }

 private:
  std::vector<sla_finding> list_;
};

bool same_text(const embedded_json& a, const embedded_json& b) { return a && a == b; }

void lint_implied(const condition& a, const condition& b, const condition_schema& schema, const std::string& what,
                  bool is_error, findings& to) {
  switch (detail::implies(a, b, schema)) {
    case answer::yes:
      return is_error ? to.error(what) : to.warning(what);
    case answer::undecided:
      return to.undecided("it cannot be decided by cases whether " + what);
    case answer::no:
      return;
  }
}

void lint_excluded(const condition& a, const condition& b, const condition_schema& schema, const std::string& what,
                   findings& to) {
  const condition* const both[] = {&a, &b};
  switch (detail::can_hold(both, schema)) {
    case answer::no:
      return to.warning(what);
    case answer::undecided:
      return to.undecided("it cannot be decided by cases whether " + what);
    case answer::yes:
      return;
  }
}

void lint_custom(const sla_policy& policy, const sla_program& program, const condition_schema& schema, findings& to) {
  const bool custom = policy.metric == clock_metric::custom;
  if (!custom) {
    for (const auto& [name, given] : {std::pair{"start", !!policy.start},
                                      {"pause", !!policy.pause},
                                      {"stop", !!policy.stop},
                                      {"cancel", !!policy.cancel}}) {
      if (given) to.error("/" + std::string(name) + ": only a custom metric has conditions of its own");
    }
    return;
  }
  if (!program.start) return to.error("/start: a custom metric needs a condition that starts it");
  if (!program.stop) to.error("/stop: a custom metric needs a condition that stops it");
  const condition* const alone[] = {&*program.start};
  if (detail::can_hold(alone, schema) == answer::no) to.error("/start: it never holds");
  if (program.stop) {
    const std::string what = "/stop holds wherever /start does: start and stop are true together, so it never runs";
    if (same_text(policy.start, policy.stop)) {
      to.error(what);
    } else {
      lint_implied(*program.start, *program.stop, schema, what, true, to);
    }
  }
  if (program.pause) {
    lint_implied(*program.start, *program.pause, schema, "/pause holds wherever /start does: it starts paused", true,
                 to);
    lint_excluded(*program.start, *program.pause, schema,
                  "/pause never holds where /start does: it pauses only when its reason to start is gone", to);
  }
}

void lint_calendar(const sla_policy& policy, const calendar_lookup& calendars, findings& to) {
  const std::span<const calendar_source> sources = calendar_sources_of(policy);
  const bool fixed = std::ranges::count(sources, calendar_source::fixed) != 0;
  if (sources.empty()) to.error("/calendar: its targets have no calendar");
  if (fixed && policy.calendar.empty()) to.error("/calendar: the source fixed names no calendar");
  if (!fixed && !policy.calendar.empty()) {
    to.error("/calendar: " + quoted(policy.calendar) + " is never used, for fixed is none of the sources");
  }
  if (!sources.empty() && !fixed) {
    to.warning(
        "/calendar_sources: where none of them has a calendar, records are refused a clock: fixed may end the list");
  }
  const bool known_to_all = policy.calendar == business_calendar::always().definition().key;
  if (!calendars || !fixed || policy.calendar.empty() || known_to_all) return;
  const business_calendar* calendar = calendars(policy.calendar);
  if (!calendar) return to.error("/calendar: there is no calendar " + quoted(policy.calendar));
  if (calendar->never_open()) to.error("/calendar: " + quoted(policy.calendar) + " is never open");
}

// A condition that stands alone: it must be possible, and no earlier target may have taken all of its records.
void lint_targets(const sla_policy& policy, const sla_program& program, const condition_schema& schema, findings& to) {
  bool all_taken = false;
  for (std::size_t i = 0; i < program.targets.size(); ++i) {
    const sla_program::target_row& row = program.targets[i];
    const std::string path = "/targets/" + std::to_string(i);
    if (all_taken) to.error(path + ": it never gets its turn, for one before it always matches");
    if (row.when) {
      const condition* const alone[] = {&*row.when};
      if (detail::can_hold(alone, schema) == answer::no) to.error(path + "/when: it never holds");
    }
    for (std::size_t before = 0; before < i; ++before) {
      if (policy.targets[before].priority == row.priority && policy.targets[before].when == policy.targets[i].when &&
          policy.targets[before].date_field.empty() && (row.when || row.priority != priority::unset)) {
        to.error(path + ": it never gets its turn, for /targets/" + std::to_string(before) + " has the same condition");
      }
    }
    all_taken = all_taken || (!row.when && row.priority == priority::unset && row.target.kind != target_kind::date);
  }
}

void lint_threshold(const sla_policy& policy, std::size_t index, findings& to) {
  const sla_threshold& threshold = policy.thresholds[index];
  const std::string path = "/thresholds/" + std::to_string(index);
  const int given = (threshold.percent ? 1 : 0) + (threshold.before ? 1 : 0) + (threshold.after ? 1 : 0);
  if (given != 1)
    return to.error(path + ": one of percent, before and after is needed, " + std::to_string(given) + " are given");
  if (threshold.notify.empty() && threshold.escalate.empty() && threshold.name.empty()) {
    to.warning(path + ": it has no name and does nothing");
  }
  for (std::size_t i = 0; i < policy.targets.size(); ++i) {
    const sla_target& target = policy.targets[i];
    const std::string of = " of /targets/" + std::to_string(i);
    if (threshold.percent && threshold.percent.value > 100 && !target.duration) {
      to.error(path + ": more than 100 percent" + of + " is never reached, for it is a date");
    }
    if (threshold.before && target.duration && threshold.before.us > target.duration.us) {
      to.error(path + ": it is never reached on the way, for it lies before the start" + of);
    }
  }
}

void lint_pauses(const sla_policy& policy, findings& to) {
  const bool listed = policy.pauses == pause_rule::listed;
  if (listed && policy.pause_reasons.empty()) to.warning("/pause_reasons: none is listed, so that no hold pauses it");
  if (!listed && !policy.pause_reasons.empty()) to.error("/pause_reasons: they are read only where pauses is listed");
}

std::string key_and(const sla_policy& a, const sla_policy& b) { return quoted(a.key) + " and " + quoted(b.key); }

bool compete(const sla_policy& a, const sla_policy& b) {
  return !a.withdrawn && !b.withdrawn && a.kind == b.kind && a.metric == b.metric && a.metric != clock_metric::custom &&
         a.precedence == b.precedence && audience_of(a) == audience_of(b) && holder_of(a) == holder_of(b);
}

void lint_pair(const sla_policy& a, const sla_program& of_a, const sla_policy& b, const sla_program& of_b,
               const condition_schema& schema, findings& to) {
  const std::string what = key_and(a, b) + " are two policies for one metric and population, of one precedence";
  std::vector<const condition*> conditions;
  if (of_a.where) conditions.push_back(&*of_a.where);
  if (of_b.where) conditions.push_back(&*of_b.where);
  switch (a.where == b.where ? answer::yes : detail::can_hold(conditions, schema)) {
    case answer::yes:
      return to.error(what);
    case answer::undecided:
      return to.undecided("it cannot be decided by cases whether " + what);
    case answer::no:
      return;
  }
}

}  // namespace

std::span<const std::string_view> choices(sla_finding_kind) {
  static constexpr std::string_view all[] = {"error", "warning", "undecided"};
  return all;
}

std::vector<sla_finding> lint(const sla_policy& policy, const condition_schema& schema,
                              const calendar_lookup& calendars) {
  findings to;
  if (policy.targets.empty()) to.error("/targets: it grants nothing");
  try {
    const sla_program program = compile_policy(policy, schema);
    if (program.where) {
      const condition* const alone[] = {&*program.where};
      if (detail::can_hold(alone, schema) == answer::no) to.error("/where: it covers no record, for it never holds");
    }
    lint_custom(policy, program, schema, to);
    lint_targets(policy, program, schema, to);
  } catch (const error& e) {
    to.error(e.what());
  }
  lint_calendar(policy, calendars, to);
  lint_pauses(policy, to);
  if (policy.starts != update_start::unset && policy.metric != clock_metric::update) {
    to.error("/starts: only the clock of the metric update starts by choice");
  }
  for (std::size_t i = 0; i < policy.thresholds.size(); ++i) lint_threshold(policy, i, to);
  return to.take();
}

std::vector<sla_finding> lint(std::span<const sla_policy> policies, const condition_schema& schema) {
  findings to;
  std::vector<sla_program> programs;
  for (const sla_policy& policy : policies) programs.push_back(compile_policy(policy, schema));
  std::size_t looked_at = 0;
  for (std::size_t a = 0; a < policies.size(); ++a) {
    for (std::size_t b = a + 1; b < policies.size(); ++b) {
      if (!compete(policies[a], policies[b])) continue;
      if (++looked_at > pairs_looked_at_max) {
        to.undecided("more than " + std::to_string(pairs_looked_at_max) + " pairs of policies compete");
        return to.take();
      }
      lint_pair(policies[a], programs[a], policies[b], programs[b], schema, to);
    }
  }
  return to.take();
}

}  // namespace tocsin::inline v1
