#include <tocsin/escalation/lint.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include <tocsin/base/error.hpp>

#include "exploration.hpp"
#include "onward_links.hpp"

namespace tocsin::inline v1 {
namespace {

std::string quoted(const std::string& text) { return '"' + text + '"'; }

class linter {
 public:
  linter(const escalation_graph& graph, const lint_source& duty, instant from, instant until)
      : graph_(graph), duty_(duty), from_(from), until_(until) {}

  lint_verdict run() {
    find_unreachable();
    find_steps();
    const std::vector<instant> openings = list_openings();
    verdict_.openings = std::ssize(openings);
    bound(openings);
    return std::move(verdict_);
  }

 private:
  lint_finding* find(lint_rule rule, std::string what) {
    if (++counts_[rule] > limits::lint_findings_max) return nullptr;
    return &verdict_.findings.emplace_back(lint_finding{.rule = rule, .what = std::move(what)});
  }

  const std::string& key(std::uint32_t node) const { return graph_.declared(node).key; }

  std::vector<std::string> keys(const std::vector<std::uint32_t>& path) const {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < path.size(); ++i) {
      const bool middle = path.size() > limits::lint_path_max && i >= limits::lint_path_max / 2 &&
                          i < path.size() - limits::lint_path_max / 2;
      if (!middle) result.push_back(key(path[i]));
      if (middle && result.back() != "...") result.emplace_back("...");
    }
    return result;
  }

  // ---- the graph alone

  void find_unreachable() {
    std::vector<detail::edge> links;
    for (std::uint32_t i = 0; i < graph_.nodes().size(); ++i) {
      for (const std::uint32_t next : successors(graph_.at(i))) links.push_back({i, next});
    }
    const detail::vertex start = graph_.start();
    reached_ = reachable_from(detail::digraph(graph_.nodes().size(), links), {&start, 1});
    for (std::uint32_t i = 0; i < reached_.size(); ++i) {
      if (!reached_[i]) find(lint_rule::unreachable_node, "no path leads to " + quoted(key(i)));
    }
  }

  // ---- each step by itself

  void find_steps() {
    for (std::uint32_t i = 0; i < reached_.size(); ++i) {
      const graph_node& here = graph_.at(i);
      if (!notifies(here.kind)) continue;
      const escalation_node& node = graph_.declared(i);
      if (node.delay.us == 0 && here.next != no_node && graph_.at(here.next).kind != node_kind::wait) {
        find(lint_rule::zero_delay, quoted(node.key) + " is followed at the same instant");
      }
      if (here.kind == node_kind::notify) look_at(i, node);
    }
  }

  void look_at(std::uint32_t place, const escalation_node& node) {
    const urgency u = node.urgency == urgency::unset ? urgency::high : node.urgency;
    std::set<std::uint32_t> met;
    bool anybody = false;
    for (const escalation_target& target : node.targets) {
      each_period(target, [&](const on_call& now, instant, instant) {
        anybody = anybody || !now.people.empty();
        for (const person_ref one : now.people) met.insert(one.index);
      });
      if (target.kind == escalation_target_kind::schedule) find_gaps(target);
    }
    if (!anybody) find(lint_rule::empty_step, quoted(node.key) + " means nobody at any time");
    bool deaf = false;
    bool hasty = false;
    for (const std::uint32_t index : met) {
      deaf = deaf || !duty_.has_usable_contact({index}, u);
      hasty = hasty || duty_.longest_rule({index}, u) > node.delay;
    }
    if (deaf) {
      lint_finding* found =
          find(lint_rule::no_usable_contact, quoted(node.key) + " means somebody without a usable contact method");
      if (found) found->path = {key(place)};
    }
    if (hasty && node.delay.us != 0) {
      find(lint_rule::shorter_than_own_rules,
           quoted(node.key) + " is shorter than the personal rules of somebody whom it means");
    }
  }

  void each_period(const escalation_target& target,
                   const std::function<void(const on_call&, instant, instant)>& visit) {
    std::size_t steps = 0;
    for (instant at = from_; at < until_;) {
      if (++steps > limits::lint_changes_max) too_large("changes of a schedule");
      const instant next = std::min(duty_.next_change(target, at), until_);
      visit(duty_.who(target, at), at, next);
      changes_.insert(at);
      at = next;
    }
  }

  void find_gaps(const escalation_target& target) {
    if (!schedules_.insert(target.key).second) return;
    std::vector<oncall_span> gaps;
    each_period(target, [&](const on_call& now, instant at, instant next) {
      if (!now.people.empty()) return;
      if (!gaps.empty() && gaps.back().until == at) {
        gaps.back().until = next;
      } else {
        gaps.push_back({at, next});
      }
    });
    for (const oncall_span& gap : gaps) {
      lint_finding* found = find(lint_rule::coverage_gap, "schedule " + quoted(target.key) + " has nobody on call");
      if (!found) return;
      found->at = gap.from;
      found->until = gap.until;
    }
  }

