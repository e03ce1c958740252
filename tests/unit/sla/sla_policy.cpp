#include <doctest/doctest.h>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/sla/clock.hpp>
#include <tocsin/sla/sla_policy.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace tocsin;

namespace {

const condition_schema& incident_schema() {
  static const condition_schema schema = [] {
    condition_schema s;
    s.add(incident::fields());
    return s;
  }();
  return schema;
}

sla_policy read(std::string_view json) {
  sla_policy policy;
  read_object(json, sla_policy::fields(), &policy, {}, "a policy");
  return policy;
}

// Of the sort that people write.
sla_policy resolution(std::string key = "gold") {
  sla_policy p{.key = std::move(key), .kind = agreement::sla, .metric = clock_metric::resolution};
  p.targets = {{.priority = priority::critical, .duration = {4 * hour.us}}, {.duration = {8 * hour.us}}};
  p.calendar = "24x7";
  return p;
}

bool finds(const std::vector<sla_finding>& findings, sla_finding_kind kind, std::string_view what) {
  return std::ranges::any_of(
      findings, [&](const sla_finding& f) { return f.kind == kind && f.what.find(what) != std::string::npos; });
}

bool errs(const sla_policy& policy, std::string_view what) {
  return finds(lint(policy, incident_schema()), sla_finding_kind::error, what);
}
bool warns(const sla_policy& policy, std::string_view what) {
  return finds(lint(policy, incident_schema()), sla_finding_kind::warning, what);
}

std::string told(const std::vector<sla_finding>& findings) {
  std::string result;
  for (const sla_finding& f : findings) result += f.what + "\n";
  return result;
}

class record {
 public:
  condition_data data() {
    at_ = &fields;
    return data_of(objects_);
  }
  incident fields;
  lexicon words;

 private:
  const void* at_ = nullptr;
  table_objects objects_{incident_schema(), {&at_, 1}, &words};
};

}  // namespace

TEST_CASE("a policy is one JSON document, with conditions as JSON inside (S2)") {
  const sla_policy p = read(R"({"key": "gold", "kind": "sla", "metric": "resolution",
      "where": {"==": [{"var": "service"}, "mail"]}, "precedence": 10,
      "targets": [{"priority": "critical", "duration": "PT4H"},
                  {"when": {"missing": ["assignee"]}, "end_of_business_day": 1},
                  {"date_field": "detected_at"}, {"duration": "PT0S"}],
      "calendar": "office", "calendar_sources": ["service", "fixed"], "pauses": "listed",
      "pause_reasons": ["awaiting_caller"],
      "thresholds": [{"name": "warning", "percent": 75, "notify": ["assignee"], "escalate": "night"},
                     {"name": "soon", "before": "PT30M"}, {"name": "late", "after": "PT1H"}],
      "on_change": {"priority": "recompute", "service": "pin"}, "on_reopen": "continue"})");
  CHECK(p.targets.size() == 4);
  CHECK(p.targets[3].duration);
  CHECK(p.targets[3].duration.us == 0);
  CHECK_FALSE(p.targets[1].duration);
  CHECK(p.on_reopen == reopen_treatment::go_on);
  CHECK(told(lint(p, incident_schema())) ==
        "/thresholds/1: it is never reached on the way, for it lies before the start of /targets/3\n");
  json_writer to;
  to.begin_object();
  write_members(to, p, {});
  to.end_object();
  CHECK(to.str().find(R"("duration":"PT0S")") != std::string::npos);
  const sla_policy again = read(to.str());
  CHECK(again.where == p.where);
  CHECK_THROWS_AS(read(R"({"key": "gold", "kind": "sla", "metric": "resolution", "tragets": []})"), error);
}

