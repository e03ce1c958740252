#include <tocsin/desk/built_in_pack.hpp>

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {
namespace {

std::vector<std::string_view> differences(const definition_type& type, const void* a, const void* b) {
  std::vector<std::string_view> result;
  for (const field_row& field : type.fields()) {
    if (!equal(*field.type, field.at(a), field.at(b))) result.push_back(field.name);
  }
  return result;
}

void look_for_updates(const definition_type& type, const definition_list& pack, const desk_state& state,
                      std::vector<pack_update>& updates) {
  const version_table& known = state.definitions.table(type);
  for (std::size_t i = 0; i < pack.size(); ++i) {
    const void* definition = pack.at(i);
    const std::uint32_t number = state.words.find(type.words, type.key(definition));
    const std::uint32_t latest = known.latest(number);
    if (latest == 0) {
      updates.push_back({std::string(type.name), type.key(definition), {}});
      continue;
    }
    bool had = false;
    for (std::uint32_t version = 1; version <= latest && !had; ++version) {
      had = same_definition(type.fields(), known.published(number, version), definition);
    }
    if (had) continue;
    updates.push_back(
        {std::string(type.name), type.key(definition), differences(type, known.published(number), definition)});
  }
}

}  // namespace

publish built_in_pack() {
  publish pack;
  pack.pack = "built_in";
  pack.definitions.of<workflow>() = {built_in_workflow(),
                                     built_in_request_workflow(),
                                     built_in_heartbeat_workflow(),
                                     built_in_maintenance_workflow(),
                                     built_in_known_error_workflow(),
                                     built_in_problem_workflow(),
                                     built_in_problem_proposal_workflow(),
                                     built_in_change_workflow(),
                                     built_in_review_workflow()};
  pack.definitions.of<priority_matrix>() = {built_in_priority_matrix()};
  pack.definitions.of<record_type>() = {{.key = "request",
                                         .name = "Service request",
                                         .base = record_base::request,
                                         .number_prefix = "REQ",
                                         .workflow = "request"},
                                        {.key = std::string(heartbeat_type),
                                         .name = "Watch for heartbeats",
                                         .base = record_base::auxiliary,
                                         .number_prefix = "HBT",
                                         .workflow = std::string(heartbeat_type)},
                                        {.key = std::string(maintenance_type),
                                         .name = "Maintenance window",
                                         .base = record_base::auxiliary,
                                         .number_prefix = "MNT",
                                         .workflow = std::string(maintenance_type)},
                                        {.key = std::string(known_error_type),
                                         .name = "Known error",
                                         .base = record_base::auxiliary,
                                         .number_prefix = "KE",
                                         .workflow = std::string(known_error_type)},
                                        {.key = std::string(problem_type),
                                         .name = "Problem",
                                         .base = record_base::problem,
                                         .number_prefix = "PRB",
                                         .workflow = std::string(problem_type)},
                                        {.key = std::string(problem_proposal_type),
                                         .name = "Proposed problem",
                                         .base = record_base::auxiliary,
                                         .number_prefix = "PRP",
                                         .workflow = std::string(problem_proposal_type)},
                                        {.key = std::string(change_type),
                                         .name = "Change",
                                         .base = record_base::change,
                                         .number_prefix = "CHG",
                                         .workflow = std::string(change_type)},
                                        {.key = std::string(review_type),
                                         .name = "Review",
                                         .base = record_base::review,
                                         .number_prefix = "REV",
                                         .workflow = std::string(review_type)}};
  return pack;
}

definitions_published built_in_definitions() {
  const publish pack = built_in_pack();
  definitions_published published;
  published.pack = pack.pack;
  published.definitions = pack.definitions;
  return published;
}

std::vector<pack_update> pending_pack_updates(const desk_state& state) {
  const publish pack = built_in_pack();
  std::vector<pack_update> updates;
  for (const definition_type* type : definition_types()) {
    look_for_updates(*type, pack.definitions.list(*type), state, updates);
  }
  return updates;
}

}  // namespace tocsin::inline v1
