// The statuses of a page's components after random incidents, maintenance windows and overrides, held against the rule of
// docs/communication.md as one reads it, over the slow reference of impact (M2, I1).
#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "../desk/office.hpp"
#include "../service/naive_impact.hpp"
#include "../service/random_graphs.hpp"

using namespace tocsin;
using office::json;
using random_graphs::keys;

namespace {

struct stated {
  std::map<std::string, std::string> items;  // and how each is affected
  bool restricted = false;
};

struct window {
  keys items;
  instant from, to;
};

struct overridden {
  std::string status;
  instant until;
};

struct world {
  random_graphs::maker make;
  desk d = office::open();
  keys names;
  std::vector<configuration_item> items;
  std::map<std::string, keys> components;
  std::map<std::string, stated> open;  // incidents, by number
  std::map<std::string, window> windows;
  std::map<std::string, overridden> overrides;  // by component
  instant now = office::at("2026-11-23T08:00:00Z");
  std::set<std::string> seen;  // statuses

  explicit world(std::uint64_t seed) : make{std::mt19937_64(seed)} {
    names = make.names(12);
    json published = json::array();
    for (const std::string& key : names) {
      keys others = names;
      std::erase(others, key);
      items.push_back(make.item(key, others));
      published.push_back(as_json(items.back()));
    }
    json shown = json::array();
    for (std::size_t i = 0; i < 5; ++i) {
      const std::string key = "c" + std::to_string(i);
      components[key] = make.some(names, 4);
      shown.push_back({{"key", key}, {"name", key}, {"items", components[key]}});
    }
    office::tell(d, office::command("publish", "2026-11-23T07:00:00Z", "host",
                                    {{"people", {{{"key", "ana"}}}},
                                     {"configuration_items", published},
                                     {"status_pages",
                                      {{{"key", "main"}, {"name", "All"}, {"shows", "all"}, {"components", shown}}}}}));
  }

  static json as_json(const configuration_item& of) {
    json made = {{"key", of.key}};
    if (!of.depends_on.empty()) made["depends_on"] = of.depends_on;
    if (!of.runs_on.empty()) made["runs_on"] = of.runs_on;
    if (!of.part_of.empty()) made["part_of"] = of.part_of;
    for (const dependency_group& one : of.groups) {
      json group = {{"members", one.members}};
      if (one.need) group["need"] = one.need.value;
      if (one.effect == dependency_effect::degraded) group["effect"] = "degraded";
      made["groups"].push_back(std::move(group));
    }
    return made;
  }

  json tell(const char* name, const json& fields) {
    now = now + minute;
    return office::tell(d, office::command(name, office::text_of(now), "host", fields));
  }

  stated random_statement() {
    stated made;
    for (const std::string& key : make.some(names, 3)) {
      made.items[key] = std::vector{"failed", "degraded", "not_affected"}[make.below(3)];
    }
    return made;
  }

  static json as_json(const stated& of) {
    json listed = json::array();
    for (const auto& [item, how] : of.items) listed.push_back({{"item", item}, {"how", how}});
    return listed;
  }

  std::string any_open() {
    auto found = open.begin();
    std::advance(found, static_cast<std::ptrdiff_t>(make.below(open.size())));
    return found->first;
  }

  void log() {
    stated made = random_statement();
    if (made.items.empty()) return;
    const std::string number =
        tell("log_incident", {{"title", "x"}, {"affected_items", as_json(made)}})["record"]["number"];
    made.restricted = make.below(6) == 0;
    if (made.restricted) tell("restrict_incident", {{"incident", number}, {"people", {"ana"}}, {"reason", "x"}});
    open[number] = made;
  }

  void state_anew() {
    const std::string number = any_open();
    const stated made = random_statement();
    if (made.items.empty() || made.items == open[number].items) return;
    tell("set_affected_items", {{"incident", number}, {"items", as_json(made)}});
    open[number].items = made.items;
  }

  void resolve() {
    const std::string number = any_open();
    tell("resolve_incident", {{"incident", number}, {"code", "fix"}, {"notes", "x"}});
    open.erase(number);
  }

