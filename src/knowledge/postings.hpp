// What an index keeps: of each word and mark the texts that have it, and of each text what a score needs of it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace tocsin::inline v1 {

// Texts go by their place in the index, in order of arrival.
using place = std::uint32_t;

struct posting {
  place text;
  std::uint16_t length;  // of the text, in words
  std::uint16_t times;
};

// No posting of a run gets more points than the better of two that never need to be there: the word once in the shortest
// text that has it once, and as often as it ever is in the shortest that has it more often. This stays true however the
// collection grows, so it need not be made anew.
struct best_case {
  std::uint16_t shortest_once = std::numeric_limits<std::uint16_t>::max();
  std::uint16_t shortest_more = std::numeric_limits<std::uint16_t>::max();
  std::uint16_t most_times = 0;

  void take(const posting& one) {
    if (one.times == 1) {
      shortest_once = std::min(shortest_once, one.length);
    } else {
      shortest_more = std::min(shortest_more, one.length);
      most_times = std::max(most_times, one.times);
    }
  }
};

inline constexpr std::size_t run_size = 128;  // postings that one best case is for

// A word, or a mark: the texts that have it.
struct term {
  std::vector<posting> postings;  // in order of place
  std::vector<best_case> runs;
  std::uint32_t having = 0;  // texts, without those that are gone

  void add(const posting& one) {
    if (postings.size() % run_size == 0) runs.emplace_back();
    postings.push_back(one);
    runs.back().take(one);
    ++having;
  }
};

struct kept_text {
  std::uint64_t id = 0;
  std::uint64_t terms_begin = 0;  // in `terms_of_texts`
  std::uint32_t term_count = 0;
  std::uint16_t length = 0;
  bool gone = false;
  std::int32_t merit = 0;
};

inline std::int32_t in_percent(std::int64_t points, std::int32_t percent) {
  return static_cast<std::int32_t>(points * percent / 100);
}

}  // namespace tocsin::inline v1
