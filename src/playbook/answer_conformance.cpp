// Was a record handled by its playbook? By its run, or where there was none, by the events that show its steps (R-C07).
#include <tocsin/desk/history.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/playbook/alignment.hpp>
#include <tocsin/playbook/events.hpp>
#include <tocsin/playbook/playbook_run.hpp>

#include "answer.hpp"
#include "playbook/decide.hpp"
#include "review/answer_report.hpp"

#include <algorithm>
#include <map>

namespace tocsin::inline v1 {
namespace {

// A step that was done, where the journal says so.
struct witness {
  std::uint64_t sequence = 0;
  instant at = no_instant;
  person_ref by;
  std::string_view event;
};

class conformance_answer {
 public:
  conformance_answer(const answer_context& c, const compiled_playbook& by, playbook_ref playbook, std::uint32_t version,
                     const playbook_run* run)
      : c_(c), to_(c.to), by_(by), playbook_(playbook), version_(version), run_(run) {}

  void write() {
    read();
    const alignment found = align(by_.model, done_);
    to_.begin_object();
    to_.member("record", c_.d.show_number(c_.record->number));
    c_.write("playbook", playbook_);
    c_.write("version", version_);
    to_.member("based_on", run_ ? "run" : "history");
    if (run_) c_.write("run", run_->run);
    if (run_) c_.write("run_state", run_->state);
    to_.member_boolean("conforms", found.deviations == 0 && elsewhere_.empty());
    c_.write("deviations", found.deviations);
    c_.write("fitness_percent", fitness_percent(found));
    const auto first = std::ranges::find_if(found.steps, [](const aligned_step& s) { return deviates(s.move); });
    if (first != found.steps.end()) {
      to_.key("first_deviation");
      write_step(*first);
    }
    to_.key("alignment");
    to_.begin_array();
    for (const aligned_step& one : found.steps) write_step(one);
    to_.end_array();
    if (!elsewhere_.empty()) c_.write_texts("steps_of_other_versions", elsewhere_);
    if (left_out_ != 0) to_.member("not_looked_at", left_out_);
    to_.end_object();
  }

 private:
  void read() {
    for (std::uint32_t i = 0; i < by_.definition.steps.size(); ++i) {
      for (const std::string& sign : by_.definition.steps[i].shown_by) shows_.emplace(sign, i);
    }
    for (const entry& e : read_chain(c_.d.storage(), *c_.record, UINT64_MAX)) {
      for (const event& happened : e.events) {
        if (happened.record.id != c_.record->id || c_.by.hides(happened)) continue;
        const witness seen{e.sequence, e.stated_at, e.actor, happened.body.type()->name};
        run_ ? look_at_run(happened.body, seen) : look_at_signs(seen);
      }
    }
  }

  void look_at_run(const event_body& body, const witness& seen) {
    const auto* const completed = body.get_if<step_completed>();
    if (!completed || completed->run != run_->run) return;
    const auto place = by_.place_of(completed->step);
    if (!place) return elsewhere_.push_back(completed->step);
    const std::vector<std::string>& outcomes = by_.definition.steps[*place].outcomes;
    const auto outcome = std::ranges::find(outcomes, completed->outcome);
    const bool known = outcome != outcomes.end();
    add({*place, known ? static_cast<std::uint32_t>(outcome - outcomes.begin()) : no_place, false}, seen);
  }

  // What happens more than once shows its step more than once; only the first time may be too early.
  void look_at_signs(const witness& seen) {
    const auto shown = shows_.find(seen.event);
    if (shown == shows_.end()) return;
    const bool repeated = std::ranges::find(done_, shown->second, &step_occurrence::step) != done_.end();
    add({shown->second, no_place, repeated}, seen);
  }

  void add(step_occurrence one, const witness& seen) {
    if (done_.size() == limits::aligned_occurrences_max) {
      ++left_out_;
      return;
    }
    done_.push_back(one);
    seen_.push_back(seen);
  }

  void write_step(const aligned_step& one) {
    const playbook_step& declared = by_.definition.steps[one.step];
    to_.begin_object();
    c_.write("move", one.move);
    to_.member("step", declared.key);
    if (one.occurrence != no_place) write_witness(one, declared);
    const playbook_run_step* const now = run_ ? find_step(*run_, declared.key) : nullptr;
    if (now && one.move == alignment_move::missing) {
      c_.write("state", now->state);
      c_.write_if_given("reason", now->reason);
    }
    if (now && one.move == alignment_move::unexpected) c_.write_if_given("deviation", now->deviation);
    to_.end_object();
  }

  void write_witness(const aligned_step& one, const playbook_step& declared) {
    const witness& seen = seen_[one.occurrence];
    c_.write("sequence", seen.sequence);
    to_.member("event", seen.event);
    c_.write("at", seen.at);
    if (seen.by != system_person) c_.write_if_given("by", seen.by);
    const std::uint32_t outcome = done_[one.occurrence].outcome;
    if (outcome != no_place) to_.member("outcome", declared.outcomes[outcome]);
  }

  const answer_context& c_;
  json_writer& to_;
  const compiled_playbook& by_;
  playbook_ref playbook_;
  std::uint32_t version_;
  const playbook_run* run_;
  std::map<std::string_view, std::uint32_t> shows_;
  std::vector<step_occurrence> done_;
  std::vector<witness> seen_;  // of each of them
  std::vector<std::string> elsewhere_;
  std::int64_t left_out_ = 0;
};

// The last run of the playbook, or of any; null: there was none.
const playbook_run* last_run(const incident& record, playbook_ref playbook) {
  const playbook_run* last = nullptr;
  for (const playbook_run& run : playbook_runs_of(record)) {
    if (!playbook || run.playbook == playbook) last = &run;
  }
  return last;
}

}  // namespace

std::span<const field_row> conformance_query::fields() {
  using self = conformance_query;
  static constexpr field_row rows[] = {
      row<&self::record>("record", "Record by number or id", required),
      row<&self::playbook>("playbook", "Key of the playbook; none: that of its last run"),
      row<&self::version>("version", "Its version; none: that of the run, or the latest", range{1, 1'000'000}),
  };
  return rows;
}

void answer(const answer_context& c, const conformance_query& query) {
  refuse_requesters(c);
  const playbook_run* const run = last_run(*c.record, query.playbook);
  const playbook_ref playbook = run ? run->playbook : query.playbook;
  if (!playbook) {
    throw error(status::failed_precondition, "playbook.no_run",
                "no playbook was followed for " + c.d.show_number(c.record->number) +
                    "; name the one to compare with by `playbook`");
  }
  const auto& all = c.d.state().definitions.of<compiled_playbook>();
  const std::uint32_t latest = all.latest(playbook.index);
  const std::uint32_t version = query.version != 0 ? query.version : run ? run->version : latest;
  const compiled_playbook* const by = all.at(playbook.index, version);
  if (!by) {
    throw error(status::not_found, "playbook.unknown_version",
                "the playbook \"" + std::string(c.d.state().words.word(word_kind::playbook, playbook.index)) +
                    "\" has no version " + std::to_string(version) + ", it has " + std::to_string(latest));
  }
  conformance_answer(c, *by, playbook, version, run).write();
}

}  // namespace tocsin::inline v1
