// The words of a text as it is searched by: folded, so that case, width and the way accents are written do not matter.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t word_bytes_max = 64;  // of one folded word; a longer one is cut
}  // namespace limits

// In their order, as often as they stand there. A word is a run of letters, digits and the marks on them, by Unicode's
// NFKC and full case folding. Scripts that put no space between words (Han, Kana, Thai, Lao, Khmer, Burmese) give each
// pair of neighbours; a character of theirs that stands alone gives itself. All of these take valid UTF-8.
std::vector<std::string> words_of(std::string_view valid_text);

// Codes as machines show them, as "ORA-12541" or "0x80070005": what stands between spaces, without the punctuation around
// it, and has a letter and a digit. Folded, each once, in their order.
std::vector<std::string> error_codes_of(std::string_view valid_text);

// What may be a code that somebody has written down: the same with a digit alone ("1603"), and with the word before it
// ("HTTP 503").
std::vector<std::string> likely_codes_of(std::string_view valid_text);

// A code that somebody has written down, folded likewise; its words are apart by a space. Empty: there is nothing in it.
std::string folded_code(std::string_view valid_text);

}  // namespace tocsin::inline v1
