// Delivery reports of notices to requesters (R-C38). The journal has notices and reports; `deliveries` reads them there.
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>

#include "desk/deciding.hpp"
#include "desk/past_effect.hpp"

namespace tocsin::inline v1 {

void deciding::operator()(const report_notice& c) {
  const incident& r = record_of(c.incident);
  if (!past_effect<requester_notice>(given_.records, c.incident, c.notice)) {
    throw error(status::not_found, "notice.unknown",
                "/notice: there is no notice " + std::to_string(c.notice) + " to the requester of " + name_of(r) +
                    "; allowed is the id that the outbox gave a requester_notice of this record",
                "{\"path\":\"/notice\"}");
  }
  emit(c.incident, notice_reported{c.notice, c.outcome, c.method, c.detail});
}

}  // namespace tocsin::inline v1
