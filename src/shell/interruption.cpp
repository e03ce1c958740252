#include <interruption.hpp>

#include <atomic>
#include <csignal>
#include <cstdlib>

#ifndef _WIN32
#include <unistd.h>
#endif

#include <tocsin.h>
#include <exit_status.hpp>

namespace shell {
namespace {

std::atomic<tocsin_desk*> desk_to_stop{nullptr};
std::atomic<bool> has_come{false};
static_assert(std::atomic<tocsin_desk*>::is_always_lock_free && std::atomic<bool>::is_always_lock_free,
              "a signal handler reads them");

// Without a desk there is nothing to be brought to a good end.
[[noreturn]] void end_at_once() noexcept {
#ifndef _WIN32
  constexpr char said[] = "tocsin: interrupted\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, said, sizeof said - 1);
#endif
  std::_Exit(exit_interrupted);
}

// Does what a signal handler may do, and no more.
void on_interrupt(int signal) {
  std::signal(signal, SIG_DFL);
  has_come = true;
  tocsin_desk* const desk = desk_to_stop;
  if (desk == nullptr) end_at_once();
  tocsin_desk_interrupt(desk);
}

}  // namespace

void watch_for_interruption() {
#ifdef _WIN32
  std::signal(SIGINT, on_interrupt);
#else
  struct sigaction before{};
  if (::sigaction(SIGINT, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;
  struct sigaction now{};
  now.sa_handler = on_interrupt;  // without SA_RESTART: whoever waits for input is to hear of it
  ::sigemptyset(&now.sa_mask);
  ::sigaction(SIGINT, &now, nullptr);
#endif
}

bool was_interrupted() { return has_come; }

void stop_if_interrupted() {
  if (has_come) throw interrupted{};
}

interruptible::interruptible(tocsin_desk* desk) noexcept : before_(desk_to_stop.exchange(desk)) {}
interruptible::~interruptible() { desk_to_stop = before_; }

}  // namespace shell
