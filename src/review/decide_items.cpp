// Action items: given, completed, verified, dropped (R-C31).
#include "decide.hpp"

#include "incident/decide.hpp"

namespace tocsin::inline v1 {
namespace {

const std::vector<action_item>& items_of(const incident& review) {
  return review.part_or_empty<record_review>().action_items;
}

const action_item& item_of(const deciding& d, const incident& r, std::uint32_t number) {
  const std::vector<action_item>& all = items_of(r);
  if (number >= 1 && number <= all.size()) return all[number - 1];
  throw error(
      status::not_found, "review.unknown_action_item",
      d.name_of(r) + " has no action item " + std::to_string(number) + ", it has " + std::to_string(all.size()));
}

std::string_view name_of(action_item_state state) { return choices(state)[static_cast<std::size_t>(state) - 1]; }

void demand_state(deciding& d, const action_item& item, bool met, const std::string& allowed) {
  d.against.unless(met, "review.action_item_state",
                   "action item " + std::to_string(item.item) + " is " + std::string(name_of(item.state)) +
                       ", allowed is " + allowed);
}

void tell(deciding& d, const incident& r, action_item_cause cause, std::uint32_t item, person_ref person,
          team_ref team) {
  if (person || team) d.notify(r, action_item_notice{cause, item, person, team});
}

template <class Make>
void each_left(const incident& record, plausible_commands& to, Make make) {
  to.none = "it has no such action item";
  for (const action_item& one : items_of(record)) {
    if (is_left(one.state)) to.commands.push_back(make(one.item));
  }
}

}  // namespace

void plausible_item(const incident& record, plausible_commands& to) {
  add_action_item asked{.review = {record.id}, .text = "x", .due_at = instant_max};
  asked.owner = host_person;
  to.commands.push_back(asked);
}

void plausible_completion(const incident& record, plausible_commands& to) {
  each_left(record, to, [&](std::uint32_t item) { return complete_action_item{{record.id}, item, {}}; });
}

void plausible_verification(const incident& record, plausible_commands& to) {
  each_left(record, to, [&](std::uint32_t item) { return verify_action_item{{record.id}, item, {1}, {}}; });
}

void plausible_dropping(const incident& record, plausible_commands& to) {
  each_left(record, to, [&](std::uint32_t item) { return drop_action_item{{record.id}, item, "x"}; });
}

void decide(const add_action_item& c, deciding& d) {
  const incident& r = review_of(d, c.review, "add_action_item");
  const std::size_t count = items_of(r).size();
  d.against.unless(count < limits::action_items_max, "review.too_many",
                   "a review has at most " + std::to_string(limits::action_items_max) + " action items");
  d.against.unless(c.owner || c.team, "review.no_owner", "owner or team says who does it");
  d.against.unless(c.due_at > d.given.recorded_at, "review.due_passed", "due_at has passed already");
  check_in_use(d, {}, {}, c.team);
  const auto number = static_cast<std::uint32_t>(count + 1);
  d.emit(c.review, action_item_added{number, c.text, c.owner, c.team, c.due_at, c.priority, c.verification});
  tell(d, r, action_item_cause::given, number, c.owner, c.team);
}

void decide(const complete_action_item& c, deciding& d) {
  const incident& r = review_of(d, c.review, "complete_action_item");
  const action_item& item = item_of(d, r, c.item);
  demand_state(d, item, item.state == action_item_state::open, "open");
  d.emit(c.review, action_item_completed{c.item, c.note});
  tell(d, r, action_item_cause::completed, c.item, r.assignee, r.team);
}

void decide(const verify_action_item& c, deciding& d) {
  const incident& r = review_of(d, c.review, "verify_action_item");
  const action_item& item = item_of(d, r, c.item);
  demand_state(d, item, item.state == action_item_state::completed, "completed");
  const bool worked = c.worked.value == 1;
  d.emit(c.review, action_item_verified{c.item, worked, c.note});
  if (!worked) tell(d, r, action_item_cause::did_not_work, c.item, item.owner, item.team);
}

void decide(const drop_action_item& c, deciding& d) {
  const incident& r = review_of(d, c.review, "drop_action_item");
  const action_item& item = item_of(d, r, c.item);
  demand_state(d, item, is_left(item.state), "open or completed");
  d.emit(c.review, action_item_dropped{c.item, c.reason});
}

}  // namespace tocsin::inline v1
