// A JSON text as one table of nodes in the order of the text: what conditions are compiled from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::inline v1 {

enum class json_form : std::uint8_t { null, boolean, integer, number, text, array, object };

struct json_node {
  json_form form = json_form::null;
  std::int64_t integer = 0;  // integer; boolean as 0 and 1
  std::string text = {};     // text; number as it is written
  std::string key = {};      // in an object
  std::uint32_t parent = 0;
  std::uint32_t place = 0;  // in its parent, from 0
  std::uint32_t count = 0;  // array, object: what is in it
  std::uint32_t end = 0;    // one past the last node within it: its next sibling, if it has one
};

struct json_tree {
  std::vector<json_node> nodes;

  const json_node& operator[](std::uint32_t node) const { return nodes[node]; }
  std::vector<std::uint32_t> children(std::uint32_t node) const;
  std::string pointer(std::uint32_t node) const;  // RFC 6901
};

struct json_tree_limits {
  std::size_t bytes_max;
  std::size_t depth_max;
};

// Refuses malformed JSON and what exceeds the limits, with reasons "condition.malformed", "condition.too_large" and
// "condition.too_deep". Members given twice are all there.
json_tree read_json_tree(std::string_view json, const json_tree_limits& limit);

}  // namespace tocsin::inline v1
