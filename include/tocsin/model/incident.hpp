// An incident: an unplanned interruption to a service, or a loss of its quality (ITIL). An immutable value: a small
// fixed block, and texts apart that most changes do not touch. Notes and replies are entries of the journal.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/sole_owner.hpp>
#include <tocsin/model/attachment.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident_text {
  std::string title;
  std::string description;
  std::string contact;
  std::string location;
  std::string external_key;
  std::string resolution_notes;

  static std::span<const field_row> fields();
};

// What few incidents have.
struct incident_details {
  static constexpr std::uint8_t part_number = 0;
  static const part_type descriptor;

  std::vector<custom_value> custom;   // in order of their fields' numbers
  instant next_move_at = no_instant;  // when a timed transition of its state may take it on (L2)

  // The wait that it is in (L3)
  instant follow_up_at = no_instant;  // when to look after it
  instant remind_at = no_instant;     // when the requester is reminded next, or what follows the last reminder
  std::uint32_t reminder_count = 0;   // reminders that were not answered
  instant hold_ends_at = no_instant;  // when the wait has gone on for too long

  // The resolution that it has (R-P17)
  instant verified_at = no_instant;  // since when it is known that the service recovered
  person_ref verified_by;
  bool silence_over = false;  // silence would have closed it; it closes once it is verified

  std::vector<attachment> attachments;  // in order of number (R-C37)
  std::uint32_t attachment_count = 0;   // those that were removed, too: the last number given
  std::vector<work_share> work;         // by person, in order of their first entry (R-C44)
  duration time_spent;                  // of all of them

  bool restricted = false;  // seen only by those named here
  std::vector<person_ref> restricted_to_people;
  std::vector<team_ref> restricted_to_teams;

  record_template_ref record_template;  // that it was logged by: the model that it follows

  std::uint32_t override_count = 0;  // moves that were made though guards did not hold

  static std::span<const field_row> fields();
};

struct incident {
  std::uint64_t id = 0;
  std::uint64_t number = 0;      // 42 of INC0000042
  std::uint64_t last_entry = 0;  // sequence of the latest entry that touched it; the head of its chain
  std::uint32_t version = 0;     // entries that touched it

  // Workflow (L1)
  std::uint32_t workflow_version = 0;
  workflow_ref workflow;
  state_ref state;
  state_ref held_from;   // where resuming returns to
  record_type_ref type;  // none: an incident
  hold_reason_ref hold_reason;
  resolution_code_ref resolution_code;
  tocsin::state_kind state_kind = state_kind::unset;

  // Classification and priority (L6, L7)
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  tocsin::priority priority = priority::unset;
  tocsin::channel channel = channel::unset;
  tocsin::incident_class incident_class = incident_class::unset;
  bool priority_overridden = false;
  bool permanent = false;  // the resolution was a permanent one
  bool confirmed = false;  // by the requester
  bool retrospective = false;
  bool imported = false;
  std::uint32_t priority_matrix_version = 0;
  category_ref category;
  service_ref service;

  // People
  person_ref caller;
  person_ref reporter;
  team_ref team;
  person_ref assignee;
  person_ref acknowledged_by;
  person_ref resolved_by;

  // Instants
  instant opened_at = no_instant;
  instant occurred_at = no_instant;
  instant detected_at = no_instant;
  instant reported_at = no_instant;
  instant recorded_at = no_instant;
  instant updated_at = no_instant;
  instant acknowledged_at = no_instant;
  instant work_begun_at = no_instant;
  instant first_response_at = no_instant;
  instant state_since = no_instant;  // since when it is in its state
  instant held_since = no_instant;
  instant resolved_at = no_instant;
  instant closed_at = no_instant;
  instant cancelled_at = no_instant;
  instant auto_close_at = no_instant;  // when silence closes it (L5)

  // Counts
  std::uint32_t reopen_count = 0;
  std::uint32_t reassignment_count = 0;
  std::uint32_t hold_count = 0;
  std::uint32_t note_count = 0;
  std::uint32_t update_count = 0;
  std::uint32_t reply_count = 0;
  duration held_time;  // real time of the holds that are over

  record_ref follows;  // the closed incident that this one takes up again (L5)

  std::shared_ptr<const incident_text> text;
  record_parts parts;  // what the slices keep of it

  // Null: it has none.
  template <class Part>
  const Part* part() const noexcept {
    return parts.find<Part>();
  }
  // Where it has none, one with nothing in it.
  template <class Part>
  const Part& part_or_empty() const {
    static const Part empty{};
    const Part* const kept = part<Part>();
    return kept ? *kept : empty;
  }
  template <class Part>
  Part& own() {
    return parts.own<Part>();
  }
  incident_text& own_text() {
    if (!is_sole_owner(text)) text = text ? std::make_shared<incident_text>(*text) : std::make_shared<incident_text>();
    return const_cast<incident_text&>(*text);
  }

  // The fixed block, but for id and number, which documents show as the record's name.
  static std::span<const field_row> fields();
};

static_assert(sizeof(incident) <= 512, "a change copies the fixed block");

using incident_ptr = std::shared_ptr<const incident>;

// Of a record that has none, one without anything in it.
const incident_details& details_of(const incident& record);
// When it began, as far as the record says: when it occurred, or else was noticed, or else was opened.
instant onset_of(const incident& record);

// Was it resolved at the first contact? A person resolved it, and is the only one who had it or took notice of it; it
// never went to another team, never waited, nothing had to be asked back, and it was not reopened. What a machine
// reported has no contact. It counts for the person who resolved it, and for the team that has it: no team before had
// it (R-O05).
bool is_resolved_at_first_contact(const incident& record);

}  // namespace tocsin::inline v1
