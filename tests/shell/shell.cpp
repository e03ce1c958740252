// The `tocsin` command as a person and a script meet it: the built binary, its output and its exit status.
#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace {

struct outcome {
  int status = -1;
  std::string out;
  std::string err;

  std::vector<std::string> lines() const {
    std::vector<std::string> result;
    std::istringstream in(out);
    for (std::string line; std::getline(in, line);) result.push_back(line);
    return result;
  }
};

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
bool begins(const std::string& text, const std::string& part) { return text.rfind(part, 0) == 0; }

// A folder of its own, in which the command runs.
class playground {
 public:
  playground() {
    std::string name = (std::filesystem::temp_directory_path() / "tocsin_shell_XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
  }
  ~playground() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  playground(const playground&) = delete;
  playground& operator=(const playground&) = delete;

  // `arguments` as typed into sh, behind the command's name.
  outcome run(const std::string& arguments, const std::string& input = {}) const {
    return sh("\"" TOCSIN_SHELL "\" " + arguments, input);
  }

  outcome sh(const std::string& command, const std::string& input = {}) const {
    write("input", input);
    const std::string whole = "cd '" + folder_.string() + "' && { " + command + "\n} <input >output 2>errors";
    const int code = std::system(whole.c_str());
    REQUIRE(WIFEXITED(code));
    return {WEXITSTATUS(code), read("output"), read("errors")};
  }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream file(folder_ / name, std::ios::binary);
    file << text;
    REQUIRE(file.flush().good());
  }

  std::string read(const std::string& name) const {
    std::ifstream file(folder_ / name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
  }

  std::string path(const std::string& name) const { return (folder_ / name).string(); }
  bool has(const std::string& name) const { return std::filesystem::exists(folder_ / name); }

 private:
  std::filesystem::path folder_;
};

const std::string monday = R"(# Monday morning
{"command":"publish","at":"2026-11-23T07:00:00Z","people":[{"key":"ana","name":"Ana"}],"teams":[{"key":"net"}]}

{"command":"log_incident","at":"2026-11-23T08:00:00Z","title":"VPN is down","impact":"high","urgency":"high"}
{"command":"log_incident","at":"2026-11-23T08:05:00Z","actor":"ana","title":"Printer is on fire","impact":"low"}
{"command":"begin_work","at":"2026-11-23T08:10:00Z","actor":"ana","incident":"INC0000001"}
)";

const std::string resolving =
    R"({"command":"resolve_incident","at":"2026-11-23T10:20:00Z","actor":"ana","incident":"INC0000001",)"
    R"("code":"fix","notes":"New certificate."})"
    "\n";

}  // namespace

TEST_CASE("help lists every subcommand, and each explains itself with an example") {
  const playground here;
  const outcome help = here.run("--help");
  CHECK(help.status == 0);
  CHECK(help.err.empty());
  for (const char* name : {"run",    "import", "find",       "count",   "show",     "get",         "report",
                           "query",  "status", "timers",     "advance", "effects",  "definitions", "workflow",
                           "verify", "head",   "entry",      "export",  "calendar", "oncall",      "simulate",
                           "drill",  "impact", "recurrence", "explain", "intake",   "schema",      "catalogue"}) {
    CAPTURE(name);
    CHECK(contains(help.out, "\n  " + std::string(name) + " "));
    const outcome one = here.run(std::string(name) + " --help");
    CHECK(one.status == 0);
    CHECK(contains(one.out.substr(0, one.out.find('\n')), name));
    CHECK(one.out == here.run("desk.tocsin " + std::string(name) + " --help").out);
  }
  CHECK_FALSE(here.has("desk.tocsin"));
}

TEST_CASE("a command line that is not understood is status 2, says why, and creates nothing") {
  const playground here;
  const auto refused = [&](const std::string& arguments, const std::string& why) {
    const outcome done = here.run(arguments);
    CAPTURE(arguments);
    CHECK(done.status == 2);
    CHECK(done.out.empty());
    CHECK(begins(done.err, "tocsin: "));
    CHECK(contains(done.err, why));
  };
  refused("", "desk file is missing");
  refused("desk.tocsin fnd", "is it \"find\"?");
  refused("desk.tocsin frobnicate", "no subcommand \"frobnicate\"");
  refused("find", "the desk file comes first");
  refused("desk.tocsin find --frob", "unknown option --frob");
  refused("desk.tocsin find extra", "unexpected argument \"extra\"");
  refused("desk.tocsin find --limit many", "whole number");
  refused("desk.tocsin --at yesterday status", "needs an instant");
  refused("desk.tocsin --at 2026-02-30T00:00:00Z status", "needs an instant");
  refused("desk.tocsin --color sometimes status", "auto, always or never");
  refused("desk.tocsin --salt-seed 12 status", "16 to 64 bytes");
  refused("desk.tocsin --durability some status", "normal or full");
  CHECK_FALSE(here.has("desk.tocsin"));
}

TEST_CASE("a script is answered line by line, in order, by one line each") {
  const playground here;
  here.write("monday.jsonl", monday +
                                 R"({"query":"count","by":["state_kind"]})"
                                 "\n" +
                                 resolving +
                                 R"({"query":"get","incident":"INC0000001"})"
                                 "\n"
                                 R"({"advance":"2026-11-24T08:00:00Z"})"
                                 "\n");
  const outcome done = here.run("desk.tocsin run monday.jsonl");
  CAPTURE(done.out);
  CHECK(done.status == 0);
  CHECK(done.err.empty());
  const auto lines = done.lines();
  REQUIRE(lines.size() == 8);
  CHECK(contains(lines[1], "\"number\":\"INC0000001\""));
  CHECK(contains(lines[2], "\"number\":\"INC0000002\""));
  CHECK(contains(lines[4], "\"total\":2"));
  CHECK(contains(lines[6], "\"state\":\"resolved\""));
  CHECK(begins(lines[7], R"({"advance":"2026-11-24T08:00:00Z","fired":)"));
}

TEST_CASE("from a pipe, without a subcommand, a script and subcommands run alike") {
  const playground here;
  const outcome done = here.run("desk.tocsin", monday + "find --fields number,title\n");
  CHECK(done.status == 0);
  const auto lines = done.lines();
  REQUIRE(lines.size() == 7);
  CHECK(lines[4] == "number      title");
  CHECK(lines[5] == "INC0000001  VPN is down");
  CHECK(lines[6] == "INC0000002  Printer is on fire");
}

TEST_CASE("a refusal is an answer of its own, the script goes on, and the status is 1") {
  const playground here;
  here.write("script.jsonl", monday +
                                 R"({"command":"begin_work","at":"2026-11-23T09:00:00Z","incident":"INC0009999"})"
                                 "\n"
                                 R"({"command":"frobnicate","at":"2026-11-23T09:00:00Z"})"
                                 "\n"
                                 R"({"command":"log_incident")"
                                 "\n"
                                 R"({"query":"frobnicate"})"
                                 "\n" +
                                 resolving);
  const outcome done = here.run("desk.tocsin run script.jsonl");
  CAPTURE(done.out);
  CHECK(done.status == 1);
  const auto lines = done.lines();
  REQUIRE(lines.size() == 9);
  for (std::size_t i = 4; i < 8; ++i) CHECK(begins(lines[i], R"({"error":{"status":)"));
  CHECK(contains(lines[8], "\"sequence\":"));
  CHECK(contains(done.err, "4 of 9 lines were refused"));
  CHECK(contains(done.err, "line 7: "));

  const outcome stopped = here.run("other.tocsin run --stop script.jsonl");
  CHECK(stopped.status == 1);
  CHECK(stopped.lines().size() == 5);
}

