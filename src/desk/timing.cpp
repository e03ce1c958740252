#include "timing.hpp"

namespace tocsin::inline v1 {
namespace {

// A calendar that is not there is the one that is always open: publication let no other key through.
const business_calendar& calendar_at(const desk_state& state, std::uint32_t number) {
  const business_calendar* calendar = state.definitions.of<business_calendar>().current(number);
  return calendar ? *calendar : business_calendar::always();
}

const business_calendar& calendar_named(const desk_state& state, std::string_view key) {
  return calendar_at(state, state.words.find(word_kind::business_calendar, key));
}

instant set_or_none(instant t) { return t == never ? no_instant : t; }

}  // namespace

instant timed_move_due(const desk_state& state, const workflow_move& m, instant since) {
  return calendar_named(state, m.declared->calendar).add(since, m.declared->after);
}

instant silence_ends(const desk_state& state, const workflow_graph& workflow, instant since) {
  const tocsin::workflow& w = workflow.definition();
  if (w.auto_close_business_days == 0) {
    return w.auto_close_after.us == 0 ? no_instant : since + w.auto_close_after;
  }
  return set_or_none(
      calendar_named(state, w.auto_close_calendar).end_of_business_day(since, w.auto_close_business_days));
}

instant task_due(const desk_state& state, duration in, optional_integer business_days, business_calendar_ref calendar,
                 instant now) {
  const business_calendar& by = calendar_at(state, calendar.index);
  return set_or_none(business_days ? by.end_of_business_day(now, business_days.value) : by.add(now, in));
}

}  // namespace tocsin::inline v1
