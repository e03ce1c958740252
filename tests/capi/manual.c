/* What the chapters of tocsin.h say, tried: documents, time goes forward, in an event loop, two processes, your users and
 * permissions, and what to do about a status. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tocsin.h>

#define JSON(...) #__VA_ARGS__

static int failures = 0;

#define CHECK(condition)                                               \
  do {                                                                 \
    if (!(condition)) {                                                \
      printf("%s:%d: not true: %s\n", __FILE__, __LINE__, #condition); \
      ++failures;                                                      \
    }                                                                  \
  } while (0)

static const char* const path = "manual.desk";
static const int64_t eight = INT64_C(1795334400000000); /* 2026-11-22T08:00:00Z */
static const int64_t minute = INT64_C(60000000);
static const int64_t day = INT64_C(86400000000);

static tocsin_buf said = {0};    /* what the last call answered */
static char reason[64] = {0};    /* of the last call; empty: it succeeded */
static char message[512] = {0};  /* the same */
static tocsin_status status = 0; /* the same */

static int ended(tocsin_status of_the_call, tocsin_error** error) {
  status = of_the_call;
  snprintf(reason, sizeof reason, "%s", *error ? tocsin_error_reason(*error) : "");
  snprintf(message, sizeof message, "%s", *error ? tocsin_error_message(*error) : "");
  tocsin_error_free(*error);
  *error = NULL;
  return status == TOCSIN_OK;
}

static int is_refused(tocsin_status expected, const char* because) {
  if (status == expected && strcmp(reason, because) == 0) return 1;
  printf("found %s (%s)\n", reason, message);
  return 0;
}

static int execute_with(tocsin_desk* desk, int64_t at, const char* commands, uint32_t flags) {
  tocsin_error* error = NULL;
  return ended(tocsin_desk_execute(desk, at, commands, TOCSIN_CSTR, flags, &said, &error), &error);
}

static int execute(tocsin_desk* desk, int64_t at, const char* commands) { return execute_with(desk, at, commands, 0); }

static int ask(tocsin_desk* desk, const char* question) {
  tocsin_error* error = NULL;
  return ended(tocsin_desk_query(desk, question, TOCSIN_CSTR, &said, &error), &error);
}

static int advance(tocsin_desk* desk, int64_t now, uint32_t flags) {
  tocsin_error* error = NULL;
  return ended(tocsin_desk_advance(desk, now, 0, flags, NULL, NULL, &error), &error);
}

static int take(tocsin_desk* desk, const char* consumer, size_t max) {
  tocsin_error* error = NULL;
  return ended(tocsin_desk_take_effects(desk, consumer, TOCSIN_CSTR, max, &said, &error), &error);
}

static int acknowledge(tocsin_desk* desk, const char* consumer, uint64_t id) {
  tocsin_error* error = NULL;
  return ended(tocsin_desk_acknowledge_effects(desk, consumer, TOCSIN_CSTR, id, &error), &error);
}

static int has(const char* text) { return said.data && strstr(said.data, text) != NULL; }

static int times(const char* text) {
  int count = 0;
  const char* at = said.data;
  while (at && (at = strstr(at, text)) != NULL) ++count, ++at;
  return count;
}

static uint64_t first_id(void) {
  const char* mark = said.data ? strstr(said.data, "{\"id\":") : NULL;
  return mark ? strtoull(mark + strlen("{\"id\":"), NULL, 10) : 0;
}

static tocsin_desk* open_with(uint32_t flags, const char* file, const char* config) {
  tocsin_open_options options;
  tocsin_desk* desk = NULL;
  tocsin_error* error = NULL;
  tocsin_open_options_init(&options, (uint32_t)sizeof options);
  options.flags = flags;
  options.path = file;
  options.config = config;
  ended(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk, &error), &error);
  return desk;
}

static tocsin_desk* open_in_memory(void) { return open_with(0, NULL, NULL); }

static void remove_file(void) {
  remove(path);
  remove("manual.desk-wal");
  remove("manual.desk-shm");
}

static const char* const log_vpn = JSON({"command":"log_incident","actor":"host","title":"VPN is down"});

