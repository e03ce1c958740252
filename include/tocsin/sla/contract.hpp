// A contract: which policies hold for the records of a customer, or of services, while it is in force (S2, S6, R-C11).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/sla/sla_policy.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t contract_services_max = 1'000;
inline constexpr std::size_t contract_policies_max = 100;
}  // namespace limits

// A policy that a contract names holds only under contracts that name it. What a contract covers goes by the record's
// opening: what was reported while it was in force is owed under it.
struct contract {
  std::string key;
  std::string name;
  agreement kind = agreement::unset;  // that of its policies
  std::string customer;               // key: whose callers it covers; none: everybody
  std::string vendor;                 // key: who owes it, of an underpinning contract
  std::vector<std::string> services;  // keys; none: all
  instant from = no_instant;          // in force from then on; none: always was
  instant until = no_instant;         // not included; none: for ever
  std::vector<std::string> policies;  // keys
  std::int64_t rank = 0;              // the highest wins where several cover a record for one metric
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each; what its keys name is for a desk to check.
std::vector<std::string> lint(const contract& definition);

// A contract made ready to be asked: its keys are numbers of a lexicon.
struct compiled_contract {
  using compiled_from = contract;

  contract_ref number;
  contract definition;
  customer_ref customer;
  std::vector<service_ref> services;
  std::vector<sla_policy_ref> policies;
};

bool covers(const compiled_contract& c, customer_ref customer, service_ref service, instant opened);

}  // namespace tocsin::inline v1
