#include <tocsin/automation/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr range request_number{1, static_cast<std::int64_t>(limits::automation_requests_max)};

template <class T>
constexpr field_row incident_row = row<&T::incident>("incident", "Record by number or id", required);

}  // namespace

std::span<const field_row> suspend_automation::fields() {
  using self = suspend_automation;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::rule>("rule", "Rule that is not to run on it; none: no rule is"),
      row<&self::reason>("reason", "Why", erasable, required, short_text),
      row<&self::until>("until", "Until when; none: until somebody resumes it"),
  };
  return rows;
}

std::span<const field_row> resume_automation::fields() {
  using self = resume_automation;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::rule>("rule", "Rule that was suspended; none: all of them were"),
      row<&self::note>("note", "Why", erasable, short_text),
  };
  return rows;
}

std::span<const field_row> run_automation::fields() {
  using self = run_automation;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::rule>("rule", "Rule that is to run on it", required),
      row<&self::reason>("reason", "Why", erasable, short_text),
  };
  return rows;
}

std::span<const field_row> report_automation::fields() {
  using self = report_automation;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::request>("request", "Number of the request to the host", required, request_number),
      row<&self::outcome>("outcome", "What came of it", required),
      row<&self::evidence>("evidence", "How that is known", erasable, full_text),
  };
  return rows;
}

}  // namespace tocsin::inline v1
