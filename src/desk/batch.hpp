// The error of a command that is refused within a batch.
#pragma once

#include <cstddef>
#include <string>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {

// The same error, which also names the place of the command in its batch.
[[noreturn]] inline void throw_with_index(const error& e, std::size_t index) {
  const std::string number = std::to_string(index);
  const std::string rest = e.detail().size() > 2 ? "," + e.detail().substr(1) : "}";
  throw error(e.code(), e.reason(), "command " + number + ": " + e.what(), "{\"index\":" + number + rest);
}

}  // namespace tocsin::inline v1
