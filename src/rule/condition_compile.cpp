#include <tocsin/base/error.hpp>
#include <tocsin/base/nearest.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/rule/condition.hpp>
#include <tocsin/time/week_day.hpp>

#include "json_tree.hpp"

#include <algorithm>
#include <span>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t any_number = limits::condition_steps_max;
constexpr std::size_t paths_listed_max = 60;
constexpr std::size_t custom_listed_max = 40;
constexpr std::string_view custom_prefix = "custom.";

using nodes = std::vector<std::uint32_t>;

// A type, as far as operands must agree in it. Constants are open: they take the type of what they stand beside.
struct operand {
  std::uint32_t node = 0;  // in the document
  std::size_t step = 0;    // in the program
  field_kind kind = field_kind::boolean;
  const type_row* row = nullptr;  // choice, word, list: more of its type
  bool open = false;
  bool own_choices = false;  // a path whose choices are declared elsewhere; its step has its name
};

bool same_type(const operand& a, const operand& b) {
  if (a.kind != b.kind) return false;
  if (a.kind == field_kind::choice) return a.row == b.row || (a.row->choices && a.row->choices == b.row->choices);
  if (a.kind == field_kind::word) return a.row->refers == b.row->refers;
  return true;
}

bool is_ordered(field_kind kind) {
  return kind == field_kind::integer || kind == field_kind::instant || kind == field_kind::duration;
}

template <class Range>
std::string listed(const Range& names) {
  std::string result;
  for (const std::string_view name : names) result.append(result.empty() ? "" : ", ").append(name);
  return result;
}

std::string type_name(const operand& of) {
  switch (of.kind) {
    case field_kind::text:
      return "a text";
    case field_kind::boolean:
      return "a truth";
    case field_kind::integer:
      return "an integer";
    case field_kind::instant:
      return "an instant";
    case field_kind::duration:
      return "a duration";
    case field_kind::choice:
      return of.row->choices ? "one of " + listed(of.row->choices()) : "a choice";
    case field_kind::word:
      return std::string("the key of a ") + tocsin::name(of.row->refers);
    case field_kind::record:
      return "a record";
    case field_kind::list:
      return "a list";
    case field_kind::object:
    case field_kind::custom:
      return "an object";
    case field_kind::json:
      return "JSON";
  }
  return "something else";
}

class compiler {
 public:
  compiler(const json_tree& tree, const condition_schema& schema, std::string_view place)
      : tree_(tree), schema_(&schema), place_(place) {}

  condition compile() {
    demand_truth(value(0));
    return std::move(out_);
  }

 private:
  struct call {
    std::uint32_t node;
    condition_operator operation;
    nodes operands;
  };

  struct operator_row {
    std::string_view name;
    condition_operator operation;
    std::size_t least;
    std::size_t most;
    operand (compiler::*compile)(const call&);
  };

  static std::span<const operator_row> operators();

  // ---- values

  operand value(std::uint32_t node) {
    switch (tree_[node].form) {
      case json_form::object:
        return operation(node);
      case json_form::text:
        return text_constant(node);
      case json_form::integer:
        return number_constant(node, field_kind::integer);
      case json_form::boolean:
        return number_constant(node, field_kind::boolean);
      case json_form::number:
        mismatch(node, "the number " + tree_[node].text, "integers");
      case json_form::null:
        mismatch(node, "null", R"(a value; {"missing": [path]} asks if there is none)");
      case json_form::array:
        mismatch(node, "a list", R"(a value; a list only as the second operand of "in")");
    }
    mismatch(node, "something else", "a value");
  }

  operand operation(std::uint32_t node) {
    if (tree_[node].count != 1) {
      refuse("condition.malformed", node, "an object with " + std::to_string(tree_[node].count) + " members",
             "an object with one member, the operator");
    }
    const operator_row& row = find_operator(node + 1);
    const bool several = tree_[node + 1].form == json_form::array;
    const call it{node + 1, row.operation, several ? tree_.children(node + 1) : nodes{node + 1}};
    demand_count(it, row.least, row.most);
    operand result = (this->*row.compile)(it);
    result.node = node;
    return result;
  }

