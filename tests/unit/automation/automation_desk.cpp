// Automation on a desk: the order of runs, their chains and their ends against a slow reference (I3).
#include <doctest/doctest.h>

#include <tocsin/automation/automation_rule.hpp>
#include <tocsin/automation/events.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/monitoring.hpp>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <map>
#include <random>
#include <set>

#include "unit/desk/office.hpp"

using namespace tocsin;
using office::json;

namespace {

std::uint32_t seed() {
  const char* said = std::getenv("TOCSIN_SEED");
  return said ? static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10)) : 20261123u;
}

// ---- the slow reference

const std::map<std::string, std::string> event_of = {
    {"add_note", "note_added"}, {"add_update", "update_added"}, {"add_task", "task_added"}};

struct plain_rule {
  std::string key;
  int order = 0;
  std::vector<std::string> on;
  std::vector<std::string> commands;
  bool stop_processing = false;
};

struct plain_run {
  std::string rule;
  std::vector<std::string> chain;
};

// What is said of runs, line by line: "begun a after b,c", "stopped a after b".
class slow_automation {
 public:
  explicit slow_automation(std::vector<plain_rule> rules) : rules_(std::move(rules)) {
    std::ranges::sort(rules_, [](const plain_rule& a, const plain_rule& b) {
      return a.order != b.order ? a.order < b.order : a.key < b.key;
    });
  }

  void happen(const std::string& event, const std::vector<std::string>& chain = {}) {
    for (const plain_rule& one : rules_) {
      if (std::ranges::find(one.on, event) == one.on.end()) continue;
      const bool loops = std::ranges::find(chain, one.key) != chain.end();
      const bool stops = loops || chain.size() >= limits::automation_chain_max ||
                         begun_ == limits::automation_runs_per_hour_max ||
                         waiting_.size() == limits::automation_queue_max;
      say(stops ? "stopped" : "begun", one.key, chain);
      if (stops) continue;
      ++begun_;
      waiting_.push_back({one.key, chain});
      if (one.stop_processing) return;
    }
  }

  void come_to_rest() {
    while (!waiting_.empty()) {
      const plain_run run = waiting_.front();
      const plain_rule& rule = *std::ranges::find(rules_, run.rule, &plain_rule::key);
      std::vector<std::string> chain = run.chain;
      chain.push_back(run.rule);
      for (const std::string& command : rule.commands) {
        if (&command == &rule.commands.back()) waiting_.pop_front();
        happen(event_of.at(command), chain);
      }
    }
  }

  const std::vector<std::string>& said() const { return said_; }

  static std::string line(const std::string& what, const std::string& rule, const std::vector<std::string>& chain) {
    std::string text = what + " " + rule + " after ";
    for (const std::string& one : chain) text += one + ",";
    return text;
  }

 private:
  void say(const std::string& what, const std::string& rule, const std::vector<std::string>& chain) {
    said_.push_back(line(what, rule, chain));
  }

  std::vector<plain_rule> rules_;
  std::deque<plain_run> waiting_;
  std::size_t begun_ = 0;
  std::vector<std::string> said_;
};

// ---- the desk

json action(const std::string& command) {
  if (command == "add_note") return {{"command", command}, {"with", {{"text", "x"}}}};
  if (command == "add_task") return {{"command", command}, {"with", {{"title", "x"}}}};
  return {{"command", command}, {"with", {{"text", "x"}, {"visibility", "internal"}}}};
}

json document_of(const plain_rule& rule) {
  json actions = json::array();
  for (const std::string& command : rule.commands) actions.push_back(action(command));
  return {{"key", rule.key},
          {"order", rule.order},
          {"on", rule.on},
          {"actions", actions},
          {"stop_processing", rule.stop_processing}};
}

std::string key_of_rule(const desk& d, automation_rule_ref rule) {
  return std::string(d.state().words.word(word_kind::automation_rule, rule.index));
}

