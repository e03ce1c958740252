// Service graphs at random: with circles, redundancy, effects that are only degraded.
#pragma once

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <tocsin/service/service_graph.hpp>

#include "naive_impact.hpp"

namespace random_graphs {

using keys = std::vector<std::string>;

inline tocsin::service_graph graph_of(const std::vector<tocsin::configuration_item>& items) {
  std::vector<tocsin::graph_item> nodes;
  for (const tocsin::configuration_item& item : items) nodes.push_back(graph_item_of(item));
  return tocsin::service_graph(nodes);
}

struct maker {
  std::mt19937_64 random;

  std::size_t below(std::size_t n) { return random() % n; }

  // Some of the keys, each once.
  keys some(keys from, std::size_t most) {
    std::ranges::shuffle(from, random);
    from.resize(std::min(from.size(), below(most + 1)));
    return from;
  }

  tocsin::configuration_item item(const std::string& key, const keys& all) {
    tocsin::configuration_item made;
    made.key = key;
    if (below(2) == 0) made.depends_on = some(all, 2);
    if (below(4) == 0) made.runs_on = some(all, 1);
    if (below(4) == 0) made.part_of = some(all, 1);
    for (std::size_t i = below(3); i > 0; --i) {
      tocsin::dependency_group one{.members = some(all, 4)};
      if (one.members.empty()) continue;
      if (below(3) != 0) one.need.value = static_cast<std::int64_t>(1 + below(one.members.size()));
      if (below(3) == 0) one.effect = tocsin::dependency_effect::degraded;
      made.groups.push_back(std::move(one));
    }
    return made;
  }

  keys names(std::size_t count) {
    keys all;
    while (all.size() < count) {
      std::string key(1 + below(2), 'a');
      for (char& letter : key) letter = static_cast<char>('a' + below(6));
      if (std::ranges::find(all, key) == all.end()) all.push_back(key);
    }
    return all;
  }

  naive::said said(const keys& all) {
    return {some(all, 3), some(all, 2), below(2) == 0 ? some(all, 2) : keys{}, below(2) == 0 ? some(all, 3) : keys{}};
  }
};

}  // namespace random_graphs
