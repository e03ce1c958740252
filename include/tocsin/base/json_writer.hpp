// Writes JSON text piece by piece into a string; there is no document model behind it. What is not UTF-8 in a text
// becomes U+FFFD, so that what is written is JSON whatever came in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tocsin::inline v1 {

class json_writer {
 public:
  void begin_object() { open('{'); }
  void end_object() { close('}'); }
  void begin_array() { open('['); }
  void end_array() { close(']'); }

  void key(std::string_view name);  // the value follows by any of the calls below
  void text(std::string_view value);
  void integer(std::int64_t value);
  void boolean(bool value);
  void raw(std::string_view json);  // a value that is JSON already

  void member(std::string_view name, std::string_view value) {
    key(name);
    text(value);
  }
  void member(std::string_view name, std::int64_t value) {
    key(name);
    integer(value);
  }
  void member_boolean(std::string_view name, bool value) {
    key(name);
    boolean(value);
  }

  const std::string& str() const { return out_; }
  std::string take();
  void clear();

 private:
  void open(char bracket);
  void close(char bracket);
  void separate();

  std::string out_;
  bool first_ = true;  // no comma is due before the next value or key
};

}  // namespace tocsin::inline v1
