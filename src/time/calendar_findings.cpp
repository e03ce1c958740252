#include "calendar_findings.hpp"

#include <algorithm>
#include <set>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>

#include "holiday_dates.hpp"

namespace tocsin::inline v1 {
namespace detail {
namespace {

std::string shown(wall_time time) {
  char text[text_form::size_max];
  return {text, text_form_of(time).write(time.us, text)};
}

std::string shown(local_date date) {
  char text[text_form::size_max];
  return {text, text_form_of(date).write(date.us, text)};
}

class examiner {
 public:
  examiner(const business_calendar_definition& definition, const zone_data& zones)
      : definition_(definition), zones_(zones) {}

  std::vector<calendar_finding> run() {
    check_key();
    check_zone();
    check_kind();
    for (std::size_t i = 0; i < definition_.weekly.size(); ++i) check(definition_.weekly[i], at("weekly", i));
    for (std::size_t i = 0; i < definition_.holidays.size(); ++i) check(definition_.holidays[i], at("holidays", i));
    for (std::size_t i = 0; i < definition_.open_dates.size(); ++i) {
      check_date(definition_.open_dates[i], at("open_dates", i));
    }
    check_special_hours();
    for (std::size_t i = 0; i < definition_.breaks.size(); ++i) check(definition_.breaks[i], at("breaks", i));
    check_parts(definition_.intersection, "/intersection");
    check_parts(definition_.union_of, "/union");
    return std::move(findings_);
  }

 private:
  static std::string at(const char* list, std::size_t i) { return '/' + std::string(list) + '/' + std::to_string(i); }

  void add(std::string path, refused_value found, allowed_values allowed) {
    findings_.push_back({std::move(path), std::move(found), std::move(allowed)});
  }

  bool combines() const { return !definition_.intersection.empty() || !definition_.union_of.empty(); }

  bool has_hours() const {
    const auto& d = definition_;
    return !d.weekly.empty() || !d.holidays.empty() || !d.open_dates.empty() || !d.special_hours.empty() ||
           !d.breaks.empty();
  }

  void check_key() {
    if (definition_.key == always_key && !definition_.always_open) {
      add("/key", refused_value::text(definition_.key), "another key: that one is always open");
    }
  }

  void check_zone() {
    const std::string& name = definition_.zone;
    if (name.empty()) {
      if (!combines() && !definition_.always_open) add("/zone", "nothing", "the IANA name of a time zone (required)");
    } else if (!zones_.find(name)) {
      add("/zone", refused_value::text(name), "a time zone of zone data " + std::string(zones_.version()));
    }
  }

  void check_kind() {
    if (definition_.always_open && has_hours()) add("/always_open", "true beside hours or holidays", "either");
    if (definition_.always_open && combines()) add("/always_open", "true beside other calendars", "either");
    if (combines() && has_hours()) {
      add(definition_.intersection.empty() ? "/union" : "/intersection", "other calendars beside own hours or holidays",
          "either; the own hours may be a calendar of their own");
    }
    if (!definition_.intersection.empty() && !definition_.union_of.empty()) {
      add("/union", "a union beside an intersection", "either; one may be a calendar of its own");
    }
  }

  // Documents have passed the text form; structs have not.
  void check_time(wall_time time, const std::string& path) {
    if (time.us < 0 || time > end_of_day || time.us % second.us != 0) {
      add(path, std::to_string(time.us) + " microseconds", std::string(text_form_of(time).what));
    }
  }

  void check_date(local_date date, const std::string& path) {
    if (!is_acceptable(instant{date.us}) || date.us % day.us != 0) {
      add(path, std::to_string(date.us) + " microseconds", std::string(text_form_of(date).what));
    }
  }

  void check_window(wall_time start, wall_time end, const std::string& path) {
    check_time(start, path + "/start");
    check_time(end, path + "/end");
    if (start == end_of_day) add(path + "/start", refused_value::text(shown(start)), "a time before 24:00");
  }

  void check(const weekly_window& w, const std::string& path) {
    check_window(w.start, w.end, path);
    std::set<week_day> met;
    for (std::size_t i = 0; i < w.days.size(); ++i) {
      if (w.days[i] == week_day::unset) add(path + "/days/" + std::to_string(i), "nothing", "a day of the week");
      if (!met.insert(w.days[i]).second) add(path + "/days/" + std::to_string(i), "a day twice", "each day once");
    }
  }

  void check_special_hours() {
    std::set<local_date> met;
    for (std::size_t i = 0; i < definition_.special_hours.size(); ++i) {
      const special_hours& s = definition_.special_hours[i];
      const std::string path = at("special_hours", i);
      check_date(s.date, path + "/date");
      if (!met.insert(s.date).second) add(path + "/date", shown(s.date) + " twice", "each date once");
      for (std::size_t w = 0; w < s.windows.size(); ++w) {
        check_window(s.windows[w].start, s.windows[w].end, path + "/windows/" + std::to_string(w));
      }
    }
  }

