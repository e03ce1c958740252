// Links between records, and duplicates (R-C12, L8, P6).
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/commands.hpp>
#include <tocsin/link/events.hpp>

#include "desk/deciding.hpp"
#include "desk/link_walk.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_family(link_kind kind) { return kind == link_kind::parent_of || kind == link_kind::child_of; }
bool is_of_duplicates(link_kind kind) { return kind == link_kind::duplicate_of || kind == link_kind::has_duplicate; }

bool has_link(const incident& record, const record_link& wanted) {
  return std::ranges::any_of(details_of(record).links, [&](const record_link& l) { return same_link(l, wanted); });
}

// Those beside children and duplicates.
std::size_t count_plain_links(const incident& record) {
  return static_cast<std::size_t>(std::ranges::count_if(details_of(record).links, [](const record_link& l) {
    return l.kind != link_kind::parent_of && l.kind != link_kind::has_duplicate;
  }));
}

void check_room(const incident& record, const std::string& name, objections& against) {
  against.unless(count_plain_links(record) < limits::links_per_record_max, "link.too_many",
                 name + " has " + std::to_string(limits::links_per_record_max) + " links, which is the most");
}

std::vector<record_ref> duplicates_of(const incident& record) {
  std::vector<record_ref> all;
  for (const record_link& link : details_of(record).links) {
    if (link.kind == link_kind::has_duplicate) all.push_back(link.record);
  }
  return all;
}

}  // namespace

incident_ptr deciding::other_record(record_ref ref) const {
  incident_ptr found = given_.records.find(ref);
  if (!found) refuse_unknown_record(ref);
  return found;
}

// Of a record that the command does not name, and changes all the same (D9). A hidden one is not named here either.
void deciding::demand_may(const command_type& type, const incident& r) const {
  if (may_command(state_, type, given_.actor, &r, given_.at)) return;
  const bool hidden = is_hidden(state_, r, given_.actor);
  refuse_permission(person_name(given_.actor), type.name, hidden ? std::string() : name_of(r));
}

// The other end: a record of the desk, or something outside, and not both.
void deciding::check_other_end(record_ref other, outside_kind outside, const std::string& key) const {
  const bool is_outside = outside != outside_kind::unset && !key.empty();
  const bool is_half = (outside != outside_kind::unset) != !key.empty();
  if (is_half || is_outside == static_cast<bool>(other)) refuse_empty("either other, or outside and outside_key");
}

void deciding::operator()(const link_records& c) {
  const incident& r = open_or_resolved(c.incident, "link_records");
  check_other_end(c.other, c.outside, c.outside_key);
  refuse_as("link_records", r);
  against_.unless(!is_of_duplicates(c.kind), "link.kind", "mark_duplicate says that a record is a duplicate");
  const record_link here{c.kind, c.other, c.outside, c.outside_key};
  against_.unless(!has_link(r, here), "link.exists", "they are linked like that already");
  if (!is_family(c.kind)) check_room(r, name_of(r), against_);
  if (!c.other) {
    against_.unless(!is_family(c.kind), "link.kind", "parents and children are records of the desk");
    emit(c.incident, records_linked{c.kind, {}, c.outside, c.outside_key, c.note});
    return;
  }
  const incident_ptr o = other_record(c.other);
  against_.unless(o->id != r.id, "link.to_itself", "a record is not linked to itself");
  if (is_family(c.kind)) {
    check_family(c.kind == link_kind::parent_of ? r : *o, c.kind == link_kind::parent_of ? *o : r);
  } else {
    check_room(*o, name_of(*o), against_);
  }
  if (is_directed(c.kind) && o->id != r.id) check_circle(r, *o, c.kind);
  emit(c.incident, records_linked{c.kind, c.other, {}, {}, c.note});
  emit(c.other, records_linked{inverse(c.kind), c.incident, {}, {}, c.note});
}

