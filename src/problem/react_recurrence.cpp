// An incident that was just logged joins what stands for its groups, or makes a proposal where its group has grown so large
// (P4). docs/recurrence.md says how, rule by rule.
#include <tocsin/desk/deciding.hpp>
#include <tocsin/desk/recurrence_memory.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/problem/events.hpp>
#include <tocsin/problem/recurrence_plan.hpp>

#include "desk/react.hpp"
#include "incident/decide.hpp"
#include "problem/decide_incidents.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

using opened = recurrence_groups::opened;

struct active_rule {
  std::uint32_t number = 0;
  std::uint32_t version = 0;
  const recurrence_plan* plan = nullptr;
};

// Those in force, in the order of their keys.
std::vector<active_rule> rules_of(const desk_state& state) {
  std::vector<active_rule> rules;
  const auto& plans = state.definitions.of<recurrence_plan>();
  for (std::uint32_t number = 1; number <= plans.size(); ++number) {
    const recurrence_plan* plan = plans.current(number);
    if (plan && !plan->rule.retired) rules.push_back({number, plans.latest(number), plan});
  }
  std::ranges::sort(rules, {}, [](const active_rule& one) -> const std::string& { return one.plan->rule.key; });
  return rules;
}

class recurrence_reactor {
 public:
  recurrence_reactor(std::span<const event> so_far, const decision& given, std::vector<event>& more)
      : so_far_(so_far),
        given_(given),
        state_(given.state),
        more_(more),
        d_(given, more),
        rules_(rules_of(given.state)) {}

  void look_at(const incident& record) {
    if (rules_.empty() || !recurs(state_, record)) return;
    duration longest;
    for (const active_rule& rule : rules_) longest = std::max(longest, rule.plan->rule.window);
    const instant since = std::min(record.opened_at, state_.counters.clock) - 2 * longest;
    memory_ = &state_.recurrences.get(state_, given_.records, since);
    for (const active_rule& rule : rules_) {
      if (!is_about(rule, record)) continue;
      for (const std::string& group : memory_->groups_of(state_, rule.number, record)) take_up(rule, group, record);
    }
  }

 private:
  bool is_about(const active_rule& rule, const incident& record) const {
    if (!rule.plan->condition) return true;
    const record_view seen{*state_.definitions.schemas, state_.definitions, state_.words, record, system_person};
    return holds(*rule.plan->condition, seen.data(), given_.at);
  }

  // Proposals and what was joined, so far, by this very entry.
  template <class Body, class Is>
  const event* find_in_entry(Is is) const {
    for (const std::span<const event> events : {so_far_, std::span<const event>(more_)}) {
      for (const event& one : events) {
        const Body* body = one.body.get_if<Body>();
        if (body && is(one, *body)) return &one;
      }
    }
    return nullptr;
  }

  void take_up(const active_rule& rule, const std::string& group, const incident& record) {
    const bool proposed_now = find_in_entry<problem_proposed>(
        [&](const event&, const problem_proposed& p) { return p.rule.index == rule.number && p.group == group; });
    if (proposed_now) return;
    const recurrence_memory::standing now = memory_->of(rule.number, group);
    if (now.open) return join(now.open, record);
    if (record.opened_at <= now.rejected_at) return;
    const instant after = std::max(record.opened_at - rule.plan->rule.window, now.rejected_at);
    std::vector<incident_ptr> found = those_within(rule, group, after, record.opened_at, record.id);
    found.push_back(given_.records.find({record.id}));
    if (std::ssize(found) >= rule.plan->rule.count) propose(rule, group, std::move(found));
  }

  // Those of the group that it is about, in the order of opening.
  std::vector<incident_ptr> those_within(const active_rule& rule, const std::string& group, instant after, instant upto,
                                         std::uint64_t but) const {
    std::vector<incident_ptr> found;
    for (const opened& one : memory_->within(rule.number, group, after, upto)) {
      if (one.incident == but) continue;
      incident_ptr record = given_.records.find({one.incident});
      if (record && is_about(rule, *record)) found.push_back(std::move(record));
    }
    return found;
  }

  void join(record_ref open, const incident& record) {
    const incident_ptr to = given_.records.find(open);
    if (to->part<record_problem>()) {
      if (count_links(links_of(*to), link_kind::cause_of) >= limits::caused_max) return;
      const bool linked_now = find_in_entry<records_linked>([&](const event& e, const records_linked& l) {
        return e.record.id == record.id && l.kind == link_kind::caused_by && l.other == open;
      });
      if (!linked_now) link_cause(d_, record, open);
      return;
    }
    if (to->part<record_problem_proposal>()->incidents.size() >= limits::proposal_incidents_max) return;
    const bool joined_now = find_in_entry<proposal_joined>(
        [&](const event& e, const proposal_joined& j) { return e.record == open && j.incident.id == record.id; });
    if (!joined_now) d_.emit(open, proposal_joined{{record.id}});
  }

  void propose(const active_rule& rule, const std::string& group, std::vector<incident_ptr> found) {
    const recurrence_rule& by = rule.plan->rule;
    const incident_ptr latest = found.back();
    const instant begin = latest->opened_at - by.window;
    const std::size_t before = those_within(rule, group, begin - by.window, begin, latest->id).size();
    if (found.size() > limits::proposal_incidents_max) {
      found.erase(found.begin(), found.end() - static_cast<std::ptrdiff_t>(limits::proposal_incidents_max));
    }
    problem_proposed e{{rule.number}, rule.version, group, {}, {}, 0, 0, 0, 0};
    std::vector<std::string_view> titles;
    for (const incident_ptr& one : found) {
      e.incidents.push_back({one->id});
      titles.push_back(one->text->title);
    }
    const recurrence_evidence evidence = weigh(by, titles, before);
    e.words = evidence.words;
    e.confidence_count = static_cast<std::uint32_t>(evidence.confidence.count);
    e.confidence_burst = static_cast<std::uint32_t>(evidence.confidence.burst);
    e.confidence_text = static_cast<std::uint32_t>(evidence.confidence.text);
    e.confidence_grouping = static_cast<std::uint32_t>(evidence.confidence.grouping);
    log_incident asked;
    asked.title = latest->text->title;
    const auto groups_by = [&](recurrence_dimension one) {
      return std::ranges::find(by.group_by, one) != by.group_by.end();
    };
    if (groups_by(recurrence_dimension::category)) asked.category = latest->category;
    if (groups_by(recurrence_dimension::service)) asked.service = latest->service;
    asked.type = auxiliary_type(state_, problem_proposal_type);
    const record_ref proposal = log_record(d_, logged_as(d_, asked), workflow_for(state_, {}, asked.type));
    d_.emit(proposal, std::move(e));
  }

  std::span<const event> so_far_;
  const decision& given_;
  const desk_state& state_;
  std::vector<event>& more_;
  deciding d_;
  std::vector<active_rule> rules_;
  const recurrence_memory* memory_ = nullptr;
};

}  // namespace

void react_by_recurrence(std::span<const event> so_far, const decision& given, std::vector<event>& more) {
  if (given.state.definitions.of<recurrence_plan>().size() == 0) return;
  const bool looked = std::ranges::any_of(
      so_far, [](const event& e) { return e.body.holds<problem_proposed>() || e.body.holds<proposal_joined>(); });
  if (looked) return;
  recurrence_reactor reactor(so_far, given, more);
  for (const event& happened : so_far) {
    if (!happened.body.holds<incident_logged>()) continue;
    if (const incident_ptr record = given.records.find(happened.record)) reactor.look_at(*record);
  }
}

}  // namespace tocsin::inline v1
