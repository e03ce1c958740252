// A list that hardly ever has more than one item: a single one stands in the list itself, so that it takes no memory of
// its own, and none is allocated to copy it.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {

template <class T>
class few {
 public:
  std::size_t size() const noexcept { return one() ? 1 : many().size(); }
  bool empty() const noexcept { return size() == 0; }
  const T* begin() const noexcept { return one() ? one() : many().data(); }
  const T* end() const noexcept { return begin() + size(); }
  const T& operator[](std::size_t i) const noexcept { return begin()[i]; }
  const T& front() const noexcept { return *begin(); }
  const T& back() const noexcept { return end()[-1]; }

  T& push_back(T item) {
    if (empty()) return items_.template emplace<T>(std::move(item));
    if (const T* first = one()) {
      std::vector<T> both{*first, std::move(item)};
      return items_.template emplace<std::vector<T>>(std::move(both)).back();
    }
    return std::get<std::vector<T>>(items_).emplace_back(std::move(item));
  }
  T& emplace_back() { return push_back(T()); }

  std::size_t heap_bytes() const noexcept { return one() ? 0 : many().capacity() * sizeof(T); }

 private:
  const T* one() const noexcept { return std::get_if<T>(&items_); }
  const std::vector<T>& many() const noexcept { return *std::get_if<std::vector<T>>(&items_); }

  std::variant<std::vector<T>, T> items_;  // one item is never in a vector
};

// One item takes none.
template <class T>
std::size_t heap_bytes(const few<T>& all) {
  return all.heap_bytes();
}

namespace detail {

template <class T>
struct list_element<few<T>> : std::true_type {
  using type = T;
};

}  // namespace detail

}  // namespace tocsin::inline v1
