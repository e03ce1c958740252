#include <tocsin/service/service_graph.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include <tocsin/base/error.hpp>
#include <tocsin/base/findings.hpp>
#include <tocsin/base/refusal.hpp>

#include "base/graph.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr const char* refused = "service_graph.refused";

// Graphs of at most this many items are searched for the key that was probably meant.
constexpr std::size_t suggested_from_max = 200;

void refuse_found(const graph_item& item, std::string_view place) {
  std::vector<std::string> found = lint(item);
  for (std::string& finding : found) finding.insert(0, place);
  refuse_findings(refused, found);
}

void demand_below(std::size_t count, std::size_t most, const char* what) {
  if (count <= most) return;
  throw error(status::resource_exhausted, "service_graph.too_large",
              "the graph has " + std::to_string(count) + " " + what + ", allowed are " + std::to_string(most));
}

// The plain dependencies of an item, then its groups, each with the path of its list and its members.
template <class Plain, class Group>
void each_dependency(const graph_item& of, Plain plain, Group group) {
  const std::pair<const char*, std::span<const std::string>> lists[] = {
      {"/depends_on", of.depends_on}, {"/runs_on", of.runs_on}, {"/part_of", of.part_of}};
  for (const auto& [path, keys] : lists) {
    for (std::size_t i = 0; i < keys.size(); ++i) plain(path, i, keys[i]);
  }
  for (std::size_t i = 0; i < of.groups.size(); ++i) group(i, of.groups[i]);
}

std::string member_path(std::string_view place, std::string_view list, std::size_t i) {
  return std::string(place) + std::string(list) + "/" + std::to_string(i);
}

std::string group_path(std::size_t group) { return "/groups/" + std::to_string(group) + "/members"; }

std::uint16_t spare_of(const dependency_group& group) {
  if (!group.need) return 0;
  return static_cast<std::uint16_t>(static_cast<std::int64_t>(group.members.size()) - group.need.value);
}

}  // namespace

service_graph::service_graph(std::span<const graph_item> items, const place_namer& place) {
  demand_below(items.size(), limits::service_graph_items_max, "items");
  const auto place_of = [&](std::size_t i) { return place ? place(i) : "/items/" + std::to_string(i); };

  std::vector<std::uint32_t> order(items.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return items[i].key; });
  std::unordered_map<std::string_view, item_number> numbers;
  numbers.reserve(items.size());
  key_ends_.reserve(items.size());
  for (const std::uint32_t i : order) {
    if (!numbers.emplace(items[i].key, static_cast<item_number>(numbers.size())).second) {
      throw unexpected(status::invalid_argument, refused, place_of(i) + "/key", refused_value::text(items[i].key),
                       "each key once");
    }
    key_text_ += items[i].key;
    demand_below(key_text_.size(), std::numeric_limits<std::uint32_t>::max(), "bytes of keys");
    key_ends_.push_back(static_cast<std::uint32_t>(key_text_.size()));
  }

  std::vector<edge> edges;
  const auto member = [&](std::uint32_t i, const std::string& list, std::size_t at, const std::string& key) {
    const auto known = numbers.find(key);
    if (known != numbers.end()) return known->second;
    std::vector<std::string> names;
    if (items.size() <= suggested_from_max) {
      for (const graph_item& one : items) names.emplace_back(one.key);
    }
    throw unknown_name(status::invalid_argument, refused, member_path(place_of(i), list, at), key,
                       {std::move(names), "the key of an item of the graph"});
  };
  for (item_number owner = 0; owner < order.size(); ++owner) {
    const std::uint32_t i = order[owner];
    refuse_found(items[i], place_of(i));
    each_dependency(
        items[i],
        [&](const char* list, std::size_t at, const std::string& key) {
          edges.push_back({member(i, list, at, key), dependent::item(owner, false)});
        },
        [&](std::size_t number, const dependency_group& group) {
          const bool weak = group.effect == dependency_effect::degraded;
          const bool alone = group.members.size() == 1;
          const dependent to =
              alone ? dependent::item(owner, weak) : dependent::group(static_cast<std::uint32_t>(groups_.size()));
          if (!alone) groups_.push_back({owner, spare_of(group), weak});
          for (std::size_t at = 0; at < group.members.size(); ++at) {
            edges.push_back({member(i, group_path(number), at, group.members[at]), to});
          }
        });
    demand_below(edges.size(), limits::service_graph_edges_max, "edges");
  }
  key_text_.shrink_to_fit();
  groups_.shrink_to_fit();
  first_.assign(items.size() + 1, 0);
  compile(edges);
}

// The edges are given in the order of their owners, which those of each member keep.
void service_graph::compile(const std::vector<edge>& edges) {
  for (const edge& e : edges) ++first_[e.member + std::size_t{1}];
  for (std::size_t i = 1; i < first_.size(); ++i) first_[i] += first_[i - 1];
  dependents_.assign(edges.size(), dependent::item(0, false));
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (const edge& e : edges) dependents_[next[e.member]++] = e.to;
}

std::size_t service_graph::bytes() const {
  return key_text_.capacity() + (key_ends_.capacity() + first_.capacity()) * sizeof(std::uint32_t) +
         dependents_.capacity() * sizeof(dependent) + groups_.capacity() * sizeof(compiled_group);
}

