#include "answer_play.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/drill/drill.hpp>
#include <tocsin/escalation/commands.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/security/commands.hpp>
#include <tocsin/security/disclosure.hpp>

#include "desk/refusal_of.hpp"
#include "time/shown.hpp"

#include <algorithm>
#include <numeric>

namespace tocsin::inline v1 {
namespace {

instant start_of(const desk& d, const drill_scenario& scenario) {
  const instant clock = d.state().counters.clock;
  if (!is_set(scenario.starts_at)) {
    if (is_set(clock)) return clock;
    throw error(status::invalid_argument, "drill.no_instant",
                "/scenario/starts_at: the desk has no clock yet, so the scenario must say when the drill begins",
                "{\"path\":\"/scenario/starts_at\"}");
  }
  if (!is_set(clock) || scenario.starts_at >= clock) return scenario.starts_at;
  throw unexpected(status::invalid_argument, "drill.in_past", "/scenario/starts_at",
                   refused_value::text(shown(scenario.starts_at)),
                   "the desk's clock, " + shown(clock) + ", or later: a fork of a desk plays what is to come");
}

instant end_of(instant start, const drill_scenario& scenario) {
  const instant end = start + scenario.lasts;
  if (end <= instant_max) return end;
  throw unexpected(status::invalid_argument, "drill.invalid", "/scenario/lasts", "a drill that ends after 2199",
                   "one that ends by then");
}

// The scenario may bring rules, and what they do would tell what is hidden from whoever asks.
desk fork_as_seen(const desk& real, person_ref asker) {
  const viewer by(real, asker);
  std::vector<incident_ptr> instead;
  if (by.sees_all()) return real.fork();
  real.state().live.each([&](const incident_ptr& record) {
    if (incident_ptr without = by.without_hidden(*record)) instead.push_back(std::move(without));
    return true;
  });
  return real.fork(instead);
}

}  // namespace

drill_play::drill_play(const desk& real, const drill_scenario& scenario, person_ref asker)
    : scenario_(scenario),
      fork_(fork_as_seen(real, asker)),
      asker_(asker ? asker : host_person),
      watch_(real, fork_, scenario, asker),
      real_(real),
      starts_at_(start_of(real, scenario)),
      ends_at_(end_of(starts_at_, scenario)),
      steps_(scenario.steps.size()) {
  std::iota(steps_.begin(), steps_.end(), std::size_t{0});
  std::ranges::stable_sort(steps_, {}, [&](std::size_t i) { return scenario.steps[i].after; });
}

void drill_play::run() {
  let_due_things_happen(starts_at_);
  watch_.begin();
  has_begun_ = true;
  for (;;) {
    const instant at = std::min(next_act(), ends_at_ + microsecond);
    let_due_things_happen(at);
    if (next_act() < at) continue;  // somebody answers a page that came meanwhile
    if (at > ends_at_) return;
    act_on_next();
  }
}

instant drill_play::next_step_at() const {
  return next_step_ < steps_.size() ? starts_at_ + scenario_.steps[steps_[next_step_]].after : never;
}

// Of a step or an answer.
instant drill_play::next_act() const {
  return answers_.empty() ? next_step_at() : std::min(next_step_at(), answers_.begin()->first.first);
}

void drill_play::count_instant() {
  real_.step("query", instants_);
  if (++instants_ <= limits::drill_instants_max) return;
  throw error(status::resource_exhausted, "drill.too_long",
              "more than " + std::to_string(limits::drill_instants_max) +
                  " things happen on the desk until the drill ends; let it begin or end earlier");
}

// As a host that is there would, at each instant at which something is due before then (D8), or before somebody answers.
void drill_play::let_due_things_happen(instant before) {
  while (next_act() >= before || !has_begun_) {
    const instant due = fork_.next_due();
    if (due >= before) return;
    count_instant();
    fork_.advance(std::max(due, fork_.state().counters.clock), 0, true);
    if (has_begun_) hear(watch_.read_on());
  }
}

// Steps before answers, where both are at one instant.
void drill_play::act_on_next() {
  count_instant();
  if (next_step_at() <= next_act()) {
    const std::size_t place = steps_[next_step_++];
    return take_step(scenario_.steps[place], "/scenario/steps/" + std::to_string(place) + "/command");
  }
  const instant at = answers_.begin()->first.first;
  const answer_to_come answer = answers_.begin()->second;
  answers_.erase(answers_.begin());
  carry_out(answer, at);
}

// ---- steps

std::uint64_t drill_play::find_record(const void* context, std::string_view text) {
  const auto& self = *static_cast<const drill_play*>(context);
  std::uint64_t id = 0;
  if (text.starts_with('@')) {
    const auto labelled = self.labels_.find(text.substr(1));
    id = labelled == self.labels_.end() ? 0 : labelled->second.id;
  } else {
    const document_names names = names_of(self.fork_);
    id = names.find_record(names.context, text);
  }
  return id != 0 && self.watch_.is_hidden({id}) ? 0 : id;
}

// What is not a command at all is the scenario's fault.
request drill_play::read_step(const drill_step& step, const std::string& path) const {
  request asked;
  const document_names names{&fork_.state().words, this, find_record, nullptr};
  try {
    asked = read_command(step.command.text, names);
    check_fields(asked.asked.type()->fields(), asked.asked.address(), {}, nullptr, asked.asked.type()->name);
  } catch (const error& e) {
    throw error(e.code(), e.reason(), path + ": " + e.what(), refusal_detail(path, e.what(), "a command"));
  }
  if (is_set(asked.at)) {
    throw unexpected(status::invalid_argument, "drill.invalid", path + "/at", "an instant",
                     "none: \"after\" says when");
  }
  std::vector<named_record> named;  // an id is read as it stands
  add_named_records(asked.asked, named);
  for (const named_record& one : named) {
    if (!fork_.find(one.record) || watch_.is_hidden(one.record)) refuse_unknown_record(one.record);
  }
  hide_report(asked);
  asked.at = starts_at_ + step.after;
  return asked;
}

// A report is named by its record, so one of a hidden record is none; but for whoever writes in their own name.
void drill_play::hide_report(request& asked) const {
  auto* const written = asked.asked.get_if<write_as_reporter>();
  const auto reference = written ? parse_report_reference(written->report) : std::nullopt;
  if (!reference || asker_ == asked.actor || !watch_.is_hidden({reference->record})) return;
  written->report = as_text(report_reference{});
}

void drill_play::take_step(const drill_step& step, const std::string& path) {
  const request asked = read_step(step, path);
  record_ref record;
  std::string refused;
  try {
    record = fork_.execute(asked, {.allow_leap = true}).record;
    if (!step.label.empty() && record) labels_.emplace(step.label, record);
    if (record) watch_.name(record, step.label, asked.at);
  } catch (const error& e) {
    if (!is_refusal(e.code())) throw;
    refused = e.reason();
    refuse_step(asked, e);
  }
  tell_step(asked, record, refused);
  hear(watch_.read_on());
}

void drill_play::tell_step(const request& asked, record_ref record, const std::string& refused) {
  watch_.tell({.at = asked.at,
               .what = std::string(asked.asked.type()->name),
               .incident = {},
               .person = watch_.key_of(asked.actor),
               .effect = false,
               .refused = refused},
              record ? record : subject(asked.asked));
}

// The words of a refusal are for whoever gave the command.
void drill_play::refuse_step(const request& asked, const error& e) {
  const record_ref about = subject(asked.asked);
  watched_incident* of = about ? watch_.find(about) : nullptr;
  const bool may_read = asker_.index <= host_person.index || asker_ == asked.actor;
  (of ? *of : watch_.of_drill())
      .lacks(drill_gap_kind::step_refused, asked.asked.type()->name, asked.at, may_read ? e.what() : e.reason());
}

// ---- answers

void drill_play::hear(const std::vector<heard_page>& pages) {
  for (const heard_page& page : pages) {
    if (page.run == 0) continue;
    if (watch_.is_unreachable(page.person)) {
      answers_.emplace(std::pair{page.at, ++decided_}, answer_to_come{page, drill_answer::unset});
      continue;
    }
    // By whichever methods it comes, it is one page.
    const bool is_new =
        answered_.insert({page.incident.id, page.run, page.run_number, page.version, page.person.index}).second;
    if (is_new) react(page);
  }
}

void drill_play::react(const heard_page& page) {
  const std::uint64_t count = ++pages_of_[page.person.index];
  const drill_reaction* rule = rule_for(page);
  if (!rule) return;
  const drawn_reaction drawn = draw(*rule, scenario_.seed, watch_.key_of(page.person), count);
  if (drawn.action == drill_answer::ignore) return;
  answers_.emplace(std::pair{page.at + drawn.after, ++decided_}, answer_to_come{page, drawn.action});
}

const drill_reaction* drill_play::rule_for(const heard_page& page) {
  const std::string key = watch_.key_of(page.person);
  for (std::size_t i = 0; i < scenario_.reactions.size(); ++i) {
    const drill_reaction& rule = scenario_.reactions[i];
    if (rule.person && rule.person != page.person) continue;
    if (rule.team) {
      const team* t = fork_.state().definitions.of<team>().current(rule.team.index);
      if (!t || std::ranges::find(t->members, key) == t->members.end()) continue;
    }
    std::int64_t& fitted = fitted_[{i, page.person.index}];
    if (rule.pages != 0 && fitted >= rule.pages) continue;
    ++fitted;
    return &rule;
  }
  return nullptr;
}

// Nobody has taken it, and it has not ended.
bool drill_play::is_open(const heard_page& page) const {
  const incident_ptr record = fork_.find(page.incident);
  if (!record || page.run > runs_of(*record).size()) return false;
  const escalation_run& run = runs_of(*record)[page.run - 1].run;
  return run.number == page.run_number && run.state == run_state::triggered;
}

void drill_play::carry_out(const answer_to_come& answer, instant at) {
  const heard_page& page = answer.page;
  if (answer.action == drill_answer::unset) {
    attempt(answer, at,
            report_delivery{.incident = page.incident,
                            .run = page.run,
                            .version = page.version,
                            .person = page.person,
                            .method = page.method,
                            .outcome = delivery_outcome::failed,
                            .detail = {}});
  } else if (!is_open(page)) {
    return;
  } else if (answer.action == drill_answer::acknowledge) {
    attempt(answer, at, acknowledge_page{.incident = page.incident, .run = page.run, .version = page.version});
  } else {
    escalate next;
    next.incident = page.incident;
    next.kind = escalate_kind::next_step;
    next.reason = "declined";
    next.run = page.run;
    next.version = page.version;
    attempt(answer, at, std::move(next));
  }
  hear(watch_.read_on());
}

void drill_play::attempt(const answer_to_come& answer, instant at, command asked) {
  const heard_page& page = answer.page;
  const std::string name(asked.type()->name);
  request r;
  r.at = at;
  r.actor = answer.action == drill_answer::unset ? host_person : page.person;
  r.asked = std::move(asked);
  watched_incident& of = *watch_.find(page.incident);
  try {
    fork_.execute(std::move(r), {.allow_leap = true});
    drill_person& person = of.people[page.person.index];
    if (answer.action == drill_answer::acknowledge) ++person.acknowledged;
    if (answer.action == drill_answer::decline) ++person.declined;
  } catch (const error& e) {
    if (!is_refusal(e.code())) throw;
    const std::string who = watch_.key_of(page.person);
    watch_.tell({.at = at, .what = name, .incident = {}, .person = who, .effect = false, .refused = e.reason()},
                page.incident);
    if (e.reason() == "escalation.old_page") of.lacks(drill_gap_kind::answered_too_late, who, at);
  }
}

}  // namespace tocsin::inline v1
