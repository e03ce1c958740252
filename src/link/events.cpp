#include <tocsin/link/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length duplicates_listed{limits::duplicates_max + 1};

}  // namespace

std::span<const field_row> records_linked::fields() {
  using self = records_linked;
  static constexpr field_row rows[] = {
      row<&self::kind>("kind", "Relation of the record to the other end"),
      row<&self::other>("other", "The other record"),
      row<&self::outside>("outside", "Kind of the other end, if that is in another system"),
      row<&self::outside_key>("outside_key", "Its key there"),
      row<&self::note>("note", "More about the link", full_text, personal),
  };
  return rows;
}

std::span<const field_row> records_unlinked::fields() {
  using self = records_unlinked;
  static constexpr field_row rows[] = {
      row<&self::kind>("kind", "Relation of the record to the other end, as it was"),
      row<&self::other>("other", "The other record"),
      row<&self::outside>("outside", "Kind of the other end"),
      row<&self::outside_key>("outside_key", "Its key there"),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> duplicate_marked::fields() {
  using self = duplicate_marked;
  static constexpr field_row rows[] = {
      row<&self::original>("original", "The record that it is a duplicate of"),
      row<&self::reason>("reason", "How it was recognised", erasable, full_text),
      row<&self::state>("state", "State from now on"),
      row<&self::state_kind>("state_kind", "What that state means"),
  };
  return rows;
}

std::span<const field_row> duplicates_gained::fields() {
  static constexpr field_row rows[] = {
      row<&duplicates_gained::duplicates>("duplicates", "Records that are duplicates of it", duplicates_listed),
  };
  return rows;
}

std::span<const field_row> duplicates_lost::fields() {
  static constexpr field_row rows[] = {
      row<&duplicates_lost::duplicates>("duplicates", "Records that follow another original now", duplicates_listed),
  };
  return rows;
}

std::span<const field_row> original_changed::fields() {
  static constexpr field_row rows[] = {
      row<&original_changed::original>("original", "The record that it is a duplicate of"),
  };
  return rows;
}

std::span<const field_row> cascade_limited::fields() {
  using self = cascade_limited;
  static constexpr field_row rows[] = {
      row<&self::links>("links", "By which links they would have been reached; none: by the command itself"),
      row<&self::verb>("verb", "What would have happened to them; none: their requesters would have been told"),
      row<&self::left>("left", "How many were left as they are"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
