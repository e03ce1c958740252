#include <tocsin/time/icalendar_holidays.hpp>

#include <algorithm>
#include <optional>
#include <set>

#include <tocsin/base/error.hpp>
#include <tocsin/base/utf8.hpp>
#include <tocsin/time/icalendar.hpp>

#include "yearly_recurrence.hpp"

namespace tocsin::inline v1 {
namespace {

using detail::yearly_recurrence;

constexpr int last_year = 2199;

// Why an event becomes no holiday.
struct skip {
  std::string why;
};

// One line without control characters, not too long for a name.
std::string as_name(std::string text) {
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  while (!text.empty() && text.back() == ' ') text.pop_back();
  while (count_code_points(text) > limits::name_length_max) {
    do {
      text.pop_back();
    } while (count_code_points(text) == invalid_utf8);
  }
  return is_one_line(text) ? text : std::string();
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; });
  return text;
}

// One all-day event.
class event {
 public:
  event(const icalendar_component& component, std::vector<std::string>& warnings, std::size_t& written_recurrences)
      : component_(component), warnings_(warnings), written_recurrences_(written_recurrences) {
    if (const auto* summary = component.find("SUMMARY")) name_ = as_name(icalendar_text(summary->value));
  }

  const std::string& name() const { return name_; }

  std::vector<holiday> holidays() {
    check_status();
    start_ = date_of_property("DTSTART");
    days_ = length();
    note_doubts();
    const auto excluded = dates_of("EXDATE");
    std::vector<holiday> result = recurring(excluded);
    for (const std::int64_t d : dates_of("RDATE")) {
      if (!excluded.contains(d)) result.push_back(on(civil_from_days(d)));
    }
    return result;
  }

 private:
  void check_status() const {
    const auto* state = component_.find("STATUS");
    if (state && lower(state->value) == "cancelled") throw skip{"it is cancelled"};
    if (component_.find("RECURRENCE-ID")) throw skip{"it changes a single occurrence of another event"};
    if (component_.find("EXRULE")) throw skip{"EXRULE is not understood"};
    const auto rules = std::ranges::count(component_.properties, "RRULE", &icalendar_property::name);
    if (rules > 1) throw skip{"it has more than one RRULE"};
  }

  civil_date date_of_property(std::string_view name) const {
    const auto* property = component_.find(name);
    if (!property) throw skip{"it has no " + std::string(name)};
    icalendar_time time;
    if (!read_icalendar_time(property->value, time)) {
      throw skip{std::string(name) +
                 " is no date from 1900 to 2199: " + std::string(first_code_points(property->value, 40))};
    }
    if (time.has_time) throw skip{"it has a time of day; holidays are all-day events"};
    return date_of(time.local);
  }

  // Of days: DTEND is the first day after the event.
  std::int64_t length() {
    std::int64_t days = 1;
    if (component_.find("DTEND")) {
      days = days_from_civil(date_of_property("DTEND")) - days_from_civil(start_);
    } else if (const auto* property = component_.find("DURATION")) {
      duration d;
      if (!read_icalendar_duration(property->value, d) || d.us % day.us != 0) throw skip{"its DURATION is no days"};
      days = d.us / day.us;
    }
    if (days == 0) {
      warnings_.emplace_back("it ends as it begins; taken for one day");
      days = 1;
    }
    if (days < 1) throw skip{"it ends before it begins"};
    if (days > static_cast<std::int64_t>(limits::holiday_days_max)) {
      throw skip{"it lasts more than " + std::to_string(limits::holiday_days_max) + " days"};
    }
    return days;
  }

  void note_doubts() {
    if (name_.empty()) warnings_.emplace_back("it has no name");
    for (const char* name : {"DESCRIPTION", "CATEGORIES"}) {
      const auto* property = component_.find(name);
      if (!property || lower(property->value).find("observance") == std::string::npos) continue;
      warnings_.emplace_back("the feed calls it an observance: maybe no day off");
      return;
    }
  }

