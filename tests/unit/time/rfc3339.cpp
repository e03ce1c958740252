#include <tocsin/time/rfc3339.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <random>
#include <string>
#include <string_view>

using namespace tocsin;

namespace {

std::string written(instant t) { return std::string{std::string_view{to_rfc3339(t)}}; }
std::string written(instant t, std::int32_t offset) { return std::string{std::string_view{to_rfc3339(t, offset)}}; }

}  // namespace

TEST_CASE("known date-times read as the instants they name (T1)") {
  CHECK(parse_rfc3339("1970-01-01T00:00:00Z") == instant{0});
  CHECK(parse_rfc3339("2001-09-09T01:46:40Z") == instant{1'000'000'000'000'000});
  CHECK(parse_rfc3339("2038-01-19T03:14:08Z") == instant{2'147'483'648'000'000});
  CHECK(parse_rfc3339("1969-12-31T23:59:59.999999Z") == instant{-1});
  CHECK(parse_rfc3339("2000-02-29t12:00:00z") == parse_rfc3339("2000-02-29T12:00:00Z"));
}

TEST_CASE("any offset is accepted and names the same instant (T1)") {
  const auto noon = parse_rfc3339("2026-03-29T12:00:00Z");
  REQUIRE(noon);
  CHECK(parse_rfc3339("2026-03-29T14:00:00+02:00") == noon);
  CHECK(parse_rfc3339("2026-03-29T17:45:00+05:45") == noon);
  CHECK(parse_rfc3339("2026-03-29T02:30:00-09:30") == noon);
  CHECK(parse_rfc3339("2026-03-29T12:00:00-00:00") == noon);
  CHECK(parse_rfc3339("2026-03-30T11:59:00+23:59") == noon);
  CHECK(parse_rfc3339("2026-03-28T12:01:00-23:59") == noon);
}

TEST_CASE("fractions are read to the microsecond, and finer ones only if they are zeros (T1)") {
  CHECK(parse_rfc3339("1970-01-01T00:00:00.5Z") == instant{500'000});
  CHECK(parse_rfc3339("1970-01-01T00:00:00.05Z") == instant{50'000});
  CHECK(parse_rfc3339("1970-01-01T00:00:00.123456Z") == instant{123'456});
  CHECK(parse_rfc3339("1970-01-01T00:00:00.123456000Z") == instant{123'456});
  CHECK(parse_rfc3339("1970-01-01T00:00:00.000000000000000000000000Z") == instant{0});
  CHECK_FALSE(parse_rfc3339("1970-01-01T00:00:00.1234567Z"));
  CHECK_FALSE(parse_rfc3339("1970-01-01T00:00:00.1234560001Z"));
}

TEST_CASE("what is no RFC 3339 date-time is refused (T1)") {
  for (const std::string_view text : {
           "",
           "Z",
           "2026-03-29",
           "2026-03-29T12:00:00",
           "2026-03-29T12:00Z",
           "2026-03-29 12:00:00Z",
           "2026-03-29_12:00:00Z",
           " 2026-03-29T12:00:00Z",
           "2026-03-29T12:00:00Z ",
           "2026-03-29T12:00:00ZZ",
           "2026-03-29T12:00:00.Z",
           "2026-03-29T12:00:00,5Z",
           "2026-03-29T12:00:00.5",
           "2026-03-29T12:00:00.-5Z",
           "2026-3-29T12:00:00Z",
           "2026-03-29T1:00:00Z",
           "26-03-29T12:00:00Z",
           "+2026-03-29T12:00:00Z",
           "02026-03-29T12:00:00Z",
           "2026/03/29T12:00:00Z",
           "2026-03-29T12.00.00Z",
           "20260329T120000Z0000",
           "2026-W13-7T12:00:00Z",
           "2026-03-29T12:00:00+0200",
           "2026-03-29T12:00:00+02",
           "2026-03-29T12:00:00+2:00",
           "2026-03-29T12:00:00 02:00",
           "2026-03-29T12:00:00+02:00Z",
           "2026-03-29T12:00:00+02:0a",
           "2026-03-29T12:00:00+-2:00",
           "2026-03-29T12:00:00UTC",
           "2026-03-29T12:00:00:",
           "2026-0x-29T12:00:00Z",
           "2026-03-29T12:00:0:Z",
           "2026-03-29T12:00:0/Z",
           "２026-03-29T12:00:00Z",
       }) {
    CAPTURE(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
  CHECK_FALSE(parse_rfc3339(std::string_view{"2026-03-29T12:00:00\0Z", 21}));
}

TEST_CASE("dates, times and offsets that do not exist are refused (T1)") {
  for (const std::string_view text : {
           "2025-02-29T12:00:00Z",
           "2100-02-29T12:00:00Z",
           "2026-04-31T12:00:00Z",
           "2026-00-10T12:00:00Z",
           "2026-13-10T12:00:00Z",
           "2026-01-00T12:00:00Z",
           "2026-01-32T12:00:00Z",
           "2026-01-01T24:00:00Z",
           "2026-01-01T12:60:00Z",
           "2016-12-31T23:59:60Z",
           "2026-01-01T12:00:00+24:00",
           "2026-01-01T12:00:00+02:60",
       }) {
    CAPTURE(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}

TEST_CASE("the range is decided by the instant, not by the year as written (T1)") {
  CHECK(parse_rfc3339("1900-01-01T00:00:00Z") == instant_min);
  CHECK(parse_rfc3339("2199-12-31T23:59:59.999999Z") == instant_max);
  CHECK(parse_rfc3339("1899-12-31T23:00:00-01:00") == instant_min);
  CHECK(parse_rfc3339("2200-01-01T00:59:59.999999+01:00") == instant_max);
  CHECK_FALSE(parse_rfc3339("1899-12-31T23:59:59.999999Z"));
  CHECK_FALSE(parse_rfc3339("2200-01-01T00:00:00Z"));
  CHECK_FALSE(parse_rfc3339("1900-01-01T00:59:59+01:00"));
  CHECK_FALSE(parse_rfc3339("0000-01-01T00:00:00Z"));
  CHECK_FALSE(parse_rfc3339("9999-12-31T23:59:59Z"));
}

TEST_CASE("output is UTC with Z and the shortest of no, three or six fraction digits (T1)") {
  CHECK(written(instant{0}) == "1970-01-01T00:00:00Z");
  CHECK(written(instant{1}) == "1970-01-01T00:00:00.000001Z");
  CHECK(written(instant{1'000}) == "1970-01-01T00:00:00.001Z");
  CHECK(written(instant{120'000}) == "1970-01-01T00:00:00.120Z");
  CHECK(written(instant{123'450}) == "1970-01-01T00:00:00.123450Z");
  CHECK(written(instant{-1}) == "1969-12-31T23:59:59.999999Z");
  CHECK(written(instant_min) == "1900-01-01T00:00:00Z");
  CHECK(written(instant_max) == "2199-12-31T23:59:59.999999Z");
}

TEST_CASE("output with an offset shows the wall clock there (T1)") {
  CHECK(written(instant{0}, 345) == "1970-01-01T05:45:00+05:45");
  CHECK(written(instant{0}, -570) == "1969-12-31T14:30:00-09:30");
  CHECK(written(instant{0}, 0) == "1970-01-01T00:00:00+00:00");
  CHECK(written(instant_max, 23 * 60 + 59) == "2200-01-01T23:58:59.999999+23:59");
}

TEST_CASE("never and no_instant have no text (T1)") {
  CHECK(written(never).empty());
  CHECK(written(no_instant).empty());
  CHECK(written(never, 60).empty());
  CHECK(written(no_instant, -60).empty());
}

TEST_CASE("whatever is written reads back as the same instant (T1)") {
  std::mt19937_64 random{20260329};
  std::uniform_int_distribution<std::int64_t> any{instant_min.us, instant_max.us};
  std::uniform_int_distribution<std::int32_t> any_offset{-(23 * 60 + 59), 23 * 60 + 59};
  constexpr std::int64_t precisions[] = {1, 1'000, 1'000'000};
  for (int i = 0; i < 100'000; ++i) {
    const instant t{any(random) / precisions[i % 3] * precisions[i % 3]};
    const std::int32_t offset = any_offset(random);
    const bool same = parse_rfc3339(to_rfc3339(t)) == t && parse_rfc3339(to_rfc3339(t, offset)) == t;
    if (!same) FAIL_CHECK("does not round-trip: ", written(t), " ", written(t, offset));
  }
}

TEST_CASE("a flipped byte is refused or read as another date-time, never beyond the text (T1)") {
  const std::string good = "2026-03-29T12:34:56.789+02:00";
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text = good;
      text[at] = static_cast<char>(byte);
      if (const auto t = parse_rfc3339(text)) CHECK(is_acceptable(*t));
    }
    CHECK_FALSE(parse_rfc3339(std::string_view{good}.substr(0, at)));
  }
}
