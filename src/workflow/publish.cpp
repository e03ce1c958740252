#include "publish.hpp"

#include <tocsin/base/json.hpp>

#include <tocsin/desk/events.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/model/definition.hpp>

#include "desk/publish_calendars.hpp"
#include "desk/publish_conditions.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view built_in_type = "incident";

void check_custom_fields(const publications& all) {
  const auto fields = all.of<custom_field>();
  std::size_t count = 0;
  fields.each([&](const custom_field&) { ++count; });
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const custom_field& field = fields[i];
    if (count > limits::custom_fields_max) {
      fields.refuse_at(i, "a desk has at most " + std::to_string(limits::custom_fields_max) + " custom fields");
    }
    const custom_field* before = fields.before(field.key);
    if (before && before->kind != field.kind) fields.refuse_at(i, "its kind cannot change; take another key");
    for (const std::string& type : field.types) {
      if (type != built_in_type) fields.demand_one(i, all.of<record_type>(), type, "types: the record type");
    }
  }
}

bool is_field_of_log(const std::string& path, const publications& all) {
  constexpr std::string_view custom = "custom.";
  if (path.starts_with(custom)) {
    const custom_field* field = all.of<custom_field>().find(path.substr(custom.size()));
    return field && is_of(*field, custom_holder::record);
  }
  return std::ranges::find(log_incident::fields(), path, &field_row::name) != log_incident::fields().end();
}

void check_record_types(const publications& all, const desk_state& state) {
  const auto types = all.of<record_type>();
  for (std::size_t i = 0; i < types.size(); ++i) {
    const record_type& type = types[i];
    if (type.key == built_in_type) types.refuse_at(i, "the key is built in; take another for a type of base incident");
    if (type.key == all_types && !types.before(type.key)) {
      types.refuse_at(i, "the key is what questions call every type");
    }
    types.demand_one(i, all.of<workflow>(), type.workflow, "the workflow");
    if (const record_type* before = types.before(type.key)) {
      if (before->base != type.base) types.refuse_at(i, "its base cannot change");
      if (before->number_prefix != type.number_prefix) types.refuse_at(i, "its number_prefix cannot change");
    }
    if (type.number_prefix == state.incident_prefix) {
      types.refuse_at(i, "the number_prefix " + quoted(type.number_prefix) + " is that of incidents");
    }
    types.each([&](const record_type& other) {
      if (other.key != type.key && other.number_prefix == type.number_prefix) {
        types.refuse_at(i, "the number_prefix " + quoted(type.number_prefix) + " is that of " + quoted(other.key));
      }
    });
    for (const std::string& path : type.required) {
      if (!is_field_of_log(path, all)) types.refuse_at(i, "required: log_incident has no " + quoted(path));
    }
  }
}

// What workflows count by: the time of timed moves (L2), and the days of silence (L5).
void check_calendars_of_workflows(const publications& all, const calendar_book& calendars) {
  const auto workflows = all.of<workflow>();
  for (std::size_t i = 0; i < workflows.size(); ++i) {
    const auto demand = [&](const std::string& path, const std::string& key) {
      if (key.empty() || key == always_open_calendar) return;
      workflows.demand(i, all.of<business_calendar_definition>(), key, path + ": the calendar");
      if (calendars.get(key).never_open())
        workflows.refuse_at(i, path + ": the calendar " + quoted(key) + " is never open");
    };
    const workflow& w = workflows[i];
    demand("auto_close_calendar", w.auto_close_calendar);
    for (std::size_t t = 0; t < w.transitions.size(); ++t) {
      demand("transitions/" + std::to_string(t) + "/calendar", w.transitions[t].calendar);
    }
  }
}

void check_record_templates(const publications& all) {
  const auto templates = all.of<record_template>();
  for (std::size_t i = 0; i < templates.size(); ++i) {
    const record_template& t = templates[i];
    if (t.type != built_in_type) templates.demand(i, all.of<record_type>(), t.type, "the type");
    templates.demand(i, all.of<category>(), t.category, "the category");
    templates.demand(i, all.of<service>(), t.service, "the service");
    templates.demand(i, all.of<team>(), t.team, "the team");
    for (const template_custom& custom : t.custom) {
      templates.demand_one(i, all.of<custom_field>(), custom.field, "the custom field");
    }
  }
}

void add_matrix_warnings(definitions_published& changes) {
  for (const priority_matrix& matrix : changes.definitions.of<priority_matrix>()) {
    for (std::string& odd : warnings(matrix)) {
      if (changes.warnings.size() == limits::warnings_max) return;
      changes.warnings.push_back({std::string(priority_matrix::descriptor.name), matrix.key, std::move(odd)});
    }
  }
}

void check(const publication_check& against) {
  check_custom_fields(against.all);
  check_record_types(against.all, against.state);
  check_calendars_of_workflows(against.all, against.calendars);
  check_record_templates(against.all);
}

void warn(const publication_check&, definitions_published& changes) { add_matrix_warnings(changes); }

void derive(const definitions_published&, desk_state& state, undo_list&) {
  state.definitions.incident_matrix = {state.words.find(word_kind::priority_matrix, default_definition)};
  state.definitions.incident_classes = {state.words.find(word_kind::incident_class_policy, default_definition)};
}

}  // namespace

std::shared_ptr<const workflow_graph> compiled(const workflow& w, const compilation& with) {
  desk_state& state = with.state;
  each_word(w, [&](word_kind kind, const std::string& word) { state.words.add(kind, word); });
  const std::uint32_t number = state.words.add(word_kind::workflow, w.key);
  const std::uint32_t version = state.definitions.of<workflow_graph>().latest(number) + 1;
  return std::make_shared<const workflow_graph>(w, version, state.words, *state.definitions.schemas);
}

std::shared_ptr<const compiled_template> compiled(const record_template& t, const compilation&) {
  return std::make_shared<const compiled_template>(t);
}

std::shared_ptr<const compiled_class_policy> compiled(const incident_class_policy& p, const compilation& with) {
  return std::make_shared<const compiled_class_policy>(p, with.state.definitions.schemas->record());
}

void each_word(const workflow& w, const word_visitor& to) {
  for (const workflow_state& s : w.states) to(word_kind::state, s.name);
  for (const workflow_hold_reason& reason : w.hold_reasons) to(word_kind::hold_reason, reason.name);
  for (const std::string& code : w.resolution_codes) to(word_kind::resolution_code, code);
}

void each_condition(const workflow& w, const record_schemas& schemas, const condition_visitor& to) {
  for (std::size_t t = 0; t < w.transitions.size(); ++t) {
    const workflow_transition& move = w.transitions[t];
    const bool by_hand = move.trigger <= move_trigger::manual;
    for (std::size_t g = 0; g < move.guards.size(); ++g) {
      visit_condition("transitions/" + std::to_string(t) + "/guards/" + std::to_string(g) + "/condition",
                      move.guards[g].condition, schemas.of(by_hand ? move.verb : verb::unset), to,
                      move.trigger == move_trigger::automatic);
    }
  }
}

void each_condition(const incident_class_policy& p, const record_schemas& schemas, const condition_visitor& to) {
  for (std::size_t i = 0; i < p.rules.size(); ++i) {
    visit_condition("rules/" + std::to_string(i) + "/when", p.rules[i].when, schemas.record(), to, true);
  }
}

constinit const publication_rules workflow_publication{.check = check, .warn = warn, .derive = derive};

}  // namespace tocsin::inline v1
