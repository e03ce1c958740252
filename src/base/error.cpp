#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {

const char* name(status code) noexcept {
  switch (code) {
    case status::ok:
      return "ok";
    case status::invalid_argument:
      return "invalid_argument";
    case status::not_found:
      return "not_found";
    case status::already_exists:
      return "already_exists";
    case status::conflict:
      return "conflict";
    case status::failed_precondition:
      return "failed_precondition";
    case status::permission_denied:
      return "permission_denied";
    case status::busy:
      return "busy";
    case status::resource_exhausted:
      return "resource_exhausted";
    case status::cancelled:
      return "cancelled";
    case status::corrupt:
      return "corrupt";
    case status::io:
      return "io";
    case status::unsupported:
      return "unsupported";
    case status::internal:
      return "internal";
    case status::out_of_memory:
      return "out_of_memory";
  }
  return "unknown";
}

}  // namespace tocsin::inline v1
