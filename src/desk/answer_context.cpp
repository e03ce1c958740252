#include <tocsin/desk/answer_context.hpp>

#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/query.hpp>

namespace tocsin::inline v1 {
namespace {

void write_custom(const answer_context& c, const counted_field& field, const counted_value& value) {
  if (!value.given) return;
  switch (field.kind) {
    case custom_kind::boolean:
      return c.to.member_boolean(field.name, value.number != 0);
    case custom_kind::integer:
      return c.to.member(field.name, value.number);
    case custom_kind::person:
      return c.write(field.name, person_ref{static_cast<std::uint32_t>(value.number)});
    default:
      return c.to.member(field.name, value.text);
  }
}

void write_own(const answer_context& c, const counted_field& field, const counted_value& value) {
  const type_row& type = *field.field->type;
  if (type.kind == field_kind::boolean) return c.to.member_boolean(field.name, value.number != 0);
  if (type.kind == field_kind::integer) return c.to.member(field.name, value.number);
  if (!value.given) return;
  if (type.kind != field_kind::word) {
    return c.to.member(field.name, type.choices()[static_cast<std::size_t>(value.number) - 1]);
  }
  if (field.name == "type" && value.number == 0) return c.to.member(field.name, incident_type);
  c.to.member(field.name, c.d.state().words.word(type.refers, static_cast<std::uint32_t>(value.number)));
}

}  // namespace

visibility answer_context::audience(const incident* now) const { return audience_of(d.state(), asked, actor(), now); }

void answer_context::write_texts(std::string_view name, const std::vector<std::string>& texts) const {
  to.key(name);
  to.begin_array();
  for (const std::string& text : texts) to.text(text);
  to.end_array();
}

void answer_context::write_counted(const std::vector<counted_field>& fields,
                                   const std::vector<counted_value>& values) const {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    fields[i].field ? write_own(*this, fields[i], values[i]) : write_custom(*this, fields[i], values[i]);
  }
}

}  // namespace tocsin::inline v1
