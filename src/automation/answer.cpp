#include "answer.hpp"

#include <tocsin/desk/history.hpp>
#include <tocsin/model/incident.hpp>

#include "automation/answer_story.hpp"

namespace tocsin::inline v1 {

std::span<const field_row> automation_runs_query::fields() {
  using self = automation_runs_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record by number or id", required),
  };
  return rows;
}

void answer(const answer_context& c, const automation_runs_query&) {
  automation_story story;
  for (const entry& e : read_chain(c.d.storage(), *c.record, UINT64_MAX)) story.add(e, record_ref{c.record->id});
  const record_automation& on = c.record->part_or_empty<record_automation>();
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(c.record->number));
  write_story(c, story, c.names);
  c.write("suspensions", on.automation_suspensions);
  c.write("requests", on.automation_requests);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
