// Reading everything again: the file as SQLite sees it, the journal without gaps, each record by its checksums.
#include "sqlite_entry.hpp"
#include "sqlite_reader.hpp"
#include "sqlite_record.hpp"

namespace tocsin::inline v1::sqlite {

void reader::check() {
  transaction_statements by(connection_, "BEGIN");
  transaction snapshot(connection_, by);
  check_file();
  check_entries();
  check_records();
  check_counts();
}

void reader::check_file() {
  statement answer(connection_, "PRAGMA integrity_check(1)");
  if (answer.step() && answer.text(0) == "ok") return;
  throw file_error(status::corrupt, "store.damaged", connection_.path(),
                   "SQLite finds it damaged: " + std::string(answer.text(0)), answer.text(0));
}

void reader::check_entries() {
  statement row(connection_, std::string(select_entry_sql) + " ORDER BY sequence");
  for (std::int64_t expected = 1; row.step(); ++expected) {
    const std::int64_t found = row.integer(0);
    if (found != expected) {
      throw file_error(status::corrupt, "store.gap", connection_.path(),
                       "the journal has a gap: entry " + std::to_string(expected) + " is missing",
                       "entry " + std::to_string(found), "entry " + std::to_string(expected));
    }
    verify_entry(connection_.path(), row, sum_);
  }
}

void reader::check_records() {
  statement row(connection_, select_record_sql(layout_, "NOT INDEXED") + " ORDER BY i.id");
  while (row.step()) read_record(connection_.path(), row, layout_, sum_);
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
  demand_none(
      "SELECT value FROM meta WHERE key = 'closed_count'"
      " AND value <> (SELECT count(*) FROM incident WHERE ended_at IS NOT NULL)",
      "a count of closed incidents that is not theirs");
}

void reader::demand_none(const std::string& sql, const std::string& what) {
  statement row(connection_, sql);
  if (!row.step()) return;
  throw file_error(status::corrupt, "store.contradiction", connection_.path(),
                   "it holds " + what + " (" + std::to_string(row.integer(0)) + ")", std::to_string(row.integer(0)));
}

}  // namespace tocsin::inline v1::sqlite
