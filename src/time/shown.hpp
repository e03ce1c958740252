// Instants and durations as messages and documents show them.
#pragma once

#include <string>

#include <tocsin/base/text_form.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

template <class Time>
std::string shown_time(Time time) {
  char text[text_form::size_max];
  return {text, text_form_of(time).write(time.us, text)};
}

// "2026-12-24T00:00:00Z"
inline std::string shown(instant t) { return shown_time(t); }
// "PT15M"
inline std::string shown(duration d) { return shown_time(d); }

}  // namespace tocsin::inline v1
