#include <tocsin/oncall/document.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

#include "given.hpp"

using namespace tocsin;
using namespace given;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string daily_turns =
    R"({"define":"rotation","key":"r","type":"daily","zone":"UTC","start":"2026-06-01T09:00",)"
    R"("participants":[{"people":["ann"]},{"people":["bob"]},{"people":["cid"]}]})";

const std::string one_layer = R"({"define":"schedule","key":"s","zone":"UTC","layers":[{"rotation":"r"}]})";

std::string who(oncall_session& session, const std::string& instant_text) {
  return session.answer(R"({"operation":"who","schedule":"s","at":")" + instant_text + "\"}");
}

std::string reason_in(const std::string& answer) {
  const std::string mark = "\"reason\":\"";
  const std::size_t begin = answer.find(mark);
  if (begin == std::string::npos) return "";
  return answer.substr(begin + mark.size(), answer.find('"', begin + mark.size()) - begin - mark.size());
}

}  // namespace

TEST_CASE("each example of docs/oncall.md is answered as it says") {
  std::ifstream page(TOCSIN_SOURCE_DIR "/docs/oncall.md");
  REQUIRE(page.good());
  oncall_session session;
  bool in_example = false;
  std::string answer;
  std::size_t count = 0;
  for (std::string line; std::getline(page, line);) {
    if (line.rfind("```", 0) == 0) {
      in_example = line == "```jsonl";
    } else if (in_example && line.rfind("=> ", 0) == 0) {
      CHECK(answer == line.substr(3));
      ++count;
    } else if (in_example) {
      answer = session.answer(line);
    }
  }
  CHECK(count >= 30);
}

TEST_CASE("lines in, lines out: one answer each, to what the lines before define") {
  const std::string question = R"({"operation":"who","rotation":"r","at":"2026-06-02T12:00:00Z"})";
  CHECK(answer_oncall_lines("", question + "\n\n" + daily_turns + "\n" + question + "\n") ==
        answer_oncall_lines("", question) + "{\"defined\":\"rotation\",\"key\":\"r\"}\n{\"people\":[\"bob\"]}\n");
  CHECK(answer_oncall_lines(daily_turns, question) == "{\"people\":[\"bob\"]}\n");
  CHECK(reason_of([&] { answer_oncall_lines(daily_turns + "\n{\"define\":\"nothing\"}", question); }) ==
        "document.unknown_type");
}

TEST_CASE("what is wrong with a line is its answer, and changes nothing") {
  oncall_session session;
  CHECK(reason_in(session.answer("{")) == "document.malformed");
  CHECK(reason_in(session.answer("[]")) == "document.wrong_type");
  CHECK(reason_in(session.answer("{}")) == "document.missing_field");
  CHECK(reason_in(session.answer(R"({"operation":"who","rotation":"r","at":"2026-06-02T12:00:00Z"})")) ==
        "roster.unknown_rotation");
  CHECK(reason_in(session.answer(one_layer)).empty());
  CHECK(reason_in(who(session, "2026-06-01T12:00:00Z")) == "roster.unknown_rotation");
  session.answer(daily_turns);
  const std::string before = who(session, "2026-06-01T12:00:00Z");
  CHECK(before == R"({"people":["ann"]})");
  for (
      const char* line :
      {R"({"define":"rotation","key":"r","type":"daily","zone":"Mars","start":"2026-06-01T09:00","participants":[]})",
       R"({"define":"rotation","key":"r","type":"daily","zone":"UTC","start":"2026-06-01T09:00Z","participants":[]})",
       R"({"define":"rotation","key":"r","type":"daily","zone":"UTC","start":"2026-06-01T09:00","length":0})",
       R"({"define":"rotation","key":"r","type":"daily","zone":"UTC"})",
       R"({"define":"rotation","key":"r","type":"daily","zone":"UTC","start":"2026-06-01T09:00","colour":"red"})",
       R"({"define":"override","schedule":"s","kind":"add","from":"2026-06-01T00:00:00Z","until":"2026-06-02T00:00:00Z"})",
       R"({"define":"override","schedule":"s","kind":"add","people":["x"],"from":"2026-06-02T00:00:00Z","until":"2026-06-01T00:00:00Z"})",
       R"({"define":"absence","in_force_from":"2026-06-01T00:00:00Z","person":"ann","from":"2026-06-01T00:00:00Z","until":"2026-06-02T00:00:00Z"})",
       R"({"define":"icalendar","schedule":"s","text":"BEGIN:VEVENT","from":"2026-06-01T00:00:00Z","until":"2026-06-02T00:00:00Z"})"}) {
    INFO(line);
    CHECK(contains(session.answer(line), "{\"error\":"));
    CHECK(who(session, "2026-06-01T12:00:00Z") == before);
  }
}

