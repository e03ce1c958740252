#include <conditions.hpp>

#include <algorithm>

#include <exit_status.hpp>
#include <moment.hpp>
#include <text.hpp>

namespace shell {

const std::string_view selection_help = R"(
  --where NAME=VALUE   only those; may come again and again, and then all must hold
      team=net              is; priority=critical,high: is one of; assignee= : is empty
      team!=net             is not, or has none; assignee!= : is not empty
      title~vpn             has the text in it, a to z as A to Z; title!~vpn: has not; text~vpn: title or description
      opened_at=A..B        from A on, before B: instants, or dates that begin in the zone of --zone, else in UTC; either
                            may be left out; opened_at=2026-11-23: on that day
      reopen_count=1..      of numbers and durations from the least to the most, both included
      custom.site=Berlin    custom fields likewise
      open=true, ended=true, type=request, and every field of a record
  --condition JSON     and only those for which this holds, in JsonLogic's syntax
  --types A,B          records of these types, or all; without it, incidents alone
  --as-of INSTANT      records as they were then; a date is its beginning
)";

namespace {

constexpr std::string_view custom_prefix = "custom.";

enum class value_kind { text, boolean, integer, instant, duration };

struct comparison {
  std::string name;
  bool negated = false;
  bool contains = false;
  std::string value;
};

comparison read_comparison(const std::string& text) {
  const std::size_t at = text.find_first_of("=~");
  const bool negated = at != std::string::npos && at > 0 && text[at - 1] == '!';
  const std::size_t end = negated ? at - 1 : at;
  if (at == std::string::npos || end == 0) {
    throw usage_error("--where needs name=value, name!=value, name~text or name!~text, not \"" + text + "\"");
  }
  return {text.substr(0, end), negated, text[at] == '~', text.substr(at + 1)};
}

const json& properties_of(const json& schema) {
  static const json none = json::object();
  const json& all = list_at(schema, "allOf");
  return all.empty() ? none : all.front().at("properties");
}

bool is_custom(std::string_view name) { return name.substr(0, custom_prefix.size()) == custom_prefix; }

// ---- what a name stands for

value_kind kind_named(std::string_view type, std::string_view format) {
  if (type == "boolean") return value_kind::boolean;
  if (type == "integer") return value_kind::integer;
  if (type == "instant" || format == "date-time") return value_kind::instant;
  if (type == "duration" || format == "duration") return value_kind::duration;
  return value_kind::text;
}

value_kind kind_of_custom(const session& with, const std::string& name) {
  const json answer =
      with.ask({{"query", "definitions"}, {"kind", "custom_field"}, {"key", name.substr(custom_prefix.size())}});
  const json& found = list_at(answer, "definitions");
  if (found.empty()) throw usage_error("--where " + name + ": there is no such custom field");
  return kind_named(text_at(found.front(), "kind"), {});  // its own, which stands behind that of the definition
}

bool is_integer(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// By the table of fields that has it; what follows from a record is told by what it looks like.
value_kind kind_of(const session& with, const comparison& asked) {
  if (is_custom(asked.name)) return kind_of_custom(with, asked.name);
  for (const char* table : {"incident", "incident_text", "incident_details"}) {
    const json schema = parse_answer(tocsin::client::schema(table));
    const json& fields = properties_of(schema);
    const auto field = fields.find(asked.name);
    if (field == fields.end()) continue;
    const bool has_type = field->contains("type") && field->at("type").is_string();
    return kind_named(has_type ? text_at(*field, "type") : "", text_at(*field, "format"));
  }
  if (asked.value == "true" || asked.value == "false") return value_kind::boolean;
  return is_integer(asked.value.substr(0, asked.value.find(".."))) ? value_kind::integer : value_kind::text;
}

// ---- values

json value_of(const session& with, const comparison& asked, value_kind kind, const std::string& text) {
  const std::string what = "--where " + asked.name;
  switch (kind) {
    case value_kind::boolean:
      if (text != "true" && text != "false") throw usage_error(what + " needs true or false, not \"" + text + "\"");
      return text == "true";
    case value_kind::integer:
      if (!is_integer(text)) throw usage_error(what + " needs a whole number, not \"" + text + "\"");
      return text.front() == '-' ? json(-static_cast<std::int64_t>(parse_number(text.substr(1), what)))
                                 : json(parse_number(text, what));
    case value_kind::instant:
      return to_rfc3339(parse_moment(with, text, what));
    case value_kind::text:
    case value_kind::duration:
      break;
  }
  return text;
}

// The two ends of a range, a null where one is left out; a date alone is its day. None: it is no range.
struct range {
  json least;
  json most;
};

bool is_date(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && text.find_first_not_of("0123456789-") == text.npos;
}

std::optional<range> range_of(const session& with, const comparison& asked, value_kind kind, const std::string& text) {
  if (kind == value_kind::text || kind == value_kind::boolean) return std::nullopt;
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos) {
    if (kind != value_kind::instant || !is_date(text)) return std::nullopt;
    constexpr std::int64_t longest_day_us = 36LL * 3600 * 1'000'000;  // into the next day, whatever the clocks do
    const std::int64_t from = parse_moment(with, text, "--where " + asked.name);
    const std::int64_t next =
        parse_moment(with, show_instant(from + longest_day_us, with.given.zone).substr(0, 10), "");
    return range{to_rfc3339(from), to_rfc3339(next)};
  }
  const auto end = [&](const std::string& part) { return part.empty() ? json() : value_of(with, asked, kind, part); };
  return range{end(text.substr(0, dots)), end(text.substr(dots + 2))};
}

// ---- as conditions

json var(const std::string& name) { return {{"var", name}}; }

json both(json all) { return all.size() == 1 ? all.front() : json{{"and", std::move(all)}}; }

json is_one(const session& with, const comparison& asked, value_kind kind, const std::string& text) {
  const std::optional<range> within = range_of(with, asked, kind, text);
  if (!within) return {{"==", {var(asked.name), value_of(with, asked, kind, text)}}};
  json ends = json::array();
  if (!within->least.is_null()) ends.push_back({{">=", {var(asked.name), within->least}}});
  if (!within->most.is_null()) {
    ends.push_back({{kind == value_kind::instant ? "<" : "<=", {var(asked.name), within->most}}});
  }
  if (ends.empty()) throw usage_error("--where " + asked.name + " needs one end of the range at least");
  return both(std::move(ends));
}

json lower(const json& of) { return {{"lower", json::array({of})}}; }

std::string in_lower_case(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

json has_text(const comparison& asked) {
  if (asked.value.empty()) throw usage_error("--where " + asked.name + "~ needs a text");
  const auto in = [&](const std::string& name) { return json{{"in", {in_lower_case(asked.value), lower(var(name))}}}; };
  if (asked.name == "text") return {{"or", {in("title"), in("description")}}};
  return in(asked.name);
}

json condition_of(const session& with, const comparison& asked) {
  json holds;
  if (asked.contains) {
    holds = has_text(asked);
  } else if (asked.value.empty()) {
    holds = {{"missing", json::array({asked.name})}};
  } else {
    const value_kind kind = kind_of(with, asked);
    json any = json::array();
    for (const std::string& one : split(asked.value, ',')) any.push_back(is_one(with, asked, kind, one));
    holds = any.size() == 1 ? any.front() : json{{"or", std::move(any)}};
  }
  return asked.negated ? json{{"!", json::array({std::move(holds)})}} : holds;
}

// ---- as `where`: what it can say is found by an index, and may be asked by requesters, too

bool is_plain(const comparison& asked) {
  return !asked.negated && !asked.contains && !asked.value.empty() && asked.value.find(',') == std::string::npos;
}

void add_plain(const session& with, const comparison& asked, const json& field, json& where) {
  if (where.contains(asked.name)) {
    throw usage_error("--where " + asked.name + " is given twice; one of several is " + asked.name + "=A,B");
  }
  const bool is_range = field.contains("properties");
  const bool counts = is_range && field.at("properties").contains("least");
  const value_kind kind = counts     ? value_kind::integer
                          : is_range ? value_kind::instant
                                     : kind_named(text_at(field, "type"), text_at(field, "format"));
  std::optional<range> within = range_of(with, asked, kind, asked.value);
  if (!is_range) return void(where[asked.name] = value_of(with, asked, kind, asked.value));
  if (!within && !counts) {
    throw usage_error("--where " + asked.name + " needs a date, or FROM..BEFORE; either end may be left out");
  }
  if (!within) within = range{value_of(with, asked, kind, asked.value), value_of(with, asked, kind, asked.value)};
  json ends = json::object();
  if (!within->least.is_null()) ends[counts ? "least" : "from"] = within->least;
  if (!within->most.is_null()) ends[counts ? "most" : "before"] = within->most;
  where[asked.name] = std::move(ends);
}

// What `where` alone can say has no other form: not so is the other truth.
comparison turned(comparison asked, const json& fields) {
  const bool only_where = asked.name == "open" || asked.name == "ended";
  if (!only_where || !fields.contains(asked.name) || !asked.negated) return asked;
  if (asked.value == "true" || asked.value == "false") {
    asked.negated = false;
    asked.value = asked.value == "true" ? "false" : "true";
  }
  return asked;
}

json parsed_condition(const std::string& text) {
  json condition = json::parse(text, nullptr, false);
  if (condition.is_discarded()) throw usage_error("--condition needs a condition as JSON, not \"" + text + "\"");
  return condition;
}

}  // namespace

selection take_selection(arguments& words) {
  selection chosen;
  chosen.where = words.values("--where");
  chosen.conditions = words.values("--condition");
  chosen.types = words.value("--types");
  chosen.as_of = words.value("--as-of");
  return chosen;
}

void add_selection(const session& with, const selection& chosen, json& question) {
  json where = json::object();
  json conditions = json::array();
  if (!chosen.where.empty()) {
    const json schema = parse_answer(tocsin::client::schema("find"));
    const json& fields = properties_of(schema).at("where").at("properties");
    for (const std::string& text : chosen.where) {
      const comparison asked = turned(read_comparison(text), fields);
      const auto field = fields.find(asked.name);
      if (field != fields.end() && is_plain(asked)) {
        add_plain(with, asked, *field, where);
      } else if (asked.name == "type" && !asked.negated && !asked.contains && !asked.value.empty() && !chosen.types) {
        question["types"] = split(asked.value, ',');
      } else {
        conditions.push_back(condition_of(with, asked));
      }
    }
  }
  for (const std::string& text : chosen.conditions) conditions.push_back(parsed_condition(text));
  if (!where.empty()) question["where"] = std::move(where);
  if (!conditions.empty()) question["condition"] = both(std::move(conditions));
  if (chosen.types) question["types"] = split(*chosen.types, ',');
  if (chosen.as_of) question["as_of"] = to_rfc3339(parse_moment(with, *chosen.as_of, "--as-of"));
}

std::int64_t parse_moment(const session& with, const std::string& text, std::string_view what) {
  if (!is_date(text)) return parse_instant_argument(text, what);
  const std::optional<std::int64_t> midnight = parse_instant(text + "T00:00:00Z");
  if (!midnight) throw usage_error(std::string(what) + ": there is no date " + text);
  return with.given.zone.empty() ? *midnight : tocsin::client::local_to_instant(with.given.zone, *midnight).instant_us;
}

}  // namespace shell
