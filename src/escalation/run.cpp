#include <tocsin/escalation/run.hpp>

#include <algorithm>
#include <utility>

#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

using output = run_output_kind;

bool contains(const std::vector<person_ref>& people, person_ref one) {
  return std::ranges::find(people, one) != people.end();
}

void add_new(std::vector<person_ref>& to, const std::vector<person_ref>& people) {
  for (const person_ref one : people) {
    if (one && !contains(to, one)) to.push_back(one);
  }
}

instant later(instant at, duration d) {
  if (at == never || d.us > instant_max.us - at.us) return never;
  return at + d;
}

class runner {
 public:
  runner(escalation_run& run, const escalation_graph& graph, const oncall_source& duty, instant recorded_at)
      : run_(run), graph_(graph), duty_(duty), recorded_at_(recorded_at) {
    run_.policy_version = graph.version();
    run_.taken.resize(graph.repeats(), 0);
  }

  std::vector<run_output> take() { return std::move(outputs_); }

  void begin(instant at, output said) {
    set_up(at, said);
    walk(graph_.start(), at);
  }

  void begin_late(instant at) {
    set_up(at, run_.number == 0 ? output::started : output::reopened);
    stand(graph_.start(), run_place::held, at, at);
  }

  // What is due before `until`. A host that is late by more than it may be passes over what it missed, but for the step
  // that is due now (D8).
  void fire_before(instant until, std::size_t most) {
    if (run_.due >= until) return;
    muted_ = graph_.policy().late != late_rule::replay && recorded_at_ - run_.due > graph_.policy().catch_up;
    for (std::size_t fired = 0; run_.due < until; ++fired) {
      if (outputs_.size() > most || (muted_ && fired == limits::escalation_missed_max)) break;
      fire();
    }
    if (!muted_) return;
    muted_ = false;
    if (missed_ != 0) return catch_up();
    if (run_.exhausted) say(output::escalation_exhausted, run_.place_since);
  }

  void act(const run_action& action, instant at) {
    switch (action.kind) {
      case run_action_kind::acknowledge:
        return acknowledge(action, at);
      case run_action_kind::unacknowledge:
        return unacknowledge(action, at);
      case run_action_kind::snooze:
        return snooze(action, at);
      case run_action_kind::escalate:
        return escalate(action, at, output::escalated);
      case run_action_kind::hand_over:
        return escalate(action, at, output::handed_over);
      case run_action_kind::resolve:
        return end(action, at, "resolved");
      case run_action_kind::close:
        return end(action, at, "closed");
      case run_action_kind::cancel:
        return end(action, at, "cancelled");
      case run_action_kind::reopen:
        return reopen(at);
      case run_action_kind::unset:
        break;
    }
    throw error(status::invalid_argument, "escalation.unknown_action", "an action is not set");
  }

 private:
  void set_up(instant at, output said) {
    const std::uint32_t version = run_.version;
    run_ = escalation_run{.number = run_.number + 1,
                          .policy_version = graph_.version(),
                          .state = run_state::triggered,
                          .clock = run_.clock,
                          .due = never,
                          .started_at = at,
                          .version = version,
                          .pass_since = at};
    run_.taken.assign(graph_.repeats(), 0);
    say(said, at);
  }

  run_output& say(output kind, instant scheduled_at, std::uint32_t node = no_node) {
    run_output& said = outputs_.emplace_back();
    said.kind = kind;
    said.scheduled_at = scheduled_at;
    said.recorded_at = recorded_at_;
    said.number = run_.number;
    said.policy_version = run_.policy_version;
    said.node = node;
    said.step = node == no_node ? 0 : graph_.at(node).step;
    said.pass = run_.pass;
    return said;
  }

  // ---- by itself

  void fire() {
    const instant at = run_.due;
    run_.due = never;
    if (run_.state == run_state::acknowledged) return fall_back(at, output::acknowledgement_timed_out);
    if (run_.state == run_state::snoozed) return fall_back(at, output::snooze_ended);
    go_on(at);
  }

  void fall_back(instant at, output said) {
    run_.state = run_state::triggered;
    say(said, at);
    notify_again(at);
  }

  // The current step, with its delay anew (E3); from the start, if there has been none.
  void notify_again(instant at) {
    again_ = run_.step_node != no_node;
    walk(again_ ? std::uint32_t{run_.step_node} : graph_.start(), at);
  }

