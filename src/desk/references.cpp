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

// Is it by this field that the command says what it is about?
bool names_subject(const command_type& type, const field_row& field) {
  if (!type.subject || field.type->kind != field_kind::record) return false;
  command one;
  field.type->set(field.place(one.emplace(type)), 1);
  return type.subject(one.address()).id == 1;
}

// What a command names is changed by it, as the other end of a link is; unless its row says that it is only seen.
reference_demand demand_of(const command_type& type, const std::string& path, const field_row& field) {
  if (names_subject(type, field)) return reference_demand::subject;
  return std::ranges::find(type.sees, path) != type.sees.end() ? reference_demand::see : reference_demand::change;
}

void gather(const command_type& by, const std::string& path, std::vector<const field_row*> steps,
            std::vector<record_reference>& to) {
  const type_row* type = steps.back()->type;
  while (type->kind == field_kind::list) type = type->element;
  if (type->kind == field_kind::record) to.push_back({path, steps, demand_of(by, path, *steps.front())});
  if (type->kind != field_kind::object) return;
  for (const field_row& field : type->fields()) {
    std::vector<const field_row*> deeper = steps;
    deeper.push_back(&field);
    gather(by, path + '/' + std::string(field.name), std::move(deeper), to);
  }
}

// In the order of command_types().
const std::vector<std::vector<record_reference>>& all_references() {
  static const std::vector<std::vector<record_reference>> all = [] {
    std::vector<std::vector<record_reference>> result;
    for (const command_type* type : command_types()) {
      std::vector<record_reference>& own = result.emplace_back();
      for (const field_row& field : type->fields()) {
        gather(*type, '/' + std::string(field.name), {&field}, own);
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

std::span<const record_reference> references_of(const command_type& type) { return all_references()[place_of(type)]; }

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
