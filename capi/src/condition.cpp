#include "boundary.hpp"

#include <tocsin/rule/condition_document.hpp>
#include <tocsin/rule/json_logic.hpp>

using tocsin::capi::demand;
using tocsin::capi::give;
using tocsin::capi::guard;
using tocsin::capi::text_in;

tocsin_status tocsin_condition_answer(const char* book, size_t book_size, const char* lines, size_t lines_size,
                                      tocsin_buf* answers_out, tocsin_error** error) {
  tocsin_buf_dispose(answers_out);
  return guard(error, [&] {
    demand(answers_out, "answers_out");
    give(answers_out,
         tocsin::answer_condition_lines(text_in(book, book_size, "book"), text_in(lines, lines_size, "lines")));
  });
}

tocsin_status tocsin_json_logic_apply(const char* rule, size_t rule_size, const char* data, size_t data_size,
                                      tocsin_buf* answer_out, tocsin_error** error) {
  tocsin_buf_dispose(answer_out);
  return guard(error, [&] {
    demand(answer_out, "answer_out");
    give(answer_out, tocsin::json_logic(text_in(rule, rule_size, "rule")).apply(text_in(data, data_size, "data")));
  });
}
