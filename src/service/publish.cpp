#include "publish.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/model/configuration_item.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/service/service_graph.hpp>
#include <tocsin/service/subscription.hpp>

#include "desk/publication.hpp"
#include "desk/publish_calendars.hpp"

namespace tocsin::inline v1 {
namespace {

// Who answers for it, works on it, uses it.
template <class T>
void check_people(const publications& all) {
  const auto given = all.of<T>();
  given.each_given([&](std::size_t i, const T& one) {
    if (!one.owner.empty() && !one.owner_team.empty()) given.refuse_at(i, "it has both an owner and an owner_team");
    given.demand(i, all.of<team>(), one.owner_team, "owner_team: the team");
    given.demand(i, all.of<person>(), one.owner, "owner: the person");
    given.demand(i, all.of<team>(), one.support_team, "support_team: the team");
    for (const std::string& key : one.customers)
      given.demand_one(i, all.of<customer>(), key, "customers: the customer");
  });
}

// What it needs must be there, and it must not have a key of the other kind.
template <class T, class Other>
void check_dependencies(const publications& all) {
  const auto given = all.of<T>();
  const auto others = all.of<Other>();
  given.each_given([&](std::size_t i, const T& one) {
    if (others.has(one.key)) given.refuse_at(i, "there is a " + std::string(Other::descriptor.name) + " with that key");
    const auto demand = [&](const char* list, const std::string& key) {
      if (given.has(key) || others.has(key)) return;
      given.refuse_at(i, std::string(list) + ": neither a service nor a configuration item has the key " + quoted(key));
    };
    for (const std::string& key : one.depends_on) demand("depends_on", key);
    for (const std::string& key : one.runs_on) demand("runs_on", key);
    for (const std::string& key : one.part_of) demand("part_of", key);
    for (const dependency_group& group : one.groups) {
      for (const std::string& key : group.members) demand("groups", key);
    }
  });
}

// Where statistics count a retired category from now on must be there, and must not lead back to it.
void check_replacements(const publications& all) {
  const auto categories = all.of<category>();
  for (std::size_t i = 0; i < categories.size(); ++i) {
    const category* at = &categories[i];
    if (at->replaced_by.empty()) continue;
    if (!at->retired) categories.refuse_at(i, "it has a replaced_by, but is not retired");
    for (std::size_t steps = 1; !at->replaced_by.empty(); ++steps) {
      const std::string& next = at->replaced_by;
      if (steps > limits::category_replacements_max) {
        categories.refuse_at(i, "replaced_by leads in a circle, or over more than " +
                                    std::to_string(limits::category_replacements_max) + " categories");
      }
      categories.demand(i, categories, next, "replaced_by: the category");
      at = categories.find(next);
    }
  }
}

void check_categories(const publications& all) {
  const auto categories = all.of<category>();
  check_replacements(all);
  for (std::size_t i = 0; i < categories.size(); ++i) {
    std::string parent = categories[i].parent;
    for (std::size_t depth = 1; !parent.empty(); ++depth) {
      if (depth >= limits::category_depth_max) {
        categories.refuse_at(i, "the tree is a loop, or deeper than " + std::to_string(limits::category_depth_max));
      }
      categories.demand(i, categories, parent, "parent: the category");
      parent = categories.find(parent)->parent;
    }
  }
}

void check_subscriptions(const publications& all) {
  const auto subscriptions = all.of<subscription>();
  const auto services = all.of<service>();
  const auto items = all.of<configuration_item>();
  subscriptions.each_given([&](std::size_t i, const subscription& one) {
    if (one.retired) return;
    subscriptions.demand_one(i, all.of<person>(), one.person, "person: the person");
    for (const std::string& key : one.items) {
      if (services.has(key) || items.has(key)) continue;
      subscriptions.refuse_at(i, "items: neither a service nor a configuration item has the key " + quoted(key));
    }
    for (const std::string& key : one.customers) {
      subscriptions.demand_one(i, all.of<customer>(), key, "customers: the customer");
    }
  });
}

void check(const publication_check& against) {
  check_people<service>(against.all);
  check_people<configuration_item>(against.all);
  check_dependencies<service, configuration_item>(against.all);
  check_dependencies<configuration_item, service>(against.all);
  check_categories(against.all);
  check_subscriptions(against.all);
  check_calendar_of<service>(against.all);
  check_calendar_of<configuration_item>(against.all);
}

// ---- what follows from them

void derive_categories(const definitions_published& e, desk_state& state, undo_list& undo) {
  definition_table& all = state.definitions;
  if (all.category_tree && e.definitions.of<category>().empty()) return;
  replace(all.category_tree, std::make_shared<const category_tree>(all.of<category>(), state.words), undo);
}

// What is retired needs nothing any more.
template <class T>
graph_item node_of(const T& one) {
  return one.retired ? graph_item{.key = one.key} : graph_item_of(one);
}

template <class T>
void add_nodes(const versions<T>& all, std::vector<graph_item>& to) {
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    if (const T* one = all.current(number)) to.push_back(node_of(*one));
  }
}

// A few items are put into a copy of the graph, first by their keys alone, as they may name each other.
std::shared_ptr<const service_graph> with_items(const service_graph& before, const std::vector<graph_item>& changed) {
  auto graph = std::make_shared<service_graph>(before);
  for (const graph_item& item : changed) {
    if (graph->find(item.key) == no_item) graph->put({.key = item.key});
  }
  for (const graph_item& item : changed) graph->put(item);
  return graph;
}

constexpr std::size_t items_put_max = 64;  // by one publication; with more the graph is compiled anew

void derive_graph(const definitions_published& e, desk_state& state, undo_list& undo) {
  std::vector<graph_item> changed;
  for (const service& one : e.definitions.of<service>()) changed.push_back(node_of(one));
  for (const configuration_item& one : e.definitions.of<configuration_item>()) changed.push_back(node_of(one));
  if (changed.empty()) return;
  const std::shared_ptr<const service_graph>& before = state.definitions.service_graph;
  const bool is_small = before && changed.size() <= items_put_max &&
                        before->put_count() + changed.size() <= items_put_max + before->size() / 8;
  if (is_small) return replace(state.definitions.service_graph, with_items(*before, changed), undo);
  std::vector<graph_item> all;
  add_nodes(state.definitions.of<service>(), all);
  add_nodes(state.definitions.of<configuration_item>(), all);
  replace(state.definitions.service_graph, std::make_shared<const service_graph>(all), undo);
}

void derive(const definitions_published& e, desk_state& state, undo_list& undo) {
  derive_categories(e, state, undo);
  derive_graph(e, state, undo);
}

}  // namespace

constinit const publication_rules service_publication{.check = check, .derive = derive};

}  // namespace tocsin::inline v1
