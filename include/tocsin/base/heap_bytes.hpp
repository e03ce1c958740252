// How much memory containers hold beside themselves: what they asked the allocator for, computed from their sizes as the
// usual standard libraries lay them out. What the allocator adds, and what it lost between its blocks, is in no figure.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::inline v1 {

inline constexpr std::size_t shared_block_bytes = 2 * sizeof(void*);  // counts that a shared_ptr keeps with its object
inline constexpr std::size_t tree_node_bytes = 4 * sizeof(void*);     // colour and three pointers
inline constexpr std::size_t hash_node_bytes = 2 * sizeof(void*);     // next, and the hash

// None for a text that stands in the string itself.
inline std::size_t heap_bytes(const std::string& text) {
  static const std::size_t within = std::string().capacity();
  return text.capacity() > within ? text.capacity() + 1 : 0;
}

// What items hold themselves is not in the following.
template <class T>
std::size_t heap_bytes(const std::vector<T>& all) {
  return all.capacity() * sizeof(T);
}
template <class T>
std::size_t heap_bytes(const std::deque<T>& all) {
  return all.size() * sizeof(T);
}
template <class Key, class Value, class Less>
std::size_t heap_bytes(const std::map<Key, Value, Less>& all) {
  return all.size() * (sizeof(typename std::map<Key, Value, Less>::value_type) + tree_node_bytes);
}
template <class Key, class Value, class Hash, class Equal>
std::size_t heap_bytes(const std::unordered_map<Key, Value, Hash, Equal>& all) {
  return all.bucket_count() * sizeof(void*) +
         all.size() * (sizeof(typename std::unordered_map<Key, Value, Hash, Equal>::value_type) + hash_node_bytes);
}

}  // namespace tocsin::inline v1
