// A drill: a scenario played on a fork of a desk, with its real policies, a virtual clock, people who react as the scenario
// says, and effects that are captured and never sent (M4).
#pragma once

#include <cstddef>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/drill/drill_result.hpp>
#include <tocsin/drill/drill_scenario.hpp>

namespace tocsin::inline v1 {

class desk;

namespace limits {
inline constexpr std::size_t drill_instants_max = 100'000;  // at which something happens on the fork
}  // namespace limits

// Plays it. Nothing of the desk changes; the same desk, scenario and seed give the same result. Whoever asks learns nothing
// of records that are hidden from them; no person asks: the host. `last` is an earlier result of the same scenario.
// Errors: "drill.invalid" and those of fields, with the path; "drill.in_past" for a beginning before the desk's clock;
// "drill.no_instant" where neither the scenario nor the desk has one; "drill.other_scenario" for a last result of another;
// "drill.too_long", "drill.too_many_incidents"; what a desk has against a step's command as a document, with the step's path.
drill_result run_drill(const desk& d, const drill_scenario& scenario, person_ref asker = {},
                       const drill_result* last = nullptr);

}  // namespace tocsin::inline v1
