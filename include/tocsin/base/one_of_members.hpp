// What copies, moves and ends the value of a `one_of`. For the one file that instantiates it.
#pragma once

#include <memory>

#include <tocsin/base/one_of.hpp>

namespace tocsin::inline v1 {
namespace detail {

struct held_type {
  void (*begin)(void* at);
  void (*copy)(void* to, const void* from);
  void (*move)(void* to, void* from) noexcept;
  void (*end)(void* at) noexcept;
};

template <class T>
constexpr held_type held_as{
    [](void* at) { ::new (at) T(); },
    [](void* to, const void* from) { ::new (to) T(*static_cast<const T*>(from)); },
    [](void* to, void* from) noexcept { ::new (to) T(std::move(*static_cast<T*>(from))); },
    [](void* at) noexcept { std::destroy_at(static_cast<T*>(at)); },
};

template <class... T>
constexpr std::array<held_type, sizeof...(T)> all_held(types<T...>) {
  return {held_as<T>...};
}

template <class List>
constexpr auto held_types = all_held(List{});

}  // namespace detail

template <class List>
one_of<List>::one_of(const one_of& other) : place_(other.place_) {
  detail::held_types<List>[place_].copy(storage_, other.storage_);
}

template <class List>
one_of<List>::one_of(one_of&& other) noexcept : place_(other.place_) {
  detail::held_types<List>[place_].move(storage_, other.storage_);
}

template <class List>
one_of<List>& one_of<List>::operator=(const one_of& other) {
  return *this = one_of(other);
}

template <class List>
one_of<List>& one_of<List>::operator=(one_of&& other) noexcept {
  if (this == &other) return *this;
  detail::held_types<List>[place_].end(storage_);
  place_ = other.place_;
  detail::held_types<List>[place_].move(storage_, other.storage_);
  return *this;
}

template <class List>
one_of<List>::~one_of() {
  detail::held_types<List>[place_].end(storage_);
}

template <class List>
void* one_of<List>::emplace(std::size_t place) {
  one_of fresh;
  detail::held_types<List>[place].begin(fresh.storage_);
  fresh.place_ = static_cast<std::uint16_t>(place);
  *this = std::move(fresh);
  return storage_;
}

}  // namespace tocsin::inline v1
