// How well incidents with one cause find each other: 400 causes, each reported five times in other words, with typos and
// noise, among 3,000 reports of nothing in common. Recall@10 and the mean reciprocal rank of the text index that `suggest`
// asks, of SQLite's FTS5 and of Xapian over the same words; and of the groups that recurrence makes of the titles alone,
// with how many of the pairs in a group have one cause (precision). Time is that of all the questions.
#include <benchmark/benchmark.h>
#include <sqlite3.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include <tocsin/knowledge/text_index.hpp>
#include <tocsin/knowledge/words.hpp>
#include <tocsin/problem/recurrence.hpp>

#include "file.hpp"

#ifdef TOCSIN_BENCH_XAPIAN
#include <xapian.h>
#endif

namespace {

using namespace tocsin;
using words = std::vector<std::string>;

constexpr std::size_t cause_count = 400;
constexpr std::size_t reports_of_a_cause = 5;
constexpr std::size_t noise_count = 3'000;
constexpr std::size_t best_of = 10;

struct report {
  std::size_t cause = 0;  // from 1; 0: none
  std::string title;
  words all;
};

// What the same thing is called, and how the same trouble is told.
const std::vector<words> components = {{"outlook", "mail client", "mailbox"},
                                       {"vpn", "vpn client", "remote access"},
                                       {"printer", "print queue"},
                                       {"erp", "erp system", "order entry"},
                                       {"wifi", "wlan", "wireless"},
                                       {"crm", "customer portal"},
                                       {"intranet", "sharepoint", "team site"},
                                       {"database", "db server", "oracle"},
                                       {"phone", "softphone", "telephony"},
                                       {"laptop", "notebook", "computer"},
                                       {"file share", "network drive"},
                                       {"web shop", "shop frontend"},
                                       {"payroll", "salary run"},
                                       {"scanner", "scan to mail"},
                                       {"calendar", "meeting planner"},
                                       {"backup", "backup job"},
                                       {"firewall", "proxy"},
                                       {"badge reader", "door access"},
                                       {"video call", "conference room"},
                                       {"monitor", "display"}};
const std::vector<words> symptoms = {{"does not start", "fails to start", "will not open"},
                                     {"very slow", "hangs", "takes minutes"},
                                     {"password rejected", "login fails", "cannot sign in"},
                                     {"shows error message", "error popup", "throws an error"},
                                     {"loses connection", "keeps disconnecting", "connection drops"},
                                     {"crashes", "closes by itself", "freezes"},
                                     {"no access", "access denied", "permission missing"},
                                     {"certificate expired", "certificate warning"},
                                     {"data missing", "records are gone", "entries disappeared"},
                                     {"cannot save", "saving fails", "save not possible"},
                                     {"update failed", "update stuck"},
                                     {"license expired", "no license"},
                                     {"disk full", "out of space"},
                                     {"wrong amounts", "totals are wrong"},
                                     {"duplicate entries", "everything twice"},
                                     {"no sound", "audio missing"},
                                     {"blank screen", "stays black"},
                                     {"timeout", "request times out"},
                                     {"paper jam", "feeder blocked"},
                                     {"sync broken", "does not synchronise"}};
const words greetings = {"hello",       "hi team", "good morning", "urgent",
                         "please help", "again",   "fyi",          "dear colleagues"};

class reporter {
 public:
  report of_cause(std::size_t cause) {
    const words& component = components[(cause - 1) / symptoms.size()];
    const words& symptom = symptoms[(cause - 1) % symptoms.size()];
    std::vector<std::string> parts{any_of(component), any_of(symptom)};
    if (one_in(2)) std::swap(parts[0], parts[1]);
    std::string title = parts[0] + ' ' + parts[1];
    if (one_in(3)) title = any_of(greetings) + ' ' + title;
    if (one_in(3)) title += " host" + std::to_string(below(90));
    // Two of three details that only this cause has in this combination.
    std::mt19937 own(static_cast<std::uint32_t>(cause));
    words details;
    for (int i = 0; i < 3; ++i)
      details.push_back("detail" + std::string(1, static_cast<char>('a' + own() % 26)) +
                        std::string(1, static_cast<char>('a' + own() % 12)));
    details.erase(details.begin() + static_cast<std::ptrdiff_t>(below(3)));
    return made(cause, title, details[0] + ' ' + details[1] + ' ' + chatter());
  }

