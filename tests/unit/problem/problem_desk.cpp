// Problems on a desk: whatever becomes of a problem, nobody who waited for it is left waiting (P5); and recurrence proposes
// there what it proposes without a desk (P4).
#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <tocsin/model/incident.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/problem/document.hpp>
#include <tocsin/problem/problem.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "unit/desk/office.hpp"

using namespace tocsin;
using office::json;

namespace {

std::string padded(std::string prefix, std::size_t number) {
  const std::string digits = std::to_string(number);
  return prefix + std::string(7 - digits.size(), '0') + digits;
}

std::string inc(std::size_t number) { return padded("INC", number); }
std::string prb(std::size_t number) { return padded("PRB", number); }

// Time that passes with each command.
class clock_hand {
 public:
  std::string next(std::int64_t seconds = 1) {
    at_ = at_ + seconds * second;
    return office::text_of(at_);
  }
  instant at() const { return at_; }

 private:
  instant at_ = office::at("2026-11-23T08:00:00Z");
};

bool is_over(const desk& d, record_ref problem) {
  const incident_ptr record = d.find(problem);
  return !record || !is_open(record->state_kind);
}

// Those that wait for a problem, though all that they are linked to are over.
std::set<std::uint64_t> stranded(const desk& d) {
  std::set<std::uint64_t> found;
  d.state().live.each([&](const incident_ptr& record) {
    const std::string_view reason = d.state().words.word(word_kind::hold_reason, record->hold_reason.index);
    if (record->state_kind != state_kind::on_hold || reason != "awaiting_problem") return true;
    std::size_t problems = 0;
    std::size_t over = 0;
    for (const record_link& link : links_of(*record)) {
      if (link.kind != link_kind::caused_by) continue;
      ++problems;
      over += is_over(d, link.record) ? 1u : 0u;
    }
    if (problems != 0 && problems == over) found.insert(record->id);
    return true;
  });
  return found;
}

bool is_told(desk& d, const json& command) {
  try {
    office::tell(d, command);
    return true;
  } catch (const error& e) {
    CHECK_MESSAGE(e.code() != status::internal, std::string(e.what()));
    CHECK_MESSAGE(e.code() != status::corrupt, std::string(e.what()));
    return false;
  }
}

}  // namespace

TEST_CASE("whatever becomes of problems, nobody who waited for one is left waiting (P5)") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto pick = [&](std::size_t n) { return 1 + random() % n; };
    desk d = office::furnished();
    clock_hand hand;
    constexpr std::size_t incidents = 14;
    constexpr std::size_t problems = 5;
    const auto tell = [&](std::string_view name, const json& fields) {
      return is_told(d, office::command(name, hand.next(), "ana", fields));
    };
    for (std::size_t i = 1; i <= incidents; ++i) tell("log_incident", {{"title", "x"}, {"team", "net"}});
    for (std::size_t p = 1; p <= problems; ++p) {
      json of = json::array();
      for (std::size_t i = 1; i <= incidents; ++i) {
        if (random() % 3 == 0) of.push_back(inc(i));
      }
      tell("log_problem", {{"title", "why"}, {"incidents", of}});
      tell("begin_work", {{"incident", prb(p)}});
    }
    std::size_t endings = 0;
    for (int step = 0; step < 120; ++step) {
      const std::string problem = prb(pick(problems));
      const std::string incident = inc(pick(incidents));
      const std::set<std::uint64_t> before = stranded(d);
      bool done = false;
      switch (random() % 10) {
        case 0:
          done = tell("resolve_incident", {{"incident", problem}, {"code", "fix_applied"}, {"notes", "Done"}});
          break;
        case 1:
          done = tell("accept_risk", {{"problem", problem},
                                      {"reason", "Dear"},
                                      {"review_at", "2027-11-23T08:00:00Z"},
                                      {"outcome", "resolve"},
                                      {"code", random() % 2 == 0 ? "workaround" : "fulfilled"}});
          break;
        case 2:
          done = tell("mark_duplicate", {{"incident", problem}, {"of", prb(pick(problems))}, {"reason", "x"}});
          break;
        case 3:
          done = tell("cancel_incident", {{"incident", problem}, {"reason", "x"}});
          break;
        case 4:
          done = tell("close_incident", {{"incident", problem}});
          break;
        case 5:
          done = tell("reopen_incident", {{"incident", problem}, {"reason", "Again"}});
          break;
        case 6:
          tell("link_records", {{"incident", incident}, {"kind", "caused_by"}, {"other", problem}});
          continue;
        default:
          tell("hold_incident", {{"incident", incident}, {"reason", "awaiting_problem"}});
          continue;  // whoever waits for what is over already does so knowingly
      }
      endings += done ? 1 : 0;
      d.advance(hand.at());
      for (const std::uint64_t id : stranded(d)) CHECK_MESSAGE(before.contains(id), "INC " << id << " is stranded");
    }
    CHECK(endings > 0);
    d.verify();
  }
}

