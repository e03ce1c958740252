#include <tocsin/rule/condition.hpp>

#include "condition_operation.hpp"

#include <algorithm>
#include <limits>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t int64_min = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t int64_max = std::numeric_limits<std::int64_t>::max();

condition_value missing_value(field_kind kind) { return {.kind = kind}; }
condition_value truth_value(bool truth) { return {.kind = field_kind::boolean, .given = true, .number = truth}; }

// ---- integers that must not overflow

using checked = std::optional<std::int64_t>;

checked sum(std::int64_t a, std::int64_t b) {
  if (b > 0 ? a > int64_max - b : a < int64_min - b) return std::nullopt;
  return a + b;
}

checked difference(std::int64_t a, std::int64_t b) {
  if (b < 0 ? a > int64_max + b : a < int64_min + b) return std::nullopt;
  return a - b;
}

checked product(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  if (a == -1) return difference(0, b);
  if (b == -1) return difference(0, a);
  if (b > 0 ? (a > int64_max / b || a < int64_min / b) : (a > int64_min / b || a < int64_max / b)) return std::nullopt;
  return a * b;
}

checked rest(std::int64_t a, std::int64_t b) {
  if (b == 0) return std::nullopt;
  return b == -1 ? 0 : a % b;
}

checked calculate(condition_operator operation, std::int64_t a, std::int64_t b) {
  switch (operation) {
    case condition_operator::add:
      return sum(a, b);
    case condition_operator::subtract:
      return difference(a, b);
    case condition_operator::multiply:
      return product(a, b);
    case condition_operator::remainder:
      return rest(a, b);
    case condition_operator::greatest:
      return std::max(a, b);
    case condition_operator::least:
      return std::min(a, b);
    default:
      return std::nullopt;
  }
}

// ---- texts

