// Assignment by rules against a slow, obvious reference that reads everything anew from definitions, live records and the
// journal (I2, R-P10).
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

#include <tocsin/assignment/events.hpp>
#include <tocsin/desk/assignment_book.hpp>

#include "office.hpp"
#include "random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

constexpr const char* crew[] = {"ana", "ben", "carla", "dora", "eve", "fay", "gus"};
constexpr const char* strategies[] = {"round_robin", "least_loaded", "most_capacity", "by_skills", "on_call"};

void put(desk& d, std::int64_t at_us, const json& fields) {
  office::tell(d, office::command("publish", office::text_of({at_us}), "host", fields));
}

// Changes of everything that a rule looks at.
class random_changes {
 public:
  explicit random_changes(std::uint64_t seed) : dice_(seed) {}

  json rule() {
    const auto skills = [&] {
      return json{{{"skill", "disks"}, {"level", 1 + dice_.below(3)}}, {{"skill", "cables"}}};
    };
    json r = {{"key", "default"}, {"order", 1}, {"strategy", strategies[dice_.below(5)]}, {"team", "crew"}};
    if (r["strategy"] == "on_call") r["schedule"] = "duty";
    if (r["strategy"] == "by_skills") r["wanted_skills"] = skills();
    if (dice_.chance(40)) r["role"] = "engineer";
    if (dice_.chance(30)) r["mandatory_skills"] = {{{"skill", "cables"}, {"level", 1 + dice_.below(2)}}};
    if (dice_.chance(50)) r["capacity"] = dice_.below(5);
    return r;
  }

  json person(const char* key) {
    json p = {{"key", key}, {"skills", json::array()}};
    if (dice_.chance(50)) p["capacity"] = dice_.below(6);
    if (dice_.chance(10)) p["retired"] = true;
    for (const char* skill : {"disks", "cables"}) {
      if (dice_.chance(50)) p["skills"].push_back({{"skill", skill}, {"level", 1 + dice_.below(4)}});
    }
    return p;
  }

  json team() {
    json members = json::array();
    for (const char* key : crew) {
      if (dice_.chance(75))
        members.insert(members.begin() + dice_.below(static_cast<std::int64_t>(members.size()) + 1), key);
    }
    return {{"key", "crew"}, {"members", members}};
  }

  json role(std::int64_t at_us) {
    json holders = json::array();
    for (const char* key : crew) {
      if (!dice_.chance(70)) continue;
      json holder = {{"person", key}};
      if (dice_.chance(50)) holder["qualified_until"] = office::text_of({at_us + dice_.below(hours_ * 20)});
      holders.push_back(holder);
    }
    return {{"key", "engineer"}, {"holders", holders}, {"teams", dice_.chance(30) ? json{"crew"} : json::array()}};
  }

  json absence(std::int64_t at_us) {
    const std::int64_t from = at_us + dice_.below(hours_ * 3);
    return {{"person", anybody()},
            {"from", office::text_of({from})},
            {"until", office::text_of({from + 1 + dice_.below(hours_ * 12)})}};
  }

  const char* anybody() { return crew[dice_.below(std::ssize(crew))]; }
  office::dice& dice() { return dice_; }

 private:
  static constexpr std::int64_t hours_ = 3600LL * 1'000'000;

  office::dice dice_;
};

// ---- the reference

struct slow_reference {
  const desk& d;
  const assignment_rule& rule;
  instant at;

  const desk_state& state() const { return d.state(); }
  const std::string key_of(person_ref p) const { return std::string(state().words.word(word_kind::person, p.index)); }

  bool is_absent(const std::string& key) const {
    const versions<absence>& all = state().definitions.of<tocsin::absence>();
    for (std::uint32_t number = 1; number <= all.size(); ++number) {
      const absence& one = *all.current(number);
      const bool counts = one.person == key && !is_set(one.withdrawn_at);
      if (counts && one.from <= at && at < one.until && one.accepted_at <= at) return true;
    }
    return false;
  }

  bool lacks_role(const std::string& key) const {
    const versions<role>& all = state().definitions.of<tocsin::role>();
    for (std::uint32_t number = 1; number <= all.size(); ++number) {
      const role& r = *all.current(number);
      const bool asked = r.key == rule.role || std::ranges::find(r.teams, rule.team) != r.teams.end();
      if (asked && !is_qualified(r, key, at)) return true;
    }
    return false;
  }

  std::int64_t level(const person& p, const std::string& skill) const {
    for (const person_skill& s : p.skills) {
      if (s.skill == skill) return s.level;
    }
    return 0;
  }

  std::int64_t load(person_ref p) const {
    std::int64_t count = 0;
    state().live.each([&](const incident_ptr& r) {
      count += is_open(r->state_kind) && r->assignee == p;
      return true;
    });
    return count;
  }

  std::uint64_t last_turn(person_ref p) const {
    std::uint64_t last = 0;
    for (std::uint64_t s = 1; s <= state().counters.sequence; ++s) {
      for (const event& happened : d.read_entry(s).events) {
        const auto* routed = happened.body.get_if<assignment_rules_applied>();
        if (routed && routed->assignee == p && routed->turn != 0) last = routed->turn;
      }
    }
    return last;
  }

  optional_integer capacity(const person& p) const { return p.capacity ? p.capacity : rule.capacity; }

