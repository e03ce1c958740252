// The handlers: a pure function from state and command to events, or to a refusal that names every unmet condition.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/host_guard.hpp>
#include <tocsin/desk/state.hpp>
#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1 {

// How a handler finds records beyond the live ones, and reads and shows their numbers.
struct record_lookup {
  std::function<incident_ptr(record_ref)> find;                    // live or closed; null: there is none
  std::function<std::uint64_t(std::uint64_t number)> find_number;  // id of the record with this number; 0: it is free
  std::function<std::uint64_t(std::string_view)> read_number;      // 42 of "INC0000042"; 0: not of this desk's form
  std::function<std::string(std::uint64_t number)> show_number;    // "INC0000042" of 42
  const store* where = nullptr;  // closed records and entries, as they were before the transaction
};

struct decision {
  const desk_state& state;
  const record_lookup& records;
  instant at = no_instant;  // stated by the command
  instant recorded_at = no_instant;
  person_ref actor;
  instant now = no_instant;  // of the call that fires a timer; a host that is late calls long after it was due (D8)
  const host_guards* host = nullptr;  // null: nothing is done but to say what could be, and the host is not asked

  // How late the host is.
  duration lateness() const { return is_set(now) && now > recorded_at ? now - recorded_at : duration{}; }
};

// Appends what follows from the command; throws and appends nothing of use where it is refused.
void decide(const command& asked, const decision& given, std::vector<event>& events);

// What follows when a timer of the record fires; nothing where it no longer concerns the record.
void decide(const timer& fired, const incident& record, const decision& given, std::vector<event>& events);

}  // namespace tocsin::inline v1
