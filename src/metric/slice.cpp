// What a desk gets from here: figures, and their definitions.
#include <tocsin/desk/slice.hpp>
#include <tocsin/model/metric.hpp>

#include <tocsin/desk/query_rows.hpp>
#include "metric/answer.hpp"
#include "metric/publish.hpp"

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type metric::descriptor =
    definition_row<metric>(27, "metric", "The definition of a figure", word_kind::metric, "metrics", "Metrics");

// ---- questions

constinit const query_type summary_query::descriptor =
    query_row<summary_query, answer>(7, "summary", "Volumes, backlog, times to resolve, reopenings");
constinit const query_type metric_query::descriptor = filtering_query_row<metric_query, answer>(
    37, "metric", "A figure by its definition: count, mean, median, 90th percentile, and what is still open");

namespace {

constexpr const definition_type* definitions[] = {
    &metric::descriptor,
};

constexpr const query_type* queries[] = {
    &summary_query::descriptor,
    &metric_query::descriptor,
};

}  // namespace

extern const slice metric_slice;
constinit const slice metric_slice{
    .name = "metric", .queries = queries, .definitions = definitions, .publication = &metric_publication};

}  // namespace tocsin::inline v1
