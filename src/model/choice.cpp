#include <tocsin/model/choice.hpp>

namespace tocsin::inline v1 {

using names = std::span<const std::string_view>;

names choices(impact) {
  static constexpr std::string_view all[] = {"high", "medium", "low"};
  return all;
}

names choices(urgency) {
  static constexpr std::string_view all[] = {"high", "medium", "low"};
  return all;
}

names choices(priority) {
  static constexpr std::string_view all[] = {"critical", "high", "moderate", "low", "planning"};
  return all;
}

names choices(severity) {
  static constexpr std::string_view all[] = {"sev1", "sev2", "sev3", "sev4", "sev5"};
  return all;
}

names choices(criticality) {
  static constexpr std::string_view all[] = {"critical", "high", "medium", "low"};
  return all;
}

names choices(incident_class) {
  static constexpr std::string_view all[] = {"standard", "normal", "emergency"};
  return all;
}

names choices(channel) {
  static constexpr std::string_view all[] = {"self_service", "phone",      "mail", "chat",
                                             "walk_in",      "monitoring", "api",  "other"};
  return all;
}

names choices(visibility) {
  static constexpr std::string_view all[] = {"internal", "requester", "stakeholder", "everyone"};
  return all;
}

names choices(state_kind) {
  static constexpr std::string_view all[] = {"new",      "assigned", "in_progress", "on_hold",
                                             "resolved", "closed",   "cancelled"};
  return all;
}

names choices(move_cause) {
  static constexpr std::string_view all[] = {"reply", "reminders", "longest_stay", "parent", "problem", "change"};
  return all;
}

names choices(delivery_outcome) {
  static constexpr std::string_view all[] = {"delivered", "failed", "timed_out"};
  return all;
}

}  // namespace tocsin::inline v1
