#include <tocsin/sla/contract.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {

std::span<const field_row> contract::fields() {
  using self = contract;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the contract", required, one_line, max_length(limits::key_length_max)),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::kind>("kind", "What kind of agreement it is, and so are its policies", required),
      row<&self::customer>("customer", "Key of the customer whose callers it covers; none: everybody", one_line,
                           max_length(limits::key_length_max)),
      row<&self::vendor>("vendor", "Key of the vendor who owes it, of an underpinning contract", one_line),
      row<&self::services>("services", "Keys of the services that it covers; none: all",
                           max_length(limits::contract_services_max)),
      row<&self::from>("from", "It covers what was reported from then on"),
      row<&self::until>("until", "It covers what was reported before then"),
      row<&self::policies>("policies", "Keys of the policies that hold under it", required,
                           max_length(limits::contract_policies_max)),
      row<&self::rank>("rank", "The highest wins where several cover a record for one metric",
                       range{-1'000'000, 1'000'000}),
      row<&self::retired>("retired", "It covers no record any more"),
  };
  return rows;
}

std::vector<std::string> lint(const contract& c) {
  std::vector<std::string> findings;
  if (c.policies.empty()) findings.emplace_back("policies: it names none, so nothing is agreed");
  if (is_set(c.from) && is_set(c.until) && c.until <= c.from) {
    findings.emplace_back("until: it ends before it begins, so that it covers nothing");
  }
  if (!c.vendor.empty() && c.kind != agreement::underpinning_contract) {
    findings.emplace_back("vendor: only an underpinning contract is owed by a vendor");
  }
  std::set<std::string_view> seen;
  for (const std::string& policy : c.policies) {
    if (!seen.insert(policy).second) findings.push_back("policies: \"" + policy + "\" is there twice");
  }
  return findings;
}

bool covers(const compiled_contract& c, customer_ref customer, service_ref service, instant opened) {
  if (c.definition.retired || (c.customer && !(c.customer == customer))) return false;
  if (is_set(c.definition.from) && opened < c.definition.from) return false;
  if (is_set(c.definition.until) && opened >= c.definition.until) return false;
  return c.services.empty() || std::ranges::find(c.services, service) != c.services.end();
}

}  // namespace tocsin::inline v1
