// Who gets a record by each strategy, who else was considered, and why they were skipped (I2, R-P10).
#include <doctest/doctest.h>

#include <tocsin/assignment/assignment.hpp>

#include <algorithm>
#include <map>
#include <random>

using namespace tocsin;

namespace {

constexpr person_ref ann{3}, bob{4}, cid{5}, dan{6};
constexpr skill_ref network{1}, storage{2}, german{3};

assignment_candidate somebody(person_ref person, std::int64_t load = 0, std::uint64_t last_turn = 0) {
  assignment_candidate c{.person = person};
  c.load = load;
  c.last_turn = last_turn;
  return c;
}

std::vector<person_ref> eligible(const std::vector<considered_person>& all) {
  std::vector<person_ref> people;
  for (const considered_person& one : all) {
    if (is_eligible(one)) people.push_back(one.person);
  }
  return people;
}

using people = std::vector<person_ref>;

}  // namespace

TEST_CASE("round robin gives it to whoever has waited longest for a turn; who never had one comes first (I2)") {
  const assignment_terms terms{.strategy = assignment_strategy::round_robin};
  const std::vector<assignment_candidate> team = {somebody(ann, 0, 7), somebody(bob, 9, 5), somebody(cid, 0, 0),
                                                  somebody(dan, 0, 0)};
  CHECK(eligible(consider(terms, team)) == people{cid, dan, bob, ann});
}

TEST_CASE("the least loaded has the fewest open records; equal ones take turns, then go by number (I2)") {
  const assignment_terms terms{.strategy = assignment_strategy::least_loaded};
  const std::vector<assignment_candidate> team = {somebody(dan, 2, 1), somebody(cid, 1, 9), somebody(bob, 1, 8),
                                                  somebody(ann, 2, 1)};
  CHECK(eligible(consider(terms, team)) == people{bob, cid, ann, dan});
}

TEST_CASE("most capacity is the most room left, not the fewest records; without a capacity nothing is known (I2)") {
  const assignment_terms terms{.strategy = assignment_strategy::most_capacity};
  std::vector<assignment_candidate> team = {somebody(ann, 1), somebody(bob, 6), somebody(cid, 0), somebody(dan, 3)};
  team[0].capacity = {4};
  team[1].capacity = {10};
  team[3].capacity = {3};
  const auto all = consider(terms, team);
  CHECK(eligible(all) == people{bob, ann});
  CHECK(all[2] == considered_person{.person = cid, .skipped = skip_reason::no_capacity});
  CHECK(all[3] == considered_person{.person = dan, .skipped = skip_reason::at_capacity, .load = 3, .capacity = {3}});
}

TEST_CASE("by skills: mandatory ones filter, then how many are wanted, how many suffice, the load, the turn (I2)") {
  const assignment_terms terms{
      .strategy = assignment_strategy::by_skills, .mandatory = {{network, 2}}, .wanted = {{storage, 3}, {german, 1}}};
  std::vector<assignment_candidate> team = {somebody(ann), somebody(bob, 5), somebody(cid), somebody(dan)};
  team[0].skills = {{network, 2}, {storage, 5}};               // one wanted, at the level
  team[1].skills = {{network, 3}, {storage, 1}, {german, 1}};  // both, one at the level
  team[2].skills = {{network, 1}, {storage, 9}, {german, 9}};  // the mandatory one at too low a level
  team[3].skills = {{storage, 9}, {german, 9}};                // not at all
  const auto all = consider(terms, team);
  CHECK(eligible(all) == people{bob, ann});
  CHECK(all[0].wanted_skills == 2);
  CHECK(all[0].sufficient_skills == 1);
  for (const std::size_t i : {2u, 3u}) {
    CHECK(all[i].skipped == skip_reason::lacks_skill);
    CHECK(all[i].skill == network);
  }
}