TEST_CASE("an advance that cannot be read is a refused line like others, and one that goes back says so (D1)") {
  const playground here;
  const outcome done = here.run("desk.tocsin run", monday + R"({"advance":"nonsense"})"
                                                            "\n"
                                                            R"({"advance":17})"
                                                            "\n"
                                                            R"({"advance":"2026-11-22T00:00:00Z"})"
                                                            "\n"
                                                            R"({"query":"count","by":[]})"
                                                            "\n");
  CAPTURE(done.out);
  CHECK(done.status == 1);
  const auto lines = done.lines();
  REQUIRE(lines.size() == 8);
  CHECK(contains(lines[4], R"("reason":"document.malformed_value")"));
  CHECK(contains(lines[4], R"(/advance: found \"nonsense\")"));
  CHECK(contains(lines[5], R"("status":"invalid_argument")"));
  CHECK(contains(lines[6], R"("reason":"desk.clock_is_later")"));
  CHECK(contains(lines[6], "an advance to 2026-11-22T00:00:00Z"));
  CHECK_FALSE(contains(lines[6], "command"));
  CHECK(contains(lines[7], "\"total\":2"));
  CHECK(contains(done.err, "line 7: "));
}

TEST_CASE("every answer of a script stands on one line, packs of the library, too") {
  const playground here;
  const outcome done = here.run("desk.tocsin run", R"({"query":"optional_packs"})");
  CHECK(done.status == 0);
  CHECK(done.lines().size() == 1);
  CHECK(contains(done.out, R"("name":"metrics")"));
}

TEST_CASE("a purge and an erasure in a script see all that the script did before, and the script goes on (D7, D10)") {
  const playground here;
  const outcome done = here.run(
      "desk.tocsin run",
      monday +
          R"({"command":"cancel_incident","at":"2026-11-23T09:00:00Z","actor":"host","incident":1,"reason":"It was nothing"})"
          "\n"
          R"({"command":"purge_records","at":"2026-11-23T10:00:00Z","actor":"host","ended_before":"2026-11-23T09:30:00Z"})"
          "\n"
          R"({"command":"add_note","at":"2026-11-23T10:00:00Z","actor":"host","incident":"INC0000002","text":"Ana was there"})"
          "\n"
          R"({"command":"erase_personal","at":"2026-11-23T10:00:00Z","actor":"host","record":"INC0000002","reason":"Asked for"})"
          "\n"
          R"({"query":"timeline","incident":"INC0000002"})"
          "\n");
  CAPTURE(done.out);
  CHECK(done.status == 0);
  const auto lines = done.lines();
  REQUIRE(lines.size() == 9);
  CHECK(contains(lines[5], R"("records":[{"first":1,"last":1}])"));
  CHECK(contains(lines[7], R"("event":"personal_erased")"));
  CHECK_FALSE(contains(lines[8], "Ana was there"));
}

TEST_CASE("an atomic script is accepted as a whole or not at all") {
  const playground here;
  const std::string bad = R"({"command":"begin_work","at":"2026-11-23T09:00:00Z","incident":"INC0009999"})"
                          "\n";
  const outcome refused = here.run("desk.tocsin run --atomic", monday + bad);
  CAPTURE(refused.out);
  CHECK(refused.status == 1);
  CHECK(refused.lines().size() == 1);
  CHECK(contains(refused.err, "line 7: "));
  CHECK(here.run("desk.tocsin count").out == "0\n");
  CHECK(here.run("desk.tocsin run --atomic", monday).lines().size() == 4);
  CHECK(here.run("desk.tocsin count").out == "2\n");
  CHECK(here.run("desk.tocsin run --atomic", R"({"query":"status"})").status == 2);
}

TEST_CASE("a dry run answers what would happen, to its questions too, and keeps nothing") {
  const playground here;
  const outcome done = here.run("desk.tocsin run --dry-run", monday + R"({"query":"count","by":[]})");
  CHECK(done.status == 0);
  REQUIRE(done.lines().size() == 5);
  CHECK(contains(done.lines()[4], "\"total\":2"));
  CHECK(here.run("desk.tocsin count").out == "0\n");
}

TEST_CASE("a command without an instant or an actor gets them from the command line") {
  const playground here;
  const outcome done = here.run("--at 2026-11-22T08:00:00+01:00 --actor system desk.tocsin run",
                                R"({"command":"log_incident","title":"Nobody said when"})");
  CAPTURE(done.out);
  CHECK(done.status == 0);
  CHECK(contains(done.out, R"("recorded_at":"2026-11-22T07:00:00Z")"));
  const outcome shown = here.run("desk.tocsin query '{\"query\":\"timeline\",\"incident\":\"INC0000001\"}'");
  CHECK(contains(shown.out, R"("actor":"system")"));
}

TEST_CASE("whoever is named by --actor asks, too, and sees no more than they may (D9)") {
  const playground here;
  here.run("desk.tocsin run",
           R"({"command":"publish","at":"2026-11-22T07:00:00Z","people":[{"key":"ana"},{"key":"ben"}]}
{"command":"log_incident","at":"2026-11-22T08:00:00Z","title":"Payroll"}
{"command":"log_incident","at":"2026-11-22T08:01:00Z","title":"Printer"}
{"command":"hold_incident","at":"2026-11-22T08:02:00Z","incident":"INC0000001","reason":"awaiting_vendor","follow_up_at":"2026-11-23T08:00:00Z"}
{"command":"restrict_incident","at":"2026-11-22T08:03:00Z","incident":"INC0000001","people":["ben"],"reason":"Staff"}
)");
  const auto ask = [&](const std::string& actor, const std::string& words) {
    return here.run("--actor " + actor + " desk.tocsin " + words);
  };
  for (const char* words : {"find", "find --json", "count --json", "query summary", "report", "timers", "status",
                            "query timers", "query '{\"query\":\"find\"}'", "get INC0000002"}) {
    CAPTURE(words);
    CHECK_FALSE(contains(ask("ana", words).out, "Payroll"));
    CHECK_FALSE(contains(ask("ana", words).out, "INC0000001"));
    CHECK(ask("ana", words).status == 0);
    CHECK(ask("ben", words).status == 0);
  }
  CHECK(contains(ask("ben", "find").out, "Payroll"));
  CHECK(contains(here.run("desk.tocsin find").out, "Payroll"));
  CHECK(contains(ask("ana", "count").out, "1"));
  CHECK(contains(ask("ben", "timers").out, "INC0000001"));
  for (const char* words :
       {"show INC0000001", "get INC0000001", "query '{\"query\":\"get\",\"incident\":\"INC0000001\"}'"}) {
    CAPTURE(words);
    CHECK(ask("ana", words).status == 1);
    CHECK(ask("ben", words).status == 0);
  }
  const std::string script = R"({"query":"get","incident":"INC0000001"}
{"query":"get","incident":"INC0000001","actor":"ben"}
)";
  const outcome answered = here.run("--actor ana desk.tocsin run", script);
  REQUIRE(answered.lines().size() == 2);
  CHECK(contains(answered.lines()[0], "document.unknown_record"));
  CHECK(contains(answered.lines()[1], "Payroll"));
}

