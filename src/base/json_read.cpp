#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>

#include <nlohmann/json.hpp>

#include <charconv>
#include <optional>

namespace tocsin::inline v1 {
namespace {

using nlohmann::json;

constexpr std::uint32_t words_listed_max = 30;
constexpr std::size_t not_chosen = static_cast<std::size_t>(-1);

std::string shown(std::string_view text) {
  json_writer to;
  to.text(text.substr(0, 80));
  return to.take();
}

template <class Range, class Name>
std::string listed(const Range& range, Name name) {
  std::string result;
  for (const auto& item : range) {
    if (!result.empty()) result += ", ";
    result += name(item);
  }
  return result;
}

// Finds the tag of an object whose tag does not come first.
class tag_finder {
 public:
  explicit tag_finder(std::string_view tag) : tag_(tag) {}

  const std::string& found() const { return found_; }

  bool null() { return value(); }
  bool boolean(bool) { return value(); }
  bool number_integer(std::int64_t) { return value(); }
  bool number_unsigned(std::uint64_t) { return value(); }
  bool number_float(double, const std::string&) { return value(); }
  bool binary(json::binary_t&) { return value(); }
  bool string(std::string& text) {
    if (!at_tag_) return true;
    found_ = text;
    return false;
  }
  bool start_object(std::size_t) { return ++depth_, value(); }
  bool start_array(std::size_t) { return ++depth_, value(); }
  bool end_object() { return --depth_, true; }
  bool end_array() { return --depth_, true; }
  bool key(std::string& name) {
    at_tag_ = depth_ == 1 && name == tag_;
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) { return false; }

 private:
  bool value() { return at_tag_ = false, true; }

  std::string_view tag_;
  std::string found_;
  int depth_ = 0;
  bool at_tag_ = false;
};

class reader {
 public:
  reader(std::string_view text, const document_names& names, std::string_view what)
      : text_(text), names_(names), what_(what) {}

  void read(std::span<const field_row> fields, void* object) {
    root_fields_ = fields;
    root_object_ = object;
    parse();
  }

  void read(const tagged_form& form, void* envelope, const tagged_choice& choose) {
    form_ = &form;
    root_object_ = envelope;
    choose_ = &choose;
    parse();
  }

  // ---- what the parser calls

  bool null() {
    if (capturing()) return captured_.raw("null"), captured_value();
    if (custom_value* value = next_custom()) return value->kind = custom_kind::unset, true;
    refuse("document.null", "null", "a value, or the member left out");
  }

  bool boolean(bool value) {
    if (capturing()) return captured_.boolean(value), captured_value();
    if (custom_value* custom = next_custom()) return set(*custom, custom_kind::boolean, value), true;
    const place to = next(value ? "true" : "false");
    if (to.type->kind != field_kind::boolean) wrong_type(to, value ? "true" : "false");
    to.type->set(to.object, value);
    return true;
  }

  bool number_integer(std::int64_t value) { return integer(value); }

  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) {
      next_custom();
      refuse("document.out_of_range", std::to_string(value), "at most 9223372036854775807");
    }
    return integer(static_cast<std::int64_t>(value));
  }

  bool number_float(double, const std::string& text) {
    if (capturing() || next_custom()) refuse("document.wrong_type", text, "an integer");
    wrong_type(next("a number"), text);
  }

  bool binary(json::binary_t&) { return false; }

  bool string(std::string& value) {
    if (at_tag_) return choose(value);
    if (capturing()) return captured_.text(value), captured_value();
    if (custom_value* custom = next_custom()) {
      custom->kind = custom_kind::text;
      custom->text = std::move(value);
      return true;
    }
    const place to = next("a text");
    switch (to.type->kind) {
      case field_kind::text:
        *static_cast<std::string*>(to.object) = std::move(value);
        return true;
      case field_kind::instant:
      case field_kind::duration:
        return formed(to, value);
      case field_kind::choice:
        return choice(to, value);
      case field_kind::word:
        return word(to, value);
      case field_kind::record:
        return record(to, value);
      default:
        wrong_type(to, shown(value));
    }
  }

