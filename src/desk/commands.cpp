#include <tocsin/desk/commands.hpp>

#include <tocsin/desk/events.hpp>

#include <span>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_text{limits::key_length_max};
constexpr max_length zone_text{limits::zone_text_length_max};

// A field whose place in journals is given: what is not a list of definitions.
struct placed_field {
  std::size_t place;
  field_row field;
};

// The lists of all types of definition in the order of their numbers, and between them what has a place of its own.
std::vector<field_row> with_lists(std::span<const placed_field> own, void* (*definition_type::*list)(void*)) {
  std::vector<field_row> rows;
  for (const definition_type* type : definition_types()) {
    for (const placed_field& one : own) {
      if (one.place == rows.size()) rows.push_back(one.field);
    }
    field_row field;
    field.name = type->published;
    field.meaning = type->list_meaning;
    field.type = type->list;
    field.place = type->*list;
    field.max_length = type->most;
    rows.push_back(field);
  }
  return rows;
}

}  // namespace

std::span<const field_row> pack_test::fields() {
  using self = pack_test;
  static constexpr field_row rows[] = {
      row<&self::name>("name", "What it shows, in a sentence", required, one_line),
      row<&self::at>("at", "When its desk begins", required),
      row<&self::steps>("steps",
                        "Each has one of execute (a command), advance (an instant), record (a number), and may have "
                        "expect (what must be in the answer) or refused (the reason)",
                        required, max_length(limits::pack_test_steps_max)),
  };
  return rows;
}

std::span<const field_row> publish::fields() {
  using self = publish;
  static constexpr placed_field own[] = {
      {0, row<&self::pack>("pack", "Name of the pack that these definitions come from", one_line, key_text)},
      {10, row<&self::tests>("tests", "Scenarios that are played before it is published, and must come out",
                             max_length(limits::pack_tests_max))},
  };
  static const std::vector<field_row> rows = with_lists(own, &definition_type::given);
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

std::span<const field_row> definition_warning::fields() {
  using self = definition_warning;
  static constexpr field_row rows[] = {
      row<&self::kind>("kind", "Kind of definition"),
      row<&self::key>("key", "Its key"),
      row<&self::what>("what", "What is odd about it", max_length(limits::text_length_max)),
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

std::span<const field_row> erase_personal::fields() {
  using self = erase_personal;
  static constexpr field_row rows[] = {
      row<&self::record>("record", "Record whose personal values are erased, by number or id"),
      row<&self::person>("person", "Person whose name and addresses are erased"),
      row<&self::reason>("reason", "Why, and on whose request", required, one_line, max_length(1000)),
      row<&self::texts>("texts",
                        "Of a record: every text that was written about it, its title, notes and reasons, too"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
