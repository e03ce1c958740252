#include "react.hpp"

#include <algorithm>

namespace tocsin::inline v1 {

void react(std::span<const event> news, const decision& given, std::vector<event>& more) {
  std::uint64_t last = 0;  // most entries touch one record
  for (std::size_t i = 0; i < news.size(); ++i) {
    const record_ref record = news[i].record;
    if (!record || record.id == last) continue;
    last = record.id;
    const bool seen = std::ranges::any_of(news.first(i), [&](const event& e) { return e.record == record; });
    if (seen) continue;
    const incident_ptr now = given.records.find(record);
    react_by_class(*now, given, more);
    react_by_lifecycle(*now, given, more);
    react_by_tasks(*now, given, more);
    react_by_monitoring(*now, given, more);
    react_by_sla(*now, given, more);
    react_by_escalation(*now, given, news, more);
  }
  react_by_links(news, given, more);
}

}  // namespace tocsin::inline v1
