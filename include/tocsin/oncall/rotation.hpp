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

  static std::span<const field_row> fields();
};

// What forbids publishing it, and what is odd but allowed: a line each.
std::vector<std::string> lint(const rotation& definition, const zone_data& zones = zone_data::bundled());
std::vector<std::string> warnings(const rotation& definition);

// The hand-offs of one version of a rotation as arithmetic. Turns are counted from the start; those before it are
// negative. Hand-offs outside of 1900 to 2199 answer the nearest instant that is accepted.
class hand_off_rule {
 public:
  // `definition` has passed the linter.
  explicit hand_off_rule(const rotation& definition, const zone_data& zones = zone_data::bundled());

  // When turn k begins: start + k lengths by the local clock. A missing local time is the instant of the jump, a
  // repeated one its first occurrence; the ends of months clamp and come back. Two turns begin at one instant where a
  // clock change empties the earlier of them.
  instant hand_off(std::int64_t turn) const;

  // The turn at that instant: the last one that has begun. In constant time, whatever its number.
  std::int64_t turn_at(instant at) const;

 private:
  local_time local_hand_off(std::int64_t turn) const;
  local_time local_active_day(std::int64_t turn) const;
  local_time local_active_hour(std::int64_t turn) const;
  std::int64_t turn_near(local_time local) const;
  std::int64_t active_days_before(std::int64_t date) const;
  std::int64_t active_date(std::int64_t index) const;

  rotation_type type_;
  std::int64_t length_;
  std::int64_t length_us_ = 0;  // where shifts are equally long by the clock
  tocsin::zone zone_;
  local_time start_;
  instant start_instant_;
  std::uint8_t active_count_ = 0;       // active days in a week; 0: days are not told apart
  std::uint8_t active_before_[8] = {};  // active days among the first n of a week that begins on Thursday, as 1970 did
  std::int64_t turn_min_ = 0;           // the turns that begin in the years accepted
  std::int64_t turn_max_ = 0;
};

// One turn of a rotation as it was, is or will be: [from, until), of which duty is [from, duty_until).
struct rotation_shift {
  std::int64_t turn = 0;  // its number by the version in force at its end
  instant from;
  instant until;                       // the next hand-off
  instant duty_until;                  // after it, to `until`, nobody is on call
  std::uint32_t version = 0;           // 1, 2, ...: of the rotation, in force at its end
  std::span<const person_ref> people;  // as the slot has them, absent or not; lives as long as the plan

  friend bool operator==(const rotation_shift& a, const rotation_shift& b);
};

// A hand-off: the instant at which a shift begins, also where the same people go on.
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

  // None before the start, unless extended.
  std::optional<rotation_shift> shift_at(instant at) const;
  // The first hand-off after that instant; `never` if there is none before 2200.
  instant next_hand_off(instant after) const;

  // The people whose turn comes that many turns after the shift.
  std::span<const person_ref> people_after(const rotation_shift& shift, std::int64_t turns) const;
  std::size_t slot_count(const rotation_shift& shift) const;
  const rotation& definition(const rotation_shift& shift) const;

 private:
  // A version in force: its own turns, but for the one that it took over.
  struct phase {
    rotation definition;
    hand_off_rule rule;
    std::vector<std::vector<person_ref>> slots;
    instant from = no_instant;
    instant until = never;
    std::int64_t shift_slots = 0;  // slot of turn k: (k + shift_slots) mod n
    std::int64_t first_turn = 0;   // the first that is its own
    bool extends = false;          // turns before first_turn are its own as well
    bool carries = false;          // until first_turn, what it took over
    rotation_shift carried;
  };

  const phase* phase_at(instant at) const;
  rotation_shift shift_of(const phase& p, std::int64_t turn) const;
  std::optional<rotation_shift> shift_in(const phase& p, instant at) const;
  std::span<const person_ref> slot(const phase& p, std::int64_t turn) const;
  void take_over(phase& next, const phase& before, const rotation_shift& held) const;

  std::vector<phase> phases_;
};

// Hand-offs from `from` to `to`, both included (O3), at most `most`.
std::vector<rotation_hand_off> hand_offs(const rotation_plan& plan, instant from, instant to, std::size_t most);

}  // namespace tocsin::inline v1
