#include <lines.hpp>

#include <cerrno>
#include <cstring>

#ifdef _WIN32
#include <io.h>
#else
#include <poll.h>
#include <unistd.h>
#endif

#include <exit_status.hpp>
#include <interruption.hpp>

namespace shell {
namespace {

constexpr std::size_t chunk_bytes = 1u << 16;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

}  // namespace

line_reader::line_reader(const std::string& path) : name_(path == "-" ? "standard input" : path) {
  file_ = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file_ == nullptr) throw io_error(name_ + ": " + std::strerror(errno));
}

line_reader::~line_reader() {
  if (file_ != stdin) std::fclose(file_);
}

bool line_reader::next(std::string& line, const std::function<void()>& before_waiting) {
  while (!take_line(line)) {
    if (ended_) return false;
    if (is_waiting()) before_waiting();
    read_more();
  }
  ++line_number_;
  if (line_number_ == 1 && line.rfind(byte_order_mark, 0) == 0) line.erase(0, byte_order_mark.size());
  if (!line.empty() && line.back() == '\r') line.pop_back();
  return true;
}

bool line_reader::is_terminal() const {
#ifdef _WIN32
  return _isatty(_fileno(file_)) != 0;
#else
  return ::isatty(::fileno(file_)) == 1;
#endif
}

bool line_reader::take_line(std::string& line) {
  const std::size_t end = held_.find('\n', searched_);
  if (end == std::string::npos && !(ended_ && begin_ < held_.size())) {
    searched_ = held_.size();
    return false;
  }
  const std::size_t stop = end == std::string::npos ? held_.size() : end;
  line.assign(held_, begin_, stop - begin_);
  begin_ = searched_ = end == std::string::npos ? stop : stop + 1;
  return true;
}

bool line_reader::is_waiting() const {
#ifdef _WIN32
  return true;
#else
  pollfd input{::fileno(file_), POLLIN, 0};
  return ::poll(&input, 1, 0) == 0;
#endif
}

void line_reader::read_more() {
  held_.erase(0, begin_);
  searched_ -= begin_;
  begin_ = 0;
  const std::size_t size = held_.size();
  held_.resize(size + chunk_bytes);
#ifdef _WIN32
  const int got = ::_read(_fileno(file_), held_.data() + size, static_cast<unsigned>(chunk_bytes));
#else
  ssize_t got = 0;
  do {
    stop_if_interrupted();
    got = ::read(::fileno(file_), held_.data() + size, chunk_bytes);
  } while (got < 0 && errno == EINTR);
#endif
  const int reason = errno;
  held_.resize(size + (got > 0 ? static_cast<std::size_t>(got) : 0));
  if (got < 0) throw io_error(name_ + ": " + std::strerror(reason));
  ended_ = got == 0;
}

}  // namespace shell