  report of_nothing() {
    return made(0, any_of(greetings) + ' ' + invented() + ' ' + invented() + ' ' + invented(), chatter());
  }
  std::size_t below(std::size_t n) { return random_() % n; }

 private:
  bool one_in(std::size_t n) { return below(n) == 0; }
  const std::string& any_of(const words& all) { return all[below(all.size())]; }

  std::string invented() {
    std::string word;
    for (std::size_t n = 4 + below(5); n != 0; --n) word += static_cast<char>('a' + below(26));
    return word;
  }

  std::string chatter() {
    std::string text;
    for (int i = 0; i < 8; ++i)
      text += (one_in(2) ? any_of(greetings) : any_of(components[below(components.size())])) + ' ';
    return text;
  }

  // Each tenth word of some length has a letter less, or two exchanged.
  std::string with_typos(const std::string& text) {
    std::string result;
    for (std::string word : words_of(text)) {
      if (word.size() > 3 && one_in(10)) {
        const std::size_t at = 1 + below(word.size() - 2);
        if (one_in(2)) {
          word.erase(at, 1);
        } else {
          std::swap(word[at], word[at + 1]);
        }
      }
      result += (result.empty() ? "" : " ") + word;
    }
    return result;
  }

  report made(std::size_t cause, const std::string& title, const std::string& description) {
    report one{cause, with_typos(title), {}};
    one.all = words_of(one.title + ' ' + with_typos(description));
    return one;
  }

