#include <tocsin/time/rfc3339.hpp>

#include <tocsin/time/civil.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t seconds_per_day = 86'400;
constexpr std::size_t wall_clock_size = 19;  // YYYY-MM-DDThh:mm:ss

// Reading. What is no number reads as one above every range that is asked of it.

constexpr unsigned not_a_number = 10'000;

unsigned digit(char c) { return static_cast<unsigned>(static_cast<unsigned char>(c)) - '0'; }

unsigned two_digits(const char* p) {
  const unsigned tens = digit(p[0]);
  const unsigned ones = digit(p[1]);
  return tens <= 9 && ones <= 9 ? tens * 10 + ones : not_a_number;
}

bool is_letter(char c, char upper) { return (c & ~0x20) == upper; }

std::optional<std::int64_t> read_date(const char* p) {
  const unsigned century = two_digits(p);
  const unsigned year_of_century = two_digits(p + 2);
  if (century > 99 || year_of_century > 99 || p[4] != '-' || p[7] != '-') return std::nullopt;
  const civil_date date{static_cast<int>(century * 100 + year_of_century), two_digits(p + 5), two_digits(p + 8)};
  if (!is_real_date(date)) return std::nullopt;
  return days_from_civil(date);
}

std::optional<std::int64_t> read_second_of_day(const char* p) {
  const unsigned hours = two_digits(p);
  const unsigned minutes = two_digits(p + 3);
  const unsigned seconds = two_digits(p + 6);
  if (hours > 23 || minutes > 59 || seconds > 59 || p[2] != ':' || p[5] != ':') return std::nullopt;
  return std::int64_t{hours} * 3600 + minutes * 60 + seconds;
}

// Takes the fraction, if there is one, from the front of `rest`.
std::optional<std::int64_t> take_fraction_us(std::string_view& rest) {
  if (rest.empty() || rest[0] != '.') return 0;
  std::int64_t us = 0;
  unsigned weight = 100'000;
  std::size_t at = 1;
  for (; at < rest.size() && digit(rest[at]) <= 9; ++at) {
    if (weight == 0 && rest[at] != '0') return std::nullopt;
    us += digit(rest[at]) * weight;
    weight /= 10;
  }
  if (at == 1) return std::nullopt;
  rest.remove_prefix(at);
  return us;
}

std::optional<std::int64_t> read_offset_seconds(std::string_view text) {
  if (text.size() == 1 && is_letter(text[0], 'Z')) return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const unsigned hours = two_digits(text.data() + 1);
  const unsigned minutes = two_digits(text.data() + 4);
  if (hours > 23 || minutes > 59) return std::nullopt;
  const std::int64_t seconds = std::int64_t{hours} * 3600 + minutes * 60;
  return text[0] == '-' ? -seconds : seconds;
}

// Writing.

char* write_two(char* out, unsigned value) {
  out[0] = static_cast<char>('0' + value / 10);
  out[1] = static_cast<char>('0' + value % 10);
  return out + 2;
}

char* write_three(char* out, unsigned value) {
  *out = static_cast<char>('0' + value / 100);
  return write_two(out + 1, value % 100);
}

char* write_date(char* out, civil_date date) {
  const auto year = static_cast<unsigned>(date.year);
  out = write_two(out, year / 100);
  out = write_two(out, year % 100);
  *out++ = '-';
  out = write_two(out, date.month);
  *out++ = '-';
  return write_two(out, date.day);
}

char* write_time(char* out, unsigned second_of_day) {
  out = write_two(out, second_of_day / 3600);
  *out++ = ':';
  out = write_two(out, second_of_day / 60 % 60);
  *out++ = ':';
  return write_two(out, second_of_day % 60);
}

char* write_fraction(char* out, unsigned us) {
  if (us == 0) return out;
  *out++ = '.';
  out = write_three(out, us / 1000);
  return us % 1000 == 0 ? out : write_three(out, us % 1000);
}

char* write_offset(char* out, std::int32_t minutes) {
  *out++ = minutes < 0 ? '-' : '+';
  const auto size = static_cast<unsigned>(minutes < 0 ? -minutes : minutes);
  out = write_two(out, size / 60);
  *out++ = ':';
  return write_two(out, size % 60);
}

// The end of what was written: `out` itself if the year does not fit.
char* write_wall_clock(char* out, std::int64_t local_us) {
  constexpr std::int64_t first = days_from_civil({0, 1, 1}) * day.us;
  constexpr std::int64_t end = days_from_civil({10'000, 1, 1}) * day.us;
  if (local_us < first || local_us >= end) return out;
  const std::int64_t days = floor_div(local_us, day.us);
  const std::int64_t us_of_day = local_us - days * day.us;
  out = write_date(out, civil_from_days(days));
  *out++ = 'T';
  out = write_time(out, static_cast<unsigned>(us_of_day / second.us));
  return write_fraction(out, static_cast<unsigned>(us_of_day % second.us));
}

}  // namespace

std::optional<instant> parse_any_rfc3339(std::string_view text) noexcept {
  if (text.size() <= wall_clock_size || !is_letter(text[10], 'T')) return std::nullopt;
  const auto days = read_date(text.data());
  const auto second_of_day = read_second_of_day(text.data() + 11);
  std::string_view rest = text.substr(wall_clock_size);
  const auto fraction_us = take_fraction_us(rest);
  const auto offset = read_offset_seconds(rest);
  if (!days || !second_of_day || !fraction_us || !offset) return std::nullopt;
  return instant{(*days * seconds_per_day + *second_of_day - *offset) * second.us + *fraction_us};
}

std::optional<instant> parse_rfc3339(std::string_view text) noexcept {
  const std::optional<instant> t = parse_any_rfc3339(text);
  return t && is_acceptable(*t) ? t : std::nullopt;
}

rfc3339_text to_rfc3339(instant t) noexcept {
  rfc3339_text text;
  char* end = write_wall_clock(text.data, t.us);
  if (end != text.data) *end++ = 'Z';
  text.size = static_cast<std::uint8_t>(end - text.data);
  return text;
}

rfc3339_text to_rfc3339(instant t, std::int32_t offset_minutes) noexcept {
  rfc3339_text text;
  const std::int64_t shift = offset_minutes * minute.us;
  const bool representable = t != never && t != no_instant;
  char* end = representable ? write_wall_clock(text.data, t.us + shift) : text.data;
  if (end != text.data) end = write_offset(end, offset_minutes);
  text.size = static_cast<std::uint8_t>(end - text.data);
  return text;
}

}  // namespace tocsin::inline v1
