#include <tocsin/workflow/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const field_row> incident_moved::fields() {
  using self = incident_moved;
  static constexpr field_row rows[] = {
      row<&self::state>("state", "State that it went to"),
      row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::trigger>("trigger", "What moved it"),
      row<&self::note>("note", "What was added", full_text, personal),
  };
  return rows;
}

std::span<const field_row> move_scheduled::fields() {
  static constexpr field_row rows[] = {
      row<&move_scheduled::at>("at", "When it may move; none: it does not any more"),
  };
  return rows;
}

std::span<const field_row> record_migrated::fields() {
  using self = record_migrated;
  static constexpr field_row rows[] = {
      row<&self::workflow_version>("workflow_version", "Version of its workflow that it runs on now"),
      row<&self::state>("state", "State that it is in, as that version has it"),
      row<&self::state_kind>("state_kind", "What that state means"),
      row<&self::held_from>("held_from", "State that it returns to when its wait ends, as that version has it"),
  };
  return rows;
}

std::span<const field_row> guard_answered::fields() {
  static constexpr field_row rows[] = {
      row<&guard_answered::guard>("guard", "Name of the guard"),
      row<&guard_answered::holds>("holds", "What the host said", always),
  };
  return rows;
}

std::span<const field_row> move_withheld::fields() {
  static constexpr field_row rows[] = {
      row<&move_withheld::verb>("verb", "What should have happened to the record"),
      row<&move_withheld::cause>("cause", "Why it should have"),
      row<&move_withheld::unmet>("unmet", "What was not met", max_length(1000)),
  };
  return rows;
}

std::span<const field_row> overridden_guard::fields() {
  using self = overridden_guard;
  static constexpr field_row rows[] = {
      row<&self::reason>("reason", "What kind of guard it is, as a refusal says it", one_line),
      row<&self::says>("says", "What did not hold", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> guards_overridden::fields() {
  using self = guards_overridden;
  static constexpr field_row rows[] = {
      row<&self::verb>("verb", "How the record was moved"),
      row<&self::state>("state", "State that the move led to"),
      row<&self::guards>("guards", "What stood against it", max_length(1000)),
      row<&self::reason>("reason", "Why it was overridden", erasable, full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
