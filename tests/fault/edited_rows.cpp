// A desk's file that somebody changed with another program: `verify` says what does not fit the journal.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include <sqlite3.h>

#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "script.hpp"

namespace {

using office::json;

tocsin::desk open_at(const std::string& path, bool read_only = false) {
  return office::open(
      tocsin::open_sqlite_store({.path = path, .read_only = read_only, .durability = tocsin::durability::normal}));
}

void edit(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  char* problem = nullptr;
  const int answer = sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &problem);
  INFO(std::string(problem ? problem : ""));
  sqlite3_free(problem);
  const int changed = sqlite3_total_changes(db);
  sqlite3_close(db);
  REQUIRE(answer == SQLITE_OK);
  const bool changes_something = changed > 0 || sql.starts_with("CREATE") || sql.starts_with("DROP");
  REQUIRE(changes_something);
}

void make(const std::string& path) {
  tocsin::desk d = open_at(path);
  for (const json& step : fault::script()) fault::take(d, step);
  json keyed = office::log("2026-12-23T09:00:00Z");
  keyed["idempotency_key"] = "kept";
  office::tell(d, keyed);
  const auto effects = d.take_effects("mailer", 1);
  REQUIRE(!effects.empty());
  d.acknowledge_effects("mailer", effects[0].id);
  d.verify();
}

std::string finding_of(const std::string& path) {
  try {
    open_at(path, true).verify();
    return "sound";
  } catch (const tocsin::error& e) {
    if (e.code() != tocsin::status::corrupt) return std::string("not corrupt: ") + e.what();
    return e.reason() + ": " + e.what();
  }
}

}  // namespace

TEST_CASE("a file without an entry is sound (D7)") {
  const conformance::temporary_file file;
  open_at(file.path(), false);
  CHECK(finding_of(file.path()) == "sound");
}

TEST_CASE("verify finds every row that was changed, added or taken away by another program") {
  struct change {
    const char* sql;
    const char* named;
  };
  const change changes[] = {
      {"UPDATE definition SET document = replace(document, 'Ana', 'Eva') WHERE key = 'ana'", "ana"},
      {"UPDATE definition SET key = 'anna' WHERE kind = 'person' AND key = 'ana'", "anna"},
      {"DELETE FROM definition WHERE kind = 'team'", "team"},
      {"INSERT INTO definition VALUES ('team', 99, 1, 'mine', '{}')", "mine"},
      {"INSERT INTO definition VALUES ('teem', 99, 1, 'mine', '{}')", "teem"},
      {"DELETE FROM idempotency_key", "kept"},
      {"UPDATE idempotency_key SET key = 'other'", "other"},
      {"UPDATE idempotency_key SET sequence = sequence - 1", "kept"},
      {"INSERT INTO idempotency_key (sequence, actor, key) SELECT max(sequence) - 1, 2, 'mine' FROM entry", "mine"},
      {"UPDATE consumer SET cursor = cursor + 1024", "mailer"},
      {"UPDATE number_series SET width = 9", "series"},
      {"DELETE FROM number_series", "series"},
      {"DELETE FROM purged_record WHERE id = (SELECT min(id) FROM purged_record)", ""},
      {"UPDATE purged_record SET number = number + 100", "purged"},
      {"UPDATE assignment_turn SET turn = turn + 1", "turn"},
      {"DELETE FROM assignment_turn", "turn"},
      {"UPDATE entry SET aside = x'' WHERE length(aside) > 0", "entry"},
      {"UPDATE entry SET actor = 2 WHERE sequence = 3", "entry 3"},
      {"UPDATE incident SET team = 1 WHERE id = (SELECT max(id) FROM incident)", "incident number"},
      {"DELETE FROM incident_part", ""},
      {"CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM consumer; END", "trigger t"},
      {"DROP INDEX incident_opened", "incident_opened"},
      {"CREATE TABLE mine (a)", "table mine"}};
  const conformance::temporary_file sound;
  make(sound.path());
  CHECK(finding_of(sound.path()) == "sound");
  for (const change& c : changes) {
    CAPTURE(std::string(c.sql));
    const conformance::temporary_file place;
    std::filesystem::copy_file(sound.path(), place.path());
    edit(place.path(), c.sql);
    const std::string finding = finding_of(place.path());
    CAPTURE(finding);
    CHECK(finding != "sound");
    CHECK_FALSE(finding.starts_with("not corrupt"));
    CHECK(finding.find(c.named) != std::string::npos);
  }
}

TEST_CASE("erasing a person leaves nothing of the person in the file, of earlier versions neither (D10)") {
  const conformance::temporary_file place;
  {
    tocsin::desk d = open_at(place.path());
    office::tell(d, office::furniture());
    const json again = {{"people", {{{"key", "carla"}, {"name", "Carla Changed"}, {"mail", "changed@example.org"}}}}};
    office::tell(d, office::command("publish", "2026-11-23T08:00:00Z", "host", again));
    office::tell(d, office::command("erase_personal", "2026-11-23T08:01:00Z", "host",
                                    {{"person", "carla"}, {"reason", "On request"}}));
    d.verify();
  }
  std::ifstream in(place.path(), std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  for (const char* gone : {"Carla Caller", "555 01 02", "Carla Changed", "changed@example.org"}) {
    CAPTURE(gone);
    CHECK(bytes.find(gone) == std::string::npos);
  }
}
