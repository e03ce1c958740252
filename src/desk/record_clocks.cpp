#include <tocsin/desk/record_clocks.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/sla/events.hpp>

namespace tocsin::inline v1 {
namespace {

// An entry may come from anywhere: what it names must be there.
template <class T>
const T& known_version(const versions<T>& all, std::uint32_t number, std::uint32_t version, const char* what) {
  if (const T* found = all.at(number, version)) return *found;
  throw error(status::corrupt, "clock.unknown_terms",
              "a clock names version " + std::to_string(version) + " of " + what + " number " + std::to_string(number) +
                  ", which was never published");
}

}  // namespace

const business_calendar& calendar_of(business_calendar_ref calendar, std::uint32_t version,
                                     const definition_table& known) {
  return calendar ? known_version(known.of<business_calendar>(), calendar.index, version, "calendar")
                  : business_calendar::always();
}

clock_terms terms_of(const kept_terms& terms, sla_policy_ref policy, const definition_table& known) {
  return {.from = terms.from,
          .after = terms.after,
          .treatment = terms.treatment,
          .target = {terms.target_kind, terms.target},
          .rules = &known_version(known.of<sla_agreement>(), policy.index, terms.policy_version, "SLA policy").rules,
          .calendar = &calendar_of(terms.calendar, terms.calendar_version, known),
          .calendar_version = terms.calendar_version,
          .contract = terms.contract};
}

clock_terms latest_terms(const incident_clock& clock, const definition_table& known) {
  return terms_of(clock.terms.back(), clock.state.policy, known);
}

sla_clock clock_of(const incident_clock& clock, const definition_table& known) {
  sla_clock result{.holder = clock.state.holder, .terms = {}};
  result.terms.reserve(clock.terms.size());
  for (const kept_terms& terms : clock.terms) result.terms.push_back(terms_of(terms, clock.state.policy, known));
  return result;
}

clock_target target_of(const granted_terms& terms) {
  if (terms.target) return {target_kind::duration, terms.target.us};
  if (is_set(terms.due)) return {target_kind::date, terms.due.us};
  return {target_kind::business_days, terms.business_days.value};
}

}  // namespace tocsin::inline v1