  void check(const calendar_break& b, const std::string& path) {
    check_date(b.date, path + "/date");
    check_time(b.start, path + "/start");
    check_time(b.end, path + "/end");
    if (b.end <= b.start)
      add(path + "/end", refused_value::text(shown(b.end)), "a time after " + shown(b.start) + ": within its date");
  }

  void check(const holiday& h, const std::string& path) {
    const holiday_form form = form_of(h);
    if (form == holiday_form::none || form == holiday_form::several) {
      add(path, form == holiday_form::none ? "no date" : "more than one date",
          "one of: date; month and day; month, nth and week_day; easter");
      return;
    }
    check_parts_of(h, form, path);
    check_validity(h, form, path);
    check_substitutions(h, path);
  }

  void check_parts_of(const holiday& h, holiday_form form, const std::string& path) {
    if (form == holiday_form::date) check_date(h.date, path + "/date");
    const bool needs_month = form == holiday_form::month_day || form == holiday_form::nth_week_day;
    if (needs_month && h.month == 0) add(path + "/month", "nothing", "1 to 12 (required beside day or nth)");
    if (!needs_month && h.month != 0) add(path + "/month", "a month", "only beside day or nth");
    if (form == holiday_form::nth_week_day) {
      if (h.nth == 0) add(path + "/nth", "nothing", "1 to 5, or -1 to -5 from the end of the month");
      if (h.week_day == week_day::unset) add(path + "/week_day", "nothing", "a day of the week (required beside nth)");
    }
    constexpr int leap_year = 2024;
    if (form == holiday_form::month_day && h.month != 0) {
      const auto length = static_cast<std::int64_t>(days_in_month(leap_year, static_cast<unsigned>(h.month)));
      if (h.day > length)
        add(path + "/day", refused_value::integer(h.day), "1 to " + std::to_string(length) + " in that month");
    }
  }

  void check_validity(const holiday& h, holiday_form form, const std::string& path) {
    if (form == holiday_form::date && (h.from_year != 0 || h.to_year != 0)) {
      add(path, "years of validity", "none beside a date, which has its year");
    }
    if (h.from_year != 0 && h.to_year != 0 && h.to_year < h.from_year) {
      add(path + "/to_year", refused_value::integer(h.to_year), "a year from " + std::to_string(h.from_year) + " on");
    }
  }

  void check_substitutions(const holiday& h, const std::string& path) {
    if (!h.substitutions.empty() && h.days > 1) {
      add(path + "/days", refused_value::integer(h.days), "1 beside substitutions");
    }
    if (h.keep_date && h.substitutions.empty())
      add(path + "/keep_date", refused_value::json("true"), "only beside substitutions");
    std::set<week_day> met;
    for (std::size_t i = 0; i < h.substitutions.size(); ++i) {
      const substitution& s = h.substitutions[i];
      const std::string where = path + "/substitutions/" + std::to_string(i);
      if (!met.insert(s.falls_on).second) add(where + "/falls_on", "a day twice", "each day once");
      if (static_cast<int>(s.falls_on) == static_cast<int>(s.observed_on)) {
        add(where + "/observed_on", "the day that it falls on", "another one");
      }
    }
  }

  void check_parts(const std::vector<std::string>& keys, const std::string& path) {
    std::set<std::string> met;
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const std::string where = path + '/' + std::to_string(i);
      if (keys[i].empty()) add(where, "nothing", "the key of a calendar");
      if (keys[i] == definition_.key) add(where, "the calendar itself", "the key of another calendar");
      if (!met.insert(keys[i]).second) add(where, quoted(keys[i]) + " twice", "each calendar once");
    }
  }

  const business_calendar_definition& definition_;
  const zone_data& zones_;
  std::vector<calendar_finding> findings_;
};

}  // namespace

std::vector<calendar_finding> findings_of(const business_calendar_definition& definition, const zone_data& zones) {
  return examiner(definition, zones).run();
}

}  // namespace detail

std::vector<std::string> lint(const business_calendar_definition& definition, const zone_data& zones) {
  std::vector<std::string> lines;
  try {
    check_fields(business_calendar_definition::fields(), &definition, {}, nullptr, "business_calendar");
    for (const detail::calendar_finding& f : detail::findings_of(definition, zones)) {
      lines.push_back(f.path + ": found " + f.found.shown + ", allowed " + f.allowed.words);
    }
  } catch (const error& e) {
    lines.emplace_back(e.what());
  }
  return lines;
}

}  // namespace tocsin::inline v1
