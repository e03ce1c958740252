// Zones and calendars, which any number of threads may ask.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

#include <tocsin/time/zone.hpp>

#include "unit/time/calendar_sample.hpp"

using namespace calendar_sample;

namespace {

constexpr unsigned char bundled_table[] = {
#include "../../src/time/zone_table.inc"
};

constexpr std::string_view office = R"({"key":"office","zone":"Europe/Berlin","weekly":[
  {"days":["monday","tuesday","wednesday","thursday","friday"],"start":"09:00","end":"17:00"}]})";

}  // namespace

TEST_CASE("threads may ask for the same zone for the first time together (T2)") {
  const zone_data data = zone_data::parse(std::as_bytes(std::span(bundled_table)));
  std::array<std::int32_t, 4> offsets{};
  std::vector<std::thread> threads;
  threads.reserve(offsets.size());
  for (std::int32_t& offset_s : offsets) {
    threads.emplace_back([&offset_s, &data] {
      for (const std::string_view name : data.names()) offset_s += data.get(name).offset_at(instant_max).utc_offset_s;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::int32_t offset_s : offsets) CHECK(offset_s == offsets[0]);
}

// Those that compile the same one have it in common, so that the last of them to let go frees it.
TEST_CASE("threads may compile the same calendar, and ask one that they share") {
  const business_calendar shared = calendar_of(office);
  const instant t = at("2026-11-20T15:00:00Z");
  const instant expected = shared.add(t, 1000 * hour);
  const instant monday_evening = at("2026-11-23T08:00:00Z");  // 17:00 in Tokyo
  std::array<bool, 4> same{};
  std::vector<std::thread> threads;
  for (bool& mine : same) {
    threads.emplace_back([&] {
      mine = true;
      for (int i = 0; i < 2000; ++i) mine = mine && shared.add(t, 1000 * hour) == expected;
      for (int i = 0; i < 200; ++i) {
        const business_calendar own = calendar_of(R"({"key":"day","zone":"Asia/Tokyo","weekly":[
          {"days":["monday"],"start":"09:00","end":"17:00"}]})");
        mine = mine && own.add(t, 8 * hour) == monday_evening;
      }
    });
  }
  for (std::thread& one : threads) one.join();
  CHECK(std::ranges::count(same, true) == 4);
}
