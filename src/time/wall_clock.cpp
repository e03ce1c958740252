#include <tocsin/time/wall_clock.hpp>

#include <tocsin/time/rfc3339.hpp>

#include <algorithm>
#include <cstring>
#include <string>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view date_shape = "2026-12-25";
constexpr std::string_view time_shape = "09:00";
constexpr std::string_view time_shape_with_seconds = "09:00:00";

bool read_date(std::string_view text, std::int64_t& value) {
  if (text.size() != date_shape.size()) return false;
  const auto midnight = parse_rfc3339(std::string(text) + "T00:00:00Z");
  if (midnight) value = midnight->us;
  return midnight.has_value();
}

std::size_t write_date(std::int64_t value, char* to) {
  const rfc3339_text text = to_rfc3339(instant{value});
  const std::size_t size = std::min<std::size_t>(text.size, date_shape.size());
  std::memcpy(to, text.data, size);
  return size;
}

// Two digits, or a number above each range that is asked of it.
unsigned two_digits(std::string_view text) {
  const auto tens = static_cast<unsigned>(text[0] - '0');
  const auto ones = static_cast<unsigned>(text[1] - '0');
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : 100;
}

bool read_time(std::string_view text, std::int64_t& value) {
  const bool with_seconds = text.size() == time_shape_with_seconds.size();
  if ((text.size() != time_shape.size() && !with_seconds) || text[2] != ':') return false;
  if (with_seconds && text[5] != ':') return false;
  const unsigned hours = two_digits(text);
  const unsigned minutes = two_digits(text.substr(3));
  const unsigned seconds = with_seconds ? two_digits(text.substr(6)) : 0;
  if (hours > 24 || minutes > 59 || seconds > 59) return false;
  const wall_time time{hours, minutes, seconds};
  if (time > end_of_day) return false;
  value = time.us;
  return true;
}

char* write_two(char* to, std::int64_t number) {
  *to++ = static_cast<char>('0' + number / 10);
  *to++ = static_cast<char>('0' + number % 10);
  return to;
}

std::size_t write_time(std::int64_t value, char* const start) {
  if (value < 0 || value > end_of_day.us) return 0;
  char* to = write_two(start, value / hour.us);
  *to++ = ':';
  to = write_two(to, value % hour.us / minute.us);
  if (value % minute.us != 0) {
    *to++ = ':';
    to = write_two(to, value % minute.us / second.us);
  }
  return static_cast<std::size_t>(to - start);
}

}  // namespace

const text_form& text_form_of(local_date) {
  static constexpr text_form form{"a date from 1900-01-01 to 2199-12-31, as 2026-12-25", "date", read_date, write_date};
  return form;
}

const text_form& text_form_of(wall_time) {
  static constexpr text_form form{"a time of day from 00:00 to 24:00, as 09:00 or 22:30:15", "local-time", read_time,
                                  write_time};
  return form;
}

}  // namespace tocsin::inline v1
