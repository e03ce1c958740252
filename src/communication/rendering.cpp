#include <tocsin/communication/rendering.hpp>

#include <tocsin/base/utf8.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <algorithm>
#include <iterator>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view ellipsis = "...";

// ---- code points

struct code_point {
  char32_t value = 0;
  std::size_t size = 0;  // bytes
};

// Of valid UTF-8; a byte that is none stands for itself.
code_point first_of(std::string_view text) {
  const std::size_t size = std::max<std::size_t>(code_point_size(text), 1);
  const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[i])); };
  constexpr char32_t lead_bits[] = {0xFF, 0x1F, 0x0F, 0x07};
  char32_t value = size == 1 ? byte(0) : byte(0) & lead_bits[size - 1];
  for (std::size_t i = 1; i < size; ++i) value = value << 6 | (byte(i) & 0x3F);
  return {value, size};
}

// ---- the GSM alphabet (3GPP TS 23.038, 6.2.1)

// Those beyond ASCII, in order.
constexpr char32_t gsm_letters[] = {
    0xA1, 0xA3, 0xA4, 0xA5,  0xA7,  0xBF,  0xC4,  0xC5,  0xC6,  0xC7,  0xC9,  0xD1,  0xD6,
    0xD8, 0xDC, 0xDF, 0xE0,  0xE4,  0xE5,  0xE6,  0xE8,  0xE9,  0xEC,  0xF1,  0xF2,  0xF6,
    0xF8, 0xF9, 0xFC, 0x393, 0x394, 0x398, 0x39B, 0x39E, 0x3A0, 0x3A3, 0x3A6, 0x3A8, 0x3A9,
};
static_assert(std::ranges::is_sorted(gsm_letters));

constexpr char32_t euro_sign = 0x20AC;

// Units that the letter takes in that alphabet; 0: it is not in it.
std::size_t gsm_units(char32_t letter) {
  if (letter == euro_sign) return 2;
  if (letter >= 0x80) return std::ranges::binary_search(gsm_letters, letter) ? 1 : 0;
  if (std::u32string_view(U"^{}\\[~]|").find(letter) != std::u32string_view::npos) return 2;
  if (letter == U'\n' || letter == U'\r') return 1;
  return letter >= U' ' && letter < 0x7F && letter != U'`' ? 1 : 0;
}

std::size_t utf16_units(char32_t letter) { return letter > 0xFFFF ? 2 : 1; }

// ---- texts

bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string one_paragraph(std::string_view text) {
  std::string made;
  for (const char c : text) {
    if (!is_blank(c)) {
      made += c;
    } else if (!made.empty() && made.back() != ' ') {
      made += ' ';
    }
  }
  if (!made.empty() && made.back() == ' ') made.pop_back();
  return made;
}

// With a full stop, unless it has an end.
std::string as_sentence(std::string text) {
  const bool has_end = text.ends_with('.') || text.ends_with('!') || text.ends_with('?');
  return has_end || text.empty() ? text : text + '.';
}

void add_sentence(std::string& to, std::string_view label, std::string_view text) {
  std::string said = as_sentence(one_paragraph(text));
  if (said.empty()) return;
  if (!to.empty()) to += ' ';
  to += label;
  to += said;
}

void add_block(std::string& to, std::string_view label, std::string_view text) {
  if (text.empty()) return;
  if (!to.empty()) to += "\n\n";
  to += label;
  to += text;
}

std::string next_update_of(const update_text& update) {
  return is_set(update.next_update_at) ? minute_text(update.next_update_at) : std::string();
}

// "INC0000042 No mail: Nobody can send mail. Impact: ... Next update: 2026-11-23 10:00 UTC."
std::string paragraph_of(const update_text& update) {
  std::string head(update.number);
  if (!update.title.empty()) {
    if (!head.empty()) head += ' ';
    head += one_paragraph(update.title);
  }
  if (!head.empty()) head += ':';
  add_sentence(head, "", update.known);
  add_sentence(head, "Impact: ", update.impact);
  add_sentence(head, "Workaround: ", update.workaround);
  add_sentence(head, "Next update: ", next_update_of(update));
  return head;
}