  const operator_row& find_operator(std::uint32_t node) const {
    for (const operator_row& row : operators()) {
      if (row.name == tree_[node].key) return row;
    }
    std::string allowed;
    for (const operator_row& row : operators()) allowed.append(allowed.empty() ? "" : ", ").append(row.name);
    refuse("condition.unknown_operator", node, "the operator " + quoted(tree_[node].key), allowed);
  }

  operand number_constant(std::uint32_t node, field_kind kind) {
    const std::size_t step = begin(node, condition_operator::constant);
    out_.steps[step].number = tree_[node].integer;
    return end(node, step, kind, nullptr, true);
  }

  operand text_constant(std::uint32_t node) {
    if (tree_[node].text.empty())
      mismatch(node, "an empty text", R"(a text; {"missing": [path]} asks if there is none)");
    const std::size_t step = begin(node, condition_operator::constant);
    keep_text(out_.steps[step], tree_[node].text);
    return end(node, step, field_kind::text, nullptr, true);
  }

  // ---- steps

  std::size_t begin(std::uint32_t node, condition_operator operation) {
    if (out_.steps.size() == limits::condition_steps_max) {
      refuse("condition.too_large", node, "more operators, paths and constants",
             "at most " + std::to_string(limits::condition_steps_max), status::resource_exhausted);
    }
    out_.steps.push_back({.operation = operation});
    node_of_.push_back(node);
    return out_.steps.size() - 1;
  }

  operand end(std::uint32_t node, std::size_t step, field_kind kind, const type_row* row = nullptr, bool open = false,
              std::size_t operands = 0) {
    condition_step& s = out_.steps[step];
    s.kind = kind;
    s.operands = static_cast<std::uint16_t>(operands);
    s.size = static_cast<std::uint16_t>(out_.steps.size() - step);
    return {.node = node, .step = step, .kind = kind, .row = row, .open = open};
  }

  operand end(const call& it, std::size_t step, field_kind kind) {
    return end(it.node, step, kind, nullptr, false, it.operands.size());
  }

  std::vector<operand> values(const nodes& of) {
    std::vector<operand> result;
    for (const std::uint32_t node : of) result.push_back(value(node));
    return result;
  }

  void keep_text(condition_step& step, std::string_view text) {
    step.text_at = static_cast<std::uint32_t>(out_.texts.size());
    step.text_size = static_cast<std::uint32_t>(text.size());
    out_.texts += text;
  }

  // ---- types

  // The one type of them all; what is open takes it.
  operand unify(std::span<operand> all) {
    const auto closed = std::ranges::find(all, false, &operand::open);
    const operand type = closed == all.end() ? all.front() : *closed;
    if (type.kind == field_kind::list) mismatch(type.node, "a list", R"(a single value; "in" looks into lists)");
    for (operand& each : all) {
      if (each.open && !type.open) adapt(each, type);
      if (!same_type(each, type)) mismatch(each.node, type_name(each), type_name(type));
    }
    return type;
  }

  // An `if` of constants, or a greatest of them, takes a type as they do.
  void adapt(operand& it, const operand& type) {
    const condition_step& step = out_.steps[it.step];
    if (step.operation == condition_operator::constant) {
      adapt_constant(it, type);
    } else {
      adapt_operands(it, type);
    }
    out_.steps[it.step].kind = type.kind;
    it.kind = type.kind;
    it.row = type.row;
    it.open = false;
  }

