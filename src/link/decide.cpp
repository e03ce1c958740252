// Links between records, and duplicates (R-C12, L8, P6).
#include "decide.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/commands.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>

#include "desk/link_walk.hpp"
#include "incident/decide.hpp"
#include "workflow/decide_move.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_family(link_kind kind) { return kind == link_kind::parent_of || kind == link_kind::child_of; }
bool is_of_duplicates(link_kind kind) { return kind == link_kind::duplicate_of || kind == link_kind::has_duplicate; }

// Those beside children, duplicates and what it causes.
std::size_t count_plain_links(const incident& record) {
  return static_cast<std::size_t>(std::ranges::count_if(links_of(record), [](const record_link& l) {
    return l.kind != link_kind::parent_of && l.kind != link_kind::has_duplicate && l.kind != link_kind::cause_of;
  }));
}

std::vector<record_ref> duplicates_of(const incident& record) {
  std::vector<record_ref> all;
  for (const record_link& link : links_of(record)) {
    if (link.kind == link_kind::has_duplicate) all.push_back(link.record);
  }
  return all;
}

// Of a record that the command does not name, and changes all the same (D9). A hidden one is not named here either.
void demand_may(const deciding& d, const command_type& type, const incident& r) {
  if (may_command(d.state, type, d.given.actor, &r, d.given.at)) return;
  const bool hidden = is_hidden(d.state, r, d.given.actor);
  refuse_permission(d.person_name(d.given.actor), type.name, hidden ? std::string() : d.name_of(r));
}

// The other end: a record of the desk, or something outside, and not both.
void check_other_end(record_ref other, outside_kind outside, const std::string& key) {
  const bool is_outside = outside != outside_kind::unset && !key.empty();
  const bool is_half = (outside != outside_kind::unset) != !key.empty();
  if (is_half || is_outside == static_cast<bool>(other)) refuse_empty("either other, or outside and outside_key");
}

// A problem is no incident, nor a change a problem.
bool is_of_one_kind(const desk_state& state, const incident& one, const incident& other) {
  const record_base a = state.definitions.base_of(one);
  const record_base b = state.definitions.base_of(other);
  return a == b || (a < record_base::problem && b < record_base::problem);
}

void check_duplicates(deciding& d, const incident& original, std::size_t more) {
  d.against.unless(count_family_duplicates(d.given.records, original) + more <= limits::duplicates_max, "link.too_many",
                   d.name_of(original) + " and its family would have more than " +
                       std::to_string(limits::duplicates_max) + " duplicates");
}

// A parent and its children are two levels, never more (L8): so there are no loops either.
void check_family(deciding& d, const incident& parent, const incident& child) {
  const auto& above = links_of(parent);
  const auto& below = links_of(child);
  for (const incident* r : {&parent, &child}) {
    d.against.unless(!is_final(r->state_kind), "record.frozen", d.name_of(*r) + " is " + d.state_name(*r));
  }
  d.against.unless(!find_link(above, link_kind::child_of), "link.child_as_parent",
                   d.name_of(parent) + " is a child, and a child cannot be a parent");
  d.against.unless(!find_link(below, link_kind::parent_of), "link.child_as_parent",
                   d.name_of(child) + " has children, and a child cannot be a parent");
  d.against.unless(!find_link(below, link_kind::child_of), "link.second_parent",
                   d.name_of(child) + " has a parent already");
  d.against.unless(count_links(above, link_kind::parent_of) < limits::children_max, "link.too_many",
                   d.name_of(parent) + " has " + std::to_string(limits::children_max) + " children, which is the most");
  check_duplicates(d, parent, count_links(below, link_kind::has_duplicate));
}

void check_circle(deciding& d, const incident& from, const incident& to, link_kind kind) {
  const std::vector<record_ref> way = find_link_way(d.given.records, {to.id}, {from.id}, kind);
  if (way.empty()) return;
  std::string circle = ": " + d.name_of(from);
  for (const record_ref step : way) {
    const incident_ptr record = d.given.records.find(step);
    if (is_hidden(d.state, *record,
                  d.given.actor)) {  // it is not there, so the way is not shown
      circle.clear();
      break;
    }
    circle += " -> " + d.name_of(*record);
  }
  d.against.add("link.circle", "the links would go round in a circle" + circle);
}

}  // namespace

bool has_link(const incident& record, const record_link& wanted) {
  return std::ranges::any_of(links_of(record), [&](const record_link& l) { return same_link(l, wanted); });
}

void check_room_for_link(const incident& record, const std::string& name, objections& against) {
  against.unless(count_plain_links(record) < limits::links_per_record_max, "link.too_many",
                 name + " has " + std::to_string(limits::links_per_record_max) + " links, which is the most");
  against.unless(count_links(links_of(record), link_kind::cause_of) < limits::caused_max, "link.too_many",
                 name + " causes " + std::to_string(limits::caused_max) + " records, which is the most");
}

