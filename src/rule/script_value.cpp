#include "script_value.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/rule/json_logic.hpp>

#include "json_tree.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace tocsin::inline v1 {
namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// ---- characters

bool is_space(char16_t c) {
  constexpr std::u16string_view spaces =
      u"\t\n\v\f\r "
      u"\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f"
      u"\u3000\ufeff";
  return spaces.find(c) != std::u16string_view::npos;
}

bool is_digit(char16_t c) { return c >= u'0' && c <= u'9'; }

std::u16string_view trimmed(std::u16string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::u16string ascii16(std::string_view text) { return {text.begin(), text.end()}; }

// ---- numbers from texts

std::size_t digits_from(std::u16string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_digit(text[end])) ++end;
  return end - at;
}

std::size_t sign_size(std::u16string_view text, std::size_t at) {
  return at < text.size() && (text[at] == u'+' || text[at] == u'-') ? 1 : 0;
}

std::size_t exponent_size(std::u16string_view text, std::size_t at) {
  if (at >= text.size() || (text[at] != u'e' && text[at] != u'E')) return 0;
  const std::size_t digits_at = at + 1 + sign_size(text, at + 1);
  const std::size_t digits = digits_from(text, digits_at);
  return digits == 0 ? 0 : digits_at + digits - at;
}

// How much of the beginning is a decimal number without a sign; 0: nothing.
std::size_t decimal_size(std::u16string_view text) {
  const std::size_t whole = digits_from(text, 0);
  std::size_t end = whole;
  if (end < text.size() && text[end] == u'.') {
    const std::size_t fraction = digits_from(text, end + 1);
    if (whole == 0 && fraction == 0) return 0;
    end += 1 + fraction;
  }
  return end == 0 ? 0 : end + exponent_size(text, end);
}

// Of a number too great or too small for a double: is it the former?
bool is_huge(std::string_view decimal) {
  const std::size_t exponent_at = std::min(decimal.find_first_of("eE"), decimal.size());
  const std::string_view digits = decimal.substr(0, exponent_at);
  const std::size_t point = std::min(digits.find('.'), digits.size());
  const std::size_t first = digits.find_first_not_of("0.");
  if (first == std::string_view::npos) return false;
  if (exponent_at + 1 < decimal.size()) return decimal[exponent_at + 1] != '-';
  return first < point;
}

double read_decimal(std::u16string_view text) {
  std::string decimal(text.size(), ' ');
  std::ranges::transform(text, decimal.begin(), [](char16_t c) { return static_cast<char>(c); });
  double value = 0;
  const auto [end, problem] = std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  if (problem == std::errc::result_out_of_range) return is_huge(decimal) ? infinity : 0;
  return value;
}

// A sign and a decimal number, or Infinity, that the text begins with; and what comes after it.
std::optional<double> take_number(std::u16string_view& text) {
  constexpr std::u16string_view infinite = u"Infinity";
  const std::size_t sign = sign_size(text, 0);
  const bool negative = sign == 1 && text[0] == u'-';
  const std::u16string_view rest = text.substr(sign);
  std::size_t size = infinite.size();
  double value = infinity;
  if (!rest.starts_with(infinite)) {
    size = decimal_size(rest);
    if (size == 0) return std::nullopt;
    value = read_decimal(rest.substr(0, size));
  }
  text.remove_prefix(sign + size);
  return negative ? -value : value;
}

std::optional<unsigned> radix_of(std::u16string_view text) {
  if (text.size() < 3 || text[0] != u'0') return std::nullopt;
  switch (text[1] | 0x20) {
    case u'x':
      return 16;
    case u'o':
      return 8;
    case u'b':
      return 2;
    default:
      return std::nullopt;
  }
}

unsigned digit_value(char16_t c) {
  if (is_digit(c)) return static_cast<unsigned>(c - u'0');
  const auto letter = static_cast<char16_t>(c | 0x20);
  return letter >= u'a' && letter <= u'f' ? static_cast<unsigned>(letter - u'a') + 10 : 99;
}

double read_radix(std::u16string_view digits, unsigned radix) {
  double value = 0;
  for (const char16_t c : digits) {
    if (digit_value(c) >= radix) return not_a_number;
    value = value * radix + digit_value(c);
  }
  return value;
}

// ---- numbers as texts

// Digits d and exponent e of d.ddd × 10^e, the shortest that read back as the number.
struct decimal_digits {
  std::string digits;
  int exponent = 0;
};

