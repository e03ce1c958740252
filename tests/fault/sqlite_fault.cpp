// What remains of a SQLite store when the disk fails at the n-th write, for every n, or the process is killed there.
#include <tocsin/store/sqlite_store.hpp>

#include "unit/store/sample.hpp"

#include <cstring>
#include <functional>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace sample;

namespace {

// What the next operations of the disk come to.
struct plan {
  int left = -1;           // operations that still succeed; negative: all of them
  int answer = SQLITE_OK;  // of the first after those
  bool stays = false;      // and of all that follow
  bool kills = false;      // the process ends there instead
  bool has_failed = false;
};
plan disk;

// SQLITE_OK: the operation may be done.
int permit() {
  if (disk.left < 0) return SQLITE_OK;
  if (disk.left > 0) {
    --disk.left;
    return SQLITE_OK;
  }
  if (disk.kills) ::_exit(0);
  disk.has_failed = true;
  if (!disk.stays) disk.left = -1;
  return disk.answer;
}

// A file system that asks the plan before it writes; the real one does the work.
struct shim_file {
  sqlite3_file base;
  sqlite3_file* real;
};

sqlite3_file* real(sqlite3_file* f) { return reinterpret_cast<shim_file*>(f)->real; }
const sqlite3_io_methods& of(sqlite3_file* f) { return *real(f)->pMethods; }

int write(sqlite3_file* f, const void* data, int size, sqlite3_int64 at) {
  const int answer = permit();
  return answer != SQLITE_OK ? answer : of(f).xWrite(real(f), data, size, at);
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
  const int answer = permit();
  return answer != SQLITE_OK ? answer : of(f).xTruncate(real(f), size);
}
int sync(sqlite3_file* f, int flags) {
  const int answer = permit();
  return answer != SQLITE_OK ? SQLITE_IOERR_FSYNC : of(f).xSync(real(f), flags);
}

const sqlite3_io_methods& shim_methods() {
  static const sqlite3_io_methods methods = [] {
    sqlite3_io_methods m{};
    m.iVersion = 2;  // with shared memory, without memory maps
    m.xClose = [](sqlite3_file* f) { return of(f).xClose(real(f)); };
    m.xRead = [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) { return of(f).xRead(real(f), to, size, at); };
    m.xWrite = write;
    m.xTruncate = truncate;
    m.xSync = sync;
    m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) { return of(f).xFileSize(real(f), size); };
    m.xLock = [](sqlite3_file* f, int kind) { return of(f).xLock(real(f), kind); };
    m.xUnlock = [](sqlite3_file* f, int kind) { return of(f).xUnlock(real(f), kind); };
    m.xCheckReservedLock = [](sqlite3_file* f, int* out) { return of(f).xCheckReservedLock(real(f), out); };
    m.xFileControl = [](sqlite3_file* f, int op, void* arg) { return of(f).xFileControl(real(f), op, arg); };
    m.xSectorSize = [](sqlite3_file* f) { return of(f).xSectorSize(real(f)); };
    m.xDeviceCharacteristics = [](sqlite3_file* f) { return of(f).xDeviceCharacteristics(real(f)); };
    m.xShmMap = [](sqlite3_file* f, int page, int size, int extend, void volatile** to) {
      return of(f).xShmMap(real(f), page, size, extend, to);
    };
    m.xShmLock = [](sqlite3_file* f, int offset, int count, int flags) {
      return of(f).xShmLock(real(f), offset, count, flags);
    };
    m.xShmBarrier = [](sqlite3_file* f) { of(f).xShmBarrier(real(f)); };
    m.xShmUnmap = [](sqlite3_file* f, int remove) { return of(f).xShmUnmap(real(f), remove); };
    return m;
  }();
  return methods;
}

sqlite3_vfs* real_vfs = nullptr;

