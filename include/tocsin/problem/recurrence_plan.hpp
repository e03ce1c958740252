// A recurrence rule made ready: what a desk keeps of it (P4).
#pragma once

#include <optional>

#include <tocsin/problem/recurrence.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

struct recurrence_plan {
  using compiled_from = recurrence_rule;

  recurrence_rule rule;
  std::optional<tocsin::condition> condition;  // of records

  const recurrence_rule& definition() const { return rule; }
};

}  // namespace tocsin::inline v1
