// Definitions in a `publish` command merged with the desk's current ones, and errors reported by list and index.
#pragma once

#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/definition_kinds.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t keys_compared_max = 10'000;  // to find the one that was meant
}

[[noreturn]] void refuse_definition(std::string_view list, std::size_t index, const std::string& key,
                                    const std::string& why);

template <class T>
bool same_definition(const T& a, const T& b) {
  for (const field_row& field : T::fields()) {
    if (!equal(*field.type, field.at(&a), field.at(&b))) return false;
  }
  return true;
}

// Definitions of one kind: those given, and what the desk has.
template <class Kind>
class publication {
 public:
  using definition = typename Kind::definition;

  publication(std::string_view list, const publish& asked, const desk_state& state)
      : list_(list), given_(Kind::given(asked)), known_(Kind::known(state.definitions)), words_(state.words) {
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (!places_.emplace(key_of(given_[i]), i).second) refuse_at(i, "the key is given twice");
    }
  }

  const std::vector<definition>& given() const { return given_; }

  [[noreturn]] void refuse_at(std::size_t i, const std::string& why) const {
    refuse_definition(list_, i, key_of(given_[i]), why);
  }

  std::vector<definition> changed() const {
    std::vector<definition> result;
    for (const definition& d : given_) {
      const definition* current = before(key_of(d));
      if (!current || !same_definition(*current, d)) result.push_back(d);
    }
    return result;
  }

  // The definition as it is now; null: there is none.
  const definition* before(const std::string& key) const {
    const auto* known = known_.current(words_.find(Kind::kind, key));
    return known ? &plain(*known) : nullptr;
  }

  // The definition as it will be: the one given, or the one known.
  const definition* find(const std::string& key) const {
    const auto found = places_.find(key);
    return found != places_.end() ? &given_[found->second] : before(key);
  }

  bool has(const std::string& key) const { return find(key) != nullptr; }

  // For a key that is not there: the key that was probably meant.
  std::string hint_for(const std::string& key) const {
    std::vector<std::string> keys;
    each([&](const definition& d) {
      if (keys.size() < limits::keys_compared_max) keys.emplace_back(key_of(d));
    });
    return did_you_mean(nearest_of(key, keys));
  }

  // Every definition as it will be: those known in the order of their numbers, then the new ones as they are given.
  template <class Visit>
  void each(Visit visit) const {
    for (std::uint32_t number = 1; number <= known_.size(); ++number) {
      const std::string key(words_.word(Kind::kind, number));
      if (const definition* d = find(key)) visit(*d);
    }
    for (const definition& d : given_) {
      if (!before(key_of(d))) visit(d);
    }
  }

 private:
  std::string_view list_;
  const std::vector<definition>& given_;
  const std::remove_cvref_t<decltype(Kind::known(std::declval<const definition_table&>()))>& known_;
  const lexicon& words_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

// All kinds of one command.
class publications {
 public:
  publications(const publish& asked, const desk_state& state)
      : all_(make(asked, state, std::type_identity<definition_kinds>{})) {}

  template <word_kind Kind>
  const auto& of() const {
    return of_kind<Kind, 0>();
  }

  template <class Visit>
  void each(Visit visit) const {
    std::apply([&](const auto&... one) { (visit(one), ...); }, all_);
  }

 private:
  template <class... Kind>
  static std::tuple<publication<Kind>...> make(const publish& asked, const desk_state& state,
                                               std::type_identity<std::tuple<Kind...>>) {
    return {publication<Kind>(published_as(Kind::kind), asked, state)...};
  }

  static std::string_view published_as(word_kind kind);

  template <word_kind Kind, std::size_t Place>
  const auto& of_kind() const {
    if constexpr (std::tuple_element_t<Place, definition_kinds>::kind == Kind) {
      return std::get<Place>(all_);
    } else {
      return of_kind<Kind, Place + 1>();
    }
  }

  template <class... Kind>
  static std::tuple<publication<Kind>...> tuple_of(std::type_identity<std::tuple<Kind...>>);

  decltype(tuple_of(std::type_identity<definition_kinds>{})) all_;
};

}  // namespace tocsin::inline v1
