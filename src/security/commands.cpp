#include <tocsin/security/commands.hpp>

#include <tocsin/security/disclosure.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};
constexpr max_length short_text{1000};
constexpr max_length restricted_to{limits::restricted_to_max};
constexpr range report_number{1, static_cast<std::int64_t>(limits::outside_reports_max)};

// The record that the command is about.
template <class T>
constexpr field_row incident_row = row<&T::incident>("incident", "Incident by number or id", required);
template <class T>
constexpr field_row report_row =
    row<&T::report>("report", "Number of the report at the record", required, report_number);

}  // namespace

std::span<const field_row> log_security_incident::fields() {
  using self = log_security_incident;
  static constexpr field_row rows[] = {
      row<&self::title>("title", "One line that says what is wrong", erasable, required, one_line),
      row<&self::description>("description", "What happened, in full", full_text, personal),
      row<&self::type>("type", "Type of the record; none: the first of the policy, or an ordinary incident"),
      row<&self::category>("category", "Category"),
      row<&self::service>("service", "Service that is affected"),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "How grave it is technically"),
      row<&self::occurred_at>("occurred_at", "When it began"),
      row<&self::detected_at>("detected_at", "When it was noticed"),
      row<&self::external_key>("external_key", "Its key in another system", one_line),
      row<&self::team>("team", "Team that gets it at once, and may see it"),
      row<&self::assignee>("assignee", "Person who gets it at once, and may see it"),
      row<&self::people>("people", "People who may see it, beside those of the policy and whoever logs it",
                         restricted_to),
      row<&self::teams>("teams", "Teams whose members may see it", restricted_to),
      row<&self::reason>("reason", "Why they may", erasable, one_line, short_text),
      row<&self::embargo_until>("embargo_until", "Until when nothing public may be said of it"),
      row<&self::disclosure_at>("disclosure_at", "When it is to be made public"),
  };
  return rows;
}

std::span<const field_row> declare_security_incident::fields() {
  using self = declare_security_incident;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::people>("people",
                         "People who may see it, beside those of the policy, whoever has it and whoever "
                         "declares it",
                         restricted_to),
      row<&self::teams>("teams", "Teams whose members may see it", restricted_to),
      row<&self::reason>("reason", "Why it is one", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> set_embargo::fields() {
  using self = set_embargo;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::until>("until", "Until when nothing public may be said of it", required),
      row<&self::reason>("reason", "Why", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> lift_embargo::fields() {
  using self = lift_embargo;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::reason>("reason", "Why", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> set_disclosure_date::fields() {
  using self = set_disclosure_date;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::disclosure_at>("disclosure_at", "When it is to be made public", required),
      row<&self::reason>("reason", "Why it is that date", erasable, required, full_text),
  };
  return rows;
}

std::span<const field_row> disclose::fields() {
  using self = disclose;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::advisory>("advisory", "Where it was made public: a reference, a number of a catalogue", required,
                           one_line, short_text),
      row<&self::text>("text", "What was made public", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> invite_reporter::fields() {
  using self = invite_reporter;
  static constexpr field_row rows[] = {
      incident_row<self>,
      row<&self::reporter>("reporter", "Who reported it from outside", required, personal),
      row<&self::contact>("contact", "How they are reached", one_line, personal),
      row<&self::received_at>("received_at", "When their report came; now where none is given"),
  };
  return rows;
}

std::span<const field_row> acknowledge_report::fields() {
  using self = acknowledge_report;
  static constexpr field_row rows[] = {
      incident_row<self>,
      report_row<self>,
      row<&self::text>("text", "What the reporter is told beside", full_text, personal),
  };
  return rows;
}

std::span<const field_row> message_reporter::fields() {
  using self = message_reporter;
  static constexpr field_row rows[] = {
      incident_row<self>,
      report_row<self>,
      row<&self::text>("text", "What the reporter is told; they see it, and not who wrote it", required, full_text,
                       personal),
  };
  return rows;
}

std::span<const field_row> report_vulnerability::fields() {
  using self = report_vulnerability;
  static constexpr field_row rows[] = {
      row<&self::title>("title", "One line that says what is wrong", erasable, required, one_line),
      row<&self::description>("description", "What was found, in full", full_text, personal),
      row<&self::contact>("contact", "How the reporter is reached", one_line, personal),
      row<&self::service>("service", "Service in which it was found"),
  };
  return rows;
}

std::span<const field_row> write_as_reporter::fields() {
  using self = write_as_reporter;
  static constexpr field_row rows[] = {
      row<&self::report>("report", "Which report, as its reporter was told: \"3-1\"", required, one_line, short_text),
      row<&self::text>("text", "What the reporter says", required, full_text, personal),
  };
  return rows;
}

}  // namespace tocsin::inline v1
