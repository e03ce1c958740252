// How a command is decided: one overload for each, in the file of its concept (decide_*.cpp). Nothing is changed here: what
// follows is appended as events, and a refusal lists every objection.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/escalation/commands.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/escalation/run.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/knowledge/commands.hpp>
#include <tocsin/knowledge/events.hpp>
#include <tocsin/lifecycle/commands.hpp>
#include <tocsin/link/commands.hpp>
#include <tocsin/monitoring/commands.hpp>
#include <tocsin/oncall/commands.hpp>
#include <tocsin/oncall/events.hpp>
#include <tocsin/routing/commands.hpp>
#include <tocsin/routing/events.hpp>
#include <tocsin/satisfaction/commands.hpp>
#include <tocsin/sla/commands.hpp>
#include <tocsin/task/commands.hpp>

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

// Has a record of that type the field?
bool has_field(const custom_field& field, std::string_view type);

// A reopening goes to Assigned or New if nobody had begun (L1); `to` is where the move leads.
state_ref reopened_state(const workflow_graph& workflow, const incident& record, state_ref to);

class run_keeper;

class deciding {
 public:
  deciding(const decision& given, std::vector<event>& events) : given_(given), state_(given.state), events_(events) {}

  void operator()(const publish& c);  // oncall/decide.cpp
  // incident/decide.cpp
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
  // sla/decide.cpp
  void operator()(const excuse_breach& c);
  // incident/decide_lifecycle.cpp
  void operator()(const hold_incident& c);
  void operator()(const resume_incident& c);
  void operator()(const resolve_incident& c);
  void operator()(const confirm_resolution& c);
  void operator()(const refuse_resolution& c);
  void operator()(const close_incident& c);
  void operator()(const reopen_incident& c);
  void operator()(const cancel_incident& c);
  void operator()(const move_incident& c);
  void operator()(const verify_resolution& c);
  // lifecycle/decide.cpp
  void operator()(const migrate_records& c);
  // incident/decide_import.cpp
  void operator()(const import_record& c);
  // task/decide.cpp
  void operator()(const add_task& c);
  void operator()(const change_task& c);
  void operator()(const begin_task& c);
  void operator()(const complete_task& c);
  void operator()(const skip_task& c);
  // link/decide.cpp
  void operator()(const link_records& c);
  void operator()(const unlink_records& c);
  void operator()(const mark_duplicate& c);
  // incident/decide_record.cpp
  void operator()(const convert_record& c);
  void operator()(const add_attachment& c);
  void operator()(const remove_attachment& c);
  void operator()(const log_work& c);
  void refuse_more_than_passed(const incident& r, const log_work& c);
  void operator()(const restrict_incident& c);
  void operator()(const lift_restriction& c);
  // monitoring/decide.cpp
  void operator()(const report_event& c);
  // decide_purge.cpp
  void operator()(const purge_records& c);
  // oncall/decide.cpp
  void operator()(const override_schedule& c);
  void operator()(const withdraw_override& c);
  void operator()(const propose_swap& c);
  void operator()(const accept_swap& c);
  void operator()(const decline_swap& c);
  void operator()(const record_absence& c);
  void operator()(const withdraw_absence& c);
  // monitoring/decide_maintenance.cpp
  void operator()(const schedule_maintenance& c);
  void operator()(const cancel_maintenance& c);
  void operator()(const change_maintenance& c);
  // escalation/decide.cpp
  void operator()(const start_escalation& c);
  void operator()(const acknowledge_page& c);
  void operator()(const unacknowledge_page& c);
  void operator()(const snooze_escalation& c);
  void operator()(const escalate& c);
  void operator()(const hand_over& c);
  void operator()(const report_delivery& c);
  // routing/decide.cpp
  void operator()(const route_incident& c);
  // incident/decide_notice.cpp
  void operator()(const report_notice& c);
  // escalation/decide.cpp
  void operator()(const acknowledge_bundle& c);
  // satisfaction/decide.cpp
  void operator()(const rate_resolution& c);
  // knowledge/decide.cpp
  void operator()(const publish_known_error& c);
  void operator()(const revise_known_error& c);
  void operator()(const retire_known_error& c);
  void operator()(const link_known_error& c);

  // What a timer, or the end of a record, brings: a heartbeat was missed; a maintenance window lets go of what it held.
  void miss(const incident& watch);
  void release(const incident& window);
  // What a record that was logged and given to nobody brings, where assignment rules are in force (I2).
  void route_logged(const incident& r);

  // Says what stands against the command, when all of it has been decided.
  void finish();

