#include <tocsin/schema/catalogue.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/escalation/document.hpp>
#include <tocsin/oncall/document.hpp>
#include <tocsin/problem/document.hpp>
#include <tocsin/rule/condition_document.hpp>
#include <tocsin/service/document.hpp>
#include <tocsin/time/calendar_question.hpp>
#include <tocsin/time/icalendar_holidays.hpp>

#include <algorithm>
#include <map>

namespace tocsin::inline v1 {
namespace {

using field_span = std::span<const field_row>;

// ---- JSON Schema

void write_members_of(json_writer& to, field_span fields, bool for_input);

void write_type(json_writer& to, const type_row& type, bool for_input) {
  switch (type.kind) {
    case field_kind::text:
      to.member("type", "string");
      return;
    case field_kind::boolean:
      to.member("type", "boolean");
      return;
    case field_kind::integer:
      to.member("type", "integer");
      return;
    case field_kind::instant:
    case field_kind::duration:
      to.member("type", "string");
      to.member("format", type.form().schema_format);
      return;
    case field_kind::choice:
      to.key("enum");
      to.begin_array();
      for (const std::string_view name : type.choices()) to.text(name);
      to.end_array();
      return;
    case field_kind::word:
      to.member("type", "string");
      to.member("x-tocsin-refers-to", name(type.refers));
      return;
    case field_kind::record:
      to.key("type");
      to.raw("[\"string\",\"integer\"]");
      to.member("x-tocsin-refers-to", "record");
      return;
    case field_kind::list:
      to.member("type", "array");
      to.key("items");
      to.begin_object();
      write_type(to, *type.element, for_input);
      to.end_object();
      return;
    case field_kind::object:
      return write_members_of(to, type.fields(), for_input);
    case field_kind::json:
      return;  // any value; the meaning says what it is
    case field_kind::custom:
      to.member("type", "object");
      to.member("x-tocsin-members", name(word_kind::custom_field));
      return;
  }
}

void write_bounds(json_writer& to, const field_row& field) {
  const field_kind kind = field.type->kind;
  if (kind == field_kind::text) to.member("maxLength", static_cast<std::int64_t>(field.max_length));
  if (kind == field_kind::list) to.member("maxItems", static_cast<std::int64_t>(field.max_length));
  if (kind != field_kind::integer) return;
  if (field.least != INT64_MIN) to.member("minimum", field.least);
  if (field.most != INT64_MAX) to.member("maximum", field.most);
}

void write_property(json_writer& to, const field_row& field, bool for_input) {
  to.key(field.name);
  to.begin_object();
  to.member("description", field.meaning);
  write_type(to, *field.type, for_input);
  if (for_input) write_bounds(to, field);
  if (field.personal) to.member_boolean("x-tocsin-personal", true);
  if (field.erasable) to.member_boolean("x-tocsin-erasable", true);
  to.end_object();
}

// What is given is read strictly; what is answered may grow.
void write_end_of_object(json_writer& to, field_span fields, std::string_view tag, bool for_input) {
  to.key("required");
  to.begin_array();
  if (!tag.empty()) to.text(tag);
  for (const field_row& field : fields) {
    if (field.required && for_input) to.text(field.name);
  }
  to.end_array();
  if (for_input) to.member_boolean("additionalProperties", false);
}

void write_members_of(json_writer& to, field_span fields, bool for_input) {
  to.member("type", "object");
  to.key("properties");
  to.begin_object();
  for (const field_row& field : fields) write_property(to, field, for_input);
  to.end_object();
  write_end_of_object(to, fields, {}, for_input);
}

void write_tagged(json_writer& to, const value_type& type, std::string_view tag, bool for_input) {
  to.begin_object();
  to.member("description", type.meaning);
  to.member("type", "object");
  to.key("properties");
  to.begin_object();
  to.key(tag);
  to.begin_object();
  to.member("const", type.name);
  to.end_object();
  if (tag == "command") {
    for (const field_row& field : request::fields()) write_property(to, field, true);
  }
  if (tag == "query") {
    for (const field_row& field : asker::fields()) write_property(to, field, true);
  }
  for (const field_row& field : type.fields()) write_property(to, field, for_input);
  to.end_object();
  to.key("required");
  to.begin_array();
  to.text(tag);
  if (tag == "command") to.text("actor");
  for (const field_row& field : type.fields()) {
    if (field.required && for_input) to.text(field.name);
  }
  to.end_array();
  if (for_input) to.member_boolean("additionalProperties", false);
  to.end_object();
}

void write_plain(json_writer& to, std::string_view meaning, field_span fields, bool for_input) {
  to.begin_object();
  to.member("description", meaning);
  write_members_of(to, fields, for_input);
  to.end_object();
}

void write_one_of(json_writer& to, std::string_view meaning, const std::vector<const value_type*>& types,
                  bool or_array) {
  to.begin_object();
  to.member("description", meaning);
  to.key("oneOf");
  to.begin_array();
  for (const value_type* type : types) {
    to.begin_object();
    to.member("$ref", "#/$defs/" + std::string(type->name));
    to.end_object();
  }
  if (or_array) {
    to.begin_object();
    to.member("type", "array");
    to.key("items");
    to.begin_object();
    to.key("oneOf");
    to.begin_array();
    for (const value_type* type : types) {
      to.begin_object();
      to.member("$ref", "#/$defs/" + std::string(type->name));
      to.end_object();
    }
    to.end_array();
    to.end_object();
    to.end_object();
  }
  to.end_array();
  to.end_object();
}

// ---- lines of documents without a desk

void write_line(json_writer& to, std::string_view tag, const tagged_type& type, field_span beside) {
  to.begin_object();
  to.member("type", "object");
  to.key("properties");
  to.begin_object();
  to.key(tag);
  to.begin_object();
  to.member("const", type.name);
  to.end_object();
  for (const field_span fields : {beside, type.fields()}) {
    for (const field_row& field : fields) write_property(to, field, true);
  }
  to.end_object();
  write_end_of_object(to, type.fields(), tag, true);
  to.end_object();
}

template <class Write>
std::string one_of_lines(std::string_view meaning, Write write_lines) {
  json_writer to;
  to.begin_object();
  to.member("description", meaning);
  to.key("oneOf");
  to.begin_array();
  write_lines(to);
  to.end_array();
  to.end_object();
  return to.take();
}

void write_oncall_definitions(json_writer& to) {
  for (const tagged_type& type : oncall_definition_types()) write_line(to, "define", type, {});
}

std::string oncall_lines() {
  return one_of_lines("A line of `tocsin oncall`: a definition or a question", [](json_writer& to) {
    write_oncall_definitions(to);
    for (const tagged_type& type : oncall_question_types()) write_line(to, "operation", type, {});
  });
}

std::string escalation_lines() {
  return one_of_lines("A line of `tocsin simulate`: a definition, of duty, too, or a question", [](json_writer& to) {
    write_oncall_definitions(to);
    for (const tagged_type& type : escalation_definition_types()) {
      const bool is_policy = type.fields == &escalation_policy::fields;
      write_line(to, "define", type, is_policy ? escalation_policy_beside() : field_span{});
    }
    for (const tagged_type& type : escalation_question_types()) write_line(to, "operation", type, {});
  });
}

std::string impact_lines() {
  return one_of_lines("A line of `tocsin impact`: a definition or a question", [](json_writer& to) {
    for (const tagged_type& type : service_graph_definition_types()) write_line(to, "define", type, {});
    for (const tagged_type& type : service_graph_question_types()) write_line(to, "operation", type, {});
  });
}

std::string recurrence_lines() {
  return one_of_lines("A line of `tocsin recurrence`: a definition or a question", [](json_writer& to) {
    for (const tagged_type& type : recurrence_definition_types()) write_line(to, "define", type, {});
    for (const tagged_type& type : recurrence_question_types()) write_line(to, "operation", type, {});
  });
}

std::string condition_lines() {
  return one_of_lines("A line of `tocsin explain`: a definition or a question", [](json_writer& to) {
    for (const tagged_type& type : condition_definition_types()) write_line(to, "define", type, {});
    for (const tagged_type& type : condition_question_types()) write_line(to, "operation", type, {});
  });
}

struct group {
  std::string_view name;
  std::string_view meaning;
  std::string_view tag;
  std::vector<const value_type*> types;
  bool for_input;
  bool or_array;
};

std::vector<group> groups() {
  const auto of = [](const auto& rows) { return std::vector<const value_type*>(rows.begin(), rows.end()); };
  return {
      {"commands", "A command, or a batch of them", "command", of(command_types()), true, true},
      {"queries", "A question", "query", of(query_types()), true, false},
      {"events", "What an entry holds", "event", of(event_types()), false, false},
  };
}

std::map<std::string, std::string, std::less<>> all_schemas() {
  std::map<std::string, std::string, std::less<>> result;
  for (const group& g : groups()) {
    for (const value_type* type : g.types) {
      json_writer to;
      write_tagged(to, *type, g.tag, g.for_input);
      result.emplace(type->name, to.take());
    }
    json_writer to;
    write_one_of(to, g.meaning, g.types, g.or_array);
    result.emplace(g.name, to.take());
  }
  const auto plain = [&](std::string_view name, std::string_view meaning, field_span fields, bool for_input) {
    json_writer to;
    write_plain(to, meaning, fields, for_input);
    result.emplace(name, to.take());
  };
  for (const definition_type* type : definition_types()) plain(type->name, type->meaning, type->fields(), true);
  result.emplace("oncall_line", oncall_lines());
  result.emplace("simulate_line", escalation_lines());
  result.emplace("impact_line", impact_lines());
  result.emplace("recurrence_line", recurrence_lines());
  result.emplace("condition_line", condition_lines());
  plain("desk_options", "Options of a desk, given on opening", desk_options::fields(), true);
  plain("presence_note", "Who has an incident open", presence::fields(), true);
  plain("business_calendar", "A business calendar", business_calendar_definition::fields(), true);
  plain("calendar_question", "A question about a business calendar", calendar_question::fields(), true);
  plain("imported_holidays", "The holidays of an iCalendar feed, for review", imported_holidays::fields(), false);
  plain("incident", "An incident, but for id and number", incident::fields(), false);
  plain("incident_text", "The texts of an incident", incident_text::fields(), false);
  for (const part_type* part : part_types()) {
    plain("incident_" + std::string(part->name), part->meaning, part->fields(), false);
  }
  return result;
}

constexpr std::string_view dialect = "https://json-schema.org/draft/2020-12/schema";

// ---- catalogue

void write_catalogue_fields(json_writer& to, field_span fields) {
  to.key("fields");
  to.begin_array();
  for (const field_row& field : fields) {
    to.begin_object();
    to.member("name", field.name);
    to.member("meaning", field.meaning);
    static constexpr std::string_view kinds[] = {"text", "boolean", "integer", "instant", "duration", "choice",
                                                 "word", "record",  "list",    "object",  "json",     "custom"};
    to.member("type", kinds[static_cast<std::size_t>(field.type->kind)]);
    if (field.type->kind == field_kind::word) to.member("refers_to", name(field.type->refers));
    if (field.type->kind == field_kind::choice) {
      to.key("choices");
      to.begin_array();
      for (const std::string_view choice : field.type->choices()) to.text(choice);
      to.end_array();
    }
    if (field.required) to.member_boolean("required", true);
    if (field.personal) to.member_boolean("personal", true);
    if (field.erasable) to.member_boolean("erasable", true);
    to.end_object();
  }
  to.end_array();
}

}  // namespace

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  for (const auto& [name, schema] : all_schemas()) names.push_back(name);
  names.push_back("all");
  return names;
}

