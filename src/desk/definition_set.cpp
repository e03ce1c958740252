#include <tocsin/desk/definition_set.hpp>

#include "definition_lists.hpp"

namespace tocsin::inline v1 {

definition_set::definition_set() {
  for (const definition_type* type : definition_types()) lists_.push_back(type->new_list());
}

definition_set::definition_set(const definition_set& other) {
  for (const auto& list : other.lists_) lists_.push_back(list->clone());
}

version_tables::version_tables() {
  for (const definition_type* type : definition_types()) tables_.push_back(type->new_table());
}

version_tables::version_tables(const version_tables& other) {
  for (const auto& table : other.tables_) tables_.push_back(table->clone());
}

void erase_personal_values(std::span<const field_row> fields, void* object) {
  for (const field_row& field : fields) {
    const type_row& type = *field.type;
    void* member = field.place(object);
    if (field.personal) {
      if (type.kind == field_kind::text) static_cast<std::string*>(member)->clear();
      if (type.set) type.set(member, type.absent);
    } else if (type.kind == field_kind::list && type.element->kind == field_kind::object) {
      for (std::size_t i = 0; i < type.count(member); ++i) {
        erase_personal_values(type.element->fields(), const_cast<void*>(type.item(member, i)));
      }
    }
  }
}

bool same_definition(std::span<const field_row> fields, const void* a, const void* b) {
  for (const field_row& field : fields) {
    if (!equal(*field.type, field.at(a), field.at(b))) return false;
  }
  return true;
}

std::vector<field_row> with_lists(std::span<const placed_field> own, void* (*definition_type::*list)(void*)) {
  std::vector<field_row> rows;
  for (const definition_type* type : definition_types()) {
    for (const placed_field& one : own) {
      if (one.place == rows.size()) rows.push_back(one.field);
    }
    field_row field;
    field.name = type->published;
    field.meaning = type->list_meaning;
    field.type = type->list;
    field.place = type->*list;
    field.max_length = type->most;
    rows.push_back(field);
  }
  return rows;
}

}  // namespace tocsin::inline v1
