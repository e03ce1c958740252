// The words of conditions, and one step of a condition by itself, for its answer and its explanation.
#pragma once

#include <tocsin/rule/condition.hpp>

#include <optional>

namespace tocsin::inline v1 {

// One evaluation: what is asked, of what, and when.
struct condition_run {
  const condition& program;
  const condition_data& data;
  instant now;

  const condition_step& step(std::size_t at) const { return program.steps[at]; }
  std::string_view text_of(const condition_step& s) const {
    return std::string_view(program.texts).substr(s.text_at, s.text_size);
  }
};

condition_value value_of(const condition_run& run, std::size_t at) noexcept;
bool is_true(const condition_value& value) noexcept;

// Among the operands of an `if` the one that is chosen, or 0: none.
std::size_t chosen_of(const condition_run& run, std::size_t at) noexcept;

// As it stands in documents: "in" for each of its three forms.
std::string_view name(condition_operator operation) noexcept;

}  // namespace tocsin::inline v1
