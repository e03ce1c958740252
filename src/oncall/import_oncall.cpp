#include <tocsin/oncall/oncall_calendar.hpp>
#include <tocsin/time/icalendar.hpp>

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include <tocsin/base/error.hpp>
#include <tocsin/base/limits.hpp>

#include "recurrence.hpp"

namespace tocsin::inline v1 {
namespace {

using detail::recurrence;

std::string line_text(const icalendar_property& p) { return "line " + std::to_string(p.line); }

// How long each occurrence lasts: by the local clock, or in real time.
struct length {
  duration span;
  bool real_time = false;
};

class importer {
 public:
  importer(std::string_view schedule_key, const zone& floating, instant from, instant until, const zone_data& zones)
      : schedule_(schedule_key), floating_(floating), from_(from), until_(until), zones_(zones) {}

  void read(const std::vector<icalendar_component>& components) {
    for (const icalendar_component& c : components) each_event(c, [&](const auto& event) { note_moved(event); });
    for (const icalendar_component& c : components) each_event(c, [&](const auto& event) { read_event(event); });
  }

  imported_oncall take() {
    std::ranges::stable_sort(result_.overrides, [](const schedule_override& a, const schedule_override& b) {
      return std::tie(a.from, a.people, a.until) < std::tie(b.from, b.people, b.until);
    });
    return std::move(result_);
  }

 private:
  template <class Visit>
  static void each_event(const icalendar_component& c, const Visit& visit) {
    if (c.name == "VEVENT") return visit(c);
    for (const icalendar_component& inner : c.components) each_event(inner, visit);
  }

  // An event with RECURRENCE-ID stands for that occurrence of the event with its UID.
  void note_moved(const icalendar_component& event) {
    const icalendar_property* uid = event.find("UID");
    const icalendar_property* id = event.find("RECURRENCE-ID");
    if (uid && id) moved_.emplace(uid->value, instant_of(*id, id->value));
  }

  void read_event(const icalendar_component& event) {
    const auto skip = [&](const char* why) { result_.skipped.push_back({event.line, why}); };
    const icalendar_property* state = event.find("STATUS");
    if (state && state->value == "CANCELLED") return skip("it is cancelled");
    const icalendar_property* start = event.find("DTSTART");
    if (!start) return skip("it has no DTSTART");
    const std::vector<std::string> people = people_of(event);
    if (people.empty()) return skip("it names nobody");
    const length lasts = length_of(event, *start);
    if (lasts.span.us <= 0) return skip("it takes no time");
    list(event, *start, lasts, people);
  }

  static std::vector<std::string> people_of(const icalendar_component& event) {
    const icalendar_property* said = event.find("X-TOCSIN-PERSON");
    if (!said) said = event.find("SUMMARY");
    std::vector<std::string> people;
    if (!said) return people;
    for (const std::string& part : icalendar_text_list(said->value)) {
      const std::size_t begin = part.find_first_not_of(" \t\n");
      if (begin == std::string::npos) continue;
      std::string key = part.substr(begin, part.find_last_not_of(" \t\n") - begin + 1);
      if (std::ranges::count(people, key) == 0) people.push_back(std::move(key));
    }
    return people;
  }

  icalendar_time time_of(const icalendar_property& p, std::string_view value) const {
    icalendar_time time;
    if (!read_icalendar_time(value, time)) {
      throw error(
          status::invalid_argument, "icalendar.malformed",
          line_text(p) + ": found \"" + std::string(value) + "\", allowed a date or date-time from 1900 to 2199");
    }
    return time;
  }

  zone zone_of(const icalendar_property& p, bool utc) const {
    if (utc) return zones_.get("UTC");
    const std::string_view name = p.parameter("TZID");
    if (name.empty()) return floating_;
    if (const auto found = zones_.find(name)) return *found;
    throw error(status::invalid_argument, "icalendar.unknown_zone",
                line_text(p) + ": found the zone \"" + std::string(name) + "\", allowed are IANA names");
  }

  instant instant_of(const icalendar_property& p, std::string_view value) const {
    const icalendar_time time = time_of(p, value);
    return zone_of(p, time.utc).from_local(time.local).first;
  }

