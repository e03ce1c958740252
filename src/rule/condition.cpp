#include <tocsin/rule/condition.hpp>

#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/local_time.hpp>
#include <tocsin/time/week_day.hpp>

#include "condition_operation.hpp"

#include <algorithm>
#include <charconv>
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

checked quotient(std::int64_t a, std::int64_t b) {
  if (b == 0) return std::nullopt;
  return b == -1 ? difference(0, a) : checked(a / b);
}

checked calculate(condition_operator operation, std::int64_t a, std::int64_t b) {
  switch (operation) {
    case condition_operator::add:
      return sum(a, b);
    case condition_operator::subtract:
      return difference(a, b);
    case condition_operator::multiply:
      return product(a, b);
    case condition_operator::divide:
      return quotient(a, b);
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

bool starts_with(const condition_value& text, const condition_value& part) {
  return part.text.size() <= text.text.size() && equal_at(text, 0, part);
}

bool ends_with(const condition_value& text, const condition_value& part) {
  return part.text.size() <= text.text.size() && equal_at(text, text.text.size() - part.text.size(), part);
}

bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// Where the code point of this number begins, or the end of the text.
std::size_t place_of(std::string_view text, std::int64_t code_point) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_code_point(text[at]) && code_point-- == 0) break;
  }
  return at;
}

// As JsonLogic has it: a negative start counts from the end, a negative length leaves out that many at the end.
std::string_view part_of(std::string_view text, std::int64_t start, std::optional<std::int64_t> length) {
  const std::int64_t size = std::ranges::count_if(text, begins_code_point);
  const std::int64_t first = start < 0 ? std::max<std::int64_t>(size + std::max(start, -size), 0) : std::min(start, size);
  std::int64_t last = size;
  if (length) last = *length < 0 ? size + std::max(*length, -size) : first + std::min(*length, size - first);
  if (last <= first) return {};
  const std::size_t begin = place_of(text, first);
  return text.substr(begin, place_of(text, last) - begin);
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
  const condition_value value = run.data.value(run.data.context, path, run.now);
  return value.kind == step.kind ? value : missing_value(step.kind);
}

