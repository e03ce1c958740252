// What a template says where nothing is said yet, with the variables that have no value.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <tocsin/model/record_template.hpp>

namespace tocsin::inline v1 {

// The values that are given, and then those that go without saying. `given` must outlive it.
template_values values_of(const std::vector<template_value>& given, std::vector<template_value> known = {});

// How people know a definition: by its name, or by its key where it has none, or is not there.
template <class Definition>
std::string name_or_key(const Definition* known, std::string key) {
  return known && !known->name.empty() ? known->name : std::move(key);
}

class template_filling {
 public:
  explicit template_filling(template_values values) : values_(std::move(values)) {}

  // Leaves a text that is there already as it is.
  void put(std::string& to, const template_text& text, text_escape escape = text_escape::none);

  // Each once, in the order in which they were needed.
  const std::vector<std::string>& missing() const { return missing_; }
  // Throws where there are any.
  void refuse_missing(const std::string& template_key) const;

 private:
  template_values values_;
  std::vector<std::string> missing_;
};

}  // namespace tocsin::inline v1