TEST_CASE("the first target that matches is the record's; a date that is not there is passed over (S2, S9)") {
  sla_policy p = resolution();
  p.targets.insert(p.targets.begin(), {.date_field = "detected_at"});
  const sla_program program = compile_policy(p, incident_schema());
  record r;
  r.fields.priority = priority::critical;
  CHECK(target_for(program, r.data(), {}) == clock_target{target_kind::duration, 4 * hour.us});
  r.fields.priority = priority::low;
  CHECK(target_for(program, r.data(), {}) == clock_target{target_kind::duration, 8 * hour.us});
  r.fields.detected_at = instant{5};
  CHECK(target_for(program, r.data(), {}) == clock_target{target_kind::date, 5});
}

TEST_CASE("a target has exactly one form, and a date is an instant of the record (S9)") {
  sla_policy p = resolution();
  p.targets[0].date_field = "detected_at";
  CHECK_THROWS_AS(compile_policy(p, incident_schema()), error);
  p = resolution();
  p.targets[1] = {.date_field = "title"};
  CHECK_THROWS_AS(compile_policy(p, incident_schema()), error);
  p.targets[1] = {};
  CHECK_THROWS_AS(compile_policy(p, incident_schema()), error);
}

TEST_CASE(
    "of several policies for one metric the highest precedence wins, then the shortest target, then the key (S2, "
    "R-C11)") {
  const auto chosen = [](std::vector<sla_policy> policies) {
    record r;
    std::vector<sla_program> programs;
    for (const sla_policy& p : policies) programs.push_back(compile_policy(p, incident_schema()));
    std::vector<sla_candidate> candidates;
    for (std::size_t i = 0; i < policies.size(); ++i) candidates.push_back({&policies[i], &programs[i]});
    std::string keys;
    for (const sla_choice& c : choose_policies(candidates, r.data(), {})) keys += policies[c.candidate].key + " ";
    return keys;
  };
  sla_policy bronze = resolution("bronze");
  sla_policy silver = resolution("silver");
  CHECK(chosen({silver, bronze}) == "bronze ");
  silver.targets = {{.duration = {2 * hour.us}}};
  CHECK(chosen({bronze, silver}) == "silver ");
  bronze.precedence = 1;
  CHECK(chosen({silver, bronze}) == "bronze ");
  bronze.withdrawn = true;
  CHECK(chosen({silver, bronze}) == "silver ");
  silver.kind = agreement::ola;
  bronze.withdrawn = false;
  CHECK(chosen({silver, bronze}) == "silver bronze ");
  bronze.where = {R"({"==": [{"var": "service"}, "mail"]})"};
  CHECK(chosen({silver, bronze}) == "silver ");
}

namespace {

// As the header of choose_policies says it, comparing each with each.
bool beats(const sla_candidate& a, clock_target of_a, const sla_candidate& b, clock_target of_b) {
  const sla_policy& p = *a.policy;
  const sla_policy& q = *b.policy;
  const bool same_clock = p.kind == q.kind && p.metric == q.metric && audience_of(p) == audience_of(q) &&
                          holder_of(p) == holder_of(q) && (p.metric != clock_metric::custom || p.key == q.key);
  if (!same_clock) return false;
  if (p.precedence != q.precedence) return p.precedence > q.precedence;
  if (a.by_contract != b.by_contract) return a.by_contract;
  if (a.rank != b.rank) return a.rank > b.rank;
  if (of_a.kind != of_b.kind) return of_a.kind < of_b.kind;
  if (of_a.value != of_b.value) return of_a.value < of_b.value;
  return p.key < q.key;
}

}  // namespace