char letter(const condition_value& text, std::size_t at) {
  const char c = text.text[at];
  return text.lower && c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool equal_at(const condition_value& text, std::size_t at, const condition_value& part) {
  for (std::size_t i = 0; i < part.text.size(); ++i) {
    if (letter(text, at + i) != letter(part, i)) return false;
  }
  return true;
}

bool equal_texts(const condition_value& a, const condition_value& b) {
  if (a.text.size() != b.text.size()) return false;
  return a.lower || b.lower ? equal_at(a, 0, b) : a.text == b.text;
}

// Polynomials modulo a prime; only candidates with the hash of the part are compared with it, so that a text made to
// be slow is not.
constexpr std::uint64_t hash_prime = 4'294'967'291;
constexpr std::uint64_t hash_base = 1'000'003;

std::uint64_t hash_with(std::uint64_t hash, char c) {
  return (hash * hash_base + static_cast<unsigned char>(c)) % hash_prime;
}

std::uint64_t hash_without(std::uint64_t hash, char c, std::uint64_t weight) {
  return (hash + hash_prime - static_cast<unsigned char>(c) * weight % hash_prime) % hash_prime;
}

bool contains(const condition_value& text, const condition_value& part) {
  const std::size_t size = part.text.size();
  if (size > text.text.size()) return false;
  std::uint64_t wanted = 0;
  std::uint64_t met = 0;
  std::uint64_t weight = 1;  // of the first letter
  for (std::size_t i = 0; i < size; ++i) {
    wanted = hash_with(wanted, letter(part, i));
    met = hash_with(met, letter(text, i));
    if (i > 0) weight = weight * hash_base % hash_prime;
  }
  for (std::size_t at = 0;; ++at) {
    if (met == wanted && equal_at(text, at, part)) return true;
    if (at + size == text.text.size()) return false;
    met = hash_with(hash_without(met, letter(text, at), weight), letter(text, at + size));
  }
}

// ---- comparisons

bool goes_by_text(field_kind kind) {
  return kind == field_kind::text || kind == field_kind::choice || kind == field_kind::word;
}

bool equal_values(const condition_value& a, const condition_value& b) {
  return goes_by_text(a.kind) ? equal_texts(a, b) : a.number == b.number;
}

bool compare(condition_operator operation, const condition_value& a, const condition_value& b) {
  if (!a.given || !b.given) return false;
  switch (operation) {
    case condition_operator::equal:
      return equal_values(a, b);
    case condition_operator::not_equal:
      return !equal_values(a, b);
    case condition_operator::less:
      return a.number < b.number;
    case condition_operator::less_equal:
      return a.number <= b.number;
    case condition_operator::greater:
      return a.number > b.number;
    case condition_operator::greater_equal:
      return a.number >= b.number;
    default:
      return false;
  }
}

// ---- steps

std::size_t next_of(const condition_run& run, std::size_t at) { return at + run.step(at).size; }

condition_value constant_of(const condition_run& run, const condition_step& step) {
  return {.kind = step.kind, .given = true, .number = step.number, .text = run.text_of(step)};
}

condition_value read(const condition_run& run, const condition_step& step) {
  const auto path = static_cast<std::size_t>(step.number);
  if (step.kind == field_kind::list) {
    return {.kind = field_kind::list, .given = run.data.count(run.data.context, path) > 0, .number = 1};
  }
  const condition_value value = run.data.value(run.data.context, path);
  return value.kind == step.kind ? value : missing_value(step.kind);
}

condition_value var_of(const condition_run& run, std::size_t at) {
  const condition_value value = read(run, run.step(at));
  return value.given || run.step(at).operands == 0 ? value : value_of(run, at + 1);
}

bool compare_all(const condition_run& run, std::size_t at) {
  const condition_step& step = run.step(at);
  std::size_t operand = at + 1;
  condition_value left = value_of(run, operand);
  for (std::size_t i = 1; i < step.operands; ++i) {
    operand = next_of(run, operand);
    const condition_value right = value_of(run, operand);
    if (!compare(step.operation, left, right)) return false;
    left = right;
  }
  return true;
}

// Is one of the operands of this truth?
bool any_is(bool truth, const condition_run& run, std::size_t at) {
  std::size_t operand = at + 1;
  for (std::size_t i = 0; i < run.step(at).operands; ++i, operand = next_of(run, operand)) {
    if (is_true(value_of(run, operand)) == truth) return true;
  }
  return false;
}

condition_value choose(const condition_run& run, std::size_t at) {
  const std::size_t chosen = chosen_of(run, at);
  return chosen == 0 ? missing_value(run.step(at).kind) : value_of(run, chosen);
}

bool is_among_operands(const condition_run& run, std::size_t at) {
  std::size_t operand = at + 1;
  const condition_value value = value_of(run, operand);
  for (std::size_t i = 1; value.given && i < run.step(at).operands; ++i) {
    operand = next_of(run, operand);
    if (compare(condition_operator::equal, value, value_of(run, operand))) return true;
  }
  return false;
}

bool is_in_list(const condition_run& run, std::size_t at) {
  const condition_value value = value_of(run, at + 1);
  if (!value.given) return false;
  const auto path = static_cast<std::size_t>(run.step(next_of(run, at + 1)).number);
  const std::size_t count = run.data.count(run.data.context, path);
  for (std::size_t i = 0; i < count; ++i) {
    const condition_value item = run.data.item(run.data.context, path, i);
    if (item.kind == value.kind && compare(condition_operator::equal, value, item)) return true;
  }
  return false;
}

bool is_in_text(const condition_run& run, std::size_t at) {
  const condition_value part = value_of(run, at + 1);
  const condition_value text = value_of(run, next_of(run, at + 1));
  return part.given && text.given && contains(text, part);
}

std::size_t count_given(const condition_run& run, std::size_t at) {
  std::size_t given = 0;
  for (std::size_t i = 0; i < run.step(at).operands; ++i) given += read(run, run.step(at + 1 + i)).given;
  return given;
}

condition_value calculate(const condition_run& run, std::size_t at) {
  const condition_step& step = run.step(at);
  std::size_t operand = at + 1;
  condition_value result = value_of(run, operand);
  checked number = result.given ? checked(result.number) : std::nullopt;
  if (step.operands == 1 && step.operation == condition_operator::subtract && number) number = difference(0, *number);
  for (std::size_t i = 1; number && i < step.operands; ++i) {
    operand = next_of(run, operand);
    const condition_value right = value_of(run, operand);
    number = right.given ? calculate(step.operation, *number, right.number) : std::nullopt;
  }
  return {.kind = step.kind, .given = number.has_value(), .number = number.value_or(0)};
}

condition_value age_of(const condition_run& run, std::size_t at) {
  const condition_value since = value_of(run, at + 1);
  if (!since.given || !is_set(run.now)) return missing_value(field_kind::duration);
  const checked age = difference(run.now.us, since.number);
  return {.kind = field_kind::duration, .given = age.has_value(), .number = age.value_or(0)};
}

condition_value lower_of(condition_value value) {
  value.lower = true;
  return value;
}

}  // namespace

