#include "file.hpp"

#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

#include <tocsin/store/sqlite_store.hpp>

namespace bench {

desk_file::desk_file(const std::string& name) {
  const char* folder = std::getenv("TOCSIN_BENCH_FOLDER");
  const std::filesystem::path in = folder ? std::filesystem::path(folder) : std::filesystem::temp_directory_path();
  path_ = (in / ("tocsin-bench-" + std::to_string(::getpid()) + "-" + name)).string();
  remove();
}

void desk_file::remove() const {
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove_all(path_ + suffix);
}

std::shared_ptr<tocsin::store> open_file(const desk_file& file, bool full) {
  return tocsin::open_sqlite_store(
      {.path = file.path(), .durability = full ? tocsin::durability::full : tocsin::durability::normal});
}

bare_sqlite::bare_sqlite(const std::string& path) { demand(sqlite3_open(path.c_str(), &handle_)); }

bare_sqlite::~bare_sqlite() {
  for (sqlite3_stmt* statement : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

void bare_sqlite::run(const std::string& sql) { demand(sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr)); }

sqlite3_stmt* bare_sqlite::prepare(const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  demand(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr));
  return statements_.emplace_back(statement);
}

void bare_sqlite::demand(int answer, int wanted) const {
  if (answer != wanted) throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(handle_));
}

}  // namespace bench