  std::mt19937 random_{20260302};
};

const std::vector<report>& reports() {
  static const std::vector<report> all = [] {
    reporter writes;
    std::vector<report> made;
    for (std::size_t cause = 1; cause <= cause_count; ++cause) {
      for (std::size_t i = 0; i < reports_of_a_cause; ++i) made.push_back(writes.of_cause(cause));
    }
    for (std::size_t i = 0; i < noise_count; ++i) made.push_back(writes.of_nothing());
    for (std::size_t i = made.size() - 1; i > 0; --i) std::swap(made[i], made[writes.below(i + 1)]);
    return made;
  }();
  return all;
}

// `answer`: the reports that are most like it, best first; itself is passed over.
void measure(benchmark::State& state, const std::function<std::vector<std::size_t>(std::size_t)>& answer) {
  double recall = 0;
  double reciprocal = 0;
  for (auto _ : state) {
    recall = reciprocal = 0;
    for (std::size_t asked = 0; asked < reports().size(); ++asked) {
      if (reports()[asked].cause == 0) continue;
      std::vector<std::size_t> found = answer(asked);
      std::erase(found, asked);
      found.resize(std::min(found.size(), best_of));
      const auto right = [&](std::size_t one) { return reports()[one].cause == reports()[asked].cause; };
      recall += static_cast<double>(std::ranges::count_if(found, right));
      const auto first = std::ranges::find_if(found, right);
      if (first != found.end()) reciprocal += 1.0 / static_cast<double>(first - found.begin() + 1);
    }
  }
  constexpr double questions = cause_count * reports_of_a_cause;
  state.counters["recall_at_10"] = recall / (questions * (reports_of_a_cause - 1));
  state.counters["mean_reciprocal_rank"] = reciprocal / questions;
}

void tocsin_index(benchmark::State& state) {
  text_index index;
  for (std::size_t i = 0; i < reports().size(); ++i) index.put(i, {reports()[i].all, {}, 0});
  measure(state, [&](std::size_t asked) {
    std::vector<std::size_t> found;
    for (const text_match& match : index.best({reports()[asked].all, {}, 100, 100, {}}, best_of + 1))
      found.push_back(match.id);
    return found;
  });
}

void fts5(benchmark::State& state) {
  const bench::desk_file file("ranking");
  bench::bare_sqlite db(file.path());
  db.run("PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE t USING fts5(body); BEGIN");
  sqlite3_stmt* const put = db.prepare("INSERT INTO t(rowid, body) VALUES (?1, ?2)");
  const auto joined = [](const words& all, const char* between) {
    std::string text;
    for (const std::string& word : all) text += (text.empty() ? "" : between) + ('"' + word + '"');
    return text;
  };
  for (std::size_t i = 0; i < reports().size(); ++i) {
    const std::string text = joined(reports()[i].all, " ");
    sqlite3_bind_int64(put, 1, static_cast<sqlite3_int64>(i));
    sqlite3_bind_text(put, 2, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
    db.demand(sqlite3_step(put), SQLITE_DONE);
    sqlite3_reset(put);
  }
  db.run("COMMIT");
  sqlite3_stmt* const find = db.prepare("SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY rank LIMIT 11");
  measure(state, [&](std::size_t asked) {
    const std::string match = joined(reports()[asked].all, " OR ");
    sqlite3_bind_text(find, 1, match.data(), static_cast<int>(match.size()), SQLITE_STATIC);
    std::vector<std::size_t> found;
    while (sqlite3_step(find) == SQLITE_ROW) found.push_back(static_cast<std::size_t>(sqlite3_column_int64(find, 0)));
    sqlite3_reset(find);
    return found;
  });
}

#ifdef TOCSIN_BENCH_XAPIAN
void xapian(benchmark::State& state) {
  const bench::desk_file file("ranking_xapian");
  Xapian::WritableDatabase db(file.path(), Xapian::DB_CREATE_OR_OVERWRITE);
  for (const report& one : reports()) {
    Xapian::Document document;
    Xapian::termpos at = 0;
    for (const std::string& word : one.all) document.add_posting(word, ++at);
    db.add_document(document);
  }
  db.commit();
  Xapian::Enquire enquire(db);
  enquire.set_weighting_scheme(Xapian::BM25Weight(1.2, 0, 1, 0.75, 0));
  measure(state, [&](std::size_t asked) {
    const words& question = reports()[asked].all;
    enquire.set_query(Xapian::Query(Xapian::Query::OP_OR, question.begin(), question.end()));
    std::vector<std::size_t> found;
    const Xapian::MSet matches = enquire.get_mset(0, best_of + 1);
    for (auto match = matches.begin(); match != matches.end(); ++match) found.push_back(*match - 1);
    return found;
  });
}
BENCHMARK(xapian)->Name("ranking/xapian")->Iterations(1)->Unit(benchmark::kMillisecond);
#endif

// The others of its group, in the order of arrival; the argument is the likeness.
void recurrence(benchmark::State& state) {
  symptom_index symptoms(state.range(0));
  std::map<std::string, std::vector<std::size_t>> groups;
  std::vector<std::string> group_of;
  for (std::size_t i = 0; i < reports().size(); ++i) {
    group_of.push_back(symptoms.symptom_of(fingerprint_of(reports()[i].title)));
    groups[group_of.back()].push_back(i);
  }
  measure(state, [&](std::size_t asked) { return groups[group_of[asked]]; });
  double pairs = 0;
  double right = 0;
  for (const auto& [group, members] : groups) {
    for (const std::size_t a : members) {
      for (const std::size_t b : members) {
        if (a >= b) continue;
        ++pairs;
        right += reports()[a].cause != 0 && reports()[a].cause == reports()[b].cause ? 1 : 0;
      }
    }
  }
  state.counters["precision"] = pairs == 0 ? 0 : right / pairs;
}

BENCHMARK(tocsin_index)->Name("ranking/tocsin")->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(fts5)->Name("ranking/fts5")->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(recurrence)
    ->Name("ranking/recurrence")
    ->ArgName("likeness")
    ->Arg(100)
    ->Arg(80)
    ->Arg(70)
    ->Arg(60)
    ->Arg(50)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
