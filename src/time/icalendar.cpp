#include <tocsin/time/icalendar.hpp>

#include <algorithm>
#include <optional>

#include <tocsin/base/error.hpp>
#include <tocsin/base/utf8.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

[[noreturn]] void refuse(std::size_t line, const std::string& what) {
  throw error(status::invalid_argument, "icalendar.malformed",
              "line " + std::to_string(line) + " of the iCalendar text: " + what,
              "{\"line\":" + std::to_string(line) + "}");
}

[[noreturn]] void too_large(const std::string& what, std::size_t limit) {
  throw error(status::resource_exhausted, "icalendar.too_large",
              "the iCalendar text has " + what + " (limit: " + std::to_string(limit) + ")");
}

char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool is_name_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool is_control(char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F; }

// Content lines, unfolded: a line that begins with a blank goes on from the one before (RFC 5545, 3.1).
class line_source {
 public:
  explicit line_source(std::string_view text) : rest_(text) {}

  // The next line that is not empty.
  bool next(std::string& line, std::size_t& number) {
    while (!rest_.empty()) {
      number = number_ + 1;
      line = take();
      while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) {
        rest_.remove_prefix(1);
        line += take();
        if (line.size() > limits::icalendar_line_bytes_max) {
          too_large("a line, unfolded, of more bytes than are read", limits::icalendar_line_bytes_max);
        }
      }
      if (std::ranges::any_of(line, is_control)) refuse(number, "a control character");
      if (!line.empty()) return true;
    }
    return false;
  }

 private:
  std::string_view take() {
    ++number_;
    const std::size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line.size() > limits::icalendar_line_bytes_max) {
      too_large("a line of more bytes than are read", limits::icalendar_line_bytes_max);
    }
    return line;
  }

  std::string_view rest_;
  std::size_t number_ = 0;
};

// name *(";" parameter) ":" value
class line_parser {
 public:
  line_parser(std::string_view line, std::size_t number) : rest_(line), number_(number) {}

  icalendar_property parse() {
    icalendar_property property;
    property.line = number_;
    property.name = name();
    while (take(';')) property.parameters.push_back(parameter(property.parameters.size()));
    if (!take(':')) refuse(number_, "no ':' behind " + property.name);
    property.value = rest_;
    return property;
  }

 private:
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  std::string name() {
    std::string result;
    while (!rest_.empty() && is_name_character(rest_.front())) {
      result += to_upper(rest_.front());
      rest_.remove_prefix(1);
    }
    if (result.empty()) refuse(number_, "no name of letters, digits and '-' where one is due");
    return result;
  }

  icalendar_parameter parameter(std::size_t before) {
    if (before == limits::icalendar_parameters_max) {
      too_large("a property with more parameters than are read", limits::icalendar_parameters_max);
    }
    icalendar_parameter result;
    result.name = name();
    if (!take('=')) refuse(number_, "no '=' behind the parameter " + result.name);
    do {
      result.values.push_back(parameter_value());
    } while (take(','));
    return result;
  }

  std::string parameter_value() {
    const bool quoted = take('"');
    const std::size_t end = quoted ? rest_.find('"') : rest_.find_first_of(";:,\"");
    if (end == std::string_view::npos) refuse(number_, quoted ? "a quote that is not closed" : "no ':'");
    std::string value = resolve(rest_.substr(0, end));
    rest_.remove_prefix(end + (quoted ? 1 : 0));
    return value;
  }

  // ^n, ^^ and ^' (RFC 6868).
  static std::string resolve(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char next = text[i] == '^' && i + 1 < text.size() ? text[i + 1] : '\0';
      const char meant = next == 'n' ? '\n' : next == '^' ? '^' : next == '\'' ? '"' : '\0';
      result += meant != '\0' ? meant : text[i];
      if (meant != '\0') ++i;
    }
    return result;
  }

  std::string_view rest_;
  std::size_t number_;
};

class component_builder {
 public:
  void add(icalendar_property property) {
    if (++properties_ > limits::icalendar_properties_max) {
      too_large("more properties than are read", limits::icalendar_properties_max);
    }
    if (property.name == "BEGIN") return begin(property);
    if (property.name == "END") return end(property);
    if (open_.empty()) refuse(property.line, property.name + " outside of a component");
    open_.back().properties.push_back(std::move(property));
  }

  std::vector<icalendar_component> finish() {
    if (!open_.empty()) refuse(open_.back().line, "BEGIN:" + open_.back().name + " without its END");
    return std::move(done_);
  }