TEST_CASE("of any policies those are chosen that cover the record and that no other of their clock beats (S2, R-C11)") {
  std::mt19937 random(3);
  const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  record r;
  r.fields.priority = priority::high;
  r.fields.detected_at = instant{500};
  for (int round = 0; round < 500; ++round) {
    std::vector<sla_policy> policies;
    for (int i = below(12); i >= 0; --i) {
      sla_policy p{.key = "p" + std::to_string(i),
                   .kind = below(2) == 0 ? agreement::sla : agreement::ola,
                   .metric = std::array{clock_metric::resolution, clock_metric::update, clock_metric::assignment,
                                        clock_metric::custom}[static_cast<std::size_t>(below(4))],
                   .precedence = below(2)};
      if (below(4) == 0) p.where = {R"({"==": [{"var": "priority"}, "low"]})"};
      if (below(3) == 0) p.audience = visibility::requester;
      if (below(3) == 0) p.holder = clock_holder::assignee;
      if (below(3) == 0) p.targets.push_back({.date_field = "detected_at"});
      p.targets.push_back(
          {.priority = below(4) == 0 ? priority::low : priority::high, .duration = {below(3) * hour.us}});
      p.withdrawn = below(8) == 0;
      policies.push_back(std::move(p));
    }
    std::vector<sla_program> programs;
    for (const sla_policy& p : policies) programs.push_back(compile_policy(p, incident_schema()));
    std::vector<sla_candidate> candidates;
    for (std::size_t i = 0; i < policies.size(); ++i) {
      candidates.push_back({&policies[i], &programs[i], below(3) == 0, below(2)});
    }
    std::vector<std::pair<std::size_t, clock_target>> covering;
    for (std::size_t i = 0; i < policies.size(); ++i) {
      if (policies[i].withdrawn || !covers(programs[i], r.data(), {})) continue;
      if (const auto target = target_for(programs[i], r.data(), {})) covering.emplace_back(i, *target);
    }
    std::erase_if(covering, [all = covering, &candidates](const auto& one) {
      return std::ranges::any_of(all, [&](const auto& other) {
        return beats(candidates[other.first], other.second, candidates[one.first], one.second);
      });
    });
    const std::vector<sla_choice> chosen = choose_policies(candidates, r.data(), {});
    REQUIRE(chosen.size() == covering.size());
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      CHECK(chosen[i].candidate == covering[i].first);
      CHECK(chosen[i].target == covering[i].second);
    }
  }
}

TEST_CASE("the linter finds start and stop true together (S11)") {
  sla_policy p{.key = "vendor", .kind = agreement::underpinning_contract, .metric = clock_metric::custom};
  p.targets = {{.duration = {hour.us}}};
  p.calendar = "24x7";
  p.start = {R"({"==": [{"var": "state_kind"}, "on_hold"]})"};
  p.stop = {R"({"==": [{"var": "state_kind"}, "resolved"]})"};
  CHECK_MESSAGE(lint(p, incident_schema()).empty(), told(lint(p, incident_schema())));
  SUBCASE("the same condition") {
    p.stop = p.start;
    CHECK(errs(p, "start and stop are true together"));
  }
  SUBCASE("a wider one") {
    p.stop = {R"({"in": [{"var": "state_kind"}, ["on_hold", "resolved"]]})"};
    CHECK(errs(p, "start and stop are true together"));
  }
  SUBCASE("pause implied by start") {
    p.pause = {R"({"or": [{"==": [{"var": "priority"}, "low"]}, {"!=": [{"var": "state_kind"}, "closed"]}]})"};
    CHECK(errs(p, "it starts paused"));
  }
  SUBCASE("start excluding pause") {
    p.pause = {R"({"==": [{"var": "state_kind"}, "assigned"]})"};
    CHECK(warns(p, "/pause never holds where /start does"));
  }
  SUBCASE("a condition that never holds") {
    p.start = {R"({"and": [{"==": [{"var": "priority"}, "low"]}, {"==": [{"var": "priority"}, "high"]}]})"};
    CHECK(errs(p, "/start: it never holds"));
  }
  SUBCASE("what cases cannot decide is said to be undecided") {
    p.start = {R"({">": [{"age": {"var": "opened_at"}}, "PT1H"]})"};
    CHECK(finds(lint(p, incident_schema()), sla_finding_kind::undecided, "/stop holds wherever /start does"));
  }
}