bool is_true(const condition_value& value) noexcept {
  if (!value.given) return false;
  switch (value.kind) {
    case field_kind::boolean:
    case field_kind::integer:
    case field_kind::duration:
      return value.number != 0;
    default:
      return true;
  }
}

std::size_t chosen_of(const condition_run& run, std::size_t at) noexcept {
  std::size_t left = run.step(at).operands;
  std::size_t operand = at + 1;
  for (; left >= 2; left -= 2) {
    const std::size_t value = next_of(run, operand);
    if (is_true(value_of(run, operand))) return value;
    operand = next_of(run, value);
  }
  return left == 1 ? operand : 0;
}

condition_value value_of(const condition_run& run, std::size_t at) noexcept {
  const condition_step& step = run.step(at);
  switch (step.operation) {
    case condition_operator::constant:
      return constant_of(run, step);
    case condition_operator::var:
      return var_of(run, at);
    case condition_operator::equal:
    case condition_operator::not_equal:
    case condition_operator::less:
    case condition_operator::less_equal:
    case condition_operator::greater:
    case condition_operator::greater_equal:
      return truth_value(compare_all(run, at));
    case condition_operator::conjunction:
      return truth_value(!any_is(false, run, at));
    case condition_operator::disjunction:
      return truth_value(any_is(true, run, at));
    case condition_operator::negation:
      return truth_value(!is_true(value_of(run, at + 1)));
    case condition_operator::truth:
      return truth_value(is_true(value_of(run, at + 1)));
    case condition_operator::choose:
      return choose(run, at);
    case condition_operator::in_values:
      return truth_value(is_among_operands(run, at));
    case condition_operator::in_list:
      return truth_value(is_in_list(run, at));
    case condition_operator::in_text:
      return truth_value(is_in_text(run, at));
    case condition_operator::missing:
      return truth_value(count_given(run, at) < step.operands);
    case condition_operator::missing_some:
      return truth_value(count_given(run, at) < static_cast<std::size_t>(step.number));
    case condition_operator::add:
    case condition_operator::subtract:
    case condition_operator::multiply:
    case condition_operator::remainder:
    case condition_operator::greatest:
    case condition_operator::least:
      return calculate(run, at);
    case condition_operator::age:
      return age_of(run, at);
    case condition_operator::lower:
      return lower_of(value_of(run, at + 1));
  }
  return missing_value(step.kind);
}

std::string_view name(condition_operator operation) noexcept {
  switch (operation) {
    case condition_operator::constant:
      return "";
    case condition_operator::var:
      return "var";
    case condition_operator::equal:
      return "==";
    case condition_operator::not_equal:
      return "!=";
    case condition_operator::less:
      return "<";
    case condition_operator::less_equal:
      return "<=";
    case condition_operator::greater:
      return ">";
    case condition_operator::greater_equal:
      return ">=";
    case condition_operator::conjunction:
      return "and";
    case condition_operator::disjunction:
      return "or";
    case condition_operator::negation:
      return "!";
    case condition_operator::truth:
      return "!!";
    case condition_operator::choose:
      return "if";
    case condition_operator::in_values:
    case condition_operator::in_list:
    case condition_operator::in_text:
      return "in";
    case condition_operator::missing:
      return "missing";
    case condition_operator::missing_some:
      return "missing_some";
    case condition_operator::add:
      return "+";
    case condition_operator::subtract:
      return "-";
    case condition_operator::multiply:
      return "*";
    case condition_operator::remainder:
      return "%";
    case condition_operator::greatest:
      return "max";
    case condition_operator::least:
      return "min";
    case condition_operator::age:
      return "age";
    case condition_operator::lower:
      return "lower";
  }
  return "";
}

bool holds(const condition& c, const condition_data& data, instant now) noexcept {
  return !c.steps.empty() && is_true(value_of({c, data, now}, 0));
}

}  // namespace tocsin::inline v1