std::string schema_document(std::string_view name) {
  const auto schemas = all_schemas();
  const bool all = name == "all";
  const auto found = schemas.find(name);
  if (!all && found == schemas.end()) {
    const std::vector<std::string> known = schema_names();
    const std::string nearest = nearest_of(name, known);
    throw error(status::not_found, "schema.unknown",
                "there is no schema " + quoted(name) + did_you_mean(nearest) + " (the catalogue lists them)",
                refusal_detail({}, refused_value::text(name), known, nearest));
  }
  json_writer to;
  to.begin_object();
  to.member("$schema", dialect);
  to.member("$id", "tocsin:" + std::string(name));
  const bool needs_defs = all || name == "commands" || name == "queries" || name == "events";
  if (!all) {
    to.member("title", name);
    to.key("allOf");
    to.begin_array();
    to.raw(found->second);
    to.end_array();
  }
  if (needs_defs) {
    to.key("$defs");
    to.begin_object();
    for (const group& g : groups()) {
      if (!all && g.name != name) continue;
      for (const value_type* type : g.types) {
        to.key(type->name);
        to.raw(schemas.find(type->name)->second);
      }
    }
    if (all) {
      for (const auto& [other, schema] : schemas) {
        const bool listed = std::ranges::any_of(groups(), [&, n = std::string_view(other)](const group& g) {
          return std::ranges::any_of(g.types, [&](const value_type* t) { return t->name == n; });
        });
        if (listed) continue;
        to.key(other);
        to.raw(schema);
      }
    }
    to.end_object();
  }
  to.end_object();
  return to.take();
}

std::string catalogue_document() {
  json_writer to;
  to.begin_object();
  to.key("schemas");
  to.begin_array();
  for (const std::string& name : schema_names()) to.text(name);
  to.end_array();
  for (const group& g : groups()) {
    to.key(g.name);
    to.begin_array();
    for (const value_type* type : g.types) {
      to.begin_object();
      to.member("name", type->name);
      to.member("meaning", type->meaning);
      write_catalogue_fields(to, type->fields());
      to.end_object();
    }
    to.end_array();
  }
  to.key("definitions");
  to.begin_array();
  for (const definition_type* type : definition_types()) {
    to.begin_object();
    to.member("kind", type->name);
    to.member("published_as", type->published);
    to.member("meaning", type->meaning);
    write_catalogue_fields(to, type->fields());
    to.end_object();
  }
  to.end_array();
  to.key("incident");
  to.begin_object();
  write_catalogue_fields(to, incident::fields());
  to.end_object();
  to.end_object();
  return to.take();
}

}  // namespace tocsin::inline v1
