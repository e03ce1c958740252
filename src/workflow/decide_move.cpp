#include "decide_move.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/viewer.hpp>
#include <tocsin/workflow/events.hpp>

#include "desk/follow.hpp"
#include "desk/move_check.hpp"

#include <string>
#include <vector>

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

bool has_permission(const deciding& d, const incident& r, std::string_view permission) {
  return permission.empty() || may_pass(d.state, permission, d.given.actor, r, d.given.at);
}

void check_permission(deciding& d, const incident& r, std::string_view permission) {
  if (has_permission(d, r, permission)) return;
  d.against.add("workflow.permission", d.person_name(d.given.actor) + " has not been granted the permission \"" +
                                           std::string(permission) + '"');
}

void override_guards(deciding& d, const incident& r, const workflow_move& m, std::vector<unmet_guard> unmet,
                     std::string_view reason) {
  guards_overridden overridden{m.verb, m.to, {}, std::string(reason)};
  for (unmet_guard& one : unmet) overridden.guards.push_back({one.reason, std::move(one.says)});
  d.emit({r.id}, std::move(overridden));
}

void check_guards(deciding& d, const incident& r, const workflow_move& m, const void* body, std::string_view reason) {
  const record_view seen{
      *d.state.definitions.schemas, d.state.definitions, d.state.words, r, d.given.actor, m.verb, body};
  std::vector<unmet_guard> unmet = unmet_guards(seen, d.workflow_of(r), m, d.given.at);
  const bool overrides = !unmet.empty() && !reason.empty() && has_permission(d, r, override_permission);
  if (overrides) {
    override_guards(d, r, m, std::move(unmet), reason);
    return check_permission(d, r, m.declared->permission);
  }
  for (unmet_guard& one : unmet) {
    if (!one.why) d.against.add(one.reason, std::move(one.says));
  }
  check_permission(d, r, m.declared->permission);
  const bool may_say_why = !viewer(d.given).without_hidden(r);  // the explanation would tell of them
  for (const unmet_guard& one : unmet) {
    if (one.why && may_say_why) d.against.add_unmet(one.reason, one.says, *one.why, seen, d.given.at);
    if (one.why && !may_say_why) d.against.add(one.reason, one.says);
  }
  if (!unmet.empty() && !reason.empty()) check_permission(d, r, override_permission);
}

}  // namespace

const workflow_move& make_move(deciding& d, const incident& r, verb v, const void* body, state_ref to,
                               std::string_view override_reason) {
  static const workflow_move nowhere;
  const workflow_move* m = d.workflow_of(r).move(v, r.state, to);
  d.refused = command_of(v);
  d.made = {{r.id}, m, body};
  if (!m) {
    d.against.add("workflow.transition_not_allowed", no_move(d, r, v, to));
    return nowhere;
  }
  check_guards(d, r, *m, body, override_reason);
  if (!d.against.empty()) return *m;
  for (std::string& says : ask_host(d.given, r, *m, d.events)) d.against.add("workflow.host_guard", std::move(says));
  return *m;
}

}  // namespace tocsin::inline v1