static void test_documents(void) {
  tocsin_desk* desk = open_in_memory();
  char title[512] = "{\"command\":\"log_incident\",\"actor\":\"host\",\"title\":\"";
  size_t used = strlen(title);
  CHECK(execute(desk, TOCSIN_NEVER,
                JSON({"command":"log_incident","at":"2026-11-22T09:00:00+01:00","actor":"host","title":"A"})));
  CHECK(has("\"recorded_at\":\"2026-11-22T08:00:00Z\""));
  CHECK(!execute(desk, TOCSIN_NEVER, JSON({"command":"log_incident","at":"2026-11-22T08:00:00","actor":"host"})));
  CHECK(strcmp(reason, "document.malformed_value") == 0);
  CHECK(!execute(desk, TOCSIN_NEVER, log_vpn) && strcmp(reason, "command.no_instant") == 0);

  CHECK(ask(desk, JSON({"query":"breaches_ahead","within":"P1DT30M"})));
  CHECK(!ask(desk, JSON({"query":"breaches_ahead","within":"P1M"})));
  CHECK(!ask(desk, JSON({"query":"find","limit":1.5})));
  CHECK(ask(desk, JSON({"query":"get","incident":"INC0000001"})));
  CHECK(ask(desk, JSON({"query":"get","incident":1})));
  CHECK(!execute(desk, eight, JSON({"command":"log_incident","actor":"host","title":null})));
  CHECK(strcmp(reason, "document.null") == 0);
  CHECK(!execute(desk, eight, JSON({"command":"log_incident","actor":"host","title":"A","title":"B"})));
  CHECK(strcmp(reason, "document.member_twice") == 0);
  CHECK(!execute(desk, eight, JSON({"command":"log_incident","actor":"host","titel":"A"})));

  memset(title + used, 'a', 200);
  memcpy(title + used + 200, "\"}", 3);
  CHECK(execute(desk, eight, title));
  memset(title + used, 'a', 201);
  memcpy(title + used + 201, "\"}", 3);
  CHECK(!execute(desk, eight, title));
  tocsin_desk_close(desk);
}

static void test_time_goes_forward(void) {
  tocsin_desk* desk;
  CHECK((desk = open_in_memory()) != NULL);
  CHECK(execute(desk, eight - 20000 * day, log_vpn)); /* a new desk takes any instant */
  tocsin_desk_close(desk);

  remove_file();
  desk = open_with(0, path, NULL);
  CHECK(execute(desk, eight, log_vpn));
  CHECK(execute(desk, eight - minute, log_vpn) && has("\"recorded_at\":\"2026-11-22T08:00:00Z\""));
  {
    tocsin_error* error = NULL;
    CHECK(ended(tocsin_desk_entry(desk, 3, &said, &error), &error) && has("2026-11-22T07:59:00Z"));
  }
  CHECK(!execute(desk, eight - minute - 1, log_vpn));
  CHECK(is_refused(TOCSIN_FAILED_PRECONDITION, "desk.clock_is_later"));
  CHECK(!advance(desk, eight - minute - 1, 0) && is_refused(TOCSIN_FAILED_PRECONDITION, "desk.clock_is_later"));
  CHECK(execute(
      desk, eight,
      JSON({"command":"log_incident","actor":"host","title":"Last week",
                                   "occurred_at":"2026-11-15T08:00:00Z"})));

  CHECK(!execute(desk, eight + 31 * day + 1, log_vpn));
  CHECK(is_refused(TOCSIN_FAILED_PRECONDITION, "desk.leap_too_far"));
  CHECK(!advance(desk, eight + 31 * day + 1, 0) && is_refused(TOCSIN_FAILED_PRECONDITION, "desk.leap_too_far"));
  CHECK(advance(desk, eight + 31 * day, 0));
  CHECK(ask(desk, JSON({"query":"status"})) && has("\"clock\":\"2026-12-23T08:00:00Z\""));
  tocsin_desk_close(desk); /* the advance fired nothing */
  desk = open_with(0, path, NULL);
  CHECK(ask(desk, JSON({"query":"status"})) && has("\"clock\":\"2026-11-22T08:00:00Z\""));
  CHECK(advance(desk, eight + 40 * day, TOCSIN_ADVANCE_ALLOW_LEAP));
  CHECK(execute_with(desk, eight + 80 * day, log_vpn, TOCSIN_EXECUTE_ALLOW_LEAP));
  tocsin_desk_close(desk);

  /* as the manual shows the defaults */
  desk =
      open_with(0, NULL,
                JSON({"clock_tolerance":"PT1M","max_leap":"P31D","idempotency_window":"P7D",
                                  "idempotency_keys":1000000,"number_prefix":"INC","number_width":7,
                                  "durability":"full","text_index":false}));
  CHECK(execute(desk, eight, log_vpn) && has("INC0000001"));
  CHECK(execute(desk, eight - minute, log_vpn) && !execute(desk, eight - minute - 1, log_vpn));
  CHECK(!advance(desk, eight + 31 * day + 1, 0));
  tocsin_desk_close(desk);
}

