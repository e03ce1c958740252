// One value of one of many types: what std::variant is, for lists so long that making a variant's members anew in every
// file would cost most of the time to compile. Here they are made once, where `template class one_of<...>` stands beside
// <tocsin/base/one_of_members.hpp>. It is never without a value; place 0 is the empty one.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace tocsin::inline v1 {

// A list of types gets a short name by inheriting: `struct events : types<...> {};`.
template <class... T>
struct types {
  static constexpr std::size_t count = sizeof...(T);
  static constexpr std::size_t largest = std::max({sizeof(T)...});
  static constexpr std::size_t strictest = std::max({alignof(T)...});
  static constexpr bool move_freely = (std::is_nothrow_move_constructible_v<T> && ...);
};

namespace detail {

// `count` where it is not among them.
template <class U, class... T>
consteval std::size_t place_among(types<T...>) {
  constexpr std::array<bool, sizeof...(T)> same{std::is_same_v<U, T>...};
  return static_cast<std::size_t>(std::ranges::find(same, true) - same.begin());
}

template <class... T, class Use>
decltype(auto) use_at(types<T...>, std::size_t place, const void* value, Use& use) {
  using first = std::tuple_element_t<0, std::tuple<T...>>;
  using result = std::invoke_result_t<Use&, const first&>;
  static constexpr std::array<result (*)(Use&, const void*), sizeof...(T)> table{
      [](Use& u, const void* v) -> result { return u(*static_cast<const T*>(v)); }...};
  return table[place](use, value);
}

}  // namespace detail

template <class List>
class one_of {
 public:
  template <class T>
  static constexpr std::size_t place_of = detail::place_among<T>(List{});
  template <class T>
  static constexpr bool knows = place_of<T> < List::count;

  one_of() noexcept {}
  template <class T>
    requires knows<std::remove_cvref_t<T>>
  one_of(T&& value) noexcept(std::is_nothrow_constructible_v<std::remove_cvref_t<T>, T>)
      : place_(place_of<std::remove_cvref_t<T>>) {
    ::new (static_cast<void*>(storage_)) std::remove_cvref_t<T>(std::forward<T>(value));
  }
  one_of(const one_of& other);
  one_of(one_of&& other) noexcept;
  one_of& operator=(const one_of& other);
  one_of& operator=(one_of&& other) noexcept;
  ~one_of();

  // The value's place in the list of types, and where it lies.
  std::size_t index() const noexcept { return place_; }
  const void* address() const noexcept { return storage_; }

  // A fresh value of the type with this place, in place of what was there.
  void* emplace(std::size_t place);

  template <class T>
  bool holds() const noexcept {
    static_assert(knows<T>);
    return place_ == place_of<T>;
  }
  // Null where it is of another type.
  template <class T>
  const T* get_if() const noexcept {
    return holds<T>() ? std::launder(reinterpret_cast<const T*>(storage_)) : nullptr;
  }
  template <class T>
  T* get_if() noexcept {
    return holds<T>() ? std::launder(reinterpret_cast<T*>(storage_)) : nullptr;
  }
  // Throws std::bad_variant_access where it is of another type.
  template <class T>
  const T& get() const {
    if (!holds<T>()) throw std::bad_variant_access();
    return *get_if<T>();
  }
  template <class T>
  T& get() {
    return const_cast<T&>(std::as_const(*this).template get<T>());
  }

  // What `use` says of the value, whichever it is.
  template <class Use>
  decltype(auto) visit(Use&& use) const {
    return detail::use_at(List{}, place_, storage_, use);
  }

 private:
  static_assert(List::count <= UINT16_MAX);
  static_assert(List::move_freely);

  alignas(List::strictest) std::byte storage_[List::largest];
  std::uint16_t place_ = 0;
};

}  // namespace tocsin::inline v1
