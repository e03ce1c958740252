// The one exception of the core: what went wrong, in words a person can act on and in data a program can.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace tocsin::inline v1 {

// Coarse and stable; numbers are those of the C ABI. Detail lives in `error::reason`, which may grow.
enum class status : std::int32_t {
  ok = 0,
  invalid_argument = 1,
  not_found = 2,
  already_exists = 3,
  conflict = 4,
  failed_precondition = 5,
  permission_denied = 6,
  busy = 7,
  resource_exhausted = 8,
  cancelled = 9,
  corrupt = 10,
  io = 11,
  unsupported = 12,
  internal = 13,
  out_of_memory = 14,
};

const char* name(status code) noexcept;

// `reason` is a stable dotted word ("workflow.transition_not_allowed"), `message` one line without a full stop,
// `detail` a JSON object (field path, what was found, what is allowed) or empty.
class error : public std::runtime_error {
 public:
  error(status code, std::string reason, const std::string& message, std::string detail = {})
      : std::runtime_error(message), code_(code), reason_(std::move(reason)), detail_(std::move(detail)) {}

  status code() const noexcept { return code_; }
  const std::string& reason() const noexcept { return reason_; }
  const std::string& detail() const noexcept { return detail_; }

 private:
  status code_;
  std::string reason_;
  std::string detail_;
};

}  // namespace tocsin::inline v1
