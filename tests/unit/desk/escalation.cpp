// Escalations on a desk (E1-E7, D6, D8). Whole stories are in conformance; here is what holds of many.
#include <doctest/doctest.h>

#include <tocsin/desk/query.hpp>
#include <tocsin/escalation/escalation_graph.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/escalation/simulate.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/store/sqlite_store.hpp>

#include "conformance/temporary_file.hpp"
#include "office.hpp"

#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

using namespace tocsin;
using office::at;
using office::json;
using office::tell;

namespace {

const std::string first = "INC0000001";
const std::vector<std::string> pageable = {"ana", "ben", "carla", "dora"};

json person(const std::string& key) { return {{"kind", "person"}, {"key", key}}; }

json step_of(const std::vector<std::string>& people, const std::string& delay) {
  json targets = json::array();
  for (const std::string& one : people) targets.push_back(person(one));
  return {{"targets", targets}, {"delay", delay}};
}

json policy(const json& steps, int repeat = 0) {
  return {{"key", "p"}, {"steps", steps}, {"repeat", repeat}, {"triggers", {{{"on", "logged"}}}}};
}

desk with_policy(const json& published, std::shared_ptr<store> where = make_memory_store()) {
  desk d = office::furnished(std::move(where));
  tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host", {{"escalation_policies", {published}}}));
  return d;
}

const record_run& run_of(const desk& d, std::uint64_t id = 1) {
  return d.find({id})->part<incident_escalations>()->escalations.front();
}

// "08:05:00 notified 2 ben", in the words of both the desk and the escalation room.
struct told {
  std::vector<std::string> lines;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<person_ref>> people;  // by run's number and version
};

std::string keys(const desk& d, const std::vector<person_ref>& people) {
  std::string text;
  for (const person_ref one : people) text += " " + std::string(d.state().words.word(word_kind::person, one.index));
  return text;
}

std::vector<std::string> told_by(const desk& d, std::uint64_t id = 1) {
  std::vector<std::string> lines;
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    const entry e = d.read_entry(s);
    const std::string when = office::text_of(e.recorded_at);
    for (const event& happened : e.events) {
      if (happened.record.id != id) continue;
      if (const auto* fired = happened.body.get_if<escalation_step_fired>()) {
        lines.push_back(when + " notified " + std::to_string(fired->step) + " v" + std::to_string(fired->version) +
                        keys(d, fired->people));
      }
      if (happened.body.holds<nobody_on_call>()) lines.push_back(when + " nobody");
      if (happened.body.holds<escalation_exhausted>()) lines.push_back(when + " exhausted");
      if (happened.body.holds<escalation_repeated>()) lines.push_back(when + " repeated");
      if (const auto* taken = happened.body.get_if<page_acknowledged>()) {
        lines.push_back(when + " acknowledged" + (taken->needed != 0 ? " in part" : ""));
      }
      if (const auto* back = happened.body.get_if<page_unacknowledged>()) {
        lines.push_back(when + (back->timed_out ? " lapsed" : " unacknowledged"));
      }
      if (happened.body.holds<escalation_snoozed>()) lines.push_back(when + " snoozed");
      if (happened.body.holds<snooze_ended>()) lines.push_back(when + " snooze ended");
      if (happened.body.holds<escalation_taken_on>()) lines.push_back(when + " escalated");
      if (happened.body.holds<escalation_ended>()) lines.push_back(when + " ended");
    }
  }
  return lines;
}

std::vector<std::string> told_by(const desk& d, const simulation_result& simulated) {
  std::vector<std::string> lines;
  for (const simulated_event& e : simulated.events) {
    if (e.refusal) continue;
    const run_output& said = e.output;
    const std::string when = office::text_of(said.recorded_at);
    switch (said.kind) {
      case run_output_kind::notified:
        lines.push_back(when + " notified " + std::to_string(said.step) + " v" + std::to_string(said.version) +
                        keys(d, said.people));
        break;
      case run_output_kind::nobody_on_call:
        lines.push_back(when + " nobody");
        break;
      case run_output_kind::escalation_exhausted:
        lines.push_back(when + " exhausted");
        break;
      case run_output_kind::repeated:
        lines.push_back(when + " repeated");
        break;
      case run_output_kind::acknowledged:
        lines.push_back(when + " acknowledged");
        break;
      case run_output_kind::acknowledged_in_part:
        lines.push_back(when + " acknowledged in part");
        break;
      case run_output_kind::unacknowledged:
        lines.push_back(when + " unacknowledged");
        break;
      case run_output_kind::acknowledgement_timed_out:
        lines.push_back(when + " lapsed");
        break;
      case run_output_kind::snoozed:
        lines.push_back(when + " snoozed");
        break;
      case run_output_kind::snooze_ended:
        lines.push_back(when + " snooze ended");
        break;
      case run_output_kind::escalated:
      case run_output_kind::handed_over:
        lines.push_back(when + " escalated");
        break;
      case run_output_kind::ended:
        lines.push_back(when + " ended");
        break;
      default:
        break;
    }
  }
  return lines;
}

