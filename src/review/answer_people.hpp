// What people are called in a report: by their names, or by what they were there for (M3).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <tocsin/desk/answer_context.hpp>
#include <tocsin/review/blameless.hpp>
#include <tocsin/review/incident_story.hpp>

namespace tocsin::inline v1 {

class report_people {
 public:
  // Those of the incident and of its review, either of which may be missing.
  report_people(const answer_context& c, bool blameless, const incident* record, const incident* review,
                std::span<const milestone> story);

  bool is_blameless() const { return blameless_; }
  std::string person(person_ref who);       // empty for nobody
  std::string text(std::string_view text);  // as it is, or without names

 private:
  void learn_names();
  void call_by_roles(const incident& record);
  void call_by_team(team_ref team);
  void call_by_approval(const incident& review);
  void learn_parts(person_ref who);
  void learn_parts_of(const incident* record, const incident* review, std::span<const milestone> story);

  const answer_context& c_;
  bool blameless_;
  blameless_names names_;
};

}  // namespace tocsin::inline v1
