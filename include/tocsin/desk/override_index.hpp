// Which overrides of a schedule touch a span of time, so that one more does not cost as much as all before it. It may name
// too many: whoever asks looks at the override, too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

class override_index {
 public:
  // A version of an override, by the numbers of both.
  void add(std::uint32_t schedule, std::uint32_t number, instant from, instant until);
  // The version that was added last is none.
  void take_back(std::uint32_t schedule) noexcept { --of_[schedule].versions; }

  // Numbers, rising, each once.
  std::vector<std::uint32_t> touching(std::uint32_t schedule, instant from, instant until) const;
  std::size_t versions(std::uint32_t schedule) const;
  std::size_t memory_bytes() const;

 private:
  static constexpr std::int64_t week_us = 7 * day.us;
  static constexpr std::int64_t weeks_max = 60;  // a longer one is looked at whatever is asked

  struct of_schedule {
    std::unordered_map<std::int64_t, std::vector<std::uint32_t>> weeks;
    std::vector<std::uint32_t> long_ones;
    std::vector<std::uint32_t> all;
    std::size_t versions = 0;
  };
  std::unordered_map<std::uint32_t, of_schedule> of_;
};

}  // namespace tocsin::inline v1
