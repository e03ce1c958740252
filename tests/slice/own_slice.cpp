// A slice from outside the library goes through all that its own go through: journal, replay, fork, timers, outbox,
// permissions, conditions, questions, schemas, SQL, the C interface (examples/own_slice).
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include <sqlite3.h>
#include <sys/wait.h>
#include <tocsin.h>
#include <nlohmann/json.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/store/memory_store.hpp>
#include <tocsin/store/sqlite_store.hpp>
#include <tocsin/time/rfc3339.hpp>

#include "examples/own_slice/loan.hpp"

namespace {

using nlohmann::json;

tocsin::instant at(const char* text) { return *tocsin::parse_rfc3339(text); }

json execute(tocsin::desk& d, json command) {
  command["actor"] = command.value("actor", "host");
  return json::parse(tocsin::execute_document(d, command.dump(), {}));
}

json ask(const tocsin::desk& d, json query) {
  query["actor"] = query.value("actor", "host");
  return json::parse(tocsin::answer_document(d, query.dump()));
}

std::string refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const tocsin::error& e) {
    return std::string(e.reason()) + ": " + e.what();
  }
  return "nothing";
}

// Linus has a laptop until December 2nd.
void lend(tocsin::desk& d) {
  execute(d,
          {{"command", "publish"}, {"at", "2026-11-30T08:00:00Z"}, {"people", {{{"key", "ada"}}, {{"key", "linus"}}}}});
  execute(d, {{"command", "log_incident"},
              {"at", "2026-11-30T09:00:00Z"},
              {"title", "Laptop does not start"},
              {"caller", "linus"}});
  execute(d, {{"command", "lend_item"},
              {"at", "2026-11-30T09:05:00Z"},
              {"incident", "INC0000001"},
              {"item", "Laptop 17"},
              {"borrower", "linus"},
              {"due_at", "2026-12-02T17:00:00Z"}});
}

struct file {
  file() : path(std::filesystem::temp_directory_path() / ("tocsin_slice_" + std::to_string(::getpid()) + ".desk")) {
    remove();
  }
  ~file() { remove(); }
  void remove() const {
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path.string() + suffix);
  }
  std::filesystem::path path;
};

std::string ask_sql(const std::string& path, const std::string& sql) {
  sqlite3* on = nullptr;
  REQUIRE(sqlite3_open_v2(path.c_str(), &on, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  sqlite3_stmt* row = nullptr;
  REQUIRE_MESSAGE(sqlite3_prepare_v2(on, sql.c_str(), -1, &row, nullptr) == SQLITE_OK, sqlite3_errmsg(on));
  std::string found;
  while (sqlite3_step(row) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(row); ++i) {
      const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(row, i));
      found += std::string(text ? text : "null") + '|';
    }
  }
  sqlite3_finalize(row);
  sqlite3_close(on);
  return found;
}

}  // namespace

TEST_CASE(
    "a part from outside is in documents, conditions, questions and 'as of'; its timer fires, its effect goes out") {
  tocsin::desk d = tocsin::desk::open(tocsin::make_memory_store());
  lend(d);
  CHECK(ask(d, {{"query", "get"}, {"incident", 1}})["loan_item"] == "Laptop 17");
  CHECK(ask(d, {{"query", "loans"}})["loans"][0]["borrower"] == "linus");
  CHECK(ask(d, {{"query", "loans"}, {"borrower", "ada"}})["loans"].empty());
  CHECK(ask(d, {{"query", "timers"}})["timers"][0]["timer"] == "loan_due");
  CHECK(d.next_due() == at("2026-12-02T17:00:00Z"));

  const tocsin::desk before = d.fork();
  d.advance(at("2026-12-03T08:00:00Z"));
  const json overdue = {{"==", {{{"var", "return_overdue"}}, true}}};
  CHECK(ask(d, {{"query", "find"}, {"condition", overdue}})["records"].size() == 1);
  CHECK(ask(before, {{"query", "find"}, {"condition", overdue}})["records"].empty());
  const json timeline = ask(d, {{"query", "timeline"}, {"incident", 1}});
  CHECK(timeline.dump().find("loan_overdue") != std::string::npos);
  CHECK(timeline.dump().find("loan_reminder") != std::string::npos);
  const json then = ask(d, {{"query", "get"}, {"incident", 1}, {"as_of", "2026-11-30T09:04:00Z"}});
  CHECK(!then.contains("loan_item"));
  d.verify();
}

