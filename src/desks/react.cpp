#include "desk/react.hpp"

#include <tocsin/desk/slice.hpp>
#include <tocsin/sla/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// Says what a clock has come to. Only the reactor to clocks says so, of a record on which it has nothing to arrange; no
// condition and no policy looks at it.
bool is_of_clock(const event_body& body) {
  return body.holds<clock_changed>() || body.holds<sla_threshold_reached>() || body.holds<sla_breached>() ||
         body.holds<sla_breach_lifted>() || body.holds<sla_notice>();
}

bool tell_only_of_clocks(std::span<const event> news, record_ref record) {
  return std::ranges::all_of(news, [&](const event& e) { return !(e.record == record) || is_of_clock(e.body); });
}

}  // namespace

void react(std::span<const event> so_far, std::size_t news_at, const decision& given, std::vector<event>& more) {
  const std::span<const event> news = so_far.subspan(news_at);
  std::uint64_t last = 0;  // most entries touch one record
  for (std::size_t i = 0; i < news.size(); ++i) {
    const record_ref record = news[i].record;
    if (!record || record.id == last) continue;
    last = record.id;
    const bool seen = std::ranges::any_of(news.first(i), [&](const event& e) { return e.record == record; });
    if (seen) continue;
    const incident_ptr now = given.records.find(record);
    const bool clocks_spoke = tell_only_of_clocks(news.subspan(i), record);
    if (clocks_spoke && news_at != 0) {  // the others have seen the record as it is, in the round before
      react_by_escalation(*now, given, news, more);
      continue;
    }
    const std::size_t before = more.size();
    react_by_class(*now, given, more);
    if (awaits_assignment(*now, given, so_far)) {  // the others see it with its class, and with whom it was given to
      if (more.size() == before) react_by_assignment(*now, given, more);
      continue;
    }
    react_by_workflow(*now, given, more);
    react_by_tasks(*now, given, more);
    react_by_monitoring(*now, given, more);
    if (!clocks_spoke) react_by_sla(*now, given, more);
    react_by_escalation(*now, given, news, more);
    react_by_major_incident(*now, given, news, more);
    react_by_communication(*now, given, news, more);
    react_by_review(*now, given, news, more);
    react_by_playbook(*now, given, news, more);
    for (const slice* s : host_slices()) {
      if (s->react) s->react(*now, {given, news, more});
    }
  }
  react_by_links(news, given, more);
  react_by_problem(news, given, more);
  react_by_change(news, given, more);
  if (more.empty()) react_by_recurrence(so_far, given, more);
  if (more.empty()) react_by_automation(so_far, given, more);
}

}  // namespace tocsin::inline v1
