// One value of any declared type, beside a pointer to the row that declares it: how commands and events cross an engine that
// knows none of them. What std::variant is for a closed list of types, this is for an open one: a type brings its row
// along, as `static const Row descriptor;`, and nobody keeps a list.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>
#include <typeinfo>
#include <utility>

namespace tocsin::inline v1 {

struct field_row;

// How values of a type begin, are copied, moved and end.
struct value_operations {
  std::size_t size;
  void (*begin)(void* at);
  void (*copy)(void* to, const void* from);
  void (*move)(void* to, void* from) noexcept;
  void (*end)(void* at) noexcept;
};

template <class T>
  requires std::is_nothrow_move_constructible_v<T> && (alignof(T) <= alignof(std::max_align_t))
inline constexpr value_operations operations_of{
    sizeof(T),
    [](void* at) { ::new (at) T(); },
    [](void* to, const void* from) { ::new (to) T(*static_cast<const T*>(from)); },
    [](void* to, void* from) noexcept { ::new (to) T(std::move(*static_cast<T*>(from))); },
    [](void* at) noexcept { std::destroy_at(static_cast<T*>(at)); },
};

// What every declared type says of itself. Rows of commands, events and their like add what their engine asks of them.
struct value_type {
  std::uint16_t number = 0;  // in journals: stable, never given again; 0 is no type
  std::string_view name;
  std::string_view meaning;
  std::span<const field_row> (*fields)() = nullptr;
  const value_operations* operations = nullptr;
};

template <class T, class Row>
concept declared_by = requires {
  { T::descriptor } -> std::convertible_to<const Row&>;
};

template <std::derived_from<value_type> Row>
class typed_value {
 public:
  typed_value() noexcept = default;  // holds nothing
  template <class T>
    requires declared_by<std::remove_cvref_t<T>, Row>
  typed_value(T&& value) {
    using held = std::remove_cvref_t<T>;
    ::new (room_for(sizeof(held))) held(std::forward<T>(value));
    adopt(held::descriptor);
  }
  typed_value(const typed_value& other) {
    if (!other.type_) return;
    other.type_->operations->copy(room_for(other.size()), other.address());
    adopt(*other.type_);
  }
  typed_value(typed_value&& other) noexcept { take(other); }
  typed_value& operator=(const typed_value& other) { return *this = typed_value(other); }
  typed_value& operator=(typed_value&& other) noexcept {
    if (this == &other) return *this;
    clear();
    take(other);
    return *this;
  }
  ~typed_value() { clear(); }

  // Null where it holds nothing.
  const Row* type() const noexcept { return type_; }
  std::size_t number() const noexcept { return type_ ? type_->number : 0; }
  const void* address() const noexcept { return apart_ ? apart_.get() : here_; }

  // A fresh value of that type in place of what was there.
  void* emplace(const Row& type) {
    typed_value fresh;
    type.operations->begin(fresh.room_for(type.operations->size));
    fresh.adopt(type);
    *this = std::move(fresh);
    return room();
  }

  void clear() noexcept {
    if (!type_) return;
    type_->operations->end(room());
    type_ = nullptr;
    apart_.reset();
  }

  template <declared_by<Row> T>
  bool holds() const noexcept {
    return type_ == &T::descriptor;
  }
  // Null where it is of another type.
  template <declared_by<Row> T>
  const T* get_if() const noexcept {
    return holds<T>() ? static_cast<const T*>(address()) : nullptr;
  }
  template <declared_by<Row> T>
  T* get_if() noexcept {
    return holds<T>() ? static_cast<T*>(room()) : nullptr;
  }
  // Throws std::bad_cast where it is of another type.
  template <declared_by<Row> T>
  const T& get() const {
    if (!holds<T>()) throw std::bad_cast();
    return *get_if<T>();
  }
  template <declared_by<Row> T>
  T& get() {
    if (!holds<T>()) throw std::bad_cast();
    return *get_if<T>();
  }

 private:
  // What is larger stands apart: few types are, and values move through vectors all day.
  static constexpr std::size_t size_here = 304;

  std::size_t size() const noexcept { return type_->operations->size; }
  void* room() noexcept { return apart_ ? apart_.get() : here_; }
  void* room_for(std::size_t bytes) {
    if (bytes > size_here) apart_ = std::make_unique_for_overwrite<std::byte[]>(bytes);
    return room();
  }
  void adopt(const Row& type) noexcept { type_ = &type; }

  void take(typed_value& other) noexcept {
    if (!other.type_) return;
    if (other.apart_) {
      apart_ = std::move(other.apart_);
    } else {
      other.type_->operations->move(here_, other.here_);
      other.type_->operations->end(other.here_);
    }
    type_ = std::exchange(other.type_, nullptr);
  }

  const Row* type_ = nullptr;
  std::unique_ptr<std::byte[]> apart_;
  alignas(std::max_align_t) std::byte here_[size_here];
};

}  // namespace tocsin::inline v1
