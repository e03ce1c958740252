// What a desk knows of a kind of timer: one row. Slices list their rows.
#pragma once

#include <string_view>

#include <tocsin/desk/timer_queue.hpp>

namespace tocsin::inline v1 {

class deciding;
struct incident;

struct timer_type {
  timer_kind kind = timer_kind::unset;
  std::string_view name;
  // Appends what follows when it fires. It has been looked at whether it still stands; what follows may still be nothing.
  void (*fire)(deciding& d, const incident& record, const timer& fired) = nullptr;
};

// Null: no slice has such timers.
const timer_type* find_timer_type(timer_kind kind);

}  // namespace tocsin::inline v1
