// The words of conditions, and one step of a condition by itself, for its answer and its explanation.
#pragma once

#include <tocsin/rule/condition.hpp>

#include <optional>

namespace tocsin::inline v1 {

// Where an answer puts its texts together, so that it allocates nothing.
struct condition_scratch {
  char text[limits::condition_built_max];
  std::size_t used = 0;
};

// One evaluation: what is asked, of what, and when.
struct condition_run {
  const condition& program;
  const condition_data& data;
  instant now;
  condition_scratch& built;

  const condition_step& step(std::size_t at) const { return program.steps[at]; }
  std::string_view text_of(const condition_step& s) const {
    return std::string_view(program.texts).substr(s.text_at, s.text_size);
  }
};

condition_value value_of(const condition_run& run, std::size_t at) noexcept;
bool is_true(const condition_value& value) noexcept;

// Among the operands of an `if` the one that is chosen, or 0: none.
std::size_t chosen_of(const condition_run& run, std::size_t at) noexcept;

// The value of a step below `some`, `all` or `none`, of one item of the list.
condition_value value_of_item(const condition_run& run, std::size_t quantifier, std::size_t item,
                              std::size_t at) noexcept;

// As it stands in documents: "in" for each of its three forms.
std::string_view name(condition_operator operation) noexcept;

}  // namespace tocsin::inline v1