  void adapt_operands(const operand& it, const operand& type) {
    const condition_step& step = out_.steps[it.step];
    const bool choice = step.operation == condition_operator::choose;
    std::size_t at = it.step + 1;
    for (std::size_t i = 0; i < step.operands; ++i, at += out_.steps[at].size) {
      if (choice && i % 2 == 0 && i + 1 < step.operands) continue;
      operand part{.node = node_of_[at], .step = at, .kind = out_.steps[at].kind, .open = true};
      adapt(part, type);
    }
  }

  void adapt_constant(const operand& it, const operand& type) {
    condition_step& step = out_.steps[it.step];
    const std::string& text = tree_[it.node].text;
    if (it.kind == field_kind::integer && type.kind == field_kind::record && step.number > 0) return;
    if (it.kind != field_kind::text) {
      if (it.kind != type.kind) mismatch(it.node, type_name(it), type_name(type));
      return;
    }
    switch (type.kind) {
      case field_kind::text:
        return note_choice(it, type);
      case field_kind::choice:
        return demand_choice(it.node, text, *type.row);
      case field_kind::word:
        return note_key(type.row->refers, it.node);
      case field_kind::instant:
        return read_form(it, text_form_of(instant{}));
      case field_kind::duration:
        return read_form(it, text_form_of(duration{}));
      default:
        mismatch(it.node, quoted(text), type_name(type));
    }
  }

  void read_form(const operand& it, const text_form& form) {
    if (!form.read(tree_[it.node].text, out_.steps[it.step].number)) {
      refuse("condition.malformed_value", it.node, quoted(tree_[it.node].text), std::string(form.what));
    }
  }

  void note_key(word_kind kind, std::uint32_t node) {
    out_.words.push_back({.kind = kind, .word = tree_[node].text, .path = tree_.pointer(node)});
  }

  // Where the other side is a path whose choices are declared elsewhere.
  void note_choice(const operand& it, const operand& type) {
    if (!type.own_choices) return;
    const condition_step& step = out_.steps[type.step];
    const std::string path = out_.texts.substr(step.text_at, step.text_size);
    out_.words.push_back({.choice_of = path, .word = tree_[it.node].text, .path = tree_.pointer(it.node)});
  }

  void demand_choice(std::uint32_t node, std::string_view name, const type_row& type) const {
    if (!type.choices) return;
    const choice_names all = type.choices();
    if (std::ranges::find(all, name) == all.end()) {
      refuse("condition.unknown_choice", node, quoted(name), listed(all));
    }
  }

  // A text or a number that stands where a truth is asked for was meant as a path.
  void demand_truth(const operand& it) const {
    if (it.open && it.kind != field_kind::boolean) {
      mismatch(it.node, "a constant", R"(a condition, true or false; {"var": path} for a value)");
    }
  }

  // In arithmetic a text constant is what its form says.
  void settle_number(operand& it) {
    if (!it.open) return;
    adapt(it, {.kind = it.kind == field_kind::text ? form_of(first_constant(it.step)) : it.kind});
  }

  // The node of the first constant among the values of an `if`, or of the constant itself.
  std::uint32_t first_constant(std::size_t step) const {
    while (out_.steps[step].operation == condition_operator::choose) step += std::size_t{1} + out_.steps[step + 1].size;
    return node_of_[step];
  }

  field_kind form_of(std::uint32_t node) const {
    std::int64_t ignored = 0;
    if (text_form_of(instant{}).read(tree_[node].text, ignored)) return field_kind::instant;
    if (text_form_of(duration{}).read(tree_[node].text, ignored)) return field_kind::duration;
    mismatch(node, quoted(tree_[node].text), "an integer, an instant or a duration");
  }

  // ---- operators

  operand var(const call& it) {
    const std::uint32_t name = it.operands[0];
    const std::size_t step = path(name);
    const condition_path& known = schema_->paths[static_cast<std::size_t>(out_.steps[step].number)];
    const type_row& row = *known.type;
    operand result = end(name, step, row.kind, &row);
    result.own_choices = known.own_choices;
    if (it.operands.size() == 1) return result;
    if (row.kind == field_kind::list) mismatch(it.operands[1], "a default", "none for a list");
    operand otherwise = value(it.operands[1]);
    if (out_.steps[otherwise.step].operation != condition_operator::constant) {
      mismatch(otherwise.node, "an operator", "a constant, for when the path is missing");
    }
    adapt(otherwise, result);
    result = end(name, step, row.kind, &row, false, 1);
    result.own_choices = known.own_choices;
    return result;
  }

