#include "condition_operation.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t items_explained_max = 20;

// What arithmetic has carried beyond the form is shown as its number.
std::string formed(const text_form& form, std::int64_t number) {
  char text[text_form::size_max];
  const std::size_t size = form.write(number, text);
  return size == 0 ? std::to_string(number) : std::string(text, size);
}

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string shown(const condition_value& value) {
  if (!value.given) return "missing";
  switch (value.kind) {
    case field_kind::boolean:
      return value.number != 0 ? "true" : "false";
    case field_kind::instant:
      if (value.number == never.us) return "never";
      return formed(text_form_of(instant{}), value.number);
    case field_kind::duration:
      return formed(text_form_of(duration{}), value.number);
    case field_kind::integer:
    case field_kind::record:
      return std::to_string(value.number);
    default:
      return value.lower ? lowered(value.text) : std::string(value.text);
  }
}

std::string shown_list(const condition_run& run, std::size_t path) {
  json_writer to;
  to.begin_array();
  const std::size_t count = run.data.count(run.data.context, path);
  for (std::size_t i = 0; i < count; ++i) {
    const condition_value item = run.data.item(run.data.context, path, i);
    if (item.kind == field_kind::object) return std::to_string(count) + " of them";
    to.text(shown(item));
  }
  to.end_array();
  return to.take();
}

explanation explain_step(const condition_run& run, std::size_t at);

void explain_operands(const condition_run& run, std::size_t at, explanation& why) {
  std::size_t operand = at + 1;
  for (std::size_t i = 0; i < run.step(at).operands; ++i, operand += run.step(operand).size) {
    why.operands.push_back(explain_step(run, operand));
  }
}

// What was asked until the value was chosen, and that value.
void explain_choice(const condition_run& run, std::size_t at, explanation& why) {
  const std::size_t chosen = chosen_of(run, at);
  std::size_t operand = at + 1;
  for (std::size_t i = 0; i < run.step(at).operands; ++i, operand += run.step(operand).size) {
    if (i % 2 == 0 || operand == chosen) why.operands.push_back(explain_step(run, operand));
    if (operand == chosen) return;
  }
}

bool is_quantifier(condition_operator operation) {
  return operation == condition_operator::some || operation == condition_operator::all ||
         operation == condition_operator::none;
}

// The list, and what each of its items came to.
void explain_items(const condition_run& run, std::size_t at, explanation& why) {
  why.operands.push_back(explain_step(run, at + 1));
  const auto path = static_cast<std::size_t>(run.step(at + 1).number);
  const std::size_t count = run.data.object ? run.data.count(run.data.context, path) : 0;
  for (std::size_t i = 0; i < std::min(count, items_explained_max); ++i) {
    why.operands.push_back({.operation = "", .kind = field_kind::boolean,
                            .result = is_true(value_of_item(run, at, i, at + 2)) ? "true" : "false"});
  }
}

explanation explain_step(const condition_run& run, std::size_t at) {
  const condition_step& step = run.step(at);
  const std::size_t mark = run.built.used;
  const condition_value value = value_of(run, at);
  explanation why{.operation = name(step.operation), .kind = step.kind, .result = shown(value)};
  run.built.used = mark;
  if (step.operation == condition_operator::var) {
    why.path = run.text_of(step);
    if (step.kind == field_kind::list && value.given)
      why.result = shown_list(run, static_cast<std::size_t>(step.number));
  } else if (is_quantifier(step.operation)) {
    explain_items(run, at, why);
  } else if (step.operation == condition_operator::choose) {
    explain_choice(run, at, why);
  } else {
    explain_operands(run, at, why);
  }
  return why;
}

void write_result(json_writer& to, const explanation& why) {
  to.key("result");
  if (why.kind == field_kind::boolean && why.result != "missing") {
    to.boolean(why.result == "true");
  } else {
    to.text(why.result);
  }
}

void write_operands(json_writer& to, const explanation& why) {
  to.key("operands");
  to.begin_array();
  for (const explanation& operand : why.operands) write_explanation(to, operand);
  to.end_array();
}

}  // namespace

explanation explain(const condition& c, const condition_data& data, instant now) {
  if (c.steps.empty()) return {.operation = "", .result = "false"};
  condition_scratch built;
  return explain_step({c, data, now, built}, 0);
}

void write_explanation(json_writer& to, const explanation& why) {
  to.begin_object();
  if (why.operation == "var") {
    to.member("var", why.path);
    to.member("value", why.result);
  } else if (why.operation.empty()) {
    to.member("value", why.result);
  } else {
    to.member("operator", why.operation);
    write_result(to, why);
    write_operands(to, why);
  }
  to.end_object();
}

}  // namespace tocsin::inline v1
