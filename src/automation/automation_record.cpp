#include <tocsin/automation/automation_record.hpp>

#include <tocsin/automation/automation_rule.hpp>

#include <algorithm>
#include <limits>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_length{limits::key_length_max};

// Of the hour in which `now` is. An hour begins with a run.
std::uint32_t runs_in_hour(const record_automation& on, instant now) {
  const bool goes_on = is_set(on.automation_hour) && on.automation_hour <= now && is_acceptable(on.automation_hour) &&
                       now < on.automation_hour + hour;
  return goes_on ? on.automation_hour_runs : 0;
}

}  // namespace

std::span<const field_row> queued_automation::fields() {
  using self = queued_automation;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Its number on this record, from 1"),
      row<&self::rule>("rule", "Rule that runs"),
      row<&self::rule_version>("rule_version", "Version of the rule that began"),
      row<&self::chain>("chain", "Rules whose actions led to it, the first one first",
                        max_length{limits::automation_chain_max}),
      row<&self::actions_taken>("actions_taken", "How many of its actions have been taken"),
  };
  return rows;
}

std::span<const field_row> automation_suspension::fields() {
  using self = automation_suspension;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Rule that does not run; none: no rule does"),
      row<&self::reason>("reason", "Why", erasable, full_text),
      row<&self::until>("until", "Until when; none: until somebody resumes it"),
      row<&self::by>("by", "Who suspended it"),
      row<&self::since>("since", "When"),
  };
  return rows;
}

std::span<const std::string_view> choices(automation_outcome) {
  static constexpr std::string_view all[] = {"succeeded", "failed"};
  return all;
}

std::span<const field_row> automation_request::fields() {
  using self = automation_request;
  static constexpr field_row rows[] = {
      row<&self::request>("request", "Its number on this record, from 1"),
      row<&self::run>("run", "Run that asked for it"),
      row<&self::asked_to_run>("asked_to_run", "Key of what the host was asked to run", one_line, key_length),
      row<&self::asked_at>("asked_at", "When"),
      row<&self::outcome>("outcome", "What came of it; none: nobody has said yet"),
      row<&self::evidence>("evidence", "How that is known", erasable, full_text),
      row<&self::reported_by>("reported_by", "Who said so"),
      row<&self::reported_at>("reported_at", "When"),
  };
  return rows;
}

std::span<const field_row> record_automation::fields() {
  using self = record_automation;
  static constexpr field_row rows[] = {
      row<&self::automation_queue>("automation_queue", "Runs of automation rules that wait, in order",
                                   max_length{limits::automation_queue_max}),
      row<&self::automation_due>("automation_due", "When the first of them goes on"),
      row<&self::automation_runs>("automation_runs", "How many runs of automation rules began on it"),
      row<&self::automation_hour>("automation_hour", "When the hour began in which runs are counted", unshown),
      row<&self::automation_hour_runs>("automation_hour_runs", "How many began in it", unshown),
      row<&self::automation_suspensions>("automation_suspensions", "Automation rules that do not run on it",
                                         max_length{limits::automation_suspensions_max}),
      row<&self::automation_requests>("automation_requests", "What the host was asked to run, by number",
                                      max_length{limits::automation_requests_max}),
  };
  return rows;
}

std::span<const std::string_view> choices(automation_stop) {
  static constexpr std::string_view all[] = {"suspended", "circular",     "too_deep",    "too_many",
                                             "too_often", "not_in_force", "record_over", "no_room"};
  return all;
}

const automation_suspension* find_suspension(std::span<const automation_suspension> all, automation_rule_ref rule) {
  const automation_suspension* found = nullptr;
  for (const automation_suspension& one : all) {
    if (!one.rule) return &one;
    if (one.rule == rule) found = &one;
  }
  return found;
}

automation_stop guard(const record_automation& on, automation_rule_ref rule, std::span<const automation_rule_ref> chain,
                      instant now) {
  if (find_suspension(on.automation_suspensions, rule)) return automation_stop::suspended;
  if (std::ranges::find(chain, rule) != chain.end()) return automation_stop::circular;
  if (chain.size() >= limits::automation_chain_max) return automation_stop::too_deep;
  if (on.automation_queue.size() >= limits::automation_queue_max) return automation_stop::too_many;
  if (runs_in_hour(on, now) >= limits::automation_runs_per_hour_max) return automation_stop::too_often;
  return automation_stop::unset;
}

void begin_run(record_automation& on, queued_automation run, instant now) {
  const std::uint32_t before = runs_in_hour(on, now);
  if (before == 0) on.automation_hour = now;
  on.automation_hour_runs = before + 1;
  if (on.automation_runs < std::numeric_limits<std::uint32_t>::max()) ++on.automation_runs;
  run.run = on.automation_runs;
  if (on.automation_queue.empty()) on.automation_due = now;
  on.automation_queue.push_back(std::move(run));
}

const queued_automation* find_run(const record_automation& on, std::uint32_t run) {
  const auto found = std::ranges::find(on.automation_queue, run, &queued_automation::run);
  return found == on.automation_queue.end() ? nullptr : &*found;
}

}  // namespace tocsin::inline v1
