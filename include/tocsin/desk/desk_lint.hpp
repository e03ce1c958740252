// What the linter of escalation policies asks of a desk: whom its definitions mean, and how they are reached (E8).
#pragma once

#include <string_view>
#include <vector>

#include <tocsin/desk/state.hpp>
#include <tocsin/escalation/lint.hpp>

namespace tocsin::inline v1 {

struct definition_warning;
struct definitions_published;

namespace limits {
inline constexpr std::int64_t published_lint_weeks = 4;    // that a publication looks ahead
inline constexpr std::size_t published_findings_max = 20;  // that it says of one policy
}  // namespace limits

// An incident that opens on this desk, as the linter asks about it. Nobody who is retired is paged.
class desk_lint final : public lint_source {
 public:
  // Of an incident with that service and assignee; none: it has none.
  desk_lint(const desk_state& state, service_ref service, person_ref assignee)
      : state_(state), service_(service), assignee_(assignee) {}
  // Of any: that its service has an owner, and its assignee a manager, is taken for granted.
  explicit desk_lint(const desk_state& state) : state_(state), assignee_(anybody) {}

  on_call who(const escalation_target& target, instant at) const override;
  person_ref manager_of(person_ref person, instant) const override;
  person_ref assignee(instant) const override { return assignee_; }
  bool holds(const condition&, const escalation_facts&, instant) const override {
    return true;
  }  // both ways are looked at

  // Where nobody's contacts are published the host knows them, and everybody is taken to have one.
  bool has_usable_contact(person_ref person, tocsin::urgency u) const override;
  duration longest_rule(person_ref person, tocsin::urgency u) const override;
  instant next_change(const escalation_target& target, instant after) const override;

  // What keys mean has been published: else an error that names the first that has not.
  void demand_known(const escalation_policy& policy) const;

 private:
  static constexpr person_ref anybody = host_person;  // nobody pages the host

  std::uint32_t find(word_kind kind, std::string_view key) const { return state_.words.find(kind, key); }
  person_ref person_named(std::string_view key) const { return {find(word_kind::person, key)}; }
  const roster& roster_named(std::string_view key) const;
  std::vector<person_ref> in_service(std::vector<person_ref> people) const;
  std::vector<person_ref> members_of(const team& t) const;
  const team* team_meant(const escalation_target& target) const;
  on_call on_call_for(const team& t, instant at) const;
  on_call owner_of(std::uint32_t service_number, instant at) const;
  bool is_known(const escalation_target& target) const;
  void demand_known(const escalation_node& node, const escalation_target& target) const;

  const desk_state& state_;
  service_ref service_;
  person_ref assignee_;
};

// What is odd about the escalation policies of a publication, over the weeks to come, once it has come into force (E8).
std::vector<definition_warning> escalation_warnings(const definitions_published& changes, const desk_state& state,
                                                    instant now);

}  // namespace tocsin::inline v1
