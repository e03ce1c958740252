// Questions about records: one as it is or was, those that meet conditions, how many there are, what happened to one.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/desk/viewer.hpp>
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
  std::string type;  // key of a record type; "incident": an ordinary one
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

inline constexpr std::string_view types_meaning =
    "Record types by their keys, \"incident\" for ordinary incidents, or \"all\"; where neither this nor where nor "
    "condition names types, all of base incident";
inline constexpr std::string_view count_by_meaning =
    "What to group by: fields of words, choices, truths or numbers, \"customer\", \"month\" in UTC, \"custom.<key>\"";

// ---- find

enum class find_order : std::uint8_t { unset, id, number, opened_at, updated_at, resolved_at, closed_at, priority };
std::span<const std::string_view> choices(find_order);

// Which records an answer is about: those that meet the conditions and that the actor may see (D9).
class record_filter {
 public:
  // `asked` is the question, for what the actor may ask; no actor: everything may be seen. With `as_of`, the condition is
  // asked of records as they were then, under the definitions of then.
  record_filter(const desk& d, const embedded_json& condition, const query_type& asked, person_ref actor,
                instant as_of = no_instant);
  bool operator()(const incident& record) const { return (*this)(record, record); }
  // `now` is the record as it is: what the actor may see of it is decided by that.
  bool operator()(const incident& then, const incident& now) const;

  // Does the condition ask for the type or the base of records?
  bool asks_for_types() const;
  // What every record that is let through meets, as it follows from the condition.
  std::vector<record_test> implied_tests() const;
  // Adds the fields of records that are looked at; false: more is looked at than fields.
  bool add_needed(std::vector<const field_row*>& fields) const;
  const definition_table& known() const { return then_ ? then_->definitions : state_.definitions; }
  // Of what a requester may not see of a record nothing is told by asking for it, or ordering by it.
  void demand_shown(const find_conditions& where, find_order order);

 private:
  bool asks_for_hidden_ = false;
  const desk_state& state_;
  std::shared_ptr<const desk_state> then_;  // null: the definitions are those of now
  instant at_;
  std::optional<tocsin::condition> condition_;
  const query_type& asked_;
  person_ref actor_;
  viewer by_;
};

// Which types of record a question is about: those of base incident, where nothing in it names types.
class type_filter {
 public:
  // `named`: keys of record types, "incident" for ordinary ones, or "all"; `only`: that of the conditions. Throws where
  // one is unknown.
  type_filter(const desk_state& state, const std::vector<std::string>& named, const std::string& only,
              const record_filter& condition);
  bool operator()(const incident& record) const;
  // The same as a test; nothing where all types are asked for, or very many.
  std::optional<record_test> as_test() const;

 private:
  const desk_state& state_;
  std::vector<record_type_ref> named_;
  std::optional<record_type_ref> only_;
  bool all_ = false;
};

// What may be left out: closed records that do not meet the tests, and, where the fields that are looked at beside the
// conditions are given, all others of closed records.
struct record_outline {
  std::vector<record_test> tests;
  std::optional<std::vector<const field_row*>> only = {};
};

// Of a question that looks at these fields, beside what the filters look at.
record_outline outline_of(const record_filter& filter, const type_filter& types, std::vector<const field_row*> reads);