std::string_view service_graph::key(item_number item) const {
  if (item >= base_size()) return added_keys_[item - base_size()];
  const std::uint32_t begin = item == 0 ? 0 : key_ends_[item - 1];
  return std::string_view(key_text_).substr(begin, key_ends_[item] - begin);
}

item_number service_graph::find(std::string_view wanted) const {
  const auto added = added_numbers_.find(wanted);
  if (added != added_numbers_.end()) return added->second;
  std::size_t low = 0;
  std::size_t high = base_size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (key(static_cast<item_number>(middle)) < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const auto found = static_cast<item_number>(low);
  return low < base_size() && key(found) == wanted ? found : no_item;
}

bool service_graph::before(item_number a, item_number b) const {
  return a < base_size() && b < base_size() ? a < b : key(a) < key(b);
}

// ---- putting an item into a graph that is compiled

void service_graph::put(const graph_item& item, std::string_view place) {
  refuse_found(item, place);
  const item_number known = find(item.key);
  const item_number owner = known != no_item ? known : static_cast<item_number>(size());
  demand_below(owner + std::size_t{1}, limits::service_graph_items_max, "items");
  const auto member = [&](const std::string& list, std::size_t at, const std::string& key) {
    const item_number number = key == item.key ? owner : find(key);
    if (number != no_item) return number;
    throw unknown_name(status::invalid_argument, refused, member_path(place, list, at), key,
                       "the key of an item of the graph");
  };
  std::vector<edge> edges;
  std::vector<compiled_group> groups;
  each_dependency(
      item,
      [&](const char* list, std::size_t at, const std::string& key) {
        edges.push_back({member(list, at, key), dependent::item(owner, false)});
      },
      [&](std::size_t number, const dependency_group& group) {
        const bool weak = group.effect == dependency_effect::degraded;
        const bool alone = group.members.size() == 1;
        const dependent to = alone ? dependent::item(owner, weak)
                                   : dependent::group(static_cast<std::uint32_t>(groups_.size() + groups.size()));
        if (!alone) groups.push_back({owner, spare_of(group), weak});
        for (std::size_t at = 0; at < group.members.size(); ++at) {
          edges.push_back({member(group_path(number), at, group.members[at]), to});
        }
      });

  ++put_count_;
  if (known == no_item) {
    added_keys_.emplace_back(item.key);
    added_numbers_.emplace(item.key, owner);
  }
  forget_dependencies(owner);
  groups_.insert(groups_.end(), groups.begin(), groups.end());
  for (const edge& e : edges) {
    std::vector<dependent>& all = put_dependents_[e.member];
    const auto at = std::ranges::find_if(all, [&](dependent other) { return before(owner, this->owner(other)); });
    all.insert(at, e.to);
    put_members_[owner].push_back(e.member);
  }
}

void service_graph::forget_dependencies(item_number of) {
  if (superseded_.size() < size()) superseded_.resize(size());
  superseded_[of] = true;
  const auto members = put_members_.find(of);
  if (members == put_members_.end()) return;
  for (const item_number member : members->second) {
    std::erase_if(put_dependents_[member], [&](dependent one) { return owner(one) == of; });
  }
  put_members_.erase(members);
}

std::vector<dependent> service_graph::merged_dependents(item_number of) const {
  std::vector<dependent> result;
  const auto put = put_dependents_.find(of);
  const std::span<const dependent> later =
      put == put_dependents_.end() ? std::span<const dependent>{} : std::span<const dependent>(put->second);
  std::size_t taken = 0;
  const auto take_before = [&](item_number next) {
    while (taken < later.size() && (next == no_item || before(owner(later[taken]), next)))
      result.push_back(later[taken++]);
  };
  if (of < base_size()) {
    for (std::uint32_t i = first_[of]; i < first_[of + std::size_t{1}]; ++i) {
      const item_number by = owner(dependents_[i]);
      if (by < superseded_.size() && superseded_[by]) continue;
      take_before(by);
      result.push_back(dependents_[i]);
    }
  }
  take_before(no_item);
  return result;
}

std::vector<item_number> find_items(const service_graph& graph, std::string_view list,
                                    std::span<const std::string> keys) {
  std::vector<item_number> result;
  result.reserve(keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const item_number item = graph.find(keys[i]);
    if (item == no_item) {
      throw unknown_name(status::not_found, "service_graph.unknown_item",
                         "/" + std::string(list) + "/" + std::to_string(i), keys[i], "the key of an item of the graph");
    }
    result.push_back(item);
  }
  return result;
}

std::vector<std::vector<item_number>> dependency_cycles(const service_graph& graph, std::size_t most) {
  std::vector<detail::edge> edges;
  for (item_number member = 0; member < graph.size(); ++member) {
    graph.each_dependent(member, [&](dependent to) { edges.push_back({graph.owner(to), member}); });
  }
  const detail::digraph needs(graph.size(), edges);
  std::vector<bool> unseen = detail::on_cycle(needs);
  std::vector<std::vector<item_number>> result;
  for (item_number item = 0; item < graph.size() && result.size() < most; ++item) {
    if (!unseen[item]) continue;
    result.push_back(detail::cycle_through(needs, item));
    for (const item_number one : result.back()) unseen[one] = false;
  }
  return result;
}

}  // namespace tocsin::inline v1
