// Questions over closed incidents in a file: a `find` that few meet, `count` by two fields, a summary. Beside each: the
// same as SQL written by hand over the same rows, in a copy of the file that has the index which that SQL would want.
// And what the index of columns costs a lifecycle that ends.
#include <benchmark/benchmark.h>

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <utility>

#include <tocsin/desk/query.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/metric/questions.hpp>

#include "file.hpp"

namespace {

using namespace bench;

constexpr std::uint64_t of_rare_assignee = 50;  // incidents, however many there are

// The life of an incident that was closed, with values that do not follow from one another.
class closing_life {
 public:
  explicit closing_life(const tocsin::desk& d, std::uint64_t incidents)
      : maker_(d), rare_every_(incidents / of_rare_assignee) {
    const auto all = [&](tocsin::word_kind kind, const char* prefix, std::uint64_t count, auto& to) {
      for (std::uint64_t n = 0; n < count; ++n) {
        to.push_back({d.state().words.find(kind, prefix + std::to_string(n))});
      }
    };
    all(tocsin::word_kind::person, "person", people, people_);
    all(tocsin::word_kind::team, "team", teams, teams_);
    all(tocsin::word_kind::service, "service", services, services_);
    all(tocsin::word_kind::category, "category", categories, categories_);
  }

  std::vector<tocsin::request> make(std::uint64_t id) {
    std::vector<tocsin::request> life = {maker_.make({stage::log, id}), maker_.make({stage::resolve, id}),
                                         maker_.make({stage::take, id})};
    auto& logged = life[0].asked.get<tocsin::log_incident>();
    logged.team = any(teams_);
    logged.service = any(services_);
    logged.category = any(categories_);
    logged.caller = any(people_);
    logged.assignee = id % rare_every_ == 0 ? people_.back() : people_[random_() % (people_.size() - 1)];
    logged.impact = static_cast<tocsin::impact>(1 + random_() % 3);
    logged.urgency = static_cast<tocsin::urgency>(1 + random_() % 3);
    life[2].asked = tocsin::confirm_resolution{{id}, {}};
    return life;
  }

 private:
  template <class Reference>
  Reference any(const std::vector<Reference>& of) {
    return of[random_() % of.size()];
  }

  request_maker maker_;
  std::uint64_t rare_every_;
  std::mt19937_64 random_{1};
  std::vector<tocsin::person_ref> people_;
  std::vector<tocsin::team_ref> teams_;
  std::vector<tocsin::service_ref> services_;
  std::vector<tocsin::category_ref> categories_;
};

void close_many(tocsin::desk& d, closing_life& life, std::uint64_t first, std::uint64_t count,
                std::uint64_t per_commit) {
  for (std::uint64_t id = first; id < first + count;) {
    tocsin::desk_transaction transaction(d, {});
    for (const std::uint64_t end = std::min(id + per_commit, first + count); id < end; ++id) {
      for (tocsin::request& r : life.make(id)) transaction.execute(std::move(r));
    }
    transaction.commit();
  }
}

// A desk with so many closed incidents, and a copy of its file for SQL by hand. Built once, for all that measures it.
struct history {
  explicit history(std::uint64_t closed)
      : file("history-" + std::to_string(closed)), copy("history-by-hand-" + std::to_string(closed)) {
    desk.emplace(0, open_file(file, false));
    closing_life life(desk->desk, closed);
    close_many(desk->desk, life, 1, closed, 500);
    desk->desk.storage().backup(copy.path());
    by_hand.emplace(copy.path());
    by_hand->run("CREATE INDEX by_assignee ON incident (assignee) WHERE ended_at IS NOT NULL");
    by_hand->run("CREATE INDEX by_service ON incident (service, priority) WHERE ended_at IS NOT NULL");
    by_hand->run("CREATE INDEX by_priority ON incident (priority, opened_at) WHERE ended_at IS NOT NULL");
    recent = tocsin::instant{by_hand_number("SELECT opened_at FROM incident ORDER BY id LIMIT 1 OFFSET " +
                                            std::to_string(closed - closed / 100))};
  }

  std::int64_t by_hand_number(const std::string& sql) {
    sqlite3_stmt* one = by_hand->prepare(sql);
    by_hand->demand(sqlite3_step(one), SQLITE_ROW);
    const std::int64_t number = sqlite3_column_int64(one, 0);
    sqlite3_reset(one);
    return number;
  }

