// A real incident log under agreements on time: every clock is explained by its proof, and what the proof says of holds and
// resolutions is what the record says of its states.
#include <import_servicenow.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>

#include <moment.hpp>

#include "shared_data.hpp"

using namespace shell;
using tocsin::client::desk;

namespace {

json ask(const desk& of, const json& question) { return json::parse(of.query(question.dump())); }

micros instant_of(const json& at) { return parse_instant(at.get<std::string>()).value(); }

// "P3DT4H30M"; the log's times are to the minute.
micros read_iso(const std::string& text) {
  const std::map<char, micros> units{{'D', 86'400}, {'H', 3'600}, {'M', 60}, {'S', 1}};
  micros seconds = 0;
  micros number = 0;
  for (const char c : text) {
    if (c >= '0' && c <= '9') number = number * 10 + (c - '0');
    if (!units.contains(c)) continue;
    seconds += number * units.at(c);
    number = 0;
  }
  return seconds * 1'000'000;
}

// An agreement over real time beside those of the pack, so that its proof has nothing but what happened.
json plain_agreement() {
  return {{"key", "plain"},
          {"kind", "ola"},
          {"metric", "resolution"},
          {"targets", {{{"duration", "P5D"}}}},
          {"calendar", "24x7"}};
}

void publish_agreements(desk& on, micros at) {
  json pack = ask(on, {{"query", "optional_packs"}, {"name", "agreements"}})["packs"][0]["pack"];
  pack["sla_policies"].push_back(plain_agreement());
  pack.update({{"command", "publish"}, {"actor", "host"}});
  on.execute(pack.dump(), at);
}

// By cause: how long, in microseconds.
std::map<std::string, micros> check_tiles(const json& proof, micros opened, micros as_of) {
  std::map<std::string, micros> sums;
  micros reached = opened;
  for (const json& interval : proof["intervals"]) {
    CHECK(instant_of(interval["from"]) == reached);
    const micros to = instant_of(interval["until"]);
    CHECK(to > reached);
    sums[interval["cause"]] += to - reached;
    reached = to;
  }
  CHECK(reached == as_of);
  return sums;
}

}  // namespace

TEST_CASE("every clock of a real log is explained by its proof (S1, D11, R-A01)") {
  const auto path = shared_data::log_part();
  if (!path) return;
  desk on;
  import_options options;
  options.at = parse_instant("2026-11-22T08:00:00Z").value();
  options.path = path->string();
  publish_agreements(on, options.at);
  import_servicenow(on, options);
  const json found = ask(on, {{"query", "find"}, {"order", "opened_at"}, {"limit", 1'000}});
  REQUIRE(found["records"].size() == 300);
  std::size_t clocks = 0;
  std::map<std::string, int> ends;
  for (const json& named : found["records"]) {
    const std::string number = named["number"];
    CAPTURE(number);
    const json record = ask(on, {{"query", "get"}, {"incident", number}});
    const micros opened = instant_of(record["opened_at"]);
    const json stand = ask(on, {{"query", "clocks"}, {"incident", number}});
    const micros as_of = instant_of(stand["as_of"]);
    for (const json& clock : stand["clocks"]) {
      const std::string policy = clock["policy"];
      CAPTURE(policy);
      ++clocks;
      ++ends[clock.value("state", "not started")];
      const json proof = ask(on, {{"query", "clock_proof"}, {"incident", number}, {"policy", policy}});
      const auto sums = check_tiles(proof, opened, as_of);
      const auto sum_of = [&](const char* cause) { return sums.contains(cause) ? sums.at(cause) : 0; };
      const json& verdict = proof["verdict"];
      CHECK(verdict.value("elapsed", "") == clock.value("elapsed", ""));
      if (policy != "plain") continue;
      // Holds and resolutions as the record itself tells of them.
      CHECK(clock["state"] == "met");
      const micros resolved = instant_of(record["resolved_at"]);
      CHECK(sum_of("hold") == read_iso(record.value("held_time", "PT0S")));
      CHECK(sum_of("counted") + sum_of("hold") <= resolved - opened);
      CHECK(sum_of("counted") + sum_of("hold") + sum_of("resolved") + sum_of("ended") == as_of - opened);
      if (!record.contains("reopen_count")) CHECK(sum_of("counted") + sum_of("hold") == resolved - opened);
    }
  }
  CHECK(clocks >= 600);
  CHECK(ends["met"] > 300);
}