// A parent and its children are two levels, never more (L8): so there are no loops either.
void deciding::check_family(const incident& parent, const incident& child) {
  const auto& above = details_of(parent).links;
  const auto& below = details_of(child).links;
  for (const incident* r : {&parent, &child}) {
    against_.unless(!is_final(r->state_kind), "record.frozen", name_of(*r) + " is " + state_name(*r));
  }
  against_.unless(!find_link(above, link_kind::child_of), "link.child_as_parent",
                  name_of(parent) + " is a child, and a child cannot be a parent");
  against_.unless(!find_link(below, link_kind::parent_of), "link.child_as_parent",
                  name_of(child) + " has children, and a child cannot be a parent");
  against_.unless(!find_link(below, link_kind::child_of), "link.second_parent",
                  name_of(child) + " has a parent already");
  against_.unless(count_links(above, link_kind::parent_of) < limits::children_max, "link.too_many",
                  name_of(parent) + " has " + std::to_string(limits::children_max) + " children, which is the most");
  check_duplicates(parent, count_links(below, link_kind::has_duplicate));
}

void deciding::check_duplicates(const incident& original, std::size_t more) {
  against_.unless(count_family_duplicates(given_.records, original) + more <= limits::duplicates_max, "link.too_many",
                  name_of(original) + " and its family would have more than " + std::to_string(limits::duplicates_max) +
                      " duplicates");
}

void deciding::check_circle(const incident& from, const incident& to, link_kind kind) {
  const std::vector<record_ref> way = find_link_way(given_.records, {to.id}, {from.id}, kind);
  if (way.empty()) return;
  std::string circle = ": " + name_of(from);
  for (const record_ref step : way) {
    const incident_ptr record = given_.records.find(step);
    if (is_hidden(state_, *record, given_.actor)) {  // it is not there, so the way is not shown
      circle.clear();
      break;
    }
    circle += " -> " + name_of(*record);
  }
  against_.add("link.circle", "the links would go round in a circle" + circle);
}

void deciding::operator()(const unlink_records& c) {
  const incident& r = open_or_resolved(c.incident, "unlink_records");
  check_other_end(c.other, c.outside, c.outside_key);
  refuse_as("unlink_records", r);
  against_.unless(has_link(r, {c.kind, c.other, c.outside, c.outside_key}), "link.unknown",
                  "they are not linked like that");
  emit(c.incident, records_unlinked{c.kind, c.other, c.outside, c.outside_key, c.reason});
  if (c.other) emit(c.other, records_unlinked{inverse(c.kind), c.incident, {}, {}, c.reason});
}

// It ends as a cancelled one, with that cause: its own clocks end so, too (L8).
void deciding::operator()(const mark_duplicate& c) {
  const incident& r = open_or_resolved(c.incident, "mark_duplicate");
  const cancel_incident cancel{c.incident, c.reason};
  const workflow_move& m = move(r, verb::cancel, &cancel);
  refuse_as("mark_duplicate", r);
  against_.unless(is_worked_on(r), "record.not_worked_on", nobody_works_on(r));
  if (m.required.empty()) made_ = {};  // the guards have seen the command; it does not live as long as this
  made_.body = nullptr;
  incident_ptr original = other_record(c.of);
  if (const record_link* up = find_link(details_of(*original).links, link_kind::duplicate_of)) {
    const incident_ptr above = other_record(up->record);
    if (!is_hidden(state_, *above, given_.actor)) original = above;
    demand_may(mark_duplicate::descriptor, *original);
  }
  against_.unless(original->id != r.id, "duplicate.of_itself", "it would be a duplicate of itself");
  against_.unless(!is_final(original->state_kind), "duplicate.original_ended",
                  name_of(*original) + " is " + state_name(*original) + ", so nothing more will come of it");
  against_.unless(!find_link(details_of(r).links, link_kind::parent_of), "duplicate.has_children",
                  "it has children; link them to " + name_of(*original) + " first");
  std::vector<record_ref> followers = duplicates_of(r);
  for (const record_ref follower : followers) {
    if (const incident_ptr known = given_.records.find(follower)) demand_may(mark_duplicate::descriptor, *known);
  }
  check_duplicates(*original, followers.size() + 1);
  const record_ref to{original->id};
  emit(c.incident, duplicate_marked{to, c.reason, m.to, m.to_kind});
  const bool may_know = !r.caller || !is_hidden(state_, *original, r.caller);
  notify(r, requester_notice{notice_cause::duplicate, no_instant, may_know ? to : record_ref{}});
  for (const record_ref follower : followers) emit(follower, original_changed{to});
  if (!followers.empty()) emit(c.incident, duplicates_lost{followers});
  followers.insert(followers.begin(), c.incident);
  emit(to, duplicates_gained{std::move(followers)});
}

}  // namespace tocsin::inline v1
