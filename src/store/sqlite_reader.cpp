#include "sqlite_reader.hpp"

#include <algorithm>
#include <limits>

#include <tocsin/base/sole_owner.hpp>
#include <tocsin/desk/state.hpp>

#include "sqlite_entry.hpp"
#include "sqlite_ledger.hpp"
#include "sqlite_record.hpp"

namespace tocsin::inline v1::sqlite {
namespace {

std::uint64_t to_count(std::int64_t stored) { return static_cast<std::uint64_t>(stored); }

}  // namespace

std::string reader::sql_of(query which) const {
  const std::string entries = select_entry_sql;
  const auto records = [this](const char* how, const char* conditions) {
    return select_record_sql(layout_, how) + conditions;
  };
  switch (which) {
    case query::entry:
      return entries + " WHERE sequence = ?";
    case query::entries:
      return entries + " WHERE sequence BETWEEN ? AND ? ORDER BY sequence";
    case query::definition_entries:
      return entries + " INDEXED BY entry_definitions WHERE flags & 1 AND sequence BETWEEN ? AND ? ORDER BY sequence";
    case query::head:
      return entries + " ORDER BY sequence DESC LIMIT 1";
    case query::hash:
      return "SELECT hash FROM entry WHERE sequence = ?";
    case query::live:
      return records("INDEXED BY incident_ended", " WHERE i.ended_at IS NULL ORDER BY i.id");
    case query::closed:
      return records("NOT INDEXED", " WHERE i.id = ? AND i.ended_at IS NOT NULL");
    case query::closed_number:
      return "SELECT id FROM incident WHERE number = ? AND ended_at IS NOT NULL";
    case query::purged:
      return "SELECT id, number, sequence, checksum FROM purged_record WHERE id = ?";
    case query::purged_number:
      return "SELECT id, number, sequence, checksum FROM purged_record WHERE number = ?";
    case query::key:
      return "SELECT k.sequence, e.recorded_at FROM idempotency_key AS k"
             " LEFT JOIN entry AS e ON e.sequence = k.sequence WHERE k.actor = ? AND k.key = ?";
    case query::cursor:
      return "SELECT cursor, checksum FROM consumer WHERE name = ?";
    case query::consumers:
      return "SELECT count(*) FROM consumer";
    case query::count:
      break;
  }
  throw error(status::internal, "store.query", "a query without a text");
}

namespace {

// What a record_index is in the file.
struct stored_index {
  const char* name;  // nullptr: the table itself
  const char* column;
};

stored_index stored(record_index index) {
  switch (index) {
    case record_index::opened_at:
      return {"incident_opened", "opened_at"};
    case record_index::closed_at:
      return {"incident_ended", "ended_at"};
    case record_index::caller:
      return {"incident_caller", "caller"};
    case record_index::id:
      break;
  }
  return {nullptr, "id"};
}

constexpr std::int64_t no_least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t no_most = std::numeric_limits<std::int64_t>::max();

// `parameter` makes the text of each number, in the order of their places.
template <class Parameter>
std::string bounds_sql(const std::string& column, std::int64_t least, std::int64_t most, Parameter parameter) {
  if (least == most) return " AND " + column + " = " + parameter(least);
  std::string sql;
  if (least != no_least) sql += " AND " + column + " >= " + parameter(least);
  if (most != no_most) sql += " AND " + column + " <= " + parameter(most);
  return sql;
}

template <class Parameter>
std::string test_sql(const std::string& table, const record_test& test, Parameter parameter) {
  const std::string column = table + "." + quoted(test.field->name);
  std::string sql = " AND " + column + " IS NOT NULL" + bounds_sql(column, test.least, test.most, parameter);
  if (test.values.empty()) return sql;
  std::string list;
  for (const std::int64_t value : test.values) list += (list.empty() ? "" : ", ") + parameter(value);
  return sql + " AND " + column + " IN (" + list + ")";
}

bool leaves_few(const record_test& test) {
  return is_in_columns_index(*test.field) && (!test.values.empty() || test.least == test.most);
}

// The ids of those that pass what the index of columns can tell, where that leaves few.
template <class Parameter>
std::string ids_sql(const record_scan& scan, Parameter parameter) {
  if (std::ranges::none_of(scan.tests, leaves_few)) return {};
  std::string sql = " AND i.\"id\" IN (SELECT c.id FROM incident AS c INDEXED BY ";
  sql += columns_index;
  sql += " WHERE c.ended_at IS NOT NULL";
  for (const record_test& test : scan.tests) {
    if (is_in_columns_index(*test.field)) sql += test_sql("c", test, parameter);
  }
  return sql + ")";
}

template <class Parameter>
std::string conditions_sql(const record_scan& scan, const std::string& column, bool by_columns, Parameter parameter) {
  std::string sql = " WHERE i.ended_at IS NOT NULL" + bounds_sql(column, scan.least, scan.most, parameter);
  std::string tests;
  const bool shows_touched = scan.or_touched_after <= static_cast<std::uint64_t>(no_most);
  if (by_columns && scan.index == record_index::id && !shows_touched) sql += ids_sql(scan, parameter);
  for (const record_test& test : scan.tests) tests += test_sql("i", test, parameter);
  if (!shows_touched) return sql + tests;
  return sql + " AND ((1" + tests + ") OR i.last_entry > " + parameter(to_stored(scan.or_touched_after)) + ")";
}

}  // namespace

// An older file that was opened to be read has none.
bool reader::has_columns_index() const {
  if (!has_columns_index_) {
    statement question(connection_, "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?");
    has_columns_index_ = question.bind(1, std::string_view(columns_index)).step();
  }
  return *has_columns_index_;
}

std::string reader::sql_of(const record_scan& scan) const {
  const stored_index by = stored(scan.index);
  const std::string column = "i." + quoted(by.column);
  const std::string how = by.name ? std::string("INDEXED BY ") + by.name : "NOT INDEXED";
  const std::string columns = scan.only ? select_fields_sql(*scan.only, how) : select_record_sql(layout_, how);
  const auto mark = [](std::int64_t) { return std::string("?"); };
  return columns + conditions_sql(scan, column, has_columns_index(), mark) + " ORDER BY " + column +
         (by.name ? ", i.\"id\"" : "");
}

// One that was prepared for a scan of the same form, or a new one, with the numbers of this one.
statement& reader::use_scan(const record_scan& scan) {
  const std::string sql = sql_of(scan);
  if (scans_.size() >= kept_scans_max && !scans_.contains(sql)) scans_.clear();
  statement& row = scans_.try_emplace(sql, connection_, sql).first->second;
  int place = 0;
  conditions_sql(scan, {}, has_columns_index(), [&](std::int64_t value) {
    row.bind(++place, value);
    return std::string();
  });
  return row;
}

statement& reader::use(query which) {
  std::optional<statement>& kept = statements_[static_cast<std::size_t>(which)];
  if (!kept) kept.emplace(connection_, sql_of(which));
  return *kept;
}

store_contents reader::load() {
  transaction_statements by(connection_, "BEGIN");
  transaction snapshot(connection_, by);
  const ledger expected = read_ledger(connection_);
  store_contents contents;
  load_head(contents);
  contents.last_id =
      to_count(connection_.ask("SELECT max(ifnull((SELECT max(id) FROM incident), 0),"
                               " ifnull((SELECT max(id) FROM purged_record), 0))"));
  load_numbers(contents);
  contents.closed_count = to_count(expected.closed);
  load_live(contents);
  load_turns(contents);
  const auto demand = [&](const char* what, std::int64_t found, std::int64_t allowed) {
    if (found == allowed) return;
    throw file_error(
        status::corrupt, "store.contradiction", connection_.path(),
        std::string(what) + ": found " + std::to_string(found) + ", its ledger says " + std::to_string(allowed),
        std::to_string(found), std::to_string(allowed));
  };
  demand("open incidents", static_cast<std::int64_t>(contents.live.size()), expected.records - expected.closed);
  demand("largest id of an incident", static_cast<std::int64_t>(contents.last_id), expected.last_id);
  demand("entries that publish definitions",
         connection_.ask("SELECT count(*) FROM entry INDEXED BY entry_definitions WHERE flags & 1"),
         expected.definition_entries);
  return contents;
}

// Largest number of each series, from the last one down: each question is one look into the index.
void reader::load_numbers(store_contents& contents) {
  statement largest(connection_,
                    "SELECT max(number) FROM (SELECT max(number) AS number FROM incident WHERE number < ?1"
                    " UNION ALL SELECT max(number) FROM purged_record WHERE number < ?1)");
  std::int64_t below = std::numeric_limits<std::int64_t>::max();
  for (;;) {
    largest.bind(1, below);
    rows of(largest);
    if (!of.next() || largest.is_null(0)) return;
    const auto number = static_cast<std::uint64_t>(largest.integer(0));
    const std::uint64_t series = series_of(number);
    if (series == 0) return void(contents.last_number = number);
    if (contents.last_numbers.size() <= series) contents.last_numbers.resize(series + 1, 0);
    contents.last_numbers[series] = place_in_series(number);
    below = static_cast<std::int64_t>(number_in(series, 0));
  }
}

void reader::load_head(store_contents& contents) {
  statement& row = use(query::head);
  rows of(row);
  if (!of.next()) return;
  stored_entry head;
  read_in_chain(row, head);
  contents.sequence = head.sequence;
  contents.hash = head.hash;
  contents.clock = recorded_at_of(row);
}

void reader::load_live(store_contents& contents) {
  statement& row = use(query::live);
  rows of(row);
  while (of.next()) contents.live.push_back(read_record(connection_.path(), row, layout_, sum_));
}

void reader::load_turns(store_contents& contents) {
  statement row(connection_, "SELECT rule, person, turn, checksum FROM assignment_turn ORDER BY rule, person");
  while (row.step()) {
    demand_sum(row, 3, sum_.of("assignment_turn", {row.integer(0), row.integer(1), row.integer(2)}),
               "turn of the assignment rule " + std::to_string(row.integer(0)));
    contents.turns.push_back({{static_cast<std::uint32_t>(row.integer(0))},
                              {static_cast<std::uint32_t>(row.integer(1))},
                              to_count(row.integer(2))});
  }
}

bool reader::load_entry(std::uint64_t sequence, stored_entry& result) {
  statement& row = use(query::entry).bind(1, clamp_to_stored(sequence));
  rows of(row);
  if (!of.next()) return false;
  result.sequence = 0;
  read_in_chain(row, result);
  return true;
}

digest reader::hash_of(std::uint64_t sequence) {
  digest result{};
  if (sequence == 0) return result;
  statement& row = use(query::hash).bind(1, clamp_to_stored(sequence));
  rows of(row);
  if (!of.next()) refuse_gap(connection_.path(), sequence);
  const auto stored = row.bytes(0);
  if (stored.size() == result.size()) std::ranges::copy(stored, result.begin());  // any other fits no entry after it
  return result;
}

// `result` holds the entry read before this one, or none: its hash need not be looked up again.
void reader::read_in_chain(const statement& row, stored_entry& result) {
  const std::uint64_t sequence = sequence_of(row);
  const bool follows = result.sequence != 0 && result.sequence + 1 == sequence;
  read_entry(connection_.path(), row, follows ? result.hash : hash_of(sequence - 1), sum_, result);
}

void reader::scan_entries(std::uint64_t from, std::uint64_t to, bool definitions_only,
                          const std::function<bool(const stored_entry&)>& visit) {
  statement& row = use(definitions_only ? query::definition_entries : query::entries);
  row.bind(1, clamp_to_stored(from)).bind(2, clamp_to_stored(to));
  rows of(row);
  stored_entry found;
  for (std::uint64_t last = from == 0 ? 0 : from - 1; of.next(); last = found.sequence) {
    const std::uint64_t sequence = sequence_of(row);
    if (sequence <= last || (!definitions_only && sequence != last + 1)) refuse_gap(connection_.path(), last + 1);
    read_in_chain(row, found);
    if (!visit(found)) return;
  }
}

incident_ptr reader::load_closed(std::uint64_t id) {
  statement& row = use(query::closed).bind(1, clamp_to_stored(id));
  rows of(row);
  return of.next() ? read_record(connection_.path(), row, layout_, sum_) : nullptr;
}

std::uint64_t reader::find_closed_number(std::uint64_t number) {
  statement& row = use(query::closed_number).bind(1, clamp_to_stored(number));
  rows of(row);
  return of.next() ? to_count(row.integer(0)) : 0;
}

void reader::scan_closed(const record_scan& scan, const std::function<bool(const incident_ptr&)>& visit) {
  statement& row = use_scan(scan);
  rows of(row);
  std::shared_ptr<incident> fields;
  while (of.next()) {
    if (scan.only) {
      if (!is_sole_owner(fields)) fields = std::make_shared<incident>();
      read_fields(connection_.path(), row, *scan.only, *fields);
    }
    if (!visit(scan.only ? fields : read_record(connection_.path(), row, layout_, sum_))) return;
  }
}

// One snapshot of the file, written anew; the writer goes on beside it.
void reader::backup(const std::string& path) {
  statement copy(connection_, "VACUUM INTO ?");
  copy.bind(1, std::string_view(path)).run();
  connection made(path, access::write);  // it has no log that could be missing
  made.run("UPDATE meta SET value = 0 WHERE key = 'log'");
}

std::optional<purged_record> reader::find_purged(std::uint64_t id) { return first_purged(query::purged, id); }

std::optional<purged_record> reader::find_purged_number(std::uint64_t number) {
  return first_purged(query::purged_number, number);
}

std::optional<purged_record> reader::first_purged(query which, std::uint64_t value) {
  statement& row = use(which).bind(1, clamp_to_stored(value));
  rows of(row);
  if (!of.next()) return std::nullopt;
  demand_sum(row, 3, sum_.of("purged_record", {row.integer(0), row.integer(1), row.integer(2)}),
             "purged record " + std::to_string(row.integer(0)));
  return purged_record{to_count(row.integer(0)), to_count(row.integer(1)), to_count(row.integer(2))};
}

void reader::demand_sum(const statement& row, int column, std::int64_t sum, const std::string& which) const {
  if (row.integer(column) == sum) return;
  throw file_error(status::corrupt, "store.row_damaged", connection_.path(),
                   "the checksum of the " + which + " does not fit", which);
}

remembered_key reader::find_key(person_ref actor, std::string_view idempotency_key) {
  statement& row = use(query::key).bind(1, actor.index).bind(2, idempotency_key);
  rows of(row);
  return of.next() ? remembered_key{to_count(row.integer(0)), {row.integer(1)}} : remembered_key{};
}

std::uint64_t reader::load_cursor(std::string_view consumer) {
  statement& row = use(query::cursor).bind(1, consumer);
  rows of(row);
  if (!of.next()) return 0;
  demand_sum(row, 1, sum_.of("consumer", {row.integer(0)}, consumer), "cursor of \"" + std::string(consumer) + '"');
  return to_count(row.integer(0));
}

std::uint64_t reader::count_consumers() {
  statement& row = use(query::consumers);
  rows of(row);
  return of.next() ? to_count(row.integer(0)) : 0;
}

std::unique_ptr<reader> reader_pool::take() {
  {
    const std::lock_guard guard(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<reader> one = std::move(idle_.back());
      idle_.pop_back();
      return one;
    }
  }
  return std::make_unique<reader>(path_, how_, layout_);
}

void reader_pool::give_back(std::unique_ptr<reader> one) noexcept {
  const std::lock_guard guard(mutex_);
  if (idle_.capacity() == 0) {
    try {
      idle_.reserve(kept_max);
    } catch (const std::bad_alloc&) {
      return;
    }
  }
  if (idle_.size() < kept_max) idle_.push_back(std::move(one));
}

}  // namespace tocsin::inline v1::sqlite
