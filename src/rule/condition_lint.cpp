#include <tocsin/rule/condition_lint.hpp>

#include <tocsin/rule/condition_cases.hpp>

#include "condition_operation.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

using op = condition_operator;

bool compares(op operation) {
  switch (operation) {
    case op::equal:
    case op::not_equal:
    case op::less:
    case op::less_equal:
    case op::greater:
    case op::greater_equal:
    case op::in_values:
    case op::in_text:
    case op::starts_with:
    case op::ends_with:
    case op::contains_any:
      return true;
    default:
      return false;
  }
}

// Steps that come to something else for another record, or at another time.
bool looks_around(op operation) {
  return operation == op::var || operation == op::missing || operation == op::missing_some || operation == op::age ||
         operation >= op::now;
}

std::string_view text_of(const condition& c, const condition_step& step) {
  return std::string_view(c.texts).substr(step.text_at, step.text_size);
}

// The path that a constant among these steps has the name of; "": none.
std::string_view path_meant(const condition& c, std::span<const condition_step> steps, const condition_schema& schema) {
  for (const condition_step& step : steps) {
    if (step.operation != op::constant || step.text_size == 0) continue;
    const std::string_view text = text_of(c, step);
    if (std::ranges::find(schema.paths, text, &condition_path::path) != schema.paths.end()) return text;
  }
  return {};
}

std::vector<std::string> constants_compared(const condition& c, const condition_schema& schema) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < c.steps.size(); ++i) {
    const std::span<const condition_step> below = std::span(c.steps).subspan(i, c.steps[i].size);
    if (!compares(below.front().operation)) continue;
    if (std::ranges::any_of(below, looks_around, &condition_step::operation)) continue;
    std::string what = std::string(name(below.front().operation)) + " compares constants alone";
    const std::string_view meant = path_meant(c, below, schema);
    if (!meant.empty()) what += R"(; did you mean {"var": ")" + std::string(meant) + R"("}?)";
    found.push_back(std::move(what));
  }
  return found;
}

}  // namespace

std::vector<std::string> lint(const condition& c, const condition_schema& schema) {
  std::vector<std::string> found = constants_compared(c, schema);
  if (!found.empty()) return found;
  const condition* const alone[] = {&c};
  if (detail::can_hold(alone, schema) == detail::answer::no) found.emplace_back("it never holds");
  if (detail::always_holds(c, schema) == detail::answer::yes) found.emplace_back("it always holds");
  return found;
}

}  // namespace tocsin::inline v1
