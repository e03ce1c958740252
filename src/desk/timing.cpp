#include "timing.hpp"

namespace tocsin::inline v1 {

// A calendar that is not there is the one that is always open: publication let no other key through.
instant timed_move_due(const desk_state& state, const workflow_move& m, instant since) {
  const std::uint32_t number = state.words.find(word_kind::business_calendar, m.declared->calendar);
  const business_calendar* calendar = state.definitions.business_calendars.current(number);
  return calendar ? calendar->add(since, m.declared->after) : since + m.declared->after;
}

}  // namespace tocsin::inline v1
