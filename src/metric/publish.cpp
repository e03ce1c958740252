#include "publish.hpp"

#include "desk/publication.hpp"
#include "desk/publish_conditions.hpp"

namespace tocsin::inline v1 {
namespace {

// What they say of themselves the linter has looked at.
void check_metrics(const publications& all, const record_schemas& schemas) {
  const auto metrics = all.of<metric>();
  for (std::size_t i = 0; i < metrics.size(); ++i) {
    const metric& m = metrics[i];
    metrics.demand(i, all.of<business_calendar_definition>(), m.calendar, "the calendar");
    if (!m.where) continue;
    try {
      compile_condition(m.where.text, schemas.record(), "/where");
    } catch (const error& e) {
      metrics.refuse_at(i, e.what());
    }
  }
}

void check(const publication_check& against) { check_metrics(against.all, against.schemas); }

}  // namespace

void each_condition(const metric& m, const record_schemas& schemas, const condition_visitor& to) {
  visit_condition("/where", m.where, schemas.record(), to);
}

constinit const publication_rules metric_publication{.check = check};

}  // namespace tocsin::inline v1
