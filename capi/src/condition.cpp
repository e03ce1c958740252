#include "boundary.hpp"

#include <tocsin/rule/json_logic.hpp>

using tocsin::capi::demand;
using tocsin::capi::give;
using tocsin::capi::guard;
using tocsin::capi::text_in;

tocsin_status tocsin_json_logic_apply(const char* rule, size_t rule_size, const char* data, size_t data_size,
                                      tocsin_buf* answer_out, tocsin_error** error) {
  tocsin_buf_dispose(answer_out);
  return guard(error, [&] {
    demand(answer_out, "answer_out");
    give(answer_out, tocsin::json_logic(text_in(rule, rule_size, "rule")).apply(text_in(data, data_size, "data")));
  });
}