std::vector<std::string> keys_of(const desk& d, const std::vector<automation_rule_ref>& chain) {
  std::vector<std::string> keys;
  for (const automation_rule_ref one : chain) keys.push_back(key_of_rule(d, one));
  return keys;
}

std::vector<std::string> said_by(const desk& d, std::uint64_t after) {
  std::vector<std::string> said;
  for (std::uint64_t s = after + 1; s <= d.state().counters.sequence; ++s) {
    const entry e = d.read_entry(s);
    for (const event& happened : e.events) {
      if (const auto* begun = happened.body.get_if<automation_begun>()) {
        said.push_back(slow_automation::line("begun", key_of_rule(d, begun->rule), keys_of(d, begun->chain)));
      }
      if (const auto* stopped = happened.body.get_if<automation_stopped>()) {
        said.push_back(slow_automation::line("stopped", key_of_rule(d, stopped->rule), keys_of(d, stopped->chain)));
      }
    }
  }
  return said;
}

std::vector<plain_rule> random_rules(std::mt19937& engine) {
  const auto below = [&](std::size_t n) { return engine() % n; };
  const std::vector<std::string> events = {"note_added", "update_added", "task_added"};
  const std::vector<std::string> commands = {"add_note", "add_update", "add_task"};
  std::vector<plain_rule> rules;
  for (std::size_t n = 1 + below(7); n != 0; --n) {
    plain_rule one{"r" + std::to_string(n), static_cast<int>(below(4)), {}, {}, below(6) == 0};
    for (const std::string& event : events) {
      if (below(2) == 0) one.on.push_back(event);
    }
    if (one.on.empty()) one.on.push_back(events[below(3)]);
    for (std::size_t actions = 1 + below(2); actions != 0; --actions) {
      // No record has room for many tasks.
      const bool has_task = std::ranges::find(one.commands, "add_task") != one.commands.end();
      one.commands.push_back(commands[below(has_task ? 2 : 3)]);
    }
    rules.push_back(std::move(one));
  }
  return rules;
}

desk desk_with(const std::vector<plain_rule>& rules) {
  desk d = office::furnished();
  json documents = json::array();
  for (const plain_rule& one : rules) documents.push_back(document_of(one));
  office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host", {{"automation_rules", documents}}));
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  return d;
}

}  // namespace

TEST_CASE("random rules run in their order, chain by chain, and always come to rest (I3)") {
  CAPTURE(seed());
  for (std::uint32_t round = 0; round < 60; ++round) {
    CAPTURE(round);
    std::mt19937 engine(seed() + round);
    const std::vector<plain_rule> rules = random_rules(engine);
    desk d = desk_with(rules);
    const std::uint64_t head = d.state().counters.sequence;
    office::tell(d, office::note("2026-11-23T08:01:00Z"));
    d.advance(office::at("2026-11-23T08:01:00Z"));
    slow_automation slow(rules);
    slow.happen("note_added");
    slow.come_to_rest();
    CHECK(said_by(d, head) == slow.said());
    CHECK(d.next_due() == never);
    CHECK(d.find({1})->part_or_empty<record_automation>().automation_queue.empty());
    CHECK(d.state().counters.sequence - head <= 1 + 2 * limits::automation_runs_per_hour_max);
    d.verify();
  }
}

TEST_CASE("a replica takes up what rules did, and runs none of them again (I3, D7)") {
  desk d =
      desk_with({{"a", 1, {"note_added"}, {"add_update"}, false}, {"b", 2, {"update_added"}, {"add_task"}, false}});
  office::tell(d, office::note("2026-11-23T08:01:00Z"));
  d.advance(office::at("2026-11-23T08:01:00Z"));
  desk replica = office::open();
  replica.apply_entries(d.read_entries(1, 64u << 20));
  CHECK(replica.state().counters.hash == d.state().counters.hash);
  CHECK(office::records_of(replica) == office::records_of(d));
  CHECK(replica.next_due() == never);
}

