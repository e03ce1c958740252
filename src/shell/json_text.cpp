#include <json_text.hpp>

#include <algorithm>
#include <iterator>

#include <exit_status.hpp>
#include <moment.hpp>
#include <text.hpp>

namespace shell {
namespace {

// Keeps the names at the top and forgets the rest.
class outliner : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit outliner(outline& into) : into_(into) {}

  bool null() override { return scalar(); }
  bool boolean(bool) override { return scalar(); }
  bool number_integer(number_integer_t) override { return scalar(); }
  bool number_unsigned(number_unsigned_t) override { return scalar(); }
  bool number_float(number_float_t, const string_t&) override { return scalar(); }
  bool binary(binary_t&) override { return scalar(); }

  bool string(string_t& value) override {
    if (depth_ == 1 && into_.is == outline::form::object) {
      if (into_.names.back() == "advance") into_.advance_to = value;
      if (into_.names.back() == "command") into_.command = value;
    }
    return scalar();
  }

  bool key(string_t& name) override {
    if (depth_ == 1) into_.names.push_back(name);
    return true;
  }

  bool start_object(std::size_t) override { return open(outline::form::object); }
  bool start_array(std::size_t) override { return open(outline::form::array); }
  bool end_object() override { return --depth_, true; }
  bool end_array() override { return --depth_, true; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

 private:
  bool scalar() {
    if (depth_ == 0) into_.is = outline::form::other;
    return true;
  }

  bool open(outline::form form) {
    if (depth_++ == 0) into_.is = form;
    return true;
  }

  outline& into_;
  int depth_ = 0;
};

// Behind the quote that ends the text at the front.
std::size_t end_of_text(std::string_view json) {
  std::size_t i = 1;
  for (; json[i] != '"'; ++i) {
    if (json[i] == '\\') ++i;
  }
  return i + 1;
}

// What stands between the commas of an array or object.
std::vector<std::string_view> items(std::string_view json) {
  std::vector<std::string_view> result;
  const std::string_view inside = trim(json).substr(1);
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    if (c == '"') {
      i += end_of_text(inside.substr(i)) - 1;
    } else if (c == '{' || c == '[') {
      ++depth;
    } else if (depth == 0 && (c == ',' || c == ']' || c == '}')) {
      const std::string_view item = trim(inside.substr(begin, i - begin));
      if (!item.empty()) result.push_back(item);
      begin = i + 1;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return result;
}

}  // namespace

json parse_answer(const std::string& text) { return json::parse(text); }

bool outline::has(std::string_view name) const { return std::find(names.begin(), names.end(), name) != names.end(); }

outline outline_of(std::string_view document) {
  outline result;
  outliner reader(result);
  if (!nlohmann::json::sax_parse(document, &reader)) result = {};
  return result;
}

std::vector<std::string_view> elements(std::string_view array) { return items(array); }

std::vector<std::pair<std::string, std::string_view>> members(std::string_view object) {
  std::vector<std::pair<std::string, std::string_view>> result;
  for (const std::string_view item : items(object)) {
    const std::size_t end = end_of_text(item);
    const std::string_view behind_name = trim(item.substr(end));
    result.emplace_back(json::parse(item.substr(0, end)).get<std::string>(), trim(behind_name.substr(1)));
  }
  return result;
}

std::string with_member(std::string_view object, std::string_view member) {
  std::string_view open = trim(object);
  open.remove_suffix(1);
  open = trim(open);
  std::string result(open);
  if (open != "{") result += ',';
  result += member;
  result += '}';
  return result;
}

std::string error_line(const tocsin::client::failure& failure) {
  json error;
  error["status"] = tocsin_status_name(failure.status());
  error["reason"] = failure.reason();
  error["message"] = failure.message();
  const json detail = json::parse(failure.detail(), nullptr, false);
  error["detail"] = detail.is_object() ? detail : json::object();
  return json{{"error", error}}.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::string text_of(const json& value) {
  if (value.is_string()) return printable(value.get_ref<const std::string&>());
  if (value.is_boolean()) return value.get<bool>() ? "yes" : "no";
  if (value.is_null()) return {};
  if (value.is_array()) {
    std::string result;
    for (const json& item : value) result += (result.empty() ? "" : ", ") + text_of(item);
    return result;
  }
  return printable(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

std::string text_at(const json& object, const char* name) {
  const auto member = object.find(name);
  return member == object.end() ? std::string() : text_of(*member);
}

std::optional<std::int64_t> number_at(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_number_integer()) return std::nullopt;
  return member->get<std::int64_t>();
}

std::optional<std::int64_t> instant_at(const json& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_string()) return std::nullopt;
  return parse_instant(member->get_ref<const std::string&>());
}

const json& list_at(const json& object, const char* name) {
  static const json none = json::array();
  const auto member = object.find(name);
  return member == object.end() || !member->is_array() ? none : *member;
}

bool names_instant(std::string_view name) {
  constexpr std::string_view others[] = {"at", "due", "next_due", "clock", "held_since", "as_of"};
  const bool ends_in_at = name.size() > 3 && name.substr(name.size() - 3) == "_at";
  return ends_in_at || std::find(std::begin(others), std::end(others), name) != std::end(others);
}

}  // namespace shell
