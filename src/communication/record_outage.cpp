#include <tocsin/communication/record_outage.hpp>

#include <tocsin/service/affected_item.hpp>

namespace tocsin::inline v1 {

void add_outage(const incident& record, std::string_view service, const service_graph& graph, outage& to) {
  const auto add = [&](std::string_view key, std::vector<item_number>& list) {
    const item_number item = graph.find(key);
    if (item != no_item) list.push_back(item);
  };
  const std::vector<affected_item>& items = affected_items_of(record);
  for (const affected_item& one : items) {
    add(one.item, one.how == affected_how::degraded       ? to.degraded
                  : one.how == affected_how::not_affected ? to.excluded
                                                          : to.failed);
  }
  if (items.empty() && !service.empty()) add(service, to.failed);
}

}  // namespace tocsin::inline v1
