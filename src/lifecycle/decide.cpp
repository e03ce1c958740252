// Migrating open records to the current version of their workflow. What cannot be migrated is reported at once.
#include <tocsin/desk/permission.hpp>
#include <tocsin/lifecycle/commands.hpp>
#include <tocsin/lifecycle/events.hpp>
#include <tocsin/link/events.hpp>

#include "desk/deciding.hpp"

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

void deciding::operator()(const migrate_records& c) {
  const workflow_graph* now = state_.definitions.workflows.current(c.workflow.index);
  if (!now) throw error(status::not_found, "workflow.unknown", "the workflow has not been published");
  const state_map states(*now, c.states);
  refused_ = "migrate_records";
  refused_name_ = quoted(word_kind::workflow, c.workflow.index);
  for (const state_mapping& m : c.states) {
    against_.unless(now->has(m.to), "migration.unknown_state",
                    "the current version has no state " + quoted(word_kind::state, m.to.index));
  }
  const auto most = c.limit == 0 ? limits::migrated_per_command_max : static_cast<std::size_t>(c.limit);
  std::map<std::string, std::size_t> unmet;
  std::size_t taken = 0;
  std::uint32_t left = 0;
  state_.live.each([&](const incident_ptr& r) {
    if (!(r->workflow == c.workflow) || r->workflow_version == now->version()) return true;
    if (!may_command(state_, migrate_records::descriptor, given_.actor, r.get(), given_.at)) return ++left, true;
    const state_ref to = states.of(r->state);
    const state_ref held_from = r->held_from ? states.of(r->held_from) : state_ref{};
    if (!to) ++unmet["in " + quoted(word_kind::state, r->state.index)];
    if (r->held_from && !held_from) ++unmet["to return to " + quoted(word_kind::state, r->held_from.index)];
    if (to && now->kind(to) != r->state_kind) {
      ++unmet["in " + quoted(word_kind::state, r->state.index) + ", of another kind than " +
              quoted(word_kind::state, to.index)];
    }
    if (r->hold_reason && !now->has(r->hold_reason)) {
      ++unmet["waiting for " + quoted(word_kind::hold_reason, r->hold_reason.index)];
    }
    if (taken++ < most) emit({r->id}, record_migrated{now->version(), to, now->kind(to), held_from});
    return true;
  });
  for (const auto& [what, count] : unmet) {
    against_.add("migration.unmapped", "records that are " + what + ", which the current version has not: " +
                                           std::to_string(count) + "; say in `states` what corresponds to it");
  }
  if (left != 0) emit({}, cascade_limited{link_kind::unset, verb::unset, left});
  against_.unless(taken != 0, "migration.nothing_to_do", "no record runs on an older version");
}

}  // namespace tocsin::inline v1
