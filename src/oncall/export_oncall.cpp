#include <tocsin/oncall/oncall_calendar.hpp>
#include <tocsin/time/icalendar.hpp>

#include <algorithm>

#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

std::string basic_form(instant t) {
  std::string text{std::string_view{to_rfc3339(t)}};
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

}  // namespace

std::string export_shifts(std::span<const oncall_shift> shifts, std::span<const exported_person> people,
                          std::string_view schedule_key, std::string_view title) {
  icalendar_writer to;
  to.begin("VCALENDAR");
  to.property("VERSION", "2.0");
  to.property("PRODID", "-//Tocsin//On-call//EN");
  to.text("X-WR-CALNAME", title);
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    const oncall_shift& shift = shifts[i];
    const exported_person& who = people[i];
    to.begin("VEVENT");
    to.text("UID", std::string(schedule_key) + "/" + who.key + "/" + basic_form(shift.from) + "@tocsin");
    to.utc_time("DTSTAMP", shift.from);
    to.utc_time("DTSTART", shift.from);
    to.utc_time("DTEND", shift.until);
    to.text("SUMMARY", (who.name.empty() ? who.key : who.name) + (shift.shadow ? " (shadow)" : ""));
    to.text("X-TOCSIN-PERSON", who.key);
    to.end("VEVENT");
  }
  to.end("VCALENDAR");
  return to.str();
}

}  // namespace tocsin::inline v1
