#include <tocsin/desk/references.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/monitoring/commands.hpp>

#include <algorithm>
#include <utility>

namespace tocsin::inline v1 {
namespace {

struct declared_demand {
  std::string_view command;  // empty: every command
  std::string_view path;
  reference_demand demand;
};

// The record that a command is about is changed by it; so is the other end of a link.
constexpr declared_demand declared[] = {
    {"", "/incident", reference_demand::subject},
    {"erase_personal", "/record", reference_demand::subject},
    {"revise_known_error", "/known_error", reference_demand::subject},
    {"retire_known_error", "/known_error", reference_demand::subject},
    {"retire_known_error", "/superseded_by", reference_demand::see},
    {"link_known_error", "/known_error", reference_demand::change},
    {"link_records", "/other", reference_demand::change},
    {"unlink_records", "/other", reference_demand::change},
    {"mark_duplicate", "/of", reference_demand::change},
};

reference_demand demand_of(std::string_view type, std::string_view path) {
  const auto found = std::ranges::find_if(
      declared, [&](const declared_demand& d) { return (d.command.empty() || d.command == type) && d.path == path; });
  return found == std::end(declared) ? reference_demand::undeclared : found->demand;
}

void gather(std::string_view name, const std::string& path, std::vector<const field_row*> steps,
            std::vector<record_reference>& to) {
  const type_row* type = steps.back()->type;
  while (type->kind == field_kind::list) type = type->element;
  if (type->kind == field_kind::record) to.push_back({path, steps, demand_of(name, path)});
  if (type->kind != field_kind::object) return;
  for (const field_row& field : type->fields()) {
    std::vector<const field_row*> deeper = steps;
    deeper.push_back(&field);
    gather(name, path + '/' + std::string(field.name), std::move(deeper), to);
  }
}

// In the order of command_types().
const std::vector<std::vector<record_reference>>& all_references() {
  static const std::vector<std::vector<record_reference>> all = [] {
    std::vector<std::vector<record_reference>> result;
    for (const command_type* type : command_types()) {
      std::vector<record_reference>& own = result.emplace_back();
      for (const field_row& field : type->fields()) {
        gather(type->name, '/' + std::string(field.name), {&field}, own);
      }
    }
    return result;
  }();
  return all;
}

void walk(const record_reference& by, std::size_t step, const type_row& type, const void* value,
          std::vector<named_record>& to) {
  if (type.kind == field_kind::record) {
    if (const record_ref ref{static_cast<std::uint64_t>(type.get(value))}) to.push_back({&by, ref});
  } else if (type.kind == field_kind::list) {
    for (std::size_t i = 0, count = type.count(value); i < count; ++i) {
      walk(by, step, *type.element, type.item(value, i), to);
    }
  } else {
    walk(by, step + 1, *by.steps[step]->type, by.steps[step]->at(value), to);
  }
}

}  // namespace

std::span<const record_reference> references_of(const command_type& type) { return all_references()[type.number - 1u]; }

void add_named_records(const command& asked, std::vector<named_record>& to) {
  for (const record_reference& by : references_of(*asked.type())) {
    walk(by, 1, *by.steps.front()->type, by.steps.front()->at(asked.address()), to);
  }
}

record_ref record_named_by_key(const command& asked, const desk_state& state) {
  const std::string* key = nullptr;
  if (const auto* change = asked.get_if<change_maintenance>()) key = &change->key;
  if (const auto* cancel = asked.get_if<cancel_maintenance>()) key = &cancel->key;
  record_ref window;
  if (!key) return window;
  state.events.each_window(state.live, [&](const incident& r, const condition*) {
    if (r.part<incident_maintenance>()->maintenance_key == *key) window = {r.id};
  });
  return window;
}

void refuse_unknown_record(record_ref ref) {
  throw error(status::not_found, "record.unknown", "there is no record with id " + std::to_string(ref.id),
              "{\"id\":" + std::to_string(ref.id) + "}");
}

void refuse_permission(const std::string& actor, std::string_view asked, const std::string& number, bool to_see) {
  json_writer detail;
  detail.begin_object();
  detail.member("actor", actor);
  detail.member("command", asked);
  if (!number.empty()) detail.member("record", number);
  detail.end_object();
  const std::string what = to_see ? " see " + number : " give " + std::string(asked);
  throw error(status::permission_denied, "permission.denied",
              "no permission policy lets " + actor + what + (to_see || number.empty() ? "" : " for " + number),
              detail.take());
}

}  // namespace tocsin::inline v1
