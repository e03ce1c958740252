#include <tocsin/automation/events.hpp>

#include <tocsin/automation/automation_rule.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length key_length{limits::key_length_max};
constexpr max_length chain_length{limits::automation_chain_max};

template <class T>
constexpr field_row run_row = row<&T::run>("run", "Number of the run on this record");

}  // namespace

std::span<const field_row> automation_begun::fields() {
  using self = automation_begun;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Rule that runs"),
      row<&self::rule_version>("rule_version", "Its version"),
      row<&self::trigger>("trigger", "Event on which it runs; none: by hand", one_line, key_length),
      row<&self::chain>("chain", "Rules whose actions led to it, the first one first", chain_length),
      row<&self::inputs>("inputs", "What the rule's condition saw", personal),
      row<&self::reason>("reason", "By hand: why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> automation_acted::fields() {
  using self = automation_acted;
  static constexpr field_row rows[] = {
      run_row<self>,
      row<&self::action>("action", "Place of the action in its rule, from 1"),
      row<&self::command>("command", "Command that was given; none: the host was asked", one_line, key_length),
      row<&self::refused>("refused", "Reason for which it was refused; none: it was not", one_line, key_length),
      row<&self::message>("message", "The same in a sentence", erasable, full_text),
      row<&self::ends>("ends", "It was the last action of the run"),
  };
  return rows;
}

std::span<const field_row> automation_run_requested::fields() {
  using self = automation_run_requested;
  static constexpr field_row rows[] = {
      row<&self::request>("request", "Number of the request on this record"),
      run_row<self>,
      row<&self::rule>("rule", "Rule that asks for it"),
      row<&self::asked_to_run>("asked_to_run", "Key of what is to be run", one_line, key_length),
      row<&self::parameters>("parameters", "What the rule says with it"),
  };
  return rows;
}

std::span<const field_row> automation_stopped::fields() {
  using self = automation_stopped;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Rule that does not run"),
      row<&self::because>("because", "Why"),
      row<&self::run>("run",
                      "Run that goes on no more; none: none began, or where the record is over, all that waited"),
      row<&self::trigger>("trigger", "Event on which it would have run", one_line, key_length),
      row<&self::chain>("chain", "Rules whose actions led to it, the first one first", chain_length),
  };
  return rows;
}

std::span<const field_row> automation_suspended::fields() {
  using self = automation_suspended;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Rule that does not run; none: no rule does"),
      row<&self::reason>("reason", "Why", erasable, full_text),
      row<&self::until>("until", "Until when; none: until somebody resumes it"),
  };
  return rows;
}

std::span<const field_row> automation_resumed::fields() {
  using self = automation_resumed;
  static constexpr field_row rows[] = {
      row<&self::rule>("rule", "Rule that runs again; none: all of them do"),
      row<&self::note>("note", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> automation_reported::fields() {
  using self = automation_reported;
  static constexpr field_row rows[] = {
      row<&self::request>("request", "Number of the request to the host"),
      row<&self::asked_to_run>("asked_to_run", "Key of what it was asked to run", one_line, key_length),
      row<&self::outcome>("outcome", "What came of it"),
      row<&self::evidence>("evidence", "How that is known", erasable, full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
