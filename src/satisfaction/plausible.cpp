// The command about satisfaction as somebody might give it.
#include <tocsin/desk/state.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/satisfaction.hpp>
#include <tocsin/satisfaction/commands.hpp>

#include "decide.hpp"

namespace tocsin::inline v1 {
namespace {

// What stands against an answer about this record; nothing is said of one that goes to another (R-C45).
void look_at_resolution(const incident& record, plausible_commands& to) {
  if (find_link(links_of(record), link_kind::duplicate_of) || record.state_kind == state_kind::resolved) return;
  if (record.state_kind != state_kind::closed) {
    to.against.emplace_back("it is not resolved");
    return;
  }
  const std::int64_t days = days_for_satisfaction(to.state.definitions.workflow_of(record).definition());
  if (to.state.counters.clock < record.closed_at + days * day) return;
  to.against.push_back("it was closed longer ago than " + std::to_string(days) + " days");
}

}  // namespace

void plausible_rating(const incident& record, plausible_commands& to) {
  look_at_resolution(record, to);
  const person_ref last{static_cast<std::uint32_t>(to.state.words.size(word_kind::person))};
  const person_ref who = to.actor.index > host_person.index ? to.actor : last;
  to.commands.push_back(rate_resolution{{record.id}, {1}, {}, who});
}

}  // namespace tocsin::inline v1