condition_data before(const condition_data& data) {
  condition_data then = data;
  then.context = data.before;
  then.before = nullptr;
  return then;
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

bool is_item(const condition_run& run, std::size_t path, const condition_value& value) {
  const std::size_t count = run.data.count(run.data.context, path);
  for (std::size_t i = 0; i < count; ++i) {
    const condition_value item = run.data.item(run.data.context, path, i);
    if (item.kind == value.kind && compare(condition_operator::equal, value, item)) return true;
  }
  return false;
}

bool is_in_list(const condition_run& run, std::size_t at) {
  const condition_value value = value_of(run, at + 1);
  return value.given && is_item(run, static_cast<std::size_t>(run.step(next_of(run, at + 1)).number), value);
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

// ---- texts

condition_value part_of(const condition_run& run, std::size_t at) {
  condition_value text = value_of(run, at + 1);
  std::size_t operand = next_of(run, at + 1);
  const condition_value start = value_of(run, operand);
  if (!text.given || !start.given) return missing_value(field_kind::text);
  std::optional<std::int64_t> length;
  if (run.step(at).operands == 3) {
    operand = next_of(run, operand);
    const condition_value given = value_of(run, operand);
    if (!given.given) return missing_value(field_kind::text);
    length = given.number;
  }
  text.text = part_of(text.text, start.number, length);
  text.given = !text.text.empty();
  return text;
}

bool append(condition_scratch& to, const condition_value& value) {
  char digits[20];
  condition_value text = value;
  if (value.kind == field_kind::integer) {
    text = {.text = {digits, static_cast<std::size_t>(std::to_chars(digits, std::end(digits), value.number).ptr - digits)}};
  }
  if (text.text.size() > limits::condition_built_max - to.used) return false;
  for (std::size_t i = 0; i < text.text.size(); ++i) to.text[to.used++] = letter(text, i);
  return true;
}

// An operand may have been built where it is copied to, or behind: copying forwards is right for both.
condition_value joined(const condition_run& run, std::size_t at) {
  const std::size_t begin = run.built.used;
  std::size_t operand = at + 1;
  for (std::size_t i = 0; i < run.step(at).operands; ++i, operand = next_of(run, operand)) {
    const std::size_t mark = run.built.used;
    const condition_value part = value_of(run, operand);
    run.built.used = mark;
    if (!part.given || !append(run.built, part)) return missing_value(field_kind::text);
  }
  const std::size_t size = run.built.used - begin;
  return {.kind = field_kind::text, .given = size != 0, .text = {run.built.text + begin, size}};
}

bool contains_any(const condition_run& run, std::size_t at) {
  std::size_t operand = next_of(run, at + 1);
  const bool in_list = run.step(at + 1).kind == field_kind::list;
  const condition_value text = in_list ? condition_value{} : value_of(run, at + 1);
  for (std::size_t i = 1; i < run.step(at).operands; ++i, operand = next_of(run, operand)) {
    const condition_value value = value_of(run, operand);
    if (!value.given) continue;
    if (in_list ? is_item(run, static_cast<std::size_t>(run.step(at + 1).number), value)
                : text.given && contains(text, value)) {
      return true;
    }
  }
  return false;
}

bool has_end(const condition_run& run, std::size_t at) {
  const condition_value text = value_of(run, at + 1);
  const condition_value part = value_of(run, next_of(run, at + 1));
  if (!text.given || !part.given) return false;
  return run.step(at).operation == condition_operator::starts_with ? starts_with(text, part) : ends_with(text, part);
}

// ---- local time and calendars

// Now, or the instant that an operand gives; none where it is not one of the years accepted.
instant instant_asked(const condition_run& run, std::size_t at, std::size_t operand) {
  const bool given = run.step(at).operands > operand;
  const condition_value value = given ? value_of(run, operand == 0 ? at + 1 : next_of(run, at + 1))
                                      : condition_value{.given = is_set(run.now), .number = run.now.us};
  return value.given && is_acceptable({value.number}) ? instant{value.number} : no_instant;
}

condition_value local_of(const condition_run& run, std::size_t at) {
  const condition_step& step = run.step(at);
  const instant asked = instant_asked(run, at, 0);
  if (!is_set(asked)) return missing_value(step.kind);
  const local_time local = run.program.zones[static_cast<std::size_t>(step.number)].to_local(asked);
  if (step.operation == condition_operator::local_hour) {
    return {.kind = step.kind, .given = true, .number = time_of_day(local).us / hour.us};
  }
  const week_day day = week_day_of(weekday(date_of(local)));
  return {.kind = step.kind, .given = true, .text = choices(day)[static_cast<std::size_t>(day) - 1]};
}

const business_calendar* calendar_of(const condition_run& run, std::size_t step) {
  const std::string_view key = run.text_of(run.step(step));
  if (key == business_calendar::always().definition().key) return &business_calendar::always();
  return run.data.calendar ? run.data.calendar(run.data.context, key) : nullptr;
}

bool is_open(const condition_run& run, std::size_t at) {
  const instant asked = instant_asked(run, at, 1);
  const business_calendar* calendar = calendar_of(run, at + 1);
  return is_set(asked) && calendar && calendar->is_open(asked);
}

condition_value business_age(const condition_run& run, std::size_t at) {
  const instant since = instant_asked(run, at, 0);
  const business_calendar* calendar = calendar_of(run, next_of(run, at + 1));
  if (!is_set(since) || !is_acceptable(run.now) || !calendar) return missing_value(field_kind::duration);
  return {.kind = field_kind::duration, .given = true, .number = calendar->elapsed(since, run.now).us};
}

// ---- what has changed

bool same_items(const condition_run& run, const condition_run& then, std::size_t path) {
  const std::size_t count = run.data.count(run.data.context, path);
  if (count != then.data.count(then.data.context, path)) return false;
  for (std::size_t i = 0; i < count; ++i) {
    const condition_value a = run.data.item(run.data.context, path, i);
    const condition_value b = then.data.item(then.data.context, path, i);
    if (a.kind == field_kind::object || a.kind != b.kind || a.given != b.given || !equal_values(a, b)) {
      return false;
    }
  }
  return true;
}

bool has_changed(const condition_run& run, std::size_t at) {
  if (!run.data.before) return false;
  const condition_step& step = run.step(at);
  const condition_data data = before(run.data);
  const condition_run then{run.program, data, run.now, run.built};
  if (run.step(at + 1).kind == field_kind::list) return !same_items(run, then, static_cast<std::size_t>(step.number));
  const condition_value a = read(run, run.step(at + 1));
  const condition_value b = read(then, run.step(at + 1));
  return a.given != b.given || (a.given && !equal_values(a, b));
}

// The value at the path before or after the change; missing where it has not changed.
condition_value changed_value(const condition_run& run, std::size_t at) {
  if (!has_changed(run, at)) return missing_value(run.step(at).kind);
  if (run.step(at).operation == condition_operator::to) return read(run, run.step(at + 1));
  const condition_data data = before(run.data);
  return read({run.program, data, run.now, run.built}, run.step(at + 1));
}

condition_value lower_of(condition_value value) {
  value.lower = true;
  return value;
}

// ---- lists of objects

// One item of a list, as what is below `some`, `all` or `none` sees it.
struct item_view {
  const condition_data& outer;
  table_objects tables;

  static const item_view& of(const void* context) { return *static_cast<const item_view*>(context); }
  static condition_value value(const void* c, std::size_t path, instant) noexcept {
    return value_at(of(c).tables, path);
  }
  static std::size_t count(const void* c, std::size_t path) noexcept { return count_at(of(c).tables, path); }
  static condition_value item(const void* c, std::size_t path, std::size_t i) noexcept {
    return item_at(of(c).tables, path, i);
  }
  static const void* object(const void* c, std::size_t path, std::size_t i) noexcept {
    return object_at(of(c).tables, path, i);
  }
  static const business_calendar* calendar(const void* c, std::string_view key) noexcept {
    const condition_data& outer = of(c).outer;
    return outer.calendar ? outer.calendar(outer.context, key) : nullptr;
  }

  condition_data data() const {
    return {.context = this,
            .value = value,
            .count = count,
            .item = item,
            .object = object,
            .words = outer.words,
            .calendar = calendar};
  }
};

// `all` of none is false, as JsonLogic has it.
bool quantified(const condition_run& run, std::size_t at) {
  const condition_operator operation = run.step(at).operation;
  const auto path = static_cast<std::size_t>(run.step(at + 1).number);
  const std::size_t count = run.data.object ? run.data.count(run.data.context, path) : 0;
  const bool wanted = operation != condition_operator::all;  // what ends the search
  for (std::size_t i = 0; i < count; ++i) {
    if (is_true(value_of_item(run, at, i, at + 2)) == wanted) return operation == condition_operator::some;
  }
  return operation == condition_operator::none || (operation == condition_operator::all && count != 0);
}

}  // namespace

condition_value value_of_item(const condition_run& run, std::size_t quantifier, std::size_t item,
                              std::size_t at) noexcept {
  const auto path = static_cast<std::size_t>(run.step(quantifier + 1).number);
  const void* const object = run.data.object(run.data.context, path, item);
  const condition_schema& schema = *run.program.items[static_cast<std::size_t>(run.step(quantifier).number)];
  const item_view seen{run.data, {schema, {&object, 1}, run.data.words}};
  const condition_data data = seen.data();
  const std::size_t mark = run.built.used;
  const condition_value value = value_of({run.program, data, run.now, run.built}, at);
  run.built.used = mark;
  return value;
}

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
    case condition_operator::divide:
    case condition_operator::remainder:
    case condition_operator::greatest:
    case condition_operator::least:
      return calculate(run, at);
    case condition_operator::age:
      return age_of(run, at);
    case condition_operator::lower:
      return lower_of(value_of(run, at + 1));
    case condition_operator::starts_with:
    case condition_operator::ends_with:
      return truth_value(has_end(run, at));
    case condition_operator::contains_any:
      return truth_value(contains_any(run, at));
    case condition_operator::cat:
      return joined(run, at);
    case condition_operator::substr:
      return part_of(run, at);
    case condition_operator::now:
      return {.kind = field_kind::instant, .given = is_set(run.now), .number = run.now.us};
    case condition_operator::local_weekday:
    case condition_operator::local_hour:
      return local_of(run, at);
    case condition_operator::open_in:
      return truth_value(is_open(run, at));
    case condition_operator::business_age:
      return business_age(run, at);
    case condition_operator::changed:
      return truth_value(has_changed(run, at));
    case condition_operator::from:
    case condition_operator::to:
      return changed_value(run, at);
    case condition_operator::some:
    case condition_operator::all:
    case condition_operator::none:
      return truth_value(quantified(run, at));
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
    case condition_operator::divide:
      return "/";
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
    case condition_operator::starts_with:
      return "starts_with";
    case condition_operator::ends_with:
      return "ends_with";
    case condition_operator::contains_any:
      return "contains_any";
    case condition_operator::cat:
      return "cat";
    case condition_operator::substr:
      return "substr";
    case condition_operator::now:
      return "now";
    case condition_operator::local_weekday:
      return "weekday";
    case condition_operator::local_hour:
      return "hour";
    case condition_operator::open_in:
      return "open_in";
    case condition_operator::business_age:
      return "business_age";
    case condition_operator::changed:
      return "changed";
    case condition_operator::from:
      return "from";
    case condition_operator::to:
      return "to";
    case condition_operator::some:
      return "some";
    case condition_operator::all:
      return "all";
    case condition_operator::none:
      return "none";
  }
  return "";
}

bool holds(const condition& c, const condition_data& data, instant now) noexcept {
  condition_scratch built;
  return !c.steps.empty() && is_true(value_of({c, data, now, built}, 0));
}

}  // namespace tocsin::inline v1
