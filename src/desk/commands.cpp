#include <tocsin/desk/commands.hpp>

#include "definition_lists.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_text{limits::key_length_max};

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

std::span<const field_row> purge_records::fields() {
  using self = purge_records;
  static constexpr field_row rows[] = {
      row<&self::ended_before>("ended_before", "Records that ended before then, and were not touched since", required),
      row<&self::limit>("limit", "How many at most, the oldest first",
                        range{0, static_cast<std::int64_t>(limits::purged_records_max)}),
      row<&self::reason>("reason", "Why", full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
