// A rotation: people who take turns at being on call, and the closed form that says whose turn it is (O1).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/oncall/version.hpp>
#include <tocsin/time/instant.hpp>
#include <tocsin/time/local_time.hpp>
#include <tocsin/time/week_day.hpp>
#include <tocsin/time/zone.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t rotation_slots_max = 1'000;  // participants of a rotation
inline constexpr std::size_t slot_people_max = 100;       // people who share one turn
inline constexpr std::int64_t rotation_length_max = 10'000;
inline constexpr std::int64_t rotation_custom_length_min_us = 1'000'000;
inline constexpr std::size_t hand_offs_max = 1'000'000;  // that one question may answer
}  // namespace limits

enum class rotation_type : std::uint8_t { unset, hourly, daily, weekly, monthly, custom };
std::span<const std::string_view> choices(rotation_type);

// What becomes of the turn of somebody who is absent (O4): nobody has it, whoever comes next in the order and is
// neither absent nor on call in that turn already, or the cover that the absence names.
enum class absence_rule : std::uint8_t { unset, gap, next, cover };
std::span<const std::string_view> choices(absence_rule);

// The people of one turn. A slot without people is a turn that nobody has.
struct rotation_slot {
  std::vector<std::string> people;  // keys

  static std::span<const field_row> fields();
};

struct rotation {
  std::string key;
  std::string name;
  rotation_type type = rotation_type::unset;
  std::int64_t length = 1;  // of a shift, in hours, days, weeks or months as the type says
  duration custom_length;   // of a shift of a custom rotation, in real time
  std::string zone;         // IANA name; hand-offs go by its clocks
  local_time start = no_local_time;
  std::vector<rotation_slot> participants;
  duration on_call;                   // duty is this real time from the head of each shift; 0: all of it
  bool extend = false;                // the turns go back before the start
  std::vector<week_day> active_days;  // hourly and daily ones: turns count these days only; none given: every day
  absence_rule absence = absence_rule::gap;
  instant in_force_from = no_instant;  // of this version (O3); absent: from the beginning

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What forbids publishing it, and what is odd but allowed: a line each.
std::vector<std::string> lint(const rotation& definition, const zone_data& zones = zone_data::bundled());
std::vector<std::string> warnings(const rotation& definition);

// The hand-offs of one version of a rotation as arithmetic. Turns are counted from the start; those before it are
// negative. A hand-off before 1900 is `no_instant`, one after 2199 `never`.
class hand_off_rule {
 public:
  // `definition` has passed the linter.
  explicit hand_off_rule(const rotation& definition, const zone_data& zones = zone_data::bundled());

  // When turn k begins: start + k lengths by the local clock. A missing local time is the instant of the jump, a
  // repeated one its first occurrence; the ends of months clamp and come back. Two turns begin at one instant where a
  // clock change empties the earlier of them.
  instant hand_off(std::int64_t turn) const;

  // The turn at that instant: the last one that has begun. In constant time, whatever its number.
  std::int64_t turn_at(instant at) const { return span_at(at).turn; }

  // The same with its two hand-offs.
  struct turn_span {
    std::int64_t turn;
    instant from;
    instant until;
  };
  turn_span span_at(instant at) const;

 private:
  local_time local_hand_off(std::int64_t turn) const;
  std::int64_t turn_near(local_time local) const;
  std::int64_t active_days_before(std::int64_t date) const;
  std::int64_t active_date(std::int64_t index) const;
  duration active_clock(local_time local) const;

  rotation_type type_;
  std::int64_t length_;     // in months or active days, where those are counted
  std::int64_t length_us_;  // else, and of active hours
  std::int64_t turn_max_;   // no turn that begins in the years accepted is farther from the start
  tocsin::zone zone_;
  local_time start_;
  instant start_instant_;
  std::vector<std::int64_t> active_;  // active days of the week by number, where 0 is the Thursday that 1970 began with
};

// A turn of a rotation as it was, is or will be: [from, until).
struct rotation_shift {
  std::int64_t turn = 0;      // its number by the version in force at the instant asked for
  std::uint32_t version = 0;  // that version: 1, 2, ...
  instant from;
  instant until;                       // the next hand-off
  instant duty_until;                  // nobody is on call from then on; no later than `until`
  std::span<const person_ref> people;  // as the slot has them, absent or not; they live as long as the plan
};

// The instant at which a shift begins, also where the same people go on.
struct rotation_hand_off {
  instant at;
  std::int64_t turn = 0;  // that begins
  std::span<const person_ref> people;
};

// A rotation with all its versions, made ready to be asked. A new version keeps whoever holds the turn until its next
// hand-off and goes on from there: with the slot behind theirs, or, if they are in it no more, behind the place where
// they stood.
class rotation_plan {
 public:
  // Versions by the instants from which they are in force, rising; all have passed the linter. People are in `words`:
  // else an error "rotation.unknown_person".
  rotation_plan(std::span<const dated<rotation>> versions, const lexicon& words,
                const zone_data& zones = zone_data::bundled());
  rotation_plan(const rotation_plan&) = delete;
  rotation_plan& operator=(const rotation_plan&) = delete;
  rotation_plan(rotation_plan&&) = default;
  rotation_plan& operator=(rotation_plan&&) = default;

  // None before the start, unless extended.
  std::optional<rotation_shift> shift_at(instant at) const;
  // The first hand-off after that instant; `never` if there is none before 2200.
  instant next_hand_off(instant after) const;
  // The first instant after that one at which somebody's duty may begin or end: hand-offs, ends of duty, new versions.
  instant next_change(instant after) const;

  // The people whose turn comes that many turns after the shift's. The order is a circle of that many turns.
  std::span<const person_ref> people_after(const rotation_shift& shift, std::int64_t turns) const;
  std::int64_t circle_size(const rotation_shift& shift) const;
  const rotation& definition(const rotation_shift& shift) const;

 private:
  using slot_people = std::vector<person_ref>;

  // A version while it is in force. Its turns begin with the first that it does not take over from the version before.
  struct phase {
    rotation definition;
    hand_off_rule rule;
    std::vector<slot_people> slots;
    instant from;
    instant until = never;
    std::int64_t turn_least;       // of its own
    std::int64_t slot_offset = 0;  // turn k is that of slot (k + slot_offset) mod n
    bool carries = false;          // before turn_least, what it took over
    instant carried_from = no_instant;
    slot_people carried_people;
    std::int64_t carried_circle = 0;
  };

  std::size_t phase_at(instant at) const;  // phases_.size(): before the first
  std::optional<rotation_shift> shift_in(std::size_t number, instant at) const;
  std::size_t slot_of(const phase& p, std::int64_t turn) const;
  void take_over(phase& next, std::size_t before) const;

  std::vector<phase> phases_;
};

// Hand-offs from `from` to `to`, both included (O3); more than limits::hand_offs_max are an error "oncall.too_many".
std::vector<rotation_hand_off> hand_offs(const rotation_plan& plan, instant from, instant to);

}  // namespace tocsin::inline v1
