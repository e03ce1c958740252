// Templates: what records that are logged again and again begin with, and canned replies (R-A05, R-C38).
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/rule/template_text.hpp>

namespace tocsin::inline v1 {

// A variable of a template and its value.
struct template_value {
  std::string name;
  std::string value;

  static std::span<const field_row> fields();
};

// A custom field and the template of its text; what it comes to is held against what the field allows.
struct template_custom {
  std::string field;  // key
  std::string text;

  static std::span<const field_row> fields();
};

// Texts are templates (rule/template_text.hpp); everything else is given to the record as it is.
struct record_template {
  std::string key;
  std::string name;
  std::string type;  // key of the record type; none: an incident
  std::string title;
  std::string description;
  std::string location;
  std::string category;  // key
  std::string service;   // key
  std::string team;      // key
  tocsin::impact impact = impact::unset;
  tocsin::urgency urgency = urgency::unset;
  tocsin::severity severity = severity::unset;
  std::vector<template_custom> custom;
  std::string reply;                                  // an update, ready to be sent
  tocsin::visibility visibility = visibility::unset;  // of the reply
  bool html = false;                                  // description and reply are HTML: values are escaped for it
  bool retired = false;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each; what its keys name is for a desk to check.
std::vector<std::string> lint(const record_template& definition);

// A template made ready: its texts are read.
struct compiled_template {
  using compiled_from = tocsin::record_template;

  explicit compiled_template(const record_template& d);

  record_template definition;
  template_text title;
  template_text description;
  template_text location;
  template_text reply;
  std::vector<template_text> custom;  // as in the definition
};

}  // namespace tocsin::inline v1
