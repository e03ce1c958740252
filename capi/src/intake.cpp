#include "boundary.hpp"

#include <tocsin/desk/intake.hpp>

using tocsin::capi::demand;
using tocsin::capi::give;
using tocsin::capi::guard;
using tocsin::capi::text_in;

tocsin_status tocsin_intake_commands(const char* mapping, size_t mapping_size, const char* document,
                                     size_t document_size, tocsin_buf* commands_out, tocsin_error** error) {
  tocsin_buf_dispose(commands_out);
  return guard(error, [&] {
    demand(commands_out, "commands_out");
    give(commands_out, tocsin::intake_commands(text_in(mapping, mapping_size, "mapping"),
                                               text_in(document, document_size, "document")));
  });
}
