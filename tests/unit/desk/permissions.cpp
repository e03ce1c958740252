// Whose records a command may name (D9): the whole table of commands, of the records that each names, of how the actor
// stands to them, and of who may see them, made from the tables of fields so that no new command can be forgotten.
#include <doctest/doctest.h>

#include <tocsin/desk/document.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/commands.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "office.hpp"

using namespace tocsin;
using office::json;

namespace {

constexpr std::uint64_t no_such_id = 999;

// ---- commands, filled from their tables with values that pass the checks of fields

void fill(const type_row& type, void* place);

void fill_required(std::span<const field_row> fields, void* object) {
  for (const field_row& field : fields) {
    if (field.required && field.type->kind != field_kind::record) fill(*field.type, field.place(object));
  }
}

void fill(const type_row& type, void* place) {
  switch (type.kind) {
    case field_kind::text:
      *static_cast<std::string*>(place) = "x";
      return;
    case field_kind::json:
      static_cast<embedded_json*>(place)->text = "true";
      return;
    case field_kind::list:
    case field_kind::custom:
      return fill(*type.element, type.append(place));
    case field_kind::object:
      return fill_required(type.fields(), place);
    case field_kind::instant:
      return type.set(place, office::at("2026-11-23T09:00:00Z").us);
    case field_kind::duration:
      return type.set(place, hour.us);
    default:
      return type.set(place, 1);
  }
}

// Every record that it names is `all`, but for the one at the path, which is `one`.
command naming(const command_type& type_of, const record_reference& at, record_ref one, record_ref all) {
  command c;
  fill_required(type_of.fields(), c.emplace(type_of));
  for (const record_reference& by : references_of(type_of)) {
    const record_ref ref = by.path == at.path ? one : all;
    void* object = const_cast<void*>(static_cast<const void*>(c.address()));
    const type_row* type = nullptr;
    for (const field_row* step : by.steps) {
      object = step->place(object);
      for (type = step->type; type->kind == field_kind::list; type = type->element) object = type->append(object);
    }
    type->set(object, static_cast<std::int64_t>(ref.id));
  }
  return c;
}

// ---- what becomes of them

struct outcome {
  std::string reason;
  std::string said;  // message and detail, without the record that was named

  friend bool operator==(const outcome&, const outcome&) = default;
};

std::string without(std::string text, const std::string& name) {
  for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name))
    text.replace(at, name.size(), "?");
  return text;
}

outcome give(desk& d, person_ref actor, command asked, std::uint64_t named) {
  try {
    d.execute(office::request_of(d.state().counters.clock, actor, std::move(asked)), {.dry_run = true});
    return {};
  } catch (const error& e) {
    return {e.reason(), without(e.what() + e.detail(), std::to_string(named))};
  }
}

bool is_denied(const outcome& o) { return o.reason == "permission.denied"; }
bool is_absent(const outcome& o) { return o.reason == "record.unknown"; }

// How the actor stands to a record, and who may see it.
enum class eyes { everybody, the_actor, others };

struct member {
  const char* says;
  bool own;  // the actor stands to it as the grant demands
  eyes seen_by;
  record_ref record;
};

struct stage {
  desk d;
  person_ref actor;
  std::vector<member> records;

  record_ref open_one() const { return records.front().record; }
};

record_ref log_one(desk& d, bool own, eyes seen_by) {
  const char* whose = own ? "ben" : "ana";
  const json logged = office::tell(d, office::command("log_incident", "2026-11-23T08:00:00Z", "host",
                                                      {{"title", "x"},
                                                       {"caller", whose},
                                                       {"reporter", whose},
                                                       {"team", own ? "net" : "desk"},
                                                       {"assignee", whose}}));
  if (seen_by != eyes::everybody) {
    office::tell(d, office::command("restrict_incident", "2026-11-23T08:01:00Z", "host",
                                    {{"incident", logged["record"]["number"]},
                                     {"people", {seen_by == eyes::others ? "dora" : "ben"}},
                                     {"reason", "For few eyes"}}));
  }
  return {logged["record"]["id"].get<std::uint64_t>()};
}