std::string blocks_of(const update_text& update) {
  std::string text;
  add_block(text, "", update.known);
  add_block(text, "Impact: ", update.impact);
  add_block(text, "Workaround: ", update.workaround);
  add_block(text, "Next update: ", next_update_of(update));
  return text;
}

rendered_update mail_of(const update_text& update) {
  std::string subject(update.number);
  if (!subject.empty()) subject += ": ";
  subject += heading_of(update.title, update.known);
  return {.subject = std::move(subject), .body = blocks_of(update) + '\n'};
}

rendered_update sms_of(const update_text& update) {
  std::string text = cut_to_sms(paragraph_of(update));
  const std::uint32_t messages = messages_as_sms(text);
  return {.body = std::move(text), .messages = messages};
}

}  // namespace

std::string heading_of(std::string_view title, std::string_view known) {
  if (!title.empty()) return one_paragraph(title);
  const std::size_t begin = known.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  const std::string line = one_paragraph(known.substr(begin, known.find('\n', begin) - begin));
  const std::string_view most = first_code_points(line, limits::update_heading_max);
  if (most.size() == line.size()) return line;
  const std::size_t word_end = line[most.size()] == ' ' ? most.size() : most.rfind(' ');
  return std::string(most.substr(0, word_end)) + std::string(ellipsis);
}

std::string minute_text(instant at) {
  const rfc3339_text full = to_rfc3339(at);
  const std::string_view text = full;
  if (text.size() < 16) return {};
  return std::string(text.substr(0, 10)) + ' ' + std::string(text.substr(11, 5)) + " UTC";
}

sms_length length_as_sms(std::string_view text) {
  std::size_t gsm = 0;
  std::size_t utf16 = 0;
  bool is_gsm = true;
  while (!text.empty()) {
    const code_point letter = first_of(text);
    const std::size_t units = gsm_units(letter.value);
    is_gsm = is_gsm && units != 0;
    gsm += units;
    utf16 += utf16_units(letter.value);
    text.remove_prefix(letter.size);
  }
  return {is_gsm ? gsm : utf16, is_gsm};
}

// Of a text in several messages each has less room, as it says which part it is.
std::uint32_t messages_as_sms(std::string_view text) {
  const sms_length length = length_as_sms(text);
  const std::size_t alone = length.is_gsm ? 160 : 70;
  const std::size_t each = length.is_gsm ? 153 : 67;
  if (length.units == 0) return 0;
  return static_cast<std::uint32_t>(length.units <= alone ? 1 : (length.units + each - 1) / each);
}

std::string cut_to_sms(std::string_view text, std::size_t units_max) {
  const sms_length length = length_as_sms(text);
  if (length.units <= units_max) return std::string(text);
  const std::size_t room = units_max < ellipsis.size() ? 0 : units_max - ellipsis.size();
  std::size_t used = 0;
  std::size_t at = 0;          // all before it fits
  std::size_t word_end = 0;    // so does all up to there, which is whole words
  std::size_t used_there = 0;  // units
  while (at < text.size()) {
    if (text[at] == ' ') {
      word_end = at;
      used_there = used;
    }
    const code_point letter = first_of(text.substr(at));
    const std::size_t units = length.is_gsm ? gsm_units(letter.value) : utf16_units(letter.value);
    if (used + units > room) break;
    used += units;
    at += letter.size;
  }
  const bool at_word = used_there * 2 >= room;
  return std::string(text.substr(0, at_word ? word_end : at)) + std::string(ellipsis);
}

rendered_update render(communication_channel channel, const update_text& update) {
  switch (channel) {
    case communication_channel::mail:
      return mail_of(update);
    case communication_channel::chat:
      return {.body = paragraph_of(update)};
    case communication_channel::sms:
      return sms_of(update);
    case communication_channel::status_page:
      return {.subject = heading_of(update.title, update.known), .body = blocks_of(update)};
    case communication_channel::unset:
      break;
  }
  return {};
}

}  // namespace tocsin::inline v1
