#include <tocsin/time/zone.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/time/rfc3339.hpp>

using namespace tocsin;

namespace {

zone zone_of(std::string_view name) { return zone_data::bundled().get(name); }

instant at(std::string_view text) {
  const auto t = parse_rfc3339(text);
  REQUIRE_MESSAGE(t, text);
  return *t;
}

// "2026-03-29T02:30:00", as the wall clock shows it.
local_time local(const std::string& text) { return {at(text + "Z").us}; }

std::string shown(std::string_view name, std::string_view text) { return to_rfc3339(at(text), zone_of(name)); }

local_instants found(std::string_view name, const std::string& text) { return zone_of(name).from_local(local(text)); }

bool is_unique(const local_instants& answer, std::string_view text) {
  return answer.kind == local_kind::unique && answer.first == at(text) && answer.second == at(text);
}

bool is_skipped(const local_instants& answer, std::string_view jump) {
  return answer.kind == local_kind::skipped && answer.first == at(jump) && answer.second == at(jump);
}

bool is_repeated(const local_instants& answer, std::string_view first, std::string_view second_time) {
  return answer.kind == local_kind::repeated && answer.first == at(first) && answer.second == at(second_time);
}

std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span<const char>{text.data(), text.size()});
}

template <class F>
std::string reason_of(const F& action) {
  try {
    action();
  } catch (const error& refusal) {
    return refusal.reason();
  }
  return "accepted";
}

// Zone files and zone data written by hand, field by field as the formats say.

std::string big_endian(std::int64_t value, int size) {
  std::string out;
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
  return out;
}

struct hand_made_file {
  char version = '2';
  std::vector<std::pair<std::int64_t, int>> transitions;
  std::vector<std::pair<std::int32_t, bool>> types{{3'600, false}, {7'200, true}};
  std::string footer;
  int leap_seconds = 0;

  std::string header() const {
    std::string out = "TZif";
    out += version;
    out += std::string(15, '\0') + big_endian(0, 4) + big_endian(0, 4) + big_endian(leap_seconds, 4);
    out += big_endian(static_cast<std::int64_t>(transitions.size()), 4);
    return out + big_endian(static_cast<std::int64_t>(types.size()), 4) + big_endian(8, 4);
  }

  std::string block(int time_size) const {
    std::string out;
    for (const auto& [at_s, kind] : transitions) out += big_endian(at_s, time_size);
    for (const auto& [at_s, kind] : transitions) out += static_cast<char>(kind);
    for (const auto& [offset_s, dst] : types) {
      out += big_endian(offset_s, 4) + static_cast<char>(dst) + static_cast<char>(dst ? 4 : 0);
    }
    out += std::string{"WIN\0SUM\0", 8};
    return out + std::string(static_cast<std::size_t>(leap_seconds) * static_cast<std::size_t>(time_size + 4), '\0');
  }

  std::string bytes() const {
    if (version == '\0') return header() + block(4);
    return header() + block(4) + header() + block(8) + '\n' + footer + '\n';
  }

  zone read() const { return read_tzif("Test/Place", bytes_of(bytes())); }
};

zone with_footer(const std::string& footer) {
  hand_made_file file;
  file.version = '3';
  file.footer = footer;
  return file.read();
}

std::string offset_text(const zone& where, std::string_view text) {
  return std::string{to_rfc3339(at(text), where)}.substr(19);
}

std::string sized(const std::string& text) { return static_cast<char>(text.size()) + text; }

std::string name_row(const std::string& name, int rules, int canonical) {
  return sized(name) + static_cast<char>(rules) + static_cast<char>(canonical);
}