TEST_CASE("a refusal says in its detail where it is wrong, of what a linter finds, too") {
  oncall_session session;
  CHECK(contains(
      session.answer(
          R"({"define":"rotation","key":"r","type":"daily","zone":"UTC","start":"2026-06-01T09:00","length":0})"),
      R"("detail":{"path":"/length","found":0,"allowed":"1 to 10000"})"));
  CHECK(contains(
      session.answer(R"({"define":"rotation","key":"r","type":"daily","zone":"Mars","start":"2026-06-01T09:00"})"),
      R"("detail":{"path":"/zone","findings":["/zone: the zone \"Mars\" is unknown"]})"));
  CHECK(contains(session.answer("nonsense"), R"("detail":{"byte":)"));
}

TEST_CASE("a definition whose name comes late in its line is one all the same") {
  oncall_session session;
  CHECK(session.answer(R"({"key":"r","type":"daily","zone":"UTC","start":"2026-06-01T09:00","define":"rotation"})") ==
        R"({"defined":"rotation","key":"r","warnings":["/participants: there are none, so nobody is on call"]})");
}

TEST_CASE("definitions have versions, and one from the same instant takes the place of the other (O1, O3)") {
  oncall_session session;
  session.answer(daily_turns);
  session.answer(one_layer);
  session.answer(
      R"({"define":"schedule","in_force_from":"2026-06-02T00:00:00Z","key":"s","zone":"UTC","layers":[{"people":["dee"]}]})");
  CHECK(who(session, "2026-06-01T12:00:00Z") == R"({"people":["ann"]})");
  CHECK(who(session, "2026-06-02T12:00:00Z") == R"({"people":["dee"]})");
  session.answer(
      R"({"define":"schedule","in_force_from":"2026-06-02T00:00:00Z","key":"s","zone":"UTC","layers":[{"people":["eve"]}]})");
  CHECK(who(session, "2026-06-02T12:00:00Z") == R"({"people":["eve"]})");
}

TEST_CASE("an override keeps its place when it is written anew; a swap takes its place when it is accepted (O2)") {
  oncall_session session;
  session.answer(daily_turns);
  session.answer(one_layer);
  const auto replace = [](const std::string& key, const std::string& replaced, const std::string& by) {
    return R"({"define":"override","key":")" + key + R"(","schedule":"s","kind":"replace","replaced":")" + replaced +
           R"(","people":[")" + by + R"("],"from":"2026-06-01T00:00:00Z","until":"2026-07-01T00:00:00Z"})";
  };
  const auto swap = [](const std::string& state) {
    return R"({"define":"swap","key":"x","schedule":"s","giver":"dee","taker":"fay","state":")" + state +
           R"(","from":"2026-06-01T00:00:00Z","until":"2026-07-01T00:00:00Z"})";
  };
  session.answer(swap("proposed"));
  session.answer(replace("a", "ann", "dee"));
  session.answer(replace("b", "dee", "eve"));
  CHECK(who(session, "2026-06-01T12:00:00Z") == R"({"people":["eve"]})");
  session.answer(swap("accepted"));  // comes last: dee is on call no more
  CHECK(who(session, "2026-06-01T12:00:00Z") == R"({"people":["eve"]})");
  session.answer(replace("b", "bob", "gus"));
  CHECK(who(session, "2026-06-01T12:00:00Z") == R"({"people":["fay"]})");
  session.answer(swap("lapsed"));
  CHECK(who(session, "2026-06-01T12:00:00Z") == R"({"people":["dee"]})");
}

TEST_CASE("what is proposed is compared and forgotten (O1)") {
  oncall_session session;
  session.answer(daily_turns);
  session.answer(one_layer);
  const std::string question =
      R"({"operation":"changes","schedule":"s","from":"2026-06-01T09:00:00Z","until":"2026-06-03T09:00:00Z","proposed":[)"
      R"({"define":"absence","person":"bob","from":"2026-06-02T12:00:00Z","until":"2026-06-02T13:00:00Z"}]})";
  const std::string expected =
      R"({"changes":[{"from":"2026-06-02T12:00:00Z","until":"2026-06-02T13:00:00Z","before":["bob"],"after":[]}]})";
  CHECK(session.answer(question) == expected);
  CHECK(session.answer(question) == expected);
  CHECK(who(session, "2026-06-02T12:30:00Z") == R"({"people":["bob"]})");
  CHECK(reason_in(session.answer(R"({"operation":"changes","schedule":"s","from":"2026-06-01T09:00:00Z",)"
                                 R"("until":"2026-06-03T09:00:00Z","proposed":[{"define":"nothing"}]})")) ==
        "document.unknown_type");
}

TEST_CASE("a rotation that starts when time began is a rotation (O1)") {
  oncall_session session;
  session.answer(
      R"({"define":"rotation","key":"r","type":"weekly","zone":"UTC","start":"1970-01-01T00:00","participants":[{"people":["ann"]},{"people":["bob"]}]})");
  CHECK(session.answer(R"({"operation":"who","rotation":"r","at":"1970-01-08T00:00:00Z"})") == R"({"people":["bob"]})");
}
