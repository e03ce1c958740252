// What the command's exit status says, and the errors of the shell itself.
#pragma once

#include <stdexcept>

namespace shell {

enum exit_status : int {
  exit_done = 0,
  exit_refused = 1,        // the desk refused a command, or could not answer a question
  exit_usage = 2,          // the command line was not understood
  exit_io = 3,             // a file, a stream or the desk file could not be used, or is damaged
  exit_internal = 4,       // our mistake, or no memory
  exit_interrupted = 130,  // by Ctrl-C, as shells have it
};

// The command line, or a line at the prompt, was not understood.
struct usage_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A file or a stream could not be used.
struct io_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// What was asked is not the actor's to ask.
struct refused_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Whoever read our output has gone.
struct output_closed {};

}  // namespace shell
