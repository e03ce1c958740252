#include <tocsin/oncall/rotation.hpp>

#include <algorithm>
#include <limits>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t every_turn = std::numeric_limits<std::int64_t>::min();

person_ref person_of(const std::string& key, const rotation& definition, const lexicon& words) {
  const person_ref found{words.find(word_kind::person, key)};
  if (!found) {
    throw error(status::not_found, "rotation.unknown_person",
                "the rotation \"" + definition.key + "\" names \"" + key + "\", who is no person that is known");
  }
  return found;
}

bool same_people(std::span<const person_ref> a, std::span<const person_ref> b) {
  return std::ranges::is_permutation(a, b);
}

instant end_of_duty(const rotation& definition, instant from, instant until) {
  if (definition.on_call.us == 0 || from == no_instant) return until;
  return std::min(from + definition.on_call, until);
}

}  // namespace

rotation_plan::rotation_plan(std::span<const dated<rotation>> versions, const lexicon& words, const zone_data& zones) {
  phases_.reserve(versions.size());
  for (const auto& [from, definition] : versions) {
    phase next{.definition = definition,
               .rule = hand_off_rule(definition, zones),
               .from = from,
               .turn_least = definition.extend ? every_turn : 0};
    for (const rotation_slot& slot : definition.participants) {
      slot_people& people = next.slots.emplace_back();
      for (const std::string& key : slot.people) people.push_back(person_of(key, definition, words));
    }
    if (!phases_.empty()) {
      phases_.back().until = from;
      take_over(next, phases_.size() - 1);
    }
    phases_.push_back(std::move(next));
  }
}

// The holder's slot decides who is next: the one behind it. If it is gone, the first of those behind it in the old
// order that is still there; if none is, the first of all.
void rotation_plan::take_over(phase& next, std::size_t before) const {
  const phase& old = phases_[before];
  const std::optional<rotation_shift> held = shift_in(before, next.from);
  if (!held || old.slots.empty()) return;
  next.carries = true;
  next.carried_from = held->from;
  next.carried_people.assign(held->people.begin(), held->people.end());
  next.turn_least = std::max(next.turn_least, next.rule.turn_at(next.from) + 1);
  next.carried_circle = std::max<std::int64_t>(std::ssize(next.slots), 1);
  if (next.slots.empty()) return;

  const auto place_of = [&](std::int64_t turn, std::span<const person_ref> people) {
    const std::size_t same_place = slot_of(old, turn);
    if (same_place < next.slots.size() && same_people(next.slots[same_place], people)) return same_place;
    const auto found = std::ranges::find_if(next.slots, [&](const slot_people& s) { return same_people(s, people); });
    return static_cast<std::size_t>(found - next.slots.begin());
  };
  std::size_t follower = 0;
  const std::size_t holder = place_of(held->turn, held->people);
  if (holder < next.slots.size()) {
    follower = holder + 1;
  } else {
    ++next.carried_circle;
    for (std::int64_t turns = 1; turns <= std::ssize(old.slots); ++turns) {
      const std::size_t place = place_of(held->turn + turns, old.slots[slot_of(old, held->turn + turns)]);
      if (place == next.slots.size()) continue;
      follower = place;
      break;
    }
  }
  next.slot_offset = static_cast<std::int64_t>(follower) - next.turn_least;
}

std::size_t rotation_plan::slot_of(const phase& p, std::int64_t turn) const {
  return static_cast<std::size_t>(floor_mod(turn + p.slot_offset, std::ssize(p.slots)));
}

std::size_t rotation_plan::phase_at(instant at) const {
  const auto after = std::ranges::upper_bound(phases_, at, {}, &phase::from);
  return after == phases_.begin() ? phases_.size() : static_cast<std::size_t>(after - phases_.begin()) - 1;
}

// By this version alone, also after it is no longer in force.
std::optional<rotation_shift> rotation_plan::shift_in(std::size_t number, instant at) const {
  const phase& p = phases_[number];
  hand_off_rule::turn_span span = p.rule.span_at(at);
  const bool carried = span.turn < p.turn_least;
  if (carried && !p.carries) return {};
  if (carried) span = {p.turn_least - 1, p.carried_from, p.rule.hand_off(p.turn_least)};
  rotation_shift shift{
      .turn = span.turn, .version = static_cast<std::uint32_t>(number + 1), .from = span.from, .until = span.until};
  shift.duty_until = end_of_duty(p.definition, shift.from, shift.until);
  if (carried) {
    shift.people = p.carried_people;
  } else if (!p.slots.empty()) {
    shift.people = p.slots[slot_of(p, span.turn)];
  }
  return shift;
}

std::optional<rotation_shift> rotation_plan::shift_at(instant at) const {
  std::size_t number = phase_at(at);
  if (number == phases_.size()) return {};
  std::optional<rotation_shift> shift = shift_in(number, at);
  if (!shift) return shift;
  // The versions that come before its end keep it until their own next hand-off.
  for (; shift->until > phases_[number].until; ++number) {
    const phase& next = phases_[number + 1];
    shift->until = next.carries ? next.rule.hand_off(next.turn_least) : next.from;
  }
  shift->duty_until = end_of_duty(definition(*shift), shift->from, shift->until);
  return shift;
}

instant rotation_plan::next_hand_off(instant after) const {
  std::size_t number = phase_at(after);
  if (number == phases_.size()) number = 0;
  for (; number < phases_.size(); ++number) {
    const phase& p = phases_[number];
    const instant least = std::max(after, p.from);
    const instant next = p.rule.hand_off(std::max(p.rule.turn_at(least) + 1, p.turn_least));
    const bool goes_on = number + 1 == phases_.size() || phases_[number + 1].carries;
    if (next < p.until || (next == p.until && goes_on)) return next;
  }
  return never;
}

instant rotation_plan::next_change(instant after) const {
  instant next = next_hand_off(after);
  const std::size_t number = phase_at(after);
  if (number == phases_.size()) return phases_.empty() ? never : std::min(next, phases_.front().from);
  next = std::min(next, phases_[number].until);
  const std::optional<rotation_shift> shift = shift_in(number, after);
  if (shift && shift->duty_until > after) next = std::min(next, shift->duty_until);
  return next;
}

std::int64_t rotation_plan::circle_size(const rotation_shift& shift) const {
  const phase& p = phases_[shift.version - 1];
  return shift.turn < p.turn_least ? p.carried_circle : std::ssize(p.slots);
}

std::span<const person_ref> rotation_plan::people_after(const rotation_shift& shift, std::int64_t turns) const {
  const std::int64_t circle = circle_size(shift);
  const std::int64_t in_circle = circle == 0 ? 0 : floor_mod(turns, circle);
  if (in_circle == 0) return shift.people;
  const phase& p = phases_[shift.version - 1];
  return p.slots[slot_of(p, shift.turn + in_circle)];
}

const rotation& rotation_plan::definition(const rotation_shift& shift) const {
  return phases_[shift.version - 1].definition;
}

std::vector<rotation_hand_off> hand_offs(const rotation_plan& plan, instant from, instant to) {
  std::vector<rotation_hand_off> result;
  for (instant at = plan.next_hand_off(from - microsecond); at <= to; at = plan.next_hand_off(at)) {
    if (at == never) break;
    if (result.size() == limits::hand_offs_max) {
      throw error(status::resource_exhausted, "oncall.too_many",
                  "there are more than " + std::to_string(limits::hand_offs_max) + " hand-offs in the window");
    }
    const std::optional<rotation_shift> shift = plan.shift_at(at);
    result.push_back({at, shift->turn, shift->people});
  }
  return result;
}

}  // namespace tocsin::inline v1