int open_shim(sqlite3_vfs*, const char* name, sqlite3_file* f, int flags, int* flags_out) {
  auto* shim = reinterpret_cast<shim_file*>(f);
  shim->real = reinterpret_cast<sqlite3_file*>(shim + 1);
  shim->base.pMethods = nullptr;
  const int answer = real_vfs->xOpen(real_vfs, name, shim->real, flags, flags_out);
  if (shim->real->pMethods) shim->base.pMethods = &shim_methods();
  return answer;
}

// Stands before the system's files for as long as it lives.
class failing_disk {
 public:
  failing_disk() {
    real_vfs = sqlite3_vfs_find(nullptr);
    vfs_ = *real_vfs;
    vfs_.zName = "failing";
    vfs_.szOsFile = static_cast<int>(sizeof(shim_file)) + real_vfs->szOsFile;
    vfs_.xOpen = open_shim;
    REQUIRE(sqlite3_vfs_register(&vfs_, 1) == SQLITE_OK);
    disk = {};
  }
  ~failing_disk() {
    disk = {};
    sqlite3_vfs_unregister(&vfs_);
    sqlite3_vfs_register(real_vfs, 1);
  }
  failing_disk(const failing_disk&) = delete;
  failing_disk& operator=(const failing_disk&) = delete;

 private:
  sqlite3_vfs vfs_{};
};

struct kind_of_failure {
  std::string_view name;
  int answer;
  bool stays;
};
constexpr kind_of_failure kinds[] = {{"one write fails", SQLITE_IOERR_WRITE, false},
                                     {"the disk breaks", SQLITE_IOERR_WRITE, true},
                                     {"the disk is full", SQLITE_FULL, true}};

store_transaction before() {
  store_transaction t = transaction(1, 3);
  for (std::uint64_t id = 1; id <= 30; ++id) add_new(t, record(id, state_kind::in_progress, id));
  return t;
}

