// Which services and configuration items a record affects.
#include "decide.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/service/commands.hpp>
#include <tocsin/service/events.hpp>
#include <tocsin/service/service_graph.hpp>

#include <tocsin/desk/deciding.hpp>

#include <set>

namespace tocsin::inline v1 {

void decide(const set_affected_items& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "set_affected_items");
  d.refuse_as("set_affected_items", r);
  const service_graph* graph = d.state.definitions.service_graph.get();
  std::set<std::string_view> named;
  affected_items_set e{c.items};
  for (std::size_t i = 0; i < e.items.size(); ++i) {
    affected_item& one = e.items[i];
    const std::string path = "/items/" + std::to_string(i) + "/item";
    if (!graph || graph->find(one.item) == no_item) {
      throw unexpected(status::not_found, "service_graph.unknown_item", path, refused_value::text(one.item),
                       "the key of a service or a configuration item");
    }
    if (!named.insert(one.item).second) {
      throw unexpected(status::invalid_argument, "service_graph.named_twice", path, refused_value::text(one.item),
                       "each item once");
    }
    if (one.how == affected_how::unset) one.how = affected_how::failed;
  }
  d.against.unless(!(e.items == affected_items_of(r)), "service_graph.unchanged",
                   d.name_of(r) + " names these items already");
  if (!d.against.empty()) return;
  d.emit({r.id}, std::move(e));
}

}  // namespace tocsin::inline v1
