#include "audience.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/workflow/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

using names_of_members = std::span<const std::string_view>;

bool is_among(names_of_members names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

bool is_seen_by_requester(visibility v) { return v == visibility::requester || v == visibility::everyone; }

// ---- what a requester may see of a record; whatever is new is hidden until requester_members names it

constexpr std::string_view custom_member = "custom";
constexpr std::string_view custom_prefix = "custom.";

// The block with those of its lists' items that a requester may see.
incident_details for_requester(const incident_details& d, const definition_table& known) {
  incident_details seen;
  for (const custom_value& value : d.custom) {
    const custom_field* field = known.of<custom_field>().current(value.field.index);
    if (field && field->for_requester) seen.custom.push_back(value);
  }
  for (const attachment& a : d.attachments) {
    if (is_seen_by_requester(a.visibility)) seen.attachments.push_back(a);
  }
  return seen;
}

// ---- what a requester may see of events

struct shown_event {
  const event_type* event;
  std::vector<std::string_view> members;
};

template <class Event>
shown_event shown(std::initializer_list<std::string_view> members) {
  return {&Event::descriptor, members};
}

const std::vector<shown_event>& requester_events() {
  static const std::vector<shown_event> all = {
      shown<incident_logged>({"number",       "title",       "description", "caller",      "reporter", "contact",
                              "location",     "channel",     "category",    "service",     "impact",   "urgency",
                              "priority",     "occurred_at", "detected_at", "reported_at", "state",    "state_kind",
                              "external_key", "follows",     "type"}),
      shown<incident_classified>({"category", "service"}),
      shown<incident_prioritised>({"impact", "urgency", "priority"}),
      shown<incident_assigned>({"team", "assignee", "state", "state_kind"}),
      shown<incident_acknowledged>({}),
      shown<work_begun>({"state", "state_kind"}),
      shown<update_added>({"text", "visibility"}),
      shown<reply_added>({"text"}),
      shown<incident_held>({"reason", "state"}),
      shown<incident_resumed>({"state", "state_kind"}),
      shown<incident_resolved>({"code", "notes", "permanent", "state", "auto_close_at"}),
      shown<resolution_confirmed>({"comment"}),
      shown<resolution_refused>({"reason"}),
      shown<incident_closed>({"cause", "state"}),
      shown<incident_reopened>({"state", "state_kind", "cause"}),
      shown<incident_cancelled>({"state"}),
      shown<incident_moved>({"state", "state_kind"}),
      shown<record_converted>({"type", "state", "state_kind"}),
      shown<attachment_added>({"attachment", "name", "media_type", "size", "sha256", "uri"}),
  };
  return all;
}

const shown_event* shown_of(const event& happened) {
  const auto& all = requester_events();
  const auto found = std::ranges::find(all, happened.body.type(), &shown_event::event);
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> all_members() {
  std::vector<std::string> names = {"id", "number"};
  const auto add = [&](std::span<const field_row> fields) {
    for (const field_row& f : fields) {
      if (!f.unshown) names.emplace_back(f.name);
    }
  };
  add(incident_text::fields());
  add(incident::fields());
  for (const part_type* part : part_types()) add(part->fields());
  return names;
}

bool take(const std::string& name, std::span<const field_row> from, std::vector<field_row>& to) {
  const auto found = std::ranges::find(from, name, &field_row::name);
  if (found != from.end()) to.push_back(*found);
  return found != from.end();
}

}  // namespace

shown_members::shown_members(const std::vector<std::string>& names, const lexicon& words) {
  if (names.empty()) add_all();
  for (const std::string& name : names) add(name, words);
  if (std::ranges::find(names, custom_member) != names.end()) custom_.clear();
  show_type();
}

// An ordinary incident has no type of its own, and is shown with one all the same.
void shown_members::show_type() {
  for (field_row& field : fields_) field.always |= field.name == "type";
}

void shown_members::add_all() {
  id_ = number_ = true;
  texts_.assign(incident_text::fields().begin(), incident_text::fields().end());
  fields_.assign(incident::fields().begin(), incident::fields().end());
  for (const part_type* part : part_types()) {
    for (const field_row& f : part->fields()) {
      if (!f.unshown) parts_.push_back({part, f});
    }
  }
}

void shown_members::add(const std::string& name, const lexicon& words) {
  if (name == "id") return void(id_ = true);
  if (name == "number") return void(number_ = true);
  if (take(name, incident_text::fields(), texts_) || take(name, incident::fields(), fields_) || add_part(name)) return;
  if (name.starts_with(custom_prefix)) {
    const custom_field_ref field{words.find(word_kind::custom_field, name.substr(custom_prefix.size()))};
    if (field && custom_.empty()) add_part(custom_member);
    if (field) return custom_.push_back(field);
  }
  throw unknown_name(status::invalid_argument, "query.unknown_field", "/fields", name,
                     {all_members(), "id, number, the fields of an incident, and custom.<key>"});
}

bool shown_members::add_part(std::string_view name) {
  for (const part_type* part : part_types()) {
    for (const field_row& f : part->fields()) {
      if (f.name != name || f.unshown) continue;
      const bool known = std::ranges::any_of(parts_, [&](const part_member& m) { return m.field.name == name; });
      if (!known) parts_.push_back({part, f});
      return true;
    }
  }
  return false;
}

incident_details shown_members::shown_of(const incident_details& d, const definition_table& known, bool all) const {
  incident_details shown = all ? d : for_requester(d, known);
  if (!custom_.empty()) {
    std::erase_if(shown.custom,
                  [&](const custom_value& v) { return std::ranges::find(custom_, v.field) == custom_.end(); });
  }
  return shown;
}

void shown_members::write(json_writer& to, const incident& record, const desk& d, const document_names& names,
                          visibility audience, const viewer& by) const {
  const bool all = audience != visibility::requester;
  const auto put = [&](const field_row& field, const void* block) {
    if (all || is_among(requester_members(), field.name)) by.write_members(to, {&field, 1}, block, names);
  };
  if (id_) to.member("id", static_cast<std::int64_t>(record.id));
  if (number_) to.member("number", d.show_number(record.number));
  for (const field_row& field : texts_) put(field, record.text.get());
  for (const field_row& field : fields_) put(field, &record);
  const bool whole = all && custom_.empty();
  const incident_details filtered =
      whole ? incident_details() : shown_of(details_of(record), d.state().definitions, all);
  for (const part_member& m : parts_) {
    const void* block = record.parts.find(m.part->number);
    if (block) put(m.field, whole || block != record.part<incident_details>() ? block : &filtered);
  }
}

bool is_for(visibility audience, const event& happened) {
  if (audience != visibility::requester) return true;
  if (const auto* update = happened.body.get_if<update_added>()) return is_seen_by_requester(update->visibility);
  if (const auto* file = happened.body.get_if<attachment_added>()) return is_seen_by_requester(file->visibility);
  return shown_of(happened) != nullptr;
}

void write_event_for(visibility audience, json_writer& to, const event& happened, const document_names& names,
                     const viewer& by) {
  if (audience != visibility::requester) return by.write_event_members(to, happened, names);
  const shown_event& seen = *shown_of(happened);
  to.member("event", seen.event->name);
  for (const field_row& field : seen.event->fields()) {
    if (is_among(seen.members, field.name)) by.write_members(to, {&field, 1}, happened.body.address(), names);
  }
}

}  // namespace tocsin::inline v1
