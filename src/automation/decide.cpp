#include "decide.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/desk/state.hpp>

#include "automation/publish.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

const automation_suspension* find_same(const incident& record, automation_rule_ref rule) {
  const auto* const on = record.part<record_automation>();
  if (!on) return nullptr;
  const auto found = std::ranges::find(on->automation_suspensions, rule, &automation_suspension::rule);
  return found == on->automation_suspensions.end() ? nullptr : &*found;
}

const automation_request* find_request(const incident& record, std::uint32_t number) {
  const auto* const on = record.part<record_automation>();
  return on && number >= 1 && number <= on->automation_requests.size() ? &on->automation_requests[number - 1] : nullptr;
}

}  // namespace

bool concerns(const compiled_automation_rule& rule, const incident& record, const desk_state& state) {
  const std::vector<std::string>& types = rule.definition.record_types;
  if (types.empty()) return state.definitions.base_of(record) != record_base::auxiliary;
  const std::string_view type =
      record.type ? state.words.word(word_kind::record_type, record.type.index) : incident_type;
  return std::ranges::find(types, type) != types.end();
}

const compiled_automation_rule* rule_in_force(const desk_state& state, automation_rule_ref rule) {
  const auto* const known = state.definitions.of<compiled_automation_rule>().current(rule.index);
  return known && !known->definition.retired ? known : nullptr;
}

std::string_view meaning(automation_stop why) {
  switch (why) {
    case automation_stop::suspended:
      return "the rule is suspended on this record";
    case automation_stop::circular:
      return "the rule's own actions led here";
    case automation_stop::too_deep:
      return "too many rules set each other off";
    case automation_stop::too_many:
      return "too many runs wait on this record";
    case automation_stop::too_often:
      return "too many runs began on this record within an hour";
    case automation_stop::not_in_force:
      return "the rule is not in force";
    case automation_stop::record_over:
      return "the record is over";
    case automation_stop::no_room:
      return "too much follows from the same command or timer; no rule after it was asked";
    default:
      return "nothing stands against it";
  }
}

// ---- suspending

void plausible_suspension(const incident& record, plausible_commands& to) {
  to.commands.push_back(suspend_automation{{record.id}, {}, "x", no_instant});
}

void decide(const suspend_automation& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "suspend_automation");
  const automation_suspension* const same = find_same(r, c.rule);
  const auto* const on = r.part<record_automation>();
  d.refuse_as("suspend_automation", r);
  d.against.unless(!is_set(c.until) || c.until > d.given.recorded_at, "automation.until", "`until` has passed already");
  d.against.unless(!same || same->reason != c.reason || same->until != c.until, "automation.suspended",
                   "it is suspended so already");
  d.against.unless(same || !on || on->automation_suspensions.size() < limits::automation_suspensions_max,
                   "automation.too_many_suspensions",
                   "a record has at most " + std::to_string(limits::automation_suspensions_max) + " suspensions");
  d.emit(c.incident, automation_suspended{c.rule, c.reason, c.until});
}

void plausible_resumption(const incident& record, plausible_commands& to) {
  to.none = "nothing is suspended on it";
  const auto* const on = record.part<record_automation>();
  if (!on) return;
  for (const automation_suspension& one : on->automation_suspensions) {
    to.commands.push_back(resume_automation{{record.id}, one.rule, {}});
  }
}

void decide(const resume_automation& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "resume_automation");
  d.refuse_as("resume_automation", r);
  d.against.unless(find_same(r, c.rule) != nullptr, "automation.not_suspended",
                   c.rule ? "the rule " + d.quoted(word_kind::automation_rule, c.rule.index) + " is not suspended on it"
                          : std::string("its rules are not suspended as a whole; name the one to resume"));
  d.emit(c.incident, automation_resumed{c.rule, c.note});
}

// ---- running by hand

void plausible_automation_run(const incident& record, plausible_commands& to) {
  to.none = "no automation rule is in force for it";
  const std::uint32_t count = to.state.definitions.of<compiled_automation_rule>().size();
  for (automation_rule_ref rule{1}; rule.index <= count; ++rule.index) {
    const compiled_automation_rule* const known = rule_in_force(to.state, rule);
    if (known && concerns(*known, record, to.state)) to.commands.push_back(run_automation{{record.id}, rule, {}});
  }
}

void decide(const run_automation& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "run_automation");
  const compiled_automation_rule* const rule = rule_in_force(d.state, c.rule);
  d.refuse_as("run_automation", r);
  d.against.unless(rule != nullptr, "automation.not_in_force",
                   "the rule " + d.quoted(word_kind::automation_rule, c.rule.index) + " is not in force");
  if (!rule) return;
  d.against.unless(concerns(*rule, r, d.state), "automation.other_type",
                   "the rule is not about records of type " + std::string(d.type_name(r.type)));
  const automation_stop why = guard(r.part_or_empty<record_automation>(), c.rule, {}, d.given.recorded_at);
  d.against.unless(why == automation_stop::unset, "automation.stopped", std::string(meaning(why)));
  d.emit(c.incident,
         automation_begun{
             c.rule, d.state.definitions.of<compiled_automation_rule>().latest(c.rule.index), {}, {}, {}, c.reason});
}

// ---- what the host ran

void plausible_automation_report(const incident& record, plausible_commands& to) {
  to.none = "the host was asked to run nothing";
  const auto* const on = record.part<record_automation>();
  if (!on || on->automation_requests.empty()) return;
  for (const automation_outcome one : {automation_outcome::succeeded, automation_outcome::failed}) {
    to.commands.push_back(report_automation{{record.id}, on->automation_requests.back().request, one, {}});
  }
}

// The record may be over by the time the host is done.
void decide(const report_automation& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const automation_request* const asked = find_request(r, c.request);
  if (!asked) {
    throw error(status::not_found, "automation.unknown_request",
                d.name_of(r) + " has no request " + std::to_string(c.request) + " to the host, it has " +
                    std::to_string(r.part_or_empty<record_automation>().automation_requests.size()));
  }
  d.refuse_as("report_automation", r);
  d.against.unless(asked->outcome != c.outcome || asked->evidence != c.evidence, "automation.reported",
                   "this was reported already");
  d.emit(c.incident, automation_reported{c.request, asked->asked_to_run, c.outcome, c.evidence});
}

}  // namespace tocsin::inline v1
