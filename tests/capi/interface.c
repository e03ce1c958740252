/* The C interface through C alone: memory rules, errors, growth of structs, every function. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tocsin.h>

static int failures = 0;

#define CHECK(condition)                                               \
  do {                                                                 \
    if (!(condition)) {                                                \
      printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                      \
    }                                                                  \
  } while (0)

static const char* const log_vpn =
    "{\"command\":\"log_incident\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\",\"title\":\"VPN is down\","
    "\"impact\":\"high\",\"urgency\":\"high\"}";

static const int64_t at_eight = INT64_C(1795334400000000); /* 2026-11-22T08:00:00Z */

static tocsin_desk* open_desk(void) {
  tocsin_desk* desk = NULL;
  tocsin_error* error = NULL;
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, NULL, &desk, &error) == TOCSIN_OK);
  CHECK(desk != NULL && error == NULL);
  return desk;
}

static int contains(const tocsin_buf* buf, const char* text) { return buf->data && strstr(buf->data, text) != NULL; }

static uint64_t head_of(const tocsin_desk* desk) {
  uint64_t sequence = 77;
  CHECK(tocsin_desk_head(desk, &sequence, NULL, NULL) == TOCSIN_OK);
  return sequence;
}

static void test_versions(void) {
  CHECK(tocsin_abi_version() == TOCSIN_ABI_VERSION);
  CHECK(tocsin_version_number() == TOCSIN_VERSION_NUMBER);
  CHECK(strcmp(tocsin_version(), "0.1.0") == 0);
  CHECK(strcmp(tocsin_status_name(TOCSIN_NOT_FOUND), "not_found") == 0);
  CHECK(strcmp(tocsin_status_name(4711), "unknown") == 0);
}

/* On failure outputs are empty, on success *error is NULL. */
static void test_errors_and_outputs(void) {
  tocsin_desk* desk = open_desk();
  tocsin_error* error = NULL;
  tocsin_buf out = {0};
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, &out, &error) == TOCSIN_OK);
  CHECK(error == NULL);
  CHECK(contains(&out, "\"number\":\"INC0000001\""));
  CHECK(out.data[out.size] == '\0' && strlen(out.data) == out.size);

  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, "{\"command\":\"log_incident\",\"actor\":\"host\",\"titel\":\"x\"}",
                            TOCSIN_CSTR, 0, &out, &error) == TOCSIN_INVALID_ARGUMENT);
  CHECK(out.data == NULL && out.size == 0);
  CHECK(tocsin_error_status(error) == TOCSIN_INVALID_ARGUMENT);
  CHECK(strcmp(tocsin_error_reason(error), "document.unknown_field") == 0);
  CHECK(strstr(tocsin_error_message(error), "did you mean \"title\"?") != NULL);
  CHECK(strstr(tocsin_error_detail(error), "\"nearest\":\"title\"") != NULL);
  CHECK(strstr(tocsin_error_detail(error), "\"path\":\"/titel\"") != NULL);
  tocsin_error_free(error);

  /* error may be NULL, the results too */
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, "{", TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_entry(desk, 99, &out, &error) == TOCSIN_NOT_FOUND);
  tocsin_error_free(error);
  CHECK(head_of(desk) == 2);
  tocsin_buf_dispose(&out);
  tocsin_buf_dispose(&out);
  tocsin_buf_dispose(NULL);
  tocsin_error_free(NULL);
  tocsin_desk_close(desk);
  tocsin_desk_close(NULL);
}

static void test_null_arguments(void) {
  tocsin_desk* desk = open_desk();
  uint64_t sequence = 5;
  tocsin_desk* none = NULL;
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, NULL, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_execute(NULL, 0, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_execute(desk, at_eight, NULL, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_execute(desk, at_eight, NULL, 0, 0, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_head(desk, NULL, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_head(NULL, &sequence, NULL, NULL) == TOCSIN_INVALID_ARGUMENT && sequence == 0);
  CHECK(tocsin_desk_fork(NULL, &none, NULL) == TOCSIN_INVALID_ARGUMENT && none == NULL);
  CHECK(tocsin_desk_next_due(NULL) == TOCSIN_NEVER);
  tocsin_desk_interrupt(NULL);
  tocsin_open_options_init(NULL, 8);
  tocsin_desk_close(desk);
}

/* A smaller struct of an older caller is completed, a larger one accepted while its tail is zero. */
static void test_growing_options(void) {
  struct larger {
    tocsin_open_options known;
    uint64_t tail;
  } larger;
  tocsin_desk* desk = NULL;
  tocsin_error* error = NULL;
  tocsin_open_options options;
  memset(&larger, 0xff, sizeof larger);
  tocsin_open_options_init(&larger.known, (uint32_t)sizeof larger);
  CHECK(larger.tail == 0);
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, &larger.known, &desk, NULL) == TOCSIN_OK);
  tocsin_desk_close(desk);
  larger.tail = 1;
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, &larger.known, &desk, NULL) == TOCSIN_UNSUPPORTED);
  CHECK(desk == NULL);

  tocsin_open_options_init(&options, (uint32_t)offsetof(tocsin_open_options, path));
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk, NULL) == TOCSIN_OK);
  tocsin_desk_close(desk);

  memset(&options, 0, sizeof options);
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION + 1, NULL, &desk, &error) == TOCSIN_UNSUPPORTED);
  CHECK(strcmp(tocsin_error_reason(error), "argument.abi_version") == 0);
  tocsin_error_free(error);

  tocsin_open_options_init(&options, (uint32_t)sizeof options);
  options.flags = 0x8000u;
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk, NULL) == TOCSIN_UNSUPPORTED);
  options.flags = 0;
  options.salt_seed = "short";
  options.salt_seed_size = 5;
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk, NULL) == TOCSIN_INVALID_ARGUMENT);
  options.salt_seed_size = 0;
  options.config = "{\"max_leap\":\"P1D\",\"number_prefix\":\"IN-\",\"number_width\":4}";
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk, NULL) == TOCSIN_OK);
  {
    tocsin_buf out = {0};
    CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, &out, NULL) == TOCSIN_OK);
    CHECK(contains(&out, "\"IN-0001\""));
    CHECK(tocsin_desk_advance(desk, at_eight + INT64_C(172800000000), 0, 0, NULL, NULL, &error) ==
          TOCSIN_FAILED_PRECONDITION);
    CHECK(strcmp(tocsin_error_reason(error), "desk.leap_too_far") == 0);
    tocsin_error_free(error);
    CHECK(tocsin_desk_advance(desk, at_eight + INT64_C(172800000000), 0, TOCSIN_ADVANCE_ALLOW_LEAP, NULL, NULL, NULL) ==
          TOCSIN_OK);
    tocsin_buf_dispose(&out);
  }
  tocsin_desk_close(desk);
  options.config = "{\"max_leap\":\"a day\"}";
  CHECK(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk, NULL) == TOCSIN_INVALID_ARGUMENT);
}

