#include "answer.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/security/disclosure.hpp>
#include <tocsin/security/events.hpp>
#include <tocsin/security/need_to_know.hpp>

namespace tocsin::inline v1 {
namespace {

std::vector<restriction_change> restrictions_of(const answer_context& c, const incident& record) {
  std::vector<restriction_change> changes;
  for (const entry& e : read_chain(c.d.storage(), record, UINT64_MAX)) {
    for (const event& happened : e.events) {
      if (happened.record.id != record.id) continue;
      if (const auto* to = happened.body.get_if<incident_restricted>()) {
        changes.push_back({e.stated_at, e.actor, to->reason, to->people, to->teams});
      } else if (happened.body.holds<restriction_lifted>()) {
        changes.push_back({e.stated_at, e.actor, {}, {}, {}});
      }
    }
  }
  return changes;
}

void write_confidants(const answer_context& c) {
  c.to.key("need_to_know");
  c.to.begin_array();
  const std::vector<restriction_change> changes = restrictions_of(c, *c.record);
  for (const confidant& one : need_to_know(changes)) {
    c.to.begin_object();
    c.write_if_given("person", one.person);
    c.write_if_given("team", one.team);
    c.write_if_given("since", one.since);
    c.write_if_given("by", one.by);
    if (!one.reason.empty()) c.to.member("reason", one.reason);
    c.to.end_object();
  }
  c.to.end_array();
}

// What is left until then; nothing where it is over.
void write_left(const answer_context& c, std::string_view name, instant until) {
  const instant now = c.d.state().counters.clock;
  if (is_set(until) && is_set(now) && now < until) c.write(name, until - now);
}

void write_dates(const answer_context& c, const record_disclosure& part) {
  c.write_if_given("embargo_until", part.embargo_until);
  write_left(c, "embargo_remaining", part.embargo_until);
  if (!part.embargo_reason.empty()) c.to.member("embargo_reason", part.embargo_reason);
  c.write_if_given("embargo_by", part.embargo_by);
  c.write_if_given("disclosure_at", part.disclosure_at);
  if (!is_set(part.disclosed_at)) write_left(c, "disclosure_remaining", part.disclosure_at);
  if (!part.disclosure_reason.empty()) c.to.member("disclosure_reason", part.disclosure_reason);
  if (part.disclosure_moves != 0) c.to.member("disclosure_moves", static_cast<std::int64_t>(part.disclosure_moves));
  c.write_if_given("disclosed_at", part.disclosed_at);
  if (!part.advisory.empty()) c.to.member("advisory", part.advisory);
}

void write_reports(const answer_context& c, const record_disclosure& part) {
  c.to.key("reports");
  c.to.begin_array();
  for (const outside_report& one : part.outside_reports) {
    c.to.begin_object();
    c.to.member("report", as_text({c.record->id, one.report}));
    c.write_if_given("reporter", one.outside_reporter);
    if (!one.reporter_contact.empty()) c.to.member("contact", one.reporter_contact);
    c.write("progress", progress_of(*c.record, one));
    c.write_if_given("received_at", one.received_at);
    c.write_if_given("report_acknowledged_at", one.report_acknowledged_at);
    c.to.member_boolean("awaits_answer", one.awaits_answer);
    c.to.end_object();
  }
  c.to.end_array();
}

// ---- what a reporter sees: no names, no words of the record

[[noreturn]] void refuse_unknown_report() {
  throw error(status::not_found, "security.unknown_report", "there is no such report of yours");
}

void write_report(const answer_context& c, const incident& record, const outside_report& one) {
  const record_disclosure& part = *record.part<record_disclosure>();
  c.to.member("report", as_text({record.id, one.report}));
  c.write("progress", progress_of(record, one));
  c.write_if_given("received_at", one.received_at);
  c.write_if_given("report_acknowledged_at", one.report_acknowledged_at);
  c.write_if_given("disclosure_at", part.disclosure_at);
  c.write_if_given("disclosed_at", part.disclosed_at);
  if (!part.advisory.empty()) c.to.member("advisory", part.advisory);
}

void write_message(const answer_context& c, const entry& e, const reporter_message& said) {
  c.to.begin_object();
  c.write("at", e.stated_at);
  c.to.member_boolean("from_reporter", said.from_reporter);
  c.to.member("text", said.text);
  c.to.end_object();
}

void write_thread(const answer_context& c, const incident& record, const outside_report& one) {
  c.to.begin_object();
  write_report(c, record, one);
  c.to.key("messages");
  c.to.begin_array();
  for (const entry& e : read_chain(c.d.storage(), record, UINT64_MAX)) {
    for (const event& happened : e.events) {
      const auto* said = happened.record.id == record.id ? happened.body.get_if<reporter_message>() : nullptr;
      if (said && said->report == one.report) write_message(c, e, *said);
    }
  }
  c.to.end_array();
  c.to.end_object();
}

bool is_of(const outside_report& one, person_ref asker) {
  return one.outside_reporter && one.outside_reporter == asker;
}

void write_own_reports(const answer_context& c) {
  c.to.begin_object();
  c.to.key("reports");
  c.to.begin_array();
  c.d.state().live.each([&](const incident_ptr& record) {
    const auto* const part = record->part<record_disclosure>();
    if (!part) return true;
    for (const outside_report& one : part->outside_reports) {
      if (!is_of(one, c.actor())) continue;
      c.to.begin_object();
      write_report(c, *record, one);
      c.to.end_object();
    }
    return true;
  });
  c.to.end_array();
  c.to.end_object();
}

}  // namespace

std::span<const field_row> disclosure_query::fields() {
  static constexpr field_row rows[] = {
      row<&disclosure_query::incident>("incident", "Security incident by number or id", required),
  };
  return rows;
}

std::span<const field_row> reporter_thread_query::fields() {
  static constexpr field_row rows[] = {
      row<&reporter_thread_query::report>("report",
                                          "Which report, as its reporter was told: \"3-1\"; none: which reports the "
                                          "asker has made of what is not over",
                                          one_line, max_length(limits::key_length_max)),
  };
  return rows;
}

// Whoever sees no more than a requester sees nothing of it.
void answer(const answer_context& c, const disclosure_query&) {
  const auto* const part = c.record->part<record_disclosure>();
  if (!part || c.audience(c.record.get()) == visibility::requester) {
    throw error(status::failed_precondition, "security.none",
                c.d.show_number(c.record->number) + " is not a security incident");
  }
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(c.record->number));
  write_dates(c, *part);
  write_reports(c, *part);
  write_confidants(c);
  c.to.end_object();
}

void answer(const answer_context& c, const reporter_thread_query& query) {
  if (query.report.empty()) return write_own_reports(c);
  const auto reference = parse_report_reference(query.report);
  const incident_ptr record = reference ? c.d.find({reference->record}) : nullptr;
  const auto* const part = record ? record->part<record_disclosure>() : nullptr;
  const outside_report* const one = part ? find_report(*part, reference->report) : nullptr;
  if (!one) refuse_unknown_report();
  const bool may =
      is_of(*one, c.actor()) || may_query(c.d.state(), disclosure_query::descriptor, c.actor(), record.get());
  if (!may) refuse_unknown_report();
  write_thread(c, *record, *one);
}

}  // namespace tocsin::inline v1
