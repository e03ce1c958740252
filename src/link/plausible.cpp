// Commands about links as somebody might give them.
#include <tocsin/desk/state.hpp>
#include <tocsin/link/commands.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/link.hpp>

#include "decide.hpp"

namespace tocsin::inline v1 {

void plausible_unlinking(const incident& record, plausible_commands& to) {
  to.none = "it has no links";
  for (const record_link& one : links_of(record)) {
    to.commands.push_back(
        unlink_records{{record.id}, one.kind, one.record, one.outside, one.outside_key, /*reason=*/"x"});
  }
}

// Of which record is not looked for: that would be a search of the whole desk.
void plausible_duplicate(const incident& record, plausible_commands& to) {
  if (to.state.definitions.base_of(record) == record_base::auxiliary) {
    to.against.emplace_back("such a record is nobody's work");
  }
  if (find_link(links_of(record), link_kind::parent_of)) to.against.emplace_back("it has children");
}

// By the move that its workflow has for that, or as a cancellation.
verb duplicate_move(const incident& record, const desk_state& state) {
  const bool has_own_move =
      static_cast<bool>(state.definitions.workflow_of(record).target(verb::mark_duplicate, record.state));
  return has_own_move ? verb::mark_duplicate : verb::cancel;
}

}  // namespace tocsin::inline v1
