// The class of incidents under random commands (R-P26).
#include <doctest/doctest.h>

#include "random_script.hpp"

using namespace tocsin;
using office::json;

namespace {

json policy() {
  const json outage = {
      {"key", "outage"},
      {"incident_class", "emergency"},
      {"when",
       {{"or",
         {{{"==", {{{"var", "severity"}}, "sev1"}}},
          {{"and", {{{"==", {{{"var", "impact"}}, "high"}}}, {{"==", {{{"var", "urgency"}}, "high"}}}}}}}}}}};
  const json known = {{"key", "known"}, {"incident_class", "normal"}, {"when", {{"!!", {{{"var", "category"}}}}}}};
  return {{"key", "incident"}, {"rules", {outage, known}}};
}

// The rules of the policy above, in plain words.
incident_class plain_class(const incident& r) {
  if (r.severity == severity::sev1 || (r.impact == impact::high && r.urgency == urgency::high)) {
    return incident_class::emergency;
  }
  return r.category ? incident_class::normal : incident_class::standard;
}

// Everything that is open has the class that follows from it; what is over has the last one that it had.
void check_classes(const desk& d, std::size_t& seen) {
  d.state().live.each([&](const incident_ptr& record) {
    if (is_final(record->state_kind)) return true;
    if (d.state().definitions.base_of(*record) == record_base::incident) {
      CHECK(record->incident_class == plain_class(*record));
      ++seen;
    } else {
      CHECK(record->incident_class == incident_class::unset);
    }
    return true;
  });
}

}  // namespace

TEST_CASE("after every step of random lives each open incident has the class that its values give it (R-P26)") {
  std::size_t seen = 0;
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    CAPTURE(seed);
    desk d = office::furnished();
    office::tell(d,
                 office::command("publish", "2026-11-23T07:01:00Z", "host", {{"incident_class_policies", {policy()}}}));
    office::play(d, office::random_script(seed, 20, true), 300, [&](int) { check_classes(d, seen); });
    d.verify();
  }
  CHECK(seen > 1000);
}
