// Decides whether one condition implies or excludes another, by trying every case that makes a difference.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t condition_cases_max = 50'000;  // tried for one question; more is undecided
}

namespace detail {

enum class answer : std::uint8_t { no, yes, undecided };

// Is there a record for which all of them hold? Decided for conditions that compare paths with constants or ask for
// truths and missing values; undecided where arithmetic, age, lists, parts of texts or the order of two paths come in.
answer can_hold(std::span<const condition* const> conditions, const condition_schema& schema);

answer always_holds(const condition& c, const condition_schema& schema);

// Does `b` hold wherever `a` does?
answer implies(const condition& a, const condition& b, const condition_schema& schema);

}  // namespace detail
}  // namespace tocsin::inline v1
