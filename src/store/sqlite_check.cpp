// Reading everything again: the file as SQLite sees it, the journal without gaps, each record by its checksums.
#include "sqlite_entry.hpp"
#include "sqlite_ledger.hpp"
#include "sqlite_reader.hpp"
#include "sqlite_record.hpp"

namespace tocsin::inline v1::sqlite {

void reader::check() {
  transaction_statements by(connection_, "BEGIN");
  transaction snapshot(connection_, by);
  check_file();
  check_indexes(connection_);
  check_objects(connection_);
  check_entries();
  check_records();
  check_small_rows();
  check_counts();
}

void reader::check_file() {
  statement answer(connection_, "PRAGMA integrity_check(1)");
  if (answer.step() && answer.text(0) == "ok") return;
  throw file_error(status::corrupt, "store.damaged", connection_.path(),
                   "SQLite finds it damaged: " + std::string(answer.text(0)), answer.text(0));
}

void reader::check_entries() {
  std::uint64_t last = 0;
  scan_entries(1, INT64_MAX, false, [&](const stored_entry& found) {
    last = found.sequence;
    return true;
  });
  const auto written = static_cast<std::uint64_t>(connection_.ask("SELECT max(sequence) FROM entry"));
  if (last != written) refuse_gap(connection_.path(), last + 1);
}

void reader::check_records() {
  statement row(connection_, select_record_sql(layout_, "NOT INDEXED") + " ORDER BY i.id");
  while (row.step()) read_record(connection_.path(), row, layout_, sum_);
}

void reader::check_small_rows() {
  statement cursor(connection_, "SELECT cursor, checksum, name FROM consumer");
  while (cursor.step()) {
    const std::string_view name = cursor.text(2);
    demand_sum(cursor, 1, sum_.of("consumer", {cursor.integer(0)}, name), "cursor of \"" + std::string(name) + '"');
  }
  statement gone(connection_, "SELECT id, number, sequence, checksum FROM purged_record");
  while (gone.step()) {
    demand_sum(gone, 3, sum_.of("purged_record", {gone.integer(0), gone.integer(1), gone.integer(2)}),
               "purged record " + std::to_string(gone.integer(0)));
  }
}

void reader::check_counts() {
  demand_none("SELECT id FROM incident_text WHERE id NOT IN (SELECT id FROM incident) LIMIT 1",
              "texts without an incident");
  demand_none("SELECT id FROM incident WHERE last_entry > (SELECT ifnull(max(sequence), 0) FROM entry) LIMIT 1",
              "an incident that was touched by an entry that is not there");
  demand_none("SELECT id FROM purged_record WHERE id IN (SELECT id FROM incident) LIMIT 1",
              "an incident that was purged");
  demand_none(
      "SELECT sequence FROM idempotency_key WHERE sequence < 1"
      " OR sequence > (SELECT ifnull(max(sequence), 0) FROM entry) LIMIT 1",
      "an idempotency key of an entry that is not there");
  const ledger written = read_ledger(connection_);
  ledger counted = count_ledger(connection_);
  counted.keys_after = written.keys_after;  // a desk holds the keys against its journal
  if (counted != written) {
    throw file_error(status::corrupt, "store.contradiction", connection_.path(),
                     "its ledger does not say what is in its tables");
  }
}

derived_rows reader::load_derived() {
  transaction_statements by(connection_, "BEGIN");
  transaction snapshot(connection_, by);
  derived_rows found;
  found.sequence = static_cast<std::uint64_t>(connection_.ask("SELECT max(sequence) FROM entry"));
  found.keys_after = static_cast<std::uint64_t>(read_ledger(connection_).keys_after);
  const auto number = [](const statement& row, int column) { return static_cast<std::uint64_t>(row.integer(column)); };
  for (statement row(connection_, "SELECT actor, key, sequence FROM idempotency_key ORDER BY sequence");
       row.step();) {
    found.keys.push_back({{static_cast<std::uint32_t>(number(row, 0))}, std::string(row.text(1)), number(row, 2)});
  }
  for (statement row(connection_, "SELECT kind, number, version, key, document FROM definition"); row.step();) {
    found.definitions.push_back({kind_of(row.text(0)), static_cast<std::uint32_t>(number(row, 1)),
                                 static_cast<std::uint32_t>(number(row, 2)), std::string(row.text(3)),
                                 std::string(row.text(4))});
  }
  for (statement row(connection_, "SELECT series, prefix, width FROM number_series"); row.step();) {
    found.series.push_back({number(row, 0), std::string(row.text(1)), row.integer(2)});
  }
  for (statement row(connection_, "SELECT name, cursor FROM consumer"); row.step();) {
    found.cursors.emplace_back(row.text(0), number(row, 1));
  }
  for (statement row(connection_, "SELECT id, number, sequence FROM purged_record"); row.step();) {
    found.purged.push_back({number(row, 0), number(row, 1), number(row, 2)});
  }
  return found;
}

word_kind reader::kind_of(std::string_view text) const {
  for (std::size_t kind = 0; kind < word_kind_count; ++kind) {
    if (text == name(static_cast<word_kind>(kind))) return static_cast<word_kind>(kind);
  }
  throw file_error(status::corrupt, "store.row_damaged", connection_.path(),
                   "a definition is of the unknown kind \"" + std::string(text) + '"', text);
}

void reader::demand_none(const std::string& sql, const std::string& what) {
  statement row(connection_, sql);
  if (!row.step()) return;
  throw file_error(status::corrupt, "store.contradiction", connection_.path(),
                   "it holds " + what + " (" + std::to_string(row.integer(0)) + ")", std::to_string(row.integer(0)));
}

}  // namespace tocsin::inline v1::sqlite