TEST_CASE("mandatory skills and capacity hold for each strategy, and the first reason is told (I2)") {
  for (const auto strategy :
       {assignment_strategy::fixed, assignment_strategy::round_robin, assignment_strategy::least_loaded,
        assignment_strategy::most_capacity, assignment_strategy::by_skills, assignment_strategy::on_call,
        assignment_strategy::host}) {
    const assignment_terms terms{.strategy = strategy, .mandatory = {{network, 1}}};
    std::vector<assignment_candidate> team = {somebody(dan, 4), somebody(cid, 4), somebody(bob, 4), somebody(ann, 4)};
    team[0].unavailable = skip_reason::absent;
    team[1].capacity = {4};
    team[2].skills = {{network, 1}};
    team[2].capacity = {4};
    team[3].skills = {{network, 1}};
    team[3].capacity = {5};
    const auto all = consider(terms, team);
    REQUIRE(all.size() == 4);
    CHECK(eligible(all) == people{ann});
    CHECK(all[1].person == bob);
    CHECK(all[1].skipped == skip_reason::at_capacity);
    CHECK(all[2].skipped == skip_reason::lacks_skill);
    CHECK(all[3].skipped == skip_reason::absent);
  }
}

TEST_CASE("nobody considered, and nobody eligible, are answers (I2)") {
  const assignment_terms terms{.strategy = assignment_strategy::round_robin};
  CHECK(consider(terms, {}).empty());
  std::vector<assignment_candidate> team = {somebody(ann)};
  team[0].unavailable = skip_reason::not_on_call;
  CHECK(eligible(consider(terms, team)).empty());
}

// ---- against a slow, obvious reference

namespace {

struct naive {
  const assignment_terms& terms;

  static std::int64_t level(const assignment_candidate& c, skill_ref s) {
    for (const skill_level& has : c.skills) {
      if (has.skill == s) return has.level;
    }
    return 0;
  }

  bool can(const assignment_candidate& c) const {
    if (c.unavailable != skip_reason::unset) return false;
    for (const skill_level& m : terms.mandatory) {
      if (level(c, m.skill) < m.level) return false;
    }
    if (!c.capacity) return terms.strategy != assignment_strategy::most_capacity;
    return c.load < c.capacity.value;
  }

  // Is a to be preferred to b?
  bool better(const assignment_candidate& a, const assignment_candidate& b) const {
    const auto count = [&](const assignment_candidate& c, bool at_level) {
      std::int64_t n = 0;
      for (const skill_level& w : terms.wanted) n += level(c, w.skill) >= (at_level ? w.level : 1);
      return n;
    };
    if (terms.strategy == assignment_strategy::by_skills) {
      if (count(a, false) != count(b, false)) return count(a, false) > count(b, false);
      if (count(a, true) != count(b, true)) return count(a, true) > count(b, true);
      if (a.load != b.load) return a.load < b.load;
    }
    if (terms.strategy == assignment_strategy::least_loaded && a.load != b.load) return a.load < b.load;
    if (terms.strategy == assignment_strategy::most_capacity) {
      const std::int64_t room_a = a.capacity.value - a.load;
      const std::int64_t room_b = b.capacity.value - b.load;
      if (room_a != room_b) return room_a > room_b;
    }
    if (counts_turns(terms.strategy) && a.last_turn != b.last_turn) return a.last_turn < b.last_turn;
    return a.person.index < b.person.index;
  }

  person_ref choose(const std::vector<assignment_candidate>& all) const {
    const assignment_candidate* best = nullptr;
    for (const assignment_candidate& c : all) {
      if (can(c) && (!best || better(c, *best))) best = &c;
    }
    return best ? best->person : person_ref{};
  }
};

class drawer {
 public:
  explicit drawer(std::uint32_t seed) : random_(seed) {}

  std::int64_t number(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(most - least + 1));
  }

  std::vector<skill_level> skills() {
    std::vector<skill_level> all;
    for (std::uint32_t s = 1; s <= 4; ++s) {
      if (number(0, 1)) all.push_back({{s}, number(1, 4)});
    }
    return all;
  }