// Ben is the actor. Without grants no policy is in force.
stage set(const json& grants) {
  stage s{office::furnished(), {}, {}};
  office::tell(
      s.d,
      office::command(
          "publish", "2026-11-23T07:30:00Z", "host",
          {{"custom_fields", {{{"key", "asset"}, {"kind", "text"}}}},
           {"playbooks", {{{"key", "standard"}, {"steps", {{{"key", "a"}}}}}}},
           {"automation_rules", {{{"key", "quiet"}, {"on", {"automation_reported"}}, {"actions", {{{"run", "x"}}}}}}},
           {"sla_policies",
            {{{"key", "gold"},
              {"metric", "resolution"},
              {"where", {{"==", {{{"var", "priority"}}, "critical"}}}},
              {"kind", "sla"},
              {"targets", {{{"duration", "PT4H"}}}},
              {"calendar", "24x7"}}}},
           {"escalation_policies",
            {{{"key", "night"},
              {"triggers", {{{"on", "logged"}, {"condition", {{"==", {{{"var", "priority"}}, "critical"}}}}}}},
              {"steps", {{{"targets", {{{"kind", "person"}, {"key", "ben"}}}}, {"delay", "PT30M"}}}}}}}}));
  s.actor = office::person(s.d, "ben");
  for (const bool own : {true, false}) {
    s.records.push_back({"open to everybody", own, eyes::everybody, log_one(s.d, own, eyes::everybody)});
    s.records.push_back({"restricted to the actor", own, eyes::the_actor, log_one(s.d, own, eyes::the_actor)});
    s.records.push_back({"restricted to others", own, eyes::others, log_one(s.d, own, eyes::others)});
  }
  if (!grants.is_null()) {
    office::tell(s.d, office::command("publish", "2026-11-23T08:02:00Z", "host",
                                      {{"permission_policies", {{{"key", "desk"}, {"grants", grants}}}}}));
  }
  return s;
}

// Holds each reference of each command, to each record, against what may be said of it.
template <class May>
void hold_all(stage& s, May may) {
  for (const command_type* type : command_types()) {
    for (const record_reference& by : references_of(*type)) {
      const command to_nothing = naming(*type, by, {no_such_id}, s.open_one());
      const outcome absent = give(s.d, s.actor, to_nothing, no_such_id);
      for (const member& m : s.records) {
        CAPTURE(type->name);
        CAPTURE(by.path);
        CAPTURE(m.says);
        CAPTURE(m.own);
        const outcome found = give(s.d, s.actor, naming(*type, by, m.record, s.open_one()), m.record.id);
        CAPTURE(found.reason);
        CAPTURE(found.said);
        if (m.seen_by == eyes::others) {
          CHECK(found == absent);  // to the letter
        } else {
          CHECK_FALSE(is_absent(found));
          CHECK(is_denied(found) == !may(*type, by, m));
        }
      }
    }
  }
}

// A grant by a relation holds for no other: of a record that is made nobody is the caller yet.
bool is_about_a_record(const command_type& type) { return type.subject != nullptr; }

json grant_to(const char* relation, const json& commands, const json& queries) {
  return {{{"name", "own"}, {"relations", {relation}}, {"commands", commands}, {"queries", queries}}};
}

}  // namespace

TEST_CASE("of each record that a command names it is declared what its actor must be able to do with it (D9)") {
  std::size_t count = 0;
  for (const command_type* type : command_types()) {
    std::size_t subjects = 0;
    for (const record_reference& by : references_of(*type)) {
      CAPTURE(type->name);
      CAPTURE(by.path);
      subjects += by.demand == reference_demand::subject ? 1 : 0;
      ++count;
    }
    CHECK(subjects == (type->subject ? 1 : 0));
  }
  CHECK(count >= 52);
}

TEST_CASE("what is restricted to others is as little there as what never was, while no policy is in force (D9)") {
  stage s = set({});
  hold_all(s, [](const command_type&, const record_reference&, const member&) { return true; });
}

TEST_CASE("each record that a command names is under its actor's permissions, by whatever relation (D9)") {
  for (const char* relation : {"caller", "reporter", "assignee", "team_member"}) {
    CAPTURE(relation);
    stage s = set(grant_to(relation, {"*"}, {"*"}));
    hold_all(s, [](const command_type& type, const record_reference&, const member& m) {
      return m.own && is_about_a_record(type);
    });
  }
  stage anyone = set(grant_to("anyone", {"*"}, {"*"}));
  hold_all(anyone, [](const command_type&, const record_reference&, const member&) { return true; });
}

