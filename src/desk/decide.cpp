#include <tocsin/desk/decide.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

void decide(const command& asked, const decision& given, std::vector<event>& events) {
  if (!asked.type()) throw error(status::invalid_argument, "command.missing", "no command");
  deciding by(given, events);
  asked.type()->decide(by, asked.address());
  by.finish();
}

}  // namespace tocsin::inline v1
