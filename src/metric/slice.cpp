// What a desk gets from here: figures.
#include <tocsin/desk/slice.hpp>

#include "desk/query_rows.hpp"
#include "metric/answer.hpp"

namespace tocsin::inline v1 {

// ---- questions

constinit const query_type summary_query::descriptor =
    query_row<summary_query, answer>(7, "summary", "Volumes, backlog, times to resolve, reopenings");
constinit const query_type metric_query::descriptor = filtering_query_row<metric_query, answer>(
    37, "metric", "A figure by its definition: count, mean, median, 90th percentile, and what is still open");

namespace {

constexpr const query_type* queries[] = {
    &summary_query::descriptor,
    &metric_query::descriptor,
};

}  // namespace

extern const slice metric_slice;
constinit const slice metric_slice{"metric", {}, {}, queries};

}  // namespace tocsin::inline v1