static void test_batches(void) {
  tocsin_desk* desk = open_desk();
  tocsin_error* error = NULL;
  tocsin_buf out = {0};
  char batch[1024];
  snprintf(batch, sizeof batch, "[%s,{\"command\":\"begin_work\",\"actor\":\"host\",\"incident\":\"INC0000009\"},%s]",
           log_vpn, log_vpn);
  /* all or none, and the index of the first that was refused */
  CHECK(tocsin_desk_execute(desk, at_eight, batch, TOCSIN_CSTR, TOCSIN_EXECUTE_ATOMIC, &out, &error) ==
        TOCSIN_NOT_FOUND);
  CHECK(strstr(tocsin_error_detail(error), "\"index\":1") != NULL);
  tocsin_error_free(error);
  CHECK(head_of(desk) == 0);
  CHECK(tocsin_desk_execute(desk, at_eight, batch, TOCSIN_CSTR, TOCSIN_EXECUTE_DRY_RUN, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "INC0000002"));
  CHECK(head_of(desk) == 0);
  CHECK(tocsin_desk_execute(desk, at_eight, batch, TOCSIN_CSTR, 0, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "\"error\":{\"status\":\"not_found\""));
  CHECK(contains(&out, "INC0000002"));
  CHECK(head_of(desk) == 3);
  CHECK(tocsin_desk_execute(desk, at_eight, "[]", TOCSIN_CSTR, 0, &out, NULL) == TOCSIN_OK);
  CHECK(strcmp(out.data, "[]") == 0);
  CHECK(tocsin_desk_execute(desk, at_eight, log_vpn, TOCSIN_CSTR, TOCSIN_EXECUTE_LINES, &out, NULL) == TOCSIN_OK);
  CHECK(out.data[0] == '[');
  CHECK(tocsin_desk_execute(desk, at_eight, log_vpn, TOCSIN_CSTR, 0x4000u, &out, NULL) == TOCSIN_UNSUPPORTED);
  tocsin_buf_dispose(&out);
  tocsin_desk_close(desk);
}

