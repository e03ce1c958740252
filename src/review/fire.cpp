#include "fire.hpp"

#include <tocsin/desk/deciding.hpp>
#include <tocsin/review/events.hpp>

namespace tocsin::inline v1 {
namespace {

// What was completed in time waits for somebody to verify it; that is not overdue.
bool may_become_overdue(const action_item& item) {
  return item.state == action_item_state::open && is_set(item.due_at) && !item.overdue;
}

}  // namespace

void timers(const record_review& part, const incident& record, timer_visitor visit) {
  const bool is_due = is_open(record.state_kind) && is_set(part.review_due_at) && !part.review_overdue;
  if (is_due) visit(timer_kind::review_due, part.review_due_at);
  if (is_final(record.state_kind)) return;
  for (const action_item& one : part.action_items) {
    if (may_become_overdue(one)) visit(timer_kind::action_item_due, one.due_at);
  }
}

void say_review_overdue(deciding& d, const incident& record, const timer& fired) {
  d.emit({record.id}, review_overdue{fired.due, record.assignee, record.team});
}

// Those that are nobody's any more are the review's.
void say_action_items_overdue(deciding& d, const incident& record, const timer& fired) {
  for (const action_item& one : record.part<record_review>()->action_items) {
    if (one.due_at != fired.due || !may_become_overdue(one)) continue;
    const bool is_given = one.owner || one.team;
    d.emit({record.id}, action_item_overdue{one.item, one.due_at, is_given ? one.owner : record.assignee,
                                            is_given ? one.team : record.team});
  }
}

}  // namespace tocsin::inline v1
