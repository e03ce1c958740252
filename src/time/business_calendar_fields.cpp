// The tables of fields of a calendar's definition.
#include <tocsin/time/business_calendar.hpp>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(observed_on) {
  static constexpr std::string_view all[] = {"monday",   "tuesday",          "wednesday",
                                             "thursday", "friday",           "saturday",
                                             "sunday",   "next_working_day", "previous_working_day"};
  return all;
}

std::span<const std::string_view> choices(easter) {
  static constexpr std::string_view all[] = {"western", "orthodox"};
  return all;
}

std::span<const field_row> day_window::fields() {
  static constexpr field_row rows[] = {
      row<&day_window::start>("start", "When it opens, on the face of the clock", required),
      row<&day_window::end>("end", "When it closes; not after the start: on the next day", required),
  };
  return rows;
}

std::span<const field_row> weekly_window::fields() {
  static constexpr field_row rows[] = {
      row<&weekly_window::days>("days", "Days of the week on which it starts", required, max_length(7)),
      row<&weekly_window::start>("start", "When it opens, on the face of the clock", required),
      row<&weekly_window::end>("end", "When it closes; not after the start: on the next day, equal: after 24 hours",
                               required),
  };
  return rows;
}

std::span<const field_row> substitution::fields() {
  static constexpr field_row rows[] = {
      row<&substitution::falls_on>("falls_on", "If the holiday falls on this day of the week", required),
      row<&substitution::observed_on>("observed_on", "then it is kept on this one, the nearest of that name", required),
  };
  return rows;
}

std::span<const field_row> holiday::fields() {
  static constexpr field_row rows[] = {
      row<&holiday::name>("name", "Name as people know it", one_line),
      row<&holiday::date>("date", "One date"),
      row<&holiday::month>("month", "Month of the year", range{1, 12}),
      row<&holiday::day>("day", "Day of that month", range{1, 31}),
      row<&holiday::nth>("nth", "Which of those days of the week in that month; from its end: -1 is the last",
                         range{-5, 5}),
      row<&holiday::week_day>("week_day", "Day of the week that nth counts"),
      row<&holiday::easter>("easter", "Easter Sunday as this church has it"),
      row<&holiday::offset_days>("offset_days", "Days to go from the date that the rule says", range{-366, 366}),
      row<&holiday::days>("days", "How many days it lasts; none given: one",
                          range{1, static_cast<std::int64_t>(limits::holiday_days_max)}),
      row<&holiday::from_year>("from_year", "First year of validity", range{1900, 2199}),
      row<&holiday::to_year>("to_year", "Last year of validity", range{1900, 2199}),
      row<&holiday::substitutions>("substitutions", "Where it is kept if it falls on given days of the week",
                                   max_length(7)),
      row<&holiday::keep_date>("keep_date", "With substitutions: the date that it falls on is a holiday too"),
  };
  return rows;
}

std::span<const field_row> special_hours::fields() {
  static constexpr field_row rows[] = {
      row<&special_hours::date>("date", "The date", required),
      row<&special_hours::windows>("windows", "The windows that start on it, instead of the week's; none: closed",
                                   max_length(limits::windows_per_date_max)),
  };
  return rows;
}

std::span<const field_row> calendar_break::fields() {
  static constexpr field_row rows[] = {
      row<&calendar_break::date>("date", "The date", required),
      row<&calendar_break::start>("start", "When it begins", required),
      row<&calendar_break::end>("end", "When it ends, on the same date", required),
  };
  return rows;
}

std::span<const field_row> business_calendar_definition::fields() {
  using self = business_calendar_definition;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key by which documents name the calendar", required, one_line,
                      max_length(limits::key_length_max)),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::zone>("zone", "Time zone of its clocks, an IANA name; combinations may have their first part's",
                       one_line),
      row<&self::always_open>("always_open", "Open at every instant"),
      row<&self::weekly>("weekly", "Windows of each week", max_length(limits::weekly_windows_max)),
      row<&self::holidays>("holidays", "Dates, and rules for dates, that are closed from 00:00 to 24:00",
                           max_length(limits::holidays_max)),
      row<&self::open_dates>("open_dates", "Dates taken out of the holidays", max_length(limits::calendar_dates_max)),
      row<&self::special_hours>("special_hours", "Dates with windows of their own",
                                max_length(limits::calendar_dates_max)),
      row<&self::breaks>("breaks", "What is cut out of single dates", max_length(limits::calendar_dates_max)),
      row<&self::intersection>("intersection", "Keys of calendars: open when all of them are",
                               max_length(limits::combined_calendars_max)),
      row<&self::union_of>("union", "Keys of calendars: open when any of them is",
                           max_length(limits::combined_calendars_max)),
  };
  return rows;
}

}  // namespace tocsin::inline v1
