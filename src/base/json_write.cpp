#include <tocsin/base/json.hpp>

namespace tocsin::inline v1 {
namespace {

void write_record(json_writer& to, std::uint64_t id, const document_names& names) {
  std::string number;
  if (names.write_record && names.write_record(names.context, id, number)) {
    to.text(number);
  } else {
    to.integer(static_cast<std::int64_t>(id));
  }
}

void write_list(json_writer& to, const type_row& type, const void* list, const document_names& names) {
  to.begin_array();
  const std::size_t count = type.count(list);
  for (std::size_t i = 0; i < count; ++i) write_value(to, *type.element, type.item(list, i), names);
  to.end_array();
}

void write_custom_value(json_writer& to, const custom_value& value, const document_names& names) {
  switch (value.kind) {
    case custom_kind::unset:
      return to.raw("null");
    case custom_kind::text:
    case custom_kind::choice:
    case custom_kind::instant:
    case custom_kind::duration:
      return to.text(value.text);
    case custom_kind::integer:
      return to.integer(value.number);
    case custom_kind::boolean:
      return to.boolean(value.number != 0);
    case custom_kind::person:
      return to.text(names.words->word(word_kind::person, static_cast<std::uint32_t>(value.number)));
  }
}

// One object, its members named as the fields were declared.
void write_custom(json_writer& to, const type_row& type, const void* list, const document_names& names) {
  if (!names.words) return write_list(to, type, list, names);
  to.begin_object();
  for (std::size_t i = 0, count = type.count(list); i < count; ++i) {
    const auto& value = *static_cast<const custom_value*>(type.item(list, i));
    to.key(names.words->word(word_kind::custom_field, value.field.index));
    write_custom_value(to, value, names);
  }
  to.end_object();
}

}  // namespace

void write_value(json_writer& to, const type_row& type, const void* value, const document_names& names) {
  switch (type.kind) {
    case field_kind::text:
      return to.text(*static_cast<const std::string*>(value));
    case field_kind::boolean:
      return to.boolean(type.get(value) != 0);
    case field_kind::integer:
      return to.integer(type.get(value));
    case field_kind::instant:
    case field_kind::duration: {
      char text[text_form::size_max];
      return to.text({text, type.form().write(type.get(value), text)});
    }
    case field_kind::choice: {
      const std::int64_t chosen = type.get(value);
      const choice_names all = type.choices();
      if (chosen < 1 || static_cast<std::size_t>(chosen) > all.size()) return to.integer(chosen);
      return to.text(all[static_cast<std::size_t>(chosen) - 1]);
    }
    case field_kind::word:
      if (!names.words) return to.integer(type.get(value));
      if (type.refers == word_kind::record_type && type.get(value) == type.absent) return to.text(incident_type);
      return to.text(names.words->word(type.refers, static_cast<std::uint32_t>(type.get(value))));
    case field_kind::record:
      return write_record(to, static_cast<std::uint64_t>(type.get(value)), names);
    case field_kind::list:
      return write_list(to, type, value, names);
    case field_kind::custom:
      return write_custom(to, type, value, names);
    case field_kind::json:
      return to.raw(static_cast<const embedded_json*>(value)->text);
    case field_kind::object:
      to.begin_object();
      write_members(to, type.fields(), value, names);
      return to.end_object();
  }
}

void write_members(json_writer& to, std::span<const field_row> fields, const void* object,
                   const document_names& names) {
  for (const field_row& field : fields) {
    const void* member = field.at(object);
    if (!field.always && is_absent(*field.type, member)) continue;
    to.key(field.name);
    write_value(to, *field.type, member, names);
  }
}

}  // namespace tocsin::inline v1
