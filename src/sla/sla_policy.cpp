#include <tocsin/base/error.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/sla/sla_policy.hpp>

#include <algorithm>
#include <tuple>

namespace tocsin::inline v1 {
namespace {

using names = std::span<const std::string_view>;

std::optional<condition> compile_if_given(const embedded_json& json, const condition_schema& schema,
                                          const std::string& path) {
  if (!json) return {};
  return compile_condition(json.text, schema, path);
}

std::size_t find_path(const condition_schema& schema, std::string_view path) {
  const auto found = std::ranges::find(schema.paths, path, &condition_path::path);
  return static_cast<std::size_t>(found - schema.paths.begin());
}

[[noreturn]] void refuse_target(const std::string& path, const refused_value& found, const allowed_values& allowed) {
  throw unexpected(status::invalid_argument, "sla_policy.target", path, found, allowed);
}

allowed_values instants_of(const condition_schema& schema) {
  std::vector<std::string> paths;
  for (const condition_path& path : schema.paths) {
    if (path.type->kind == field_kind::instant) paths.emplace_back(path.path);
  }
  std::string words = "an instant: " + joined(paths);
  return {std::move(paths), std::move(words)};
}

// Exactly one form of target.
void compile_form(const sla_target& target, const condition_schema& schema, const std::string& path,
                  sla_program::target_row& to) {
  const int given =
      (target.duration ? 1 : 0) + (target.date_field.empty() ? 0 : 1) + (target.end_of_business_day ? 1 : 0);
  if (given != 1) {
    refuse_target(path, std::to_string(given) + " targets", "one of duration, date_field, end_of_business_day");
  }
  if (target.duration) {
    to.target = {target_kind::duration, target.duration.us};
  } else if (target.end_of_business_day) {
    to.target = {target_kind::business_days, target.end_of_business_day.value};
  } else {
    to.date_path = find_path(schema, target.date_field);
    if (to.date_path == schema.paths.size() || schema.paths[to.date_path].type->kind != field_kind::instant) {
      throw unknown_name(status::invalid_argument, "sla_policy.target", path + "/date_field", target.date_field,
                         instants_of(schema));
    }
    to.target = {target_kind::date, 0};
  }
}

bool holds_if_given(const std::optional<condition>& c, const condition_data& record, instant now, bool otherwise) {
  return c ? holds(*c, record, now) : otherwise;
}

// The record's priority, looked up for the first row that asks for one.
class asked_priority {
 public:
  asked_priority(const condition_data& record, std::size_t path) : record_(record), path_(path) {}

  bool is(priority wanted) {
    if (wanted == priority::unset) return true;
    if (!found_) found_ = record_.value(record_.context, path_, no_instant);
    return found_->given && found_->text == choices(wanted)[static_cast<std::size_t>(wanted) - 1];
  }

