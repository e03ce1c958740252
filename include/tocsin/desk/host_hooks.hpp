// What a desk tells the host beside its answers, on the thread of the call: messages for the host's own log, and how far a
// call is that takes long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t log_messages_kept_max = 16;  // until somebody listens: what opening has to say
inline constexpr std::uint64_t progress_steps = 1'024;    // between two reports of one call
inline constexpr duration late_timers_min = minute;       // timers that fire later than that are worth a message
}  // namespace limits

enum class log_level : std::uint8_t { unset, error, warning, info };

struct log_message {
  log_level level = log_level::unset;
  const char* category = "";  // "desk", "time", "store", "outbox", "journal"
  std::string text;
};

// Neither may use the desk. Where questions are asked side by side, both are called side by side.
class host_hooks {
 public:
  using logger = std::function<void(const log_message&)>;
  // `total`: 0 where it is not known. False: the call is to stop.
  using progress = std::function<bool(const char* doing, std::uint64_t done, std::uint64_t total)>;

  // Says at once what was said before anybody listened.
  void log_to(logger who);
  void report_to(progress who) { progress_ = std::move(who); }

  // Is there any use in making a message?
  bool listens() const { return log_ || (!was_set_ && kept_.size() < limits::log_messages_kept_max); }
  void say(log_level level, const char* category, std::string text);
  // Of a call that has done so many steps; false: the host wants it to stop.
  bool go_on(const char* doing, std::uint64_t done, std::uint64_t total) const {
    return !progress_ || done % limits::progress_steps != 0 || progress_(doing, done, total);
  }

 private:
  logger log_;
  progress progress_;
  bool was_set_ = false;
  std::vector<log_message> kept_;
};

}  // namespace tocsin::inline v1
