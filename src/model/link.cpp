#include <tocsin/model/link.hpp>

#include <tocsin/model/incident.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(link_kind) {
  static constexpr std::string_view all[] = {"related",       "parent_of", "child_of",   "duplicate_of",
                                             "has_duplicate", "caused_by", "cause_of",   "blocked_by",
                                             "blocks",        "follows",   "followed_by"};
  return all;
}

std::span<const std::string_view> choices(outside_kind) {
  static constexpr std::string_view all[] = {"incident", "request", "problem", "known_error", "change", "other"};
  return all;
}

std::span<const field_row> record_link::fields() {
  static constexpr field_row rows[] = {
      row<&record_link::kind>("kind", "Relation of the record to the other end"),
      row<&record_link::record>("record", "The other record"),
      row<&record_link::outside>("outside", "What stands at the other end, if that is in another system"),
      row<&record_link::outside_key>("outside_key", "Its key there"),
      row<&record_link::resolved>("resolved", "Of a child: its parent resolved it"),
      row<&record_link::held>("held", "Of a child: it waits because its parent does"),
  };
  return rows;
}

bool same_link(const record_link& a, const record_link& b) {
  return a.kind == b.kind && a.record == b.record && a.outside == b.outside && a.outside_key == b.outside_key;
}

const record_link* find_link(std::span<const record_link> links, link_kind kind) {
  const auto found = std::ranges::find(links, kind, &record_link::kind);
  return found == links.end() ? nullptr : &*found;
}

std::size_t count_links(std::span<const record_link> links, link_kind kind) {
  return static_cast<std::size_t>(std::ranges::count(links, kind, &record_link::kind));
}

std::span<const field_row> record_links::fields() {
  static constexpr field_row rows[] = {
      row<&record_links::links>(
          "links", "Other records that it has to do with",
          max_length(limits::links_per_record_max + limits::children_max + limits::duplicates_max)),
  };
  return rows;
}

const std::vector<record_link>& links_of(const incident& record) { return record.part_or_empty<record_links>().links; }

}  // namespace tocsin::inline v1
