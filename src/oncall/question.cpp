#include <tocsin/oncall/document.hpp>

#include <algorithm>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/oncall/duty_calendar.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

using q = duty_question;

constexpr field_row schedule_row =
    row<&q::schedule>("schedule", "Key of a schedule", one_line, max_length(limits::key_length_max));
constexpr field_row rotation_row =
    row<&q::rotation>("rotation", "Key of a rotation", one_line, max_length(limits::key_length_max));
constexpr field_row person_row =
    row<&q::person>("person", "Key of a person; none: everybody", one_line, max_length(limits::key_length_max));
constexpr field_row at_row = row<&q::at>("at", "When", required);
constexpr field_row from_row = row<&q::from>("from", "Beginning of the window", required);
constexpr field_row until_row = row<&q::until>("until", "End of the window, not in it", required);
constexpr field_row shadows_row = row<&q::shadows>("shadows", "Shadows too");

std::span<const field_row> who_fields() {
  static constexpr field_row rows[] = {schedule_row, rotation_row, at_row};
  return rows;
}

std::span<const field_row> shifts_fields() {
  static constexpr field_row rows[] = {schedule_row, rotation_row, person_row, from_row, until_row, shadows_row};
  return rows;
}

std::span<const field_row> hand_offs_fields() {
  static constexpr field_row rows[] = {
      row<&q::rotation>("rotation", "Key of a rotation", required, one_line, max_length(limits::key_length_max)),
      from_row, row<&q::to>("to", "End of the window, in it", required)};
  return rows;
}

std::span<const field_row> gaps_fields() {
  static constexpr field_row rows[] = {schedule_row, rotation_row, from_row, until_row};
  return rows;
}

std::span<const field_row> fairness_fields() {
  static constexpr field_row rows[] = {
      schedule_row, rotation_row, from_row, until_row,
      row<&q::zone>("zone", "Whose clock says what is night and weekend; none: the schedule's", one_line)};
  return rows;
}

std::span<const field_row> changes_fields() {
  static constexpr field_row rows[] = {schedule_row, rotation_row, from_row, until_row,
                                       row<&q::proposed>("proposed", "Definitions that are to be compared with",
                                                         required, max_length(limits::proposed_max))};
  return rows;
}

std::span<const field_row> attempts_fields() {
  static constexpr field_row rows[] = {
      row<&q::person>("person", "Key of the person", required, one_line, max_length(limits::key_length_max)),
      row<&q::at>("at", "When the page reached the person", required),
      row<&q::urgency>("urgency", "Urgency of the page", required), row<&q::severity>("severity", "Its severity")};
  return rows;
}

std::span<const field_row> swaps_fields() {
  static constexpr field_row rows[] = {at_row};
  return rows;
}

constexpr tagged_type asked_types[] = {
    {"who", who_fields},       {"shifts", shifts_fields},     {"hand_offs", hand_offs_fields},
    {"gaps", gaps_fields},     {"fairness", fairness_fields}, {"changes", changes_fields},
    {"export", shifts_fields}, {"attempts", attempts_fields}, {"swaps", swaps_fields},
};
constexpr std::size_t first_without_subject = 7;

[[noreturn]] void refuse(const std::string& path, const std::string& found, const std::string& allowed,
                         status code = status::invalid_argument, const std::string& reason = "oncall.refused") {
  json_writer to;
  to.begin_object();
  to.member("path", path);
  to.member("found", found);
  to.member("allowed", allowed);
  to.end_object();
  throw error(code, reason, path + ": found " + found + ", allowed " + allowed, to.take());
}

[[noreturn]] void refuse_unknown(const std::string& kind, const std::string& key) {
  refuse("/" + kind, '"' + key + '"', "a " + kind + " that is defined", status::not_found, "roster.unknown_" + kind);
}

void write_instant(json_writer& to, std::string_view name, instant t) {
  to.member(name, t == never ? std::string_view("never") : std::string_view(to_rfc3339(t)));
}

std::int64_t seconds(duration d) { return floor_div(d.us, second.us); }

template <class T>
std::vector<dated<T>> versions_of(const std::vector<dated<T>>& all, const std::string& key) {
  std::vector<dated<T>> result;
  std::ranges::copy_if(all, std::back_inserter(result), [&](const auto& one) { return one.definition.key == key; });
  std::ranges::stable_sort(result, {}, &dated<T>::from);
  return result;
}

