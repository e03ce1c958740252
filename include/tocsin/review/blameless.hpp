// Texts without the names of people: each is called by what they were there for (M3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tocsin::inline v1 {

class blameless_names {
 public:
  // Texts call the person so: by a key, a name, a mail address. Of two people who are called the same, the first has
  // it.
  void add(std::uint32_t person, std::string_view name);
  // What the person is called instead: "scribe". Where somebody is called that already, "scribe 2". The first call
  // stands.
  void call(std::uint32_t person, std::string_view label);
  // "person 1" and so on, in the order in which they are asked for, for those who are called nothing.
  const std::string& label_of(std::uint32_t person);
  // The text with each name that stands there as a whole word replaced, the longest first. Case does not matter in
  // Latin, Greek and Cyrillic letters. In Han, Kana and Hangul, which put no space between words, a name is found
  // anywhere.
  std::string replaced(std::string_view text);

 private:
  std::unordered_map<std::string, std::uint32_t> people_;  // by folded name
  std::vector<std::size_t> lengths_;                       // of the names, in bytes; the longest first
  std::map<std::uint32_t, std::string> labels_;
  std::map<std::string, std::uint32_t> called_;  // how many are called that, or something that begins like it
  std::uint32_t unnamed_ = 0;
};

}  // namespace tocsin::inline v1
