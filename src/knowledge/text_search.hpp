// The best texts for a question, found without looking at all of them.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <tocsin/knowledge/text_index.hpp>

#include "postings.hpp"

namespace tocsin::inline v1 {

// A word of the question, with its rarity; or a mark, with its points.
struct search_term {
  const term* of = nullptr;
  std::uint64_t rarity = 0;
  std::int32_t fixed = -1;  // points of a mark; below 0: it is a word
};

struct text_search {
  bm25 formula;
  std::int32_t words_percent = 100;
  std::int32_t merit_percent = 100;
  std::int32_t most_merit = 0;  // that any of the texts has, before merit_percent
  std::span<const kept_text> texts;
  std::span<const search_term> terms;  // each once
};

std::vector<text_match> best_of(const text_search& asked, std::size_t most,
                                const std::function<bool(std::uint64_t id)>& accept);

}  // namespace tocsin::inline v1
