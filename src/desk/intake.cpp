#include <tocsin/desk/intake.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/hash.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/base/utf8.hpp>
#include <tocsin/monitoring/commands.hpp>
#include <tocsin/rule/template_text.hpp>

#include <rule/json_tree.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view custom_prefix = "custom.";
constexpr std::string_view of_document = "$";  // before a pointer: from the document, not from the event

using values_by_name = std::map<std::string, std::string, std::less<>>;

[[noreturn]] void refuse(const std::string& path, const refused_value& found, const allowed_values& allowed) {
  throw unexpected(status::invalid_argument, "intake.unexpected", path, found, allowed);
}

json_tree read_document(std::string_view document) {
  try {
    return read_json_tree(document, {limits::intake_bytes_max, limits::intake_depth_max});
  } catch (const error& e) {
    throw error(e.code(), "intake" + e.reason().substr(e.reason().find('.')), e.what(), e.detail());
  }
}

// ---- where a path leads

std::string unescaped(std::string_view part) {
  std::string result;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool escape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
    result += escape ? (part[++i] == '0' ? '~' : '/') : part[i];
  }
  return result;
}

// "a.b.0", or a pointer of RFC 6901: "/a/b/0".
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  const bool is_pointer = path.starts_with('/');
  if (is_pointer) path.remove_prefix(1);
  const char between = is_pointer ? '/' : '.';
  for (;;) {
    const std::size_t end = path.find(between);
    const std::string_view part = path.substr(0, end);
    parts.push_back(is_pointer ? unescaped(part) : std::string(part));
    if (end == std::string_view::npos) return parts;
    path.remove_prefix(end + 1);
  }
}

std::optional<std::uint32_t> step(const json_tree& tree, std::uint32_t node, const std::string& part) {
  std::optional<std::uint32_t> found;
  const bool is_list = tree[node].form == json_form::array;
  if (!is_list && tree[node].form != json_form::object) return found;
  for (std::uint32_t child = node + 1; child < tree[node].end; child = tree[child].end) {
    if (is_list ? std::to_string(tree[child].place) == part : tree[child].key == part) found = child;  // the last one
  }
  return found;
}

std::optional<std::uint32_t> find(const json_tree& tree, std::uint32_t from, std::string_view path) {
  if (path.starts_with(of_document)) {
    from = 0;
    path.remove_prefix(of_document.size());
  }
  if (path.empty()) return from;
  std::optional<std::uint32_t> node = from;
  for (const std::string& part : parts_of(path)) {
    node = step(tree, *node, part);
    if (!node) return node;
  }
  return node;
}

// Texts, numbers and truths are values; null, lists and objects are none.
std::optional<std::string> value_of(const json_node& node) {
  switch (node.form) {
    case json_form::text:
    case json_form::number:
      return node.text;
    case json_form::integer:
      return std::to_string(node.integer);
    case json_form::boolean:
      return node.integer != 0 ? "true" : "false";
    default:
      return std::nullopt;
  }
}

std::optional<std::string> value_at(const json_tree& tree, std::uint32_t event, std::string_view path) {
  const std::optional<std::uint32_t> node = find(tree, event, path);
  return node ? value_of(tree[*node]) : std::nullopt;
}

// ---- fields

const field_row* row_of(std::string_view field) {
  const auto rows = report_event::fields();
  const auto found = std::ranges::find(rows, field, &field_row::name);
  return found == rows.end() ? nullptr : &*found;
}

// Whether report_event would read it; texts are cut to what it takes.
bool fit(const field_row* row, std::string& value) {
  if (!row) return true;
  switch (row->type->kind) {
    case field_kind::instant:
    case field_kind::duration: {
      std::int64_t number = 0;
      return row->type->form().read(value, number);
    }
    case field_kind::choice: {
      const choice_names all = row->type->choices();
      return std::ranges::find(all, value) != all.end();
    }
    case field_kind::text:
      if (row->name == "item") return count_code_points(value) <= row->max_length;  // a part of a key is another key
      if (row->name != "dedup_key") value = first_code_points(value, row->max_length);
      return true;
    default:
      return true;
  }
}

