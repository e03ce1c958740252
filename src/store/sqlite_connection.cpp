#include "sqlite_connection.hpp"

#include <new>

#include <tocsin/base/json_writer.hpp>

namespace tocsin::inline v1::sqlite {
namespace {

constexpr int busy_timeout_ms = 2'000;

struct failure {
  status code;
  const char* reason;
  const char* message;
};

failure failure_of(int sqlite_code) {
  switch (sqlite_code & 0xff) {
    case SQLITE_FULL:
      return {status::resource_exhausted, "store.full", "the disk is full"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {status::busy, "store.busy", "another process holds a lock on it for too long"};
    case SQLITE_CORRUPT:
      return {status::corrupt, "store.damaged", "it is damaged"};
    case SQLITE_NOTADB:
      return {status::corrupt, "store.not_sqlite", "it is no SQLite file"};
    case SQLITE_READONLY:
      return {status::io, "store.not_writable", "it cannot be written"};
    case SQLITE_CANTOPEN:
      return {status::io, "store.io", "it, or a file beside it, cannot be opened"};
    case SQLITE_IOERR:
      return {status::io, "store.io", "the system failed to read or write it"};
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {status::io, "store.io", "the system does not permit it"};
    case SQLITE_TOOBIG:
      return {status::resource_exhausted, "store.too_big", "a value is longer than SQLite takes"};
    case SQLITE_CONSTRAINT:
      return {status::conflict, "store.constraint", "what is to be stored contradicts what is"};
    default:
      return {status::internal, "store.sqlite", "SQLite refused a statement"};
  }
}

// The first table that a statement names.
std::string_view table_of(std::string_view sql) {
  for (const std::string_view before : {" FROM ", "INTO ", "UPDATE "}) {
    const std::size_t found = sql.find(before);
    if (found == std::string_view::npos) continue;
    const std::string_view rest = sql.substr(found + before.size());
    return rest.substr(0, rest.find_first_of(" (,)"));
  }
  return {};
}

// A file name as a URI has it (www.sqlite.org/uri.html).
std::string uri_of(const std::string& path) {
  constexpr std::string_view hexadecimal = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '%' || c == '?' || c == '#') {
      uri += '%';
      uri += hexadecimal[byte >> 4];
      uri += hexadecimal[byte & 15];
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

constexpr const char* connection_settings =
    "PRAGMA trusted_schema = OFF;"
    "PRAGMA cell_size_check = ON;"
    "PRAGMA secure_delete = ON;";  // what is erased leaves no trace in the file (D10)

}  // namespace

error file_error(status code, std::string reason, const std::string& path, const std::string& message,
                 std::string_view found, std::string_view allowed) {
  json_writer detail;
  detail.begin_object();
  detail.member("file", path);
  if (!found.empty()) detail.member("found", found);
  if (!allowed.empty()) detail.member("allowed", allowed);
  detail.end_object();
  return {code, std::move(reason), path + ": " + message, detail.take()};
}

std::int64_t to_stored(std::uint64_t value) {
  if (value > INT64_MAX) {
    throw error(status::invalid_argument, "store.range",
                "the number " + std::to_string(value) + " is beyond what a store keeps (most: 2^63 - 1)");
  }
  return static_cast<std::int64_t>(value);
}

connection::connection(const std::string& path, access mode) : path_(path) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  flags |= mode == access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
  const bool as_it_is = mode == access::read_as_it_is;
  if (as_it_is) flags |= SQLITE_OPEN_URI;
  sqlite3* opened = nullptr;
  const int answer = sqlite3_open_v2((as_it_is ? uri_of(path) : path).c_str(), &opened, flags, nullptr);
  handle_.reset(opened);
  if (!opened) throw std::bad_alloc();
  demand(answer);
  demand(sqlite3_busy_timeout(opened, busy_timeout_ms));
  demand(sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr));  // none is ours
  run(connection_settings);
}

std::size_t connection::memory_bytes() const {
  std::size_t sum = 0;
  for (const int what : {SQLITE_DBSTATUS_CACHE_USED, SQLITE_DBSTATUS_SCHEMA_USED, SQLITE_DBSTATUS_STMT_USED}) {
    int now = 0;
    int most = 0;
    if (sqlite3_db_status(handle(), what, &now, &most, 0) == SQLITE_OK) sum += static_cast<std::size_t>(now);
  }
  return sum;
}

void connection::tidy_log_on_close(bool wanted) {
  demand(sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, wanted ? 0 : 1, nullptr));
}