// ---- random policies and reactions

class dealer {
 public:
  explicit dealer(std::uint32_t seed) : engine_(seed) {}

  int below(int n) { return static_cast<int>(engine_() % static_cast<std::uint32_t>(n)); }
  bool in(int percent) { return below(100) < percent; }

  std::string minutes(int least, int most) { return "PT" + std::to_string(least + below(most - least + 1)) + "M"; }

  std::vector<std::string> some_people() {
    std::vector<std::string> people;
    for (const std::string& one : pageable) {
      if (in(35)) people.push_back(one);
    }
    return people;
  }

  json a_policy() {
    json steps = json::array();
    const int count = 1 + below(4);
    for (int i = 0; i < count; ++i) {
      json step = step_of(some_people(), minutes(1, 20));
      if (in(20)) step["acknowledgement"] = "all";
      steps.push_back(step);
    }
    json p = policy(steps, below(4));
    if (in(30)) p["nobody"] = "wait";
    if (in(30)) p["acknowledgement_timeout"] = minutes(5, 40);
    if (in(50)) p["late"] = "replay";
    return p;
  }

  // Something that somebody does at that instant.
  json reaction(std::string_view when) {
    static const std::vector<std::string> all = {"acknowledge_page", "acknowledge_page", "unacknowledge_page",
                                                 "snooze_escalation", "escalate"};
    const std::string& name = all[static_cast<std::size_t>(below(static_cast<int>(all.size())))];
    json c = office::command(name, when, pageable[static_cast<std::size_t>(below(4))], {{"incident", first}});
    if (name == "snooze_escalation") c["until"] = office::text_of(at(when) + duration{(5 + below(60)) * minute.us});
    if (name == "escalate") c["kind"] = "next_step";
    if (in(20)) c["version"] = 1 + below(3);
    if (name == "unacknowledge_page") c.erase("version");
    return c;
  }

 private:
  std::mt19937 engine_;
};

run_action action_of(const desk& d, const json& c) {
  const std::string name = c["command"];
  run_action action{.kind = name == "acknowledge_page"     ? run_action_kind::acknowledge
                            : name == "unacknowledge_page" ? run_action_kind::unacknowledge
                            : name == "snooze_escalation"  ? run_action_kind::snooze
                                                           : run_action_kind::escalate,
                    .by = office::person(d, c["actor"].get<std::string>()),
                    .version = c.value("version", 0u)};
  if (c.contains("until")) action.until = at(c["until"].get<std::string>());
  return action;
}

// People by key alone, as these policies name nothing else.
class office_oncall final : public oncall_source {
 public:
  explicit office_oncall(const desk& d) : d_(d) {}
  on_call who(const escalation_target& target, instant) const override {
    return {{office::person(d_, target.key)}, {}};
  }
  person_ref manager_of(person_ref, instant) const override { return {}; }
  person_ref assignee(instant) const override { return {}; }
  bool holds(const condition&, const escalation_facts&, instant) const override { return true; }

 private:
  const desk& d_;
};

struct night {
  json published;
  std::vector<json> reactions;
  instant opened = at("2026-11-23T08:00:00Z");
  instant until = at("2026-11-23T14:00:00Z");
};

night a_night(std::uint32_t seed) {
  dealer deal(seed);
  night made;
  made.published = deal.a_policy();
  instant t = made.opened;
  for (int i = deal.below(8); i > 0; --i) {
    t = t + duration{(1 + deal.below(60)) * minute.us + deal.below(2) * 30 * second.us};
    made.reactions.push_back(deal.reaction(office::text_of(t)));
  }
  return made;
}

