#include <tocsin/service/draw.hpp>

#include <algorithm>
#include <unordered_map>

#include <tocsin/base/error.hpp>

#include "base/picture.hpp"

namespace tocsin::inline v1 {
namespace {

detail::picture_look look_of(impact_state state) {
  switch (state) {
    case impact_state::failed:
      return {.fill = "#fbe6e3", .stroke = "#b03a2a"};
    case impact_state::degraded:
      return {.fill = "#fdf0da", .stroke = "#a5671b"};
    default:
      return {.fill = "#fdfbe6", .stroke = "#8d8a2a"};
  }
}

// The nearer to what began so, the earlier.
std::vector<item_number> drawn_items(const impact_analysis& of) {
  std::vector<item_number> items = of.affected_by_key();
  std::ranges::stable_sort(items, {}, [&](item_number item) { return of.reason(item).size(); });
  return items;
}

std::string link_label(const service_graph& graph, dependent to) {
  if (!to.is_group()) return to.only_degraded() ? "degrades" : "";
  const compiled_group& group = graph.group(to.number());
  return group.spare == 0 ? "" : std::to_string(group.spare) + " spare";
}

detail::picture picture_of(const service_graph& graph, const impact_analysis& of, std::string_view title) {
  detail::picture result{std::string(title), {}, {}, {}};
  const std::vector<item_number> items = drawn_items(of);
  std::unordered_map<item_number, std::uint32_t> places;
  for (const item_number item : items) {
    places.emplace(item, static_cast<std::uint32_t>(places.size()));
    const std::string state = std::string(name(of.state(item))) + (of.expected(item) ? ", expected" : "");
    result.boxes.push_back({{std::string(graph.key(item)), state}, look_of(of.state(item))});
  }
  for (const item_number item : items) {
    if (of.state(item) < impact_state::degraded) continue;
    graph.each_dependent(item, [&](dependent to) {
      const auto owner = places.find(graph.owner(to));
      if (owner == places.end() || graph.owner(to) == item) return;  // excluded, or itself
      const std::uint32_t from = places.at(item);
      result.links.push_back({from, owner->second, link_label(graph, to), owner->second <= from});
    });
  }
  return result;
}

}  // namespace

std::string draw_impact(const service_graph& graph, const impact_analysis& of, drawing_form form,
                        std::string_view title) {
  if (of.affected().size() > limits::drawn_items_max) {
    throw error(status::resource_exhausted, "service_graph.too_large",
                std::to_string(of.affected().size()) + " items are affected, at most " +
                    std::to_string(limits::drawn_items_max) + " are drawn");
  }
  const detail::picture drawn = picture_of(graph, of, title);
  switch (form) {
    case drawing_form::dot:
      return as_dot(drawn);
    case drawing_form::svg:
      return as_svg(drawn);
    default:
      return as_mermaid(drawn);
  }
}

}  // namespace tocsin::inline v1
