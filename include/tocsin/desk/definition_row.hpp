// Makes the row of a type of definition: what can be said of it once its struct, its linter and what is kept of it are known.
#pragma once

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/desk/state.hpp>

#include <tocsin/desk/attributes.hpp>

namespace tocsin::inline v1 {

// What a desk keeps of a definition, ready for use. A type of which something else is kept has an overload of its own.
template <class T>
std::shared_ptr<const T> compiled(const T& definition, const compilation& with) {
  auto ready = std::make_shared<T>(definition);
  if constexpr (requires { ready->custom_values; }) ready->custom_values = attributes_of(definition.custom, with);
  return ready;
}

namespace detail {

template <class T>
std::vector<std::string> findings_of(const void* p, const record_schemas& schemas, const zone_data& zones) {
  const T& definition = *static_cast<const T*>(p);
  if constexpr (requires {
                  { lint(definition, schemas) } -> std::same_as<std::vector<std::string>>;
                }) {
    return lint(definition, schemas);
  } else if constexpr (requires {
                         { lint(definition, schemas.record()) } -> std::same_as<std::vector<std::string>>;
                       }) {
    return lint(definition, schemas.record());
  } else if constexpr (requires {
                         { lint(definition, zones) } -> std::same_as<std::vector<std::string>>;
                       }) {
    return lint(definition, zones);
  } else if constexpr (requires {
                         { lint(definition) } -> std::same_as<std::vector<std::string>>;
                       }) {
    return lint(definition);
  } else {
    return {};
  }
}

template <class T>
bool is_out_of_use(const void* p) {
  if constexpr (requires(const T& d) { d.retired; }) {
    return static_cast<const T*>(p)->retired;
  } else if constexpr (requires(const T& d) { d.withdrawn; }) {
    return static_cast<const T*>(p)->withdrawn;
  } else {
    return false;
  }
}

}  // namespace detail

// `Kept` is what a desk keeps of it.
template <class T, class Kept = T>
constexpr definition_type definition_row(std::uint16_t number, std::string_view name, std::string_view meaning,
                                         word_kind words, std::string_view published, std::string_view list_meaning,
                                         std::size_t most = limits::definitions_max) {
  definition_type row{{number, name, meaning, T::fields, &operations_of<T>}};
  row.published = published;
  row.list_meaning = list_meaning;
  row.most = most;
  row.words = words;
  row.list = &detail::type_of<std::vector<T>>;
  row.given = [](void* p) -> void* { return &static_cast<publish*>(p)->definitions.of<T>(); };
  row.changed = [](void* p) -> void* { return &static_cast<definitions_published*>(p)->definitions.of<T>(); };
  row.new_list = []() -> std::unique_ptr<definition_list> { return std::make_unique<typed_definition_list<T>>(); };
  row.new_table = []() -> std::unique_ptr<version_table> { return std::make_unique<versions<Kept>>(); };
  row.key = [](const void* p) -> const std::string& { return key_of(*static_cast<const T*>(p)); };
  row.is_retired = detail::is_out_of_use<T>;
  row.lint = detail::findings_of<T>;
  row.add = [](version_table& to, std::uint32_t at, const void* p, const compilation& with) {
    static_cast<versions<Kept>&>(to).add(at, compiled(*static_cast<const T*>(p), with));
  };
  row.erase = [](version_table& from, std::uint32_t at, undo_list& undo) {
    if constexpr (std::is_same_v<T, Kept>) {
      auto& all = static_cast<versions<T>&>(from);
      undo.emplace_back([&all, at, before = all.all(at)] { all.restore(at, before); });
      all.rewrite(at, [](T one) {
        erase_personal_values(T::fields(), &one);
        return one;
      });
    }
  };
  if constexpr (requires(const T& d, const record_schemas& s, const condition_visitor& v) {
                  each_condition(d, s, v);
                }) {
    row.conditions = [](const void* p, const record_schemas& schemas, const condition_visitor& to) {
      each_condition(*static_cast<const T*>(p), schemas, to);
    };
  }
  if constexpr (requires(const T& d, const word_visitor& v) { each_word(d, v); }) {
    row.brings = [](const void* p, const word_visitor& to) { each_word(*static_cast<const T*>(p), to); };
  }
  return row;
}

// Of a type whose key is that of the person it is about.
constexpr definition_type about_person(definition_type row) {
  row.is_of_person = true;
  return row;
}

}  // namespace tocsin::inline v1
