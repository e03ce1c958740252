#include "boundary.hpp"

#include <tocsin/oncall/document.hpp>

using tocsin::capi::demand;
using tocsin::capi::give;
using tocsin::capi::guard;
using tocsin::capi::text_in;

tocsin_status tocsin_oncall_answer(const char* book, size_t book_size, const char* lines, size_t lines_size,
                                   tocsin_buf* answers_out, tocsin_error** error) {
  tocsin_buf_dispose(answers_out);
  return guard(error, [&] {
    demand(answers_out, "answers_out");
    give(answers_out,
         tocsin::answer_oncall_lines(text_in(book, book_size, "book"), text_in(lines, lines_size, "lines")));
  });
}
