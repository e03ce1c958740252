#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>
#include <tocsin/security/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// A date that is nearer than the notice is told of at once. What the journal says may be any instant.
instant notice_at(const record_disclosure& part) {
  const bool is_early = part.disclosure_at.us < instant_min.us + limits::disclosure_notice.us;
  const instant before = is_early ? part.disclosure_at : part.disclosure_at - limits::disclosure_notice;
  return std::max(before, part.disclosure_set_at);
}

}  // namespace

void timers(const record_disclosure& part, const incident& record, timer_visitor visit) {
  if (is_final(record.state_kind)) return;
  if (is_set(part.embargo_until)) visit(timer_kind::embargo_end, part.embargo_until);
  if (!is_set(part.disclosure_at) || is_set(part.disclosed_at)) return;
  if (part.said_of_disclosure == disclosure_said::unset) visit(timer_kind::disclosure_due, notice_at(part));
  if (part.said_of_disclosure != disclosure_said::overdue) visit(timer_kind::disclosure_overdue, part.disclosure_at);
}

void end_embargo(deciding& d, const incident& record, const timer& fired) {
  d.emit({record.id}, embargo_ended{fired.due, record.assignee, record.team});
}

void say_disclosure_due(deciding& d, const incident& record, const timer&) {
  d.emit({record.id},
         disclosure_due{record.part_or_empty<record_disclosure>().disclosure_at, record.assignee, record.team});
}

void say_disclosure_overdue(deciding& d, const incident& record, const timer& fired) {
  d.emit({record.id}, disclosure_overdue{fired.due, record.assignee, record.team});
}

}  // namespace tocsin::inline v1
