#include <moment.hpp>

#include <charconv>
#include <chrono>
#include <cstdio>

#include <tocsin.hpp>

namespace shell {
namespace {

using namespace std::chrono;

constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t minute_us = 60 * second_us;
constexpr std::int64_t hour_us = 60 * minute_us;
constexpr std::int64_t day_us = 24 * hour_us;

// Reads from the front of the text; `failed` stays set once something was not there.
struct reader {
  std::string_view text;
  bool failed = false;

  bool take(std::string_view any_of) {
    if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
  }

  void expect(std::string_view any_of) { failed |= !take(any_of); }

  int digits(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const bool is_digit = i < text.size() && text[i] >= '0' && text[i] <= '9';
      if (!is_digit) return failed = true, 0;
      value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return value;
  }

  int in_range(std::size_t count, int least, int most) {
    const int value = digits(count);
    failed |= value < least || value > most;
    return value;
  }

  std::int64_t fraction_us() {
    std::int64_t value = 0;
    std::int64_t unit = second_us;
    do {
      value += digits(1) * (unit /= 10);
    } while (!failed && !text.empty() && text.front() >= '0' && text.front() <= '9' && unit > 1);
    return value;
  }
};

std::int64_t offset_of(reader& in) {
  if (in.take("Zz")) return 0;
  const bool is_west = !in.text.empty() && in.text.front() == '-';
  in.expect("+-");
  const int hours = in.in_range(2, 0, 23);
  in.expect(":");
  const std::int64_t offset = hours * hour_us + in.in_range(2, 0, 59) * minute_us;
  return is_west ? -offset : offset;
}

// "2026-11-22", the letter, "08:00:00".
std::string date_and_time(std::int64_t us, char between) {
  const auto days = floor<std::chrono::days>(microseconds(us));
  const year_month_day date{sys_days(days)};
  const std::int64_t in_day = us - days.count() * day_us;
  const auto part = [&](std::int64_t unit, std::int64_t modulus) { return static_cast<int>(in_day / unit % modulus); };
  char text[40];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u%c%02d:%02d:%02d", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), between, part(hour_us, 24),
                part(minute_us, 60), part(second_us, 60));
  return text;
}

// Of the second: nothing, ".250", or ".250125".
std::string fraction_of(std::int64_t us) {
  const auto fraction = static_cast<int>((us % second_us + second_us) % second_us);
  if (fraction == 0) return {};
  const bool is_fine = fraction % 1000 != 0;
  char text[16];
  std::snprintf(text, sizeof text, is_fine ? ".%06d" : ".%03d", is_fine ? fraction : fraction / 1000);
  return text;
}

std::string two_units(std::int64_t great, const char* great_name, std::int64_t small, const char* small_name) {
  std::string result = std::to_string(great) + " " + great_name;
  if (small != 0) result += " " + std::to_string(small) + " " + small_name;
  return result;
}

// Of an ISO 8601 duration; empty for what has no fixed length.
const char* unit_of(char letter, bool is_time) {
  switch (letter) {
    case 'W':
      return "weeks";
    case 'D':
      return "d";
    case 'H':
      return "h";
    case 'M':
      return is_time ? "min" : "";
    case 'S':
      return "s";
    default:
      return "";
  }
}

std::int64_t unit_us(char letter, bool is_time) {
  switch (letter) {
    case 'W':
      return is_time ? 0 : 7 * day_us;
    case 'D':
      return is_time ? 0 : day_us;
    case 'H':
      return is_time ? hour_us : 0;
    case 'M':
      return is_time ? minute_us : 0;
    case 'S':
      return is_time ? second_us : 0;
    default:
      return 0;
  }
}

}  // namespace

