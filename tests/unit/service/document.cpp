#include <tocsin/service/document.hpp>

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include <tocsin/base/error.hpp>

using namespace tocsin;

namespace {

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string failed_db = R"({"operation":"impact","failed":["db"]})";

// The answer to one line that is refused.
void check_refused(service_graph_session& session, const std::string& line, const std::string& reason,
                   const std::string& message) {
  CAPTURE(line);
  const std::string answer = session.answer(line);
  CHECK_MESSAGE(contains(answer, "\"reason\":\"" + reason + "\""), answer);
  CHECK_MESSAGE(contains(answer, message), answer);
}

}  // namespace

TEST_CASE("each example of docs/service_graph.md is answered as it says") {
  std::ifstream page(TOCSIN_SOURCE_DIR "/docs/service_graph.md");
  REQUIRE(page.good());
  service_graph_session session;
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
  CHECK(count >= 18);
}

TEST_CASE("lines in, lines out: one answer each, to what book and lines before define") {
  const std::string shop = R"({"define":"service","key":"shop","depends_on":["db"]})";
  const std::string db = R"({"define":"configuration_item","key":"db"})";
  const std::string answers = answer_impact_lines(shop + "\n" + db + "\n", failed_db + "\n\n" + failed_db);
  CHECK(answers.find('\n') != std::string::npos);
  CHECK(answers == answer_impact_lines(db, shop + "\n" + failed_db + "\n" + failed_db)
                       .substr(std::string(R"({"defined":"service","key":"shop"})").size() + 1));
  CHECK(contains(answers, R"({"failed":2,"degraded":0,"at_risk":0,"items":[{"key":"db")"));
  try {
    answer_impact_lines(db + "\n" + failed_db + "\n{}", "");
    FAIL("a book that is wrong must be refused");
  } catch (const error& e) {
    CHECK(e.detail() == "{\"line\":3}");
  }
}

TEST_CASE("an item may be named before it is defined, and one defined again takes the place of the first") {
  service_graph_session session;
  session.execute(R"({"define":"service","key":"shop","depends_on":["db"]})");
  check_refused(session, R"({"operation":"impact","failed":["shop"]})", "service_graph.refused",
                "/shop/depends_on/0: found \\\"db\\\", allowed the key of an item of the graph");
  session.execute(R"({"define":"configuration_item","key":"db"})");
  CHECK(contains(session.execute(failed_db), "\"failed\":2"));
  session.execute(R"({"define":"service","key":"shop"})");
  CHECK(contains(session.execute(failed_db), "\"failed\":1"));
}

TEST_CASE("what is wrong is refused by name and place, and changes nothing") {
  service_graph_session session;
  session.execute(R"({"define":"service","key":"shop","depends_on":["db"]})");
  session.execute(R"({"define":"configuration_item","key":"db"})");
  const std::string before = session.execute(failed_db);

  const auto refused = [&](const std::string& line, const std::string& message) {
    check_refused(session, line, "service_graph.refused", message);
  };
  refused(R"({"define":"service","key":"x","groups":[{"members":["db","shop"],"need":3}]})",
          "/groups/0/need: found 3, allowed 1 to 2");
  refused(R"({"define":"service","key":"x","depends_on":["db","db"]})",
          "/depends_on/1: found \\\"db\\\" again, allowed each item once");
  refused(R"({"define":"service","key":"x","groups":[{"members":["db","db"]}]})", "/groups/0/members/1");
  refused(R"({"define":"service","key":"x","runs_on":[""]})", "/runs_on/0");
  refused(R"({"define":"configuration_item","key":"shop"})", "allowed a key that is not that of a service");
  refused(R"({"define":"service","key":"db"})", "allowed a key that is not that of a configuration_item");
  refused(R"({"operation":"impact","items":[{"key":"a"},{"key":"b"},{"key":"a"}]})",
          "/items/2/key: found \\\"a\\\", allowed each key once");
  refused(R"({"operation":"impact","items":[{"key":"data"},{"key":"a","groups":[{"members":["data","dat"]}]}]})",
          "/items/1/groups/0/members/1: found \\\"dat\\\"");
  refused(R"({"operation":"impact","items":[{"key":"a","groups":[{"members":["a"],"need":2}]}]})",
          "/items/0/groups/0/need: found 2, allowed 1 to 1");

  const auto unknown = [&](const std::string& list) {
    check_refused(session, R"({"operation":"impact",")" + list + R"(":["db","dbx"]})", "service_graph.unknown_item",
                  "/" + list + "/1: found \\\"dbx\\\"");
  };
  for (const char* list : {"failed", "degraded", "excluded", "maintenance"}) unknown(list);

  const auto malformed = [&](const std::string& line) {
    CAPTURE(line);
    CHECK(contains(session.answer(line), "\"error\":{\"status\":\"invalid_argument\",\"reason\":\"document."));
  };
  malformed("{}");
  malformed("nothing");
  malformed(R"({"operation":"outage"})");
  malformed(R"({"define":"rack","key":"x"})");
  malformed(R"({"define":"service"})");
  malformed(R"({"define":"service","key":"x","depends_on":"db"})");
  malformed(R"({"define":"service","key":"x","depends":["db"]})");
  malformed(R"({"define":"service","key":"x","groups":[{"members":[]}]})");
  malformed(R"({"define":"service","key":"x","groups":[{}]})");
  malformed(R"({"define":"service","key":"x","groups":[{"members":["db"],"need":0}]})");
  malformed(R"({"define":"service","key":"x","groups":[{"members":["db"],"effect":"at_risk"}]})");
  malformed(R"({"define":"service","key":")" + std::string(101, 'x') + "\"}");
  malformed(R"({"operation":"impact","failed":null})");

  CHECK(session.execute(failed_db) == before);
}

TEST_CASE("a question may bring its own graph, and leaves what was defined alone") {
  service_graph_session session;
  session.execute(R"({"define":"service","key":"db"})");
  CHECK(contains(
      session.execute(R"({"operation":"impact","items":[{"key":"db"},{"key":"a","part_of":["db"]}],"failed":["db"]})"),
      "\"failed\":2"));
  CHECK(contains(session.execute(failed_db), "\"failed\":1"));
}
