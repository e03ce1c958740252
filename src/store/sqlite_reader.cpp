#include "sqlite_reader.hpp"

#include <limits>

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
    case query::closed_by_id:
      return records("NOT INDEXED", " WHERE i.id BETWEEN ? AND ? AND i.ended_at IS NOT NULL ORDER BY i.id");
    case query::closed_by_opened:
      return records("INDEXED BY incident_opened",
                     " WHERE i.opened_at BETWEEN ? AND ? AND i.ended_at IS NOT NULL ORDER BY i.opened_at, i.id");
    case query::closed_by_ended:
      return records("INDEXED BY incident_ended", " WHERE i.ended_at BETWEEN ? AND ? ORDER BY i.ended_at, i.id");
    case query::closed_by_caller:
      return records("INDEXED BY incident_caller",
                     " WHERE i.caller BETWEEN ? AND ? AND i.ended_at IS NOT NULL ORDER BY i.caller, i.id");
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
  constexpr query by_index[] = {query::closed_by_id, query::closed_by_opened, query::closed_by_ended,
                                query::closed_by_caller};
  statement& row = use(by_index[static_cast<std::size_t>(scan.index)]);
  row.bind(1, scan.least).bind(2, scan.most);
  rows of(row);
  while (of.next()) {
    if (!visit(read_record(connection_.path(), row, layout_, sum_))) return;
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