TEST_CASE("what shows or copies the whole desk is the host's alone (D9)") {
  const playground here;
  here.run("desk.tocsin run", R"({"command":"publish","at":"2026-11-22T07:00:00Z","people":[{"key":"ana"}]}
)");
  for (const char* words :
       {"entry 2", "export", "effects mailer", "backup copy.tocsin", "replicate standby.tocsin", "verify"}) {
    CAPTURE(words);
    const outcome refused = here.run(std::string("--actor ana desk.tocsin ") + words);
    CHECK(refused.status == 1);
    CHECK(refused.out.empty());
    CHECK(contains(refused.err, "needs the host's right"));
    CHECK(here.run(std::string("desk.tocsin ") + words).status == 0);
  }
  CHECK(here.run("--actor system desk.tocsin entry 2").status == 0);
}

TEST_CASE("the journal is exported as JSON Lines, or as an object-centric event log (R-C27)") {
  const playground here;
  here.run("desk.tocsin run",
           R"({"command":"publish","at":"2026-11-22T07:00:00Z","people":[{"key":"ana"}],"teams":[{"key":"net"}]}
{"command":"log_incident","at":"2026-11-22T08:00:00Z","actor":"ana","title":"VPN is down","team":"net"}
{"command":"log_problem","at":"2026-11-22T08:05:00Z","actor":"ana","title":"Why","incidents":["INC0000001"]}
)");
  const outcome lines = here.run("desk.tocsin export");
  CHECK(lines.status == 0);
  REQUIRE(lines.lines().size() == 4);
  for (int entry = 1; entry <= 4; ++entry) {
    const std::string line = here.run("desk.tocsin entry " + std::to_string(entry)).out;
    CHECK(lines.lines()[static_cast<std::size_t>(entry - 1)] + "\n" == line);
  }
  CHECK(here.run("desk.tocsin export --from 3 --until 3").out == here.run("desk.tocsin entry 3").out);
  CHECK(here.run("desk.tocsin export --from 9").out.empty());

  const outcome exported = here.run("desk.tocsin export --ocel");
  CHECK(exported.status == 0);
  const nlohmann::json log = nlohmann::json::parse(exported.out);
  std::map<std::string, std::string> objects;
  for (const auto& object : log["objects"])
    objects[object["id"].get<std::string>()] = object["type"].get<std::string>();
  CHECK(objects == std::map<std::string, std::string>{{"INC0000001", "incident"},
                                                      {"PRB0000001", "problem"},
                                                      {"person:ana", "person"},
                                                      {"person:host", "person"},
                                                      {"person:system", "person"},
                                                      {"team:net", "team"}});
  CHECK(log["objectTypes"].size() == 4);
  std::map<std::string, std::set<std::string>> declared;
  for (const auto& type : log["eventTypes"]) {
    for (const auto& one : type["attributes"])
      declared[type["name"].get<std::string>()].insert(one["name"].get<std::string>());
    declared.try_emplace(type["name"].get<std::string>());
  }
  std::set<std::string> ids;
  for (const auto& event : log["events"]) {
    CAPTURE(event.dump());
    CHECK(ids.insert(event["id"].get<std::string>()).second);
    REQUIRE(declared.contains(event["type"].get<std::string>()));
    for (const auto& one : event["attributes"])
      CHECK(declared[event["type"].get<std::string>()].contains(one["name"].get<std::string>()));
    for (const auto& one : event["relationships"]) CHECK(objects.contains(one["objectId"].get<std::string>()));
  }
  const auto logged = std::ranges::find_if(log["events"], [](const auto& e) { return e["type"] == "incident_logged"; });
  REQUIRE(logged != log["events"].end());
  CHECK((*logged)["time"] == "2026-11-22T08:00:00Z");
  CHECK((*logged)["relationships"][0] == nlohmann::json{{"objectId", "INC0000001"}, {"qualifier", "record"}});
  CHECK((*logged)["relationships"][1] == nlohmann::json{{"objectId", "person:ana"}, {"qualifier", "actor"}});
}

TEST_CASE("a file survives the command: what one run wrote the next one reads") {
  const playground here;
  CHECK(here.run("desk.tocsin run", monday).status == 0);
  CHECK(contains(here.run("desk.tocsin run", resolving).out, "INC0000001"));
  CHECK(contains(here.run("desk.tocsin get INC0000001").out, R"("state":"resolved")"));
  CHECK(contains(here.run("desk.tocsin get INC0000001 --as-of 2026-11-23T09:00:00Z").out, R"("state":"in_progress")"));
  CHECK(begins(here.run("desk.tocsin verify").out, "sound\n"));
  CHECK(begins(here.run("desk.tocsin head").out, "6 "));  // the built-in definitions are the first entry
  CHECK(contains(here.run("desk.tocsin entry 6").out, "resolve_incident"));
}

TEST_CASE("what is read only does not write, and what only reads does not create") {
  const playground here;
  CHECK(here.run("desk.tocsin find").status == 3);
  CHECK(here.run("desk.tocsin report").status == 3);
  CHECK_FALSE(here.has("desk.tocsin"));
  CHECK(here.run("desk.tocsin run", monday).status == 0);
  CHECK(here.run("--read-only desk.tocsin count").out == "2\n");
  const outcome refused = here.run("--read-only desk.tocsin run", resolving);
  CAPTURE(refused.err);
  CHECK(refused.status != 0);
  CHECK(contains(here.run("desk.tocsin get INC0000001").out, R"("state":"in_progress")"));
}

TEST_CASE("a file that is no desk is status 3 and stays as it is") {
  const playground here;
  here.write("letter.txt", "Dear Sir, this is a letter and no desk at all. It goes on for a while.");
  const std::string before = here.read("letter.txt");
  const outcome done = here.run("letter.txt status");
  CHECK(done.status == 3);
  CHECK(done.out.empty());
  CHECK(begins(done.err, "tocsin: "));
  CHECK(here.run("letter.txt run", monday).status == 3);
  CHECK(here.read("letter.txt") == before);
}

TEST_CASE("show prints the record and its timeline, aligned, in the zone that was asked for") {
  const playground here;
  CHECK(here.run("desk.tocsin run", monday + resolving).status == 0);
  const outcome utc = here.run("desk.tocsin show INC0000001");
  CAPTURE(utc.out);
  CHECK(utc.status == 0);
  CHECK(begins(utc.out, "INC0000001  VPN is down\n"));
  CHECK(contains(utc.out, "resolved (fix)"));
  CHECK(contains(utc.out, "2026-11-23 10:20:00Z   2 h 20 min after it was opened"));
  CHECK(contains(utc.out, "  2026-11-23 08:10:00Z  ana"));
  CHECK(contains(utc.out, "New certificate."));
  for (const std::string& line : utc.lines()) {
    CHECK(line.size() <= 100);
    CHECK((line.empty() || line.back() != ' '));
  }
  CHECK(contains(here.run("--zone Europe/Berlin desk.tocsin show INC0000001").out, "2026-11-23 09:10:00+01:00"));
  CHECK(here.run("--zone Europe/Atlantis desk.tocsin show INC0000001").status == 1);
  const outcome missing = here.run("desk.tocsin show INC0000404");
  CHECK(missing.status == 1);
  CHECK(contains(missing.err, "INC0000404"));
}

