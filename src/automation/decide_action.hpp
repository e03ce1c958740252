// The commands that automation rules give: read from the rule, and decided as somebody's own (I3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/automation/automation_rule.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

// The command about that record. Throws where its members are not as they must be, as a document that brings them is
// refused.
command read_action(const automation_action& action, record_ref about, const lexicon& words);

// Why a command was refused; empty: it was not.
struct refused_action {
  std::string reason;
  std::string message;
};

// Decides the command about the record as somebody who has the rights of `rights_of` would have it decided, or as the system
// where that is empty. Appends what it brings, or nothing where it is refused.
refused_action try_action(const automation_action& action, std::string_view rights_of, const incident& record,
                          const decision& given, std::vector<event>& happened);

}  // namespace tocsin::inline v1