std::string digest_of(std::string_view text) {
  sha256 hasher;
  hasher.begin();
  hasher.add(text.data(), text.size());
  return "sha256:" + to_hex(hasher.end());
}

struct compiled_field {
  const mapped_field* declared;
  const field_row* row;
  template_text text;
};

struct read_event {
  values_by_name fields;
  values_by_name labels;
  std::vector<std::string> missing;  // fields without which there is no event
};

class reader {
 public:
  reader(const event_mapping& mapping, const json_tree& tree) : mapping_(mapping), tree_(tree) {
    for (const mapped_field& field : mapping.fields_) {
      fields_.push_back({&field, row_of(field.field), compile_template(field.text)});
    }
  }

  read_event event(std::uint32_t node) const {
    read_event result;
    result.labels = labels(node);
    for (const compiled_field& field : fields_) {
      if (result.fields.contains(field.declared->field)) continue;
      if (std::optional<std::string> value = value_for(field, node))
        result.fields[field.declared->field] = std::move(*value);
    }
    complete_key(result);
    for (const char* needed : {"source", "dedup_key", "signal"}) {
      if (!result.fields.contains(needed)) result.missing.emplace_back(needed);
    }
    const auto signal = result.fields.find("signal");
    const bool raises = signal != result.fields.end() && signal->second == "raise";
    if (raises && !result.fields.contains("title")) result.missing.emplace_back("title");
    return result;
  }

 private:
  std::optional<std::string> value_for(const compiled_field& field, std::uint32_t node) const {
    std::string last;
    const template_values values = [&](std::string_view path) -> std::optional<std::string_view> {
      std::optional<std::string> value = value_at(tree_, node, path);
      if (!value || value->empty()) return std::nullopt;
      last = std::move(*value);
      return last;
    };
    const bool one_line = !field.row || field.row->one_line;
    template_expansion expansion = expand(field.text, values, one_line ? text_escape::line : text_escape::none);
    if (!expansion.missing.empty() || expansion.text.empty()) return std::nullopt;
    const std::vector<mapped_value>& listed = field.declared->values;
    if (!listed.empty()) {
      const auto found = std::ranges::find(listed, expansion.text, &mapped_value::is);
      if (found == listed.end()) return std::nullopt;
      expansion.text = found->becomes;
    }
    if (!fit(field.row, expansion.text)) return std::nullopt;
    return std::move(expansion.text);
  }

  values_by_name labels(std::uint32_t node) const {
    values_by_name result;
    const std::optional<std::uint32_t> all =
        mapping_.labels.empty() ? std::nullopt : find(tree_, node, mapping_.labels);
    if (!all || tree_[*all].form != json_form::object) return result;
    for (const std::uint32_t child : tree_.children(*all)) {
      if (std::optional<std::string> value = value_of(tree_[child])) result[tree_[child].key] = std::move(*value);
    }
    return result;
  }

  // Without a key of its own an event is known by all of its labels; one that is too long by its hash.
  static void complete_key(read_event& e) {
    if (!e.fields.contains("dedup_key") && !e.labels.empty()) {
      json_writer all;
      all.begin_object();
      for (const auto& [name, value] : e.labels) all.member(name, value);
      all.end_object();
      e.fields["dedup_key"] = digest_of(all.str());
    }
    const auto key = e.fields.find("dedup_key");
    if (key == e.fields.end()) return;
    if (count_code_points(key->second) > limits::dedup_key_length_max) key->second = digest_of(key->second);
  }

  const event_mapping& mapping_;
  const json_tree& tree_;
  std::vector<compiled_field> fields_;
};

// ---- commands

