#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/rule/json_logic.hpp>

#include "json_tree.hpp"
#include "script_value.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

namespace tocsin::inline v1 {
namespace {

using list = script_value::array_type;

constexpr std::size_t no_limit = std::numeric_limits<std::size_t>::max();
constexpr double infinity = std::numeric_limits<double>::infinity();

script_value at(const list& values, std::size_t place) {
  return place < values.size() ? values[place] : script_undefined;
}

[[noreturn]] void not_applicable(const std::string& why) {
  throw error(status::invalid_argument, "json_logic.not_applicable", why);
}

double greater_of(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::numeric_limits<double>::quiet_NaN();
  return a > b || (a == b && !std::signbit(a)) ? a : b;
}

class evaluator {
 public:
  explicit evaluator(script_memory& memory) : memory_(memory) {}

  // What the reference calls apply: lists are evaluated item by item, objects with one member are operators, and
  // whatever else stands for itself.
  script_value evaluate(const script_value& logic, const script_value& data) {
    memory_.spend(1);
    const depth_guard guard(*this);
    if (is_array(logic)) return memory_.array(evaluated(*logic.array, data));
    if (logic.type != script_type::object || logic.object->members.size() != 1) return logic;
    const auto& [name, operand] = logic.object->members.front();
    return call(name, operand, data);
  }

 private:
  using eager = script_value (evaluator::*)(const list& operands, const script_value& data);

  struct operator_row {
    eager run = nullptr;
    bool lazy = false;  // its operands are not evaluated before it
  };

  struct depth_guard {
    explicit depth_guard(evaluator& of) : of_(of) {
      if (of_.depth_ > limits::json_logic_depth_max) {
        throw error(
            status::resource_exhausted, "condition.too_deep",
            "operators inside one another beyond their limit, allowed " + std::to_string(limits::json_logic_depth_max));
      }
      ++of_.depth_;
    }
    ~depth_guard() { --of_.depth_; }
    depth_guard(const depth_guard&) = delete;
    depth_guard& operator=(const depth_guard&) = delete;

   private:
    evaluator& of_;
  };

  static const std::unordered_map<std::u16string_view, operator_row>& operators();

  script_value call(const std::u16string& name, const script_value& operand, const script_value& data) {
    const auto found = operators().find(name);
    const operator_row* row = found == operators().end() ? nullptr : &found->second;
    const list operands = is_array(operand) ? *operand.array : list{operand};
    memory_.spend(operands.size());
    if (row && row->lazy) return (this->*row->run)(operands, data);
    const list values = evaluated(operands, data);
    if (!row) unknown_operator(name);
    return (this->*row->run)(values, data);
  }

  [[noreturn]] void unknown_operator(const std::u16string& name) {
    const std::string shown = to_json(memory_.text(name.substr(0, 80)), memory_);
    throw error(status::invalid_argument, "json_logic.unknown_operator", "JsonLogic has no operator " + shown);
  }

  list evaluated(const list& all, const script_value& data) {
    list result;
    result.reserve(all.size());
    for (const script_value& each : all) result.push_back(evaluate(each, data));
    return result;
  }

  // ---- data

  script_value var(const list& operands, const script_value& data) {
    const script_value name = at(operands, 0);
    const bool is_empty = name.type <= script_type::null || (name.type == script_type::text && name.text->empty());
    if (is_empty) return data;
    const script_value otherwise =
        operands.size() < 2 || operands[1].type == script_type::undefined ? script_null : operands[1];
    const std::u16string path = to_text(name, memory_);
    script_value value = data;
    for (std::size_t start = 0; start <= path.size();) {
      const std::size_t end = std::min(path.find(u'.', start), path.size());
      value = property(value, std::u16string_view(path).substr(start, end - start), memory_);
      if (value.type == script_type::undefined) return otherwise;
      start = end + 1;
    }
    return value;
  }

  // As if the key stood in {"var": key}: the reference evaluates it once more.
  script_value var_named(const script_value& key, const script_value& data) {
    return var(evaluated(is_array(key) ? *key.array : list{key}, data), data);
  }

  script_value missing(const list& operands, const script_value& data) {
    const list keys = is_array(at(operands, 0)) ? *operands[0].array : operands;
    list result;
    for (const script_value& key : keys) {
      const script_value value = var_named(key, data);
      const bool is_empty = value.type == script_type::text && value.text->empty();
      if (value.type == script_type::null || is_empty) result.push_back(key);
    }
    return memory_.array(std::move(result));
  }

