#include "publish_conditions.hpp"

#include <tocsin/base/nearest.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/rule/condition_lint.hpp>

#include <tocsin/desk/condition_words.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// ---- what they name

// The names there will be.
class names_to_be final : public known_names {
 public:
  names_to_be(const publications& all, const lexicon& words) : all_(all), words_(words) {}

  std::vector<std::string> of(word_kind kind) const override {
    std::vector<std::string> names = words_of(words_, kind);
    const auto add = [&](word_kind of, const std::string& name) {
      if (of == kind && words_.find(kind, name) == 0) names.push_back(name);
    };
    for (const publication_base& one : all_.all()) {
      const definition_type& type = one.type();
      for (std::size_t i = 0; i < one.size(); ++i) {
        add(type.words, type.key(one.at(i)));
        if (type.brings) type.brings(one.at(i), add);
      }
    }
    return names;
  }

  const custom_field* field(const std::string& key) const override { return all_.of<custom_field>().find(key); }
  bool shows(word_kind) const override { return true; }

 private:
  const publications& all_;
  const lexicon& words_;
};

constexpr const char* changes_refused =
    "changed, from and to ask what has just happened to the record; allowed in guards of automatic moves, in rules of "
    "incident classes, and in triggers on logged, assigned and prioritised";

void check_condition(const condition_place& place, const known_names& known, std::string& why) {
  const condition asked = compile_condition(place.text, place.schema, place.path);
  const auto add = [&](const std::string& what) { why += (why.empty() ? "" : "; ") + what; };
  if (asked.asks_changes && !place.sees_changes) add(place.path + ": " + changes_refused);
  for (const unknown_word& unknown : unknown_words(asked, known)) {
    add(place.path + unknown.path + ": " + unknown.what);
  }
}

}  // namespace

void visit_condition(std::string path, const embedded_json& json, const condition_schema& schema,
                     const condition_visitor& to, bool sees_changes) {
  if (json) to({std::move(path), json.text, schema, sees_changes});
}

void check_conditions(const publications& all, const record_schemas& schemas, const lexicon& words) {
  const names_to_be known(all, words);
  for (const publication_base& one : all.all()) {
    const definition_type& type = one.type();
    for (std::size_t i = 0; type.conditions && i < one.size(); ++i) {
      if (type.is_retired(one.at(i))) continue;
      std::string why;
      type.conditions(one.at(i), schemas, [&](const condition_place& at) { check_condition(at, known, why); });
      if (!why.empty()) one.refuse_at(i, why);
    }
  }
}

void add_condition_warnings(const record_schemas& schemas, definitions_published& changes) {
  for (const definition_type* type : definition_types()) {
    const definition_list& changed = changes.definitions.list(*type);
    for (std::size_t i = 0; type->conditions && i < changed.size(); ++i) {
      const void* definition = changed.at(i);
      if (type->is_retired(definition)) continue;
      type->conditions(definition, schemas, [&](const condition_place& at) {
        for (const std::string& odd : lint(compile_condition(at.text, at.schema), at.schema)) {
          if (changes.warnings.size() == limits::warnings_max) return;
          changes.warnings.push_back({std::string(type->name), type->key(definition), at.path + ": " + odd});
        }
      });
    }
  }
}

}  // namespace tocsin::inline v1
