// What happens to a record reaches its children, and the requesters of its duplicates. A table says what follows from
// what (L8): closing and cancelling do not reach children, but for the wait that ends with it.
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/workflow/events.hpp>

#include "desk/follow.hpp"
#include "desk/link_walk.hpp"
#include "desk/react.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// An event of a record, and the record as it is after it.
struct happening {
  const event& news;
  const incident& record;
  const decision& given;
  std::vector<event>& more;
};

// ---- children: only what they have of their parent is taken back. Unset: nothing becomes of it.

const record_link& parent_link(const incident& child) { return *find_link(links_of(child), link_kind::child_of); }

verb when_resolved(const happening&, const incident& child) {
  return is_open(child.state_kind) ? verb::resolve : verb::unset;
}

verb when_resumed(const happening&, const incident& child) {
  return child.state_kind == state_kind::on_hold && parent_link(child).held ? verb::resume : verb::unset;
}

// A wait for the caller is a wait for this caller.
verb when_held(const happening& h, const incident& child) {
  const auto& held = h.news.body.get<incident_held>();
  if (h.given.state.definitions.workflow_of(h.record).resumed_by_reply(held.reason)) return when_resumed(h, child);
  const bool waits_by_itself = child.state_kind == state_kind::on_hold && !parent_link(child).held;
  return is_open(child.state_kind) && !waits_by_itself ? verb::hold : verb::unset;
}

verb when_hold_may_end(const happening& h, const incident& child) {
  return h.record.state_kind != state_kind::on_hold ? when_resumed(h, child) : verb::unset;
}

verb when_reopened(const happening& h, const incident& child) {
  const auto& reopened = h.news.body.get<incident_reopened>();
  const bool by_agent = reopened.cause == reopen_cause::by_agent || reopened.cause == reopen_cause::verification_failed;
  const bool by_parent = child.state_kind == state_kind::resolved && parent_link(child).resolved;
  return by_agent && by_parent ? verb::reopen : verb::unset;
}

void move_child(const happening& h, const incident& child, verb v) {
  follower moves(child, h.given, h.more);
  if (v == verb::resume) return moves.resume(move_cause::parent);
  if (const auto* resolved = h.news.body.get_if<incident_resolved>()) {
    moves.resolve(resolved->code, resolved->notes, resolved->permanent, move_cause::parent);
  } else if (const auto* held = h.news.body.get_if<incident_held>()) {
    moves.hold(held->reason, held->note, move_cause::parent);
  } else {
    moves.reopen(h.news.body.get<incident_reopened>().reason);
  }
}

// The actor may do so to the child alone, and what is said of the parent may be said of the child (D9).
bool may_move(const happening& h, const incident& child, verb v) {
  return may_follow(h.given, child, v) && (v == verb::resume || may_flow(h.given.state, h.record, child));
}

// ---- duplicates: whoever reported one hears what the requester of the original hears

notice_cause heard(const event_body& body) {
  if (body.holds<incident_resolved>()) return notice_cause::resolved;
  if (body.holds<incident_closed>()) return notice_cause::closed;
  if (body.holds<incident_reopened>()) return notice_cause::reopened;
  return notice_cause::cancelled;
}

// An update reaches them by its own command, which knows what it says to each of them (R-C38).
void tell_duplicates(const happening& h) {
  const notice_cause cause = heard(h.news.body);
  const duplicates_told duplicates = duplicates_to_tell(h.given, h.record);
  for (const incident_ptr& duplicate : duplicates.told) {
    h.more.push_back({{duplicate->id}, 0, requester_notice{cause, no_instant, {h.record.id}, {}}});
  }
  if (duplicates.left == 0) return;
  h.more.push_back({{h.record.id}, 0, cascade_limited{link_kind::has_duplicate, verb::unset, duplicates.left}});
}

// ---- the table

struct cascade {
  const event_type* event;
  verb (*child)(const happening&, const incident& child);  // what becomes of it
  bool duplicates;
};

constexpr cascade cascades[] = {
    {&incident_held::descriptor, when_held, false},
    {&incident_resumed::descriptor, when_resumed, false},
    {&incident_moved::descriptor, when_hold_may_end, false},
    {&incident_resolved::descriptor, when_resolved, true},
    {&incident_reopened::descriptor, when_reopened, true},
    {&incident_closed::descriptor, when_hold_may_end, true},
    {&incident_cancelled::descriptor, when_hold_may_end, true},
};

// The row of an event; none for most.
const cascade* cascade_of(const event_body& body) {
  const auto row = std::ranges::find(cascades, body.type(), &cascade::event);
  return row == std::end(cascades) ? nullptr : row;
}

void follow(const cascade& row, const happening& h) {
  if (row.duplicates) tell_duplicates(h);
  std::array<std::uint32_t, verb_count> left{};
  for (const record_link& link : links_of(h.record)) {
    if (link.kind != link_kind::parent_of) continue;
    const incident_ptr child = h.given.records.find(link.record);
    const verb v = child ? row.child(h, *child) : verb::unset;
    if (v == verb::unset) continue;
    if (may_move(h, *child, v)) {
      move_child(h, *child, v);
    } else {
      ++left[static_cast<std::size_t>(v)];
    }
  }
  for (std::size_t v = 0; v < left.size(); ++v) {
    if (left[v] == 0) continue;
    h.more.push_back({{h.record.id}, 0, cascade_limited{link_kind::parent_of, static_cast<verb>(v), left[v]}});
  }
}

}  // namespace

void react_by_links(std::span<const event> news, const decision& given, std::vector<event>& more) {
  for (const event& happened : news) {
    const cascade* row = cascade_of(happened.body);
    if (!row || !happened.record) continue;
    const incident_ptr record = given.records.find(happened.record);
    if (!links_of(*record).empty()) follow(*row, {happened, *record, given, more});
  }
}

}  // namespace tocsin::inline v1
