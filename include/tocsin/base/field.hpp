// One declaration per type: each command, event, record and definition lists its fields once as a table of rows.
// JSON in and out, journal bytes, schemas, catalogue and SQL columns all walk these tables.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <tocsin/base/heap_bytes.hpp>
#include <tocsin/base/lexicon.hpp>
#include <tocsin/base/limits.hpp>
#include <tocsin/base/text_form.hpp>

namespace tocsin::inline v1 {

struct instant;
struct duration;
struct field_row;
struct definition_type;  // what a desk knows of a type of definition: desk/definition_type.hpp

// A record of the desk by its id; documents show and take its number ("INC0000042") or the id itself.
struct record_ref {
  std::uint64_t id = 0;

  explicit operator bool() const { return id != 0; }
  friend bool operator==(record_ref, record_ref) = default;
};

// A truth that may be left open, as a condition needs it: false is not the same as not given.
struct optional_truth {
  std::int64_t value = -1;  // 0, 1, or -1: not given

  explicit operator bool() const { return value >= 0; }
  friend bool operator==(optional_truth, optional_truth) = default;
};

// An integer that may be left open: 0 is not the same as not given.
struct optional_integer {
  std::int64_t value = std::numeric_limits<std::int64_t>::min();

  explicit operator bool() const { return value != std::numeric_limits<std::int64_t>::min(); }
  friend bool operator==(optional_integer, optional_integer) = default;
};

// A place in a list, from 0, that may be none: `no_place`.
inline constexpr std::uint32_t no_place = std::numeric_limits<std::uint32_t>::max();

struct optional_place {
  std::uint32_t index = no_place;

  constexpr optional_place() = default;
  constexpr optional_place(std::uint32_t i) : index(i) {}
  constexpr operator std::uint32_t() const { return index; }
};

// A value that is JSON itself, kept as compact text: a condition, say. Numbers in it are integers.
struct embedded_json {
  std::string text;

  explicit operator bool() const { return !text.empty(); }
  friend bool operator==(const embedded_json&, const embedded_json&) = default;
};

// The value of a custom field: of a field that a host declared. Documents show a list of them as one object.
// As read from a document it is a text, an integer, a boolean, or unset for null; its declaration says what it becomes.
enum class custom_kind : std::uint8_t { unset, text, integer, boolean, instant, duration, choice, person };
std::span<const std::string_view> choices(custom_kind);

struct custom_value {
  custom_field_ref field;
  custom_kind kind = custom_kind::unset;
  std::int64_t number =
      0;             // integer, boolean; instant and duration in microseconds; of a person, the number of the word
  std::string text;  // text, choice; instant and duration as documents show them

  static std::span<const field_row> fields();
  friend bool operator==(const custom_value&, const custom_value&) = default;
};

enum class field_kind : std::uint8_t {
  text,
  boolean,
  integer,
  instant,
  duration,
  choice,
  word,
  record,
  list,
  object,
  json,   // embedded_json
  custom  // a list of custom_value
};

// The names of an enumeration's values, for values 1, 2, 3 ...; 0 is "not set" and has no name.
using choice_names = std::span<const std::string_view>;

// What can be done with a member of a type, without knowing the type. Scalars go through int64.
struct type_row {
  field_kind kind = field_kind::text;
  word_kind refers = word_kind::person;                     // word
  std::int64_t absent = 0;                                  // scalar value that means "not given"
  std::int64_t (*get)(const void*) = nullptr;               // scalars
  void (*set)(void*, std::int64_t) = nullptr;               // scalars
  choice_names (*choices)() = nullptr;                      // choice
  const text_form& (*form)() = nullptr;                     // instant, duration
  const type_row* element = nullptr;                        // list, custom
  std::size_t (*count)(const void*) = nullptr;              // list, custom
  const void* (*item)(const void*, std::size_t) = nullptr;  // list, custom
  void* (*append)(void*) = nullptr;                         // list, custom
  std::span<const field_row> (*fields)() = nullptr;         // object
  std::size_t (*heap)(const void*) = nullptr;  // text, json, list, custom: bytes beside the member, without its items'
};

// One field: its name, its meaning in a line, where it is, what can be done with it, what is demanded of it.
struct field_row {
  std::string_view name;
  std::string_view meaning;
  const type_row* type = nullptr;
  void* (*place)(void*) = nullptr;
  std::int64_t (*read)(const void*) = nullptr;  // scalars: `type->get` of the object's own, in one call
  bool required = false;
  bool personal = false;                             // goes into the journal as a salted commitment (D10)
  bool erasable = false;                             // so does this, and is erased only where all texts are asked for
  bool always = false;                               // written to JSON even when it has its default value
  bool one_line = false;                             // text without control characters
  bool retired = false;                              // kept for old journals, refused in new documents
  bool unshown = false;                              // of a record: stored, and not shown with it
  std::size_t max_length = limits::name_length_max;  // text: code points; list: items
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  std::int64_t most = std::numeric_limits<std::int64_t>::max();

