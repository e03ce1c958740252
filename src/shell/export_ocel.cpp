#include <export_ocel.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace shell {
namespace {

// Members of events that name something else than the event's own record.
struct named_object {
  std::string_view member;
  std::string_view type;  // empty: a record, whose type is asked for
};

constexpr std::array named_objects = {
    named_object{"assignee", "person"}, named_object{"caller", "person"},   named_object{"owner", "person"},
    named_object{"person", "person"},   named_object{"reporter", "person"}, named_object{"team", "team"},
    named_object{"service", "service"}, named_object{"other", {}},          named_object{"incident", {}},
};

const named_object* object_named_by(std::string_view member) {
  const auto found = std::ranges::find(named_objects, member, &named_object::member);
  return found == named_objects.end() ? nullptr : &*found;
}

bool is_of_the_log(std::string_view member) { return member == "event" || member == "record" || member == "previous"; }

std::string_view ocel_type(const json& value) {
  if (value.is_boolean()) return "boolean";
  return value.is_number() ? "integer" : "string";
}

json relationship(const std::string& object, std::string_view qualifier) {
  return {{"objectId", object}, {"qualifier", qualifier}};
}

}  // namespace

ocel_writer::ocel_writer(output& out, std::function<std::string(const std::string&)> type_of)
    : out_(out), type_of_(std::move(type_of)) {
  out_.write("{");
  begin_list("events");
}

void ocel_writer::add(const json& entry) {
  std::size_t place = 0;
  for (const json& event : entry.value("events", json::array())) {
    const std::string type = event.at("event");
    const std::string id = std::to_string(entry.at("sequence").get<std::uint64_t>()) + "-" + std::to_string(++place);
    json line = {
        {"id", id}, {"type", type}, {"time", entry.value("stated_at", entry.value("recorded_at", std::string()))}};
    line["attributes"] = attributes_of(type, event);
    line["relationships"] = relate(event, entry);
    write_item(line);
  }
}

void ocel_writer::begin_list(std::string_view name) {
  out_.write("\"" + std::string(name) + "\":[");
  first_ = true;
}

void ocel_writer::write_item(const json& item) {
  out_.write(std::exchange(first_, false) ? "\n" : ",\n");
  out_.write(item.dump());
}

// What is a text, a number or a truth; lists and objects have no place in OCEL.
json ocel_writer::attributes_of(const std::string& type, const json& event) {
  auto& known = types_[type];
  json attributes = json::array();
  for (const auto& [name, value] : event.items()) {
    if (is_of_the_log(name) || object_named_by(name) || value.is_structured()) continue;
    known.emplace(name, ocel_type(value));
    attributes.push_back({{"name", name}, {"value", value}});
  }
  return attributes;
}

json ocel_writer::relate(const json& event, const json& entry) {
  json related = json::array();
  const auto add_record = [&](const std::string& number, std::string_view qualifier) {
    if (!objects_.contains(number)) meet(number, type_of_(number));
    related.push_back(relationship(number, qualifier));
  };
  const auto add_other = [&](std::string_view type, const std::string& key, std::string_view qualifier) {
    const std::string object = std::string(type) + ":" + key;
    meet(object, std::string(type));
    related.push_back(relationship(object, qualifier));
  };
  if (event.contains("record")) add_record(event.at("record"), "record");
  if (entry.contains("actor")) add_other("person", entry.at("actor"), "actor");
  for (const auto& [name, value] : event.items()) {
    const named_object* const named = object_named_by(name);
    if (!named || !value.is_string()) continue;
    if (named->type.empty()) {
      add_record(value, name);
    } else {
      add_other(named->type, value, name);
    }
  }
  return related;
}

void ocel_writer::finish() {
  out_.write("\n],\n");
  begin_list("eventTypes");
  for (const auto& [type, attributes] : types_) {
    json named = {{"name", type}, {"attributes", json::array()}};
    for (const auto& [name, kind] : attributes) named["attributes"].push_back({{"name", name}, {"type", kind}});
    write_item(named);
  }
  std::set<std::string> types;
  out_.write("\n],\n");
  begin_list("objects");
  for (const auto& [object, type] : objects_) {
    types.insert(type);
    write_item({{"id", object}, {"type", type}, {"attributes", json::array()}, {"relationships", json::array()}});
  }
  out_.write("\n],\n");
  begin_list("objectTypes");
  for (const std::string& type : types) write_item({{"name", type}, {"attributes", json::array()}});
  out_.line("\n]}");
}

}  // namespace shell
