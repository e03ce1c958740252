#include <arguments.hpp>

#include <algorithm>
#include <charconv>
#include <iterator>

#include <exit_status.hpp>
#include <moment.hpp>

namespace shell {
namespace {

bool is_option(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

std::size_t arguments::options_end() const {
  return static_cast<std::size_t>(std::distance(words_.begin(), std::find(words_.begin(), words_.end(), "--")));
}

bool arguments::flag(std::string_view name) {
  bool found = false;
  for (std::size_t i = options_end(); i-- > 0;) {
    if (words_[i] != name) continue;
    words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(i));
    found = true;
  }
  return found;
}

std::optional<std::string> arguments::value(std::string_view name) {
  const std::string with_equals = std::string(name) + "=";
  for (std::size_t i = 0; i < options_end(); ++i) {
    const auto at = words_.begin() + static_cast<std::ptrdiff_t>(i);
    if (at->rfind(with_equals, 0) == 0) {
      std::string result = at->substr(with_equals.size());
      words_.erase(at);
      return result;
    }
    if (*at != name) continue;
    if (i + 1 >= options_end()) throw usage_error(std::string(name) + " needs a value");
    std::string result = std::move(words_[i + 1]);
    words_.erase(at, at + 2);
    return result;
  }
  return std::nullopt;
}

std::vector<std::string> arguments::values(std::string_view name) {
  std::vector<std::string> result;
  while (std::optional<std::string> next = value(name)) result.push_back(std::move(*next));
  return result;
}

std::optional<std::uint64_t> arguments::number(std::string_view name) {
  const std::optional<std::string> text = value(name);
  if (!text) return std::nullopt;
  return parse_number(*text, name);
}

std::optional<std::string> arguments::next_word() {
  if (words_.empty()) return std::nullopt;
  const std::size_t first = words_.front() == "--" ? 1 : 0;
  if (first == 0 && is_option(words_.front())) throw usage_error("unknown option " + words_.front());
  if (first == words_.size()) return std::nullopt;
  std::string result = std::move(words_[first]);
  words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(first));
  return result;
}

std::string arguments::word(std::string_view what) {
  std::optional<std::string> result = next_word();
  if (!result) throw usage_error(std::string(what) + " is missing");
  return std::move(*result);
}

std::vector<std::string> arguments::rest() {
  std::vector<std::string> result;
  while (std::optional<std::string> next = next_word()) result.push_back(std::move(*next));
  return result;
}

void arguments::finish() const {
  if (words_.empty() || (words_.size() == 1 && words_.front() == "--")) return;
  const std::string& left = words_.front();
  if (left != "--" && is_option(left)) throw usage_error("unknown option " + left);
  throw usage_error("unexpected argument " + quoted(left == "--" ? words_[1] : left));
}

std::uint64_t parse_number(std::string_view text, std::string_view what) {
  std::uint64_t result = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), result);
  if (problem != std::errc() || end != text.data() + text.size() || text.empty()) {
    throw usage_error(std::string(what) + " needs a whole number, not " + quoted(text));
  }
  return result;
}

std::int64_t parse_instant_argument(std::string_view text, std::string_view what) {
  if (text == "now") return read_clock();
  const std::optional<std::int64_t> result = parse_instant(text);
  if (!result) {
    throw usage_error(std::string(what) + " needs an instant as in 2026-11-22T08:00:00Z, or now, not " + quoted(text));
  }
  return *result;
}

}  // namespace shell
