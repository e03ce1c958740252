#include <tocsin/problem/recurrence.hpp>

#include <doctest/doctest.h>

#include <cstdlib>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <tocsin/time/rfc3339.hpp>

#include "naive_recurrence.hpp"

using namespace tocsin;
using nlohmann::json;

namespace {

std::uint32_t seed() {
  const char* said = std::getenv("TOCSIN_SEED");
  return said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : 20260302u;
}

struct dice {
  std::mt19937 engine;

  int below(int n) { return static_cast<int>(engine() % static_cast<std::uint32_t>(n)); }
  bool one_in(int n) { return below(n) == 0; }
  std::string name(const char* prefix, int kinds) { return prefix + std::to_string(below(kinds)); }
};

constexpr instant monday{1'772'409'600'000'000};

recurrence_rule random_rule(dice& d, const std::string& key) {
  recurrence_rule rule;
  rule.key = key;
  while (rule.group_by.empty()) {
    for (int i = 1; i <= 6; ++i) {
      if (d.one_in(3)) rule.group_by.push_back(static_cast<recurrence_dimension>(i));
    }
  }
  const bool by_category =
      std::find(rule.group_by.begin(), rule.group_by.end(), recurrence_dimension::category) != rule.group_by.end();
  if (by_category) rule.category_level = d.below(3);
  rule.count = 1 + d.below(4);
  rule.window = duration{(1 + d.below(30)) * minute.us};
  return rule;
}

recurring_incident random_incident(dice& d, const std::string& key) {
  recurring_incident one;
  one.key = key;
  one.opened_at = monday + duration{d.below(120) * minute.us};
  for (int depth = d.below(4); depth > 0; --depth) one.category.push_back(d.name("c", 2));
  if (!d.one_in(4)) one.service = d.name("s", 2);
  for (int n = d.below(3); n > 0; --n) one.items.push_back(d.name("i", 3));
  for (int n = d.below(3); n > 0; --n) one.error_codes.push_back(d.name("e", 2));
  if (!d.one_in(4)) one.fingerprint = d.name("f", 2);
  if (!d.one_in(4)) one.customer = d.name("k", 2);
  if (d.one_in(10)) one.type = recurring_type::request;
  if (d.one_in(10)) one.state = state_kind::cancelled;
  if (d.one_in(10)) one.parent = "other";
  if (d.one_in(10)) one.duplicate_of = "other";
  return one;
}

template <class T>
std::string line_of(const char* tag, const char* name, const T& body) {
  json_writer to;
  to.begin_object();
  to.member(tag, name);
  write_members(to, body, {});
  to.end_object();
  return to.take();
}

std::multiset<std::string> outcome_of(const json& answer) {
  std::multiset<std::string> result;
  for (const json& one : answer.value("proposed", json::array())) {
    std::string text = "proposed " + std::to_string(one["proposal"].get<int>()) + " " + one["rule"].get<std::string>();
    for (const json& key : one["incidents"]) text += " " + key.get<std::string>();
    result.insert(text);
  }
  for (const json& one : answer.value("joined", json::array())) {
    result.insert("joined " + std::to_string(one["proposal"].get<int>()));
  }
  return result;
}

// Without the numbers, which depend on the order of groups.
std::multiset<std::string> without_numbers(const std::multiset<std::string>& all) {
  std::multiset<std::string> result;
  for (const std::string& one : all) {
    result.insert(one.rfind("proposed ", 0) == 0 ? one.substr(one.find(' ', 9)) : one);
  }
  return result;
}

struct both_books {
  recurrence_session fast;
  given::naive_book slow;

  json say(const std::string& line) {
    const json answer = json::parse(fast.answer(line));
    REQUIRE_MESSAGE(!answer.contains("error"), line, " ", answer.dump());
    return answer;
  }

  void log(const recurring_incident& one) {
    const std::size_t known = slow.proposals.size();
    const json answer = say(line_of("define", "incident", one));
    const std::multiset<std::string> expected = slow.log(one);
    REQUIRE(without_numbers(outcome_of(answer)) == without_numbers(expected));
    order_as_fast(known, answer);
  }

  // The slow one finds the groups of one incident in another order.
  void order_as_fast(std::size_t known, const json& answer) {
    std::vector<given::naive_proposal> made;
    for (const json& one : answer.value("proposed", json::array())) {
      std::set<std::string> group;
      for (const auto& [name, value] : one["group"].items()) {
        std::string text = name + "=";
        if (value.is_array()) {
          for (const json& part : value) text += part.get<std::string>() + "/";
        } else {
          text += value.get<std::string>();
        }
        group.insert(text);
      }
      const auto found = std::find_if(
          slow.proposals.begin() + static_cast<std::ptrdiff_t>(known), slow.proposals.end(),
          [&](const auto& p) { return p.rule == one["rule"].get<std::string>() && p.groups.front() == group; });
      REQUIRE(found != slow.proposals.end());
      made.push_back(*found);
    }
    std::copy(made.begin(), made.end(), slow.proposals.begin() + static_cast<std::ptrdiff_t>(known));
  }

  void decide(dice& d) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < slow.proposals.size(); ++i) {
      if (slow.proposals[i].state == "open") open.push_back(i + 1);
    }
    if (open.empty()) return;
    const std::size_t number = open[static_cast<std::size_t>(d.below(static_cast<int>(open.size())))];
    given::naive_proposal& proposal = slow.proposals[number - 1];
    proposal_decision decision;
    decision.proposal = static_cast<std::int64_t>(number);
    decision.at = monday + duration{d.below(120) * minute.us};
    proposal.decided_at = decision.at.us;
    const std::size_t other = open[static_cast<std::size_t>(d.below(static_cast<int>(open.size())))];
    if (other != number && d.one_in(2)) {
      decision.outcome = proposal_state::merged;
      decision.into = static_cast<std::int64_t>(other);
      proposal.into = other;
      proposal.state = "merged";
    } else if (d.one_in(2)) {
      decision.outcome = proposal_state::rejected;
      decision.reason = "no";
      proposal.state = "rejected";
    } else {
      decision.outcome = proposal_state::accepted;
      decision.problem = "p" + std::to_string(number);
      proposal.problem = decision.problem;
      proposal.state = "accepted";
      slow.open_problems.insert(decision.problem);
    }
    say(line_of("define", "decision", decision));
  }