  desk_file file;
  desk_file copy;
  std::optional<population> desk;
  std::optional<bare_sqlite> by_hand;
  tocsin::instant recent;  // since then, one of a hundred was opened
};

history& history_of(const benchmark::State& state) {
  static std::map<std::int64_t, std::unique_ptr<history>> all;
  std::unique_ptr<history>& one = all[state.range(0)];
  if (!one) one = std::make_unique<history>(static_cast<std::uint64_t>(state.range(0)));
  return *one;
}

// Reads every column of every row; how many rows there were.
std::int64_t read_rows(sqlite3_stmt* rows) {
  std::int64_t count = 0;
  std::int64_t sum = 0;
  const int width = sqlite3_column_count(rows);
  for (; sqlite3_step(rows) == SQLITE_ROW; ++count) {
    for (int i = 0; i < width; ++i) {
      const int type = sqlite3_column_type(rows, i);
      sum += type == SQLITE_INTEGER ? sqlite3_column_int64(rows, i) : sqlite3_column_bytes(rows, i);
    }
  }
  sqlite3_reset(rows);
  benchmark::DoNotOptimize(sum);
  return count;
}

void demand_found(benchmark::State& state, std::int64_t found, std::int64_t least) {
  state.counters["found"] = static_cast<double>(found);
  if (found < least) state.SkipWithError("too little was found");
}

constexpr const char* whole_record =
    "SELECT i.*, t.*, p.* FROM incident AS i LEFT JOIN incident_text AS t ON t.id = i.id"
    " LEFT JOIN incident_part AS p ON p.id = i.id WHERE i.ended_at IS NOT NULL AND ";

void find(benchmark::State& state, const tocsin::find_query& query) {
  const tocsin::desk& d = history_of(state).desk->desk;
  std::int64_t found = 0;
  for (auto _ : state) found = static_cast<std::int64_t>(tocsin::find(d, query).records.size());
  demand_found(state, found, static_cast<std::int64_t>(of_rare_assignee));
}

void find_by_hand(benchmark::State& state, const std::string& where) {
  sqlite3_stmt* rows = history_of(state).by_hand->prepare(whole_record + where + " ORDER BY i.id LIMIT 100");
  std::int64_t found = 0;
  for (auto _ : state) found = read_rows(rows);
  demand_found(state, found, static_cast<std::int64_t>(of_rare_assignee));
}

tocsin::find_query asking(const std::string& condition) {
  tocsin::find_query query;
  query.where.ended.value = 1;
  query.condition.text = condition;
  return query;
}

const std::string rare_person = "person" + std::to_string(people - 1);

void find_few(benchmark::State& state) { find(state, asking(R"({"==":[{"var":"assignee"},")" + rare_person + "\"]}")); }

void find_few_by_hand(benchmark::State& state) {
  const auto number = history_of(state).desk->desk.state().words.find(tocsin::word_kind::person, rare_person);
  find_by_hand(state, "i.assignee = " + std::to_string(number));
}

void find_recent(benchmark::State& state) {
  tocsin::find_query query = asking(R"({"==":[{"var":"priority"},"critical"]})");
  query.where.opened_at.from = history_of(state).recent;
  find(state, query);
}

void find_recent_by_hand(benchmark::State& state) {
  find_by_hand(state, "i.priority = 1 AND i.opened_at >= " + std::to_string(history_of(state).recent.us));
}

// By columns that the index covers and does not begin with: it is looked through.
void find_covered(benchmark::State& state) {
  find(state, asking(R"({"and":[{"==":[{"var":"priority"},"critical"]},{"==":[{"var":"service"},"service7"]}]})"));
}

void find_covered_by_hand(benchmark::State& state) {
  const auto number = history_of(state).desk->desk.state().words.find(tocsin::word_kind::service, "service7");
  find_by_hand(state, "i.priority = 1 AND i.service = " + std::to_string(number));
}

// Every closed record whole, as a question must that cannot leave any out.
void walk(benchmark::State& state) {
  const tocsin::desk& d = history_of(state).desk->desk;
  std::int64_t seen = 0;
  for (auto _ : state) {
    tocsin::each_record(d, {}, [&](const tocsin::incident_ptr&) { return ++seen > 0; });
  }
  state.SetItemsProcessed(seen);
}

