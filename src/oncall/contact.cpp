#include <tocsin/oncall/contact.hpp>

#include <algorithm>
#include <optional>
#include <set>

#include <tocsin/oncall/week_mask.hpp>

namespace tocsin::inline v1 {
namespace {

// Bounds of a week of windows, with clock changes between them, are met long before: what has not ended never does.
constexpr std::size_t quiet_bounds_max = 2 * 7 * limits::weekly_windows_max;

bool is_for(const contact_rule& rule, urgency u) { return rule.urgency == urgency::unset || rule.urgency == u; }

std::optional<std::size_t> usable_method(const contact_profile& profile, const std::string& key) {
  const auto found = std::ranges::find(profile.methods, key, &contact_method::key);
  if (found == profile.methods.end() || found->disabled) return {};
  return static_cast<std::size_t>(found - profile.methods.begin());
}

bool comes_through(const contact_profile& profile, severity s) {
  return s != severity::unset && profile.quiet_override != severity::unset && s <= profile.quiet_override;
}

// The first instant from that one on at which it is not quiet; `never` if it always is.
instant end_of_quiet(const week_mask& quiet, const zone& where, instant at) {
  for (std::size_t i = 0; i < quiet_bounds_max && at != never; ++i) {
    if (!quiet.covers(where.to_local(at))) return at;
    at = next_change(quiet, where, at);
  }
  return never;
}

std::vector<contact_attempt> attempts_by_rules(const contact_profile& profile, urgency u, instant reached) {
  std::vector<contact_attempt> result;
  for (const contact_rule& rule : profile.rules) {
    const auto method = usable_method(profile, rule.method);
    if (is_for(rule, u) && method) result.push_back({reached + rule.after, *method});
  }
  for (std::size_t i = 0; profile.rules.empty() && i < profile.methods.size(); ++i) {
    if (!profile.methods[i].disabled) result.push_back({reached, i});
  }
  return result;
}

static_assert(static_cast<int>(priority::critical) == static_cast<int>(severity::sev1) &&
              static_cast<int>(priority::planning) == static_cast<int>(severity::sev5));

}  // namespace

std::span<const std::string_view> choices(contact_kind) {
  static constexpr std::string_view all[] = {"push", "call", "text_message", "mail", "chat", "pager", "webhook"};
  return all;
}

std::span<const field_row> contact_method::fields() {
  static constexpr field_row rows[] = {
      row<&contact_method::key>("key", "Key by which rules name the method", required, one_line,
                                max_length(limits::key_length_max)),
      row<&contact_method::kind>("kind", "What it is", required),
      row<&contact_method::address>("address", "Number, address or handle", personal, one_line),
      row<&contact_method::disabled>("disabled", "It is kept, but not used"),
  };
  return rows;
}

std::span<const field_row> contact_rule::fields() {
  static constexpr field_row rows[] = {
      row<&contact_rule::method>("method", "Key of the method that is tried", required, one_line,
                                 max_length(limits::key_length_max)),
      row<&contact_rule::after>("after", "How long after the page reached the person; none: at once",
                                range{0, limits::contact_delay_max_us}),
      row<&contact_rule::urgency>("urgency", "Urgency of the pages it is for; none: all"),
  };
  return rows;
}

std::span<const field_row> contact_profile::fields() {
  static constexpr field_row rows[] = {
      row<&contact_profile::person>("person", "Key of the person", required, one_line,
                                    max_length(limits::key_length_max)),
      row<&contact_profile::zone>("zone", "Time zone in which quiet hours are read, an IANA name", one_line),
      row<&contact_profile::methods>("methods", "How the person may be reached",
                                     max_length(limits::contact_methods_max)),
      row<&contact_profile::rules>("rules", "What is tried when; none: every method at once",
                                   max_length(limits::contact_rules_max)),
      row<&contact_profile::quiet_hours>("quiet_hours", "What would come in these hours comes at their end",
                                         max_length(limits::weekly_windows_max)),
      row<&contact_profile::quiet_override>("quiet_override",
                                            "Pages of this severity, or a graver one, come all the same"),
  };
  return rows;
}

std::vector<std::string> lint(const contact_profile& profile, const zone_data& zones) {
  std::vector<std::string> findings;
  if (!profile.zone.empty() && !zones.find(profile.zone)) {
    findings.push_back("/zone: the zone \"" + profile.zone + "\" is unknown");
  }
  if (profile.zone.empty() && !profile.quiet_hours.empty()) {
    findings.push_back("/zone: quiet hours need one to be read in");
  }
  std::set<std::string> keys;
  for (const contact_method& method : profile.methods) {
    if (!keys.insert(method.key).second) findings.push_back("/methods: \"" + method.key + "\" is there twice");
  }
  for (std::size_t i = 0; i < profile.rules.size(); ++i) {
    if (!keys.contains(profile.rules[i].method)) {
      findings.push_back("/rules/" + std::to_string(i) + "/method: \"" + profile.rules[i].method + "\" is no method");
    }
  }
  lint(profile.quiet_hours, "/quiet_hours", findings);
  return findings;
}

severity gravity_of(severity s, priority p) { return s != severity::unset ? s : static_cast<severity>(p); }

std::vector<contact_attempt> attempts(const contact_profile& profile, urgency u, severity s, instant reached,
                                      const zone_data& zones) {
  std::vector<contact_attempt> result = attempts_by_rules(profile, u, reached);
  if (!profile.quiet_hours.empty() && !comes_through(profile, s)) {
    const zone where = zones.get(profile.zone);
    const week_mask quiet(profile.quiet_hours);
    for (contact_attempt& attempt : result) {
      const instant at = end_of_quiet(quiet, where, attempt.at);
      attempt.put_off = at != attempt.at;
      attempt.at = at;
    }
    std::erase_if(result, [](const contact_attempt& attempt) { return attempt.at == never; });
  }
  std::ranges::stable_sort(result, {}, &contact_attempt::at);
  return result;
}

bool is_reachable(const contact_profile& profile, urgency u) {
  return !attempts_by_rules(profile, u, instant_min).empty();
}

}  // namespace tocsin::inline v1
