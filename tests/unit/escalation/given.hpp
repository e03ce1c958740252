// Short ways to say what a case is given: policies, who is on call, and a run that is played and written down.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/escalation/run.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace night {

using namespace tocsin;

inline instant at(std::string_view text) {
  const auto t = parse_rfc3339(text);
  REQUIRE_MESSAGE(t, text);
  return *t;
}

// "03:05", "03:05:30" on the day that cases play on, 25 December 2026; "26T03:05" on another.
inline instant on_the_day(const std::string& text) {
  const std::size_t t = text.find('T');
  const std::string date = t == std::string::npos ? "25" : text.substr(0, t);
  const std::string time = t == std::string::npos ? text : text.substr(t + 1);
  return at("2026-12-" + date + "T" + time + (time.size() == 5 ? ":00Z" : "Z"));
}

inline std::string shown(instant t) {
  if (t == never) return "never";
  std::string text(to_rfc3339(t));
  text = text.substr(0, 11) == "2026-12-25T" ? text.substr(11) : text.substr(8);
  text.pop_back();
  if (text.size() >= 8 && text.substr(text.size() - 3) == ":00") text.resize(text.size() - 3);
  return text;
}

inline const std::vector<std::string>& names() {
  static const std::vector<std::string> all = {"ann", "bob", "cid", "dee", "eve", "fay", "gus", "hal"};
  return all;
}

inline person_ref person(std::string_view name) {
  const auto found = std::ranges::find(names(), name);
  REQUIRE_MESSAGE(found != names().end(), name);
  return {static_cast<std::uint32_t>(found - names().begin()) + 3};
}

inline std::string key_of(person_ref one) { return one ? names()[one.index - 3] : "nobody"; }

// "ann+bob"
inline std::string keys_of(const std::vector<person_ref>& people) {
  std::string result;
  for (const person_ref one : people) result += (result.empty() ? "" : "+") + key_of(one);
  return result;
}

inline std::vector<person_ref> people(const std::string& text) {
  std::vector<person_ref> result;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('+', from), text.size());
    result.push_back(person(text.substr(from, end - from)));
    from = end + 1;
  }
  return result;
}

// Teams, roles and schedules by key: who they are at an instant.
class told_oncall final : public oncall_source {
 public:
  std::map<std::string, std::function<std::string(instant)>> groups;
  std::map<std::string, std::string> managers;
  std::map<std::string, std::string> shadows;
  std::string assigned_to;
  bool condition_holds = true;
  mutable std::size_t questions = 0;

  on_call who(const escalation_target& target, instant t) const override {
    ++questions;
    if (target.kind == escalation_target_kind::person) return {people(target.key), {}};
    if (target.kind == escalation_target_kind::manager_of) return {managers_of(target.key), {}};
    const auto shadow = shadows.find(target.key);
    return {people(groups.at(target.key)(t)), people(shadow == shadows.end() ? "" : shadow->second)};
  }
  person_ref manager_of(person_ref one, instant) const override {
    const std::vector<person_ref> found = managers_of(key_of(one));
    return found.empty() ? person_ref{} : found.front();
  }
  person_ref assignee(instant) const override { return assigned_to.empty() ? person_ref{} : person(assigned_to); }
  bool holds(const condition&, const escalation_facts&, instant) const override { return condition_holds; }

 private:
  std::vector<person_ref> managers_of(const std::string& name) const {
    const auto found = managers.find(name.empty() ? assigned_to : name);
    return found == managers.end() ? std::vector<person_ref>{} : people(found->second);
  }
};

// "ann", "team:dba", "schedule:db", "role:im", "manager_of:ann", "service_owner"; several with commas.
inline std::vector<escalation_target> targets(const std::string& text) {
  std::vector<escalation_target> result;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find(',', from), text.size());
    const std::string one = text.substr(from, end - from);
    const std::size_t colon = one.find(':');
    const std::string kind = colon == std::string::npos ? "person" : one.substr(0, colon);
    const auto found = std::ranges::find(choices(escalation_target_kind{}), kind);
    const auto place = found - choices(escalation_target_kind{}).begin();
    result.push_back(
        {static_cast<escalation_target_kind>(place + 1), colon == std::string::npos ? one : one.substr(colon + 1)});
    from = end + 1;
  }
  return result;
}

inline escalation_step step(const std::string& whom, duration delay) {
  return {.targets = targets(whom), .delay = delay};
}

inline escalation_policy policy(std::vector<escalation_step> steps, std::int64_t repeat = 0) {
  return {.key = "p", .steps = std::move(steps), .repeat = repeat};
}

inline std::string line_of(const run_output& said, const escalation_graph& graph) {
  std::string line = shown(said.scheduled_at);
  if (said.recorded_at != said.scheduled_at) line += "/" + shown(said.recorded_at);
  line += " " + std::string(choices(said.kind)[static_cast<std::size_t>(said.kind) - 1]);
  if (said.step != 0) line += " " + std::to_string(said.step);
  if (said.step == 0 && said.node != no_node) line += " " + graph.declared(said.node).key;
  if (!said.people.empty()) line += " " + keys_of(said.people);
  if (!said.shadows.empty()) line += " (" + keys_of(said.shadows) + ")";
  if (said.by) line += " by " + key_of(said.by);
  if (said.kind == run_output_kind::acknowledged_in_part) line += " needs " + std::to_string(said.count);
  if (said.kind == run_output_kind::skipped) line += " x" + std::to_string(said.count);
  if (said.superseded) line += " superseded";
  return line;
}

// A run that writes down what it says.
class play {
 public:
  explicit play(const escalation_policy& p, const told_oncall& duty = {}, const calendar_lookup& calendars = {})
      : graph(p, 1, {}, calendars), duty_(duty) {}

  escalation_graph graph;
  escalation_run run;
  std::vector<std::string> log;

  play& start(const std::string& t) { return take(start_run(run, graph, duty_, on_the_day(t))); }
  play& advance(const std::string& t) { return take(advance_run(run, graph, duty_, on_the_day(t))); }
  play& act(run_action_kind kind, const std::string& by, const std::string& t) {
    return act({.kind = kind, .by = person(by)}, t);
  }
  play& act(const run_action& action, const std::string& t) {
    return take(act_on_run(run, graph, duty_, action, on_the_day(t)));
  }
  // Wakes when it is due, as a host does that is there.
  play& attend(const std::string& until) {
    while (run.due <= on_the_day(until)) take(advance_run(run, graph, duty_, run.due));
    return *this;
  }

  // What was written down since it was last asked.
  std::vector<std::string> said() { return std::exchange(log, {}); }

 private:
  play& take(const run_answer& answer) {
    for (const run_output& one : answer.outputs) log.push_back(line_of(one, graph));
    if (answer.refusal) log.push_back(shown(run.clock) + " refused " + answer.refusal->reason());
    return *this;
  }

  told_oncall duty_;
};

using lines = std::vector<std::string>;

}  // namespace night
