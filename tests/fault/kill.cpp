// A process is killed between any two instructions while it executes commands into a desk in a file: what it had
// acknowledged is there, nothing is there twice, and everything can be proven.
#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdlib>

#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "unit/desk/random_script.hpp"

namespace {

using office::json;

constexpr int commands_max = 1'000'000;  // more than any life lasts

tocsin::desk open_at(const std::string& path) {
  return office::open(tocsin::open_sqlite_store({.path = path, .durability = tocsin::durability::normal}));
}

// The i-th command, always the same one. Every seventh is a whole batch.
json keyed_command(int i) {
  const auto one = [](int n, int part) {
    const std::string when = office::text_of(office::at("2026-11-23T08:00:00Z") + n * tocsin::second);
    const std::string key = "command " + std::to_string(n) + "." + std::to_string(part);
    json c;
    switch (n % 4) {
      case 0:
        c = office::log(when, {{"caller", "carla"}, {"description", "Number " + std::to_string(n)}});
        break;
      case 1:
        c = office::command("add_note", when, "ana", {{"incident", n / 4 + 1}, {"text", "Note " + std::to_string(n)}});
        break;
      case 2:
        c = office::command("resolve_incident", when, "ben",
                            {{"incident", n / 4 + 1}, {"code", "fix"}, {"notes", "Done"}});
        break;
      default:
        c = office::command("close_incident", when, "ben", {{"incident", n / 4 + 1}});
        break;
    }
    c["idempotency_key"] = key;
    return c;
  };
  if (i % 4 != 1 || i % 7 != 0) return one(i, 0);
  json batch = json::array();
  for (int part = 0; part < 5; ++part) batch.push_back(one(i, part));
  return batch;
}

// What the killed one does: executes from `first` on, and says so after each result.
[[noreturn]] void live_and_be_killed(const std::string& path, int first, int pipe) {
  try {
    tocsin::desk d = open_at(path);
    for (int i = first; i < commands_max; ++i) {
      tocsin::execute_document(d, keyed_command(i).dump(), {.atomic = true});
      if (write(pipe, &i, sizeof i) != sizeof i) break;
    }
  } catch (const std::exception&) {
    _exit(1);
  }
  _exit(0);
}

struct life {
  int acknowledged;  // the last command that was, or the one before the first
  bool killed;
  int exit_status;
};

life let_live(const std::string& path, int first, std::int64_t microseconds) {
  int ends[2];
  REQUIRE(pipe(ends) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    close(ends[0]);
    live_and_be_killed(path, first, ends[1]);
  }
  close(ends[1]);
  usleep(static_cast<useconds_t>(microseconds));
  kill(child, SIGKILL);
  int status = 0;
  waitpid(child, &status, 0);
  life result{first - 1, WIFSIGNALED(status), WIFEXITED(status) ? WEXITSTATUS(status) : 0};
  for (int i = 0; read(ends[0], &i, sizeof i) == sizeof i;) result.acknowledged = i;
  close(ends[0]);
  return result;
}

void kill_often(int kills, std::uint64_t seed) {
  const conformance::temporary_file place;
  office::dice dice(seed);
  {
    tocsin::desk d = open_at(place.path());
    office::tell(d, office::furniture());
  }
  int acknowledged = -1;
  int killed = 0;
  for (int i = 0; i < kills; ++i) {
    // Every life begins with a few commands that were acknowledged already, and that must not be doubled.
    const int first = std::max(0, acknowledged - 3);
    const life l = let_live(place.path(), first, dice.below(60'000));
    REQUIRE(l.exit_status == 0);
    killed += l.killed;
    acknowledged = std::max(acknowledged, l.acknowledged);

    tocsin::desk d = open_at(place.path());
    const auto found = d.verify();
    CAPTURE(i);
    CAPTURE(acknowledged);
    // Every acknowledged command is there: its key answers.
    for (int n = std::max(0, acknowledged - 5); n <= acknowledged; ++n) {
      const json c = keyed_command(n);
      const json again = office::tell(d, c, {.atomic = true});
      CHECK((again.is_array() ? again[4] : again).contains("repeated"));
    }
    CHECK(d.state().counters.sequence == found.entries);
  }
  // The end of it is what one that was never killed comes to.
  tocsin::desk d = open_at(place.path());
  tocsin::desk twin = office::furnished();
  for (int n = 0; n <= acknowledged; ++n) {
    office::tell(d, keyed_command(n), {.atomic = true});
    office::tell(twin, keyed_command(n), {.atomic = true});
  }
  if (d.state().counters.sequence > twin.state().counters.sequence)
    office::tell(twin, keyed_command(acknowledged + 1), {.atomic = true});  // done, but not acknowledged
  CHECK(office::journal_of(d) == office::journal_of(twin));
  CHECK(office::picture_of(d) == office::picture_of(twin));
  MESSAGE(killed << " kills, " << acknowledged + 1 << " commands acknowledged");
  CHECK(killed > kills / 2);
  CHECK(acknowledged > kills / 4);
}

}  // namespace

TEST_CASE("a process killed at any moment loses nothing that it acknowledged, and doubles nothing (D6, D7)") {
  const char* asked = std::getenv("TOCSIN_KILLS");
  kill_often(asked != nullptr ? std::atoi(asked) : 20, 4711);
}

TEST_SUITE("full") {
  TEST_CASE("a process killed a hundred times loses nothing that it acknowledged, and doubles nothing (D6, D7)") {
    kill_often(100, 815);
  }
}
