#include <tocsin/assignment/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const field_row> apply_assignment_rules::fields() {
  using self = apply_assignment_rules;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::rule>("rule", "Rule that decides, whether it matches or not; without it, the first that matches"),
      row<&self::except>("except", "People to leave out", max_length(limits::assignment_exceptions_max)),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
