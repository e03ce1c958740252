// Questions about records: one as it is or was, those that meet conditions, how many there are, what happened to one.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

// ---- conditions: every one that is given must hold

struct instant_range {
  instant from = no_instant;    // included
  instant before = no_instant;  // not included

  static std::span<const field_row> fields();
};

struct count_range {
  optional_integer least;  // both included
  optional_integer most;

  static std::span<const field_row> fields();
};

// A condition has the name of the incident's field that it is about.
struct find_conditions {
  optional_truth open;   // new, assigned, in progress or on hold
  optional_truth ended;  // closed or cancelled
  state_ref state;
  tocsin::state_kind state_kind = state_kind::unset;
  hold_reason_ref hold_reason;
  resolution_code_ref resolution_code;
  tocsin::priority priority = priority::unset;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  tocsin::incident_class incident_class = incident_class::unset;
  tocsin::channel channel = channel::unset;
  person_ref caller;
  person_ref reporter;
  team_ref team;
  person_ref assignee;
  category_ref category;
  service_ref service;
  workflow_ref workflow;
  std::string external_key;
  optional_truth priority_overridden;
  optional_truth permanent;
  optional_truth confirmed;
  optional_truth retrospective;
  optional_truth imported;
  instant_range opened_at;
  instant_range occurred_at;
  instant_range updated_at;
  instant_range acknowledged_at;
  instant_range resolved_at;
  instant_range closed_at;
  instant_range cancelled_at;
  instant_range held_since;
  instant_range auto_close_at;
  count_range reopen_count;
  count_range reassignment_count;
  count_range hold_count;

  static std::span<const field_row> fields();
};

bool holds(const find_conditions& where, const incident& record);

// ---- find

enum class find_order : std::uint8_t { unset, id, number, opened_at, updated_at, resolved_at, closed_at, priority };
std::span<const std::string_view> choices(find_order);

// Which records an answer is about: those that meet the conditions and that the actor may see (D9).
class record_filter {
 public:
  // `query` is the name of the question, for what the actor may ask; no actor: everything may be seen.
  record_filter(const desk& d, const embedded_json& condition, std::string_view query, person_ref actor);
  bool operator()(const incident& record) const;
  // Of what a requester may not see of a record nothing is told by asking for it, or ordering by it.
  void demand_shown(const find_conditions& where, find_order order);

 private:
  bool asks_for_hidden_ = false;
  const desk_state& state_;
  std::optional<tocsin::condition> condition_;
  std::string_view query_;
  person_ref actor_;
};

struct find_query {
  find_conditions where;
  find_order order = find_order::unset;  // id where none is given
  bool descending = false;
  std::int64_t limit = 0;            // 100 where none is given
  std::string cursor;                // of the answer before
  std::vector<std::string> members;  // which members of the records to show; all where none is given
  embedded_json condition;           // and this one, in JsonLogic's syntax

  static std::span<const field_row> fields();
};

struct find_answer {
  std::vector<incident_ptr> records;
  std::string cursor;  // empty at the end
};

find_answer find(const desk& d, const find_query& query, person_ref actor = {});

// Every record that meets the conditions, live ones first, each kind in order of id; until the visitor answers false.
void each_record(const desk& d, const find_conditions& where, const std::function<bool(const incident_ptr&)>& visit);

// ---- count

// The category that a record counts under: the one that it names, or the one that has replaced it since (L7, R-P05).
enum class category_view : std::uint8_t { unset, as_recorded, as_now };
std::span<const std::string_view> choices(category_view);

struct count_query {
  std::vector<std::string> by;  // fields of words, choices, truths or numbers, or "custom.<key>"
  find_conditions where;
  embedded_json condition;
  category_view categories = category_view::unset;  // as_recorded where none is given
  std::int64_t category_level = 0;                  // counted under the category of this level; 1: the roots; 0: any

  static std::span<const field_row> fields();
};

// A field that is counted by: one of the record's, or a custom one.
struct counted_field {
  std::string name;
  const field_row* field = nullptr;
  custom_field_ref custom;
  custom_kind kind = custom_kind::unset;
};

struct counted_value {
  bool given = false;
  std::int64_t number = 0;
  std::string text;  // of custom fields that are texts, choices, instants, durations

  auto operator<=>(const counted_value&) const = default;
};

struct count_group {
  std::vector<counted_value> values;  // of the fields, in the order asked
  std::uint64_t count = 0;
};

// Largest first, then by values.
std::vector<count_group> count(const desk& d, const count_query& query, person_ref actor = {});
std::vector<counted_field> count_fields(const desk& d, const count_query& query);

// Each record that is asked for, with its values of the fields. `name` is that of the question (D9).
void each_counted(const desk& d, const count_query& query, std::string_view name, person_ref actor,
                  const std::function<void(const incident&, const std::vector<counted_value>&)>& visit);
// Throws where there are more than limits::count_groups_max.
void check_groups(std::size_t count);

// ---- one record

struct get_query {
  record_ref incident;
  instant as_of = no_instant;
  std::int64_t as_of_sequence = 0;

  static std::span<const field_row> fields();
};

// Throws not_found where there is no such record, or was none yet.
incident_ptr get(const desk& d, const get_query& query);

struct timeline_query {
  record_ref incident;

  static std::span<const field_row> fields();
};

struct timers_query {
  std::int64_t limit = 0;  // 100 where none is given

  static std::span<const field_row> fields();
};

// What is waiting of what the actor may see, in the order in which it fires (R-P15); no actor: everything.
std::vector<timer> pending_timers(const desk& d, std::size_t limit, person_ref actor = {});

struct definitions_query {
  std::string kind;
  std::string key;
  instant as_of = no_instant;  // as they were then

  static std::span<const field_row> fields();
};

// What happened since an entry: a feed that goes on where it stopped (R-C25, R-N07).
struct changes_query {
  std::int64_t after = 0;  // sequence; 0: from the beginning
  std::int64_t limit = 0;  // entries; 100 where none is given

  static std::span<const field_row> fields();
};

// Does a condition hold for a record, and why?
struct explain_query {
  record_ref incident;
  embedded_json condition;
  instant as_of = no_instant;

  static std::span<const field_row> fields();
};

// Who has a record open (R-N06). Hosts say so by note_presence.
struct presence_query {
  record_ref incident;
  instant at = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
};

struct status_query {
  static std::span<const field_row> fields();
};

}  // namespace tocsin::inline v1
