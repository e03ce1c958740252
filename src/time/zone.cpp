#include <tocsin/time/zone.hpp>

#include <tocsin/time/rfc3339.hpp>

#include "zone_rules.hpp"

namespace tocsin::inline v1 {
local_offset zone::offset_at(instant t) const noexcept { return rules_->offset_of(rules_->period_at(t.us)); }

local_time zone::to_local(instant t) const noexcept { return {t.us + rules_->offset_us(rules_->period_at(t.us))}; }

// Offsets are less than a day, so only the periods within a day of what the clock shows can show it.
local_instants zone::from_local(local_time local) const noexcept {
  const std::size_t last_period = rules_->period_at(local.us + day.us);
  std::optional<instant> earliest, latest, jump;
  for (std::size_t period = rules_->period_at(local.us - day.us); period <= last_period; ++period) {
    const instant t{local.us - rules_->offset_us(period)};
    const bool begun = t.us >= rules_->start_us(period);
    const bool ended = t.us >= rules_->end_us(period);
    if (!begun && !jump) jump = instant{rules_->start_us(period)};
    if (begun && !ended) (earliest ? latest : earliest) = t;
  }
  if (latest) return {local_kind::repeated, *earliest, *latest};
  if (earliest) return {local_kind::unique, *earliest, *earliest};
  return {local_kind::skipped, *jump, *jump};
}

instant zone::next_transition(instant t) const noexcept {
  const instant next{rules_->end_us(rules_->period_at(t.us))};
  return next <= instant_max ? next : never;
}

std::string to_rfc3339(instant t, const zone& where) {
  const auto offset_minutes = floor_div(where.offset_at(t).utc_offset_s + 30, 60);
  return std::string{std::string_view{to_rfc3339(t, static_cast<std::int32_t>(offset_minutes))}};
}

}  // namespace tocsin::inline v1
