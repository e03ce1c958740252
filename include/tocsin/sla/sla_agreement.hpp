// A compiled SLA policy: rules by number, conditions compiled.
#pragma once

#include <cstdint>

#include <tocsin/sla/clock.hpp>
#include <tocsin/sla/sla_policy.hpp>

namespace tocsin::inline v1 {

struct sla_agreement {
  sla_policy policy;
  clock_rules rules;
  sla_program program;
};

}  // namespace tocsin::inline v1
