// What the cases of business calendars share.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace calendar_sample {

using namespace tocsin;

inline business_calendar_definition definition_of(std::string_view json) {
  business_calendar_definition definition;
  read_object(json, business_calendar_definition::fields(), &definition, {}, "a business calendar");
  return definition;
}

inline business_calendar calendar_of(std::string_view json, const calendar_lookup& parts = {}) {
  return business_calendar::compile(definition_of(json), zone_data::bundled(), parts);
}

inline instant at(std::string_view text) {
  const auto t = parse_rfc3339(text);
  REQUIRE_MESSAGE(t, text);
  return *t;
}

inline std::string shown(instant t) {
  if (t == never) return "never";
  return t == no_instant ? "none" : std::string(std::string_view(to_rfc3339(t)));
}

inline std::string shown(duration d) {
  char text[text_form::size_max];
  return {text, text_form_of(d).write(d.us, text)};
}

inline civil_date date(std::string_view text) {
  std::int64_t us = 0;
  REQUIRE_MESSAGE(text_form_of(local_date{}).read(text, us), text);
  return date_of(local_time{us});
}

template <class Action>
std::string reason_of(const Action& action) {
  try {
    action();
  } catch (const error& refusal) {
    return refusal.reason();
  }
  return "nothing thrown";
}

}  // namespace calendar_sample
