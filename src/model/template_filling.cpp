#include "template_filling.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

template_values values_of(const std::vector<template_value>& given, std::vector<template_value> known) {
  return [&given, known = std::move(known)](std::string_view name) -> std::optional<std::string_view> {
    const auto said = std::ranges::find(given, name, &template_value::name);
    if (said != given.end()) return said->value;
    const auto found = std::ranges::find(known, name, &template_value::name);
    if (found == known.end() || found->value.empty()) return std::nullopt;
    return found->value;
  };
}

void template_filling::put(std::string& to, const template_text& text, text_escape escape) {
  if (!to.empty()) return;
  template_expansion expansion = expand(text, values_, escape);
  for (std::string& name : expansion.missing) {
    if (std::ranges::find(missing_, name) == missing_.end()) missing_.push_back(std::move(name));
  }
  to = std::move(expansion.text);
}

void template_filling::refuse_missing(const std::string& template_key) const {
  if (missing_.empty()) return;
  std::string message = "the template \"" + template_key + "\" needs values for: ";
  json_writer detail;
  detail.begin_object();
  detail.member("template", template_key);
  detail.key("missing");
  detail.begin_array();
  for (const std::string& name : missing_) {
    message += (&name == &missing_.front() ? "" : ", ") + name;
    detail.text(name);
  }
  detail.end_array();
  detail.end_object();
  throw error(status::invalid_argument, "template.missing_variables", message, detail.take());
}

}  // namespace tocsin::inline v1
