// Work in a process of its own, so that a crash, or work without an end, is a result like any other; and how much of it.
#pragma once

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <string>

namespace fault {

inline constexpr unsigned patience_s = 60;  // longer, and it hangs

// What the work says, or how its process died.
inline std::string in_child(const std::function<std::string()>& work) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::close(ends[0]);
    ::alarm(patience_s);
    std::string said;
    try {
      said = work();
    } catch (const std::exception& e) {
      said = std::string("exception: ") + e.what();
    }
    const ssize_t written = ::write(ends[1], said.data(), said.size());
    ::_exit(written == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  ::close(ends[1]);
  std::string said;
  char part[4096];
  for (ssize_t got; (got = ::read(ends[0], part, sizeof part)) > 0;) said.append(part, static_cast<std::size_t>(got));
  ::close(ends[0]);
  int how = 0;
  ::waitpid(child, &how, 0);
  if (WIFSIGNALED(how)) {
    return WTERMSIG(how) == SIGALRM ? "hangs" : "dies by signal " + std::to_string(WTERMSIG(how));
  }
  return WEXITSTATUS(how) == 0 ? said : "ends by itself";
}

// TOCSIN_SEED, or 1.
inline std::uint64_t seed() {
  const char* asked = std::getenv("TOCSIN_SEED");
  return asked ? std::strtoull(asked, nullptr, 10) : 1;
}

// How often: as that variable says, or as usual.
inline int times(const char* variable, int usual) {
  const char* asked = std::getenv(variable);
  return asked ? std::atoi(asked) : usual;
}

}  // namespace fault
