// How a command is decided: one overload for each, in the file of its concept (decide_*.cpp). Nothing is changed here; what
// follows is appended as events, and whatever stands against it is said at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/record_schema.hpp>

namespace tocsin::inline v1 {

// Everything that stands against a command (L2).
class objections {
 public:
  void unless(bool met, const char* reason, std::string_view what) {
    if (!met) add(reason, std::string(what));
  }
  void add(const char* reason, std::string what) {
    if (reason_.empty()) reason_ = reason;
    unmet_.push_back(std::move(what));
  }
  // A condition that does not hold, with what it saw.
  void add_unmet(const char* reason, const std::string& says, const condition& why, const record_view& seen,
                 instant now);
  bool empty() const { return unmet_.empty(); }
  const std::vector<std::string>& unmet() const { return unmet_; }

  template <class Name>
  void throw_if_any(std::string_view what, Name name) const {
    if (!unmet_.empty()) refuse(what, name());
  }
  [[noreturn]] void refuse(std::string_view what, const std::string& record) const;

 private:
  std::string reason_;
  std::vector<std::string> unmet_;
  std::vector<std::string> explanations_;  // JSON
};

// The workflow that records of this type begin on; throws where there is none.
const workflow_graph& workflow_for(const desk_state& state, workflow_ref asked, record_type_ref type);

// How the silence after a resolution ends (L5): when, or no_instant for never.
instant silence_ends(const desk_state& state, const workflow_graph& workflow, instant since);

class decider {
 public:
  decider(const decision& given, std::vector<event>& events) : given_(given), state_(given.state), events_(events) {}

  void operator()(const std::monostate&);
  void operator()(const publish& c);
  // decide_incident.cpp
  void operator()(const log_incident& c);
  void operator()(const classify_incident& c);
  void operator()(const prioritise_incident& c);
  void operator()(const assign_incident& c);
  void operator()(const acknowledge_incident& c);
  void operator()(const begin_work& c);
  void operator()(const add_note& c);
  void operator()(const add_update& c);
  void operator()(const add_reply& c);
  void operator()(const amend_incident& c);
  void operator()(const erase_personal& c);
  void operator()(const set_custom_fields& c);
  // decide_sla.cpp
  void operator()(const excuse_breach& c);
  // decide_lifecycle.cpp
  void operator()(const hold_incident& c);
  void operator()(const resume_incident& c);
  void operator()(const resolve_incident& c);
  void operator()(const confirm_resolution& c);
  void operator()(const refuse_resolution& c);
  void operator()(const close_incident& c);
  void operator()(const reopen_incident& c);
  void operator()(const cancel_incident& c);
  void operator()(const move_incident& c);
  // decide_migration.cpp
  void operator()(const migrate_records& c);
  // decide_import.cpp
  void operator()(const import_record& c);

  // Says what stands against the command, when all of it has been decided.
  void finish();

 private:
  template <class Body>
  void emit(record_ref record, Body body) {
    event& happened = events_.emplace_back();
    happened.record = record;
    happened.body.emplace<Body>(std::move(body));
  }

  // Effects of records that were entered after the fact go nowhere (D5); there is not always a requester to tell.
  template <class Effect>
  void notify(const incident& r, Effect effect) {
    if (r.retrospective) return;
    if constexpr (std::is_same_v<Effect, requester_notice>) {
      if (!r.caller) return;
    }
    emit({r.id}, std::move(effect));
  }

  // ---- records

  const incident& record_of(record_ref ref);
  const incident& open_or_resolved(record_ref ref, std::string_view what);
  record_ref log(incident_logged e, const workflow_graph& workflow);
  void follow(const incident& r);

  // ---- moves (L2)

  struct pending_move {
    record_ref record;
    const workflow_move* move = nullptr;
    const void* body = nullptr;
  };

  // The move that the verb means for the record; one that leads nowhere where its workflow has none. What stands against
  // it is said by `finish`.
  const workflow_move& move(const incident& r, verb v, const void* body, state_ref to = {});
  void check_guards(const incident& r, const workflow_move& m, const void* body);
  void check_required(const pending_move& made);
  std::string no_move(const incident& r, verb v, state_ref to) const;
  state_ref reopening(const incident& r, const reopen_incident& c);

  // ---- checks

  [[noreturn]] static void refuse_empty(const std::string& allowed);
  void check_origin(instant occurred, instant detected, instant reported) const;
  void check_in_use(category_ref c, service_ref s, team_ref t) const;
  std::vector<custom_value> adopted(std::vector<custom_value> values, record_type_ref type) const;
  void check_required_to_log(const log_incident& c);
  void check_type_in_use(record_type_ref t) const;

  // ---- names, for messages

  std::string quoted(word_kind kind, std::uint32_t number) const {
    return '"' + std::string(state_.words.word(kind, number)) + '"';
  }
  std::string state_name(const incident& r) const {
    return std::string(state_.words.word(word_kind::state, r.state.index));
  }
  std::string person_name(person_ref p) const { return std::string(state_.words.word(word_kind::person, p.index)); }
  std::string_view type_name(record_type_ref type) const;
  std::string name_of(const incident& r) const { return given_.records.show_number(r.number); }

  // ---- what is known

  const workflow_graph& workflow_of(const incident& r) const { return state_.definitions.workflow_of(r); }
  state_kind kind_of(const incident& r, state_ref to) const { return workflow_of(r).kind(to); }
  instant effective(const incident& r) const { return std::max(given_.at, r.updated_at); }
  std::uint32_t matrix_version() const {
    return state_.definitions.priority_matrices.latest(state_.definitions.incident_matrix.index);
  }
  priority by_matrix(impact i, urgency u) const;
  std::uint64_t next_number(record_type_ref type) const;

  const decision& given_;
  const desk_state& state_;
  std::vector<event>& events_;
  incident_ptr closed_;
  objections against_;        // the command, beside what is thrown at once
  std::string refused_;       // the command's name, for that
  std::string refused_name_;  // and its record's
  pending_move made_;
};

}  // namespace tocsin::inline v1
