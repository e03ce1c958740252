#include <tocsin/communication/status_view.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

component_status worst_of(const status_view& view) {
  component_status worst = component_status::operational;
  for (const shown_component& one : view.components) worst = worse_of(worst, one.condition.status);
  return worst;
}

overall_status overall_of(const status_view& view) {
  switch (worst_of(view)) {
    case component_status::major_outage:
      return {"critical", "Major Service Outage"};
    case component_status::partial_outage:
      return {"major", "Partial System Outage"};
    case component_status::degraded_performance:
      return {"minor", "Partially Degraded Service"};
    case component_status::under_maintenance:
      return {"none", "Service Under Maintenance"};
    default:
      return {"none", "All Systems Operational"};
  }
}

std::vector<std::string> groups_of(const status_view& view) {
  std::vector<std::string> groups;
  for (const shown_component& one : view.components) {
    if (!one.group.empty() && std::ranges::find(groups, one.group) == groups.end()) groups.push_back(one.group);
  }
  return groups;
}

std::string name_of(const status_view& view, const shown_maintenance& one) {
  std::string name = "Maintenance";
  for (std::size_t i = 0; i < one.components.size(); ++i) {
    name += i == 0 ? ": " : ", ";
    name += view.components[one.components[i]].name;
  }
  return name;
}

}  // namespace tocsin::inline v1