  // The step that reads the path which this node names.
  std::size_t path(std::uint32_t node) {
    if (tree_[node].form != json_form::text) mismatch(node, "no text", "a path, as a text");
    const std::string& name = tree_[node].text;
    const auto known = std::ranges::find(schema_->paths, name, &condition_path::path);
    if (known == schema_->paths.end()) {
      refuse("condition.unknown_path", node, "the unknown path " + quoted(name), known_paths(name));
    }
    const std::size_t step = begin(node, condition_operator::var);
    out_.steps[step].kind = known->type->kind;
    out_.steps[step].number = known - schema_->paths.begin();
    out_.timed = out_.timed || known->timed;
    keep_text(out_.steps[step], name);
    return step;
  }

  // The nearest ones and the custom fields; where none is near, what there is.
  std::string known_paths(std::string_view asked) const {
    std::vector<std::string_view> all;
    std::vector<std::string_view> custom;
    for (const condition_path& path : schema_->paths) {
      all.push_back(path.path);
      if (path.path.starts_with(custom_prefix)) custom.push_back(path.path);
    }
    const std::vector<std::string_view> near = nearest_names(asked, all);
    if (near.empty()) return first_of(all, paths_listed_max);
    std::string result = "did you mean " + either(near) + "?";
    if (!custom.empty()) result += " Custom fields: " + first_of(custom, custom_listed_max) + ".";
    return result + " " + std::to_string(all.size()) + " paths in all";
  }

  static std::string first_of(const std::vector<std::string_view>& all, std::size_t most) {
    const std::string first = listed(std::span(all).first(std::min(all.size(), most)));
    return all.size() > most ? first + ", ..." : first;
  }

  operand equality(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    std::vector<operand> all = values(it.operands);
    unify(all);
    return end(it, step, field_kind::boolean);
  }

  operand order(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    std::vector<operand> all = values(it.operands);
    demand_ordered(unify(all));
    return end(it, step, field_kind::boolean);
  }

  void demand_ordered(const operand& type) const {
    if (!is_ordered(type.kind)) mismatch(type.node, type_name(type), "an integer, an instant or a duration");
  }

  operand junction(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    for (const std::uint32_t node : it.operands) demand_truth(value(node));
    return end(it, step, field_kind::boolean);
  }

  operand choose(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    std::vector<operand> results;
    for (std::size_t i = 0; i < it.operands.size(); ++i) {
      const operand each = value(it.operands[i]);
      if (i % 2 == 0 && i + 1 < it.operands.size()) {
        demand_truth(each);
      } else {
        results.push_back(each);
      }
    }
    return end_of_one_type(it, step, unify(results));
  }

  operand extreme(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    std::vector<operand> all = values(it.operands);
    if (std::ranges::all_of(all, &operand::open)) std::ranges::for_each(all, [this](operand& o) { settle_number(o); });
    const operand type = unify(all);
    demand_ordered(type);
    return end_of_one_type(it, step, type);
  }

  operand end_of_one_type(const call& it, std::size_t step, const operand& type) {
    return end(it.node, step, type.kind, type.row, type.open, it.operands.size());
  }

  operand in(const call& it) {
    const std::uint32_t second = it.operands[1];
    const std::size_t step = begin(it.node, it.operation);
    if (tree_[second].form == json_form::array) return in_values(it, step);
    operand both[] = {value(it.operands[0]), value(second)};
    if (both[1].kind == field_kind::list) {
      out_.steps[step].operation = condition_operator::in_list;
      operand item[] = {both[0], item_of(both[1])};
      unify(item);
    } else {
      out_.steps[step].operation = condition_operator::in_text;
      for (const operand& each : both) {
        if (each.kind != field_kind::text)
          mismatch(each.node, type_name(each), "a value in a list, or a text in a text");
      }
    }
    return end(it, step, field_kind::boolean);
  }

