// An update as each channel shows it: a mail, a paragraph in a chat, a short message, an entry of a status page.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <tocsin/communication/communication_policy.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t sms_units_max = 160;       // of one update, as length_as_sms counts
inline constexpr std::size_t update_heading_max = 100;  // code points of a heading that is taken from what is known
}  // namespace limits

struct update_text {
  std::string_view number;  // of the incident
  std::string_view title;   // none: the first line of what is known
  std::string_view known;
  std::string_view impact;
  std::string_view workaround;
  instant next_update_at = no_instant;
};

struct rendered_update {
  std::string subject;  // of a mail and on a status page
  std::string body;
  std::uint32_t messages = 0;  // that a short message takes on its way
};

rendered_update render(communication_channel channel, const update_text& update);

// Its title, or else the first line of what is known, cut at a word.
std::string heading_of(std::string_view title, std::string_view known);

// "2026-11-23 10:00 UTC", to the minute that has begun.
std::string minute_text(instant at);

// How long a text is as a short message (3GPP TS 23.038). One of the GSM 7-bit default alphabet alone has a unit for
// each letter, and two for each of ^ { } \ [ ~ ] | and the euro sign. With a single other letter, the whole text is sent as
// UTF-16, and has a unit for each of its code units.
struct sms_length {
  std::size_t units = 0;
  bool is_gsm = true;

  friend bool operator==(const sms_length&, const sms_length&) = default;
};
sms_length length_as_sms(std::string_view text);

// How many messages it is sent in: 160 units fit one message, or 153 each of several; as UTF-16 70, or 67 each.
std::uint32_t messages_as_sms(std::string_view text);

// The text, or so much of it as has at most that many units with "..." at its end, cut between words; between letters
// where less than half of it would be left, as after a very long word. What is left is counted as the whole text is.
std::string cut_to_sms(std::string_view text, std::size_t units_max = limits::sms_units_max);

}  // namespace tocsin::inline v1