static void test_rows(void) {
  tocsin_desk* desk = open_desk();
  tocsin_incident_row rows[3];
  tocsin_buf cursor = {0};
  size_t count = 9;
  int i;
  for (i = 0; i < 5; ++i) {
    CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  }
  CHECK(tocsin_desk_incidents(desk, "{\"order\":\"id\"}", TOCSIN_CSTR, rows, sizeof rows[0], 3, &count, &cursor,
                              NULL) == TOCSIN_OK);
  CHECK(count == 3 && cursor.size > 0);
  CHECK(rows[0].number == 1 && rows[2].number == 3);
  CHECK(rows[0].state_kind == TOCSIN_STATE_KIND_NEW && rows[0].priority == TOCSIN_PRIORITY_CRITICAL);
  CHECK(rows[0].opened_at_us == at_eight && rows[0].resolved_at_us == TOCSIN_UNSET);
  {
    char query[128];
    tocsin_buf after = {0};
    snprintf(query, sizeof query, "{\"query\":\"find\",\"order\":\"id\",\"cursor\":\"%s\"}", cursor.data);
    CHECK(tocsin_desk_incidents(desk, query, TOCSIN_CSTR, rows, sizeof rows[0], 3, &count, &after, NULL) == TOCSIN_OK);
    CHECK(count == 2 && after.size == 0);
    tocsin_buf_dispose(&after);
  }
  { /* an older caller's shorter rows, a newer one's longer ones */
    struct longer {
      tocsin_incident_row row;
      uint64_t more;
    } longer[1];
    uint64_t ids[2][2];
    memset(longer, 0xff, sizeof longer);
    CHECK(tocsin_desk_incidents(desk, "{}", TOCSIN_CSTR, ids, sizeof ids[0], 2, &count, NULL, NULL) == TOCSIN_OK);
    CHECK(ids[0][0] == 1 && ids[1][1] == 2);
    CHECK(tocsin_desk_incidents(desk, "{}", TOCSIN_CSTR, longer, sizeof longer[0], 1, &count, NULL, NULL) == TOCSIN_OK);
    CHECK(longer[0].row.id == 1 && longer[0].more == 0);
  }
  CHECK(tocsin_desk_incidents(desk, "{\"where\":{\"state\":\"nwe\"}}", TOCSIN_CSTR, rows, sizeof rows[0], 3, &count,
                              NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(count == 0);
  tocsin_buf_dispose(&cursor);
  tocsin_desk_close(desk);
}

static int key_is(const tocsin_desk* desk, const char* kind, uint32_t number, const char* key) {
  tocsin_buf out = {0};
  const int same =
      tocsin_desk_key(desk, kind, TOCSIN_CSTR, number, &out, NULL) == TOCSIN_OK && strcmp(out.data, key) == 0;
  tocsin_buf_dispose(&out);
  return same;
}

/* Two incidents with a clock of four hours each, and ana on call. */
static tocsin_desk* open_desk_on_duty(void) {
  tocsin_desk* desk = open_desk();
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER,
                            "{\"command\":\"publish\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\",\"people\":["
                            "{\"key\":\"ana\"}],\"schedules\":[{\"key\":\"night\",\"zone\":\"UTC\",\"layers\":[{"
                            "\"people\":[\"ana\"]}]}],\"sla_policies\":[{\"key\":\"fast\",\"kind\":\"sla\",\"metric\":"
                            "\"resolution\",\"targets\":[{\"duration\":\"PT4H\"}],\"calendar\":\"24x7\"}]}",
                            TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_execute(desk, at_eight,
                            "{\"command\":\"log_incident\",\"actor\":\"host\",\"title\":\"x\",\"caller\":\"ana\"}",
                            TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  return desk;
}

static void test_clock_and_timer_rows(void) {
  static const int64_t four_hours = INT64_C(14400000000);
  tocsin_desk* desk = open_desk_on_duty();
  tocsin_clock_row clocks[2];
  tocsin_timer_row timers[1];
  size_t count = 9;
  size_t total = 9;
  CHECK(tocsin_desk_clocks(desk, "{}", TOCSIN_CSTR, clocks, sizeof clocks[0], 2, &count, &total, NULL) == TOCSIN_OK);
  CHECK(count == 2 && total == 2);
  CHECK(clocks[0].number == 1 && clocks[1].number == 2 && clocks[1].clock == 1 && clocks[0].cycle == 1);
  CHECK(clocks[0].started_at_us == at_eight && clocks[0].deadline_us == at_eight + four_hours);
  CHECK(clocks[0].clock_metric == TOCSIN_CLOCK_METRIC_RESOLUTION);
  CHECK(key_is(desk, "sla_policy", clocks[0].policy, "fast"));
  CHECK(tocsin_desk_clocks(desk, "{\"query\":\"breaches_ahead\",\"within\":\"PT1H\"}", TOCSIN_CSTR, NULL,
                           sizeof clocks[0], 0, &count, &total, NULL) == TOCSIN_OK);
  CHECK(count == 0 && total == 0);
  /* There are more than there is room for; of an older caller's rows the beginning is filled. */
  CHECK(tocsin_desk_timers(desk, "{}", TOCSIN_CSTR, timers, sizeof timers[0], 1, &count, &total, NULL) == TOCSIN_OK);
  CHECK(count == 1 && total == 2);
  CHECK(timers[0].number == 1 && timers[0].timer_kind == TOCSIN_TIMER_KIND_SLA && timers[0].reserved == 0);
  CHECK(timers[0].due_at_us == tocsin_desk_next_due(desk));
  {
    uint64_t ids[2];
    CHECK(tocsin_desk_timers(desk, "{}", TOCSIN_CSTR, ids, sizeof ids[0], 2, &count, NULL, NULL) == TOCSIN_OK);
    CHECK(count == 2 && ids[0] == 1 && ids[1] == 2);
    CHECK(tocsin_desk_timers(desk, "{\"query\":\"timers\",\"limit\":1}", TOCSIN_CSTR, ids, sizeof ids[0], 2, &count,
                             &total, NULL) == TOCSIN_OK);
    CHECK(count == 1 && total == 1);
  }
  CHECK(tocsin_desk_timers(desk, "{\"query\":\"find\"}", TOCSIN_CSTR, timers, sizeof timers[0], 1, &count, &total,
                           NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(count == 0 && total == 0);
  CHECK(tocsin_desk_clocks(desk, "{}", TOCSIN_CSTR, NULL, sizeof clocks[0], 1, &count, NULL, NULL) ==
        TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_clocks(desk, "{}", TOCSIN_CSTR, clocks, 0, 1, &count, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_desk_close(desk);
}

static void test_shift_and_effect_rows(void) {
  tocsin_desk* desk = open_desk_on_duty();
  tocsin_shift_row shifts[2];
  tocsin_effect_row effects[4];
  size_t count = 9;
  size_t total = 9;
  CHECK(tocsin_desk_shifts(
            desk, "{\"schedule\":\"night\",\"from\":\"2026-11-22T08:00:00Z\",\"until\":\"2026-11-22T20:00:00Z\"}",
            TOCSIN_CSTR, shifts, sizeof shifts[0], 2, &count, &total, NULL) == TOCSIN_OK);
  CHECK(count == 1 && total == 1);
  CHECK(shifts[0].begins_at_us == at_eight && shifts[0].ends_at_us == at_eight + INT64_C(43200000000));
  CHECK(shifts[0].shadow == 0 && key_is(desk, "person", shifts[0].person, "ana"));
  CHECK(tocsin_desk_shifts(desk, "{}", TOCSIN_CSTR, shifts, sizeof shifts[0], 2, &count, NULL, NULL) ==
        TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_take_effect_rows(desk, "mail", TOCSIN_CSTR, effects, sizeof effects[0], 4, &count, NULL) ==
        TOCSIN_OK);
  CHECK(count >= 1 && effects[0].effect_kind == TOCSIN_EFFECT_KIND_REQUESTER_NOTICE && effects[0].number == 2);
  CHECK(effects[0].recorded_at_us == at_eight && key_is(desk, "person", effects[0].caller, "ana"));
  CHECK(tocsin_desk_acknowledge_effects(desk, "mail", TOCSIN_CSTR, effects[count - 1].effect_id, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_take_effect_rows(desk, "mail", TOCSIN_CSTR, effects, sizeof effects[0], 4, &count, NULL) ==
        TOCSIN_OK);
  CHECK(count == 0);
  CHECK(tocsin_desk_take_effect_rows(desk, "", 0, effects, sizeof effects[0], 4, &count, NULL) ==
        TOCSIN_INVALID_ARGUMENT);
  CHECK(!key_is(desk, "person", 4711, "") && !key_is(desk, "person", 0, "") && !key_is(desk, "planet", 1, ""));
  tocsin_desk_close(desk);
}

static void test_time_and_effects(void) {
  tocsin_desk* desk = open_desk();
  tocsin_buf out = {0};
  uint64_t fired = 9;
  int32_t more = 9;
  const char* script[] = {
      "{\"command\":\"publish\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\",\"people\":[{\"key\":\"ana\"}]}",
      "{\"command\":\"log_incident\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\",\"title\":\"x\",\"caller\":"
      "\"ana\"}",
      "{\"command\":\"resolve_incident\",\"at\":\"2026-11-22T09:00:00Z\",\"actor\":\"host\",\"incident\":"
      "\"INC0000001\","
      "\"code\":\"fix\",\"notes\":\"done\"}"};
  size_t i;
  for (i = 0; i < sizeof script / sizeof script[0]; ++i) {
    CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, script[i], TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  }
  CHECK(tocsin_desk_next_due(desk) == at_eight + INT64_C(3600000000) + INT64_C(5) * INT64_C(86400000000));
  CHECK(tocsin_desk_advance(desk, tocsin_desk_next_due(desk), 0, 0, &fired, &more, NULL) == TOCSIN_OK);
  CHECK(fired == 1 && more == 0);
  CHECK(tocsin_desk_next_due(desk) == TOCSIN_NEVER);

  CHECK(tocsin_desk_take_effects(desk, "mail", TOCSIN_CSTR, 2, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "\"cause\":\"logged\"") && contains(&out, "\"cause\":\"resolved\""));
  CHECK(!contains(&out, "\"cause\":\"closed\""));
  {
    const uint64_t first = strtoull(strstr(out.data, "\"id\":") + 5, NULL, 10);
    CHECK(tocsin_desk_acknowledge_effects(desk, "mail", TOCSIN_CSTR, first, NULL) == TOCSIN_OK);
    CHECK(tocsin_desk_acknowledge_effects(desk, "mail", TOCSIN_CSTR, first - 1, NULL) == TOCSIN_INVALID_ARGUMENT);
    CHECK(tocsin_desk_acknowledge_effects(desk, "mail", TOCSIN_CSTR, UINT64_MAX, NULL) == TOCSIN_INVALID_ARGUMENT);
  }
  CHECK(tocsin_desk_take_effects(desk, "mail", TOCSIN_CSTR, 9, &out, NULL) == TOCSIN_OK);
  CHECK(!contains(&out, "\"cause\":\"logged\"") && contains(&out, "\"cause\":\"closed\""));
  CHECK(tocsin_desk_take_effects(desk, "sms", TOCSIN_CSTR, 9, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "\"cause\":\"logged\"")); /* a consumer of its own */
  CHECK(tocsin_desk_take_effects(desk, "", 0, 9, &out, NULL) == TOCSIN_INVALID_ARGUMENT);

  CHECK(tocsin_desk_verify(desk, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "\"closed\":1"));
  CHECK(tocsin_desk_entry(desk, 1, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "\"pack\":\"built_in\""));
  CHECK(tocsin_desk_query(desk, "{\"query\":\"get\",\"incident\":\"INC0000001\"}", TOCSIN_CSTR, &out, NULL) ==
        TOCSIN_OK);
  CHECK(contains(&out, "\"state\":\"closed\""));
  tocsin_buf_dispose(&out);
  tocsin_desk_close(desk);
}

static void test_fork_outlives_its_parent(void) {
  tocsin_desk* desk = open_desk();
  tocsin_desk* fork = NULL;
  tocsin_buf out = {0};
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_fork(desk, &fork, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_execute(fork, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(head_of(fork) == 3 && head_of(desk) == 2);
  tocsin_desk_close(desk);
  CHECK(tocsin_desk_query(fork, "{\"query\":\"count\"}", TOCSIN_CSTR, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "\"total\":2"));
  CHECK(tocsin_desk_verify(fork, &out, NULL) == TOCSIN_OK);
  tocsin_buf_dispose(&out);
  tocsin_desk_close(fork);
}

static void test_memory(void) {
  tocsin_desk* desk = open_desk();
  tocsin_error* error = NULL;
  tocsin_buf out = {0};
  CHECK(tocsin_desk_memory(desk, &out, &error) == TOCSIN_OK);
  CHECK(contains(&out, "{\"records\":{\"count\":0,\"bytes\":0},\"definitions\":{\"count\":"));
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_memory(desk, &out, &error) == TOCSIN_OK);
  CHECK(contains(&out, "{\"records\":{\"count\":1,") && contains(&out, "\"store\":{\"count\":2,"));
  CHECK(tocsin_desk_memory(desk, NULL, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_memory(NULL, &out, &error) == TOCSIN_INVALID_ARGUMENT && out.data == NULL);
  tocsin_error_free(error);
  tocsin_buf_dispose(&out);
  tocsin_desk_close(desk);
}

static int guards_asked = 0;
static int guards_freed = 0;

static int32_t say(void* user_data, const char* question, size_t question_size) {
  ++guards_asked;
  CHECK(strlen(question) == question_size);
  CHECK(strstr(question, "{\"guard\":\"credit\",\"incident\":\"INC0000001\",\"actor\":\"host\",\"at\":\"2026-") ==
        question);
  return *(const int32_t*)user_data;
}

static void free_guard(void* user_data) {
  (void)user_data;
  ++guards_freed;
}

static void test_host_guards(void) {
  static const char workflow[] =
      "{\"command\":\"publish\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\",\"workflows\":[{\"key\":\"credit\","
      "\"name\":\"Credit\",\"states\":[{\"name\":\"begun\",\"kind\":\"new\",\"initial\":true},{\"name\":\"done\","
      "\"kind\":"
      "\"resolved\"},{\"name\":\"over\",\"kind\":\"closed\"}],\"transitions\":[{\"verb\":\"resolve\",\"from\":["
      "\"begun\"],"
      "\"to\":\"done\",\"host_guards\":[{\"name\":\"credit\",\"says\":\"there is no credit\"}]},{\"verb\":\"close\","
      "\"from\":[\"done\"],\"to\":\"over\"}],\"resolution_codes\":[\"settled\"]}]}";
  static const char resolve[] =
      "{\"command\":\"resolve_incident\",\"actor\":\"host\",\"incident\":1,\"code\":\"settled\",\"notes\":\"Paid\"}";
  tocsin_desk* desk = open_desk();
  tocsin_desk* fork = NULL;
  tocsin_error* error = NULL;
  tocsin_buf out = {0};
  int32_t answer = 0;
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, workflow, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_execute(desk, at_eight,
                            "{\"command\":\"log_incident\",\"actor\":\"host\",\"title\":\"x\",\"workflow\":\"credit\"}",
                            TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_execute(desk, at_eight, resolve, TOCSIN_CSTR, 0, NULL, &error) == TOCSIN_FAILED_PRECONDITION);
  CHECK(strcmp(tocsin_error_reason(error), "workflow.host_guard") == 0);
  tocsin_error_free(error);
  CHECK(tocsin_desk_set_guard(desk, say, &answer, free_guard, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_execute(desk, at_eight, resolve, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_FAILED_PRECONDITION);
  answer = TOCSIN_CALLBACK_ABORT;
  CHECK(tocsin_desk_execute(desk, at_eight, resolve, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_CANCELLED);
  answer = 7;
  CHECK(tocsin_desk_execute(desk, at_eight, resolve, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  answer = TOCSIN_CALLBACK_PASS;
  CHECK(tocsin_desk_execute(desk, at_eight, resolve, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_FAILED_PRECONDITION);
  answer = 1;
  CHECK(guards_asked == 4);
  CHECK(tocsin_desk_fork(desk, &fork, NULL) == TOCSIN_OK); /* it does not ask, but goes by the table */
  CHECK(tocsin_desk_execute(fork, at_eight, resolve, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_FAILED_PRECONDITION);
  CHECK(tocsin_desk_set_guard_answers(fork, "{\"credit\":1}", TOCSIN_CSTR, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_set_guard_answers(fork, "{\"credit\":true}", TOCSIN_CSTR, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_execute(fork, at_eight, resolve, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(guards_asked == 4);
  CHECK(tocsin_desk_execute(desk, at_eight, resolve, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  CHECK(guards_asked == 5);
  CHECK(tocsin_desk_entry(desk, head_of(desk), &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "\"event\":\"guard_answered\"") && contains(&out, "\"guard\":\"credit\",\"holds\":true"));
  CHECK(tocsin_desk_verify(desk, NULL, NULL) == TOCSIN_OK && guards_asked == 5);
  CHECK(tocsin_desk_set_guard(NULL, say, &answer, free_guard, NULL) == TOCSIN_INVALID_ARGUMENT && guards_freed == 1);
  CHECK(tocsin_desk_set_guard(desk, NULL, NULL, NULL, NULL) == TOCSIN_OK && guards_freed == 2);
  CHECK(tocsin_desk_set_guard(desk, say, &answer, free_guard, NULL) == TOCSIN_OK);
  tocsin_buf_dispose(&out);
  tocsin_desk_close(fork);
  tocsin_desk_close(desk);
  CHECK(guards_freed == 3);
}

static int messages = 0;
static int warnings = 0;

static void note_message(void* user_data, int32_t level, const char* category, const char* message,
                         size_t message_size) {
  CHECK(user_data == &messages);
  CHECK(level >= TOCSIN_LOG_ERROR && level <= TOCSIN_LOG_INFO);
  CHECK(message_size != 0 && memchr(message, '\n', message_size) == NULL);
  ++messages;
  if (level != TOCSIN_LOG_WARNING) return;
  ++warnings;
  CHECK(strcmp(category, "time") == 0);
}

static void test_log(void) {
  static const char remind[] =
      "[{\"command\":\"log_incident\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\",\"title\":\"x\"},"
      "{\"command\":\"hold_incident\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\",\"incident\":1,"
      "\"reason\":\"awaiting_vendor\",\"follow_up_at\":\"2026-11-22T09:00:00Z\"}]";
  const int64_t ten_past_nine = at_eight + INT64_C(4200000000);
  tocsin_desk* desk = open_desk();
  tocsin_desk* fork = NULL;
  uint64_t fired = 0;
  const int freed = guards_freed;
  CHECK(tocsin_desk_set_log(desk, note_message, &messages, free_guard, NULL) == TOCSIN_OK);
  CHECK(messages == 1 && warnings == 0); /* what was opened */
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, remind, TOCSIN_CSTR, TOCSIN_EXECUTE_ATOMIC, NULL, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_fork(desk, &fork, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_advance(fork, ten_past_nine, 0, 0, NULL, NULL, NULL) == TOCSIN_OK);
  CHECK(warnings == 0); /* a fork tells nobody */
  CHECK(tocsin_desk_advance(desk, ten_past_nine, 0, 0, &fired, NULL, NULL) == TOCSIN_OK);
  CHECK(fired >= 1 && warnings == 1);
  CHECK(tocsin_desk_set_log(desk, NULL, NULL, NULL, NULL) == TOCSIN_OK && guards_freed == freed + 1);
  CHECK(tocsin_desk_set_log(desk, note_message, &messages, free_guard, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_set_log(NULL, note_message, &messages, free_guard, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(guards_freed == freed + 2);
  tocsin_desk_close(fork);
  tocsin_desk_close(desk);
  CHECK(guards_freed == freed + 3);
}

static int reports = 0;

static int32_t note_progress(void* user_data, const char* doing, uint64_t done, uint64_t total) {
  ++reports;
  CHECK(strcmp(doing, "execute") == 0 || strcmp(doing, "verify") == 0);
  CHECK(done != 0 && (total == 0 || done <= total));
  return *(const int32_t*)user_data;
}

/* More commands than lie between two reports. */
static char* many_commands(int count) {
  static const char one[] = "{\"command\":\"log_incident\",\"actor\":\"host\",\"title\":\"x\"}\n";
  const size_t size = sizeof one - 1;
  char* lines = malloc(size * (size_t)count + 1);
  int i;
  for (i = 0; lines && i < count; ++i) memcpy(lines + size * (size_t)i, one, sizeof one);
  return lines;
}

static void test_progress(void) {
  tocsin_desk* desk = open_desk();
  tocsin_error* error = NULL;
  const int freed = guards_freed;
  int32_t answer = 0;
  uint64_t entries;
  char* lines = many_commands(1100);
  CHECK(lines != NULL);
  CHECK(tocsin_desk_set_progress(desk, note_progress, &answer, free_guard, NULL) == TOCSIN_OK);
  answer = TOCSIN_CALLBACK_ABORT;
  CHECK(tocsin_desk_execute(desk, at_eight, lines, TOCSIN_CSTR, TOCSIN_EXECUTE_LINES | TOCSIN_EXECUTE_ATOMIC, NULL,
                            &error) == TOCSIN_CANCELLED);
  CHECK(strcmp(tocsin_error_reason(error), "desk.stopped") == 0);
  tocsin_error_free(error);
  CHECK(reports == 1 && head_of(desk) == 0);
  answer = 0;
  CHECK(tocsin_desk_execute(desk, at_eight, lines, TOCSIN_CSTR, TOCSIN_EXECUTE_LINES | TOCSIN_EXECUTE_ATOMIC, NULL,
                            NULL) == TOCSIN_OK);
  CHECK(reports == 2);
  entries = head_of(desk);
  CHECK(entries > 1100);
  CHECK(tocsin_desk_verify(desk, NULL, NULL) == TOCSIN_OK && reports == 3);
  answer = 7;
  CHECK(tocsin_desk_verify(desk, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_desk_set_progress(desk, NULL, NULL, NULL, NULL) == TOCSIN_OK && guards_freed == freed + 1);
  CHECK(tocsin_desk_verify(desk, NULL, NULL) == TOCSIN_OK && reports == 4);
  CHECK(head_of(desk) == entries);
  free(lines);
  tocsin_desk_close(desk);
}

static void test_interrupt(void) {
  tocsin_desk* desk = open_desk();
  tocsin_desk_interrupt(desk);
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_CANCELLED);
  CHECK(head_of(desk) == 0);
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  tocsin_desk_close(desk);
}

static void test_presence(void) {
  static const char ask[] = "{\"query\":\"presence\",\"incident\":1}";
  tocsin_desk* desk = open_desk();
  tocsin_error* error = NULL;
  tocsin_buf out = {0};
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, NULL) == TOCSIN_OK);
  const uint64_t head = head_of(desk);
  CHECK(tocsin_desk_note_presence(desk,
                                  "{\"incident\":1,\"actor\":\"host\",\"activity\":\"editing\","
                                  "\"at\":\"2026-11-22T08:00:00Z\",\"until\":\"2026-11-22T08:05:00Z\"}",
                                  TOCSIN_CSTR, NULL) == TOCSIN_OK);
  CHECK(tocsin_desk_query(desk, ask, TOCSIN_CSTR, &out, NULL) == TOCSIN_OK && contains(&out, "\"editing\""));
  CHECK(head_of(desk) == head);
  CHECK(tocsin_desk_note_presence(desk, "{\"incident\":1}", TOCSIN_CSTR, &error) == TOCSIN_INVALID_ARGUMENT);
  CHECK(error != NULL);
  tocsin_error_free(error);
  tocsin_buf_dispose(&out);
  tocsin_desk_close(desk);
}

static void test_zones_and_vocabulary(void) {
  int64_t instant = 0;
  int64_t local = 0;
  int32_t kind = 9;
  tocsin_buf out = {0};
  const int64_t noon = INT64_C(1751371200000000); /* 2025-07-01 12:00 by the local clock */
  CHECK(tocsin_local_to_instant("Europe/Lisbon", TOCSIN_CSTR, noon, &instant, &kind, NULL) == TOCSIN_OK);
  CHECK(instant == noon - INT64_C(3600000000) && kind == TOCSIN_LOCAL_UNIQUE);
  CHECK(tocsin_instant_to_local("Europe/Lisbon", TOCSIN_CSTR, instant, &local, NULL) == TOCSIN_OK && local == noon);
  CHECK(tocsin_local_to_instant("Mars/Olympus", TOCSIN_CSTR, noon, &instant, &kind, NULL) == TOCSIN_NOT_FOUND);
  CHECK(tocsin_local_to_instant("UTC", TOCSIN_CSTR, INT64_MAX, &instant, &kind, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_schema("log_incident", TOCSIN_CSTR, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "draft/2020-12"));
  CHECK(tocsin_schema("all", TOCSIN_CSTR, &out, NULL) == TOCSIN_OK);
  CHECK(tocsin_schema("nothing", TOCSIN_CSTR, &out, NULL) == TOCSIN_NOT_FOUND);
  CHECK(tocsin_catalogue(&out, NULL) == TOCSIN_OK && contains(&out, "\"log_incident\""));
  tocsin_buf_dispose(&out);
}

static const char* const office =
    "{\"key\":\"office\",\"zone\":\"Europe/Berlin\",\"weekly\":[{\"days\":[\"monday\",\"tuesday\",\"wednesday\","
    "\"thursday\",\"friday\"],\"start\":\"09:00\",\"end\":\"17:00\"}]}";

/* Friday 20 November 2026 in UTC: 15:00, which is 16:00 in Berlin, and 16:00, when the office closes. */
static const int64_t friday_at_three = INT64_C(1795186800000000);
static const int64_t friday_closing = INT64_C(1795190400000000);
static const int64_t monday_opening = INT64_C(1795420800000000);
static const int64_t one_hour = INT64_C(3600000000);

static void test_calendar_batches(void) {
  tocsin_calendar* calendar = NULL;
  tocsin_error* error = NULL;
  CHECK(tocsin_calendar_new(office, TOCSIN_CSTR, NULL, 0, &calendar, &error) == TOCSIN_OK);
  const int64_t at[2] = {friday_at_three, friday_closing};
  const int64_t hours[2] = {one_hour, 2 * one_hour};
  const int64_t days[2] = {1, 0};
  int64_t out[2] = {7, 7};

  CHECK(tocsin_calendar_add(calendar, at, hours, out, 2, &error) == TOCSIN_OK);
  CHECK(out[0] == friday_closing && out[1] == monday_opening + 2 * one_hour);
  CHECK(tocsin_calendar_elapsed(calendar, at, out, out, 2, &error) == TOCSIN_OK);
  CHECK(out[0] == one_hour && out[1] == 2 * one_hour);
  CHECK(tocsin_calendar_subtract(calendar, at, hours, out, 2, &error) == TOCSIN_OK);
  CHECK(out[0] == friday_at_three - one_hour && out[1] == friday_closing - 2 * one_hour);
  CHECK(tocsin_calendar_next_open(calendar, at, out, 2, &error) == TOCSIN_OK);
  CHECK(out[0] == friday_at_three && out[1] == monday_opening);
  CHECK(tocsin_calendar_next_close(calendar, at, out, 2, &error) == TOCSIN_OK);
  CHECK(out[0] == friday_closing && out[1] == monday_opening + 8 * one_hour);
  CHECK(tocsin_calendar_previous_close(calendar, at, out, 2, &error) == TOCSIN_OK);
  CHECK(out[0] == friday_at_three && out[1] == friday_closing);
  CHECK(tocsin_calendar_add_business_days(calendar, at, days, out, 2, &error) == TOCSIN_OK);
  CHECK(out[0] == monday_opening + 7 * one_hour);
  CHECK(tocsin_calendar_end_of_business_day(calendar, at, days, out, 2, &error) == TOCSIN_OK);
  CHECK(out[0] == monday_opening + 8 * one_hour && out[1] == monday_opening + 8 * one_hour);
  CHECK(tocsin_calendar_add(calendar, NULL, NULL, NULL, 0, &error) == TOCSIN_OK);
  tocsin_calendar_free(calendar);
  tocsin_calendar_free(NULL);
}

/* One bad instant fails the call, and leaves no answers. */
static void test_calendar_refusals(void) {
  tocsin_calendar* calendar = NULL;
  tocsin_error* error = NULL;
  CHECK(tocsin_calendar_new("{\"key\":\"x\"}", TOCSIN_CSTR, NULL, 0, &calendar, &error) == TOCSIN_INVALID_ARGUMENT);
  CHECK(calendar == NULL && strstr(tocsin_error_detail(error), "\"path\":\"/zone\"") != NULL);
  tocsin_error_free(error);
  CHECK(tocsin_calendar_new("{\"key\":\"x\",\"union\":[\"y\"]}", TOCSIN_CSTR, "[]", TOCSIN_CSTR, &calendar, NULL) ==
        TOCSIN_NOT_FOUND);
  CHECK(tocsin_calendar_new(office, TOCSIN_CSTR, NULL, 0, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_calendar_new("{\"key\":\"x\",\"union\":[\"office\",\"24x7\"]}", TOCSIN_CSTR, "[]", 2, &calendar, NULL) ==
        TOCSIN_NOT_FOUND);

  char others[512];
  snprintf(others, sizeof others, "[%s]", office);
  CHECK(tocsin_calendar_new("{\"key\":\"x\",\"intersection\":[\"office\",\"24x7\"]}", TOCSIN_CSTR, others, TOCSIN_CSTR,
                            &calendar, &error) == TOCSIN_OK);
  const int64_t at[2] = {friday_at_three, TOCSIN_NEVER};
  int64_t out[2] = {7, 7};
  CHECK(tocsin_calendar_next_open(calendar, at, out, 2, &error) == TOCSIN_INVALID_ARGUMENT);
  CHECK(out[0] == 0 && out[1] == 0);
  CHECK(strcmp(tocsin_error_reason(error), "calendar.instant_out_of_range") == 0);
  tocsin_error_free(error);
  CHECK(tocsin_calendar_next_open(NULL, at, out, 1, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_calendar_next_open(calendar, NULL, out, 1, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_calendar_next_open(calendar, at, NULL, 1, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_calendar_free(calendar);
}

static void test_calendar_documents(void) {
  tocsin_calendar* calendar = NULL;
  tocsin_error* error = NULL;
  tocsin_buf out = {0};
  CHECK(tocsin_calendar_new("{\"key\":\"24x7\",\"always_open\":true}", TOCSIN_CSTR, NULL, 0, &calendar, &error) ==
        TOCSIN_OK);
  int64_t closing = 0;
  CHECK(tocsin_calendar_next_close(calendar, &friday_closing, &closing, 1, &error) == TOCSIN_OK);
  CHECK(closing == TOCSIN_NEVER);
  CHECK(tocsin_calendar_ask(calendar, "{\"operation\":\"next_close\",\"at\":\"2026-11-20T16:00:00Z\"}", TOCSIN_CSTR,
                            &out, &error) == TOCSIN_OK);
  CHECK(contains(&out, "\"answer\":\"never\""));
  CHECK(tocsin_calendar_ask(calendar, "{}", TOCSIN_CSTR, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(out.data == NULL);
  CHECK(tocsin_calendar_ask(calendar, "{\"operation\":\"describe\"}", TOCSIN_CSTR, NULL, NULL) ==
        TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_import_holidays("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Day off\nDTSTART;VALUE=DATE:20260911\n"
                               "END:VEVENT\nEND:VCALENDAR\n",
                               TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(contains(&out, "{\"name\":\"Day off\",\"date\":\"2026-09-11\"}"));
  CHECK(tocsin_import_holidays("BEGIN:VCALENDAR\n", TOCSIN_CSTR, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_buf_dispose(&out);
  tocsin_calendar_free(calendar);
}

static void test_oncall(void) {
  tocsin_buf out = {0};
  tocsin_error* error = NULL;
  const char* rotation =
      "{\"define\":\"rotation\",\"key\":\"r\",\"type\":\"daily\",\"zone\":\"UTC\",\"start\":\"2026-06-01T09:00\","
      "\"participants\":[{\"people\":[\"ann\"]},{\"people\":[\"bob\"]}]}";
  const char* question = "{\"operation\":\"who\",\"rotation\":\"r\",\"at\":\"2026-06-02T12:00:00Z\"}\n{}\n";
  CHECK(tocsin_oncall_answer(rotation, TOCSIN_CSTR, question, TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(error == NULL && contains(&out, "{\"people\":[\"bob\"]}\n{\"error\":"));
  CHECK(tocsin_oncall_answer(NULL, 0, question, TOCSIN_CSTR, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "roster.unknown_rotation"));
  CHECK(tocsin_oncall_answer(question, TOCSIN_CSTR, rotation, TOCSIN_CSTR, &out, &error) == TOCSIN_NOT_FOUND);
  CHECK(strcmp(tocsin_error_detail(error), "{\"line\":1}") == 0);
  tocsin_error_free(error);
  CHECK(tocsin_oncall_answer(NULL, 0, NULL, 1, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_oncall_answer(NULL, 0, rotation, TOCSIN_CSTR, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_buf_dispose(&out);
}

static void test_impact(void) {
  tocsin_buf out = {0};
  tocsin_error* error = NULL;
  const char* graph =
      "{\"define\":\"service\",\"key\":\"shop\",\"depends_on\":[\"db\"]}\n{\"define\":\"configuration_item\",\"key\":"
      "\"db\"}";
  const char* question = "{\"operation\":\"impact\",\"failed\":[\"db\"]}\n{}\n";
  CHECK(tocsin_impact_answer(graph, TOCSIN_CSTR, question, TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(error == NULL && contains(&out, "{\"failed\":2,\"degraded\":0,\"at_risk\":0,\"items\":[{\"key\":\"db\""));
  CHECK(contains(&out, "\"reason\":[\"db\",\"shop\"]}]}\n{\"error\":"));
  CHECK(tocsin_impact_answer(NULL, 0, question, TOCSIN_CSTR, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "service_graph.unknown_item"));
  CHECK(tocsin_impact_answer(question, TOCSIN_CSTR, graph, TOCSIN_CSTR, &out, &error) == TOCSIN_NOT_FOUND);
  CHECK(strcmp(tocsin_error_detail(error), "{\"line\":1}") == 0);
  tocsin_error_free(error);
  CHECK(tocsin_impact_answer(NULL, 0, NULL, 1, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_impact_answer(NULL, 0, graph, TOCSIN_CSTR, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_buf_dispose(&out);
}

static void test_recurrence(void) {
  tocsin_buf out = {0};
  tocsin_error* error = NULL;
  const char* rule =
      "{\"define\":\"recurrence_rule\",\"key\":\"r\",\"group_by\":[\"service\"],\"count\":1,\"window\":\"PT1H\"}";
  const char* lines =
      "{\"define\":\"incident\",\"key\":\"A\",\"service\":\"mail\",\"opened_at\":\"2026-06-02T12:00:00Z\"}\n{}\n";
  const char* question = "{\"operation\":\"groups\",\"rule\":\"r\",\"at\":\"2026-06-02T12:00:00Z\"}";
  CHECK(tocsin_recurrence_answer(rule, TOCSIN_CSTR, lines, TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(error == NULL && contains(&out, "\"proposal\":1") && contains(&out, "}\n{\"error\":"));
  CHECK(tocsin_recurrence_answer(NULL, 0, question, TOCSIN_CSTR, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "recurrence.unknown_rule"));
  CHECK(tocsin_recurrence_answer(question, TOCSIN_CSTR, rule, TOCSIN_CSTR, &out, &error) == TOCSIN_NOT_FOUND);
  CHECK(strcmp(tocsin_error_detail(error), "{\"line\":1}") == 0);
  tocsin_error_free(error);
  CHECK(tocsin_recurrence_answer(NULL, 0, NULL, 1, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_recurrence_answer(NULL, 0, rule, TOCSIN_CSTR, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_buf_dispose(&out);
}

static void test_condition(void) {
  tocsin_buf out = {0};
  tocsin_error* error = NULL;
  const char* field = "{\"define\":\"field\",\"path\":\"team\",\"kind\":\"text\"}";
  const char* question =
      "{\"operation\":\"explain\",\"condition\":{\"==\":[{\"var\":\"team\"},\"net\"]},\"data\":{\"team\":\"net\"}}\n{}"
      "\n";
  CHECK(tocsin_condition_answer(field, TOCSIN_CSTR, question, TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(error == NULL && contains(&out, "{\"holds\":true,\"why\":{\"operator\":\"==\",\"result\":true,"));
  CHECK(contains(&out, "}\n{\"error\":"));
  CHECK(tocsin_condition_answer(NULL, 0, question, TOCSIN_CSTR, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "condition.unknown_path"));
  CHECK(tocsin_condition_answer(question, TOCSIN_CSTR, field, TOCSIN_CSTR, &out, &error) == TOCSIN_INVALID_ARGUMENT);
  CHECK(strcmp(tocsin_error_detail(error), "{\"line\":1}") == 0);
  tocsin_error_free(error);
  CHECK(tocsin_condition_answer(NULL, 0, NULL, 1, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_condition_answer(NULL, 0, field, TOCSIN_CSTR, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_buf_dispose(&out);
}

static void test_json_logic(void) {
  tocsin_buf out = {0};
  tocsin_error* error = NULL;
  const char* rule = "{\"and\":[{\"<\":[{\"var\":\"temp\"},110]},{\"==\":[{\"var\":\"pie.filling\"},\"apple\"]}]}";
  const char* data = "{\"temp\":100,\"pie\":{\"filling\":\"apple\"}}";
  CHECK(tocsin_json_logic_apply(rule, TOCSIN_CSTR, data, TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(error == NULL && strcmp(out.data, "true") == 0);
  CHECK(tocsin_json_logic_apply("{\"==\":[\"1\",1]}", TOCSIN_CSTR, "null", TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(strcmp(out.data, "true") == 0);
  CHECK(tocsin_json_logic_apply("{\"shout\":1}", TOCSIN_CSTR, data, TOCSIN_CSTR, &out, &error) ==
        TOCSIN_INVALID_ARGUMENT);
  CHECK(strcmp(tocsin_error_reason(error), "json_logic.unknown_operator") == 0 && out.size == 0);
  tocsin_error_free(error);
  CHECK(tocsin_json_logic_apply("{", TOCSIN_CSTR, data, TOCSIN_CSTR, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_json_logic_apply(NULL, 1, data, TOCSIN_CSTR, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_json_logic_apply(rule, TOCSIN_CSTR, data, TOCSIN_CSTR, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_buf_dispose(&out);
}

static void test_intake(void) {
  tocsin_buf out = {0};
  tocsin_error* error = NULL;
  const char* document =
      "{\"version\":\"4\",\"alerts\":[{\"status\":\"firing\",\"fingerprint\":\"f1\",\"labels\":{\"alertname\":\"Full\"}"
      "}]}";
  CHECK(tocsin_intake_commands("alertmanager", TOCSIN_CSTR, document, TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(error == NULL && contains(&out, "\"command\":\"report_event\"") && contains(&out, "\"title\":\"Full\""));
  CHECK(tocsin_intake_commands("alertmanager", TOCSIN_CSTR, "{}", TOCSIN_CSTR, &out, &error) ==
        TOCSIN_INVALID_ARGUMENT);
  CHECK(strcmp(tocsin_error_reason(error), "intake.unexpected") == 0 && out.size == 0);
  tocsin_error_free(error);
  CHECK(tocsin_intake_commands("{}", TOCSIN_CSTR, document, TOCSIN_CSTR, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_intake_commands(NULL, 1, document, TOCSIN_CSTR, &out, NULL) == TOCSIN_INVALID_ARGUMENT);
  CHECK(tocsin_intake_commands("alertmanager", TOCSIN_CSTR, document, TOCSIN_CSTR, NULL, NULL) ==
        TOCSIN_INVALID_ARGUMENT);
  tocsin_buf_dispose(&out);
}

static void test_escalation(void) {
  tocsin_buf out = {0};
  tocsin_error* error = NULL;
  const char* policy =
      "{\"define\":\"escalation_policy\",\"key\":\"p\","
      "\"steps\":[{\"targets\":[{\"kind\":\"person\",\"key\":\"ann\"}],\"delay\":\"PT5M\"}]}";
  const char* question = "{\"operation\":\"simulate\",\"policy\":\"p\",\"opened_at\":\"2026-12-25T03:00:00Z\"}\n{}\n";
  CHECK(tocsin_escalation_answer(policy, TOCSIN_CSTR, question, TOCSIN_CSTR, &out, &error) == TOCSIN_OK);
  CHECK(error == NULL && contains(&out, "\"event\":\"escalation_exhausted\"") && contains(&out, "{\"error\":"));
  CHECK(tocsin_escalation_answer(NULL, 0, question, TOCSIN_CSTR, &out, NULL) == TOCSIN_OK);
  CHECK(contains(&out, "escalation.unknown_policy"));
  CHECK(tocsin_escalation_answer(question, TOCSIN_CSTR, policy, TOCSIN_CSTR, &out, &error) == TOCSIN_NOT_FOUND);
  CHECK(strcmp(tocsin_error_detail(error), "{\"line\":1}") == 0);
  tocsin_error_free(error);
  CHECK(tocsin_escalation_answer(NULL, 0, policy, TOCSIN_CSTR, NULL, NULL) == TOCSIN_INVALID_ARGUMENT);
  tocsin_buf_dispose(&out);
}

/* Bytes that are not UTF-8 go in; none comes out. */
static void check_refused_in_utf8(tocsin_status status, tocsin_error** of_the_call) {
  tocsin_error* error = *of_the_call;
  CHECK(status == TOCSIN_INVALID_ARGUMENT || status == TOCSIN_NOT_FOUND);
  CHECK(strchr(tocsin_error_message(error), '\xff') == NULL && strchr(tocsin_error_message(error), '\xe4') == NULL);
  CHECK(strchr(tocsin_error_detail(error), '\xff') == NULL && strchr(tocsin_error_detail(error), '\xe4') == NULL);
  tocsin_error_free(error);
  *of_the_call = NULL;
}

static void test_messages_are_utf8(void) {
  static const char bad[] = "a\xff\xe4";
  static const char document[] = "{\"command\":\"log_incident\",\"title\":\"a\xff\xe4\"}";
  tocsin_desk* desk = open_desk();
  tocsin_calendar* calendar = NULL;
  tocsin_error* error = NULL;
  tocsin_buf out = {0};
  int64_t local = 0;
  check_refused_in_utf8(tocsin_desk_execute(desk, at_eight, document, TOCSIN_CSTR, 0, &out, &error), &error);
  check_refused_in_utf8(tocsin_desk_execute(desk, at_eight, bad, TOCSIN_CSTR, 0, &out, &error), &error);
  check_refused_in_utf8(tocsin_desk_query(desk, document, TOCSIN_CSTR, &out, &error), &error);
  check_refused_in_utf8(tocsin_schema(bad, TOCSIN_CSTR, &out, &error), &error);
  check_refused_in_utf8(tocsin_instant_to_local(bad, TOCSIN_CSTR, at_eight, &local, &error), &error);
  check_refused_in_utf8(tocsin_calendar_new(document, TOCSIN_CSTR, NULL, 0, &calendar, &error), &error);
  tocsin_buf_dispose(&out);
  tocsin_desk_close(desk);
}

/* A standby takes up entries byte for byte; what does not follow is refused; a backup is for desks in files. */
static void test_standby_and_backup(void) {
  tocsin_desk* desk = open_desk();
  tocsin_desk* standby = open_desk();
  tocsin_error* error = NULL;
  tocsin_buf entries = {0};
  uint8_t hash[TOCSIN_HASH_SIZE];
  uint8_t standby_hash[TOCSIN_HASH_SIZE];
  uint64_t sequence = 0;
  uint64_t applied = 9;
  CHECK(tocsin_desk_execute(desk, TOCSIN_NEVER, log_vpn, TOCSIN_CSTR, 0, NULL, &error) == TOCSIN_OK);
  CHECK(tocsin_desk_read_entries(desk, 1, 1 << 20, &entries, &error) == TOCSIN_OK);
  CHECK(tocsin_desk_apply_entries(standby, entries.data, entries.size, &applied, &error) == TOCSIN_OK);
  CHECK(applied == head_of(desk));
  CHECK(tocsin_desk_head(desk, &sequence, hash, &error) == TOCSIN_OK);
  CHECK(tocsin_desk_head(standby, &sequence, standby_hash, &error) == TOCSIN_OK);
  CHECK(memcmp(hash, standby_hash, sizeof hash) == 0);
  CHECK(tocsin_desk_apply_entries(standby, entries.data, entries.size, &applied, &error) == TOCSIN_OK && applied == 0);
  CHECK(tocsin_desk_apply_entries(standby, "no entry", 8, &applied, NULL) != TOCSIN_OK && applied == 0);
  CHECK(tocsin_desk_backup(desk, "nowhere.desk", TOCSIN_CSTR, &error) == TOCSIN_UNSUPPORTED);
  tocsin_error_free(error);
  tocsin_buf_dispose(&entries);
  tocsin_desk_close(standby);
  tocsin_desk_close(desk);
}

int main(void) {
  test_versions();
  test_errors_and_outputs();
  test_messages_are_utf8();
  test_null_arguments();
  test_growing_options();
  test_batches();
  test_rows();
  test_clock_and_timer_rows();
  test_shift_and_effect_rows();
  test_time_and_effects();
  test_fork_outlives_its_parent();
  test_memory();
  test_host_guards();
  test_log();
  test_progress();
  test_interrupt();
  test_presence();
  test_zones_and_vocabulary();
  test_calendar_batches();
  test_calendar_refusals();
  test_calendar_documents();
  test_oncall();
  test_impact();
  test_recurrence();
  test_condition();
  test_json_logic();
  test_intake();
  test_escalation();
  test_standby_and_backup();
  if (failures) printf("%d checks failed\n", failures);
  return failures != 0;
}
