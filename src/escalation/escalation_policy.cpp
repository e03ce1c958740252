#include <tocsin/escalation/escalation_policy.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr range delays{0, limits::escalation_delay_max_us};
constexpr max_length key_length{limits::key_length_max};

}  // namespace

std::span<const std::string_view> choices(escalation_target_kind) {
  static constexpr std::string_view all[] = {"person", "team", "schedule", "role", "service_owner", "manager_of"};
  return all;
}

std::span<const std::string_view> choices(acknowledgement) {
  static constexpr std::string_view all[] = {"any", "all", "some"};
  return all;
}

std::span<const std::string_view> choices(node_kind) {
  static constexpr std::string_view all[] = {"notify", "wait",          "branch", "assign", "hand_over",
                                             "raise",  "declare_major", "run",    "repeat", "stop"};
  return all;
}

std::span<const std::string_view> choices(nobody_rule) {
  static constexpr std::string_view all[] = {"go_on", "wait"};
  return all;
}

std::span<const std::string_view> choices(late_rule) {
  static constexpr std::string_view all[] = {"skip", "replay"};
  return all;
}

std::span<const std::string_view> choices(followed_version) {
  static constexpr std::string_view all[] = {"started", "live"};
  return all;
}

std::span<const field_row> escalation_target::fields() {
  static constexpr field_row rows[] = {
      row<&escalation_target::kind>("kind", "What the key names", required),
      row<&escalation_target::key>("key",
                                   "Key of the person, team, schedule or role; of the service whose owner, or the "
                                   "person whose manager is meant: none is the incident's service, or its assignee",
                                   one_line, key_length),
  };
  return rows;
}

