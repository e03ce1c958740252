// Commands about incidents as somebody might give them, of those that are no move.
#include <tocsin/desk/state.hpp>
#include <tocsin/model/attachment.hpp>

#include "decide.hpp"

namespace tocsin::inline v1 {

void plausible_notice_of(const incident& record, plausible_commands& to) {
  to.commands.push_back(acknowledge_incident{{record.id}});
}

// Number 0 is that of the incident, which has no name of its own among the types.
void plausible_conversion(const incident& record, plausible_commands& to) {
  for (std::uint32_t n = 0; n <= to.state.words.size(word_kind::record_type); ++n) {
    to.commands.push_back(convert_record{{record.id}, {n}, "x"});
  }
}

void plausible_recovery_check(const incident& record, plausible_commands& to) {
  if (record.state_kind != state_kind::resolved) to.against.emplace_back("it is not resolved");
  for (const bool passed : {true, false}) to.commands.push_back(verify_resolution{{record.id}, {passed}, {}});
}

void plausible_attachment_removal(const incident& record, plausible_commands& to) {
  to.none = "it has no attachments";
  for (const attachment& one : details_of(record).attachments) {
    to.commands.push_back(remove_attachment{{record.id}, one.number});
  }
}

void plausible_restriction_end(const incident& record, plausible_commands& to) {
  if (!details_of(record).restricted) to.against.emplace_back("it is not restricted");
}

// Whether such a notice was sent stands in the journal alone.
void plausible_notice_report(const incident& record, plausible_commands& to) {
  if (!record.caller) to.against.emplace_back("it has no requester");
}

}  // namespace tocsin::inline v1