  // A run that was read may say anything: what goes on from a place needs one.
  void demand_place(std::uint32_t node, bool fits) const {
    if (node != no_node && fits) return;
    throw error(status::corrupt, "escalation.unknown_place", "the run is to go on, and stands nowhere that it could");
  }

  // From where it stands.
  void go_on(instant at) {
    demand_place(run_.node, true);
    demand_place(run_.node, run_.place != run_place::pass || graph_.at(run_.node).kind == node_kind::repeat);
    switch (run_.place) {
      case run_place::pass:
        return walk(take_repeat(run_.node, at), at);
      case run_place::held:
        return walk(run_.node, at);
      case run_place::last_step:
        return exhaust(run_.node, at);
      default:
        return walk(graph_.at(run_.node).next, at);
    }
  }

  // Passes nodes until one takes time.
  void walk(std::uint32_t node, instant at) {
    const std::size_t before = outputs_.size();
    for (std::size_t passed = 0; node != no_node; ++passed) {
      const bool too_much = outputs_.size() - before >= limits::escalation_outputs_at_once_max;
      if (passed == limits::escalation_nodes_at_once_max || too_much) return hold(node, at);
      node = pass(node, at);
    }
  }

  // The node to go on with at once; none if this one takes time.
  std::uint32_t pass(std::uint32_t node, instant at) {
    const graph_node& here = graph_.at(node);
    switch (here.kind) {
      case node_kind::notify:
      case node_kind::raise:
        return pass_step(node, at);
      case node_kind::wait:
        return pass_wait(node, at);
      case node_kind::branch:
        return branch_holds(here, at) ? here.next : here.other;
      case node_kind::assign:
      case node_kind::hand_over:
        ++run_.reassigned;
        say(here.kind == node_kind::assign ? output::assigned : output::handed_over, at, node).why =
            graph_.declared(node).reason;
        return here.next;
      case node_kind::declare_major:
        say(output::major_declared, at, node);
        return here.next;
      case node_kind::run:
        say(output::automation_run, at, node);
        return here.next;
      case node_kind::repeat:
        return pass_repeat(node, at);
      default:
        exhaust(node, at);
        return no_node;
    }
  }

  bool branch_holds(const graph_node& here, instant at) const {
    if (here.calendar && !here.calendar->is_open(at)) return false;
    return !here.guard || duty_.holds(*here.guard, {run_.started_at, run_.pass, run_.pages}, at);
  }

  std::uint32_t pass_step(std::uint32_t node, instant at) {
    const duration delay = graph_.declared(node).delay;
    const bool found = notify(node, at, at);
    if (found) by_hand_ = false;
    if (!found && graph_.policy().nobody != nobody_rule::wait) {
      run_.pass_skipped = run_.pass_skipped + delay;
      return graph_.at(node).next;
    }
    if (delay.us == 0) return graph_.at(node).next;
    stand(node, run_place::step, at, later(at, delay));
    return no_node;
  }

  std::uint32_t pass_wait(std::uint32_t node, instant at) {
    const instant end = wait_end(node, at);
    if (by_hand_ || end == at) return graph_.at(node).next;
    stand(node, run_place::wait, at, end);
    return no_node;
  }

  instant wait_end(std::uint32_t node, instant at) const {
    const graph_node& here = graph_.at(node);
    const duration delay = graph_.declared(node).delay;
    return here.calendar ? here.calendar->add(at, delay) : later(at, delay);
  }

  std::uint32_t pass_repeat(std::uint32_t node, instant at) {
    const std::int64_t times = graph_.declared(node).times;
    if (times >= 0 && run_.taken[graph_.at(node).repeat] >= times) return graph_.at(node).next;
    const duration wait = pass_rest(times < 0, at);
    if (by_hand_ || wait.us == 0) return take_repeat(node, at);
    stand(node, run_place::pass, at, later(at, wait));
    return no_node;
  }

  // What a pass still has to wait: one that found nobody, the sum of its delays, and a minute at least (E4). One that
  // took no time because steps found nobody, or that is to go on for ever, waits likewise.
  duration pass_rest(bool endless, instant at) const {
    const duration lasted = at - run_.pass_since;
    if (!run_.pass_found) return std::max({duration{}, run_.pass_skipped, minute - lasted});
    if (lasted.us == 0 && (endless || run_.pass_skipped.us != 0)) return std::max(run_.pass_skipped, minute);
    return {};
  }