  std::set<std::int64_t> dates_of(std::string_view name) {
    std::set<std::int64_t> dates;
    for (const icalendar_property& property : component_.properties) {
      if (property.name != name) continue;
      for (const std::string_view part : icalendar_list(property.value)) {
        icalendar_time time;
        if (read_icalendar_time(part, time)) {
          dates.insert(days_from_civil(date_of(time.local)));
        } else {
          warnings_.push_back(std::string(name) +
                              " is passed over, it is no date: " + std::string(first_code_points(part, 40)));
        }
      }
    }
    return dates;
  }

  holiday on(civil_date date) const {
    holiday h = unplaced();
    h.date = date;
    return h;
  }

  holiday unplaced() const {
    holiday h;
    h.name = name_;
    h.days = days_ == 1 ? 0 : days_;
    return h;
  }

  std::vector<holiday> recurring(const std::set<std::int64_t>& excluded) {
    const auto* property = component_.find("RRULE");
    if (!property) {
      if (excluded.contains(days_from_civil(start_))) return {};
      return {on(start_)};
    }
    yearly_recurrence rule;
    std::string why;
    if (!parse_yearly(property->value, rule, why)) throw skip{why};
    if (excluded.empty()) {
      if (auto as_rule = rule_of(rule)) return *std::move(as_rule);
    }
    if (++written_recurrences_ > limits::written_recurrences_max) {
      throw error(status::resource_exhausted, "icalendar.too_large",
                  "the iCalendar text has more recurrences that no rule can say than are written out (limit: " +
                      std::to_string(limits::written_recurrences_max) + ")");
    }
    std::vector<holiday> dates;
    for (const std::int64_t d : days_of(rule, start_)) {
      if (!excluded.contains(d)) dates.push_back(on(civil_from_days(d)));
    }
    return dates;
  }

  // The recurrence as a rule of a calendar, where it is one date a year that such a rule can say.
  std::optional<std::vector<holiday>> rule_of(const yearly_recurrence& rule) {
    if (rule.interval != 1 || rule.count != 0 || rule.months.size() > 1) return std::nullopt;
    holiday h = unplaced();
    h.month = rule.months.empty() ? std::int64_t{start_.month} : rule.months.front();
    if (rule.week_days.empty()) {
      if (rule.month_days.size() > 1 || (rule.months.empty() && !rule.month_days.empty())) return std::nullopt;
      h.day = rule.month_days.empty() ? std::int64_t{start_.day} : rule.month_days.front();
      if (h.day < 0) return std::nullopt;
    } else {
      const detail::nth_day d = rule.week_days.front();
      if (rule.week_days.size() > 1 || !rule.month_days.empty() || rule.months.empty()) return std::nullopt;
      if (d.nth == 0 || d.nth < -5 || d.nth > 5) return std::nullopt;
      h.nth = d.nth;
      h.week_day = d.day;
    }
    return with_validity(rule, h);
  }

  std::vector<holiday> with_validity(const yearly_recurrence& rule, holiday h) {
    const std::int64_t first = days_from_civil(start_);
    const auto in_first_year = days_in_year(rule, start_.year, start_);
    const bool begins_later = in_first_year.empty() || in_first_year.front() < first;
    h.from_year = start_.year + (begins_later ? 1 : 0);
    if (rule.until) {
      const int until_year = civil_from_days(*rule.until).year;
      const auto in_last_year = days_in_year(rule, until_year, start_);
      h.to_year = in_last_year.empty() || in_last_year.front() > *rule.until ? until_year - 1 : until_year;
    }
    std::vector<holiday> result;
    if (in_first_year.empty() || in_first_year.front() != first) {
      warnings_.emplace_back("its first date does not follow its own rule; both are listed");
      result.push_back(on(start_));
    }
    if (h.from_year <= last_year && (h.to_year == 0 || h.to_year >= h.from_year)) result.push_back(std::move(h));
    return result;
  }

