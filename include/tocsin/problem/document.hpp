// Recurrence without a desk, in JSON documents: lines that define rules and incidents, and say what became of proposals,
// and lines that ask. docs/recurrence.md has the forms, each with an example.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/problem/recurrence.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::int64_t listed_groups_max = 10'000;  // that one question may answer
}  // namespace limits

enum class recurring_type : std::uint8_t { unset, incident, request };
std::span<const std::string_view> choices(recurring_type);

// An incident as far as recurrence looks at it.
struct recurring_incident {
  std::string key;
  recurring_type type = recurring_type::incident;
  instant opened_at = no_instant;
  std::string title;
  std::string description;
  std::vector<std::string> category;
  std::string service;
  std::vector<std::string> items;
  std::vector<std::string> error_codes;
  std::string fingerprint;
  std::string customer;
  std::string caller;
  std::string team;
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  tocsin::priority priority = priority::unset;
  state_kind state = state_kind::unset;
  std::string duplicate_of;
  std::string parent;

  static std::span<const field_row> fields();
};

// Requests, duplicates, cancelled incidents and children do not.
bool counts(const recurring_incident& incident);
recurrence_traits traits_of(const recurring_incident& incident);

enum class proposal_state : std::uint8_t { unset, open, accepted, rejected, merged };
std::span<const std::string_view> choices(proposal_state);

// What somebody has decided of a proposal.
struct proposal_decision {
  std::int64_t proposal = 0;
  proposal_state outcome = proposal_state::unset;
  instant at = no_instant;
  std::string problem;    // that it becomes, or goes into
  std::int64_t into = 0;  // the proposal that it goes into
  std::string reason;

  static std::span<const field_row> fields();
};

struct known_problem {
  std::string key;
  optional_truth open;

  static std::span<const field_row> fields();
};

// A problem that is proposed.
struct problem_proposal {
  std::int64_t number = 0;
  std::string rule;
  std::string group;
  instant proposed_at = no_instant;  // when the incident that made it was opened
  std::vector<std::uint64_t> incidents;
  std::size_t proposed_count = 0;  // those after have joined
  recurrence_evidence evidence;
  proposal_state state = proposal_state::open;
  proposal_decision decision;
};

struct recurrence_question {
  std::string rule;
  proposal_state state = proposal_state::unset;
  instant at = no_instant;
  instant from = no_instant;
  instant until = no_instant;
  std::int64_t least = 1;
  std::int64_t limit = 100;
  recurrence_dimension by = recurrence_dimension::unset;
  std::int64_t category_level = 0;
  std::string title;
};

// What the lines said so far.
class recurrence_session {
 public:
  recurrence_session();

  std::string answer(std::string_view line);   // an object, or {"error": ...}, and then nothing has changed
  std::string execute(std::string_view line);  // as above, but what is wrong is thrown

 private:
  struct active_rule {
    recurrence_rule rule;
    std::optional<tocsin::condition> condition;
    recurrence_groups groups;
    symptom_index symptoms{100};
  };
  // Of a group of a rule.
  struct standing {
    std::int64_t proposal = 0;         // the last one
    instant rejected_at = no_instant;  // the last of those before it that were
  };
  struct current {
    std::int64_t open_proposal = 0;  // the group has it, or the problem that it became
    instant rejected_at = no_instant;
  };

  std::string define(std::string_view line);
  std::string ask(std::string_view line);
  void write_groups(json_writer& to, const recurrence_question& asked) const;
  void write_pareto(json_writer& to, const recurrence_question& asked) const;
  void write_proposals(json_writer& to, const recurrence_question& asked) const;

  std::string put(const recurrence_rule& rule);
  std::string put(recurring_incident&& incident);
  std::string put(const known_problem& problem);
  std::string put(const proposal_decision& decision);
  void check(const proposal_decision& decision) const;

  bool is_about(const active_rule& rule, const recurring_incident& incident) const;
  std::vector<std::string> take_up(active_rule& rule, std::uint64_t id, recurrence_traits traits);
  void log(active_rule& rule, std::uint64_t id, const std::vector<std::string>& groups, json_writer& proposed,
           json_writer& joined);
  problem_proposal& propose(const active_rule& rule, const std::string& group,
                            std::span<const recurrence_groups::opened> found);
  current current_of(const standing& group) const;
  const problem_proposal& last_of(std::int64_t number) const;  // where its mergers lead
  bool is_open(const problem_proposal& proposal) const;
  void write(json_writer& to, const problem_proposal& proposal) const;
  const active_rule& rule_named(const std::string& key) const;

  condition_schema schema_;
  std::map<std::string, active_rule> rules_;
  std::vector<recurring_incident> incidents_;
  std::unordered_map<std::string, std::uint64_t> by_key_;
  std::vector<problem_proposal> proposals_;
  std::map<std::pair<std::string, std::string>, standing> standings_;  // of rule and group
  std::map<std::string, bool> problems_;                               // is it open
};

// What a line may define, and what it may ask, for schemas: the tags "define" and "operation".
std::span<const tagged_type> recurrence_definition_types();
std::span<const tagged_type> recurrence_question_types();

// Lines in, lines out: one answer for each of `lines`, to what `book` and the lines before it define. Blank lines have
// no answer. `book` is lines too; a line of it that cannot be is an error, with its number in the detail.
std::string answer_recurrence_lines(std::string_view book, std::string_view lines);

}  // namespace tocsin::inline v1
