// What is written down of the response: decisions, actions, and who is in the situation room (R-C26, R-C29).
#include "decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

const record_major_incident& part_of(const incident& r) { return r.part_or_empty<record_major_incident>(); }

void check_room_for_more(deciding& d, std::size_t count, std::size_t most, const std::string& what) {
  d.against.unless(count < most, "major.too_many", "a major incident has at most " + std::to_string(most) + " " + what);
}

// As an option is written, and each once.
void check_options(deciding& d, const log_decision& c) {
  for (auto it = c.options.begin(); it != c.options.end(); ++it) {
    d.against.unless(std::find(c.options.begin(), it, *it) == it, "major.option_twice",
                     "the option \"" + *it + "\" is there twice");
  }
  const bool known = c.chosen.empty() || c.options.empty() || std::ranges::find(c.options, c.chosen) != c.options.end();
  d.against.unless(known, "major.chosen_unknown", "\"" + c.chosen + "\" is none of the options");
}

void check_times(deciding& d, const log_action& c, instant ended_at) {
  d.against.unless(is_set(c.began_at) || !is_set(c.ended_at), "major.action_times", "ended_at needs began_at");
  if (!is_set(c.began_at)) return;
  d.against.unless(ended_at <= d.given.recorded_at, "major.action_times", "ended_at has not come yet");
  d.against.unless(c.began_at <= ended_at, "major.action_times", "it would have ended before it began");
}

person_ref or_actor(person_ref named, const deciding& d) { return named ? named : d.given.actor; }

}  // namespace

void plausible_decision(const incident& record, plausible_commands& to) {
  to.commands.push_back(log_decision{.incident = {record.id}, .text = "x"});
}

void plausible_action(const incident& record, plausible_commands& to) {
  to.commands.push_back(log_action{.incident = {record.id}, .kind = action_kind::technical, .text = "x"});
}

void plausible_room(const incident& record, plausible_commands& to) {
  for (const char* reference : {"x", "y"}) to.commands.push_back(open_situation_room{{record.id}, reference});
}

void plausible_joining(const incident& record, plausible_commands& to) {
  to.commands.push_back(join_room{{record.id}, {}});
}

void plausible_leaving(const incident& record, plausible_commands& to) {
  to.none = "nobody is in its situation room";
  for (const room_stay& one : part_of(record).room_stays) {
    if (!is_set(one.until)) to.commands.push_back(leave_room{{record.id}, one.person});
  }
}

void decide(const log_decision& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "log_decision");
  const std::size_t count = part_of(r).response_decisions.size();
  check_room_for_more(d, count, limits::response_decisions_max, "decisions");
  check_options(d, c);
  d.emit(c.incident, decision_logged{static_cast<std::uint32_t>(count + 1), c.text, c.options, c.chosen, c.reason,
                                     c.data_seen, or_actor(c.decider, d)});
}

void decide(const log_action& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "log_action");
  const std::size_t count = part_of(r).response_actions.size();
  check_room_for_more(d, count, limits::response_actions_max, "actions");
  const instant ended_at = is_set(c.ended_at) || !is_set(c.began_at) ? c.ended_at : d.effective(r);
  check_times(d, c, ended_at);
  d.emit(c.incident,
         action_logged{static_cast<std::uint32_t>(count + 1), c.kind, c.text, or_actor(c.by, d), c.began_at, ended_at});
}

void decide(const open_situation_room& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "open_situation_room");
  const bool same = is_set(part_of(r).room_opened_at) && part_of(r).room_reference == c.reference;
  d.against.unless(!same, "major.unchanged", "the situation room is there already");
  d.emit(c.incident, situation_room_opened{c.reference});
}

void decide(const join_room& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "join_room");
  const person_ref person = or_actor(c.person, d);
  d.against.unless(is_set(part_of(r).room_opened_at), "major.no_room",
                   "it has no situation room; open_situation_room says where it is");
  d.against.unless(!find_in_room(part_of(r).room_stays, person), "major.in_room",
                   d.person_name(person) + " is there already");
  check_room_for_more(d, part_of(r).room_stays.size(), limits::room_stays_max, "stays in its situation room");
  d.emit(c.incident, room_joined{person});
}

void decide(const leave_room& c, deciding& d) {
  const incident& r = major_of(d, c.incident, "leave_room");
  const person_ref person = or_actor(c.person, d);
  d.against.unless(find_in_room(part_of(r).room_stays, person) != nullptr, "major.not_in_room",
                   d.person_name(person) + " is not there");
  d.emit(c.incident, room_left{person});
}

}  // namespace tocsin::inline v1
