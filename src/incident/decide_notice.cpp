// Delivery reports of notices to requesters (R-C38). The journal has notices and reports; `deliveries` reads them there.
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>

#include "decide.hpp"
#include "desk/find_effect.hpp"

namespace tocsin::inline v1 {

void decide(const report_notice& c, deciding& d) {
  const incident& r = d.record_of(c.incident);
  if (!find_effect<requester_notice>(d.given.records, c.incident, c.notice)) {
    throw error(status::not_found, "notice.unknown",
                "/notice: there is no notice " + std::to_string(c.notice) + " to the requester of " + d.name_of(r) +
                    "; allowed is the id that the outbox gave a requester_notice of this record",
                "{\"path\":\"/notice\"}");
  }
  d.emit(c.incident, notice_reported{c.notice, c.outcome, c.method, c.detail});
}

}  // namespace tocsin::inline v1