  std::uint32_t take_repeat(std::uint32_t node, instant at) {
    by_hand_ = by_hand_ && run_.pass_found;
    ++run_.taken[graph_.at(node).repeat];
    begin_pass(at);
    if (!muted_) say(output::repeated, at, node);
    return graph_.at(node).other;
  }

  void begin_pass(instant at) {
    ++run_.pass;
    run_.pass_since = at;
    run_.pass_found = false;
    run_.pass_skipped = {};
  }

  void hold(std::uint32_t node, instant at) {
    if (!muted_) say(output::held, at, node);
    stand(node, run_place::held, at, later(at, minute));
  }

  // A wait that never ends is reported as exhausted: silence is a defect (E4).
  void stand(std::uint32_t node, run_place place, instant since, instant due) {
    if (due == never) return exhaust(node, since);
    run_.node = node;
    run_.place = place;
    run_.place_since = since;
    run_.due = due;
  }

  void exhaust(std::uint32_t node, instant at) {
    run_.node = node;
    run_.place = run_place::unset;
    run_.place_since = at;
    run_.due = never;
    run_.exhausted = true;
    if (!muted_) say(output::escalation_exhausted, at);
  }

  // ---- a step

  // Was anybody found?
  bool notify(std::uint32_t node, instant scheduled_at, instant at) {
    if (!std::exchange(again_, false)) run_.below = run_.notified;
    const on_call found = recipients(node, at);
    run_.step_node = node;
    run_.step_at = scheduled_at;
    if (!found.people.empty()) {
      run_.pass_found = true;
      run_.notified = found.people;
      run_.acknowledged_by.clear();
    }
    if (muted_) {
      ++missed_;
    } else {
      tell(node, found, scheduled_at);
    }
    return !found.people.empty();
  }

  void tell(std::uint32_t node, const on_call& found, instant scheduled_at) {
    if (graph_.at(node).kind == node_kind::raise) {
      ++run_.raised;
      say(output::raised, scheduled_at, node).why = graph_.declared(node).reason;
    }
    if (found.people.empty()) say(output::nobody_on_call, scheduled_at, node);
    if (found.people.empty() && found.shadows.empty()) return;
    if (!found.people.empty()) {
      ++run_.version;
      ++run_.pages;
      run_.page_step = graph_.at(node).step;
    }
    run_output& said = say(output::notified, scheduled_at, node);
    said.version = run_.version;
    said.people = found.people;
    said.shadows = found.shadows;
    said.urgency = graph_.declared(node).urgency;
    if (said.urgency == urgency::unset) said.urgency = urgency::high;
  }

  // Each person once (E5).
  on_call recipients(std::uint32_t node, instant at) const {
    on_call all;
    if (graph_.at(node).kind == node_kind::raise) {
      for (const person_ref one : whose_managers(at)) add_new(all.people, {duty_.manager_of(one, at)});
      return all;
    }
    std::vector<person_ref> shadows;
    for (const escalation_target& target : graph_.declared(node).targets) {
      const on_call found = duty_.who(target, at);
      add_new(all.people, found.people);
      add_new(shadows, found.shadows);
    }
    std::erase_if(shadows, [&](person_ref one) { return contains(all.people, one); });
    all.shadows = std::move(shadows);
    return all;
  }

  std::vector<person_ref> whose_managers(instant at) const {
    return run_.below.empty() ? std::vector{duty_.assignee(at)} : run_.below;
  }

  // Notifies the step that is due now; what is waited for counts from now (D8). A path that is over was never heard: its
  // last step is notified, and what came after it is waited for again.
  void catch_up() {
    const instant now = recorded_at_;
    if (missed_ > 1) say(output::skipped, run_.step_at, run_.step_node).count = missed_ - 1;
    const bool over = std::exchange(run_.exhausted, false);
    const duration rest = over ? run_.place_since - run_.step_at : run_.due - run_.place_since;
    again_ = true;
    demand_place(run_.step_node, run_.node != no_node);
    const bool found = notify(run_.step_node, run_.step_at, now);
    if (over) {
      stand(run_.node, run_place::last_step, now, found ? later(now, rest) : now);
      if (run_.due == now) exhaust(run_.node, now);
    } else if (run_.place == run_place::step && !found && graph_.policy().nobody != nobody_rule::wait) {
      run_.due = never;
      walk(graph_.at(run_.node).next, now);
    } else {
      stand(run_.node, run_.place, now, run_.place == run_place::wait ? wait_end(run_.node, now) : later(now, rest));
    }
  }

