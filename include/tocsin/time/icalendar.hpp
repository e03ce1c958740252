// iCalendar (RFC 5545): a bounded reader of its lines, properties and components, and a writer. What the properties
// mean is left to whoever asks: holidays are in icalendar_holidays.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/time/civil.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/local_time.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t icalendar_bytes_max = 4u << 20;
inline constexpr std::size_t icalendar_line_bytes_max = 64u << 10;  // one content line, unfolded
inline constexpr std::size_t icalendar_properties_max = 200'000;    // of the whole text
inline constexpr std::size_t icalendar_parameters_max = 50;         // of one property
inline constexpr std::size_t icalendar_depth_max = 8;               // components inside one another
}  // namespace limits

struct icalendar_parameter {
  std::string name;                 // in capitals
  std::vector<std::string> values;  // without quotes, ^-escapes resolved (RFC 6868)
};

struct icalendar_property {
  std::string name;  // in capitals
  std::vector<icalendar_parameter> parameters;
  std::string value;     // as it stands: text in it is still escaped
  std::size_t line = 0;  // where it begins, from 1

  // The first value of a parameter, empty without it.
  std::string_view parameter(std::string_view of_name) const;
};

struct icalendar_component {
  std::string name;  // in capitals: "VCALENDAR", "VEVENT"
  std::vector<icalendar_property> properties;
  std::vector<icalendar_component> components;
  std::size_t line = 0;

  // The first property of that name, or nullptr.
  const icalendar_property* find(std::string_view property) const;
};

// The components at the top of the text, VCALENDARs as a rule. Lines may end in LF alone. An error
// "icalendar.malformed" with the line, or "icalendar.too_large" with the limit.
std::vector<icalendar_component> read_icalendar(std::string_view text);

// A value of type TEXT, or the parts of a list of them, unescaped.
std::string icalendar_text(std::string_view value);
std::vector<std::string> icalendar_text_list(std::string_view value);
// The parts between commas, as they stand.
std::vector<std::string_view> icalendar_list(std::string_view value);

// DATE and DATE-TIME: "20261225", "20261225T090000", "20261225T080000Z". In which zone a time without 'Z' is meant, TZID
// says.
struct icalendar_time {
  local_time local;
  bool has_time = false;  // else a date, `local` is its midnight
  bool utc = false;
};
// False if the value is none, or lies outside of 1900 to 2199.
bool read_icalendar_time(std::string_view value, icalendar_time& to);
// "P15DT5H0M20S", "-PT10M", "P7W": days of 24 hours.
bool read_icalendar_duration(std::string_view value, duration& to);

// ---- writing

// Writes content lines, folded at 75 octets between characters, each ended by CR LF.
class icalendar_writer {
 public:
  void begin(std::string_view component);
  void end(std::string_view component);

  // `parameters` stands between name and ':', as ";VALUE=DATE"; `value` is written as it is.
  void property(std::string_view name, std::string_view value, std::string_view parameters = {});
  void text(std::string_view name, std::string_view value);                         // escaped
  void date(std::string_view name, civil_date value);                               // with VALUE=DATE
  void utc_time(std::string_view name, instant value);                              // whole seconds, with Z
  void zoned_time(std::string_view name, local_time value, std::string_view zone);  // with TZID

  const std::string& str() const { return out_; }

 private:
  void line(std::string_view text);

  std::string out_;
};

// For a parameter's value: in quotes if it needs them, with ^-escapes (RFC 6868).
std::string icalendar_parameter_value(std::string_view value);

}  // namespace tocsin::inline v1
