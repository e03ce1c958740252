// What a desk knows of a type of event: one row, at the type (`note_added::descriptor`). Slices list their rows.
#pragma once

#include <tocsin/base/field.hpp>
#include <tocsin/base/typed_value.hpp>

namespace tocsin::inline v1 {

struct incident;
struct fold_context;

struct event_type : value_type {
  bool is_effect = false;  // something outside is to be done; it shows in the outbox
  // What it changes in its record; null: nothing.
  void (*fold)(incident& record, const void* event, const fold_context& context) = nullptr;
};

// An event of any type, or none.
using event_body = typed_value<event_type>;

struct event {
  record_ref record;           // none for what concerns the desk as a whole
  std::uint64_t previous = 0;  // sequence of the record's entry before this one; 0: this is its first
  event_body body;
};

inline bool is_effect(const event_body& body) noexcept { return body.type() && body.type()->is_effect; }

}  // namespace tocsin::inline v1
