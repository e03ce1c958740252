// The clocks that a record keeps, with the definitions that they go by.
#pragma once

#include <tocsin/desk/state.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/sla/clock.hpp>
#include <tocsin/sla/clock_state.hpp>

namespace tocsin::inline v1 {

struct granted_terms;

const business_calendar& calendar_of(business_calendar_ref calendar, std::uint32_t version,
                                     const definition_table& known);

clock_terms terms_of(const kept_terms& terms, sla_policy_ref policy, const definition_table& known);
clock_terms latest_terms(const incident_clock& clock, const definition_table& known);

// As the fold takes it: for a reading at any instant, and for a proof.
sla_clock clock_of(const incident_clock& clock, const definition_table& known);

// What a clock was given, as an event says it.
clock_target target_of(const granted_terms& terms);

}  // namespace tocsin::inline v1
