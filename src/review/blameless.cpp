#include <tocsin/review/blameless.hpp>

#include <tocsin/base/utf8.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

struct code_point {
  char32_t value = 0;
  std::size_t size = 0;  // 0: there is none
};

code_point first_of(std::string_view text) {
  const std::size_t size = text.empty() ? 0 : code_point_size(text);
  if (size == 0) return {};
  const auto lead = static_cast<unsigned char>(text[0]);
  char32_t value = size == 1 ? lead : lead & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  return {value, size};
}

code_point last_of(std::string_view text) {
  std::size_t from = text.size();
  while (from > 0) {
    --from;
    if ((static_cast<unsigned char>(text[from]) & 0xC0U) != 0x80U) break;
  }
  return first_of(text.substr(from));
}

bool is_between(char32_t c, char32_t least, char32_t most) { return least <= c && c <= most; }

// What a word is made of. Beyond ASCII everything is, but for punctuation and symbols.
bool is_of_word(char32_t c) {
  if (c < 0x80) return is_between(c, '0', '9') || is_between(c, 'A', 'Z') || is_between(c, 'a', 'z') || c == '_';
  const bool is_mark = is_between(c, 0x80, 0xBF) || c == 0xD7 || c == 0xF7 || is_between(c, 0x2000, 0x206F) ||
                       is_between(c, 0x20A0, 0x2BFF) || is_between(c, 0x3000, 0x303F) ||
                       is_between(c, 0xFE30, 0xFE4F) || is_between(c, 0xFF00, 0xFF0F) || c == 0xFEFF || c == 0xFFFD;
  return !is_mark;
}

// Han, Kana, Hangul.
bool has_no_spaces(char32_t c) {
  return is_between(c, 0x2E80, 0x9FFF) || is_between(c, 0xAC00, 0xD7AF) || is_between(c, 0xF900, 0xFAFF) ||
         is_between(c, 0x20000, 0x3FFFF);
}

// Does a word end, or begin, between these two?
bool is_boundary(code_point before, code_point after) {
  if (before.size == 0 || after.size == 0) return true;
  if (!is_of_word(before.value) || !is_of_word(after.value)) return true;
  return has_no_spaces(before.value) || has_no_spaces(after.value);
}

// In small letters. Both forms of a letter have as many bytes, so that places in the text stay.
char32_t folded(char32_t c) {
  if (is_between(c, 'A', 'Z') || (is_between(c, 0xC0, 0xDE) && c != 0xD7)) return c + 0x20;
  if (is_between(c, 0x391, 0x3A9) || is_between(c, 0x410, 0x42F)) return c + 0x20;
  if (is_between(c, 0x400, 0x40F)) return c + 0x50;
  const bool even_is_large = (is_between(c, 0x100, 0x137) && !is_between(c, 0x130, 0x131)) ||
                             is_between(c, 0x14A, 0x177) || is_between(c, 0x460, 0x481) || is_between(c, 0x48A, 0x4BF);
  if (even_is_large) return c | 1;
  const bool odd_is_large = is_between(c, 0x139, 0x148) || is_between(c, 0x179, 0x17E);
  return odd_is_large && c % 2 == 1 ? c + 1 : c;
}

std::string folded(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const code_point c = first_of(text.substr(i));
    const char32_t small = folded(c.value);
    if (c.size == 1) {
      result += static_cast<char>(small);
    } else if (c.size == 2) {
      result += static_cast<char>(0xC0U | small >> 6);
      result += static_cast<char>(0x80U | (small & 0x3FU));
    } else {
      result += text.substr(i, std::max<std::size_t>(c.size, 1));
    }
    i += std::max<std::size_t>(c.size, 1);
  }
  return result;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

void blameless_names::add(std::uint32_t person, std::string_view name) {
  const std::string key = folded(made_valid_utf8(trimmed(name)));
  if (key.empty() || !people_.emplace(key, person).second) return;
  const auto place = std::ranges::lower_bound(lengths_, key.size(), std::greater<>());
  if (place == lengths_.end() || *place != key.size()) lengths_.insert(place, key.size());
}

void blameless_names::call(std::uint32_t person, std::string_view label) {
  if (labels_.contains(person)) return;
  std::string called(label);
  const std::uint32_t count = ++called_[called];
  if (count > 1) called += ' ' + std::to_string(count);
  labels_.emplace(person, std::move(called));
}

const std::string& blameless_names::label_of(std::uint32_t person) {
  const auto known = labels_.find(person);
  if (known != labels_.end()) return known->second;
  return labels_.emplace(person, "person " + std::to_string(++unnamed_)).first->second;
}

std::string blameless_names::replaced(std::string_view text) {
  const std::string valid = made_valid_utf8(text);
  const std::string small = folded(valid);
  const std::string_view all = valid;
  std::string result;
  const auto name_at = [&](std::size_t from) -> std::pair<std::size_t, std::uint32_t> {
    for (const std::size_t length : lengths_) {
      if (length > all.size() - from) continue;
      const std::string_view name = all.substr(from, length);
      if (!is_boundary(last_of(name), first_of(all.substr(from + length)))) continue;
      const auto found = people_.find(small.substr(from, length));
      if (found != people_.end()) return {length, found->second};
    }
    return {0, 0};
  };
  for (std::size_t i = 0; i < all.size();) {
    const code_point here = first_of(all.substr(i));
    const bool begins = is_boundary(last_of(all.substr(0, i)), here);
    const auto [length, person] = begins ? name_at(i) : std::pair<std::size_t, std::uint32_t>{};
    if (length != 0) {
      result += label_of(person);
      i += length;
    } else {
      result += all.substr(i, here.size);
      i += here.size;
    }
  }
  return result;
}

}  // namespace tocsin::inline v1