void connection::run(const std::string& sql) { demand(sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr)); }

std::int64_t connection::ask(const std::string& sql) const {
  statement question(*this, sql);
  return question.step() ? question.integer(0) : 0;
}

void connection::fail(std::string_view sql) const {
  const int code = sqlite3_extended_errcode(handle());
  if ((code & 0xff) == SQLITE_NOMEM) throw std::bad_alloc();
  const failure f = failure_of(code);
  const std::string found =
      std::string(sqlite3_errmsg(handle())) + " (SQLite " + std::to_string(code) + ", " + sqlite3_errstr(code) + ")";
  const std::string_view table = table_of(sql);
  const std::string where = f.code != status::corrupt || table.empty() ? "" : " in the table " + std::string(table);
  throw file_error(f.code, f.reason, path_, f.message + where + ": " + found, found);
}

statement::statement(const connection& on, const std::string& sql) : on_(&on) {
  sqlite3_stmt* prepared = nullptr;
  const int answer = sqlite3_prepare_v3(on.handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
  handle_.reset(prepared);
  if (answer == SQLITE_OK) return;
  if ((answer & 0xff) != SQLITE_ERROR) on.fail(sql);
  // Every statement has been tried with the tables as they are made: these are others.
  throw file_error(status::corrupt, "store.damaged", on.path(),
                   std::string("it lacks what a desk has: ") + sqlite3_errmsg(on.handle()),
                   sqlite3_errmsg(on.handle()));
}

// A null destructor is SQLITE_STATIC: SQLite reads the caller's bytes where they are.
statement& statement::bind(int place, std::string_view value) {
  const char* data = value.empty() ? "" : value.data();
  return bound(sqlite3_bind_text64(handle(), place, data, value.size(), nullptr, SQLITE_UTF8));
}

statement& statement::bind(int place, std::span<const std::uint8_t> value) {
  if (value.empty()) return bound(sqlite3_bind_zeroblob(handle(), place, 0));
  return bound(sqlite3_bind_blob64(handle(), place, value.data(), value.size(), nullptr));
}

bool statement::step() {
  switch (sqlite3_step(handle())) {
    case SQLITE_ROW:
      return true;
    case SQLITE_DONE:
      return false;
    default:
      fail();
  }
}

int statement::run() {
  rows of(*this);
  while (of.next()) {
  }
  return sqlite3_changes(on_->handle());
}

std::string_view statement::text(int column) const {
  const unsigned char* data = sqlite3_column_text(handle(), column);
  if (!data) return {};
  return {reinterpret_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(handle(), column))};
}

std::span<const std::uint8_t> statement::bytes(int column) const {
  const void* data = sqlite3_column_blob(handle(), column);
  if (!data) return {};
  return {static_cast<const std::uint8_t*>(data), static_cast<std::size_t>(sqlite3_column_bytes(handle(), column))};
}

void statement::fail() const {
  const char* sql = sqlite3_sql(handle());
  on_->fail(sql ? sql : "");
}

transaction::~transaction() {
  if (sqlite3_get_autocommit(on_.handle())) return;  // committed, or SQLite has rolled back by itself
  try {
    by_.rollback.run();
  } catch (const std::exception&) {
    // The next BEGIN says what is wrong; nothing was committed.
  }
}

}  // namespace tocsin::inline v1::sqlite
