#include <doctest/doctest.h>

#include <tocsin/base/error.hpp>
#include <tocsin/knowledge/text_index.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

using namespace tocsin;

namespace {

// ---- the reference: every text is looked at, by the formula as books have it

class plain_collection {
 public:
  void put(std::uint64_t id, const marked_text& text) { texts_[id] = text; }
  void remove(std::uint64_t id) { texts_.erase(id); }
  const std::map<std::uint64_t, marked_text>& texts() const { return texts_; }

  std::size_t having(const std::string& word) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        texts_, [&](const auto& one) { return std::ranges::count(one.second.words, word) != 0; }));
  }

  std::size_t word_count() const {
    std::size_t sum = 0;
    for (const auto& [id, text] : texts_) sum += text.words.size();
    return sum;
  }

  std::vector<text_match> best(const text_question& asked, std::size_t most, auto accept) const {
    const bm25 how(texts_.size(), word_count());
    std::map<std::string, std::uint64_t> rarities;
    for (const std::string& word : asked.words) {
      if (const std::size_t n = having(word)) rarities[word] = how.rarity(n);
    }
    std::vector<text_match> found;
    for (const auto& [id, text] : texts_) {
      bool shares = false;
      std::int64_t score = text.merit * asked.merit_percent / 100;
      for (const auto& [word, rarity] : rarities) {
        const auto times = static_cast<std::uint64_t>(std::ranges::count(text.words, word));
        if (times == 0) continue;
        shares = true;
        score += how.points(rarity, times, text.words.size()) * asked.words_percent / 100;
      }
      std::set<std::string> seen;
      for (const weighted_mark& mark : asked.marks) {
        if (std::ranges::count(text.marks, mark.mark) == 0 || !seen.insert(mark.mark).second) continue;
        shares = true;
        score += mark.points;
      }
      if (shares && accept(id)) found.push_back({id, score});
    }
    std::ranges::sort(found, [](const text_match& a, const text_match& b) {
      return a.score != b.score ? a.score > b.score : a.id > b.id;
    });
    if (found.size() > most) found.resize(most);
    return found;
  }

 private:
  std::map<std::uint64_t, marked_text> texts_;
};

class random_texts {
 public:
  explicit random_texts(std::uint32_t seed) : random_(seed) {}

  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_() % n); }

  // Few words are common, and most are rare.
  std::string word() {
    const std::uint32_t size = 1u << below(12);
    return "w" + std::to_string(below(size));
  }
  std::string mark() { return "m" + std::to_string(below(1u << below(6))); }

  marked_text text() {
    marked_text made;
    for (std::uint32_t n = below(30); n != 0; --n) made.words.push_back(word());
    if (below(20) == 0) made.words.insert(made.words.end(), 300, word());
    for (std::uint32_t n = below(4); n != 0; --n) made.marks.push_back(mark());
    std::ranges::sort(made.marks);
    made.marks.erase(std::ranges::unique(made.marks).begin(), made.marks.end());
    if (below(10) == 0) made.merit = static_cast<std::int32_t>(below(4000)) - 2000;
    return made;
  }

  text_question question() {
    text_question made;
    for (std::uint32_t n = below(14); n != 0; --n) made.words.push_back(word());
    for (std::uint32_t n = below(4); n != 0; --n)
      made.marks.push_back({mark(), static_cast<std::int32_t>(below(4000))});
    if (below(3) == 0) made.words_percent = static_cast<std::int32_t>(below(300));
    if (below(3) == 0) made.merit_percent = static_cast<std::int32_t>(below(300));
    return made;
  }

 private:
  std::mt19937 random_;
};

void compare(std::uint32_t seed, std::uint32_t texts, std::uint32_t changes, std::uint32_t questions) {
  CAPTURE(seed);
  random_texts random(seed);
  plain_collection plain;
  text_index index;
  const auto put = [&](std::uint64_t id) {
    const marked_text text = random.text();
    plain.put(id, text);
    index.put(id, text);
  };
  for (std::uint32_t i = 0; i < texts; ++i) put(1 + random.below(texts * 2));
  for (std::uint32_t i = 0; i < questions; ++i) {
    for (std::uint32_t n = random.below(changes); n != 0; --n) {
      const std::uint64_t id = 1 + random.below(texts * 2);
      if (random.below(3) != 0) {
        put(id);
      } else {
        plain.remove(id);
        index.remove(id);
      }
    }
    const text_question asked = random.question();
    const std::uint64_t odd = 1 + random.below(4);
    const auto accept = [odd](std::uint64_t id) { return id % odd == 0; };
    const std::size_t most = 1 + random.below(12);
    const std::vector<text_match> found = index.best(asked, most, accept);
    REQUIRE(found == plain.best(asked, most, accept));
    for (const text_match& match : found) REQUIRE(index.parts(asked, match.id).score() == match.score);
  }
  CHECK(index.size() == plain.texts().size());
}

marked_text words(std::vector<std::string> all) { return {std::move(all), {}, 0}; }

}  // namespace

TEST_CASE("BM25 is what the formula says, to a thousandth and what is rounded away (P3)") {
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const std::uint64_t texts = 1 + random() % (1u << (1 + random() % 24));
    const std::uint64_t having = 1 + random() % texts;
    const std::uint64_t words = texts * (1 + random() % 200);
    const std::uint64_t times = 1 + random() % 20;
    const std::uint64_t length = times + random() % 1000;
    const bm25 how(texts, words);
    const double n = static_cast<double>(texts);
    const double idf = std::log(1 + (n - static_cast<double>(having) + 0.5) / (static_cast<double>(having) + 0.5));
    const double average = static_cast<double>(words) / n;
    const double tf = static_cast<double>(times);
    const double points = idf * tf * 2.2 / (tf + 1.2 * (0.25 + 0.75 * static_cast<double>(length) / average));
    CAPTURE(texts);
    CAPTURE(having);
    REQUIRE(std::abs(static_cast<double>(how.rarity(having)) - idf * 1e6) < 5);
    REQUIRE(std::abs(static_cast<double>(how.points(how.rarity(having), times, length)) - points * 1000) <
            2 + points * 1000 * 0.003);
  }
}