/* Ana has ten minutes, then Ben, then Cy. */
static const char* const on_call =
    JSON([
  {"command":"publish","actor":"host","people":[{"key":"ana"},{"key":"ben"},{"key":"cy"}],
   "escalation_policies":[{"key":"night","steps":[
     {"targets":[{"kind":"person","key":"ana"}],"delay":"PT10M"},
     {"targets":[{"kind":"person","key":"ben"}],"delay":"PT10M"},
     {"targets":[{"kind":"person","key":"cy"}],"delay":"PT10M"}]}]},
  {"command":"log_incident","actor":"host","title":"Mail is down"},
  {"command":"start_escalation","actor":"host","incident":1,"policy":"night"}]);

static void test_event_loop(void) {
  tocsin_desk* desk;
  tocsin_desk* copy = NULL;
  uint64_t id;
  remove_file();
  desk = open_with(0, path, NULL);
  CHECK(tocsin_desk_next_due(desk) == TOCSIN_NEVER);
  CHECK(execute(desk, eight, on_call));
  CHECK(tocsin_desk_next_due(desk) == eight + 10 * minute);

  /* send, then acknowledge: what was not acknowledged comes again, for each consumer, after a restart, too */
  CHECK(take(desk, "mailer", 100) && times("\"effect\":\"page\"") == 1 && has("\"person\":\"ana\""));
  CHECK(has("\"record\":\"INC0000001\"") && has("\"scheduled_at\":\"2026-11-22T08:00:00Z\""));
  id = first_id();
  tocsin_desk_close(desk);
  desk = open_with(0, path, NULL);
  CHECK(take(desk, "mailer", 100) && first_id() == id);
  CHECK(acknowledge(desk, "mailer", id) && acknowledge(desk, "mailer", id));
  CHECK(take(desk, "mailer", 100) && strcmp(said.data, "[]") == 0);
  CHECK(take(desk, "archive", 100) && first_id() == id);
  CHECK(!acknowledge(desk, "mailer", id - 1));
  tocsin_desk_close(desk);

  /* the timers and the cursor are in the file; a fork has no effects */
  desk = open_with(0, path, NULL);
  CHECK(tocsin_desk_next_due(desk) == eight + 10 * minute);
  CHECK(take(desk, "mailer", 100) && strcmp(said.data, "[]") == 0);
  CHECK(tocsin_desk_fork(desk, &copy, NULL) == TOCSIN_OK);
  CHECK(take(copy, "archive", 100) && strcmp(said.data, "[]") == 0);
  tocsin_desk_close(copy);

  /* away until 08:25: Ben's page is passed over, Cy's is due */
  CHECK(advance(desk, eight + 25 * minute, 0));
  CHECK(take(desk, "mailer", 100) && times("\"effect\":\"page\"") == 1 && !has("\"person\":\"ben\""));
  CHECK(has("\"person\":\"cy\"") && has("\"recorded_at\":\"2026-11-22T08:25:00Z\""));
  CHECK(acknowledge(desk, "mailer", first_id()));
  tocsin_desk_close(desk);

  /* execute fires what is due before its command, and keeps it when the command is refused */
  desk = open_in_memory();
  CHECK(execute(desk, eight, on_call));
  CHECK(!execute(desk, eight + 11 * minute,
                 JSON({"command":"add_note","actor":"host","incident":1,"text":"x",
                                                  "expected_version":99})));
  CHECK(take(desk, "mailer", 100) && has("\"person\":\"ben\""));
  CHECK(tocsin_desk_next_due(desk) == eight + 20 * minute);
  tocsin_desk_close(desk);

  /* a page whose run ended before the host came to it */
  desk = open_in_memory();
  CHECK(execute(desk, eight, on_call) && take(desk, "mailer", 1) && acknowledge(desk, "mailer", first_id()));
  CHECK(execute(desk, eight + 11 * minute,
                JSON({"command":"resolve_incident","actor":"cy","incident":1,"code":"fix",
                                                 "notes":"Restarted"})));
  CHECK(take(desk, "mailer", 100) && has("\"person\":\"ben\"") && has("\"superseded\":true"));
  tocsin_desk_close(desk);
}

