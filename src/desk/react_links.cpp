// What happens to a record reaches its children, and the requesters of its duplicates. A table says what follows from
// what (L8): closing and cancelling do not reach children, but for the wait that ends with it.
#include "follow.hpp"
#include "link_walk.hpp"
#include "react.hpp"

#include <algorithm>
#include <array>
#include <type_traits>

namespace tocsin::inline v1 {
namespace {

// An event of a record, and the record as it is after it.
struct happening {
  const event& news;
  const incident& record;
  const decision& given;
  std::vector<event>& more;
};

template <class Event>
constexpr std::size_t place_of = event_body::place_of<Event>;

// ---- children: only what they have of their parent is taken back

const record_link& parent_link(const incident& child) {
  return *find_link(details_of(child).links, link_kind::child_of);
}

void resolve_child(const happening& h, const incident& child) {
  const auto& resolved = h.news.body.get<incident_resolved>();
  if (!is_open(child.state_kind)) return;
  follower(child, h.given, h.more).resolve(resolved.code, resolved.notes, resolved.permanent, move_cause::parent);
}

void resume_child(const happening& h, const incident& child) {
  if (child.state_kind != state_kind::on_hold || !parent_link(child).held) return;
  follower(child, h.given, h.more).resume(move_cause::parent);
}

// A wait for the caller is a wait for this caller.
void hold_child(const happening& h, const incident& child) {
  const auto& held = h.news.body.get<incident_held>();
  if (h.given.state.definitions.workflow_of(h.record).resumed_by_reply(held.reason)) return resume_child(h, child);
  if (!is_open(child.state_kind)) return;
  if (child.state_kind == state_kind::on_hold && !parent_link(child).held) return;
  follower(child, h.given, h.more).hold(held.reason, held.note, move_cause::parent);
}

void end_hold_of_child(const happening& h, const incident& child) {
  if (h.record.state_kind != state_kind::on_hold) resume_child(h, child);
}

void reopen_child(const happening& h, const incident& child) {
  const auto& reopened = h.news.body.get<incident_reopened>();
  const bool by_agent = reopened.cause == reopen_cause::by_agent || reopened.cause == reopen_cause::verification_failed;
  if (!by_agent || child.state_kind != state_kind::resolved || !parent_link(child).resolved) return;
  follower(child, h.given, h.more).reopen(reopened.reason);
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
  for (const incident_ptr& duplicate : duplicates_to_tell(h.given.records, h.record)) {
    h.more.push_back({{duplicate->id}, 0, requester_notice{cause, no_instant, {h.record.id}, {}}});
  }
}

// ---- the table

struct cascade {
  std::size_t event;
  void (*child)(const happening&, const incident& child);
  bool duplicates;
};

constexpr cascade cascades[] = {
    {place_of<incident_held>, hold_child, false},
    {place_of<incident_resumed>, resume_child, false},
    {place_of<incident_moved>, end_hold_of_child, false},
    {place_of<incident_resolved>, resolve_child, true},
    {place_of<incident_reopened>, reopen_child, true},
    {place_of<incident_closed>, end_hold_of_child, true},
    {place_of<incident_cancelled>, end_hold_of_child, true},
};

// The row of an event; none for most.
constexpr auto row_of_event = [] {
  std::array<const cascade*, event_list::count> rows{};
  for (const cascade& row : cascades) rows[row.event] = &row;
  return rows;
}();

void follow(const cascade& row, const happening& h) {
  if (row.duplicates) tell_duplicates(h);
  for (const record_link& link : details_of(h.record).links) {
    if (link.kind != link_kind::parent_of) continue;
    if (const incident_ptr child = h.given.records.find(link.record)) row.child(h, *child);
  }
}

}  // namespace

void react_by_links(std::span<const event> news, const decision& given, std::vector<event>& more) {
  for (const event& happened : news) {
    const cascade* row = row_of_event[happened.body.index()];
    if (!row || !happened.record) continue;
    const incident_ptr record = given.records.find(happened.record);
    if (!details_of(*record).links.empty()) follow(*row, {happened, *record, given, more});
  }
}

}  // namespace tocsin::inline v1
