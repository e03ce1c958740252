#include <tocsin/sla/commands.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> excuse_breach::fields() {
  using self = excuse_breach;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::policy>("policy", "Policy whose breach is excused", required),
      row<&self::reason>("reason", "Why", erasable, required, one_line, max_length(1000)),
      row<&self::approver>("approver", "Person who approved it; the actor where none is given"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
