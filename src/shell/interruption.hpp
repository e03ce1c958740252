// Ctrl-C: the call of the desk that runs stops between two steps, what was committed stays, and the shell says so and ends
// with exit_interrupted. A second Ctrl-C ends it at once.
#pragma once

struct tocsin_desk;

namespace shell {

// From now on; a SIGINT that whoever started the shell ignores is ignored still.
void watch_for_interruption();

bool was_interrupted();
// Throws `interrupted` after a Ctrl-C.
void stop_if_interrupted();

struct interrupted {};

// While it lives, Ctrl-C interrupts this desk. One lives within another: of a fork, within that of its parent.
class interruptible {
 public:
  explicit interruptible(tocsin_desk* desk) noexcept;
  ~interruptible();
  interruptible(const interruptible&) = delete;
  interruptible& operator=(const interruptible&) = delete;

 private:
  tocsin_desk* before_;
};

}  // namespace shell
