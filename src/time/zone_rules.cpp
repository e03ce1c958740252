#include "zone_rules.hpp"

#include <algorithm>
#include <string>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1::detail {
namespace {

constexpr std::size_t kinds_max = 256;

bool is_alphanumeric(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

[[noreturn]] void refuse(const std::string& what) {
  throw error{status::corrupt, "zone.malformed", "a time zone is malformed: " + what};
}

void check(const local_offset& offset) {
  if (offset.utc_offset_s < -utc_offset_s_max || offset.utc_offset_s > utc_offset_s_max) {
    refuse("an offset of " + std::to_string(offset.utc_offset_s) + " seconds (allowed: up to 23:59 hours)");
  }
  if (!is_abbreviation(offset.abbreviation)) {
    refuse("an abbreviation of other signs than letters, digits, '+' and '-'");
  }
}

std::uint8_t kind_of(zone_rules& rules, const local_offset& offset) {
  const auto found = std::find(rules.offsets.begin(), rules.offsets.end(), offset);
  const auto kind = static_cast<std::size_t>(found - rules.offsets.begin());
  if (found == rules.offsets.end()) {
    check(offset);
    if (kind == kinds_max) refuse("more than " + std::to_string(kinds_max) + " kinds of offset");
    rules.offsets.push_back(offset);
  }
  return static_cast<std::uint8_t>(kind);
}

}  // namespace

std::size_t zone_rules::period_at(std::int64_t us) const {
  const auto after = std::upper_bound(starts_us.begin() + 1, starts_us.end(), us);
  return static_cast<std::size_t>(after - starts_us.begin()) - 1;
}

zone_rules begin_rules(const local_offset& initial) {
  zone_rules rules;
  kind_of(rules, initial);
  return rules;
}

void append_transition(zone_rules& rules, std::int64_t at_s, const local_offset& following) {
  if (at_s >= rules_end_s) return;
  const std::uint8_t kind = kind_of(rules, following);
  if (at_s < rules_begin_s) {
    rules.kinds.front() = kind;
    return;
  }
  if (rules.starts_us.back() == at_s * second.us) {
    rules.starts_us.pop_back();
    rules.kinds.pop_back();
  }
  if (rules.kinds.back() == kind) return;
  rules.starts_us.push_back(at_s * second.us);
  rules.kinds.push_back(kind);
}

bool is_zone_name(std::string_view name) {
  constexpr std::size_t size_max = 64;
  const auto belongs = [](char c) { return is_alphanumeric(c) || c == '/' || c == '_' || c == '+' || c == '-'; };
  return !name.empty() && name.size() <= size_max && std::all_of(name.begin(), name.end(), belongs);
}

bool is_abbreviation(std::string_view text) {
  const auto belongs = [](char c) { return is_alphanumeric(c) || c == '+' || c == '-'; };
  return !text.empty() && std::all_of(text.begin(), text.end(), belongs);
}

}  // namespace tocsin::inline v1::detail
