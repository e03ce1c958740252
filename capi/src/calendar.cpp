#include "boundary.hpp"

#include <tocsin/base/json.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/calendar_book.hpp>
#include <tocsin/time/calendar_question.hpp>
#include <tocsin/time/icalendar_holidays.hpp>

#include <algorithm>
#include <vector>

using tocsin::business_calendar;
using tocsin::duration;
using tocsin::instant;
using tocsin::capi::demand;
using tocsin::capi::give;
using tocsin::capi::guard;
using tocsin::capi::text_in;

struct tocsin_calendar {
  business_calendar calendar;
};

namespace {

tocsin::business_calendar_definition definition_in(std::string_view json) {
  tocsin::business_calendar_definition definition;
  tocsin::read_object(json, tocsin::business_calendar_definition::fields(), &definition, {}, "a business calendar");
  return definition;
}

std::vector<tocsin::business_calendar_definition> definitions_in(std::string_view json) {
  std::vector<tocsin::business_calendar_definition> definitions;
  if (json.empty()) return definitions;
  for (const std::string_view item : tocsin::split_array(json)) definitions.push_back(definition_in(item));
  return definitions;
}

// One question after the other; a failure leaves no answers, since half a batch is none.
template <class Ask>
tocsin_status each(const tocsin_calendar* calendar, int64_t* out, size_t count, tocsin_error** error,
                   Ask ask) noexcept {
  const tocsin_status status = guard(error, [&] {
    const business_calendar& c = demand(calendar, "calendar").calendar;
    if (count != 0) demand(out, "out");
    for (size_t i = 0; i < count; ++i) out[i] = ask(c, i);
  });
  if (status != TOCSIN_OK && out) std::fill_n(out, count, 0);
  return status;
}

template <class T>
const T& item(const T* items, size_t i, const char* what) {
  return (&demand(items, what))[i];
}

}  // namespace

extern "C" {

tocsin_status tocsin_calendar_new(const char* definition, size_t definition_size, const char* others,
                                  size_t others_size, tocsin_calendar** calendar_out, tocsin_error** error) {
  return guard(error, [&] {
    demand(calendar_out, "calendar_out") = nullptr;
    const auto combined = definitions_in(others ? text_in(others, others_size, "others") : std::string_view());
    const auto own = definition_in(text_in(definition, definition_size, "definition"));
    *calendar_out = new tocsin_calendar{tocsin::compile_with(own, combined)};
  });
}

void tocsin_calendar_free(tocsin_calendar* calendar) { delete calendar; }

tocsin_status tocsin_calendar_elapsed(const tocsin_calendar* calendar, const int64_t* from_us, const int64_t* to_us,
                                      int64_t* elapsed_us_out, size_t count, tocsin_error** error) {
  return each(calendar, elapsed_us_out, count, error, [&](const business_calendar& c, size_t i) {
    return c.elapsed(instant{item(from_us, i, "from_us")}, instant{item(to_us, i, "to_us")}).us;
  });
}

tocsin_status tocsin_calendar_add(const tocsin_calendar* calendar, const int64_t* at_us, const int64_t* duration_us,
                                  int64_t* instant_us_out, size_t count, tocsin_error** error) {
  return each(calendar, instant_us_out, count, error, [&](const business_calendar& c, size_t i) {
    return c.add(instant{item(at_us, i, "at_us")}, duration{item(duration_us, i, "duration_us")}).us;
  });
}

tocsin_status tocsin_calendar_subtract(const tocsin_calendar* calendar, const int64_t* at_us,
                                       const int64_t* duration_us, int64_t* instant_us_out, size_t count,
                                       tocsin_error** error) {
  return each(calendar, instant_us_out, count, error, [&](const business_calendar& c, size_t i) {
    return c.subtract(instant{item(at_us, i, "at_us")}, duration{item(duration_us, i, "duration_us")}).us;
  });
}

tocsin_status tocsin_calendar_next_open(const tocsin_calendar* calendar, const int64_t* at_us, int64_t* instant_us_out,
                                        size_t count, tocsin_error** error) {
  return each(calendar, instant_us_out, count, error,
              [&](const business_calendar& c, size_t i) { return c.next_open(instant{item(at_us, i, "at_us")}).us; });
}

tocsin_status tocsin_calendar_next_close(const tocsin_calendar* calendar, const int64_t* at_us, int64_t* instant_us_out,
                                         size_t count, tocsin_error** error) {
  return each(calendar, instant_us_out, count, error,
              [&](const business_calendar& c, size_t i) { return c.next_close(instant{item(at_us, i, "at_us")}).us; });
}

tocsin_status tocsin_calendar_previous_close(const tocsin_calendar* calendar, const int64_t* at_us,
                                             int64_t* instant_us_out, size_t count, tocsin_error** error) {
  return each(calendar, instant_us_out, count, error, [&](const business_calendar& c, size_t i) {
    return c.previous_close(instant{item(at_us, i, "at_us")}).us;
  });
}

tocsin_status tocsin_calendar_add_business_days(const tocsin_calendar* calendar, const int64_t* at_us,
                                                const int64_t* days, int64_t* instant_us_out, size_t count,
                                                tocsin_error** error) {
  return each(calendar, instant_us_out, count, error, [&](const business_calendar& c, size_t i) {
    return c.add_business_days(instant{item(at_us, i, "at_us")}, item(days, i, "days")).us;
  });
}

tocsin_status tocsin_calendar_end_of_business_day(const tocsin_calendar* calendar, const int64_t* at_us,
                                                  const int64_t* days, int64_t* instant_us_out, size_t count,
                                                  tocsin_error** error) {
  return each(calendar, instant_us_out, count, error, [&](const business_calendar& c, size_t i) {
    return c.end_of_business_day(instant{item(at_us, i, "at_us")}, item(days, i, "days")).us;
  });
}

tocsin_status tocsin_calendar_ask(const tocsin_calendar* calendar, const char* question, size_t question_size,
                                  tocsin_buf* answer_out, tocsin_error** error) {
  tocsin_buf_dispose(answer_out);
  return guard(error, [&] {
    const business_calendar& c = demand(calendar, "calendar").calendar;
    give(&demand(answer_out, "answer_out"), tocsin::answer_question(c, text_in(question, question_size, "question")));
  });
}

tocsin_status tocsin_import_holidays(const char* icalendar, size_t icalendar_size, tocsin_buf* holidays_out,
                                     tocsin_error** error) {
  tocsin_buf_dispose(holidays_out);
  return guard(error, [&] {
    demand(holidays_out, "holidays_out");
    const auto imported = tocsin::import_holidays(text_in(icalendar, icalendar_size, "icalendar"));
    tocsin::json_writer to;
    to.begin_object();
    tocsin::write_members(to, imported, {});
    to.end_object();
    give(holidays_out, to.str());
  });
}

}  // extern "C"