// Tells it to a desk; `pace` between two looks at the clock, and whether it is opened anew each time.
void live_through(const night& told, desk& d, duration pace, const std::function<void(desk&)>& between) {
  tell(d, office::log(office::text_of(told.opened)));
  auto next = told.reactions.begin();
  for (instant t = told.opened + pace; t <= told.until; t = t + pace) {
    for (; next != told.reactions.end() && at((*next)["at"].get<std::string>()) <= t; ++next) {
      try {
        tell(d, *next);
      } catch (const error&) {  // an old page, or nothing to take back
      }
      between(d);
    }
    d.advance(t);
    between(d);
  }
}

std::size_t waiting(const desk& d) {
  std::size_t count = 0;
  for (const timer& t : office::pending_timers(d)) count += t.kind == timer_kind::escalation ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("a desk says of a run what the escalation room says of it (E2-E6)") {
  for (std::uint32_t seed = 1; seed <= 150; ++seed) {
    CAPTURE(seed);
    const night told = a_night(seed);
    desk d = with_policy(told.published);
    live_through(told, d, minute, [](desk&) {});
    const auto& plan = *d.state().definitions.of<tocsin::escalation_plan>().current(1);
    std::vector<simulated_reaction> reactions;
    for (const json& c : told.reactions) reactions.push_back({action_of(d, c), at(c["at"].get<std::string>())});
    const dated_graph versions[] = {{instant_min, &plan.graph}};
    const office_oncall duty(d);
    simulation what;
    what.versions = versions;
    what.opened_at = told.opened;
    what.until = told.until;
    what.reactions = reactions;
    const simulation_result simulated = simulate(what, duty);
    CHECK(told_by(d) == told_by(d, simulated));
  }
}

TEST_CASE("a run never falls silent: it is to act, is taken, is over, or has said that it is exhausted (E4)") {
  for (std::uint32_t seed = 1001; seed <= 1100; ++seed) {
    CAPTURE(seed);
    const night told = a_night(seed);
    desk d = with_policy(told.published);
    live_through(told, d, duration{7 * minute.us}, [](desk& now) {
      const escalation_run& run = run_of(now).run;
      const bool acts = is_set(run.due);
      REQUIRE((acts || run.exhausted || run.state == run_state::acknowledged || run.state == run_state::ended));
      REQUIRE((!run.exhausted || run.state == run_state::triggered));
      REQUIRE((!acts || waiting(now) == 1));
    });
    CHECK_NOTHROW(d.verify());
    tell(d, office::resolve("2026-11-23T14:00:30Z"));
    CHECK(waiting(d) == 0);
    CHECK(run_of(d).run.state == run_state::ended);
  }
}

TEST_CASE("nobody is paged twice for one step, nor left out (E5)") {
  for (std::uint32_t seed = 2001; seed <= 2100; ++seed) {
    CAPTURE(seed);
    const night told = a_night(seed);
    desk d = with_policy(told.published);
    live_through(told, d, minute, [](desk&) {});
    for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
      std::map<std::uint32_t, std::vector<std::uint32_t>> paged;
      std::map<std::uint32_t, std::vector<std::uint32_t>> notified;
      const entry e = d.read_entry(s);
      for (const event& happened : e.events) {
        if (const auto* one = happened.body.get_if<page>()) paged[one->version].push_back(one->person.index);
        if (const auto* fired = happened.body.get_if<escalation_step_fired>()) {
          for (const person_ref who : fired->people) notified[fired->version].push_back(who.index);
        }
      }
      REQUIRE(paged == notified);
      for (auto& [version, people] : paged) {
        REQUIRE(std::set<std::uint32_t>(people.begin(), people.end()).size() == people.size());
      }
    }
  }
}

TEST_CASE("small steps and one leap come to the same journal, where the policy replays (D6, D8)") {
  for (std::uint32_t seed = 3001; seed <= 3060; ++seed) {
    CAPTURE(seed);
    night told = a_night(seed);
    told.reactions.clear();
    told.published["late"] = "replay";
    desk slow = with_policy(told.published);
    live_through(told, slow, minute, [](desk&) {});
    desk fast = with_policy(told.published);
    live_through(told, fast, told.until - told.opened, [](desk&) {});
    CHECK(office::picture_of(slow) == office::picture_of(fast));
  }
}

