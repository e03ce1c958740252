// An escalation policy as a desk keeps it: what was published, the graph that its runs go by, and what starts them.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <tocsin/escalation/escalation_graph.hpp>

namespace tocsin::inline v1 {

struct compiled_trigger {
  std::optional<condition> guard;
  std::optional<business_calendar> calendar;
};

struct escalation_plan {
  using compiled_from = escalation_policy;

  escalation_policy policy;  // as published
  escalation_graph graph;
  std::vector<compiled_trigger> triggers;  // in the order of the policy's

  // Has it a trigger of that kind?
  bool starts_on(escalation_cause on) const;

  const escalation_policy& definition() const { return policy; }
};

// An error "escalation.refused" that names all that is wrong, as escalation_graph says it.
escalation_plan plan_of(const escalation_policy& policy, std::uint32_t version, const condition_schema& schema,
                        const calendar_lookup& calendars);

}  // namespace tocsin::inline v1
