// The conformance cases through the C interface alone, as a binding runs them.
#include <doctest/doctest.h>

#include <filesystem>

#include <tocsin.hpp>

#include "runner.hpp"
#include "temporary_file.hpp"

namespace {

namespace fs = std::filesystem;
using conformance::json;

const fs::path folder = fs::path(TOCSIN_SOURCE_DIR) / "tests" / "conformance";

class c_desk {
 public:
  c_desk(const json& options, std::string path) : options_(options), path_(std::move(path)), desk_(open()) {}

  std::string execute(const std::string& document, std::int64_t at_us, conformance::execute_flags flags) {
    const std::uint32_t bits =
        (flags.atomic ? TOCSIN_EXECUTE_ATOMIC : 0u) | (flags.dry_run ? TOCSIN_EXECUTE_DRY_RUN : 0u) |
        (flags.allow_leap ? TOCSIN_EXECUTE_ALLOW_LEAP : 0u) | (flags.lines ? TOCSIN_EXECUTE_LINES : 0u);
    return asked([&] { return desk_.execute(document, at_us, bits); });
  }
  std::pair<std::uint64_t, bool> advance(std::int64_t now_us, std::uint64_t limit, bool allow_leap) {
    return asked([&] {
      const auto done = desk_.advance(now_us, limit, allow_leap ? TOCSIN_ADVANCE_ALLOW_LEAP : 0u);
      return std::pair(done.fired, done.more);
    });
  }
  std::int64_t next_due() const { return desk_.next_due(); }
  std::string query(const std::string& question) const {
    return asked([&] { return desk_.query(question); });
  }
  std::string entry(std::uint64_t sequence) const {
    return asked([&] { return desk_.entry(sequence); });
  }
  std::string effects(const std::string& consumer, std::uint64_t max) {
    return asked([&] { return desk_.take_effects(consumer, max); });
  }
  void acknowledge(const std::string& consumer, std::uint64_t effect) {
    asked([&] { desk_.acknowledge_effects(consumer, effect); });
  }
  conformance::head_of head() const {
    const auto head = desk_.head();
    return {head.sequence, {head.hash.begin(), head.hash.end()}};
  }
  bool reopen() {
    if (path_.empty()) return false;
    desk_.close();
    desk_ = open();
    return true;
  }
  void verify() const {
    asked([&] { desk_.verify(); });
  }

 private:
  tocsin::client::desk open() const {
    return tocsin::client::desk(
        {.path = path_, .config = options_.dump(), .salt_seed = std::string(conformance::salt_seed)});
  }

  template <class Call>
  static auto asked(Call call) -> decltype(call()) {
    try {
      return call();
    } catch (const tocsin::client::failure& f) {
      throw conformance::refusal{tocsin_status_name(f.status()), f.reason(), f.message(), f.detail()};
    }
  }

  json options_;
  std::string path_;
  tocsin::client::desk desk_;
};

}  // namespace

TEST_CASE("every conformance case holds through the C interface") {
  const auto files = conformance::cases_in(folder);
  CHECK(files.size() >= 25);
  for (const fs::path& path : files) {
    CAPTURE(path.filename().string());
    try {
      const json file = conformance::read_json(path);
      const conformance::temporary_file place;
      c_desk desk(file.value("options", json::object()), conformance::needs_file(file) ? place.path() : "");
      conformance::run_case(folder, file, desk);
    } catch (const conformance::mismatch& m) {
      FAIL_CHECK(m.what);
    } catch (const conformance::refusal& r) {
      FAIL_CHECK(r.reason << ": " << r.message);
    } catch (const std::exception& e) {
      FAIL_CHECK(std::string(e.what()));
    }
  }
}
