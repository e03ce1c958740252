#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/deciding.hpp>
#include <tocsin/desk/timer_type.hpp>

namespace tocsin::inline v1 {

void decide(const timer& fired, const incident& record, const decision& given, std::vector<event>& events) {
  const timer_type* type = find_timer_type(fired.kind);
  if (!type) return;
  deciding d(given, events);
  type->fire(d, record, fired);
}

}  // namespace tocsin::inline v1
