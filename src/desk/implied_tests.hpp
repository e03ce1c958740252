// What a record must be for a condition to hold, as tests of its fields: never more than the condition implies.
#pragma once

#include <vector>

#include <tocsin/desk/store.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

// Every record for which the condition holds meets them all. They say less than the condition wherever it asks what a
// field alone does not tell.
std::vector<record_test> tests_implied_by(const condition& c, const condition_schema& schema, const lexicon& words);

// The field of incident::fields() that a path is; null: it is none.
const field_row* field_of(const condition_path& path);

// A test that nothing meets.
bool is_never(const record_test& test);
// Does it leave a few values, and no range?
bool names_values(const record_test& test);
// What meets one or the other meets this, too. Both are of one field.
record_test either(const record_test& a, const record_test& b);

}  // namespace tocsin::inline v1