TEST_CASE("what becomes of a problem reaches more incidents than one entry holds (P5)") {
  desk d = office::furnished();
  clock_hand hand;
  constexpr std::size_t incidents = 240;  // half of them wait for it: four entries
  const auto tell = [&](std::string_view name, const json& fields) {
    return office::tell(d, office::command(name, hand.next(), "ana", fields));
  };
  json of = json::array();
  for (std::size_t i = 1; i <= incidents; ++i) {
    tell("log_incident", {{"title", "x"}, {"team", "net"}, {"caller", "carla"}});
    of.push_back(inc(i));
  }
  tell("log_problem", {{"title", "why"}, {"incidents", of}});
  tell("begin_work", {{"incident", prb(1)}});
  for (std::size_t i = 1; i <= incidents; i += 2) {
    tell("hold_incident", {{"incident", inc(i)}, {"reason", "awaiting_problem"}});
  }
  SUBCASE("as it is resolved") {
    tell("resolve_incident", {{"incident", prb(1)}, {"code", "fix_applied"}, {"notes", "Patched"}});
  }
  SUBCASE("as its risk is accepted") {
    tell("accept_risk",
         {{"problem", prb(1)}, {"reason", "Dear"}, {"review_at", "2027-11-23T08:00:00Z"}, {"outcome", "resume"}});
  }
  SUBCASE("as it ends for good, it cannot") {
    CHECK_THROWS_AS(tell("cancel_incident", {{"incident", prb(1)}, {"reason", "x"}}), error);
    CHECK(stranded(d).empty());
    for (std::size_t i = 1; i <= 180; i += 2) tell("resume_incident", {{"incident", inc(i)}});
    tell("cancel_incident", {{"incident", prb(1)}, {"reason", "x"}});
  }
  d.advance(hand.at());
  CHECK(stranded(d).empty());
  std::map<std::string, std::size_t> outcomes;
  for (const effect& e : d.take_effects("mail", 10'000)) ++outcomes[std::string(e.body.type()->name)];
  CHECK(outcomes["problem_notice"] >= incidents / 2);
  d.verify();
}

TEST_CASE("a desk proposes what recurrence proposes without one, whether it was closed in between or not (P4)") {
  for (unsigned seed = 1; seed <= 12; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const conformance::temporary_file place;
    sqlite_options where;
    where.path = place.path();
    desk d = office::furnished(open_sqlite_store(where));
    recurrence_session alone;
    clock_hand hand;
    const std::vector<json> rules = {
        {{"key", "a"}, {"group_by", {"service"}}, {"count", 3}, {"window", "PT2H"}},
        {{"key", "b"},
         {"group_by", {"fingerprint"}},
         {"count", 2},
         {"window", "PT30M"},
         {"condition", {{"==", {{{"var", "impact"}}, "high"}}}}},
    };
    office::tell(d, office::command("publish", hand.next(), "host",
                                    {{"services", {{{"key", "erp"}}}}, {"recurrence_rules", rules}}));
    for (json rule : rules) {
      json line = {{"define", "recurrence_rule"}};
      line.update(rule);
      alone.execute(line.dump());
    }
    std::map<std::string, std::string> problem_of;  // by proposal
    std::vector<std::int64_t> open;                 // numbers of proposals
    std::size_t problems = 0;
    std::size_t proposals = 0;
    for (std::size_t i = 1; i <= 90; ++i) {
      const std::string when = hand.next(60 + static_cast<std::int64_t>(random() % 600));
      json incident = {{"title", random() % 2 == 0 ? "mail is down" : "no sound"},
                       {"impact", random() % 2 == 0 ? "high" : "low"}};
      if (random() % 4 != 0) incident["service"] = random() % 2 == 0 ? "mail" : "erp";
      json line = {{"define", "incident"}, {"key", inc(i)}, {"opened_at", when}};
      line.update(incident);
      const json expected = json::parse(alone.execute(line.dump()));
      const json found = office::tell(d, office::command("log_incident", when, "ana", incident));
      json proposed = json::array();
      for (const json& e : found["events"]) {
        if (e["event"] == "problem_proposed")
          proposed.push_back({e["rule"], json::parse(e["group"].get<std::string>()), e["incidents"]});
      }
      json wanted = json::array();
      for (const json& p : expected.value("proposed", json::array())) {
        wanted.push_back({p["rule"], p["group"], p["incidents"]});
        open.push_back(p["proposal"]);
        ++proposals;
      }
      CHECK(proposed == wanted);
      if (!open.empty() && random() % 3 == 0) {
        const std::size_t at = random() % open.size();
        const std::int64_t number = open[at];
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(at));
        const std::string proposal = padded("PRP", static_cast<std::size_t>(number));
        const std::string then = hand.next();
        json decision = {{"define", "decision"}, {"proposal", number}, {"at", then}};
        if (random() % 2 == 0) {
          office::tell(d, office::command("reject_proposal", then, "ana", {{"proposal", proposal}, {"reason", "x"}}));
          decision.update({{"outcome", "rejected"}, {"reason", "x"}});
        } else {
          office::tell(d, office::command("accept_proposal", then, "ana", {{"proposal", proposal}}));
          decision.update({{"outcome", "accepted"}, {"problem", prb(++problems)}});
        }
        alone.execute(decision.dump());
      }
      if (problems != 0 && random() % 8 == 0) {
        const std::string problem = prb(1 + random() % problems);
        if (is_told(d,
                    office::command("cancel_incident", hand.next(), "ana", {{"incident", problem}, {"reason", "x"}}))) {
          alone.execute(json({{"define", "problem"}, {"key", problem}, {"open", false}}).dump());
        }
      }
      if (random() % 6 == 0) {  // what is closed counts all the same
        const std::string one = inc(1 + random() % i);
        is_told(d, office::resolve(hand.next(), one));
        is_told(d, office::command("close_incident", hand.next(), "ana", {{"incident", one}}));
      }
      if (random() % 10 != 0) continue;
      d = office::open();  // so that the file is closed before it is opened
      d = office::open(open_sqlite_store(where));
    }
    CHECK(proposals > 2);
    d.verify();
  }
}
