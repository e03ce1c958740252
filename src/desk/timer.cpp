#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/timer_type.hpp>

namespace tocsin::inline v1 {

void decide(const timer& fired, const incident& record, const decision& given, std::vector<event>& events) {
  if (const timer_type* type = find_timer_type(fired.kind)) type->fire(fired, record, given, events);
}

}  // namespace tocsin::inline v1
