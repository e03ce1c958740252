#include <csv.hpp>

#include <string_view>

namespace shell {
namespace {

constexpr std::size_t buffer_bytes = 64u << 10;

}  // namespace

csv_reader::csv_reader(std::istream& from, csv_limits limits) : from_(from), limits_(limits), buffer_(buffer_bytes) {
  pass_over_byte_order_mark();
}

bool csv_reader::next(csv_row& row) {
  row.fields.clear();
  row.line = line_;
  row_bytes_ = 0;
  if (peek() == end_of_input) return false;
  do {
    if (row.fields.size() == limits_.fields_max) {
      refuse("a row of more than " + std::to_string(limits_.fields_max) + " fields");
    }
    read_field(row);
  } while (!ends_row(take()));
  return true;
}

void csv_reader::read_field(csv_row& row) {
  std::string& field = row.fields.emplace_back();
  if (peek() == '"') {
    read_quoted(field);
  } else {
    read_plain(field);
  }
}

void csv_reader::read_quoted(std::string& field) {
  const std::uint64_t opened_on = line_;
  take();
  for (;;) {
    const int byte = take();
    if (byte == end_of_input) throw csv_error(opened_on, "a quote is opened and never closed");
    if (byte == '"') {
      if (peek() != '"') return;
      take();
    }
    if (byte == '\n') ++line_;
    append(field, byte);
  }
}

void csv_reader::read_plain(std::string& field) {
  for (int byte = peek(); byte != ',' && byte != '\n' && byte != '\r' && byte != end_of_input; byte = peek()) {
    if (byte == '"')
      refuse("a quote inside a field that is not quoted (write the whole field in quotes, this one twice)");
    append(field, take());
  }
}

bool csv_reader::ends_row(int after_field) {
  switch (after_field) {
    case ',':
      return false;
    case end_of_input:
      return true;
    case '\n':
      ++line_;
      return true;
    case '\r':
      if (take() != '\n') refuse("a carriage return without a line feed (allowed: LF or CRLF)");
      ++line_;
      return true;
    default:
      refuse("text after a closing quote (allowed: a comma or the end of the line)");
  }
}

void csv_reader::append(std::string& field, int byte) {
  if (byte == 0) refuse("a NUL byte: the file is not UTF-8 text (a UTF-16 export?)");
  if (field.size() == limits_.field_bytes_max) {
    refuse("a field of more than " + std::to_string(limits_.field_bytes_max) + " bytes");
  }
  if (++row_bytes_ > limits_.row_bytes_max) {
    refuse("a row of more than " + std::to_string(limits_.row_bytes_max) + " bytes");
  }
  field.push_back(static_cast<char>(byte));
}

int csv_reader::peek() {
  if (position_ == filled_ && !refill()) return end_of_input;
  return static_cast<unsigned char>(buffer_[position_]);
}

int csv_reader::take() {
  const int byte = peek();
  if (byte == end_of_input) return byte;
  ++position_;
  ++bytes_read_;
  return byte;
}

bool csv_reader::refill() {
  from_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  if (from_.bad()) refuse("the file could not be read");
  position_ = 0;
  filled_ = static_cast<std::size_t>(from_.gcount());
  return filled_ != 0;
}

void csv_reader::pass_over_byte_order_mark() {
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (!refill() || std::string_view(buffer_.data(), filled_).substr(0, mark.size()) != mark) return;
  position_ = mark.size();
  bytes_read_ = mark.size();
}

}  // namespace shell
