// Where categories stood in the tree, then as now: what is read of the past is read as it was (L7).
#pragma once

#include <cstdint>
#include <vector>

#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/history.hpp>

namespace tocsin::inline v1 {

class category_history {
 public:
  // Reads the publications of the desk's journal, where a category was ever published again.
  explicit category_history(const desk& d);

  // From the root down to the category, as the tree was at the end of that entry, or at that instant.
  std::vector<category_ref> path(category_ref category, const as_of& until = {}) const;

 private:
  struct place {
    std::uint64_t sequence;
    instant recorded_at;
    std::uint32_t category;
    std::uint32_t parent;
  };

  std::uint32_t parent_of(std::uint32_t category, const as_of& until) const;

  const category_tree* now_;
  std::vector<place> moves_;  // in order of entry; empty: the tree is as it ever was
};

}  // namespace tocsin::inline v1
