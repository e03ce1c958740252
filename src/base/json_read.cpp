#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/refusal.hpp>

#include <nlohmann/json.hpp>

#include <charconv>
#include <optional>

#include "base/word_article.hpp"

namespace tocsin::inline v1 {
namespace {

using nlohmann::json;

constexpr std::size_t words_listed_max = 100;       // in the detail
constexpr std::size_t words_compared_max = 10'000;  // to find the nearest
constexpr std::size_t number_shown_max = 40;        // characters
constexpr std::size_t not_chosen = static_cast<std::size_t>(-1);

std::vector<std::string> names_of(choice_names choices) { return {choices.begin(), choices.end()}; }

// As the parser hands it on: with the decimal point of the host's locale, and however long.
refused_value number_found(std::string text) {
  constexpr std::string_view others = "0123456789+-eE";
  if (text.size() > number_shown_max) return "a number of " + std::to_string(text.size()) + " characters";
  for (char& c : text) {
    if (others.find(c) == std::string_view::npos) c = '.';
  }
  return refused_value::json(std::move(text));
}

template <class Row>
void add_names(std::span<const Row> rows, std::vector<std::string>& to) {
  for (const Row& row : rows) to.emplace_back(row.name);
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
    refuse("document.null", refused_value::json("null"), "a value, or left out");
  }

  bool boolean(bool value) {
    if (capturing()) return captured_.boolean(value), captured_value();
    if (custom_value* custom = next_custom()) return set(*custom, custom_kind::boolean, value), true;
    const refused_value found = refused_value::json(value ? "true" : "false");
    const place to = next(found);
    if (to.type->kind != field_kind::boolean) wrong_type(to, found);
    to.type->set(to.object, value);
    return true;
  }

  bool number_integer(std::int64_t value) { return integer(value); }

  bool number_unsigned(std::uint64_t value) {
    if (value > static_cast<std::uint64_t>(INT64_MAX)) {
      next_custom();
      refuse("document.out_of_range", refused_value::json(std::to_string(value)), "at most 9223372036854775807");
    }
    return integer(static_cast<std::int64_t>(value));
  }

  bool number_float(double, const std::string& text) {
    const refused_value found = number_found(text);
    if (capturing() || next_custom()) refuse("document.wrong_type", found, "an integer");
    wrong_type(next(found), found);
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
    const place to = next(refused_value::text(value));
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
        wrong_type(to, refused_value::text(value));
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
    if (form_ && top.tagged && top.type == not_chosen) miss_tag();
    demand_content(frames_.back());
    frames_.pop_back();
    return true;
  }

  bool end_array() {
    if (captured_depth_ != 0) return captured_.end_array(), close_captured();
    return frames_.pop_back(), true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) {
    json_writer detail;
    detail.begin_object();
    detail.member("byte", static_cast<std::int64_t>(position));
    detail.member("path", path());
    detail.end_object();
    throw error(status::invalid_argument, "document.malformed", "malformed JSON: " + parser_complaint(e.what()),
                detail.take());
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
      too_deep(limits::json_depth_max);
    }
    frames_.push_back(std::move(f));
  }

