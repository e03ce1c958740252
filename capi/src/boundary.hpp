// The boundary of exceptions: every exported function is one `guard`, and nothing but guard catches.
#pragma once

#include <new>
#include <string>
#include <string_view>
#include <utility>

#include <tocsin/base/error.hpp>

#include "tocsin.h"

struct tocsin_error {
  tocsin_status status;
  std::string reason;
  std::string message;
  std::string detail;
};

namespace tocsin::capi {

// Needs no memory; tocsin_error_free leaves it alone.
tocsin_error* out_of_memory_error() noexcept;

// Hands the error out, if it is wanted; answers its status.
tocsin_status report(tocsin_error** error, status code, const char* reason, const char* message,
                     const char* detail) noexcept;

template <class Body>
tocsin_status guard(tocsin_error** error, Body&& body) noexcept {
  if (error) *error = nullptr;
  try {
    std::forward<Body>(body)();
    return TOCSIN_OK;
  } catch (const std::bad_alloc&) {
    if (error) *error = out_of_memory_error();
    return TOCSIN_OUT_OF_MEMORY;
  } catch (const tocsin::error& e) {
    return report(error, e.code(), e.reason().c_str(), e.what(), e.detail().c_str());
  } catch (const std::exception& e) {
    return report(error, status::internal, "internal.exception", e.what(), "");
  } catch (...) {
    return report(error, status::internal, "internal.unknown", "an unknown exception", "");
  }
}

// A text as it comes in: TOCSIN_CSTR is up to the first NUL, NULL only with size 0.
std::string_view text_in(const char* data, size_t size, const char* what);

// Gives the buffer these bytes; what it held before is freed.
void give(tocsin_buf* to, std::string_view bytes);

template <class T>
T& demand(T* pointer, const char* what) {
  if (!pointer) throw tocsin::error(status::invalid_argument, "argument.null", std::string(what) + " is NULL");
  return *pointer;
}

}  // namespace tocsin::capi
