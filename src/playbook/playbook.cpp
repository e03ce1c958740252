#include <tocsin/playbook/playbook.hpp>

#include "rule/explained.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};
constexpr max_length full_text{limits::text_length_max};

std::optional<std::uint32_t> place_in(const std::vector<playbook_step>& steps, std::string_view key) {
  const auto found = std::ranges::find(steps, key, &playbook_step::key);
  if (found == steps.end()) return std::nullopt;
  return static_cast<std::uint32_t>(found - steps.begin());
}

modelled_step modelled(const playbook& definition, const playbook_step& step) {
  modelled_step made;
  made.optional = step.optional;
  made.outcomes = static_cast<std::uint32_t>(step.outcomes.size());
  for (const std::string& key : step.needs) {
    if (const auto needed = place_in(definition.steps, key)) made.needs.push_back(*needed);
  }
  const auto decision = place_in(definition.steps, step.when.step);
  if (!decision) return made;
  made.decided_by = *decision;
  made.needs.push_back(*decision);
  const std::vector<std::string>& outcomes = definition.steps[*decision].outcomes;
  for (std::uint32_t i = 0; i < outcomes.size(); ++i) {
    if (std::ranges::find(step.when.outcomes, outcomes[i]) != step.when.outcomes.end()) made.on_by.push_back(i);
  }
  return made;
}

}  // namespace

std::span<const field_row> demanded_evidence::fields() {
  static constexpr field_row rows[] = {
      row<&demanded_evidence::key>("key", "Key of the evidence", required, one_line, key_length),
      row<&demanded_evidence::name>("name", "What is to be given; none: the key says it", one_line),
  };
  return rows;
}

std::span<const field_row> step_condition::fields() {
  static constexpr field_row rows[] = {
      row<&step_condition::step>("step", "Key of the step that decides", required, one_line, key_length),
      row<&step_condition::outcomes>("outcomes", "The step is on if one of these is the outcome", required,
                                     max_length(limits::step_outcomes_max)),
  };
  return rows;
}

std::span<const std::string_view> choices(step_deadline) {
  static constexpr std::string_view all[] = {"resolve", "close"};
  return all;
}

std::span<const field_row> playbook_step::fields() {
  using self = playbook_step;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the step", required, one_line, key_length),
      row<&self::name>("name", "What is done, in a few words", one_line),
      row<&self::instructions>("instructions", "How it is done", full_text),
      row<&self::precautions>("precautions", "What to beware of", max_length(limits::step_precautions_max)),
      row<&self::needs>("needs", "Keys of the steps that are completed or skipped before it",
                        max_length(limits::step_needs_max)),
      row<&self::when>("when", "The decision after which it is on, and the outcomes; none: it is always on"),
      row<&self::outcomes>("outcomes", "It is a decision, and these are its outcomes",
                           max_length(limits::step_outcomes_max)),
      row<&self::role>("role", "Role in the response whose holder does it", one_line, key_length),
      row<&self::team>("team", "Key of the team that does it; neither: whoever has the record", one_line, key_length),
      row<&self::time_limit>("time_limit", "Somebody is told if it takes longer, from when it may be done"),
      row<&self::evidence>("evidence", "What is to be given when it is completed",
                           max_length(limits::step_evidence_max)),
      row<&self::optional>("optional", "Nobody asks for it; a step that needs it waits until it is done or skipped"),
      row<&self::required_before>("required_before", "By when it is to be done; close where nothing is given"),
      row<&self::shown_by>("shown_by", "Types of events that show it was done, where there was no run",
                           max_length(limits::step_signs_max)),
  };
  return rows;
}

std::span<const field_row> playbook::fields() {
  using self = playbook;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the playbook", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::applies_when>("applies_when",
                               "It is started for an open record as soon as this holds, once; a condition in "
                               "JsonLogic's syntax; none: by hand"),
      row<&self::record_types>("record_types", "Keys of the record types that it is for; none: incidents",
                               max_length(limits::playbook_types_max)),
      row<&self::steps>("steps", "What is done", required, max_length(limits::playbook_steps_max)),
      row<&self::enforced>("enforced", "A record is neither resolved nor closed while steps required by then are left"),
      row<&self::retired>("retired", "It is started no more"),
  };
  return rows;
}

playbook_model model_of(const playbook& definition) {
  playbook_model model;
  for (const playbook_step& step : definition.steps) model.steps.push_back(modelled(definition, step));
  model.arrange();
  return model;
}

std::string named(const playbook_step& step) { return "step \"" + step.key + '"'; }

compiled_playbook::compiled_playbook(const playbook& d, const condition_schema& schema) : definition(d) {
  if (d.steps.size() > limits::playbook_steps_max) definition.steps.resize(limits::playbook_steps_max);
  model = model_of(definition);
  if (d.applies_when) applies_when = compile_condition(d.applies_when.text, schema);
}

std::optional<std::uint32_t> compiled_playbook::place_of(std::string_view step) const {
  return place_in(definition.steps, step);
}

std::string compiled_playbook::inputs_of(const condition_data& record, instant now) const {
  return applies_when ? explained(*applies_when, record, now) : std::string();
}

}  // namespace tocsin::inline v1
