#include <tocsin/playbook/playbook_run.hpp>

#include <tocsin/model/incident.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_length{limits::key_length_max};

}  // namespace

std::span<const field_row> given_evidence::fields() {
  static constexpr field_row rows[] = {
      row<&given_evidence::key>("key", "Key of the evidence, as the step has it", required, one_line, key_length),
      row<&given_evidence::text>("text", "What shows it, or where that is kept", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> playbook_run_step::fields() {
  using self = playbook_run_step;
  static constexpr field_row rows[] = {
      row<&self::step>("step", "Key of the step", one_line, key_length),
      row<&self::state>("state", "What has become of it"),
      row<&self::required_before>("required_before", "By when it is to be done; none: it is optional"),
      row<&self::role>("role", "Role in the response whose holder does it", one_line, key_length),
      row<&self::team>("team", "Team that does it"),
      row<&self::time_limit>("time_limit", "How long it may take, from when it may be done"),
      row<&self::due_at>("due_at", "By when it is to be done, once it may be"),
      row<&self::overdue>("overdue", "It was said that it is overdue"),
      row<&self::outcomes>("outcomes", "It is a decision, and these are its outcomes",
                           max_length(limits::step_outcomes_max)),
      row<&self::evidence_demanded>("evidence_demanded", "Keys of what is to be given when it is completed",
                                    max_length(limits::step_evidence_max)),
      row<&self::outcome>("outcome", "What was decided", one_line, key_length),
      row<&self::evidence>("evidence", "What shows that it was done", max_length(limits::step_evidence_max)),
      row<&self::reason>("reason", "Why it was skipped", erasable, full_text),
      row<&self::deviation>("deviation", "Why it was done out of order", erasable, full_text),
      row<&self::by>("by", "Who brought it into that state; none: the steps before it did"),
      row<&self::since>("since", "When"),
  };
  return rows;
}

std::span<const std::string_view> choices(playbook_run_state) {
  static constexpr std::string_view all[] = {"active", "completed", "stopped", "cut_short"};
  return all;
}

std::span<const field_row> playbook_run::fields() {
  using self = playbook_run;
  static constexpr field_row rows[] = {
      row<&self::run>("run", "Its number for the record, from 1"),
      row<&self::playbook>("playbook", "Playbook that is followed"),
      row<&self::version>("version", "Version that it follows, whatever is published later"),
      row<&self::enforced>("enforced",
                           "The record is neither resolved nor closed while steps required by then are left"),
      row<&self::state>("state", "How it stands"),
      row<&self::reason>("reason", "Why it was started by hand, or stopped", erasable, full_text),
      row<&self::started_by>("started_by", "Who started it; none: its condition held"),
      row<&self::started_at>("started_at", "When"),
      row<&self::ended_at>("ended_at", "When it was completed, stopped or cut short"),
      row<&self::steps>("steps", "What has become of its steps", max_length(limits::playbook_steps_max)),
  };
  return rows;
}

std::span<const field_row> record_playbook_runs::fields() {
  static constexpr field_row rows[] = {
      row<&record_playbook_runs::playbook_runs>("playbook_runs", "Playbooks that are followed for it, by number",
                                                max_length(limits::playbook_runs_max)),
  };
  return rows;
}

bool is_left(const playbook_run_step& step, step_deadline before) {
  if (is_settled(step.state) || step.required_before == step_deadline::unset) return false;
  return before == step_deadline::close || step.required_before == step_deadline::resolve;
}

const playbook_run_step* find_step(const playbook_run& run, std::string_view key) {
  const auto found = std::ranges::find(run.steps, key, &playbook_run_step::step);
  return found == run.steps.end() ? nullptr : &*found;
}

playbook_run_step* find_step(playbook_run& run, std::string_view key) {
  const auto found = std::ranges::find(run.steps, key, &playbook_run_step::step);
  return found == run.steps.end() ? nullptr : &*found;
}

std::span<const playbook_run> playbook_runs_of(const incident& record) {
  const auto* const part = record.part<record_playbook_runs>();
  return part ? std::span<const playbook_run>(part->playbook_runs) : std::span<const playbook_run>();
}

const playbook_run* find_playbook_run(const incident& record, std::uint32_t number) {
  const std::span<const playbook_run> all = playbook_runs_of(record);
  return number >= 1 && number <= all.size() ? &all[number - 1] : nullptr;
}

std::vector<step_standing> standings_of(const playbook_run& run, const compiled_playbook& by) {
  std::vector<step_standing> standings;
  for (const playbook_step& declared : by.definition.steps) {
    step_standing& now = standings.emplace_back();
    const playbook_run_step* const known = find_step(run, declared.key);
    if (!known || known->state == step_state::unset) continue;
    now.state = known->state;
    const auto outcome = std::ranges::find(declared.outcomes, known->outcome);
    if (outcome != declared.outcomes.end()) {
      now.outcome = static_cast<std::uint32_t>(outcome - declared.outcomes.begin());
    }
  }
  return standings;
}

std::vector<std::string> unmet_of_playbooks(const incident& record, state_kind to) {
  std::vector<std::string> unmet;
  if (to != state_kind::resolved && to != state_kind::closed) return unmet;
  const step_deadline before = to == state_kind::closed ? step_deadline::close : step_deadline::resolve;
  for (const playbook_run& run : playbook_runs_of(record)) {
    if (!run.enforced || run.state != playbook_run_state::active) continue;
    for (const playbook_run_step& step : run.steps) {
      if (!is_left(step, before)) continue;
      unmet.push_back("step \"" + step.step + "\" of playbook run " + std::to_string(run.run) +
                      " is neither completed nor skipped");
    }
  }
  return unmet;
}

}  // namespace tocsin::inline v1
