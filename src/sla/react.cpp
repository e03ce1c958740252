// Clocks of a record: which it has, on what terms, and what they have to say (S2-S9).
#include <tocsin/desk/record_clocks.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/sla/events.hpp>

#include "desk/react.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// What a policy grants the record, as things are now.
struct grant {
  const sla_agreement* agreement = nullptr;
  granted_terms terms;
  team_ref team;  // of assignment: whose time it is
  person_ref assignee;
  std::uint32_t task = 0;  // of task: its number

  std::uint32_t holder() const { return task != 0 ? task : assignee ? assignee.index : team.index; }
  // Is there somebody, or something, whose time it is?
  bool has_holder() const {
    const clock_metric metric = agreement->rules.metric;
    return (metric != clock_metric::assignment && metric != clock_metric::task) || holder() != 0;
  }
};

class sla_reactor {
 public:
  sla_reactor(const incident& record, const decision& given, std::vector<event>& more)
      : r_(record),
        given_(given),
        known_(given.state.definitions),
        more_(more),
        clocks_(record.part<incident_clocks>()) {}

  void react() {
    const std::size_t before = more_.size();
    if (may_change()) arrange();
    if (more_.size() != before || !clocks_) return;  // what they have to say is asked when that is folded
    for (std::size_t i = 0; i < clocks_->clocks.size(); ++i) speak(i);
  }

 private:
  template <class Body>
  void emit(Body body) {
    more_.emplace_back(record_ref{r_.id}, std::uint64_t{0}, std::move(body));
  }

  bool may_change() const { return !is_final(r_.state_kind) || is_import(r_); }

  // ---- which clocks, on what terms

  void arrange() {
    if (known_.of<sla_agreement>().size() == 0 && !clocks_) return;
    const std::vector<grant> granted = grants();
    if (clocks_) {
      for (std::size_t i = 0; i < clocks_->clocks.size(); ++i) review(i, granted);
      for (const grant& g : anew_) put_on(g);
    }
    const std::size_t before = more_.size();
    for (const grant& g : granted) {
      if (is_open(r_.state_kind) || is_import(r_) || g.task != 0) attach(g);
    }
    if (more_.size() == before && !clocks_) emit(clock_history_begun{});
    if (clocks_) react_by_agreed_maintenance(r_, given_, more_);
  }

  std::vector<grant> grants() {
    if (known_.base_of(r_) != record_base::incident) return {};  // what became a request leaves them (L9)
    struct offer {
      const sla_agreement* agreement;
      contract_ref contract;
    };
    std::vector<offer> offers;
    std::vector<sla_candidate> candidates;
    offers.reserve(known_.of<sla_agreement>().size());
    candidates.reserve(known_.of<sla_agreement>().size());
    const std::vector<policy_contract> by_contract = policies_under_contracts();
    for (std::uint32_t number = 1; number <= known_.of<sla_agreement>().size(); ++number) {
      const sla_agreement* agreement = known_.of<sla_agreement>().current(number);
      if (!agreement || agreement->policy.withdrawn) continue;
      const policy_contract under = number < by_contract.size() ? by_contract[number] : policy_contract{};
      if (under.is_bound && !under.best) continue;
      offers.push_back({agreement, under.best ? under.best->number : contract_ref{}});
      candidates.push_back({&agreement->policy, &agreement->program, under.is_bound, under.rank()});
    }
    const record_view seen{*known_.schemas, known_, given_.state.words, r_, given_.actor};
    const std::vector<sla_choice> choices = choose_policies(candidates, seen.data(), given_.at);
    std::vector<grant> result;
    result.reserve(choices.size());
    for (const sla_choice& choice : choices) {
      grant g = grant_of(*offers[choice.candidate].agreement, choice.target);
      g.terms.contract = offers[choice.candidate].contract;
      result.push_back(g);
      if (g.agreement->rules.metric == clock_metric::task) add_tasks(g, result);
    }
    return result;
  }

  // A policy that any contract names holds only under one that names it and covers the record.
  struct policy_contract {
    bool is_bound = false;
    const compiled_contract* best = nullptr;  // of highest rank, then first key

    std::int64_t rank() const { return best ? best->definition.rank : 0; }
  };

  // By number of the policy.
  std::vector<policy_contract> policies_under_contracts() const {
    std::vector<policy_contract> result;
    if (known_.of<compiled_contract>().size() == 0) return result;
    result.resize(known_.of<sla_agreement>().size() + 1);
    const customer_ref of_caller = customer_of_caller();
    for (std::uint32_t number = 1; number <= known_.of<compiled_contract>().size(); ++number) {
      const compiled_contract* c = known_.of<compiled_contract>().current(number);
      if (!c) continue;
      const bool covered = covers(*c, of_caller, r_.service, r_.opened_at);
      for (const sla_policy_ref policy : c->policies) {
        policy_contract& under = result[policy.index];
        under.is_bound = true;
        if (covered && (!under.best || goes_before(*c, *under.best))) under.best = c;
      }
    }
    return result;
  }

