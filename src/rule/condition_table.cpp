#include <tocsin/base/error.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {
namespace {

const table_objects& objects_of(const void* context) { return *static_cast<const table_objects*>(context); }

std::string_view choice_name(const type_row& type, std::int64_t number) {
  const choice_names all = type.choices();
  if (number < 1 || static_cast<std::uint64_t>(number) > all.size()) return {};
  return all[static_cast<std::size_t>(number - 1)];
}

condition_value named(field_kind kind, std::string_view word) {
  return {.kind = kind, .given = !word.empty(), .text = word};
}

// Missing is what has the value for "not set"; of numbers that a record always has, none.
condition_value member_value(const type_row& type, const void* member, const lexicon* words) {
  switch (type.kind) {
    case field_kind::boolean:
    case field_kind::integer:
    case field_kind::duration:
      return {.kind = type.kind, .given = true, .number = type.get(member)};
    case field_kind::text:
      return named(type.kind, *static_cast<const std::string*>(member));
    case field_kind::choice:
      return named(type.kind, choice_name(type, type.get(member)));
    case field_kind::word: {
      const auto number = static_cast<std::uint32_t>(type.get(member));
      return named(type.kind, words ? words->word(type.refers, number) : std::string_view{});
    }
    case field_kind::list:
    case field_kind::object:
    case field_kind::json:
    case field_kind::custom:
      return {.kind = type.kind};
    case field_kind::instant:
    case field_kind::record: {
      const std::int64_t number = type.get(member);
      if (number == type.absent) return {.kind = type.kind};
      return {.kind = type.kind, .given = true, .number = number};
    }
  }
  return {.kind = type.kind};
}

// nullptr: there is no such object.
const void* member_at(const condition_path& path, const void* object) {
  if (path.way.empty()) return nullptr;
  const void* at = object;
  for (const field_row* field : path.way) {
    if (!at) return nullptr;
    at = field->at(at);
  }
  return at;
}

const void* member_at(const table_objects& objects, const condition_path& path) {
  return path.object < objects.objects.size() ? member_at(path, objects.objects[path.object]) : nullptr;
}

void add_path(condition_schema& to, condition_path path) {
  for (const condition_path& known : to.paths) {
    if (known.path != path.path) continue;
    throw error(status::already_exists, "condition.path_twice",
                "the schema has the path \"" + path.path + "\" already");
  }
  to.paths.push_back(std::move(path));
}

// Not what has no value of its own: JSON, custom fields (a host adds their paths).
bool can_be_asked(const type_row& type) {
  if (type.kind == field_kind::json || type.kind == field_kind::custom) return false;
  return type.kind != field_kind::list || can_be_asked(*type.element);
}

std::shared_ptr<const condition_schema> items_of(const type_row& type) {
  if (type.kind != field_kind::list || type.element->kind != field_kind::object) return nullptr;
  auto items = std::make_shared<condition_schema>();
  items->add(type.element->fields());
  return items;
}

void add_fields(condition_schema& to, std::span<const field_row> fields, const condition_path& above) {
  for (const field_row& field : fields) {
    if (field.retired || !can_be_asked(*field.type)) continue;
    condition_path path = above;
    path.path += field.name;
    path.type = field.type;
    path.way.push_back(&field);
    if (field.type->kind != field_kind::object) {
      path.items = items_of(*field.type);
      add_path(to, std::move(path));
    } else if (path.way.size() < limits::json_depth_max) {
      path.path += '.';
      add_fields(to, field.type->fields(), path);
    }
  }
}

}  // namespace

void condition_schema::add(std::span<const field_row> fields, std::string_view prefix, std::size_t object) {
  add_fields(*this, fields, {.path = std::string(prefix), .object = object});
}

condition_path& condition_schema::add(std::string_view path, const type_row& type) {
  if (type.kind == field_kind::object) {
    throw error(status::invalid_argument, "condition.type_mismatch",
                "the path \"" + std::string(path) + "\" is of an object, allowed are values and lists");
  }
  add_path(*this, {.path = std::string(path), .type = &type});
  return paths.back();
}

condition_value value_at(const condition_path& path, const void* object, const lexicon* words) noexcept {
  const void* member = member_at(path, object);
  return member ? member_value(*path.type, member, words) : condition_value{.kind = path.type->kind};
}

condition_value value_at(const table_objects& objects, std::size_t path) noexcept {
  const condition_path& p = objects.schema.paths[path];
  return value_at(p, p.object < objects.objects.size() ? objects.objects[p.object] : nullptr, objects.words);
}

std::size_t count_at(const table_objects& objects, std::size_t path) noexcept {
  const condition_path& p = objects.schema.paths[path];
  const void* list = member_at(objects, p);
  return list ? p.type->count(list) : 0;
}

condition_value item_at(const table_objects& objects, std::size_t path, std::size_t index) noexcept {
  const condition_path& p = objects.schema.paths[path];
  return member_value(*p.type->element, p.type->item(member_at(objects, p), index), objects.words);
}

const void* object_at(const table_objects& objects, std::size_t path, std::size_t index) noexcept {
  const condition_path& p = objects.schema.paths[path];
  return p.type->item(member_at(objects, p), index);
}

condition_data data_of(const table_objects& objects) noexcept {
  return {
      .context = &objects,
      .value = [](const void* c, std::size_t path, instant) noexcept { return value_at(objects_of(c), path); },
      .count = [](const void* c, std::size_t path) noexcept { return count_at(objects_of(c), path); },
      .item = [](const void* c, std::size_t path, std::size_t i) noexcept { return item_at(objects_of(c), path, i); },
      .object = [](const void* c, std::size_t path,
                   std::size_t i) noexcept { return object_at(objects_of(c), path, i); },
      .words = objects.words};
}

}  // namespace tocsin::inline v1
