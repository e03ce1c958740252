#include "fold.hpp"

#include <tocsin/model/incident.hpp>
#include <tocsin/security/disclosure.hpp>

namespace tocsin::inline v1 {
namespace {

// An entry may come from anywhere: of a report that is not there nothing is kept. Null then.
outside_report* own_report(incident& r, std::uint32_t report) {
  std::vector<outside_report>& all = r.own<record_disclosure>().outside_reports;
  return report >= 1 && report <= all.size() ? &all[report - 1] : nullptr;
}

void end_embargo(incident& r) {
  record_disclosure& part = r.own<record_disclosure>();
  part.embargo_until = no_instant;
  part.embargo_reason.clear();
  part.embargo_by = {};
}

}  // namespace

void fold(incident& r, const security_incident_begun&, const fold_context&) { r.own<record_disclosure>(); }

void fold(incident& r, const embargo_set& e, const fold_context& c) {
  record_disclosure& part = r.own<record_disclosure>();
  part.embargo_until = e.embargo_until;
  part.embargo_reason = e.reason;
  part.embargo_by = c.entry.actor;
}

void fold(incident& r, const embargo_lifted&, const fold_context&) { end_embargo(r); }
void fold(incident& r, const embargo_ended&, const fold_context&) { end_embargo(r); }

void fold(incident& r, const disclosure_date_set& e, const fold_context& c) {
  record_disclosure& part = r.own<record_disclosure>();
  if (is_set(part.disclosure_at)) ++part.disclosure_moves;
  part.disclosure_at = e.disclosure_at;
  part.disclosure_set_at = c.at;
  part.disclosure_reason = e.reason;
  part.said_of_disclosure = disclosure_said::unset;
}

void fold(incident& r, const disclosure_due&, const fold_context&) {
  r.own<record_disclosure>().said_of_disclosure = disclosure_said::due;
}

void fold(incident& r, const disclosure_overdue&, const fold_context&) {
  r.own<record_disclosure>().said_of_disclosure = disclosure_said::overdue;
}

void fold(incident& r, const security_disclosed& e, const fold_context& c) {
  record_disclosure& part = r.own<record_disclosure>();
  part.disclosed_at = c.at;
  part.advisory = e.advisory;
  part.disclosure_text = e.text;
}

void fold(incident& r, const reporter_invited& e, const fold_context&) {
  std::vector<outside_report>& all = r.own<record_disclosure>().outside_reports;
  if (all.size() >= limits::outside_reports_max) return;
  outside_report& made = all.emplace_back();
  made.report = static_cast<std::uint32_t>(all.size());
  made.outside_reporter = e.reporter;
  made.reporter_contact = e.contact;
  made.received_at = e.received_at;
}

void fold(incident& r, const report_acknowledged& e, const fold_context& c) {
  if (outside_report* const one = own_report(r, e.report)) one->report_acknowledged_at = c.at;
}

void fold(incident& r, const reporter_message& e, const fold_context&) {
  outside_report* const one = own_report(r, e.report);
  if (!one) return;
  ++(e.from_reporter ? one->messages_from : one->messages_to);
  one->awaits_answer = e.from_reporter;
}

void erase(record_disclosure& p, bool texts) {
  for (outside_report& one : p.outside_reports) {
    one.outside_reporter = {};
    one.reporter_contact.clear();
  }
  if (!texts) return;
  p.embargo_reason.clear();
  p.disclosure_reason.clear();
  p.disclosure_text.clear();
}

}  // namespace tocsin::inline v1
