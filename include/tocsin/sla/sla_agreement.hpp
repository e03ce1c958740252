// A compiled SLA policy: rules by number, conditions compiled.
#pragma once

#include <cstdint>

#include <tocsin/sla/clock.hpp>
#include <tocsin/sla/sla_policy.hpp>

namespace tocsin::inline v1 {

struct sla_agreement {
  using compiled_from = sla_policy;

  sla_policy policy;
  clock_rules rules;
  sla_program program;

  const sla_policy& definition() const { return policy; }
};

}  // namespace tocsin::inline v1
