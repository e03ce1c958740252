#include <tocsin/major_incident/response_effort.hpp>

#include <algorithm>
#include <map>

namespace tocsin::inline v1 {
namespace {

struct time_span {
  instant from;
  instant until;

  friend auto operator<=>(const time_span&, const time_span&) = default;
};

time_span span_of(const role_holding& h, instant end) {
  const instant until = goes_on(h) ? end : std::min(h.until, end);
  return {h.from, std::max(h.from, until)};
}

// Of spans that may overlap; where they do, time counts once.
duration time_covered(std::vector<time_span> spans) {
  std::ranges::sort(spans);
  duration total;
  instant counted = instant_min;
  for (const time_span& one : spans) {
    const instant from = std::max(one.from, counted);
    if (one.until > from) total = total + (one.until - from);
    counted = std::max(counted, one.until);
  }
  return total;
}

action_effort effort_of_kind(std::span<const response_action> actions, action_kind kind) {
  action_effort effort;
  for (const response_action& one : actions) {
    if (one.kind != kind) continue;
    ++effort.count;
    if (is_set(one.began_at) && is_set(one.ended_at)) effort.time = effort.time + (one.ended_at - one.began_at);
  }
  return effort;
}

}  // namespace

std::span<const field_row> role_effort::fields() {
  static constexpr field_row rows[] = {
      row<&role_effort::role>("role", "The role", one_line, max_length(limits::key_length_max)),
      row<&role_effort::time>("time", "Time of all who held it, added up", always),
  };
  return rows;
}

std::span<const field_row> person_effort::fields() {
  static constexpr field_row rows[] = {
      row<&person_effort::person>("person", "The person"),
      row<&person_effort::time>("time", "Time with a role; with two at once, it counts once", always),
  };
  return rows;
}

std::span<const field_row> action_effort::fields() {
  static constexpr field_row rows[] = {
      row<&action_effort::count>("count", "How many actions", always),
      row<&action_effort::time>("time", "Time of those that say when they began", always),
  };
  return rows;
}

response_effort effort_of(std::span<const role_holding> held, std::span<const response_action> actions, instant end) {
  response_effort effort;
  std::map<std::string, duration> roles;
  std::map<std::uint32_t, std::vector<time_span>> people;
  std::vector<person_ref> order;
  for (const role_holding& one : held) {
    const time_span span = span_of(one, end);
    roles[one.role] = roles[one.role] + (span.until - span.from);
    if (!people.contains(one.person.index)) order.push_back(one.person);
    people[one.person.index].push_back(span);
  }
  for (const auto& [role, time] : roles) effort.roles.push_back({role, time});
  for (const person_ref one : order) {
    const duration time = time_covered(people[one.index]);
    effort.people.push_back({one, time});
    effort.time = effort.time + time;
  }
  effort.technical = effort_of_kind(actions, action_kind::technical);
  effort.coordination = effort_of_kind(actions, action_kind::coordination);
  return effort;
}

}  // namespace tocsin::inline v1
