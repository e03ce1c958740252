// Escalation without a desk, in JSON documents: lines that define policies and who is on call, and lines that ask what
// would happen. docs/escalation_policies.md has the forms, each with an example.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/drawing_form.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/escalation/escalation_graph.hpp>
#include <tocsin/escalation/simulate.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/oncall/document.hpp>
#include <tocsin/oncall/version.hpp>
#include <tocsin/time/calendar_book.hpp>

namespace tocsin::inline v1 {

// Who has a role.
struct role_holders {
  std::string key;
  std::vector<std::string> people;  // keys

  static std::span<const field_row> fields();
};

// Whose manager is who.
struct reporting_line {
  std::string person;
  std::string manager;

  static std::span<const field_row> fields();
};

// An assumed reaction as a document shows it: `after` the opening, or `at` an instant.
struct reaction_document {
  run_action_kind action = run_action_kind::unset;
  instant at = no_instant;
  duration after;
  std::string by;
  std::int64_t step = 0;
  std::int64_t version = 0;
  instant until = no_instant;
  duration length;  // in documents "for"

  static std::span<const field_row> fields();
};

// What may be asked; each operation takes some of the members.
struct escalation_question {
  std::string policy;
  instant opened_at = no_instant;
  instant from = no_instant;
  instant until = no_instant;
  drawing_form form = drawing_form::unset;
  simulated_incident incident;
  std::vector<reaction_document> reactions;
  std::vector<host_absence> host_away;
};

// What the lines said so far. People need not be defined.
class escalation_session {
 public:
  explicit escalation_session(const zone_data& zones = zone_data::bundled()) : zones_(&zones), duty_(zones) {}
  escalation_session(const escalation_session&) = delete;
  escalation_session& operator=(const escalation_session&) = delete;

  // As of oncall_session, whose lines are understood, too.
  std::string answer(std::string_view line);
  std::string execute(std::string_view line);

 private:
  struct definition;
  class source;
  friend class source;

  std::string define(std::string_view line);
  std::string ask(std::string_view line);
  std::string put(const escalation_policy& policy, instant from);
  void know(const escalation_policy& policy);

  const calendar_book& calendars();
  // The versions of a policy, in order; made ready once.
  std::vector<dated_graph> versions_of(const std::string& key);

  std::string simulate(const escalation_question& asked);
  std::string lint_policy(const escalation_question& asked);
  std::string draw_policy(const escalation_question& asked);
  using operation = std::string (escalation_session::*)(const escalation_question&);
  static std::span<const operation> operations();

  void write_event(json_writer& to, const simulated_event& event, const simulation_result& all, std::size_t place,
                   const escalation_question& asked, const std::vector<dated_graph>& versions);
  void write_attempts(json_writer& to, const simulation_result& all, std::size_t place,
                      const escalation_question& asked);
  void write_people(json_writer& to, std::string_view name, const std::vector<person_ref>& people) const;

  const zone_data* zones_;
  oncall_session duty_;
  std::map<std::string, team> teams_;
  std::map<std::string, service> services_;
  std::map<std::string, role_holders> roles_;
  std::map<std::string, std::string> managers_;
  std::vector<business_calendar_definition> calendar_definitions_;
  std::unique_ptr<calendar_book> calendars_;  // of what was defined so far
  std::map<std::string, std::vector<dated<escalation_policy>>> policies_;
  std::map<std::string, std::vector<std::unique_ptr<escalation_graph>>> graphs_;  // of what was defined so far
};

// What a line may define and ask beside those of duty. A policy has the members of `escalation_policy_beside`, too.
std::span<const tagged_type> escalation_definition_types();
std::span<const tagged_type> escalation_question_types();
std::span<const field_row> escalation_policy_beside();

// Lines in, lines out, as answer_oncall_lines.
std::string answer_escalation_lines(std::string_view book, std::string_view lines,
                                    const zone_data& zones = zone_data::bundled());

}  // namespace tocsin::inline v1
