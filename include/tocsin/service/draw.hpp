// What is affected, as a picture: the text of a Graphviz or a Mermaid drawing, or SVG as it is shown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tocsin/base/drawing_form.hpp>
#include <tocsin/service/impact_analysis.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t drawn_items_max = 200;
}  // namespace limits

// Each affected item in the colour of its state, and an arrow from each that is failed or degraded to whatever needs it. What was
// hit first stands above; an arrow that leads back is dashed. An error "service_graph.too_large" where more than the limit are
// affected.
std::string draw_impact(const service_graph& graph, const impact_analysis& of, drawing_form form,
                        std::string_view title);

}  // namespace tocsin::inline v1
