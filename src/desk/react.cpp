#include "react.hpp"

#include <algorithm>

namespace tocsin::inline v1 {

void react(std::span<const event> so_far, std::size_t news_at, const decision& given, std::vector<event>& more) {
  const std::span<const event> news = so_far.subspan(news_at);
  std::uint64_t last = 0;  // most entries touch one record
  for (std::size_t i = 0; i < news.size(); ++i) {
    const record_ref record = news[i].record;
    if (!record || record.id == last) continue;
    last = record.id;
    const bool seen = std::ranges::any_of(news.first(i), [&](const event& e) { return e.record == record; });
    if (seen) continue;
    const incident_ptr now = given.records.find(record);
    const std::size_t before = more.size();
    react_by_class(*now, given, more);
    if (awaits_routing(*now, given, so_far)) {  // the others see it with its class, and with whom it was given to
      if (more.size() == before) react_by_routing(*now, given, more);
      continue;
    }
    react_by_lifecycle(*now, given, more);
    react_by_tasks(*now, given, more);
    react_by_monitoring(*now, given, more);
    react_by_sla(*now, given, more);
    react_by_escalation(*now, given, news, more);
  }
  react_by_links(news, given, more);
}

}  // namespace tocsin::inline v1
