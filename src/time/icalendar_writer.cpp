#include <tocsin/time/icalendar.hpp>

#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t line_octets = 75;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') result += '\\';
    if (c == '\n') {
      result += "\\n";
    } else if (!is_control(c) || c == '\t') {
      result += c;
    }
  }
  return result;
}

// Digits of "2026-12-25T09:00:00": "20261225T090000".
std::string basic_form(local_time local, bool with_time) {
  const std::string_view date_time = "2026-12-25T09:00:00";
  std::string result;
  const rfc3339_text text = to_rfc3339(instant{local.us});
  for (const char c : std::string_view(text).substr(0, with_time ? date_time.size() : date_time.find('T'))) {
    if (c != '-' && c != ':') result += c;
  }
  return result;
}

}  // namespace

// The blank that begins a folded line counts, and no character is torn apart (RFC 5545, 3.1).
void icalendar_writer::line(std::string_view text) {
  std::size_t room = line_octets;
  while (text.size() > room) {
    std::size_t size = room;
    while (size > 1 && continues_character(text[size])) --size;
    out_ += text.substr(0, size);
    out_ += "\r\n ";
    text.remove_prefix(size);
    room = line_octets - 1;
  }
  out_ += text;
  out_ += "\r\n";
}

void icalendar_writer::begin(std::string_view component) { property("BEGIN", component); }

void icalendar_writer::end(std::string_view component) { property("END", component); }

void icalendar_writer::property(std::string_view name, std::string_view value, std::string_view parameters) {
  std::string text(name);
  text += parameters;
  text += ':';
  text += value;
  std::erase_if(text, is_control);  // a line stays one line, whatever is written into it
  line(text);
}

void icalendar_writer::text(std::string_view name, std::string_view value) { property(name, escaped(value)); }

void icalendar_writer::date(std::string_view name, civil_date value) {
  property(name, basic_form(midnight_of(value), false), ";VALUE=DATE");
}

void icalendar_writer::utc_time(std::string_view name, instant value) {
  property(name, basic_form({value.us}, true) + 'Z');
}

void icalendar_writer::zoned_time(std::string_view name, local_time value, std::string_view zone) {
  property(name, basic_form(value, true), ";TZID=" + icalendar_parameter_value(zone));
}

std::string icalendar_parameter_value(std::string_view value) {
  const bool quoted = value.find_first_of(";:,") != std::string_view::npos;
  std::string result;
  for (const char c : value) {
    if (c == '\n') {
      result += "^n";
    } else if (c == '^') {
      result += "^^";
    } else if (c == '"') {
      result += "^'";
    } else if (!is_control(c) || c == '\t') {
      result += c;
    }
  }
  return quoted ? '"' + result + '"' : result;
}

}  // namespace tocsin::inline v1