TEST_CASE("a restart at any time changes nothing of what is to come (D6)") {
  for (std::uint32_t seed = 4001; seed <= 4012; ++seed) {
    CAPTURE(seed);
    const night told = a_night(seed);
    const conformance::temporary_file file;
    sqlite_options options;
    options.path = file.path();
    desk steady = with_policy(told.published);
    live_through(told, steady, duration{10 * minute.us}, [](desk&) {});
    desk restless = with_policy(told.published, open_sqlite_store(options));
    live_through(told, restless, duration{10 * minute.us}, [&](desk& d) {
      d = office::open();
      d = office::open(open_sqlite_store(options));
    });
    CHECK(office::picture_of(steady, false) == office::picture_of(restless, false));
  }
}

TEST_CASE("a host that was away pages the step that is due now, and counts from now (D8)") {
  for (std::uint32_t seed = 5001; seed <= 5100; ++seed) {
    CAPTURE(seed);
    night told = a_night(seed);
    told.published["late"] = "skip";
    desk d = with_policy(told.published);
    tell(d, office::log("2026-11-23T08:00:00Z"));
    const instant back = at("2026-11-23T11:00:00Z");
    const std::uint64_t before = d.state().counters.sequence;
    d.advance(back);
    const auto& plan = *d.state().definitions.of<tocsin::escalation_plan>().current(1);
    const dated_graph versions[] = {{instant_min, &plan.graph}};
    const host_absence away[] = {{told.opened + microsecond, back}};
    const office_oncall duty(d);
    simulation what;
    what.versions = versions;
    what.opened_at = told.opened;
    what.until = back;
    what.host_away = away;
    CHECK(told_by(d) == told_by(d, simulate(what, duty)));
    CHECK(d.state().counters.sequence <= before + 1);
  }
}

TEST_CASE("what a late host lets go on until the record ends pages nobody (D5, D8)") {
  desk d = with_policy(policy({step_of({"ana"}, "PT10M"), step_of({"ben"}, "PT10M")}, -1));
  tell(d, office::command(
              "publish", "2026-11-23T07:40:00Z", "host",
              {{"workflows",
                {{{"key", "short"},
                  {"states",
                   {{{"name", "begun"}, {"kind", "new"}, {"initial", true}}, {{"name", "over"}, {"kind", "closed"}}}},
                  {"transitions",
                   {{{"verb", "close"},
                     {"from", {"begun"}},
                     {"to", "over"},
                     {"trigger", "timed"},
                     {"after", "PT1H"}}}}}}}}));
  tell(d, office::log("2026-11-23T08:00:00Z", {{"workflow", "short"}}));
  d.advance(at("2026-11-23T12:00:00Z"));
  const std::vector<std::string> expected = {"2026-11-23T08:00:00Z notified 1 v1 ana", "2026-11-23T09:00:00Z ended"};
  CHECK(told_by(d) == expected);
  CHECK(d.next_due() == never);
}

TEST_CASE("a host that only gives commands still escalates (D2, D8)") {
  desk d = with_policy(policy({step_of({"ana"}, "PT10M"), step_of({"ben"}, "PT10M")}));
  tell(d, office::log("2026-11-23T08:00:00Z"));
  tell(d, office::log("2026-11-23T09:00:00Z"));
  CHECK(told_by(d).back() == "2026-11-23T09:00:00Z notified 2 v2 ben");
}

TEST_CASE("a team too large for one entry is paged in several, at one instant (E5)") {
  desk d = office::furnished();
  json people = json::array();
  json members = json::array();
  for (int i = 0; i < 1500; ++i) {
    people.push_back({{"key", "m" + std::to_string(i)}});
    members.push_back("m" + std::to_string(i));
  }
  const json many = policy({{{"targets", {{{"kind", "team"}, {"key", "crowd"}}}}, {"delay", "PT10M"}}});
  tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host",
                          {{"people", people},
                           {"teams", {{{"key", "crowd"}, {"members", members}}}},
                           {"escalation_policies", {many}}}));
  tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK(d.advance(at("2026-11-23T08:00:00Z")).fired >= 2);
  std::set<std::uint32_t> paged;
  for (const effect& e : d.take_effects("pager", 10'000)) {
    if (const auto* one = e.body.get_if<page>()) CHECK(paged.insert(one->person.index).second);
  }
  CHECK(paged.size() == 1500);
  CHECK(d.next_due() == at("2026-11-23T08:10:00Z"));
}

TEST_CASE("a desk without escalation policies keeps nothing of them (E7)") {
  desk d = office::furnished();
  tell(d, office::log("2026-11-23T08:00:00Z"));
  CHECK(d.find({1})->part<incident_escalations>() == nullptr);
}
