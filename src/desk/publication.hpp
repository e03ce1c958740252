// Definitions in a `publish` command merged with the desk's current ones, and errors reported by list and index.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t keys_compared_max = 10'000;  // to find the one that was meant
}

class calendar_book;

[[noreturn]] void refuse_definition(std::string_view list, std::size_t index, const std::string& key,
                                    const std::string& why);

template <class T>
[[noreturn]] void refuse_definition(std::size_t index, const T& definition, const std::string& why) {
  refuse_definition(T::descriptor.published, index, key_of(definition), why);
}

// Definitions of one type: those given, and what the desk has.
class publication_base {
 public:
  publication_base(const definition_type& type, const publish& asked, const desk_state& state)
      : type_(&type),
        given_(&asked.definitions.list(type)),
        known_(&state.definitions.table(type)),
        words_(&state.words) {
    for (std::size_t i = 0; i < given_->size(); ++i) {
      if (!places_.emplace(type.key(given_->at(i)), i).second) refuse_at(i, "the key is given twice");
    }
  }

  const definition_type& type() const { return *type_; }
  std::size_t size() const { return given_->size(); }
  const void* at(std::size_t i) const { return given_->at(i); }
  std::string_view key_at(std::size_t i) const { return type_->key(given_->at(i)); }

  [[noreturn]] void refuse_at(std::size_t i, const std::string& why) const {
    refuse_definition(type_->published, i, type_->key(given_->at(i)), why);
  }

  // The definition as it is now; null: there is none.
  const void* value_before(std::string_view key) const { return known_->published(words_->find(type_->words, key)); }
  // The definition as it will be: the one given, or the one known.
  const void* value_of(std::string_view key) const {
    const auto found = places_.find(key);
    return found != places_.end() ? given_->at(found->second) : value_before(key);
  }
  bool has(std::string_view key) const { return value_of(key) != nullptr; }

  // Every definition as it will be: those known in the order of their numbers, then the new ones as they are given.
  template <class Visit>
  void each_value(Visit visit) const {
    for (std::uint32_t number = 1; number <= known_->size(); ++number) {
      if (const void* d = value_of(words_->word(type_->words, number))) visit(d);
    }
    for (std::size_t i = 0; i < given_->size(); ++i) {
      if (!value_before(key_at(i))) visit(given_->at(i));
    }
  }

  // "the person "anna" has not been published; did you mean "ana"?"
  std::string unpublished(const std::string& key) const { return unpublished(key, "the " + std::string(type_->name)); }
  std::string unpublished(const std::string& key, const std::string& what) const {
    return what + " " + quoted(key) + " has not been published" + hint_for(key);
  }

 private:
  // For a key that is not there: the key that was probably meant.
  std::string hint_for(const std::string& key) const;

  const definition_type* type_;
  const definition_list* given_;
  const version_table* known_;
  const lexicon* words_;
  std::unordered_map<std::string_view, std::size_t> places_;
};

// The same, typed.
template <class T>
class publication {
 public:
  explicit publication(const publication_base& base) : base_(base) {}

  const T& operator[](std::size_t i) const { return *static_cast<const T*>(base_.at(i)); }
  std::size_t size() const { return base_.size(); }
  bool empty() const { return size() == 0; }

  const T* before(std::string_view key) const { return static_cast<const T*>(base_.value_before(key)); }
  const T* find(std::string_view key) const { return static_cast<const T*>(base_.value_of(key)); }
  bool has(std::string_view key) const { return base_.has(key); }
  std::string unpublished(const std::string& key) const { return base_.unpublished(key); }
  [[noreturn]] void refuse_at(std::size_t i, const std::string& why) const { base_.refuse_at(i, why); }

  template <class Visit>
  void each(Visit visit) const {
    base_.each_value([&](const void* d) { visit(*static_cast<const T*>(d)); });
  }
  // Those given, with their places.
  template <class Visit>
  void each_given(Visit visit) const {
    for (std::size_t i = 0; i < size(); ++i) visit(i, (*this)[i]);
  }

  // Refuses the one given at `i` where it names, in `what`, a key that nothing will have; no key is no name.
  template <class Named>
  void demand(std::size_t i, const publication<Named>& named, const std::string& key, const std::string& what) const {
    if (!key.empty()) demand_one(i, named, key, what);
  }
  // The same where a name must be: an empty one is refused, too.
  template <class Named>
  void demand_one(std::size_t i, const publication<Named>& named, const std::string& key,
                  const std::string& what) const {
    if (!named.has(key)) refuse_at(i, named.base_.unpublished(key, what));
  }

 private:
  template <class>
  friend class publication;

  const publication_base& base_;
};

// All types of one command.
class publications {
 public:
  publications(const publish& asked, const desk_state& state) {
    for (const definition_type* type : definition_types()) all_.emplace_back(*type, asked, state);
  }

  template <class T>
  publication<T> of() const {
    return publication<T>(all_[T::descriptor.number - 1u]);
  }
  const std::vector<publication_base>& all() const { return all_; }

 private:
  std::vector<publication_base> all_;  // by number
};

// What a definition may be held against before it comes into force.
struct publication_check {
  const publications& all;
  const desk_state& state;
  const record_schemas& schemas;   // with the custom fields that come
  const calendar_book& calendars;  // as they will be
};

}  // namespace tocsin::inline v1
