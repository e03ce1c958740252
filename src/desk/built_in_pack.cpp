#include <tocsin/desk/built_in_pack.hpp>

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/definition_kinds.hpp>
#include <tocsin/desk/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

template <class T>
std::vector<std::string_view> differences(const T& a, const T& b) {
  std::vector<std::string_view> result;
  for (const field_row& field : T::fields()) {
    if (!equal(*field.type, field.at(&a), field.at(&b))) result.push_back(field.name);
  }
  return result;
}

template <class T, class Known>
void look_for_updates(word_kind kind, const std::vector<T>& pack, const versions<Known>& known, const lexicon& words,
                      std::vector<pack_update>& updates) {
  for (const T& definition : pack) {
    const std::uint32_t number = words.find(kind, key_of(definition));
    const Known* current = known.current(number);
    if (!current) {
      updates.push_back({name(kind), key_of(definition), {}});
      continue;
    }
    const auto all = known.all(number);
    const bool had =
        std::ranges::any_of(all, [&](const auto& v) { return differences(plain(*v), definition).empty(); });
    if (!had) updates.push_back({name(kind), key_of(definition), differences(plain(*current), definition)});
  }
}

}  // namespace

publish built_in_pack() {
  publish pack;
  pack.pack = "built_in";
  pack.workflows = {built_in_workflow(), built_in_request_workflow(), built_in_heartbeat_workflow(),
                    built_in_maintenance_workflow(), built_in_known_error_workflow()};
  pack.priority_matrices = {built_in_priority_matrix()};
  pack.record_types = {{.key = "request",
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
                        .workflow = std::string(known_error_type)}};
  return pack;
}

definitions_published built_in_definitions() {
  const publish pack = built_in_pack();
  definitions_published published;
  published.pack = pack.pack;
  each_definition_kind([&]<class Kind>(Kind) { Kind::published(published) = Kind::given(pack); });
  return published;
}

std::vector<pack_update> pending_pack_updates(const desk_state& state) {
  const publish pack = built_in_pack();
  std::vector<pack_update> updates;
  each_definition_kind([&]<class Kind>(Kind) {
    look_for_updates(Kind::kind, Kind::given(pack), Kind::known(state.definitions), state.words, updates);
  });
  return updates;
}

}  // namespace tocsin::inline v1
