#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/utf8.hpp>

#include <array>
#include <charconv>

namespace tocsin::inline v1 {
namespace {

bool is_plain(unsigned char c) { return c >= 0x20 && c < 0x80 && c != '"' && c != '\\'; }

void append_escaped(std::string& out, char c) {
  static constexpr char hex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      break;
  }
  const auto u = static_cast<unsigned char>(c);
  if (u >= 0x80) {
    out += "\xEF\xBF\xBD";  // not UTF-8
    return;
  }
  out += "\\u00";
  out += hex[u >> 4];
  out += hex[u & 15];
}

void append_quoted(std::string& out, std::string_view value) {
  out += '"';
  std::size_t start = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const auto c = static_cast<unsigned char>(value[i]);
    if (is_plain(c)) continue;
    const std::size_t size = c < 0x80 ? 0 : code_point_size(value.substr(i));
    if (size != 0) {
      i += size - 1;
      continue;
    }
    out.append(value, start, i - start);
    append_escaped(out, value[i]);
    start = i + 1;
  }
  out.append(value, start);
  out += '"';
}

}  // namespace

void json_writer::separate() {
  if (!first_) out_ += ',';
  first_ = false;
}

void json_writer::open(char bracket) {
  separate();
  out_ += bracket;
  first_ = true;
}

void json_writer::close(char bracket) {
  out_ += bracket;
  first_ = false;
}

void json_writer::key(std::string_view name) {
  separate();
  append_quoted(out_, name);
  out_ += ':';
  first_ = true;
}

void json_writer::text(std::string_view value) {
  separate();
  append_quoted(out_, value);
}

void json_writer::integer(std::int64_t value) {
  separate();
  std::array<char, 24> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  out_.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

void json_writer::boolean(bool value) {
  separate();
  out_ += value ? "true" : "false";
}

void json_writer::raw(std::string_view json) {
  separate();
  out_ += json;
}

std::string json_writer::take() {
  first_ = true;
  return std::move(out_);
}

void json_writer::clear() {
  out_.clear();
  first_ = true;
}

}  // namespace tocsin::inline v1
