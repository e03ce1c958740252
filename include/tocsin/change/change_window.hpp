// When a change is made: a stretch of time, and whether two of them meet.
#pragma once

#include <algorithm>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

struct change_window {
  instant from = no_instant;  // included
  instant to = no_instant;    // not included; `never`: it has not ended

  friend bool operator==(const change_window&, const change_window&) = default;
};

constexpr bool is_given(const change_window& w) { return is_set(w.from) && is_set(w.to); }

// One that ends as another begins does not overlap it. What is not given overlaps nothing.
constexpr bool overlap(const change_window& a, const change_window& b) {
  return is_given(a) && is_given(b) && a.from < b.to && b.from < a.to;
}

// What two windows that overlap have in common.
constexpr change_window common(const change_window& a, const change_window& b) {
  return {std::max(a.from, b.from), std::min(a.to, b.to)};
}

// Was anything of it between the two instants, both included? What begins with the onset may be its cause.
constexpr bool touches(const change_window& w, instant since, instant until) {
  return is_given(w) && w.from <= until && w.to > since;
}

}  // namespace tocsin::inline v1
