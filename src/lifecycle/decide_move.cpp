#include "decide_move.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/lifecycle/events.hpp>

#include "desk/gates.hpp"

namespace tocsin::inline v1 {
namespace {

std::string no_move(const deciding& d, const incident& r, verb v, state_ref to) {
  const workflow_graph& workflow = d.workflow_of(r);
  if (v != verb::move) {
    const std::string allowed = workflow.verbs_from(r.state);
    return std::string(command_of(v)) + " is not allowed from " + d.state_name(r) +
           " (allowed: " + (allowed.empty() ? "nothing; amend_incident corrects it" : allowed) + ")";
  }
  std::string allowed;
  for (const workflow_move& m : workflow.moves()) {
    if (m.verb != v || !(m.from == r.state) || m.declared->trigger > move_trigger::manual) continue;
    allowed += (allowed.empty() ? "" : ", ") + std::string(d.state.words.word(word_kind::state, m.to.index));
  }
  return "a move to " + std::string(d.state.words.word(word_kind::state, to.index)) + " is not allowed from " +
         d.state_name(r) + " (allowed: " + (allowed.empty() ? "none" : allowed) + ")";
}

void check_guards(deciding& d, const incident& r, const workflow_move& m, const void* body) {
  const record_view seen{
      *d.state.definitions.schemas, d.state.definitions, d.state.words, r, d.given.actor, m.verb, body};
  const std::string& permission = m.declared->permission;
  if (!permission.empty() && !may_pass(d.state, permission, d.given.actor, r, d.given.at)) {
    d.against.add("workflow.permission",
                  d.person_name(d.given.actor) + " has not been granted the permission \"" + permission + '"');
  }
  for (std::size_t i = 0; i < m.guards.size(); ++i) {
    if (holds(m.guards[i], seen.data(), d.given.at)) continue;
    d.against.add_unmet("workflow.guard", m.declared->guards[i].says, m.guards[i], seen, d.given.at);
  }
}

// Only where nothing else stands against the move: the host may have to look far.
void ask_host(deciding& d, const incident& r, const workflow_move& m) {
  if (!d.given.host || !d.against.empty()) return;
  for (const workflow_host_guard& guard : m.declared->host_guards) {
    const std::string unmet = unmet_by_host(d.given, r, guard);
    if (unmet.empty()) {
      d.emit({r.id}, guard_answered{guard.name, true});
    } else {
      d.against.add("workflow.host_guard", unmet);
    }
  }
}

}  // namespace

const workflow_move& make_move(deciding& d, const incident& r, verb v, const void* body, state_ref to) {
  static const workflow_move nowhere;
  const workflow_move* m = d.workflow_of(r).move(v, r.state, to);
  d.refused = command_of(v);
  d.made = {{r.id}, m, body};
  if (!m) {
    d.against.add("workflow.transition_not_allowed", no_move(d, r, v, to));
    return nowhere;
  }
  for (unmet_gate& unmet : unmet_gates(r, d.workflow_of(r), m->to_kind))
    d.against.add(unmet.reason, std::move(unmet.what));
  if (!m->guards.empty() || !m->declared->permission.empty()) check_guards(d, r, *m, body);
  ask_host(d, r, *m);
  return *m;
}

}  // namespace tocsin::inline v1
