// An index of texts that answers which of them fit a question best: BM25 over words, and fixed points for marks that a
// text and a question share. All of it is integers, so that every machine gives the same order (P3).
// docs/knowledge.md has the formula.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t indexed_words_max = 4'000;       // of one text; those after are passed over
inline constexpr std::size_t indexed_texts_max = 50'000'000;  // in one index
inline constexpr std::size_t question_words_max = 64;         // different ones; of more, the rarest
inline constexpr std::size_t question_marks_max = 64;         // those after are passed over
inline constexpr std::int32_t mark_points_max = 1'000'000;
}  // namespace limits

// BM25 with k1 = 1.2 and b = 0.75, in thousandths of its unit.
class bm25 {
 public:
  bm25(std::uint64_t texts, std::uint64_t words);

  // Of a word that so many of the texts have: ln(1 + (texts - having + 1/2) / (having + 1/2)), in millionths.
  std::uint64_t rarity(std::uint64_t having) const;
  // Of a text with that many words, where so many of them are this one; rounded down.
  std::int32_t points(std::uint64_t rarity, std::uint64_t times, std::uint64_t length) const {
    const std::uint64_t damping = (3 * unit + 9 * length * unit * 256 / average_) / 10;
    return static_cast<std::int32_t>(rarity * 22 * times * unit / ((times * unit + damping) * 10'000));
  }

 private:
  static constexpr std::uint64_t unit = 1u << 16;

  std::uint64_t texts_;
  std::uint64_t average_;  // words of a text, in 256ths
};

struct marked_text {
  std::vector<std::string> words;  // as often as they stand there; their order does not matter
  std::vector<std::string> marks;  // what it has beside its words, as its service; each counts once
  std::int32_t merit = 0;          // points of its own, whatever is asked; below 0: against it
};

struct weighted_mark {
  std::string mark;
  std::int32_t points = 0;  // 0 to limits::mark_points_max
};

struct text_question {
  std::vector<std::string> words;    // each counts once
  std::vector<weighted_mark> marks;  // likewise; the first of a name
  std::int32_t words_percent = 100;  // how much words count, 0 to 1000
  std::int32_t merit_percent = 100;  // likewise
  std::vector<std::uint64_t>
      hidden;  // texts that whoever asks must not learn of: they are not there, in no rarity either
};

struct text_match {
  std::uint64_t id = 0;
  std::int64_t score = 0;

  friend bool operator==(const text_match&, const text_match&) = default;
};

// What a text gets its score for.
struct match_parts {
  struct share {
    std::string what;
    std::int64_t points = 0;

    friend bool operator==(const share&, const share&) = default;
  };
  std::vector<share> words;  // that it has in common with the question; most points first, then by name
  std::vector<share> marks;  // likewise, in the question's order
  std::int64_t merit = 0;

  std::int64_t words_points() const;
  std::int64_t score() const;
};

class text_index {
 public:
  text_index();
  text_index(text_index&&) noexcept;
  text_index& operator=(text_index&&) noexcept;
  ~text_index();

  // Takes it up, in place of what had that id. After an exception the index is good for nothing but to be destroyed.
  void put(std::uint64_t id, const marked_text& text);
  void remove(std::uint64_t id);  // nothing where it is not there
  bool has(std::uint64_t id) const;
  std::size_t size() const noexcept;
  std::size_t memory_bytes() const;

  // The best of those that share a word or a mark with the question, at most so many; of equal ones the larger id first.
  // `accept` is asked of those alone that would be among them; what it passes over counts in the rarity of words still.
  std::vector<text_match> best(const text_question& asked, std::size_t most,
                               const std::function<bool(std::uint64_t id)>& accept = {}) const;
  // Of a text that is there.
  match_parts parts(const text_question& asked, std::uint64_t id) const;

 private:
  struct body;
  std::unique_ptr<body> body_;
};

}  // namespace tocsin::inline v1