  script_value missing_some(const list& operands, const script_value& data) {
    const script_value options = at(operands, 1);
    const list again = evaluated(is_array(options) ? *options.array : list{options}, data);
    const script_value absent = missing(again, data);
    if (options.type <= script_type::null) not_applicable("missing_some needs a list of keys");
    const double length = to_number(property(options, u"length", memory_), memory_);
    const script_value there = script_number(length - static_cast<double>(absent.array->size()));
    const script_order order = order_of(there, at(operands, 0), memory_);
    const bool enough = order == script_order::greater || order == script_order::equal;
    return enough ? memory_.array({}) : absent;
  }

  // ---- logic

  script_value choose(const list& operands, const script_value& data) {
    std::size_t i = 0;
    for (; i + 1 < operands.size(); i += 2) {
      if (is_truthy(evaluate(operands[i], data))) return evaluate(operands[i + 1], data);
    }
    return i < operands.size() ? evaluate(operands[i], data) : script_null;
  }

  script_value first_that_is(bool truth, const list& operands, const script_value& data) {
    script_value current;
    for (const script_value& operand : operands) {
      current = evaluate(operand, data);
      if (is_truthy(current) == truth) return current;
    }
    return current;
  }

  script_value conjunction(const list& operands, const script_value& data) {
    return first_that_is(false, operands, data);
  }
  script_value disjunction(const list& operands, const script_value& data) {
    return first_that_is(true, operands, data);
  }
  script_value negation(const list& operands, const script_value&) {
    return script_boolean(!is_truthy(at(operands, 0)));
  }
  script_value truth(const list& operands, const script_value&) { return script_boolean(is_truthy(at(operands, 0))); }

  // ---- comparisons

  script_value equal(const list& operands, const script_value&) {
    return script_boolean(equal_loosely(at(operands, 0), at(operands, 1), memory_));
  }
  script_value not_equal(const list& operands, const script_value&) {
    return script_boolean(!equal_loosely(at(operands, 0), at(operands, 1), memory_));
  }
  script_value same(const list& operands, const script_value&) {
    return script_boolean(equal_strictly(at(operands, 0), at(operands, 1)));
  }
  script_value not_same(const list& operands, const script_value&) {
    return script_boolean(!equal_strictly(at(operands, 0), at(operands, 1)));
  }

  bool is_ordered(const script_value& a, const script_value& b, script_order first, script_order second) {
    const script_order order = order_of(a, b, memory_);
    return order == first || order == second;
  }

  bool is_between(const list& operands, script_order first, script_order second) {
    const script_value middle = at(operands, 1);
    const script_value last = at(operands, 2);
    if (!is_ordered(at(operands, 0), middle, first, second)) return false;
    return last.type == script_type::undefined || is_ordered(middle, last, first, second);
  }

  script_value less(const list& operands, const script_value&) {
    return script_boolean(is_between(operands, script_order::less, script_order::less));
  }
  script_value less_equal(const list& operands, const script_value&) {
    return script_boolean(is_between(operands, script_order::less, script_order::equal));
  }
  script_value greater(const list& operands, const script_value&) {
    return script_boolean(is_ordered(at(operands, 0), at(operands, 1), script_order::greater, script_order::greater));
  }
  script_value greater_equal(const list& operands, const script_value&) {
    return script_boolean(is_ordered(at(operands, 0), at(operands, 1), script_order::greater, script_order::equal));
  }

  // ---- numbers

  double number(const list& operands, std::size_t place) { return to_number(at(operands, place), memory_); }

  // Sums and products take the number that a text begins with, unlike everything else.
  double leading_number(const script_value& value) { return parse_float(to_text(value, memory_)); }

  script_value add(const list& operands, const script_value&) {
    double sum = 0;
    for (const script_value& each : operands) sum += leading_number(each);
    return script_number(sum);
  }

  script_value multiply(const list& operands, const script_value&) {
    if (operands.empty()) not_applicable("* needs an operand");
    script_value product = operands[0];
    for (std::size_t i = 1; i < operands.size(); ++i) {
      product = script_number(leading_number(product) * leading_number(operands[i]));
    }
    return product;
  }

