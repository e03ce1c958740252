#include "text_search.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>

namespace tocsin::inline v1 {
namespace {

// Points of one word of a question. Those of texts that have it once, which are most, are kept by length.
class word_points {
 public:
  word_points(const bm25& formula, std::uint64_t rarity, std::int32_t percent)
      : formula_(&formula), rarity_(rarity), percent_(percent) {
    once_.fill(-1);
  }

  std::int32_t of(std::uint64_t times, std::uint64_t length) {
    if (times != 1 || length >= once_.size()) return made(times, length);
    std::int32_t& known = once_[length];
    if (known < 0) known = made(1, length);
    return known;
  }

 private:
  std::int32_t made(std::uint64_t times, std::uint64_t length) const {
    return in_percent(formula_->points(rarity_, times, length), percent_);
  }

  const bm25* formula_;
  std::uint64_t rarity_;
  std::int32_t percent_;
  std::array<std::int32_t, 256> once_;
};

// A term of a question, and how far its texts have been looked at.
struct cursor {
  const term* of = nullptr;
  std::int32_t fixed = -1;  // points of a mark; below 0: it is a word
  word_points points;
  std::size_t at = 0;  // posting
  std::size_t window_end = 0;
  std::int32_t most = 0;  // that a text of the window can get by it

  std::size_t left() const { return window_end - at; }
  std::int32_t points_of(const posting& one) { return fixed >= 0 ? fixed : points.of(one.times, one.length); }

  // To the postings of the window that ends before that place.
  void enter(place end) {
    window_end = first_from(end, of->postings.size());
    most = at == window_end ? 0 : fixed >= 0 ? fixed : most_of_words();
  }

  std::int32_t most_of_words() {
    best_case best;
    for (std::size_t run = at / run_size; run * run_size < window_end; ++run) {
      const best_case& one = of->runs[run];
      best.shortest_once = std::min(best.shortest_once, one.shortest_once);
      best.shortest_more = std::min(best.shortest_more, one.shortest_more);
      best.most_times = std::max(best.most_times, one.most_times);
    }
    std::int32_t result = 0;
    if (best.shortest_once != std::numeric_limits<std::uint16_t>::max()) result = points.of(1, best.shortest_once);
    if (best.most_times != 0) result = std::max(result, points.of(best.most_times, best.shortest_more));
    return result;
  }

  // The posting of that text, which is not before one that was asked for earlier in this window; null: it has none.
  const posting* find(place text) {
    at = first_from(text, window_end);
    return at < window_end && of->postings[at].text == text ? &of->postings[at] : nullptr;
  }

  // The first posting from here on of that text, or of a later one: by steps that double, then by halves.
  std::size_t first_from(place text, std::size_t last) const {
    const posting* all = of->postings.data();
    std::size_t from = at;
    std::size_t step = 1;
    while (from + step < last && all[from + step].text < text) {
      from += step;
      step *= 2;
    }
    const posting* found = std::partition_point(all + from, all + std::min(last, from + step + 1),
                                                [text](const posting& p) { return p.text < text; });
    return static_cast<std::size_t>(found - all);
  }
};

// The best so far; the one that would be left out first on top.
class best_list {
 public:
  explicit best_list(std::size_t most) : most_(most) { heap_.reserve(most + 1); }

  // A score that is lower cannot be among them; one that is as high can, by its id.
  std::int64_t threshold() const { return heap_.size() < most_ ? lower_than_any : heap_.front().score; }
  bool would_take(const text_match& one) const { return heap_.size() < most_ || is_better(one, heap_.front()); }

  void take(const text_match& one) {
    if (heap_.size() == most_) {
      std::ranges::pop_heap(heap_, is_better);
      heap_.pop_back();
    }
    heap_.push_back(one);
    std::ranges::push_heap(heap_, is_better);
  }

  std::vector<text_match> in_order() {
    std::ranges::sort(heap_, is_better);
    return std::move(heap_);
  }

 private:
  static bool is_better(const text_match& a, const text_match& b) {
    return a.score != b.score ? a.score > b.score : a.id > b.id;
  }

  static constexpr std::int64_t lower_than_any = std::int64_t{-1} << 60;

  std::size_t most_;
  std::vector<text_match> heap_;
};

// Texts that are looked at together: their scores fit the nearest memory.
constexpr std::size_t window_size = 4096;

// Goes through all texts window by window. In each, the terms that together cannot bring a text among the best are not
// walked through: they are asked only about texts that the others have brought far enough (MaxScore, window by window).
class window_walk {
 public:
  window_walk(const text_search& asked, std::size_t most, const std::function<bool(std::uint64_t)>& accept)
      : texts_(asked.texts),
        most_merit_(in_percent(asked.most_merit, asked.merit_percent)),
        merit_percent_(asked.merit_percent),
        best_(most),
        accept_(accept) {
    cursors_.reserve(asked.terms.size());
    for (const search_term& one : asked.terms) {
      cursors_.push_back(
          {.of = one.of, .fixed = one.fixed, .points = word_points(asked.formula, one.rarity, asked.words_percent)});
      order_.push_back(&cursors_.back());
    }
  }

