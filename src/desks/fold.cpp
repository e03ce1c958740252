// How the standard desk folds: an event changes its record by its row, and clocks read what changed.
#include <tocsin/base/error.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/workflow/events.hpp>

#include "sla/fold.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// The first event of a record says what it is.
void demand_begun(const incident& record, const event_body& body) {
  if (record.text || body.holds<incident_logged>() || body.holds<record_imported>()) return;
  throw error(status::corrupt, "journal.record_not_begun",
              "an event is about record " + std::to_string(record.id) + ", which no event before it has begun");
}

}  // namespace

void fold(incident& record, const event_body& body, const event_context& context, const definition_table& known) {
  demand_begun(record, body);
  const state_ref before = record.state;
  const clock_marks marks = marks_of(record);
  const event_type* type = body.type();
  if (type && type->fold) {
    type->fold(record, body.address(), {context, known, std::max(context.stated_at, record.updated_at)});
  }
  // As the command states it, though a timer may have touched the record since: a breach may be lifted by it (S2).
  if (!body.holds<record_imported>()) note_changes(record, marks, context.stated_at, known);
  note_task(record, body, context.stated_at, known);
  const bool keeps_count = body.holds<record_imported>() || body.holds<record_migrated>();
  if (before == record.state || keeps_count) return;
  record.state_since = std::max(context.stated_at, record.updated_at);
  if (is_set(details_of(record).next_move_at)) record.own<incident_details>().next_move_at = no_instant;
}

void fold_entry(incident& record, const event_context& context) {
  ++record.version;
  record.last_entry = context.sequence;
  record.updated_at = std::max(record.updated_at, context.stated_at);
}

}  // namespace tocsin::inline v1
