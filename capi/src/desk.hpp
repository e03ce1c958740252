// The desk behind the handle, and the guard of the functions that take one.
#pragma once

#include <optional>
#include <string>

#include <tocsin/desk/desk.hpp>

#include "boundary.hpp"

struct tocsin_desk {
  tocsin::desk desk;
  std::optional<tocsin::error> poison = {};  // our own mistake was met: every later call answers with it
};

namespace tocsin::capi {

// As guard, for calls that may change the desk. After an internal error the desk answers every call with that error
// until it is closed: it stops rather than go on wrongly.
template <class Body>
tocsin_status guard_desk(tocsin_desk* desk, tocsin_error** error, Body&& body) noexcept {
  return guard(error, [&] {
    demand(desk, "desk");
    if (desk->poison) throw tocsin::error(*desk->poison);
    try {
      desk->desk.storage().demand_ownership();
      body(desk->desk);
    } catch (const tocsin::error& e) {
      if (e.code() == status::internal) desk->poison = e;
      throw;
    }
  });
}

template <class Body>
tocsin_status guard_desk(const tocsin_desk* desk, tocsin_error** error, Body&& body) noexcept {
  return guard(error, [&] {
    demand(desk, "desk");
    if (desk->poison) throw tocsin::error(*desk->poison);
    desk->desk.storage().demand_ownership();
    body(desk->desk);
  });
}

inline void check_flags(uint32_t flags, uint32_t known, const char* what) {
  if ((flags & ~known) == 0) return;
  throw error(status::unsupported, "argument.flags", std::string(what) + " has flags that this library does not know");
}

}  // namespace tocsin::capi
