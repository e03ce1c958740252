// Histories from elsewhere, each step held against the workflow (D11).
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/service/events.hpp>

#include "decide.hpp"
#include "desk/timing.hpp"
#include "service/decide.hpp"

namespace tocsin::inline v1 {
namespace {

[[noreturn]] void refuse_step(std::size_t index, std::string_view member, const refused_value& found,
                              const allowed_values& allowed) {
  throw unexpected(status::failed_precondition, "import.step_refused",
                   "/history/" + std::to_string(index) + "/" + std::string(member), found, allowed);
}

// Holds each step against the workflow while the history is folded.
class history_check {
 public:
  history_check(const workflow_graph& workflow, const priority_matrix* matrix, const lexicon& words, instant now)
      : workflow_(workflow), matrix_(matrix), words_(words), now_(now) {}

  const incident& fold_all(const std::vector<import_step>& history) {
    for (std::size_t i = 0; i < history.size(); ++i) {
      check(history, i);
      fold_step(record_, history[i], workflow_, matrix_);
    }
    return record_;
  }

 private:
  void check(const std::vector<import_step>& history, std::size_t i) const {
    const import_step& step = history[i];
    if (i > 0 && step.at < history[i - 1].at)
      refuse_step(i, "at", "an earlier instant", "none before that of the step before");
    if (step.at > now_) refuse_step(i, "at", "an instant after the import", "the past");
    if (i == 0 && !step.state) refuse_step(i, "state", "nothing", "the state that the history begins in");
    if (step.state) check_state(step, i);
    if (step.resolution_code && !workflow_.has(step.resolution_code)) {
      refuse_step(i, "resolution_code", found(word_kind::resolution_code, step.resolution_code.index),
                  "a resolution code of the workflow");
    }
    const state_kind kind = step.state ? workflow_.kind(step.state) : record_.state_kind;
    if (is_set(step.resolved_at) && (is_open(kind) || step.resolved_at > step.at)) {
      refuse_step(i, "resolved_at", "it in an open state, or after the step", "an instant up to that of the step");
    }
    if (step.hold_reason && kind != state_kind::on_hold) {
      refuse_step(i, "hold_reason", "it in a state that is none of waiting", "it in a state of kind on_hold");
    }
  }

  void check_state(const import_step& step, std::size_t i) const {
    if (!workflow_.has(step.state))
      refuse_step(i, "state", found(word_kind::state, step.state.index), "a state of the workflow");
    if (workflow_.kind(step.state) == state_kind::on_hold && !workflow_.has(step.hold_reason)) {
      refuse_step(i, "hold_reason", found(word_kind::hold_reason, step.hold_reason.index),
                  "a hold reason of the workflow");
    }
    if (i > 0 && !(step.state == record_.state) && !workflow_.connects(record_.state, step.state)) {
      refuse_step(i, "state", found(word_kind::state, step.state.index),
                  "a state that the workflow leads to from " + found(word_kind::state, record_.state.index).shown);
    }
  }

  refused_value found(word_kind kind, std::uint32_t number) const {
    return refused_value::text(words_.word(kind, number));
  }

  const workflow_graph& workflow_;
  const priority_matrix* matrix_;
  const lexicon& words_;
  instant now_;
  incident record_;
};

}  // namespace

void decide(const import_record& c, deciding& d) {
  const workflow_graph& workflow = workflow_for(d.state, c.workflow, {});
  record_imported e;
  e.number = c.number;
  e.number_value = next_number(d, {});
  if (!c.number.empty()) {
    e.number_value = d.given.records.read_number(c.number);
    const bool is_of_incidents = e.number_value != 0 && series_of(e.number_value) == 0;
    if (!is_of_incidents || d.given.records.show_number(e.number_value) != c.number) {
      throw error(status::invalid_argument, "import.number_form",
                  "/number: found \"" + c.number + "\", allowed is a number of this desk's form, as " +
                      d.given.records.show_number(42));
    }
    if (d.given.records.find_number(e.number_value) != 0 ||
        d.given.records.where->find_purged_number(e.number_value).has_value()) {
      throw error(status::already_exists, "import.number_taken",
                  "there is a record with the number " + c.number + " already");
    }
  }
  e.external_key = c.external_key;
  e.workflow = {d.state.words.find(word_kind::workflow, workflow.definition().key)};
  e.workflow_version = workflow.version();
  e.priority_matrix_version = d.matrix_version();
  e.title = c.title;
  e.description = c.description;
  e.caller = c.caller;
  e.reporter = c.reporter;
  e.contact = c.contact;
  e.location = c.location;
  e.channel = c.channel;
  e.opened_at = is_set(c.opened_at) ? c.opened_at : c.history.front().at;
  e.occurred_at = c.occurred_at;
  e.detected_at = c.detected_at;
  e.reported_at = c.reported_at;
  e.history = c.history;
  for (const import_step& step : c.history) {
    e.note_count += !step.note.empty();
    e.reply_count += !step.reply.empty();
  }
  e.keeps_clock_history = d.state.definitions.of<sla_agreement>().size() != 0;
  history_check check(workflow, d.state.definitions.matrix(e.priority_matrix_version), d.state.words,
                      d.given.recorded_at);
  const incident& last = check.fold_all(c.history);
  if (last.state_kind == state_kind::resolved) {
    // No timer in the past (D11): if the silence would be over already, it begins with the import.
    const instant due = silence_ends(d.state, workflow, last.resolved_at);
    e.auto_close_at =
        is_set(due) && due <= d.given.recorded_at ? silence_ends(d.state, workflow, d.given.recorded_at) : due;
  }
  const record_ref record{d.state.counters.last_id + 1};
  d.emit(record, std::move(e));
  if (!c.affected_items.empty()) d.emit(record, affecting(d, "affected_items", c.affected_items));
}

}  // namespace tocsin::inline v1
