// Templates: what a command does not say itself, they say (R-A05).
#include "decide_template.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/incident/commands.hpp>

#include "decide.hpp"

#include <algorithm>
#include <charconv>

namespace tocsin::inline v1 {
namespace {

text_escape escape_of(const record_template& t) { return t.html ? text_escape::html : text_escape::none; }

// The value as its field wants it; what cannot be read stays a text, which the field then refuses.
custom_value typed(custom_field_ref ref, custom_kind kind, std::string text) {
  custom_value value{ref, custom_kind::text, 0, {}};
  if (kind == custom_kind::boolean && (text == "true" || text == "false")) {
    value.kind = kind;
    value.number = text == "true";
  } else if (kind == custom_kind::integer) {
    const char* const end = text.data() + text.size();
    const auto [rest, failed] = std::from_chars(text.data(), end, value.number);
    if (failed == std::errc() && rest == end) value.kind = kind;
  }
  if (value.kind == custom_kind::text) value.text = std::move(text);
  return value;
}

// What a reply says of the requester's own record: of a duplicate's requester, the duplicate (R-C38).
std::vector<template_value> reply_values(const deciding& d, const incident& own, const incident& original) {
  const auto person_called = [&](person_ref p) {
    return name_or_key(d.state.definitions.of<person>().current(p.index), d.person_name(p));
  };
  const auto* const service = d.state.definitions.of<tocsin::service>().current(own.service.index);
  return {{"record.number", d.name_of(own)},
          {"record.title", own.text->title},
          {"record.service", name_or_key(service, d.word(word_kind::service, own.service.index))},
          {"caller.name", own.caller ? person_called(own.caller) : std::string()},
          {"original.number", d.name_of(original)},
          {"actor.name", person_called(d.given.actor)}};
}

}  // namespace

const compiled_template& template_of(const deciding& d, record_template_ref ref) {
  const compiled_template* form = d.state.definitions.of<compiled_template>().current(ref.index);
  if (form && !form->definition.retired) return *form;
  throw error(status::failed_precondition, "definition.retired",
              "template " + d.quoted(word_kind::record_template, ref.index) + " is retired and not to be used");
}

void fill_in(const deciding& d, log_incident& c, const compiled_template& form, template_filling& filling) {
  const record_template& t = form.definition;
  const auto known = [&](word_kind kind, const std::string& key) { return d.state.words.find(kind, key); };
  filling.put(c.title, form.title, text_escape::line);
  filling.put(c.description, form.description, escape_of(t));
  filling.put(c.location, form.location, text_escape::line);
  if (!c.type && t.type != d.type_name({})) c.type = {known(word_kind::record_type, t.type)};
  if (!c.category) c.category = {known(word_kind::category, t.category)};
  if (!c.service) c.service = {known(word_kind::service, t.service)};
  if (!c.team) c.team = {known(word_kind::team, t.team)};
  if (c.impact == impact::unset) c.impact = t.impact;
  if (c.urgency == urgency::unset) c.urgency = t.urgency;
  if (c.severity == severity::unset) c.severity = t.severity;
  for (std::size_t i = 0; i < form.custom.size(); ++i) {
    const custom_field_ref field{known(word_kind::custom_field, t.custom[i].field)};
    if (std::ranges::find(c.custom, field, &custom_value::field) != c.custom.end()) continue;
    std::string text;
    filling.put(text, form.custom[i]);
    if (!text.empty()) {
      c.custom.push_back(
          typed(field, d.state.definitions.of<custom_field>().current(field.index)->kind, std::move(text)));
    }
  }
}

log_incident filled(const deciding& d, const log_incident& c) {
  const compiled_template& form = template_of(d, c.record_template);
  log_incident result = c;
  template_filling filling(values_of(c.variables));
  fill_in(d, result, form, filling);
  filling.refuse_missing(form.definition.key);
  check_fields(log_incident::fields(), &result, {}, &d.state.words);
  return result;
}

add_update filled(const deciding& d, const add_update& c, const incident& own, const incident& original) {
  const compiled_template& form = template_of(d, c.record_template);
  add_update result = c;
  template_filling filling(values_of(c.variables, reply_values(d, own, original)));
  filling.put(result.text, form.reply, escape_of(form.definition));
  filling.refuse_missing(form.definition.key);
  if (result.visibility == visibility::unset) result.visibility = form.definition.visibility;
  check_fields(add_update::fields(), &result, {}, &d.state.words);
  return result;
}

}  // namespace tocsin::inline v1
