#include <tocsin/desk/viewer.hpp>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/knowledge/events.hpp>
#include <tocsin/link/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// What a condition saw of its record, links to others among it.
constexpr std::string_view inputs_of_condition = "inputs";

// Events that say how their record stands to others, and nothing else.
bool tells_only_of_others(const event_body& body) {
  return body.holds<records_linked>() || body.holds<records_unlinked>() || body.holds<duplicates_gained>() ||
         body.holds<duplicates_lost>() || body.holds<original_changed>() || body.holds<requester_notice>() ||
         body.holds<known_error_linked>() || body.holds<known_error_used>();
}

}  // namespace

viewer::viewer(const decision& given) : state_(given.state), given_(&given), actor_(given.actor) {}

incident_ptr viewer::look_up(record_ref record) const {
  return desk_ ? desk_->find(record) : given_->records.find(record);
}

bool viewer::hides(const incident& record) const { return is_hidden(state_, record, actor_); }

bool viewer::hides(record_ref ref) const {
  if (!ref || sees_all()) return false;
  const incident_ptr record = look_up(ref);
  return record && hides(*record);
}

incident_ptr viewer::find(record_ref ref) const {
  incident_ptr record = look_up(ref);
  return record && hides(*record) ? nullptr : record;
}

// A reference, or an object that holds one beside what it says of it; a list with nothing else in it.
bool viewer::hides(const type_row& type, const void* value) const {
  switch (type.kind) {
    case field_kind::record:
      return hides(record_ref{static_cast<std::uint64_t>(type.get(value))});
    case field_kind::object:
      return std::ranges::any_of(type.fields(), [&](const field_row& field) {
        return field.type->kind == field_kind::record && hides(*field.type, field.at(value));
      });
    case field_kind::list: {
      const std::size_t count = type.count(value);
      std::size_t hidden = 0;
      while (hidden < count && hides(*type.element, type.item(value, hidden))) ++hidden;
      return count != 0 && hidden == count;
    }
    default:
      return false;
  }
}

bool viewer::hides(const event& happened) const {
  if (sees_all() || !tells_only_of_others(happened.body)) return false;
  const void* body = happened.body.address();
  return std::ranges::any_of(happened.body.type()->fields(),
                             [&](const field_row& field) { return hides(*field.type, field.at(body)); });
}

bool viewer::names_hidden(std::span<const field_row> fields, const void* object) const {
  return std::ranges::any_of(fields, [&](const field_row& field) {
    const void* const member = field.at(object);
    if (field.type->kind != field_kind::list) return hides(*field.type, member);
    const std::size_t count = field.type->count(member);
    for (std::size_t i = 0; i < count; ++i) {
      if (hides(*field.type->element, field.type->item(member, i))) return true;
    }
    return false;
  });
}

// What is hidden is rare, so each part that names some is written without it, and read again.
incident_ptr viewer::without_hidden(const incident& record) const {
  if (sees_all()) return nullptr;
  std::shared_ptr<incident> seen;
  if (hides(record.follows)) {
    seen = std::make_shared<incident>(record);
    seen->follows = {};
  }
  record.parts.each([&](std::uint8_t number, const void* part) {
    const part_type* const type = find_part_type(number);
    if (!type || !names_hidden(type->fields(), part)) return;
    if (!seen) seen = std::make_shared<incident>(record);
    json_writer to;
    to.begin_object();
    write_members(to, type->fields(), part, {});
    to.end_object();
    read_object(to.take(), type->fields(), seen->parts.put(number, type->make()), {.is_stored = true}, type->name);
  });
  return seen;
}

void viewer::write_list(json_writer& to, const field_row& field, const void* list, const document_names& names) const {
  const type_row& element = *field.type->element;
  to.key(field.name);
  to.begin_array();
  for (std::size_t i = 0, count = field.type->count(list); i < count; ++i) {
    const void* item = field.type->item(list, i);
    if (!hides(element, item)) write_value(to, element, item, names);
  }
  to.end_array();
}

void viewer::write_members(json_writer& to, std::span<const field_row> fields, const void* object,
                           const document_names& names) const {
  if (sees_all()) return tocsin::write_members(to, fields, object, names);
  for (const field_row& field : fields) {
    const void* member = field.at(object);
    if (hides(*field.type, member)) continue;
    const bool is_list = field.type->kind == field_kind::list && field.type->count(member) != 0;
    if (is_list) {
      write_list(to, field, member, names);
    } else {
      tocsin::write_members(to, {&field, 1}, object, names);
    }
  }
}

void viewer::write_event_members(json_writer& to, const event& happened, const document_names& names) const {
  const event_type& type = *happened.body.type();
  to.member("event", type.name);
  const void* const body = happened.body.address();
  const auto inputs = std::ranges::find(type.fields(), inputs_of_condition, &field_row::name);
  const incident_ptr about = inputs == type.fields().end() || sees_all() ? nullptr : look_up(happened.record);
  if (!about || !without_hidden(*about)) return write_members(to, type.fields(), body, names);
  write_members(to, {type.fields().begin(), inputs}, body, names);
  write_members(to, {inputs + 1, type.fields().end()}, body, names);
}

}  // namespace tocsin::inline v1