  script_value subtract(const list& operands, const script_value&) {
    if (at(operands, 1).type == script_type::undefined) return script_number(-number(operands, 0));
    return script_number(number(operands, 0) - number(operands, 1));
  }
  script_value divide(const list& operands, const script_value&) {
    return script_number(number(operands, 0) / number(operands, 1));
  }
  script_value remainder(const list& operands, const script_value&) {
    return script_number(std::fmod(number(operands, 0), number(operands, 1)));
  }

  script_value greatest(const list& operands, const script_value&) {
    double result = -infinity;
    for (std::size_t i = 0; i < operands.size(); ++i) result = greater_of(result, number(operands, i));
    return script_number(result);
  }
  script_value least(const list& operands, const script_value&) {
    double result = infinity;
    for (std::size_t i = 0; i < operands.size(); ++i) result = -greater_of(-result, -number(operands, i));
    return script_number(result);
  }

  // ---- texts

  script_value cat(const list& operands, const script_value&) { return memory_.text(joined(operands, u"", memory_)); }

  script_value in(const list& operands, const script_value&) {
    const script_value what = at(operands, 0);
    const script_value where = at(operands, 1);
    if (!is_truthy(where)) return script_boolean(false);
    if (where.type == script_type::text) return script_boolean(is_part(to_text(what, memory_), *where.text));
    if (is_array(where)) {
      memory_.spend(where.array->size());
      return script_boolean(
          std::ranges::any_of(*where.array, [&](const script_value& item) { return equal_strictly(item, what); }));
    }
    if (property(where, u"indexOf", memory_).type != script_type::undefined) not_applicable("indexOf is no function");
    return script_boolean(false);
  }

  bool is_part(std::u16string_view part, std::u16string_view text) {
    memory_.spend((1 + part.size() / 16) * (1 + text.size() / 16));
    return text.find(part) != std::u16string_view::npos;
  }

  script_value substr(const list& operands, const script_value&) {
    const std::u16string source = to_text(at(operands, 0), memory_);
    const double start = to_whole(number(operands, 1));
    const script_value size = at(operands, 2);
    if (size.type == script_type::undefined) return part_of(source, start, infinity);
    if (order_of(size, script_number(0), memory_) != script_order::less) {
      return part_of(source, start, to_whole(to_number(size, memory_)));
    }
    const script_value rest = part_of(source, start, infinity);
    return part_of(*rest.text, 0, size_less(rest.text->size(), size));
  }

  // Where the length is taken from the end: a text is appended to the size, as JavaScript's + has it.
  double size_less(std::size_t size, const script_value& less) {
    const script_value by = to_primitive(less, memory_);
    if (by.type != script_type::text) return to_whole(static_cast<double>(size) + to_number(by, memory_));
    const std::string digits = std::to_string(size);
    return to_whole(to_number(std::u16string(digits.begin(), digits.end()) + *by.text));
  }

  script_value part_of(const std::u16string& text, double start, double size) {
    const auto all = static_cast<double>(text.size());
    const double from = start < 0 ? std::max(all + start, 0.0) : std::min(start, all);
    const double count = std::clamp(size, 0.0, all - from);
    return memory_.text(text.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(count)));
  }

  // ---- lists

  script_value merge(const list& operands, const script_value&) {
    list result;
    for (const script_value& each : operands) {
      if (is_array(each)) {
        memory_.spend(each.array->size());
        result.insert(result.end(), each.array->begin(), each.array->end());
      } else {
        result.push_back(each);
      }
    }
    return memory_.array(std::move(result));
  }

  // The list that the first operand comes to; one that is none has no items.
  list items(const list& operands, const script_value& data) {
    const script_value value = evaluate(at(operands, 0), data);
    if (!is_array(value)) return {};
    memory_.spend(value.array->size());
    return *value.array;
  }

  script_value map(const list& operands, const script_value& data) {
    list result;
    for (const script_value& item : items(operands, data)) result.push_back(evaluate(at(operands, 1), item));
    return memory_.array(std::move(result));
  }

  script_value filter(const list& operands, const script_value& data) {
    list result;
    for (const script_value& item : items(operands, data)) {
      if (is_truthy(evaluate(at(operands, 1), item))) result.push_back(item);
    }
    return memory_.array(std::move(result));
  }

