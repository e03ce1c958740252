#include <doctest/doctest.h>

#include <tocsin/base/bytes.hpp>
#include <tocsin/base/error.hpp>
#include <tocsin/base/field_bytes.hpp>
#include <tocsin/base/hash.hpp>
#include <tocsin/base/lexicon.hpp>
#include <tocsin/base/utf8.hpp>
#include <tocsin/model/definition.hpp>

#include <string>

using namespace tocsin;

namespace {

std::string hex(byte_view bytes) {
  std::string text;
  for (const std::uint8_t b : bytes) {
    text += "0123456789abcdef"[b >> 4];
    text += "0123456789abcdef"[b & 15];
  }
  return text;
}

byte_view bytes_of(std::string_view text) { return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}; }

}  // namespace

TEST_CASE("numbers have the bytes that the journal's page describes") {
  byte_writer to;
  to.number(0);
  to.number(127);
  to.number(128);
  to.number(UINT64_MAX);
  to.signed_number(-1);
  to.signed_number(1);
  to.signed_number(INT64_MIN);
  CHECK(hex(to.view()) ==
        "00"
        "7f"
        "8001"
        "ffffffffffffffffff01"
        "01"
        "02"
        "ffffffffffffffffff01");
  byte_reader from(to.view());
  CHECK(from.number() == 0);
  CHECK(from.number() == 127);
  CHECK(from.number() == 128);
  CHECK(from.number() == UINT64_MAX);
  CHECK(from.signed_number() == -1);
  CHECK(from.signed_number() == 1);
  CHECK(from.signed_number() == INT64_MIN);
  CHECK(from.at_end());
}

TEST_CASE("bytes that end too early, or numbers that are too long, are corrupt") {
  const std::uint8_t open[] = {0x80};
  CHECK_THROWS_AS(byte_reader(open).number(), error);
  const std::uint8_t long_one[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02};
  CHECK_THROWS_AS(byte_reader(long_one).number(), error);
  const std::uint8_t text[] = {5, 'a'};
  CHECK_THROWS_AS(byte_reader(text).text(), error);
}

TEST_CASE("SHA-256 gives the answers of its standard (FIPS 180-4)") {
  sha256 hasher;
  CHECK(hex(hasher.of(bytes_of("abc"))) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hex(hasher.of({})) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hasher.of(bytes_of("ab"), bytes_of("c")) == hasher.of(bytes_of("abc")));
}

TEST_CASE("a personal value stands beside the entry, and a commitment in it (D10)") {
  sha256 hasher;
  const std::string seed = "0123456789abcdef";
  commitment_writer personal_values(hasher, bytes_of(seed));
  const person ana{
      .key = "ana", .name = "Ana Silva", .mail = "ana@example.org", .phone = {}, .zone = {}, .retired = false};
  byte_writer entry;
  personal_values.begin(7);
  encode_members(entry, person::fields(), &ana, {}, &personal_values);
  const std::string bytes(entry.view().begin(), entry.view().end());
  CHECK(bytes.find("ana") != std::string::npos);
  CHECK(bytes.find("Silva") == std::string::npos);

  SUBCASE("reading gives the value back") {
    person read;
    commitment_reader values(hasher, personal_values.aside());
    byte_reader from(entry.view());
    decode_members(from, person::fields(), &read, {}, &values);
    CHECK(read.name == "Ana Silva");
    CHECK(read.mail == "ana@example.org");
  }
  SUBCASE("an erased value is not there, the others are") {
    const auto rest = erased_aside(personal_values.aside(), [](std::size_t place) { return place == 0; });
    person read;
    commitment_reader values(hasher, rest);
    byte_reader from(entry.view());
    decode_members(from, person::fields(), &read, {}, &values);
    CHECK(read.key == "ana");
    CHECK(read.name.empty());
    CHECK(read.mail == "ana@example.org");
  }
  SUBCASE("a value that was changed does not fit its commitment") {
    std::vector<std::uint8_t> changed(personal_values.aside().begin(), personal_values.aside().end());
    changed.back() ^= 1;
    person read;
    commitment_reader values(hasher, changed);
    byte_reader from(entry.view());
    CHECK_THROWS_AS(decode_members(from, person::fields(), &read, {}, &values), error);
  }
  SUBCASE("the same value in another entry has another commitment") {
    byte_writer other;
    personal_values.begin(8);
    encode_members(other, person::fields(), &ana, {}, &personal_values);
    CHECK(hex(other.view()) != hex(entry.view()));
  }
}

TEST_CASE("valid UTF-8 is counted in code points, invalid is told (RFC 3629)") {
  CHECK(count_code_points("") == 0);
  CHECK(count_code_points("abcdefghij") == 10);
  CHECK(count_code_points("\xc3\xa4\xe2\x82\xac\xf0\x9f\x9a\xa8") == 3);
  for (const char* bad : {"\x80", "\xc0\x80", "\xc3", "\xe0\x80\x80", "\xed\xa0\x80", "\xf0\x80\x80\x80",
                          "\xf4\x90\x80\x80", "\xf8", "aaaaaaa\xff"}) {
    CAPTURE(bad);
    CHECK(count_code_points(bad) == invalid_utf8);
  }
  CHECK(is_one_line("caf\xc3\xa9"));
  CHECK_FALSE(is_one_line("a\nb"));
  CHECK_FALSE(is_one_line("a\x7f"));
  CHECK_FALSE(is_one_line("a\xc2\x85"));
  CHECK_FALSE(is_one_line("a\xe2\x80\xa8"));
}

TEST_CASE("words are numbered in the order of their arrival, and a refused command leaves none behind") {
  lexicon words;
  CHECK(words.find(word_kind::person, "system") == system_person.index);
  CHECK(words.find(word_kind::person, "host") == host_person.index);
  CHECK(words.add(word_kind::team, "net") == 1);
  CHECK(words.add(word_kind::team, "net") == 1);
  const auto here = words.position();
  CHECK(words.add(word_kind::team, "web") == 2);
  words.rewind(here);
  CHECK(words.find(word_kind::team, "web") == 0);
  CHECK(words.word(word_kind::team, 2).empty());
  CHECK(words.add(word_kind::team, "mail") == 2);
  const lexicon copy(words);
  CHECK(copy.word(word_kind::team, 2) == "mail");
}
