// Subscriptions to services, configuration items and customers: who is told of every incident that affects them (M2).
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {

struct definition_type;

namespace limits {
inline constexpr std::size_t subscription_keys_max = 1'000;  // items, and customers, that one subscription names
}  // namespace limits

// A person is told, as an audience is, of each incident that affects what is named here.
struct subscription {
  std::string key;
  std::string person;                  // key
  std::string audience;                // key, in the communication policy
  std::vector<std::string> items;      // keys of services and configuration items
  std::vector<std::string> customers;  // keys: of what they use, or what one of their people reported
  bool in_room = false;                // the person belongs into the situation room of a major incident that does
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each.
std::vector<std::string> lint(const subscription& definition);

// Items that have failed or are degraded, and customers who use one, by key.
struct affected_keys {
  std::set<std::string, std::less<>> items;
  std::set<std::string, std::less<>> customers;
  std::string reported_by;  // the customer of the caller

  void add(std::string_view item, std::span<const std::string> its_customers);
  // Does the subscription name any of it?
  bool concern(const subscription& one) const;
};

}  // namespace tocsin::inline v1
