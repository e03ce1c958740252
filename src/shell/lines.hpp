// Lines of a file or of standard input, read so that a caller knows when the next one would have to be waited for.
#pragma once

#include <cstddef>
#include <cstdio>
#include <functional>
#include <string>
#include <string_view>

namespace shell {

class line_reader {
 public:
  // "-" is standard input. Throws io_error.
  explicit line_reader(const std::string& path);
  ~line_reader();
  line_reader(const line_reader&) = delete;
  line_reader& operator=(const line_reader&) = delete;

  // The next line without its end; false when there is none. `before_waiting` is called when the line is not there yet
  // and reading it may take for ever.
  bool next(std::string& line, const std::function<void()>& before_waiting);

  std::size_t line_number() const { return line_number_; }  // of the last line, from 1
  bool is_terminal() const;

 private:
  bool take_line(std::string& line);
  bool is_waiting() const;
  void read_more();

  std::string name_;
  std::FILE* file_ = nullptr;
  std::string held_;
  std::size_t begin_ = 0;     // of what is not yet taken
  std::size_t searched_ = 0;  // no line feed before here
  bool ended_ = false;
  std::size_t line_number_ = 0;
};

}  // namespace shell