static void test_two_processes(void) {
  tocsin_desk* one;
  tocsin_desk* other;
  tocsin_desk* reader;
  remove_file();
  CHECK(open_with(TOCSIN_OPEN_READ_ONLY, path, NULL) == NULL && is_refused(TOCSIN_NOT_FOUND, "store.not_found"));
  CHECK(open_with(TOCSIN_OPEN_MUST_EXIST, path, NULL) == NULL && is_refused(TOCSIN_NOT_FOUND, "store.not_found"));
  CHECK(open_with(0, "no/folder/manual.desk", NULL) == NULL && status == TOCSIN_NOT_FOUND);

  one = open_with(0, path, NULL);
  CHECK(execute(one, eight, on_call));
  CHECK(open_with(0, path, NULL) == NULL && is_refused(TOCSIN_BUSY, "store.in_use"));
  reader = open_with(TOCSIN_OPEN_READ_ONLY, path, NULL);
  CHECK(execute(one, eight, log_vpn));
  CHECK(ask(one, JSON({"query":"status"})) && has("\"live\":2"));
  CHECK(ask(reader, JSON({"query":"status"})) && has("\"live\":1")); /* as it was when it was opened */
  CHECK(!execute(reader, eight, log_vpn) && is_refused(TOCSIN_FAILED_PRECONDITION, "store.read_only"));
  CHECK(take(reader, "mailer", 1) && first_id() != 0 && !acknowledge(reader, "mailer", first_id()));
  tocsin_desk_close(reader);
  reader = open_with(TOCSIN_OPEN_READ_ONLY, path, NULL);
  CHECK(ask(reader, JSON({"query":"status"})) && has("\"live\":2"));
  tocsin_desk_close(reader);

  other = open_with(TOCSIN_OPEN_TAKE_OVER, path, NULL);
  CHECK(!execute(one, eight, log_vpn) && is_refused(TOCSIN_CONFLICT, "store.fenced"));
  CHECK(!ask(one, JSON({"query":"status"})) && is_refused(TOCSIN_CONFLICT, "store.fenced"));
  CHECK(execute(other, eight, log_vpn) && has("INC0000003"));
  tocsin_desk_close(one);
  CHECK(open_with(0, path, NULL) == NULL && is_refused(TOCSIN_BUSY, "store.in_use"));
  tocsin_desk_close(other);
  one = open_with(0, path, NULL);
  CHECK(ask(one, JSON({"query":"status"})) && has("\"live\":3"));
  tocsin_desk_close(one);
  remove_file();
}