  const icalendar_component& component_;
  std::vector<std::string>& warnings_;
  std::size_t& written_recurrences_;
  std::string name_;
  civil_date start_;
  std::int64_t days_ = 1;
};

class importer {
 public:
  imported_holidays run(std::string_view text) {
    for (const icalendar_component& calendar : read_icalendar(text)) {
      if (calendar.name != "VCALENDAR") {
        note(imported_.skipped, calendar.line, {}, calendar.name + " is no calendar");
        continue;
      }
      for (const icalendar_component& component : calendar.components) add(component);
    }
    return std::move(imported_);
  }

 private:
  static void note(std::vector<import_note>& to, std::size_t line, const std::string& summary, std::string what) {
    to.push_back({static_cast<std::int64_t>(line), summary, as_name(std::move(what))});
  }

  void add(const icalendar_component& component) {
    if (component.name == "VTIMEZONE") return;
    if (component.name != "VEVENT") {
      return note(imported_.skipped, component.line, {}, component.name + " is no event");
    }
    std::vector<std::string> warnings;
    event e(component, warnings, written_recurrences_);
    try {
      add(component, e.name(), e.holidays());
      for (std::string& w : warnings) note(imported_.warnings, component.line, e.name(), std::move(w));
    } catch (skip& s) {
      note(imported_.skipped, component.line, e.name(), std::move(s.why));
    }
  }

  void add(const icalendar_component& component, const std::string& name, std::vector<holiday> holidays) {
    if (holidays.empty()) throw skip{"every date of it is excluded"};
    std::size_t known = 0;
    for (holiday& h : holidays) {
      if (imported_.holidays.size() == limits::holidays_max) {
        throw error(status::resource_exhausted, "icalendar.too_large",
                    "the iCalendar text has more holidays than a calendar may (limit: " +
                        std::to_string(limits::holidays_max) + ")");
      }
      if (is_known(h)) {
        ++known;
      } else {
        imported_.holidays.push_back(std::move(h));
      }
    }
    if (known == holidays.size()) throw skip{"it is there already"};
    if (known != 0) note(imported_.warnings, component.line, name, "some of its dates are there already");
  }

  bool is_known(const holiday& h) {
    parts_of_holiday key;
    key.reserve(16);
    for (const std::int64_t part :
         {h.date.us, h.month, h.day, h.nth, static_cast<std::int64_t>(h.week_day), h.days, h.from_year, h.to_year}) {
      key.push_back(part);
    }
    return !met_.emplace(h.name, std::move(key)).second;
  }

  using parts_of_holiday = std::vector<std::int64_t>;

  imported_holidays imported_;
  std::size_t written_recurrences_ = 0;
  std::set<std::pair<std::string, parts_of_holiday>> met_;
};

}  // namespace

std::span<const field_row> import_note::fields() {
  static constexpr field_row rows[] = {
      row<&import_note::line>("line", "Line of the feed on which it begins"),
      row<&import_note::summary>("summary", "Name of the event", one_line),
      row<&import_note::note>("note", "What there is to say of it", one_line),
  };
  return rows;
}

std::span<const field_row> imported_holidays::fields() {
  using self = imported_holidays;
  static constexpr field_row rows[] = {
      row<&self::holidays>("holidays", "Dates and rules, as a calendar's definition has them", always,
                           max_length(limits::holidays_max)),
      row<&self::skipped>("skipped", "Events that became no holiday, and why", always,
                          max_length(limits::icalendar_properties_max)),
      row<&self::warnings>("warnings", "What to look at in those that did", always,
                           max_length(limits::icalendar_properties_max)),
  };
  return rows;
}

imported_holidays import_holidays(std::string_view icalendar) { return importer().run(icalendar); }

}  // namespace tocsin::inline v1
