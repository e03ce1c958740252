// What conditions may speak of in a desk, and where the values come from: the record, facts about it and about those whom
// it names, the custom fields of all these, and the command that asks, as "command.<field>".
#pragma once

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/state.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/workflow/workflow.hpp>

namespace tocsin::inline v1 {

// Made anew when custom fields are published. A path keeps its number for ever in one process: fields come at the end.
class record_schemas final : public verb_schemas {
 public:
  // The fields in the order of their numbers; `before` are the schemas that these follow.
  record_schemas(const std::vector<const custom_field*>& fields, const zone_data& zones,
                 const record_schemas* before = nullptr);

  const condition_schema& of(verb v) const override { return rows_[static_cast<std::size_t>(v)].schema; }
  const condition_schema& record() const { return of(verb::unset); }
  // Of the conditions of escalation policies: the record, and the run as "run.<field>".
  const condition_schema& escalation() const { return rows_[verb_count].schema; }

 private:
  friend struct record_view;
  struct row {
    condition_schema schema;
    std::size_t type = 0;          // the path of the record's type
    std::size_t facts_begin = 0;   // paths before it stand in tables of fields
    std::size_t custom_begin = 0;  // paths from it on are custom fields
  };
  // Whose custom field a path is.
  struct custom_path {
    custom_field_ref field;
    std::size_t subject = 0;
  };
  std::array<row, verb_count + 1> rows_;  // by verb; then that of escalations
  std::vector<custom_path> custom_;       // in the order of their paths
};

// A record as conditions see it. What it refers to must outlive the condition_data made of it.
struct record_view {
  const record_schemas& schemas;
  const definition_table& known;
  const lexicon& words;
  const incident& record;
  person_ref actor = {};
  tocsin::verb verb = tocsin::verb::unset;
  const void* command = nullptr;          // the verb's own; null: its fields are missing
  const escalation_facts* run = nullptr;  // of an escalation; null: conditions speak of none
  const record_view* before = nullptr;    // as it was before the entry under way; null: nothing has happened to it

  condition_data data() const noexcept;
  condition_value value(std::size_t path, instant now = no_instant) const noexcept;
  std::size_t count(std::size_t path) const noexcept;
  condition_value item(std::size_t path, std::size_t index) const noexcept;
  const void* object(std::size_t path, std::size_t index) const noexcept;
  bool has(std::size_t path) const noexcept;  // is it set, or, of a list, not empty?
};

// Is there no category below it?
bool is_leaf(const definition_table& known, category_ref category);

}  // namespace tocsin::inline v1