// Changes something of everything: entries, a key, records old, new and closed, texts, definitions, an erasure.
store_transaction after() {
  store_transaction t = transaction(4, 10);
  t.entries[0].idempotency_key = "key";
  for (std::uint64_t id = 1; id <= 30; id += 3) {
    auto changed = record(id, id % 2 ? state_kind::closed : state_kind::on_hold, id + 1);
    changed->last_entry = 10;
    t.records.push_back({changed, false, true});
  }
  auto made = record(31, state_kind::fresh);
  auto text = std::make_shared<incident_text>(*made->text);
  text->description = std::string(100'000, 'd');
  made->text = text;
  add_new(t, made);
  t.definitions = {{word_kind::team, 1, 1, "night", "{}"}};
  t.erasures = {{3, {0}}};
  return t;
}

// For looking at what is left, without flushing.
std::unique_ptr<store> open(const std::string& path) {
  return open_sqlite_store({.path = path, .durability = durability::normal});
}

enum class found { before, after };

// Is everything as it was, or everything as it was to be? Anything between fails the test.
found contents_of(store& s) {
  const store_contents contents = s.load();
  const bool is_after = contents.sequence == 10;
  const store_transaction changed = after();
  CHECK(contents.sequence == (is_after ? 10 : 3));
  CHECK(contents.live.size() == (is_after ? 26 : 30));
  CHECK(contents.closed_count == (is_after ? 5 : 0));
  CHECK(s.find_key(host_person, "key").sequence == (is_after ? 4 : 0));
  stored_entry erased;
  REQUIRE(s.load_entry(3, erased));
  CHECK(erased.aside.size() == (is_after ? 1 : 3));
  for (const incident_ptr& live : contents.live) {
    const record_change* change = nullptr;
    for (const record_change& c : changed.records) change = c.record->id == live->id ? &c : change;
    const std::uint64_t id = live->id;
    if (!is_after || !change) {
      auto expected = record(id, state_kind::in_progress, id);
      expected->last_entry = 3;
      CHECK(same(*live, *expected));
    } else {
      CHECK(same(*live, *change->record));
    }
  }
  s.check();
  return is_after ? found::after : found::before;
}

void check_is_about_the_disk(const error& e, const kind_of_failure& kind) {
  INFO(e.what());
  const bool is_full = kind.answer == SQLITE_FULL;
  CHECK((e.code() == status::io || (is_full && e.code() == status::resource_exhausted)));
}

// Runs work that fails the n-th write from 0 on, until it reaches no such write.
void at_each_write(const std::function<void(int n)>& around) {
  for (int n = 0;; ++n) {
    REQUIRE(n < 10'000);
    CAPTURE(n);
    around(n);
    const bool was_reached = disk.has_failed;
    disk = {};
    if (!was_reached) {
      CHECK(n > 3);
      return;
    }
  }
}

}  // namespace

TEST_CASE("a commit that the disk fails leaves nothing behind, and the next one works") {
  for (const kind_of_failure& kind : kinds) {
    INFO(std::string(kind.name));
    const failing_disk failing;
    at_each_write([&](int n) {
      const folder here;
      auto desk = open_sqlite_store({.path = here.file()});
      desk->commit(before());
      disk = {n, kind.answer, kind.stays};
      bool has_thrown = false;
      try {
        desk->commit(after());
      } catch (const error& e) {
        has_thrown = true;
        check_is_about_the_disk(e, kind);
      }
      disk.left = -1;
      CHECK(contents_of(*desk) == (has_thrown ? found::before : found::after));
      if (has_thrown) desk->commit(after());
      CHECK(contents_of(*desk) == found::after);
      desk.reset();
      CHECK(contents_of(*open(here.file())) == found::after);
    });
  }
}

TEST_CASE("a desk that is closed after a failed commit opens as it was before") {
  for (const kind_of_failure& kind : kinds) {
    INFO(std::string(kind.name));
    const failing_disk failing;
    at_each_write([&](int n) {
      const folder here;
      auto desk = open_sqlite_store({.path = here.file()});
      desk->commit(before());
      disk = {n, kind.answer, kind.stays};
      bool has_thrown = false;
      try {
        desk->commit(after());
      } catch (const error&) {
        has_thrown = true;
      }
      desk.reset();  // with the disk as it is
      disk.left = -1;
      const found contents = contents_of(*open(here.file()));
      // Where the flush itself failed and the log could not be tidied up either, it may be there; but then all of it.
      if (!has_thrown || !kind.stays) CHECK(contents == (has_thrown ? found::before : found::after));
    });
  }
}

TEST_CASE("an opening that the disk fails can be tried again") {
  for (const kind_of_failure& kind : kinds) {
    INFO(std::string(kind.name));
    const failing_disk failing;
    at_each_write([&](int n) {
      const folder here;
      disk = {n, kind.answer, kind.stays};
      try {
        open_sqlite_store({.path = here.file()});
      } catch (const error& e) {
        check_is_about_the_disk(e, kind);
      }
      disk.left = -1;
      const auto desk = open(here.file());
      CHECK(desk->load().sequence == 0);
      desk->commit(before());
      CHECK(contents_of(*desk) == found::before);
    });
  }
}

TEST_CASE("a process that is killed at any write leaves a whole desk") {
  const failing_disk failing;
  int last = 0;
  for (int n = 0; last == 0; ++n) {
    REQUIRE(n < 10'000);
    CAPTURE(n);
    const folder here;
    const pid_t child = ::fork();
    if (child == 0) {
      disk = {n, SQLITE_OK, false, true};
      auto desk = open_sqlite_store({.path = here.file()});
      desk->commit(before());
      desk->commit(after());
      desk.reset();
      ::_exit(1);  // was not killed
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    last = WEXITSTATUS(status);
    const auto desk = open(here.file());
    if (desk->load().sequence == 0) {
      CHECK(desk->load().live.empty());
      desk->commit(before());
    }
    if (contents_of(*desk) == found::before) desk->commit(after());
    CHECK(contents_of(*desk) == found::after);
  }
}
