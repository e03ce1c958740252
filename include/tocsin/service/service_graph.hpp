// The service graph: services and configuration items, and who is hit when one of them is not well (I1). Compiled into
// arrays of numbers; an item can be put in, or put anew, without compiling the rest again.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tocsin/model/dependency.hpp>

namespace tocsin::inline v1 {

// An item of a compiled graph by its number, 0, 1 ... size - 1. Of those it was made of, the order is that of their keys.
using item_number = std::uint32_t;
inline constexpr item_number no_item = 0xFFFF'FFFF;

// What follows from an item that is not well: for an item that needs it alone, or for a group that it is a member of.
class dependent {
 public:
  static dependent item(item_number owner, bool only_degraded) { return dependent(owner | (only_degraded ? weak : 0)); }
  static dependent group(std::uint32_t number) { return dependent(number | shared); }

  bool is_group() const { return (bits_ & shared) != 0; }
  bool only_degraded() const { return (bits_ & weak) != 0; }  // of an item: the effect is degraded, not failed
  std::uint32_t number() const { return bits_ & ~(shared | weak); }

 private:
  explicit dependent(std::uint32_t bits) : bits_(bits) {}

  static constexpr std::uint32_t shared = 1u << 31;
  static constexpr std::uint32_t weak = 1u << 30;
  std::uint32_t bits_;
};

// A group of several members. With more than `spare` of them not well, its need is not met.
struct compiled_group {
  item_number owner = 0;
  std::uint16_t spare = 0;
  bool only_degraded = false;
};

class service_graph {
 public:
  // Names the place of the n-th item in messages: "/items/3".
  using place_namer = std::function<std::string(std::size_t)>;

  service_graph() = default;
  // Errors: a key given twice, a member that is no item, what `lint` finds of an item, more items or edges than limits allow.
  explicit service_graph(std::span<const graph_item> items, const place_namer& place = {});

  // The item is in the graph from now on, in place of the one of that key. Its cost grows with the item and those it needs,
  // not with the graph. Errors as above; then nothing has changed.
  void put(const graph_item& item, std::string_view place = {});
  std::size_t put_count() const { return put_count_; }  // items put since it was compiled

  std::size_t size() const { return base_size() + added_keys_.size(); }
  std::size_t group_count() const { return groups_.size(); }
  std::size_t bytes() const;                     // of its arrays, keys included
  item_number find(std::string_view key) const;  // no_item: none
  std::string_view key(item_number item) const;
  bool before(item_number a, item_number b) const;  // by key

  const compiled_group& group(std::uint32_t number) const { return groups_[number]; }
  item_number owner(dependent of) const { return of.is_group() ? groups_[of.number()].owner : of.number(); }

  // Calls with each dependent of the item, in the order of their owners' keys.
  template <class Visit>
  void each_dependent(item_number of, Visit visit) const {
    if (put_count_ != 0) {
      for (const dependent one : merged_dependents(of)) visit(one);
    } else {
      for (std::uint32_t i = first_[of]; i < first_[of + std::size_t{1}]; ++i) visit(dependents_[i]);
    }
  }

 private:
  struct edge {
    item_number member;
    dependent to;
  };

  std::size_t base_size() const { return first_.empty() ? 0 : first_.size() - 1; }
  void compile(const std::vector<edge>& edges);
  std::vector<dependent> merged_dependents(item_number of) const;
  void forget_dependencies(item_number of);

  // Of the items it was compiled from, in the order of their keys.
  std::string key_text_;
  std::vector<std::uint32_t> key_ends_;
  std::vector<std::uint32_t> first_;  // of each item: where its dependents begin; and where the last one's end
  std::vector<dependent> dependents_;
  std::vector<compiled_group> groups_;

  // What was put since.
  std::size_t put_count_ = 0;
  std::vector<std::string> added_keys_;
  std::map<std::string, item_number, std::less<>> added_numbers_;
  std::vector<bool> superseded_;  // by item: what it needed when the graph was compiled counts no more
  std::unordered_map<item_number, std::vector<dependent>> put_dependents_;  // by member, by the owner's key
  std::unordered_map<item_number, std::vector<item_number>> put_members_;   // by owner
};

// The items with these keys. An error "service_graph.unknown_item" names the place: "/failed/3".
std::vector<item_number> find_items(const service_graph& graph, std::string_view list,
                                    std::span<const std::string> keys);

// Items that need each other in a circle: up to `most` circles, each item needing the next and the last the first. Every item that
// lies in a circle stands in one of them, unless there are more.
std::vector<std::vector<item_number>> dependency_cycles(const service_graph& graph, std::size_t most);

}  // namespace tocsin::inline v1
