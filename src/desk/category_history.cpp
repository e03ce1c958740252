#include <tocsin/desk/category_history.hpp>

#include <tocsin/desk/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool was_changed(const versions<category>& all) {
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    if (all.latest(number) > 1) return true;
  }
  return false;
}

}  // namespace

category_history::category_history(const desk& d) : now_(d.state().definitions.category_tree.get()) {
  const desk_state& state = d.state();
  if (!was_changed(state.definitions.of<category>())) return;
  sha256 hasher;
  d.storage().scan_entries(1, state.counters.sequence, true, [&](const stored_entry& stored) {
    const entry e = decode_entry(stored, hasher);
    for (const event& happened : e.events) {
      const auto* published = happened.body.get_if<definitions_published>();
      if (!published) continue;
      for (const category& c : published->definitions.of<category>()) {
        moves_.push_back({e.sequence, e.recorded_at, state.words.find(word_kind::category, c.key),
                          state.words.find(word_kind::category, c.parent)});
      }
    }
    return true;
  });
}

std::uint32_t category_history::parent_of(std::uint32_t category, const as_of& until) const {
  if (moves_.empty()) return now_->parent_of(category);
  std::uint32_t parent = 0;
  for (const place& p : moves_) {
    if (p.category == category && p.sequence <= until.sequence && p.recorded_at <= until.at) parent = p.parent;
  }
  return parent;
}

std::vector<category_ref> category_history::path(category_ref category, const as_of& until) const {
  std::vector<category_ref> all;
  for (std::uint32_t at = category.index; at != 0 && now_ && all.size() < limits::category_depth_max;
       at = parent_of(at, until)) {
    all.push_back({at});
  }
  std::ranges::reverse(all);
  return all;
}

}  // namespace tocsin::inline v1
