#include <tocsin/desk/condition_words.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/nearest.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/record_schema.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view custom_prefix = "custom.";
constexpr std::size_t names_listed_max = 20;

// Built in: there is no definition of them.
void add_built_in(word_kind kind, std::vector<std::string>& names) {
  if (kind == word_kind::record_type) names.emplace_back("incident");
  if (kind == word_kind::business_calendar) names.emplace_back("24x7");
}

std::string hint(std::string_view word, const std::vector<std::string>& names) {
  const std::vector<std::string_view> all(names.begin(), names.end());
  const std::vector<std::string_view> near = nearest_names(word, all);
  if (!near.empty()) return "; did you mean " + either(near) + "?";
  if (all.empty() || all.size() > names_listed_max) return {};
  return "; there is " + either(all);
}

// "custom.site", "caller.custom.site": the key of the field.
std::string field_of(const std::string& path) {
  const std::size_t at = path.find(custom_prefix);
  return at == std::string::npos ? path : path.substr(at + custom_prefix.size());
}

std::string what_is_unknown(const condition_word& named, const known_names& known) {
  if (named.choice_of.empty()) {
    std::vector<std::string> names = known.of(named.kind);
    add_built_in(named.kind, names);
    if (std::ranges::find(names, named.word) != names.end()) return {};
    return "there is no " + std::string(name(named.kind)) + " " + quoted(named.word) +
           (known.shows(named.kind) ? hint(named.word, names) : "");
  }
  const custom_field* field = known.field(field_of(named.choice_of));
  if (!field || std::ranges::find(field->choices, named.word) != field->choices.end()) return {};
  return named.choice_of + " has no choice " + quoted(named.word) + hint(named.word, field->choices);
}

class names_of_desk final : public known_names {
 public:
  explicit names_of_desk(const desk_state& state) : state_(state) {}

  std::vector<std::string> of(word_kind kind) const override { return words_of(state_.words, kind); }
  const custom_field* field(const std::string& key) const override {
    return state_.definitions.of<custom_field>().current(state_.words.find(word_kind::custom_field, key));
  }
  // Whoever asks may not know who else there is.
  bool shows(word_kind kind) const override { return kind != word_kind::person && kind != word_kind::customer; }

 private:
  const desk_state& state_;
};

[[noreturn]] void refuse(const char* reason, const std::string& path, const std::string& what) {
  json_writer detail;
  detail.begin_object();
  detail.member("path", path);
  detail.member("found", what);
  detail.end_object();
  throw error(status::invalid_argument, reason, path + ": " + what, detail.take());
}

}  // namespace

std::vector<std::string> words_of(const lexicon& words, word_kind kind) {
  std::vector<std::string> names;
  for (std::uint32_t number = 1; number <= words.size(kind); ++number) names.emplace_back(words.word(kind, number));
  return names;
}

std::vector<unknown_word> unknown_words(const condition& c, const known_names& known) {
  std::vector<unknown_word> found;
  for (const condition_word& named : c.words) {
    std::string what = what_is_unknown(named, known);
    if (!what.empty()) found.push_back({named.path, std::move(what)});
  }
  return found;
}

condition compile_asked(const embedded_json& json, const desk_state& state, std::string_view place) {
  condition asked = compile_condition(json.text, state.definitions.schemas->record(), place);
  if (asked.asks_changes) {
    refuse("condition.nothing_happens", std::string(place),
           "changed, from and to ask what has just happened to a record, and here nothing does");
  }
  demand_known_words(asked, state, place);
  return asked;
}

void demand_known_words(const condition& c, const desk_state& state, std::string_view place) {
  for (const unknown_word& unknown : unknown_words(c, names_of_desk(state))) {
    refuse("condition.unknown_key", std::string(place) + unknown.path, unknown.what);
  }
}

}  // namespace tocsin::inline v1
