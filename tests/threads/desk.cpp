// A desk asked by several threads at once, in every state that a conformance case brings it to, while forks of it are
// used and closed elsewhere. Under the sanitizer of threads this shows what the C interface promises of a const desk.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <tocsin.hpp>

#include "conformance/runner.hpp"
#include "conformance/temporary_file.hpp"

namespace {

namespace fs = std::filesystem;
using conformance::json;
using tocsin::client::desk;
using tocsin::client::failure;

const fs::path folder = fs::path(TOCSIN_SOURCE_DIR) / "tests" / "conformance";
using texts = std::vector<std::string>;

template <class Call>
std::string outcome(Call call) {
  try {
    return call();
  } catch (const failure& f) {
    return std::string(f.reason()) + ": " + f.message();
  }
}

// What a case asks, and what can be asked of any desk.
texts questions_of(const json& file) {
  texts asked = {R"({"query":"status"})",
                 R"({"query":"timers"})",
                 R"({"query":"summary"})",
                 R"({"query":"workload"})",
                 R"({"query":"find","types":"all"})",
                 R"({"query":"changes"})"};
  for (const json& step : file.at("steps")) {
    if (!step.contains("query")) continue;
    const std::string question = conformance::expanded(step.at("query")).dump();
    if (std::ranges::find(asked, question) == asked.end()) asked.push_back(question);
  }
  return asked;
}

// The answers in the order of the questions, whichever is asked first.
texts ask(const desk& whom, const texts& questions, std::size_t first = 0) {
  texts answers(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const std::size_t at = (first + i) % questions.size();
    answers[at] = outcome([&] { return whom.query(questions[at]); });
  }
  const auto head = whom.head();
  answers.emplace_back(head.hash.begin(), head.hash.end());
  answers.push_back(std::to_string(whom.next_due()));
  answers.push_back(outcome([&] { return whom.read_entries(1, 1u << 16); }));
  answers.push_back(outcome([&] { return whom.entry(head.sequence); }));
  answers.push_back(outcome([&] { return std::to_string(whom.incidents(R"({"query":"find"})").rows.size()); }));
  return answers;
}

// A fork that another thread has: it is asked, and closed there, whatever the desk does meanwhile.
class bystander {
 public:
  bystander(desk fork, const texts& questions)
      : before_(ask(fork, questions)),
        answers_(std::async(std::launch::async, [&questions, its = std::move(fork)]() mutable {
          texts found = ask(its, questions);
          its.close();
          return found;
        })) {}

  void leave() {
    if (answers_.get() != before_) throw conformance::mismatch{"a fork changed its answers while its desk went on"};
  }

 private:
  texts before_;
  std::future<texts> answers_;
};

class crowded_desk {
 public:
  crowded_desk(const json& file, std::string path)
      : options_(file.value("options", json::object())),
        questions_(questions_of(file)),
        path_(std::move(path)),
        desk_(open()) {}