  bool start_object(std::size_t) {
    if (frames_.empty()) {
      push({.rows = root_fields_, .object = root_object_, .tagged = form_ != nullptr});
      return true;
    }
    if (capturing()) return open_captured(true);
    if (next_custom()) refuse("document.wrong_type", "an object", "the value of a custom field");
    const place to = next("an object");
    if (to.type->kind == field_kind::custom) {
      push({.object = to.object, .custom = to.type, .limit = to.limit});
      return true;
    }
    if (to.type->kind != field_kind::object) wrong_type(to, "an object");
    push({.rows = to.type->fields(), .object = to.object});
    return true;
  }

  bool start_array(std::size_t) {
    if (capturing()) return open_captured(false);
    if (next_custom()) refuse("document.wrong_type", "an array", "the value of a custom field");
    const place to = next("an array");
    const bool is_list = to.type->kind == field_kind::list || (to.type->kind == field_kind::custom && !names_.words);
    if (!is_list) wrong_type(to, "an array");
    push({.object = to.object, .list = to.type, .limit = to.limit});
    return true;
  }

  bool key(std::string& name) {
    if (captured_depth_ != 0) return captured_.key(name), true;
    frame& top = frames_.back();
    at_tag_ = false;
    if (top.custom) return custom_key(top, name);
    if (form_ && top.tagged) return tagged_key(top, name);
    const field_row* field = find(top.rows, name);
    if (!field) unknown_member(name, top);
    enter(top, *field, static_cast<std::size_t>(field - top.rows.data()), top.object);
    return true;
  }

  bool end_object() {
    if (captured_depth_ != 0) return captured_.end_object(), close_captured();
    const frame& top = frames_.back();
    if (form_ && top.tagged && top.type == not_chosen) {
      refuse("document.missing_field", "no " + shown(form_->tag), allowed_types());
    }
    frames_.pop_back();
    return true;
  }

  bool end_array() {
    if (captured_depth_ != 0) return captured_.end_array(), close_captured();
    return frames_.pop_back(), true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
    std::string why = e.what();
    const std::size_t cut = why.find("parse error");
    if (cut != std::string::npos) why.erase(0, cut);
    json_writer detail;
    detail.begin_object();
    detail.member("byte", static_cast<std::int64_t>(position));
    detail.member("path", path());
    detail.end_object();
    throw error(status::invalid_argument, "document.malformed", "malformed JSON: " + why, detail.take());
  }

 private:
  struct place {
    const type_row* type;
    void* object;
    std::size_t limit;
  };

  struct frame {
    std::span<const field_row> rows = {};  // of an object; of a tagged one: its body
    void* object = nullptr;                // of an object: where; of a list: the list; of a tagged one: its envelope
    void* body = nullptr;                  // of a tagged object
    const type_row* list = nullptr;        // of a list
    const type_row* custom = nullptr;      // of the values of custom fields
    bool tagged = false;
    std::size_t limit = 0;
    std::size_t type = not_chosen;  // of a tagged object
    std::uint64_t seen = 0;
    std::uint64_t seen_envelope = 0;
    const field_row* current = nullptr;
    void* current_object = nullptr;
    std::size_t index = 0;  // of a list: items met
    std::string_view current_name = {};
    custom_value* current_custom = nullptr;
    std::string custom_name = {};
  };

  void parse() {
    if (text_.size() > limits::document_bytes_max) {
      throw error(status::resource_exhausted, "document.too_large",
                  "the document has " + std::to_string(text_.size()) + " bytes, allowed are " +
                      std::to_string(limits::document_bytes_max));
    }
    json::sax_parse(text_.begin(), text_.end(), this);
  }

