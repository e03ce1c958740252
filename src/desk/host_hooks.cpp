#include <tocsin/desk/host_hooks.hpp>

#include <utility>

namespace tocsin::inline v1 {

void host_hooks::log_to(logger who) {
  log_ = std::move(who);
  was_set_ = true;
  const std::vector<log_message> before = std::exchange(kept_, {});
  for (const log_message& one : before) {
    if (log_) log_(one);
  }
}

void host_hooks::say(log_level level, const char* category, std::string text) {
  if (!listens()) return;
  log_message message{level, category, std::move(text)};
  if (log_) return log_(message);
  kept_.push_back(std::move(message));
}

}  // namespace tocsin::inline v1