TEST_CASE("The rarer word counts more, the shorter text, and the word that is there more often (P3)") {
  text_index index;
  index.put(1, words({"mail", "down"}));
  index.put(2, words({"mail", "slow", "again", "today"}));
  index.put(3, words({"printer", "down", "printer"}));
  const auto ids = [&](std::vector<std::string> asked) {
    std::vector<std::uint64_t> all;
    for (const text_match& match : index.best({std::move(asked), {}}, 10)) all.push_back(match.id);
    return all;
  };
  CHECK(ids({"mail"}) == std::vector<std::uint64_t>{1, 2});
  CHECK(ids({"mail", "slow"}) == std::vector<std::uint64_t>{2, 1});
  CHECK(ids({"printer", "mail"}) == std::vector<std::uint64_t>{3, 1, 2});
  CHECK(ids({"nothing"}) == std::vector<std::uint64_t>{});
  CHECK(ids({}) == std::vector<std::uint64_t>{});
}

TEST_CASE("What a text gets is explained part by part (P3, R-P08)") {
  text_index index;
  index.put(1, {{"mail", "down"}, {"service:1", "code:ora-12541"}, 500});
  index.put(2, words({"mail"}));
  const text_question asked{{"down", "mail", "mail"}, {{"service:1", 2000}, {"code:x", 3000}}};
  const match_parts parts = index.parts(asked, 1);
  REQUIRE(parts.words.size() == 2);
  CHECK(parts.words[0].what == "down");
  CHECK(parts.words[0].points > parts.words[1].points);
  CHECK(parts.marks == std::vector<match_parts::share>{{"service:1", 2000}});
  CHECK(parts.merit == 500);
  CHECK(parts.score() == index.best(asked, 1).front().score);
  CHECK_THROWS_AS(index.parts(asked, 3), error);
}

TEST_CASE("Of equal texts the later one comes first (P3)") {
  text_index index;
  for (const std::uint64_t id : {5U, 3U, 9U, 7U}) index.put(id, words({"same"}));
  const auto best = index.best({{"same"}, {}}, 3);
  REQUIRE(best.size() == 3);
  CHECK(best[0].id == 9);
  CHECK(best[1].id == 7);
  CHECK(best[2].id == 5);
}

TEST_CASE("A text in place of another leaves nothing of it (P3)") {
  text_index index;
  index.put(1, words({"old"}));
  index.put(1, words({"new"}));
  CHECK(index.best({{"old"}, {}}, 10).empty());
  CHECK(index.best({{"new"}, {}}, 10).size() == 1);
  CHECK(index.size() == 1);
  index.remove(1);
  index.remove(1);
  CHECK(index.size() == 0);
  CHECK_FALSE(index.has(1));
}

TEST_CASE("Of a question that is too long the rarest words are asked for (P3)") {
  text_index index;
  std::vector<std::string> common;
  for (std::size_t i = 0; i < limits::question_words_max; ++i) common.push_back("c" + std::to_string(i));
  index.put(1, words(common));
  index.put(2, words(common));
  index.put(3, words({"rare"}));
  std::vector<std::string> asked = common;
  asked.push_back("rare");
  const auto best = index.best({asked, {}}, 3);
  CHECK(std::ranges::count(best, 3u, &text_match::id) == 1);
  CHECK(index.parts({asked, {}}, 1).words.size() == limits::question_words_max - 1);
}

TEST_CASE("What is hidden from a question counts in nothing: the answer is that of an index without it (P3, D9)") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    random_texts random(seed);
    text_index all;
    text_index shown;
    std::vector<std::uint64_t> hidden;
    for (std::uint64_t id = 1; id <= 60; ++id) {
      const marked_text text = random.text();
      all.put(id, text);
      if (random.below(4) == 0) {
        hidden.push_back(id);
      } else {
        shown.put(id, text);
      }
    }
    for (int n = 0; n < 20; ++n) {
      text_question asked = random.question();
      const std::vector<text_match> expected = shown.best(asked, 12);
      const text_question plain = asked;
      asked.hidden = hidden;
      asked.hidden.push_back(999);  // of no text
      CHECK(all.best(asked, 12) == expected);
      for (const text_match& match : expected) {
        CHECK(all.parts(asked, match.id).score() == shown.parts(plain, match.id).score());
      }
    }
  }
}

TEST_CASE("Weights out of range are refused (P3)") {
  text_index index;
  CHECK_THROWS_AS(index.best({{}, {}, 1001}, 1), error);
  CHECK_THROWS_AS(index.best({{}, {}, 100, -1}, 1), error);
  CHECK_THROWS_AS(index.best({{}, {{"m", -1}}}, 1), error);
}

TEST_CASE("The index finds what looking at every text finds (P3)") {
  for (std::uint32_t seed = 1; seed <= 20; ++seed) compare(seed, 200, 40, 60);
  compare(100, 6'000, 200, 12);
}

TEST_SUITE("full") {
  TEST_CASE("The index finds what looking at every text finds, at length (P3)") {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) compare(seed, 400, 200, 100);
    for (std::uint32_t seed = 1; seed <= 5; ++seed) compare(1000 + seed, 20'000, 2'000, 40);
  }
}