  skip_reason reason(person_ref one, const std::vector<person_ref>& on_call) const {
    const person& p = *state().definitions.of<tocsin::person>().current(one.index);
    if (p.retired) return skip_reason::retired;
    if (is_absent(p.key)) return skip_reason::absent;
    if (!rule.schedule.empty() && std::ranges::find(on_call, one) == on_call.end()) return skip_reason::not_on_call;
    if (lacks_role(p.key)) return skip_reason::not_qualified;
    for (const skill_demand& m : rule.mandatory_skills) {
      if (level(p, m.skill) < m.level) return skip_reason::lacks_skill;
    }
    const optional_integer most = capacity(p);
    if (most && load(one) >= most.value) return skip_reason::at_capacity;
    if (!most && rule.strategy == assignment_strategy::most_capacity) return skip_reason::no_capacity;
    return skip_reason::unset;
  }

  // What counts, the more important first; the smallest is taken.
  std::vector<std::int64_t> rank(person_ref one) const {
    const person& p = *state().definitions.of<tocsin::person>().current(one.index);
    std::vector<std::int64_t> all;
    if (rule.strategy == assignment_strategy::by_skills) {
      std::int64_t has = 0;
      std::int64_t suffices = 0;
      for (const skill_demand& w : rule.wanted_skills) {
        has += level(p, w.skill) > 0;
        suffices += level(p, w.skill) >= w.level;
      }
      all = {-has, -suffices, load(one)};
    }
    if (rule.strategy == assignment_strategy::least_loaded) all = {load(one)};
    if (rule.strategy == assignment_strategy::most_capacity) all = {load(one) - capacity(p).value};
    all.push_back(static_cast<std::int64_t>(last_turn(one)));
    all.push_back(one.index);
    return all;
  }

  struct answer {
    person_ref chosen;
    std::map<std::uint32_t, skip_reason> reasons;
  };

  answer choose() const {
    std::vector<person_ref> on_call;
    if (!rule.schedule.empty()) {
      on_call = state().roster_of({state().words.find(word_kind::schedule, rule.schedule)})->who(at).people;
    }
    std::vector<person_ref> pool = on_call;
    const team& t = *state().definitions.of<tocsin::team>().current(state().words.find(word_kind::team, rule.team));
    for (const std::string& key : t.members) pool.push_back(office::person(d, key));
    answer result;
    for (const person_ref one : pool) {
      result.reasons[one.index] = reason(one, on_call);
      if (result.reasons[one.index] != skip_reason::unset) continue;
      if (!result.chosen || rank(one) < rank(result.chosen)) result.chosen = one;
    }
    return result;
  }
};

void furnish(desk& d) {
  json slots = json::array();
  for (const char* key : crew) slots.push_back({{"people", {key}}});
  slots[2] = {{"people", {"ana", "fay", "gus"}}};
  put(d, office::at("2026-11-23T07:30:00Z").us,
      {{"skills", {{{"key", "disks"}}, {{"key", "cables"}}}},
       {"people", {{{"key", "eve"}}, {{"key", "fay"}}, {{"key", "gus"}}}},
       {"teams", {{{"key", "crew"}}}},
       {"roles", {{{"key", "engineer"}}}},
       {"rotations",
        {{{"key", "hourly"},
          {"type", "hourly"},
          {"zone", "UTC"},
          {"start", "2026-11-23T07:00"},
          {"participants", slots}}}},
       {"schedules", {{{"key", "duty"}, {"zone", "UTC"}, {"layers", {{{"rotation", "hourly"}}}}}}}});
}

void change_something(desk& d, random_changes& next, std::int64_t at_us) {
  const std::string at = office::text_of({at_us});
  switch (next.dice().below(7)) {
    case 0:
      return put(d, at_us, {{"assignment_rules", {next.rule()}}});
    case 1:
      return put(d, at_us, {{"people", {next.person(next.anybody())}}});
    case 2:
      return put(d, at_us, {{"teams", {next.team()}}});
    case 3:
      return put(d, at_us, {{"roles", {next.role(at_us)}}});
    case 4:
      office::tell(d, office::command("record_absence", at, "host", next.absence(at_us)));
      return;
    default:
      const auto id = static_cast<std::uint64_t>(next.dice().below(30)) + 1;
      const incident_ptr& r = d.state().live.find(id);
      if (r && is_open(r->state_kind)) office::tell(d, office::resolve(at, d.show_number(r->number)));
  }
}

}  // namespace

TEST_CASE(
    "whoever gets it, and why others do not, is what a slow reference says, under random changes (I2, O4, R-O10)") {
  std::size_t chosen = 0;
  std::set<skip_reason> reasons;
  for (std::uint64_t seed = 1; seed <= 25; ++seed) {
    CAPTURE(seed);
    desk d = office::furnished();
    furnish(d);
    random_changes next(seed);
    std::int64_t at_us = office::at("2026-11-23T08:00:00Z").us;
    put(d, at_us, {{"teams", {next.team()}}, {"assignment_rules", {next.rule()}}});
    for (int i = 0; i < 40; ++i) {
      CAPTURE(i);
      at_us += next.dice().below(3600) * 1'000'000;
      for (std::int64_t n = next.dice().below(3); n > 0; --n) change_something(d, next, at_us);
      const routing_rule& rule = d.state().definitions.routing->rules()[0];
      const slow_reference::answer expected = slow_reference{d, rule.definition(), {at_us}}.choose();
      const json done = office::tell(d, office::log(office::text_of({at_us})));
      const entry e = d.read_entry(done["sequence"].get<std::uint64_t>());
      const auto& routed = e.events[1].body.get<assignment_rules_applied>();
      CHECK(routed.assignee == expected.chosen);
      CHECK(routed.nobody_eligible == !expected.chosen);
      CHECK(routed.considered_count == expected.reasons.size());
      for (const considered_person& one : routed.considered) {
        CHECK(one.skipped == expected.reasons.at(one.person.index));
        reasons.insert(one.skipped);
      }
      chosen += routed.assignee ? 1u : 0u;
    }
    d.verify();
  }
  CHECK(chosen > 200);
  CHECK(reasons.size() == 8);
}
