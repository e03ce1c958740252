#include "link_walk.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/model/link.hpp>

#include <algorithm>
#include <unordered_map>

namespace tocsin::inline v1 {

std::vector<record_ref> find_link_way(const record_lookup& records, record_ref from, record_ref to, link_kind kind) {
  std::unordered_map<std::uint64_t, std::uint64_t> came_from{{from.id, 0}};
  std::vector<record_ref> queue{from};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const record_ref here = queue[next];
    if (here == to) {
      std::vector<record_ref> way;
      for (std::uint64_t id = to.id; id != 0; id = came_from.at(id)) way.push_back({id});
      std::ranges::reverse(way);
      return way;
    }
    if (queue.size() > limits::link_walk_max) {
      throw error(
          status::resource_exhausted, "link.too_far",
          "the record is linked to more than " + std::to_string(limits::link_walk_max) + " others in one direction");
    }
    const incident_ptr record = records.find(here);
    if (!record) continue;
    for (const record_link& link : links_of(*record)) {
      if (link.kind == kind && link.record && came_from.emplace(link.record.id, here.id).second) {
        queue.push_back(link.record);
      }
    }
  }
  return {};
}

duplicates_told duplicates_to_tell(const decision& given, const incident& record) {
  const desk_state& state = given.state;
  duplicates_told result;
  for (const record_link& link : links_of(record)) {
    if (link.kind != link_kind::has_duplicate) continue;
    incident_ptr duplicate = given.records.find(link.record);
    if (!duplicate || duplicate->retrospective || !duplicate->caller) continue;
    const auto hears = [&](const incident_ptr& other) { return other->caller == duplicate->caller; };
    if (duplicate->caller == record.caller || std::ranges::any_of(result.told, hears)) continue;
    if (is_hidden(state, record, duplicate->caller) || !may_see(state, given.actor, *duplicate)) {
      ++result.left;
    } else {
      result.told.push_back(std::move(duplicate));
    }
  }
  return result;
}

std::size_t count_family_duplicates(const record_lookup& records, const incident& record) {
  const auto own = [](const incident& r) { return count_links(links_of(r), link_kind::has_duplicate); };
  const record_link* up = find_link(links_of(record), link_kind::child_of);
  const incident_ptr parent = up ? records.find(up->record) : nullptr;
  const incident& head = parent ? *parent : record;
  std::size_t count = own(head);
  for (const record_link& link : links_of(head)) {
    if (link.kind != link_kind::parent_of) continue;
    if (const incident_ptr child = records.find(link.record)) count += own(*child);
  }
  return count;
}

}  // namespace tocsin::inline v1
