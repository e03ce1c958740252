#include <tocsin/service/service_graph.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/model/configuration_item.hpp>

using namespace tocsin;

namespace {

configuration_item item(std::string key, std::vector<std::string> depends_on = {}) {
  configuration_item made;
  made.key = std::move(key);
  made.depends_on = std::move(depends_on);
  return made;
}

service_graph graph_of(const std::vector<configuration_item>& items) {
  std::vector<graph_item> nodes;
  for (const configuration_item& one : items) nodes.push_back(graph_item_of(one));
  return service_graph(nodes);
}

std::vector<std::string> dependents_of(const service_graph& graph, const std::string& key) {
  std::vector<std::string> result;
  graph.each_dependent(graph.find(key), [&](dependent one) { result.emplace_back(graph.key(graph.owner(one))); });
  return result;
}

using keys = std::vector<std::string>;

}  // namespace

TEST_CASE("items are found by key, and dependents stand in the order of their keys") {
  const service_graph graph =
      graph_of({item("m"), item("z", {"m"}), item("b", {"m"}), item("q", {"z", "m"}), item("")});
  CHECK(graph.size() == 5);
  CHECK(graph.key(graph.find("q")) == "q");
  CHECK(graph.find("a") == no_item);
  CHECK(graph.find("zz") == no_item);
  CHECK(graph.find("") == 0);
  CHECK(dependents_of(graph, "m") == keys{"b", "q", "z"});
  CHECK(dependents_of(graph, "q").empty());
  CHECK(graph_of({}).find("a") == no_item);
}

TEST_CASE("an item that is put changes what it needs; a refused one changes nothing") {
  service_graph graph = graph_of({item("db"), item("shop", {"db"}), item("web", {"db"})});
  graph.put(graph_item_of(item("app", {"db", "shop"})));
  CHECK(graph.size() == 4);
  CHECK(dependents_of(graph, "db") == keys{"app", "shop", "web"});
  graph.put(graph_item_of(item("shop", {"app"})));
  CHECK(dependents_of(graph, "db") == keys{"app", "web"});
  CHECK(dependents_of(graph, "app") == keys{"shop"});
  CHECK_THROWS_WITH_AS(graph.put(graph_item_of(item("new", {"app", "dbx"})), "/items/0"),
                       "/items/0/depends_on/1: found \"dbx\", allowed the key of an item of the graph", error);
  CHECK(graph.find("new") == no_item);
  CHECK(dependents_of(graph, "app") == keys{"shop"});
  graph.put(graph_item_of(item("app")));
  CHECK(dependents_of(graph, "db") == keys{"web"});
  graph.put(graph_item_of(item("self", {"self"})));
  CHECK(dependents_of(graph, "self") == keys{"self"});
}

TEST_CASE("circles are found, each item of one in some circle") {
  const service_graph graph = graph_of({item("a", {"b"}), item("b", {"c"}), item("c", {"a"}), item("d", {"a", "e"}),
                                        item("e", {"d"}), item("f", {"f"}), item("g", {"a"})});
  keys found;
  for (const auto& cycle : dependency_cycles(graph, 10)) {
    std::string text;
    for (const item_number one : cycle) text += graph.key(one);
    found.push_back(text);
  }
  CHECK(found == keys{"abc", "de", "f"});
  CHECK(dependency_cycles(graph, 2).size() == 2);
}

TEST_CASE("more items than the limit are refused") {
  const std::vector<graph_item> many(limits::service_graph_items_max + 1);
  CHECK_THROWS_WITH_AS(service_graph{many}, "the graph has 1000001 items, allowed are 1000000", error);
}
