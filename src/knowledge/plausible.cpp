// Commands about known errors as somebody might give them.
#include <tocsin/knowledge/commands.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/known_error.hpp>

#include "decide.hpp"

namespace tocsin::inline v1 {

void plausible_for_known_error(const incident& record, plausible_commands& to) {
  if (!record.part<incident_known_error>()) to.against.emplace_back("it is not a known error");
}

// Which one is a matter of `suggest`.
void plausible_known_error_link(const incident& record, plausible_commands& to) {
  if (record.part<incident_known_error>()) to.against.emplace_back("it is a known error itself");
}

}  // namespace tocsin::inline v1
