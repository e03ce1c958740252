#include <tocsin/change/dependency_ways.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <tocsin/model/configuration_item.hpp>

using namespace tocsin;
using keys = std::vector<std::string>;

namespace {

configuration_item item(std::string key, keys depends_on = {}) {
  configuration_item result;
  result.key = std::move(key);
  result.depends_on = std::move(depends_on);
  return result;
}

service_graph graph_of(const std::vector<configuration_item>& items) {
  std::vector<graph_item> nodes;
  for (const configuration_item& one : items) nodes.push_back(graph_item_of(one));
  return service_graph(nodes);
}

std::vector<item_number> numbers(const service_graph& graph, const keys& of) {
  std::vector<item_number> result;
  for (const std::string& key : of) result.push_back(graph.find(key));
  return result;
}

// For each target, the keys along the way.
std::vector<keys> ways(const service_graph& graph, const keys& starts, const keys& targets) {
  std::vector<keys> result;
  for (const dependency_way& way : dependency_ways(graph, numbers(graph, targets)).from(numbers(graph, starts))) {
    keys& shown = result.emplace_back();
    for (const item_number step : way) shown.emplace_back(graph.key(step));
  }
  return result;
}

// The shop needs payment and the web, payment a database, and the database and its watch each other.
service_graph shop() {
  return graph_of({item("shop", {"payment", "web"}), item("payment", {"db"}), item("web"), item("db", {"watch"}),
                   item("watch", {"db"}), item("wiki")});
}

}  // namespace

TEST_CASE("a way leads from an item to one that it depends on, directly or through others (R-P12)") {
  const service_graph graph = shop();
  CHECK(ways(graph, {"shop"}, {"db"}) == std::vector<keys>{{"shop", "payment", "db"}});
  CHECK(ways(graph, {"shop"}, {"shop", "web"}) == std::vector<keys>{{"shop"}, {"shop", "web"}});
}

TEST_CASE("there is no way to what depends on an item, nor to what has nothing to do with it") {
  const service_graph graph = shop();
  CHECK(ways(graph, {"db"}, {"shop", "wiki"}) == std::vector<keys>{{}, {}});
  CHECK(ways(graph, {}, {"db"}) == std::vector<keys>{{}});
  CHECK(ways(graph, {"shop"}, {}).empty());
}

TEST_CASE("of several starts the nearest is told, and a circle ends") {
  const service_graph graph = shop();
  CHECK(ways(graph, {"shop", "payment"}, {"db", "watch"}) ==
        std::vector<keys>{{"payment", "db"}, {"payment", "db", "watch"}});
  CHECK(ways(graph, {"watch"}, {"db", "db"}) == std::vector<keys>{{"watch", "db"}, {"watch", "db"}});
}

TEST_CASE("the same ways are asked for many starts") {
  const service_graph graph = shop();
  const dependency_ways to(graph, numbers(graph, {"db"}));
  CHECK(to.from(numbers(graph, {"shop"})).front().size() == 3);
  CHECK(to.from(numbers(graph, {"wiki"})).front().empty());
  CHECK(to.from(numbers(graph, {"db"})).front().size() == 1);
}
