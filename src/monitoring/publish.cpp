#include "publish.hpp"

#include <tocsin/model/monitoring.hpp>
#include <tocsin/model/record_template.hpp>

#include "desk/publication.hpp"

namespace tocsin::inline v1 {
namespace {

void check_event_sources(const publications& all) {
  const auto sources = all.of<event_source>();
  for (std::size_t i = 0; i < sources.size(); ++i) {
    sources.demand(i, all.of<record_template>(), sources[i].record_template, "the template");
  }
}

void check(const publication_check& against) { check_event_sources(against.all); }

}  // namespace

constinit const publication_rules monitoring_publication{.check = check};

}  // namespace tocsin::inline v1