  operand in_values(const call& it, std::size_t step) {
    nodes all = tree_.children(it.operands[1]);
    if (all.empty()) mismatch(it.operands[1], "an empty list", "at least one value");
    all.insert(all.begin(), it.operands[0]);
    std::vector<operand> operands = values(all);
    unify(operands);
    return end(it.node, step, field_kind::boolean, nullptr, false, all.size());
  }

  // {"missing": ["a", "b"]}, {"missing": [["a", "b"]]}
  operand missing(const call& it) {
    const bool inner = it.operands.size() == 1 && tree_[it.operands[0]].form == json_form::array;
    return missing_of(it, inner ? tree_.children(it.operands[0]) : it.operands, 0);
  }

  operand missing_some(const call& it) {
    const json_node& number = tree_[it.operands[0]];
    if (tree_[it.operands[1]].form != json_form::array) mismatch(it.operands[1], "no list", "a list of paths");
    const nodes paths = tree_.children(it.operands[1]);
    if (number.form != json_form::integer || number.integer < 1 ||
        static_cast<std::uint64_t>(number.integer) > paths.size()) {
      mismatch(it.operands[0], "no such number", "an integer from 1 to the number of paths");
    }
    return missing_of(it, paths, number.integer);
  }

  operand missing_of(const call& it, const nodes& paths, std::int64_t wanted) {
    if (paths.empty()) refuse("condition.wrong_operands", it.node, "no path", "at least one path");
    const std::size_t step = begin(it.node, it.operation);
    out_.steps[step].number = wanted;
    for (const std::uint32_t node : paths) path(node);
    return end(it.node, step, field_kind::boolean, nullptr, false, paths.size());
  }

  operand arithmetic(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    std::vector<operand> all = values(it.operands);
    std::ranges::for_each(all, [this](operand& o) { settle_number(o); });
    operand left = all.front();
    if (all.size() == 1) left.kind = combined(it, left, left);
    for (std::size_t i = 1; i < all.size(); ++i) left.kind = combined(it, left, all[i]);
    return end(it, step, left.kind);
  }

  // The type of a calculation: numbers of one kind, a duration several times, an instant moved by a duration.
  field_kind combined(const call& it, const operand& left, const operand& right) const {
    using enum field_kind;
    const bool adds = it.operation == condition_operator::add;
    const bool subtracts = it.operation == condition_operator::subtract;
    const field_kind a = left.kind;
    const field_kind b = right.kind;
    if (a == integer && b == integer) return integer;
    if (a == duration && b == duration && (adds || subtracts)) return duration;
    if (a == instant && b == duration && (adds || subtracts)) return instant;
    if (a == duration && b == instant && adds) return instant;
    if (a == instant && b == instant && subtracts && it.operands.size() > 1) return duration;
    if (it.operation == condition_operator::multiply && is_number_of_times(a, b)) return duration;
    if (it.operation == condition_operator::divide && a == duration && b == integer) return duration;
    if (it.operation == condition_operator::divide && a == duration && b == duration) return integer;
    mismatch(right.node, type_name(right), "what " + tree_[it.node].key + " can take beside " + type_name(left));
  }

  static bool is_number_of_times(field_kind a, field_kind b) {
    return (a == field_kind::integer && b == field_kind::duration) ||
           (a == field_kind::duration && b == field_kind::integer);
  }

  operand age(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    instant_operand(it.operands[0]);
    out_.timed = true;
    return end(it, step, field_kind::duration);
  }