 private:
  static std::string name_of(const icalendar_property& property) {
    std::string name = property.value;
    std::ranges::transform(name, name.begin(), to_upper);
    if (name.empty() || !std::ranges::all_of(name, is_name_character)) {
      refuse(property.line, property.name + " of no component");
    }
    return name;
  }

  void begin(const icalendar_property& property) {
    if (open_.size() == limits::icalendar_depth_max) {
      too_large("components inside one another deeper than is read", limits::icalendar_depth_max);
    }
    icalendar_component component;
    component.name = name_of(property);
    component.line = property.line;
    open_.push_back(std::move(component));
  }

  void end(const icalendar_property& property) {
    const std::string name = name_of(property);
    if (open_.empty() || open_.back().name != name) {
      refuse(property.line, "END:" + name + (open_.empty() ? " without its BEGIN" : " within " + open_.back().name));
    }
    icalendar_component component = std::move(open_.back());
    open_.pop_back();
    (open_.empty() ? done_ : open_.back().components).push_back(std::move(component));
  }

  std::vector<icalendar_component> open_;
  std::vector<icalendar_component> done_;
  std::size_t properties_ = 0;
};

// The value begins and ends between these; a backslash takes the next character along.
std::vector<std::string_view> split_at_commas(std::string_view value) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\') {
      ++i;
    } else if (value[i] == ',') {
      parts.push_back(value.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  parts.push_back(value.substr(begin));
  return parts;
}

}  // namespace

std::string_view icalendar_property::parameter(std::string_view of_name) const {
  const auto found = std::ranges::find(parameters, of_name, &icalendar_parameter::name);
  return found != parameters.end() ? std::string_view(found->values.front()) : std::string_view();
}

const icalendar_property* icalendar_component::find(std::string_view property) const {
  const auto found = std::ranges::find(properties, property, &icalendar_property::name);
  return found != properties.end() ? &*found : nullptr;
}

std::vector<icalendar_component> read_icalendar(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.size() > limits::icalendar_bytes_max) {
    too_large(std::to_string(text.size()) + " bytes", limits::icalendar_bytes_max);
  }
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  component_builder components;
  line_source lines(text);
  std::string line;
  std::size_t number = 0;
  while (lines.next(line, number)) {
    if (count_code_points(line) == invalid_utf8) refuse(number, "bytes that are not UTF-8");
    components.add(line_parser(line, number).parse());
  }
  return components.finish();
}

std::string icalendar_text(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool escapes = value[i] == '\\' && i + 1 < value.size();
    const char c = escapes ? value[++i] : value[i];
    text += escapes && (c == 'n' || c == 'N') ? '\n' : c;
  }
  return text;
}

std::vector<std::string> icalendar_text_list(std::string_view value) {
  std::vector<std::string> texts;
  for (const std::string_view part : split_at_commas(value)) texts.push_back(icalendar_text(part));
  return texts;
}

std::vector<std::string_view> icalendar_list(std::string_view value) { return split_at_commas(value); }

// Put into the form of RFC 3339, whose reader knows which dates there are.
bool read_icalendar_time(std::string_view value, icalendar_time& to) {
  constexpr std::size_t date_size = 8;
  constexpr std::size_t time_size = 15;
  const bool utc = value.size() == time_size + 1 && (value.back() == 'Z' || value.back() == 'z');
  if (utc) value.remove_suffix(1);
  const bool has_time = value.size() == time_size;
  if (!has_time && value.size() != date_size) return false;
  if (has_time && value[date_size] != 'T' && value[date_size] != 't') return false;
  const auto part = [&](std::size_t begin, std::size_t size) { return std::string(value.substr(begin, size)); };
  std::string text = part(0, 4) + '-' + part(4, 2) + '-' + part(6, 2) + 'T';
  text += has_time ? part(9, 2) + ':' + part(11, 2) + ':' + part(13, 2) : "00:00:00";
  const auto parsed = parse_rfc3339(text + 'Z');
  if (parsed) to = {.local = {parsed->us}, .has_time = has_time, .utc = utc};
  return parsed.has_value();
}

bool read_icalendar_duration(std::string_view value, duration& to) {
  if (value.starts_with('+')) {
    value.remove_prefix(1);
    if (value.starts_with('-')) return false;
  }
  return value.find('.') == std::string_view::npos && text_form_of(to).read(value, to.us);
}

}  // namespace tocsin::inline v1
