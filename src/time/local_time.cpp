#include <tocsin/time/local_time.hpp>

#include <tocsin/time/rfc3339.hpp>

#include <cstring>
#include <string>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t to_minutes = std::string_view("2026-03-29T09:00").size();

// Of the same form as an instant in UTC, but for the 'Z', and the seconds may be left out.
bool read_local(std::string_view text, std::int64_t& value) {
  if (text.size() < to_minutes || text.size() >= text_form::size_max || text.back() == 'Z' || text.back() == 'z') {
    return false;
  }
  std::string whole(text);
  if (text.size() == to_minutes) whole += ":00";
  const auto parsed = parse_rfc3339(whole + 'Z');
  if (!parsed) return false;
  value = parsed->us;
  return true;
}

std::size_t write_local(std::int64_t value, char* to) {
  const rfc3339_text text = to_rfc3339(instant{value});
  if (text.size == 0) return 0;
  const bool whole_minute = value % minute.us == 0;
  const std::size_t size = whole_minute ? to_minutes : text.size - std::size_t{1};
  std::memcpy(to, text.data, size);
  return size;
}

}  // namespace

const text_form& text_form_of(local_time) {
  static constexpr text_form form{"a local date-time from 1900 to 2199 without offset, as 2026-03-29T09:00",
                                  "local-date-time", read_local, write_local};
  return form;
}

}  // namespace tocsin::inline v1
