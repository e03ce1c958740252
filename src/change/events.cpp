#include <tocsin/change/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

template <class T>
constexpr field_row kind_row = row<&T::kind>("kind", "How much is asked before it is made");
template <class T>
constexpr field_row risk_row = row<&T::risk>("risk", "How much may go wrong");
template <class T>
constexpr field_row planned_from_row = row<&T::planned_from>("planned_from", "When it is to begin");
template <class T>
constexpr field_row planned_until_row = row<&T::planned_until>("planned_until", "When it is to be over");

}  // namespace

std::span<const field_row> change_opened::fields() {
  using self = change_opened;
  static constexpr field_row rows[] = {kind_row<self>, risk_row<self>, planned_from_row<self>, planned_until_row<self>};
  return rows;
}

std::span<const field_row> change_planned::fields() {
  using self = change_planned;
  static constexpr field_row rows[] = {kind_row<self>, risk_row<self>, planned_from_row<self>, planned_until_row<self>};
  return rows;
}

std::span<const field_row> implementation_begun::fields() { return {}; }

std::span<const field_row> implementation_ended::fields() { return {}; }

std::span<const field_row> change_reported::fields() {
  using self = change_reported;
  static constexpr field_row rows[] = {
      row<&self::outcome>("outcome", "What came of it"),
      row<&self::notes>("notes", "What is said of that", erasable, full_text),
      row<&self::implemented_from>("implemented_from", "When its implementation began"),
      row<&self::implemented_until>("implemented_until", "When its implementation was over"),
      row<&self::state>("state", "State after it; none: the state stays"),
  };
  return rows;
}

std::span<const field_row> change_notice::fields() {
  using self = change_notice;
  static constexpr field_row rows[] = {
      row<&self::change>("change", "Change that it awaited"),
      row<&self::outcome>("outcome", "What came of the change; none: nothing was said of that"),
      row<&self::state_kind>("state_kind", "How the change ended"),
      row<&self::text>("text", "What is said of the outcome", erasable, full_text),
      row<&self::team>("team", "Team that it is told"),
      row<&self::person>("person", "Person who is told"),
  };
  return rows;
}

std::span<const field_row> change_reached::fields() {
  using self = change_reached;
  static constexpr field_row rows[] = {
      row<&self::after>("after", "The last incident that was reached; none: all of them were"),
      row<&self::by>("by", "Whose rights it goes by"),
  };
  return rows;
}

std::span<const field_row> remediation_recorded::fields() {
  using self = remediation_recorded;
  static constexpr field_row rows[] = {
      row<&self::remediation>("remediation", "Number of the action in the record"),
      row<&self::kind>("kind", "What was done"),
      row<&self::item>("item", "Key of the service or configuration item that it was done to", one_line,
                       max_length(limits::key_length_max)),
      row<&self::outcome>("outcome", "Whether it worked; none: nobody knows yet"),
      row<&self::evidence>("evidence", "What shows that, or what was done in full", erasable, full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
