#include <tocsin/knowledge/text_index.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/heap_bytes.hpp>

#include <algorithm>
#include <limits>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "postings.hpp"
#include "text_search.hpp"

namespace tocsin::inline v1 {

std::int64_t match_parts::words_points() const {
  std::int64_t sum = 0;
  for (const share& one : words) sum += one.points;
  return sum;
}

std::int64_t match_parts::score() const {
  std::int64_t sum = words_points() + merit;
  for (const share& one : marks) sum += one.points;
  return sum;
}

namespace {

constexpr place nowhere = std::numeric_limits<place>::max();

struct text_hash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
using dictionary = std::unordered_map<std::string, std::uint32_t, text_hash, std::equal_to<>>;

void check(const text_question& asked) {
  const auto demand = [](bool met, const char* what) {
    if (!met) throw error(status::invalid_argument, "text_index.question", what);
  };
  const auto is_percent = [](std::int32_t n) { return n >= 0 && n <= 1000; };
  demand(is_percent(asked.words_percent), "words_percent: allowed is 0 to 1000");
  demand(is_percent(asked.merit_percent), "merit_percent: allowed is 0 to 1000");
  for (const weighted_mark& mark : asked.marks) {
    demand(mark.points >= 0 && mark.points <= limits::mark_points_max, "points of a mark: allowed is 0 to 1000000");
  }
}

}  // namespace

struct text_index::body {
  dictionary words;
  dictionary marks;
  std::vector<term> terms;
  std::vector<kept_text> texts;
  std::vector<std::uint32_t> terms_of_texts;
  std::unordered_map<std::uint64_t, place> places;  // by id
  std::uint64_t word_count = 0;                     // of all texts that are there
  std::int32_t most_merit = 0;                      // that any text ever had

  // What is left of the whole without what is hidden from a question.
  struct view {
    std::uint64_t texts = 0;
    std::uint64_t words = 0;
    std::vector<place> hidden;                              // sorted
    std::unordered_map<std::uint32_t, std::uint32_t> less;  // by term: how many of the hidden have it

    bm25 formula() const { return {texts, words}; }
    bool hides(place text) const { return std::ranges::binary_search(hidden, text); }
  };
  view view_of(const text_question& asked) const;

  std::uint32_t number_of(dictionary& names, std::string_view name) {
    if (const auto found = names.find(name); found != names.end()) return found->second;
    const auto number = static_cast<std::uint32_t>(terms.size());
    terms.emplace_back();
    names.emplace(name, number);
    return number;
  }

  const term* find(const dictionary& names, std::string_view name) const {
    const auto found = names.find(name);
    return found == names.end() || terms[found->second].having == 0 ? nullptr : &terms[found->second];
  }

  void put(std::uint64_t id, const marked_text& text);
  void remove(std::uint64_t id);
  void tidy();