  void agree_maintenance() {
    const std::string key = "w" + std::to_string(windows.size());
    const window made{make.some(names, 3), now + 30 * minute, now + 30 * minute + hour};
    if (made.items.empty()) return;
    tell("schedule_maintenance", {{"key", key},
                                  {"items", made.items},
                                  {"from", office::text_of(made.from)},
                                  {"until", office::text_of(made.to)},
                                  {"reason", "x"}});
    windows[key] = made;
  }

  void override_one() {
    const std::string component = "c" + std::to_string(make.below(5));
    const std::string status = std::vector{"operational", "partial_outage", "under_maintenance"}[make.below(3)];
    const instant until = now + 20 * minute;
    tell("override_component", {{"page", "main"},
                                {"component", component},
                                {"status", status},
                                {"until", office::text_of(until)},
                                {"reason", "x"}});
    overrides[component] = {status, until};
  }

  void step() {
    const std::size_t roll = make.below(10);
    if (roll < 3) log();
    if (roll == 3 && !open.empty()) state_anew();
    if ((roll == 4 || roll == 5) && !open.empty()) resolve();
    if (roll == 6) agree_maintenance();
    if (roll == 7) override_one();
    if (roll > 7) d.advance(now = now + 15 * minute);
  }

  // ---- what the page must show

  naive::said said() const {
    naive::said all;
    for (const auto& [number, one] : open) {
      for (const auto& [item, how] : one.items) {
        if (one.restricted) continue;
        (how == "failed" ? all.failed : how == "degraded" ? all.degraded : all.excluded).push_back(item);
      }
    }
    std::erase_if(all.excluded, [&](const std::string& key) {
      return naive::holds(all.failed, key) || naive::holds(all.degraded, key);
    });
    for (const auto& [key, one] : windows) {
      if (one.from <= now && now < one.to)
        all.maintenance.insert(all.maintenance.end(), one.items.begin(), one.items.end());
    }
    return all;
  }

  std::string status_of(const std::string& component, const naive::answer& states, const naive::said& all) const {
    if (const auto by_hand = overrides.find(component); by_hand != overrides.end() && now < by_hand->second.until) {
      return by_hand->second.status;
    }
    std::size_t failed = 0, degraded = 0, maintained = 0;
    for (const std::string& key : components.at(component)) {
      const auto found = states.find(key);
      const bool affected = found != states.end() && found->second.state != impact_state::ok;
      if (naive::holds(all.maintenance, key) || (affected && found->second.expected)) {
        ++maintained;
      } else if (affected) {
        failed += found->second.state == impact_state::failed ? 1U : 0U;
        degraded += found->second.state == impact_state::degraded ? 1U : 0U;
      }
    }
    if (failed != 0) return failed == components.at(component).size() ? "major_outage" : "partial_outage";
    if (degraded != 0) return "degraded_performance";
    return maintained != 0 ? "under_maintenance" : "operational";
  }

  void compare() {
    const naive::said all = said();
    const naive::answer states = naive::impact(items, all);
    const json page = json::parse(answer_document(d, json{{"query", "public_status"}, {"page", "main"}}.dump()));
    std::size_t compared = 0;
    for (const json& shown : page["components"]) {
      const std::string key = shown["name"];
      const std::string expected = status_of(key, states, all);
      CHECK_MESSAGE(shown["status"] == expected, key << " of " << json(components.at(key)).dump());
      seen.insert(expected);
      ++compared;
    }
    CHECK(compared == components.size());
  }
};

}  // namespace

TEST_CASE("the status of each component is what the rule says, whatever has happened (M2)") {
  std::set<std::string> seen;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    CAPTURE(seed);
    world w(seed);
    for (int step = 0; step < 40; ++step) {
      CAPTURE(step);
      w.step();
      w.compare();
    }
    seen.merge(w.seen);
  }
  CHECK(seen == std::set<std::string>{"operational", "degraded_performance", "partial_outage", "major_outage",
                                      "under_maintenance"});
}
