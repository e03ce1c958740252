#include <tocsin/escalation/escalation_plan.hpp>

#include <algorithm>
#include <string>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view always_open = "24x7";

const business_calendar& calendar_of(const std::string& path, const std::string& key,
                                     const calendar_lookup& calendars) {
  const business_calendar* found = calendars ? calendars(key) : nullptr;
  if (!found && key == always_open) found = &business_calendar::always();
  const char* const why = !found ? "\" is unknown" : found->never_open() ? "\" is never open" : nullptr;
  if (why) {
    throw error(status::invalid_argument, "escalation.refused", path + "/calendar: the calendar \"" + key + why);
  }
  return *found;
}

compiled_trigger compiled(const escalation_trigger& trigger, const std::string& path, const condition_schema& schema,
                          const calendar_lookup& calendars) {
  compiled_trigger made;
  if (!trigger.calendar.empty()) made.calendar = calendar_of(path, trigger.calendar, calendars);
  if (!trigger.condition) return made;
  try {
    made.guard = compile_condition(trigger.condition.text, schema, path + "/condition");
  } catch (const error& e) {
    throw error(status::invalid_argument, "escalation.refused", e.what());
  }
  return made;
}

}  // namespace

bool escalation_plan::starts_on(escalation_cause on) const {
  return std::ranges::find(policy.triggers, on, &escalation_trigger::on) != policy.triggers.end();
}

escalation_plan plan_of(const escalation_policy& policy, std::uint32_t version, const condition_schema& schema,
                        const calendar_lookup& calendars) {
  escalation_plan plan{policy, escalation_graph(policy, version, schema, calendars), {}};
  for (std::size_t i = 0; i < policy.triggers.size(); ++i) {
    plan.triggers.push_back(compiled(policy.triggers[i], "/triggers/" + std::to_string(i), schema, calendars));
  }
  return plan;
}

}  // namespace tocsin::inline v1