struct find_query {
  std::vector<std::string> types;  // see type_filter
  instant as_of = no_instant;      // records as they were then
  find_conditions where;
  find_order order = find_order::unset;  // id where none is given
  bool descending = false;
  std::int64_t limit = 0;            // 100 where none is given
  std::string cursor;                // of the answer before
  std::vector<std::string> members;  // which members of the records to show; all where none is given
  embedded_json condition;           // and this one, in JsonLogic's syntax

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct find_answer {
  std::vector<incident_ptr> records;
  std::string cursor;  // empty at the end
};

find_answer find(const desk& d, const find_query& query, person_ref actor = {});

// Every record that meets the conditions, live ones first, in order of id, then closed ones; until the visitor answers
// false.
void each_record(const desk& d, const find_conditions& where, const std::function<bool(const incident_ptr&)>& visit,
                 const record_outline& outline = {});

// The same for records as they were at an instant, without those that were not there yet; `now` is the record as it is.
// As `get` answers, record by record (D1), nothing left out; where no instant is given, each_record.
void each_record_as_of(const desk& d, instant as_of, const find_conditions& where,
                       const std::function<bool(const incident_ptr& then, const incident& now)>& visit,
                       const record_outline& outline = {});

// ---- count

// The category that a record counts under: the one that it names, or the one that has replaced it since (L7, R-P05).
enum class category_view : std::uint8_t { unset, as_recorded, as_now };
std::span<const std::string_view> choices(category_view);

struct count_query {
  std::vector<std::string> by;  // fields of words, choices, truths or numbers, "customer", "month", or "custom.<key>"
  find_conditions where;
  embedded_json condition;
  category_view categories = category_view::unset;  // as_recorded where none is given
  std::int64_t category_level = 0;                  // counted under the category of this level; 1: the roots; 0: any
  std::vector<std::string> types;                   // see type_filter
  instant as_of = no_instant;                       // records as they were then

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What is counted by: a field of the record, a custom one, its caller's customer, or the month, in UTC.
struct counted_field {
  std::string name;
  const field_row* field = nullptr;
  custom_field_ref custom;
  custom_kind kind = custom_kind::unset;
};

struct counted_value {
  bool given = false;
  std::int64_t number = 0;
  std::string text;  // of custom fields that are texts, choices, instants, durations; of customer and month

  auto operator<=>(const counted_value&) const = default;
};

struct count_group {
  std::vector<counted_value> values;  // of the fields, in the order asked
  std::uint64_t count = 0;
};

// Largest first, then by values.
std::vector<count_group> count(const desk& d, const count_query& query, person_ref actor = {});
std::vector<counted_field> count_fields(const desk& d, const count_query& query);

// Each record that is asked for, with its values of the fields. `asked` is the question that it is for (D9). `reads` names the
// fields of records that the visitor looks at; none given: any, texts and parts included.
void each_counted(const desk& d, const count_query& query, const query_type& asked, person_ref actor,
                  const std::function<void(const incident&, const std::vector<counted_value>&)>& visit,
                  const std::optional<std::vector<std::string_view>>& reads = {});
// Of figures that count at an instant of their own: the month becomes that one's, instead of that of the opening.
void set_month(const std::vector<counted_field>& fields, std::vector<counted_value>& values, instant at);
// "2026-11", in UTC.
std::string month_of(instant at);
// Throws where there are more than limits::count_groups_max.
void check_groups(std::size_t count);

// ---- one record

struct get_query {
  record_ref incident;
  instant as_of = no_instant;
  std::int64_t as_of_sequence = 0;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Throws not_found where there is no such record, or was none yet.
incident_ptr get(const desk& d, const get_query& query);

struct timeline_query {
  record_ref incident;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct timers_query {
  std::int64_t limit = 0;  // 100 where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What is waiting of what the actor may see, in the order in which it fires (R-P15); no actor: everything.
std::vector<timer> pending_timers(const desk& d, std::size_t limit, person_ref actor = {});

struct definitions_query {
  std::string kind;
  std::string key;
  instant as_of = no_instant;  // as they were then

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What happened since an entry: a feed that goes on where it stopped (R-C25, R-N07).
struct changes_query {
  std::int64_t after = 0;  // sequence; 0: from the beginning
  std::int64_t limit = 0;  // entries; 100 where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Does a condition hold for a record, and why?
struct explain_query {
  record_ref incident;
  embedded_json condition;
  instant as_of = no_instant;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// The form of a command as a screen needs it: its fields with their meaning, what may stand in them now, and the custom
// fields of the record's type (R-C37).
struct form_query {
  std::string for_command;
  record_type_ref type;
  record_ref incident;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Who has a record open (R-N06). Hosts say so by note_presence.
struct presence_query {
  record_ref incident;
  instant at = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct status_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
