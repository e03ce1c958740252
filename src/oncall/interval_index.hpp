// Intervals that are asked which of them hold an instant: a sorted array that is a balanced tree by its middles.
#pragma once

#include <cstdint>
#include <vector>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1::detail {

class interval_index {
 public:
  interval_index() = default;
  // Numbers are the places of the intervals; empty ones are in none.
  struct interval {
    instant from;
    instant until;
    std::uint32_t number;
  };
  explicit interval_index(std::vector<interval> intervals);

  // Appends the numbers of those that hold it, rising.
  void find(instant at, std::vector<std::uint32_t>& numbers) const;
  // The first beginning or end after it; `never` if there is none.
  instant next_bound(instant after) const;

 private:
  instant build(std::size_t from, std::size_t until);
  void find(instant at, std::size_t from, std::size_t until, std::vector<std::uint32_t>& numbers) const;

  std::vector<interval> intervals_;  // by from
  std::vector<instant> latest_;      // by middle: the latest end of the part that it is the middle of
  std::vector<instant> bounds_;      // rising
};

}  // namespace tocsin::inline v1::detail
