// Hints on who is at a record (R-N06).
#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>

#include "office.hpp"

using namespace tocsin;
using office::json;

namespace {

json note(std::string_view who, std::string_view activity, std::string_view at, std::string_view until) {
  return {{"incident", "INC0000001"}, {"actor", who}, {"activity", activity}, {"at", at}, {"until", until}};
}

json people_at(const desk& d, std::string_view at, const json& more = json::object()) {
  json query = {{"query", "presence"}, {"incident", "INC0000001"}, {"at", at}};
  query.update(more);
  return json::parse(answer_document(d, query.dump()))["people"];
}

}  // namespace

TEST_CASE("whoever has a record open is seen there until they leave, or are not heard of any more (R-N06)") {
  desk d = office::furnished();
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  const std::string before = office::picture_of(d);
  const auto say = [&](const json& what) { note_presence_document(d, what.dump()); };
  say(note("ana", "viewing", "2026-11-23T08:01:00Z", "2026-11-23T08:06:00Z"));
  say(note("ben", "viewing", "2026-11-23T08:02:00Z", "2026-11-23T08:04:00Z"));
  say(note("ana", "editing", "2026-11-23T08:03:00Z", "2026-11-23T08:08:00Z"));
  CHECK(people_at(d, "2026-11-23T08:03:30Z") == json::parse(R"([
    {"person": "ana", "activity": "editing", "since": "2026-11-23T08:01:00Z", "until": "2026-11-23T08:08:00Z"},
    {"person": "ben", "activity": "viewing", "since": "2026-11-23T08:02:00Z", "until": "2026-11-23T08:04:00Z"}])"));
  CHECK(people_at(d, "2026-11-23T08:04:00Z").size() == 1);
  say({{"incident", "INC0000001"}, {"actor", "ana"}, {"activity", "left"}, {"at", "2026-11-23T08:05:00Z"}});
  CHECK(people_at(d, "2026-11-23T08:05:00Z").empty());
  CHECK(office::picture_of(d) == before);  // it is no part of the desk
}

TEST_CASE("a hint that names nobody, lasts too long, or is of a hidden record is refused, and says why (D9, R-N06)") {
  desk d = office::furnished();
  office::tell(d, office::log("2026-11-23T08:00:00Z", {{"caller", "carla"}}));
  const auto refusal = [&](const json& what) {
    return office::refusal_of([&] { note_presence_document(d, what.dump()); });
  };
  CHECK(refusal(note("ana", "viewing", "2026-11-23T08:01:00Z", "2026-11-23T09:02:00Z")) == "presence.until");
  CHECK(refusal(note("ana", "viewing", "2026-11-23T08:01:00Z", "2026-11-23T08:01:00Z")) == "presence.until");
  CHECK(refusal(note("ana", "sleeping", "2026-11-23T08:01:00Z", "2026-11-23T08:02:00Z")) == "document.unknown_choice");
  CHECK(refusal(note("nobody", "viewing", "2026-11-23T08:01:00Z", "2026-11-23T08:02:00Z")) ==
        "document.unknown_reference");
  json elsewhere = note("ana", "viewing", "2026-11-23T08:01:00Z", "2026-11-23T08:02:00Z");
  elsewhere["incident"] = "INC0000009";
  CHECK(refusal(elsewhere) == "document.unknown_record");
  const json grant = {{"people", {"ana"}}, {"queries", {"*"}}, {"commands", {"*"}}};
  office::tell(d, office::command("publish", "2026-11-23T08:02:00Z", "host",
                                  {{"permission_policies", {{{"key", "desk"}, {"grants", {grant}}}}}}));
  CHECK(refusal(note("carla", "viewing", "2026-11-23T08:03:00Z", "2026-11-23T08:04:00Z")) == "permission.denied");
  CHECK(refusal(note("ana", "viewing", "2026-11-23T08:03:00Z", "2026-11-23T08:04:00Z")).empty());
  CHECK(office::refusal_of([&] { people_at(d, "2026-11-23T08:03:00Z", {{"actor", "carla"}}); }) == "permission.denied");
}