  [[noreturn]] static void too_large(const char* what) {
    throw error(status::resource_exhausted, "lint.too_large", std::string("there are too many ") + what);
  }

  // ---- every path at every hour

  std::vector<instant> list_openings() {
    for (instant at = from_; at < until_; at = at + hour) changes_.insert(at);
    return {changes_.begin(), changes_.end()};
  }

  void bound(const std::vector<instant>& openings) {
    exploration paths(graph_, duty_);
    worst(paths, openings, {}, verdict_.notified);
    const std::vector<bool> last = last_steps();
    worst(paths, openings, last, verdict_.last_resort);
    say_never(verdict_.notified, lint_rule::nobody_notified, "a path notifies nobody who can be reached");
    if (!verdict_.notified.never) {
      say_never(verdict_.last_resort, lint_rule::last_resort_unheard,
                "a path ends without its last resort being heard");
    }
  }

  void worst(exploration& paths, const std::vector<instant>& openings, const std::vector<bool>& wanted,
             lint_bound& to) {
    for (const instant opened_at : openings) {
      const explored found = paths.worst(opened_at, wanted);
      if (!found.never && is_set(to.opened_at) && found.time <= to.time) continue;
      to = {found.never, found.never ? duration{} : found.time, opened_at, keys(found.path)};
      if (found.never) return;
    }
  }

  // Steps from which no other step can be come to, but by going back: no walk against the links comes to them that begins
  // just before a step.
  std::vector<bool> last_steps() const {
    const std::vector<detail::edge> links = onward_links(graph_.nodes());
    std::vector<detail::vertex> before_steps;
    for (const detail::edge& link : links) {
      if (notifies(graph_.at(link.to).kind)) before_steps.push_back(link.from);
    }
    const std::vector<bool> leads_on =
        reachable_from(reversed(detail::digraph(graph_.nodes().size(), links)), before_steps);
    std::vector<bool> result(graph_.nodes().size(), false);
    for (std::uint32_t i = 0; i < result.size(); ++i) {
      result[i] = notifies(graph_.at(i).kind) && reached_[i] && !leads_on[i];
    }
    return result;
  }

  void say_never(const lint_bound& found, lint_rule rule, const char* what) {
    if (!found.never) return;
    lint_finding* said = find(rule, what);
    said->path = found.path;
    said->at = found.opened_at;
  }

  const escalation_graph& graph_;
  const lint_source& duty_;
  instant from_;
  instant until_;
  lint_verdict verdict_;
  std::vector<bool> reached_;
  std::set<std::string> schedules_;
  std::set<instant> changes_;
  std::map<lint_rule, std::size_t> counts_;
};

}  // namespace

std::span<const std::string_view> choices(lint_rule) {
  static constexpr std::string_view all[] = {
      "unreachable_node",  "nobody_notified", "last_resort_unheard",    "empty_step",
      "no_usable_contact", "zero_delay",      "shorter_than_own_rules", "coverage_gap"};
  return all;
}

std::span<const field_row> lint_finding::fields() {
  static constexpr field_row rows[] = {
      row<&lint_finding::rule>("rule", "What was looked for"),
      row<&lint_finding::what>("what", "For people"),
      row<&lint_finding::path>("path", "Keys of the nodes of a counter-example"),
      row<&lint_finding::at>("at", "When the incident opens; of a gap, when it begins"),
      row<&lint_finding::until>("until", "Of a gap: its end"),
  };
  return rows;
}

std::span<const field_row> lint_bound::fields() {
  static constexpr field_row rows[] = {
      row<&lint_bound::never>("never", "There is an opening and a path on which it does not happen"),
      row<&lint_bound::time>("time", "From the opening on", always),
      row<&lint_bound::opened_at>("opened_at", "The opening"),
      row<&lint_bound::path>("path", "Keys of the nodes"),
  };
  return rows;
}

std::span<const field_row> lint_verdict::fields() {
  static constexpr field_row rows[] = {
      row<&lint_verdict::findings>("findings", "What was found", always),
      row<&lint_verdict::notified>("notified", "Until somebody is notified who can be reached", always),
      row<&lint_verdict::last_resort>("last_resort", "Until somebody is by a step that no other follows", always),
      row<&lint_verdict::openings>("openings", "That were looked at", always),
  };
  return rows;
}

lint_verdict lint(const escalation_graph& graph, const lint_source& duty, instant from, instant until) {
  if (!is_acceptable(from) || !is_acceptable(until) || until <= from ||
      until - from > duration{limits::lint_window_max_us}) {
    throw error(status::invalid_argument, "lint.window", "a window goes forward, and is 366 days long at most");
  }
  return linter(graph, duty, from, until).run();
}

}  // namespace tocsin::inline v1
