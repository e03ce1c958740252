// Texts without the names of people (M3).
#include <doctest/doctest.h>

#include <tocsin/review/blameless.hpp>

#include <random>

using namespace tocsin;

namespace {

blameless_names office() {
  blameless_names names;
  names.add(3, "ana");
  names.add(3, "Ana Agent");
  names.add(3, "ana@example.org");
  names.add(4, "ben");
  names.add(4, "Zoë Ångström");
  names.add(5, "Жанна Иванова");
  names.add(6, "山田");
  names.call(3, "incident_commander");
  names.call(4, "assignee");
  return names;
}

}  // namespace

TEST_CASE("a name or key that stands as a whole word is replaced by the role, in any case (M3)") {
  blameless_names names = office();
  CHECK(names.replaced("Ana told ben; ANA's plan, (ben)") ==
        "incident_commander told assignee; incident_commander's plan, (assignee)");
  CHECK(names.replaced("Banana and anatomy, bench, ana_2, 4ben") == "Banana and anatomy, bench, ana_2, 4ben");
  CHECK(names.replaced("") == "");
}

TEST_CASE("the longest name wins, and mail addresses are names (M3)") {
  blameless_names names = office();
  CHECK(names.replaced("Ana Agent <ana@example.org>") == "incident_commander <incident_commander>");
  CHECK(names.replaced("Ana Agents") == "incident_commander Agents");
}

TEST_CASE("names are found in other scripts, with or without spaces between words (M3)") {
  blameless_names names = office();
  CHECK(names.replaced("ZOË ÅNGSTRÖM – zoë ångström") == "assignee – assignee");
  CHECK(names.replaced("«жанна иванова» звонила") == "«person 1» звонила");
  CHECK(names.replaced("担当は山田さん") == "担当はperson 2さん");
  CHECK(names.replaced("Zoë Ångströmsson") == "Zoë Ångströmsson");
}

TEST_CASE("two in the same role are told apart, and who has none is numbered in order of appearance (M3)") {
  blameless_names names;
  for (std::uint32_t person = 1; person <= 2; ++person) names.call(person, "scribe");
  names.call(1, "caller");
  CHECK(names.label_of(1) == "scribe");
  CHECK(names.label_of(2) == "scribe 2");
  CHECK(names.label_of(9) == "person 1");
  CHECK(names.label_of(8) == "person 2");
  CHECK(names.label_of(9) == "person 1");
}

TEST_CASE("what is not UTF-8 becomes a replacement character and hides no name (M3)") {
  blameless_names names = office();
  CHECK(names.replaced("\xff"
                       "ana\xc3") == "\xEF\xBF\xBDincident_commander\xEF\xBF\xBD");
}

TEST_CASE("whatever stands around names, none is left (M3)") {
  const std::string pieces[] = {"ana", "BEN", " ", ", ", "Ana Agent", "\n",
                                "x ",  "-",   "(", ") ", "é ",        "ana@example.org"};
  const std::string apart[] = {" ", ".", "\n", "/"};
  std::mt19937 random(1);
  blameless_names plain = office();
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 12; ++i) text += pieces[random() % std::size(pieces)] + apart[random() % std::size(apart)];
    const std::string without = plain.replaced(text);
    CAPTURE(text);
    for (const char* name : {"ana", "Ana", "ben", "BEN", "example.org"}) {
      CHECK(without.find(name) == std::string::npos);
    }
  }
}