  void instant_operand(std::uint32_t node) {
    operand at = value(node);
    if (at.open) settle_number(at);
    if (at.kind != field_kind::instant) mismatch(at.node, type_name(at), "an instant");
  }

  operand now(const call& it) {
    out_.timed = true;
    return end(it, begin(it.node, it.operation), field_kind::instant);
  }

  // ---- texts

  operand lower(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    text_operand(it.operands[0]);
    return end(it, step, field_kind::text);
  }

  void text_operand(std::uint32_t node) {
    operand text = value(node);
    if (text.kind != field_kind::text) mismatch(text.node, type_name(text), "a text");
  }

  void integer_operand(std::uint32_t node) {
    const operand number = value(node);
    if (number.kind != field_kind::integer) mismatch(number.node, type_name(number), "an integer");
  }

  operand text_end(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    for (const std::uint32_t node : it.operands) text_operand(node);
    return end(it, step, field_kind::boolean);
  }

  operand cat(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    for (const std::uint32_t node : it.operands) {
      const operand part = value(node);
      const bool has_text = part.kind == field_kind::text || part.kind == field_kind::choice ||
                            part.kind == field_kind::word || part.kind == field_kind::integer;
      if (!has_text) mismatch(part.node, type_name(part), "a text, a choice, a key or an integer");
    }
    return end(it, step, field_kind::text);
  }

  operand substr(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    text_operand(it.operands[0]);
    for (std::size_t i = 1; i < it.operands.size(); ++i) integer_operand(it.operands[i]);
    return end(it, step, field_kind::text);
  }

  // {"contains_any": [text, [texts]]}, {"contains_any": [a list, [values]]}
  operand contains_any(const call& it) {
    const std::uint32_t second = it.operands[1];
    const std::size_t step = begin(it.node, it.operation);
    const operand where = value(it.operands[0]);
    const bool in_list = where.kind == field_kind::list;
    if (!in_list && where.kind != field_kind::text) mismatch(where.node, type_name(where), "a text, or a list");
    const nodes wanted = tree_[second].form == json_form::array ? tree_.children(second) : nodes{second};
    if (wanted.empty()) mismatch(second, "an empty list", "at least one value");
    for (const std::uint32_t node : wanted) {
      operand both[] = {value(node), in_list ? item_of(where) : operand{.node = node, .kind = field_kind::text}};
      unify(both);
    }
    return end(it.node, step, field_kind::boolean, nullptr, false, 1 + wanted.size());
  }

  static operand item_of(const operand& list) {
    return {.node = list.node, .kind = list.row->element->kind, .row = list.row->element};
  }

  // ---- local time and calendars

  operand local_weekday(const call& it) { return local(it, field_kind::choice, &detail::type_of<week_day>); }
  operand local_hour(const call& it) { return local(it, field_kind::integer, nullptr); }

  // {"hour": zone}, {"hour": [zone, instant]}
  operand local(const call& it, field_kind kind, const type_row* row) {
    const std::size_t step = begin(it.node, it.operation);
    out_.steps[step].number = static_cast<std::int64_t>(out_.zones.size());
    out_.zones.push_back(zone_named(it.operands[0]));
    if (it.operands.size() == 2) {
      instant_operand(it.operands[1]);
    } else {
      out_.timed = true;
    }
    return end(it.node, step, kind, row, false, it.operands.size() - 1);
  }

  zone zone_named(std::uint32_t node) const {
    if (tree_[node].form != json_form::text) mismatch(node, "no text", "a time zone, an IANA name");
    const zone_data& zones = schema_->zones ? *schema_->zones : zone_data::bundled();
    if (const std::optional<zone> found = zones.find(tree_[node].text)) return *found;
    const std::vector<std::string_view> near = nearest_names(tree_[node].text, zones.names());
    refuse("condition.unknown_zone", node, "the unknown time zone " + quoted(tree_[node].text),
           near.empty() ? "an IANA name, such as Europe/Berlin" : "did you mean " + either(near) + "?");
  }

