// The playbooks that the library brings along: they are published as they stand, and each can be followed to its end.
#include <doctest/doctest.h>

#include <string>

#include <tocsin/desk/built_in_pack.hpp>

#include "../desk/office.hpp"

using namespace tocsin;
using office::json;

namespace {

json standard_playbooks() {
  for (const optional_pack& pack : optional_packs()) {
    if (pack.name == "playbooks") return json::parse(pack.document);
  }
  FAIL("the library brings no playbooks along");
  return {};
}

json asked(const desk& d, const char* question, const std::string& record) {
  return json::parse(answer_document(d, json{{"query", question}, {"record", record}}.dump()));
}

// Does whatever is next, with the last outcome of each decision and all the evidence.
int follow(desk& d, const std::string& record) {
  for (int done = 0;; ++done) {
    const json stands = asked(d, "playbook", record);
    const json& next = stands["runs"][0]["next"];
    if (next.empty()) return done;
    const json& step = next[0];
    json fields{{"record", record}, {"run", 1}, {"step", step["step"]}};
    if (step.contains("outcomes")) fields["outcome"] = step["outcomes"].back();
    if (step.contains("evidence")) {
      for (const json& one : step["evidence"]) fields["evidence"].push_back({{"key", one["key"]}, {"text", "x"}});
    }
    office::tell(d, office::command("complete_step", "2026-11-23T08:01:00Z", "ana", fields));
  }
}

}  // namespace

TEST_CASE("the standard playbooks are published as they stand, and each is followed to its end (R-C23, R-C07)") {
  json published = standard_playbooks();
  const json books = published["playbooks"];
  REQUIRE(books.size() == 5);
  desk d = office::furnished();
  office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host", published));
  for (const json& book : books) {
    CAPTURE(book["key"].get<std::string>());
    office::tell(d, office::log("2026-11-23T08:00:00Z"));
    const std::string record = d.show_number(d.state().counters.last_number);
    office::tell(d, office::command("start_playbook", "2026-11-23T08:00:00Z", "ana",
                                    {{"record", record}, {"playbook", book["key"]}}));
    CHECK(follow(d, record) >= 4);
    const json stands = asked(d, "playbook", record);
    CHECK(stands["runs"][0]["state"] == "completed");
    CHECK(stands["runs"][0]["waiting"].empty());
    CHECK(asked(d, "conformance", record)["conforms"] == true);
    CHECK(asked(d, "left_to_do", record)["before_closing"]["steps"].empty());
  }
}
