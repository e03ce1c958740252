// What the constants of a condition name, held against what there is: a key that nothing has would compare as false for
// ever, and nobody would notice.
#pragma once

#include <string>
#include <vector>

#include <tocsin/desk/state.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

class known_names {
 public:
  virtual ~known_names() = default;
  virtual std::vector<std::string> of(word_kind kind) const = 0;
  virtual const custom_field* field(const std::string& key) const = 0;  // null: there is none
  virtual bool shows(word_kind kind) const = 0;                         // may a refusal name others of the kind?
};

// Those that a desk has.
std::vector<std::string> words_of(const lexicon& words, word_kind kind);

struct unknown_word {
  std::string path;  // in the condition's document
  std::string what;  // there is no team "netz"; did you mean "net"?
};

std::vector<unknown_word> unknown_words(const condition& c, const known_names& known);

// A condition that a question or a command brings along: it is refused as at publication. `place` is its field.
condition compile_asked(const embedded_json& json, const desk_state& state, std::string_view place);

}  // namespace tocsin::inline v1