std::span<const field_row> escalation_node::fields() {
  using self = escalation_node;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the node", required, one_line, key_length),
      row<&self::kind>("kind", "What it does", required),
      row<&self::next>("next", "Key of the node that follows; of a branch, if its condition holds", one_line,
                       key_length),
      row<&self::targets>("targets", "Of a notification: whom", max_length(limits::escalation_targets_max)),
      row<&self::urgency>("urgency", "Of a notification or raise; high where nothing is said"),
      row<&self::acknowledgement>("acknowledgement", "Who must acknowledge; any where nothing is said"),
      row<&self::needed>("needed", "Of acknowledgement by some: how many", range{0, 1'000}),
      row<&self::delay>("delay", "Time after a notification or raise; of a wait, how long", delays),
      row<&self::calendar>("calendar",
                           "Key of a calendar; of a wait, whose open time counts; of a branch, that must be open",
                           one_line, key_length),
      row<&self::condition>("condition", "Of a branch: what must hold, in JsonLogic's syntax"),
      row<&self::otherwise>("otherwise", "Of a branch: key of the node that follows if its condition does not hold",
                            one_line, key_length),
      row<&self::team>("team", "Of an assignment or hand-over: key of the team", one_line, key_length),
      row<&self::level>("level", "Of an assignment or hand-over: support level", range{0, 100}),
      row<&self::automation>("automation", "Of a run: key of what is to be run", one_line, key_length),
      row<&self::to>("to", "Of a repeat: key of the node that it goes back to", one_line, key_length),
      row<&self::times>("times", "Of a repeat: how often; -1: for ever", range{-1, limits::escalation_repeats_max}),
      row<&self::reason>("reason", "Of an assignment, hand-over or raise: why", one_line),
  };
  return rows;
}

std::span<const field_row> escalation_step::fields() {
  using self = escalation_step;
  static constexpr field_row rows[] = {
      row<&self::targets>("targets", "Whom it notifies; none: nobody", max_length(limits::escalation_targets_max)),
      row<&self::delay>("delay", "Time until the next step", delays),
      row<&self::urgency>("urgency", "Of the notification; high where nothing is said"),
      row<&self::acknowledgement>("acknowledgement", "Who must acknowledge; any where nothing is said"),
      row<&self::needed>("needed", "Of acknowledgement by some: how many", range{0, 1'000}),
  };
  return rows;
}

std::span<const field_row> escalation_trigger::fields() {
  using self = escalation_trigger;
  static constexpr field_row rows[] = {
      row<&self::on>("on", "What starts a run", required),
      row<&self::condition>("condition", "What must hold of the record then, in JsonLogic's syntax"),
      row<&self::after>("after", "Of unassigned_for, not_updated_for and unresolved_for: how long", delays),
      row<&self::calendar>("calendar", "Of the same: key of the calendar whose open time counts; none: real time",
                           one_line, key_length),
      row<&self::threshold>("threshold", "Of threshold: name of the one that is meant; none: any", one_line),
  };
  return rows;
}

std::span<const field_row> storm_limits::fields() {
  using self = storm_limits;
  static constexpr field_row rows[] = {
      row<&self::window>("window", "How long a window is; five minutes where nothing is said",
                         range{0, limits::storm_window_max_us}),
      row<&self::person_pages>("person_pages",
                               "Pages to one person in a window; 20 where nothing is said; -1: any number",
                               range{-1, limits::storm_pages_max}),
      row<&self::service_pages>("service_pages",
                                "Pages to one person about one service in a window; 10 where nothing is said; -1: any "
                                "number",
                                range{-1, limits::storm_pages_max}),
      row<&self::spared>("spared",
                         "The first page about a record of this priority, or a higher one, is never held; critical "
                         "where nothing is said"),
  };
  return rows;
}

storm_limits settled(storm_limits storms) {
  if (storms.window.us == 0) storms.window = 5 * minute;
  if (storms.person_pages == 0) storms.person_pages = 20;
  if (storms.service_pages == 0) storms.service_pages = 10;
  if (storms.spared == priority::unset) storms.spared = priority::critical;
  return storms;
}

std::span<const field_row> escalation_policy::fields() {
  using self = escalation_policy;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key of the policy", required, one_line, key_length),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::steps>("steps", "Shorthand for a graph: steps with delays, one after the other",
                        max_length(limits::escalation_steps_max)),
      row<&self::nodes>("nodes", "The graph", max_length(limits::escalation_nodes_max)),
      row<&self::start>("start", "Key of the node that a run begins with; the first where nothing is said", one_line,
                        key_length),
      row<&self::repeat>("repeat", "Of steps: passes after the first; -1: for ever",
                         range{-1, limits::escalation_repeats_max}),
      row<&self::nobody>("nobody", "What becomes of a step that finds nobody; go_on where nothing is said"),
      row<&self::late>("late", "What becomes of steps that the host was too late for; skip where nothing is said"),
      row<&self::follows>("follows",
                          "The version a run goes by: the one it started with (where nothing is said), or "
                          "the latest"),
      row<&self::acknowledgement_timeout>("acknowledgement_timeout",
                                          "Time after which an acknowledgement has lapsed; none: never", delays),
      row<&self::catch_up>("catch_up", "A host that comes later than this is late; five minutes where nothing is said",
                           always, delays),
      row<&self::triggers>("triggers", "What starts a run by itself on a desk",
                           max_length(limits::escalation_triggers_max)),
      row<&self::storms>("storms", "How many pages somebody gets before the rest of them is bundled"),
  };
  return rows;
}

escalation_policy expanded(const escalation_policy& policy) {
  if (policy.steps.empty()) return policy;
  escalation_policy result = policy;
  result.steps.clear();
  result.repeat = 0;
  result.start = "step_1";
  const std::string end = policy.repeat == 0 ? "stop" : "repeat";
  for (std::size_t i = 0; i < policy.steps.size(); ++i) {
    const escalation_step& step = policy.steps[i];
    result.nodes.push_back({.key = "step_" + std::to_string(i + 1),
                            .kind = node_kind::notify,
                            .next = i + 1 < policy.steps.size() ? "step_" + std::to_string(i + 2) : end,
                            .targets = step.targets,
                            .urgency = step.urgency,
                            .acknowledgement = step.acknowledgement,
                            .needed = step.needed,
                            .delay = step.delay});
  }
  if (policy.repeat != 0) {
    result.nodes.push_back({.key = "repeat",
                            .kind = node_kind::repeat,
                            .next = policy.repeat < 0 ? "" : "stop",
                            .to = "step_1",
                            .times = policy.repeat});
  }
  if (policy.repeat >= 0) result.nodes.push_back({.key = "stop", .kind = node_kind::stop});
  return result;
}

// ---- malformations

namespace {

std::string quoted(const std::string& text) { return '"' + text + '"'; }

class shape_check {
 public:
  explicit shape_check(const escalation_policy& policy) : policy_(policy) {
    for (const escalation_node& node : policy.nodes) {
      if (!keys_.insert(node.key).second) find("/nodes", "the key " + quoted(node.key) + " is there twice");
    }
  }

  std::vector<std::string> findings() {
    check_form();
    for (std::size_t i = 0; i < policy_.steps.size(); ++i) {
      const escalation_step& step = policy_.steps[i];
      const std::string path = "/steps/" + std::to_string(i);
      check_targets(path, step.targets);
      check_needed(path, step.acknowledgement, step.needed);
    }
    for (std::size_t i = 0; i < policy_.triggers.size(); ++i) {
      check_trigger("/triggers/" + std::to_string(i), policy_.triggers[i]);
    }
    for (std::size_t i = 0; i < policy_.nodes.size(); ++i) check_node("/nodes/" + std::to_string(i), policy_.nodes[i]);
    return std::move(findings_);
  }

 private:
  void find(const std::string& path, const std::string& what) { findings_.push_back(path + ": " + what); }

  void check_form() {
    if (policy_.steps.empty() == policy_.nodes.empty()) {
      find("", policy_.steps.empty() ? "it has neither steps nor nodes" : "it has both steps and nodes");
    }
    if (policy_.repeat != 0 && policy_.steps.empty()) find("/repeat", "this is for steps; a graph has repeat nodes");
    if (!policy_.start.empty()) {
      if (policy_.nodes.empty())
        find("/start", "this is for graphs; steps begin with the first");
      else
        check_known("/start", policy_.start);
    }
  }

  void check_known(const std::string& path, const std::string& key) {
    if (!keys_.contains(key)) find(path, "there is no node " + quoted(key));
  }

  void check_targets(const std::string& path, const std::vector<escalation_target>& targets) {
    for (std::size_t i = 0; i < targets.size(); ++i) {
      const bool may_lack = targets[i].kind == escalation_target_kind::service_owner ||
                            targets[i].kind == escalation_target_kind::manager_of;
      if (targets[i].key.empty() && !may_lack) find(path + "/targets/" + std::to_string(i), "it needs a key");
    }
  }

  void check_needed(const std::string& path, acknowledgement by, std::int64_t needed) {
    if (by == acknowledgement::some && needed == 0) find(path + "/needed", "acknowledgement by some needs a number");
    if (by != acknowledgement::some && needed != 0) find(path + "/needed", "this is for acknowledgement by some");
  }

  void check_link(const std::string& path, const char* name, const std::string& key, bool needed, bool may) {
    const std::string at = path + "/" + name;
    if (key.empty() && needed) find(at, "it leads nowhere; a path ends with a stop node");
    if (!key.empty() && !may) find(at, "a node of this kind has none");
    if (!key.empty() && may) check_known(at, key);
  }

  void check_taken(const std::string& path, const char* name, bool there, bool taken) {
    if (there && !taken) find(path + "/" + name, "a node of this kind has none");
  }

  void check_trigger(const std::string& path, const escalation_trigger& trigger) {
    const auto take = [&](const char* name, bool there, bool taken) {
      if (there && !taken) find(path + "/" + name, "a trigger of this kind has none");
    };
    if (is_timed(trigger.on) && trigger.after.us == 0) find(path + "/after", "it needs a time");
    take("after", trigger.after.us != 0, is_timed(trigger.on));
    take("calendar", !trigger.calendar.empty(), is_timed(trigger.on));
    take("threshold", !trigger.threshold.empty(), trigger.on == escalation_cause::threshold);
    if (trigger.on == escalation_cause::by_hand && !trigger.condition) {
      find(path + "/condition", "without one it says nothing: whoever may can start a run by hand");
    }
  }

  void check_node(const std::string& path, const escalation_node& node) {
    const auto is = [&](auto... kinds) { return ((node.kind == kinds) || ...); };
    const bool pages = is(node_kind::notify, node_kind::raise);
    const bool moves = is(node_kind::assign, node_kind::hand_over);
    const bool endless = is(node_kind::repeat) && node.times < 0;
    check_link(path, "next", node.next, !is(node_kind::stop) && !endless, !is(node_kind::stop) && !endless);
    check_link(path, "otherwise", node.otherwise, is(node_kind::branch), is(node_kind::branch));
    check_link(path, "to", node.to, is(node_kind::repeat), is(node_kind::repeat));
    check_taken(path, "targets", !node.targets.empty(), is(node_kind::notify));
    check_taken(path, "urgency", node.urgency != urgency::unset, pages);
    check_taken(path, "acknowledgement", node.acknowledgement != acknowledgement::unset, pages);
    check_taken(path, "delay", node.delay.us != 0, pages || is(node_kind::wait));
    check_taken(path, "calendar", !node.calendar.empty(), is(node_kind::wait, node_kind::branch));
    check_taken(path, "condition", bool(node.condition), is(node_kind::branch));
    check_taken(path, "team", !node.team.empty(), moves);
    check_taken(path, "level", node.level != 0, moves);
    check_taken(path, "automation", !node.automation.empty(), is(node_kind::run));
    check_taken(path, "times", node.times != 0, is(node_kind::repeat));
    check_taken(path, "reason", !node.reason.empty(), moves || is(node_kind::raise));
    check_targets(path, node.targets);
    check_needed(path, node.acknowledgement, node.needed);
    if (is(node_kind::wait) && node.delay.us == 0 && node.calendar.empty()) find(path + "/delay", "a wait needs one");
    if (is(node_kind::branch) && !node.condition && node.calendar.empty()) {
      find(path + "/condition", "a branch needs a condition or a calendar");
    }
    if (moves && node.team.empty() && node.level == 0) find(path + "/team", "it needs a team or a level");
    if (is(node_kind::run) && node.automation.empty()) find(path + "/automation", "it needs a key");
    if (is(node_kind::repeat) && node.times == 0) find(path + "/times", "a repeat needs a number, or -1");
  }

  const escalation_policy& policy_;
  std::set<std::string> keys_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> malformations(const escalation_policy& policy) { return shape_check(policy).findings(); }

}  // namespace tocsin::inline v1