decimal_digits shortest(double number) {
  std::array<char, 40> buffer;
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, std::chars_format::scientific).ptr;
  const std::string_view text(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  const std::size_t e = text.find('e');
  decimal_digits result;
  for (const char c : text.substr(0, e)) {
    if (c != '.') result.digits += c;
  }
  const std::size_t exponent_at = e + (text[e + 1] == '+' ? 2 : 1);
  std::from_chars(text.data() + exponent_at, text.data() + text.size(), result.exponent);
  return result;
}

std::string positive_text(double number) {
  auto [digits, exponent] = shortest(number);
  const auto count = static_cast<int>(digits.size());
  if (exponent >= 21 || exponent < -6) {
    if (count > 1) digits.insert(1, ".");
    return digits + "e" + (exponent < 0 ? "-" : "+") + std::to_string(std::abs(exponent));
  }
  if (exponent < 0) return "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  if (count <= exponent + 1) return digits + std::string(static_cast<std::size_t>(exponent + 1 - count), '0');
  return digits.insert(static_cast<std::size_t>(exponent) + 1, ".");
}

// ---- JSON in

class loader {
 public:
  loader(const json_tree& tree, script_memory& memory) : tree_(tree), memory_(memory) {}

  script_value value(std::uint32_t node) {
    const json_node& n = tree_[node];
    switch (n.form) {
      case json_form::null:
        return script_null;
      case json_form::boolean:
        return script_boolean(n.integer != 0);
      case json_form::integer:
        return script_number(static_cast<double>(n.integer));
      case json_form::number:
        return script_number(to_number(ascii16(n.text)));
      case json_form::text:
        return memory_.text(utf16(n.text));
      case json_form::array:
        return array(node);
      case json_form::object:
        return object(node);
    }
    return script_undefined;
  }

 private:
  script_value array(std::uint32_t node) {
    script_value::array_type items;
    for (const std::uint32_t child : tree_.children(node)) items.push_back(value(child));
    return memory_.array(std::move(items));
  }

  // A member given again takes the place of the first.
  script_value object(std::uint32_t node) {
    script_object result;
    for (const std::uint32_t child : tree_.children(node)) {
      std::u16string key = utf16(tree_[child].key);
      const auto known = std::ranges::find(result.members, key, &std::pair<std::u16string, script_value>::first);
      if (known != result.members.end()) {
        known->second = value(child);
      } else {
        result.members.emplace_back(std::move(key), value(child));
      }
    }
    return memory_.object(std::move(result));
  }

  const json_tree& tree_;
  script_memory& memory_;
};

// ---- JSON out

void append_code_point(std::string& out, std::uint32_t c) {
  const auto byte = [&out](std::uint32_t value) { out += static_cast<char>(value); };
  if (c < 0x80) return byte(c);
  if (c < 0x800) {
    byte(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      byte(0xe0 | c >> 12);
    } else {
      byte(0xf0 | c >> 18);
      byte(0x80 | (c >> 12 & 0x3f));
    }
    byte(0x80 | (c >> 6 & 0x3f));
  }
  byte(0x80 | (c & 0x3f));
}

void append_escaped(std::string& out, char16_t c) {
  static constexpr char hex[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += hex[c >> shift & 15];
}

bool is_first_half(char16_t c) { return (c & 0xfc00) == 0xd800; }
bool is_second_half(char16_t c) { return (c & 0xfc00) == 0xdc00; }

void append_quoted(std::string& out, std::u16string_view text) {
  out += '"';
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char16_t c = text[i];
    switch (c) {
      case u'"':
        out += "\\\"";
        continue;
      case u'\\':
        out += "\\\\";
        continue;
      case u'\b':
        out += "\\b";
        continue;
      case u'\f':
        out += "\\f";
        continue;
      case u'\n':
        out += "\\n";
        continue;
      case u'\r':
        out += "\\r";
        continue;
      case u'\t':
        out += "\\t";
        continue;
      default:
        break;
    }
    if (is_first_half(c) && i + 1 < text.size() && is_second_half(text[i + 1])) {
      append_code_point(out, 0x10000u + ((c & 0x3ffu) << 10) + (text[++i] & 0x3ffu));
    } else if (c < 0x20 || is_first_half(c) || is_second_half(c)) {
      append_escaped(out, c);
    } else {
      append_code_point(out, c);
    }
  }
  out += '"';
}

[[noreturn]] void refuse_depth() {
  throw error(status::resource_exhausted, "condition.too_deep",
              "values or operators inside one another beyond their limit, allowed " +
                  std::to_string(limits::json_logic_depth_max));
}

