#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/utf8.hpp>

namespace tocsin::inline v1 {
namespace {

[[noreturn]] void refuse(const char* reason, const std::string& path, const std::string& found,
                         const std::string& allowed) {
  json_writer detail;
  detail.begin_object();
  detail.member("path", path);
  detail.member("found", found);
  detail.member("allowed", allowed);
  detail.end_object();
  throw error(status::invalid_argument, reason, path + ": found " + found + ", allowed " + allowed, detail.take());
}

std::string path_of(std::string_view parent, std::string_view name) {
  return std::string(parent) + "/" + std::string(name);
}

void check_text(const field_row& field, const std::string& text, std::string_view parent) {
  const std::size_t length = count_code_points(text);
  if (length == invalid_utf8)
    refuse("document.invalid_utf8", path_of(parent, field.name), "bytes that are not UTF-8", "UTF-8");
  if (length > field.max_length) {
    refuse("document.too_long", path_of(parent, field.name), std::to_string(length) + " characters",
           "at most " + std::to_string(field.max_length));
  }
  if (field.one_line && !is_one_line(text)) {
    refuse("document.control_character", path_of(parent, field.name), "a control character", "one line of text");
  }
}

void check_word(const field_row& field, std::int64_t number, std::string_view parent, const lexicon& words) {
  const word_kind kind = field.type->refers;
  if (static_cast<std::uint64_t>(number) <= words.size(kind)) return;
  refuse("document.unknown_reference", path_of(parent, field.name), "number " + std::to_string(number),
         std::string("a ") + name(kind) + " that has been published");
}

void check_scalar(const field_row& field, const void* member, std::string_view parent, const lexicon* words) {
  const std::int64_t value = field.type->get(member);
  if (value == field.type->absent) return;
  if (words && field.type->kind == field_kind::word) return check_word(field, value, parent, *words);
  if (value < field.least || value > field.most) {
    refuse("document.out_of_range", path_of(parent, field.name), std::to_string(value),
           std::to_string(field.least) + " to " + std::to_string(field.most));
  }
  if (field.type->kind == field_kind::choice && static_cast<std::uint64_t>(value) > field.type->choices().size()) {
    refuse("document.unknown_choice", path_of(parent, field.name), std::to_string(value),
           "1 to " + std::to_string(field.type->choices().size()));
  }
  if (field.type->kind == field_kind::instant) {
    char text[text_form::size_max];
    std::int64_t back = 0;
    const text_form& form = field.type->form();
    const std::size_t size = form.write(value, text);
    if (!form.read({text, size}, back)) {
      refuse("document.instant_out_of_range", path_of(parent, field.name), std::to_string(value) + " microseconds",
             "1900-01-01T00:00:00Z to 2199-12-31T23:59:59.999999Z, in microseconds since 1970");
    }
  }
}

void check_json(const field_row& field, const std::string& text, std::string_view parent) {
  if (text.size() > limits::embedded_bytes_max) {
    refuse("document.too_long", path_of(parent, field.name), std::to_string(text.size()) + " bytes of JSON",
           "at most " + std::to_string(limits::embedded_bytes_max));
  }
}

// What a value must be is for its declaration to say; here only what every text must be.
void check_custom(const field_row& field, const void* list, std::string_view parent, const lexicon* words) {
  for (std::size_t i = 0, count = field.type->count(list); i < count; ++i) {
    const auto& value = *static_cast<const custom_value*>(field.type->item(list, i));
    const std::string path = path_of(parent, field.name);
    if (words && (value.field.index == 0 || value.field.index > words->size(word_kind::custom_field))) {
      refuse("document.unknown_reference", path, "number " + std::to_string(value.field.index),
             "a custom_field that has been published");
    }
    field_row text;
    const std::string name(words ? words->word(word_kind::custom_field, value.field.index) : "");
    text.name = name;
    text.max_length = limits::text_length_max;
    check_text(text, value.text, path);
  }
}

void check_list(const field_row& field, const void* list, std::string_view parent, const lexicon* words) {
  const type_row& type = *field.type;
  const std::size_t count = type.count(list);
  if (count > field.max_length) {
    refuse("document.too_many", path_of(parent, field.name), std::to_string(count) + " items",
           "at most " + std::to_string(field.max_length));
  }
  const std::string path = count ? path_of(parent, field.name) : std::string();
  for (std::size_t i = 0; i < count; ++i) {
    const void* item = type.item(list, i);
    if (type.element->kind == field_kind::object) {
      check_fields(type.element->fields(), item, path_of(path, std::to_string(i)), words);
    } else if (type.element->kind == field_kind::text) {
      field_row as_item = field;
      const std::string index = std::to_string(i);
      as_item.name = index;
      as_item.max_length = limits::key_length_max;
      check_text(as_item, *static_cast<const std::string*>(item), path);
    } else if (type.element->get && type.element->kind != field_kind::boolean) {
      field_row as_item = field;
      const std::string index = std::to_string(i);
      as_item.name = index;
      as_item.type = type.element;
      check_scalar(as_item, item, path, words);
    }
  }
}

}  // namespace

void check_fields(std::span<const field_row> fields, const void* object, std::string_view path, const lexicon* words) {
  for (const field_row& field : fields) {
    if (field.read && !field.required && field.read(object) == field.type->absent) continue;
    const void* member = field.at(object);
    if (field.required && is_absent(*field.type, member)) {
      refuse("document.missing_field", path_of(path, field.name), "nothing",
             std::string(field.meaning) + " (required)");
    }
    switch (field.type->kind) {
      case field_kind::text:
        check_text(field, *static_cast<const std::string*>(member), path);
        break;
      case field_kind::list:
        check_list(field, member, path, words);
        break;
      case field_kind::custom:
        check_custom(field, member, path, words);
        break;
      case field_kind::json:
        check_json(field, static_cast<const embedded_json*>(member)->text, path);
        break;
      case field_kind::object:
        check_fields(field.type->fields(), member, path_of(path, field.name), words);
        break;
      case field_kind::boolean:
        break;
      default:
        check_scalar(field, member, path, words);
    }
  }
}

}  // namespace tocsin::inline v1