  struct question_term {
    search_term asked;
    std::string_view name;
  };
  std::vector<question_term> terms_of(const text_question& asked, const view& seen) const;
  std::uint32_t having(const term& known, const view& seen) const;
};

text_index::body::view text_index::body::view_of(const text_question& asked) const {
  view seen{.texts = places.size(), .words = word_count, .hidden = {}, .less = {}};
  for (const std::uint64_t id : asked.hidden) {
    const auto found = places.find(id);
    if (found == places.end()) continue;
    const kept_text& text = texts[found->second];
    --seen.texts;
    seen.words -= text.length;
    seen.hidden.push_back(found->second);
    for (std::uint32_t i = 0; i < text.term_count; ++i) ++seen.less[terms_of_texts[text.terms_begin + i]];
  }
  std::ranges::sort(seen.hidden);
  return seen;
}

std::uint32_t text_index::body::having(const term& known, const view& seen) const {
  const auto less = seen.less.find(static_cast<std::uint32_t>(&known - terms.data()));
  return known.having - (less == seen.less.end() ? 0 : less->second);
}

void text_index::body::put(std::uint64_t id, const marked_text& text) {
  remove(id);
  if (texts.size() >= limits::indexed_texts_max) {
    throw error(status::resource_exhausted, "text_index.too_many",
                "an index has at most " + std::to_string(limits::indexed_texts_max) + " texts");
  }
  std::vector<std::uint32_t> numbers;
  const std::size_t length = std::min(text.words.size(), limits::indexed_words_max);
  numbers.reserve(length);
  for (std::size_t i = 0; i < length; ++i) numbers.push_back(number_of(words, text.words[i]));
  std::ranges::sort(numbers);
  const auto here = static_cast<place>(texts.size());
  kept_text kept{.id = id,
                 .terms_begin = terms_of_texts.size(),
                 .length = static_cast<std::uint16_t>(length),
                 .merit = text.merit};
  for (auto first = numbers.begin(); first != numbers.end();) {
    const auto last = std::upper_bound(first, numbers.end(), *first);
    terms[*first].add({here, kept.length, static_cast<std::uint16_t>(last - first)});
    terms_of_texts.push_back(*first);
    first = last;
  }
  for (const std::string& mark : text.marks) {
    const std::uint32_t number = number_of(marks, mark);
    if (!terms[number].postings.empty() && terms[number].postings.back().text == here) continue;
    terms[number].add({here, 0, 1});
    terms_of_texts.push_back(number);
  }
  kept.term_count = static_cast<std::uint32_t>(terms_of_texts.size() - kept.terms_begin);
  texts.push_back(kept);
  places[id] = here;
  word_count += length;
  most_merit = std::max(most_merit, text.merit);
}

void text_index::body::remove(std::uint64_t id) {
  const auto found = places.find(id);
  if (found == places.end()) return;
  kept_text& text = texts[found->second];
  for (std::uint32_t i = 0; i < text.term_count; ++i) --terms[terms_of_texts[text.terms_begin + i]].having;
  text.gone = true;
  word_count -= text.length;
  places.erase(found);
  if (texts.size() > 2 * places.size() + 1024) tidy();
}

// Everything anew without what is gone: so that changing texts cost no more than their own number.
void text_index::body::tidy() {
  body fresh;
  std::vector<place> moved(texts.size(), nowhere);
  for (place i = 0; i < texts.size(); ++i) {
    if (texts[i].gone) continue;
    moved[i] = static_cast<place>(fresh.texts.size());
    fresh.texts.push_back(texts[i]);
    fresh.texts.back().terms_begin = fresh.terms_of_texts.size();
    fresh.terms_of_texts.resize(fresh.terms_of_texts.size() + texts[i].term_count);
    fresh.texts.back().term_count = 0;
    fresh.places[texts[i].id] = moved[i];
    fresh.most_merit = std::max(fresh.most_merit, texts[i].merit);
  }
  const auto take = [&](const dictionary& from, dictionary& to) {
    for (const auto& [name, number] : from) {
      if (terms[number].having == 0) continue;
      const std::uint32_t now = fresh.number_of(to, name);
      for (posting one : terms[number].postings) {
        one.text = moved[one.text];
        if (one.text == nowhere) continue;
        fresh.terms[now].add(one);
        kept_text& text = fresh.texts[one.text];
        fresh.terms_of_texts[text.terms_begin + text.term_count++] = now;
      }
    }
  };
  take(words, fresh.words);
  take(marks, fresh.marks);
  fresh.word_count = word_count;
  *this = std::move(fresh);
}

// What of a question any text has: the rarest words, by name where they are equally rare, and then its marks.
std::vector<text_index::body::question_term> text_index::body::terms_of(const text_question& asked,
                                                                        const view& seen) const {
  const bm25 how = seen.formula();
  std::vector<question_term> result;
  for (const std::string& word : asked.words) {
    const term* known = find(words, word);
    if (!known || having(*known, seen) == 0) continue;
    result.push_back({{known, how.rarity(having(*known, seen))}, word});
  }
  std::ranges::sort(result, [](const question_term& a, const question_term& b) {
    return a.asked.rarity != b.asked.rarity ? a.asked.rarity > b.asked.rarity : a.name < b.name;
  });
  const auto of = [](const question_term& one) { return one.asked.of; };
  const auto again = std::ranges::unique(result, {}, of);
  result.erase(again.begin(), again.end());
  if (result.size() > limits::question_words_max) result.resize(limits::question_words_max);
  for (std::size_t i = 0; i < std::min(asked.marks.size(), limits::question_marks_max); ++i) {
    const weighted_mark& mark = asked.marks[i];
    const term* known = find(marks, mark.mark);
    if (known && having(*known, seen) != 0 && std::ranges::find(result, known, of) == result.end()) {
      result.push_back({{known, 0, mark.points}, mark.mark});
    }
  }
  return result;
}

text_index::text_index() : body_(std::make_unique<body>()) {}
text_index::text_index(text_index&&) noexcept = default;
text_index& text_index::operator=(text_index&&) noexcept = default;
text_index::~text_index() = default;

void text_index::put(std::uint64_t id, const marked_text& text) { body_->put(id, text); }
void text_index::remove(std::uint64_t id) { body_->remove(id); }
bool text_index::has(std::uint64_t id) const { return body_->places.contains(id); }
std::size_t text_index::size() const noexcept { return body_->places.size(); }

std::vector<text_match> text_index::best(const text_question& asked, std::size_t most,
                                         const std::function<bool(std::uint64_t id)>& accept) const {
  check(asked);
  if (most == 0) return {};
  const body::view seen = body_->view_of(asked);
  std::vector<search_term> terms;
  for (const body::question_term& one : body_->terms_of(asked, seen)) terms.push_back(one.asked);
  const text_search search{.formula = seen.formula(),
                           .words_percent = asked.words_percent,
                           .merit_percent = asked.merit_percent,
                           .most_merit = body_->most_merit,
                           .texts = body_->texts,
                           .terms = terms};
  if (seen.hidden.empty()) return best_of(search, most, accept);
  return best_of(search, most,
                 [&](std::uint64_t id) { return !seen.hides(body_->places.at(id)) && (!accept || accept(id)); });
}

match_parts text_index::parts(const text_question& asked, std::uint64_t id) const {
  check(asked);
  const auto found = body_->places.find(id);
  if (found == body_->places.end()) {
    throw error(status::not_found, "text_index.unknown", "there is no text with id " + std::to_string(id));
  }
  const body::view seen = body_->view_of(asked);
  const bm25 how = seen.formula();
  match_parts parts;
  for (const body::question_term& one : body_->terms_of(asked, seen)) {
    const auto& all = one.asked.of->postings;
    const auto at = std::ranges::lower_bound(all, found->second, {}, &posting::text);
    if (at == all.end() || at->text != found->second) continue;
    if (one.asked.fixed >= 0) {
      parts.marks.push_back({std::string(one.name), one.asked.fixed});
    } else {
      const std::int32_t points = in_percent(how.points(one.asked.rarity, at->times, at->length), asked.words_percent);
      parts.words.push_back({std::string(one.name), points});
    }
  }
  std::ranges::sort(parts.words, [](const match_parts::share& a, const match_parts::share& b) {
    return a.points != b.points ? a.points > b.points : a.what < b.what;
  });
  parts.merit = in_percent(body_->texts[found->second].merit, asked.merit_percent);
  return parts;
}

std::size_t text_index::memory_bytes() const {
  const body& all = *body_;
  std::size_t sum = sizeof all + heap_bytes(all.words) + heap_bytes(all.marks) + heap_bytes(all.terms) +
                    heap_bytes(all.texts) + heap_bytes(all.terms_of_texts) + heap_bytes(all.places);
  for (const dictionary* names : {&all.words, &all.marks}) {
    for (const auto& [name, number] : *names) sum += heap_bytes(name);
  }
  for (const term& one : all.terms) sum += heap_bytes(one.postings) + heap_bytes(one.runs);
  return sum;
}

}  // namespace tocsin::inline v1