void append_json(std::string& out, const script_value& value, script_memory& memory, std::size_t depth) {
  if (depth > limits::json_logic_depth_max) refuse_depth();
  memory.spend(1);
  switch (value.type) {
    case script_type::undefined:
    case script_type::null:
      out += "null";
      return;
    case script_type::boolean:
      out += value.number != 0 ? "true" : "false";
      return;
    case script_type::number:
      out += std::isfinite(value.number) ? number_text(value.number) : "null";
      return;
    case script_type::text:
      memory.spend(value.text->size());
      append_quoted(out, *value.text);
      return;
    case script_type::array:
      out += '[';
      for (const script_value& item : *value.array) {
        if (&item != value.array->data()) out += ',';
        append_json(out, item, memory, depth + 1);
      }
      out += ']';
      return;
    case script_type::object: {
      out += '{';
      bool first = true;
      for (const auto& [key, member] : value.object->members) {
        if (member.type == script_type::undefined) continue;
        if (!first) out += ',';
        first = false;
        append_quoted(out, key);
        out += ':';
        append_json(out, member, memory, depth + 1);
      }
      out += '}';
      return;
    }
  }
}

// ---- texts of values

std::u16string text_of(const script_value& value, script_memory& memory, std::size_t depth);

std::u16string joined_items(const script_value::array_type& items, std::u16string_view between, script_memory& memory,
                            std::size_t depth) {
  if (depth > limits::json_logic_depth_max) refuse_depth();
  std::u16string result;
  for (const script_value& item : items) {
    memory.spend(1);
    if (&item != items.data()) result += between;
    if (item.type != script_type::null && item.type != script_type::undefined) result += text_of(item, memory, depth);
  }
  return result;
}

std::u16string text_of(const script_value& value, script_memory& memory, std::size_t depth) {
  switch (value.type) {
    case script_type::undefined:
      return u"undefined";
    case script_type::null:
      return u"null";
    case script_type::boolean:
      return value.number != 0 ? u"true" : u"false";
    case script_type::number:
      return ascii16(number_text(value.number));
    case script_type::text:
      memory.spend(value.text->size());
      return *value.text;
    case script_type::array:
      return joined_items(*value.array, u",", memory, depth + 1);
    case script_type::object:
      return u"[object Object]";
  }
  return {};
}

// The number that names an item: "7", never "07".
std::optional<std::size_t> index_of(std::u16string_view name, std::size_t size) {
  if (name.empty() || name.size() > 10 || (name[0] == u'0' && name.size() > 1)) return std::nullopt;
  std::size_t index = 0;
  for (const char16_t c : name) {
    if (!is_digit(c)) return std::nullopt;
    index = index * 10 + static_cast<std::size_t>(c - u'0');
  }
  return index < size ? std::optional(index) : std::nullopt;
}

}  // namespace

// ---- memory

void script_memory::spend(std::size_t work) {
  if (work > work_left_) {
    throw error(status::resource_exhausted, "json_logic.too_much_work",
                "the rule takes more work than is allowed, " + std::to_string(limits::json_logic_work_max));
  }
  work_left_ -= work;
}

script_value script_memory::text(std::u16string value) {
  spend(1 + value.size());
  return {.type = script_type::text, .text = &texts_.emplace_back(std::move(value))};
}

script_value script_memory::array(script_value::array_type items) {
  spend(1 + items.size());
  return {.type = script_type::array, .array = &arrays_.emplace_back(std::move(items))};
}

script_value script_memory::object(script_object value) {
  spend(1 + value.members.size());
  return {.type = script_type::object, .object = &objects_.emplace_back(std::move(value))};
}

script_value load(const json_tree& tree, script_memory& memory) { return loader(tree, memory).value(0); }

std::string to_json(const script_value& value, script_memory& memory) {
  std::string out;
  append_json(out, value, memory, 0);
  return out;
}

// ---- conversions