// A rotation alone is a schedule of one layer.
duty_book book_of_rotation(const duty_book& all, const std::string& key, const std::string& schedule_key) {
  duty_book book{.rotations = all.rotations, .absences = all.absences};
  const std::vector<dated<rotation>> versions = versions_of(all.rotations, key);
  if (versions.empty()) refuse_unknown("rotation", key);
  schedule alone{.key = schedule_key, .zone = versions.front().definition.zone, .layers = {{.rotation = key}}};
  book.schedules.push_back({no_instant, std::move(alone)});
  return book;
}

}  // namespace

std::span<const duty_session::operation> duty_session::operations() {
  static constexpr operation all[] = {&duty_session::who,
                                      &duty_session::list_shifts,
                                      &duty_session::list_hand_offs,
                                      &duty_session::list_gaps,
                                      &duty_session::share,
                                      &duty_session::compare,
                                      &duty_session::export_calendar,
                                      &duty_session::list_attempts,
                                      &duty_session::list_swaps};
  static_assert(std::size(all) == std::size(asked_types));
  return all;
}

std::string duty_session::ask(std::string_view line) {
  static const tagged_form form{"a question", "operation", {}, asked_types};
  duty_question asked;
  std::size_t type = 0;
  read_tagged(line, form, nullptr,
              [&](std::size_t of_type) {
                type = of_type;
                return static_cast<void*>(&asked);
              },
              {});
  check_fields(asked_types[type].fields(), &asked);
  if (type < first_without_subject && asked.schedule.empty() == asked.rotation.empty()) {
    refuse("/schedule", asked.schedule.empty() ? "neither it nor \"rotation\"" : "both it and \"rotation\"",
           "one of the two");
  }
  return (this->*operations()[type])(asked);
}

const roster& duty_session::roster_of(const duty_question& asked) {
  const bool alone = asked.schedule.empty();
  // Keys are one line of text, so that this one is no schedule's.
  const std::string key = alone ? "\n" + asked.rotation : asked.schedule;
  if (const auto known = rosters_.find(key); known != rosters_.end()) return known->second;
  if (!alone && versions_of(book_.schedules, key).empty()) refuse_unknown("schedule", key);
  book_.overrides.clear();
  for (const accepted_overrides& one : accepted_) {
    book_.overrides.insert(book_.overrides.end(), one.overrides.begin(), one.overrides.end());
  }
  if (!alone) return rosters_.emplace(key, roster(book_, key, words_, *zones_)).first->second;
  return rosters_.emplace(key, roster(book_of_rotation(book_, asked.rotation, key), key, words_, *zones_))
      .first->second;
}

const roster& duty_session::schedule_roster(const std::string& key) {
  duty_question asked;
  asked.schedule = key;
  return roster_of(asked);
}

const contact_profile* duty_session::contact_of(const std::string& person_key) const {
  const auto found = contacts_.find(person_key);
  return found == contacts_.end() ? nullptr : &found->second;
}

person_ref duty_session::person_of(const std::string& key) {
  return key.empty() ? person_ref{} : person_ref{words_.add(word_kind::person, key)};
}

std::string duty_session::key_of(person_ref one) const {
  return std::string(words_.word(word_kind::person, one.index));
}

void duty_session::write_people(json_writer& to, std::string_view name, std::span<const person_ref> people) const {
  to.key(name);
  to.begin_array();
  for (const person_ref one : people) to.text(key_of(one));
  to.end_array();
}

std::vector<duty_shift> duty_session::shifts_of(const duty_question& asked) {
  std::vector<duty_shift> result = shifts(roster_of(asked), asked.from, asked.until, asked.shadows);
  if (!asked.person.empty()) {
    std::erase_if(result, [&](const duty_shift& shift) { return key_of(shift.person) != asked.person; });
  }
  return result;
}

std::string duty_session::who(const duty_question& asked) {
  const on_call now = roster_of(asked).who(asked.at);
  json_writer to;
  to.begin_object();
  write_people(to, "people", now.people);
  if (!now.shadows.empty()) write_people(to, "shadows", now.shadows);
  to.end_object();
  return to.take();
}

