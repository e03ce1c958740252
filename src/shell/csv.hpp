// A strict reader of comma-separated values (RFC 4180): rows from a stream, errors with the line they stand in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <string>
#include <vector>

#include <exit_status.hpp>

namespace shell {

// What a file may ask of us. A file that asks for more is refused, so that a stray quote cannot eat the memory.
struct csv_limits {
  std::size_t field_bytes_max = 1u << 20;
  std::size_t row_bytes_max = 4u << 20;
  std::size_t fields_max = 1'000;  // of one row
};

struct csv_row {
  std::uint64_t line = 0;  // of the row's first byte, from 1
  std::vector<std::string> fields;
};

class csv_error : public io_error {
 public:
  csv_error(std::uint64_t at_line, const std::string& what)
      : io_error("line " + std::to_string(at_line) + ": " + what), line(at_line) {}

  std::uint64_t line;
};

// Rows end in LF or CRLF, the last one may end with the file. A field in quotes may hold commas, line ends and doubled
// quotes. A byte order mark at the beginning is passed over. Whether rows are of equal length is the caller's question.
class csv_reader {
 public:
  explicit csv_reader(std::istream& from, csv_limits limits = {});

  // Reads the next row into `row`; false at the end. Throws csv_error.
  bool next(csv_row& row);
  std::uint64_t bytes_read() const { return bytes_read_; }

 private:
  static constexpr int end_of_input = -1;

  int peek();
  int take();
  bool refill();
  void pass_over_byte_order_mark();
  void read_field(csv_row& row);
  void read_quoted(std::string& field);
  void read_plain(std::string& field);
  bool ends_row(int after_field);
  void append(std::string& field, int byte);
  [[noreturn]] void refuse(const std::string& what) const { throw csv_error(line_, what); }

  std::istream& from_;
  csv_limits limits_;
  std::vector<char> buffer_;
  std::size_t position_ = 0;
  std::size_t filled_ = 0;
  std::uint64_t bytes_read_ = 0;
  std::uint64_t line_ = 1;
  std::size_t row_bytes_ = 0;
};

}  // namespace shell
