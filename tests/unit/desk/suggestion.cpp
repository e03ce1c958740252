// What is suggested in random lives: an index that is kept up says what reading every record says (P3, R-P08).
#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/model/known_error.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include <map>

#include "conformance/temporary_file.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

desk_options with_index() {
  desk_options options;
  options.text_index = true;
  return options;
}

// What people write in the heat of it: few words, so that many incidents are like many.
std::string heated_text(office::dice& dice) {
  std::string text;
  for (std::int64_t n = 1 + dice.below(6); n != 0; --n) {
    text += (text.empty() ? "" : " ") + dice.any({"mail", "down", "again", "ORA-12541", "listener", "Mail", "login",
                                                  "E77", "503", "HTTP", "slow", "Straße", "STRASSE", "邮件服务"});
  }
  return text;
}

// About known errors, and texts of which some are alike; some of it is refused.
json known_error_step(office::dice& dice, const desk& d) {
  const std::string at = office::text_of(d.state().counters.clock);
  const auto record = [&] { return 1 + dice.below(static_cast<std::int64_t>(d.state().counters.last_id) + 1); };
  const json written = {{"title", heated_text(dice)},
                        {"symptoms", heated_text(dice)},
                        {"error_codes", {dice.any({"ORA-12541", "HTTP 503", "E77"})}},
                        {"affected_services", {"mail"}},
                        {"category", dice.any({"hardware", "disk"})}};
  json step;
  switch (dice.below(8)) {
    case 0:
      step = office::command("publish_known_error", at, "ana", written);
      break;
    case 1:
    case 2:
      step = office::command("revise_known_error", at, "ana", written);
      step["known_error"] = record();
      break;
    case 3:
      step = office::command("retire_known_error", at, "ana", {{"known_error", record()}, {"reason", "Gone"}});
      break;
    case 4:
    case 5:
    case 6:
      step = office::command("link_known_error", at, "ben", {{"incident", record()}, {"known_error", record()}});
      if (dice.chance(70)) step["outcome"] = dice.any({"helped", "not_helped"});
      break;
    default:
      step = office::log(at, {{"title", heated_text(dice)}, {"description", heated_text(dice)}});
      if (dice.chance(50)) step["service"] = "mail";
      if (dice.chance(30)) step["affected_items"] = {{{"item", dice.any({"mail", "disk", "rack"})}}};
      if (dice.chance(50)) step["category"] = dice.any({"hardware", "disk"});
  }
  return step;
}

void try_to(desk& d, const json& step) {
  try {
    office::tell(d, step);
  } catch (const error&) {
  }
}

std::string suggested(const desk& d, const json& more) {
  json question = {{"query", "suggest"}, {"actor", "ana"}};
  question.update(more);
  return answer_document(d, question.dump());
}

// A fork keeps no index: it reads every record.
void check_like_its_fork(const desk& d, office::dice& dice) {
  REQUIRE(d.texts() != nullptr);
  const desk plain = d.fork();
  REQUIRE(plain.texts() == nullptr);
  const json questions[] = {{{"title", heated_text(dice)}, {"limit", 1 + dice.below(20)}},
                            {{"description", heated_text(dice)}, {"service", "mail"}, {"category", "disk"}},
                            {{"description", heated_text(dice)}, {"items", {dice.any({"mail", "disk", "rack"})}}}};
  for (const json& question : questions) CHECK(suggested(d, question) == suggested(plain, question));
}

// A known error counts what the records say. Answers how many uses there were.
std::size_t check_counts(const desk& d) {
  struct tally {
    std::uint32_t uses, helped, not_helped;
  };
  std::map<std::uint64_t, tally> said;
  each_record(d, {}, [&](const incident_ptr& record) {
    for (const applied_known_error& one : known_errors_of(*record)) {
      tally& t = said[one.known_error.id];
      ++t.uses;
      if (one.outcome == known_error_outcome::helped) ++t.helped;
      if (one.outcome == known_error_outcome::not_helped) ++t.not_helped;
    }
    return true;
  });
  std::size_t uses = 0;
  each_record(d, {}, [&](const incident_ptr& record) {
    if (!record->part<incident_known_error>()) return true;
    const tally& t = said[record->id];
    uses += t.uses;
    CHECK(record->part<incident_known_error>()->use_count == t.uses);
    CHECK(record->part<incident_known_error>()->helped_count == t.helped);
    CHECK(record->part<incident_known_error>()->not_helped_count == t.not_helped);
    return true;
  });
  return uses;
}