std::string duty_session::list_shifts(const duty_question& asked) {
  json_writer to;
  to.begin_object();
  to.key("shifts");
  to.begin_array();
  for (const duty_shift& shift : shifts_of(asked)) {
    to.begin_object();
    write_instant(to, "from", shift.from);
    write_instant(to, "until", shift.until);
    to.member("person", key_of(shift.person));
    if (shift.shadow) to.member_boolean("shadow", true);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string duty_session::list_hand_offs(const duty_question& asked) {
  const std::vector<dated<rotation>> versions = versions_of(book_.rotations, asked.rotation);
  if (versions.empty()) refuse_unknown("rotation", asked.rotation);
  if (asked.to < asked.from) refuse("/to", "an instant before the beginning", "one that is not");
  const rotation_plan plan(versions, words_, *zones_);
  json_writer to;
  to.begin_object();
  to.key("hand_offs");
  to.begin_array();
  for (const rotation_hand_off& one : hand_offs(plan, asked.from, asked.to)) {
    to.begin_object();
    write_instant(to, "at", one.at);
    to.member("turn", one.turn);
    write_people(to, "people", one.people);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string duty_session::list_gaps(const duty_question& asked) {
  json_writer to;
  to.begin_object();
  to.key("gaps");
  to.begin_array();
  for (const duty_span& gap : gaps(roster_of(asked), asked.from, asked.until)) {
    to.begin_object();
    write_instant(to, "from", gap.from);
    write_instant(to, "until", gap.until);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string duty_session::share(const duty_question& asked) {
  if (!asked.zone.empty() && !zones_->find(asked.zone)) refuse("/zone", '"' + asked.zone + '"', "an IANA name");
  burden_rules rules;
  rules.zone = asked.zone;
  json_writer to;
  to.begin_object();
  to.key("fairness");
  to.begin_array();
  for (const burden& b : fairness(roster_of(asked), asked.from, asked.until, rules, *zones_)) {
    to.begin_object();
    to.member("person", key_of(b.person));
    to.member("seconds", seconds(b.time));
    to.member("night_seconds", seconds(b.night_time));
    to.member("weekend_seconds", seconds(b.weekend_time));
    to.member("shifts", b.shifts);
    to.member("nights", b.nights);
    to.member("weekends", b.weekends);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string duty_session::compare(const duty_question& asked) {
  duty_session proposed(*this);
  for (const embedded_json& one : asked.proposed) proposed.define(one.text);
  json_writer to;
  to.begin_object();
  to.key("changes");
  to.begin_array();
  for (const roster_change& c : changes(roster_of(asked), proposed.roster_of(asked), asked.from, asked.until)) {
    to.begin_object();
    write_instant(to, "from", c.from);
    write_instant(to, "until", c.until);
    write_people(to, "before", c.before);
    proposed.write_people(to, "after", c.after);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string duty_session::export_calendar(const duty_question& asked) {
  const std::vector<duty_shift> exported = shifts_of(asked);
  std::vector<exported_person> people;
  for (const duty_shift& shift : exported) {
    const std::string key = key_of(shift.person);
    const auto known = people_.find(key);
    people.push_back({key, known == people_.end() ? "" : known->second.name});
  }
  const std::string& subject = asked.schedule.empty() ? asked.rotation : asked.schedule;
  json_writer to;
  to.begin_object();
  to.member("icalendar", export_shifts(exported, people, subject, subject));
  to.end_object();
  return to.take();
}

std::string duty_session::list_attempts(const duty_question& asked) {
  const auto known = contacts_.find(asked.person);
  if (known == contacts_.end()) {
    refuse("/person", '"' + asked.person + '"', "a person whose \"contact\" is defined", status::not_found,
           "oncall.unknown_contact");
  }
  json_writer to;
  to.begin_object();
  to.key("attempts");
  to.begin_array();
  for (const contact_attempt& one : attempts(known->second, asked.urgency, asked.severity, asked.at, *zones_)) {
    const contact_method& method = known->second.methods[one.method];
    to.begin_object();
    write_instant(to, "at", one.at);
    to.member("method", method.key);
    to.member("kind", choices(method.kind)[static_cast<std::size_t>(method.kind) - 1]);
    if (one.put_off) to.member_boolean("put_off", true);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string duty_session::list_swaps(const duty_question& asked) {
  json_writer to;
  to.begin_object();
  to.key("swaps");
  to.begin_array();
  for (const auto& [key, swap] : swaps_) {
    const swap_state state = state_at(swap, asked.at);
    to.begin_object();
    to.member("key", key);
    to.member("state", choices(state)[static_cast<std::size_t>(state) - 1]);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

}  // namespace tocsin::inline v1
