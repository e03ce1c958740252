#include <tocsin/time/calendar_book.hpp>

#include <algorithm>
#include <ranges>
#include <set>
#include <utility>
#include <vector>

#include <tocsin/base/error.hpp>

#include "base/graph.hpp"

namespace tocsin::inline v1 {
namespace {

using definition_list = std::vector<const business_calendar_definition*>;
using calendars_by_key = std::map<std::string, business_calendar, std::less<>>;

std::string_view key_of(const business_calendar_definition* d) { return d->key; }

// Rising by key.
definition_list sorted(definition_list definitions) {
  std::set<std::string_view> keys;
  for (const business_calendar_definition* d : definitions) {
    if (keys.insert(d->key).second) continue;
    throw error(status::already_exists, "calendar.key_twice", "calendar \"" + d->key + "\" is there twice");
  }
  std::ranges::sort(definitions, {}, key_of);
  return definitions;
}

detail::vertex number_of(const definition_list& definitions, std::string_view key) {
  return static_cast<detail::vertex>(std::ranges::lower_bound(definitions, key, {}, key_of) - definitions.begin());
}

// From each combination to its parts. One without a definition is left to business_calendar::compile, which knows its path.
detail::digraph parts_of(const definition_list& definitions) {
  std::vector<detail::edge> edges;
  for (detail::vertex i = 0; i < definitions.size(); ++i) {
    for (const auto* parts : {&definitions[i]->intersection, &definitions[i]->union_of}) {
      for (const std::string& part : *parts) {
        const detail::vertex to = number_of(definitions, part);
        if (to < definitions.size() && definitions[to]->key == part) edges.push_back({i, to});
      }
    }
  }
  return {definitions.size(), edges};
}

// Each after its parts.
calendars_by_key compiled(const definition_list& definitions, const zone_data& zones) {
  const detail::digraph parts = parts_of(definitions);
  if (const auto cycle = find_cycle(parts); !cycle.empty()) {
    throw error(status::invalid_argument, "calendar.circular",
                "calendar \"" + definitions[cycle.front()]->key + "\" is a part of itself");
  }
  calendars_by_key calendars;
  const calendar_lookup known = [&](std::string_view part) {
    const auto found = calendars.find(part);
    return found == calendars.end() ? nullptr : &found->second;
  };
  for (const detail::vertex v : topological_order(parts) | std::views::reverse) {
    calendars.emplace(definitions[v]->key, business_calendar::compile(*definitions[v], zones, known));
  }
  return calendars;
}

}  // namespace

calendar_book::calendar_book(std::span<const business_calendar_definition> definitions, const zone_data& zones) {
  definition_list all;
  for (const business_calendar_definition& d : definitions) all.push_back(&d);
  calendars_ = compiled(sorted(std::move(all)), zones);
}

const business_calendar* calendar_book::find(std::string_view key) const {
  if (const auto found = calendars_.find(key); found != calendars_.end()) return &found->second;
  const business_calendar& built_in = business_calendar::always();
  return key == built_in.definition().key ? &built_in : nullptr;
}

const business_calendar& calendar_book::get(std::string_view key) const {
  if (const business_calendar* found = find(key)) return *found;
  throw error(status::not_found, "calendar.unknown", "calendar \"" + std::string(key) + "\" is unknown");
}

business_calendar compile_with(const business_calendar_definition& definition,
                               std::span<const business_calendar_definition> others, const zone_data& zones) {
  definition_list all;
  for (const business_calendar_definition& d : others) all.push_back(&d);
  all.push_back(&definition);
  all = sorted(std::move(all));
  const detail::vertex one = number_of(all, definition.key);
  const std::vector<bool> needed = reachable_from(parts_of(all), {&one, 1});
  definition_list with_parts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (needed[i]) with_parts.push_back(all[i]);
  }
  return compiled(with_parts, zones).at(definition.key);
}

}  // namespace tocsin::inline v1