TEST_CASE(
    "a command from outside is refused with its reasons, offered, and its reactor ends what ends with the record") {
  tocsin::desk d = tocsin::desk::open(tocsin::make_memory_store());
  lend(d);
  const auto lend_again = [&] {
    execute(d, {{"command", "lend_item"},
                {"at", "2026-11-30T10:00:00Z"},
                {"incident", 1},
                {"item", "Mouse"},
                {"borrower", "ada"},
                {"due_at", "2026-11-30T09:00:00Z"}});
  };
  CHECK(refusal(lend_again) ==
        "loan.out: lend_item of INC0000001 is refused: something is lent already; it is to be back after now");
  CHECK(refusal([&] {
          execute(d, {{"command", "lend_item"}, {"at", "2026-11-30T10:00:00Z"}, {"incident", 1}});
        }).find("missing required field") != std::string::npos);
  const json offered = ask(d, {{"query", "allowed_actions"}, {"incident", 1}});
  CHECK(offered.dump().find("return_item") != std::string::npos);
  execute(d, {{"command", "cancel_incident"}, {"at", "2026-11-30T11:00:00Z"}, {"incident", 1}, {"reason", "no"}});
  CHECK(ask(d, {{"query", "loans"}})["loans"].empty());
  CHECK(tocsin::is_set(d.find({1})->part<vendor::loan>()->returned_at));
  CHECK(d.next_due() == tocsin::never);
  d.verify();
}

TEST_CASE("permissions speak of commands and questions from outside, and erasing takes out what is personal") {
  tocsin::desk d = tocsin::desk::open(tocsin::make_memory_store());
  lend(d);
  const json policy = {
      {"key", "staff"},
      {"grants", {{{"people", {"ada"}}, {"commands", {"return_item"}}, {"queries", {"loans", "get"}}}}}};
  execute(d, {{"command", "publish"}, {"at", "2026-11-30T09:10:00Z"}, {"permission_policies", {policy}}});
  const auto take_back = [&](const char* actor) {
    execute(d, {{"command", "return_item"},
                {"at", "2026-11-30T09:20:00Z"},
                {"actor", actor},
                {"incident", 1},
                {"note", "XYZZY scratched"}});
  };
  CHECK(refusal([&] { take_back("linus"); }).find("permission") != std::string::npos);
  CHECK(ask(d, {{"query", "loans"}, {"actor", "linus"}})["loans"].empty());
  CHECK(ask(d, {{"query", "loans"}, {"actor", "ada"}})["loans"].size() == 1);
  take_back("ada");
  CHECK(ask(d, {{"query", "timeline"}, {"incident", 1}}).dump().find("XYZZY") != std::string::npos);
  execute(d, {{"command", "erase_personal"}, {"at", "2026-11-30T10:00:00Z"}, {"record", 1}, {"reason", "asked"}});
  CHECK(ask(d, {{"query", "timeline"}, {"incident", 1}}).dump().find("XYZZY") == std::string::npos);
  d.verify();
}

TEST_CASE("a file keeps it: reopened, replayed to a standby, seen by SQL; a program without the slice is told so") {
  const file here;
  {
    tocsin::desk d = tocsin::desk::open(tocsin::open_sqlite_store({.path = here.path.string()}));
    lend(d);
  }
  tocsin::desk d = tocsin::desk::open(tocsin::open_sqlite_store({.path = here.path.string()}));
  d.verify();
  CHECK(d.find({1})->part<vendor::loan>()->loan_item == "Laptop 17");
  CHECK(d.next_due() == at("2026-12-02T17:00:00Z"));
  CHECK(ask_sql(here.path.string(), "SELECT number, loan_item, borrower, return_due_at FROM tocsin_loan") ==
        "INC0000001|Laptop 17|linus|2026-12-02T17:00:00Z|");
  CHECK(ask_sql(here.path.string(),
                "SELECT command FROM tocsin_entry WHERE sequence = (SELECT max(sequence) FROM "
                "tocsin_entry)") == "lend_item|");
  CHECK(ask_sql(here.path.string(), "SELECT name FROM host_slice") == "loan|");

  tocsin::desk standby = tocsin::desk::open(tocsin::make_memory_store());
  standby.apply_entries(d.read_entries(1, std::size_t{1} << 20));
  CHECK(standby.find({1})->part<vendor::loan>()->loan_item == "Laptop 17");

#ifdef TOCSIN_SHELL
  FILE* shell = ::popen((std::string(TOCSIN_SHELL) + " " + here.path.string() + " status 2>&1").c_str(), "r");
  REQUIRE(shell);
  std::string said;
  for (char part[256]; std::fgets(part, sizeof part, shell);) said += part;
  CHECK(WEXITSTATUS(::pclose(shell)) != 0);
  CHECK(said.find("it was written with the slice \"loan\", which this program does not bring") != std::string::npos);
#endif
}

