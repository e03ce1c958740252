#include <tocsin/desk/state.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

category_tree::category_tree(const versions<category>& categories, const lexicon& words)
    : parents_(categories.size()), successors_(categories.size()), inner_(categories.size()) {
  for (std::uint32_t number = 1; number <= categories.size(); ++number) {
    const category* c = categories.current(number);
    successors_[number - 1] = c ? words.find(word_kind::category, c->replaced_by) : 0;
    const std::uint32_t parent = c ? words.find(word_kind::category, c->parent) : 0;
    parents_[number - 1] = parent;
    if (parent != 0 && !c->retired) inner_[parent - 1] = true;
  }
}

std::uint32_t category_tree::now(std::uint32_t number) const {
  for (std::size_t steps = 0; number != 0 && steps <= limits::category_replacements_max; ++steps) {
    const std::uint32_t next = number <= successors_.size() ? successors_[number - 1] : 0;
    if (next == 0) break;
    number = next;
  }
  return number;
}

std::uint32_t category_tree::at_level(std::uint32_t number, std::size_t level) const {
  const std::vector<std::uint32_t> path = path_of(number);
  return path.size() <= level ? number : path[level - 1];
}

std::vector<std::uint32_t> category_tree::path_of(std::uint32_t number) const {
  std::vector<std::uint32_t> path;
  for (; number != 0 && path.size() < limits::category_depth_max; number = parent_of(number)) path.push_back(number);
  std::ranges::reverse(path);
  return path;
}

}  // namespace tocsin::inline v1