  static bool goes_before(const compiled_contract& a, const compiled_contract& b) {
    if (a.definition.rank != b.definition.rank) return a.definition.rank > b.definition.rank;
    return a.definition.key < b.definition.key;
  }

  customer_ref customer_of_caller() const {
    const person* caller = known_.of<person>().current(r_.caller.index);
    return {caller ? given_.state.words.find(word_kind::customer, caller->customer) : 0};
  }

  // A clock for each that is open (L10, S10).
  void add_tasks(grant of_task, std::vector<grant>& to) const {
    for (const task& t : tasks_of(r_)) {
      if (!tocsin::is_open(t.state)) continue;
      of_task.task = t.number;
      to.push_back(of_task);
    }
  }

  grant grant_of(const sla_agreement& agreement, const clock_target& target) const {
    grant g{.agreement = &agreement,
            .terms = {.policy = agreement.rules.policy, .policy_version = agreement.rules.version},
            .team = {},
            .assignee = {}};
    if (target.kind == target_kind::duration) g.terms.target = {target.value};
    if (target.kind == target_kind::date) g.terms.due = {target.value};
    if (target.kind == target_kind::business_days) g.terms.business_days = {target.value};
    if (agreement.rules.metric == clock_metric::assignment) {
      const bool by_team = agreement.rules.holder == clock_holder::team;
      if (by_team) g.team = r_.team;
      if (!by_team) g.assignee = r_.assignee;
    }
    return g;
  }

  std::string_view key_from(calendar_source source, const sla_policy& policy) const {
    switch (source) {
      case calendar_source::unset:
        return {};
      case calendar_source::fixed:
        return policy.calendar;
      case calendar_source::service: {
        const service* s = known_.of<service>().current(r_.service.index);
        return s ? std::string_view(s->calendar) : std::string_view{};
      }
      case calendar_source::caller: {
        const person* p = known_.of<person>().current(r_.caller.index);
        return p ? std::string_view(p->calendar) : std::string_view{};
      }
      case calendar_source::team: {
        const team* t = known_.of<team>().current(r_.team.index);
        return t ? std::string_view(t->calendar) : std::string_view{};
      }
      case calendar_source::customer: {
        const customer* c = known_.of<customer>().current(customer_of_caller().index);
        return c ? std::string_view(c->calendar) : std::string_view{};
      }
    }
    return {};
  }

  // The first source that has one (S2). False: there is none.
  bool find_calendar(const sla_policy& policy, granted_terms& to) const {
    for (const calendar_source source : calendar_sources_of(policy)) {
      const std::string_view key = key_from(source, policy);
      if (key.empty()) continue;
      to.calendar = {given_.state.words.find(word_kind::business_calendar, key)};
      to.calendar_version = known_.of<business_calendar>().latest(to.calendar.index);
      return to.calendar_version != 0 || key == business_calendar::always().definition().key;
    }
    return false;
  }

  void attach(grant g) {
    if (!g.has_holder() || has_clock(g) || std::ranges::find(kept_out_, g.terms.policy) != kept_out_.end()) return;
    const auto replaced = std::ranges::find(replacing_, g.terms.policy, &replacement::by);
    if (replaced != replacing_.end()) g.terms.treatment = replaced->treatment;
    if (!find_calendar(g.agreement->policy, g.terms)) return miss_calendar(g);
    put_on(g);
  }

  void put_on(const grant& g) {
    const std::size_t there = clocks_ ? clocks_->clocks.size() : 0;
    emit(clock_attached{.clock = static_cast<std::uint32_t>(there + ++attached_),
                        .terms = g.terms,
                        .team = g.team,
                        .assignee = g.assignee,
                        .since_opening = is_import(r_),
                        .task = g.task});
  }

  bool has_clock(const grant& g) const {
    return clocks_ && std::ranges::any_of(clocks_->clocks, [&](const incident_clock& c) {
             return c.state.policy == g.terms.policy && c.state.holder == g.holder() && !c.state.withdrawn;
           });
  }

  void miss_calendar(const grant& g) {
    const bool said =
        clocks_ && std::ranges::find(clocks_->without_calendar, g.terms.policy) != clocks_->without_calendar.end();
    if (said) return;
    if (!clocks_ && attached_ == 0) emit(clock_history_begun{});
    emit(clock_without_calendar{g.terms.policy});
  }