  // ---- by somebody

  [[noreturn]] static void refuse(const char* reason, const std::string& message) {
    throw error(status::failed_precondition, reason, message);
  }

  void demand_running(const char* what) const {
    if (run_.state != run_state::ended) return;
    refuse("escalation.ended",
           std::string("the run has ended, so it is too late to ") + what + "; nothing is reopened");
  }

  void demand_current(const run_action& action) const {
    const bool old_step = action.step != 0 && action.step != run_.page_step;
    const bool old_version = action.version != 0 && action.version != run_.version;
    if (!old_step && !old_version) return;
    refuse("escalation.old_page",
           "the page is not the latest: it cites " +
               (old_step ? "step " + std::to_string(action.step) : "version " + std::to_string(action.version)) +
               ", the run is at step " + std::to_string(run_.page_step) + ", version " + std::to_string(run_.version));
  }

  // How many must acknowledge the current page.
  std::size_t needed() const {
    if (run_.step_node == no_node || run_.notified.empty()) return 1;
    const escalation_node& step = graph_.declared(run_.step_node);
    if (step.acknowledgement == acknowledgement::all) return run_.notified.size();
    if (step.acknowledgement != acknowledgement::some) return 1;
    return std::min(static_cast<std::size_t>(step.needed), run_.notified.size());
  }

  bool anybody_may() const {
    if (run_.step_node == no_node || run_.notified.empty()) return true;
    return graph_.declared(run_.step_node).acknowledgement <= acknowledgement::any;
  }

  void acknowledge(const run_action& action, instant at) {
    demand_running("acknowledge");
    demand_current(action);
    const bool again = run_.state == run_state::acknowledged;
    if (again && graph_.policy().acknowledgement_timeout.us == 0) {
      refuse("escalation.already_acknowledged", "it is acknowledged already");
    }
    if (!again && !anybody_may()) {
      if (!contains(run_.notified, action.by)) {
        refuse("escalation.not_notified", "the step asks for acknowledgements of those whom it notified");
      }
      if (contains(run_.acknowledged_by, action.by)) {
        refuse("escalation.already_acknowledged", "this person has acknowledged already, others have not");
      }
    }
    add_new(run_.acknowledged_by, {action.by});
    const std::size_t have = std::max<std::size_t>(run_.acknowledged_by.size(), 1);
    if (!again && have < needed()) {
      run_output& said = say(output::acknowledged_in_part, at);
      said.by = action.by;
      said.count = static_cast<std::int64_t>(needed() - have);
      return;
    }
    run_.state = run_state::acknowledged;
    run_.exhausted = false;
    const duration timeout = graph_.policy().acknowledgement_timeout;
    run_.due = timeout.us == 0 ? never : later(at, timeout);
    say(output::acknowledged, at).by = action.by;
  }

  void unacknowledge(const run_action& action, instant at) {
    demand_running("take an acknowledgement back");
    if (run_.state != run_state::acknowledged) refuse("escalation.not_acknowledged", "it is not acknowledged");
    run_.state = run_state::triggered;
    run_.due = never;
    say(output::unacknowledged, at).by = action.by;
    notify_again(at);
  }

  void snooze(const run_action& action, instant at) {
    demand_running("snooze");
    demand_current(action);
    if (!is_set(action.until) || action.until <= at || !is_acceptable(action.until)) {
      refuse("escalation.snooze_in_past", "a snooze must end after it begins");
    }
    run_.state = run_state::snoozed;
    run_.exhausted = false;
    run_.due = action.until;
    run_output& said = say(output::snoozed, at);
    said.by = action.by;
    said.until = action.until;
  }

  // The next step at once (E3). The last one ends the path; when that is over, the policy begins again.
  void escalate(const run_action& action, instant at, output said) {
    demand_running(said == output::handed_over ? "hand over" : "escalate");
    demand_current(action);
    run_.state = run_state::triggered;
    run_.exhausted = false;
    run_.due = never;
    say(said, at).by = action.by;
    by_hand_ = true;
    if (run_.place == run_place::unset) {
      begin_pass(at);
      walk(graph_.start(), at);
    } else {
      go_on(at);
    }
    by_hand_ = false;
  }

