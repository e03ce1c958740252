// Which rules an entry sets off, asked in their order (I3).
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/automation/automation_record.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

struct compiled_automation_rule;

struct active_automation_rule {
  automation_rule_ref ref;
  std::uint32_t version = 0;
  const compiled_automation_rule* rule = nullptr;
};

// Those in force, in the order in which they are asked.
std::vector<active_automation_rule> rules_in_force(const desk_state& state);

// What a rule is asked about.
struct automation_occasion {
  const incident& record;            // as it is after the entry
  const incident* before = nullptr;  // as it was before; null: it was not, or nothing has happened to it
  const decision& given;
};

// Can rules do anything for the record? Not once it is over; what was imported or entered after the fact has happened already.
bool takes_automation(const incident& record);

bool holds_on_event(const compiled_automation_rule& rule, const event_body& body, const automation_occasion& on);
bool holds_on_record(const compiled_automation_rule& rule, const automation_occasion& on);
// What the condition on the record saw, as JSON; empty where there is none.
std::string inputs_of(const compiled_automation_rule& rule, const automation_occasion& on);

}  // namespace tocsin::inline v1
