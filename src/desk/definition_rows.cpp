#include "definition_rows.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/definition_kinds.hpp>
#include <tocsin/desk/events.hpp>

namespace tocsin::inline v1 {
namespace {

class row_maker {
 public:
  row_maker(const desk_state& state, definition_rows& to) : state_(state), names_{.words = &state.words}, to_(to) {}

  template <class Definition>
  void add(word_kind kind, const Definition& definition, std::uint32_t version) {
    json_writer document;
    document.begin_object();
    write_members(document, definition, names_);
    document.end_object();
    to_.definitions.push_back(
        {kind, state_.words.find(kind, key_of(definition)), version, key_of(definition), document.take()});
  }

  void add_word(word_kind kind, const std::string& word) {
    to_.definitions.push_back({kind, state_.words.find(kind, word), 0, word, {}});
  }

 private:
  const desk_state& state_;
  document_names names_;
  definition_rows& to_;
};

template <class T>
void add_versions(word_kind kind, const versions<T>& known, std::uint32_t number, row_maker& rows) {
  for (std::uint32_t version = 1; version <= known.latest(number); ++version) {
    rows.add(kind, *known.at(number, version), version);
  }
}

}  // namespace

void add_rows(const definitions_published& published, const desk_state& state, definition_rows& to) {
  row_maker rows(state, to);
  each_definition_kind([&]<class Kind>(Kind) {
    const auto& known = Kind::known(state.definitions);
    for (const auto& definition : Kind::published(published)) {
      rows.add(Kind::kind, definition, known.latest(state.words.find(Kind::kind, key_of(definition))));
    }
  });
  for (const workflow& w : published.workflows) {
    for (const auto& s : w.states) rows.add_word(word_kind::state, s.name);
    for (const auto& reason : w.hold_reasons) rows.add_word(word_kind::hold_reason, reason.name);
    for (const auto& code : w.resolution_codes) rows.add_word(word_kind::resolution_code, code);
  }
  for (const record_type& type : published.record_types) {
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
  add_versions(word_kind::person, state.definitions.people, ref.index, rows);
  const std::uint32_t profile =
      state.words.find(word_kind::contact_profile, state.words.word(word_kind::person, ref.index));
  add_versions(word_kind::contact_profile, state.definitions.contact_profiles, profile, rows);
}

}  // namespace tocsin::inline v1
