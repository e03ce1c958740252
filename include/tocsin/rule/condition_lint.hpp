// What is odd about a condition that can be compiled: it says something else than somebody meant.
#pragma once

#include <string>
#include <vector>

#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

// A line each: a comparison of constants alone (a forgotten `var`), a condition that never holds, one that always does.
// Of the last two what condition_cases.hpp cannot decide is passed over.
std::vector<std::string> lint(const condition& c, const condition_schema& schema);

}  // namespace tocsin::inline v1
