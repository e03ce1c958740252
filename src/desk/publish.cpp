#include "publish.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/time/calendar_book.hpp>

#include "publication.hpp"
#include "publish_calendars.hpp"
#include "publish_conditions.hpp"

#include <optional>

namespace tocsin::inline v1 {
namespace {

// Calls what the slices have of one rule, in their order.
template <class... Parameter, class... Argument>
void ask_slices(void (*publication_rules::*rule)(Parameter...), Argument&&... arguments) {
  for (const slice* s : all_slices()) {
    if (s->publication && s->publication->*rule) (s->publication->*rule)(arguments...);
  }
}

// ---- checking

record_schemas schemas_with(const publications& all, const zone_data& zones) {
  std::vector<const custom_field*> fields;
  all.of<custom_field>().each([&](const custom_field& f) { fields.push_back(&f); });
  return record_schemas(fields, zones);
}

// What the linters find in each by itself.
void check_each(const publications& all, const record_schemas& schemas, const zone_data& zones) {
  for (const publication_base& one : all.all()) {
    for (std::size_t i = 0; i < one.size(); ++i) {
      std::string why;
      for (const std::string& finding : one.type().lint(one.at(i), schemas, zones)) {
        why += (why.empty() ? "" : "; ") + finding;
      }
      if (!why.empty()) one.refuse_at(i, why);
    }
  }
}

void add_changed(const publications& all, definitions_published& changes) {
  for (const publication_base& one : all.all()) {
    definition_list& to = changes.definitions.list(one.type());
    for (std::size_t i = 0; i < one.size(); ++i) {
      const void* current = one.value_before(one.key_at(i));
      if (!current || !same_definition(one.type().fields(), current, one.at(i))) to.add(one.at(i));
    }
  }
}

definitions_published check_settled(const publish& c, const desk_state& state) {
  const publications all(c, state);
  const record_schemas schemas = schemas_with(all, state.zones);
  check_each(all, schemas, state.zones);
  const calendar_book calendars = check_calendars(all, state.zones);
  const publication_check against{all, state, schemas, calendars};
  ask_slices(&publication_rules::check, against);
  check_conditions(all, schemas, state.words);
  definitions_published changes;
  changes.pack = c.pack;
  add_changed(all, changes);
  ask_slices(&publication_rules::extend, all, changes);
  ask_slices(&publication_rules::warn, against, changes);
  add_condition_warnings(schemas, changes);
  add_zone_data(all, state.zones, changes);
  return changes;
}

// ---- coming into force

void add_versions(const definition_type& type, const compilation& with, undo_list& undo) {
  const definition_list& given = with.published.definitions.list(type);
  version_table& known = with.state.definitions.table(type);
  undo.reserve(undo.size() + given.size());
  for (std::size_t i = 0; i < given.size(); ++i) {
    const std::uint32_t number = with.state.words.add(type.words, type.key(given.at(i)));
    type.add(known, number, given.at(i), with);
    undo.emplace_back([&known, number] { known.remove_latest(number); });
  }
}

void renew_schemas(desk_state& state, undo_list& undo) {
  std::vector<const custom_field*> fields;
  const versions<custom_field>& known = state.definitions.of<custom_field>();
  for (std::uint32_t number = 1; number <= known.size(); ++number) fields.push_back(known.current(number));
  const record_schemas* before = state.definitions.schemas.get();
  replace(state.definitions.schemas, std::make_shared<const record_schemas>(fields, state.zones, before), undo);
}

}  // namespace

std::string publication_base::hint_for(const std::string& key) const {
  std::vector<std::string> keys;
  each_value([&](const void* d) {
    if (keys.size() < limits::keys_compared_max) keys.push_back(type_->key(d));
  });
  return did_you_mean(nearest_of(key, keys));
}

void refuse_definition(std::string_view list, std::size_t index, const std::string& key, const std::string& why) {
  const std::string path = "/" + std::string(list) + "/" + std::to_string(index);
  json_writer detail;
  detail.begin_object();
  detail.member("path", path);
  detail.member("key", key);
  detail.member("why", why);
  detail.end_object();
  throw error(status::invalid_argument, "definition.refused", path + " (\"" + key + "\"): " + why, detail.take());
}

definitions_published check_definitions(const publish& c, const desk_state& state, instant now) {
  publish settled = c;
  ask_slices(&publication_rules::settle, settled, state, now);
  return check_settled(settled, state);
}

// Custom fields come first, as the conditions of others may ask for them.
void apply_definitions(const definitions_published& e, desk_state& state, undo_list& undo) {
  undo.emplace_back([&state, at = state.words.position()] { state.words.rewind(at); });
  const zone_data zones = zones_in(e.zone_data);
  const compilation with{state, e, zones};
  for (const person& p : e.definitions.of<person>()) state.words.add(word_kind::person, p.key);
  add_versions(custom_field::descriptor, with, undo);
  if (!state.definitions.schemas || !e.definitions.of<custom_field>().empty()) renew_schemas(state, undo);
  for (const definition_type* type : definition_types()) {
    if (type != &custom_field::descriptor) add_versions(*type, with, undo);
  }
  ask_slices(&publication_rules::derive, e, state, undo);
  if (!e.zone_data_version.empty()) note_zone_data(e.zone_data_version, state, undo);
}

void renew_from_definitions(const definitions_published& e, desk_state& state, undo_list& undo) {
  ask_slices(&publication_rules::renew, e, state, undo);
}

void prepare_from_definitions(desk_state& state) { ask_slices(&publication_rules::prepare, state); }

void follow_calendars(std::span<const business_calendar_definition> changed, desk_state& state, undo_list& undo) {
  ask_slices(&publication_rules::follow_calendars, changed, state, undo);
}

void forget_person(person_ref person, desk_state& state, undo_list& undo) {
  const std::string_view key = state.words.word(word_kind::person, person.index);
  for (const definition_type* type : definition_types()) {
    if (!type->is_of_person) continue;
    version_table& all = state.definitions.table(*type);
    const std::uint32_t number = state.words.find(type->words, key);
    if (all.latest(number) != 0) type->erase(all, number, undo);
  }
}

}  // namespace tocsin::inline v1
