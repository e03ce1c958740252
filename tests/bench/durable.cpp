// Durable commands: one lifecycle of seven commands per commit (synchronous=NORMAL), and one command per commit (FULL).
// Beside them: a hand-written program that stores the very same rows in the same tables, by prepared statements. The two
// take turns, so that both meet the same disk.
#include <benchmark/benchmark.h>

#include <chrono>

#include "file.hpp"

namespace {

using namespace bench;

struct commit_form {
  bool full;  // synchronous
  std::size_t per_commit;
  std::uint64_t lifecycles;  // a turn
  std::uint64_t turns;
};
constexpr commit_form batches{false, stage_count, 150, 20};
constexpr commit_form single{true, 1, 10, 20};

void commit_lifecycles(population& p, const commit_form& form, std::uint64_t count) {
  const std::vector<step> steps = one_after_another(p.desk.state().counters.last_id + 1, count);
  std::vector<tocsin::request> batch;
  for (const step& s : steps) {
    batch.push_back(p.maker.make(s));
    if (batch.size() < form.per_commit) continue;
    if (form.per_commit == 1) {
      p.desk.execute(std::move(batch.front()));
    } else {
      p.desk.execute_all(std::move(batch));
    }
    batch.clear();
  }
}

// ---- the hand-written one

using row = std::vector<sqlite3_value*>;

struct table {
  std::string name;
  std::vector<std::string> columns;
  std::vector<row> rows;
};

table read_table(bare_sqlite& from, const std::string& name, const std::string& key, std::uint64_t after) {
  table result{name, {}, {}};
  sqlite3_stmt* all =
      from.prepare("SELECT * FROM " + name + " WHERE " + key + " > " + std::to_string(after) + " ORDER BY " + key);
  const int width = sqlite3_column_count(all);
  for (int i = 0; i < width; ++i) result.columns.emplace_back(sqlite3_column_name(all, i));
  while (sqlite3_step(all) == SQLITE_ROW) {
    row& r = result.rows.emplace_back();
    for (int i = 0; i < width; ++i) r.push_back(sqlite3_value_dup(sqlite3_column_value(all, i)));
  }
  return result;
}

// What the library stored for the lifecycles: the tables as it made them, and their rows.
struct stored_rows {
  std::vector<std::string> schema;
  table entries, incidents, texts;
};

stored_rows rows_of(const commit_form& form) {
  const desk_file file("rows");
  std::uint64_t entries_before = 0;
  {
    population p(0, open_file(file, false));
    entries_before = p.desk.state().counters.sequence;
    commit_lifecycles(p, batches, form.lifecycles * form.turns);
  }
  bare_sqlite from(file.path());
  stored_rows result;
  sqlite3_stmt* schema = from.prepare(
      "SELECT sql FROM sqlite_schema WHERE tbl_name IN ('entry', 'incident', 'incident_text') AND sql NOT NULL"
      " AND type IN ('table', 'index') ORDER BY type DESC");
  while (sqlite3_step(schema) == SQLITE_ROW) {
    result.schema.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(schema, 0)));
  }
  result.entries = read_table(from, "entry", "sequence", entries_before);
  result.incidents = read_table(from, "incident", "id", 0);
  result.texts = read_table(from, "incident_text", "id", 0);
  return result;
}

std::string insert_sql(const table& of) {
  std::string marks;
  for (std::size_t i = 0; i < of.columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
  return "INSERT INTO " + of.name + " VALUES (" + marks + ")";
}

std::string update_sql(const table& of) {
  std::string sql = "UPDATE " + of.name + " SET ";
  for (std::size_t i = 1; i < of.columns.size(); ++i) {
    if (of.columns[i] == "number" || of.columns[i] == "ended_at") continue;  // a live one's do not change
    sql += (i == 1 || sql.ends_with("SET ") ? "\"" : ", \"") + of.columns[i] + "\" = ?" + std::to_string(i + 1);
  }
  return sql + " WHERE id = ?1";
}

class hand_written {
 public:
  hand_written(const std::string& path, const stored_rows& rows, bool full) : rows_(rows), db_(path) {
    db_.run("PRAGMA journal_mode = WAL");
    db_.run(full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    db_.run("PRAGMA cache_size = -16384");  // as much as the library takes
    for (const std::string& sql : rows.schema) db_.run(sql);
    begin_ = db_.prepare("BEGIN IMMEDIATE");
    commit_ = db_.prepare("COMMIT");
    insert_entry_ = db_.prepare(insert_sql(rows.entries));
    insert_incident_ = db_.prepare(insert_sql(rows.incidents));
    insert_text_ = db_.prepare(insert_sql(rows.texts));
    update_incident_ = db_.prepare(update_sql(rows.incidents));
    update_text_ = db_.prepare(update_sql(rows.texts));
  }

  void store(const commit_form& form, std::size_t turn) {
    const std::size_t entries = form.lifecycles * stage_count;
    for (std::size_t i = turn * entries; i < (turn + 1) * entries; i += form.per_commit) {
      run(begin_, {});
      for (std::size_t j = i; j < i + form.per_commit; ++j) run(insert_entry_, rows_.entries.rows[j]);
      const std::size_t which = i / stage_count;
      const std::size_t place = i % stage_count;
      run(place == 0 ? insert_incident_ : update_incident_, rows_.incidents.rows[which]);
      if (place == 0) run(insert_text_, rows_.texts.rows[which]);
      if (static_cast<stage>(place) == stage::resolve) run(update_text_, rows_.texts.rows[which]);
      run(commit_, {});
    }
  }

 private:
  void run(sqlite3_stmt* statement, const row& values) {
    for (std::size_t i = 0; i < values.size() && static_cast<int>(i) < sqlite3_bind_parameter_count(statement); ++i) {
      sqlite3_bind_value(statement, static_cast<int>(i) + 1, values[i]);
    }
    db_.demand(sqlite3_step(statement), SQLITE_DONE);
    sqlite3_reset(statement);
  }

  const stored_rows& rows_;
  bare_sqlite db_;
  sqlite3_stmt *begin_, *commit_, *insert_entry_, *insert_incident_, *insert_text_, *update_incident_, *update_text_;
};

template <class Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void durable(benchmark::State& state, const commit_form& form) {
  const stored_rows rows = rows_of(form);
  const desk_file ours("durable");
  const desk_file theirs("by-hand");
  population p(0, open_file(ours, form.full));
  hand_written program(theirs.path(), rows, form.full);
  double by_hand = 0;
  std::size_t turn = 0;
  for (auto _ : state) {
    state.SetIterationTime(seconds([&] { commit_lifecycles(p, form, form.lifecycles); }));
    by_hand += seconds([&] { program.store(form, turn++); });
  }
  const auto commands = state.iterations() * static_cast<std::int64_t>(form.lifecycles * stage_count);
  state.SetItemsProcessed(commands);
  state.counters["beside_per_second"] = static_cast<double>(commands) / by_hand;
}

BENCHMARK_CAPTURE(durable, batches, batches)
    ->Name("durable/normal")
    ->Iterations(batches.turns)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(durable, single, single)
    ->Name("durable/full")
    ->Iterations(single.turns)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