  std::string execute(const std::string& document, std::int64_t at_us, conformance::execute_flags flags) {
    const std::uint32_t bits =
        (flags.atomic ? TOCSIN_EXECUTE_ATOMIC : 0u) | (flags.dry_run ? TOCSIN_EXECUTE_DRY_RUN : 0u) |
        (flags.allow_leap ? TOCSIN_EXECUTE_ALLOW_LEAP : 0u) | (flags.lines ? TOCSIN_EXECUTE_LINES : 0u);
    return changed([&] { return desk_.execute(document, at_us, bits); });
  }
  std::pair<std::uint64_t, bool> advance(std::int64_t now_us, std::uint64_t limit, bool allow_leap) {
    return changed([&] {
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
    let_go(0);
    desk_.close();
    desk_ = open();
    return true;
  }
  void verify() {
    let_go(0);
    auto another = std::async(std::launch::async, [&] { return outcome([&] { return desk_.verify(); }); });
    const std::string report = outcome([&] { return desk_.verify(); });
    if (another.get() != report) throw conformance::mismatch{"two threads verify, and find differently"};
  }

 private:
  static constexpr std::size_t bystanders_max = 3;

  desk open() const {
    return desk({.path = path_, .config = options_.dump(), .salt_seed = std::string(conformance::salt_seed)});
  }

  template <class Call>
  static auto asked(Call call) -> decltype(call()) {
    try {
      return call();
    } catch (const failure& f) {
      throw conformance::refusal{tocsin_status_name(f.status()), f.reason(), f.message(), f.detail()};
    }
  }

  // The desk changes, and forks of before are still in use.
  template <class Call>
  auto changed(Call call) -> decltype(call()) {
    let_go(bystanders_max - 1);
    bystanders_.emplace_back(desk_.fork(), questions_);
    const auto result = asked(call);
    crowd();
    return result;
  }

  void let_go(std::size_t most) {
    for (; bystanders_.size() > most; bystanders_.pop_front()) bystanders_.front().leave();
  }

  // Four threads ask at once, each beginning elsewhere; two of them ask a fork, and let time pass there.
  void crowd() const {
    std::array<std::future<texts>, 4> answers;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      answers[i] = std::async(std::launch::async, [this, i] {
        const std::size_t first = i * questions_.size() / 4;
        if (i < 2) return ask(desk_, questions_, first);
        desk fork = desk_.fork();
        texts found = ask(fork, questions_, first);
        outcome([&] { return std::to_string(fork.advance(fork.next_due(), 20, TOCSIN_ADVANCE_ALLOW_LEAP).fired); });
        return found;
      });
    }
    std::array<texts, 4> found;
    for (std::size_t i = 0; i < found.size(); ++i) found[i] = answers[i].get();
    for (const texts& one : found) {
      for (std::size_t i = 0; i < one.size(); ++i) {
        if (one[i] == found[0][i]) continue;
        const std::string what =
            i < questions_.size() ? questions_[i] : "part " + std::to_string(i - questions_.size());
        throw conformance::mismatch{"threads are answered differently: " + what + "\n  " + found[0][i] + "\n  " +
                                    one[i]};
      }
    }
  }

  json options_;
  texts questions_;
  std::string path_;
  desk desk_;
  std::deque<bystander> bystanders_;
};

// What is erased or purged is gone for forks, too: they read their parent's journal, and answer less than before (D10).
bool takes_away(const json& file) {
  const std::string text = file.dump();
  return text.find("erase_personal") != std::string::npos || text.find("purge_records") != std::string::npos;
}

void run_all(bool in_files) {
  for (const fs::path& path : conformance::cases_in(folder)) {
    CAPTURE(path.filename().string());
    try {
      const json file = conformance::read_json(path);
      if (takes_away(file)) continue;
      const conformance::temporary_file place;
      crowded_desk crowded(file, in_files || conformance::needs_file(file) ? place.path() : "");
      conformance::run_case(folder, file, crowded);
    } catch (const conformance::mismatch& m) {
      FAIL_CHECK(m.what);
    } catch (const std::exception& e) {
      FAIL_CHECK(e.what());
    }
  }
}

}  // namespace

TEST_SUITE("full") {
  TEST_CASE("threads may ask one desk side by side, and have forks of it, while it is in memory") { run_all(false); }

  TEST_CASE("threads may ask one desk side by side, and have forks of it, while it is in a file") { run_all(true); }
}

TEST_CASE("another thread stops a call") {
  desk busy;
  std::string commands;
  for (int i = 0; i < 200; ++i) {
    commands += R"({"command":"log_incident","at":"2026-11-22T08:00:00Z","actor":"host","title":"VPN is down"})"
                "\n";
  }
  std::atomic<bool> stopped = false;
  std::thread other([&] {
    while (!stopped) busy.interrupt();
  });
  tocsin_status status = TOCSIN_OK;
  while (status == TOCSIN_OK) {
    try {
      busy.execute(commands, TOCSIN_NEVER, TOCSIN_EXECUTE_LINES);
    } catch (const failure& f) {
      status = f.status();
    }
  }
  stopped = true;
  other.join();
  CHECK(status == TOCSIN_CANCELLED);
  outcome([&] { return busy.query(R"({"query":"status"})"); });  // the last interrupt may stop the next call
  CHECK_NOTHROW(busy.verify());
}

TEST_CASE("a fork may go to another thread, and an error come from there") {
  desk here;
  here.execute(R"({"command":"log_incident","at":"2026-11-22T08:00:00Z","actor":"host","title":"VPN is down"})");
  std::optional<failure> found;
  std::thread other([&found, its = here.fork()]() mutable {
    its.execute(R"({"command":"log_incident","at":"2026-11-22T09:00:00Z","actor":"host","title":"Mail is down"})");
    try {
      its.query(R"({"query":"fly"})");
    } catch (const failure& f) {
      found = f;
    }
  });
  here.close();
  other.join();
  REQUIRE(found);
  CHECK(found->status() == TOCSIN_INVALID_ARGUMENT);
  CHECK(std::string(found->message()).find("fly") != std::string::npos);
}
