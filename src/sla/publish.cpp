#include "publish.hpp"

#include <tocsin/model/definition.hpp>

#include "desk/publication.hpp"
#include "desk/publish_calendars.hpp"
#include "desk/publish_conditions.hpp"

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

bool is_hold_reason(const std::string& name, const publications& all, const desk_state& state) {
  bool found = state.words.find(word_kind::hold_reason, name) != 0;
  all.of<workflow>().each([&](const workflow& w) {
    found = found || std::ranges::find(w.hold_reasons, name, &workflow_hold_reason::name) != w.hold_reasons.end();
  });
  return found;
}

std::string errors_of(const std::vector<sla_finding>& findings) {
  std::string result;
  for (const sla_finding& f : findings) {
    if (f.kind == sla_finding_kind::error) result += (result.empty() ? "" : "; ") + f.what;
  }
  return result;
}

void check_sla_policies(const publications& all, const desk_state& state, const record_schemas& schemas,
                        const calendar_book& calendars) {
  const auto policies = all.of<sla_policy>();
  const auto find_calendar = [&](std::string_view key) { return calendars.find(key); };
  for (std::size_t i = 0; i < policies.size(); ++i) {
    const sla_policy& policy = policies[i];
    const std::string why = errors_of(lint(policy, schemas.record(), find_calendar));
    if (!why.empty()) policies.refuse_at(i, why);
    for (const std::string& reason : policy.pause_reasons) {
      if (!is_hold_reason(reason, all, state)) policies.refuse_at(i, "there is no hold reason " + quoted(reason));
    }
  }
}

// What two policies for one metric and population are depends on the contracts that they hold under: one by contract goes
// before one without, and contracts have ranks. So those without one are held against each other, and those of each
// contract.
void check_competition(const publications& all, const record_schemas& schemas) {
  const auto policies = all.of<sla_policy>();
  const auto contracts = all.of<contract>();
  if (policies.empty() && contracts.empty()) return;
  std::set<std::string> bound;
  contracts.each([&](const contract& c) { bound.insert(c.policies.begin(), c.policies.end()); });
  std::vector<sla_policy> general;
  policies.each([&](const sla_policy& p) {
    if (!bound.contains(p.key)) general.push_back(p);
  });
  const std::string why = errors_of(lint(general, schemas.record()));
  if (!why.empty() && !policies.empty()) policies.refuse_at(0, why);
  if (!why.empty()) contracts.refuse_at(0, why);
  contracts.each([&](const contract& c) {
    std::vector<sla_policy> together;
    for (const std::string& key : c.policies) {
      if (const sla_policy* p = policies.find(key)) together.push_back(*p);
    }
    const std::string found = errors_of(lint(together, schemas.record()));
    if (found.empty()) return;
    const std::string said = "under the contract " + quoted(c.key) + ": " + found;
    if (!policies.empty()) policies.refuse_at(0, said);
    contracts.refuse_at(0, said);
  });
}

std::string_view name_of(agreement kind) { return choices(kind)[static_cast<std::size_t>(kind) - 1]; }

void check_contracts(const publications& all) {
  const auto contracts = all.of<contract>();
  for (std::size_t i = 0; i < contracts.size(); ++i) {
    const contract& c = contracts[i];
    contracts.demand(i, all.of<customer>(), c.customer, "the customer");
    contracts.demand(i, all.of<vendor>(), c.vendor, "the vendor");
    for (const std::string& key : c.services) contracts.demand_one(i, all.of<service>(), key, "the service");
    for (const std::string& key : c.policies) {
      contracts.demand_one(i, all.of<sla_policy>(), key, "the policy");
      const sla_policy* policy = all.of<sla_policy>().find(key);
      if (policy->kind == c.kind) continue;
      contracts.refuse_at(i, "the policy " + quoted(key) + " is of kind " + std::string(name_of(policy->kind)) +
                                 ", the contract of kind " + std::string(name_of(c.kind)));
    }
  }
}

void check(const publication_check& against) {
  check_sla_policies(against.all, against.state, against.schemas, against.calendars);
  check_contracts(against.all);
  check_competition(against.all, against.schemas);
}

}  // namespace

std::shared_ptr<const compiled_contract> compiled(const contract& c, const compilation& with) {
  lexicon& words = with.state.words;
  compiled_contract ready{.number = {words.add(word_kind::contract, c.key)},
                          .definition = c,
                          .customer = {words.find(word_kind::customer, c.customer)},
                          .services = {},
                          .policies = {}};
  for (const std::string& key : c.services) ready.services.push_back({words.find(word_kind::service, key)});
  for (const std::string& key : c.policies) ready.policies.push_back({words.find(word_kind::sla_policy, key)});
  return std::make_shared<const compiled_contract>(std::move(ready));
}

std::shared_ptr<const sla_agreement> compiled(const sla_policy& policy, const compilation& with) {
  desk_state& state = with.state;
  const sla_policy_ref number{state.words.add(word_kind::sla_policy, policy.key)};
  const std::uint32_t version = state.definitions.of<sla_agreement>().latest(number.index) + 1;
  return std::make_shared<const sla_agreement>(
      sla_agreement{policy, rules_of(policy, number, version, state.words),
                    compile_policy(policy, state.definitions.schemas->record())});
}

void each_condition(const sla_policy& p, const record_schemas& schemas, const condition_visitor& to) {
  visit_condition("/where", p.where, schemas.record(), to);
  visit_condition("/start", p.start, schemas.record(), to);
  visit_condition("/pause", p.pause, schemas.record(), to);
  visit_condition("/stop", p.stop, schemas.record(), to);
  visit_condition("/cancel", p.cancel, schemas.record(), to);
  for (std::size_t i = 0; i < p.targets.size(); ++i) {
    visit_condition("/targets/" + std::to_string(i) + "/when", p.targets[i].when, schemas.record(), to);
  }
}

constinit const publication_rules sla_publication{.check = check};

}  // namespace tocsin::inline v1
