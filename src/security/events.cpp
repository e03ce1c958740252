#include <tocsin/security/events.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

template <class T>
constexpr field_row person_row = row<&T::person>("person", "Person who has the record");
template <class T>
constexpr field_row team_row = row<&T::team>("team", "Team that has it");
template <class T>
constexpr field_row report_row = row<&T::report>("report", "Number of the report at the record");

}  // namespace

std::span<const std::string_view> choices(security_source) {
  static constexpr std::string_view all[] = {"logged", "declared", "reported"};
  return all;
}

std::span<const field_row> security_incident_begun::fields() {
  static constexpr field_row rows[] = {
      row<&security_incident_begun::source>("source", "How it came to be one"),
  };
  return rows;
}

std::span<const field_row> embargo_set::fields() {
  using self = embargo_set;
  static constexpr field_row rows[] = {
      row<&self::embargo_until>("embargo_until", "Until when nothing public may be said of it"),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> embargo_lifted::fields() {
  static constexpr field_row rows[] = {row<&embargo_lifted::reason>("reason", "Why", erasable, full_text)};
  return rows;
}

std::span<const field_row> embargo_ended::fields() {
  using self = embargo_ended;
  static constexpr field_row rows[] = {
      row<&self::embargo_until>("embargo_until", "Until when it was"),
      person_row<self>,
      team_row<self>,
  };
  return rows;
}

std::span<const field_row> disclosure_date_set::fields() {
  using self = disclosure_date_set;
  static constexpr field_row rows[] = {
      row<&self::disclosure_at>("disclosure_at", "When it is to be made public"),
      row<&self::previous_at>("previous_at", "The date until now; none: it is the first"),
      row<&self::reason>("reason", "Why it is that date", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> disclosure_due::fields() {
  using self = disclosure_due;
  static constexpr field_row rows[] = {
      row<&self::disclosure_at>("disclosure_at", "When it is to be made public"),
      person_row<self>,
      team_row<self>,
  };
  return rows;
}

std::span<const field_row> disclosure_overdue::fields() {
  using self = disclosure_overdue;
  static constexpr field_row rows[] = {
      row<&self::disclosure_at>("disclosure_at", "When it was to be made public"),
      person_row<self>,
      team_row<self>,
  };
  return rows;
}

std::span<const field_row> security_disclosed::fields() {
  using self = security_disclosed;
  static constexpr field_row rows[] = {
      row<&self::advisory>("advisory", "Where: a reference, a number of a catalogue", one_line, max_length(1000)),
      row<&self::text>("text", "What was made public", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> reporter_invited::fields() {
  using self = reporter_invited;
  static constexpr field_row rows[] = {
      report_row<self>,
      row<&self::reporter>("reporter", "Who reported it from outside", personal),
      row<&self::contact>("contact", "How they are reached", one_line, personal),
      row<&self::received_at>("received_at", "When their report came"),
  };
  return rows;
}

std::span<const field_row> report_acknowledged::fields() {
  static constexpr field_row rows[] = {report_row<report_acknowledged>};
  return rows;
}

std::span<const field_row> reporter_message::fields() {
  using self = reporter_message;
  static constexpr field_row rows[] = {
      report_row<self>,
      row<&self::from_reporter>("from_reporter", "The reporter wrote it; if not, it was written to them"),
      row<&self::text>("text", "What it says", full_text, personal),
  };
  return rows;
}

std::span<const std::string_view> choices(reporter_notice_cause) {
  static constexpr std::string_view all[] = {"received", "acknowledged", "message", "date_set", "disclosed"};
  return all;
}

std::span<const field_row> reporter_notice::fields() {
  using self = reporter_notice;
  static constexpr field_row rows[] = {
      row<&self::cause>("cause", "What happened"),
      row<&self::report>("report", "Which report, as the reporter names it: \"3-1\"", one_line),
      row<&self::reporter>("reporter", "Who is to be told", personal),
      row<&self::contact>("contact", "How they are reached", one_line, personal),
  };
  return rows;
}

std::span<const field_row> reporter_wrote::fields() {
  using self = reporter_wrote;
  static constexpr field_row rows[] = {
      report_row<self>,
      person_row<self>,
      team_row<self>,
  };
  return rows;
}

}  // namespace tocsin::inline v1
