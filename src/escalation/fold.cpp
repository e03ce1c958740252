#include "fold.hpp"

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {

void fold(incident& record, const functional_escalation& e, const fold_context&) {
  own(record.escalations).functional_escalations = e.count;
}

void fold(incident& record, const hierarchical_escalation& e, const fold_context&) {
  incident_escalations& all = own(record.escalations);
  all.hierarchical_escalations = e.count;
  if (e.to) all.raised_to = e.to;
}

void fold(incident& record, const major_proposed&, const fold_context&) {
  own(record.escalations).major_proposed = true;
}

void fold(incident& record, const escalation_run_changed& e, const fold_context&) {
  std::vector<record_run>& runs = own(record.escalations).escalations;
  if (e.run == 0 || e.run > runs.size() + 1) {
    throw error(status::corrupt, "escalation.unknown_run", "the record has no run " + std::to_string(e.run));
  }
  if (e.run > runs.size()) runs.emplace_back();
  runs[e.run - 1] = e.now;
}

void fold(incident& record, const escalation_watches_set& e, const fold_context&) {
  own(record.escalations).escalation_watches = e.watches;
}

}  // namespace tocsin::inline v1