static void test_users_and_permissions(void) {
  tocsin_desk* desk = open_in_memory();
  const char* const publish_dan = JSON({"command":"publish","actor":"eve","people":[{"key":"dan"}]});
  tocsin_incident_row rows[4];
  size_t count = 0;
  CHECK(!execute(desk, eight, JSON({"command":"log_incident","actor":"eve","title":"A","caller":"eve"})));
  CHECK(is_refused(TOCSIN_INVALID_ARGUMENT, "document.unknown_reference"));
  CHECK(execute_with(desk, eight,
                     JSON([{"command":"publish","actor":"host","people":[{"key":"eve","name":"Eve"}]},
                                        {"command":"log_incident","actor":"eve","title":"A","caller":"eve"}]),
                            TOCSIN_EXECUTE_ATOMIC));

  /* names each other, in any order; a next version replaces all of the one before; nothing by halves */
  CHECK(execute(
      desk, eight,
      JSON({"command":"publish","actor":"host","services":[{"key":"mail","owner":"ana"}],
                                   "teams":[{"key":"support","members":["ana"]}],
                                   "people":[{"key":"ana","name":"Ana","phone":"1"},{"key":"ben","manager":"ana"}]})));
  CHECK(execute(desk, eight, JSON({"command":"publish","actor":"host","people":[{"key":"ana","name":"Ana"}]})));
  CHECK(ask(desk, JSON({"query":"definitions","kind":"person","key":"ana"})) && !has("phone") && has("\"version\":2"));
  CHECK(!execute(desk, eight,
                 JSON({"command":"publish","actor":"host","people":[{"key":"cy"}],
                                    "teams":[{"key":"night","members":["nobody"]}]})));
  CHECK(ask(desk, JSON({"query":"definitions","kind":"person","key":"cy"})) && !has("\"key\":\"cy\""));

  /* without a policy everybody may do everything; with one, what it grants */
  CHECK(execute(desk, eight, publish_dan));
  CHECK(execute(
      desk, eight,
      JSON({"command":"publish","actor":"host","permission_policies":[{"key":"desk","grants":[
    {"teams":["support"],"commands":["*"],"queries":["*"],"permissions":["*"]},
    {"relations":["anyone"],"commands":["log_incident"]},
    {"relations":["caller"],"commands":["add_reply"],"queries":["get","find"],"audience":"requester"}]}]})));
  CHECK(!execute(desk, eight, publish_dan) && is_refused(TOCSIN_PERMISSION_DENIED, "permission.denied"));
  CHECK(execute(desk, eight, JSON({"command":"add_note","actor":"ana","incident":1,"text":"She calls every day"})));
  CHECK(!execute(desk, eight, JSON({"command":"add_note","actor":"eve","incident":1,"text":"x"})));
  CHECK(execute(desk, eight, JSON({"command":"add_reply","actor":"eve","incident":1,"text":"Any news?"})));
  CHECK(!execute(desk, eight, JSON({"command":"add_reply","actor":"ben","incident":1,"text":"Any news?"})));
  CHECK(execute(desk, eight, JSON({"command":"log_incident","actor":"ben","title":"B","caller":"ben"})));
  CHECK(execute(desk, eight, JSON({"command":"add_note","actor":"system","incident":1,"text":"x"})));
  CHECK(ask(desk, JSON({"query":"find"})) && times("\"id\":") == 2);
  CHECK(ask(desk, JSON({"query":"find","actor":"eve"})) && times("\"id\":") == 1 && !has("note_count"));
  CHECK(ask(desk, JSON({"query":"find","actor":"ana"})) && times("\"id\":") == 2 && has("\"note_count\":2"));
  CHECK(tocsin_desk_incidents(desk, JSON({"query":"find","actor":"eve"}), TOCSIN_CSTR, rows, sizeof *rows, 4, &count,
                                             NULL, NULL) == TOCSIN_OK &&
                              count == 1 && rows[0].id == 1);
  CHECK(ask(desk, JSON({"query":"allowed_actions","incident":1,"actor":"ana"})) && has("resolve_incident"));
  CHECK(ask(desk, JSON({"query":"form","for_command":"log_incident"})) && has("\"name\":\"title\""));

  CHECK(execute(desk, eight, JSON({"command":"erase_personal","actor":"host","person":"ana","reason":"Asked to"})));
  CHECK(ask(desk, JSON({"query":"definitions","kind":"person","key":"ana"})) && !has("\"Ana\""));
  tocsin_desk_close(desk);
}

static void test_conflicts(void) {
  tocsin_desk* desk = open_in_memory();
  tocsin_desk* standby = open_in_memory();
  tocsin_buf entries = {0};
  tocsin_error* error = NULL;
  CHECK(execute(desk, eight, log_vpn));
  CHECK(
      !execute(desk, eight, JSON({"command":"add_note","actor":"host","incident":1,"text":"x","expected_version":2})));
  CHECK(is_refused(TOCSIN_CONFLICT, "record.version"));
  CHECK(
      execute(desk, eight, JSON({"command":"add_note","actor":"host","incident":1,"text":"x","idempotency_key":"k"})));
  CHECK(
      execute(desk, eight, JSON({"command":"add_note","actor":"host","incident":1,"text":"x","idempotency_key":"k"})));
  CHECK(has("\"repeated\":true"));
  CHECK(
      !execute(desk, eight, JSON({"command":"add_note","actor":"host","incident":1,"text":"y","idempotency_key":"k"})));
  CHECK(is_refused(TOCSIN_CONFLICT, "command.idempotency_key"));
  CHECK(execute(standby, eight + minute, log_vpn)); /* goes its own way */
  CHECK(tocsin_desk_read_entries(desk, 1, 1 << 20, &entries, NULL) == TOCSIN_OK);
  CHECK(!ended(tocsin_desk_apply_entries(standby, entries.data, entries.size, NULL, &error), &error));
  CHECK(is_refused(TOCSIN_CONFLICT, "entries.do_not_follow"));
  tocsin_buf_dispose(&entries);
  tocsin_desk_close(standby);
  tocsin_desk_close(desk);
}

int main(void) {
  test_documents();
  test_time_goes_forward();
  test_event_loop();
  test_two_processes();
  test_users_and_permissions();
  test_conflicts();
  tocsin_buf_dispose(&said);
  if (failures) printf("%d checks failed\n", failures);
  return failures != 0;
}
