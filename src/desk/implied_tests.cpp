#include "implied_tests.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include <tocsin/base/json.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {
namespace {

using tests = std::vector<record_test>;

constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();

record_test within(const field_row& field, std::int64_t least, std::int64_t most) {
  return {.field = &field, .least = least, .most = most, .values = {}};
}

record_test never(const field_row& field) { return within(field, 1, 0); }

// `<` the other way round is `>`.
condition_operator turned(condition_operator operation) {
  switch (operation) {
    case condition_operator::less:
      return condition_operator::greater;
    case condition_operator::less_equal:
      return condition_operator::greater_equal;
    case condition_operator::greater:
      return condition_operator::less;
    case condition_operator::greater_equal:
      return condition_operator::less_equal;
    default:
      return operation;
  }
}

std::vector<std::int64_t> values_of(const record_test& test) {
  if (test.values.empty()) return {test.least};
  std::vector<std::int64_t> values;
  std::ranges::copy_if(test.values, std::back_inserter(values),
                       [&](std::int64_t v) { return test.least <= v && v <= test.most; });
  return values;
}

class deriver {
 public:
  deriver(const condition& c, const condition_schema& schema, const lexicon& words)
      : c_(c), schema_(schema), words_(words) {}

  // What follows from the step's being true, or from its not being so.
  tests of(std::size_t at, bool truth) const {
    const condition_step& step = c_.steps[at];
    switch (step.operation) {
      case condition_operator::conjunction:
        return truth ? all_of(at, truth) : any_of(at, truth);
      case condition_operator::disjunction:
        return truth ? any_of(at, truth) : all_of(at, truth);
      case condition_operator::negation:
        return of(at + 1, !truth);
      case condition_operator::truth:
        return of(at + 1, truth);
      case condition_operator::var:
        return of_truth(at, truth);
      case condition_operator::equal:
      case condition_operator::not_equal:
      case condition_operator::less:
      case condition_operator::less_equal:
      case condition_operator::greater:
      case condition_operator::greater_equal:
        return truth ? of_comparison(at) : tests{};  // one with a missing value is not true, either
      case condition_operator::in_values:
        return truth ? of_list(at) : tests{};
      default:
        return {};
    }
  }

 private:
  std::size_t next(std::size_t at) const { return at + c_.steps[at].size; }

  tests all_of(std::size_t at, bool truth) const {
    tests result;
    std::size_t operand = at + 1;
    for (std::size_t i = 0; i < c_.steps[at].operands; ++i, operand = next(operand)) {
      for (record_test& test : of(operand, truth)) result.push_back(std::move(test));
    }
    return result;
  }

  // What is tested of one field by every operand; an operand that can never be so says nothing.
  tests any_of(std::size_t at, bool truth) const {
    std::optional<tests> result;
    std::size_t operand = at + 1;
    for (std::size_t i = 0; i < c_.steps[at].operands; ++i, operand = next(operand)) {
      const tests these = of(operand, truth);
      const auto impossible = std::ranges::find_if(these, is_never);
      if (impossible != these.end()) {
        if (!result && i + 1 == c_.steps[at].operands) return {*impossible};
        continue;
      }
      result = result ? either_of(*result, these) : these;
    }
    return result.value_or(tests{});
  }

  static tests either_of(const tests& some, const tests& others) {
    tests result;
    for (const record_test& one : some) {
      const auto other = std::ranges::find(others, one.field, &record_test::field);
      if (other != others.end()) result.push_back(either(one, *other));
    }
    return result;
  }

  // Null where it is no field of the record's own, or another value stands in for a missing one.
  const field_row* field_at(std::size_t at) const {
    const condition_step& step = c_.steps[at];
    if (step.operation != condition_operator::var || step.operands != 0) return nullptr;
    return field_of(schema_.paths[static_cast<std::size_t>(step.number)]);
  }

  bool is_constant(std::size_t at) const { return c_.steps[at].operation == condition_operator::constant; }

  tests of_truth(std::size_t at, bool truth) const {
    const field_row* field = field_at(at);
    if (!field || field->type->kind != field_kind::boolean) return {};
    return {within(*field, truth, truth)};
  }

