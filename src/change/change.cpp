#include <tocsin/change/change.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(change_kind) {
  static constexpr std::string_view all[] = {"normal", "standard", "emergency"};
  return all;
}

std::span<const std::string_view> choices(change_risk) {
  static constexpr std::string_view all[] = {"low", "medium", "high"};
  return all;
}

std::span<const std::string_view> choices(change_outcome) {
  static constexpr std::string_view all[] = {"successful", "failed", "backed_out"};
  return all;
}

std::span<const field_row> change_details::fields() {
  using self = change_details;
  static constexpr field_row rows[] = {
      row<&self::change_kind>("change_kind", "How much is asked before the change is made"),
      row<&self::change_risk>("change_risk", "How much may go wrong"),
      row<&self::planned_from>("planned_from", "When the change is to begin"),
      row<&self::planned_until>("planned_until", "When it is to be over"),
      row<&self::implemented_from>("implemented_from", "When its implementation began"),
      row<&self::implemented_until>("implemented_until", "When its implementation was over"),
      row<&self::change_outcome>("change_outcome", "What came of the change"),
      row<&self::change_notes>("change_notes", "What is said of the outcome", erasable,
                               max_length(limits::text_length_max)),
      row<&self::change_reported_at>("change_reported_at", "When the outcome was reported"),
      row<&self::change_reported_by>("change_reported_by", "Who reported the outcome"),
      row<&self::change_cascade_after>("change_cascade_after", "The last incident that its end has reached"),
      row<&self::change_cascade_by>("change_cascade_by", "Whose rights that goes by"),
      row<&self::change_cascade_due>("change_cascade_due", "When that goes on"),
  };
  return rows;
}

change_window planned_window(const change_details& change) { return {change.planned_from, change.planned_until}; }

change_window implementation(const change_details& change) {
  if (!is_set(change.implemented_from)) return {};
  return {change.implemented_from, is_set(change.implemented_until) ? change.implemented_until : never};
}

}  // namespace tocsin::inline v1
