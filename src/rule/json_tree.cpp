#include "json_tree.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/refusal.hpp>

#include <nlohmann/json.hpp>

namespace tocsin::inline v1 {
namespace {

using nlohmann::json;

[[noreturn]] void refuse_size(const char* reason, std::size_t most, const char* of_what) {
  const std::string allowed = "at most " + std::to_string(most) + of_what;
  json_writer detail;
  detail.begin_object();
  detail.member("allowed", allowed);
  detail.end_object();
  throw error(status::resource_exhausted, reason, "the JSON text is beyond its limit, allowed " + allowed,
              detail.take());
}

// The parser hands a number on with the decimal point of the host's locale.
std::string with_point(std::string text) {
  constexpr std::string_view others = "0123456789+-eE";
  for (char& c : text) {
    if (others.find(c) == std::string_view::npos) c = '.';
  }
  return text;
}

class tree_builder {
 public:
  tree_builder(json_tree& tree, std::size_t depth_max) : tree_(tree), depth_max_(depth_max) {}

  // ---- what the parser calls

  bool null() { return leaf({.form = json_form::null}); }
  bool boolean(bool value) { return leaf({.form = json_form::boolean, .integer = value}); }
  bool number_integer(std::int64_t value) { return leaf({.form = json_form::integer, .integer = value}); }
  bool number_unsigned(std::uint64_t value) {
    if (value <= static_cast<std::uint64_t>(INT64_MAX)) return number_integer(static_cast<std::int64_t>(value));
    return leaf({.form = json_form::number, .text = std::to_string(value)});
  }
  bool number_float(double, const std::string& text) {
    return leaf({.form = json_form::number, .text = with_point(text)});
  }
  bool string(std::string& value) { return leaf({.form = json_form::text, .text = std::move(value)}); }
  bool binary(json::binary_t&) { return false; }
  bool key(std::string& name) { return key_ = std::move(name), true; }
  bool start_object(std::size_t) { return open(json_form::object); }
  bool start_array(std::size_t) { return open(json_form::array); }
  bool end_object() { return close(); }
  bool end_array() { return close(); }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
    json_writer detail;
    detail.begin_object();
    detail.member("byte", static_cast<std::int64_t>(position));
    detail.end_object();
    throw error(status::invalid_argument, "condition.malformed", "malformed JSON: " + parser_complaint(e.what()),
                detail.take());
  }

 private:
  bool leaf(json_node node) {
    add(std::move(node));
    tree_.nodes.back().end = static_cast<std::uint32_t>(tree_.nodes.size());
    return true;
  }

  bool open(json_form form) {
    if (open_.size() == depth_max_) refuse_size("condition.too_deep", depth_max_, " arrays and objects in one another");
    add({.form = form});
    open_.push_back(static_cast<std::uint32_t>(tree_.nodes.size() - 1));
    return true;
  }

  bool close() {
    tree_.nodes[open_.back()].end = static_cast<std::uint32_t>(tree_.nodes.size());
    open_.pop_back();
    return true;
  }

  void add(json_node node) {
    if (!open_.empty()) {
      node.parent = open_.back();
      json_node& parent = tree_.nodes[node.parent];
      node.place = parent.count++;
      if (parent.form == json_form::object) node.key = std::move(key_);
    }
    tree_.nodes.push_back(std::move(node));
  }

  json_tree& tree_;
  std::size_t depth_max_;
  std::vector<std::uint32_t> open_;
  std::string key_;
};

// A key as a part of a JSON pointer.
std::string escaped(std::string_view key) {
  std::string result;
  for (const char c : key) {
    if (c == '~') {
      result += "~0";
    } else if (c == '/') {
      result += "~1";
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace

std::vector<std::uint32_t> json_tree::children(std::uint32_t node) const {
  std::vector<std::uint32_t> result;
  for (std::uint32_t child = node + 1; child < nodes[node].end; child = nodes[child].end) result.push_back(child);
  return result;
}

std::string json_tree::pointer(std::uint32_t node) const {
  if (node == 0) return {};
  const json_node& n = nodes[node];
  const bool member = nodes[n.parent].form == json_form::object;
  return pointer(n.parent) + "/" + (member ? escaped(n.key) : std::to_string(n.place));
}

json_tree read_json_tree(std::string_view json, const json_tree_limits& limit) {
  if (json.size() > limit.bytes_max) refuse_size("condition.too_large", limit.bytes_max, " bytes");
  json_tree tree;
  tree_builder builder(tree, limit.depth_max);
  json::sax_parse(json.begin(), json.end(), &builder);
  return tree;
}

}  // namespace tocsin::inline v1
