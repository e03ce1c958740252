#include "decide_run.hpp"

#include <tocsin/base/refusal.hpp>

#include "decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

template <class Choice>
std::string text_of(Choice value) {
  const auto number = static_cast<std::size_t>(value);
  return number == 0 ? std::string() : std::string(choices(value)[number - 1]);
}

std::string spaced(std::string text) {
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string list_or_none(const std::vector<std::string>& names) { return names.empty() ? "none" : joined(names); }

}  // namespace

const playbook_run& run_meant(const deciding& d, const incident& r, std::uint32_t number) {
  const std::span<const playbook_run> all = playbook_runs_of(r);
  if (number != 0) {
    if (const playbook_run* const run = find_playbook_run(r, number)) return *run;
    throw error(
        status::not_found, "playbook.unknown_run",
        d.name_of(r) + " has no playbook run " + std::to_string(number) + ", it has " + std::to_string(all.size()));
  }
  std::vector<std::string> active;
  const playbook_run* only = nullptr;
  for (const playbook_run& run : all) {
    if (run.state != playbook_run_state::active) continue;
    only = &run;
    active.push_back(std::to_string(run.run) + " of " + d.quoted(word_kind::playbook, run.playbook.index));
  }
  if (active.size() == 1) return *only;
  throw error(status::failed_precondition, "playbook.which_run",
              active.empty()
                  ? "no playbook is followed for " + d.name_of(r) + " now; name a run that is completed by `run`"
                  : "several playbooks are followed for " + d.name_of(r) +
                        ", so run says which (allowed: " + joined(active) + ")");
}

std::string not_followed(const playbook_run& run) {
  return "playbook run " + std::to_string(run.run) + " is " + spaced(text_of(run.state));
}

followed_step step_meant(const deciding& d, const incident& r, std::uint32_t number, const std::string& key) {
  const playbook_run& run = run_meant(d, r, number);
  if (run.state != playbook_run_state::active && run.state != playbook_run_state::completed) {
    throw error(status::failed_precondition, "playbook.not_followed", not_followed(run));
  }
  const compiled_playbook* const by = followed_by(d.state, run);
  const playbook_run_step* const now = find_step(run, key);
  const auto place = by ? by->place_of(key) : std::nullopt;
  if (now && place) return {r, run, *now, *by, *place};
  std::vector<std::string> names;
  for (const playbook_run_step& step : run.steps) names.push_back(step.step);
  throw unknown_name(status::not_found, "playbook.unknown_step", "/step", key, allowed_values(std::move(names)));
}

void check_outcome(deciding& d, const followed_step& at, const std::string& outcome) {
  const std::vector<std::string>& own = at.declared().outcomes;
  if (own.empty()) {
    return d.against.unless(outcome.empty(), "playbook.no_decision",
                            named(at.declared()) + " is no decision: give it no outcome");
  }
  const bool met = std::ranges::find(own, outcome) != own.end();
  const std::string what =
      outcome.empty() ? "is a decision, and has no outcome yet" : "has no outcome \"" + outcome + '"';
  d.against.unless(met, "playbook.outcome", named(at.declared()) + ' ' + what + " (allowed: " + joined(own) + ")");
}

std::vector<std::string> waits_for(const followed_step& at) {
  std::vector<std::string> names;
  for (const std::uint32_t needed : at.by.model.steps[at.place].needs) {
    const std::string& key = at.by.definition.steps[needed].key;
    const playbook_run_step* const step = find_step(at.run, key);
    const bool is_new = std::ranges::find(names, key) == names.end();
    if (step && !is_settled(step->state) && is_new) names.push_back(key);
  }
  return names;
}

std::vector<std::string> allowed_now(const playbook_run& run) {
  std::vector<std::string> names;
  for (const playbook_run_step& step : run.steps) {
    if (step.state == step_state::open || step.state == step_state::started) names.push_back(step.step);
  }
  return names;
}

bool check_turn(deciding& d, const followed_step& at, bool deviates) {
  const step_state now = at.now.state;
  const bool is_done = now == step_state::completed || now == step_state::skipped;
  d.against.unless(!is_done, "playbook.step_settled", named(at.declared()) + " is " + text_of(now) + " already");
  if (is_done || now == step_state::open || now == step_state::started) return false;
  const std::string why =
      now == step_state::ruled_out ? " was ruled out by a decision" : " waits for " + joined(waits_for(at));
  d.against.unless(deviates, "playbook.out_of_order",
                   named(at.declared()) + why + " (allowed now: " + list_or_none(allowed_now(at.run)) +
                       "); say why by `deviate` to do it all the same");
  return true;
}

}  // namespace tocsin::inline v1