  script_value reduce(const list& operands, const script_value& data) {
    const list all = items(operands, data);
    script_value result = script_null;
    if (at(operands, 2).type != script_type::undefined) result = evaluate(operands[2], data);
    for (const script_value& item : all) {
      const script_value scope = memory_.object({{{u"current", item}, {u"accumulator", result}}});
      result = evaluate(at(operands, 1), scope);
    }
    return result;
  }

  script_value all(const list& operands, const script_value& data) {
    const list of = items(operands, data);
    return script_boolean(!of.empty() && !any_is(false, of, at(operands, 1)));
  }
  script_value none(const list& operands, const script_value& data) {
    return script_boolean(!any_is(true, items(operands, data), at(operands, 1)));
  }
  script_value some(const list& operands, const script_value& data) {
    return script_boolean(any_is(true, items(operands, data), at(operands, 1)));
  }

  bool any_is(bool truth, const list& of, const script_value& logic) {
    return std::ranges::any_of(of, [&](const script_value& item) { return is_truthy(evaluate(logic, item)) == truth; });
  }

  script_value log(const list& operands, const script_value&) { return at(operands, 0); }

  script_memory& memory_;
  std::size_t depth_ = 0;
};

const std::unordered_map<std::u16string_view, evaluator::operator_row>& evaluator::operators() {
  static const std::unordered_map<std::u16string_view, operator_row> rows = {
      {u"var", {&evaluator::var}},
      {u"missing", {&evaluator::missing}},
      {u"missing_some", {&evaluator::missing_some}},
      {u"if", {&evaluator::choose, true}},
      {u"?:", {&evaluator::choose, true}},
      {u"and", {&evaluator::conjunction, true}},
      {u"or", {&evaluator::disjunction, true}},
      {u"!", {&evaluator::negation}},
      {u"!!", {&evaluator::truth}},
      {u"==", {&evaluator::equal}},
      {u"===", {&evaluator::same}},
      {u"!=", {&evaluator::not_equal}},
      {u"!==", {&evaluator::not_same}},
      {u"<", {&evaluator::less}},
      {u"<=", {&evaluator::less_equal}},
      {u">", {&evaluator::greater}},
      {u">=", {&evaluator::greater_equal}},
      {u"+", {&evaluator::add}},
      {u"-", {&evaluator::subtract}},
      {u"*", {&evaluator::multiply}},
      {u"/", {&evaluator::divide}},
      {u"%", {&evaluator::remainder}},
      {u"max", {&evaluator::greatest}},
      {u"min", {&evaluator::least}},
      {u"cat", {&evaluator::cat}},
      {u"in", {&evaluator::in}},
      {u"substr", {&evaluator::substr}},
      {u"merge", {&evaluator::merge}},
      {u"map", {&evaluator::map, true}},
      {u"filter", {&evaluator::filter, true}},
      {u"reduce", {&evaluator::reduce, true}},
      {u"all", {&evaluator::all, true}},
      {u"none", {&evaluator::none, true}},
      {u"some", {&evaluator::some, true}},
      {u"log", {&evaluator::log}},
  };
  return rows;
}

script_value loaded(std::string_view json, std::size_t bytes_max, script_memory& memory) {
  return load(read_json_tree(json, {.bytes_max = bytes_max, .depth_max = limits::json_logic_depth_max}), memory);
}

// One application: the data, what comes of it, and what it may cost.
struct application {
  script_memory data_memory{no_limit};
  script_memory memory{limits::json_logic_work_max};

  script_value run(const script_value& rule, std::string_view data) {
    const script_value value = loaded(data, limits::json_logic_data_bytes_max, data_memory);
    return evaluator(memory).evaluate(rule, value);
  }
};

}  // namespace

struct json_logic_program {
  script_memory memory{no_limit};
  script_value rule;
};

json_logic::json_logic(std::string_view rule) {
  auto program = std::make_shared<json_logic_program>();
  program->rule = loaded(rule, limits::json_logic_rule_bytes_max, program->memory);
  program_ = std::move(program);
}

std::string json_logic::apply(std::string_view data) const {
  application once;
  const script_value result = once.run(program_->rule, data);
  return to_json(result, once.memory);
}

bool json_logic::holds(std::string_view data) const {
  application once;
  return is_truthy(once.run(program_->rule, data));
}

}  // namespace tocsin::inline v1
