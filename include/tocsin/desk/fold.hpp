// The fold of events into an incident: the one place where an incident changes.
#pragma once

#include <cstdint>

#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

struct import_step;

// Of the entry that an event stands in.
struct event_context {
  std::uint64_t sequence = 0;
  instant stated_at = no_instant;    // when it happened in the world
  instant recorded_at = no_instant;  // when the desk was told
  person_ref actor;
  instant until = never;  // of an imported history: steps after it are left out (for "as of")
};

// What a fold may look at besides its event and the record.
struct fold_context {
  const event_context& entry;
  const definition_table& known;
  instant at;  // when it counts: as stated, but never before the record's last change
};

// Folds one event into the record. The first event of a record finds it empty, but for its id.
void fold(incident& record, const event_body& body, const event_context& context, const definition_table& known);

// What an entry does to a record besides its events.
void fold_entry(incident& record, const event_context& context);

// Folds one step of an imported history.
void fold_step(incident& record, const import_step& step, const workflow_graph& workflow,
               const priority_matrix* matrix);

}  // namespace tocsin::inline v1
