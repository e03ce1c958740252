// Playbooks are started and stopped (R-C23).
#include "decide.hpp"

#include "decide_run.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

playbook_run_step first_standing(const deciding& d, const playbook_step& declared) {
  playbook_run_step step;
  step.step = declared.key;
  step.state = step_state::waiting;
  step.required_before = deadline_of(declared);
  step.role = declared.role;
  step.team.index = d.state.words.find(word_kind::team, declared.team);
  step.time_limit = declared.time_limit;
  step.outcomes = declared.outcomes;
  for (const demanded_evidence& one : declared.evidence) step.evidence_demanded.push_back(one.key);
  return step;
}

bool is_active(const playbook_run& run) { return run.state == playbook_run_state::active; }

}  // namespace

void plausible_playbook(const incident& record, plausible_commands& to) {
  to.none = "no playbook has been published";
  const auto& all = to.state.definitions.of<compiled_playbook>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const compiled_playbook* const one = all.current(number);
    if (!one || one->definition.retired) continue;
    if (to.commands.size() == limits::plausible_playbooks_max) return;
    to.commands.push_back(start_playbook{{record.id}, {number}, {}});
  }
}

void plausible_stop(const incident& record, plausible_commands& to) {
  to.none = "no playbook is followed for it";
  for (const playbook_run& run : playbook_runs_of(record)) {
    if (is_active(run)) to.commands.push_back(stop_playbook{{record.id}, run.run, "x"});
  }
}

bool is_for(const playbook& definition, const deciding& d, const incident& r) {
  if (definition.record_types.empty()) return d.state.definitions.base_of(r) == record_base::incident;
  return std::ranges::find(definition.record_types, d.type_name(r.type)) != definition.record_types.end();
}

bool was_run(const incident& r, playbook_ref playbook) {
  return std::ranges::any_of(playbook_runs_of(r), [&](const playbook_run& run) { return run.playbook == playbook; });
}

instant due_after(instant opened, duration time_limit) {
  return time_limit.us > 0 ? opened + std::min(time_limit, limits::step_time_limit_max) : no_instant;
}

const compiled_playbook* followed_by(const desk_state& state, const playbook_run& run) {
  return state.definitions.of<compiled_playbook>().at(run.playbook.index, run.version);
}

void begin_playbook(deciding& d, const incident& r, const compiled_playbook& by, playbook_started started) {
  started.version = d.state.definitions.of<compiled_playbook>().latest(started.playbook.index);
  started.enforced = by.definition.enforced;
  const instant now = d.effective(r);
  std::vector<step_standing> standings(by.definition.steps.size());
  open_what_may_be_done(by.model, standings);
  for (std::size_t i = 0; i < standings.size(); ++i) {
    playbook_run_step& step = started.steps.emplace_back(first_standing(d, by.definition.steps[i]));
    step.state = standings[i].state;
    step.since = now;
    if (step.state == step_state::open) step.due_at = due_after(now, step.time_limit);
  }
  d.emit({r.id}, std::move(started));
}

void decide(const start_playbook& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.record, "start_playbook");
  d.refuse_as("start_playbook", r);
  const compiled_playbook* const by = d.state.definitions.of<compiled_playbook>().current(c.playbook.index);
  if (!by) throw error(status::not_found, "playbook.unknown", "the playbook has not been published");
  const std::string key = d.quoted(word_kind::playbook, c.playbook.index);
  d.against.unless(!by->definition.retired, "playbook.retired", "the playbook " + key + " is retired");
  d.against.unless(is_for(by->definition, d, r), "playbook.other_type",
                   "the playbook " + key + " is not for records of type " + std::string(d.type_name(r.type)));
  const bool follows = std::ranges::any_of(
      playbook_runs_of(r), [&](const playbook_run& run) { return run.playbook == c.playbook && is_active(run); });
  d.against.unless(!follows, "playbook.followed", "the playbook " + key + " is followed for it already");
  const std::size_t count = playbook_runs_of(r).size();
  d.against.unless(count < limits::playbook_runs_max, "playbook.too_many",
                   "a record has at most " + std::to_string(limits::playbook_runs_max) + " runs of playbooks");
  if (!d.against.empty()) return;
  begin_playbook(d, r, *by, {.run = static_cast<std::uint32_t>(count + 1), .playbook = c.playbook, .reason = c.reason});
}

void decide(const stop_playbook& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.record, "stop_playbook");
  d.refuse_as("stop_playbook", r);
  const playbook_run& run = run_meant(d, r, c.run);
  d.against.unless(is_active(run), "playbook.not_followed", not_followed(run));
  if (d.against.empty()) d.emit(c.record, playbook_ended{run.run, playbook_end::stopped, c.reason});
}

}  // namespace tocsin::inline v1
