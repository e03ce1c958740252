#include <tocsin/oncall/document.hpp>

#include <algorithm>
#include <utility>

#include <tocsin/base/error.hpp>
#include <tocsin/base/findings.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/json_lines.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/oncall/oncall_calendar.hpp>

namespace tocsin::inline v1 {
namespace {

enum defined : std::size_t {
  is_person,
  is_rotation,
  is_schedule,
  is_override,
  is_swap,
  is_absence,
  is_contact,
  is_import
};

constexpr tagged_type defined_types[] = {
    {"person", person::fields},           {"rotation", rotation::fields},
    {"schedule", schedule::fields},       {"override", schedule_override::fields},
    {"swap", shift_swap::fields},         {"absence", absence::fields},
    {"contact", contact_profile::fields}, {"icalendar", oncall_import::fields},
};

// All of them; one is filled in.
struct any_definition {
  tocsin::person person;
  tocsin::rotation rotation;
  tocsin::schedule schedule;
  schedule_override override_;
  shift_swap swap;
  tocsin::absence absence;
  contact_profile contact;
  oncall_import import;
  std::size_t type = 0;

  void* body(std::size_t of_type) {
    type = of_type;
    void* const bodies[] = {&person, &rotation, &schedule, &override_, &swap, &absence, &contact, &import};
    return bodies[of_type];
  }
};

[[noreturn]] void refuse_unknown_schedule(const std::string& key) {
  throw unexpected(status::invalid_argument, "oncall.refused", "/schedule", refused_value::text(key),
                   "a schedule that is defined");
}

any_definition read_definition(std::string_view line) {
  static const tagged_form form{"a definition", "define", {}, defined_types};
  any_definition read;
  read_line(line, form, [&](std::size_t type) { return read.body(type); });
  return read;
}

std::string defined_answer(const any_definition& one, const std::string& key, const std::vector<std::string>& odd) {
  json_writer to;
  to.begin_object();
  to.member("defined", defined_types[one.type].name);
  if (!key.empty()) to.member("key", key);
  if (!odd.empty()) {
    to.key("warnings");
    to.begin_array();
    for (const std::string& finding : odd) to.text(finding);
    to.end_array();
  }
  to.end_object();
  return to.take();
}

// A version from the same instant takes the place of the one before.
template <class T>
void put_version(std::vector<dated<T>>& all, const T& definition) {
  const instant from = definition.in_force_from;
  const auto known = std::ranges::find_if(
      all, [&](const dated<T>& one) { return one.definition.key == definition.key && one.from == from; });
  if (known != all.end()) {
    known->definition = definition;
  } else {
    all.push_back({from, definition});
  }
}

}  // namespace

std::span<const tagged_type> oncall_definition_types() { return defined_types; }

std::span<const field_row> oncall_import::fields() {
  static constexpr field_row rows[] = {
      row<&oncall_import::schedule>("schedule", "Key of the schedule that the overrides are for", required, one_line,
                                    max_length(limits::key_length_max)),
      row<&oncall_import::text>("text", "The iCalendar text", required, max_length(limits::document_bytes_max)),
      row<&oncall_import::from>("from", "Occurrences that end before are left out", required),
      row<&oncall_import::until>("until", "Occurrences that begin then or later are left out", required),
  };
  return rows;
}

oncall_session::oncall_session(const oncall_session& other)
    : zones_(other.zones_),
      words_(other.words_),
      book_(other.book_),
      accepted_(other.accepted_),
      swaps_(other.swaps_),
      people_(other.people_),
      contacts_(other.contacts_) {}

std::string oncall_session::answer(std::string_view line) {
  return answer_line(line, [this](std::string_view one) { return execute(one); });
}

std::string oncall_session::execute(std::string_view line) {
  return kind_of_line(line).defines ? define(line) : ask(line);
}

std::string oncall_session::define(std::string_view line) {
  const any_definition one = read_definition(line);
  rosters_.clear();
  switch (one.type) {
    case is_person:
      know(one.person.key);
      people_[one.person.key] = one.person;
      return defined_answer(one, one.person.key, {});
    case is_rotation:
      put(one.rotation);
      return defined_answer(one, one.rotation.key, warnings(one.rotation));
    case is_schedule:
      put(one.schedule);
      return defined_answer(one, one.schedule.key, warnings(one.schedule));
    case is_override:
      put(one.override_);
      return defined_answer(one, one.override_.key, {});
    case is_swap:
      put(one.swap);
      return defined_answer(one, one.swap.key, {});
    case is_absence:
      put(one.absence);
      return defined_answer(one, one.absence.key, {});
    case is_contact:
      put(one.contact);
      return defined_answer(one, one.contact.person, {});
    default:
      return put(one.import);
  }
}

void oncall_session::put(const rotation& r) {
  refuse_findings("oncall.refused", lint(r, *zones_));
  for (const rotation_slot& slot : r.participants) know(slot.people);
  put_version(book_.rotations, r);
}

void oncall_session::put(const schedule& s) {
  refuse_findings("oncall.refused", lint(s, *zones_));
  for (const schedule_layer& layer : s.layers) know(layer.people);
  put_version(book_.schedules, s);
}

void oncall_session::put(const schedule_override& one) {
  refuse_findings("oncall.refused", lint(one));
  know(one.people);
  know(one.replaced);
  put_accepted({one.key, false, {one}});
}

void oncall_session::put(const shift_swap& one) {
  refuse_findings("oncall.refused", lint(one));
  know(one.giver);
  know(one.taker);
  swaps_[one.key] = one;
  put_accepted({one.key, true, overrides_of(one)});
}

// An absence with the key of an earlier one takes its place.
void oncall_session::put(const absence& one) {
  refuse_findings("oncall.refused", lint(one));
  know(one.person);
  know(one.cover);
  const auto known = std::ranges::find(book_.absences, one.key, &absence::key);
  if (one.key.empty() || known == book_.absences.end()) {
    book_.absences.push_back(one);
  } else {
    *known = one;
  }
}

void oncall_session::put(const contact_profile& profile) {
  refuse_findings("oncall.refused", lint(profile, *zones_));
  know(profile.person);
  contacts_[profile.person] = profile;
}

std::string oncall_session::put(const oncall_import& one) {
  const auto in_force =
      std::ranges::find_if(book_.schedules, [&](const dated<schedule>& s) { return s.definition.key == one.schedule; });
  if (in_force == book_.schedules.end()) refuse_unknown_schedule(one.schedule);
  const zone floating = zones_->get(in_force->definition.zone);
  imported_oncall read = import_oncall(one.text, one.schedule, floating, one.from, one.until, *zones_);
  for (const schedule_override& o : read.overrides) {
    check_fields(o);
    refuse_findings("oncall.refused", lint(o));
  }
  for (const schedule_override& o : read.overrides) know(o.people);
  json_writer to;
  to.begin_object();
  to.member("defined", "icalendar");
  to.member("overrides", std::ssize(read.overrides));
  to.key("skipped");
  to.begin_array();
  for (const skipped_event& event : read.skipped) {
    to.begin_object();
    to.member("line", static_cast<std::int64_t>(event.line));
    to.member("why", event.why);
    to.end_object();
  }
  to.end_array();
  to.end_object();
  put_accepted({{}, false, std::move(read.overrides)});
  return to.take();
}

// What has a key takes the place of what had it before; what takes no place yet comes last.
void oncall_session::put_accepted(accepted_overrides&& one) {
  const auto known = std::ranges::find_if(
      accepted_, [&](const accepted_overrides& other) { return other.key == one.key && other.swap == one.swap; });
  if (!one.key.empty() && known != accepted_.end()) {
    *known = std::move(one);
  } else if (!one.overrides.empty()) {
    accepted_.push_back(std::move(one));
  }
}

void oncall_session::know(const std::string& person_key) {
  if (!person_key.empty()) words_.add(word_kind::person, person_key);
}

void oncall_session::know(std::span<const std::string> person_keys) {
  for (const std::string& key : person_keys) know(key);
}

std::string answer_oncall_lines(std::string_view book, std::string_view lines, const zone_data& zones) {
  oncall_session session(zones);
  return answer_lines(book, lines, limits::answered_lines_max, "oncall.too_many",
                      [&](std::string_view line) { return session.execute(line); });
}

}  // namespace tocsin::inline v1