TEST_CASE(
    "show prints the tasks, links, files, time and satisfaction of a record, a line for each (R-P11, R-C12, R-C37, "
    "R-C44, "
    "R-C45)") {
  const playground here;
  const std::string monday_at = R"("at":"2026-11-23T08:0)";
  const auto command = [&](const std::string& name, int minute, const std::string& rest) {
    return R"({"command":")" + name + R"(",)" + monday_at + std::to_string(minute) + R"(:00Z","actor":"host",)" + rest +
           "}\n";
  };
  const std::string incident = R"("incident":"INC0000001",)";
  const std::string script =
      command("publish", 0, R"("people":[{"key":"ben"}])") + command("log_incident", 1, R"("title":"Mail is down")") +
      command("log_incident", 1, R"("title":"Web is down")") +
      command("add_task", 2, incident + R"("title":"Order a disk","owner":"ben","blocking":true)") +
      command("add_task", 3, incident + R"("title":"Mount it","due_at":"2026-11-24T12:00:00Z","depends_on":[1])") +
      command("link_records", 4, incident + R"("kind":"parent_of","other":"INC0000002")") +
      command("link_records", 5, incident + R"("kind":"caused_by","outside":"change","outside_key":"CHG0030012")") +
      command("add_attachment", 6,
              incident + R"("name":"screen.png","media_type":"image/png","size":48211,"sha256":")" +
                  std::string(64, 'a') + '"') +
      command("log_work", 7, incident + R"("spent":"PT1H40M","person":"ben","began_at":"2026-11-22T08:00:00Z")") +
      command("complete_task", 8, incident + R"("task":1)") +
      command("resolve_incident", 8, incident + R"("code":"fix","notes":"New disk")") +
      command("rate_resolution", 9, incident + R"("score":4,"person":"ben","comment":"Quick\nenough\u001b[31m")");
  REQUIRE(here.run("desk.tocsin run", script).status == 0);
  const std::string shown = here.run("desk.tocsin show --no-timeline INC0000001").out;
  CHECK(contains(shown, "    1  Order a disk   completed, blocking, ben\n"));
  CHECK(contains(shown, "    2  Mount it   open, due 2026-11-24 12:00:00Z, after 1\n"));
  CHECK(contains(shown, "    parent of INC0000002\n"));
  CHECK(contains(shown, "    caused by change CHG0030012\n"));
  CHECK(contains(shown, "    1  screen.png   image/png, 48211 bytes, internal\n"));
  CHECK(contains(shown, "    ben   1 h 40 min\n"));
  CHECK(contains(shown, "    resolution 1: 4 of 5   ben, 2026-11-23 08:09:00Z: Quick"));
  CHECK_FALSE(contains(shown, "\x1b"));
}

