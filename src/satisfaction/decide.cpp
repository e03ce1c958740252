// How satisfied people are with a resolution (R-P18, R-C45).
#include "decide.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/satisfaction.hpp>
#include <tocsin/satisfaction/commands.hpp>
#include <tocsin/satisfaction/events.hpp>

#include <tocsin/desk/deciding.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// Called about it, or about a duplicate of it.
bool is_requester(const record_lookup& records, const incident& r, person_ref person) {
  return r.caller == person || std::ranges::any_of(links_of(r), [&](const record_link& link) {
           if (link.kind != link_kind::has_duplicate) return false;
           const incident_ptr duplicate = records.find(link.record);
           return duplicate && duplicate->caller == person;
         });
}

bool has_answered(const incident& r, std::uint32_t cycle, person_ref person) {
  return std::ranges::any_of(satisfaction_of(r),
                             [&](const satisfaction_answer& a) { return a.cycle == cycle && a.person == person; });
}

}  // namespace

// Whoever reported a duplicate answers about the record that it is a duplicate of: they were told of no other resolution.
void decide(const rate_resolution& c, deciding& d) {
  const incident& named = d.record_of(c.incident);
  d.refuse_as("rate_resolution", named);
  const record_link* up = find_link(links_of(named), link_kind::duplicate_of);
  incident_ptr original = up ? d.other_record(up->record) : nullptr;
  if (original && is_hidden(d.state, *original, d.given.actor)) original = nullptr;  // it is not there
  const incident& r = original ? *original : named;
  const person_ref person = c.person ? c.person : d.given.actor;
  const bool by_host = d.given.actor.index <= host_person.index;
  if (person.index <= host_person.index) {
    throw missing_field("/person", "rate_resolution",
                        "whose answer it is, as the embedding program has none of its own");
  }
  d.against.unless(by_host || person == d.given.actor, "satisfaction.of_another",
                   "an answer is one's own, or passed on by the host");
  const bool closed = r.state_kind == state_kind::closed;
  d.against.unless(
      closed || r.state_kind == state_kind::resolved, "incident.not_resolved",
      "the state of " + d.name_of(r) + " is " + d.state_name(r) + ", so there is no resolution to answer about");
  const std::int64_t days = days_for_satisfaction(d.workflow_of(r).definition());
  d.against.unless(!closed || d.given.at < r.closed_at + days * day, "satisfaction.window_over",
                   d.name_of(r) + " was closed longer ago than the " + std::to_string(days) +
                       " days for which its workflow takes answers");
  const std::uint32_t cycle = r.reopen_count + 1;
  d.against.unless(
      satisfaction_of(r).size() < limits::satisfaction_answers_max || has_answered(r, cycle, person),
      "satisfaction.too_many",
      d.name_of(r) + " has " + std::to_string(limits::satisfaction_answers_max) + " answers, which is the most");
  if (!d.against.empty()) return;
  d.emit({r.id}, resolution_rated{cycle, person, is_requester(d.given.records, r, person), c.score.value, c.comment,
                                  closed, original ? c.incident : record_ref{}});
}

}  // namespace tocsin::inline v1