  void end(const run_action& action, instant at, const char* why) {
    demand_running("end it");
    run_.state = run_state::ended;
    run_.exhausted = false;
    run_.due = never;
    for (run_output& before : outputs_) before.superseded = before.kind == output::notified;
    run_output& said = say(output::ended, at);
    said.by = action.by;
    said.why = why;
  }

  void reopen(instant at) {
    if (run_.state != run_state::ended) refuse("escalation.not_ended", "the run has not ended");
    begin(at, output::reopened);
  }

  escalation_run& run_;
  const escalation_graph& graph_;
  const oncall_source& duty_;
  instant recorded_at_;
  std::vector<run_output> outputs_;
  bool muted_ = false;
  bool by_hand_ = false;  // waits are passed over
  bool again_ = false;    // the step is one that fired before
  std::int64_t missed_ = 0;
};

void set_clock(escalation_run& run, instant now) {
  if (!is_acceptable(now)) {
    throw error(status::invalid_argument, "escalation.instant_out_of_range", "instants are from 1900 to 2199");
  }
  if (now < run.clock) {
    throw error(
        status::invalid_argument, "escalation.goes_back",
        "the run is at " + std::string(to_rfc3339(run.clock)) + ", and is asked about " + std::string(to_rfc3339(now)));
  }
  run.clock = now;
}

}  // namespace

run_answer start_run(escalation_run& run, const escalation_graph& graph, const oncall_source& duty, instant at) {
  run = {};
  set_clock(run, at);
  runner goes(run, graph, duty, at);
  goes.begin(at, output::started);
  return {goes.take(), {}};
}

run_answer start_run_late(escalation_run& run, const escalation_graph& graph, const oncall_source& duty, instant at) {
  set_clock(run, at);
  runner goes(run, graph, duty, at);
  goes.begin_late(at);
  return {goes.take(), {}};
}

run_answer advance_run(escalation_run& run, const escalation_graph& graph, const oncall_source& duty, instant now,
                       std::size_t most) {
  set_clock(run, now);
  runner goes(run, graph, duty, now);
  goes.fire_before(now + microsecond, most);
  return {goes.take(), {}};
}

run_answer act_on_run(escalation_run& run, const escalation_graph& graph, const oncall_source& duty,
                      const run_action& action, instant at) {
  set_clock(run, at);
  runner goes(run, graph, duty, at);
  goes.fire_before(at, limits::escalation_outputs_max);
  run_answer result;
  try {
    goes.act(action, at);
  } catch (const error& e) {
    result.refusal = e;
  }
  result.outputs = goes.take();
  return result;
}

void follow_version(escalation_run& run, const escalation_graph& from, const escalation_graph& to) {
  const auto moved = [&](std::uint32_t node) {
    if (node == no_node) return no_node;
    const std::uint32_t same = to.find(from.declared(node).key);
    if (same != no_node && to.at(same).kind == from.at(node).kind) return same;
    const std::uint32_t step = from.at(node).step;
    for (std::uint32_t i = 0; step != 0 && i < to.nodes().size(); ++i) {
      if (to.at(i).step == step) return i;
    }
    return to.start();
  };
  std::vector<std::int64_t> taken(to.repeats(), 0);
  for (std::uint32_t i = 0; i < to.nodes().size(); ++i) {
    if (to.at(i).kind != node_kind::repeat) continue;
    const std::uint32_t old = from.find(to.declared(i).key);
    if (old == no_node || from.at(old).kind != node_kind::repeat) continue;
    const std::uint32_t before = from.at(old).repeat;
    if (before < run.taken.size()) taken[to.at(i).repeat] = run.taken[before];
  }
  run.taken = std::move(taken);
  const std::uint32_t stood = run.node;
  run.node = moved(stood);
  run.step_node = moved(run.step_node);
  run.policy_version = to.version();
  if (stood != no_node && to.at(run.node).kind != from.at(stood).kind && run.place != run_place::unset) {
    run.place = run_place::held;  // what stood there is gone: it goes on with what took its place
  }
}

bool recount_wait(escalation_run& run, const escalation_graph& graph, instant now) {
  if (run.state != run_state::triggered || run.place != run_place::wait || run.exhausted) return false;
  if (run.node == no_node) return false;
  const std::optional<business_calendar>& calendar = graph.at(run.node).calendar;
  if (!calendar) return false;
  const instant end = calendar->add(run.place_since, graph.declared(run.node).delay);
  if (end == never || std::max(end, now) == run.due) return false;
  run.due = std::max(end, now);
  return true;
}

}  // namespace tocsin::inline v1
