// Which services and configuration items a record affects.
#include "decide.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/service/commands.hpp>
#include <tocsin/service/events.hpp>
#include <tocsin/service/service_graph.hpp>

#include <tocsin/desk/deciding.hpp>

#include "decide_reach.hpp"

#include <set>

namespace tocsin::inline v1 {

bool is_item(const desk_state& state, std::string_view key) {
  const service_graph* const graph = state.definitions.service_graph.get();
  return graph && graph->find(key) != no_item;
}

void check_item(const deciding& d, const std::string& path, const std::string& key) {
  if (is_item(d.state, key)) return;
  throw unexpected(status::not_found, "service_graph.unknown_item", path, refused_value::text(key),
                   "the key of a service or a configuration item");
}

affected_items_set affecting(const deciding& d, const std::string& list, std::vector<affected_item> items) {
  std::set<std::string_view> named;
  for (std::size_t i = 0; i < items.size(); ++i) {
    affected_item& one = items[i];
    const std::string path = "/" + list + "/" + std::to_string(i) + "/item";
    check_item(d, path, one.item);
    if (!named.insert(one.item).second) {
      throw unexpected(status::invalid_argument, "service_graph.named_twice", path, refused_value::text(one.item),
                       "each item once");
    }
    if (one.how == affected_how::unset) one.how = affected_how::failed;
  }
  affected_reach reach = reach_of(d.state, items);
  return {std::move(items), std::move(reach)};
}

affected_items_set still_affecting(const deciding& d, const incident& record) {
  std::vector<affected_item> items = affected_items_of(record);
  std::erase_if(items, [&](const affected_item& one) { return !is_item(d.state, one.item); });
  affected_reach reach = reach_of(d.state, items);
  return {std::move(items), std::move(reach)};
}

void plausible_affected_items(const incident& record, plausible_commands& to) {
  to.commands.push_back(set_affected_items{{record.id}, {}});
  to.commands.push_back(set_affected_items{{record.id}, {{"?", affected_how::unset}}});
}

void decide(const set_affected_items& c, deciding& d) {
  const incident& r = d.open_or_resolved(c.incident, "set_affected_items");
  d.refuse_as("set_affected_items", r);
  d.against.unless(d.state.definitions.service_graph != nullptr, "service_graph.none",
                   "the desk has no services and no configuration items");
  if (!d.against.empty()) return;
  affected_items_set e = affecting(d, "items", c.items);
  const auto& before = r.part_or_empty<record_affected_items>();
  d.against.unless(!(e.items == before.affected_items && e.affected == before.affected), "service_graph.unchanged",
                   d.name_of(r) + " names these items already, and they reach as far as before");
  if (!d.against.empty()) return;
  d.emit({r.id}, std::move(e));
}

}  // namespace tocsin::inline v1
