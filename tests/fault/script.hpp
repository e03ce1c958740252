// A script of commands that goes through every part of a desk, for faults to be put into.
#pragma once

#include <algorithm>
#include <vector>

#include <tocsin/desk/effect_id.hpp>

#include "unit/desk/office.hpp"

namespace fault {

using office::json;

// Commands in order; a number among them is an instant to advance to.
inline const std::vector<json>& script() {
  using office::command;
  static const json history = {{{"at", "2026-10-01T08:00:00Z"}, {"actor", "ana"}, {"state", "new"}, {"team", "net"}},
                               {{"at", "2026-10-02T08:00:00Z"},
                                {"state", "on_hold"},
                                {"hold_reason", "awaiting_vendor"},
                                {"note", "A private note of some length"}},
                               {{"at", "2026-10-03T08:00:00Z"}, {"state", "resolved"}, {"resolution_code", "fix"}}};
  static const json weekdays = {
      {{"days", {"monday", "tuesday", "wednesday", "thursday", "friday"}}, {"start", "08:00"}, {"end", "17:00"}}};
  static const std::vector<json> all = {
      office::furniture(),
      office::log("2026-11-23T08:00:00Z", {{"caller", "carla"},
                                           {"description", "A description that is long enough to be allocated"},
                                           {"team", "net"},
                                           {"idempotency_key", "a key that is long enough to be allocated"}}),
      office::log("2026-11-23T08:01:00Z", {{"caller", "dora"}, {"title", "Another title that is long enough"}}),
      command("assign_incident", "2026-11-23T08:02:00Z", "ana", {{"incident", 1}, {"assignee", "ben"}}),
      command("begin_work", "2026-11-23T08:03:00Z", "ben", {{"incident", 1}}),
      command("hold_incident", "2026-11-23T08:04:00Z", "ben", {{"incident", 1}, {"reason", "awaiting_caller"}}),
      command("add_reply", "2026-11-23T08:05:00Z", "carla",
              {{"incident", 1}, {"text", "A reply that is long enough to be allocated"}}),
      office::resolve("2026-11-23T08:06:00Z"),
      office::resolve("2026-11-23T08:07:00Z", "INC0000002"),
      command("close_incident", "2026-11-23T08:08:00Z", "ana", {{"incident", 2}}),
      command("amend_incident", "2026-11-23T08:09:00Z", "ana",
              {{"incident", 2}, {"reason", "Review"}, {"title", "A title that is better and longer"}}),
      command("publish", "2026-11-23T08:10:00Z", "host",
              {{"people", {{{"key", "eve"}, {"name", "Eve with a long name, for once"}}}},
               {"teams", {{{"key", "net"}, {"name", "Networks"}, {"members", {"ben", "eve"}}}}},
               {"workflows",
                {{{"key", "short"},
                  {"states",
                   {{{"name", "begun"}, {"kind", "new"}, {"initial", true}}, {{"name", "over"}, {"kind", "closed"}}}},
                  {"transitions", {{{"verb", "close"}, {"from", {"begun"}}, {"to", "over"}}}}}}}}),
      command("import_record", "2026-11-23T08:11:00Z", "host",
              {{"title", "An imported incident of old"},
               {"caller", "dora"},
               {"number", "INC0000007"},
               {"history", history}}),
      {office::log("2026-11-23T08:12:00Z", {{"workflow", "short"}}), office::note("2026-11-23T08:12:00Z"),
       command("close_incident", "2026-11-23T08:12:00Z", "ana", {{"incident", 4}})},
      command("reopen_incident", "2026-11-23T08:13:00Z", "ana", {{"incident", 2}, {"reason", "It is back, and worse"}}),
      command("erase_personal", "2026-11-23T08:14:00Z", "host", {{"record", 1}, {"reason", "On request"}}),
      command("erase_personal", "2026-11-23T08:15:00Z", "host", {{"person", "dora"}, {"reason", "On request"}}),
      {office::log("2026-11-23T08:16:00Z", {{"caller", "dora"}}),
       office::log("2026-11-23T08:16:00Z", {{"caller", "eve"}}), office::log("2026-11-23T08:16:00Z")},
      command("add_task", "2026-11-23T08:17:00Z", "ana",
              {{"incident", 6},
               {"title", "A task whose title is long enough"},
               {"due_at", "2026-11-24T08:00:00Z"},
               {"owner", "ben"}}),
      command("link_records", "2026-11-23T08:18:00Z", "ana", {{"incident", 6}, {"kind", "parent_of"}, {"other", 7}}),
      command("hold_incident", "2026-11-23T08:19:00Z", "ana",
              {{"incident", 6}, {"reason", "awaiting_vendor"}, {"follow_up_at", "2026-11-25T08:00:00Z"}}),
      command("mark_duplicate", "2026-11-23T08:20:00Z", "ana", {{"incident", 8}, {"of", 6}}),
      command("convert_record", "2026-11-23T08:21:00Z", "ana",
              {{"incident", 7}, {"type", "request"}, {"reason", "It was a wish all along"}}),
      command("publish_known_error", "2026-11-23T08:22:00Z", "ana",
              {{"title", "A disk that says it is full"},
               {"symptoms", "Writing fails with E1234, or so it seems"},
               {"error_codes", {"E1234, of some length for once"}}}),
      command("link_known_error", "2026-11-23T08:23:00Z", "ana",
              {{"incident", 6}, {"known_error", 9}, {"outcome", "not_helped"}}),
      command("link_article", "2026-11-23T08:23:10Z", "ana",
              {{"record", 6}, {"key", "KB-0815-of-some-length"}, {"title", "Disks that say that they are full"}}),
      command("unlink_article", "2026-11-23T08:23:20Z", "ana", {{"record", 6}, {"key", "KB-0815-of-some-length"}}),
      command("revise_known_error", "2026-11-23T08:24:00Z", "ana",
              {{"known_error", 9},
               {"title", "A disk that says that it is full"},
               {"symptoms", "Writing fails, and reading does not"},
               {"workaround", "Say it again, and more slowly"}}),
      office::text_of(office::at("2026-12-01T00:00:00Z")),
      command("resolve_incident", "2026-12-01T07:00:00Z", "ben",
              {{"incident", 6}, {"code", "fix"}, {"notes", "Restarted"}}),
      office::log("2026-12-01T08:00:00Z"),
      command(
          "publish", "2026-12-01T08:01:00Z", "host",
          {{"business_calendars", {{{"key", "office hours"}, {"zone", "Europe/Vienna"}, {"weekly", weekdays}}}},
           {"customers", {{{"key", "a customer of some length"}}}},
           {"sla_policies",
            {{{"key", "a resolution of some length"},
              {"kind", "sla"},
              {"metric", "resolution"},
              {"targets", {{{"duration", "PT4H"}}}},
              {"calendar", "office hours"},
              {"excludes_maintenance", true}}}},
           {"contracts",
            {{{"key", "a contract of some length"}, {"kind", "sla"}, {"policies", {"a resolution of some length"}}}}}}),
      office::log("2026-12-01T08:02:00Z"),
      command("schedule_maintenance", "2026-12-01T08:03:00Z", "ana",
              {{"key", "disks"},
               {"from", "2026-12-01T09:00:00Z"},
               {"until", "2026-12-01T12:00:00Z"},
               {"reason", "New disks, of some length"}}),
      command("change_maintenance", "2026-12-01T08:04:00Z", "ana",
              {{"key", "disks"}, {"until", "2026-12-01T10:00:00Z"}, {"reason", "Fewer disks than were planned"}}),
      office::text_of(office::at("2026-12-20T00:00:00Z")),
      command("purge_records", "2026-12-21T08:00:00Z", "host",
              {{"ended_before", "2026-12-20T08:00:00Z"}, {"reason", "They were kept for long enough"}}),
      office::log("2026-12-21T08:01:00Z"),
      office::text_of(office::at("2026-12-22T00:00:00Z")),
      command(
          "publish", "2026-12-22T08:01:00Z", "host",
          {{"rotations",
            {{{"key", "primary"},
              {"type", "weekly"},
              {"zone", "Europe/Brussels"},
              {"start", "2026-12-22T09:00"},
              {"participants", {{{"people", {"ana"}}}, {{"people", {"ben"}}}}}}}},
           {"schedules", {{{"key", "database"}, {"zone", "Europe/Brussels"}, {"layers", {{{"rotation", "primary"}}}}}}},
           {"contact_profiles",
            {{{"person", "dora"}, {"methods", {{{"key", "phone"}, {"kind", "call"}, {"address", "+32 2 555"}}}}}}}}),
      command("override_schedule", "2026-12-22T08:02:00Z", "ana",
              {{"schedule", "database"},
               {"kind", "replace"},
               {"replaced", "ana"},
               {"people", {"ben"}},
               {"from", "2026-12-22T09:00:00Z"},
               {"until", "2026-12-23T09:00:00Z"}}),
      command("erase_personal", "2026-12-22T08:03:00Z", "host", {{"person", "dora"}, {"reason", "On request, again"}}),
      command("publish", "2026-12-22T08:04:00Z", "host",
              {{"skills", {{{"key", "a skill of some length, for once"}}}},
               {"people", {{{"key", "ana"}, {"skills", {{{"skill", "a skill of some length, for once"}}}}}}},
               {"teams", {{{"key", "net"}, {"members", {"ana", "ben", "eve"}}}}},
               {"assignment_rules",
                {{{"key", "those who are skilled"},
                  {"order", 1},
                  {"strategy", "round_robin"},
                  {"team", "net"},
                  {"condition", {{"==", {{{"var", "service"}}, "mail"}}}},
                  {"mandatory_skills", {{{"skill", "a skill of some length, for once"}}}}},
                 {{"key", "everybody else"}, {"order", 2}, {"strategy", "least_loaded"}, {"team", "net"}}}}}),
      {office::log("2026-12-22T08:05:00Z"), office::log("2026-12-22T08:05:00Z", {{"service", "mail"}}),
       office::log("2026-12-22T08:05:00Z")},
      command("record_absence", "2026-12-22T08:06:00Z", "host",
              {{"person", "ben"}, {"from", "2026-12-22T09:00:00Z"}, {"until", "2026-12-23T09:00:00Z"}}),
      office::log("2026-12-22T09:05:00Z"),
      office::text_of(office::at("2026-12-22T12:06:00Z")),
      office::text_of(office::at("2026-12-22T13:06:00Z")),
      command("publish", "2026-12-23T08:00:00Z", "host",
              {{"escalation_policies",
                {{{"key", "a policy of some length"},
                  {"steps", {{{"targets", {{{"kind", "schedule"}, {"key", "database"}}}}, {"delay", "PT1H"}}}},
                  {"triggers", {{{"on", "logged"}}}},
                  {"storms", {{"person_pages", 1}}}}}}}),
      {office::log("2026-12-23T08:01:00Z"), office::log("2026-12-23T08:01:00Z"), office::log("2026-12-23T08:01:00Z")},
      office::text_of(office::at("2026-12-23T08:10:00Z")),
      command("publish", "2026-12-23T08:20:00Z", "host",
              {{"record_templates",
                {{{"key", "a reply of some length"},
                  {"title", "x"},
                  {"reply", "Dear {{caller.name}}, as to {{record.title}}"}}}}}),
      {office::log("2026-12-23T08:21:00Z", {{"caller", "carla"}, {"external_key", "original"}}),
       office::log("2026-12-23T08:21:00Z", {{"caller", "eve"}, {"external_key", "duplicate"}})},
      command("acknowledge_bundle", "2026-12-23T08:22:00Z", "ben", {{"incident", 19}, {"bundle", "page_bundle"}}),
      command("mark_duplicate", "2026-12-23T08:23:00Z", "ana", {{"incident", 22}, {"of", 21}}),
      command("add_update", "2026-12-23T08:24:00Z", "ana", {{"incident", 21}, {"template", "a reply of some length"}}),
      command("report_notice", "2026-12-23T08:25:00Z", "host",
              {{"incident", 22},
               {"notice", "requester_notice"},
               {"outcome", "failed"},
               {"detail", "A detail that is long enough to be allocated"}}),
      command("resolve_incident", "2026-12-23T08:26:00Z", "ben",
              {{"incident", 21}, {"code", "fix"}, {"notes", "Done"}}),
      command("rate_resolution", "2026-12-23T08:27:00Z", "eve",
              {{"incident", 22}, {"score", 4}, {"comment", "A comment that is long enough to be allocated"}}),
      command("retire_known_error", "2026-12-23T08:28:00Z", "ana",
              {{"known_error", 9}, {"reason", "The disk was thrown away"}}),
      command("publish", "2026-12-23T08:29:00Z", "host",
              {{"recurrence_rules",
                {{{"key", "a rule with a key of some length"},
                  {"group_by", {"fingerprint"}},
                  {"count", 2},
                  {"window", "PT1H"}}}}}),
      {office::log("2026-12-23T08:30:00Z", {{"title", "The printer in the hall hums a tune"}}),
       office::log("2026-12-23T08:30:00Z", {{"title", "The printer in the hall hums a tune"}})},
      command("accept_proposal", "2026-12-23T08:31:00Z", "ana", {{"proposal", "PRP0000001"}, {"team", "net"}}),
      command("begin_work", "2026-12-23T08:31:00Z", "ana", {{"incident", "PRB0000001"}}),
      command("hold_incident", "2026-12-23T08:34:00Z", "ana", {{"incident", 23}, {"reason", "awaiting_problem"}}),
      command("resolve_incident", "2026-12-23T08:35:00Z", "ana",
              {{"incident", "PRB0000001"}, {"code", "fix_applied"}, {"notes", "Notes that are long enough"}}),
      office::text_of(office::at("2026-12-23T08:35:30Z")),
      command("log_change", "2026-12-23T08:36:00Z", "ana",
              {{"title", "A change whose title is long enough to be allocated"},
               {"kind", "standard"},
               {"items", {{{"item", "mail"}}}},
               {"incidents", {24}}}),
      command("move_incident", "2026-12-23T08:36:00Z", "ana", {{"incident", "CHG0000001"}, {"state", "scheduled"}}),
      command("begin_work", "2026-12-23T08:37:00Z", "ana", {{"incident", "CHG0000001"}}),
      command("report_change", "2026-12-23T08:38:00Z", "ana",
              {{"change", "CHG0000001"},
               {"outcome", "failed"},
               {"notes", "Notes that are long enough to be allocated"},
               {"log_incident", true}}),
      office::text_of(office::at("2026-12-23T08:39:30Z")),
      command("propose_major", "2026-12-23T08:40:00Z", "ana",
              {{"incident", 24}, {"reason", "A reason that is long enough to be allocated"}}),
      office::text_of(office::at("2026-12-23T08:40:30Z")),
      command("accept_major", "2026-12-23T08:41:00Z", "ana",
              {{"incident", 24}, {"roles", {{{"role", "incident_commander"}, {"person", "ben"}}}}}),
      command("add_task", "2026-12-23T08:42:00Z", "ana",
              {{"incident", 24}, {"title", "A task whose title is long enough"}, {"blocking", true}}),
      command("resolve_incident", "2026-12-23T08:43:00Z", "ana",
              {{"incident", 24},
               {"code", "fix"},
               {"notes", "Notes that are long enough to be allocated"},
               {"override_reason", "A reason that is long enough to be allocated"}}),
      command("publish", "2026-12-23T08:44:00Z", "host",
              {{"automation_rules",
                {{{"key", "say"},
                  {"name", "A name that is long enough to be allocated"},
                  {"on", {"note_added"}},
                  {"when", {{"==", {{{"var", "priority"}}, "critical"}}}},
                  {"actions",
                   {{{"command", "add_update"},
                     {"with", {{"text", "A text that is long enough to be allocated"}, {"visibility", "internal"}}}},
                    {{"run", "restart"}, {"parameters", {{"host", "a-host-whose-name-is-allocated"}}}}}}}}}}),
      command("log_incident", "2026-12-23T08:45:00Z", "ana",
              {{"title", "A title that is long enough to be allocated"}, {"impact", "high"}, {"urgency", "high"}}),
      command("add_note", "2026-12-23T08:46:00Z", "ana",
              {{"incident", 28}, {"text", "A text that is long enough to be allocated"}}),
      office::text_of(office::at("2026-12-23T08:46:30Z")),
      command("suspend_automation", "2026-12-23T08:47:00Z", "ana",
              {{"incident", 28}, {"reason", "A reason that is long enough to be allocated"}}),
      command("log_security_incident", "2026-12-23T08:47:30Z", "ana",
              {{"title", "A title that is long enough to be allocated"},
               {"people", {"ben"}},
               {"embargo_until", "2026-12-24T08:00:00Z"},
               {"reason", "A reason that is long enough to be allocated"}}),
      command("publish", "2026-12-23T08:48:00Z", "host",
              {{"playbooks",
                {{{"key", "breach"},
                  {"name", "A name that is long enough to be allocated"},
                  {"steps",
                   {{{"key", "a-step-whose-key-is-allocated"}, {"instructions", "Instructions that are allocated"}},
                    {{"key", "another-step-whose-key-is-allocated"},
                     {"needs", {"a-step-whose-key-is-allocated"}},
                     {"evidence", {{{"key", "reference"}, {"name", "A number that is long enough"}}}}},
                    {{"key", "last"}, {"needs", {"another-step-whose-key-is-allocated"}}}}}}}}}),
      command("start_playbook", "2026-12-23T08:49:00Z", "ana", {{"record", 28}, {"playbook", "breach"}}),
      command("skip_step", "2026-12-23T08:50:00Z", "ana",
              {{"record", 28},
               {"step", "a-step-whose-key-is-allocated"},
               {"reason", "A reason that is long enough to be allocated"}}),
      office::text_of(office::at("2026-12-23T08:50:30Z")),
      command("complete_step", "2026-12-23T08:51:00Z", "ana",
              {{"record", 28},
               {"step", "another-step-whose-key-is-allocated"},
               {"evidence", {{{"key", "reference"}, {"text", "A text that is long enough to be allocated"}}}}}),
      command("stop_playbook", "2026-12-23T08:52:00Z", "ana",
              {{"record", 28}, {"reason", "A reason that is long enough to be allocated"}}),
      command("publish", "2026-12-23T08:53:00Z", "host",
              {{"review_policies",
                {{{"key", "incident"}, {"approval", true}, {"approvers", {"carla"}}, {"approver_teams", {"net"}}}}}}),
      command("request_review", "2026-12-23T08:54:00Z", "ana",
              {{"incident", 24},
               {"reason", "A reason that is long enough to be allocated"},
               {"due_at", "2026-12-24T08:00:00Z"}}),
      command("write_section", "2026-12-23T08:55:00Z", "ana",
              {{"review", "REV0000001"},
               {"section", "a-section-whose-key-is-allocated"},
               {"text", "A text that is long enough to be allocated"}}),
      command("return_review", "2026-12-23T08:56:00Z", "carla",
              {{"review", "REV0000001"}, {"reason", "A reason that is long enough to be allocated"}}),
      command("approve_review", "2026-12-23T08:57:00Z", "carla", {{"review", "REV0000001"}}),
      command("assign_role", "2026-12-23T08:58:00Z", "ana",
              {{"incident", 24}, {"role", "technical_lead"}, {"person", "carla"}}),
      command("add_task", "2026-12-23T08:59:00Z", "ana",
              {{"incident", 24}, {"title", "A task whose title is long enough"}, {"diagnosis", true}}),
  };
  return all;
}

// The same without problems, changes and major incidents, for what takes long with each step.
inline const std::vector<json>& short_script() {
  static const std::vector<json> some = [] {
    std::vector<json> steps = script();
    const auto rules = std::ranges::find_if(
        steps, [](const json& step) { return step.is_object() && step.contains("recurrence_rules"); });
    steps.erase(rules, steps.end());
    return steps;
  }();
  return some;
}

// The id of the last effect of that kind.
inline std::uint64_t last_effect(const tocsin::desk& d, const std::string& kind) {
  for (std::uint64_t s = d.state().counters.sequence; s != 0; --s) {
    const tocsin::stored_entry stored = d.read_stored_entry(s);
    if (tocsin::is_purged(stored)) continue;
    const tocsin::entry e = d.read_entry(s);
    for (std::size_t i = e.events.size(); i-- != 0;) {
      if (e.events[i].body.type()->name == kind) return tocsin::effect_id(s, i);
    }
  }
  return 0;
}

// What a command says of an effect by its kind, it says of the last one.
inline json named(const tocsin::desk& d, json step) {
  for (const char* member : {"bundle", "notice"}) {
    if (step.contains(member)) step[member] = last_effect(d, step[member].get<std::string>());
  }
  return step;
}

inline void take(tocsin::desk& d, const json& step) {
  if (step.is_string()) {
    d.advance(office::at(step.get<std::string>()));
  } else {
    tocsin::execute_document(d, named(d, step).dump(), {.atomic = true});
  }
}

}  // namespace fault
