// What stands on a command line: options are taken out by name, what is left are the words. "--name value" and
// "--name=value" are the same; after "--" everything is a word.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace shell {

class arguments {
 public:
  explicit arguments(std::vector<std::string> words) : words_(std::move(words)) {}

  bool flag(std::string_view name);
  std::optional<std::string> value(std::string_view name);
  std::vector<std::string> values(std::string_view name);  // of an option that may come again and again
  std::optional<std::uint64_t> number(std::string_view name);

  // The next word, taken out. `what` is its name for the complaint that it is missing.
  std::string word(std::string_view what);
  std::optional<std::string> next_word();
  std::vector<std::string> rest();

  // Nothing must be left. An option left over is one that nobody knows.
  void finish() const;
  bool empty() const { return words_.empty(); }

 private:
  std::size_t options_end() const;

  std::vector<std::string> words_;
};

std::uint64_t parse_number(std::string_view text, std::string_view what);

// RFC 3339, or "now" where a clock is at hand.
std::int64_t parse_instant_argument(std::string_view text, std::string_view what);

}  // namespace shell
