#include <tocsin/model/record_template.hpp>

#include <tocsin/base/error.hpp>

#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_text{limits::key_length_max};
constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const field_row> template_value::fields() {
  static constexpr field_row rows[] = {
      row<&template_value::name>("name", "Name of the variable", required, one_line),
      row<&template_value::value>("value", "What to put in its place", full_text),
  };
  return rows;
}

std::span<const field_row> template_custom::fields() {
  static constexpr field_row rows[] = {
      row<&template_custom::field>("field", "Key of the custom field", required, one_line, key_text),
      row<&template_custom::text>("text", "Template of its value", required, full_text),
  };
  return rows;
}

std::span<const field_row> record_template::fields() {
  using self = record_template;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key by which documents name the template", required, one_line, key_text),
      row<&self::name>("name", "Name as people know it", one_line),
      row<&self::type>("type", "Key of the record type; an incident where none is given", one_line, key_text),
      row<&self::title>("title", "Template of the title", one_line, max_length(1000)),
      row<&self::description>("description", "Template of the description", full_text),
      row<&self::location>("location", "Template of the location", one_line, max_length(1000)),
      row<&self::category>("category", "Key of the category", one_line, key_text),
      row<&self::service>("service", "Key of the service that is affected", one_line, key_text),
      row<&self::team>("team", "Key of the team that gets it at once", one_line, key_text),
      row<&self::impact>("impact", "How much is affected"),
      row<&self::urgency>("urgency", "How quickly it must be resolved"),
      row<&self::severity>("severity", "Technical severity"),
      row<&self::custom>("custom", "Templates of custom fields", max_length(limits::custom_fields_max)),
      row<&self::reply>("reply", "Template of a reply, for add_update", full_text),
      row<&self::visibility>("visibility", "Who may see the reply; the requester where none is given"),
      row<&self::html>("html", "Description and reply are HTML: what is put into them is escaped for it"),
      row<&self::retired>("retired", "No longer to be used"),
  };
  return rows;
}

std::vector<std::string> lint(const record_template& definition) {
  std::vector<std::string> findings;
  const auto check = [&](const std::string& what, const std::string& text) {
    try {
      compile_template(text);
    } catch (const error& e) {
      findings.push_back(what + ": " + e.what());
    }
  };
  check("title", definition.title);
  check("description", definition.description);
  check("location", definition.location);
  check("reply", definition.reply);
  std::set<std::string_view> seen;
  for (const template_custom& custom : definition.custom) {
    check("custom/" + custom.field, custom.text);
    if (!seen.insert(custom.field).second)
      findings.push_back("the custom field \"" + custom.field + "\" is there twice");
  }
  if (definition.visibility != visibility::unset && definition.reply.empty()) {
    findings.emplace_back("visibility is given, but no reply");
  }
  return findings;
}

compiled_template::compiled_template(const record_template& d)
    : definition(d),
      title(compile_template(d.title)),
      description(compile_template(d.description)),
      location(compile_template(d.location)),
      reply(compile_template(d.reply)) {
  for (const template_custom& one : d.custom) custom.push_back(compile_template(one.text));
}

}  // namespace tocsin::inline v1
