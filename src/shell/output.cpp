#include <output.hpp>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#ifdef _WIN32
#include <io.h>
#else
#include <sys/ioctl.h>
#include <unistd.h>
#endif

#include <exit_status.hpp>

namespace shell {
namespace {

constexpr std::size_t width_without_terminal = 100;
constexpr std::size_t width_min = 40;

bool is_terminal_stream(std::FILE* stream) {
#ifdef _WIN32
  return _isatty(_fileno(stream)) != 0;
#else
  return ::isatty(::fileno(stream)) == 1;
#endif
}

bool is_coloured(colour_mode mode, bool is_terminal) {
  if (mode != colour_mode::automatic) return mode == colour_mode::always;
  const char* no_color = std::getenv("NO_COLOR");
  const char* term = std::getenv("TERM");
  const bool refused = no_color != nullptr && *no_color != '\0';
  const bool dumb = term != nullptr && std::strcmp(term, "dumb") == 0;
  return is_terminal && !refused && !dumb;
}

[[noreturn]] void fail_to_write() {
  const int reason = errno;
  if (reason == EPIPE) throw output_closed{};
  throw io_error(std::string("standard output: ") + std::strerror(reason));
}

const char* escape(style as) {
  switch (as) {
    case style::plain:
      return "";
    case style::bold:
      return "\x1b[1m";
    case style::dim:
      return "\x1b[2m";
    case style::red:
      return "\x1b[31m";
    case style::yellow:
      return "\x1b[33m";
    case style::green:
      return "\x1b[32m";
    case style::cyan:
      return "\x1b[36m";
  }
  return "";
}

}  // namespace

output::output(colour_mode mode)
    : is_terminal_(is_terminal_stream(stdout)), coloured_(is_coloured(mode, is_terminal_)) {}

void output::write(std::string_view text) {
  if (text.empty()) return;  // which may have no address
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) fail_to_write();
}

void output::line(std::string_view text) {
  write(text);
  write("\n");
}

void output::flush() {
  if (std::fflush(stdout) != 0) fail_to_write();
}

std::size_t output::width() const {
#ifndef _WIN32
  winsize size{};
  if (is_terminal_ && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    return size.ws_col < width_min ? width_min : size.ws_col;
  }
#endif
  return width_without_terminal;
}

std::string output::styled(std::string_view text, style as) const {
  if (!coloured_ || as == style::plain || text.empty()) return std::string(text);
  return escape(as) + std::string(text) + "\x1b[0m";
}

void complain(std::string_view message, std::string_view more) {
  std::fflush(stdout);
  std::fprintf(stderr, "tocsin: %.*s\n", static_cast<int>(message.size()), message.data());
  if (!more.empty()) std::fprintf(stderr, "%.*s\n", static_cast<int>(more.size()), more.data());
}

bool is_error_terminal() { return is_terminal_stream(stderr); }

progress_line::progress_line() : visible_(is_error_terminal()) {}

progress_line::~progress_line() {
  if (shown_) std::fputs("\r\x1b[K", stderr);
}

void progress_line::show(std::string_view text) {
  if (!visible_) return;
  shown_ = true;
  std::fprintf(stderr, "\r\x1b[K%.*s", static_cast<int>(text.size()), text.data());
  std::fflush(stderr);
}

void ignore_broken_pipes() {
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);
#endif
}

void end_by_broken_pipe() {
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_DFL);
  std::raise(SIGPIPE);
#endif
  std::_Exit(exit_done);
}

}  // namespace shell
