// Which errors are refusals of a command. What is wrong with the desk or its store is none.
#pragma once

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {

inline bool is_refusal(status code) {
  switch (code) {
    case status::invalid_argument:
    case status::not_found:
    case status::already_exists:
    case status::conflict:
    case status::failed_precondition:
    case status::permission_denied:
    case status::resource_exhausted:
      return true;
    default:
      return false;
  }
}

}  // namespace tocsin::inline v1
