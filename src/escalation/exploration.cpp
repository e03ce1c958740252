#include "exploration.hpp"

#include <algorithm>
#include <utility>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {

explored exploration::worst(instant opened_at, const std::vector<bool>& wanted) {
  wanted_ = &wanted;
  opened_at_ = opened_at;
  visited_.clear();
  known_.clear();
  longest_ = silent_ = no_node;
  place start{.node = graph_.start(), .at = opened_at, .pass_since = opened_at};
  start.taken.assign(graph_.repeats(), 0);
  come_to(std::move(start), no_node);
  for (std::uint32_t i = 0; i < visited_.size() && silent_ == no_node; ++i) follow(i);
  explored result;
  result.never = silent_ != no_node;
  if (!result.never) result.time = longest_at_ - opened_at;
  for (std::uint32_t at = result.never ? silent_ : longest_; at != no_node; at = visited_[at].came_from) {
    if (result.path.empty() || result.path.back() != visited_[at].here.node) {
      result.path.push_back(visited_[at].here.node);
    }
  }
  std::ranges::reverse(result.path);
  return result;
}

void exploration::come_to(place there, std::uint32_t from) {
  const bool in_time = there.at <= instant_max && there.at - opened_at_ <= duration{limits::lint_patience_us};
  if (there.node == no_node || !in_time) return end(from, opened_at_, true);
  std::vector<std::uint32_t> before;
  for (const person_ref one : there.before) before.push_back(one.index);
  const bool fresh = known_
                         .emplace(there.node, there.at.us, there.pass_since.us, there.pass_found, there.pass_skipped.us,
                                  there.taken, std::move(before))
                         .second;
  if (!fresh) return;
  if (++looked_at_ > limits::lint_places_max || visited_.size() == limits::lint_places_at_once_max) {
    throw error(status::resource_exhausted, "lint.too_large", "there are too many paths");
  }
  visited_.push_back({std::move(there), from});
}

void exploration::end(std::uint32_t number, instant at, bool silent) {
  if (silent) {
    silent_ = number;
  } else if (longest_ == no_node || at > longest_at_) {
    longest_ = number;
    longest_at_ = at;
  }
}

void exploration::follow(std::uint32_t number) {
  place here = visited_[number].here;
  const graph_node& node = graph_.at(here.node);
  switch (node.kind) {
    case node_kind::notify:
    case node_kind::raise:
      return follow_step(number);
    case node_kind::repeat:
      return follow_repeat(number);
    case node_kind::stop:
      return end(number, here.at, true);
    case node_kind::wait: {
      const duration delay = graph_.declared(here.node).delay;
      here.at = node.calendar ? node.calendar->add(here.at, delay) : here.at + delay;
      here.node = node.next;
      return come_to(std::move(here), number);
    }
    case node_kind::branch: {
      place other = here;
      const bool open = !node.calendar || node.calendar->is_open(here.at);
      here.node = node.next;
      other.node = node.other;
      if (open) come_to(std::move(here), number);
      if (!open || node.guard) come_to(std::move(other), number);
      return;
    }
    default:
      here.node = node.next;
      return come_to(std::move(here), number);
  }
}

std::vector<person_ref> exploration::recipients(const place& here) const {
  std::vector<person_ref> result;
  const auto add = [&](person_ref one) {
    if (one && std::ranges::find(result, one) == result.end()) result.push_back(one);
  };
  if (graph_.at(here.node).kind == node_kind::raise) {
    if (here.before.empty()) add(duty_.manager_of(duty_.assignee(here.at), here.at));
    for (const person_ref one : here.before) add(duty_.manager_of(one, here.at));
    return result;
  }
  for (const escalation_target& target : graph_.declared(here.node).targets) {
    for (const person_ref one : duty_.who(target, here.at).people) add(one);
  }
  return result;
}

void exploration::follow_step(std::uint32_t number) {
  place here = visited_[number].here;
  const graph_node& node = graph_.at(here.node);
  const escalation_node& declared = graph_.declared(here.node);
  const urgency u = declared.urgency == urgency::unset ? urgency::high : declared.urgency;
  const std::vector<person_ref> found = recipients(here);
  const bool wanted = wanted_->empty() || (*wanted_)[here.node];
  if (wanted && std::ranges::any_of(found, [&](person_ref one) { return duty_.has_usable_contact(one, u); })) {
    return end(number, here.at, false);
  }
  if (!found.empty()) {
    here.pass_found = true;
    here.before = found;
  }
  if (found.empty() && graph_.policy().nobody != nobody_rule::wait) {
    here.pass_skipped = here.pass_skipped + declared.delay;
  } else {
    here.at = here.at + declared.delay;
  }
  here.node = node.next;
  come_to(std::move(here), number);
}

// As runs do it (E4).
void exploration::follow_repeat(std::uint32_t number) {
  place here = visited_[number].here;
  const graph_node& node = graph_.at(here.node);
  const std::int64_t times = graph_.declared(here.node).times;
  std::int64_t& taken = here.taken[node.repeat];
  if (times >= 0 && taken >= times) {
    here.node = node.next;
    return come_to(std::move(here), number);
  }
  const duration lasted = here.at - here.pass_since;
  duration rest;
  if (!here.pass_found) {
    rest = std::max({duration{}, here.pass_skipped, minute - lasted});
  } else if (lasted.us == 0 && (times < 0 || here.pass_skipped.us != 0)) {
    rest = std::max(here.pass_skipped, minute);
  }
  if (times >= 0) ++taken;
  here.at = here.at + rest;
  here.pass_since = here.at;
  here.pass_found = false;
  here.pass_skipped = {};
  here.node = node.other;
  come_to(std::move(here), number);
}

}  // namespace tocsin::inline v1