TEST_CASE("what others wrote cannot take the terminal over") {
  const playground here;
  const outcome logged = here.run(
      "desk.tocsin run", R"({"command":"log_incident","at":"2026-11-23T08:00:00Z","title":"a\u001b[31mred\u0007"})");
  if (logged.status != 0) return;  // refused from the start: as good
  for (const char* how : {"find", "show INC0000001", "report"}) {
    CAPTURE(how);
    const std::string out = here.run("--color never desk.tocsin " + std::string(how)).out;
    CHECK_FALSE(contains(out, "\x1b"));
    CHECK_FALSE(contains(out, "\a"));
  }
}

TEST_CASE("publish shows what is odd, and refuses what names nothing") {
  const playground here;
  const auto publish = [&](const std::string& condition) {
    const std::string pack = R"({"teams":[{"key":"desk"}],"incident_class_policies":[{"key":"incident","rules":)"
                             R"([{"key":"r","incident_class":"emergency","when":)" +
                             condition + "}]}]}";
    here.sh("cat >pack.json", pack);
    return here.run("desk.tocsin publish pack.json");
  };
  const outcome odd = publish(R"({"==":["priority","high"]})");
  CHECK(odd.status == 0);
  CHECK(contains(odd.out, "pack.json: published 1 team, 1 incident class policy\n1 warning:\n"));
  CHECK(
      contains(odd.out, R"(incident_class_policy incident: rules/0/when: == compares constants alone; did you mean)"));
  CHECK_FALSE(contains(odd.out, "warnings"));
  const outcome refused = publish(R"({"==":[{"var":"team"},"desc"]})");
  CHECK(refused.status == 1);
  CHECK(contains(refused.err, R"(rules/0/when/==/1: there is no team "desc"; did you mean "desk"?)"));
  CHECK_FALSE(contains(publish(R"({"==":[{"var":"team"},"desk"]})").out, "warning"));
}

TEST_CASE("what is over for long is purged, and what is left is sound (D7)") {
  const playground here;
  REQUIRE(here.run("desk.tocsin run", R"({"command": "publish", "at": "2026-11-23T07:00:00Z", "actor": "host"}
{"command": "log_incident", "at": "2026-11-23T08:00:00Z", "actor": "host", "title": "Mail is down"}
{"command": "cancel_incident", "at": "2026-11-23T09:00:00Z", "actor": "host", "incident": 1, "reason": "It was not"}
{"command": "log_incident", "at": "2026-11-24T08:00:00Z", "actor": "host", "title": "Mail is slow"}
)")
              .status == 0);
  const std::string purge = "--at 2026-12-01T00:00:00Z desk.tocsin purge --ended-before 2026-11-24T00:00:00Z";
  CHECK(here.run(purge + " --dry-run").out == "would purge 1 records and 2 entries\n");
  CHECK(here.run(purge).out == "purged 1 records and 2 entries\n");
  const outcome gone = here.run("desk.tocsin show INC0000001");
  CHECK(gone.status == 1);
  CHECK(contains(gone.err, "INC0000001 was purged by entry "));
  CHECK(contains(here.run("desk.tocsin verify").out, "sound"));
  const outcome unsaid = here.run("desk.tocsin purge");
  CHECK(unsaid.status == 2);
  CHECK(contains(unsaid.err, "--ended-before"));
}

TEST_CASE("find, count and report say the same in tables and in JSON") {
  const playground here;
  CHECK(here.run("desk.tocsin run", monday + resolving).status == 0);
  CHECK(here.run("desk.tocsin find --where open=true --fields number").out == "number\nINC0000002\n");
  CHECK(here.run("desk.tocsin find --order opened_at --desc --limit 1 --fields number --json").out ==
        "{\"number\":\"INC0000002\"}\n");
  CHECK(here.run("desk.tocsin find --where opened_at=2026-11-23T08:01:00Z.. --fields number").out ==
        "number\nINC0000002\n");
  CHECK(here.run("desk.tocsin find --where priority=planning").out == "no incidents\n");
  CHECK(here.run("desk.tocsin count --by priority --where open=true").lines().back() == "all           1");
  const outcome report = here.run("desk.tocsin report");
  CAPTURE(report.out);
  CHECK(report.status == 0);
  CHECK(contains(report.out, "Time to resolve"));
  CHECK(contains(report.out, "2 h 20 min"));
  CHECK(begins(here.run("desk.tocsin report --json").out, "{"));
}

TEST_CASE("find takes lists, negation, empty fields, texts, custom fields, dates and conditions") {
  const playground here;
  const std::string five =
      R"({"command":"publish","at":"2026-11-23T07:00:00Z","people":[{"key":"ana"}],"teams":[{"key":"net"},)"
      R"({"key":"desk"}],"custom_fields":[{"key":"site","kind":"text"},{"key":"seats","kind":"integer"}]}
{"command":"log_incident","at":"2026-11-23T08:00:00Z","title":"VPN is down","impact":"high","urgency":"high","team":"net","custom":{"site":"Berlin","seats":12}}
{"command":"log_incident","at":"2026-11-23T08:05:00Z","title":"Printer","description":"The vpn printer","impact":"low","urgency":"low","team":"desk"}
{"command":"log_incident","at":"2026-11-23T23:30:00Z","title":"Mail, slow","impact":"high","urgency":"medium","custom":{"site":"12"}}
{"command":"log_incident","at":"2026-11-24T08:00:00Z","title":"A phone","type":"request"}
{"command":"assign_incident","at":"2026-11-24T09:00:00Z","incident":"INC0000003","team":"net"}
)";
  REQUIRE(here.run("desk.tocsin run", five).status == 0);
  const auto found = [&](const std::string& options) {
    const outcome done = here.run("desk.tocsin find --fields number " + options);
    CAPTURE(options);
    CAPTURE(done.err);
    CHECK(done.status == 0);
    std::string numbers;
    for (const std::string& line : done.lines()) {
      if (line != "number" && line != "no incidents")
        numbers += (numbers.empty() ? "" : " ") + line.substr(line.size() - 1);
    }
    return numbers;
  };
  CHECK(found("") == "1 2 3");
  CHECK(found("--types request") == "1");
  CHECK(found("--where type=request") == "1");
  CHECK(found("--where type=request,incident") == "1 2 3 1");
  CHECK(found("--where priority=critical,high") == "1 3");
  CHECK(found("--where priority!=critical,high") == "2");
  CHECK(found("--where team!=net") == "2");
  CHECK(found("--where open!=true") == "");
  CHECK(found("--where assignee=") == "1 2 3");
  CHECK(found("--where assignee!=") == "");
  CHECK(found("--where custom.site=") == "2");
  CHECK(found("--where custom.site=Berlin") == "1");
  CHECK(found("--where custom.site=12") == "3");
  CHECK(found("--where custom.site!=Berlin") == "2 3");
  CHECK(found("--where custom.seats=10..") == "1");
  CHECK(found("--where custom.seats=12,13") == "1");
  CHECK(found("--where title~VPN") == "1");
  CHECK(found("--where text~vpn") == "1 2");
  CHECK(found("--where title!~vpn") == "2 3");
  CHECK(found("--where 'title~mail, s'") == "3");
  CHECK(found("--where opened_at=2026-11-23") == "1 2 3");
  CHECK(found("--where opened_at=2026-11-24..") == "");
  CHECK(found("--where opened_at=..2026-11-24") == "1 2 3");
  CHECK(found("--zone Europe/Berlin --where opened_at=2026-11-23") == "1 2");
  CHECK(found("--zone Europe/Berlin --where opened_at=2026-11-24") == "3");
  CHECK(found("--where recorded_at=2026-11-23") == "1 2 3");
  CHECK(found("--where reopen_count=0 --where team=net --where impact!=low") == "1 3");
  CHECK(found("--as-of 2026-11-24 --where team=net") == "1");
  CHECK(
      found(
          R"(--where team=net --condition '{"==":[{"var":"impact"},"high"]}' --condition '{"<":[{"var":"opened_at"},"2026-11-23T12:00:00Z"]}')") ==
      "1");
  CHECK(here.run("desk.tocsin find --where title=Printer --fields number,custom.site").out ==
        "number      site\nINC0000002\n");
  CHECK(contains(here.run("desk.tocsin find --where seats=1 --where custom.site=Berlin").err, "seats"));
  CHECK(here.run("desk.tocsin find --fields number,custom.site --where custom.site=Berlin").out ==
        "number      site\nINC0000001  Berlin\n");
  CHECK(here.run("desk.tocsin count --by month --where opened_at=2026-11-01..2026-12-01").lines().back() ==
        "all          3");
  CHECK(here.run("desk.tocsin count --by custom.site --types all").status == 0);
  for (const char* wrong :
       {"--where team", "--where =x", "--where custom.colour=red", "--where custom.seats=many",
        "--where opened_at=2026-02-30", "--condition '{'", "--where team=net --where team=desk", "--where title~"}) {
    CAPTURE(wrong);
    const outcome done = here.run(std::string("desk.tocsin find ") + wrong);
    CHECK(done.status == 2);
    CHECK_FALSE(done.err.empty());
  }
}

TEST_CASE("a report as of an instant, or by something, is that of then, and of it") {
  const playground here;
  REQUIRE(here.run("desk.tocsin run", monday + resolving).status == 0);
  const outcome then = here.run("desk.tocsin report --as-of 2026-11-23T09:00:00Z");
  CAPTURE(then.out);
  CHECK(contains(then.out, "as of 2026-11-23 09:00:00Z"));
  CHECK(contains(then.out, "in progress"));
  CHECK(contains(here.run("desk.tocsin report --as-of 2026-11-23T09:00:00Z --json").out, "\"resolved\":0,"));
  CHECK(contains(then.out, "Oldest open"));
  CHECK(contains(then.out, " 1 h "));
  CHECK(contains(here.run("desk.tocsin report --as-of 2026-11-23").out, "as of 2026-11-23 00:00:00Z"));
  const outcome by = here.run("desk.tocsin report --by priority --where state=resolved");
  CAPTURE(by.out);
  CHECK(contains(by.out, "critical"));
  CHECK_FALSE(contains(by.out, "low"));
  CHECK(here.run("desk.tocsin report --types all").status == 2);
}

TEST_CASE("colours stand in a file only if they are asked for") {
  const playground here;
  CHECK(here.run("desk.tocsin run", monday).status == 0);
  CHECK_FALSE(contains(here.run("desk.tocsin find").out, "\x1b["));
  CHECK(contains(here.run("desk.tocsin find --color always").out, "\x1b["));
  CHECK_FALSE(contains(here.run("desk.tocsin find --color never").out, "\x1b["));
}

TEST_CASE("a reader that leaves ends the command quietly; a full disk does not") {
  const playground here;
  const outcome left = here.sh("\"" TOCSIN_SHELL "\" catalogue --json | head -n 1");
  CHECK(left.status == 0);
  CHECK(left.lines().size() == 1);
  CHECK(left.err.empty());
  if (::access("/dev/full", W_OK) != 0) return;
  const outcome full = here.sh("\"" TOCSIN_SHELL "\" catalogue >/dev/full");
  CHECK(full.status == 3);
  CHECK(begins(full.err, "tocsin: standard output: "));
}

TEST_CASE("schemas are written file by file, the same bytes each time") {
  const playground here;
  CHECK(here.run("schema --all one").status == 0);
  CHECK(here.run("schema --all two").status == 0);
  CHECK(here.sh("diff -r one two").status == 0);
  CHECK(here.has("one/catalogue.json"));
  CHECK(here.has("one/log_incident.json"));
  CHECK(here.read("one/log_incident.json") == here.run("schema log_incident").out);
  CHECK(here.run("schema nothing_of_the_sort").status == 1);
}

