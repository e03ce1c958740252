// The file of a SQLite store: who may open it, what is refused, what damage is found, what other programs read in it.
#include <tocsin/store/sqlite_store.hpp>

#include <tocsin/model/known_error.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/satisfaction.hpp>
#include <tocsin/model/task.hpp>

#include "sample.hpp"
#include "store/sqlite_ledger.hpp"

#include <algorithm>
#include <fstream>
#include <functional>

#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sample;

namespace {

std::unique_ptr<store> open(const std::string& path) {
  return open_sqlite_store({.path = path, .durability = durability::normal});
}

std::unique_ptr<store> open_to_read(const std::string& path) {
  return open_sqlite_store({.path = path, .read_only = true});
}

// What another program sees: all values of all rows, rows and values separated by '|'.
std::string ask(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  std::string result;
  const auto add = [](void* to, int count, char** values, char**) {
    for (int i = 0; i < count; ++i) {
      *static_cast<std::string*>(to) += (values[i] ? values[i] : "null") + std::string("|");
    }
    return 0;
  };
  char* problem = nullptr;
  const int answer = sqlite3_exec(db, sql.c_str(), add, &result, &problem);
  const std::string why = problem ? problem : "";
  sqlite3_free(problem);
  sqlite3_close(db);
  INFO(sql << ": " << why);
  REQUIRE(answer == SQLITE_OK);
  return result;
}

std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void write(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

void check_refused_and_untouched(const std::string& path, status code, std::string_view reason) {
  const std::string before = bytes_of(path);
  check_refused(code, reason, [&] { open(path); });
  check_refused(code, reason, [&] { open_to_read(path); });
  CHECK(bytes_of(path) == before);
}

// A desk with an incident that is live (1), one that is closed (2), and three entries.
void make_desk(const std::string& path) {
  store_transaction t = transaction(1, 3);
  add_new(t, record(1, state_kind::in_progress, 1));
  add_new(t, record(2, state_kind::closed, 2));
  const auto desk = open(path);
  desk->commit(t);
  desk->save_cursor("mail", 1024);
}

// Takes back what the second schema brought.
constexpr const char* to_first_schema =
    "DROP TABLE ledger; DELETE FROM meta WHERE key = 'log'; PRAGMA user_version = 1;"
    "INSERT INTO meta (key, value) SELECT 'closed_count', count(*) FROM incident WHERE ended_at IS NOT NULL;"
    "ALTER TABLE consumer DROP COLUMN checksum; ALTER TABLE purged_record DROP COLUMN checksum;"
    "ALTER TABLE assignment_turn DROP COLUMN checksum;";

// Takes back what the third schema brought: these parts stood among the details.
void to_second_schema(const std::string& path) {
  sqlite::connection on(path, sqlite::access::write);
  for (const std::string part : {"tasks", "links", "satisfaction", "known_errors"}) {
    on.run("UPDATE incident_part SET details = json_patch(coalesce(details, '{}'), " + part + ") WHERE " + part +
           " IS NOT NULL");
    on.run("ALTER TABLE incident_part DROP COLUMN " + part);
  }
  on.run("PRAGMA user_version = 2");
  sqlite::ledger now = sqlite::count_ledger(on);
  now.version = 2;
  sqlite::checksum sum;
  sqlite::statement put(on, sqlite::put_ledger_sql);
  sqlite::put_ledger(put, now, sum);
}

// Runs work in a process of its own, which ends at once afterwards; its answer is the exit status.
int in_child(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int answer = 99;
    try {
      answer = work();
    } catch (const error& e) {
      answer = static_cast<int>(e.code());
    } catch (...) {
      answer = 98;
    }
    ::_exit(answer);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("a file has one owner, in this process and in any other") {
  const folder here;
  const auto owner = open(here.file());
  check_refused(status::busy, "store.in_use", [&] { open(here.file()); });
  CHECK(in_child([&] { return open(here.file()) ? 0 : 1; }) == static_cast<int>(status::busy));
  owner->commit(transaction(1, 1));
}

TEST_CASE("a link to the file is the file") {
  const folder here;
  const auto owner = open(here.file());
  std::filesystem::create_symlink(here.file(), here.file("link"));
  check_refused(status::busy, "store.in_use", [&] { open(here.file("link")); });
}

TEST_CASE("the file of a process that died is free, and what it committed is there") {
  const folder here;
  const int answer = in_child([&] {
    const auto owner = open(here.file());
    owner->commit(transaction(1, 3));
    ::_exit(7);
    return 0;
  });
  CHECK(answer == 7);
  CHECK(open(here.file())->load().sequence == 3);
}

TEST_CASE("who was taken over is fenced, and who took over is not") {
  const folder here;
  const auto first = open(here.file());
  first->commit(transaction(1, 1));
  auto successor = open_sqlite_store({.path = here.file(), .take_over = true});
  check_refused(status::conflict, "store.fenced", [&] { first->commit(transaction(2, 2)); });
  check_refused(status::conflict, "store.fenced", [&] { first->save_cursor("mail", 1); });
  check_refused(status::conflict, "store.fenced", [&] { first->demand_ownership(); });
  successor->demand_ownership();
  successor->commit(transaction(2, 2));
  CHECK(first->load().sequence == 2);  // it may still read

  check_refused(status::busy, "store.in_use", [&] { open(here.file()); });
  successor.reset();
  CHECK(open(here.file())->load().sequence == 2);  // the fenced one, though alive, is no owner
}

TEST_CASE("nothing is left beside the file when its owner goes") {
  const folder here;
  make_desk(here.file());
  const std::filesystem::directory_iterator files(std::filesystem::path(here.file()).parent_path());
  CHECK(std::distance(begin(files), end(files)) == 1);
}

TEST_CASE("a store that only reads stands beside the owner, sees what it commits, and writes nothing") {
  const folder here;
  make_desk(here.file());
  const auto reader = open_to_read(here.file());
  const auto other = open_to_read(here.file());
  const auto owner = open(here.file());
  owner->commit(transaction(4, 4));
  CHECK(reader->load().sequence == 4);
  CHECK(other->load_closed(2));
  check_refused(status::failed_precondition, "store.read_only", [&] { reader->commit(transaction(5, 5)); });
  check_refused(status::failed_precondition, "store.read_only", [&] { reader->save_cursor("mail", 1); });
}

TEST_CASE("where there is no desk, one is made only if that was asked") {
  const folder here;
  check_refused(status::not_found, "store.not_found", [&] { open_to_read(here.file()); });
  check_refused(status::not_found, "store.not_found",
                [&] { open_sqlite_store({.path = here.file(), .must_exist = true}); });
  CHECK_FALSE(std::filesystem::exists(here.file()));
  check_refused(status::not_found, "store.no_folder", [&] { open(here.file("none/desk")); });
  check_refused(status::io, "store.io", [&] { open(std::filesystem::path(here.file()).parent_path().string()); });
  check_refused(status::invalid_argument, "store.path", [&] { open(""); });
  write(here.file("empty"), "");
  CHECK(open(here.file("empty"))->load().sequence == 0);
}

TEST_CASE("a name is a file's, whatever SQLite might take it for") {
  const folder here;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(std::filesystem::path(here.file()).parent_path());
  for (const char* name : {":memory:", "file:x?mode=memory", "d\xc3\xa4sk \xe2\x98\x82"}) {
    open(name)->commit(transaction(1, 1));
    CHECK(open(name)->load().sequence == 1);
  }
  std::filesystem::current_path(before);
}

TEST_CASE("what is no desk is refused and left as it is") {
  const folder here;
  write(here.file("short"), "SQLite format 3");
  check_refused_and_untouched(here.file("short"), status::corrupt, "store.not_sqlite");
  write(here.file("text"), std::string(5'000, 't'));
  check_refused_and_untouched(here.file("text"), status::corrupt, "store.not_sqlite");
  ask(here.file("foreign"), "PRAGMA journal_mode = WAL; CREATE TABLE incident (id INTEGER)");
  check_refused_and_untouched(here.file("foreign"), status::unsupported, "store.foreign");
  make_desk(here.file("cut"));
  std::filesystem::resize_file(here.file("cut"), 16'384);
  check_refused_and_untouched(here.file("cut"), status::corrupt, "store.truncated");
}

TEST_CASE("a desk of a newer library is refused and left as it is") {
  const folder here;
  make_desk(here.file("version"));
  ask(here.file("version"), "PRAGMA user_version = 4; UPDATE ledger SET version = 4");
  check_refused_and_untouched(here.file("version"), status::unsupported, "store.newer");
  make_desk(here.file("column"));
  ask(here.file("column"), std::string(to_first_schema) + "ALTER TABLE incident ADD COLUMN mood INTEGER");
  check_refused(status::unsupported, "store.newer", [&] { open(here.file("column")); });
  check_refused(status::unsupported, "store.newer", [&] { open_to_read(here.file("column")); });
}

TEST_CASE("a desk of an older library gets the columns that it lacks, and its records stay whole") {
  const folder here;
  auto old = record(1, state_kind::closed);
  old->incident_class = incident_class::unset;
  store_transaction t = transaction(1, 1);
  add_new(t, old);
  open(here.file())->commit(t);
  ask(here.file(), std::string(to_first_schema) +
                       "DROP VIEW tocsin_incident; ALTER TABLE incident DROP COLUMN incident_class;"
                       "DROP TABLE incident_part");
  check_refused(status::unsupported, "store.older", [&] { open_to_read(here.file()); });
  const auto desk = open(here.file());
  CHECK(same(*desk->load_closed(1), *old));
  desk->check();
  CHECK(ask(here.file(), "SELECT incident_class FROM tocsin_incident") == "null|");
}

TEST_CASE("what a file of schema version 2 kept among the details comes to parts of its own, and records stay whole") {
  const folder here;
  const auto old = record(1, state_kind::closed);
  old->own<record_tasks>().tasks.push_back({.number = 1, .title = "look \u00e4t \"it\""});
  old->own<record_links>().links.push_back({link_kind::related, {2}});
  old->own<record_known_errors>().known_errors.push_back({.known_error = {7}, .revision = 3});
  old->own<incident_details>().restricted = true;
  const auto other = record(2, state_kind::closed);
  other->own<record_satisfaction>().satisfaction.push_back({.cycle = 1, .score = 4, .comment = "fine"});
  store_transaction t = transaction(1, 1);
  for (const auto& made : {old, other}) {
    add_new(t, made);
    t.records.back().parts_changed = true;
  }
  open(here.file())->commit(t);
  to_second_schema(here.file());
  check_refused(status::unsupported, "store.older", [&] { open_to_read(here.file()); });
  const auto desk = open(here.file());
  CHECK(same(*desk->load_closed(1), *old));
  CHECK(same(*desk->load_closed(2), *other));
  CHECK(desk->load_closed(2)->part<incident_details>() == nullptr);
  desk->check();
  CHECK(ask(here.file(), "PRAGMA user_version") == "3|");
}

TEST_CASE("keys of a file of schema version 1 get the actors that their entries name, and go on being known (D3)") {
  const folder here;
  store_transaction t = transaction(1, 2);
  t.entries[0].idempotency_key = "a";
  t.entries[1].idempotency_key = "b";
  t.entries[1].actor = {7};
  open(here.file())->commit(t);
  ask(here.file(), std::string(to_first_schema) +
                       "CREATE TABLE old (sequence INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE) STRICT;"
                       "INSERT INTO old SELECT sequence, key FROM idempotency_key; DROP TABLE idempotency_key;"
                       "ALTER TABLE old RENAME TO idempotency_key");
  check_refused(status::unsupported, "store.older", [&] { open_to_read(here.file()); });
  const auto desk = open(here.file());
  CHECK(desk->find_key(host_person, "a").sequence == 1);
  CHECK(desk->find_key(host_person, "b").sequence == 0);
  CHECK(desk->find_key({7}, "b").sequence == 2);
  CHECK(ask(here.file(), "PRAGMA user_version") == "3|");
  store_transaction more = transaction(3, 3);
  more.entries[0].idempotency_key = "b";
  desk->commit(more);
  CHECK(desk->find_key(host_person, "b").sequence == 3);
  CHECK(desk->find_key({7}, "b").sequence == 2);
  desk->check();
}

TEST_CASE("columns that came later stand last in the file, wherever their fields stand") {
  const folder here;
  open(here.file());
  ask(here.file(), std::string(to_first_schema) +
                       "DROP VIEW tocsin_incident; ALTER TABLE incident DROP COLUMN detected_at; ALTER TABLE incident "
                       "DROP COLUMN state;"
                       "ALTER TABLE incident_text DROP COLUMN title");
  store_transaction t = transaction(1, 1);
  add_new(t, record(1, state_kind::closed));
  add_new(t, record(2, state_kind::fresh));
  open(here.file())->commit(t);
  const auto desk = open(here.file());
  CHECK(same(*desk->load_closed(1), *record(1, state_kind::closed)));
  CHECK(same(*desk->load().live.at(0), *record(2, state_kind::fresh)));
}

TEST_CASE("a damaged row is found, and the message names it") {
  struct damage {
    const char* sql;
    const char* reason;
    const char* named;
  };
  const damage damages[] = {
      {"UPDATE incident SET team = team + 1 WHERE id = 1", "store.record_damaged", "number 1001"},
      {"UPDATE incident SET priority = 300 WHERE id = 1", "store.record_damaged", "number 1001"},
      {"UPDATE incident SET ended_at = 5 WHERE id = 2", "store.record_damaged", "number 1002"},
      {"UPDATE incident SET last_entry = 2 WHERE id = 2", "store.record_damaged", "number 1002"},
      {"UPDATE incident_text SET title = 'other' WHERE id = 2", "store.record_damaged", "number 1002"},
      {"DELETE FROM incident_text WHERE id = 2", "store.record_damaged", "number 1002"},
      {"UPDATE entry SET flags = 0 WHERE sequence = 1", "store.entry_damaged", "entry 1"},
      {"UPDATE entry SET hash = x'00' WHERE sequence = 2", "store.entry_damaged", "entry 2"},
      {"DELETE FROM entry WHERE sequence = 2", "store.gap", "entry 2"},
      {"UPDATE ledger SET closed = 9", "store.damaged", "ledger"},
      {"DELETE FROM ledger", "store.damaged", "ledger"},
      {"DELETE FROM incident_text WHERE id = 1", "store.record_damaged", "number 1001"},
      {"UPDATE consumer SET cursor = 2048", "store.row_damaged", "mail"},
      {"CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM consumer; END", "store.foreign_object", "trigger t"},
      {"CREATE TABLE mine (a)", "store.foreign_object", "table mine"},
      {"CREATE INDEX mine ON entry (actor)", "store.foreign_object", "index mine"},
      {"CREATE VIEW mine AS SELECT 1", "store.foreign_object", "view mine"},
      {"ALTER TABLE incident ADD COLUMN mood INTEGER", "store.damaged", "tables"},
      {"PRAGMA user_version = 7", "store.damaged", "schema version 7"},
      {"DELETE FROM incident WHERE id = 1", "store.contradiction", "texts"}};
  for (const damage& d : damages) {
    CAPTURE(d.sql);
    const folder here;
    make_desk(here.file());
    ask(here.file(), d.sql);
    try {
      open(here.file())->check();
      FAIL_CHECK("was not found");
    } catch (const error& e) {
      CHECK(e.code() == status::corrupt);
      CHECK(e.reason() == d.reason);
      CHECK(std::string(e.what()).find(d.named) != std::string::npos);
    }
  }
}

TEST_CASE("a missing index is said, and made again where the file is opened for writing") {
  const folder here;
  make_desk(here.file());
  ask(here.file(),
      "DROP INDEX incident_ended; DROP INDEX entry_definitions;"
      "CREATE INDEX entry_definitions ON entry (sequence) WHERE flags & 3");
  check_refused(status::corrupt, "store.index_missing", [&] { open_to_read(here.file()); });
  open(here.file())->check();
  CHECK(open_to_read(here.file())->load().live.size() == 1);
}

TEST_CASE("a file without the index of columns is read as it is, and has it once it was opened for writing") {
  const folder here;
  make_desk(here.file());
  ask(here.file(), "DROP INDEX incident_columns");
  const auto old = open_to_read(here.file());
  const incident_ptr closed = old->load_closed(2);
  REQUIRE(closed);
  record_scan scan;
  for (const field_row& field : incident::fields()) {
    if (field.name != "team") continue;
    scan.tests = {{.field = &field, .least = closed->team.index, .most = closed->team.index, .values = {}}};
  }
  const auto count = [&](const store& s) {
    int shown = 0;
    s.scan_closed(scan, [&](const incident_ptr&) { return ++shown > 0; });
    return shown;
  };
  CHECK(count(*old) == 1);
  const auto now = open(here.file());
  now->check();
  CHECK(count(*now) == 1);
  CHECK(ask(here.file(), "SELECT count(*) FROM sqlite_schema WHERE name = 'incident_columns'") == "1|");
}

TEST_CASE("a desk of the first schema is brought up to the second, and its counts are right") {
  const folder here;
  make_desk(here.file());
  ask(here.file(), to_first_schema);
  check_refused(status::unsupported, "store.older", [&] { open_to_read(here.file()); });
  const auto desk = open(here.file());
  desk->check();
  CHECK(desk->load().closed_count == 1);
  CHECK(desk->load_cursor("mail") == 1024);
  store_transaction t = transaction(4, 4);
  add_new(t, record(3, state_kind::fresh, 3));
  desk->commit(t);
  desk->check();
}

TEST_CASE("an entry is held against the chain before anybody decodes it") {
  const folder here;
  make_desk(here.file());
  ask(here.file(), "UPDATE entry SET bytes = CAST(x'00' || substr(bytes, 2) AS BLOB) WHERE sequence = 2");
  const auto desk = open(here.file());
  stored_entry found;
  CHECK(desk->load_entry(1, found));
  check_refused(status::corrupt, "store.entry_damaged", [&] { desk->load_entry(2, found); });
  check_refused(status::corrupt, "store.entry_damaged",
                [&] { desk->scan_entries(1, 3, false, [](const stored_entry&) { return true; }); });
}

TEST_CASE("what went missing is noticed on opening") {
  for (const char* damage :
       {"DELETE FROM incident WHERE id = 1", "DELETE FROM incident WHERE id = 2",
        "UPDATE entry SET flags = flags & 2 WHERE sequence = 1", "DELETE FROM entry WHERE sequence = 1"}) {
    CAPTURE(damage);
    const folder here;
    make_desk(here.file());
    ask(here.file(), damage);
    check_refused(status::corrupt, "store.contradiction", [&] { open(here.file())->load(); });
  }
}

TEST_CASE("no foreign trigger fires when a desk commits") {
  const folder here;
  make_desk(here.file());
  ask(here.file(), "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM consumer; END");
  open(here.file())->commit(transaction(4, 4));
  CHECK(ask(here.file(), "SELECT count(*) FROM consumer") == "1|");
}

TEST_CASE("a file whose log is missing is refused, and one whose owner died with its log is not") {
  const folder here;
  const int answer = in_child([&] {
    const auto owner = open(here.file());
    owner->commit(transaction(1, 3));
    ::_exit(7);
    return 0;
  });
  CHECK(answer == 7);
  std::filesystem::copy_file(here.file(), here.file("copy"));
  check_refused(status::corrupt, "store.log_missing", [&] { open(here.file("copy")); });
  check_refused(status::corrupt, "store.log_missing", [&] { open_to_read(here.file("copy")); });
  std::filesystem::copy_file(here.file() + "-wal", here.file("copy-wal"));
  CHECK(open(here.file("copy"))->load().sequence == 3);
  CHECK(open_to_read(here.file("copy"))->load().sequence == 3);  // it was closed, so it has none
}

TEST_CASE("a backup is made in a new file, and only there") {
  const folder here;
  make_desk(here.file());
  const auto desk = open(here.file());
  desk->backup(here.file("backup"));
  CHECK(open(here.file("backup"))->load().sequence == 3);
  check_refused(status::already_exists, "store.exists", [&] { desk->backup(here.file("backup")); });
  check_refused(status::already_exists, "store.exists", [&] { desk->backup(here.file()); });
  check_refused(status::not_found, "store.no_folder", [&] { desk->backup(here.file("none/backup")); });
  check_refused(status::invalid_argument, "store.path", [&] { desk->backup(""); });
}

TEST_CASE("a byte that changed in a stored record is found when the record is read") {
  const folder here;
  make_desk(here.file());
  std::string bytes = bytes_of(here.file());
  const std::size_t at = bytes.find("title 2");
  REQUIRE(at != std::string::npos);
  bytes[at] = 'T';
  write(here.file(), bytes);
  const auto desk = open(here.file());
  CHECK(desk->load().live.size() == 1);
  check_refused(status::corrupt, "store.record_damaged", [&] { desk->load_closed(2); });
}

TEST_CASE("without permission to write, the refusal says so" * doctest::skip(::geteuid() != 0)) {
  const folder here;
  make_desk(here.file());
  ::chmod(here.file().c_str(), 0444);
  ::chmod(std::filesystem::path(here.file()).parent_path().c_str(), 0555);
  const auto as_nobody = [&](const std::string& path) {
    return in_child([&] { return ::setuid(65'534) == 0 && open(path) ? 0 : 1; });
  };
  CHECK(as_nobody(here.file()) == static_cast<int>(status::io));
  CHECK(as_nobody(here.file("new")) == static_cast<int>(status::io));
}

TEST_CASE("a desk is read in a folder that cannot be written" * doctest::skip(::geteuid() != 0)) {
  const folder here;
  make_desk(here.file());
  const auto as_nobody = [&](const std::string& path) {
    return in_child([&] { return ::setuid(65'534) == 0 && open_to_read(path)->load().sequence == 3 ? 0 : 1; });
  };
  const std::string parent = std::filesystem::path(here.file()).parent_path().string();
  ::chmod(here.file().c_str(), 0444);
  ::chmod(parent.c_str(), 0555);
  CHECK(as_nobody(here.file()) == 0);
  // With commits in its log, it would take a file beside it to read them; the refusal says so.
  const auto owner = open(here.file());
  owner->commit(transaction(4, 4));
  std::filesystem::create_directory(parent + "/copied");
  for (const char* part : {"", "-wal"}) {
    std::filesystem::copy_file(here.file() + part, parent + "/copied/desk" + part);
    ::chmod((parent + "/copied/desk" + part).c_str(), 0444);
  }
  ::chmod((parent + "/copied").c_str(), 0555);
  CHECK(as_nobody(parent + "/copied/desk") == static_cast<int>(status::io));
}

TEST_CASE("reporting tools read words, instants and numbers in the views, all of them named in docs/sql.md") {
  const folder here;
  auto shown = record(1, state_kind::closed);
  shown->number = 42;
  shown->state.index = 3;
  shown->caller.index = 7;
  shown->priority = priority::critical;
  shown->occurred_at = {-1};
  shown->acknowledged_at = no_instant;
  shown->opened_at = {start_us + 1};
  shown->follows.id = 1;
  store_transaction t = transaction(1, 5);
  t.definitions = {{word_kind::state, 3, 0, "closed_for_good", ""},
                   {word_kind::person, 7, 1, "p7", R"({"key":"p7","name":"Ada"})"},
                   {word_kind::person, 7, 2, "p7", R"({"key":"p7","name":"Ada L."})"}};
  add_new(t, shown);
  open(here.file())->commit(t);

  CHECK(ask(here.file(), "SELECT number, closed, state, priority, state_kind, caller, follows FROM tocsin_incident") ==
        "INC0000042|1|closed_for_good|critical|closed|p7|INC0000042|");
  open_sqlite_store({.path = here.file(), .number_prefix = "it's ", .number_width = 3});
  CHECK(ask(here.file(), "SELECT number, follows FROM tocsin_incident") == "it's 042|it's 042|");
  CHECK(ask(here.file(), "SELECT opened_at, opened_at_us, occurred_at, acknowledged_at, title FROM tocsin_incident") ==
        "2026-01-01T00:00:00.000001Z|1767225600000001|1969-12-31T23:59:59.999999Z|null|title 1|");
  CHECK(ask(here.file(), "SELECT version, is_latest FROM tocsin_definition WHERE key = 'p7'") == "1|0|2|1|");
  CHECK(ask(here.file(), "SELECT number, version, name FROM tocsin_person WHERE key <> 'host'") ==
        "1|0|null|7|2|Ada L.|");
  CHECK(ask(here.file(), "SELECT actor, command, fired_at IS NULL FROM tocsin_entry WHERE sequence >= 4") ==
        "host|log_incident|1|host|timer|0|");

  const std::string page = bytes_of(TOCSIN_SOURCE_DIR "/docs/sql.md");
  const std::string columns = ask(here.file(),
                                  "SELECT v.name || '.' || c.name FROM sqlite_schema AS v,"
                                  " pragma_table_info(v.name) AS c WHERE v.type = 'view'");
  for (std::size_t at = 0, end; (end = columns.find('|', at)) != std::string::npos; at = end + 1) {
    const std::string name = columns.substr(at, end - at);
    INFO(name);
    CHECK(page.find("`" + name.substr(0, name.find('.')) + "`") != std::string::npos);
    CHECK(page.find("`" + name.substr(name.find('.') + 1) + "`") != std::string::npos);
  }
  CHECK(ask(here.file(), "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%''now''%'") == "0|");
}

TEST_CASE("reporting tools read the edges of the service graph, those of the latest definitions alone (I1)") {
  const folder here;
  store_transaction t = transaction(1, 5);
  t.definitions = {{word_kind::service, 1, 1, "shop", R"({"key":"shop","depends_on":["gone"]})"},
                   {word_kind::service, 1, 2, "shop",
                    R"({"key":"shop","depends_on":["payment","mail"],"groups":[)"
                    R"({"members":["web-1","web-2"],"need":1},)"
                    R"({"relation":"asks","members":["search"],"effect":"degraded"}]})"},
                   {word_kind::service, 2, 1, "old", R"({"key":"old","runs_on":["rack"],"retired":true})"},
                   {word_kind::configuration_item, 1, 1, "web-1", R"({"key":"web-1","part_of":["rack"]})"}};
  add_new(t, record(1, state_kind::closed));
  open(here.file())->commit(t);
  CHECK(ask(here.file(),
            "SELECT kind, item, version, needs, relation, \"group\", members, need, effect FROM tocsin_dependency"
            " ORDER BY item, needs") ==
        "service|shop|2|mail|depends_on|null|1|1|failed|service|shop|2|payment|depends_on|null|1|1|failed|"
        "service|shop|2|search|asks|2|1|1|degraded|service|shop|2|web-1|depends_on|1|2|1|failed|"
        "service|shop|2|web-2|depends_on|1|2|1|failed|configuration_item|web-1|1|rack|part_of|null|1|1|failed|");
}

TEST_CASE("a live record has two stored indexes, a closed one five, and scans by them sort nothing") {
  const folder here;
  make_desk(here.file());
  const std::string count_indexes = "SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND tbl_name LIKE ";
  CHECK(ask(here.file(), count_indexes + "'incident%'") == "5|");
  CHECK(ask(here.file(), count_indexes + "'incident%' AND sql LIKE '%WHERE ended_at IS NOT NULL'") == "3|");
  CHECK(ask(here.file(), count_indexes + "'entry'") == "1|");
  for (const char* scan :
       {"ended WHERE ended_at IS NULL ORDER BY id", "ended WHERE ended_at BETWEEN 1 AND 2 ORDER BY ended_at, id",
        "opened WHERE opened_at > 1 AND ended_at IS NOT NULL ORDER BY opened_at, id",
        "caller WHERE caller > 1 AND ended_at IS NOT NULL ORDER BY caller, id"}) {
    const std::string plan =
        ask(here.file(), std::string("EXPLAIN QUERY PLAN SELECT * FROM incident INDEXED BY incident_") + scan);
    CAPTURE(plan);
    CHECK(plan.find("SEARCH") != std::string::npos);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
  }
}

TEST_CASE("the index of columns covers what is asked by it, and what it finds comes in order of id unsorted") {
  const folder here;
  make_desk(here.file());
  for (const char* column : {"assignee", "team", "priority", "service", "category"}) {
    const std::string plan = ask(
        here.file(), std::string("EXPLAIN QUERY PLAN SELECT i.* FROM incident AS i NOT INDEXED WHERE i.id IN (SELECT id"
                                 " FROM incident INDEXED BY incident_columns WHERE ended_at IS NOT NULL AND ") +
                         column + " = 1) ORDER BY i.id");
    CAPTURE(plan);
    CHECK(plan.find("COVERING INDEX incident_columns") != std::string::npos);
    CHECK(plan.find("TEMP B-TREE") == std::string::npos);
    CHECK((plan.find("SEARCH incident USING") != std::string::npos) == (std::string(column) == "assignee"));
  }
}
