#include <doctest/doctest.h>

#include <tocsin/knowledge/words.hpp>

using namespace tocsin;
using words = std::vector<std::string>;

TEST_CASE("Words are runs of letters and digits, folded (P3)") {
  CHECK(words_of("Mail is DOWN, again!") == words{"mail", "is", "down", "again"});
  CHECK(words_of("ORA-12541: no listener") == words{"ora", "12541", "no", "listener"});
  CHECK(words_of("") == words{});
  CHECK(words_of(" .,;- ") == words{});
  CHECK(words_of("one\ntwo\tthree") == words{"one", "two", "three"});
}

TEST_CASE("Case, width and the way accents are written do not matter (P3)") {
  CHECK(words_of("STRASSE") == words_of("Straße"));
  CHECK(words_of("Zürich") == words_of("Zu\u0308rich"));
  CHECK(words_of("ＭＡＩＬ") == words{"mail"});
  CHECK(words_of("ﬁle") == words{"file"});
  CHECK(words_of("ΣΊΣΥΦΟΣ") == words_of("Σίσυφος"));
  CHECK(words_of("co\u00ADoperate") == words{"cooperate"});
  CHECK(words_of("Zürich") != words_of("Zurich"));
}

TEST_CASE("Scripts without spaces give pairs of neighbours (P3)") {
  CHECK(words_of("邮件服务器") == words{"邮件", "件服", "服务", "务器"});
  CHECK(words_of("邮") == words{"邮"});
  CHECK(words_of("邮件 mail 坏") == words{"邮件", "mail", "坏"});
  CHECK(words_of("mail邮件down") == words{"mail", "邮件", "down"});
  CHECK(words_of("한국어 메일") == words{"한국어", "메일"});
}

TEST_CASE("A word that is too long is cut, and not within a character (P3)") {
  const std::string longest(limits::word_bytes_max, 'a');
  CHECK(words_of(longest + "bc") == words{longest});
  const words cut = words_of(longest.substr(1) + "éé");
  REQUIRE(cut.size() == 1);
  CHECK(cut[0] == longest.substr(1));
}

TEST_CASE("Codes are what machines show: with a letter and a digit, without the punctuation around them (P3)") {
  CHECK(error_codes_of("ORA-12541: TNS (0x80070005), error 1603 on srv-mail01. ora-12541!") ==
        words{"ora-12541", "0x80070005", "srv-mail01"});
  CHECK(error_codes_of("on 2026-11-22 at 10:30 nothing") == words{});
  CHECK(likely_codes_of("HTTP 503 from a proxy") == words{"503", "http 503"});
  CHECK(folded_code("  HTTP   503 ") == "http 503");
  CHECK(folded_code("(ORA-12541)") == "ora-12541");
  CHECK(folded_code("!?") == "");
}
