#include "boundary.hpp"

#include <tocsin/base/utf8.hpp>

#include <cstdlib>
#include <cstring>

namespace tocsin::capi {

tocsin_error* out_of_memory_error() noexcept {
  // Short enough to stand in the objects themselves; made when the library is loaded.
  static tocsin_error error{TOCSIN_OUT_OF_MEMORY, "memory.out", "out of memory", "{}"};
  return &error;
}

tocsin_status report(tocsin_error** error, status code, const char* reason, const char* message,
                     const char* detail) noexcept {
  if (error) {
    try {
      *error = new tocsin_error{static_cast<tocsin_status>(code), reason, made_valid_utf8(message),
                                *detail ? made_valid_utf8(detail) : "{}"};
    } catch (...) {
      *error = out_of_memory_error();
    }
  }
  return static_cast<tocsin_status>(code);
}

std::string_view text_in(const char* data, size_t size, const char* what) {
  if (!data) {
    if (size == 0) return {};
    throw tocsin::error(status::invalid_argument, "argument.null", std::string(what) + " is NULL");
  }
  return size == TOCSIN_CSTR ? std::string_view(data) : std::string_view(data, size);
}

void give(tocsin_buf* to, std::string_view bytes) {
  if (!to) return;
  auto* data = static_cast<char*>(std::malloc(bytes.size() + 1));
  if (!data) throw std::bad_alloc();
  std::memcpy(data, bytes.data(), bytes.size());
  data[bytes.size()] = '\0';
  std::free(to->data);
  *to = {data, bytes.size(), nullptr};
}

}  // namespace tocsin::capi

using namespace tocsin;

extern "C" {

tocsin_status tocsin_error_status(const tocsin_error* error) { return error ? error->status : TOCSIN_OK; }
const char* tocsin_error_reason(const tocsin_error* error) { return error ? error->reason.c_str() : ""; }
const char* tocsin_error_message(const tocsin_error* error) { return error ? error->message.c_str() : ""; }
const char* tocsin_error_detail(const tocsin_error* error) { return error ? error->detail.c_str() : "{}"; }

void tocsin_error_free(tocsin_error* error) {
  if (error != capi::out_of_memory_error()) delete error;
}

void tocsin_buf_dispose(tocsin_buf* buf) {
  if (!buf) return;
  std::free(buf->data);
  *buf = {};
}

const char* tocsin_status_name(tocsin_status status) { return name(static_cast<tocsin::status>(status)); }

}  // extern "C"