  void push(frame f) {
    if (frames_.size() >= limits::json_depth_max) {
      refuse("document.too_deep", "more than " + std::to_string(limits::json_depth_max) + " levels",
             "at most " + std::to_string(limits::json_depth_max));
    }
    frames_.push_back(std::move(f));
  }

  // Where the value that was just met belongs.
  place next(std::string_view found) {
    if (frames_.empty()) refuse("document.wrong_type", std::string(found), "an object: " + std::string(what_));
    if (at_tag_) refuse("document.wrong_type", std::string(found), allowed_types());
    frame& top = frames_.back();
    if (!top.list) return {top.current->type, top.current->place(top.current_object), top.current->max_length};
    if (++top.index > top.limit) {
      refuse("document.too_many", "more than " + std::to_string(top.limit) + " items",
             "at most " + std::to_string(top.limit));
    }
    return {top.list->element, top.list->append(top.object), limits::key_length_max};
  }

  // ---- JSON that is kept as it is

  // Does the value that begins here belong to a member that is JSON itself?
  bool capturing() {
    if (captured_depth_ != 0) return true;
    if (frames_.empty() || at_tag_) return false;
    const frame& top = frames_.back();
    const type_row* type = top.custom ? nullptr : top.list ? top.list->element : top.current->type;
    if (!type || type->kind != field_kind::json) return false;
    captured_to_ = static_cast<embedded_json*>(next("a value").object);
    captured_.clear();
    return true;
  }

  bool captured_value() {
    if (captured_depth_ == 0) captured_to_->text = captured_.take();
    return true;
  }

  bool open_captured(bool object) {
    if (++captured_depth_ > limits::embedded_depth_max) {
      refuse("document.too_deep", "more than " + std::to_string(limits::embedded_depth_max) + " levels",
             "at most " + std::to_string(limits::embedded_depth_max));
    }
    object ? captured_.begin_object() : captured_.begin_array();
    return true;
  }

  bool close_captured() { return --captured_depth_, captured_value(); }

  // ---- values of custom fields

  bool custom_key(frame& top, const std::string& name) {
    const std::uint32_t number = names_.words ? names_.words->find(word_kind::custom_field, name) : 0;
    top.current_name = {};
    top.custom_name = name;
    if (number == 0) refuse("document.unknown_field", "an unknown member", known_words(word_kind::custom_field));
    for (std::size_t i = 0; i < top.custom->count(top.object); ++i) {
      if (static_cast<const custom_value*>(top.custom->item(top.object, i))->field.index == number) {
        refuse("document.member_twice", "the member twice", "once");
      }
    }
    if (++top.index > top.limit) {
      refuse("document.too_many", "more than " + std::to_string(top.limit) + " members",
             "at most " + std::to_string(top.limit));
    }
    top.current_custom = static_cast<custom_value*>(top.custom->append(top.object));
    top.current_custom->field = {number};
    return true;
  }

  // Where the value goes that was just met, if it is one of a custom field.
  custom_value* next_custom() {
    return frames_.empty() || at_tag_ || !frames_.back().custom ? nullptr : frames_.back().current_custom;
  }

  static void set(custom_value& value, custom_kind kind, std::int64_t number) {
    value.kind = kind;
    value.number = number;
  }

  static const field_row* find(std::span<const field_row> rows, std::string_view name) {
    for (const field_row& row : rows) {
      if (row.name == name && !row.retired) return &row;
    }
    return nullptr;
  }

  void enter(frame& top, const field_row& field, std::size_t index, void* object, bool envelope = false) {
    std::uint64_t& seen = envelope ? top.seen_envelope : top.seen;
    const std::uint64_t bit = std::uint64_t{1} << index;
    top.current = &field;
    top.current_object = object;
    top.current_name = field.name;
    if (seen & bit) refuse("document.member_twice", "the member twice", "once");
    seen |= bit;
  }

