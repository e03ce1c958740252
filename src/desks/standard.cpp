// The standard desk: the one list of all its slices.
#include <tocsin/desk/slice.hpp>

namespace tocsin::inline v1 {

extern const slice desk_slice;
extern const slice organisation_slice;
extern const slice service_slice;
extern const slice incident_slice;
extern const slice workflow_slice;
extern const slice task_slice;
extern const slice link_slice;
extern const slice monitoring_slice;
extern const slice sla_slice;
extern const slice oncall_slice;
extern const slice escalation_slice;
extern const slice assignment_slice;
extern const slice knowledge_slice;
extern const slice satisfaction_slice;
extern const slice metric_slice;
extern const slice problem_slice;
extern const slice change_slice;
extern const slice major_incident_slice;
extern const slice communication_slice;
extern const slice review_slice;
extern const slice playbook_slice;
extern const slice automation_slice;
extern const slice security_slice;
extern const slice drill_slice;

std::span<const slice* const> standard_slices() {
  static constexpr const slice* slices[] = {
      &desk_slice,       &organisation_slice, &service_slice,        &incident_slice,      &workflow_slice,
      &task_slice,       &link_slice,         &monitoring_slice,     &sla_slice,           &oncall_slice,
      &escalation_slice, &assignment_slice,   &knowledge_slice,      &satisfaction_slice,  &metric_slice,
      &problem_slice,    &change_slice,       &major_incident_slice, &communication_slice, &review_slice,
      &playbook_slice,   &automation_slice,   &security_slice,       &drill_slice,
  };
  return slices;
}

}  // namespace tocsin::inline v1
