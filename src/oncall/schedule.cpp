#include <tocsin/oncall/schedule.hpp>

#include <algorithm>

#include <tocsin/oncall/week_mask.hpp>

namespace tocsin::inline v1 {
namespace {

bool has_duplicates(std::vector<std::string> keys) {
  std::ranges::sort(keys);
  return std::ranges::adjacent_find(keys) != keys.end();
}

// Absent ends are no bounds.
void lint_span(instant from, instant until, const std::string& what, std::vector<std::string>& findings) {
  if (is_set(from) && is_set(until) && until <= from)
    findings.push_back(what + ": it does not come after the beginning");
}

void lint_layer(const schedule_layer& layer, const std::string& path, const zone_data& zones,
                std::vector<std::string>& findings) {
  if (!layer.people.empty() && !layer.rotation.empty()) {
    findings.push_back(path + ": it has people and a rotation, allowed is either");
  }
  if (has_duplicates(layer.people)) findings.push_back(path + "/people: somebody is there twice");
  if (layer.turns_ahead != 0 && layer.rotation.empty()) {
    findings.push_back(path + "/turns_ahead: only a rotation has turns");
  }
  if (!layer.zone.empty() && !zones.find(layer.zone)) {
    findings.push_back(path + "/zone: the zone \"" + layer.zone + "\" is unknown");
  }
  lint(layer.restrictions, path + "/restrictions", findings);
  lint_span(layer.active_from, layer.active_until, path + "/active_until", findings);
}

}  // namespace

std::span<const std::string_view> choices(layer_combination) {
  static constexpr std::string_view all[] = {"union", "top_priority"};
  return all;
}

std::span<const std::string_view> choices(override_kind) {
  static constexpr std::string_view all[] = {"add", "remove", "replace", "exclusive"};
  return all;
}

std::span<const std::string_view> choices(swap_state) {
  static constexpr std::string_view all[] = {"proposed", "accepted", "lapsed"};
  return all;
}

std::span<const field_row> schedule_layer::fields() {
  static constexpr field_row rows[] = {
      row<&schedule_layer::name>("name", "Name as people know it", one_line),
      row<&schedule_layer::people>("people", "Keys of people who are on call all together", one_line,
                                   max_length(limits::layer_people_max)),
      row<&schedule_layer::rotation>("rotation", "Key of the rotation that says whose turn it is", one_line,
                                     max_length(limits::key_length_max)),
      row<&schedule_layer::turns_ahead>("turns_ahead", "How many turns behind the one that is due: 1 is a secondary",
                                        range{0, limits::rotation_slots_max}),
      row<&schedule_layer::shadow>("shadow", "Its people hear, but do not count"),
      row<&schedule_layer::priority>("priority", "Its rank among the layers; larger is higher",
                                     range{-1'000'000, 1'000'000}),
      row<&schedule_layer::zone>("zone", "Time zone in which restrictions are read; none: the schedule's", one_line),
      row<&schedule_layer::restrictions>("restrictions",
                                         "Hours of the week in which it acts, any suffices; none: always",
                                         max_length(limits::weekly_windows_max)),
      row<&schedule_layer::active_from>("active_from", "It acts from then on; none: from the beginning"),
      row<&schedule_layer::active_until>("active_until", "It acts until then; none: for ever"),
  };
  return rows;
}

std::span<const field_row> schedule::fields() {
  static constexpr field_row rows[] = {
      row<&schedule::key>("key", "Key by which documents name the schedule", required, one_line,
                          max_length(limits::key_length_max)),
      row<&schedule::name>("name", "Name as people know it", one_line),
      row<&schedule::zone>("zone", "Time zone in which it is read, an IANA name", required, one_line),
      row<&schedule::combination>("combination", "How its layers combine"),
      row<&schedule::layers>("layers", "Who is on call, and when", max_length(limits::schedule_layers_max)),
      row<&schedule::in_force_from>("in_force_from", "This version is in force from then on"),
  };
  return rows;
}

std::span<const field_row> schedule_override::fields() {
  static constexpr field_row rows[] = {
      row<&schedule_override::key>("key", "Key by which documents name the override", one_line,
                                   max_length(limits::key_length_max)),
      row<&schedule_override::schedule>("schedule", "Key of the schedule", required, one_line,
                                        max_length(limits::key_length_max)),
      row<&schedule_override::kind>("kind", "What it does", required),
      row<&schedule_override::people>("people", "Keys of people: added, removed, put in a place, or alone on call",
                                      one_line, max_length(limits::layer_people_max)),
      row<&schedule_override::replaced>("replaced", "Key of the person whose place is taken", one_line,
                                        max_length(limits::key_length_max)),
      row<&schedule_override::rank>("rank", "Rank among exclusive ones; the highest wins",
                                    range{-1'000'000, 1'000'000}),
      row<&schedule_override::from>("from", "Its beginning", required),
      row<&schedule_override::until>("until", "Its end", required),
      row<&schedule_override::accepted_at>("accepted_at", "It acts from then on, not on what was before"),
      row<&schedule_override::withdrawn_at>("withdrawn_at", "It acts no more from then on"),
  };
  return rows;
}

std::span<const field_row> shift_swap::fields() {
  static constexpr field_row rows[] = {
      row<&shift_swap::key>("key", "Key by which documents name the swap", required, one_line,
                            max_length(limits::key_length_max)),
      row<&shift_swap::schedule>("schedule", "Key of the schedule", required, one_line,
                                 max_length(limits::key_length_max)),
      row<&shift_swap::giver>("giver", "Key of the person who gives duty away", required, one_line,
                              max_length(limits::key_length_max)),
      row<&shift_swap::taker>("taker", "Key of the person who takes it", required, one_line,
                              max_length(limits::key_length_max)),
      row<&shift_swap::from>("from", "Beginning of what is given", required),
      row<&shift_swap::until>("until", "Its end", required),
      row<&shift_swap::back_from>("back_from", "Beginning of what is given back"),
      row<&shift_swap::back_until>("back_until", "Its end"),
      row<&shift_swap::state>("state", "How far it has come"),
      row<&shift_swap::accepted_at>("accepted_at", "It acts from then on, not on what was before"),
      row<&shift_swap::lapses_at>("lapses_at", "A proposal that is not accepted before then has lapsed"),
      row<&shift_swap::withdrawn_at>("withdrawn_at", "It acts no more from then on"),
  };
  return rows;
}

std::span<const field_row> absence::fields() {
  static constexpr field_row rows[] = {
      row<&absence::key>("key", "Key by which documents name the absence", one_line,
                         max_length(limits::key_length_max)),
      row<&absence::person>("person", "Key of the person who is not there", required, one_line,
                            max_length(limits::key_length_max)),
      row<&absence::cover>("cover", "Key of the person who stands in, where a rotation asks for covers", one_line,
                           max_length(limits::key_length_max)),
      row<&absence::from>("from", "Its beginning", required),
      row<&absence::until>("until", "Its end", required),
      row<&absence::accepted_at>("accepted_at", "It counts from then on, not for what was before"),
      row<&absence::withdrawn_at>("withdrawn_at", "It counts no more from then on"),
  };
  return rows;
}

std::vector<std::string> lint(const schedule& definition, const zone_data& zones) {
  std::vector<std::string> findings;
  if (!zones.find(definition.zone)) findings.push_back("/zone: the zone \"" + definition.zone + "\" is unknown");
  for (std::size_t i = 0; i < definition.layers.size(); ++i) {
    lint_layer(definition.layers[i], "/layers/" + std::to_string(i), zones, findings);
  }
  return findings;
}

std::vector<std::string> warnings(const schedule& definition) {
  std::vector<std::string> findings;
  if (definition.layers.empty()) findings.push_back("/layers: there are none, so nobody is on call");
  for (std::size_t i = 0; i < definition.layers.size(); ++i) {
    const schedule_layer& layer = definition.layers[i];
    if (layer.people.empty() && layer.rotation.empty()) {
      findings.push_back("/layers/" + std::to_string(i) + ": it has neither people nor a rotation");
    }
  }
  return findings;
}

std::vector<std::string> lint(const schedule_override& one) {
  std::vector<std::string> findings;
  const bool replaces = one.kind == override_kind::replace;
  if (one.kind == override_kind::unset) findings.push_back("/kind: it needs one");
  if (one.people.empty() && one.kind != override_kind::exclusive) {
    findings.push_back("/people: there are none; only an exclusive override may do without");
  }
  if (has_duplicates(one.people)) findings.push_back("/people: somebody is there twice");
  if (replaces && one.replaced.empty()) findings.push_back("/replaced: somebody must be");
  if (!replaces && !one.replaced.empty()) findings.push_back("/replaced: only a replace has somebody to replace");
  if (one.rank != 0 && one.kind != override_kind::exclusive) {
    findings.push_back("/rank: only exclusive overrides have ranks, the others act in the order of acceptance");
  }
  lint_span(one.from, one.until, "/until", findings);
  return findings;
}

std::vector<std::string> lint(const shift_swap& one) {
  std::vector<std::string> findings;
  if (one.giver == one.taker) findings.push_back("/taker: giver and taker are the same person");
  lint_span(one.from, one.until, "/until", findings);
  if (is_set(one.back_from) != is_set(one.back_until)) {
    findings.push_back("/back_until: what is given back needs a beginning and an end");
  }
  lint_span(one.back_from, one.back_until, "/back_until", findings);
  if (is_set(one.accepted_at) && is_set(one.lapses_at) && one.accepted_at >= one.lapses_at) {
    findings.push_back("/accepted_at: the proposal had lapsed");
  }
  return findings;
}

std::vector<std::string> lint(const absence& one) {
  std::vector<std::string> findings;
  lint_span(one.from, one.until, "/until", findings);
  if (one.cover == one.person) findings.push_back("/cover: nobody covers for themselves");
  return findings;
}

swap_state state_at(const shift_swap& one, instant at) {
  const bool lapsed = one.state == swap_state::proposed && is_set(one.lapses_at) && at >= one.lapses_at;
  return lapsed ? swap_state::lapsed : one.state;
}

std::vector<schedule_override> overrides_of(const shift_swap& one) {
  std::vector<schedule_override> result;
  if (one.state != swap_state::accepted) return result;
  const auto put = [&](const std::string& replaced, const std::string& by, instant from, instant until) {
    result.push_back({.key = one.key,
                      .schedule = one.schedule,
                      .kind = override_kind::replace,
                      .people = {by},
                      .replaced = replaced,
                      .from = from,
                      .until = until,
                      .accepted_at = one.accepted_at,
                      .withdrawn_at = one.withdrawn_at});
  };
  put(one.giver, one.taker, one.from, one.until);
  if (is_set(one.back_from)) put(one.taker, one.giver, one.back_from, one.back_until);
  return result;
}

}  // namespace tocsin::inline v1
