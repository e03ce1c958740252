// What a desk gets from here: the definitions of figures.
#include "publish.hpp"

#include <tocsin/model/metric.hpp>

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type metric::descriptor =
    definition_row<metric>(27, "metric", "The definition of a figure", word_kind::metric, "metrics", "Metrics");

namespace {

constexpr const definition_type* definitions[] = {
    &metric::descriptor,
};

}  // namespace

extern const slice metric_slice;
constinit const slice metric_slice{
    .name = "metric", .commands = {}, .events = {}, .definitions = definitions, .publication = &metric_publication};

}  // namespace tocsin::inline v1