// Version "9z", two zones of +01:00 and +02:00, the first of which changes once and goes on by a footer.
std::string hand_made_pack(const std::string& names) {
  const std::string strings = '\3' + sized("WIN") + sized("SUM") + sized("WIN-1SUM,M3.5.0,M10.5.0/3");
  const std::string winter{"\xA0\x38\x00\x00", 4};  // 3,600 s, no DST, string 0
  const std::string summer{"\xC0\x70\x01\x01", 4};  // 7,200 s, DST, string 1
  const std::string types = '\2' + winter + summer;
  // Both: footer 2, initial type 0. One transition: 1,000 hours after 1899-12-30, to type 1; none.
  const std::string zones = '\2' + sized({"\x02\x00\x01\xD0\x0F\x01", 6}) + sized({"\x02\x00\x00", 3});
  return "TZPK\1" + sized("9z") + strings + types + zones + names;
}

// One zone, and an alias of it.
std::string hand_made_pack() { return hand_made_pack('\2' + name_row("A/B", 0, 0) + name_row("Z", 0, 0)); }

constexpr unsigned char bundled_table[] = {
#include "../../../src/time/zone_table.inc"
};
constexpr auto bundled_bytes = std::span{bundled_table};

}  // namespace

TEST_CASE("an alias is accepted, canonicalised, and the name given is kept (T2)") {
  CHECK(zone_of("Asia/Calcutta").name() == "Asia/Calcutta");
  CHECK(zone_of("Asia/Calcutta").canonical_name() == "Asia/Kolkata");
  CHECK(zone_of("US/Eastern").canonical_name() == "America/New_York");
  CHECK(zone_of("Europe/Kiev").canonical_name() == "Europe/Kyiv");
  CHECK(zone_of("UTC").canonical_name() == "Etc/UTC");
  CHECK(zone_of("Europe/Berlin").canonical_name() == "Europe/Berlin");
}

