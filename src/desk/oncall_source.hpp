// Whom an escalation means, by what a desk has published: people, teams, schedules, roles,
// owners of services, managers (E1, E5).
#pragma once

#include <string_view>
#include <vector>

#include <tocsin/desk/state.hpp>
#include <tocsin/escalation/run.hpp>
#include <tocsin/oncall/contact.hpp>

namespace tocsin::inline v1 {

class desk_oncall final : public oncall_source {
 public:
  desk_oncall(const desk_state& state, const incident& record)
      : state_(state), record_(record), assignee_(record.assignee) {}

  on_call who(const escalation_target& target, instant at) const override;
  person_ref manager_of(person_ref person, instant at) const override;
  person_ref assignee(instant) const override { return assignee_; }
  bool holds(const condition& c, const escalation_facts& facts, instant at) const override;

  // From now on, though the record does not show it yet.
  void assign(person_ref assignee) { assignee_ = assignee; }

 private:
  std::vector<person_ref> person_named(std::string_view key) const;
  std::vector<person_ref> members_of(std::string_view team_key) const;
  on_call on_call_of(std::string_view schedule_key, instant at) const;
  std::vector<person_ref> people_in(std::string_view role_key, instant at) const;
  void drop_retired(std::vector<person_ref>& people) const;
  on_call on_call_for(std::string_view team_key, instant at) const;
  on_call owners_of(std::string_view service_key, instant at) const;

  const desk_state& state_;
  const incident& record_;
  person_ref assignee_;
};

// How the person is reached; null where nothing is known of it: the host decides.
const contact_profile* contact_of(const desk_state& state, person_ref person);

// To whom the person reports; none where nobody is known who is in service.
person_ref manager_of(const desk_state& state, person_ref person);

}  // namespace tocsin::inline v1
