// What becomes of a change: its implementation is timed, and its end, whatever came of it, ends the waits of the
// incidents that it blocks, so that none waits for what will not come (L3, R-C12). One entry holds only so much: where
// there is more, a timer goes on at the same instant, by the rights of whoever ended the change.
#include <tocsin/base/error.hpp>
#include <tocsin/change/events.hpp>
#include <tocsin/desk/deciding.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/workflow/events.hpp>

#include "change/fire.hpp"
#include "desk/follow.hpp"
#include "desk/react.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

class change_cascade {
 public:
  change_cascade(const incident& change, const decision& given, std::vector<event>& more)
      : change_(change), part_(*change.part<change_details>()), given_(given), more_(more) {}

  // Those after that incident, in order of their links; all of them where it is none of them.
  void run(record_ref after) {
    std::size_t spent = 0;
    for (const incident_ptr& one : awaiting_after(after)) {
      const std::size_t cost = cost_of_move(*one);
      if (spent != 0 && spent + cost > cascade_events_max) return go_on_later(after);
      spent += cost;
      reach(*one);
      after = {one->id};
    }
    finish({});
  }

 private:
  std::vector<incident_ptr> awaiting_after(record_ref after) const {
    const std::span<const record_link> links = links_of(change_);
    const auto last = std::ranges::find_if(links, [&](const record_link& link) {
      return after && link.kind == link_kind::blocks && link.record == after;
    });
    std::vector<incident_ptr> all;
    for (auto link = last == links.end() ? links.begin() : last + 1; link != links.end(); ++link) {
      if (link->kind != link_kind::blocks || !link->record) continue;
      incident_ptr record = given_.records.find(link->record);
      if (record && is_held_for(given_.state, *record, awaited::change) && !has_other_open_change(*record)) {
        all.push_back(std::move(record));
      }
    }
    return all;
  }

  bool has_other_open_change(const incident& record) const {
    return std::ranges::any_of(links_of(record), [&](const record_link& link) {
      if (link.kind != link_kind::blocked_by || !link.record || link.record.id == change_.id) return false;
      const incident_ptr other = given_.records.find(link.record);
      return other && other->part<change_details>() && is_open(other->state_kind);
    });
  }

  void reach(const incident& record) {
    if (!may_follow(given_, record, verb::resume)) return void(++left_);
    follower(record, given_, more_).resume(move_cause::change);
    const bool is_told = !record.retrospective && (record.team || record.assignee);
    if (!is_told || !may_flow(given_.state, change_, record)) return;
    more_.push_back({{record.id},
                     0,
                     change_notice{{change_.id},
                                   part_.change_outcome,
                                   change_.state_kind,
                                   part_.change_notes,
                                   record.team,
                                   record.assignee}});
  }

  // Nothing goes on for what has ended for good.
  void go_on_later(record_ref after) {
    if (!is_final(change_.state_kind)) return finish({after, given_.actor});
    throw error(status::resource_exhausted, "change.too_many_waiting",
                "more incidents await it than one command can let go on: resume some of them first");
  }

  void finish(change_reached e) {
    if (left_ != 0) emit(cascade_limited{link_kind::blocks, verb::resume, left_});
    if (e.after || is_set(part_.change_cascade_due)) emit(e);
  }

  template <class Body>
  void emit(Body body) {
    more_.push_back({{change_.id}, 0, std::move(body)});
  }

  const incident& change_;
  const change_details& part_;
  const decision& given_;
  std::vector<event>& more_;
  std::uint32_t left_ = 0;
};

bool ends_change(const event_body& body) {
  if (const auto* moved = body.get_if<incident_moved>()) return !is_open(moved->state_kind);
  return body.holds<change_reported>() || body.holds<incident_resolved>() || body.holds<incident_closed>() ||
         body.holds<incident_cancelled>() || body.holds<duplicate_marked>();
}

bool is_under_way(const change_details& change) {
  return is_set(change.implemented_from) && !is_set(change.implemented_until);
}

}  // namespace

// A change begins or ends at most once in an entry, whatever events say so.
void react_by_change(std::span<const event> news, const decision& given, std::vector<event>& more) {
  std::vector<record_ref> seen;
  for (const event& happened : news) {
    const bool begins = happened.body.holds<work_begun>();
    if (!happened.record || (!begins && !ends_change(happened.body))) continue;
    const incident_ptr record = given.records.find(happened.record);
    const auto* const change = record->part<change_details>();
    if (!change || std::ranges::find(seen, happened.record) != seen.end()) continue;
    seen.push_back(happened.record);
    if (begins) {
      if (!is_under_way(*change)) more.push_back({happened.record, 0, implementation_begun{}});
      continue;
    }
    if (is_under_way(*change)) more.push_back({happened.record, 0, implementation_ended{}});
    change_cascade(*record, given, more).run({});
  }
}

void timers(const change_details& change, const incident&, timer_visitor visit) {
  if (is_set(change.change_cascade_due)) visit(timer_kind::change_cascade, change.change_cascade_due);
}

void go_on_with_change(deciding& d, const incident& record, const timer&) {
  const change_details& change = *record.part<change_details>();
  decision by = d.given;
  by.actor = change.change_cascade_by;
  change_cascade(record, by, d.events).run(change.change_cascade_after);
}

}  // namespace tocsin::inline v1
