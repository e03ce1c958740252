// Standard output and standard error: checked, coloured only where somebody looks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace shell {

enum class colour_mode { automatic, always, never };

enum class style { plain, bold, dim, red, yellow, green, cyan };

// Standard output. What cannot be written is an error, never a silence.
class output {
 public:
  explicit output(colour_mode mode);

  // Throw io_error, or output_closed when the reader has gone.
  void write(std::string_view text);
  void line(std::string_view text = {});
  void flush();

  bool is_terminal() const { return is_terminal_; }
  // Columns to fill: those of the terminal, or 100.
  std::size_t width() const;
  // The text in that style, or as it is.
  std::string styled(std::string_view text, style as) const;

 private:
  bool is_terminal_;
  bool coloured_;
};

// `tocsin: message` on standard error, and under it the lines that say more. Never fails.
void complain(std::string_view message, std::string_view more = {});

bool is_error_terminal();

// A line of progress that rewrites itself, on standard error and only if that is a terminal.
class progress_line {
 public:
  progress_line();
  ~progress_line();
  progress_line(const progress_line&) = delete;
  progress_line& operator=(const progress_line&) = delete;

  void show(std::string_view text);

 private:
  bool shown_ = false;
  bool visible_;
};

// A broken pipe becomes output_closed instead of a signal ...
void ignore_broken_pipes();
// ... and, when all is put away, the end that a filter is expected to have.
[[noreturn]] void end_by_broken_pipe();

}  // namespace shell
