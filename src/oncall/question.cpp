#include <tocsin/oncall/document.hpp>

#include <algorithm>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/json_lines.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/oncall/oncall_calendar.hpp>
#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

using q = oncall_question;

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
      row<&q::urgency>("urgency", "Urgency of the page", required), row<&q::severity>("severity", "Its severity"),
      row<&q::priority>("priority", "Priority of the incident; counts where it has no severity")};
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
constexpr auto first_without_subject = static_cast<std::size_t>(oncall_operation::attempts);

[[noreturn]] void refuse(const std::string& path, const refused_value& found, const allowed_values& allowed,
                         status code = status::invalid_argument, const std::string& reason = "oncall.refused") {
  throw unexpected(code, reason, path, found, allowed);
}

void write_instant(json_writer& to, std::string_view name, instant t) {
  to.member(name, t == never ? std::string_view("never") : std::string_view(to_rfc3339(t)));
}

void write_duration(json_writer& to, std::string_view name, duration d) {
  to.key(name);
  write_value(to, detail::type_of<duration>, &d, {});
}

template <class T>
std::vector<dated<T>> versions_of(const std::vector<dated<T>>& all, const std::string& key) {
  std::vector<dated<T>> result;
  std::ranges::copy_if(all, std::back_inserter(result), [&](const auto& one) { return one.definition.key == key; });
  std::ranges::stable_sort(result, {}, &dated<T>::from);
  return result;
}

// Of each once, whatever its versions.
template <class T>
std::vector<std::string> keys_in(const std::vector<dated<T>>& all) {
  std::vector<std::string> keys;
  for (const auto& one : all) {
    if (std::ranges::find(keys, one.definition.key) == keys.end()) keys.push_back(one.definition.key);
  }
  return keys;
}

void demand_subject(const oncall_question& asked) {
  if (asked.schedule.empty() != asked.rotation.empty()) return;
  refuse("/schedule", asked.schedule.empty() ? "neither it nor \"rotation\"" : "both it and \"rotation\"",
         "one of the two");
}

void write_people(json_writer& to, std::string_view name, std::span<const person_ref> people, const lexicon& words) {
  to.key(name);
  to.begin_array();
  for (const person_ref one : people) to.text(words.word(word_kind::person, one.index));
  to.end_array();
}

}  // namespace

std::span<const tagged_type> oncall_question_types() { return asked_types; }

std::span<const field_row> fields_of(oncall_operation operation) {
  return asked_types[static_cast<std::size_t>(operation)].fields();
}

void refuse_unknown_oncall(const std::string& kind, const std::string& key, const std::vector<std::string>& known) {
  throw unknown_name(status::not_found, "roster.unknown_" + kind, "/" + kind, key,
                     {known, "a " + kind + " that is defined"});
}

oncall_book book_of_rotation(const std::vector<dated<rotation>>& versions, std::vector<absence> absences,
                             const std::string& schedule_key) {
  const rotation& first = versions.front().definition;
  oncall_book book{.rotations = versions, .absences = std::move(absences)};
  book.schedules.push_back(
      {no_instant, {.key = schedule_key, .zone = first.zone, .layers = {{.rotation = first.key}}}});
  return book;
}

// ---- a session

std::string oncall_session::ask(std::string_view line) {
  static const tagged_form form{"a question", "operation", {}, asked_types};
  oncall_question asked;
  const auto operation = static_cast<oncall_operation>(read_line(line, form, [&](std::size_t) { return &asked; }));
  return operation == oncall_operation::changes ? compare(asked) : answer_oncall(operation, asked, *this);
}

void oncall_session::collect_overrides() {
  book_.overrides.clear();
  for (const accepted_overrides& one : accepted_) {
    book_.overrides.insert(book_.overrides.end(), one.overrides.begin(), one.overrides.end());
  }
}

const roster& oncall_session::schedule_roster(const std::string& key) {
  if (const auto known = rosters_.find(key); known != rosters_.end()) return known->second;
  if (versions_of(book_.schedules, key).empty()) refuse_unknown_oncall("schedule", key, keys_in(book_.schedules));
  collect_overrides();
  return rosters_.emplace(key, roster(book_, key, words_, *zones_)).first->second;
}