  bool tagged_key(frame& top, std::string& name) {
    if (name == form_->tag) {
      top.current_name = form_->tag;
      at_tag_ = true;
      return true;
    }
    if (const field_row* field = find(form_->envelope, name)) {
      enter(top, *field, static_cast<std::size_t>(field - form_->envelope.data()), top.object, true);
      return true;
    }
    if (top.type == not_chosen) look_for_tag();
    const field_row* field = find(top.rows, name);
    if (!field) unknown_member(name, top);
    enter(top, *field, static_cast<std::size_t>(field - top.rows.data()), top.body);
    return true;
  }

  // A member of the body came before the tag: look ahead for it.
  void look_for_tag() {
    tag_finder finder(form_->tag);
    json::sax_parse(text_.begin(), text_.end(), &finder);
    frames_.back().current_name = {};
    if (finder.found().empty()) refuse("document.missing_field", "no " + shown(form_->tag), allowed_types());
    choose(finder.found());
  }

  bool choose(std::string_view tag) {
    frame& top = frames_.back();
    std::size_t type = 0;
    while (type < form_->types.size() && form_->types[type].name != tag) ++type;
    if (type == form_->types.size()) {
      top.current_name = form_->tag;
      refuse("document.unknown_type", shown(tag), allowed_types());
    }
    if (top.type != not_chosen && (top.type != type || (top.seen_envelope >> 63) != 0)) {
      refuse("document.member_twice", "the member twice", "once");
    }
    if (at_tag_) top.seen_envelope |= std::uint64_t{1} << 63;
    at_tag_ = false;
    if (top.type == type) return true;
    top.type = type;
    top.rows = form_->types[type].fields();
    top.body = (*choose_)(type);
    return true;
  }

  std::string allowed_types() const {
    return listed(form_->types, [](const tagged_type& t) { return std::string(t.name); });
  }

  bool integer(std::int64_t value) {
    if (capturing()) return captured_.integer(value), captured_value();
    if (custom_value* custom = next_custom()) return set(*custom, custom_kind::integer, value), true;
    const place to = next("a number");
    if (to.type->kind == field_kind::word && !names_.words) return number_of_word(to, value);
    if (to.type->kind == field_kind::record && value > 0) return to.type->set(to.object, value), true;
    if (to.type->kind != field_kind::integer) wrong_type(to, std::to_string(value));
    to.type->set(to.object, value);
    if (to.type->get(to.object) != value) {
      refuse("document.out_of_range", std::to_string(value), "a number that fits the field");
    }
    return true;
  }

  // Where no words are known, as in a store's own documents, they stand as numbers.
  bool number_of_word(const place& to, std::int64_t value) {
    if (value < 1 || value > UINT32_MAX) refuse("document.out_of_range", std::to_string(value), "the number of a word");
    return to.type->set(to.object, value), true;
  }

  bool formed(const place& to, std::string_view text) {
    const text_form& form = to.type->form();
    std::int64_t value = 0;
    if (!form.read(text, value)) refuse("document.malformed_value", shown(text), std::string(form.what));
    to.type->set(to.object, value);
    return true;
  }