TEST_CASE("an effect is given until it is acknowledged") {
  const playground here;
  CHECK(here.run("desk.tocsin run", monday + resolving).status == 0);
  const outcome effects = here.run("desk.tocsin effects mailer");
  CHECK(effects.status == 0);
  CHECK(effects.out == here.run("desk.tocsin effects mailer").out);
}

TEST_CASE("business time is answered line by line, without a desk (T5, T8)") {
  const playground here;
  here.write("questions.jsonl",
             R"(# Berlin
{"calendar":{"key":"office","zone":"Europe/Berlin","weekly":[{"days":["monday","tuesday","wednesday","thursday","friday"],"start":"09:00","end":"17:00"}]}}

{"calendar":"office","operation":"add","at":"2026-11-20T15:30:00Z","duration":"PT2H"}
{"operation":"elapsed","from":"2026-11-20T08:00:00Z","to":"2026-11-23T16:00:00Z","calendar":"office"}
{"calendar":{"key":"both","intersection":["office","24x7"]},"operation":"is_open","at":"2026-11-20T15:30:00Z"}
{"calendar":"24x7","operation":"next_close","at":"2026-11-20T15:30:00Z"}
{"calendar":"office","operation":"end_of_business_day","at":"2026-11-20T15:30:00Z","days":1}
)");
  const outcome done = here.run("calendar questions.jsonl");
  CHECK(done.status == 0);
  CHECK(done.err.empty());
  const std::vector<std::string> lines = done.lines();
  REQUIRE(lines.size() == 6);
  CHECK(begins(lines[0], R"({"answer":"office","zone":"Europe/Berlin","zone_data_version":")"));
  CHECK(lines[1] == R"({"answer":"2026-11-23T09:30:00Z","us":1795426200000000,"local":"2026-11-23T10:30:00+01:00"})");
  CHECK(lines[2] == R"({"answer":"PT16H","us":57600000000})");
  CHECK(lines[3] == R"({"answer":true})");
  CHECK(lines[4] == R"({"answer":"never"})");
  CHECK(begins(lines[5], R"({"answer":"2026-11-23T16:00:00Z")"));
}

TEST_CASE("a question about business time that is refused is answered in its place, and status 1 says so") {
  const playground here;
  const outcome done = here.run("calendar",
                                "{\"calendar\":\"office\",\"operation\":\"describe\"}\n"
                                "{\"operation\":\"describe\"}\n"
                                "{\"calendar\":{\"key\":\"x\",\"zone\":\"Europe/Nowhere\"}}\n"
                                "{\"calendar\":\"24x7\",\"calendar\":\"24x7\"}\n"
                                "[]\n{\n"
                                "{\"calendar\":7}\n"
                                "{\"calendar\":\"24x7\",\"operation\":\"next_open\"}\n"
                                "{\"calendar\":\"24x7\"}\n");
  CHECK(done.status == 1);
  const std::vector<std::string> lines = done.lines();
  REQUIRE(lines.size() == 9);
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) CHECK(begins(lines[i], "{\"error\":{\"status\":"));
  CHECK(contains(lines[2], "\"path\":\"/zone\""));
  CHECK(begins(lines[8], "{\"answer\":\"24x7\""));
  CHECK(contains(done.err, "8 of 9 lines refused"));
}

TEST_CASE("a calendar that is not defined is answered with those that are, and the nearest") {
  const playground here;
  const outcome done = here.run("calendar",
                                "{\"calendar\":{\"key\":\"office\",\"zone\":\"UTC\"}}\n"
                                "{\"calendar\":\"ofice\",\"operation\":\"describe\"}\n");
  REQUIRE(done.lines().size() == 2);
  CHECK(contains(done.lines()[1], R"(did you mean \"office\"?)"));
  CHECK(contains(done.lines()[1], R"("allowed":["24x7","office"])"));
  CHECK(contains(done.lines()[1], R"("found":"ofice")"));
}

TEST_CASE("a line that is refused inside of a character is answered, and so are those behind it") {
  const playground here;
  std::string characters = "a";
  for (int i = 0; i < 60; ++i) characters += "\xe4\xb8\xad";
  const std::string team = R"({"define":"team","key":"t","members":")" + characters + "\"}\n";
  const std::string rotation = R"({"define":"rotation","key":"r","participants":")" + characters + "\"}\n";
  for (const bool of_duty : {true, false}) {
    const std::string line = of_duty ? rotation : team;
    const outcome done = here.run(of_duty ? "oncall" : "simulate", line + "{\"define\":\"\xff\xe4\"}\n" + line);
    CAPTURE(done.out);
    CHECK(done.status == 1);
    REQUIRE(done.lines().size() == 3);
    CHECK(contains(done.lines()[0], characters));
    CHECK(done.lines()[2] == done.lines()[0]);
    CHECK(!contains(done.out, "\xff"));
  }
}

TEST_CASE("open time is shown in hours, real time in days") {
  const playground here;
  const std::string policy =
      R"({"command":"publish","at":"2026-11-23T07:00:00Z","actor":"host","sla_policies":[{"key":"long","kind":"sla",)"
      R"("metric":"resolution","targets":[{"duration":"PT27H"}],"calendar":"24x7"}]})"
      "\n";
  CHECK(here.run("desk.tocsin run", policy + monday).status == 0);
  const outcome clocks = here.run("desk.tocsin clocks INC0000001 --as-of 2026-11-24T10:00:00Z");
  CAPTURE(clocks.out);
  CHECK(contains(clocks.out, "27 h"));
  CHECK(!contains(clocks.out, "1 d"));
}