  // {"open_in": calendar}, {"open_in": [calendar, instant]}
  operand open_in(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    calendar(it.operands[0]);
    if (it.operands.size() == 2) {
      instant_operand(it.operands[1]);
    } else {
      out_.timed = true;
    }
    return end(it, step, field_kind::boolean);
  }

  operand business_age(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    instant_operand(it.operands[0]);
    calendar(it.operands[1]);
    out_.timed = true;
    return end(it, step, field_kind::duration);
  }

  void calendar(std::uint32_t node) {
    if (tree_[node].form != json_form::text) mismatch(node, "no text", "the key of a business_calendar");
    text_constant(node);
    note_key(word_kind::business_calendar, node);
  }

  // ---- what has changed

  operand change(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    const std::size_t read = path(it.operands[0]);
    const condition_path& known = schema_->paths[static_cast<std::size_t>(out_.steps[read].number)];
    const type_row& row = *known.type;
    end(it.operands[0], read, row.kind, &row);
    out_.steps[step].number = out_.steps[read].number;
    keep_text(out_.steps[step], known.path);
    out_.asks_changes = true;
    const bool truth = it.operation == condition_operator::changed;
    if (!truth && row.kind == field_kind::list) {
      mismatch(it.operands[0], "a list", "the path of a single value; changed takes lists, too");
    }
    operand result =
        truth ? end(it, step, field_kind::boolean) : end(it.node, step, row.kind, &row, false, it.operands.size());
    result.own_choices = !truth && known.own_choices;
    return result;
  }

  // ---- lists of objects

  operand quantifier(const call& it) {
    const std::size_t step = begin(it.node, it.operation);
    const operand list = value(it.operands[0]);
    const bool is_path = out_.steps[list.step].operation == condition_operator::var;
    const auto number = static_cast<std::size_t>(out_.steps[list.step].number);
    if (!is_path || !schema_->paths[number].items) mismatch(it.operands[0], type_name(list), lists_known());
    out_.steps[step].number = static_cast<std::int64_t>(out_.items.size());
    out_.items.push_back(schema_->paths[number].items);
    const condition_schema* outer = schema_;
    schema_ = outer->paths[number].items.get();
    demand_truth(value(it.operands[1]));
    schema_ = outer;
    return end(it, step, field_kind::boolean);
  }

  std::string lists_known() const {
    std::vector<std::string_view> all;
    for (const condition_path& path : schema_->paths) {
      if (path.items) all.push_back(path.path);
    }
    return R"({"var": a list of objects}: )" + (all.empty() ? "there is none here" : listed(all));
  }

  // ---- refusals

  void demand_count(const call& it, std::size_t least, std::size_t most) const {
    const std::size_t count = it.operands.size();
    if (least <= count && count <= most) return;
    std::string allowed = std::to_string(least);
    if (most == any_number) {
      allowed += " or more";
    } else if (most != least) {
      allowed += " to " + std::to_string(most);
    }
    refuse("condition.wrong_operands", it.node, std::to_string(count) + " operands", allowed);
  }

  [[noreturn]] void mismatch(std::uint32_t node, const std::string& found, const std::string& allowed) const {
    refuse("condition.type_mismatch", node, found, allowed);
  }

  [[noreturn]] void refuse(const char* reason, std::uint32_t node, const std::string& found, const std::string& allowed,
                           status code = status::invalid_argument) const {
    const std::string where = std::string(place_) + tree_.pointer(node);
    json_writer detail;
    detail.begin_object();
    detail.member("path", where);
    detail.member("found", found);
    detail.member("allowed", allowed);
    detail.end_object();
    const std::string message = (where.empty() ? "the condition" : where) + ": found " + found + ", allowed " + allowed;
    throw error(code, reason, message, detail.take());
  }

  const json_tree& tree_;
  const condition_schema* schema_;  // of the record, or of the items that are looked at
  std::string_view place_;
  condition out_;
  std::vector<std::uint32_t> node_of_;  // of each step
};