  // Each beside the next: of three, the one in the middle is compared twice.
  tests of_comparison(std::size_t at) const {
    tests result;
    const condition_operator operation = c_.steps[at].operation;
    std::size_t left = at + 1;
    for (std::size_t i = 1; i < c_.steps[at].operands; ++i) {
      const std::size_t right = next(left);
      if (const field_row* field = field_at(left); field && is_constant(right)) {
        result.push_back(compared(operation, *field, c_.steps[right]));
      } else if (const field_row* other = field_at(right); other && is_constant(left)) {
        result.push_back(compared(turned(operation), *other, c_.steps[left]));
      }
      left = right;
    }
    return result;
  }

  tests of_list(std::size_t at) const {
    std::size_t operand = at + 1;
    const field_row* field = field_at(operand);
    if (!field) return {};
    record_test result{.field = field, .values = {}};
    for (std::size_t i = 1; i < c_.steps[at].operands; ++i) {
      operand = next(operand);
      if (!is_constant(operand)) return {};
      if (const auto value = value_of(*field, c_.steps[operand])) result.values.push_back(*value);
    }
    if (result.values.empty()) return {never(*field)};
    std::ranges::sort(result.values);
    result.values.erase(std::unique(result.values.begin(), result.values.end()), result.values.end());
    return {std::move(result)};
  }

  record_test compared(condition_operator operation, const field_row& field, const condition_step& constant) const {
    const std::optional<std::int64_t> value = value_of(field, constant);
    switch (operation) {
      case condition_operator::equal:
        return value ? within(field, *value, *value) : never(field);
      case condition_operator::less:
        return value && *value != int64_min ? within(field, int64_min, *value - 1) : never(field);
      case condition_operator::less_equal:
        return value ? within(field, int64_min, *value) : never(field);
      case condition_operator::greater:
        return value && *value != int64_max ? within(field, *value + 1, int64_max) : never(field);
      case condition_operator::greater_equal:
        return value ? within(field, *value, int64_max) : never(field);
      default:  // another value, and none that is missing
        return within(field, is_named(field) && field.name != "type" ? 1 : int64_min, int64_max);
    }
  }

  static bool is_named(const field_row& field) {
    return field.type->kind == field_kind::word || field.type->kind == field_kind::choice;
  }

  // What the field holds where it equals the constant; nothing where it never does.
  std::optional<std::int64_t> value_of(const field_row& field, const condition_step& constant) const {
    if (!is_named(field)) return constant.number;
    const std::string_view name = std::string_view(c_.texts).substr(constant.text_at, constant.text_size);
    std::int64_t number = 0;
    if (field.type->kind == field_kind::word) {
      if (field.name == "type" && name == incident_type) return 0;
      number = words_.find(field.type->refers, name);
    } else {
      const choice_names all = field.type->choices();
      const auto found = std::ranges::find(all, name);
      if (found != all.end()) number = found - all.begin() + 1;
    }
    return number == 0 ? std::nullopt : std::optional(number);
  }

  const condition& c_;
  const condition_schema& schema_;
  const lexicon& words_;
};

}  // namespace

std::vector<record_test> tests_implied_by(const condition& c, const condition_schema& schema, const lexicon& words) {
  return c.steps.empty() ? tests{} : deriver(c, schema, words).of(0, true);
}

const field_row* field_of(const condition_path& path) {
  if (path.way.size() != 1) return nullptr;
  for (const field_row& field : incident::fields()) {
    if (path.way.front() == &field) return &field;
  }
  return nullptr;
}

bool is_never(const record_test& test) {
  return test.values.empty() ? test.least > test.most : values_of(test).empty();
}

bool names_values(const record_test& test) { return !test.values.empty() || test.least >= test.most; }

record_test either(const record_test& a, const record_test& b) {
  if (is_never(a)) return b;
  if (is_never(b)) return a;
  if (!names_values(a) || !names_values(b)) {
    const auto least = [](const record_test& t) {
      return t.values.empty() ? t.least : std::max(t.least, t.values.front());
    };
    const auto most = [](const record_test& t) {
      return t.values.empty() ? t.most : std::min(t.most, t.values.back());
    };
    return within(*a.field, std::min(least(a), least(b)), std::max(most(a), most(b)));
  }
  record_test result{.field = a.field, .values = {}};
  std::ranges::set_union(values_of(a), values_of(b), std::back_inserter(result.values));
  return result;
}

}  // namespace tocsin::inline v1
