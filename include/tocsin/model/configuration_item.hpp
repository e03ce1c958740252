// A configuration item: something that services need, as a server, a database or a line.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/dependency.hpp>

namespace tocsin::inline v1 {

// Services and configuration items share their keys: none of either has a key of the other.
struct configuration_item {
  std::string key;
  std::string name;
  std::string item_class;  // in documents "class"
  std::string owner;       // key of a person
  std::string owner_team;  // key of a team that answers for it, where it is not a person
  std::string support_team;
  std::vector<std::string> customers;  // keys of those who use it themselves, not by a service
  tocsin::criticality criticality = criticality::unset;
  std::int64_t cost_per_hour = 0;        // of an outage in the open time of its calendar, in the host's unit of money
  std::string calendar;                  // key of the business calendar of the time in which it is needed
  std::string external_key;              // what the system that it was imported from calls it
  std::vector<std::string> depends_on;   // keys of services and configuration items: each must be well
  std::vector<std::string> runs_on;      // the same
  std::vector<std::string> part_of;      // the same
  std::vector<dependency_group> groups;  // of each, some must be well
  bool retired = false;
  std::string currency;  // what unit of money cost_per_hour is in

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with what it needs, a line each.
std::vector<std::string> lint(const configuration_item& definition);

}  // namespace tocsin::inline v1
