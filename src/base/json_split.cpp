#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>

namespace tocsin::inline v1 {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

[[noreturn]] void malformed(const char* why, std::size_t position) {
  throw error(status::invalid_argument, "document.malformed",
              "malformed JSON: " + std::string(why) + " at byte " + std::to_string(position + 1),
              "{\"byte\":" + std::to_string(position + 1) + "}");
}

// Where the item that begins at `i` ends: at a comma or closing bracket outside of its own brackets and quotes.
std::size_t end_of_item(std::string_view json, std::size_t i) {
  std::size_t depth = 0;
  for (bool quoted = false; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        quoted = false;
      continue;
    }
    if (c == '"')
      quoted = true;
    else if (c == '{' || c == '[')
      ++depth;
    else if ((c == '}' || c == ']') && depth != 0)
      --depth;
    else if (depth == 0 && (c == ',' || c == ']'))
      return i;
  }
  malformed("the array does not end", json.size());
}

void demand_room(std::size_t count) {
  if (count >= limits::batch_commands_max) {
    throw error(status::resource_exhausted, "document.too_many",
                "the batch has more than " + std::to_string(limits::batch_commands_max) + " commands");
  }
}

}  // namespace

std::vector<std::string_view> split_array(std::string_view json) {
  std::vector<std::string_view> items;
  std::size_t i = 0;
  while (i < json.size() && is_space(json[i])) ++i;
  if (i == json.size() || json[i] != '[') malformed("expected an array", i);
  for (++i;; ++i) {
    const std::size_t end = end_of_item(json, i);
    const std::string_view item = trimmed(json.substr(i, end - i));
    const bool last = json[end] == ']';
    if (item.empty() && !(last && items.empty())) malformed("an item is missing", end);
    if (!item.empty()) {
      demand_room(items.size());
      items.push_back(item);
    }
    i = end;
    if (last) break;
  }
  if (!trimmed(json.substr(i + 1)).empty()) malformed("something follows the array", i + 1);
  return items;
}

std::vector<std::string_view> split_lines(std::string_view json) {
  std::vector<std::string_view> lines;
  while (!json.empty()) {
    const std::size_t end = json.find('\n');
    const std::string_view line = trimmed(json.substr(0, end));
    if (!line.empty()) {
      demand_room(lines.size());
      lines.push_back(line);
    }
    json.remove_prefix(end == std::string_view::npos ? json.size() : end + 1);
  }
  return lines;
}

}  // namespace tocsin::inline v1