TEST_CASE("while all rules are suspended on an incident none touches it, whatever happens to it (I3, R-C13)") {
  for (std::uint32_t round = 0; round < 20; ++round) {
    CAPTURE(round);
    std::mt19937 engine(seed() + round);
    desk d = desk_with(random_rules(engine));
    office::tell(d, office::command("suspend_automation", "2026-11-23T08:00:30Z", "ana",
                                    {{"incident", "INC0000001"}, {"reason", "Hands off"}}));
    office::tell(d, office::note("2026-11-23T08:01:00Z"));
    const auto fired = d.advance(office::at("2026-11-23T09:00:00Z")).fired;
    CHECK(fired == 0);
    CHECK(d.find({1})->part_or_empty<record_automation>().automation_runs == 0);
  }
}

TEST_CASE("only so many runs begin on a record within an hour, and later ones begin again (I3)") {
  desk d = desk_with({{"a", 1, {"note_added"}, {"add_update"}, false}});
  instant now = office::at("2026-11-23T08:01:00Z");
  std::size_t begun = 0;
  for (std::uint32_t i = 0; i < limits::automation_runs_per_hour_max + 5; ++i) {
    now = now + second;
    office::tell(d, office::note(office::text_of(now)));
    d.advance(now);
  }
  begun = d.find({1})->part_or_empty<record_automation>().automation_runs;
  CHECK(begun == limits::automation_runs_per_hour_max);
  office::tell(d, office::note("2026-11-23T09:01:01Z"));
  CHECK(d.find({1})->part_or_empty<record_automation>().automation_runs == begun + 1);
}

TEST_CASE("what a rule may give is a command about a record, and brings events that there are (I3)") {
  const auto names = [](const auto& types) {
    std::set<std::string_view> all;
    for (const auto* type : types) all.insert(type->name);
    return all;
  };
  const auto known = names(command_types());
  const auto events = names(event_types());
  CHECK(std::ranges::is_sorted(automatic_commands(), {}, &automatic_command::name));
  for (const automatic_command& one : automatic_commands()) {
    CAPTURE(one.name);
    CHECK(known.contains(one.name));
    const auto type = std::ranges::find(command_types(), one.name, [](const command_type* t) { return t->name; });
    const bool is_about_a_record = (*type)->subject != nullptr;
    CHECK(is_about_a_record);
    for (const std::string_view event : one.events) CHECK(events.contains(event));
  }
}

TEST_CASE("a timer that sets off more runs than an entry has room for says so, and the desk goes on (I3, D6)") {
  desk d = office::furnished();
  json rules = json::array();
  for (int i = 0; i < 60; ++i) {
    rules.push_back(document_of({"r" + std::to_string(i), i, {"incident_logged"}, {"add_note"}}));
  }
  office::tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host", {{"automation_rules", rules}}));
  office::tell(
      d,
      office::command(
          "schedule_maintenance", "2026-11-23T08:00:00Z", "host",
          {{"key", "w"}, {"reason", "Patches"}, {"from", "2026-11-23T08:00:00Z"}, {"until", "2026-11-23T10:00:00Z"}}));
  for (std::size_t i = 0; i < limits::released_events_max; ++i) {
    office::tell(d, office::command(
                        "report_event", "2026-11-23T09:00:00Z", "host",
                        {{"source", "m"}, {"signal", "raise"}, {"dedup_key", std::to_string(i)}, {"title", "Down"}}));
  }
  d.advance(office::at("2026-11-23T10:00:00Z"), 1);
  std::size_t full = 0;
  const entry released = d.read_entry(d.state().counters.sequence);
  for (const event& happened : released.events) {
    const auto* stopped = happened.body.get_if<automation_stopped>();
    full += stopped && stopped->because == automation_stop::no_room ? 1 : 0;
  }
  CHECK(full == 1);
  CHECK(released.events.size() < limits::events_per_entry_max);
}
