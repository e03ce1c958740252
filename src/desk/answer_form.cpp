#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include "answer.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::uint32_t choices_max = 200;  // more than a list on a screen can show

class form_writer {
 public:
  form_writer(const answer_context& c, record_type_ref type)
      : c_(c), to_(c.to), state_(c.d.state()), record_(c.record), type_(record_ ? record_->type : type) {
    type_key_ = type_ ? state_.words.word(word_kind::record_type, type_.index) : std::string_view("incident");
  }

  void write(const command_type& command) {
    to_.begin_object();
    to_.member("command", command.name);
    to_.member("meaning", command.meaning);
    to_.key("fields");
    to_.begin_array();
    for (const field_row& field : command.fields()) {
      if (field.retired) continue;
      field.type->kind == field_kind::custom ? write_custom_fields() : write_field(field);
    }
    to_.end_array();
    write_offers(c_, command);
    to_.end_object();
  }

 private:
  void write_field(const field_row& field) {
    static constexpr std::string_view kinds[] = {"text", "boolean", "integer", "instant", "duration", "choice",
                                                 "word", "record",  "list",    "object",  "json",     "custom"};
    to_.begin_object();
    to_.member("name", field.name);
    to_.member("meaning", field.meaning);
    to_.member("type", kinds[static_cast<std::size_t>(field.type->kind)]);
    to_.member_boolean("required", field.required || is_demanded(field.name));
    if (field.type->kind == field_kind::text) {
      to_.member("max_length", static_cast<std::int64_t>(field.max_length));
      to_.member_boolean("one_line", field.one_line);
    }
    if (field.type->kind == field_kind::choice) write_choices(field.type->choices());
    if (field.type->kind == field_kind::word) write_words(field.type->refers);
    to_.end_object();
  }

  void write_custom_fields() {
    const versions<custom_field>& fields = state_.definitions.of<custom_field>();
    for (std::uint32_t number = 1; number <= fields.size(); ++number) {
      const custom_field& field = *fields.current(number);
      const bool here = field.types.empty() || std::ranges::find(field.types, type_key_) != field.types.end();
      if (!here || field.retired || !is_of(field, custom_holder::record)) continue;
      to_.begin_object();
      to_.member("name", "custom." + field.key);
      to_.member("meaning", field.name.empty() ? field.key : field.name);
      to_.member("type", choices(field.kind)[static_cast<std::size_t>(field.kind) - 1]);
      to_.member_boolean("required", field.required || is_demanded("custom." + field.key));
      if (field.length_max != 0) to_.member("max_length", field.length_max);
      if (field.least) to_.member("minimum", field.least.value);
      if (field.most) to_.member("maximum", field.most.value);
      if (field.kind == custom_kind::choice) write_choices(field.choices);
      if (field.kind == custom_kind::person) write_words(word_kind::person);
      to_.end_object();
    }
  }

  // By the record's type, for logging.
  bool is_demanded(std::string_view path) const {
    const record_type* type = state_.definitions.of<record_type>().current(type_.index);
    return type && std::ranges::find(type->required, path) != type->required.end();
  }

  template <class Names>
  void write_choices(const Names& names) {
    to_.key("choices");
    to_.begin_array();
    for (const auto& name : names) to_.text(name);
    to_.end_array();
  }

  // The definitions that are in use; of states, reasons and codes those of the record's workflow.
  void write_words(word_kind kind) {
    to_.member("refers_to", name(kind));
    std::vector<std::string> keys;
    if (record_ && add_of_workflow(kind, keys)) return write_choices(keys);
    if (const definition_type* type = find_definition_type(kind)) add_in_use(*type, keys);
    if (keys.size() <= choices_max && !keys.empty()) write_choices(keys);
  }

  bool add_of_workflow(word_kind kind, std::vector<std::string>& keys) const {
    const workflow& w = state_.definitions.workflow_of(*record_).definition();
    if (kind == word_kind::state) {
      for (const auto& s : w.states) keys.push_back(s.name);
    } else if (kind == word_kind::hold_reason) {
      for (const auto& r : w.hold_reasons) keys.push_back(r.name);
    } else if (kind == word_kind::resolution_code) {
      keys = w.resolution_codes;
    } else {
      return false;
    }
    return true;
  }

  void add_in_use(const definition_type& type, std::vector<std::string>& keys) const {
    const version_table& all = state_.definitions.table(type);
    for (std::uint32_t number = 1; number <= all.size() && keys.size() <= choices_max; ++number) {
      const void* definition = all.published(number);
      if (definition && !type.is_retired(definition)) keys.push_back(type.key(definition));
    }
  }

  const answer_context& c_;
  json_writer& to_;
  const desk_state& state_;
  incident_ptr record_;
  record_type_ref type_;
  std::string_view type_key_;
};

}  // namespace

std::span<const field_row> form_query::fields() {
  using self = form_query;
  static constexpr field_row rows[] = {
      row<&self::for_command>("for_command", "Name of the command", required),
      row<&self::type>("type", "Type of the record that is to be logged"),
      row<&self::incident>("incident", "Incident that the command is about"),
  };
  return rows;
}

void answer(const answer_context& c, const form_query& q) {
  const auto types = command_types();
  const auto found = std::ranges::find(types, q.for_command, &command_type::name);
  if (found == types.end()) {
    std::vector<std::string> names;
    for (const command_type* type : types) names.emplace_back(type->name);
    throw unknown_name(status::invalid_argument, "query.unknown_command", "/for_command", q.for_command,
                       std::move(names));
  }
  form_writer(c, q.type).write(**found);
}

}  // namespace tocsin::inline v1
