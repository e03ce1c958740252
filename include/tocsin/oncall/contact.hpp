// How a person is reached: contact methods, personal rules, and quiet hours that a severity may override (O4, R-C30).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t contact_methods_max = 50;
inline constexpr std::size_t contact_rules_max = 100;
inline constexpr std::int64_t contact_delay_max_us = 30 * day.us;
}  // namespace limits

enum class contact_kind : std::uint8_t { unset, push, call, text_message, mail, chat, pager, webhook };
std::span<const std::string_view> choices(contact_kind);

struct contact_method {
  std::string key;
  contact_kind kind = contact_kind::unset;
  std::string address;
  bool disabled = false;  // kept, but not used

  static std::span<const field_row> fields();
};

// That method is tried that long after the page reached the person.
struct contact_rule {
  std::string method;  // key of a method
  duration after;
  tocsin::urgency urgency = urgency::unset;  // of the page; unset: any

  static std::span<const field_row> fields();
};

struct contact_profile {
  std::string person;  // key
  std::string zone;    // IANA name, in which quiet hours are read
  std::vector<contact_method> methods;
  std::vector<contact_rule> rules;            // none: every method at once
  std::vector<weekly_window> quiet_hours;     // what would come then comes at their end
  severity quiet_override = severity::unset;  // pages of this gravity, or a graver one, come all the same; unset: none

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// It has the key of its person.
inline const std::string& key_of(const contact_profile& profile) { return profile.person; }

std::vector<std::string> lint(const contact_profile& profile, const zone_data& zones = zone_data::bundled());

struct contact_attempt {
  instant at;
  std::size_t method = 0;  // place in the profile's methods
  bool put_off = false;    // quiet hours moved it

  friend bool operator==(const contact_attempt&, const contact_attempt&) = default;
};

// How grave a page is: the severity, or where that is not set what the priority stands for (critical is sev1, planning
// sev5).
severity gravity_of(severity s, priority p);

// What is tried, and when, for a page that reached the person at that instant and that nobody acknowledges: by instant,
// then in the order of the rules. Quiet hours that never end leave nothing.
std::vector<contact_attempt> attempts(const contact_profile& profile, tocsin::urgency u, severity s, instant reached,
                                      const zone_data& zones = zone_data::bundled());

// Is there a method that some page of this urgency would use?
bool is_reachable(const contact_profile& profile, tocsin::urgency u);

}  // namespace tocsin::inline v1
