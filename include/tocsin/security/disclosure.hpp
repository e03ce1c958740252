// A security incident: seen by a few alone, under an embargo until it may be spoken of, disclosed on a date that was
// agreed with those who reported it from outside (R-N04, R-C43).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct incident;

namespace limits {
inline constexpr std::size_t outside_reports_max = 50;       // of one record
inline constexpr duration disclosure_within{3660 * day.us};  // that an embargo or a disclosure may be ahead
inline constexpr duration disclosure_notice{7 * day.us};     // before the date the owner is told that it comes
}  // namespace limits

// What of the coming disclosure its owner has been told.
enum class disclosure_said : std::uint8_t { unset, due, overdue };
std::span<const std::string_view> choices(disclosure_said);

// What somebody outside reported about it. Its messages are in the journal.
struct outside_report {
  std::uint32_t report = 0;  // its number at the record, from 1
  person_ref outside_reporter;
  std::string reporter_contact;  // how they are reached
  instant received_at = no_instant;
  instant report_acknowledged_at = no_instant;
  std::uint32_t messages_from = 0;  // by the reporter
  std::uint32_t messages_to = 0;
  bool awaits_answer = false;  // the last word is the reporter's

  static std::span<const field_row> fields();
};

struct record_disclosure {
  static constexpr std::uint8_t part_number = 21;
  static const part_type descriptor;

  instant embargo_until = no_instant;  // not set: there is none any more
  std::string embargo_reason;
  person_ref embargo_by;
  instant disclosure_at = no_instant;  // when it is to be made public
  instant disclosure_set_at = no_instant;
  std::string disclosure_reason;
  std::uint32_t disclosure_moves = 0;  // how often that date was changed
  disclosure_said said_of_disclosure = disclosure_said::unset;
  instant disclosed_at = no_instant;
  std::string advisory;                         // where: a reference, a number of a catalogue
  std::string disclosure_text;                  // what
  std::vector<outside_report> outside_reports;  // by number

  static std::span<const field_row> fields();
};

// Until when nothing public may be said of it; none: there is no embargo at that instant.
std::optional<instant> embargo_of(const incident& record, instant at);
// "it is under embargo until 2026-12-24T00:00:00Z: patches are not ready"; empty where it is not.
std::string under_embargo(const incident& record, instant at);

// What stands against the move of a record to a state of this kind, a line each: it is not closed under embargo, nor
// before it is disclosed where a date was set, as nothing reminds of what is closed.
std::vector<std::string> unmet_of_disclosure(const incident& record, state_kind to);

// Null: there is none with that number.
const outside_report* find_report(const record_disclosure& part, std::uint32_t report);

// What the reporter is told of how it goes.
enum class report_progress : std::uint8_t { unset, received, acknowledged, in_work, resolved, disclosed, rejected };
std::span<const std::string_view> choices(report_progress);
report_progress progress_of(const incident& record, const outside_report& report);

// How somebody outside names what they reported, without a word of the record: "3-1" is the first report of the record
// with the id 3.
struct report_reference {
  std::uint64_t record = 0;
  std::uint32_t report = 0;

  friend bool operator==(const report_reference&, const report_reference&) = default;
};
std::string as_text(const report_reference& reference);
// None: it is not written like one.
std::optional<report_reference> parse_report_reference(std::string_view text);

}  // namespace tocsin::inline v1