 private:
  const condition_data& record_;
  std::size_t path_;
  std::optional<condition_value> found_;
};

// What competes for one clock.
using competition = std::tuple<agreement, clock_metric, visibility, clock_holder, std::string_view>;

competition competition_of(const sla_policy& p) {
  const bool custom = p.metric == clock_metric::custom;
  return {p.kind, p.metric, audience_of(p), holder_of(p), custom ? std::string_view(p.key) : std::string_view{}};
}

bool goes_before(const sla_candidate& a, const clock_target& of_a, const sla_candidate& b, const clock_target& of_b) {
  if (a.policy->precedence != b.policy->precedence) return a.policy->precedence > b.policy->precedence;
  if (a.by_contract != b.by_contract) return a.by_contract;
  if (a.rank != b.rank) return a.rank > b.rank;
  return std::tie(of_a.kind, of_a.value, a.policy->key) < std::tie(of_b.kind, of_b.value, b.policy->key);
}

}  // namespace

names choices(agreement) {
  static constexpr std::string_view all[] = {"sla", "ola", "underpinning_contract"};
  return all;
}

names choices(clock_metric) {
  static constexpr std::string_view all[] = {"response",        "resolution", "update", "assignment",
                                             "acknowledgement", "custom",     "task"};
  return all;
}

names choices(update_start) {
  static constexpr std::string_view all[] = {"response", "opening"};
  return all;
}

names choices(clock_holder) {
  static constexpr std::string_view all[] = {"team", "assignee"};
  return all;
}

names choices(pause_rule) {
  static constexpr std::string_view all[] = {"all", "listed", "none"};
  return all;
}

names choices(calendar_source) {
  static constexpr std::string_view all[] = {"fixed", "service", "caller", "team", "customer"};
  return all;
}

names choices(reopen_treatment) {
  static constexpr std::string_view all[] = {"continue", "count_all", "new_cycle"};
  return all;
}

names choices(return_treatment) {
  static constexpr std::string_view all[] = {"continue", "anew"};
  return all;
}

const text_form& text_form_of(optional_duration) { return text_form_of(duration{}); }

visibility audience_of(const sla_policy& p) {
  return p.metric == clock_metric::update && p.audience == visibility::unset ? visibility::requester : p.audience;
}

update_start start_of(const sla_policy& p) {
  if (p.metric != clock_metric::update || p.starts != update_start::unset) return p.starts;
  return audience_of(p) == visibility::requester ? update_start::response : update_start::opening;
}

clock_holder holder_of(const sla_policy& p) {
  return p.metric == clock_metric::assignment && p.holder == clock_holder::unset ? clock_holder::team : p.holder;
}

std::span<const calendar_source> calendar_sources_of(const sla_policy& p) {
  static constexpr calendar_source fixed[] = {calendar_source::fixed};
  if (!p.calendar_sources.empty()) return p.calendar_sources;
  return p.calendar.empty() ? std::span<const calendar_source>{} : fixed;
}

std::span<const field_row> sla_target::fields() {
  static constexpr field_row rows[] = {
      row<&sla_target::when>("when", "Condition on the record; none: always"),
      row<&sla_target::priority>("priority", "Only for records of this priority"),
      row<&sla_target::duration>("duration", "Open time that the policy grants", range{0, limits::sla_target_max_us}),
      row<&sla_target::date_field>("date_field", "Path of the instant by which it must be done", one_line),
      row<&sla_target::end_of_business_day>("end_of_business_day",
                                            "By the end of the n-th business day after the start's own, which is 0",
                                            range{0, 3650}),
  };
  return rows;
}

std::span<const field_row> sla_threshold::fields() {
  static constexpr field_row rows[] = {
      row<&sla_threshold::name>("name", "Name of the threshold", one_line, max_length(limits::key_length_max)),
      row<&sla_threshold::percent>("percent", "Percent of the target", range{0, limits::sla_percent_max}),
      row<&sla_threshold::before>("before", "Open time before the deadline", range{0, limits::sla_target_max_us}),
      row<&sla_threshold::after>("after", "Open time after the deadline", range{0, limits::sla_target_max_us}),
      row<&sla_threshold::notify>("notify", "Whom it tells: assignee, team, service_owner, caller, or a person's key",
                                  max_length(limits::sla_notified_max)),
      row<&sla_threshold::escalate>("escalate", "Key of the escalation policy that it starts", one_line,
                                    max_length(limits::key_length_max)),
  };
  return rows;
}

std::span<const field_row> sla_on_change::fields() {
  static constexpr field_row rows[] = {
      row<&sla_on_change::priority>("priority", "Of the priority, or what else the targets' conditions read"),
      row<&sla_on_change::contract>("contract", "Of the contract"),
      row<&sla_on_change::service>("service", "Of the service"),
      row<&sla_on_change::calendar>("calendar", "Of the calendar: another one, or a new version"),
      row<&sla_on_change::policy_version>("policy_version", "A new version of the policy"),
  };
  return rows;
}

std::span<const field_row> sla_policy::fields() {
  static constexpr field_row rows[] = {
      row<&sla_policy::key>("key", "Key of the policy", required, one_line, max_length(limits::key_length_max)),
      row<&sla_policy::name>("name", "Name as people know it", one_line),
      row<&sla_policy::kind>("kind", "What kind of agreement it is", required),
      row<&sla_policy::metric>("metric", "What it measures", required),
      row<&sla_policy::where>("where", "Condition on the records that it covers; none: all"),
      row<&sla_policy::precedence>("precedence", "The highest wins where several cover a record for one metric",
                                   range{-1'000'000, 1'000'000}),
      row<&sla_policy::audience>("audience", "Of update: who is to be told; none: the requester"),
      row<&sla_policy::holder>("holder", "Of assignment: whose time it measures; none: the team's"),
      row<&sla_policy::start>("start", "Of custom: condition that starts the clock"),
      row<&sla_policy::pause>("pause", "Of custom: condition under which it pauses, besides holds"),
      row<&sla_policy::stop>("stop", "Of custom: condition that stops it, kept; it goes before pause and start"),
      row<&sla_policy::cancel>("cancel", "Of custom: condition that cancels it; it goes before all others"),
      row<&sla_policy::targets>("targets", "What it grants: the first that matches", required,
                                max_length(limits::sla_targets_max)),
      row<&sla_policy::calendar>("calendar", "Key of the calendar, for the source fixed", one_line,
                                 max_length(limits::key_length_max)),
      row<&sla_policy::calendar_sources>(
          "calendar_sources", "Where its calendar comes from, the first that has one; none: fixed", max_length(5)),
      row<&sla_policy::pauses>("pauses", "Which holds pause it; none: all"),
      row<&sla_policy::pause_reasons>("pause_reasons", "Hold reasons that pause it, where pauses is listed",
                                      max_length(200)),
      row<&sla_policy::thresholds>("thresholds", "Points on the way, and what is to happen at them",
                                   max_length(limits::sla_thresholds_max)),
      row<&sla_policy::on_change>("on_change", "What changes in mid-flight do, each: recompute where it is not said"),
      row<&sla_policy::on_reopen>("on_reopen", "What a reopening does; none: continue"),
      row<&sla_policy::comes_back>("comes_back",
                                   "Of assignment: what becomes of it when the record comes back; none: continue"),
      row<&sla_policy::excludes_maintenance>("excludes_maintenance",
                                             "Agreed maintenance of the service does not count"),
      row<&sla_policy::withdrawn>("withdrawn", "It covers no record any more"),
      row<&sla_policy::starts>(
          "starts",
          "Of update: when it starts; none: for the requester with the response, for others at the "
          "opening"),
  };
  return rows;
}

bool sla_program::timed() const {
  const auto is_timed = [](const std::optional<condition>& c) { return c && c->timed; };
  return is_timed(where) || is_timed(start) || is_timed(pause) || is_timed(stop) || is_timed(cancel) ||
         std::ranges::any_of(targets, [&](const target_row& t) { return is_timed(t.when); });
}

std::vector<condition_word> sla_program::words() const {
  std::vector<condition_word> result;
  const auto take = [&](const std::optional<condition>& c) {
    if (c) result.insert(result.end(), c->words.begin(), c->words.end());
  };
  for (const auto* c : {&where, &start, &pause, &stop, &cancel}) take(*c);
  for (const target_row& target : targets) take(target.when);
  return result;
}

sla_program compile_policy(const sla_policy& policy, const condition_schema& schema) {
  sla_program program{.where = compile_if_given(policy.where, schema, "/where"),
                      .start = compile_if_given(policy.start, schema, "/start"),
                      .pause = compile_if_given(policy.pause, schema, "/pause"),
                      .stop = compile_if_given(policy.stop, schema, "/stop"),
                      .cancel = compile_if_given(policy.cancel, schema, "/cancel"),
                      .targets = {},
                      .priority_path = find_path(schema, "priority")};
  for (std::size_t i = 0; i < policy.targets.size(); ++i) {
    const sla_target& target = policy.targets[i];
    const std::string path = "/targets/" + std::to_string(i);
    sla_program::target_row row{
        .when = compile_if_given(target.when, schema, path + "/when"), .priority = target.priority, .target = {}};
    if (target.priority != priority::unset && program.priority_path == schema.paths.size()) {
      refuse_target(path + "/priority", "a priority", "none, for the records have none");
    }
    compile_form(target, schema, path, row);
    program.targets.push_back(std::move(row));
  }
  return program;
}

bool covers(const sla_program& program, const condition_data& record, instant now) noexcept {
  return holds_if_given(program.where, record, now, true);
}

std::optional<clock_target> target_for(const sla_program& program, const condition_data& record, instant now) noexcept {
  asked_priority of_record(record, program.priority_path);
  for (const sla_program::target_row& row : program.targets) {
    if (!of_record.is(row.priority) || !holds_if_given(row.when, record, now, true)) continue;
    if (row.target.kind != target_kind::date) return row.target;
    const condition_value date = record.value(record.context, row.date_path, now);
    if (date.given) return clock_target{target_kind::date, date.number};
  }
  return {};
}

condition_truths truths_for(const sla_program& program, const condition_data& record, instant now) noexcept {
  return {.start = holds_if_given(program.start, record, now, false),
          .pause = holds_if_given(program.pause, record, now, false),
          .stop = holds_if_given(program.stop, record, now, false),
          .cancel = holds_if_given(program.cancel, record, now, false)};
}

std::vector<sla_choice> choose_policies(std::span<const sla_candidate> candidates, const condition_data& record,
                                        instant now) {
  std::vector<sla_choice> result;
  result.reserve(candidates.size());
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (candidates[i].policy->withdrawn || !covers(*candidates[i].program, record, now)) continue;
    if (const auto target = target_for(*candidates[i].program, record, now)) result.push_back({i, *target});
  }
  if (result.size() < 2) return result;
  // Those that compete stand together, the best of them first.
  std::ranges::sort(result, [&](const sla_choice& a, const sla_choice& b) {
    const sla_candidate& of_a = candidates[a.candidate];
    const sla_candidate& of_b = candidates[b.candidate];
    const competition for_a = competition_of(*of_a.policy);
    const competition for_b = competition_of(*of_b.policy);
    return for_a != for_b ? for_a < for_b : goes_before(of_a, a.target, of_b, b.target);
  });
  const auto beaten = std::ranges::unique(
      result, {}, [&](const sla_choice& c) { return competition_of(*candidates[c.candidate].policy); });
  result.erase(beaten.begin(), beaten.end());
  std::ranges::sort(result, {}, &sla_choice::candidate);
  return result;
}

}  // namespace tocsin::inline v1