TEST_CASE("the linter decides by constants: a reopen count above 3 is one above 2 (S11)") {
  sla_policy p{.key = "again", .kind = agreement::ola, .metric = clock_metric::custom};
  p.targets = {{.duration = {hour.us}}};
  p.calendar = "24x7";
  p.start = {R"({">": [{"var": "reopen_count"}, 3]})"};
  p.stop = {R"({">": [{"var": "reopen_count"}, 2]})"};
  CHECK(errs(p, "start and stop are true together"));
  p.stop = {R"({">": [{"var": "reopen_count"}, 4]})"};
  CHECK_FALSE(errs(p, "start and stop are true together"));
}

TEST_CASE("the linter finds targets without a calendar, or with one that is never open (S11, T5)") {
  sla_policy p = resolution();
  p.calendar.clear();
  CHECK(errs(p, "its targets have no calendar"));
  p.calendar_sources = {calendar_source::service};
  CHECK(warns(p, "/calendar_sources"));
  p = resolution();
  p.calendar = "closed";
  business_calendar_definition d{.key = "closed", .zone = "UTC"};
  d.special_hours.push_back({.date = civil_date{2026, 7, 6}, .windows = {}});
  d.weekly = {};
  const auto none = [](std::string_view) -> const business_calendar* { return nullptr; };
  CHECK(finds(lint(p, incident_schema(), none), sla_finding_kind::error, "there is no calendar \"closed\""));
}

TEST_CASE("the linter finds thresholds that are never reached, and targets that never get their turn (S11)") {
  sla_policy p = resolution();
  p.thresholds = {{.name = "early", .before = {5 * hour.us}}};
  CHECK(errs(p, "lies before the start of /targets/0"));
  CHECK_FALSE(errs(p, "lies before the start of /targets/1"));
  p = resolution();
  p.thresholds = {{.name = "none"}};
  CHECK(errs(p, "0 are given"));
  p = resolution();
  p.targets = {{.end_of_business_day = {1}}};
  p.thresholds = {{.name = "late", .percent = {150}}};
  CHECK(errs(p, "never reached"));
  p = resolution();
  p.targets.push_back({.duration = {hour.us}});
  CHECK(errs(p, "/targets/2: it never gets its turn"));
  p = resolution();
  p.targets[1] = {.priority = priority::critical, .duration = {hour.us}};
  CHECK(errs(p, "/targets/1: it never gets its turn"));
}

TEST_CASE("the linter finds two policies for one metric and population (S11)") {
  const auto found = [](const sla_policy& a, const sla_policy& b, sla_finding_kind kind = sla_finding_kind::error) {
    const std::array both{a, b};
    return finds(lint(both, incident_schema()), kind, "two policies for one metric and population");
  };
  sla_policy a = resolution("a");
  sla_policy b = resolution("b");
  CHECK(found(a, b));
  b.where = {R"({"==": [{"var": "service"}, "mail"]})"};
  CHECK(found(a, b));
  a.where = {R"({"!=": [{"var": "service"}, "mail"]})"};
  CHECK_FALSE(found(a, b));
  a.where = {R"({"==": [{"var": "service"}, "web"]})"};
  CHECK_FALSE(found(a, b));
  a.where = {R"({"==": [{"var": "priority"}, "low"]})"};
  CHECK(found(a, b));
  a.precedence = 1;
  CHECK_FALSE(found(a, b));
  a.precedence = 0;
  a.metric = clock_metric::response;
  CHECK_FALSE(found(a, b));
}

TEST_CASE("rules take a policy's words as numbers, and refuse unknown ones (S5)") {
  lexicon words;
  words.add(word_kind::hold_reason, "awaiting_caller");
  sla_policy p = resolution();
  p.pauses = pause_rule::listed;
  p.pause_reasons = {"awaiting_caller"};
  p.thresholds = {{.percent = {75}}, {.before = {hour.us}}};
  const clock_rules rules = rules_of(p, {3}, 2, words);
  CHECK(pauses_on(rules, {1}));
  CHECK_FALSE(pauses_on(rules, {2}));
  CHECK(rules.thresholds[1] == threshold_mark{false, -hour.us});
  p.pause_reasons = {"awaiting_godot"};
  CHECK_THROWS_AS(rules_of(p, {3}, 2, words), error);
}