std::u16string utf16(std::string_view utf8) {
  std::u16string result;
  for (std::size_t i = 0; i < utf8.size();) {
    const auto lead = static_cast<unsigned char>(utf8[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    std::uint32_t c = size == 1 ? lead : lead & (0x7fu >> size);
    for (std::size_t k = 1; k < size; ++k) c = c << 6 | (static_cast<unsigned char>(utf8[i + k]) & 0x3fu);
    i += size;
    if (c < 0x10000) {
      result += static_cast<char16_t>(c);
    } else {
      result += static_cast<char16_t>(0xd7c0 + (c >> 10));
      result += static_cast<char16_t>(0xdc00 + (c & 0x3ff));
    }
  }
  return result;
}

std::u16string to_text(const script_value& value, script_memory& memory) { return text_of(value, memory, 0); }

std::u16string joined(const script_value::array_type& items, std::u16string_view between, script_memory& memory) {
  return joined_items(items, between, memory, 0);
}

double to_number(std::u16string_view text) {
  text = trimmed(text);
  if (text.empty()) return 0;
  if (const auto radix = radix_of(text)) return read_radix(text.substr(2), *radix);
  const std::optional<double> value = take_number(text);
  return value && text.empty() ? *value : not_a_number;
}

double to_number(const script_value& value, script_memory& memory) {
  switch (value.type) {
    case script_type::undefined:
      return not_a_number;
    case script_type::null:
      return 0;
    case script_type::boolean:
    case script_type::number:
      return value.number;
    case script_type::text:
      memory.spend(value.text->size());
      return to_number(*value.text);
    case script_type::array:
    case script_type::object:
      return to_number(to_text(value, memory));
  }
  return not_a_number;
}

double to_whole(double number) { return std::isnan(number) ? 0 : std::trunc(number); }

double parse_float(std::u16string_view text) {
  text = trimmed(text);
  return take_number(text).value_or(not_a_number);
}

std::string number_text(double number) {
  if (std::isnan(number)) return "NaN";
  if (number == 0) return "0";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  return number < 0 ? "-" + positive_text(-number) : positive_text(number);
}

bool is_truthy(const script_value& value) {
  switch (value.type) {
    case script_type::undefined:
    case script_type::null:
      return false;
    case script_type::boolean:
    case script_type::number:
      return value.number != 0 && !std::isnan(value.number);
    case script_type::text:
      return !value.text->empty();
    case script_type::array:
      return !value.array->empty();
    case script_type::object:
      return true;
  }
  return false;
}

script_value to_primitive(const script_value& value, script_memory& memory) {
  const bool is_compound = value.type == script_type::array || value.type == script_type::object;
  return is_compound ? memory.text(to_text(value, memory)) : value;
}

// ---- comparisons

bool equal_strictly(const script_value& a, const script_value& b) {
  if (a.type != b.type) return false;
  switch (a.type) {
    case script_type::undefined:
    case script_type::null:
      return true;
    case script_type::boolean:
    case script_type::number:
      return a.number == b.number;
    case script_type::text:
      return *a.text == *b.text;
    case script_type::array:
      return a.array == b.array;
    case script_type::object:
      return a.object == b.object;
  }
  return false;
}

bool equal_loosely(const script_value& a, const script_value& b, script_memory& memory) {
  const auto is_nothing = [](const script_value& v) { return v.type <= script_type::null; };
  const auto is_compound = [](const script_value& v) { return v.type >= script_type::array; };
  if (is_nothing(a) || is_nothing(b)) return is_nothing(a) && is_nothing(b);
  if (a.type == b.type || (is_compound(a) && is_compound(b))) return equal_strictly(a, b);
  const script_value left = to_primitive(a, memory);
  const script_value right = to_primitive(b, memory);
  if (left.type == right.type) return equal_strictly(left, right);
  return to_number(left, memory) == to_number(right, memory);
}

script_order order_of(const script_value& a, const script_value& b, script_memory& memory) {
  const script_value left = to_primitive(a, memory);
  const script_value right = to_primitive(b, memory);
  if (left.type == script_type::text && right.type == script_type::text) {
    memory.spend(std::min(left.text->size(), right.text->size()));
    const int order = left.text->compare(*right.text);
    return order < 0 ? script_order::less : order > 0 ? script_order::greater : script_order::equal;
  }
  const double x = to_number(left, memory);
  const double y = to_number(right, memory);
  if (x < y) return script_order::less;
  if (x > y) return script_order::greater;
  return x == y ? script_order::equal : script_order::none;
}

script_value property(const script_value& value, std::u16string_view name, script_memory& memory) {
  if (value.type == script_type::object) {
    memory.spend(value.object->members.size());
    for (const auto& [key, member] : value.object->members) {
      if (key == name) return member;
    }
    return script_undefined;
  }
  if (value.type == script_type::array) {
    if (name == u"length") return script_number(static_cast<double>(value.array->size()));
    const auto index = index_of(name, value.array->size());
    return index ? (*value.array)[*index] : script_undefined;
  }
  if (value.type == script_type::text) {
    if (name == u"length") return script_number(static_cast<double>(value.text->size()));
    const auto index = index_of(name, value.text->size());
    return index ? memory.text(value.text->substr(*index, 1)) : script_undefined;
  }
  return script_undefined;
}

}  // namespace tocsin::inline v1
