// A schedule: layers of people and rotations that together say who is on call, and what changes that (O2).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/oncall/rotation.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t schedule_layers_max = 100;
inline constexpr std::size_t layer_people_max = 100;
}  // namespace limits

// How layers combine: all of them, or those of the highest priority that has somebody at that instant.
enum class layer_combination : std::uint8_t { unset, all, top_priority };
std::span<const std::string_view> choices(layer_combination);

// People, or a rotation; on call at those hours of the week, while the layer is active. Being inactive or restricted
// hides turns, it does not renumber them.
struct schedule_layer {
  std::string name;
  std::vector<std::string> people;          // keys; they are on call all together
  std::string rotation;                     // key
  std::int64_t turns_ahead = 0;             // of the rotation: 1 is whoever comes next, as a secondary
  bool shadow = false;                      // its people hear, but do not count
  std::int64_t priority = 0;                // larger is higher
  std::string zone;                         // in which restrictions are read; none: the schedule's
  std::vector<weekly_window> restrictions;  // any that matches suffices; none: always
  instant active_from = no_instant;         // absent: from the beginning
  instant active_until = no_instant;        // absent: for ever

  static std::span<const field_row> fields();
};

struct schedule {
  std::string key;
  std::string name;
  std::string zone;  // IANA name
  layer_combination combination = layer_combination::all;
  std::vector<schedule_layer> layers;
  instant in_force_from = no_instant;  // of this version (O3); absent: from the beginning

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What forbids publishing it, and what is odd but allowed: a line each. Whether people and rotations are known is for
// the publisher to say.
std::vector<std::string> lint(const schedule& definition, const zone_data& zones = zone_data::bundled());
std::vector<std::string> warnings(const schedule& definition);

enum class override_kind : std::uint8_t { unset, add, remove, replace, exclusive };
std::span<const std::string_view> choices(override_kind);

// A change of who is on call for a time. Add, remove and replace act in the order of their acceptance, each on the
// result of the one before. Exclusive ones come last and blank everything else, shadows too: the highest rank wins,
// equal ranks stand together; one without people blanks everybody.
struct schedule_override {
  std::string key;
  std::string schedule;  // key
  override_kind kind = override_kind::unset;
  std::vector<std::string> people;  // added, removed, put in the place of `replaced`, or alone on call
  std::string replaced;             // of a replace: nothing happens if this person is not on call
  std::int64_t rank = 0;            // of an exclusive one
  instant from = no_instant;
  instant until = no_instant;
  instant accepted_at = no_instant;   // it acts from then on, and not on what was before; absent: it was always there
  instant withdrawn_at = no_instant;  // what it did before stays

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};
std::vector<std::string> lint(const schedule_override& one);

enum class swap_state : std::uint8_t { unset, proposed, accepted, lapsed };
std::span<const std::string_view> choices(swap_state);

// Somebody's duty for somebody else's: the taker has the giver's from `from` to `until`, and the giver the taker's from
// `back_from` to `back_until` if those are given.
struct shift_swap {
  std::string key;
  std::string schedule;
  std::string giver;
  std::string taker;
  instant from = no_instant;
  instant until = no_instant;
  instant back_from = no_instant;
  instant back_until = no_instant;
  swap_state state = swap_state::proposed;
  instant accepted_at = no_instant;
  instant lapses_at = no_instant;     // a proposal that is not accepted before then has lapsed
  instant withdrawn_at = no_instant;  // what it did before stays

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};
std::vector<std::string> lint(const shift_swap& one);

// What it is at that instant, given what it is said to be.
swap_state state_at(const shift_swap& one, instant at);

// An accepted swap as overrides that replace; nothing for one that is not.
std::vector<schedule_override> overrides_of(const shift_swap& one);

// Somebody who is not there. The rotation says what becomes of the turn.
struct absence {
  std::string key;
  std::string person;
  std::string cover;  // key of a person; may be absent too, and then has a cover or not
  instant from = no_instant;
  instant until = no_instant;
  instant accepted_at = no_instant;   // it counts from then on, and not for what was before; absent: it always did
  instant withdrawn_at = no_instant;  // it counts no more; what it did before stays

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};
std::vector<std::string> lint(const absence& one);

}  // namespace tocsin::inline v1
