// SQLite with owners: a connection, its prepared statements, a transaction. What fails throws an error of the core.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include <sqlite3.h>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1::sqlite {

enum class access : std::uint8_t {
  read,
  write,
  read_as_it_is,  // no locks and no files beside it: nobody writes it meanwhile
};

class connection {
 public:
  connection(const std::string& path, access mode);

  const std::string& path() const { return path_; }
  sqlite3* handle() const { return handle_.get(); }
  // Pages of the file, the schema and statements. Not beside another call of this connection.
  std::size_t memory_bytes() const;
  bool is_writable() const { return sqlite3_db_readonly(handle(), "main") == 0; }

  void run(const std::string& sql);                // whatever it answers is dropped
  std::int64_t ask(const std::string& sql) const;  // first column of the first row, 0 if there is none

  // The latest failure of this connection as an error that names the file, and the table that the statement reads.
  [[noreturn]] void fail(std::string_view sql = {}) const;
  // Whether the last connection to close writes the log back into the file and removes it.
  void tidy_log_on_close(bool wanted);

 private:
  struct closer {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
  };

  void demand(int answer) const {
    if (answer != SQLITE_OK) fail();
  }

  std::string path_;
  std::unique_ptr<sqlite3, closer> handle_;
};

// A prepared statement, made once and run often. Bound texts and bytes must live until it has run; places count from
// 1, columns from 0.
class statement {
 public:
  statement(const connection& on, const std::string& sql);

  statement& bind(int place, std::int64_t value) { return bound(sqlite3_bind_int64(handle(), place, value)); }
  statement& bind_null(int place) { return bound(sqlite3_bind_null(handle(), place)); }
  statement& bind(int place, std::string_view value);
  statement& bind(int place, std::span<const std::uint8_t> value);

  bool step();  // is there a row?
  int run();    // to the end; how many rows it changed
  void reset() noexcept { sqlite3_reset(handle()); }

  int type(int column) const { return sqlite3_column_type(handle(), column); }
  bool is_null(int column) const { return type(column) == SQLITE_NULL; }
  std::int64_t integer(int column) const { return sqlite3_column_int64(handle(), column); }
  std::string_view text(int column) const;
  std::span<const std::uint8_t> bytes(int column) const;

 private:
  struct finalizer {
    void operator()(sqlite3_stmt* handle) const noexcept { sqlite3_finalize(handle); }
  };

  sqlite3_stmt* handle() const { return handle_.get(); }
  statement& bound(int answer) {
    if (answer != SQLITE_OK) fail();
    return *this;
  }
  [[noreturn]] void fail() const;

  const connection* on_;
  std::unique_ptr<sqlite3_stmt, finalizer> handle_;
};

// Leaves a statement ready for its next use, however the reading of its rows ends.
class rows {
 public:
  explicit rows(statement& of) : of_(of) {}
  ~rows() { of_.reset(); }
  rows(const rows&) = delete;
  rows& operator=(const rows&) = delete;

  bool next() { return of_.step(); }

 private:
  statement& of_;
};

struct transaction_statements {
  explicit transaction_statements(const connection& on, const char* begin_sql = "BEGIN IMMEDIATE")
      : begin(on, begin_sql), commit(on, "COMMIT"), rollback(on, "ROLLBACK") {}

  statement begin;
  statement commit;
  statement rollback;
};

// Rolled back unless committed.
class transaction {
 public:
  transaction(const connection& on, transaction_statements& by) : on_(on), by_(by) { by_.begin.run(); }
  ~transaction();
  transaction(const transaction&) = delete;
  transaction& operator=(const transaction&) = delete;

  void commit() { by_.commit.run(); }

 private:
  const connection& on_;
  transaction_statements& by_;
};

// "<path>: <message>", with a JSON detail that names the file, what was found and what is allowed.
error file_error(status code, std::string reason, const std::string& path, const std::string& message,
                 std::string_view found = {}, std::string_view allowed = {});

// SQLite counts to 2^63 - 1, the core to 2^64 - 1.
std::int64_t to_stored(std::uint64_t value);
constexpr std::int64_t clamp_to_stored(std::uint64_t value) {
  return value > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(value);
}

}  // namespace tocsin::inline v1::sqlite
