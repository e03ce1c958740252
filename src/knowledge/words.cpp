#include <tocsin/knowledge/words.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/utf8.hpp>

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <new>

namespace tocsin::inline v1 {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// NFKC with full case folding, and without what is not to be seen at all.
std::string folded(std::string_view valid_text) {
  std::string result(valid_text);
  if (is_ascii(valid_text)) {
    std::ranges::transform(result, result.begin(), lower);
    return result;
  }
  utf8proc_uint8_t* mapped = nullptr;
  const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                      UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(valid_text.data());
  const utf8proc_ssize_t size = utf8proc_map(bytes, static_cast<utf8proc_ssize_t>(valid_text.size()), &mapped, options);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (size < 0) throw error(status::invalid_argument, "text.invalid", utf8proc_errmsg(size));
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(mapped, std::free);
  result.assign(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size));
  return result;
}

enum class character : std::uint8_t { other, of_word, unspaced, space };

struct span_of_code_points {
  utf8proc_int32_t first, last;
};

// Scripts that put no space between words.
constexpr span_of_code_points unspaced_scripts[] = {
    {0x0E00, 0x0EFF},    // Thai, Lao
    {0x1000, 0x109F},    // Burmese
    {0x1780, 0x17FF},    // Khmer
    {0x3040, 0x30FF},    // Hiragana, Katakana
    {0x31F0, 0x31FF},    // Katakana, phonetic extensions
    {0x3400, 0x4DBF},    // Han, extension A
    {0x4E00, 0x9FFF},    // Han
    {0xF900, 0xFAFF},    // Han, compatibility
    {0x20000, 0x3FFFF},  // Han, further extensions
};

constexpr std::array<character, 128> ascii_characters = [] {
  std::array<character, 128> all{};
  for (char c = 'a'; c <= 'z'; ++c) all[static_cast<std::size_t>(c)] = character::of_word;
  for (char c = 'A'; c <= 'Z'; ++c) all[static_cast<std::size_t>(c)] = character::of_word;
  for (char c = '0'; c <= '9'; ++c) all[static_cast<std::size_t>(c)] = character::of_word;
  for (char c = '\t'; c <= '\r'; ++c) all[static_cast<std::size_t>(c)] = character::space;
  all[' '] = character::space;
  return all;
}();

character character_of(utf8proc_int32_t code_point) {
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return character::space;
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO:
      break;
    default:
      return character::other;
  }
  const bool unspaced = std::ranges::any_of(unspaced_scripts, [code_point](const span_of_code_points& script) {
    return script.first <= code_point && code_point <= script.last;
  });
  return unspaced ? character::unspaced : character::of_word;
}

// Calls `visit` with the bytes of each character and what it is.
template <class Visit>
void each_character(std::string_view text, Visit visit) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    if (bytes[at] < 0x80) {
      visit(text.substr(at, 1), ascii_characters[bytes[at]]);
      ++at;
      continue;
    }
    utf8proc_int32_t code_point = 0;
    const utf8proc_ssize_t size =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &code_point);
    if (size <= 0) return;  // folding leaves it valid
    visit(text.substr(at, static_cast<std::size_t>(size)), character_of(code_point));
    at += static_cast<std::size_t>(size);
  }
}

class word_list {
 public:
  explicit word_list(std::size_t bytes) { all_.reserve(bytes / bytes_of_a_word + 1); }

  void take(std::string_view bytes, character what) {
    if (what == character::of_word) {
      end_unspaced();
      if (word_.size() + bytes.size() <= limits::word_bytes_max) word_ += bytes;
      return;
    }
    end_word();
    if (what != character::unspaced) return end_unspaced();
    if (!neighbour_.empty()) {
      all_.push_back(neighbour_ + std::string(bytes));
      paired_ = true;
    }
    neighbour_ = bytes;
  }

  std::vector<std::string> finish() {
    end_word();
    end_unspaced();
    return std::move(all_);
  }

 private:
  static constexpr std::size_t bytes_of_a_word = 6;  // about, with the space after it

  void end_word() {
    if (!word_.empty()) all_.push_back(word_);
    word_.clear();
  }
  void end_unspaced() {
    if (!neighbour_.empty() && !paired_) all_.push_back(neighbour_);
    neighbour_.clear();
    paired_ = false;
  }

  std::vector<std::string> all_;
  std::string word_;
  std::string neighbour_;  // the last character of a script without spaces
  bool paired_ = false;    // it stands in a pair already
};

struct code_token {
  std::string text;
  bool has_digit = false;
  bool has_letter = false;
};

bool is_digit(std::string_view bytes) { return bytes.size() == 1 && bytes[0] >= '0' && bytes[0] <= '9'; }

// What stands between spaces, without the punctuation around it.
std::vector<code_token> tokens_of(std::string_view valid_text) {
  std::vector<code_token> all;
  code_token token;
  std::string pending;  // punctuation that counts if something of a word follows
  const auto end = [&] {
    if (!token.text.empty() && token.text.size() <= limits::word_bytes_max) all.push_back(std::move(token));
    token = {};
    pending.clear();
  };
  const std::string text = folded(valid_text);
  each_character(text, [&](std::string_view bytes, character what) {
    if (what == character::space) return end();
    if (what == character::other) {
      if (!token.text.empty()) pending += bytes;
      return;
    }
    token.text += pending;
    pending.clear();
    token.text += bytes;
    (is_digit(bytes) ? token.has_digit : token.has_letter) = true;
  });
  end();
  return all;
}

void add_once(std::vector<std::string>& all, std::string one) {
  if (std::ranges::find(all, one) == all.end()) all.push_back(std::move(one));
}

}  // namespace

std::vector<std::string> words_of(std::string_view valid_text) {
  const std::string text = folded(valid_text);
  word_list words(text.size());
  each_character(text, [&](std::string_view bytes, character what) { words.take(bytes, what); });
  return words.finish();
}

std::vector<std::string> error_codes_of(std::string_view valid_text) {
  std::vector<std::string> codes;
  for (code_token& token : tokens_of(valid_text)) {
    if (token.has_digit && token.has_letter) add_once(codes, std::move(token.text));
  }
  return codes;
}

std::vector<std::string> likely_codes_of(std::string_view valid_text) {
  std::vector<std::string> codes;
  std::string before;
  for (const code_token& token : tokens_of(valid_text)) {
    if (token.has_digit) {
      add_once(codes, token.text);
      if (!before.empty()) add_once(codes, before + ' ' + token.text);
    }
    before = token.text;
  }
  return codes;
}

std::string folded_code(std::string_view valid_text) {
  std::string code;
  for (const code_token& token : tokens_of(valid_text)) code += (code.empty() ? "" : " ") + token.text;
  return code;
}

}  // namespace tocsin::inline v1
