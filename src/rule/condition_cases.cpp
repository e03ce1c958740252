#include <tocsin/rule/condition_cases.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace tocsin::inline v1::detail {
namespace {

using op = condition_operator;

std::string_view text_of(const condition& c, const condition_step& step) {
  return std::string_view(c.texts).substr(step.text_at, step.text_size);
}

// Steps whose answer depends on their operands in a way that trying constants does not exhaust.
bool is_beyond(op operation) {
  switch (operation) {
    case op::constant:
    case op::var:
    case op::equal:
    case op::not_equal:
    case op::less:
    case op::less_equal:
    case op::greater:
    case op::greater_equal:
    case op::conjunction:
    case op::disjunction:
    case op::negation:
    case op::truth:
    case op::choose:
    case op::in_values:
    case op::missing:
    case op::missing_some:
      return false;
    default:
      return true;
  }
}

bool is_number(field_kind kind) {
  return kind == field_kind::boolean || kind == field_kind::integer || kind == field_kind::instant ||
         kind == field_kind::duration || kind == field_kind::record;
}

// The values of one path that make a difference.
struct path_cases {
  std::size_t path = 0;
  std::vector<condition_value> values;
};

class case_book {
 public:
  explicit case_book(const condition_schema& schema) : schema_(schema) {}

  // False: not decidable by cases.
  bool take(const condition& c) {
    for (std::size_t i = 0; i < c.steps.size(); ++i) {
      const condition_step& step = c.steps[i];
      if (is_beyond(step.operation) || step.kind == field_kind::list || compares_two_paths(c, i)) return false;
      if (step.operation == op::var) paths_.insert(static_cast<std::size_t>(step.number));
      if (step.operation == op::constant && is_number(step.kind)) take_number(step.number);
      if (step.operation == op::constant && !is_number(step.kind)) texts_.insert(std::string(text_of(c, step)));
    }
    return true;
  }

  std::vector<path_cases> cases() const {
    std::vector<path_cases> result;
    for (const std::size_t path : paths_) result.push_back({path, values_of(path)});
    return result;
  }

 private:
  // Two paths beside one another have an order, or an identity, that cases of each alone do not show.
  static bool compares_two_paths(const condition& c, std::size_t at) {
    const condition_step& step = c.steps[at];
    if (step.operation < op::equal || step.operation > op::greater_equal) return false;
    std::size_t paths = 0;
    for (std::size_t i = at + 1; i < at + step.size; ++i) paths += c.steps[i].operation == op::var;
    return paths > 1;
  }

  void take_number(std::int64_t n) {
    if (n > INT64_MIN) numbers_.insert(n - 1);
    numbers_.insert(n);
    if (n < INT64_MAX) numbers_.insert(n + 1);
  }

  std::vector<condition_value> values_of(std::size_t path) const {
    const type_row& type = *schema_.paths[path].type;
    const bool always_there =
        !schema_.paths[path].way.empty() &&
        (type.kind == field_kind::boolean || type.kind == field_kind::integer || type.kind == field_kind::duration) &&
        type.absent == 0;
    std::vector<condition_value> values;
    if (!always_there) values.push_back({.kind = type.kind});
    if (type.kind == field_kind::boolean) {
      for (const std::int64_t n : {0, 1}) values.push_back({.kind = type.kind, .given = true, .number = n});
    } else if (type.kind == field_kind::choice) {
      for (const std::string_view name : type.choices()) {
        values.push_back({.kind = type.kind, .given = true, .text = name});
      }
    } else if (is_number(type.kind)) {
      for (const std::int64_t n : numbers_) values.push_back({.kind = type.kind, .given = true, .number = n});
    } else {
      for (const std::string& text : texts_) values.push_back({.kind = type.kind, .given = true, .text = text});
      values.push_back({.kind = type.kind, .given = true, .text = "\x01 none of these"});
    }
    return values;
  }

  const condition_schema& schema_;
  std::set<std::size_t> paths_;
  std::set<std::int64_t> numbers_{0, 1};
  std::set<std::string> texts_;
};

// One case: which value each path has.
struct one_case {
  std::span<const path_cases> paths;
  std::vector<std::size_t> chosen;

  bool next() {
    for (std::size_t i = 0; i < paths.size(); ++i) {
      if (++chosen[i] < paths[i].values.size()) return true;
      chosen[i] = 0;
    }
    return false;
  }

  static condition_value value(const void* context, std::size_t path, instant) noexcept {
    const auto& self = *static_cast<const one_case*>(context);
    for (std::size_t i = 0; i < self.paths.size(); ++i) {
      if (self.paths[i].path == path) return self.paths[i].values[self.chosen[i]];
    }
    return {};
  }
  static std::size_t count(const void*, std::size_t) noexcept { return 0; }
  static condition_value item(const void*, std::size_t, std::size_t) noexcept { return {}; }

  condition_data data() const { return {.context = this, .value = value, .count = count, .item = item}; }
};

std::size_t count_cases(std::span<const path_cases> paths) {
  std::size_t count = 1;
  for (const path_cases& path : paths) {
    count *= path.values.size();
    if (count > limits::condition_cases_max) break;
  }
  return count;
}

// Is there a case in which all of `holding` hold, and `failing` does not?
answer search(std::span<const condition* const> holding, const condition* failing, const condition_schema& schema) {
  case_book book(schema);
  for (const condition* c : holding) {
    if (!book.take(*c)) return answer::undecided;
  }
  if (failing && !book.take(*failing)) return answer::undecided;
  const std::vector<path_cases> paths = book.cases();
  if (count_cases(paths) > limits::condition_cases_max) return answer::undecided;
  one_case at{paths, std::vector<std::size_t>(paths.size())};
  do {
    const bool all = std::ranges::all_of(holding, [&](const condition* c) { return holds(*c, at.data(), instant{}); });
    if (all && !(failing && holds(*failing, at.data(), instant{}))) return answer::yes;
  } while (at.next());
  return answer::no;
}

answer opposite(answer a) {
  if (a == answer::undecided) return a;
  return a == answer::yes ? answer::no : answer::yes;
}

}  // namespace

answer can_hold(std::span<const condition* const> conditions, const condition_schema& schema) {
  return search(conditions, nullptr, schema);
}

answer always_holds(const condition& c, const condition_schema& schema) {
  return opposite(search({}, &c, schema));
}

answer implies(const condition& a, const condition& b, const condition_schema& schema) {
  const condition* const holding[] = {&a};
  return opposite(search(holding, &b, schema));
}

}  // namespace tocsin::inline v1::detail
