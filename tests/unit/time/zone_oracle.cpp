// Every zone, held against CCTZ, and the bundled table against the machine's own zone files.
#include <doctest/doctest.h>

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <tocsin/time/rfc3339.hpp>
#include <tocsin/time/zone.hpp>

using namespace tocsin;

namespace {

// Where CCTZ looks, too.
std::string machine_folder() {
  const char* folder = std::getenv("TZDIR");
  return folder != nullptr && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

// Why the machine's zone files cannot be compared with the bundled ones, if so. The bundled ones are of the fuller
// kind, with the links that have a history of their own (backzone).
std::optional<std::string> difference_in_kind() {
  std::ifstream file{machine_folder() + "/tzdata.zi"};
  std::string version, kind;
  if (!std::getline(file, version) || !std::getline(file, kind)) return "this machine has no tzdata.zi";
  const std::string expected = "# version " + std::string{zone_data::bundled().version()};
  if (version != expected) return "bundled is \"" + expected + "\", this machine has \"" + version + "\"";
  if (kind.find("backzone") == std::string::npos) return "this machine's zone files were made without backzone";
  return std::nullopt;
}

bool is_comparable() {
  const auto difference = difference_in_kind();
  if (difference) MESSAGE("skipped, nothing was compared: ", *difference);
  return !difference;
}

using seconds_point = cctz::time_point<cctz::seconds>;

seconds_point point_of(instant t) { return seconds_point{cctz::seconds{floor_div(t.us, second.us)}}; }
instant instant_of(seconds_point point) { return {point.time_since_epoch().count() * second.us}; }

cctz::civil_second civil_of(local_time local) {
  return cctz::civil_second{} + floor_div(local.us, second.us);  // a civil_second begins at 1970-01-01T00:00:00
}

cctz::time_zone oracle_of(std::string_view name) {
  cctz::time_zone oracle;
  REQUIRE_MESSAGE(cctz::load_time_zone(std::string{name}, &oracle), name);
  return oracle;
}

void compare_at(const zone& ours, const cctz::time_zone& oracle, instant t) {
  if (!is_acceptable(t)) return;
  const local_offset offset = ours.offset_at(t);
  const auto expected = oracle.lookup(point_of(t));
  const bool same =
      offset.utc_offset_s == expected.offset && offset.dst == expected.is_dst && offset.abbreviation == expected.abbr;
  if (!same) FAIL_CHECK(ours.name(), " differs at ", std::string_view{to_rfc3339(t)});
}

void compare_from_local(const zone& ours, const cctz::time_zone& oracle, local_time local) {
  const local_instants answer = ours.from_local(local);
  if (!is_acceptable(answer.first - day) || !is_acceptable(answer.second + day)) return;
  const auto expected = oracle.lookup(civil_of(local));
  using kind = cctz::time_zone::civil_lookup;
  bool same = false;
  switch (answer.kind) {
    case local_kind::unique:
      same = expected.kind == kind::UNIQUE && answer.first == instant_of(expected.pre);
      break;
    case local_kind::skipped:
      same = expected.kind == kind::SKIPPED && answer.first == instant_of(expected.trans);
      break;
    case local_kind::repeated:
      same = expected.kind == kind::REPEATED && answer.first == instant_of(expected.pre) &&
             answer.second == instant_of(expected.post);
      break;
  }
  if (!same) FAIL_CHECK(ours.name(), " differs around ", std::string_view{to_rfc3339(answer.first)});
}

std::set<instant> transitions_of(const zone& where) {
  std::set<instant> found;
  for (instant t = where.next_transition(instant_min); t != never; t = where.next_transition(t)) found.insert(t);
  return found;
}

std::set<instant> transitions_of(const zone& where, const cctz::time_zone& oracle) {
  std::set<instant> found = transitions_of(where);
  cctz::time_zone::civil_transition next;
  for (auto point = point_of(instant_min); oracle.next_transition(point, &next);) {
    point = oracle.lookup(next.to).trans;
    if (instant_of(point) > instant_max) break;
    found.insert(instant_of(point));
  }
  return found;
}

}  // namespace

TEST_CASE("all zones agree with CCTZ around every transition from 1900 to 2199, both ways (T2)") {
  if (!is_comparable()) return;
  std::size_t transitions = 0;
  for (const std::string_view name : zone_data::bundled().names()) {
    const zone ours = zone_data::bundled().get(name);
    const cctz::time_zone oracle = oracle_of(name);
    for (const instant t : transitions_of(ours, oracle)) {
      ++transitions;
      const local_time from = ours.to_local(t - second) + second;  // what the clock would show if it did not change
      const local_time to = ours.to_local(t);
      for (const duration near : {duration{} - second, duration{}, second}) {
        compare_at(ours, oracle, t + near);
        compare_from_local(ours, oracle, from + near);
        compare_from_local(ours, oracle, to + near);
      }
      compare_from_local(ours, oracle, from + duration{floor_div((to - from).us, 2 * second.us) * second.us});
    }
  }
  CHECK(transitions > 100'000);
}

TEST_CASE("all zones agree with CCTZ at instants from anywhere (T2)") {
  if (!is_comparable()) return;
  std::mt19937_64 random{1900'2199};
  std::uniform_int_distribution<std::int64_t> any{instant_min.us, instant_max.us};
  for (const std::string_view name : zone_data::bundled().names()) {
    const zone ours = zone_data::bundled().get(name);
    const cctz::time_zone oracle = oracle_of(name);
    compare_at(ours, oracle, instant_min);
    compare_at(ours, oracle, instant_max);
    for (int i = 0; i < 300; ++i) {
      const instant t{floor_div(any(random), second.us) * second.us};
      compare_at(ours, oracle, t);
      compare_from_local(ours, oracle, ours.to_local(t));
    }
  }
}

TEST_CASE("the bundled table says what the machine's zone files say, read by the library itself (T2)") {
  if (!is_comparable()) return;
  for (const std::string_view name : zone_data::bundled().names()) {
    std::ifstream file{machine_folder() + "/" + std::string{name}, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    const zone read = read_tzif(name, std::as_bytes(std::span{bytes}));
    const zone bundled = zone_data::bundled().get(name);
    const auto transitions = transitions_of(bundled);
    bool same = transitions == transitions_of(read) && bundled.offset_at(instant_min) == read.offset_at(instant_min);
    for (const instant t : transitions) same = same && bundled.offset_at(t) == read.offset_at(t);
    if (!same) FAIL_CHECK(name, " differs");
  }
}
