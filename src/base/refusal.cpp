#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/nearest.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/base/utf8.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t shown_length_max = 80;

}  // namespace

std::string quoted(std::string_view text) {
  const std::string_view shown = first_code_points(text, shown_length_max);
  json_writer to;
  to.text(shown.size() == text.size() ? std::string(text) : std::string(shown) + "\xE2\x80\xA6");
  return to.take();
}

std::string joined(const std::vector<std::string>& names) {
  std::string result;
  for (const std::string& name : names) result += (result.empty() ? "" : ", ") + name;
  return result;
}

allowed_values::allowed_values(std::vector<std::string> set, std::string prose)
    : words(std::move(prose)), names(std::move(set)) {
  if (!words.empty()) return;
  words = names.size() <= names_in_message_max ? joined(names) : "one of " + std::to_string(names.size()) + " names";
}

std::string nearest_of(std::string_view name, const std::vector<std::string>& names) {
  const std::vector<std::string_view> views(names.begin(), names.end());
  return std::string(nearest(name, views));
}

std::string did_you_mean(std::string_view nearest) {
  return nearest.empty() ? std::string() : "; did you mean " + quoted(nearest) + "?";
}

std::string place_of(std::string_view path, std::string_view of) {
  if (path.empty()) return of.empty() ? std::string("the document") : std::string(of);
  const bool is_member = path.find('/', 1) == std::string_view::npos;
  const std::string shown = is_member ? quoted(path.substr(1)) : std::string(path);
  return of.empty() ? shown : shown + " of " + std::string(of);
}

std::string refusal_detail(std::string_view path, const refused_value& found, const allowed_values& allowed,
                           std::string_view nearest) {
  json_writer to;
  to.begin_object();
  to.member("path", path);
  if (found.is_value) {
    to.key("found");
    to.raw(found.shown);
  }
  to.key("allowed");
  if (allowed.names.empty()) {
    to.text(allowed.words);
  } else {
    to.begin_array();
    for (const std::string& name : allowed.names) to.text(name);
    to.end_array();
  }
  if (!nearest.empty()) to.member("nearest", nearest);
  to.end_object();
  return to.take();
}

error unexpected(status code, std::string reason, std::string_view path, const refused_value& found,
                 const allowed_values& allowed) {
  return {code, std::move(reason), std::string(path) + ": found " + found.shown + ", allowed " + allowed.words,
          refusal_detail(path, found, allowed)};
}

error unknown_name(status code, std::string reason, std::string_view path, std::string_view name,
                   const allowed_values& allowed) {
  const std::string nearest = nearest_of(name, allowed.names);
  const refused_value found = refused_value::text(name);
  return {code, std::move(reason),
          std::string(path) + ": found " + found.shown + ", allowed " + allowed.words + did_you_mean(nearest),
          refusal_detail(path, found, allowed, nearest)};
}

error missing_field(std::string_view path, std::string_view of, std::string_view meaning) {
  const std::size_t last = path.rfind('/');
  const std::string_view parent = path.substr(0, last);
  std::string message = "missing required field " + quoted(path.substr(last + 1));
  if (!parent.empty()) message += " in " + std::string(parent);
  if (!of.empty()) message += " of " + std::string(of);
  return {status::invalid_argument, "document.missing_field", message,
          refusal_detail(path, "nothing", std::string(meaning))};
}

std::string parser_complaint(std::string_view parser_says) {
  if (const std::size_t begin = parser_says.find("parse error"); begin != std::string_view::npos) {
    parser_says.remove_prefix(begin);
  }
  return std::string(parser_says.substr(0, parser_says.find("; last read")));
}

}  // namespace tocsin::inline v1