  // ---- change in mid-flight (S6)

  void review(std::size_t index, const std::vector<grant>& granted) {
    const incident_clock& clock = clocks_->clocks[index];
    if (has_ended(clock.state.state)) return;
    const auto found = std::ranges::find(granted, clock.state.policy, [](const grant& g) { return g.terms.policy; });
    if (found == granted.end()) return replace(clock, granted);
    grant now = *found;
    if (now.agreement->rules.metric == clock_metric::task) now.task = clock.state.holder;
    if (!find_calendar(now.agreement->policy, now.terms)) return;  // it keeps the one that it has
    if (const clock_change cause = change_of(clock, now); cause != clock_change::unset) change(index, now, cause);
  }

  // Another contract may bring another policy in its place, which says what becomes of the clock.
  void replace(const incident_clock& clock, const std::vector<grant>& granted) {
    const sla_agreement* had = known_.of<sla_agreement>().current(clock.state.policy.index);
    const auto next = std::ranges::find_if(granted, [&](const grant& g) { return had && is_for_same(*had, g); });
    const bool other_contract = next != granted.end() && !(next->terms.contract == clock.terms.back().contract);
    if (!other_contract || had->policy.withdrawn) return withdraw(clock.state.policy);
    const change_treatment treatment = treatment_of(next->agreement->policy.on_change, clock_change::contract);
    if (treatment == change_treatment::pin) return kept_out_.push_back(next->terms.policy);
    end_all(clock.state.policy, clock_end::replaced);
    const bool anew = treatment == change_treatment::restart || treatment == change_treatment::cancel_and_new;
    if (anew) replacing_.push_back({next->terms.policy, treatment});
  }

  static bool is_for_same(const sla_agreement& had, const grant& g) {
    const clock_rules& a = had.rules;
    const clock_rules& b = g.agreement->rules;
    return had.policy.kind == g.agreement->policy.kind && a.metric == b.metric && a.metric != clock_metric::custom &&
           a.audience == b.audience && a.holder == b.holder;
  }

  void withdraw(sla_policy_ref policy) {
    const sla_agreement* current = known_.of<sla_agreement>().current(policy.index);
    const bool gone = !current || current->policy.withdrawn;
    end_all(policy, gone ? clock_end::withdrawn : clock_end::no_longer_matching);
  }

  // All clocks of a policy, once.
  void end_all(sla_policy_ref policy, clock_end cause) {
    if (std::ranges::find(ended_, policy) != ended_.end()) return;
    ended_.push_back(policy);
    emit(clock_withdrawn{policy, cause});
  }

  clock_change change_of(const incident_clock& clock, const grant& now) const {
    const kept_terms& had = clock.terms.back();
    const clock_target target = target_of(now.terms);
    const bool other_calendar =
        !(had.calendar == now.terms.calendar) || had.calendar_version != now.terms.calendar_version;
    const bool other_target = had.target_kind != target.kind || had.target != target.value;
    if (had.policy_version != now.terms.policy_version) return clock_change::policy_version;
    if (!(had.contract == now.terms.contract)) return clock_change::contract;
    if (!other_calendar && !other_target) return clock_change::unset;
    if (!(clock.service == r_.service)) return clock_change::service;
    return other_calendar ? clock_change::calendar : target_change(clock, target);
  }

  // Why another target is granted, where nothing else has changed.
  clock_change target_change(const incident_clock& clock, const clock_target& target) const {
    const bool was_date = clock.terms.back().target_kind == target_kind::date;
    const bool is_date = target.kind == target_kind::date;
    if (clock.priority != r_.priority && !(was_date && is_date)) return clock_change::priority;
    return was_date || is_date ? clock_change::date_field : clock_change::target_condition;
  }

  static change_treatment treatment_of(const sla_on_change& by, clock_change cause) {
    const change_treatment said = cause == clock_change::policy_version ? by.policy_version
                                  : cause == clock_change::contract     ? by.contract
                                  : cause == clock_change::service      ? by.service
                                  : cause == clock_change::calendar     ? by.calendar
                                                                        : by.priority;
    return said == change_treatment::unset ? change_treatment::recompute : said;
  }

  void change(std::size_t index, grant& now, clock_change cause) {
    now.terms.treatment = treatment_of(now.agreement->policy.on_change, cause);
    if (now.terms.treatment == change_treatment::pin) return;
    if (now.terms.treatment == change_treatment::cancel_and_new) {
      end_all(now.terms.policy, clock_end::replaced);
      anew_.push_back(now);
      return;
    }
    emit(clock_retargeted{static_cast<std::uint32_t>(index + 1), now.terms, cause});
  }

