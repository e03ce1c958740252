#include <tocsin/desk/events.hpp>

#include <tocsin/time/zone.hpp>

#include "definition_lists.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length zone_text{limits::zone_text_length_max};

}  // namespace

std::span<const field_row> definition_warning::fields() {
  using self = definition_warning;
  static constexpr field_row rows[] = {
      row<&self::kind>("kind", "Kind of definition"),
      row<&self::key>("key", "Its key"),
      row<&self::what>("what", "What is odd about it", max_length(limits::text_length_max)),
  };
  return rows;
}

std::span<const field_row> definitions_published::fields() {
  using self = definitions_published;
  static constexpr placed_field own[] = {
      {0, row<&self::pack>("pack", "Name of the pack that these definitions come from")},
      {21, row<&self::warnings>("warnings", "What is odd about them, but allowed", max_length(limits::warnings_max))},
      {26, row<&self::zone_data_version>("zone_data_version", "Version of the time zone data that the desk runs on")},
      {27, row<&self::zone_data>("zone_data", "Time zone data of the calendars' zones, packed, in base64", zone_text)},
  };
  static const std::vector<field_row> rows = with_lists(own, &definition_type::changed);
  return rows;
}

std::span<const field_row> personal_erased::fields() {
  static constexpr field_row rows[] = {
      row<&personal_erased::person>("person", "Person whose name and addresses were erased"),
      row<&personal_erased::reason>("reason", "Why, and on whose request"),
      row<&personal_erased::texts>("texts", "Every text that was written about the record was erased, too"),
  };
  return rows;
}

std::span<const field_row> zone_data_changed::fields() {
  using self = zone_data_changed;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Version that it ran on before"),
      row<&self::to>("to", "Version that it runs on from now on"),
      row<&self::zone_data>("zone_data", "Time zone data of the calendars' zones, packed, in base64", zone_text),
  };
  return rows;
}

std::span<const field_row> number_span::fields() {
  static constexpr field_row rows[] = {
      row<&number_span::first>("first", "From this one on"),
      row<&number_span::last>("last", "Up to this one, included"),
  };
  return rows;
}

std::span<const field_row> records_purged::fields() {
  using self = records_purged;
  static constexpr field_row rows[] = {
      row<&self::ended_before>("ended_before", "They ended before then"),
      row<&self::records>("records", "Ids of the records", max_length(limits::purged_records_max)),
      row<&self::entries>("entries", "Sequences of the entries that spoke of nothing else",
                          max_length(limits::purged_entries_max)),
      row<&self::gaps>("gaps", "SHA-256 of what the chain of hashes was before and after each run of these entries"),
      row<&self::reason>("reason", "Why", full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
