// A desk file for a measurement, in a folder that TOCSIN_BENCH_FOLDER names (the system's temporary one otherwise).
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <sqlite3.h>

#include "workload.hpp"

namespace bench {

// Gone, with what lies beside it, when the measurement is over.
class desk_file {
 public:
  explicit desk_file(const std::string& name);
  ~desk_file() { remove(); }
  desk_file(const desk_file&) = delete;
  desk_file& operator=(const desk_file&) = delete;

  const std::string& path() const { return path_; }
  void remove() const;

 private:
  std::string path_;
};

std::shared_ptr<tocsin::store> open_file(const desk_file& file, bool full);

// A bare connection; throws what SQLite says.
class bare_sqlite {
 public:
  explicit bare_sqlite(const std::string& path);
  ~bare_sqlite();
  bare_sqlite(const bare_sqlite&) = delete;
  bare_sqlite& operator=(const bare_sqlite&) = delete;

  void run(const std::string& sql);
  sqlite3_stmt* prepare(const std::string& sql);  // finalized with the connection
  void demand(int answer, int wanted = SQLITE_OK) const;

 private:
  sqlite3* handle_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;  // its own alone: virtual tables have others
};

}  // namespace bench
