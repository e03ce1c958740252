#include "fold.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {
namespace {

// An entry may come from anywhere: what it names must be there.
playbook_run& run_of(incident& r, std::uint32_t number) {
  std::vector<playbook_run>& all = r.own<record_playbook_runs>().playbook_runs;
  if (number >= 1 && number <= all.size()) return all[number - 1];
  throw error(
      status::corrupt, "journal.unknown_playbook_run",
      "an event names playbook run " + std::to_string(number) + " of a record that has " + std::to_string(all.size()));
}

playbook_run_step& step_of(playbook_run& run, const std::string& key) {
  if (playbook_run_step* const known = find_step(run, key)) return *known;
  throw error(status::corrupt, "journal.unknown_playbook_step",
              "an event names the step \"" + key + "\", which playbook run " + std::to_string(run.run) + " has not");
}

playbook_run_step& enter(incident& r, std::uint32_t run, const std::string& key, step_state state,
                         const fold_context& c) {
  playbook_run_step& step = step_of(run_of(r, run), key);
  step.state = state;
  step.by = c.entry.actor;
  step.since = c.at;
  return step;
}

// What follows for the steps after it.
void follow(incident& r, std::uint32_t run, const std::vector<opened_step>& opened,
            const std::vector<std::string>& ruled_out, const fold_context& c) {
  for (const opened_step& one : opened) {
    playbook_run_step& step = step_of(run_of(r, run), one.step);
    step.state = step_state::open;
    step.due_at = one.due_at;
    step.since = c.at;
  }
  for (const std::string& key : ruled_out) {
    playbook_run_step& step = step_of(run_of(r, run), key);
    step.state = step_state::ruled_out;
    step.since = c.at;
  }
}

void note(std::string& where, const std::string& deviation) {
  if (!deviation.empty()) where = deviation;
}

playbook_run_state state_after(playbook_end cause) {
  switch (cause) {
    case playbook_end::completed:
      return playbook_run_state::completed;
    case playbook_end::stopped:
      return playbook_run_state::stopped;
    default:
      return playbook_run_state::cut_short;
  }
}

}  // namespace

void fold(incident& r, const playbook_started& e, const fold_context& c) {
  std::vector<playbook_run>& all = r.own<record_playbook_runs>().playbook_runs;
  playbook_run& run = all.emplace_back();
  run.run = static_cast<std::uint32_t>(all.size());
  run.playbook = e.playbook;
  run.version = e.version;
  run.enforced = e.enforced;
  run.state = playbook_run_state::active;
  run.reason = e.reason;
  if (!e.by_condition) run.started_by = c.entry.actor;
  run.started_at = c.at;
  run.steps = e.steps;
}

void fold(incident& r, const step_started& e, const fold_context& c) {
  note(enter(r, e.run, e.step, step_state::started, c).deviation, e.deviation);
}

void fold(incident& r, const step_completed& e, const fold_context& c) {
  playbook_run_step& step = enter(r, e.run, e.step, step_state::completed, c);
  step.outcome = e.outcome;
  step.evidence = e.evidence;
  note(step.deviation, e.deviation);
  follow(r, e.run, e.opened, e.ruled_out, c);
}

void fold(incident& r, const step_skipped& e, const fold_context& c) {
  playbook_run_step& step = enter(r, e.run, e.step, step_state::skipped, c);
  step.outcome = e.outcome;
  step.reason = e.reason;
  follow(r, e.run, e.opened, e.ruled_out, c);
}

void fold(incident& r, const playbook_ended& e, const fold_context& c) {
  const auto end = [&](playbook_run& run) {
    run.state = state_after(e.cause);
    note(run.reason, e.reason);
    run.ended_at = c.at;
  };
  if (e.run != 0) return end(run_of(r, e.run));
  for (playbook_run& run : r.own<record_playbook_runs>().playbook_runs) {
    if (run.state == playbook_run_state::active) end(run);
  }
}

void fold(incident& r, const step_overdue& e, const fold_context&) { step_of(run_of(r, e.run), e.step).overdue = true; }

void erase(record_playbook_runs& p, bool texts) {
  if (!texts) return;
  for (playbook_run& run : p.playbook_runs) {
    run.reason.clear();
    for (playbook_run_step& step : run.steps) {
      step.reason.clear();
      step.deviation.clear();
      for (given_evidence& one : step.evidence) one.text.clear();
    }
  }
}

}  // namespace tocsin::inline v1
