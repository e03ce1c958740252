#include <tocsin/base/field.hpp>

namespace tocsin::inline v1 {
namespace {

const std::string& text_of(const void* member) { return *static_cast<const std::string*>(member); }
const std::string& json_of(const void* member) { return static_cast<const embedded_json*>(member)->text; }

bool equal_lists(const type_row& type, const void* a, const void* b) {
  const std::size_t count = type.count(a);
  if (count != type.count(b)) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (!equal(*type.element, type.item(a, i), type.item(b, i))) return false;
  }
  return true;
}

}  // namespace

std::span<const std::string_view> choices(custom_kind) {
  static constexpr std::string_view all[] = {"text", "integer", "boolean", "instant", "duration", "choice", "person"};
  return all;
}

std::span<const field_row> custom_value::fields() {
  static constexpr field_row rows[] = {
      row<&custom_value::field>("field", "Key of the custom field", required),
      row<&custom_value::kind>("kind", "What its value is; none: the value is taken away"),
      row<&custom_value::number>("number", "Its value, where that is a number in the journal"),
      row<&custom_value::text>("text", "Its value, where that is a text", max_length(limits::text_length_max)),
  };
  return rows;
}

bool equal(const type_row& type, const void* a, const void* b) {
  switch (type.kind) {
    case field_kind::text:
      return text_of(a) == text_of(b);
    case field_kind::json:
      return json_of(a) == json_of(b);
    case field_kind::list:
    case field_kind::custom:
      return equal_lists(type, a, b);
    case field_kind::object:
      for (const field_row& field : type.fields()) {
        if (!equal(*field.type, field.at(a), field.at(b))) return false;
      }
      return true;
    default:
      return type.get(a) == type.get(b);
  }
}

std::size_t heap_bytes(const type_row& type, const void* member) {
  if (type.kind == field_kind::object) return heap_bytes(type.fields(), member);
  if (!type.heap) return 0;
  std::size_t sum = type.heap(member);
  if (type.element && !detail::is_scalar(type.element->kind)) {
    const std::size_t count = type.count(member);
    for (std::size_t i = 0; i < count; ++i) sum += heap_bytes(*type.element, type.item(member, i));
  }
  return sum;
}

std::size_t heap_bytes(std::span<const field_row> fields, const void* object) {
  std::size_t sum = 0;
  for (const field_row& field : fields) {
    if (!detail::is_scalar(field.type->kind)) sum += heap_bytes(*field.type, field.at(object));
  }
  return sum;
}

bool is_absent(const type_row& type, const void* member) {
  switch (type.kind) {
    case field_kind::text:
      return text_of(member).empty();
    case field_kind::json:
      return json_of(member).empty();
    case field_kind::list:
    case field_kind::custom:
      return type.count(member) == 0;
    case field_kind::object:
      for (const field_row& field : type.fields()) {
        if (!is_absent(*field.type, field.at(member))) return false;
      }
      return true;
    default:
      return type.get(member) == type.absent;
  }
}

}  // namespace tocsin::inline v1
