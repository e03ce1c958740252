// What the definition of an item of the service graph says, whichever of the two it is: a service or a configuration item.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

// It refers to the definition.
struct item_facts {
  std::string_view kind;
  std::string_view name;
  std::string_view item_class;
  std::string_view owner;
  std::string_view owner_team;
  std::string_view support_team;
  std::span<const std::string> customers;
  tocsin::criticality criticality = criticality::unset;
  std::int64_t cost_per_hour = 0;
  std::string_view currency;
  std::string_view calendar;
  bool is_service = false;
};

// Empty where neither has the key.
item_facts facts_of(const desk_state& state, std::string_view key);

}  // namespace tocsin::inline v1