TEST_CASE("a feed of holidays is printed for review") {
  const playground here;
  here.write(
      "feed.ics",
      "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Christmas\r\nDTSTART;VALUE=DATE:20201225\r\nRRULE:FREQ=YEARLY\r\n"
      "END:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:Standup\r\nDTSTART:20201225T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  const outcome done = here.run("calendar --holidays feed.ics");
  CHECK(done.status == 0);
  CHECK(contains(done.out, "\"name\": \"Christmas\""));
  CHECK(contains(done.out, "\"summary\": \"Standup\""));
  CHECK(here.run("calendar --holidays nowhere.ics").status == 3);
  CHECK(here.run("calendar --holidays -", "BEGIN:VCALENDAR\n").status == 1);
}

TEST_CASE("what a monitoring system posts becomes commands that run takes (R-C42)") {
  const playground here;
  here.write("webhook.json",
             "{\"version\":\"4\",\n \"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"f1\",\n"
             "  \"labels\":{\"alertname\":\"Full\"}}]}\n");
  const outcome commands = here.run("intake alertmanager webhook.json");
  CHECK(commands.status == 0);
  CHECK(commands.lines().size() == 1);
  const outcome done = here.run("desk.tocsin run --at 2026-11-23T08:00:00Z", commands.out);
  CHECK(done.status == 0);
  CHECK(contains(done.out, "INC0000001"));

  here.write("doors.json",
             R"({"name":"doors","fields":[{"field":"source","text":"doors"},{"field":"dedup_key","text":"{{id}}"},)"
             R"({"field":"signal","text":"raise"},{"field":"title","text":"Door {{id}}"}]})");
  CHECK(contains(here.run("intake doors.json -", "{\"id\":7}").out, "\"title\":\"Door 7\""));
  CHECK(here.run("intake alertmanager", "{}").status == 1);
  CHECK(here.run("intake").status == 2);
  CHECK(here.run("intake nowhere.json", "{}").status == 3);
}

TEST_CASE("who is on call is answered line by line, without a desk (O1, O3, R-C17)") {
  const playground here;
  const std::string rotation =
      R"({"define":"rotation","key":"primary","type":"weekly","zone":"Europe/Berlin","start":"2026-03-16T09:00",)"
      R"("participants":[{"people":["ann"]},{"people":["bob"]}]})";
  const std::string question = R"({"operation":"who","rotation":"primary","at":"2026-03-23T08:00:00Z"})";
  const outcome done = here.run("oncall", "# a comment\n" + rotation + "\n\n" + question + "\n");
  CHECK(done.status == 0);
  CHECK(done.out == "{\"defined\":\"rotation\",\"key\":\"primary\"}\n{\"people\":[\"bob\"]}\n");
  CHECK(done.err.empty());

  // Lines that come later are answered to what came before.
  here.write("first", rotation + "\n");
  here.write("second", question);
  CHECK(here.sh("{ cat first; sleep 0.2; cat second; } | \"" TOCSIN_SHELL "\" oncall").out == done.out);

  here.write("lines", question + "\n" + rotation + "\n{\"define\":\"cake\"}\n" + question + "\n");
  const outcome refused = here.run("oncall lines");
  CHECK(refused.status == 1);
  const std::vector<std::string> lines = refused.lines();
  REQUIRE(lines.size() == 4);
  CHECK(contains(lines[0], "roster.unknown_rotation"));
  CHECK(contains(lines[2], "document.unknown_type"));
  CHECK(lines[3] == "{\"people\":[\"bob\"]}");
  CHECK(contains(refused.err, "2 of 4 lines refused"));
  CHECK(here.run("oncall nowhere").status == 3);
}

TEST_CASE("which incidents make a problem is answered line by line, without a desk (P4)") {
  const playground here;
  const std::string rule = R"({"define":"recurrence_rule","key":"r","group_by":["service"],"count":2,"window":"PT1H"})";
  const std::string first = R"({"define":"incident","key":"A","service":"mail","opened_at":"2026-03-02T09:00:00Z"})";
  const std::string second = R"({"define":"incident","key":"B","service":"mail","opened_at":"2026-03-02T09:30:00Z"})";
  here.write("first", rule + "\n" + first + "\n");
  here.write("second", second + "\n" + R"({"operation":"proposals","rule":"s"})" + "\n");
  // What was said before the pause is known after it.
  const outcome done = here.sh("{ cat first; sleep 0.2; cat second; } | \"" TOCSIN_SHELL "\" recurrence");
  CHECK(done.status == 1);
  REQUIRE(done.lines().size() == 4);
  CHECK(done.lines()[1] == R"({"defined":"incident","key":"A"})");
  CHECK(contains(done.lines()[2], R"("incidents":["A","B"])"));
  CHECK(contains(done.lines()[3], "recurrence.unknown_rule"));
}

TEST_CASE("whether a condition holds is answered line by line, without a desk") {
  const playground here;
  here.write("lines", R"({"define":"field","path":"team","kind":"text"})"
                      "\n"
                      R"({"operation":"explain","condition":{"!=":[{"var":"team"},"net"]},"data":{"team":"desk"}})"
                      "\n");
  const outcome done = here.run("explain lines");
  CHECK(done.status == 0);
  REQUIRE(done.lines().size() == 2);
  CHECK(done.lines()[0] == R"({"defined":"field","key":"team"})");
  CHECK(contains(done.lines()[1], R"({"holds":true,"why":{)"));
}

TEST_CASE("what an outage affects is answered line by line, without a desk (I1)") {
  const playground here;
  const outcome done = here.run("impact",
                                "{\"define\":\"service\",\"key\":\"shop\",\"depends_on\":[\"db\"]}\n"
                                "{\"define\":\"configuration_item\",\"key\":\"db\"}\n"
                                "{\"operation\":\"impact\",\"failed\":[\"db\"]}\n");
  CHECK(done.status == 0);
  REQUIRE(done.lines().size() == 3);
  CHECK(contains(done.lines()[2],
                 "{\"key\":\"shop\",\"state\":\"failed\",\"expected\":false,\"reason\":[\"db\",\"shop\"]}"));
  const outcome refused = here.run("impact", "{\"operation\":\"impact\",\"failed\":[\"db\"]}\n");
  CHECK(refused.status == 1);
  CHECK(contains(refused.out, "service_graph.unknown_item"));
}

TEST_CASE(
    "a service graph is imported by external keys: the same files again publish nothing, and --prune retires (R-N16, "
    "R-A10)") {
  const playground here;
  here.write("nodes.csv",
             "external_key,kind,key,name,class,cost_per_hour\n"
             "S1,service,shop,Shop,,1200\n"
             "C1,,,Database,database,\n"
             "C2,,web-1,,server,\n"
             "C3,,web-2,,server,\n");
  here.write("edges.jsonl",
             "{\"from\":\"S1\",\"to\":\"C1\",\"relation\":\"runs_on\"}\n"
             "{\"from\":\"S1\",\"to\":\"C2\",\"group\":\"web\",\"need\":1}\n"
             "{\"from\":\"S1\",\"to\":\"C3\",\"group\":\"web\"}\n"
             "{\"from\":\"C2\",\"to\":\"C1\",\"effect\":\"degraded\"}\n");
  const std::string import = "desk.tocsin import graph nodes.csv edges.jsonl";

  const outcome dry = here.run(import + " --dry-run");
  CHECK(dry.status == 0);
  CHECK(contains(dry.out, "would be added: 1 service, 3 configuration items"));
  const outcome first = here.run(import);
  CHECK(first.status == 0);
  CHECK(contains(first.out, "added: 1 service, 3 configuration items"));
  CHECK(contains(here.run("desk.tocsin definitions service --json").out, "\"runs_on\":[\"C1\"]"));

  const std::string head = here.run("desk.tocsin head").out;
  const outcome again = here.run(import);
  CHECK(again.status == 0);
  CHECK(contains(again.out, "nothing to publish"));
  CHECK(here.run("desk.tocsin head").out == head);

  const outcome asked = here.run(R"(desk.tocsin query '{"query":"impact","failed":["web-1"]}')");
  CHECK(contains(asked.out, "at_risk"));

  here.write("fewer.csv", "external_key,kind,key,name,class,cost_per_hour\nS1,service,shop,Shop,,1200\n");
  const std::string fewer = "desk.tocsin import graph fewer.csv --prune";
  CHECK(contains(here.run(fewer + " --dry-run").out, "would be retired: 3"));
  CHECK(here.run("desk.tocsin head").out == head);
  const outcome pruned = here.run(fewer);
  CHECK(contains(pruned.out, "changed: 1 service"));
  CHECK(contains(pruned.out, "retired: 3\n  C1\n  C2\n  C3\n"));
  CHECK(contains(here.run(fewer).out, "nothing to publish"));

  here.write("wrong.jsonl",
             "{\"external_key\":\"C9\"}\n{\"from\":\"C9\",\"to\":\"C10\"}\nno JSON\n{\"kind\":\"rack\",\"key\":\"r\"}\n"
             "{\"external_key\":\"C9\"}\n{\"from\":\"C9\",\"too\":\"C1\"}\n"
             "{\"external_key\":\"C11\",\"clas\":\"server\"}\n");
  const std::string before = here.run("desk.tocsin head").out;
  const outcome wrong = here.run("desk.tocsin import graph wrong.jsonl");
  CHECK(wrong.status == 1);
  CHECK(contains(wrong.out, "wrong.jsonl, line 2: to: found \"C10\""));
  CHECK(contains(wrong.out,
                 "wrong.jsonl, line 7: found \"clas\", allowed of a configuration_item: kind, key, name, class"));
  CHECK(contains(wrong.out, "cannot be taken: 6"));
  CHECK(here.run("desk.tocsin head").out == before);
  here.write("columns.csv", "external_key,kind,clas,cost_per_hour\nC12,,server,\nC13,,server,\n");
  const outcome columns = here.run("desk.tocsin import graph columns.csv");
  CHECK(columns.status == 1);
  CHECK(contains(columns.out, "columns.csv, line 1: found a column \"clas\""));
  CHECK(contains(columns.out, "cannot be taken: 1"));
  CHECK(here.run("desk.tocsin import graph nowhere.csv").status == 3);
  CHECK(here.run("desk.tocsin import graph").status == 2);
}

TEST_CASE("who is paged when is answered line by line, without a desk (E2, E4)") {
  const playground here;
  const std::string policy = R"({"define":"escalation_policy","key":"p","steps":[{"targets":)"
                             R"([{"kind":"person","key":"ann"}],"delay":"PT5M"}]})";
  const std::string question = R"({"operation":"simulate","policy":"p","opened_at":"2026-12-25T03:00:00Z"})";
  const outcome done = here.run("simulate", "# a comment\n" + policy + "\n\n" + question + "\n");
  CHECK(done.status == 0);
  CHECK(done.err.empty());
  const std::vector<std::string> lines = done.lines();
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] == R"({"defined":"escalation_policy","key":"p"})");
  CHECK(contains(lines[1], R"({"at":"2026-12-25T03:05:00Z","event":"escalation_exhausted"})"));
  CHECK(here.run("simulate", question + "\n").status == 1);
  CHECK(here.run("simulate nowhere").status == 3);
}

