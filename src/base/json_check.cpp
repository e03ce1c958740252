#include <tocsin/base/json.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/base/utf8.hpp>

#include "base/word_article.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t no_least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t no_most = std::numeric_limits<std::int64_t>::max();

std::string path_of(std::string_view parent, std::string_view name) {
  return std::string(parent) + "/" + std::string(name);
}

bool has_form(const field_row& field) {
  return field.type->kind == field_kind::instant || field.type->kind == field_kind::duration;
}

// As documents write it.
std::string shown(const field_row& field, std::int64_t value) {
  if (!has_form(field)) return std::to_string(value);
  char text[text_form::size_max];
  return {text, field.type->form().write(value, text)};
}

refused_value found_value(const field_row& field, std::int64_t value) {
  return has_form(field) ? refused_value::text(shown(field, value)) : refused_value::integer(value);
}

std::string range_of(const field_row& field) {
  if (field.least == no_least) return "at most " + shown(field, field.most);
  if (field.most == no_most) return "at least " + shown(field, field.least);
  return shown(field, field.least) + " to " + shown(field, field.most);
}

class field_checker {
 public:
  field_checker(const lexicon* words, std::string_view of) : words_(words), of_(of) {}

  void check(std::span<const field_row> fields, const void* object, std::string_view path) const {
    for (const field_row& field : fields) {
      if (field.read && !field.required && field.read(object) == field.type->absent) continue;
      const void* member = field.at(object);
      if (field.required && is_absent(*field.type, member)) {
        throw missing_field(path_of(path, field.name), of_, field.meaning);
      }
      check_member(field, member, path);
    }
  }

 private:
  [[noreturn]] void refuse(const char* reason, const std::string& path, const refused_value& found,
                           const allowed_values& allowed) const {
    throw error(status::invalid_argument, reason,
                place_of(path, of_) + " must be " + allowed.words + ", found " + found.shown,
                refusal_detail(path, found, allowed));
  }

  void check_member(const field_row& field, const void* member, std::string_view path) const {
    switch (field.type->kind) {
      case field_kind::text:
        return check_text(field, *static_cast<const std::string*>(member), path);
      case field_kind::list:
        return check_list(field, member, path);
      case field_kind::custom:
        return check_custom(field, member, path);
      case field_kind::json:
        return check_json(field, static_cast<const embedded_json*>(member)->text, path);
      case field_kind::object:
        if (!field.required && is_absent(*field.type, member)) return;  // its own required members are not missing
        return check(field.type->fields(), member, path_of(path, field.name));
      case field_kind::boolean:
        return;
      default:
        check_scalar(field, member, path);
    }
  }

  void check_text(const field_row& field, const std::string& text, std::string_view parent) const {
    const std::size_t length = count_code_points(text);
    if (length == invalid_utf8) {
      refuse("document.invalid_utf8", path_of(parent, field.name), "bytes that are not UTF-8", "UTF-8");
    }
    if (length > field.max_length) {
      refuse("document.too_long", path_of(parent, field.name), std::to_string(length),
             "at most " + std::to_string(field.max_length) + " characters long");
    }
    if (field.one_line && !is_one_line(text)) {
      refuse("document.control_character", path_of(parent, field.name), "a control character", "one line of text");
    }
  }

  void check_word(const field_row& field, std::int64_t number, std::string_view parent) const {
    const word_kind kind = field.type->refers;
    if (static_cast<std::uint64_t>(number) <= words_->size(kind)) return;
    refuse("document.unknown_reference", path_of(parent, field.name), "number " + std::to_string(number),
           with_article(name(kind)) + " that has been published");
  }

  void check_scalar(const field_row& field, const void* member, std::string_view parent) const {
    const std::int64_t value = field.type->get(member);
    if (value == field.type->absent) return;
    if (words_ && field.type->kind == field_kind::word) return check_word(field, value, parent);
    if (value < field.least || value > field.most) {
      refuse("document.out_of_range", path_of(parent, field.name), found_value(field, value), range_of(field));
    }
    if (field.type->kind == field_kind::choice && static_cast<std::uint64_t>(value) > field.type->choices().size()) {
      refuse("document.unknown_choice", path_of(parent, field.name), refused_value::integer(value),
             "1 to " + std::to_string(field.type->choices().size()));
    }
    if (field.type->kind == field_kind::instant) check_instant(field, value, parent);
  }

  void check_instant(const field_row& field, std::int64_t value, std::string_view parent) const {
    char text[text_form::size_max];
    std::int64_t back = 0;
    const text_form& form = field.type->form();
    const std::size_t size = form.write(value, text);
    if (form.read({text, size}, back)) return;
    refuse("document.instant_out_of_range", path_of(parent, field.name), std::to_string(value) + " microseconds",
           "1900-01-01T00:00:00Z to 2199-12-31T23:59:59.999999Z, in microseconds since 1970");
  }

  void check_json(const field_row& field, const std::string& text, std::string_view parent) const {
    if (text.size() <= limits::embedded_bytes_max) return;
    refuse("document.too_long", path_of(parent, field.name), std::to_string(text.size()),
           "at most " + std::to_string(limits::embedded_bytes_max) + " bytes of JSON");
  }

  // What a value must be is for its declaration to say; here only what every text must be.
  void check_custom(const field_row& field, const void* list, std::string_view parent) const {
    for (std::size_t i = 0, count = field.type->count(list); i < count; ++i) {
      const auto& value = *static_cast<const custom_value*>(field.type->item(list, i));
      const std::string path = path_of(parent, field.name);
      if (words_ && (value.field.index == 0 || value.field.index > words_->size(word_kind::custom_field))) {
        refuse("document.unknown_reference", path, "number " + std::to_string(value.field.index),
               "a custom_field that has been published");
      }
      field_row text;
      const std::string name(words_ ? words_->word(word_kind::custom_field, value.field.index) : "");
      text.name = name;
      text.max_length = limits::text_length_max;
      check_text(text, value.text, path);
    }
  }

  void check_list(const field_row& field, const void* list, std::string_view parent) const {
    const type_row& type = *field.type;
    const std::size_t count = type.count(list);
    if (count > field.max_length) {
      refuse("document.too_many", path_of(parent, field.name), std::to_string(count),
             "at most " + std::to_string(field.max_length) + " items");
    }
    const std::string path = count ? path_of(parent, field.name) : std::string();
    for (std::size_t i = 0; i < count; ++i) check_item(field, type.item(list, i), path, i);
  }

  void check_item(const field_row& list, const void* item, const std::string& path, std::size_t i) const {
    const type_row& element = *list.type->element;
    const std::string index = std::to_string(i);
    if (element.kind == field_kind::object) return check(element.fields(), item, path_of(path, index));
    field_row as_item = list;
    as_item.name = index;
    if (element.kind == field_kind::text) {
      as_item.max_length = limits::key_length_max;
      check_text(as_item, *static_cast<const std::string*>(item), path);
    } else if (element.get && element.kind != field_kind::boolean) {
      as_item.type = &element;
      check_scalar(as_item, item, path);
    }
  }

  const lexicon* words_;
  std::string_view of_;
};

}  // namespace

void check_fields(std::span<const field_row> fields, const void* object, std::string_view path, const lexicon* words,
                  std::string_view of) {
  field_checker(words, of).check(fields, object, path);
}

}  // namespace tocsin::inline v1
