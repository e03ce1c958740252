#include <tocsin/service/record_outage.hpp>

namespace tocsin::inline v1 {
namespace {

void add(std::string_view key, const service_graph& graph, std::vector<item_number>& to) {
  const item_number item = graph.find(key);
  if (item != no_item) to.push_back(item);
}

}  // namespace

void add_outage(const std::vector<affected_item>& items, const service_graph& graph, outage& to) {
  for (const affected_item& one : items) {
    add(one.item, graph,
        one.how == affected_how::degraded       ? to.degraded
        : one.how == affected_how::not_affected ? to.excluded
                                                : to.failed);
  }
}

void add_outage(const incident& record, std::string_view service, const service_graph& graph, outage& to) {
  const std::vector<affected_item>& items = affected_items_of(record);
  add_outage(items, graph, to);
  if (items.empty() && !service.empty()) add(service, graph, to.failed);
}

}  // namespace tocsin::inline v1
