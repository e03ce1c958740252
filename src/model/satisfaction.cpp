#include <tocsin/model/satisfaction.hpp>

#include <tocsin/model/incident.hpp>

namespace tocsin::inline v1 {

std::span<const field_row> satisfaction_answer::fields() {
  using self = satisfaction_answer;
  static constexpr field_row rows[] = {
      row<&self::cycle>("cycle", "Resolution that it is about: 1, and one more for each reopening"),
      row<&self::person>("person", "Who answered"),
      row<&self::requester>("requester", "Is the caller, or the caller of a duplicate"),
      row<&self::score>("score", "1, not at all satisfied, to 5, entirely"),
      row<&self::comment>("comment", "Comment", max_length(limits::text_length_max)),
      row<&self::answered_at>("answered_at", "When"),
      row<&self::after_closing>("after_closing", "It was closed already"),
  };
  return rows;
}

std::span<const field_row> record_satisfaction::fields() {
  static constexpr field_row rows[] = {
      row<&record_satisfaction::satisfaction>("satisfaction", "How satisfied people are with its resolutions",
                                              max_length(limits::satisfaction_answers_max)),
  };
  return rows;
}

const std::vector<satisfaction_answer>& satisfaction_of(const incident& record) {
  return record.part_or_empty<record_satisfaction>().satisfaction;
}

}  // namespace tocsin::inline v1