void count(benchmark::State& state) {
  const tocsin::desk& d = history_of(state).desk->desk;
  tocsin::count_query query;
  query.by = {"team", "priority"};
  std::size_t groups = 0;
  for (auto _ : state) groups = tocsin::count(d, query).size();
  demand_found(state, static_cast<std::int64_t>(groups), static_cast<std::int64_t>(teams));
}

void count_by_hand(benchmark::State& state) {
  sqlite3_stmt* rows = history_of(state).by_hand->prepare(
      "SELECT team, priority, count(*) FROM incident WHERE ended_at IS NOT NULL GROUP BY team, priority");
  std::int64_t groups = 0;
  for (auto _ : state) groups = read_rows(rows);
  demand_found(state, groups, static_cast<std::int64_t>(teams));
}

void summarise(benchmark::State& state) {
  const tocsin::desk& d = history_of(state).desk->desk;
  std::size_t teams_found = 0;
  for (auto _ : state) teams_found = tocsin::summarise(d, {}).teams.size();
  demand_found(state, static_cast<std::int64_t>(teams_found), static_cast<std::int64_t>(teams));
}

// The same figures: volumes by month, states, mean by team, and the times in order for median and 90th percentile.
void summarise_by_hand(benchmark::State& state) {
  std::vector<sqlite3_stmt*> statements;
  bare_sqlite& db = *history_of(state).by_hand;
  for (const std::string at : {"opened_at", "resolved_at", "closed_at", "cancelled_at"}) {
    statements.push_back(db.prepare("SELECT strftime('%Y-%m', " + at +
                                    " / 1000000, 'unixepoch'), count(*) FROM incident WHERE " + at +
                                    " IS NOT NULL GROUP BY 1"));
  }
  statements.push_back(
      db.prepare("SELECT state, count(*), sum(reopen_count), sum(reopen_count > 0), sum(reassignment_count) FROM "
                 "incident GROUP BY state"));
  statements.push_back(
      db.prepare("SELECT team, resolved_at - opened_at FROM incident WHERE resolved_at IS NOT NULL ORDER BY 1, 2"));
  statements.push_back(
      db.prepare("SELECT priority, resolved_at - opened_at FROM incident WHERE resolved_at IS NOT NULL ORDER BY 1, 2"));
  std::int64_t rows = 0;
  for (auto _ : state) {
    for (sqlite3_stmt* statement : statements) rows += read_rows(statement);
  }
  demand_found(state, rows, 1);
}

// Lifecycles of three commands that end, so many a commit; with the index of columns, or without it.
void closing(benchmark::State& state) {
  constexpr std::uint64_t lives = 500;
  const desk_file file("closing");
  population p(0, open_file(file, false));
  closing_life life(p.desk, 1'000'000);
  close_many(p.desk, life, 1, 50'000, 500);
  if (state.range(1) == 0) bare_sqlite(file.path()).run("DROP INDEX incident_columns");
  const auto per_commit = static_cast<std::uint64_t>(state.range(0));
  for (auto _ : state) close_many(p.desk, life, p.desk.state().counters.last_id + 1, lives, per_commit);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lives * 3));
}

void register_sizes(const char* name, void (*measure)(benchmark::State&)) {
  benchmark::RegisterBenchmark((std::string("history/") + name).c_str(), measure)
      ->Arg(100'000)
      ->Unit(benchmark::kMillisecond);
  benchmark::RegisterBenchmark((std::string("full/history/") + name).c_str(), measure)
      ->Arg(1'000'000)
      ->Unit(benchmark::kMillisecond);
}

const bool registered = [] {
  register_sizes("find_few/tocsin", find_few);
  register_sizes("find_few/by_hand", find_few_by_hand);
  register_sizes("find_recent/tocsin", find_recent);
  register_sizes("find_recent/by_hand", find_recent_by_hand);
  register_sizes("find_covered/tocsin", find_covered);
  register_sizes("find_covered/by_hand", find_covered_by_hand);
  register_sizes("count/tocsin", count);
  register_sizes("count/by_hand", count_by_hand);
  register_sizes("summary/tocsin", summarise);
  register_sizes("summary/by_hand", summarise_by_hand);
  register_sizes("walk", walk);
  return true;
}();

// history/closing/lifecycles a commit/with the index
BENCHMARK(closing)
    ->Name("history/closing")
    ->ArgsProduct({{1, 100}, {0, 1}})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
