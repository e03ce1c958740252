#include <tocsin/base/error.hpp>
#include <tocsin/sla/clock.hpp>

#include "clock_fold.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

threshold_mark mark_of(const sla_threshold& threshold) {
  const int given = (threshold.percent ? 1 : 0) + (threshold.before ? 1 : 0) + (threshold.after ? 1 : 0);
  if (given != 1) {
    throw error(status::invalid_argument, "sla_policy.threshold",
                "threshold \"" + threshold.name + "\" has " + std::to_string(given) +
                    " of percent, before and after, allowed is one");
  }
  if (threshold.percent) return {.is_percent = true, .value = threshold.percent.value};
  return {.is_percent = false, .value = threshold.before ? -threshold.before.us : threshold.after.us};
}

std::string shown(optional_duration d) {
  char text[text_form::size_max];
  return {text, text_form_of(d).write(d.us, text)};
}

// One without a name is called what it is.
std::string name_of(const sla_threshold& threshold) {
  if (!threshold.name.empty()) return threshold.name;
  if (threshold.percent) return std::to_string(threshold.percent.value) + " %";
  return threshold.before ? shown(threshold.before) + " before" : shown(threshold.after) + " after";
}

hold_reason_ref reason_of(const std::string& name, const lexicon& words) {
  const hold_reason_ref reason{words.find(word_kind::hold_reason, name)};
  if (reason) return reason;
  throw error(status::not_found, "sla_policy.pause_reason", "there is no hold reason \"" + name + "\"");
}

void add_share(std::vector<clock_share>& shares, const clock_share& share) {
  const auto found = std::ranges::find_if(
      shares, [&](const clock_share& s) { return s.team == share.team && s.assignee == share.assignee; });
  if (found == shares.end()) {
    shares.push_back(share);
  } else {
    found->elapsed = found->elapsed + share.elapsed;
  }
}

}  // namespace

std::span<const std::string_view> choices(clock_notice_kind) {
  static constexpr std::string_view all[] = {"threshold", "breach", "breach_lifted"};
  return all;
}

clock_rules rules_of(const sla_policy& policy, sla_policy_ref number, std::uint32_t version, const lexicon& words) {
  clock_rules rules{.policy = number,
                    .version = version,
                    .metric = policy.metric,
                    .audience = audience_of(policy),
                    .holder = holder_of(policy),
                    .pauses = policy.pauses == pause_rule::unset ? pause_rule::all : policy.pauses,
                    .pause_reasons = {},
                    .thresholds = {},
                    .on_reopen = policy.on_reopen,
                    .comes_back = policy.comes_back,
                    .excludes_maintenance = policy.excludes_maintenance,
                    .starts = start_of(policy)};
  for (const std::string& reason : policy.pause_reasons) rules.pause_reasons.push_back(reason_of(reason, words));
  for (const sla_threshold& threshold : policy.thresholds) {
    rules.thresholds.push_back(mark_of(threshold));
    rules.threshold_names.push_back(name_of(threshold));
  }
  return rules;
}

clock_reading read_clock(const sla_clock& c, const clock_history& history, instant as_of) {
  detail::clock_fold fold(c, history, as_of);
  fold.finish();
  return fold.reading();
}

std::vector<clock_reading> read_cycles(const sla_clock& c, const clock_history& history, instant as_of) {
  detail::clock_fold fold(c, history, as_of);
  fold.finish();
  std::vector<clock_reading> result = fold.cycles();
  if (fold.attached()) result.push_back(fold.reading());
  return result;
}

std::vector<clock_notice> notices_of(const sla_clock& c, const clock_history& history, instant as_of) {
  detail::clock_fold fold(c, history, as_of);
  fold.finish();
  return fold.notices();
}

std::vector<clock_share> attribute(const sla_clock& c, const clock_history& history, instant as_of) {
  const detail::clock_fold fold(c, history, as_of);
  std::vector<clock_share> shares;
  clock_share holder;
  auto fact = history.facts.begin();
  for (const detail::flow_span& span : fold.spans()) {
    for (; fact != history.facts.end() && fact->at <= span.from; ++fact) {
      if (fact->kind == clock_fact_kind::assigned) holder = {fact->team, fact->person, {}};
    }
    if (!fold.counts(span)) continue;
    holder.elapsed = fold.counting(span).between(span.from, span.to);
    if (holder.elapsed.us != 0) add_share(shares, holder);
  }
  return shares;
}

}  // namespace tocsin::inline v1