  void close_or_open(dice& d) {
    for (const given::naive_proposal& one : slow.proposals) {
      if (one.problem.empty() || !d.one_in(3)) continue;
      const bool open = d.one_in(2);
      say(R"({"define":"problem","key":")" + one.problem + "\",\"open\":" + (open ? "true}" : "false}"));
      if (open) {
        slow.open_problems.insert(one.problem);
      } else {
        slow.open_problems.erase(one.problem);
      }
    }
  }

  void change(dice& d) {
    if (slow.incidents.empty()) return;
    recurring_incident& known =
        slow.incidents[static_cast<std::size_t>(d.below(static_cast<int>(slow.incidents.size())))];
    recurring_incident changed = random_incident(d, known.key);
    say(line_of("define", "incident", changed));
    known = changed;
  }
};

}  // namespace

TEST_CASE("random incidents, decisions and changes are answered as the slow reference does (P4)") {
  CAPTURE(seed());
  for (std::uint32_t round = 0; round < 60; ++round) {
    CAPTURE(round);
    dice d{std::mt19937(seed() + round)};
    both_books both;
    for (int i = 1 + d.below(3); i > 0; --i) {
      const recurrence_rule rule = random_rule(d, "r" + std::to_string(3 - i));
      both.slow.rules.push_back(rule);
      both.say(line_of("define", "recurrence_rule", rule));
    }
    for (int i = 0; i < 80; ++i) {
      both.log(random_incident(d, "INC" + std::to_string(i)));
      if (d.one_in(6)) both.decide(d);
      if (d.one_in(12)) both.close_or_open(d);
      if (d.one_in(6)) both.change(d);
    }
    const json proposals = both.say(R"({"operation":"proposals"})")["proposals"];
    REQUIRE(proposals.size() == both.slow.proposals.size());
    for (std::size_t i = 0; i < proposals.size(); ++i) {
      CHECK(proposals[i]["state"] == both.slow.proposals[i].state);
      std::set<std::string> listed;
      for (const char* name : {"incidents", "joined"}) {
        for (const json& key : proposals[i].value(name, json::array())) CHECK(listed.insert(key).second);
      }
      for (const std::string& key : both.slow.proposals[i].incidents) CHECK(listed.contains(key));
    }
  }
}

TEST_CASE("no group has two open proposals, whatever happens (P4)") {
  dice d{std::mt19937(seed())};
  both_books both;
  const recurrence_rule rule = random_rule(d, "r");
  both.slow.rules.push_back(rule);
  both.say(line_of("define", "recurrence_rule", rule));
  for (int i = 0; i < 300; ++i) {
    both.log(random_incident(d, "INC" + std::to_string(i)));
    if (d.one_in(5)) both.decide(d);
    std::set<std::string> open;
    const json told = both.say(R"({"operation":"proposals","state":"open"})");
    for (const json& one : told["proposals"]) {
      CHECK(open.insert(one["group"].dump()).second);
    }
  }
}

TEST_CASE("symptoms are found as by holding each fingerprint against each (P4)") {
  CAPTURE(seed());
  dice d{std::mt19937(seed())};
  const char* const words[] = {"mail",    "vpn",     "down", "cannot", "connect",
                               "outlook", "printer", "slow", "login",  "fails"};
  for (const std::int64_t likeness : {50, 63, 70, 85, 99}) {
    symptom_index fast(likeness);
    std::vector<std::string> leaders;
    std::map<std::string, std::string> known;
    for (int i = 0; i < 400; ++i) {
      std::string title;
      for (int n = 1 + d.below(5); n > 0; --n) {
        std::string word = words[d.below(10)];
        if (d.one_in(3)) word.erase(static_cast<std::size_t>(d.below(static_cast<int>(word.size()))), 1);
        title += word + ' ';
      }
      const std::string fingerprint = fingerprint_of(title);
      std::string expected = fingerprint;
      if (known.contains(fingerprint)) {
        expected = known[fingerprint];
      } else {
        likeness_fraction best;
        bool found = false;
        for (const std::string& leader : leaders) {
          const likeness_fraction like = likeness_of(fingerprint, leader);
          const bool better = !found || like.numerator * best.denominator > best.numerator * like.denominator;
          if (like.at_least(likeness) && better) best = like, expected = leader, found = true;
        }
        if (!found && !fingerprint.empty()) leaders.push_back(fingerprint);
        known[fingerprint] = expected;
      }
      REQUIRE(fast.symptom_of(fingerprint) == expected);
    }
    CHECK(fast.size() == leaders.size());
  }
}
