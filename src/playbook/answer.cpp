#include "answer.hpp"

#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/playbook/playbook_run.hpp>

#include "desk/move_check.hpp"
#include "playbook/decide.hpp"
#include "playbook/decide_run.hpp"
#include "review/answer_report.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// ---- how the runs of a record stand

class playbook_run_writer {
 public:
  playbook_run_writer(const answer_context& c, const playbook_run& run)
      : c_(c), to_(c.to), run_(run), by_(followed_by(c.d.state(), run)) {}

  void write() {
    to_.begin_object();
    c_.write("run", run_.run);
    c_.write("playbook", run_.playbook);
    if (by_) to_.member("name", by_->definition.name.empty() ? by_->definition.key : by_->definition.name);
    c_.write("version", run_.version);
    const std::uint32_t latest = c_.d.state().definitions.of<compiled_playbook>().latest(run_.playbook.index);
    if (latest != run_.version) c_.write("latest_version", latest);
    c_.write("state", run_.state);
    to_.member_boolean("enforced", run_.enforced);
    const bool goes_on = run_.state == playbook_run_state::active || run_.state == playbook_run_state::completed;
    write_list(
        "next", [&](const playbook_run_step& step) { return goes_on && may_be_done(step); },
        &playbook_run_writer::write_next);
    write_list(
        "waiting", [](const playbook_run_step& step) { return step.state == step_state::waiting; },
        &playbook_run_writer::write_waiting);
    write_list(
        "settled", [](const playbook_run_step& step) { return is_settled(step.state); },
        &playbook_run_writer::write_settled);
    to_.end_object();
  }

 private:
  static bool may_be_done(const playbook_run_step& step) {
    return step.state == step_state::open || step.state == step_state::started;
  }

  template <class Which>
  void write_list(std::string_view name, Which which,
                  void (playbook_run_writer::*write_one)(const playbook_run_step&)) {
    to_.key(name);
    to_.begin_array();
    for (const playbook_run_step& step : run_.steps) {
      if (!which(step)) continue;
      to_.begin_object();
      to_.member("step", step.step);
      (this->*write_one)(step);
      to_.end_object();
    }
    to_.end_array();
  }

  void write_next(const playbook_run_step& step) {
    const auto place = by_ ? by_->place_of(step.step) : std::nullopt;
    if (place) {
      const playbook_step& declared = by_->definition.steps[*place];
      c_.write_if_given("name", declared.name);
      c_.write_if_given("instructions", declared.instructions);
      if (!declared.precautions.empty()) c_.write_texts("precautions", declared.precautions);
      c_.write_if_given("evidence", declared.evidence);
    }
    c_.write("state", step.state);
    if (step.state == step_state::started) c_.write_if_given("by", step.by);
    c_.write_if_given("role", step.role);
    write_holder(step.role);
    c_.write_if_given("team", step.team);
    if (!step.outcomes.empty()) c_.write_texts("outcomes", step.outcomes);
    c_.write_if_given("due_at", step.due_at);
    c_.write_if_given("overdue", step.overdue);
    if (step.required_before == step_deadline::unset) to_.member_boolean("optional", true);
    c_.write_if_given("required_before", step.required_before);
  }

  // Who has the role in the response, if it is a major incident.
  void write_holder(const std::string& role) {
    const auto* const major = c_.record->part<record_major_incident>();
    const role_holding* const holder = major && !role.empty() ? find_holder(major->response_roles, role) : nullptr;
    if (holder) c_.write("person", holder->person);
  }

  void write_waiting(const playbook_run_step& step) {
    const auto place = by_ ? by_->place_of(step.step) : std::nullopt;
    if (place) c_.write_texts("waits_for", waits_for({*c_.record, run_, step, *by_, *place}));
  }

  void write_settled(const playbook_run_step& step) {
    c_.write("state", step.state);
    c_.write_if_given("outcome", step.outcome);
    c_.write_if_given("evidence", step.evidence);
    c_.write_if_given("reason", step.reason);
    c_.write_if_given("deviation", step.deviation);
    c_.write_if_given("by", step.by);
    c_.write("since", step.since);
  }

  const answer_context& c_;
  json_writer& to_;
  const playbook_run& run_;
  const compiled_playbook* by_;
};

// ---- what is left

void write_left_steps(const answer_context& c, step_deadline before) {
  c.to.key("steps");
  c.to.begin_array();
  for (const playbook_run& run : playbook_runs_of(*c.record)) {
    if (run.state != playbook_run_state::active && run.state != playbook_run_state::cut_short) continue;
    for (const playbook_run_step& step : run.steps) {
      if (!is_left(step, before)) continue;
      c.to.begin_object();
      c.write("run", run.run);
      c.write("playbook", run.playbook);
      c.to.member("step", step.step);
      c.write("state", step.state);
      c.to.member_boolean("enforced", run.enforced);
      c.to.end_object();
    }
  }
  c.to.end_array();
}

// What stands against it, as a refusal would say; and the steps of playbooks, whether they stand against it or not.
void write_left(const answer_context& c, std::string_view name, state_kind to, step_deadline before) {
  std::vector<std::string> unmet;
  for (unmet_guard& gate : unmet_demands(*c.record, c.d.state().definitions.workflow_of(*c.record), to)) {
    unmet.push_back(std::move(gate.says));
  }
  c.to.key(name);
  c.to.begin_object();
  c.write_texts("unmet", unmet);
  write_left_steps(c, before);
  c.to.end_object();
}

}  // namespace

std::span<const field_row> playbook_query::fields() {
  static constexpr field_row rows[] = {row<&playbook_query::record>("record", "Record by number or id", required)};
  return rows;
}

std::span<const field_row> left_to_do_query::fields() {
  static constexpr field_row rows[] = {row<&left_to_do_query::record>("record", "Record by number or id", required)};
  return rows;
}

void answer(const answer_context& c, const playbook_query&) {
  refuse_requesters(c);
  c.to.begin_object();
  c.to.member("record", c.d.show_number(c.record->number));
  c.to.key("runs");
  c.to.begin_array();
  for (const playbook_run& run : playbook_runs_of(*c.record)) playbook_run_writer(c, run).write();
  c.to.end_array();
  c.to.end_object();
}

void answer(const answer_context& c, const left_to_do_query&) {
  refuse_requesters(c);
  c.to.begin_object();
  c.to.member("record", c.d.show_number(c.record->number));
  if (is_open(c.record->state_kind)) {
    write_left(c, "before_resolving", state_kind::resolved, step_deadline::resolve);
  }
  write_left(c, "before_closing", state_kind::closed, step_deadline::close);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
