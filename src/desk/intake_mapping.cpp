#include <tocsin/desk/intake.hpp>
#include <tocsin/monitoring/commands.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/rule/template_text.hpp>

#include <algorithm>
#include <array>

namespace tocsin::inline v1 {
namespace {

constexpr max_length path_text{1000};
constexpr std::string_view custom_prefix = "custom.";

void check_field(const mapped_field& field, const std::string& path) {
  static constexpr std::array<std::string_view, 2> beside = {"actor", "idempotency_key"};
  const auto known = report_event::fields();
  const bool is_known =
      std::ranges::find(beside, field.field) != beside.end() || std::ranges::any_of(known, [&](const field_row& row) {
        return row.name == field.field && row.type->kind != field_kind::list && row.type->kind != field_kind::custom;
      });
  if (!is_known && !field.field.starts_with(custom_prefix)) {
    throw error(status::invalid_argument, "intake.unknown_field",
                path + "/field: found \"" + field.field +
                    "\", allowed a field of report_event, \"actor\", \"idempotency_key\" or \"custom.<key>\"",
                "{\"path\":\"" + path + "/field\"}");
  }
  try {
    compile_template(field.text);
  } catch (const error& e) {
    throw error(e.code(), e.reason(), path + "/text: " + e.what(), e.detail());
  }
}

}  // namespace

std::span<const field_row> mapped_value::fields() {
  static constexpr field_row rows[] = {
      row<&mapped_value::is>("is", "What the template comes to", required, one_line, path_text),
      row<&mapped_value::becomes>("becomes", "The value of the field then", required, one_line, path_text),
  };
  return rows;
}

std::span<const field_row> mapped_field::fields() {
  static constexpr field_row rows[] = {
      row<&mapped_field::field>("field", "A field of report_event, or \"custom.<key>\"", required, one_line),
      row<&mapped_field::text>("text", "Template of its value; its variables are paths of the document", required,
                               max_length(limits::text_length_max)),
      row<&mapped_field::values>("values", "What the template may come to, and what becomes of it", max_length(1000)),
  };
  return rows;
}

std::span<const field_row> mapping_demand::fields() {
  static constexpr field_row rows[] = {
      row<&mapping_demand::path>("path", "Path of the document", required, one_line, path_text),
      row<&mapping_demand::is>("is", "What must stand there", required, one_line, path_text),
  };
  return rows;
}

std::span<const field_row> event_mapping::fields() {
  using self = event_mapping;
  static constexpr field_row rows[] = {
      row<&self::name>("name", "What the documents are, for messages", required, one_line,
                       max_length(limits::key_length_max)),
      row<&self::demands>("demands", "What a document must say to be one of these", max_length(100)),
      row<&self::items>("items", "Path of its list of events; none: the document is one event", one_line, path_text),
      row<&self::labels>("labels", "Path, in an event, of an object whose members are its labels", one_line, path_text),
      row<&self::left_out>("left_out", "Path of how many events the document leaves out", one_line, path_text),
      row<&self::fields_>("fields", "Where the fields of each event come from", required,
                          max_length(limits::mapping_fields_max)),
  };
  return rows;
}

const event_mapping& alertmanager_mapping() {
  static const event_mapping built_in{
      .name = "alertmanager",
      .demands = {{"$/version", "4"}},
      .items = "alerts",
      .labels = "labels",
      .left_out = "$/truncatedAlerts",
      .fields_ =
          {
              {"source", "alertmanager", {}},
              {"dedup_key", "{{fingerprint}}", {}},
              {"signal", "{{status}}", {{"firing", "raise"}, {"resolved", "clear"}}},
              {"title", "{{annotations.summary}}", {}},
              {"title", "{{labels.alertname}} on {{labels.instance}}", {}},
              {"title", "{{labels.alertname}}", {}},
              {"title", "An alert without a name", {}},
              {"description", "{{annotations.description}}\n\n{{generatorURL}}", {}},
              {"description", "{{annotations.description}}", {}},
              {"description", "{{generatorURL}}", {}},
              {"severity",
               "{{labels.severity}}",
               {{"critical", "sev1"}, {"error", "sev2"}, {"warning", "sev3"}, {"info", "sev4"}}},
              {"occurred_at", "{{startsAt}}", {}},
          },
  };
  return built_in;
}

event_mapping read_event_mapping(std::string_view json) {
  event_mapping mapping;
  read_object(json, event_mapping::fields(), &mapping, {}, "a mapping of events");
  check_fields(mapping);
  for (std::size_t i = 0; i < mapping.fields_.size(); ++i) {
    check_field(mapping.fields_[i], "/fields/" + std::to_string(i));
  }
  return mapping;
}

}  // namespace tocsin::inline v1
