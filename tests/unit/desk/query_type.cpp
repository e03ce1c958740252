// What every question demands of its actor (D9), held against the rows of all questions, so that no new one can be forgotten.
#include <doctest/doctest.h>

#include <tocsin/base/typed_value.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include <string>

#include "office.hpp"

using namespace tocsin;
using office::json;

namespace {

// A desk with one record that is resolved and one that is not, both with clocks, where ana may everything and ben nothing.
desk locked() {
  desk d = office::furnished();
  office::tell(
      d, office::command(
             "publish", "2026-11-23T07:01:00Z", "host",
             {{"sla_policies",
               {{{"key", "resolution"},
                 {"kind", "sla"},
                 {"metric", "resolution"},
                 {"targets", {{{"duration", "PT8H"}}}},
                 {"calendar", "24x7"}}}},
              {"metrics", {{{"key", "mttr"}, {"start", "opened"}, {"stop", "resolved"}}}},
              {"roles", {{{"key", "commander"}}}},
              {"status_pages", {{{"key", "main"}, {"name", "All"}}}},
              {"playbooks", {{{"key", "standard"}, {"steps", {{{"key", "a"}}}}}}},
              {"permission_policies",
               {{{"key", "locked"}, {"grants", {{{"people", {"ana"}}, {"commands", {"*"}}, {"queries", {"*"}}}}}}}}}));
  office::tell(d, office::log("2026-11-23T08:00:00Z"));
  office::tell(d, office::log("2026-11-23T08:01:00Z"));
  office::tell(d, office::command("start_playbook", "2026-11-23T08:01:30Z", "ana",
                                  {{"record", "INC0000001"}, {"playbook", "standard"}}));
  office::tell(d, office::command("link_article", "2026-11-23T08:01:40Z", "ana",
                                  {{"record", "INC0000001"}, {"key", "KB1"}, {"title", "Restarting"}}));
  office::tell(d, office::command("report_event", "2026-11-23T08:01:50Z", "ana",
                                  {{"source", "probe"}, {"dedup_key", "a"}, {"signal", "raise"}, {"title", "A"}}));
  for (const char* title : {"Patch", "Index"}) {
    office::tell(d, office::command("log_change", "2026-11-23T08:02:00Z", "ana",
                                    {{"title", title},
                                     {"service", "mail"},
                                     {"planned_from", "2026-11-23T07:30:00Z"},
                                     {"planned_until", "2026-11-23T09:00:00Z"}}));
  }
  office::tell(d, office::command("resolve_incident", "2026-11-23T08:30:00Z", "ana",
                                  {{"incident", "INC0000001"}, {"code", "workaround"}, {"notes", "Restarted"}}));
  return d;
}

json value_for(const field_row& field, const desk& d) {
  switch (field.type->kind) {
    case field_kind::record:
      return "INC0000001";
    case field_kind::word:
      REQUIRE(d.state().words.size(field.type->refers) != 0);
      return d.state().words.word(field.type->refers, 1);
    case field_kind::instant:
      return "2026-11-23T08:00:00Z";  // when the first incident was logged
    case field_kind::json:
      return {{"==", {1, 1}}};
    case field_kind::choice:
      return field.type->choices().front();
    case field_kind::text:
      return field.name == "kind"          ? "person"
             : field.name == "event"       ? "note_added"
             : field.name == "for_command" ? "add_note"
                                           : "x";
    case field_kind::object:
      REQUIRE(field.name == "scenario");
      return {{"name", "x"},
              {"lasts", "PT1H"},
              {"steps", {{{"command", {{"command", "log_incident"}, {"actor", "ana"}, {"title", "x"}}}}}}};
    default:
      FAIL("no value for " << field.name);
      return {};
  }
}

// With nothing but what it must have.
json smallest(const query_type& type, const desk& d) {
  json question = {{"query", type.name}};
  for (const field_row& field : type.fields()) {
    if (field.required) question[std::string(field.name)] = value_for(field, d);
  }
  return question;
}

json asked_by(const char* actor, json question, const desk& d) {
  question["actor"] = actor;
  return json::parse(answer_document(d, question.dump()));
}

std::string refusal(const char* actor, const json& question, const desk& d) {
  try {
    asked_by(actor, question, d);
  } catch (const error& e) {
    return e.reason();
  }
  return {};
}

// Nothing is listed, and nothing is counted.
bool is_empty(const json& answer) {
  if (answer.is_array()) return answer.empty();
  if (answer.is_number()) return answer == 0;
  if (!answer.is_object()) return true;
  for (const auto& [name, value] : answer.items()) {
    const bool is_of_the_desk = name == "last" || name == "version";  // of the journal, of a metric
    if (!is_of_the_desk && !is_empty(value)) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("a question is refused to whoever may not ask it, or leaves out what they may not see (D9)") {
  const desk d = locked();
  for (const query_type* type : query_types()) {
    CAPTURE(type->name);
    const json question = smallest(*type, d);
    if (type->filters_itself) {
      CHECK(is_empty(asked_by("ben", question, d)));
      CHECK_FALSE(is_empty(asked_by("ana", question, d)));
    } else {
      CHECK(refusal("ben", question, d) == "permission.denied");
      CHECK(refusal("ana", question, d) != "permission.denied");
    }
  }
}

TEST_CASE("a question that names a record is asked of that record (D9)") {
  const desk d = locked();
  for (const query_type* type : query_types()) {
    for (const field_row& field : type->fields()) {
      if (field.type->kind != field_kind::record) continue;
      CAPTURE(type->name);
      const bool has_subject = type->subject != nullptr;
      REQUIRE(has_subject);
      CHECK_FALSE(type->filters_itself);
      typed_value<query_type> asked;
      void* const body = asked.emplace(*type);
      CHECK_FALSE(type->subject(body));
      field.type->set(field.place(body), 2);
      CHECK(type->subject(body) == record_ref{2});
      json question = smallest(*type, d);
      question[std::string(field.name)] = "INC0000002";
      CHECK(refusal("ben", question, d) == "permission.denied");
    }
  }
}