TEST_CASE("whoever may only see a record may name it where a command only looks at it (D9)") {
  json grants = grant_to("assignee", {"*"}, json::array());
  grants.push_back({{"name", "all"}, {"relations", {"anyone"}}, {"queries", {"get"}}});
  stage s = set(grants);
  hold_all(s, [](const command_type& type, const record_reference& by, const member& m) {
    return is_about_a_record(type) && (m.own || by.demand == reference_demand::see);
  });
}

TEST_CASE("whoever may see nothing of a record may not name it, though they may give the command (D9)") {
  stage s = set(grant_to("anyone", {"*"}, json::array()));
  hold_all(s, [](const command_type& type, const record_reference&, const member&) {
    return std::ranges::find(references_of(type), reference_demand::see, &record_reference::demand) ==
           references_of(type).end();
  });
}

TEST_CASE("the host and the system see and change what is restricted (D9)") {
  stage s = set({});
  for (const person_ref actor : {system_person, host_person}) {
    s.actor = actor;
    for (const command_type* type : command_types()) {
      for (const record_reference& by : references_of(*type)) {
        for (const member& m : s.records) {
          CAPTURE(type->name);
          const outcome found = give(s.d, actor, naming(*type, by, m.record, s.open_one()), m.record.id);
          CHECK_FALSE(is_absent(found));
          CHECK_FALSE(is_denied(found));
        }
      }
    }
  }
}

// ---- in documents, and in questions

namespace {

json complaint_of(const std::function<std::string()>& call, const std::string& named) {
  try {
    return json::parse(call());
  } catch (const error& e) {
    return {{"refused", e.reason()}, {"said", without(without(e.what() + e.detail(), named), "\"?\"")}};
  }
}

}  // namespace

TEST_CASE("a document names what is restricted to others as it names what never was: by number and by id (D9)") {
  stage s = set({});
  const record_ref hidden = s.records[2].record;
  const std::string number = s.d.show_number(s.d.find(hidden)->number);
  for (const query_type* type : query_types()) {
    for (const field_row& field : type->fields()) {
      if (field.type->kind != field_kind::record) continue;
      CAPTURE(type->name);
      const auto ask = [&](const json& record) {
        json question = {{"query", type->name}, {std::string(field.name), record}, {"actor", "ben"}};
        for (const field_row& other : type->fields()) {
          if (other.name == "condition") question["condition"] = {{"==", {1, 1}}};
          if (other.name == "for_command") question["for_command"] = "add_note";
        }
        const std::string name = record.is_string() ? record.get<std::string>() : record.dump();
        return complaint_of([&] { return answer_document(s.d, question.dump()); }, name);
      };
      const json by_number = ask(number);
      CHECK(by_number.value("refused", "") == "document.unknown_record");
      CHECK(by_number == ask("INC0000999"));
      CHECK(ask(hidden.id) == ask(no_such_id));
    }
  }
  for (const char* actor_first :
       {R"({"command":"add_note","actor":"ben","at":"2026-11-23T09:00:00Z","incident":"%","text":"x"})",
        R"({"command":"add_note","incident":"%","text":"x","at":"2026-11-23T09:00:00Z","actor":"ben"})",
        R"({"command":"add_note","incident":"%","text":"x","at":"2026-11-23T09:00:00Z"})",
        R"({"actor":"host","incident":"%","command":"add_note","actor":"ben"})",
        R"({"actor":"ben","incident":"%","command":"add_note","actor":"host"})",
        R"({"command":"add_note","incident":"%","text":"x","actor":"nobody"})",
        R"({"command":"add_note","incident":"%","text":"x",)"}) {
    CAPTURE(actor_first);
    const auto tell = [&](const std::string& name) {
      std::string text = actor_first;
      text.replace(text.find('%'), 1, name);
      return complaint_of([&] { return execute_document(s.d, text, {}); }, name);
    };
    CHECK(tell(number) == tell("INC0000999"));
  }
}
