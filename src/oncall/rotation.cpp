#include <tocsin/oncall/rotation.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool has_duplicates(std::vector<std::string> keys) {
  std::ranges::sort(keys);
  return std::ranges::adjacent_find(keys) != keys.end();
}

void lint_length(const rotation& r, std::vector<std::string>& findings) {
  if (r.type == rotation_type::custom) {
    if (r.custom_length.us < limits::rotation_custom_length_min_us) {
      findings.push_back("/custom_length: a custom rotation needs the real time of a shift, one second at least");
    }
    if (r.length != 1) findings.push_back("/length: a custom rotation has custom_length instead");
  } else {
    if (r.custom_length.us != 0)
      findings.push_back("/custom_length: only a custom rotation has one, others have length");
    if (r.length < 1 || r.length > limits::rotation_length_max) {
      findings.push_back("/length: found " + std::to_string(r.length) + ", allowed 1 to " +
                         std::to_string(limits::rotation_length_max));
    }
  }
}

}  // namespace

std::span<const std::string_view> choices(rotation_type) {
  static constexpr std::string_view all[] = {"hourly", "daily", "weekly", "monthly", "custom"};
  return all;
}

std::span<const std::string_view> choices(absence_rule) {
  static constexpr std::string_view all[] = {"gap", "next", "cover"};
  return all;
}

std::span<const field_row> rotation_slot::fields() {
  static constexpr field_row rows[] = {
      row<&rotation_slot::people>("people", "Keys of the people who share the turn; none: nobody has it", one_line,
                                  max_length(limits::slot_people_max)),
  };
  return rows;
}

std::span<const field_row> rotation::fields() {
  static constexpr field_row rows[] = {
      row<&rotation::key>("key", "Key by which documents name the rotation", required, one_line,
                          max_length(limits::key_length_max)),
      row<&rotation::name>("name", "Name as people know it", one_line),
      row<&rotation::type>("type", "What the length of a shift is counted in", required),
      row<&rotation::length>("length", "Length of a shift in hours, days, weeks or months, as the type says",
                             range{1, limits::rotation_length_max}),
      row<&rotation::custom_length>("custom_length", "Length of a shift of a custom rotation, in real time",
                                    range{limits::rotation_custom_length_min_us, 3650 * day.us}),
      row<&rotation::zone>("zone", "Time zone whose clocks its hand-offs go by, an IANA name", required, one_line),
      row<&rotation::start>("start", "Local time of the first hand-off", required),
      row<&rotation::participants>("participants", "Who take turns, in their order",
                                   max_length(limits::rotation_slots_max)),
      row<&rotation::on_call>("on_call", "Real time of duty from the head of each shift; none: all of it",
                              range{1, 3650 * day.us}),
      row<&rotation::extend>("extend", "The turns go back before the start"),
      row<&rotation::active_days>("active_days", "Days of the week that the turns count; none: every day",
                                  max_length(7)),
      row<&rotation::absence>("absence", "What becomes of the turn of somebody who is absent"),
      row<&rotation::in_force_from>("in_force_from", "This version is in force from then on"),
  };
  return rows;
}

std::vector<std::string> lint(const rotation& definition, const zone_data& zones) {
  std::vector<std::string> findings;
  if (definition.type == rotation_type::unset) findings.push_back("/type: it needs one");
  lint_length(definition, findings);
  if (!zones.find(definition.zone)) findings.push_back("/zone: the zone \"" + definition.zone + "\" is unknown");
  if (!is_set(definition.start)) findings.push_back("/start: it needs a local time");
  const bool counts_days = definition.type == rotation_type::hourly || definition.type == rotation_type::daily;
  if (!definition.active_days.empty() && !counts_days) {
    findings.push_back("/active_days: only hourly and daily rotations count days; the others lose no turn to one");
  }
  for (std::size_t i = 0; i < definition.participants.size(); ++i) {
    if (has_duplicates(definition.participants[i].people)) {
      findings.push_back("/participants/" + std::to_string(i) + ": somebody is there twice");
    }
  }
  return findings;
}

std::vector<std::string> warnings(const rotation& definition) {
  std::vector<std::string> findings;
  if (definition.participants.empty()) findings.push_back("/participants: there are none, so nobody is on call");
  for (std::size_t i = 0; i < definition.participants.size(); ++i) {
    if (definition.participants[i].people.empty()) {
      findings.push_back("/participants/" + std::to_string(i) + ": nobody has this turn");
    }
  }
  return findings;
}

}  // namespace tocsin::inline v1
