// Known errors and duplicates by their words: the ten best of 100 k texts for a question of twelve words; and adding one.
// Beside it: every text looked at with the same formula, SQLite's FTS5 with its own bm25 (a commit for each text that is
// added, WAL and synchronous=NORMAL), and Xapian on disk, where the machine has it.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include <tocsin/knowledge/text_index.hpp>
#include <tocsin/knowledge/words.hpp>

#include "file.hpp"

#ifdef TOCSIN_BENCH_XAPIAN
#include <xapian.h>
#endif

namespace {

using namespace tocsin;

constexpr std::size_t text_count = 100'000;
constexpr std::size_t question_count = 500;
constexpr std::size_t question_length = 12;
constexpr std::size_t best_of = 10;

// Words as language has them: the n-th is there about 1/n as often as the first.
class speech {
 public:
  speech() {
    double sum = 0;
    for (std::size_t n = 1; n <= vocabulary; ++n) bounds_.push_back(sum += 1.0 / static_cast<double>(n));
  }

  std::string word() {
    const double at = std::uniform_real_distribution<>(0, bounds_.back())(random_);
    return "word" + std::to_string(std::ranges::lower_bound(bounds_, at) - bounds_.begin());
  }
  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  static constexpr std::size_t vocabulary = 50'000;
  std::mt19937 random_{1};
  std::vector<double> bounds_;
};

using words = std::vector<std::string>;

struct collection {
  std::vector<words> texts;
  std::vector<words> questions;  // twelve words of a text, so that each is like something

  collection() {
    speech said;
    for (std::size_t i = 0; i < text_count; ++i) {
      words& text = texts.emplace_back();
      for (std::size_t n = 15 + said.below(40); n != 0; --n) text.push_back(said.word());
    }
    for (std::size_t i = 0; i < question_count; ++i) {
      const words& like = texts[said.below(text_count)];
      words& question = questions.emplace_back();
      for (std::size_t n = 0; n < question_length; ++n) question.push_back(like[said.below(like.size())]);
    }
  }
};

const collection& all() {
  static const collection made;
  return made;
}

std::string joined(const words& all, std::string_view between) {
  std::string text;
  for (const std::string& word : all) text += (text.empty() ? std::string() : std::string(between)) + word;
  return text;
}

const text_index& index_of_all() {
  static const text_index* index = [] {
    auto* made = new text_index;
    for (std::size_t i = 0; i < text_count; ++i) made->put(i + 1, {all().texts[i], {}, 0});
    return made;
  }();
  return *index;
}

template <class Ask>
void ask_all(benchmark::State& state, Ask ask) {
  std::size_t next = 0;
  for (auto _ : state) {
    ask(all().questions[next]);
    next = (next + 1) % question_count;
  }
  state.SetItemsProcessed(state.iterations());
}

// ---- ours

void best_tocsin(benchmark::State& state) {
  const text_index& index = index_of_all();
  ask_all(state, [&](const words& question) { benchmark::DoNotOptimize(index.best({question, {}}, best_of)); });
}

void add_tocsin(benchmark::State& state) {
  text_index index;
  std::vector<std::string> texts;
  for (const words& text : all().texts) texts.push_back(joined(text, " "));
  std::uint64_t next = 0;
  for (auto _ : state) {
    index.put(next + 1, {words_of(texts[next % text_count]), {}, 0});
    if (++next == 10 * text_count) state.SkipWithError("more texts than were made");
  }
  state.SetItemsProcessed(state.iterations());
}

// ---- every text by the same formula: accumulators, and no other thought

struct plain_posting {
  std::uint32_t text;
  std::uint32_t times;
};

void best_exhaustive(benchmark::State& state) {
  std::unordered_map<std::string, std::vector<plain_posting>> lists;
  std::vector<std::uint32_t> lengths;
  std::uint64_t word_count = 0;
  for (std::uint32_t i = 0; i < text_count; ++i) {
    const words& text = all().texts[i];
    lengths.push_back(static_cast<std::uint32_t>(text.size()));
    word_count += text.size();
    for (const std::string& word : text) {
      std::vector<plain_posting>& list = lists[word];
      if (!list.empty() && list.back().text == i) {
        ++list.back().times;
      } else {
        list.push_back({i, 1});
      }
    }
  }
  const double average = static_cast<double>(word_count) / static_cast<double>(text_count);
  std::vector<float> scores(text_count);
  ask_all(state, [&](words question) {
    std::ranges::sort(question);
    question.erase(std::ranges::unique(question).begin(), question.end());
    std::ranges::fill(scores, 0.0F);
    for (const std::string& word : question) {
      const std::vector<plain_posting>& list = lists[word];
      const double n = static_cast<double>(list.size());
      const auto idf = static_cast<float>(std::log(1 + (static_cast<double>(text_count) - n + 0.5) / (n + 0.5)));
      for (const plain_posting& p : list) {
        const auto times = static_cast<float>(p.times);
        const float length = static_cast<float>(lengths[p.text]) / static_cast<float>(average);
        scores[p.text] += idf * times * 2.2F / (times + 0.3F + 0.9F * length);
      }
    }
    std::vector<std::uint32_t> order(text_count);
    for (std::uint32_t i = 0; i < text_count; ++i) order[i] = i;
    std::ranges::partial_sort(order, order.begin() + best_of, [&](auto a, auto b) { return scores[a] > scores[b]; });
    benchmark::DoNotOptimize(order.data());
  });
}

// ---- FTS5

class fts5 {
 public:
  fts5() : file_("texts"), db_(file_.path()) {
    db_.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; CREATE VIRTUAL TABLE t USING fts5(body)");
    put_ = db_.prepare("INSERT INTO t(body) VALUES (?1)");
    find_ = db_.prepare("SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT ?2");
  }