  const void* at(const void* object) const { return place(const_cast<void*>(object)); }
};

// Constraints, as they stand in a table.
struct required_t {
  constexpr void operator()(field_row& r) const { r.required = true; }
};
struct personal_t {
  constexpr void operator()(field_row& r) const { r.personal = true; }
};
struct erasable_t {
  constexpr void operator()(field_row& r) const { r.erasable = true; }
};
struct always_t {
  constexpr void operator()(field_row& r) const { r.always = true; }
};
struct unshown_t {
  constexpr void operator()(field_row& r) const { r.unshown = true; }
};
struct one_line_t {
  constexpr void operator()(field_row& r) const { r.one_line = true; }
};
struct max_length {
  std::size_t n;
  constexpr void operator()(field_row& r) const { r.max_length = n; }
};
struct range {
  std::int64_t least, most;
  constexpr void operator()(field_row& r) const {
    r.least = least;
    r.most = most;
  }
};
inline constexpr required_t required{};
inline constexpr personal_t personal{};
inline constexpr erasable_t erasable{};
inline constexpr always_t always{};
inline constexpr one_line_t one_line{};
inline constexpr unshown_t unshown{};

namespace detail {

template <class T>
struct list_element : std::false_type {};
template <class T>
struct list_element<std::vector<T>> : std::true_type {
  using type = T;
};
template <class T>
struct word_of : std::false_type {};
template <word_kind Kind>
struct word_of<reference<Kind>> : std::true_type {
  static constexpr word_kind kind = Kind;
};
template <class T>
concept has_fields = requires {
  { T::fields() } -> std::same_as<std::span<const field_row>>;
};
template <class T>
concept microseconds = requires(T t) {
  { t.us } -> std::same_as<std::int64_t&>;
};

template <class T>
constexpr type_row describe();

template <class T>
inline constexpr type_row type_of = describe<T>();

template <class T>
constexpr type_row describe() {
  type_row row;
  if constexpr (std::is_same_v<T, std::string>) {
    row.kind = field_kind::text;
    row.heap = [](const void* p) { return heap_bytes(*static_cast<const T*>(p)); };
  } else if constexpr (std::is_same_v<T, embedded_json>) {
    row.kind = field_kind::json;
    row.heap = [](const void* p) { return heap_bytes(static_cast<const T*>(p)->text); };
  } else if constexpr (list_element<T>::value) {
    row.kind = std::is_same_v<T, std::vector<custom_value>> ? field_kind::custom : field_kind::list;
    row.element = &type_of<typename list_element<T>::type>;
    row.count = [](const void* p) { return static_cast<const T*>(p)->size(); };
    row.item = [](const void* p, std::size_t i) -> const void* { return &(*static_cast<const T*>(p))[i]; };
    row.append = [](void* p) -> void* { return &static_cast<T*>(p)->emplace_back(); };
    row.heap = [](const void* p) { return heap_bytes(*static_cast<const T*>(p)); };
  } else if constexpr (has_fields<T>) {
    row.kind = field_kind::object;
    row.fields = &T::fields;
  } else if constexpr (word_of<T>::value) {
    row.kind = field_kind::word;
    row.refers = word_of<T>::kind;
    row.get = [](const void* p) -> std::int64_t { return static_cast<const T*>(p)->index; };
    row.set = [](void* p, std::int64_t v) { static_cast<T*>(p)->index = static_cast<std::uint32_t>(v); };
  } else if constexpr (std::is_same_v<T, record_ref>) {
    row.kind = field_kind::record;
    row.get = [](const void* p) -> std::int64_t { return static_cast<std::int64_t>(static_cast<const T*>(p)->id); };
    row.set = [](void* p, std::int64_t v) { static_cast<T*>(p)->id = static_cast<std::uint64_t>(v); };
  } else if constexpr (microseconds<T>) {
    row.kind = std::is_same_v<T, instant> ? field_kind::instant : field_kind::duration;
    row.form = []() -> const text_form& { return text_form_of(T{}); };
    row.absent = std::is_same_v<T, duration> ? 0 : std::numeric_limits<std::int64_t>::min();
    row.get = [](const void* p) -> std::int64_t { return static_cast<const T*>(p)->us; };
    row.set = [](void* p, std::int64_t v) { static_cast<T*>(p)->us = v; };
  } else if constexpr (std::is_same_v<T, optional_truth> || std::is_same_v<T, optional_integer>) {
    row.kind = std::is_same_v<T, optional_truth> ? field_kind::boolean : field_kind::integer;
    row.absent = T{}.value;
    row.get = [](const void* p) -> std::int64_t { return static_cast<const T*>(p)->value; };
    row.set = [](void* p, std::int64_t v) { static_cast<T*>(p)->value = v; };
  } else if constexpr (std::is_same_v<T, optional_place>) {
    row.kind = field_kind::integer;
    row.absent = -1;
    row.get = [](const void* p) -> std::int64_t {
      const std::uint32_t index = *static_cast<const T*>(p);
      return index == no_place ? std::int64_t{-1} : std::int64_t{index};
    };
    row.set = [](void* p, std::int64_t v) { *static_cast<T*>(p) = v < 0 ? no_place : static_cast<std::uint32_t>(v); };
  } else {
    if constexpr (std::is_enum_v<T>) {
      row.kind = field_kind::choice;
      row.choices = [] { return choices(T{}); };
    } else {
      row.kind = std::is_same_v<T, bool> ? field_kind::boolean : field_kind::integer;
    }
    row.get = [](const void* p) -> std::int64_t { return static_cast<std::int64_t>(*static_cast<const T*>(p)); };
    row.set = [](void* p, std::int64_t v) { *static_cast<T*>(p) = static_cast<T>(v); };
  }
  return row;
}

// Whose member goes through int64. (Sanitizers do not let a constant be made of whether `get` is null.)
constexpr bool is_scalar(field_kind kind) {
  switch (kind) {
    case field_kind::boolean:
    case field_kind::integer:
    case field_kind::instant:
    case field_kind::duration:
    case field_kind::choice:
    case field_kind::word:
    case field_kind::record:
      return true;
    default:
      return false;
  }
}

template <class T>
struct member_of;
template <class Object, class Member>
struct member_of<Member Object::*> {
  using object = Object;
  using member = Member;
};

}  // namespace detail

template <auto Member, class... Constraint>
constexpr field_row row(std::string_view name, std::string_view meaning, Constraint... constraints) {
  using parts = detail::member_of<decltype(Member)>;
  field_row result;
  result.name = name;
  result.meaning = meaning;
  result.type = &detail::type_of<typename parts::member>;
  result.place = [](void* object) -> void* { return &(static_cast<typename parts::object*>(object)->*Member); };
  if constexpr (detail::is_scalar(detail::type_of<typename parts::member>.kind)) {
    result.read = [](const void* object) -> std::int64_t {
      return detail::type_of<typename parts::member>.get(
          &(static_cast<const typename parts::object*>(object)->*Member));
    };
  }
  (constraints(result), ...);
  return result;
}

// Are the two members, both of this type, equal?
bool equal(const type_row& type, const void* a, const void* b);
// The memory that the member, of this type, holds beside itself, that of its items and members included.
std::size_t heap_bytes(const type_row& type, const void* member);
std::size_t heap_bytes(std::span<const field_row> fields, const void* object);
// Has the member the value that means "not given"?
bool is_absent(const type_row& type, const void* member);

}  // namespace tocsin::inline v1