std::span<const compiler::operator_row> compiler::operators() {
  using enum condition_operator;
  static constexpr operator_row rows[] = {
      {"var", condition_operator::var, 1, 2, &compiler::var},
      {"==", equal, 2, 2, &compiler::equality},
      {"!=", not_equal, 2, 2, &compiler::equality},
      {"===", equal, 2, 2, &compiler::equality},
      {"!==", not_equal, 2, 2, &compiler::equality},
      {"<", less, 2, 3, &compiler::order},
      {"<=", less_equal, 2, 3, &compiler::order},
      {">", greater, 2, 2, &compiler::order},
      {">=", greater_equal, 2, 2, &compiler::order},
      {"and", conjunction, 1, any_number, &compiler::junction},
      {"or", disjunction, 1, any_number, &compiler::junction},
      {"!", negation, 1, 1, &compiler::junction},
      {"!!", truth, 1, 1, &compiler::junction},
      {"if", condition_operator::choose, 2, any_number, &compiler::choose},
      {"?:", condition_operator::choose, 2, any_number, &compiler::choose},
      {"in", condition_operator::in_values, 2, 2, &compiler::in},
      {"missing", condition_operator::missing, 1, any_number, &compiler::missing},
      {"missing_some", condition_operator::missing_some, 2, 2, &compiler::missing_some},
      {"+", add, 2, any_number, &compiler::arithmetic},
      {"-", subtract, 1, 2, &compiler::arithmetic},
      {"*", multiply, 2, any_number, &compiler::arithmetic},
      {"/", divide, 2, 2, &compiler::arithmetic},
      {"%", remainder, 2, 2, &compiler::arithmetic},
      {"max", greatest, 1, any_number, &compiler::extreme},
      {"min", least, 1, any_number, &compiler::extreme},
      {"age", condition_operator::age, 1, 1, &compiler::age},
      {"lower", condition_operator::lower, 1, 1, &compiler::lower},
      {"starts_with", condition_operator::starts_with, 2, 2, &compiler::text_end},
      {"ends_with", condition_operator::ends_with, 2, 2, &compiler::text_end},
      {"contains_any", condition_operator::contains_any, 2, 2, &compiler::contains_any},
      {"cat", condition_operator::cat, 1, any_number, &compiler::cat},
      {"substr", condition_operator::substr, 2, 3, &compiler::substr},
      {"now", condition_operator::now, 0, 0, &compiler::now},
      {"weekday", condition_operator::local_weekday, 1, 2, &compiler::local_weekday},
      {"hour", condition_operator::local_hour, 1, 2, &compiler::local_hour},
      {"open_in", condition_operator::open_in, 1, 2, &compiler::open_in},
      {"business_age", condition_operator::business_age, 2, 2, &compiler::business_age},
      {"changed", condition_operator::changed, 1, 1, &compiler::change},
      {"from", condition_operator::from, 1, 1, &compiler::change},
      {"to", condition_operator::to, 1, 1, &compiler::change},
      {"some", condition_operator::some, 2, 2, &compiler::quantifier},
      {"all", condition_operator::all, 2, 2, &compiler::quantifier},
      {"none", condition_operator::none, 2, 2, &compiler::quantifier},
  };
  return rows;
}

}  // namespace

condition compile_condition(std::string_view json, const condition_schema& schema, std::string_view place) {
  const json_tree_limits limit{.bytes_max = limits::condition_bytes_max, .depth_max = limits::condition_depth_max};
  try {
    return compiler(read_json_tree(json, limit), schema, place).compile();
  } catch (const error& e) {
    const std::string_view what = e.what();
    if (place.empty() || what.starts_with(place)) throw;
    throw error(e.code(), e.reason(), std::string(place) + ": " + std::string(what), e.detail());
  }
}

}  // namespace tocsin::inline v1