TEST_CASE("with a desk file, simulate plays an incident on a fork of it") {
  const playground here;
  here.write(
      "night",
      R"({"command":"publish","at":"2026-11-23T08:00:00Z","actor":"host","people":[{"key":"ana"},{"key":"ben"}],)"
      R"("escalation_policies":[{"key":"p1","steps":[{"targets":[{"kind":"person","key":"ana"}],"delay":"PT5M"},)"
      R"({"targets":[{"kind":"person","key":"ben"}],"delay":"PT5M"}],"triggers":[{"on":"logged",)"
      R"("condition":{"==":[{"var":"priority"},"critical"]}}]}]})"
      "\n");
  REQUIRE(here.run("d run night").status == 0);
  const std::string before = here.run("d head").out;
  const std::string question =
      R"({"operation":"simulate","opened_at":"2026-12-25T03:00:00Z","incident":{"priority":"critical"}})";
  const outcome done = here.run("d simulate", "# at night\n" + question + "\n");
  CHECK(done.status == 0);
  REQUIRE(done.lines().size() == 1);
  CHECK(contains(done.out, R"({"at":"2026-12-25T03:05:00Z","event":"notified","policy":"p1","run":1,"step":2)"));
  CHECK(contains(done.out, R"("event":"escalation_exhausted")"));
  CHECK(here.run("d head").out == before);
  const outcome refused = here.run("d simulate", R"({"define":"team","key":"t"})"
                                                 "\nnonsense\n" +
                                                     question + "\n");
  CHECK(refused.status == 1);
  REQUIRE(refused.lines().size() == 3);
  CHECK(contains(refused.lines()[0], "simulate.on_desk"));
  CHECK(contains(refused.lines()[1], "json.invalid"));
  CHECK(refused.lines()[2] + "\n" == done.out);
  CHECK_FALSE(here.has("e"));
  CHECK(here.run("e simulate", question + "\n").status == 3);
  CHECK_FALSE(here.has("e"));
}

TEST_CASE("Ctrl-C ends the shell with 130 and a line that says so; what was answered before stays") {
  const playground here;
  const std::string desk = here.path("desk.tocsin");
  const std::string errors = here.path("errors");
  std::array<int, 2> to{};
  std::array<int, 2> from{};
  REQUIRE(::pipe(to.data()) == 0);
  REQUIRE(::pipe(from.data()) == 0);
  const pid_t shell = ::fork();
  REQUIRE(shell >= 0);
  if (shell == 0) {
    std::signal(SIGINT, SIG_DFL);
    ::dup2(to[0], STDIN_FILENO);
    ::dup2(from[1], STDOUT_FILENO);
    for (const int end : {to[0], to[1], from[0], from[1]}) ::close(end);
    if (std::freopen(errors.c_str(), "wb", stderr) == nullptr) ::_exit(99);
    ::execl(TOCSIN_SHELL, TOCSIN_SHELL, desk.c_str(), "run", "-", static_cast<char*>(nullptr));
    ::_exit(98);
  }
  ::close(to[0]);
  ::close(from[1]);
  const std::string line = "{\"command\":\"log_incident\",\"at\":\"2026-11-23T08:00:00Z\",\"title\":\"VPN is down\"}\n";
  REQUIRE(::write(to[1], line.data(), line.size()) == static_cast<ssize_t>(line.size()));
  char answered = 0;
  REQUIRE(::read(from[0], &answered, 1) == 1);
  ::kill(shell, SIGINT);
  ::close(to[1]);  // it may have come just before the shell waited for more
  while (::read(from[0], &answered, 1) == 1) {
  }
  ::close(from[0]);
  int code = 0;
  REQUIRE(::waitpid(shell, &code, 0) == shell);
  REQUIRE(WIFEXITED(code));
  CHECK(WEXITSTATUS(code) == 130);
  CHECK(here.read("errors") == "tocsin: interrupted; what was done before stays done\n");
  CHECK(contains(here.run("desk.tocsin show INC0000001").out, "VPN is down"));
  CHECK(here.run("desk.tocsin verify").status == 0);
}

TEST_CASE("a drill is played on a fork, scored, and compared with the last (M4)") {
  const playground here;
  const std::string examples = std::string(TOCSIN_SOURCE_DIR) + "/examples/drill/";
  REQUIRE(here.run("desk.tocsin --at 2026-03-02T07:00:00Z publish " + examples + "pack.json").status == 0);
  const outcome head = here.run("desk.tocsin head");
  const outcome shown = here.run("desk.tocsin drill " + examples + "night.json --timeline");
  CHECK(shown.status == 0);
  CHECK(contains(shown.out, "Checkout fails at night: 70 of 100"));
  CHECK(contains(shown.out, "answered too late"));
  CHECK(contains(shown.out, "captured"));
  const outcome last = here.run("desk.tocsin drill " + examples + "night.json --json");
  here.write("last.json", last.out);
  const outcome again = here.run("desk.tocsin drill " + examples + "night.json --last last.json --least 71");
  CHECK(again.status == 1);  // 70 is less
  CHECK(contains(again.out, "Compared with the last"));
  CHECK(here.run("desk.tocsin drill nowhere.json").status == 2);
  CHECK(here.run("desk.tocsin head").out == head.out);
}
