#include <tocsin/model/dependency.hpp>

#include <algorithm>

#include <tocsin/base/refusal.hpp>

namespace tocsin::inline v1 {
namespace {

// Where a list names something for the second time; its size if it does not.
std::size_t first_repeated(std::span<const std::string> keys) {
  if (keys.size() < 2) return keys.size();
  std::vector<std::size_t> order(keys.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::string_view(keys[i]); });
  std::size_t first = keys.size();
  for (std::size_t i = 1; i < order.size(); ++i) {
    if (keys[order[i]] == keys[order[i - 1]]) first = std::min(first, order[i]);
  }
  return first;
}

void lint_keys(std::span<const std::string> keys, const std::string& path, std::vector<std::string>& found) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i].empty())
      found.push_back(path + "/" + std::to_string(i) + ": found an empty key, allowed the key of an item");
  }
  const std::size_t again = first_repeated(keys);
  if (again == keys.size()) return;
  found.push_back(path + "/" + std::to_string(again) + ": found " + quoted(keys[again]) +
                  " again, allowed each item once");
}

}  // namespace

std::span<const std::string_view> choices(dependency_effect) {
  static constexpr std::string_view names[] = {"degraded", "failed"};
  return names;
}

std::span<const field_row> dependency_group::fields() {
  static constexpr field_row rows[] = {
      row<&dependency_group::relation>(
          "relation", "How it needs them: depends_on (if not said), runs_on, part_of, or a word of your own", one_line,
          max_length(limits::key_length_max)),
      row<&dependency_group::members>("members", "Keys of the services and configuration items that it needs", required,
                                      max_length(limits::dependency_members_max)),
      row<&dependency_group::need>("need", "How many of them must be well; all of them, if not said",
                                   range{1, static_cast<std::int64_t>(limits::dependency_members_max)}),
      row<&dependency_group::effect>("effect",
                                     "What becomes of it when fewer are left: failed (if not said) or degraded"),
  };
  return rows;
}

std::vector<std::string> lint(const graph_item& item) {
  std::vector<std::string> found;
  lint_keys(item.depends_on, "/depends_on", found);
  lint_keys(item.runs_on, "/runs_on", found);
  lint_keys(item.part_of, "/part_of", found);
  for (std::size_t i = 0; i < item.groups.size(); ++i) {
    const dependency_group& group = item.groups[i];
    const std::string path = "/groups/" + std::to_string(i);
    if (group.members.empty()) found.push_back(path + "/members: found none, allowed one or more");
    lint_keys(group.members, path + "/members", found);
    const auto most = static_cast<std::int64_t>(group.members.size());
    if (most > 0 && group.need && (group.need.value < 1 || group.need.value > most)) {
      found.push_back(path + "/need: found " + std::to_string(group.need.value) + ", allowed 1 to " +
                      std::to_string(most));
    }
  }
  return found;
}

}  // namespace tocsin::inline v1
