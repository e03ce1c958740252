// Migrating open records to the current version of their workflow. What cannot be migrated is reported at once.
#include "decide.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/workflow/commands.hpp>
#include <tocsin/workflow/events.hpp>

#include "decide_move.hpp"

#include <algorithm>
#include <map>

namespace tocsin::inline v1 {
namespace {

// Where each state of older versions leads.
class state_map {
 public:
  state_map(const workflow_graph& now, const std::vector<state_mapping>& given) : now_(now) {
    for (const state_mapping& m : given) to_[m.from.index] = m.to;
  }

  // None: the current version has no such state, and no mapping was given.
  state_ref of(state_ref from) const {
    const auto given = to_.find(from.index);
    if (given != to_.end()) return given->second;
    return now_.has(from) ? from : state_ref{};
  }

 private:
  const workflow_graph& now_;
  std::map<std::uint32_t, state_ref> to_;
};

}  // namespace

void decide(const move_incident& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  const workflow_move& m = make_move(d, r, verb::move, &c, c.state, c.override_reason);
  d.emit(c.incident, incident_moved{m.to, m.to_kind, move_trigger::manual, c.note});
}

void decide(const migrate_records& c, deciding& d) {
  const workflow_graph* now = d.state.definitions.of<workflow_graph>().current(c.workflow.index);
  if (!now) throw error(status::not_found, "workflow.unknown", "the workflow has not been published");
  const state_map states(*now, c.states);
  d.refused = "migrate_records";
  d.refused_name = d.quoted(word_kind::workflow, c.workflow.index);
  for (const state_mapping& m : c.states) {
    d.against.unless(now->has(m.to), "migration.unknown_state",
                     "the current version has no state " + d.quoted(word_kind::state, m.to.index));
  }
  const auto most = c.limit == 0 ? limits::migrated_per_command_max : static_cast<std::size_t>(c.limit);
  std::map<std::string, std::size_t> unmet;
  std::size_t taken = 0;
  std::uint32_t left = 0;
  d.state.live.each([&](const incident_ptr& r) {
    if (!(r->workflow == c.workflow) || r->workflow_version == now->version()) return true;
    if (!may_command(d.state, migrate_records::descriptor, d.given.actor, r.get(), d.given.at)) return ++left, true;
    const state_ref to = states.of(r->state);
    const state_ref held_from = r->held_from ? states.of(r->held_from) : state_ref{};
    if (!to) ++unmet["in " + d.quoted(word_kind::state, r->state.index)];
    if (r->held_from && !held_from) ++unmet["to return to " + d.quoted(word_kind::state, r->held_from.index)];
    if (to && now->kind(to) != r->state_kind) {
      ++unmet["in " + d.quoted(word_kind::state, r->state.index) + ", of another kind than " +
              d.quoted(word_kind::state, to.index)];
    }
    if (r->hold_reason && !now->has(r->hold_reason)) {
      ++unmet["waiting for " + d.quoted(word_kind::hold_reason, r->hold_reason.index)];
    }
    if (taken++ < most) d.emit({r->id}, record_migrated{now->version(), to, now->kind(to), held_from});
    return true;
  });
  for (const auto& [what, count] : unmet) {
    d.against.add("migration.unmapped", "records that are " + what + ", which the current version has not: " +
                                            std::to_string(count) + "; say in `states` what corresponds to it");
  }
  if (left != 0) d.emit({}, cascade_limited{link_kind::unset, verb::unset, left});
  d.against.unless(taken != 0, "migration.nothing_to_do", "no record runs on an older version");
}

}  // namespace tocsin::inline v1