void decide(const link_records& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "link_records");
  check_other_end(c.other, c.outside, c.outside_key);
  d.refuse_as("link_records", r);
  d.against.unless(!is_of_duplicates(c.kind), "link.kind", "mark_duplicate says that a record is a duplicate");
  const record_link here{c.kind, c.other, c.outside, c.outside_key};
  d.against.unless(!has_link(r, here), "link.exists", "they are linked like that already");
  if (!is_family(c.kind)) check_room_for_link(r, d.name_of(r), d.against);
  if (!c.other) {
    d.against.unless(!is_family(c.kind), "link.kind", "parents and children are records of the desk");
    d.emit(c.incident, records_linked{c.kind, {}, c.outside, c.outside_key, c.note});
    return;
  }
  const incident_ptr o = d.other_record(c.other);
  d.against.unless(o->id != r.id, "link.to_itself", "a record is not linked to itself");
  if (is_family(c.kind)) {
    check_family(d, c.kind == link_kind::parent_of ? r : *o, c.kind == link_kind::parent_of ? *o : r);
  } else {
    check_room_for_link(*o, d.name_of(*o), d.against);
  }
  if (is_directed(c.kind) && o->id != r.id) check_circle(d, r, *o, c.kind);
  d.emit(c.incident, records_linked{c.kind, c.other, {}, {}, c.note});
  d.emit(c.other, records_linked{inverse(c.kind), c.incident, {}, {}, c.note});
}

void decide(const unlink_records& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "unlink_records");
  check_other_end(c.other, c.outside, c.outside_key);
  d.refuse_as("unlink_records", r);
  d.against.unless(has_link(r, {c.kind, c.other, c.outside, c.outside_key}), "link.unknown",
                   "they are not linked like that");
  d.emit(c.incident, records_unlinked{c.kind, c.other, c.outside, c.outside_key, c.reason});
  if (c.other) d.emit(c.other, records_unlinked{inverse(c.kind), c.incident, {}, {}, c.reason});
}

// It ends as a cancelled one, with that cause: its own clocks end so, too (L8).
void decide(const mark_duplicate& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "mark_duplicate");
  const cancel_incident cancel{c.incident, c.reason};
  const bool has_own_move = static_cast<bool>(d.workflow_of(r).target(verb::mark_duplicate, r.state));
  const workflow_move& m =
      has_own_move ? make_move(d, r, verb::mark_duplicate, &c) : make_move(d, r, verb::cancel, &cancel);
  d.refuse_as("mark_duplicate", r);
  d.against.unless(d.is_worked_on(r), "record.not_worked_on", d.nobody_works_on(r));
  if (m.required.empty())
    d.made = {};  // the guards have seen the command; it does not live as long
                  // as this
  d.made.body = nullptr;
  incident_ptr original = d.other_record(c.of);
  if (const record_link* up = find_link(links_of(*original), link_kind::duplicate_of)) {
    const incident_ptr above = d.other_record(up->record);
    if (!is_hidden(d.state, *above, d.given.actor)) original = above;
    demand_may(d, mark_duplicate::descriptor, *original);
  }
  d.against.unless(original->id != r.id, "duplicate.of_itself", "it would be a duplicate of itself");
  d.against.unless(is_of_one_kind(d.state, r, *original), "duplicate.of_another_kind",
                   d.name_of(*original) + " is " + std::string(d.type_name(original->type)) +
                       ", and only a problem is a duplicate of a problem, only a change of a change");
  d.against.unless(!is_final(original->state_kind), "duplicate.original_ended",
                   d.name_of(*original) + " is " + d.state_name(*original) + ", so nothing more will come of it");
  d.against.unless(!find_link(links_of(r), link_kind::parent_of), "duplicate.has_children",
                   "it has children; link them to " + d.name_of(*original) + " first");
  std::vector<record_ref> followers = duplicates_of(r);
  for (const record_ref follower : followers) {
    if (const incident_ptr known = d.given.records.find(follower)) demand_may(d, mark_duplicate::descriptor, *known);
  }
  check_duplicates(d, *original, followers.size() + 1);
  const record_ref to{original->id};
  d.emit(c.incident, duplicate_marked{to, c.reason, m.to, m.to_kind});
  const bool may_know = !r.caller || !is_hidden(d.state, *original, r.caller);
  tell_requester(d, r, {notice_cause::duplicate, no_instant, may_know ? to : record_ref{}});
  for (const record_ref follower : followers) d.emit(follower, original_changed{to});
  if (!followers.empty()) d.emit(c.incident, duplicates_lost{followers});
  followers.insert(followers.begin(), c.incident);
  d.emit(to, duplicates_gained{std::move(followers)});
}

}  // namespace tocsin::inline v1