  void put_all() {
    db_.run("BEGIN");
    for (const words& text : all().texts) put(joined(text, " "));
    db_.run("COMMIT");
  }

  void put(const std::string& text) {
    sqlite3_bind_text(put_, 1, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    db_.demand(sqlite3_step(put_), SQLITE_DONE);
    sqlite3_reset(put_);
  }

  void ask(const words& question) {
    const std::string match = joined(question, " OR ");
    sqlite3_bind_text(find_, 1, match.data(), static_cast<int>(match.size()), SQLITE_STATIC);
    sqlite3_bind_int64(find_, 2, best_of);
    while (sqlite3_step(find_) == SQLITE_ROW) benchmark::DoNotOptimize(sqlite3_column_int64(find_, 0));
    sqlite3_reset(find_);
  }

 private:
  bench::desk_file file_;
  bench::bare_sqlite db_;
  sqlite3_stmt* put_ = nullptr;
  sqlite3_stmt* find_ = nullptr;
};

void best_fts5(benchmark::State& state) {
  fts5 texts;
  texts.put_all();
  ask_all(state, [&](const words& question) { texts.ask(question); });
}

void add_fts5(benchmark::State& state) {
  fts5 index;
  std::vector<std::string> texts;
  for (const words& text : all().texts) texts.push_back(joined(text, " "));
  std::size_t next = 0;
  for (auto _ : state) index.put(texts[next++ % text_count]);
  state.SetItemsProcessed(state.iterations());
}

// ---- Xapian

#ifdef TOCSIN_BENCH_XAPIAN
void best_xapian(benchmark::State& state) {
  const bench::desk_file file("xapian");
  Xapian::WritableDatabase db(file.path(), Xapian::DB_CREATE_OR_OVERWRITE);
  for (const words& text : all().texts) {
    Xapian::Document document;
    Xapian::termpos at = 0;
    for (const std::string& word : text) document.add_posting(word, ++at);
    db.add_document(document);
  }
  db.commit();
  Xapian::Enquire enquire(db);
  enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
  ask_all(state, [&](const words& question) {
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, question.begin(), question.end()));
    benchmark::DoNotOptimize(enquire.get_mset(0, best_of).size());
  });
}
BENCHMARK(best_xapian)->Name("texts/best/xapian");
#endif

BENCHMARK(best_tocsin)->Name("texts/best/tocsin");
BENCHMARK(best_exhaustive)->Name("texts/best/exhaustive");
BENCHMARK(best_fts5)->Name("texts/best/fts5");
BENCHMARK(add_tocsin)->Name("texts/add/tocsin");
BENCHMARK(add_fts5)->Name("texts/add/fts5");

}  // namespace
