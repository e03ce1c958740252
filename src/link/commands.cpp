#include <tocsin/link/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_text{limits::key_length_max};

}  // namespace

std::span<const field_row> link_records::fields() {
  using self = link_records;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::kind>("kind", "Relation of the incident to the other end", required),
      row<&self::other>("other", "The other record, by number or id"),
      row<&self::outside>("outside", "Kind of the other end, if that is in another system"),
      row<&self::outside_key>("outside_key", "Its key there", one_line, key_text),
      row<&self::note>("note", "More about the link", full_text, personal),
  };
  return rows;
}

std::span<const field_row> unlink_records::fields() {
  using self = unlink_records;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::kind>("kind", "Relation of the incident to the other end", required),
      row<&self::other>("other", "The other record, by number or id"),
      row<&self::outside>("outside", "Kind of the other end, if that is in another system"),
      row<&self::outside_key>("outside_key", "Its key there", one_line, key_text),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> mark_duplicate::fields() {
  using self = mark_duplicate;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::of>("of", "The record that it is a duplicate of; of a duplicate, its original is meant", required),
      row<&self::reason>("reason", "How it was recognised", erasable, full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
