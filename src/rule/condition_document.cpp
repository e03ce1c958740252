#include <tocsin/rule/condition_document.hpp>

#include <algorithm>
#include <iterator>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_lines.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/rule/condition_lint.hpp>

#include "json_tree.hpp"

namespace tocsin::inline v1 {
namespace {

using kind = condition_field_kind;

constexpr tagged_type defined_types[] = {{"field", condition_field::fields}};
constexpr tagged_type asked_types[] = {{"explain", condition_question::fields}};

const type_row& type_of_kind(kind k) {
  switch (k) {
    case kind::boolean:
      return detail::type_of<bool>;
    case kind::integer:
      return detail::type_of<std::int64_t>;
    case kind::instant:
      return detail::type_of<instant>;
    case kind::duration:
      return detail::type_of<duration>;
    case kind::texts:
      return detail::type_of<std::vector<std::string>>;
    default:
      return detail::type_of<std::string>;
  }
}

void refuse(std::string_view path, const refused_value& found, const allowed_values& allowed) {
  throw unexpected(status::invalid_argument, "condition.refused", path, found, allowed);
}

void check(const condition_field& field) {
  const bool has_choices = !field.choices.empty();
  if (has_choices != (field.kind == kind::choice)) {
    refuse("/choices", has_choices ? "choices" : "none", "choices of a field of kind choice, and of no other");
  }
}

// ---- what stands at the paths

struct kept_value {
  bool given = false;
  std::int64_t number = 0;
  std::string text;
  std::vector<std::string> items;
};

struct kept_values {
  const std::vector<condition_field>& fields;
  std::vector<kept_value> values = std::vector<kept_value>(fields.size());

  condition_value at(std::size_t path) const noexcept {
    const kept_value& value = values[path];
    const field_kind of = type_of_kind(fields[path].kind).kind;
    return {.kind = of, .given = value.given, .number = value.number, .text = value.text};
  }
  condition_value item(std::size_t path, std::size_t index) const noexcept {
    return {.kind = field_kind::text, .given = true, .text = values[path].items[index]};
  }
  condition_data data() const noexcept {
    condition_data all;
    all.context = this;
    all.value = [](const void* of, std::size_t path, instant) noexcept {
      return static_cast<const kept_values*>(of)->at(path);
    };
    all.count = [](const void* of, std::size_t path) noexcept {
      return static_cast<const kept_values*>(of)->values[path].items.size();
    };
    all.item = [](const void* of, std::size_t path, std::size_t index) noexcept {
      return static_cast<const kept_values*>(of)->item(path, index);
    };
    return all;
  }
};

class data_reader {
 public:
  data_reader(const json_tree& tree, kept_values& to) : tree_(tree), to_(to) {}

  void read() {
    if (tree_[0].form != json_form::object) refuse("/data", found_at(0), "an object");
    read_members(0, {});
  }

 private:
  std::string place(std::uint32_t node) const { return "/data" + tree_.pointer(node); }

  refused_value found_at(std::uint32_t node) const {
    const json_node& found = tree_[node];
    switch (found.form) {
      case json_form::null:
        return refused_value::json("null");
      case json_form::boolean:
        return refused_value::json(found.integer != 0 ? "true" : "false");
      case json_form::integer:
        return refused_value::integer(found.integer);
      case json_form::number:
        return refused_value::json(found.text);
      case json_form::text:
        return refused_value::text(found.text);
      case json_form::array:
        return "an array";
      default:
        return "an object";
    }
  }

  void read_members(std::uint32_t object, const std::string& before) {
    for (const std::uint32_t member : tree_.children(object)) {
      const std::string path = before + tree_[member].key;
      const auto field = std::ranges::find(to_.fields, path, &condition_field::path);
      if (field != to_.fields.end()) {
        read_value(member, static_cast<std::size_t>(field - to_.fields.begin()));
      } else if (tree_[member].form == json_form::object) {
        read_members(member, path + ".");
      } else {
        std::vector<std::string> names;
        for (const condition_field& one : to_.fields) names.push_back(one.path);
        throw unknown_name(status::invalid_argument, "condition.unknown_path", place(member), path, std::move(names));
      }
    }
  }

  void demand(bool met, std::uint32_t node, const allowed_values& allowed) const {
    if (!met) refuse(place(node), found_at(node), allowed);
  }

  void read_value(std::uint32_t node, std::size_t path) {
    const condition_field& field = to_.fields[path];
    kept_value& value = to_.values[path];
    if (value.given || !value.items.empty()) refuse(place(node), "a second value", "one value of " + field.path);
    const json_node& found = tree_[node];
    value.given = true;
    value.number = found.integer;
    value.text = found.text;
    switch (field.kind) {
      case kind::boolean:
        return demand(found.form == json_form::boolean, node, "true or false");
      case kind::integer:
        return demand(found.form == json_form::integer, node, "an integer");
      case kind::instant:
      case kind::duration: {
        const text_form& form = type_of_kind(field.kind).form();
        const bool is_read = found.form == json_form::text && form.read(found.text, value.number);
        return demand(is_read, node, std::string(form.what));
      }
      case kind::choice:
        demand(found.form == json_form::text, node, "a text");
        if (std::ranges::find(field.choices, found.text) == field.choices.end()) {
          throw unknown_name(status::invalid_argument, "condition.unknown_choice", place(node), found.text,
                             field.choices);
        }
        return;
      case kind::texts:
        return read_items(node, value);
      default:
        // As in a record: what is empty is not given.
        value.given = !found.text.empty();
        return demand(found.form == json_form::text, node, "a text");
    }
  }

