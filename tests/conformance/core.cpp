// The conformance cases against the C++ core, over a store in memory and over one in a file.
#include <doctest/doctest.h>

#include <filesystem>
#include <memory>
#include <random>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/store/memory_store.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "runner.hpp"
#include "temporary_file.hpp"

namespace {

namespace fs = std::filesystem;
using conformance::json;

const fs::path folder = fs::path(TOCSIN_SOURCE_DIR) / "tests" / "conformance";

class core_desk {
 public:
  core_desk(const json& options, std::string path) : options_(options), path_(std::move(path)), desk_(open()) {}

  std::string execute(const std::string& document, std::int64_t at_us, conformance::execute_flags flags) {
    return asked([&] {
      return tocsin::execute_document(desk_, document,
                                      {.at = {at_us},
                                       .atomic = flags.atomic,
                                       .dry_run = flags.dry_run,
                                       .allow_leap = flags.allow_leap,
                                       .lines = flags.lines});
    });
  }
  std::pair<std::uint64_t, bool> advance(std::int64_t now_us, std::uint64_t limit, bool allow_leap) {
    return asked([&] {
      const auto done = desk_.advance({now_us}, limit, allow_leap);
      return std::pair(done.fired, done.more);
    });
  }
  std::int64_t next_due() const { return desk_.next_due().us; }
  std::string query(const std::string& question) const {
    return asked([&] { return tocsin::answer_document(desk_, question); });
  }
  std::string entry(std::uint64_t sequence) const {
    return asked([&] { return tocsin::entry_document(desk_, sequence); });
  }
  std::string effects(const std::string& consumer, std::uint64_t max) {
    return asked([&] { return tocsin::effects_document(desk_, consumer, max); });
  }
  void acknowledge(const std::string& consumer, std::uint64_t effect) {
    asked([&] { desk_.acknowledge_effects(consumer, effect); });
  }
  conformance::head_of head() const {
    const tocsin::desk_counters& c = desk_.state().counters;
    return {c.sequence, {c.hash.begin(), c.hash.end()}};
  }
  bool reopen() {
    if (path_.empty()) return false;
    desk_ = tocsin::desk::open(tocsin::make_memory_store());  // lets go of the file
    desk_ = open();
    return true;
  }
  void verify() const {
    asked([&] { desk_.verify(); });
  }

 private:
  tocsin::desk open() const {
    std::shared_ptr<tocsin::store> where =
        path_.empty() ? tocsin::make_memory_store()
                      : tocsin::open_sqlite_store({.path = path_, .durability = tocsin::durability::normal});
    return tocsin::desk::open(std::move(where), tocsin::read_desk_options(options_.dump()),
                              {conformance::salt_seed.begin(), conformance::salt_seed.end()});
  }

  template <class Call>
  static auto asked(Call call) -> decltype(call()) {
    try {
      return call();
    } catch (const tocsin::error& e) {
      throw conformance::refusal{name(e.code()), e.reason(), e.what(), e.detail()};
    }
  }

  json options_;
  std::string path_;
  tocsin::desk desk_;
};

}  // namespace

TEST_CASE("every conformance case holds on the core, in memory and in a file, and both come to one head (D7)") {
  const auto files = conformance::cases_in(folder);
  CHECK(files.size() >= 25);
  for (const fs::path& path : files) {
    CAPTURE(path.filename().string());
    try {
      const json file = conformance::read_json(path);
      const json options = file.value("options", json::object());
      const conformance::temporary_file place;
      core_desk on_disk(options, place.path());
      const auto head_on_disk = conformance::run_case(folder, file, on_disk);
      if (conformance::needs_file(file)) continue;
      core_desk in_memory(options, "");
      const auto head_in_memory = conformance::run_case(folder, file, in_memory);
      CHECK(head_in_memory.sequence == head_on_disk.sequence);
      CHECK(head_in_memory.hash == head_on_disk.hash);
    } catch (const conformance::mismatch& m) {
      FAIL_CHECK(m.what);
    } catch (const conformance::refusal& r) {
      FAIL_CHECK(r.reason << ": " << r.message);
    } catch (const std::exception& e) {
      FAIL_CHECK(std::string(e.what()));
    }
  }
}

TEST_CASE("every conformance case says which rules it shows, and its name is a sentence that cites them") {
  for (const fs::path& path : conformance::cases_in(folder)) {
    CAPTURE(path.filename().string());
    const json file = conformance::read_json(path);
    std::string cited;
    for (const json& rule : file.at("rules")) cited += (cited.empty() ? "" : ", ") + rule.get<std::string>();
    CHECK(file.at("name").get<std::string>().ends_with(" (" + cited + ")"));
  }
}
