// When a maintenance window ends, for whatever reason, reports what it held back (R-C42).
#include "desk/react.hpp"

#include <tocsin/model/monitoring.hpp>
#include "monitoring/decide.hpp"

namespace tocsin::inline v1 {

void react_by_monitoring(const incident& record, const decision& given, std::vector<event>& more) {
  const auto* const window = record.part<incident_maintenance>();
  if (!window || window->maintenance_over || !is_final(record.state_kind)) return;
  deciding d(given, more);
  release(d, record);
}

}  // namespace tocsin::inline v1
