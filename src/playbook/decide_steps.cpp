// Steps of playbooks are started, completed, skipped (R-C23).
#include <tocsin/base/refusal.hpp>

#include "decide.hpp"
#include "decide_run.hpp"

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

// A run that goes on, or that has optional steps left.
template <class Make>
void each_step(const incident& record, plausible_commands& to, Make make) {
  to.none = "no step of a playbook may be done for it";
  for (const playbook_run& run : playbook_runs_of(record)) {
    if (run.state != playbook_run_state::active && run.state != playbook_run_state::completed) continue;
    for (const playbook_run_step& step : run.steps) {
      if (step.state == step_state::open || step.state == step_state::started) to.commands.push_back(make(run, step));
    }
  }
}

std::string an_outcome(const playbook_run_step& step) {
  return step.outcomes.empty() ? std::string() : step.outcomes.front();
}

void check_evidence(deciding& d, const followed_step& at, const std::vector<given_evidence>& given) {
  std::vector<std::string> demanded;
  for (const demanded_evidence& one : at.declared().evidence) demanded.push_back(one.key);
  std::set<std::string_view> seen;
  for (const given_evidence& one : given) {
    const bool is_known = std::ranges::find(demanded, one.key) != demanded.end();
    d.against.unless(is_known, "playbook.evidence",
                     named(at.declared()) + " asks for no evidence \"" + one.key + '"' +
                         (demanded.empty() ? "" : " (allowed: " + joined(demanded) + ")"));
    d.against.unless(seen.insert(one.key).second, "playbook.evidence",
                     "the evidence \"" + one.key + "\" is given twice");
  }
  for (const std::string& key : demanded) {
    d.against.unless(seen.contains(key), "playbook.evidence",
                     named(at.declared()) + " is not completed without the evidence \"" + key + '"');
  }
}

// What follows when the step is settled so: `to` gets the steps that open or are ruled out. Returns whether nothing is
// left of the run then.
template <class Event>
bool follow(const deciding& d, const followed_step& at, step_state state, const std::string& outcome, Event& to) {
  std::vector<step_standing> standings = standings_of(at.run, at.by);
  const std::vector<std::string>& own = at.declared().outcomes;
  const auto chosen = std::ranges::find(own, outcome);
  standings[at.place] = {state, chosen == own.end() ? no_place : static_cast<std::uint32_t>(chosen - own.begin())};
  const std::vector<step_standing> before = standings;
  open_what_may_be_done(at.by.model, standings);
  bool complete = true;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const playbook_step& step = at.by.definition.steps[i];
    const step_state now = standings[i].state;
    complete = complete && (step.optional || is_settled(now));
    if (now == before[i].state) continue;
    if (now == step_state::open) to.opened.push_back({step.key, due_after(d.effective(at.record), step.time_limit)});
    if (now == step_state::ruled_out) to.ruled_out.push_back(step.key);
  }
  return complete;
}

template <class Event>
void settle(deciding& d, const followed_step& at, step_state state, Event e) {
  const bool complete = follow(d, at, state, e.outcome, e);
  d.emit({at.record.id}, std::move(e));
  if (complete && at.run.state == playbook_run_state::active) {
    d.emit({at.record.id}, playbook_ended{at.run.run, playbook_end::completed, {}});
  }
}

}  // namespace

void plausible_step_start(const incident& record, plausible_commands& to) {
  each_step(record, to, [&](const playbook_run& run, const playbook_run_step& step) {
    return start_step{{record.id}, run.run, step.step, {}};
  });
}

void plausible_completed_step(const incident& record, plausible_commands& to) {
  each_step(record, to, [&](const playbook_run& run, const playbook_run_step& step) {
    complete_step asked{{record.id}, run.run, step.step, an_outcome(step), {}, {}};
    for (const std::string& key : step.evidence_demanded) asked.evidence.push_back({key, "x"});
    return asked;
  });
}

void plausible_skipped_step(const incident& record, plausible_commands& to) {
  each_step(record, to, [&](const playbook_run& run, const playbook_run_step& step) {
    return skip_step{{record.id}, run.run, step.step, "x", an_outcome(step)};
  });
}

void decide(const start_step& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.record, "start_step");
  d.refuse_as("start_step", r);
  const followed_step at = step_meant(d, r, c.run, c.step);
  const bool deviates = check_turn(d, at, !c.deviate.empty());
  d.against.unless(at.now.state != step_state::started, "playbook.step_started",
                   named(at.declared()) + " is started already");
  if (d.against.empty()) d.emit(c.record, step_started{at.run.run, c.step, deviates ? c.deviate : std::string()});
}

void decide(const complete_step& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.record, "complete_step");
  d.refuse_as("complete_step", r);
  const followed_step at = step_meant(d, r, c.run, c.step);
  const bool deviates = check_turn(d, at, !c.deviate.empty());
  check_outcome(d, at, c.outcome);
  check_evidence(d, at, c.evidence);
  if (!d.against.empty()) return;
  settle(d, at, step_state::completed,
         step_completed{at.run.run, c.step, c.outcome, c.evidence, deviates ? c.deviate : std::string(), {}, {}});
}

// In its turn alone: to skip what waits would let what needs it be done before its time.
void decide(const skip_step& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.record, "skip_step");
  d.refuse_as("skip_step", r);
  const followed_step at = step_meant(d, r, c.run, c.step);
  check_turn(d, at, false);
  check_outcome(d, at, c.outcome);
  if (!d.against.empty()) return;
  settle(d, at, step_state::skipped, step_skipped{at.run.run, c.step, c.reason, c.outcome, {}, {}});
}

}  // namespace tocsin::inline v1
