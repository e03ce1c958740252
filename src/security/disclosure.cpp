#include <tocsin/security/disclosure.hpp>

#include <tocsin/model/incident.hpp>

#include <charconv>

#include "time/shown.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

// All of it is digits, and it begins with none that says nothing.
template <class Number>
std::optional<Number> parse_whole(std::string_view text) {
  Number number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = code == std::errc{} && end == text.data() + text.size() && text.front() != '0';
  return is_whole ? std::optional(number) : std::nullopt;
}

}  // namespace

std::span<const std::string_view> choices(disclosure_said) {
  static constexpr std::string_view all[] = {"due", "overdue"};
  return all;
}

std::span<const field_row> outside_report::fields() {
  using self = outside_report;
  static constexpr field_row rows[] = {
      row<&self::report>("report", "Its number at the record, from 1"),
      row<&self::outside_reporter>("outside_reporter", "Who reported it"),
      row<&self::reporter_contact>("reporter_contact", "How they are reached", one_line),
      row<&self::received_at>("received_at", "When the report came"),
      row<&self::report_acknowledged_at>("report_acknowledged_at", "When they were told that it is looked at"),
      row<&self::messages_from>("messages_from", "Messages that they wrote"),
      row<&self::messages_to>("messages_to", "Messages that they were written"),
      row<&self::awaits_answer>("awaits_answer", "The last message is theirs"),
  };
  return rows;
}

std::span<const field_row> record_disclosure::fields() {
  using self = record_disclosure;
  static constexpr field_row rows[] = {
      row<&self::embargo_until>("embargo_until", "Until when nothing public may be said of it"),
      row<&self::embargo_reason>("embargo_reason", "Why", erasable, full_text),
      row<&self::embargo_by>("embargo_by", "Who set the embargo"),
      row<&self::disclosure_at>("disclosure_at", "When it is to be made public"),
      row<&self::disclosure_set_at>("disclosure_set_at", "When that date was set"),
      row<&self::disclosure_reason>("disclosure_reason", "Why it is that date", erasable, full_text),
      row<&self::disclosure_moves>("disclosure_moves", "How often that date was changed"),
      row<&self::said_of_disclosure>("said_of_disclosure", "What of it those who have the record were told"),
      row<&self::disclosed_at>("disclosed_at", "When it was made public"),
      row<&self::advisory>("advisory", "Where: a reference, a number of a catalogue", one_line, max_length(1000)),
      row<&self::disclosure_text>("disclosure_text", "What was made public", erasable, full_text),
      row<&self::outside_reports>("outside_reports", "What was reported from outside, by number",
                                  max_length(limits::outside_reports_max)),
  };
  return rows;
}

std::optional<instant> embargo_of(const incident& record, instant at) {
  const auto* const part = record.part<record_disclosure>();
  const bool is_there = part && is_set(part->embargo_until) && at < part->embargo_until;
  return is_there ? std::optional(part->embargo_until) : std::nullopt;
}

std::string under_embargo(const incident& record, instant at) {
  const std::optional<instant> until = embargo_of(record, at);
  if (!until) return {};
  const std::string& reason = record.part<record_disclosure>()->embargo_reason;
  return "it is under embargo until " + shown(*until) + (reason.empty() ? "" : ": " + reason);
}

std::vector<std::string> unmet_of_disclosure(const incident& record, state_kind to) {
  std::vector<std::string> unmet;
  const auto* const part = record.part<record_disclosure>();
  if (!part || to != state_kind::closed) return unmet;
  if (is_set(part->embargo_until)) unmet.push_back(under_embargo(record, instant_min));
  if (is_set(part->disclosure_at) && !is_set(part->disclosed_at)) {
    unmet.push_back("it has not been disclosed, which is due at " + shown(part->disclosure_at));
  }
  return unmet;
}

const outside_report* find_report(const record_disclosure& part, std::uint32_t report) {
  const std::vector<outside_report>& all = part.outside_reports;
  return report >= 1 && report <= all.size() ? &all[report - 1] : nullptr;
}

std::span<const std::string_view> choices(report_progress) {
  static constexpr std::string_view all[] = {"received", "acknowledged", "in_work",
                                             "resolved", "disclosed",    "rejected"};
  return all;
}

report_progress progress_of(const incident& record, const outside_report& report) {
  const auto* const part = record.part<record_disclosure>();
  if (part && is_set(part->disclosed_at)) return report_progress::disclosed;
  if (record.state_kind == state_kind::cancelled) return report_progress::rejected;
  if (!is_open(record.state_kind)) return report_progress::resolved;
  if (is_set(record.work_begun_at)) return report_progress::in_work;
  return is_set(report.report_acknowledged_at) ? report_progress::acknowledged : report_progress::received;
}

std::string as_text(const report_reference& reference) {
  return std::to_string(reference.record) + '-' + std::to_string(reference.report);
}

std::optional<report_reference> parse_report_reference(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == 0 || dash == std::string_view::npos || dash + 1 == text.size()) return std::nullopt;
  const auto record = parse_whole<std::uint64_t>(text.substr(0, dash));
  const auto report = parse_whole<std::uint32_t>(text.substr(dash + 1));
  if (!record || !report) return std::nullopt;
  return report_reference{*record, *report};
}

}  // namespace tocsin::inline v1
