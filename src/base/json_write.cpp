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
      return to.text(names.words->word(type.refers, static_cast<std::uint32_t>(type.get(value))));
    case field_kind::record:
      return write_record(to, static_cast<std::uint64_t>(type.get(value)), names);
    case field_kind::list:
      return write_list(to, type, value, names);
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