  bool choice(const place& to, std::string_view text) {
    const choice_names all = to.type->choices();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i] == text) return to.type->set(to.object, static_cast<std::int64_t>(i) + 1), true;
    }
    refuse("document.unknown_choice", shown(text), listed(all, [](std::string_view n) { return std::string(n); }));
  }

  bool word(const place& to, std::string_view text) {
    const std::uint32_t number = names_.words ? names_.words->find(to.type->refers, text) : 0;
    if (number == 0 && to.type->refers == word_kind::record_type && text == incident_type) return true;
    if (number == 0) refuse("document.unknown_reference", shown(text), known_words(to.type->refers));
    to.type->set(to.object, number);
    return true;
  }

  // All of them where they are few, as states and reasons are.
  std::string known_words(word_kind kind) const {
    const std::uint32_t count = names_.words ? static_cast<std::uint32_t>(names_.words->size(kind)) : 0;
    std::string known = std::string("a ") + name(kind) + " that has been published";
    if (count == 0 || count > words_listed_max) return known;
    known += ": ";
    if (kind == word_kind::record_type) known += std::string(incident_type) + ", ";
    for (std::uint32_t n = 1; n <= count; ++n) {
      known += (n == 1 ? "" : ", ") + std::string(names_.words->word(kind, n));
    }
    return known;
  }

  bool record(const place& to, std::string_view text) {
    const std::uint64_t id = names_.find_record ? names_.find_record(names_.context, text) : 0;
    if (id == 0) refuse("document.unknown_record", shown(text), "the number or id of a record", status::not_found);
    to.type->set(to.object, static_cast<std::int64_t>(id));
    return true;
  }

  [[noreturn]] void wrong_type(const place& to, const std::string& found) {
    refuse("document.wrong_type", found, expected(*to.type));
  }

  static std::string expected(const type_row& type) {
    switch (type.kind) {
      case field_kind::text:
        return "text";
      case field_kind::boolean:
        return "true or false";
      case field_kind::integer:
        return "an integer";
      case field_kind::instant:
      case field_kind::duration:
        return std::string(type.form().what);
      case field_kind::choice:
        return "one of " + listed(type.choices(), [](std::string_view n) { return std::string(n); });
      case field_kind::word:
        return std::string("the key of a ") + name(type.refers);
      case field_kind::record:
        return "the number of a record";
      case field_kind::list:
        return "an array";
      case field_kind::object:
        return "an object";
      case field_kind::json:
        return "JSON";
      case field_kind::custom:
        return "an object of custom fields";
    }
    return "something else";
  }

  [[noreturn]] void unknown_member(std::string_view name, frame& top) {
    top.current_name = name;
    std::string allowed;
    const auto add = [&](const std::string& names) {
      if (!names.empty()) allowed += (allowed.empty() ? "" : ", ") + names;
    };
    const auto name_of = [](const field_row& r) { return std::string(r.name); };
    if (top.tagged) {
      add(std::string(form_->tag));
      add(listed(form_->envelope, name_of));
    }
    add(listed(top.rows, name_of));
    refuse("document.unknown_field", "an unknown member", allowed.empty() ? "no member" : allowed);
  }

  std::string path() const {
    std::string result;
    for (const frame& f : frames_) {
      if (f.list) {
        if (f.index > 0) result += "/" + std::to_string(f.index - 1);
      } else if (f.custom) {
        if (!f.custom_name.empty()) result += "/" + f.custom_name;
      } else if (!f.current_name.empty()) {
        result += "/" + std::string(f.current_name);
      }
    }
    return result;
  }

  [[noreturn]] void refuse(const char* reason, const std::string& found, const std::string& allowed,
                           status code = status::invalid_argument) const {
    const std::string where = path();
    json_writer detail;
    detail.begin_object();
    detail.member("path", where);
    detail.member("found", found);
    detail.member("allowed", allowed);
    detail.end_object();
    const std::string message =
        (where.empty() ? std::string(what_) : where) + ": found " + found + ", allowed " + allowed;
    throw error(code, reason, message, detail.take());
  }

  std::string_view text_;
  const document_names& names_;
  std::string_view what_;
  std::span<const field_row> root_fields_;
  void* root_object_ = nullptr;
  const tagged_form* form_ = nullptr;
  const tagged_choice* choose_ = nullptr;
  std::vector<frame> frames_;
  bool at_tag_ = false;
  json_writer captured_;
  embedded_json* captured_to_ = nullptr;
  std::size_t captured_depth_ = 0;
};

}  // namespace

void read_object(std::string_view json, std::span<const field_row> fields, void* object, const document_names& names,
                 std::string_view what) {
  reader(json, names, what).read(fields, object);
}

void read_tagged(std::string_view json, const tagged_form& form, void* envelope, const tagged_choice& choose,
                 const document_names& names) {
  reader(json, names, form.what).read(form, envelope, choose);
}

}  // namespace tocsin::inline v1
