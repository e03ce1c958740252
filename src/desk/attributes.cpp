#include <tocsin/desk/attributes.hpp>

#include "publication.hpp"

#include <tocsin/base/nearest.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/model/definition.hpp>

#include <rule/json_tree.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr json_tree_limits custom_limits{.bytes_max = 1u << 20, .depth_max = 2};

// As a document gives it; its field says what it becomes.
custom_value given_value(const json_node& node) {
  switch (node.form) {
    case json_form::boolean:
      return {.kind = custom_kind::boolean, .number = node.integer};
    case json_form::integer:
      return {.kind = custom_kind::integer, .number = node.integer};
    case json_form::text:
      return {.kind = custom_kind::text, .text = node.text};
    default:
      return {};
  }
}

template <class Visit>
void each_value(const embedded_json& custom, Visit visit) {
  if (!custom) return;
  const json_tree tree = read_json_tree(custom.text, custom_limits);
  for (const std::uint32_t node : tree.children(0)) visit(tree[node].key, given_value(tree[node]));
}

bool is_object(const embedded_json& custom) { return !custom || custom.text.starts_with('{'); }

std::string allowed_of(custom_holder holder, const std::string& key, const publications& all) {
  std::vector<std::string> keys;
  all.of<custom_field>().each([&](const custom_field& f) {
    if (is_of(f, holder) && !f.retired) keys.push_back(f.key);
  });
  const std::vector<std::string_view> names(keys.begin(), keys.end());
  const std::vector<std::string_view> near = nearest_names(key, names);
  if (!near.empty()) return "; did you mean " + either(near) + "?";
  return names.empty() ? "; no custom field is declared `of` them" : "; there is " + either(names);
}

template <class T>
void check_values(const publications& all, custom_holder holder, const lexicon& words) {
  const auto kind = all.of<T>();
  kind.each_given([&](std::size_t i, const T& one) {
    const embedded_json& custom = one.custom;
    if (!is_object(custom)) kind.refuse_at(i, "custom: allowed an object of custom fields");
    each_value(custom, [&](const std::string& key, custom_value value) {
      const std::string path = "custom/" + key;
      const custom_field* field = all.of<custom_field>().find(key);
      if (!field || !is_of(*field, holder)) {
        kind.refuse_at(i, path + ": " + std::string(T::descriptor.name) + " definitions have no custom field " +
                              quoted(key) + allowed_of(holder, key, all));
      }
      if (value.kind == custom_kind::unset) kind.refuse_at(i, path + ": allowed a text, an integer, true or false");
      if (field->kind == custom_kind::person && all.of<person>().has(value.text)) return;
      try {
        adopt(*field, value, words, path);
      } catch (const error& e) {
        kind.refuse_at(i, e.what());
      }
    });
  });
}

void check_growth(const publications& all) {
  const auto fields = all.of<custom_field>();
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const custom_field* before = fields.before(fields[i].key);
    for (std::size_t h = 1; before && h <= choices(custom_holder{}).size(); ++h) {
      const auto holder = static_cast<custom_holder>(h);
      if (!is_of(*before, holder) || is_of(fields[i], holder)) continue;
      fields.refuse_at(i, "of: " + quoted(choices(holder)[h - 1]) + " had it and cannot lose it; `of` may only grow");
    }
  }
}

}  // namespace

void check_attributes(const publications& all, const lexicon& words) {
  check_growth(all);
  check_values<person>(all, custom_holder::person, words);
  check_values<team>(all, custom_holder::team, words);
  check_values<service>(all, custom_holder::service, words);
  check_values<customer>(all, custom_holder::customer, words);
}

std::vector<custom_value> attributes_of(const embedded_json& custom, const compilation& with) {
  std::vector<custom_value> values;
  const lexicon& words = with.state.words;
  each_value(custom, [&](const std::string& key, custom_value value) {
    const std::uint32_t number = words.find(word_kind::custom_field, key);
    const custom_field* field = with.state.definitions.of<custom_field>().current(number);
    if (!field) return;
    value.field = {number};
    adopt(*field, value, words, "custom/" + key);
    values.push_back(std::move(value));
  });
  return values;
}

}  // namespace tocsin::inline v1