std::optional<std::int64_t> parse_instant(std::string_view text) {
  reader in{text};
  const int year = in.digits(4);
  in.expect("-");
  const int month = in.in_range(2, 1, 12);
  in.expect("-");
  const int day = in.in_range(2, 1, 31);
  in.expect("Tt");
  const int hours = in.in_range(2, 0, 23);
  in.expect(":");
  const int minutes = in.in_range(2, 0, 59);
  in.expect(":");
  const int seconds = in.in_range(2, 0, 59);
  const std::int64_t fraction = in.take(".") ? in.fraction_us() : 0;
  const std::int64_t offset = offset_of(in);
  const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                            std::chrono::day(static_cast<unsigned>(day))};
  if (in.failed || !in.text.empty() || !date.ok()) return std::nullopt;
  return sys_days(date).time_since_epoch().count() * day_us + hours * hour_us + minutes * minute_us +
         seconds * second_us + fraction - offset;
}

std::string to_rfc3339(std::int64_t instant_us) {
  return date_and_time(instant_us, 'T') + fraction_of(instant_us) + "Z";
}

std::string show_instant(std::int64_t instant_us, const std::string& zone) {
  if (zone.empty()) return date_and_time(instant_us, ' ') + "Z";
  const std::int64_t local_us = tocsin::client::instant_to_local(zone, instant_us);
  const std::int64_t minutes = (local_us - instant_us) / minute_us;
  const std::int64_t size = minutes < 0 ? -minutes : minutes;
  char offset[16];
  std::snprintf(offset, sizeof offset, "%c%02d:%02d", minutes < 0 ? '-' : '+', static_cast<int>(size / 60 % 100),
                static_cast<int>(size % 60));
  return date_and_time(local_us, ' ') + offset;
}

std::string show_duration(std::int64_t us) {
  if (us < 0) return "-" + show_duration(-us);
  if (us >= day_us) return two_units(us / day_us, "d", us % day_us / hour_us, "h");
  if (us >= hour_us) return two_units(us / hour_us, "h", us % hour_us / minute_us, "min");
  if (us >= minute_us) return two_units(us / minute_us, "min", us % minute_us / second_us, "s");
  if (us >= second_us || us == 0) return std::to_string(us / second_us) + " s";
  if (us < 1000) return "< 1 ms";
  char text[32];
  std::snprintf(text, sizeof text, "0.%03d s", static_cast<int>(us / 1000));
  return text;
}

std::string show_open_time(std::int64_t us) {
  if (us < 0) return "-" + show_open_time(-us);
  return us < hour_us ? show_duration(us) : two_units(us / hour_us, "h", us % hour_us / minute_us, "min");
}

std::optional<std::int64_t> parse_iso_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  if (!text.starts_with('P')) return std::nullopt;
  text.remove_prefix(1);
  std::int64_t sum = 0;
  bool is_time = false;
  while (!text.empty()) {
    if (!is_time && text.front() == 'T') {
      is_time = true;
      text.remove_prefix(1);
      continue;
    }
    std::int64_t number = 0;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
    if (end.ec != std::errc{} || number < 0) return std::nullopt;
    reader rest{text.substr(static_cast<std::size_t>(end.ptr - text.data()))};
    const std::int64_t fraction = rest.take(".") ? rest.fraction_us() : 0;
    const std::int64_t unit = rest.text.empty() ? 0 : unit_us(rest.text.front(), is_time);
    if (rest.failed || unit == 0 || number > INT64_MAX / unit || (fraction != 0 && unit != second_us)) {
      return std::nullopt;
    }
    sum += number * unit + fraction;
    text = rest.text.substr(1);
  }
  return negative ? -sum : sum;
}

std::string show_iso_open_time(std::string_view text) {
  const auto us = parse_iso_duration(text);
  return us ? show_open_time(*us) : std::string(text);
}

std::string show_iso_duration(std::string_view text) {
  std::string result;
  std::string number;
  bool is_time = false;
  for (const char c : text.substr(text.empty() ? 0 : 1)) {
    const bool is_digit = (c >= '0' && c <= '9') || c == '.';
    const std::string unit = unit_of(c, is_time);
    if (is_digit) {
      number += c;
    } else if (c == 'T') {
      is_time = true;
    } else if (!unit.empty() && !number.empty()) {
      result += (result.empty() ? "" : " ") + number + " " + unit;
      number.clear();
    } else {
      return std::string(text);
    }
  }
  return result.empty() ? std::string(text) : result;
}

std::int64_t read_clock() { return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count(); }

}  // namespace shell
