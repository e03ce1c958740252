// What erase_personal takes with it where it is asked for all texts (D10).
#include <doctest/doctest.h>

#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/effect_id.hpp>
#include <tocsin/desk/references.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include <tocsin/model/task.hpp>

#include "office.hpp"

using namespace tocsin;
using office::json;
using office::tell;

namespace {

bool has(const std::vector<std::uint8_t>& bytes, std::string_view word) {
  return std::ranges::search(bytes, word).begin() != bytes.end();
}

// In the entries, beside them, and in the records.
std::string places_of(const desk& d, std::string_view word) {
  std::string found;
  for (std::uint64_t s = 1; s <= d.state().counters.sequence; ++s) {
    const stored_entry e = d.read_stored_entry(s);
    if (has(e.bytes, word)) found += "entry " + std::to_string(s) + ", ";
    if (has(e.aside, word)) found += "beside entry " + std::to_string(s) + ", ";
  }
  if (office::records_of(d).dump().find(word) != std::string::npos) found += "a record";
  return found;
}

json secret(const std::string& about) { return "XYZZY " + about; }

// An incident of whom everything is told that can be told; whatever is secret has the word XYZZY in it.
desk with_a_secret() {
  desk d = office::furnished();
  const auto give = [&](const char* name, const char* at, json fields, const char* who = "ana") {
    if (!fields.contains("incident")) fields["incident"] = "INC0000001";
    tell(d, office::command(name, std::string("2026-11-23T08:") + at + "Z", who, fields));
  };
  tell(d, office::log("2026-11-23T08:00:00Z", {{"title", secret("title")},
                                               {"description", secret("description")},
                                               {"location", secret("location")},
                                               {"contact", secret("contact")},
                                               {"external_key", secret("key")},
                                               {"caller", "carla"},
                                               {"idempotency_key", secret("idempotency")}}));
  tell(d, office::log("2026-11-23T08:00:01Z", {{"title", "A child"}}));
  tell(d, office::log("2026-11-23T08:00:02Z", {{"title", "The same again"}, {"caller", "dora"}}));
  give("link_records", "00:10", {{"kind", "parent_of"}, {"other", "INC0000002"}, {"note", secret("link")}});
  give("mark_duplicate", "00:20", {{"incident", "INC0000003"}, {"of", "INC0000001"}, {"reason", "Same"}});
  give("assign_incident", "01:00", {{"team", "net"}, {"reason", secret("assignment")}});
  give("prioritise_incident", "02:00", {{"override_with", "high"}, {"reason", secret("priority")}});
  give("add_note", "03:00", {{"text", secret("note")}});
  give("add_update", "04:00", {{"text", secret("update")}});
  give("add_task", "05:00", {{"title", secret("task")}, {"description", secret("task, in full")}});
  give("change_task", "06:00", {{"task", 1}, {"title", secret("task anew")}});
  give("skip_task", "07:00", {{"task", 1}, {"reason", secret("skipped")}});
  give("unlink_records", "07:30", {{"kind", "parent_of"}, {"other", "INC0000002"}, {"reason", secret("unlink")}});
  give("hold_incident", "08:00", {{"reason", "awaiting_vendor"}, {"note", secret("hold")}});
  give("resume_incident", "09:00", {{"note", secret("resume")}});
  give("log_work", "10:00", {{"spent", "PT5M"}, {"text", secret("work")}});
  give("escalate", "11:00", {{"kind", "hierarchical"}, {"person", "ben"}, {"reason", secret("escalation")}});
  give("resolve_incident", "12:00", {{"code", "fix"}, {"notes", secret("resolution")}});
  give("refuse_resolution", "13:00", {{"reason", secret("refusal")}}, "carla");
  give("resolve_incident", "14:00", {{"code", "fix"}, {"notes", secret("resolution, again")}});
  give("amend_incident", "15:00",
       {{"title", secret("amended")}, {"resolution_notes", secret("amended notes")}, {"reason", secret("why")}});
  return d;
}

json erase(bool texts) {
  json asked = office::command("erase_personal", "2026-11-23T09:00:00Z", "host",
                               {{"record", "INC0000001"}, {"reason", "On request"}});
  if (texts) asked["texts"] = true;
  return asked;
}

}  // namespace

TEST_CASE("after all texts of a record are erased, no word of them is left, and the chain still proves (D10)") {
  desk d = with_a_secret();
  REQUIRE(places_of(d, "XYZZY").size() > 300);
  tell(d, erase(true));
  CHECK(places_of(d, "XYZZY") == "");
  CHECK_NOTHROW(d.verify());
  const incident_ptr record = d.find({1});
  CHECK(record->text->title.empty());
  CHECK(tasks_of(*record).front().title.empty());
  CHECK(record->assignee == person_ref{});
  CHECK(record->state_kind == state_kind::resolved);  // what happened stays
}