TEST_CASE("an unknown zone is refused with its name and the version of the data (T2)") {
  CHECK_FALSE(zone_data::bundled().find("Europe/Berln"));
  CHECK_FALSE(zone_data::bundled().find(""));
  CHECK_FALSE(zone_data::bundled().find("europe/berlin"));
  CHECK_FALSE(zone_data::bundled().find("Europe/Berlin "));
  CHECK_FALSE(zone_data::bundled().find("../../etc/passwd"));
  try {
    zone_of("Europe/Berln");
    FAIL("accepted");
  } catch (const error& refusal) {
    CHECK(refusal.code() == status::not_found);
    CHECK(refusal.reason() == "zone.unknown");
    const std::string version{zone_data::bundled().version()};
    CHECK(refusal.what() == "time zone \"Europe/Berln\" is unknown in zone data " + version);
  }
  CHECK(reason_of([] { zone_of("Europe/\"Berlin\""); }) == "zone.unknown");
  CHECK(reason_of([] { zone_of(std::string(10'000, 'x')); }) == "zone.unknown");
}

TEST_CASE("the bundled data has a version and its names in order (T2)") {
  const auto names = zone_data::bundled().names();
  CHECK(zone_data::bundled().version().size() == 5);
  CHECK(names.size() > 500);
  CHECK(std::is_sorted(names.begin(), names.end()));
  for (const std::string_view name : {"Europe/London", "America/Argentina/ComodRivadavia", "GB", "Etc/GMT+12"}) {
    CHECK(std::binary_search(names.begin(), names.end(), name));
  }
}

TEST_CASE("beyond the last transition of its file a zone goes on by its footer: New York in summer 2050 (T2)") {
  CHECK(shown("America/New_York", "2050-01-15T12:00:00Z") == "2050-01-15T07:00:00-05:00");
  CHECK(shown("America/New_York", "2050-07-01T12:00:00Z") == "2050-07-01T08:00:00-04:00");
  CHECK(shown("America/New_York", "2199-07-01T12:00:00Z") == "2199-07-01T08:00:00-04:00");
  CHECK(shown("America/New_York", "2199-12-31T23:59:59Z") == "2199-12-31T18:59:59-05:00");
  const auto summer = zone_of("America/New_York").offset_at(at("2050-07-01T12:00:00Z"));
  CHECK(summer == local_offset{-4 * 3600, true, "EDT"});
  CHECK(zone_of("America/New_York").next_transition(at("2050-01-15T12:00:00Z")) == at("2050-03-13T07:00:00Z"));
  CHECK(zone_of("America/New_York").next_transition(at("2050-03-13T07:00:00Z")) == at("2050-11-06T06:00:00Z"));
}

TEST_CASE("a transition takes effect at its very instant (T2)") {
  CHECK(shown("Europe/Berlin", "2026-03-29T00:59:59.999999Z") == "2026-03-29T01:59:59.999999+01:00");
  CHECK(shown("Europe/Berlin", "2026-03-29T01:00:00Z") == "2026-03-29T03:00:00+02:00");
  const zone berlin = zone_of("Europe/Berlin");
  CHECK(berlin.next_transition(at("2026-03-29T00:59:59.999999Z")) == at("2026-03-29T01:00:00Z"));
  CHECK(berlin.next_transition(at("2026-03-29T01:00:00Z")) == at("2026-10-25T01:00:00Z"));
}

TEST_CASE("a skipped hour maps to the instant of the jump, a repeated one to both instants: Berlin 2026 (T2)") {
  CHECK(is_unique(found("Europe/Berlin", "2026-03-29T01:59:59.999999"), "2026-03-29T00:59:59.999999Z"));
  CHECK(is_skipped(found("Europe/Berlin", "2026-03-29T02:00:00"), "2026-03-29T01:00:00Z"));
  CHECK(is_skipped(found("Europe/Berlin", "2026-03-29T02:59:59.999999"), "2026-03-29T01:00:00Z"));
  CHECK(is_unique(found("Europe/Berlin", "2026-03-29T03:00:00"), "2026-03-29T01:00:00Z"));
  CHECK(is_unique(found("Europe/Berlin", "2026-10-25T01:59:59.999999"), "2026-10-24T23:59:59.999999Z"));
  CHECK(is_repeated(found("Europe/Berlin", "2026-10-25T02:00:00"), "2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z"));
  CHECK(is_repeated(found("Europe/Berlin", "2026-10-25T02:30:00"), "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"));
  CHECK(is_unique(found("Europe/Berlin", "2026-10-25T03:00:00"), "2026-10-25T02:00:00Z"));
}

TEST_CASE("Lord Howe changes its clocks by half an hour (T2)") {
  CHECK(shown("Australia/Lord_Howe", "2026-04-04T14:59:59Z") == "2026-04-05T01:59:59+11:00");
  CHECK(shown("Australia/Lord_Howe", "2026-04-04T15:00:00Z") == "2026-04-05T01:30:00+10:30");
  const auto repeated = found("Australia/Lord_Howe", "2026-04-05T01:45:00");
  CHECK(is_repeated(repeated, "2026-04-04T14:45:00Z", "2026-04-04T15:15:00Z"));
  CHECK(is_unique(found("Australia/Lord_Howe", "2026-04-05T01:29:59"), "2026-04-04T14:29:59Z"));
  CHECK(is_skipped(found("Australia/Lord_Howe", "2026-10-04T02:15:00"), "2026-10-03T15:30:00Z"));
  CHECK(is_unique(found("Australia/Lord_Howe", "2026-10-04T02:30:00"), "2026-10-03T15:30:00Z"));
}

TEST_CASE("Casablanca is an hour earlier in Ramadan, by a table that ends in 2087 (T2)") {
  CHECK(zone_of("Africa/Casablanca").offset_at(at("2025-01-10T12:00:00Z")) == local_offset{3600, false, "+01"});
  CHECK(zone_of("Africa/Casablanca").offset_at(at("2025-03-10T12:00:00Z")) == local_offset{0, true, "+00"});
  CHECK(zone_of("Africa/Casablanca").next_transition(at("2025-01-10T12:00:00Z")) == at("2025-02-23T02:00:00Z"));
  CHECK(zone_of("Africa/Casablanca").next_transition(at("2025-03-10T12:00:00Z")) == at("2025-04-06T02:00:00Z"));
  CHECK(zone_of("Africa/Casablanca").next_transition(at("2088-01-01T00:00:00Z")) == never);
  CHECK(shown("Africa/Casablanca", "2150-06-01T00:00:00Z") == "2150-06-01T01:00:00+01:00");
}

TEST_CASE("Kathmandu moved from five and a half hours to five and three quarters in 1986 (T2)") {
  CHECK(shown("Asia/Kathmandu", "1985-12-31T18:29:59Z") == "1985-12-31T23:59:59+05:30");
  CHECK(shown("Asia/Kathmandu", "1985-12-31T18:30:00Z") == "1986-01-01T00:15:00+05:45");
  CHECK(shown("Asia/Katmandu", "2026-01-01T00:00:00Z") == "2026-01-01T05:45:00+05:45");
  CHECK(zone_of("Asia/Kathmandu").next_transition(at("1986-01-01T00:00:00Z")) == never);
}

TEST_CASE("Apia had no 30 December 2011 (T2)") {
  CHECK(shown("Pacific/Apia", "2011-12-30T09:59:59Z") == "2011-12-29T23:59:59-10:00");
  CHECK(shown("Pacific/Apia", "2011-12-30T10:00:00Z") == "2011-12-31T00:00:00+14:00");
  CHECK(is_unique(found("Pacific/Apia", "2011-12-29T23:59:59"), "2011-12-30T09:59:59Z"));
  CHECK(is_skipped(found("Pacific/Apia", "2011-12-30T00:00:00"), "2011-12-30T10:00:00Z"));
  CHECK(is_skipped(found("Pacific/Apia", "2011-12-30T12:00:00"), "2011-12-30T10:00:00Z"));
  CHECK(is_skipped(found("Pacific/Apia", "2011-12-30T23:59:59"), "2011-12-30T10:00:00Z"));
  CHECK(is_unique(found("Pacific/Apia", "2011-12-31T00:00:00"), "2011-12-30T10:00:00Z"));
}

TEST_CASE("Dublin's standard time is its summer's: winter is the negative DST (T2)") {
  CHECK(zone_of("Europe/Dublin").offset_at(at("2026-01-15T12:00:00Z")) == local_offset{0, true, "GMT"});
  CHECK(zone_of("Europe/Dublin").offset_at(at("2026-07-15T12:00:00Z")) == local_offset{3600, false, "IST"});
  CHECK(zone_of("Europe/Dublin").offset_at(at("2150-01-15T12:00:00Z")) == local_offset{0, true, "GMT"});
  CHECK(is_repeated(found("Europe/Dublin", "2026-10-25T01:30:00"), "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"));
}

TEST_CASE("rules with hours below zero and above 24 hold: Nuuk and Cairo in 2100 (T2)") {
  CHECK(zone_of("America/Nuuk").next_transition(at("2100-01-01T00:00:00Z")) == at("2100-03-28T01:00:00Z"));
  CHECK(is_skipped(found("America/Nuuk", "2100-03-27T23:30:00"), "2100-03-28T01:00:00Z"));
  CHECK(zone_of("Africa/Cairo").next_transition(at("2100-06-01T00:00:00Z")) == at("2100-10-28T21:00:00Z"));
  CHECK(is_repeated(found("Africa/Cairo", "2100-10-28T23:30:00"), "2100-10-28T20:30:00Z", "2100-10-28T21:30:00Z"));
}

TEST_CASE("zones that gave their summer time up keep to it: Sao Paulo after 2019 (T2)") {
  CHECK(zone_of("America/Sao_Paulo").next_transition(at("2018-12-01T00:00:00Z")) == at("2019-02-17T02:00:00Z"));
  CHECK(zone_of("America/Sao_Paulo").next_transition(at("2019-02-17T02:00:00Z")) == never);
  CHECK(zone_of("UTC").next_transition(instant_min) == never);
  CHECK(zone_of("UTC").offset_at(instant_max) == local_offset{0, false, "UTC"});
}

TEST_CASE("a full day of Paris has 23 hours in March and 25 in October (T4)") {
  const auto length = [](civil_date from, civil_date to) {
    const zone paris = zone_of("Europe/Paris");
    return paris.from_local(midnight_of(to)).first - paris.from_local(midnight_of(from)).first;
  };
  CHECK(length({2026, 3, 29}, {2026, 3, 30}) == 23 * hour);
  CHECK(length({2026, 10, 25}, {2026, 10, 26}) == 25 * hour);
  CHECK(length({2026, 6, 1}, {2026, 6, 2}) == day);
}

TEST_CASE("text of an offset that is no whole minute still names its instant (T1)") {
  CHECK(zone_of("Europe/Amsterdam").offset_at(at("1930-01-01T00:00:00Z")).utc_offset_s == 19 * 60 + 32);
  CHECK(shown("Europe/Amsterdam", "1930-01-01T00:00:00Z") == "1930-01-01T00:20:00+00:20");
  CHECK(shown("America/New_York", "1900-01-01T00:00:00Z") == "1899-12-31T19:00:00-05:00");
  CHECK(parse_rfc3339(shown("Asia/Kolkata", "1903-05-05T05:05:05Z")) == at("1903-05-05T05:05:05Z"));
}

TEST_CASE("each instant is found again from its local time, in every zone (T2)") {
  std::mt19937_64 random{20111230};
  std::uniform_int_distribution<std::int64_t> any{instant_min.us, instant_max.us};
  for (const std::string_view name : zone_data::bundled().names()) {
    const zone where = zone_of(name);
    for (int i = 0; i < 200; ++i) {
      const instant t{any(random)};
      const auto answer = where.from_local(where.to_local(t));
      const bool is_found = answer.kind != local_kind::skipped && (answer.first == t || answer.second == t);
      if (!is_found) FAIL_CHECK(name, " loses ", to_rfc3339(t, where));
    }
  }
}

TEST_CASE("wall-clock dates and times of day come from local time alone (T2)") {
  const local_time evening = local("2026-03-28T22:30:00");
  CHECK(date_of(evening) == civil_date{2026, 3, 28});
  CHECK(time_of_day(evening) == 22 * hour + 30 * minute);
  CHECK(date_of(local_time{-1}) == civil_date{1969, 12, 31});
  CHECK(time_of_day(local_time{-1}) == day - microsecond);
  CHECK(midnight_of({2026, 3, 29}) - evening == 90 * minute);
}

TEST_CASE("a zone outlives the data that it came from (T2)") {
  const zone place = [] { return zone_data::parse(bytes_of(hand_made_pack())).get("Z"); }();
  CHECK(place.name() == "Z");
  CHECK(place.canonical_name() == "A/B");
  CHECK(place.offset_at(at("2026-07-01T00:00:00Z")) == local_offset{7'200, true, "SUM"});
}

TEST_CASE("newer zone data can be handed in (T2)") {
  const zone_data data = zone_data::parse(bytes_of(hand_made_pack()));
  CHECK(data.version() == "9z");
  CHECK(data.names().size() == 2);
  CHECK_FALSE(data.find("Europe/Berlin"));
  const zone place = data.get("A/B");
  CHECK(place.offset_at(instant_min).utc_offset_s == 3'600);
  CHECK(place.next_transition(instant_min) == at("1900-02-09T16:00:00Z"));
  CHECK(place.next_transition(at("2026-01-01T00:00:00Z")) == at("2026-03-29T01:00:00Z"));

  const zone_data same = zone_data::parse(std::as_bytes(bundled_bytes));
  CHECK(same.version() == zone_data::bundled().version());
  CHECK(same.names().size() == zone_data::bundled().names().size());
}

TEST_CASE("zone data that is cut short, too long, unknown or damaged is refused and harms nothing (T2)") {
  const std::string good = hand_made_pack();
  REQUIRE(reason_of([&] { zone_data::parse(bytes_of(good)); }) == "accepted");
  for (std::size_t size = 0; size < good.size(); ++size) {
    CHECK(reason_of([&] { zone_data::parse(bytes_of(std::string_view{good}.substr(0, size))); }) ==
          "zone_data.malformed");
  }
  CHECK(reason_of([&] { zone_data::parse(bytes_of(good + "x")); }) == "zone_data.malformed");
  CHECK(reason_of([&] { zone_data::parse(bytes_of("TZPK\x02")); }) == "zone_data.unsupported");
  const std::string huge(limits::zone_data_bytes_max + 1, '\0');
  CHECK(reason_of([&] { zone_data::parse(bytes_of(huge)); }) == "zone_data.too_large");
  for (std::size_t place = 0; place < good.size(); ++place) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string damaged = good;
      damaged[place] = static_cast<char>(byte);
      const std::string reason = reason_of([&] {
        const zone_data data = zone_data::parse(bytes_of(damaged));
        for (const auto name : data.names()) data.get(name).from_local(local_time{0});
      });
      const bool known = reason == "accepted" || reason == "zone_data.malformed" || reason == "zone.malformed" ||
                         reason == "zone_data.unsupported";
      CHECK_MESSAGE(known, reason);
    }
  }
}

TEST_CASE("names that stand twice, or are aliases of no zone, are refused (T2)") {
  const auto reason_for = [](const std::string& names) {
    return reason_of([&] { zone_data::parse(bytes_of(hand_made_pack(names))); });
  };
  CHECK(reason_for('\2' + name_row("A", 0, 0) + name_row("B", 1, 1)) == "accepted");
  CHECK(reason_for('\2' + name_row("A", 0, 0) + name_row("A", 0, 0)) == "zone_data.malformed");
  CHECK(reason_for('\2' + name_row("B", 0, 0) + name_row("A", 0, 0)) == "zone_data.malformed");
  CHECK(reason_for('\2' + name_row("A", 0, 0) + name_row("B", 1, 0)) == "zone_data.malformed");  // of other rules
  CHECK(reason_for('\2' + name_row("A", 0, 1) + name_row("B", 0, 0)) == "zone_data.malformed");  // of one another
  CHECK(reason_for('\2' + name_row("A", 0, 0) + name_row("B", 0, 2)) == "zone_data.malformed");
  CHECK(reason_for('\2' + name_row("A", 0, 0) + name_row("B", 2, 1)) == "zone_data.malformed");
  CHECK(reason_for('\2' + name_row("A", 0, 0) + name_row("B\"", 0, 0)) == "zone_data.malformed");
}

TEST_CASE("a zone file of version 1 to 4 is read, and its footer goes on from there (T2)") {
  hand_made_file file;
  file.transitions = {{-3'000'000'000, 1}, {-2'000'000'000, 0}, {1'000'000'000, 1}, {1'010'000'000, 0}};
  file.footer = "WIN-1SUM,M3.5.0,M10.5.0/3";
  for (const char version : {'2', '3', '4'}) {
    file.version = version;
    const zone place = file.read();
    CHECK(place.name() == "Test/Place");
    CHECK(place.offset_at(instant_min) == local_offset{7'200, true, "SUM"});  // by the transition of 1874
    CHECK(place.next_transition(instant_min) == instant{-2'000'000'000 * second.us});
    CHECK(place.next_transition(instant{1'005'000'000 * second.us}) == instant{1'010'000'000 * second.us});
    CHECK(place.next_transition(instant{1'010'000'000 * second.us}) == at("2002-03-31T01:00:00Z"));
  }
  file.version = '\0';
  file.transitions.erase(file.transitions.begin());
  CHECK(file.read().next_transition(instant{1'005'000'000 * second.us}) == instant{1'010'000'000 * second.us});
  CHECK(file.read().next_transition(instant{1'010'000'000 * second.us}) == never);
}

TEST_CASE("a file with no footer keeps its last offset (T2)") {
  hand_made_file file;
  file.transitions = {{0, 1}};
  CHECK(file.read().offset_at(instant_max).abbreviation == "SUM");
  CHECK(file.read().offset_at(instant{-1}).abbreviation == "WIN");
}

TEST_CASE("a transition that changes nothing is none, yet the footer holds only after it (T2)") {
  hand_made_file file;
  file.footer = "WIN-1SUM,M3.5.0,M10.5.0/3";
  file.transitions = {{at("2026-12-01T00:00:00Z").us / second.us, 0}};
  CHECK(file.read().next_transition(instant_min) == at("2027-03-28T01:00:00Z"));
}

TEST_CASE("a rule's moment may fall in the year after its own (T2)") {
  hand_made_file file;
  file.version = '3';
  file.footer = "WIN-1SUM,M3.5.0,J365/30";  // summer ends on 1 January at 6:00
  file.transitions = {{at("2027-01-01T00:00:00Z").us / second.us, 1}};
  CHECK(file.read().next_transition(at("2027-01-01T00:00:00Z")) == at("2027-01-01T04:00:00Z"));
}

TEST_CASE("footers may name a day by its number, with or without 29 February (T2)") {
  const zone by_365 = with_footer("WIN-1SUM,J60,J300/0");
  CHECK(by_365.next_transition(at("2024-01-01T00:00:00Z")) == at("2024-03-01T01:00:00Z"));
  CHECK(by_365.next_transition(at("2025-01-01T00:00:00Z")) == at("2025-03-01T01:00:00Z"));
  CHECK(by_365.next_transition(at("2024-03-01T01:00:00Z")) == at("2024-10-26T22:00:00Z"));
  const zone in_february = with_footer("WIN-1SUM,J59,J300/0");
  CHECK(in_february.next_transition(at("2024-01-01T00:00:00Z")) == at("2024-02-28T01:00:00Z"));
  const zone by_year = with_footer("WIN-1SUM,59/1:30:15,300/0");
  CHECK(by_year.next_transition(at("2024-01-01T00:00:00Z")) == at("2024-02-29T00:30:15Z"));
  CHECK(by_year.next_transition(at("2025-01-01T00:00:00Z")) == at("2025-03-01T00:30:15Z"));
}

TEST_CASE("a footer's summer may last all year, cross the new year, or be of any size (T2)") {
  const zone all_year = with_footer("XXX3EDT4,0/0,J365/23");
  CHECK(all_year.next_transition(instant_min) == never);
  CHECK(all_year.offset_at(at("2026-01-01T03:30:00Z")) == local_offset{-4 * 3600, true, "EDT"});
  const zone southern = with_footer("<+03>-3<+0430>-4:30,M10.1.0/0,M3.3.0/0");
  CHECK(offset_text(southern, "2026-01-01T00:00:00Z") == "+04:30");
  CHECK(offset_text(southern, "2026-06-01T00:00:00Z") == "+03:00");
  const zone early = with_footer("<-02>2<-01>,M3.5.0/-1,M10.5.0/0");
  CHECK(early.next_transition(at("2026-01-01T00:00:00Z")) == at("2026-03-29T01:00:00Z"));
}

TEST_CASE("footers that are malformed are refused (T2)") {
  for (const char* footer : {
           "WIN",
           "WI1",
           "-1",
           "WIN-",
           "WIN-25",
           "WIN-1:60",
           "WIN-1:00:60",
           "WIN-24",
           "WIN-1SUM",
           "WIN-1SUM,M3.5.0",
           "WIN-1SUM,M3.5.0,",
           "WIN-1SUM,M13.5.0,M10.5.0",
           "WIN-1SUM,M0.5.0,M10.5.0",
           "WIN-1SUM,M3.6.0,M10.5.0",
           "WIN-1SUM,M3.5.7,M10.5.0",
           "WIN-1SUM,M3.5,M10.5.0",
           "WIN-1SUM,J0,J300",
           "WIN-1SUM,J366,J300",
           "WIN-1SUM,366,300",
           "WIN-1SUM,M3.5.0/168,M10.5.0",
           "WIN-1SUM,M3.5.0/,M10.5.0",
           "WIN-1SUM,M3.5.0,M10.5.0x",
           "WIN-1SUM,M3.5.0,M10.5.0\nx",
           "<WIN-1",
           "<W>-1",
           "<W N>-1",
           "WIN-1 ",
           " WIN-1",
           ":WIN-1",
           "WIN--1",
           "WIN-1SUM-2",
           "WIN-1SUM-2,",
           "W\xC3\xA4N-1SUM,M3.5.0,M10.5.0",
           "WIN-1111111111111111111",
       }) {
    CAPTURE(footer);
    CHECK(reason_of([&] { with_footer(footer); }) == "zone.malformed");
  }
}

TEST_CASE("zone files that are cut short or damaged are refused and harm nothing (T2)") {
  hand_made_file file;
  file.transitions = {{-2'000'000'000, 1}, {1'000'000'000, 0}};
  file.footer = "WIN-1SUM,M3.5.0,M10.5.0/3";
  const std::string good = file.bytes();
  for (std::size_t size = 0; size < good.size(); ++size) {
    const auto cut = bytes_of(std::string_view{good}.substr(0, size));
    CHECK(reason_of([&] { read_tzif("Test/Place", cut); }) == "zone.malformed");
  }
  for (std::size_t place = 0; place < good.size(); ++place) {
    for (int byte = 0; byte < 256; byte += 3) {
      std::string damaged = good;
      damaged[place] = static_cast<char>(byte);
      const std::string reason =
          reason_of([&] { read_tzif("Test/Place", bytes_of(damaged)).from_local(local_time{0}); });
      CHECK_MESSAGE((reason == "accepted" || reason == "zone.malformed"), reason);
    }
  }
}

TEST_CASE("zone files that this count cannot hold are refused (T1, T2)") {
  hand_made_file leap;
  leap.version = '\0';
  leap.leap_seconds = 1;
  CHECK(reason_of([&] { leap.read(); }) == "zone.malformed");
  hand_made_file falling;
  falling.transitions = {{10, 1}, {5, 0}};
  CHECK(reason_of([&] { falling.read(); }) == "zone.malformed");
  hand_made_file twice;
  twice.transitions = {{10, 1}, {10, 0}};
  CHECK(reason_of([&] { twice.read(); }) == "zone.malformed");
  hand_made_file far;
  far.types = {{86'400, false}};
  CHECK(reason_of([&] { far.read(); }) == "zone.malformed");
  hand_made_file typeless;
  typeless.types.clear();
  CHECK(reason_of([&] { typeless.read(); }) == "zone.malformed");
  hand_made_file newer;
  newer.version = '5';
  CHECK(reason_of([&] { newer.read(); }) == "zone.malformed");
  CHECK(reason_of([] { read_tzif("", bytes_of(hand_made_file{}.bytes())); }) == "zone.name");
  CHECK(reason_of([] { read_tzif("\"", bytes_of(hand_made_file{}.bytes())); }) == "zone.name");
}

TEST_CASE("transitions at the ends of time do no harm (T1)") {
  hand_made_file file;
  file.transitions = {{no_instant.us, 1}, {std::int64_t{-1} << 59, 0}, {never.us, 1}};
  CHECK(file.read().offset_at(instant_min).abbreviation == "WIN");
  CHECK(file.read().next_transition(instant_min) == never);
}
