#include "answer_agreements.hpp"

#include <tocsin/desk/history.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/service/record_outage.hpp>
#include <tocsin/sla/clock_state.hpp>
#include <tocsin/sla/contract.hpp>

#include "answer_item_facts.hpp"

#include <algorithm>
#include <tuple>

namespace tocsin::inline v1 {
namespace {

bool in_force(const contract& one, instant at) {
  return !one.retired && (!is_set(one.from) || at >= one.from) && (!is_set(one.until) || at < one.until);
}

bool names_any(const std::vector<item_number>& items, const impact_analysis& of) {
  return std::ranges::any_of(items, [&](item_number item) { return of.state(item) >= impact_state::degraded; });
}

}  // namespace

bool threatened_agreements::threatens(const contract& one, const affected_keys& affected) const {
  const auto is_affected = [&](const std::string& key) { return affected.items.contains(key); };
  if (!one.services.empty()) return std::ranges::any_of(one.services, is_affected);
  if (!one.customer.empty() && !affected.customers.contains(one.customer)) return false;
  return std::ranges::any_of(affected.items, [&](const std::string& key) { return facts_of(known_, key).is_service; });
}

void threatened_agreements::collect_contracts(const affected_keys& affected) {
  const versions<compiled_contract>& all = known_.definitions.of<compiled_contract>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const compiled_contract* const now = all.current(number);
    if (!now || !in_force(now->definition, at_) || !threatens(now->definition, affected)) continue;
    contracts_.push_back(now->definition.key);
    for (const std::string& policy : now->definition.policies) slas_[policy];
  }
  std::ranges::sort(contracts_);
}

void threatened_agreements::collect_clocks(const service_graph& graph, const impact_analysis& of, instant as_of) {
  const record_filter may_see(c_.d, {}, c_.asked, c_.actor());
  find_conditions open;
  open.open.value = 1;
  each_record_as_of(c_.d, as_of, open, [&](const incident_ptr& then, const incident& now) {
    if (!then->part<incident_clocks>() || !may_see(*then, now)) return true;
    outage said;
    add_outage(*then, c_.d.state().words.word(word_kind::service, then->service.index), graph, said);
    if (names_any(said.failed, of) || names_any(said.degraded, of)) add_clocks(*then);
    return true;
  });
}

void threatened_agreements::add_clocks(const incident& record) {
  for (const incident_clock& clock : record.part_or_empty<incident_clocks>().clocks) {
    const clock_state& state = clock.state;
    if (!is_set(state.started) || has_ended(state.state) || is_set(state.breached_at)) continue;
    sla_at_risk& one = slas_[std::string(c_.d.state().words.word(word_kind::sla_policy, state.policy.index))];
    ++one.clocks;
    const instant deadline = deadline_of(state);
    if (!is_set(deadline) || deadline == never) continue;
    if (is_set(one.deadline) && std::tie(one.deadline, one.record) <= std::tie(deadline, record.number)) continue;
    one.deadline = deadline;
    one.record = record.number;
  }
}

void threatened_agreements::write() const {
  c_.write_texts("contracts", contracts_);
  c_.to.key("slas");
  c_.to.begin_array();
  for (const auto& [policy, left] : slas_) {
    c_.to.begin_object();
    c_.to.member("policy", policy);
    c_.to.member("clocks", left.clocks);
    c_.write_if_given("deadline", left.deadline);
    if (is_set(left.deadline)) c_.to.member("record", c_.d.show_number(left.record));
    c_.to.end_object();
  }
  c_.to.end_array();
}

}  // namespace tocsin::inline v1