  // Where the value that was just met belongs.
  place next(const refused_value& found) {
    if (frames_.empty()) refuse("document.wrong_type", found, "an object");
    if (at_tag_) refuse("document.wrong_type", found, {type_names(), "a text"});
    frame& top = frames_.back();
    if (!top.list) {
      const std::size_t limit = names_.is_stored ? SIZE_MAX : top.current->max_length;
      return {top.current->type, top.current->place(top.current_object), limit};
    }
    if (++top.index > top.limit) {
      too_many(top.limit, " items");
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
      too_deep(limits::embedded_depth_max);
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
    if (number == 0) unknown_member(name, known_words(word_kind::custom_field));
    for (std::size_t i = 0; i < top.custom->count(top.object); ++i) {
      if (static_cast<const custom_value*>(top.custom->item(top.object, i))->field.index == number) {
        given_twice();
      }
    }
    if (++top.index > top.limit) {
      too_many(top.limit, " fields");
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
    if (seen & bit) given_twice();
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
    if (finder.found().empty()) miss_tag();
    choose(finder.found());
  }

  bool choose(std::string_view tag) {
    frame& top = frames_.back();
    std::size_t type = 0;
    while (type < form_->types.size() && form_->types[type].name != tag) ++type;
    if (type == form_->types.size()) {
      top.current_name = form_->tag;
      unknown_type(tag);
    }
    if (top.type != not_chosen && (top.type != type || (top.seen_envelope >> 63) != 0)) {
      given_twice();
    }
    if (at_tag_) top.seen_envelope |= std::uint64_t{1} << 63;
    at_tag_ = false;
    if (top.type == type) return true;
    top.type = type;
    top.rows = form_->types[type].fields();
    top.body = (*choose_)(type);
    return true;
  }

  std::vector<std::string> type_names() const {
    std::vector<std::string> names;
    add_names(form_->types, names);
    return names;
  }

  [[noreturn]] void miss_tag() {
    frames_.back().current_name = form_->tag;
    throw error(status::invalid_argument, "document.missing_field",
                "missing required field " + quoted(form_->tag) + " of " + std::string(what_),
                refusal_detail(path(), "nothing", type_names()));
  }

  [[noreturn]] void unknown_type(std::string_view tag) const {
    const std::vector<std::string> names = type_names();
    const std::string nearest = nearest_of(tag, names);
    throw error(status::invalid_argument, "document.unknown_type",
                "there is no " + std::string(form_->tag) + " " + quoted(tag) + did_you_mean(nearest) + help_with(names),
                refusal_detail(path(), refused_value::text(tag), names, nearest));
  }

  // Where the names are listed; the few there are, at once.
  std::string help_with(const std::vector<std::string>& names) const {
    if (form_ && !form_->help.empty()) return " (" + std::string(form_->help) + ")";
    return names.empty() ? std::string() : " (allowed: " + allowed_values(names).words + ")";
  }

  // A required text or list that was given, and has nothing in it.
  void demand_content(frame& of) {
    for (std::size_t i = 0; i < of.rows.size(); ++i) {
      const field_row& row = of.rows[i];
      void* object = of.tagged ? of.body : of.object;
      const bool may_be_empty = row.type->kind != field_kind::text && row.type->kind != field_kind::list;
      if (!row.required || may_be_empty || (of.seen >> i & 1u) == 0 || !is_absent(*row.type, row.at(object))) continue;
      of.current_name = row.name;
      json_writer found;
      write_value(found, *row.type, row.at(object), names_);
      const refused_value nothing = refused_value::json(found.take());
      throw error(status::invalid_argument, "document.missing_field",
                  where() + " must not be empty, found " + nothing.shown,
                  refusal_detail(path(), nothing, std::string(row.meaning)));
    }
  }

  bool integer(std::int64_t value) {
    if (capturing()) return captured_.integer(value), captured_value();
    if (custom_value* custom = next_custom()) return set(*custom, custom_kind::integer, value), true;
    const place to = next("a number");
    if (to.type->kind == field_kind::word && !names_.words) return number_of_word(to, value);
    if (to.type->kind == field_kind::record && value > 0) return to.type->set(to.object, value), true;
    if (to.type->kind != field_kind::integer) wrong_type(to, refused_value::integer(value));
    to.type->set(to.object, value);
    if (to.type->get(to.object) != value) {
      refuse("document.out_of_range", refused_value::integer(value), "a number that fits the field");
    }
    if (value == to.type->absent) demand_in_range(*to.type, value, refused_value::integer(value));
    return true;
  }

  // What stands for "not given" in memory is not looked at again: it may be given only where the field's range has it, and
  // no document may give the number by which a field says that it has none.
  void demand_in_range(const type_row& type, std::int64_t value, const refused_value& found) const {
    const frame* in = &frames_.back();
    if (in->list && in != frames_.data()) --in;
    const field_row* field = in->current;
    const bool is_marker = value != 0;
    if (!is_marker && (!field || (field->least <= 0 && field->most >= 0))) return;
    const bool is_open = !field || field->least == std::numeric_limits<std::int64_t>::min();
    refuse("document.out_of_range", found,
           is_open ? "a number that fits the field" : bound(type, field->least) + " to " + bound(type, field->most));
  }

  static std::string bound(const type_row& type, std::int64_t value) {
    if (!type.form) return std::to_string(value);
    char text[text_form::size_max];
    return {text, type.form().write(value, text)};
  }

  // Where no words are known, as in a store's own documents, they stand as numbers.
  bool number_of_word(const place& to, std::int64_t value) {
    if (value < 1 || value > UINT32_MAX) {
      refuse("document.out_of_range", refused_value::integer(value), "the number of a word");
    }
    return to.type->set(to.object, value), true;
  }

  bool formed(const place& to, std::string_view text) {
    const text_form& form = to.type->form();
    std::int64_t value = 0;
    const bool is_read =
        form.read(text, value) || (names_.is_stored && form.read_stored && form.read_stored(text, value));
    if (!is_read) {
      refuse("document.malformed_value", refused_value::text(text), std::string(form.what));
    }
    to.type->set(to.object, value);
    if (value == to.type->absent) demand_in_range(*to.type, value, refused_value::text(text));
    return true;
  }

  bool choice(const place& to, std::string_view text) {
    const choice_names all = to.type->choices();
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i] == text) return to.type->set(to.object, static_cast<std::int64_t>(i) + 1), true;
    }
    unknown("document.unknown_choice", text, one_of(all));
  }

  bool word(const place& to, std::string_view text) {
    const std::uint32_t number = names_.words ? names_.words->find(to.type->refers, text) : 0;
    if (number == 0 && to.type->refers == word_kind::record_type && text == incident_type) return true;
    if (number == 0) unknown("document.unknown_reference", text, known_words(to.type->refers));
    to.type->set(to.object, number);
    return true;
  }

  static allowed_values one_of(choice_names all) {
    std::vector<std::string> names = names_of(all);
    std::string words = names.size() <= names_in_message_max ? "one of " + joined(names) : std::string();
    return {std::move(names), std::move(words)};
  }

  // All of them where they are few, as states and reasons are.
  allowed_values known_words(word_kind kind) const {
    const std::size_t count = names_.words ? names_.words->size(kind) : 0;
    std::vector<std::string> known;
    if (kind == word_kind::record_type) known.emplace_back(incident_type);
    for (std::uint32_t n = 1; n <= std::min(count, words_compared_max); ++n) {
      known.emplace_back(names_.words->word(kind, n));
    }
    std::string words = with_article(name(kind)) + " that has been published";
    if (!known.empty() && known.size() <= names_in_message_max) words += " (" + joined(known) + ")";
    return {std::move(known), std::move(words)};
  }

  bool record(const place& to, std::string_view text) {
    const std::uint64_t id = names_.find_record ? names_.find_record(names_.context, text) : 0;
    if (id == 0) no_record(text);
    to.type->set(to.object, static_cast<std::int64_t>(id));
    return true;
  }

  [[noreturn]] void no_record(std::string_view text) const {
    throw error(status::not_found, "document.unknown_record", where() + ": there is no record " + quoted(text),
                refusal_detail(path(), refused_value::text(text), "the number or id of a record"));
  }

  [[noreturn]] void wrong_type(const place& to, const refused_value& found) {
    refuse("document.wrong_type", found, expected(*to.type));
  }

  static allowed_values expected(const type_row& type) {
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
        return one_of(type.choices());
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
    std::vector<std::string> names;
    if (top.tagged) {
      names.emplace_back(form_->tag);
      add_names(form_->envelope, names);
    }
    for (const field_row& row : top.rows) {
      if (!row.retired) names.emplace_back(row.name);
    }
    top.current_name = name;
    unknown_member(name, names.empty() ? allowed_values("no field") : allowed_values(std::move(names)));
  }

  [[noreturn]] void unknown_member(std::string_view name, const allowed_values& allowed) const {
    const std::string nearest = nearest_of(name, allowed.names);
    const std::string where = path();
    const std::string parent = where.substr(0, where.rfind('/'));
    std::string message = "unknown field " + quoted(name);
    if (!parent.empty()) message += " in " + parent;
    message += " of " + std::string(of()) + did_you_mean(nearest);
    const bool are_many = allowed.names.size() > names_in_message_max && form_ && !form_->help.empty();
    message += are_many ? " (see the schema of " + std::string(of()) + ")" : " (allowed: " + allowed.words + ")";
    throw error(status::invalid_argument, "document.unknown_field", message,
                refusal_detail(where, refused_value::text(name), listed(allowed), nearest));
  }

  // The type of a tagged document, as soon as it is known; else what documents of the kind are called.
  std::string_view of() const {
    const std::string_view type = schema_name();
    return type.empty() ? what_ : type;
  }

  std::string_view schema_name() const {
    const bool is_known = form_ && !frames_.empty() && frames_.front().type != not_chosen;
    return is_known ? form_->types[frames_.front().type].name : std::string_view();
  }

  std::string where() const { return place_of(path(), of()); }

  // What a detail lists: not the keys of thousands of persons.
  static allowed_values listed(allowed_values all) {
    if (all.names.size() > words_listed_max) all.names.clear();
    return all;
  }

  [[noreturn]] void too_deep(std::size_t most) const {
    refuse("document.too_deep", "more", "at most " + std::to_string(most) + " levels deep");
  }

  // The path is that of the first too many.
  [[noreturn]] void too_many(std::size_t most, const char* of_what) const {
    const std::string where = path();
    const std::string found = "more than " + std::to_string(most) + of_what;
    throw error(status::invalid_argument, "document.too_many",
                place_of(where.substr(0, where.rfind('/')), of()) + " has " + found,
                refusal_detail(where, found, "at most " + std::to_string(most) + of_what));
  }

  [[noreturn]] void given_twice() const {
    throw error(status::invalid_argument, "document.member_twice", where() + " is given twice",
                refusal_detail(path(), "the field twice", "once"));
  }

  [[noreturn]] void unknown(const char* reason, std::string_view text, const allowed_values& allowed) const {
    const std::string nearest = nearest_of(text, allowed.names);
    const refused_value found = refused_value::text(text);
    throw error(status::invalid_argument, reason,
                where() + " must be " + allowed.words + ", found " + found.shown + did_you_mean(nearest),
                refusal_detail(path(), found, listed(allowed), nearest));
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

  [[noreturn]] void refuse(const char* reason, const refused_value& found, const allowed_values& allowed) const {
    throw error(status::invalid_argument, reason, where() + " must be " + allowed.words + ", found " + found.shown,
                refusal_detail(path(), found, allowed));
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