const roster& oncall_session::rotation_roster(const std::string& rotation_key) {
  const std::string key = "\n" + rotation_key;  // keys are one line of text, so that this one is no schedule's
  if (const auto known = rosters_.find(key); known != rosters_.end()) return known->second;
  const std::vector<dated<rotation>> versions = versions_of_rotation(rotation_key);
  if (versions.empty()) refuse_unknown_oncall("rotation", rotation_key, keys_in(book_.rotations));
  const oncall_book book = book_of_rotation(versions, book_.absences, key);
  return rosters_.emplace(key, roster(book, key, words_, *zones_)).first->second;
}

std::vector<dated<rotation>> oncall_session::versions_of_rotation(const std::string& key) const {
  return versions_of(book_.rotations, key);
}

std::string oncall_session::name_of(const std::string& person_key) const {
  const auto known = people_.find(person_key);
  return known == people_.end() ? "" : known->second.name;
}

std::vector<shift_swap> oncall_session::swaps() const {
  std::vector<shift_swap> result;
  for (const auto& [key, swap] : swaps_) result.push_back(swap);
  return result;
}

const contact_profile* oncall_session::contact_of(const std::string& person_key) const {
  const auto found = contacts_.find(person_key);
  return found == contacts_.end() ? nullptr : &found->second;
}

person_ref oncall_session::person_of(const std::string& key) {
  return key.empty() ? person_ref{} : person_ref{words_.add(word_kind::person, key)};
}

std::string oncall_session::key_of(person_ref one) const {
  return std::string(words_.word(word_kind::person, one.index));
}