  std::vector<text_match> run() {
    for (std::size_t first = 0; first < texts_.size(); first += window_size) {
      look_at(static_cast<place>(first), static_cast<place>(std::min(first + window_size, texts_.size())));
    }
    return best_.in_order();
  }

 private:
  void look_at(place begin, place end) {
    for (cursor& one : cursors_) one.enter(end);
    std::ranges::sort(order_, {}, &cursor::most);
    const std::size_t spared = count_spared();
    if (spared < order_.size()) {
      for (std::size_t i = spared; i < order_.size(); ++i) add_all(*order_[i], begin);
      gather(begin, spared);
      for (std::size_t i = spared; i-- > 0 && !candidates_.empty();) {
        if (order_[i]->left() <= walks_for_a_look * candidates_.size()) {
          add_all(*order_[i], begin);
        } else {
          look_up(*order_[i], begin);
        }
        keep_those_that_reach(best_.threshold() - rest_[i]);
      }
      for (const std::uint32_t here : candidates_) offer(static_cast<place>(begin + here), scores_[here]);
      scores_.fill(0);
    }
    for (cursor& one : cursors_) one.at = one.window_end;
  }

  // How many of the weakest cannot bring a text among the best on their own. rest_[i]: what the first i can add, at most.
  std::size_t count_spared() {
    const std::int64_t threshold = best_.threshold();
    rest_.assign(1, most_merit_);
    std::size_t spared = 0;
    for (const cursor* one : order_) rest_.push_back(rest_.back() + one->most);
    while (spared < order_.size() && rest_[spared + 1] < threshold) ++spared;
    return spared;
  }

  void add_all(cursor& one, place begin) {
    const posting* all = one.of->postings.data();
    for (std::size_t i = one.at; i < one.window_end; ++i) scores_[all[i].text - begin] += one.points_of(all[i]);
  }

  void look_up(cursor& one, place begin) {
    for (const std::uint32_t here : candidates_) {
      if (const posting* found = one.find(static_cast<place>(begin + here))) scores_[here] += one.points_of(*found);
    }
  }

  // The texts of the terms that were walked through, where the others may still bring them far enough.
  void gather(place begin, std::size_t spared) {
    const std::int64_t least = best_.threshold() - rest_[spared];
    touched_.fill(0);
    for (std::size_t i = spared; i < order_.size(); ++i) {
      const posting* all = order_[i]->of->postings.data();
      for (std::size_t p = order_[i]->at; p < order_[i]->window_end; ++p) {
        const std::size_t here = all[p].text - begin;
        touched_[here / 64] |= std::uint64_t{scores_[here] >= least} << (here % 64);
      }
    }
    candidates_.clear();
    for (std::size_t word = 0; word < touched_.size(); ++word) {
      for (std::uint64_t left = touched_[word]; left != 0; left &= left - 1) {
        candidates_.push_back(static_cast<std::uint32_t>(word * 64 + static_cast<std::size_t>(std::countr_zero(left))));
      }
    }
  }

  void keep_those_that_reach(std::int64_t least) {
    std::erase_if(candidates_, [&](std::uint32_t here) { return scores_[here] < least; });
  }

  void offer(place where, std::int64_t score) {
    if (score + most_merit_ < best_.threshold()) return;
    const kept_text& text = texts_[where];  // last, for it is seldom in the nearest memory
    if (text.gone) return;
    const text_match found{text.id, score + in_percent(text.merit, merit_percent_)};
    if (best_.would_take(found) && (!accept_ || accept_(found.id))) best_.take(found);
  }

  static constexpr std::size_t walks_for_a_look = 16;  // postings gone through in the time that one is looked up

  std::vector<cursor> cursors_;
  std::vector<cursor*> order_;  // of the window, by what they can bring at most
  std::vector<std::int64_t> rest_;
  std::span<const kept_text> texts_;
  std::int64_t most_merit_;
  std::int32_t merit_percent_;
  best_list best_;
  const std::function<bool(std::uint64_t)>& accept_;
  std::array<std::int32_t, window_size> scores_{};
  std::array<std::uint64_t, window_size / 64> touched_{};
  std::vector<std::uint32_t> candidates_;  // of the window, in order
};

}  // namespace

std::vector<text_match> best_of(const text_search& asked, std::size_t most,
                                const std::function<bool(std::uint64_t id)>& accept) {
  return window_walk(asked, most, accept).run();
}

}  // namespace tocsin::inline v1