std::size_t live(std::uint64_t seed, int steps) {
  CAPTURE(seed);
  const conformance::temporary_file file;
  const auto open = [&](desk_options options) {
    sqlite_options where;
    where.path = file.path();
    return office::open(open_sqlite_store(where), std::move(options));
  };
  desk d = open(with_index());
  office::tell(d, office::furniture());
  office::tell(
      d, office::command("publish", "2026-11-23T07:00:01Z", "host",
                         {{"configuration_items", {{{"key", "rack"}}, {{"key", "disk"}, {"part_of", {"rack"}}}}}}));
  office::dice dice(seed);
  office::play(d, office::random_script(seed, 25, true), steps, [&](int i) {
    if (i % 3 == 0) try_to(d, known_error_step(dice, d));
    if (i % 15 == 0) check_like_its_fork(d, dice);
  });
  const std::size_t uses = check_counts(d);
  const std::string before = suggested(d, {{"title", "mail down again ORA-12541"}, {"limit", 50}});
  {
    const desk closed = std::move(d);
  }
  CHECK(suggested(open(with_index()), {{"title", "mail down again ORA-12541"}, {"limit", 50}}) == before);
  CHECK(suggested(open({}), {{"title", "mail down again ORA-12541"}, {"limit", 50}}) == before);
  return uses;
}

}  // namespace

TEST_CASE(
    "an index that is kept up says what reading every record says, after any life and after opening (P3, R-P08)") {
  std::size_t uses = 0;
  for (const std::uint64_t seed : {1u, 2u, 3u, 4u}) uses += live(seed, 360);
  CHECK(uses > 5);
}

TEST_CASE("what is purged is not suggested (P3)") {
  desk d = office::furnished(make_memory_store(), with_index());
  office::tell(d, office::log("2026-11-23T08:00:00Z", {{"title", "Listener"}}));
  office::tell(d, office::command("cancel_incident", "2026-11-23T08:01:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"reason", "A mistake"}}));
  CHECK(d.texts()->size() == 1);
  office::tell(d, office::command("purge_records", "2026-11-24T08:00:00Z", "host",
                                  {{"ended_before", "2026-11-24T00:00:00Z"}, {"reason", "Old"}}));
  CHECK(d.texts()->size() == 0);
}

TEST_CASE("an incident that is purged leaves the known error's count, and its journal readable (P2)") {
  desk d = office::furnished();
  office::tell(d, office::command("publish_known_error", "2026-11-23T08:00:00Z", "ana",
                                  {{"title", "Listener"}, {"symptoms", "ORA-12541"}}));
  office::tell(d, office::log("2026-11-23T08:01:00Z"));
  office::tell(d, office::command("link_known_error", "2026-11-23T08:02:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"known_error", "KE0000001"}, {"outcome", "helped"}}));
  office::tell(d, office::command("cancel_incident", "2026-11-23T08:03:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"reason", "A mistake"}}));
  office::tell(d, office::command("purge_records", "2026-11-24T08:00:00Z", "host",
                                  {{"ended_before", "2026-11-24T00:00:00Z"}, {"reason", "Old"}}));
  const json known = json::parse(answer_document(d, R"({"query":"get","incident":"KE0000001"})"));
  CHECK(known["helped_count"] == 1);
  CHECK_NOTHROW(answer_document(d, R"({"query":"timeline","incident":"KE0000001"})"));
  d.verify();
}

TEST_CASE("a known error that is purged leaves what was said of it on the record (P2)") {
  desk d = office::furnished();
  office::tell(d, office::command("publish_known_error", "2026-11-23T08:00:00Z", "ana",
                                  {{"title", "Listener"}, {"symptoms", "ORA-12541"}}));
  office::tell(d, office::log("2026-11-23T08:01:00Z"));
  office::tell(d, office::command("link_known_error", "2026-11-23T08:02:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"known_error", "KE0000001"}}));
  office::tell(d, office::command("retire_known_error", "2026-11-23T08:03:00Z", "ana",
                                  {{"known_error", "KE0000001"}, {"reason", "Gone"}}));
  office::tell(d, office::command("purge_records", "2026-11-24T08:00:00Z", "host",
                                  {{"ended_before", "2026-11-24T00:00:00Z"}, {"reason", "Old"}}));
  const json record = json::parse(answer_document(d, R"({"query":"get","incident":"INC0000001"})"));
  CHECK(record["known_errors"].size() == 1);
  CHECK_NOTHROW(suggested(d, {{"incident", "INC0000001"}}));
  d.verify();
}

TEST_SUITE("full") {
  TEST_CASE("an index that is kept up says what reading every record says, in many lives (P3, R-P08)") {
    for (std::uint64_t seed = 100; seed < 140; ++seed) live(seed, 900);
  }
}