std::string oncall_session::compare(const oncall_question& asked) {
  oncall_session proposed(*this);
  for (const embedded_json& one : asked.proposed) proposed.define(one.text);
  json_writer to;
  to.begin_object();
  to.key("changes");
  to.begin_array();
  const auto roster_in = [&](oncall_session& session) -> const roster& {
    return asked.schedule.empty() ? session.rotation_roster(asked.rotation) : session.schedule_roster(asked.schedule);
  };
  demand_subject(asked);
  for (const roster_change& c : changes(roster_in(*this), roster_in(proposed), asked.from, asked.until)) {
    to.begin_object();
    write_instant(to, "from", c.from);
    write_instant(to, "until", c.until);
    write_people(to, "before", c.before, words_);
    write_people(to, "after", c.after, proposed.words_);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

// ---- answers

namespace {

class oncall_answers {
 public:
  oncall_answers(const oncall_question& asked, oncall_view& from) : asked_(asked), from_(from) {}

  std::string who() const;
  std::vector<oncall_shift> shifts_of() const;
  std::string list_shifts() const;
  std::string list_hand_offs() const;
  std::string list_gaps() const;
  std::string share() const;
  std::string export_calendar() const;
  std::string list_attempts() const;
  std::string list_swaps() const;

 private:
  const roster& roster_of() const {
    return asked_.schedule.empty() ? from_.rotation_roster(asked_.rotation) : from_.schedule_roster(asked_.schedule);
  }
  std::string key_of(person_ref one) const { return std::string(from_.words().word(word_kind::person, one.index)); }
  const oncall_question& asked_;
  oncall_view& from_;
};

std::vector<oncall_shift> oncall_answers::shifts_of() const {
  std::vector<oncall_shift> result = shifts(roster_of(), asked_.from, asked_.until, asked_.shadows);
  if (!asked_.person.empty()) {
    std::erase_if(result, [&](const oncall_shift& shift) { return key_of(shift.person) != asked_.person; });
  }
  return result;
}

std::string oncall_answers::who() const {
  const on_call now = roster_of().who(asked_.at);
  json_writer to;
  to.begin_object();
  write_people(to, "people", now.people, from_.words());
  if (!now.shadows.empty()) write_people(to, "shadows", now.shadows, from_.words());
  to.end_object();
  return to.take();
}

std::string oncall_answers::list_shifts() const {
  json_writer to;
  to.begin_object();
  to.key("shifts");
  to.begin_array();
  for (const oncall_shift& shift : shifts_of()) {
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

std::string oncall_answers::list_hand_offs() const {
  const std::vector<dated<rotation>> versions = from_.versions_of_rotation(asked_.rotation);
  if (versions.empty()) refuse_unknown_oncall("rotation", asked_.rotation);
  if (asked_.to < asked_.from) refuse("/to", "an instant before the beginning", "one that is not");
  const rotation_plan plan(versions, from_.words(), from_.zones());
  json_writer to;
  to.begin_object();
  to.key("hand_offs");
  to.begin_array();
  for (const rotation_hand_off& one : hand_offs(plan, asked_.from, asked_.to)) {
    to.begin_object();
    write_instant(to, "at", one.at);
    to.member("turn", one.turn);
    write_people(to, "people", one.people, from_.words());
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string oncall_answers::list_gaps() const {
  json_writer to;
  to.begin_object();
  to.key("gaps");
  to.begin_array();
  for (const oncall_span& gap : gaps(roster_of(), asked_.from, asked_.until)) {
    to.begin_object();
    write_instant(to, "from", gap.from);
    write_instant(to, "until", gap.until);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string oncall_answers::share() const {
  if (!asked_.zone.empty() && !from_.zones().find(asked_.zone))
    refuse("/zone", refused_value::text(asked_.zone), "an IANA name");
  burden_rules rules;
  rules.zone = asked_.zone;
  json_writer to;
  to.begin_object();
  to.key("fairness");
  to.begin_array();
  for (const burden& b : fairness(roster_of(), asked_.from, asked_.until, rules, from_.zones())) {
    to.begin_object();
    to.member("person", key_of(b.person));
    write_duration(to, "time", b.time);
    write_duration(to, "night_time", b.night_time);
    write_duration(to, "weekend_time", b.weekend_time);
    to.member("shifts", b.shifts);
    to.member("nights", b.nights);
    to.member("weekends", b.weekends);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

std::string oncall_answers::export_calendar() const {
  const std::vector<oncall_shift> exported = shifts_of();
  std::vector<exported_person> people;
  for (const oncall_shift& shift : exported) {
    const std::string key = key_of(shift.person);
    people.push_back({key, from_.name_of(key)});
  }
  const std::string& subject = asked_.schedule.empty() ? asked_.rotation : asked_.schedule;
  json_writer to;
  to.begin_object();
  to.member("icalendar", export_shifts(exported, people, subject, subject));
  to.end_object();
  return to.take();
}

std::string oncall_answers::list_attempts() const {
  const contact_profile* known = from_.contact_of(asked_.person);
  if (!known) {
    refuse("/person", refused_value::text(asked_.person), "a person whose \"contact\" is defined", status::not_found,
           "oncall.unknown_contact");
  }
  json_writer to;
  to.begin_object();
  to.key("attempts");
  to.begin_array();
  const severity gravity = gravity_of(asked_.severity, asked_.priority);
  for (const contact_attempt& one : attempts(*known, asked_.urgency, gravity, asked_.at, from_.zones())) {
    const contact_method& method = known->methods[one.method];
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

std::string oncall_answers::list_swaps() const {
  json_writer to;
  to.begin_object();
  to.key("swaps");
  to.begin_array();
  for (const shift_swap& swap : from_.swaps()) {
    const swap_state state = state_at(swap, asked_.at);
    to.begin_object();
    to.member("key", swap.key);
    to.member("state", choices(state)[static_cast<std::size_t>(state) - 1]);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

}  // namespace

std::vector<oncall_shift> oncall_shifts(const oncall_question& asked, oncall_view& from) {
  demand_subject(asked);
  return oncall_answers(asked, from).shifts_of();
}

std::string answer_oncall(oncall_operation operation, const oncall_question& asked, oncall_view& from) {
  if (static_cast<std::size_t>(operation) < first_without_subject) demand_subject(asked);
  const oncall_answers answers(asked, from);
  switch (operation) {
    case oncall_operation::who:
      return answers.who();
    case oncall_operation::shifts:
      return answers.list_shifts();
    case oncall_operation::hand_offs:
      return answers.list_hand_offs();
    case oncall_operation::gaps:
      return answers.list_gaps();
    case oncall_operation::fairness:
      return answers.share();
    case oncall_operation::icalendar:
      return answers.export_calendar();
    case oncall_operation::attempts:
      return answers.list_attempts();
    case oncall_operation::swaps:
      return answers.list_swaps();
    case oncall_operation::changes:
      break;
  }
  throw error(status::invalid_argument, "oncall.refused", "changes are compared in a session, which takes definitions");
}

}  // namespace tocsin::inline v1
