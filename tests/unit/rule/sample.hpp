// A ticket with a field of each kind, for tests of conditions.
#pragma once

#include <tocsin/rule/condition.hpp>

namespace rule_sample {

using namespace tocsin;

enum class level : std::uint8_t { unset, high, medium, low };
enum class colour : std::uint8_t { unset, red, green };

inline std::span<const std::string_view> choices(level) {
  static constexpr std::string_view names[] = {"high", "medium", "low"};
  return names;
}

inline std::span<const std::string_view> choices(colour) {
  static constexpr std::string_view names[] = {"red", "green"};
  return names;
}

struct device {
  std::string model;
  std::int32_t ports = 0;

  static std::span<const field_row> fields() {
    static constexpr field_row rows[] = {row<&device::model>("model", "What it is"),
                                         row<&device::ports>("ports", "How many it has")};
    return rows;
  }
};

struct ticket {
  std::string title;
  std::string note;
  level impact = level::unset;
  level urgency = level::unset;
  colour lamp = colour::unset;
  service_ref service;
  team_ref team;
  person_ref caller;
  person_ref assignee;
  bool vip = false;
  bool confirmed = false;
  std::int64_t count = 0;
  std::int64_t score = 0;
  instant opened_at = no_instant;
  instant due_at = no_instant;
  duration held_time;
  duration target;
  record_ref follows;
  record_ref parent;
  std::vector<std::string> tags;
  std::vector<std::int64_t> marks;
  std::vector<level> levels;
  rule_sample::device device;
  std::vector<rule_sample::device> spares;
  std::int64_t old_count = 0;

  static std::span<const field_row> fields() {
    static constexpr auto old = [](field_row& r) { r.retired = true; };
    static constexpr field_row rows[] = {
        row<&ticket::title>("title", "One line"),
        row<&ticket::note>("note", "More"),
        row<&ticket::impact>("impact", "How grave"),
        row<&ticket::urgency>("urgency", "How pressing"),
        row<&ticket::lamp>("lamp", "Its colour"),
        row<&ticket::service>("service", "Which"),
        row<&ticket::team>("team", "Whose"),
        row<&ticket::caller>("caller", "Who asks"),
        row<&ticket::assignee>("assignee", "Who works"),
        row<&ticket::vip>("vip", "Is it"),
        row<&ticket::confirmed>("confirmed", "Is it"),
        row<&ticket::count>("count", "A number"),
        row<&ticket::score>("score", "Another"),
        row<&ticket::opened_at>("opened_at", "When"),
        row<&ticket::due_at>("due_at", "When"),
        row<&ticket::held_time>("held_time", "How long"),
        row<&ticket::target>("target", "How long"),
        row<&ticket::follows>("follows", "What"),
        row<&ticket::parent>("parent", "What"),
        row<&ticket::tags>("tags", "Words"),
        row<&ticket::marks>("marks", "Numbers"),
        row<&ticket::levels>("levels", "Choices"),
        row<&ticket::device>("device", "What it is about"),
        row<&ticket::spares>("spares", "What may replace it"),
        row<&ticket::old_count>("old_count", "Not used any more", old),
    };
    return rows;
  }
};

inline const condition_schema& schema() {
  static const condition_schema of_ticket = [] {
    condition_schema s;
    s.add(ticket::fields());
    return s;
  }();
  return of_ticket;
}

inline lexicon& words() {
  static lexicon all;
  return all;
}

// Does the condition hold of the ticket?
inline bool ask(const condition& c, const ticket& of, instant now) {
  const void* objects[] = {&of};
  const table_objects all{schema(), objects, &words()};
  return holds(c, data_of(all), now);
}

// The same, of a ticket that was another one before.
inline bool ask(const condition& c, const ticket& of, const ticket& before, instant now) {
  const void* objects[] = {&of};
  const void* objects_before[] = {&before};
  const table_objects all{schema(), objects, &words()};
  const table_objects then{schema(), objects_before, &words()};
  condition_data data = data_of(all);
  data.before = &then;
  return holds(c, data, now);
}

}  // namespace rule_sample
