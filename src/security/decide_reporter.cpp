// Reporters outside: each has a thread at the record, and sees that alone. They name a report, and never the record
// (R-C43).
#include "decide.hpp"

namespace tocsin::inline v1 {
namespace {

const outside_report& report_of(deciding& d, const incident& r, std::uint32_t number) {
  static const outside_report none;
  const record_disclosure& part = r.part_or_empty<record_disclosure>();
  const outside_report* const known = find_report(part, number);
  const std::size_t count = part.outside_reports.size();
  d.against.unless(known, "security.unknown_report",
                   "it has no report " + std::to_string(number) +
                       (count == 0 ? ": nobody outside reported it" : "; it has 1 to " + std::to_string(count)));
  return known ? *known : none;
}

void tell_reporter(deciding& d, const incident& r, const outside_report& report, reporter_notice_cause cause) {
  if (!report.outside_reporter) return;  // was erased
  d.notify(r, reporter_notice{cause, as_text({r.id, report.report}), report.outside_reporter, report.reporter_contact});
}

// One answer to whoever may not know: that there is no such report.
[[noreturn]] void refuse_unknown_report() {
  throw error(status::not_found, "security.unknown_report", "there is no such report of yours");
}

}  // namespace

void begin_report(deciding& d, record_ref record, const reporter_invited& invited) {
  d.emit(record, invited);
  d.emit(record, reporter_notice{reporter_notice_cause::received, as_text({record.id, invited.report}),
                                 invited.reporter, invited.contact});
}

void tell_reporters(deciding& d, const incident& r, reporter_notice_cause cause) {
  for (const outside_report& one : r.part_or_empty<record_disclosure>().outside_reports) {
    tell_reporter(d, r, one, cause);
  }
}

void plausible_invitation(const incident& record, plausible_commands& to) {
  to.commands.push_back(invite_reporter{.incident = {record.id}, .reporter = {host_person.index + 1}});
}

void plausible_acknowledgement(const incident& record, plausible_commands& to) {
  to.none = "it has no reports from outside that are not acknowledged";
  for (const outside_report& one : record.part_or_empty<record_disclosure>().outside_reports) {
    if (!is_set(one.report_acknowledged_at)) to.commands.push_back(acknowledge_report{{record.id}, one.report, {}});
  }
}

void plausible_message(const incident& record, plausible_commands& to) {
  to.none = "it has no reports from outside";
  for (const outside_report& one : record.part_or_empty<record_disclosure>().outside_reports) {
    to.commands.push_back(message_reporter{{record.id}, one.report, "x"});
  }
}

void decide(const invite_reporter& c, deciding& d) {
  const incident& r = security_incident_of(d, c.incident, "invite_reporter");
  const std::vector<outside_report>& all = r.part_or_empty<record_disclosure>().outside_reports;
  d.against.unless(all.size() < limits::outside_reports_max, "security.too_many",
                   "an incident has at most " + std::to_string(limits::outside_reports_max) + " reports from outside");
  d.against.unless(c.reporter.index > host_person.index, "security.no_reporter",
                   d.person_name(c.reporter) + " is nobody outside");
  d.against.unless(!is_set(c.received_at) || c.received_at <= d.given.recorded_at, "security.ahead",
                   "received_at has not come yet");
  const instant received = is_set(c.received_at) ? c.received_at : d.given.at;
  begin_report(d, c.incident, {static_cast<std::uint32_t>(all.size() + 1), c.reporter, c.contact, received});
}

void decide(const acknowledge_report& c, deciding& d) {
  const incident& r = security_incident_of(d, c.incident, "acknowledge_report");
  const outside_report& report = report_of(d, r, c.report);
  d.against.unless(!is_set(report.report_acknowledged_at), "security.acknowledged", "it was acknowledged already");
  d.emit(c.incident, report_acknowledged{c.report});
  if (!c.text.empty()) d.emit(c.incident, reporter_message{c.report, false, c.text});
  tell_reporter(d, r, report, reporter_notice_cause::acknowledged);
}

void decide(const message_reporter& c, deciding& d) {
  const incident& r = security_incident_of(d, c.incident, "message_reporter");
  const outside_report& report = report_of(d, r, c.report);
  d.emit(c.incident, reporter_message{c.report, false, c.text});
  tell_reporter(d, r, report, reporter_notice_cause::message);
}

// The host may relay what came by mail.
void decide(const write_as_reporter& c, deciding& d) {
  const auto reference = parse_report_reference(c.report);
  const incident_ptr r = reference ? d.given.records.find({reference->record}) : nullptr;
  const auto* const part = r ? r->part<record_disclosure>() : nullptr;
  const outside_report* const report = part ? find_report(*part, reference->report) : nullptr;
  const person_ref actor = d.given.actor;
  const bool is_theirs =
      report && report->outside_reporter && (actor == report->outside_reporter || actor.index <= host_person.index);
  if (!is_theirs) refuse_unknown_report();
  d.refused = "write_as_reporter";
  d.refused_name = "report " + c.report;
  d.against.unless(!is_final(r->state_kind), "security.over", "what was reported is over");
  d.emit({r->id}, reporter_message{reference->report, true, c.text});
  d.notify(*r, reporter_wrote{reference->report, r->assignee, r->team});
}

}  // namespace tocsin::inline v1