  length length_of(const icalendar_component& event, const icalendar_property& start) const {
    const icalendar_time first = time_of(start, start.value);
    const zone where = zone_of(start, first.utc);
    if (const icalendar_property* end = event.find("DTEND")) {
      const instant ends = instant_of(*end, end->value);
      return {where.to_local(ends) - first.local};
    }
    if (const icalendar_property* lasts = event.find("DURATION")) {
      length result{{}, true};
      if (read_icalendar_duration(lasts->value, result.span)) return result;
      throw error(status::invalid_argument, "icalendar.malformed",
                  line_text(*lasts) + ": found \"" + lasts->value + "\", allowed a duration");
    }
    return {first.has_time ? duration{} : day};
  }

  void list(const icalendar_component& event, const icalendar_property& start, length lasts,
            const std::vector<std::string>& people) {
    const icalendar_time first = time_of(start, start.value);
    const zone where = zone_of(start, first.utc);
    const icalendar_property* rule = event.find("RRULE");
    const icalendar_property* uid = event.find("UID");
    const bool is_moved = event.find("RECURRENCE-ID") != nullptr;
    const recurrence repeats = rule && !is_moved ? detail::read_recurrence(*rule) : recurrence{};
    const std::set<instant> left_out = instants_of(event, "EXDATE");
    const auto put = [&](local_time local, instant until) {
      const instant begins = where.from_local(local).first;
      if (begins >= until) return false;
      const bool elsewhere = uid && !is_moved && moved_.contains({uid->value, begins});
      if (elsewhere || left_out.contains(begins)) return true;
      add(begins, lasts.real_time ? begins + lasts.span : where.from_local(local + lasts.span).first, people);
      return true;
    };
    const instant end_of_rule = repeats.has_until ? std::min(end_of(repeats, where) + microsecond, until_) : until_;
    const local_time begin = where.to_local(from_) - lasts.span - 2 * day;
    days_seen_ +=
        detail::list_starts(repeats, first.local, begin, [&](local_time local) { return put(local, end_of_rule); });
    if (days_seen_ > limits::oncall_days_max) {
      throw error(status::resource_exhausted, "oncall.too_many",
                  "the rules go over more than " + std::to_string(limits::oncall_days_max) + " days in all");
    }
    for (const instant more : instants_of(event, "RDATE")) put(where.to_local(more), until_);
  }

  // UNTIL may be a date: it is meant to its end.
  static instant end_of(const recurrence& repeats, const zone& where) {
    if (repeats.until.utc) return {repeats.until.local.us};
    const duration whole_day = repeats.until.has_time ? duration{} : day - microsecond;
    return where.from_local(repeats.until.local + whole_day).first;
  }

  std::set<instant> instants_of(const icalendar_component& event, std::string_view name) const {
    std::set<instant> result;
    for (const icalendar_property& p : event.properties) {
      if (p.name != name) continue;
      for (const std::string_view value : icalendar_list(p.value)) result.insert(instant_of(p, value));
    }
    return result;
  }

  void add(instant begins, instant ends, const std::vector<std::string>& people) {
    if (ends <= from_ || ends <= begins) return;
    if (result_.overrides.size() == limits::oncall_events_max) {
      throw error(status::resource_exhausted, "oncall.too_many",
                  "there are more than " + std::to_string(limits::oncall_events_max) + " occurrences in the window");
    }
    result_.overrides.push_back(
        {.schedule = schedule_, .kind = override_kind::add, .people = people, .from = begins, .until = ends});
  }

  std::string schedule_;
  zone floating_;
  instant from_;
  instant until_;
  const zone_data& zones_;
  std::set<std::pair<std::string, instant>> moved_;  // UID, and the occurrence that another event stands for
  std::int64_t days_seen_ = 0;
  imported_oncall result_;
};

}  // namespace

imported_oncall import_oncall(std::string_view text, std::string_view schedule_key, const zone& floating, instant from,
                              instant until, const zone_data& zones) {
  importer reader(schedule_key, floating, from, until, zones);
  reader.read(read_icalendar(text));
  return reader.take();
}

}  // namespace tocsin::inline v1