  std::vector<assignment_candidate> team() {
    std::vector<assignment_candidate> all;
    for (std::int64_t i = number(0, 12); i > 0; --i) {
      assignment_candidate c =
          somebody({static_cast<std::uint32_t>(2 + i)}, number(0, 4), static_cast<std::uint64_t>(number(0, 6)));
      if (number(0, 3) == 0) c.unavailable = skip_reason::absent;
      if (number(0, 2) != 0) c.capacity = {number(0, 6)};
      c.skills = skills();
      all.push_back(std::move(c));
    }
    std::ranges::shuffle(all, random_);
    return all;
  }

  assignment_terms terms() {
    assignment_terms t{.strategy = static_cast<assignment_strategy>(number(1, 7))};
    if (number(0, 1)) t.mandatory = {{{1}, number(1, 3)}};
    t.wanted = skills();
    return t;
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE(
    "the choice is that of a slow reference, whatever the order of the candidates, and everybody is told of (I2)") {
  for (std::uint32_t seed = 1; seed <= 3000; ++seed) {
    CAPTURE(seed);
    drawer draw(seed);
    const assignment_terms terms = draw.terms();
    const std::vector<assignment_candidate> team = draw.team();
    const auto all = consider(terms, team);
    REQUIRE(all.size() == team.size());
    const person_ref chosen = all.empty() || !is_eligible(all.front()) ? person_ref{} : all.front().person;
    CHECK(chosen == naive{terms}.choose(team));
    std::vector<assignment_candidate> turned(team.rbegin(), team.rend());
    CHECK(consider(terms, turned) == all);
    for (const assignment_candidate& c : team) {
      CHECK(std::ranges::count(all, c.person, &considered_person::person) == 1);
    }
  }
}

namespace {

// A team that takes turns.
struct ring {
  std::map<std::uint32_t, std::uint64_t> turns;  // by person
  std::uint64_t last = 0;

  person_ref next(const people& members) {
    std::vector<assignment_candidate> all;
    for (const person_ref p : members) all.push_back(somebody(p, 0, turns[p.index]));
    const person_ref chosen = consider({.strategy = assignment_strategy::round_robin}, all).front().person;
    turns[chosen.index] = ++last;
    return chosen;
  }
};

}  // namespace

TEST_CASE("of n turns each of k members has n/k, rounded down or up, from any history on (I2)") {
  for (std::uint32_t seed = 1; seed <= 200; ++seed) {
    CAPTURE(seed);
    drawer draw(seed);
    ring turns;
    for (std::uint32_t p = 3; p <= 12; ++p) turns.turns[p] = static_cast<std::uint64_t>(draw.number(0, 1) * 100) + p;
    turns.last = 200;
    people members;
    for (std::int64_t k = draw.number(1, 10); k > 0; --k) members.push_back({static_cast<std::uint32_t>(2 + k)});
    const std::int64_t n = draw.number(1, 60);
    std::map<std::uint32_t, std::int64_t> count;
    for (std::int64_t i = 0; i < n; ++i) ++count[turns.next(members).index];
    const auto k = static_cast<std::int64_t>(members.size());
    for (const person_ref p : members) {
      CHECK(count[p.index] >= n / k);
      CHECK(count[p.index] <= (n + k - 1) / k);
    }
  }
}

TEST_CASE("who joins or leaves does not change the order of the others (I2)") {
  ring turns;
  const people three = {ann, bob, dan};
  CHECK(turns.next(three) == ann);
  CHECK(turns.next(three) == bob);
  CHECK(turns.next({dan, cid, bob, ann}) == cid);  // who never had a turn, by number
  CHECK(turns.next({dan, cid, bob, ann}) == dan);
  CHECK(turns.next({bob, cid, dan}) == bob);  // ann is away
  CHECK(turns.next({ann, bob, cid, dan}) == ann);
  CHECK(turns.next({ann, bob, cid, dan}) == cid);
  CHECK(turns.next({ann, bob, cid, dan}) == dan);
  CHECK(turns.next({ann, bob, cid, dan}) == bob);
}
