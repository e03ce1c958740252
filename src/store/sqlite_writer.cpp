#include "sqlite_writer.hpp"

#include <algorithm>

#include "sqlite_entry.hpp"
#include "sqlite_file.hpp"
#include "sqlite_record.hpp"

namespace tocsin::inline v1::sqlite {
namespace {

constexpr const char* live = "IS NULL";
constexpr const char* ended = "IS NOT NULL";

connection open_for_writing(const std::string& path, durability asked) {
  connection opened(path, access::write);
  if (!opened.is_writable()) {
    throw file_error(status::io, "store.not_writable", path, "it cannot be written; open it read_only",
                     "no permission");
  }
  opened.run(asked == durability::full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  opened.run("PRAGMA cache_size = -16384");  // KiB: the pages that live records are spread over
  return opened;
}

bool is_empty(const connection& on) {
  return on.ask("PRAGMA application_id") == 0 && on.ask("SELECT count(*) FROM sqlite_schema") == 0;
}

void create_if_empty(connection& on) {
  if (!is_empty(on)) return;
  transaction_statements by(on);
  transaction making(on, by);
  if (!is_empty(on)) return;  // another process was faster
  create_schema(on);
  making.commit();
}

void use_write_ahead_log(connection& on) {
  statement mode(on, "PRAGMA journal_mode = WAL");
  if (mode.step() && mode.text(0) == "wal") return;
  throw file_error(status::io, "store.io", on.path(), "its file system cannot keep a write-ahead log (WAL)",
                   mode.text(0), "wal");
}

owner_lock take_file(connection& on, const sqlite_options& options) {
  transaction_statements by(on);
  transaction taking(on, by);
  const std::int64_t before = on.ask("SELECT value FROM meta WHERE key = 'owner'");
  const bool is_alive = is_owner_alive(on.path(), before);
  if (is_alive && !options.take_over) refuse_in_use(on.path(), before);
  owner_lock lock(on.path(), before + 1);
  statement store_number(on, "UPDATE meta SET value = ? WHERE key = 'owner'");
  store_number.bind(1, lock.number()).run();
  on.run("INSERT OR REPLACE INTO meta (key, value) VALUES ('log', 1)");
  migrate_schema(on, {options.number_prefix, options.number_width});
  taking.commit();
  remove_owner_file(on.path(), before);  // by which it knows, if it lives, that it was taken over
  // From here on the file itself says that commits may stand in its log alone.
  sqlite3_wal_checkpoint_v2(on.handle(), "main", SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  return lock;
}

}  // namespace

struct writer::statements {
  statements(const connection& on, const record_layout& layout)
      : around(on),
        owner(on, "SELECT value FROM meta WHERE key = 'owner'"),
        insert_entry(on, insert_entry_sql),
        insert_key(on, "INSERT INTO idempotency_key (actor, key, sequence) VALUES (?, ?, ?)"),
        drop_key(on, "DELETE FROM idempotency_key WHERE actor = ? AND key = ?"),
        forget_key(on, "DELETE FROM idempotency_key WHERE sequence = ?"),
        oldest_key(on,
                   "SELECT k.sequence, e.recorded_at FROM idempotency_key AS k"
                   " LEFT JOIN entry AS e ON e.sequence = k.sequence ORDER BY k.sequence LIMIT 1"),
        erase(on, "UPDATE entry SET aside = ? WHERE sequence = ?"),
        empty_entry(on, "UPDATE entry SET bytes = x'', aside = x'' WHERE sequence = ?"),
        drop_incident(on, "DELETE FROM incident WHERE id = ? AND ended_at IS NOT NULL"),
        drop_text(on, "DELETE FROM incident_text WHERE id = ?"),
        drop_part(on, "DELETE FROM incident_part WHERE id = ?"),
        put_purged(on, "INSERT INTO purged_record (id, number, sequence, checksum) VALUES (?, ?, ?, ?)"),
        define(on,
               "INSERT INTO definition (kind, number, version, key, document) VALUES (?, ?, ?, ?, ?)"
               " ON CONFLICT DO UPDATE SET key = excluded.key, document = excluded.document"),
        put_series(on,
                   "INSERT INTO number_series (series, prefix, width) VALUES (?, ?, ?)"
                   " ON CONFLICT DO UPDATE SET prefix = excluded.prefix, width = excluded.width"),
        put_turn(on,
                 "INSERT INTO assignment_turn (rule, person, turn, checksum) VALUES (?, ?, ?, ?)"
                 " ON CONFLICT DO UPDATE SET turn = excluded.turn, checksum = excluded.checksum"),
        insert(on, insert_incident_sql(layout)),
        touch(on, update_incident_sql(layout, live, false)),
        end(on, update_incident_sql(layout, live, true)),
        amend(on, update_incident_sql(layout, ended, true)),
        insert_text(on, insert_text_sql(layout)),
        update_text(on, update_text_sql(layout)),
        put_part(on, put_part_sql(layout)),
        put_ledger(on, put_ledger_sql),
        save_cursor(on,
                    "INSERT INTO consumer (name, cursor, checksum) VALUES (?, ?, ?)"
                    " ON CONFLICT DO UPDATE SET cursor = excluded.cursor, checksum = excluded.checksum") {}

  transaction_statements around;
  statement owner;
  statement insert_entry;
  statement insert_key;
  statement drop_key;
  statement forget_key;
  statement oldest_key;
  statement erase;
  statement empty_entry;
  statement drop_incident;
  statement drop_text;
  statement drop_part;
  statement put_purged;
  statement define;
  statement put_series;
  statement put_turn;
  statement insert;
  statement touch;  // live before and after: no index is touched
  statement end;    // live before, over now
  statement amend;  // over before
  statement insert_text;
  statement update_text;
  statement put_part;
  statement put_ledger;
  statement save_cursor;
};

writer::writer(const std::string& path, const sqlite_options& options)
    : connection_(open_for_writing(path, options.durability)) {
  create_if_empty(connection_);
  check_version(connection_);
  use_write_ahead_log(connection_);
  connection_.tidy_log_on_close(false);
  owner_ = take_file(connection_, options);
  layout_ = read_layout(connection_);
  by_ = std::make_unique<statements>(connection_, layout_);
  last_sequence_ = static_cast<std::uint64_t>(connection_.ask("SELECT max(sequence) FROM entry"));
  keys_.count = static_cast<std::uint64_t>(connection_.ask("SELECT count(*) FROM idempotency_key"));
  ledger_ = read_ledger(connection_);
}

// The log goes with the last connection, but not before the file says that it may.
writer::~writer() {
  try {
    {
      transaction closing(connection_, by_->around);
      demand_owner();
      connection_.run("UPDATE meta SET value = 0 WHERE key = 'log'");
      closing.commit();
    }
    connection_.tidy_log_on_close(true);
  } catch (const std::exception&) {
    // The log stays, as it does where the process ends.
  }
}

// The side file is cheap to look at; the file itself is asked where that one is gone.
void writer::demand_ownership() const {
  if (!owner_.is_in_doubt()) return;
  const connection other(connection_.path(), access::read);  // this call may run beside a commit
  refuse_other_owner(other.ask("SELECT value FROM meta WHERE key = 'owner'"));
}

void writer::commit(const store_transaction& changes) {
  demand_continuation(changes);
  transaction storing(connection_, by_->around);
  demand_owner();
  kept_keys keys = keys_;
  ledger now = ledger_;
  for (const entry_change& change : changes.entries) write_entry(change, keys);
  forget_keys(changes, keys, now);
  for (const aside_change& change : changes.erasures) write_erasure(change);
  for (const definition_change& change : changes.definitions) write_definition(change);
  for (const series_change& change : changes.series) {
    by_->put_series.bind(1, to_stored(change.series))
        .bind(2, std::string_view(change.prefix))
        .bind(3, change.width)
        .run();
  }
  for (const assignment_turn& turn : changes.turns) {
    const std::int64_t number = to_stored(turn.turn);
    by_->put_turn.bind(1, turn.rule.index).bind(2, turn.person.index).bind(3, number);
    by_->put_turn.bind(4, sum_.of("assignment_turn", {turn.rule.index, turn.person.index, number})).run();
  }
  for (const record_change& change : changes.records) now.closed += write_record(change);
  for (const purged_record& gone : changes.purged) purge(gone);
  for (const std::uint64_t sequence : changes.emptied_entries) empty_entry(sequence);
  note(changes, now);
  if (now != ledger_) put_ledger(by_->put_ledger, now, sum_);
  storing.commit();
  last_sequence_ += changes.entries.size();
  keys_ = keys;
  ledger_ = now;
  if (!changes.erasures.empty() || !changes.purged.empty()) cut_log();
}

void writer::note(const store_transaction& changes, ledger& now) {
  for (const entry_change& change : changes.entries) now.definition_entries += change.traits.has_definitions ? 1 : 0;
  for (const record_change& change : changes.records) {
    if (!change.is_new) continue;
    ++now.records;
    now.last_id = std::max(now.last_id, to_stored(change.record->id));
  }
  const auto gone = static_cast<std::int64_t>(changes.purged.size());
  now.records -= gone;
  now.closed -= gone;
}

// What was erased stays readable in the log until that is written over; where nobody reads it, it is cut at once.
void writer::cut_log() noexcept {
  sqlite3_wal_checkpoint_v2(connection_.handle(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
}

void writer::save_cursor(std::string_view consumer, std::uint64_t effect) {
  transaction storing(connection_, by_->around);
  demand_owner();
  const std::int64_t cursor = to_stored(effect);
  by_->save_cursor.bind(1, consumer).bind(2, cursor).bind(3, sum_.of("consumer", {cursor}, consumer)).run();
  storing.commit();
}

void writer::demand_owner() {
  rows of(by_->owner);
  refuse_other_owner(of.next() ? by_->owner.integer(0) : 0);
}

void writer::refuse_other_owner(std::int64_t found) const {
  if (found == owner_.number()) return;
  const std::string now = "owner " + std::to_string(found);
  const std::string ours = "owner " + std::to_string(owner_.number());
  throw file_error(status::conflict, "store.fenced", connection_.path(),
                   "another process has taken it over: it belongs to " + now + ", this is " + ours, now, ours);
}

void writer::demand_continuation(const store_transaction& changes) const {
  std::uint64_t expected = last_sequence_;
  for (const entry_change& change : changes.entries) {
    if (change.stored.sequence == ++expected) continue;
    throw file_error(status::failed_precondition, "store.sequence", connection_.path(),
                     "an entry does not continue the journal: found sequence " +
                         std::to_string(change.stored.sequence) + ", allowed " + std::to_string(expected),
                     std::to_string(change.stored.sequence), std::to_string(expected));
  }
}

void writer::write_entry(const entry_change& change, kept_keys& keys) {
  bind_entry(by_->insert_entry, change, sum_);
  by_->insert_entry.run();
  if (!change.idempotency_key.empty()) write_key(change, keys);
}

void writer::write_key(const entry_change& change, kept_keys& keys) {
  const std::string_view key = change.idempotency_key;
  if (by_->drop_key.bind(1, change.actor.index).bind(2, key).run() == 1) --keys.count;
  by_->insert_key.bind(1, change.actor.index).bind(2, key).bind(3, to_stored(change.stored.sequence)).run();
  if (keys.count++ == 0) keys.oldest = change.recorded_at;
}

void writer::forget_keys(const store_transaction& changes, kept_keys& keys, ledger& now) {
  const auto may_go = [&] { return keys.oldest < changes.keys_since || keys.count > changes.keys_max; };
  while (keys.count > 0 && may_go()) {
    rows of(by_->oldest_key);
    if (!of.next()) throw file_error(status::corrupt, "store.damaged", connection_.path(), "its keys do not add up");
    keys.oldest = {by_->oldest_key.integer(1)};
    if (!may_go()) return;
    now.keys_after = by_->oldest_key.integer(0);
    by_->forget_key.bind(1, now.keys_after).run();
    --keys.count;
  }
}

void writer::write_erasure(const aside_change& change) {
  if (by_->erase.bind(1, change.aside).bind(2, to_stored(change.sequence)).run() == 1) return;
  throw file_error(status::not_found, "store.no_entry", connection_.path(),
                   "there is no entry " + std::to_string(change.sequence) + " to erase values of");
}

void writer::purge(const purged_record& gone) {
  const std::int64_t id = to_stored(gone.id);
  if (by_->drop_incident.bind(1, id).run() != 1) {
    throw file_error(status::not_found, "store.no_record", connection_.path(),
                     "there is no closed incident with id " + std::to_string(gone.id) + " to purge");
  }
  by_->drop_text.bind(1, id).run();
  by_->drop_part.bind(1, id).run();
  const std::int64_t number = to_stored(gone.number);
  const std::int64_t sequence = to_stored(gone.sequence);
  by_->put_purged.bind(1, id).bind(2, number).bind(3, sequence);
  by_->put_purged.bind(4, sum_.of("purged_record", {id, number, sequence})).run();
}

void writer::empty_entry(std::uint64_t sequence) {
  if (by_->empty_entry.bind(1, to_stored(sequence)).run() == 1) return;
  throw file_error(status::not_found, "store.no_entry", connection_.path(),
                   "there is no entry " + std::to_string(sequence) + " to purge");
}

void writer::write_definition(const definition_change& change) {
  statement& define = by_->define;
  define.bind(1, std::string_view(name(change.kind))).bind(2, change.number).bind(3, change.version);
  define.bind(4, std::string_view(change.key)).bind(5, std::string_view(change.document)).run();
}

int writer::write_record(const record_change& change) {
  write_text(change);
  if (change.parts_changed) {
    std::vector<std::string> documents;
    bind_parts(by_->put_part, layout_, *change.record, sum_, documents);
    by_->put_part.run();
  }
  const incident& record = *change.record;
  if (!change.is_new) return write_fixed(record);
  bind_incident(by_->insert, layout_, record, sum_);
  by_->insert.run();
  return is_final(record.state_kind) ? 1 : 0;
}

int writer::write_fixed(const incident& record) {
  const bool is_over = is_final(record.state_kind);
  const auto update = [&](statement& by) {
    bind_incident(by, layout_, record, sum_);
    return by.run() == 1;
  };
  if (update(is_over ? by_->end : by_->touch)) return is_over ? 1 : 0;
  if (update(by_->amend)) return is_over ? 0 : -1;
  throw file_error(status::not_found, "store.no_record", connection_.path(),
                   "there is no incident with id " + std::to_string(record.id) + " and number " +
                       std::to_string(record.number) + " to change");
}

void writer::write_text(const record_change& change) {
  if (!change.is_new && !change.text_changed) return;
  statement& by = change.is_new ? by_->insert_text : by_->update_text;
  bind_text(by, layout_, *change.record, sum_);
  by.run();
}

}  // namespace tocsin::inline v1::sqlite
