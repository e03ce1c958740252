#include "sqlite_ledger.hpp"

#include "sqlite_schema.hpp"

namespace tocsin::inline v1::sqlite {
namespace {

std::int64_t checksum_of(checksum& sum, const ledger& of) {
  byte_writer& to = sum.begin();
  for (const std::int64_t value :
       {of.version, of.schema, of.records, of.closed, of.last_id, of.definition_entries, of.keys_after}) {
    to.signed_number(value);
  }
  return sum.end();
}

}  // namespace

void create_ledger(connection& on) {
  on.run(
      "CREATE TABLE IF NOT EXISTS ledger (\n"
      "  id INTEGER PRIMARY KEY,\n"
      "  version INTEGER NOT NULL,\n"
      "  schema INTEGER NOT NULL,\n"
      "  records INTEGER NOT NULL,\n"
      "  closed INTEGER NOT NULL,\n"
      "  last_id INTEGER NOT NULL,\n"
      "  definition_entries INTEGER NOT NULL,\n"
      "  keys_after INTEGER NOT NULL,\n"
      "  checksum INTEGER NOT NULL\n"
      ") STRICT");
}

ledger read_ledger(const connection& on) {
  statement row(on,
                "SELECT version, schema, records, closed, last_id, definition_entries, keys_after, checksum"
                " FROM ledger WHERE id = 1");
  if (!row.step()) throw file_error(status::corrupt, "store.damaged", on.path(), "the row of its ledger is missing");
  const ledger found{row.integer(0), row.integer(1), row.integer(2), row.integer(3),
                     row.integer(4), row.integer(5), row.integer(6)};
  checksum sum;
  if (checksum_of(sum, found) == row.integer(7)) return found;
  throw file_error(status::corrupt, "store.damaged", on.path(), "the checksum of its ledger does not fit");
}

ledger count_ledger(const connection& on) {
  ledger found;
  found.schema = schema_checksum(on);
  found.records = on.ask("SELECT count(*) FROM incident");
  found.closed = on.ask("SELECT count(*) FROM incident WHERE ended_at IS NOT NULL");
  found.last_id =
      on.ask("SELECT max(ifnull((SELECT max(id) FROM incident), 0), ifnull((SELECT max(id) FROM purged_record), 0))");
  found.definition_entries = on.ask("SELECT count(*) FROM entry WHERE flags & 1");
  found.keys_after = on.ask(
      "SELECT ifnull((SELECT min(sequence) - 1 FROM idempotency_key), (SELECT ifnull(max(sequence), 0) FROM entry))");
  return found;
}

void put_ledger(statement& by, const ledger& what, checksum& sum) {
  by.bind(1, what.version).bind(2, what.schema).bind(3, what.records).bind(4, what.closed).bind(5, what.last_id);
  by.bind(6, what.definition_entries).bind(7, what.keys_after).bind(8, checksum_of(sum, what)).run();
}

std::int64_t schema_checksum(const connection& on) {
  checksum sum;
  byte_writer& to = sum.begin();
  statement table(on, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?");
  for (const std::string_view name : table_names()) {
    rows of(table.bind(1, name));
    to.text(of.next() ? table.text(0) : std::string_view{});
  }
  return sum.end();
}

}  // namespace tocsin::inline v1::sqlite
