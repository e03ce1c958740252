// Rules run on what an entry holds, once everything else that follows from it stands there, too. An entry only says which rules
// run; what they do comes in entries of their own, so that a refusal breaks nothing and each command sees the record as it is.
#include "automation/react.hpp"

#include <tocsin/automation/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/state.hpp>

#include "automation/decide.hpp"
#include "automation/publish.hpp"
#include "desk/changed_view.hpp"
#include "desk/react.hpp"
#include "rule/explained.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// The rules whose actions led to this entry, that of the action itself last; none where it is no action's.
std::vector<automation_rule_ref> chain_of(std::span<const event> so_far, const desk_state& state) {
  for (const event& happened : so_far) {
    const auto* const acted = happened.body.get_if<automation_acted>();
    const incident_ptr& before = acted ? state.live.find(happened.record.id) : incident_ptr();
    const queued_automation* const run =
        before ? find_run(before->part_or_empty<record_automation>(), acted->run) : nullptr;
    if (!run) continue;
    std::vector<automation_rule_ref> chain = run->chain;
    chain.push_back(run->rule);
    return chain;
  }
  return {};
}

// Those in force of which `wanted` says so, in the order in which they are asked.
template <class Wanted>
std::vector<active_automation_rule> rules_that(const desk_state& state, Wanted wanted) {
  std::vector<active_automation_rule> rules;
  const auto& all = state.definitions.of<compiled_automation_rule>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const automation_rule_ref ref{number};
    const compiled_automation_rule* const rule = rule_in_force(state, ref);
    if (rule && wanted(*rule)) rules.push_back({ref, all.latest(number), rule});
  }
  std::ranges::sort(rules, [](const active_automation_rule& a, const active_automation_rule& b) {
    return comes_before(a.rule->definition, b.rule->definition);
  });
  return rules;
}

// Of most entries there are none.
std::vector<active_automation_rule> rules_on(std::span<const event> news, const desk_state& state) {
  return rules_that(state, [&](const compiled_automation_rule& rule) {
    return std::ranges::any_of(
        news, [&](const event& happened) { return std::ranges::find(rule.on, happened.body.type()) != rule.on.end(); });
  });
}

class automation_reactor {
 public:
  automation_reactor(std::span<const event> news, std::size_t so_far, const decision& given,
                     std::vector<automation_rule_ref> chain, std::vector<event>& more)
      : news_(news),
        so_far_(so_far),
        given_(given),
        rules_(rules_on(news, given.state)),
        chain_(std::move(chain)),
        more_(more) {}

  void look_at(const incident& record) {
    const auto& standing = record.part_or_empty<record_automation>();
    if (is_final(record.state_kind)) return stop_all(record, standing);
    if (rules_.empty() || is_full_ || !takes_automation(record)) return;
    std::optional<record_automation> on;  // with what begins here; most records set no rule off
    const incident_ptr& before = given_.state.live.find(record.id);
    const automation_occasion occasion{record, before.get(), given_};
    for (const active_automation_rule& one : rules_) {
      const event* const by = trigger_of(one, occasion);
      if (!by) continue;
      if (so_far_ + more_.size() >= full_entry) {
        is_full_ = true;
        return emit(record, automation_stopped{one.ref, automation_stop::no_room, 0, std::string(by->body.type()->name),
                                               chain_});
      }
      if (!on) on = standing;
      if (begin(one, *by, occasion, *on) && one.rule->definition.stop_processing) return;
    }
  }

 private:
  // The first of the entry that sets the rule off; null: none does.
  const event* trigger_of(const active_automation_rule& one, const automation_occasion& on) const {
    const std::vector<const event_type*>& types = one.rule->on;
    for (const event& happened : news_) {
      if (happened.record.id != on.record.id) continue;
      if (std::ranges::find(types, happened.body.type()) == types.end()) continue;
      if (!concerns(*one.rule, on.record, given_.state) || !holds_on_event(*one.rule, happened.body, on)) continue;
      return holds_on_record(*one.rule, on) ? &happened : nullptr;
    }
    return nullptr;
  }

