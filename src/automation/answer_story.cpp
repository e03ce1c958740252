#include "answer_story.hpp"

#include <tocsin/automation/questions.hpp>
#include <tocsin/model/incident.hpp>

#include "automation/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

class story_writer {
 public:
  story_writer(const answer_context& c, const document_names& names) : c_(c), names_(names) {}

  void write(const told_run& one) {
    c_.to.begin_object();
    c_.to.member("run", static_cast<std::int64_t>(one.run));
    write_begin(one);
    c_.to.key("actions");
    c_.to.begin_array();
    for (const told_action& action : one.actions) write(action);
    c_.to.end_array();
    if (one.stopped != automation_stop::unset) write_stop(one.stopped);
    if (one.ended) c_.to.member_boolean("ended", true);
    c_.to.end_object();
  }

  void write(const told_stop& one) {
    c_.to.begin_object();
    member("rule", one.stopped.rule);
    if (!one.stopped.trigger.empty()) c_.to.member("trigger", one.stopped.trigger);
    member("at", one.at);
    if (!one.stopped.chain.empty()) member("chain", one.stopped.chain);
    write_stop(one.stopped.because);
    c_.to.end_object();
  }

 private:
  template <class T>
  void member(std::string_view name, const T& value) {
    c_.to.key(name);
    write_value(c_.to, detail::type_of<T>, &value, names_);
  }

  void write_begin(const told_run& one) {
    member("rule", one.begun.rule);
    c_.to.member("rule_version", static_cast<std::int64_t>(one.begun.rule_version));
    if (!one.begun.trigger.empty()) c_.to.member("trigger", one.begun.trigger);
    if (one.begun.trigger.empty() && one.by) member("by", one.by);
    if (!one.begun.reason.empty()) c_.to.member("reason", one.begun.reason);
    member("at", one.at);
    if (!one.begun.chain.empty()) member("chain", one.begun.chain);
    const bool tells_of_hidden = c_.record && c_.by.without_hidden(*c_.record);
    if (one.begun.inputs && !tells_of_hidden) member("why", one.begun.inputs);
  }

  void write(const told_action& one) {
    c_.to.begin_object();
    c_.to.member("action", static_cast<std::int64_t>(one.acted.action));
    if (!one.acted.command.empty()) c_.to.member("command", one.acted.command);
    if (one.request != 0) c_.to.member("request", static_cast<std::int64_t>(one.request));
    member("at", one.at);
    c_.to.member("entry", static_cast<std::int64_t>(one.entry));
    if (!one.acted.refused.empty()) c_.to.member("refused", one.acted.refused);
    if (!one.acted.message.empty()) c_.to.member("message", one.acted.message);
    c_.to.end_object();
  }

  void write_stop(automation_stop because) {
    member("because", because);
    c_.to.member("message", meaning(because));
  }

  const answer_context& c_;
  const document_names& names_;
};

template <class T>
std::span<const T> last_of(const std::vector<T>& all) {
  return std::span(all).last(std::min(all.size(), limits::automation_shown_max));
}

}  // namespace

void automation_story::add(const entry& e, record_ref only) {
  for (const event& happened : e.events) {
    if (happened.record && (!only || happened.record == only)) take(e, happened);
  }
}

void automation_story::number_from(record_ref record, std::uint32_t before) { begun_.emplace_back(record, before); }

void automation_story::take(const entry& e, const event& happened) {
  if (const auto* begun = happened.body.get_if<automation_begun>()) return begin(e, happened, *begun);
  if (const auto* stopped = happened.body.get_if<automation_stopped>()) return stop(e, happened, *stopped);
  if (const auto* acted = happened.body.get_if<automation_acted>()) {
    told_run* const run = find(happened.record, acted->run);
    if (!run) return;
    run->actions.push_back({*acted, e.stated_at, e.sequence, 0});
    run->ended = acted->ends;
  }
  if (const auto* asked = happened.body.get_if<automation_run_requested>()) {
    told_run* const run = find(happened.record, asked->run);
    if (run && !run->actions.empty()) run->actions.back().request = asked->request;
  }
}

void automation_story::begin(const entry& e, const event& happened, const automation_begun& begun) {
  const person_ref by = e.actor == system_person ? person_ref{} : e.actor;
  runs_.push_back({.run = next_run(happened.record),
                   .record = happened.record,
                   .begun = begun,
                   .at = e.stated_at,
                   .by = by,
                   .actions = {}});
}

void automation_story::stop(const entry& e, const event& happened, const automation_stopped& stopped) {
  if (stopped.run == 0) return stops_.push_back({happened.record, stopped, e.stated_at});
  if (told_run* const run = find(happened.record, stopped.run)) run->stopped = stopped.because;
}

told_run* automation_story::find(record_ref record, std::uint32_t run) {
  const auto found =
      std::ranges::find_if(runs_, [&](const told_run& one) { return one.record == record && one.run == run; });
  return found == runs_.end() ? nullptr : &*found;
}

std::uint32_t automation_story::next_run(record_ref record) {
  const auto known = std::ranges::find(begun_, record, &std::pair<record_ref, std::uint32_t>::first);
  if (known != begun_.end()) return ++known->second;
  return begun_.emplace_back(record, 1).second;
}

void write_story(const answer_context& c, const automation_story& story, const document_names& names) {
  story_writer writer(c, names);
  c.to.key("runs");
  c.to.begin_array();
  for (const told_run& one : last_of(story.runs())) writer.write(one);
  c.to.end_array();
  c.to.key("stopped");
  c.to.begin_array();
  for (const told_stop& one : last_of(story.stops())) writer.write(one);
  c.to.end_array();
}

}  // namespace tocsin::inline v1
