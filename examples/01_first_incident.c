/* The program of the README: a desk in memory, one incident. */
#include <stdio.h>
#include <tocsin.h>

int main(void) {
  tocsin_desk* desk = NULL;
  tocsin_error* error = NULL;
  tocsin_buf answer = {0};
  const char* log =
      "{\"command\":\"log_incident\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\","
      "\"title\":\"VPN is down\",\"impact\":\"high\",\"urgency\":\"high\"}";
  if (tocsin_desk_open(TOCSIN_ABI_VERSION, NULL, &desk, &error) ||
      tocsin_desk_execute(desk, TOCSIN_NEVER, log, TOCSIN_CSTR, 0, &answer, &error)) {
    fprintf(stderr, "%s\n", tocsin_error_message(error));
  } else {
    puts(answer.data);
  }
  tocsin_error_free(error);
  tocsin_buf_dispose(&answer);
  tocsin_desk_close(desk);
  return 0;
}