  bool begin(const active_automation_rule& one, const event& by, const automation_occasion& occasion,
             record_automation& on) {
    const std::string trigger(by.body.type()->name);
    const automation_stop why = guard(on, one.ref, chain_, given_.recorded_at);
    if (why != automation_stop::unset) {
      emit(occasion.record, automation_stopped{one.ref, why, 0, trigger, chain_});
      return false;
    }
    begin_run(on, {0, one.ref, one.version, chain_, 0}, given_.recorded_at);
    emit(occasion.record,
         automation_begun{one.ref, one.version, trigger, chain_, {inputs_of(*one.rule, occasion)}, {}});
    return true;
  }

  // One event for all of them: many records may end in one entry.
  void stop_all(const incident& record, const record_automation& on) {
    const std::vector<queued_automation>& waiting = on.automation_queue;
    if (waiting.size() == 1) {
      const queued_automation& one = waiting.front();
      emit(record, automation_stopped{one.rule, automation_stop::record_over, one.run, {}, one.chain});
    } else if (!waiting.empty()) {
      emit(record, automation_stopped{{}, automation_stop::record_over, 0, {}, {}});
    }
  }

  template <class Body>
  void emit(const incident& record, Body body) {
    more_.push_back({{record.id}, 0, std::move(body)});
  }

  std::span<const event> news_;
  std::size_t so_far_;    // events of the entry
  bool is_full_ = false;  // it takes no more of them
  const decision& given_;
  std::vector<active_automation_rule> rules_;
  std::vector<automation_rule_ref> chain_;
  std::vector<event>& more_;
};

bool says_which_rules_run(const event& e) {
  return e.body.holds<automation_begun>() || e.body.holds<automation_stopped>();
}

}  // namespace

std::vector<active_automation_rule> rules_in_force(const desk_state& state) {
  return rules_that(state, [](const compiled_automation_rule&) { return true; });
}

bool takes_automation(const incident& record) {
  return !is_final(record.state_kind) && !is_import(record) && !record.retrospective;
}

bool holds_on_event(const compiled_automation_rule& rule, const event_body& body, const automation_occasion& on) {
  if (!rule.event_when) return true;
  const void* const address = body.address();
  const table_objects members{*rule.event_schema, {&address, 1}, &on.given.state.words};
  return holds(*rule.event_when, data_of(members), on.given.at);
}

bool holds_on_record(const compiled_automation_rule& rule, const automation_occasion& on) {
  return !rule.when || holds(*rule.when, changed_view(on.record, on.before, on.given).data(), on.given.at);
}

std::string inputs_of(const compiled_automation_rule& rule, const automation_occasion& on) {
  if (!rule.when) return {};
  return explained(*rule.when, changed_view(on.record, on.before, on.given).data(), on.given.at);
}

// Asked when nothing else follows any more: what has been answered so stands before the last of its own events.
void react_by_automation(std::span<const event> so_far, const decision& given, std::vector<event>& more) {
  if (given.state.definitions.of<compiled_automation_rule>().size() == 0) return;
  std::size_t first = so_far.size();
  while (first != 0 && !says_which_rules_run(so_far[first - 1])) --first;
  const std::span<const event> news = so_far.subspan(first);
  if (news.empty()) return;
  automation_reactor reactor(news, so_far.size(), given, chain_of(so_far, given.state), more);
  for (std::size_t i = 0; i < news.size(); ++i) {
    const record_ref record = news[i].record;
    const bool seen = std::ranges::any_of(news.first(i), [&](const event& e) { return e.record == record; });
    if (!record || seen) continue;
    if (const incident_ptr now = given.records.find(record)) reactor.look_at(*now);
  }
}

}  // namespace tocsin::inline v1
