// Short ways to say what a case is given: instants, local times, rotations, people.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/oncall/roster.hpp>
#include <tocsin/oncall/rotation.hpp>
#include <tocsin/oncall/schedule.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace given {

using namespace tocsin;

inline instant at(std::string_view text) {
  const auto t = parse_rfc3339(text);
  REQUIRE_MESSAGE(t, text);
  return *t;
}

inline local_time local(const std::string& text) { return {at(text + "Z").us}; }

inline zone zone_of(std::string_view name) { return zone_data::bundled().get(name); }

// "2026-03-29T09:00:00+02:00", or "never".
inline std::string shown(instant t, std::string_view where = "UTC") {
  if (t == never) return "never";
  if (t == no_instant) return "none";
  return where == "UTC" ? std::string(to_rfc3339(t)) : to_rfc3339(t, zone_of(where));
}

inline const std::vector<std::string>& names() {
  static const std::vector<std::string> all = {"ann", "bob", "cid", "dee", "eve", "fay", "gus", "hal"};
  return all;
}

// Their numbers do not follow their keys, so that nothing can lean on it.
inline const lexicon& words() {
  static const lexicon* all = [] {
    auto* made = new lexicon;
    for (auto name = names().rbegin(); name != names().rend(); ++name) made->add(word_kind::person, *name);
    return made;
  }();
  return *all;
}

inline std::string key_of(person_ref one) { return std::string(words().word(word_kind::person, one.index)); }

inline std::string keys_of(std::span<const person_ref> people) {
  std::string result;
  for (const person_ref one : people) result += (result.empty() ? "" : "+") + key_of(one);
  return result;
}

// "ann", "bob+cid": a slot each.
inline std::vector<rotation_slot> slots(const std::vector<std::string>& texts) {
  std::vector<rotation_slot> result;
  for (const std::string& text : texts) {
    rotation_slot& slot = result.emplace_back();
    for (std::size_t from = 0; from < text.size();) {
      const std::size_t end = std::min(text.find('+', from), text.size());
      slot.people.push_back(text.substr(from, end - from));
      from = end + 1;
    }
  }
  return result;
}

inline rotation turns(rotation_type type, std::int64_t length, const std::string& zone_name, const std::string& start,
                      const std::vector<std::string>& participants) {
  return {.key = "r",
          .type = type,
          .length = length,
          .zone = zone_name,
          .start = local(start),
          .participants = slots(participants)};
}

inline rotation_plan plan_of(const rotation& definition) {
  REQUIRE(lint(definition).empty());
  const dated<rotation> only{no_instant, definition};
  return {{&only, 1}, words()};
}

inline std::string turn_at(const rotation_plan& plan, std::string_view text) {
  const auto shift = plan.shift_at(at(text));
  return shift ? keys_of(shift->people) : "nobody";
}

inline std::string who_at(const roster& of, std::string_view text) {
  const std::string people = keys_of(of.who(at(text)).people);
  return people.empty() ? "nobody" : people;
}

template <class F>
std::string reason_of(const F& action) {
  try {
    action();
  } catch (const error& refusal) {
    return refusal.reason();
  }
  return "";
}

}  // namespace given
