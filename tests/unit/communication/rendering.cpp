// An update as each channel shows it (M2).
#include <doctest/doctest.h>

#include <tocsin/communication/rendering.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <string>

using namespace tocsin;

namespace {

const update_text outage_update{.number = "INC0000042",
                                .title = "No mail",
                                .known = "Nobody can send mail",
                                .impact = "Mail waits\nin the queue",
                                .workaround = "Use the chat!",
                                .next_update_at = parse_rfc3339("2026-11-23T10:00:30Z").value()};

rendered_update as(communication_channel channel, const update_text& update = outage_update) {
  return render(channel, update);
}

std::string times(std::size_t n, std::string_view text) {
  std::string all;
  for (std::size_t i = 0; i < n; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("a mail has a subject, and a block for each thing that is said (M2)") {
  const rendered_update mail = as(communication_channel::mail);
  CHECK(mail.subject == "INC0000042: No mail");
  CHECK(mail.body ==
        "Nobody can send mail\n\nImpact: Mail waits\nin the queue\n\nWorkaround: Use the chat!\n\n"
        "Next update: 2026-11-23 10:00 UTC\n");
  CHECK(mail.messages == 0);
}

TEST_CASE("a chat shows one paragraph of sentences (M2)") {
  CHECK(as(communication_channel::chat).body ==
        "INC0000042 No mail: Nobody can send mail. Impact: Mail waits in the queue. Workaround: Use the chat! "
        "Next update: 2026-11-23 10:00 UTC.");
}

TEST_CASE("a status page shows no number, and what is not said is not there (M2)") {
  const rendered_update shown =
      as(communication_channel::status_page, {.number = "INC0000042", .known = "All is well"});
  CHECK(shown.subject == "All is well");
  CHECK(shown.body == "All is well");
}

TEST_CASE("without a title the heading is the first line of what is known, cut at a word (M2)") {
  CHECK(heading_of("", "\n  Mail is down \nand more") == "Mail is down");
  CHECK(heading_of("Title", "Known") == "Title");
  CHECK(heading_of("", "  \n ") == "");
  CHECK(heading_of("", times(30, "word ")) == times(19, "word ") + "word...");
  CHECK(heading_of("", times(120, "x")) == times(100, "x") + "...");
}

TEST_CASE("a short message is counted in GSM letters, and as UTF-16 with one letter that is none (M2)") {
  CHECK(length_as_sms("") == sms_length{0, true});
  CHECK(length_as_sms("Mail is down") == sms_length{12, true});
  CHECK(length_as_sms("\xC3\xA4\xC3\xB6\xC3\xBC\xC3\x9F\xC3\xA9\xCE\xA9") == sms_length{6, true});  // äöüßéΩ
  CHECK(length_as_sms("[\xE2\x82\xAC]") == sms_length{6, true});                                    // [€]
  CHECK(length_as_sms("a`") == sms_length{2, false});
  CHECK(length_as_sms("\xC3\xA7") == sms_length{1, false});                  // ç; only Ç is in it
  CHECK(length_as_sms("ok \xF0\x9F\x91\x8D") == sms_length{5, false});       // a thumb is two units
  CHECK(length_as_sms("\xE6\x97\xA5\xE6\x9C\xAC") == sms_length{2, false});  // 日本
}

TEST_CASE("a short message takes as many messages as its letters need (M2)") {
  CHECK(messages_as_sms("") == 0);
  CHECK(messages_as_sms(times(160, "a")) == 1);
  CHECK(messages_as_sms(times(161, "a")) == 2);
  CHECK(messages_as_sms(times(306, "a")) == 2);
  CHECK(messages_as_sms(times(307, "a")) == 3);
  CHECK(messages_as_sms(times(70, "\xD0\xB6")) == 1);  // ж
  CHECK(messages_as_sms(times(71, "\xD0\xB6")) == 2);
  CHECK(messages_as_sms(times(135, "\xD0\xB6")) == 3);
}

TEST_CASE("a short message is cut at a word, within 160 units with its three dots (M2)") {
  CHECK(cut_to_sms(times(160, "a")) == times(160, "a"));
  CHECK(cut_to_sms("one two three four", 12) == "one two...");
  CHECK(cut_to_sms("one two three four", 10) == "one two...");
  CHECK(cut_to_sms("one two three four", 9) == "one...");
  CHECK(cut_to_sms("incomprehensible", 8) == "incom...");
  CHECK(cut_to_sms("[[[[ [[[[", 11) == "[[[[...");  // two units each
  const std::string cut = cut_to_sms(times(100, "word "));
  CHECK(cut == times(30, "word ") + "word...");
  CHECK(length_as_sms(cut).units <= limits::sms_units_max);
}

TEST_CASE("what is cut is never cut within a letter (M2)") {
  const std::string thumbs = times(100, "\xF0\x9F\x91\x8D");
  const std::string cut = cut_to_sms(thumbs);
  CHECK(cut == times(78, "\xF0\x9F\x91\x8D") + "...");
  CHECK(length_as_sms(cut) == sms_length{159, false});
  CHECK(as(communication_channel::sms, {.number = "INC0000042", .known = thumbs}).messages == 3);
}

TEST_CASE("an update that fits is one short message (M2)") {
  const rendered_update sms = as(communication_channel::sms, {.number = "INC0000042", .known = "Mail is back"});
  CHECK(sms.body == "INC0000042: Mail is back.");
  CHECK(sms.messages == 1);
  CHECK(sms.subject.empty());
}