void write_labels(json_writer& to, const values_by_name& labels) {
  to.key("labels");
  to.begin_array();
  std::size_t count = 0;
  for (const auto& [name, value] : labels) {
    if (name.empty() || ++count > limits::event_labels_max) continue;
    to.begin_object();
    std::string line =
        expand(
            {{{{}, "v", std::nullopt}}}, [&](std::string_view) { return std::string_view(name); }, text_escape::line)
            .text;
    to.member("name", first_code_points(line, limits::name_length_max));
    to.member("value", first_code_points(value, 1000));
    to.end_object();
  }
  to.end_array();
}

std::string command_of(const read_event& e) {
  json_writer to;
  to.begin_object();
  to.member("command", "report_event");
  bool custom = false;
  for (const auto& [field, value] : e.fields) {
    if (field.starts_with(custom_prefix)) {
      custom = true;
    } else {
      to.member(field, value);
    }
  }
  if (custom) {
    to.key("custom");
    to.begin_object();
    for (const auto& [field, value] : e.fields) {
      if (field.starts_with(custom_prefix)) to.member(std::string_view(field).substr(custom_prefix.size()), value);
    }
    to.end_object();
  }
  if (!e.labels.empty()) write_labels(to, e.labels);
  to.end_object();
  return to.take();
}

// What went wrong on the way in is an event, too.
std::string raised(const event_mapping& mapping, const std::string& key, const std::string& title,
                   const std::string& description) {
  read_event e;
  e.fields = {{"source", "intake"}, {"dedup_key", mapping.name + " " + key}, {"signal", "raise"}, {"title", title}};
  if (!description.empty()) e.fields["description"] = first_code_points(description, limits::text_length_max);
  return command_of(e);
}

std::vector<std::uint32_t> events_of(const event_mapping& mapping, const json_tree& tree) {
  if (mapping.items.empty()) return {0};
  const std::optional<std::uint32_t> list = find(tree, 0, mapping.items);
  if (!list || tree[*list].form != json_form::array) {
    refuse(mapping.items, list ? "something else" : "nothing", "a list of events");
  }
  if (tree[*list].count > limits::intake_events_max) {
    throw error(status::resource_exhausted, "intake.too_large",
                "the document has " + std::to_string(tree[*list].count) + " events, allowed at most " +
                    std::to_string(limits::intake_events_max));
  }
  return tree.children(*list);
}

}  // namespace

std::string intake_commands(const event_mapping& mapping, std::string_view document) {
  const json_tree tree = read_document(document);
  for (const mapping_demand& demand : mapping.demands) {
    const std::optional<std::string> found = value_at(tree, 0, demand.path);
    if (found != demand.is) {
      refuse(demand.path, found ? refused_value::text(*found) : "nothing", quoted(demand.is));
    }
  }
  const reader events(mapping, tree);
  std::string commands;
  std::string unread;
  std::size_t index = 0;
  for (const std::uint32_t node : events_of(mapping, tree)) {
    const read_event e = events.event(node);
    if (e.missing.empty()) {
      commands += command_of(e) + '\n';
    } else {
      unread += "Event " + std::to_string(index) + " lacks: ";
      for (const std::string& field : e.missing) unread += (field == e.missing.front() ? "" : ", ") + field;
      unread += '\n';
    }
    ++index;
  }
  if (!unread.empty()) {
    commands += raised(mapping, "unread", "Events of " + mapping.name + " that cannot be understood", unread) + '\n';
  }
  const std::optional<std::string> left_out =
      mapping.left_out.empty() ? std::nullopt : value_at(tree, 0, mapping.left_out);
  if (left_out && *left_out != "0" && !left_out->starts_with('-')) {
    const std::string title = "Events that " + mapping.name + " left out: " + *left_out;
    commands += raised(mapping, "left_out", std::string(first_code_points(title, limits::name_length_max)), {}) + '\n';
  }
  return commands;
}

std::string intake_commands(std::string_view mapping, std::string_view document) {
  if (mapping == alertmanager_mapping().name) return intake_commands(alertmanager_mapping(), document);
  return intake_commands(read_event_mapping(mapping), document);
}

}  // namespace tocsin::inline v1
