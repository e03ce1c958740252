#include "answer.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/review/incident_story.hpp>
#include <tocsin/review/review.hpp>

#include "review/answer_people.hpp"
#include "review/answer_report.hpp"
#include "review/answer_story.hpp"

namespace tocsin::inline v1 {
namespace {

void write_moment(const answer_context& c, const milestone& one, report_people& people) {
  c.to.begin_object();
  c.write("at", one.at);
  c.write("kind", one.kind);
  if (people.is_blameless()) {
    if (one.who) c.to.member("who", people.person(one.who));
  } else {
    c.write_if_given("who", one.who);
  }
  if (!one.what.empty()) c.to.member("what", people.text(one.what));
  c.write_if_given("after", one.after);
  if (one.long_gap) c.to.member_boolean("long_gap", true);
  c.to.end_object();
}

void write_time(const answer_context& c, std::string_view name, const std::optional<duration>& taken) {
  if (taken) c.to.member(name, text_of(*taken));
}

}  // namespace

std::span<const field_row> milestones_query::fields() {
  using self = milestones_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident, or its review, by number or id", required),
      row<&self::gap>("gap", "Gaps that are longer are flagged; half an hour where nothing is given",
                      range{1, limits::timeline_gap_max.us}),
      row<&self::blameless>("blameless", "People are called by what they were there for, not by name"),
  };
  return rows;
}

void answer(const answer_context& c, const milestones_query& query) {
  refuse_requesters(c);
  const incident_ptr reviewed = reviewed_incident(c, *c.record);
  const incident* const review = c.record->part<record_review>() ? c.record.get() : nullptr;
  if (!reviewed) {
    throw error(status::failed_precondition, "review.no_incident",
                c.d.show_number(c.record->number) + " is the review of no incident that can be shown");
  }
  const std::vector<milestone> story = story_of(c, *reviewed, query.gap);
  report_people people(c, query.blameless, reviewed.get(), review, story);
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(reviewed->number));
  c.to.key("milestones");
  c.to.begin_array();
  for (const milestone& one : story) write_moment(c, one, people);
  c.to.end_array();
  const response_times times = times_of(story);
  write_time(c, "to_detect", times.to_detect);
  write_time(c, "to_acknowledge", times.to_acknowledge);
  write_time(c, "to_mitigate", times.to_mitigate);
  write_time(c, "to_resolve", times.to_resolve);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
