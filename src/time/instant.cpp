#include <tocsin/time/instant.hpp>

#include <tocsin/time/rfc3339.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace tocsin::inline v1 {
namespace {

bool read_instant(std::string_view text, std::int64_t& value) {
  const auto parsed = parse_rfc3339(text);
  if (!parsed) return false;
  value = parsed->us;
  return true;
}

bool read_stored_instant(std::string_view text, std::int64_t& value) {
  const auto parsed = parse_any_rfc3339(text);
  if (!parsed) return false;
  value = parsed->us;
  return true;
}

std::size_t write_instant(std::int64_t value, char* to) {
  const rfc3339_text text = to_rfc3339(instant{value});
  std::memcpy(to, text.data, text.size);
  return text.size;
}

struct unit {
  char letter;
  std::int64_t us;
};

constexpr unit date_units[] = {{'W', 7 * day.us}, {'D', day.us}};
constexpr unit time_units[] = {{'H', hour.us}, {'M', minute.us}, {'S', second.us}};
constexpr std::int64_t duration_max_us = 400'000 * day.us;

// Up to six digits of a fraction, as microseconds of a second.
bool read_fraction(std::string_view& text, std::int64_t& us) {
  us = 0;
  std::int64_t place = second.us;
  std::size_t i = 0;
  for (; i < text.size() && text[i] >= '0' && text[i] <= '9'; ++i) {
    if (place == 1) return false;
    place /= 10;
    us += place * (text[i] - '0');
  }
  text.remove_prefix(i);
  return i != 0;
}

// Numbers with rising units out of these, each at most once.
template <std::size_t N>
bool read_units(std::string_view& text, const unit (&units)[N], std::int64_t& total, bool& any) {
  std::size_t next = 0;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    std::int64_t count = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (problem != std::errc{}) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    std::int64_t fraction = 0;
    const bool has_fraction = !text.empty() && text.front() == '.';
    if (has_fraction) {
      text.remove_prefix(1);
      if (!read_fraction(text, fraction)) return false;
    }
    if (text.empty()) return false;
    while (next < N && units[next].letter != text.front()) ++next;
    if (next == N || (has_fraction && units[next].letter != 'S')) return false;
    if (count > (duration_max_us - total) / units[next].us) return false;
    total += count * units[next].us + fraction;
    ++next;
    any = true;
    text.remove_prefix(1);
  }
  return true;
}

bool read_duration(std::string_view text, std::int64_t& value) {
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.remove_prefix(1);
  if (text.empty() || text.front() != 'P') return false;
  text.remove_prefix(1);
  std::int64_t total = 0;
  bool any = false;
  if (!read_units(text, date_units, total, any)) return false;
  if (!text.empty()) {
    if (text.front() != 'T') return false;
    text.remove_prefix(1);
    bool any_time = false;
    if (!read_units(text, time_units, total, any_time) || !any_time) return false;
    any = true;
  }
  if (!text.empty() || !any) return false;
  value = negative ? -total : total;
  return true;
}

char* put(char* to, std::int64_t count, char letter) {
  to = std::to_chars(to, to + 20, count).ptr;
  *to++ = letter;
  return to;
}

char* put_seconds(char* to, std::int64_t us) {
  to = std::to_chars(to, to + 20, us / second.us).ptr;
  std::int64_t fraction = us % second.us;
  if (fraction != 0) {
    *to++ = '.';
    for (std::int64_t place = second.us / 10; fraction != 0; place /= 10) {
      *to++ = static_cast<char>('0' + fraction / place);
      fraction %= place;
    }
  }
  *to++ = 'S';
  return to;
}

std::size_t write_duration(std::int64_t value, char* const start) {
  char* to = start;
  if (value < 0) *to++ = '-';
  std::int64_t us = std::abs(std::max(value, -duration_max_us));
  *to++ = 'P';
  if (us >= day.us) to = put(to, us / day.us, 'D');
  us %= day.us;
  if (us != 0 || value == 0) {
    *to++ = 'T';
    if (us >= hour.us) to = put(to, us / hour.us, 'H');
    us %= hour.us;
    if (us >= minute.us) to = put(to, us / minute.us, 'M');
    us %= minute.us;
    if (us != 0 || value == 0) to = put_seconds(to, us);
  }
  return static_cast<std::size_t>(to - start);
}

}  // namespace

const text_form& text_form_of(instant) {
  static constexpr text_form form{"an RFC 3339 date-time from 1900 to 2199, as 2026-11-22T08:00:00Z", "date-time",
                                  read_instant, write_instant, read_stored_instant};
  return form;
}

const text_form& text_form_of(duration) {
  static constexpr text_form form{"an ISO 8601 duration without months and years, as P14D or PT1H30M", "duration",
                                  read_duration, write_duration};
  return form;
}

}  // namespace tocsin::inline v1