 private:
  template <class Body>
  void emit(record_ref record, Body body) {
    events_.emplace_back(record, std::uint64_t{0}, std::move(body));
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
  void log_by_hand(const log_incident& c);
  std::optional<incident_class_derived> begin_class(record_ref record, incident_logged& e) const;
  incident_logged logged_as(const log_incident& c) const;
  void give_at_once(record_ref record, const log_incident& c);
  void say(const incident& r, const add_update& asked, const add_update& said);
  void tell_requesters(const incident& r, const add_update& asked, const add_update& said);
  void follow(const incident& r);

  // ---- machine events (I4)

  void raise(const report_event& c);
  void clear(const report_event& c);
  void beat(const report_event& c);
  void add_occurrence(const incident& r, const report_event& c);
  bool reopen_by(const incident& r, const report_event& c);
  void log_event(const report_event& c);
  void bundle(const report_event& c, std::string_view window = {});
  record_ref log_watch(const report_event& c);
  bool may_move(const incident& r) const;
  bool hold_back(const report_event& c);
  bool clear_held(const report_event& c);
  log_incident incident_of(const report_event& c) const;
  incident record_of(const report_event& c) const;
  const event_source& source_named(std::string_view source) const;
  std::size_t logged_here(std::string_view source) const;
  std::vector<custom_value> fitting(const std::vector<custom_value>& values) const;
  record_type_ref auxiliary_type(std::string_view key) const;

  // What the command would bring, by the rules that hold for everybody; why it would not, empty where it would.
  template <class Command>
  std::string try_to(const Command& c, std::vector<event>& happened) {
    try {
      deciding other(given_, happened);
      other(c);
      other.finish();
      return {};
    } catch (const error& e) {
      happened.clear();
      return e.what();
    }
  }

  // ---- on-call (O2, O4)

  void take_up(const publish& c);
  void demand_own(person_ref whose, std::string_view what) const;
  shift_swap proposed(shift_swap_ref ref) const;
  void tell_of_swap(duty_notice_cause cause, const shift_swap& s, const std::string& person_key);
  std::string fresh_key(word_kind kind, const std::string& asked) const;
  std::string word(word_kind kind, std::uint32_t number) const { return std::string(state_.words.word(kind, number)); }
  void warn_of_unqualified(record_ref record, team_ref team, person_ref assignee);

  // ---- templates (R-A05)

  const compiled_template& template_of(record_template_ref ref) const;
  void fill(log_incident& c, const compiled_template& form, const template_values& values,
            std::vector<std::string>& missing) const;
  log_incident filled(const log_incident& c) const;
  std::vector<template_value> reply_values(const incident& own, const incident& original) const;
  add_update filled(const add_update& c, const incident& own, const incident& original) const;

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
  state_ref reopening(const incident& r, const reopen_incident& c, bool in_window);
  void verification_failed(const incident& r, const verify_resolution& c);
  void refuse_as(std::string_view what, const incident& r);  // what stands against it is said of this command

  // ---- tasks (L10)

  const task& open_task(const incident& r, std::uint32_t number, std::string_view what);
  void check_due(instant due);
  template <class Command>
  instant due_of(const Command& c);
  void check_ready(const incident& r, const task& t);
  void tell_of_task(const incident& r, std::uint32_t number, team_ref team, person_ref owner);

  // ---- links (R-C12, L8)

  incident_ptr other_record(record_ref ref) const;
  void demand_may(const command_type& type, const incident& r) const;
  void check_other_end(record_ref other, outside_kind outside, const std::string& key) const;
  void check_family(const incident& parent, const incident& child);
  void check_duplicates(const incident& original, std::size_t more);
  void check_circle(const incident& from, const incident& to, link_kind kind);

  // ---- known errors (P2, P3)

  const incident& known_error_of(record_ref ref);
  void check_in_force(const incident& known_error);
  template <class Command>
  known_error_published published_as(const Command& c);

  // ---- escalations (E3-E6, R-P13)

  std::string names_of_runs(const incident& r) const;
  std::size_t run_of(const incident& r, std::uint32_t number) const;
  bool act_on(run_keeper& keeper, std::size_t place, const run_action& action, const std::string& reason = {});
  void acknowledge_pages(const incident& r);
  void take_pages(std::span<const bundled_page> pages, bundle_acknowledged& done, objections& past);
  void escalate_to_team(const incident& r, const escalate& c);
  void escalate_to_manager(const incident& r, const escalate& c);
  void give(const incident& r, assign_incident to, std::string_view asked_by);

  // ---- assignment by rules (I2)

  std::string reason_of(const incident_routed& routed) const;
  void ask_host(const incident& r, const incident_routed& routed);
  void refuse_for_nobody(const incident_routed& routed);

  // ---- checks

  [[noreturn]] static void refuse_empty(const std::string& allowed);
  record_ref window_named(const std::string& key) const;
  void check_origin(instant occurred, instant detected, instant reported) const;
  void check_in_use(category_ref c, service_ref s, team_ref t) const;
  std::vector<custom_value> adopted(std::vector<custom_value> values, record_type_ref type) const;
  void check_required_to_log(const log_incident& c);
  void check_type_in_use(record_type_ref t) const;
  void check_required_of(const incident& r, record_type_ref type);

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

  // What a desk keeps beside incidents and requests, as known errors, is nobody's work.
  bool is_worked_on(const incident& r) const { return state_.definitions.base_of(r) != record_base::auxiliary; }
  std::string nobody_works_on(const incident& r) const {
    return "a record of type " + std::string(type_name(r.type)) + " is nobody's work";
  }

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
  assign_incident handed_;  // what another command gives the record to
};

}  // namespace tocsin::inline v1