  // ---- what a clock has to say

  void speak(std::size_t index) {
    const incident_clock& clock = clocks_->clocks[index];
    const auto number = static_cast<std::uint32_t>(index + 1);
    if (judge(clock)) return;
    clock_state state = clock.state;
    const clock_terms terms = latest_terms(clock, known_);
    const clock_history& history = clocks_->clock_history;
    if (state.state != clock.told || (state.cycle != clock.told_cycle && state.state != clock_state_kind::unset)) {
      const instant deadline = deadline_of(state);
      emit(clock_changed{number, state.policy, state.state, state.cycle, deadline == never ? no_instant : deadline});
    }
    while (const auto notice = next_notice(state, terms, history, given_.recorded_at)) {
      tell(number, *notice, state);
      say(state, *notice, terms, history);
    }
  }

  // Conditions of a policy's own; true: they came out otherwise than before.
  bool judge(const incident_clock& clock) {
    const sla_agreement& agreement = agreement_of(clock.state);
    if (agreement.rules.metric != clock_metric::custom || clock.state.withdrawn || is_final(r_.state_kind))
      return false;
    const record_view seen{*known_.schemas, known_, given_.state.words, r_, given_.actor};
    const condition_truths now = truths_for(agreement.program, seen.data(), given_.at);
    if (bits_of(now) == clock.truths) return false;
    emit(clock_judged{clock.state.policy, now.start, now.pause, now.stop, now.cancel});
    return true;
  }

  const sla_agreement& agreement_of(const clock_state& state) const {
    return *known_.of<sla_agreement>().at(state.policy.index, state.policy_version);
  }

  void tell(std::uint32_t number, const clock_notice& notice, const clock_state& state) {
    sla_notice effect{.policy = state.policy,
                      .notice = notice.kind,
                      .threshold = {},
                      .reached_at = notice.at,
                      .deadline = deadline_of(state),
                      .notify = {},
                      .escalate = {},
                      .team = r_.team,
                      .assignee = r_.assignee,
                      .task = 0};
    if (agreement_of(state).rules.metric == clock_metric::task) give_to_owner(state.holder, effect);
    if (effect.deadline == never) effect.deadline = no_instant;
    switch (notice.kind) {
      case clock_notice_kind::unset:
        return;
      case clock_notice_kind::threshold: {
        const sla_threshold& threshold = agreement_of(state).policy.thresholds[notice.threshold];
        effect.threshold = threshold.name;
        effect.notify = threshold.notify;
        effect.escalate = threshold.escalate;
        emit(sla_threshold_reached{number, state.policy, notice.cycle, notice.threshold, threshold.name, notice.at});
        break;
      }
      case clock_notice_kind::breach:
        emit(sla_breached{number, state.policy, notice.cycle, notice.at});
        break;
      case clock_notice_kind::breach_lifted:
        emit(sla_breach_lifted{number, state.policy, notice.cycle, notice.at});
        break;
    }
    const bool concerns_nobody =
        notice.kind == clock_notice_kind::threshold && effect.notify.empty() && effect.escalate.empty();
    if (!r_.retrospective && !concerns_nobody) emit(std::move(effect));
  }

  // A task may be somebody else's than the record.
  void give_to_owner(std::uint32_t number, sla_notice& effect) const {
    effect.task = number;
    const task* t = find_task(tasks_of(r_), number);
    if (!t || (!t->team && !t->owner)) return;
    effect.team = t->team;
    effect.assignee = t->owner;
  }

  const incident& r_;
  const decision& given_;
  const definition_table& known_;
  std::vector<event>& more_;
  const incident_clocks* const clocks_;  // null: it has none yet
  std::size_t attached_ = 0;
  std::vector<sla_policy_ref> ended_;  // whose clocks were cancelled in this round
  std::vector<grant> anew_;            // in place of those

  struct replacement {
    sla_policy_ref by;
    change_treatment treatment = change_treatment::unset;
  };
  std::vector<replacement> replacing_;    // policies that another contract brings, and what they do to the time counted
  std::vector<sla_policy_ref> kept_out_;  // policies that leave the clock of another as it was
};

}  // namespace

void react_by_sla(const incident& record, const decision& given, std::vector<event>& more) {
  if (given.state.definitions.of<sla_agreement>().size() == 0 && !record.part<incident_clocks>()) return;
  const bool is_incident = given.state.definitions.base_of(record) == record_base::incident;
  if (!is_incident && !record.part<incident_clocks>()) return;  // it never enters them (L9)
  sla_reactor(record, given, more).react();
}

}  // namespace tocsin::inline v1
