// The people, teams, services and categories of a desk: definitions that a host publishes and that incidents name.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/dependency.hpp>

namespace tocsin::inline v1 {

// Something that people are good at, to be asked for by assignment rules (I2).
struct skill {
  std::string key;
  std::string name;
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

struct person_skill {
  std::string skill;       // key
  std::int64_t level = 1;  // larger is better

  static std::span<const field_row> fields();
};

// Somebody who calls, acts or is paged. The key is a pseudonym of the host's choice; what names the person is personal.
struct person {
  std::string key;
  std::string name;
  std::string mail;
  std::string phone;
  std::string zone;  // IANA name
  bool retired = false;
  std::string calendar;  // key of the business calendar that holds for the person
  std::string manager;   // key of the person to whom this one reports
  std::string customer;  // key of the customer that the person belongs to
  std::vector<person_skill> skills;
  optional_integer capacity;  // open records that the person can have at a time; none is given: nothing is known of it
  embedded_json custom;       // an object of custom fields by key
  std::vector<custom_value> custom_values;  // the same, as a desk has made it ready

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

struct team {
  std::string key;
  std::string name;
  std::vector<std::string> members;  // keys of people
  bool retired = false;
  std::string calendar;      // key of the business calendar that it works by
  std::string escalates_to;  // key of the team at the next support level
  std::string schedule;      // key of its own: whoever is on call by it is paged for the team; none: all its members
  embedded_json custom;      // an object of custom fields by key
  std::vector<custom_value> custom_values;  // the same, as a desk has made it ready

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

struct service {
  std::string key;
  std::string name;
  std::string owner;  // key of a person
  bool retired = false;
  std::string calendar;                     // key of the business calendar that it is agreed for
  std::string owner_team;                   // key of a team that answers for it, where it is not a person
  embedded_json custom;                     // an object of custom fields by key
  std::vector<custom_value> custom_values;  // the same, as a desk has made it ready
  std::string support_team;                 // key of the team that works on it
  std::vector<std::string> customers;       // keys of those who use it
  tocsin::criticality criticality = criticality::unset;
  std::int64_t cost_per_hour = 0;        // of an outage in the open time of its calendar, in the host's unit of money
  std::string external_key;              // what the system that it was imported from calls it
  std::vector<std::string> depends_on;   // keys of services and configuration items: each must be well
  std::vector<std::string> runs_on;      // the same
  std::vector<std::string> part_of;      // the same
  std::vector<dependency_group> groups;  // of each, some must be well
  std::string currency;                  // what unit of money cost_per_hour is in

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with what it needs, a line each.
std::vector<std::string> lint(const service& definition);

// An organisation, or a part of one, for which services are rendered.
struct customer {
  std::string key;
  std::string name;
  std::string calendar;  // key of the business calendar that holds for it
  bool retired = false;
  embedded_json custom;                     // an object of custom fields by key
  std::vector<custom_value> custom_values;  // the same, as a desk has made it ready

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// Somebody outside who owes something under an underpinning contract (R-O12).
struct vendor {
  std::string key;
  std::string name;
  std::string mail;
  std::string phone;
  std::string support;  // how its support is reached: the address of a portal, the number of the account
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// A node of the category tree (L7).
struct category {
  std::string key;
  std::string name;
  std::string parent;  // key of a category; empty at the root
  bool retired = false;
  std::string replaced_by;  // of a retired one, key of the category that statistics count its records under from now on

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

}  // namespace tocsin::inline v1