TEST_CASE("without asking for its texts, an erasure leaves what is not personal (D10)") {
  desk d = with_a_secret();
  tell(d, erase(false));
  CHECK(d.find({1})->text->title == "XYZZY amended");
  CHECK(d.find({1})->text->description.empty());
  CHECK(tasks_of(*d.find({1})).front().title == "XYZZY task anew");
  for (const char* gone : {"XYZZY description", "XYZZY note", "XYZZY update", "XYZZY work", "XYZZY contact"}) {
    CAPTURE(gone);
    CHECK(places_of(d, gone) == "");
  }
  CHECK_NOTHROW(d.verify());
}

TEST_CASE(
    "a record that had nothing but custom fields beside its fixed ones is what its entries say once they are erased "
    "(D10)") {
  desk d = office::furnished();
  tell(d, office::command("publish", "2026-11-23T07:30:00Z", "host",
                          {{"custom_fields", {{{"key", "seat"}, {"kind", "integer"}}}}}));
  tell(d, office::log("2026-11-23T08:00:00Z", {{"custom", {{"seat", 5}}}}));
  tell(d, office::log("2026-11-23T08:01:00Z"));
  tell(d, office::command("set_custom_fields", "2026-11-23T08:02:00Z", "ana",
                          {{"incident", "INC0000002"}, {"custom", {{"seat", 6}}}}));
  for (const char* record : {"INC0000001", "INC0000002"}) {
    tell(d, office::command("erase_personal", "2026-11-23T08:03:00Z", "host",
                            {{"record", record}, {"reason", "Asked for"}}));
    CHECK_NOTHROW(d.verify());
    const json shown = json::parse(answer_document(d, json{{"query", "get"}, {"incident", record}}.dump()));
    CHECK_FALSE(shown.contains("custom"));
  }
}

TEST_CASE("what an erased parent's notes became of a child stays with the child, and is erased with it (D10, L8)") {
  desk d = office::furnished();
  for (int i = 0; i < 2; ++i) tell(d, office::log("2026-11-23T08:00:00Z"));
  tell(d, office::command("link_records", "2026-11-23T08:01:00Z", "ana",
                          {{"incident", "INC0000001"}, {"kind", "parent_of"}, {"other", "INC0000002"}}));
  tell(d, office::command("resolve_incident", "2026-11-23T08:02:00Z", "ana",
                          {{"incident", "INC0000001"}, {"code", "fix"}, {"notes", secret("notes")}}));
  tell(d, erase(true));
  CHECK(d.find({2})->text->resolution_notes == "XYZZY notes");
  CHECK_NOTHROW(d.verify());
  json child = erase(true);
  child["record"] = "INC0000002";
  tell(d, child);
  CHECK(places_of(d, "XYZZY") == "");
  CHECK_NOTHROW(d.verify());
}

// A new command's text cannot be forgotten: it is personal, can be erased, or is named here as what remains.
TEST_CASE("every text of a command about a record can be erased, but for those that are said to remain (D10)") {
  const std::vector<std::string> remains = {"import_record number",
                                            "erase_personal reason",
                                            "link_records outside_key",
                                            "unlink_records outside_key",
                                            "add_attachment media_type",
                                            "add_attachment sha256",
                                            "report_event source",
                                            "report_event dedup_key",
                                            "schedule_maintenance key",
                                            "cancel_maintenance key",
                                            "change_maintenance key",
                                            "report_delivery method",
                                            "report_notice method",
                                            "purge_records reason",
                                            "publish pack",
                                            "override_schedule key",
                                            "propose_swap key",
                                            "record_absence key",
                                            "record_remediation item",
                                            "assume_role role",
                                            "assume_role reports_to",
                                            "assign_role role",
                                            "assign_role reports_to",
                                            "relinquish_role role",
                                            "draft_update audience",
                                            "subscribe audience",
                                            "unsubscribe audience",
                                            "override_component component",
                                            "override_component reason",
                                            "end_override component",
                                            "write_section section",
                                            "start_step step",
                                            "complete_step step",
                                            "complete_step outcome",
                                            "skip_step step",
                                            "skip_step outcome",
                                            "report_event item",
                                            "log_security_incident external_key",
                                            "disclose advisory",
                                            "write_as_reporter report",
                                            "link_article key",
                                            "unlink_article key",
                                            "draft_update template",
                                            "subscribe_to audience",
                                            "unsubscribe_from audience"};
  std::vector<std::string> met;
  for (const command_type* type : command_types()) {
    for (const field_row& field : type->fields()) {
      if (field.type->kind != field_kind::text || field.personal || field.erasable) continue;
      met.push_back(std::string(type->name) + " " + std::string(field.name));
      CAPTURE(met.back());
      CHECK(std::ranges::find(remains, met.back()) != remains.end());
    }
  }
  CHECK(met.size() == remains.size());
}
