// The command about assignment rules as somebody might give it.
#include <tocsin/assignment/commands.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/model/incident.hpp>

#include "decide.hpp"

namespace tocsin::inline v1 {

void plausible_assignment_rules(const incident& record, plausible_commands& to) {
  if (!to.state.definitions.routing) to.against.emplace_back("no assignment rule is in force");
  if (is_open(record.state_kind) && !to.state.definitions.workflow_of(record).move(verb::assign, record.state)) {
    to.against.emplace_back("its workflow has no move by which it could be assigned");
  }
  to.commands.push_back(apply_assignment_rules{.incident = {record.id}});
}

}  // namespace tocsin::inline v1
