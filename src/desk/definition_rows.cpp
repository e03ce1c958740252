#include "definition_rows.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/model/custom_field.hpp>

namespace tocsin::inline v1 {
namespace {

class row_maker {
 public:
  row_maker(const desk_state& state, definition_rows& to) : state_(state), names_{.words = &state.words}, to_(to) {}

  void add(const definition_type& type, const void* definition, std::uint32_t version) {
    json_writer document;
    document.begin_object();
    write_members(document, type.fields(), definition, names_);
    document.end_object();
    const std::string& key = type.key(definition);
    to_.definitions.push_back({type.words, state_.words.find(type.words, key), version, key, document.take()});
  }

  void add_word(word_kind kind, const std::string& word) {
    to_.definitions.push_back({kind, state_.words.find(kind, word), 0, word, {}});
  }

 private:
  const desk_state& state_;
  document_names names_;
  definition_rows& to_;
};

}  // namespace

void add_rows(const definitions_published& published, const desk_state& state, definition_rows& to) {
  row_maker rows(state, to);
  for (const definition_type* type : definition_types()) {
    const version_table& known = state.definitions.table(*type);
    const definition_list& changed = published.definitions.list(*type);
    for (std::size_t i = 0; i < changed.size(); ++i) {
      const void* definition = changed.at(i);
      rows.add(*type, definition, known.latest(state.words.find(type->words, type->key(definition))));
      if (!type->brings) continue;
      type->brings(definition, [&](word_kind kind, const std::string& word) { rows.add_word(kind, word); });
    }
  }
  for (const record_type& type : published.definitions.of<record_type>()) {
    to.series.push_back({state.words.find(word_kind::record_type, type.key), type.number_prefix, type.number_width});
  }
}

void add_first_rows(const desk_state& state, definition_rows& to) {
  row_maker rows(state, to);
  rows.add_word(word_kind::person, "system");
  rows.add_word(word_kind::person, "host");
}

void add_rows_of_person(person_ref ref, const desk_state& state, definition_rows& to) {
  row_maker rows(state, to);
  const std::string_view key = state.words.word(word_kind::person, ref.index);
  for (const definition_type* type : definition_types()) {
    if (!type->is_of_person) continue;
    const version_table& known = state.definitions.table(*type);
    const std::uint32_t number = state.words.find(type->words, key);
    for (std::uint32_t version = 1; version <= known.latest(number); ++version) {
      rows.add(*type, known.published(number, version), version);
    }
  }
}

}  // namespace tocsin::inline v1
