// What a record affects, on a desk.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <tocsin/desk/action.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/model/incident.hpp>

#include "office.hpp"

using namespace tocsin;
using office::json;

namespace {

bool offers(const desk& d, std::string_view command) {
  for (const action& a : allowed_actions(d, *d.find({1}), host_person)) {
    if (a.command == command) return a.allowed;
  }
  return false;
}

}  // namespace

TEST_CASE("affected items are offered where the desk has a service graph (I1, L2)") {
  desk bare = office::open();
  office::tell(bare, office::command("log_incident", "2026-11-23T08:00:00Z", "host", {{"title", "Slow"}}));
  CHECK_FALSE(offers(bare, "set_affected_items"));

  desk d = office::furnished();
  office::tell(d, office::command("log_incident", "2026-11-23T08:00:00Z", "host", {{"title", "Slow"}}));
  CHECK(offers(d, "set_affected_items"));
  office::tell(d, office::command("set_affected_items", "2026-11-23T08:01:00Z", "host",
                                  {{"incident", 1}, {"items", {{{"item", "mail"}}}}}));
  CHECK(offers(d, "set_affected_items"));
}

namespace {

const std::vector<std::string>& gravest_first() {
  static const std::vector<std::string> all = {"critical", "high", "medium", "low"};
  return all;
}

// A desk with a graph of so many items, each of which needs some that have a smaller number.
class random_graph {
 public:
  explicit random_graph(std::uint32_t seed) : random_(seed) {
    json items = json::array();
    json services = json::array();
    for (int i = 0; i < size; ++i) {
      const bool is_service = i % 3 == 2;
      json one = {{"key", key(i)}};
      if (i > 0 && below(4) != 0) one["depends_on"] = {key(below(i))};
      if (i > 1 && below(2) == 0) one["groups"] = {{{"members", {key(i - 1), key(i - 2)}}, {"need", 1 + below(2)}}};
      if (below(3) == 0) one["criticality"] = gravest_first()[static_cast<std::size_t>(below(4))];
      if (below(3) == 0) one["customers"] = {below(2) == 0 ? "acme" : "other"};
      if (!is_service && below(2) == 0) one["class"] = below(2) == 0 ? "server" : "line";
      (is_service ? services : items).push_back(one);
    }
    pack_ = {
        {"customers", {{{"key", "acme"}}, {{"key", "other"}}}}, {"configuration_items", items}, {"services", services}};
  }

  static constexpr int size = 24;
  static std::string key(int i) { return "i" + std::to_string(i); }
  int below(int n) { return static_cast<int>(random_() % static_cast<std::uint32_t>(n)); }
  const json& pack() const { return pack_; }

 private:
  std::mt19937 random_;
  json pack_;
};

// What the record should keep, by the answer to the question of impact.
json reach_by_impact(desk& d, const json& pack) {
  const json answer = json::parse(answer_document(d, R"({"query":"impact","incident":1,"limit":1000})"));
  std::set<std::string> items, services, customers, classes;
  int gravest = 4;
  const std::vector<std::string>& order = gravest_first();
  std::map<std::string, std::string> class_of;
  for (const json& one : pack["configuration_items"]) class_of[one["key"]] = one.value("class", "");
  const json& listed = answer["items"];
  for (const json& one : listed) {
    if (one["state"] == "at_risk") continue;
    const std::string key = one["key"];
    items.insert(key);
    if (one["kind"] == "service") services.insert(key);
    if (one.contains("customers")) customers.insert(one["customers"][0].get<std::string>());
    if (!class_of[key].empty()) classes.insert(class_of[key]);
    const auto place = std::ranges::find(order, one.value("criticality", ""));
    gravest = std::min(gravest, static_cast<int>(place - order.begin()));
  }
  json reach = json::object();
  const auto put = [&](const char* name, const std::set<std::string>& all, const char* count) {
    if (!all.empty()) reach[name] = all;
    if (count && !all.empty()) reach[count] = all.size();
  };
  put("items", items, "item_count");
  put("services", services, "service_count");
  put("customers", customers, "customer_count");
  put("classes", classes, nullptr);
  if (gravest < 4) reach["criticality"] = order[static_cast<std::size_t>(gravest)];
  return reach;
}

}  // namespace

TEST_CASE("what a record keeps of its reach is what the question of impact answers, on random graphs (I1)") {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    INFO(seed);
    random_graph graph(seed);
    desk d = office::open();
    office::tell(d, office::command("publish", "2026-11-23T07:00:00Z", "host", graph.pack()));
    json items = json::array();
    const int first = graph.below(random_graph::size - 2);
    for (int i = 0; i < 2; ++i) {
      items.push_back({{"item", random_graph::key(first + i)}, {"how", graph.below(3) == 0 ? "degraded" : "failed"}});
    }
    office::tell(d, office::command("log_incident", "2026-11-23T08:00:00Z", "host",
                                    {{"title", "Down"}, {"affected_items", items}}));
    const json record = json::parse(answer_document(d, R"({"query":"get","incident":1})"));
    const auto unordered = [](const json& of) { return nlohmann::json::parse(of.dump()); };
    CHECK(unordered(record["affected"]) == unordered(reach_by_impact(d, graph.pack())));
  }
}