TEST_CASE("the C interface knows it, too") {
  tocsin_open_options options;
  tocsin_open_options_init(&options, sizeof options);
  tocsin_desk* d = nullptr;
  tocsin_error* error = nullptr;
  REQUIRE(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &d, &error) == TOCSIN_OK);
  const std::string commands =
      R"([{"command":"publish","at":"2026-11-30T08:00:00Z","actor":"host","people":[{"key":"ada"}]},)"
      R"({"command":"log_incident","at":"2026-11-30T09:00:00Z","actor":"host","title":"x"},)"
      R"({"command":"lend_item","at":"2026-11-30T09:00:00Z","actor":"host","incident":1,"item":"Laptop","borrower":"ada",)"
      R"("due_at":"2026-12-02T17:00:00Z"}])";
  tocsin_buf out{};
  REQUIRE(tocsin_desk_execute(d, at("2026-11-30T08:00:00Z").us, commands.data(), commands.size(), 0, &out, &error) ==
          TOCSIN_OK);
  CHECK(std::string(out.data, out.size).find("\"ok\":false") == std::string::npos);
  const std::string query = R"({"query":"loans","actor":"host"})";
  REQUIRE(tocsin_desk_query(d, query.data(), query.size(), &out, &error) == TOCSIN_OK);
  CHECK(std::string(out.data, out.size).find("Laptop") != std::string::npos);
  for (const std::string name : {"lend_item", "loans", "incident_loan"}) {
    CAPTURE(name);
    REQUIRE(tocsin_schema(name.data(), name.size(), &out, &error) == TOCSIN_OK);
    CHECK(std::string(out.data, out.size).find(name == "loans" ? "borrower" : "item") != std::string::npos);
  }
  tocsin_buf_dispose(&out);
  tocsin_desk_close(d);
}

// ---- slices that do not go together with the others

namespace {

// Of the library's slices only the names are looked at once a program has begun: so a fresh list is made by rules alone.
std::string refused(const tocsin::slice& s) {
  const tocsin::slice* const own[] = {&s};
  return refusal([&] { tocsin::check_slices(own); });
}

constexpr const tocsin::command_type* taken_commands[] = {&vendor::lend_item::descriptor};
constexpr tocsin::command_type low_number{{7, "low", "", nullptr, nullptr}};
constexpr const tocsin::command_type* low_commands[] = {&low_number};
constexpr const tocsin::part_type* taken_parts[] = {&vendor::loan::descriptor};
constexpr tocsin::part_type named_as_a_view{33, "person", "", &vendor::loan_overdue::fields};
constexpr const tocsin::part_type* parts_with_a_view[] = {&named_as_a_view};
constexpr tocsin::part_type named_in_sql{33, "loan; DROP", "", &vendor::loan_overdue::fields};
constexpr const tocsin::part_type* parts_in_sql[] = {&named_in_sql};
constexpr tocsin::part_type too_high{64, "high", "", &vendor::loan_overdue::fields};
constexpr const tocsin::part_type* high_parts[] = {&too_high};
constexpr tocsin::timer_type taken_timers[] = {{tocsin::host_timer(0), "again", nullptr}};
constexpr tocsin::timer_type low_timers[] = {{tocsin::timer_kind::sla, "low", nullptr}};
constexpr std::string_view needs_nothing_known[] = {"parking"};

}  // namespace

TEST_CASE("a slice that does not go together with the others is refused by name") {
  CHECK(refused({.name = "loan"}) == "slice.refused: slice \"loan\": its name is empty or taken");
  CHECK(refused({.name = "sla"}) == "slice.refused: slice \"sla\": its name is empty or taken");
  CHECK(refused({.name = "x", .needs = needs_nothing_known}) ==
        "slice.refused: slice \"x\": it needs the slice \"parking\", which is not there before it");
  CHECK(refused({.name = "x", .commands = taken_commands}) ==
        "slice.refused: slice \"x\": command lend_item has a name or a number (1001) that is taken");
  CHECK(refused({.name = "x", .commands = low_commands}) ==
        "slice.refused: slice \"x\": command low has number 7, allowed are those from 1001 on");
  CHECK(refused({.name = "x", .parts = taken_parts}) ==
        "slice.refused: slice \"x\": part loan has a name or a number (32) that is taken");
  CHECK(refused({.name = "x", .parts = parts_with_a_view}).find("the name of an SQL view") != std::string::npos);
  CHECK(refused({.name = "x", .parts = parts_in_sql}).find("small letters") != std::string::npos);
  CHECK(refused({.name = "x", .parts = high_parts}).find("allowed are those from 32 to 63") != std::string::npos);
  CHECK(refused({.name = "x", .timers = taken_timers}).find("timer again has a number that is taken") !=
        std::string::npos);
  CHECK(refused({.name = "x", .timers = low_timers}).find("timer low has a number") != std::string::npos);
  const tocsin::slice* const late[] = {&vendor::loan_slice};
  CHECK(refusal([&] { tocsin::use_slices(late); }) ==
        "slice.too_late: slices are added once, before anything else of the library is used");
}
