#include <tocsin/major_incident/response_roles.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::inline v1 {
namespace {

using reporting = std::map<std::string, std::set<std::string>>;  // whom a role reports to

// Goes up from a role; the way is the answer where it comes back to a role that it has passed.
bool goes_round(const reporting& tree, const std::string& role, std::vector<std::string>& way,
                std::set<std::string>& done) {
  const auto passed = std::ranges::find(way, role);
  if (passed != way.end()) {
    way.erase(way.begin(), passed);
    way.push_back(role);
    return true;
  }
  if (!done.insert(role).second) return false;
  const auto above = tree.find(role);
  if (above == tree.end()) return false;
  way.push_back(role);
  for (const std::string& one : above->second) {
    if (goes_round(tree, one, way, done)) return true;
  }
  way.pop_back();
  return false;
}

std::string circle_in(const reporting& tree) {
  std::set<std::string> done;
  for (const auto& [role, above] : tree) {
    std::vector<std::string> way;
    if (!goes_round(tree, role, way, done)) continue;
    std::string text;
    for (const std::string& one : way) text += (text.empty() ? "" : " -> ") + one;
    return text;
  }
  return {};
}

template <class T>
std::string circle_of(std::span<const T> all) {
  reporting tree;
  for (const T& one : all) {
    if (!one.reports_to.empty()) tree[one.role].insert(one.reports_to);
  }
  return circle_in(tree);
}

}  // namespace

std::span<const response_role> standard_response_roles() {
  static const response_role all[] = {
      {std::string(incident_commander), {}},
      {"deputy", std::string(incident_commander)},
      {"operations", std::string(incident_commander)},
      {std::string(communication_role), std::string(incident_commander)},
      {"technical_lead", "operations"},
      {"scribe", std::string(incident_commander)},
      {"liaison", std::string(incident_commander)},
  };
  return all;
}

std::span<const field_row> role_holding::fields() {
  using self = role_holding;
  static constexpr field_row rows[] = {
      row<&self::role>("role", "The role", one_line, max_length(limits::key_length_max)),
      row<&self::person>("person", "Who held it"),
      row<&self::from>("from", "Since when"),
      row<&self::until>("until", "Until when (excluded); none: it is held still"),
      row<&self::reports_to>("reports_to", "Role that it reported to", one_line, max_length(limits::key_length_max)),
  };
  return rows;
}

std::span<const field_row> span_finding::fields() {
  using self = span_finding;
  static constexpr field_row rows[] = {
      row<&self::role>("role", "Role that too many people report to", one_line, max_length(limits::key_length_max)),
      row<&self::reports>("reports", "How many people report to it"),
  };
  return rows;
}

std::vector<role_holding> holders_at(std::span<const role_holding> all, instant at, instant end) {
  std::vector<role_holding> held;
  if (at >= end) return held;
  for (const role_holding& one : all) {
    if (one.from <= at && (goes_on(one) || at < one.until)) held.push_back(one);
  }
  return held;
}

const role_holding* find_holder(std::span<const role_holding> all, std::string_view role) {
  const auto found = std::ranges::find_if(all, [&](const role_holding& h) { return h.role == role && goes_on(h); });
  return found == all.end() ? nullptr : &*found;
}

const role_holding* find_holder(std::span<const role_holding> all, std::string_view role, person_ref person) {
  const auto found = std::ranges::find_if(
      all, [&](const role_holding& h) { return h.role == role && h.person == person && goes_on(h); });
  return found == all.end() ? nullptr : &*found;
}

std::string reporting_circle(std::span<const response_role> roles) { return circle_of(roles); }
std::string reporting_circle(std::span<const role_holding> held) { return circle_of(held); }

std::size_t reports_of(std::span<const role_holding> held, std::string_view role) {
  std::set<std::uint32_t> people;
  for (const role_holding& one : held) {
    if (one.reports_to == role) people.insert(one.person.index);
  }
  return people.size();
}

std::vector<span_finding> over_span(std::span<const role_holding> held) {
  std::set<std::string_view> above;
  for (const role_holding& one : held) {
    if (!one.reports_to.empty()) above.insert(one.reports_to);
  }
  std::vector<span_finding> found;
  for (const std::string_view role : above) {
    const std::size_t reports = reports_of(held, role);
    if (reports > limits::span_of_control_max) {
      found.push_back({std::string(role), static_cast<std::int64_t>(reports)});
    }
  }
  return found;
}

}  // namespace tocsin::inline v1