  void read_items(std::uint32_t list, kept_value& value) {
    demand(tree_[list].form == json_form::array, list, "an array of texts");
    for (const std::uint32_t item : tree_.children(list)) {
      demand(tree_[item].form == json_form::text, item, "a text");
      value.items.push_back(tree_[item].text);
    }
    value.given = !value.items.empty();
  }

  const json_tree& tree_;
  kept_values& to_;
};

kept_values read_data(const std::vector<condition_field>& fields, const embedded_json& data) {
  kept_values values{.fields = fields};
  if (!data) return values;
  const json_tree tree = read_json_tree(data.text, {limits::embedded_bytes_max, limits::embedded_depth_max});
  data_reader(tree, values).read();
  return values;
}

// ---- the condition

void check_choices(const condition& asked, const std::vector<condition_field>& fields) {
  for (const condition_word& named : asked.words) {
    const auto field = std::ranges::find(fields, named.choice_of, &condition_field::path);
    if (field == fields.end() || std::ranges::find(field->choices, named.word) != field->choices.end()) continue;
    throw unknown_name(status::invalid_argument, "condition.unknown_choice", "/condition" + named.path, named.word,
                       field->choices);
  }
}

void check_changes(const condition& asked) {
  if (!asked.asks_changes) return;
  refuse("/condition", "changed, from or to", "what can be asked of data to which nothing has happened");
}

}  // namespace

std::span<const std::string_view> choices(condition_field_kind) {
  static constexpr std::string_view all[] = {"text", "boolean", "integer", "instant", "duration", "choice", "texts"};
  return all;
}

std::span<const field_row> condition_field::fields() {
  using self = condition_field;
  static constexpr field_row rows[] = {
      row<&self::path>("path", "How conditions name it, as custom.site", required, one_line),
      row<&self::kind>("kind", "What stands there; the keys of people, teams and services are texts", required),
      row<&self::choices>("choices", "The values of a choice", max_length(limits::condition_choices_max)),
  };
  return rows;
}

std::span<const field_row> condition_question::fields() {
  using self = condition_question;
  static constexpr field_row rows[] = {
      row<&self::condition>("condition", "What is asked, in JsonLogic's syntax", required),
      row<&self::data>("data", "The values: an object, by paths or by their parts; without it, nothing is there"),
      row<&self::at>("at", "When it is asked; needed where the answer changes with time alone"),
  };
  return rows;
}

std::span<const tagged_type> condition_definition_types() { return defined_types; }
std::span<const tagged_type> condition_question_types() { return asked_types; }

std::string condition_session::answer(std::string_view line) {
  return answer_line(line, [this](std::string_view one) { return execute(one); });
}

std::string condition_session::execute(std::string_view line) {
  return kind_of_line(line).defines ? define(line) : ask(line);
}

std::string condition_session::define(std::string_view line) {
  static const tagged_form form{"a definition", "define", {}, defined_types};
  condition_field field;
  read_line(line, form, [&](std::size_t) { return &field; });
  check(field);
  const std::string path = field.path;
  const auto known = std::ranges::find(fields_, path, &condition_field::path);
  if (known != fields_.end()) {
    *known = std::move(field);
  } else if (fields_.size() == limits::condition_fields_max) {
    throw error(status::resource_exhausted, "condition.too_many",
                "there may be " + std::to_string(limits::condition_fields_max) + " fields, and this would be one more");
  } else {
    fields_.push_back(std::move(field));
  }
  schema_.reset();
  return defined_answer("field", path);
}

const condition_schema& condition_session::schema() {
  if (schema_) return *schema_;
  condition_schema made;
  for (const condition_field& field : fields_) {
    made.add(field.path, type_of_kind(field.kind)).own_choices = field.kind == kind::choice;
  }
  return schema_.emplace(std::move(made));
}

std::string condition_session::ask(std::string_view line) {
  static const tagged_form form{"a question", "operation", {}, asked_types};
  condition_question asked;
  read_line(line, form, [&](std::size_t) { return &asked; });
  const condition compiled = compile_condition(asked.condition.text, schema(), "/condition");
  check_changes(compiled);
  check_choices(compiled, fields_);
  if (compiled.timed && !is_set(asked.at)) {
    throw missing_field("/at", "explain", "the answer to this condition changes with time alone");
  }
  const kept_values values = read_data(fields_, asked.data);
  json_writer to;
  to.begin_object();
  to.member_boolean("holds", holds(compiled, values.data(), asked.at));
  to.key("why");
  write_explanation(to, explain(compiled, values.data(), asked.at));
  const std::vector<std::string> odd = lint(compiled, schema());
  if (!odd.empty()) {
    to.key("warnings");
    to.begin_array();
    for (const std::string& warning : odd) to.text("/condition: " + warning);
    to.end_array();
  }
  to.end_object();
  return to.take();
}

std::string answer_condition_lines(std::string_view book, std::string_view lines) {
  condition_session session;
  return answer_lines(book, lines, limits::answered_lines_max, "condition.too_many",
                      [&](std::string_view line) { return session.execute(line); });
}

}  // namespace tocsin::inline v1
