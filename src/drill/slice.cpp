// What a desk gets from here: drills.
#include <tocsin/drill/questions.hpp>

#include <tocsin/desk/query_rows.hpp>
#include <tocsin/desk/slice_rows.hpp>
#include "drill/answer.hpp"

namespace tocsin::inline v1 {

// ---- questions

constinit const query_type drill_query::descriptor = query_row<drill_query, answer>(
    59, "drill",
    "How the response to a scenario would do: played on a fork of the desk, scored, compared with the last");

namespace {

constexpr const query_type* queries[] = {
    &drill_query::descriptor,
};

}  // namespace

extern const slice drill_slice;
constinit const slice drill_slice{.name = "drill", .queries = queries};

}  // namespace tocsin::inline v1
