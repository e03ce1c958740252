/* A company that repairs lifts embeds a desk: a workflow and an agreement of its own, an event loop, an outbox that sends
 * nothing twice, a restart from the file in the middle of it. The clock is played: "sleeping" sets it, so the program is soon
 * over and says the same each time. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <tocsin.h>

#define JSON(...) #__VA_ARGS__ /* these documents are constants; a host makes its own by a JSON library */

static const char* const path = "embedding.desk";
static const int64_t minute = INT64_C(60000000);
static const int64_t day = INT64_C(86400000000);
static int64_t now; /* the host's clock: microseconds since 1970 */

/* Who there is, when the office is open, how a fault is repaired, how soon somebody has to begin, and who is paged half-way
 * if nobody has. Definitions of one publish may name each other. */
static const char* const definitions =
    JSON({
  "command": "publish", "actor": "host",
  "people": [{"key": "dora", "name": "Dora"}, {"key": "tom", "name": "Tom"}, {"key": "tenant", "name": "A. Tenant"}],
  "teams": [{"key": "lifts", "name": "Lifts", "members": ["dora", "tom"]}],
  "business_calendars": [{"key": "office", "zone": "Europe/Vienna", "weekly": [
    {"days": ["monday", "tuesday", "wednesday", "thursday", "friday"], "start": "08:00", "end": "17:00"}]}],
  "custom_fields": [{"key": "inspected", "kind": "boolean", "types": ["lift_fault"]}],
  "workflows": [{
    "key": "lift", "name": "Fault in a lift",
    "states": [
      {"name": "reported", "kind": "new", "initial": true},
      {"name": "under_repair", "kind": "in_progress"},
      {"name": "repaired", "kind": "resolved"},
      {"name": "closed", "kind": "closed"}],
    "transitions": [
      {"verb": "assign", "from": ["reported", "under_repair"]},
      {"verb": "begin_work", "from": ["reported"], "to": "under_repair"},
      {"verb": "resolve", "from": ["under_repair"], "to": "repaired",
       "guards": [{"condition": {"var": "custom.inspected"}, "says": "the lift has been inspected"}]},
      {"verb": "close", "from": ["repaired"], "to": "closed"}],
    "resolution_codes": ["repaired", "replaced"],
    "auto_close_after": "P3D"}],
  "record_types": [{"key": "lift_fault", "name": "Lift", "base": "incident", "number_prefix": "LFT", "workflow": "lift"}],
  "escalation_policies": [{"key": "nobody_came", "steps": [
    {"targets": [{"kind": "person", "key": "tom"}], "delay": "PT10M"}]}],
  "sla_policies": [{
    "key": "begin", "kind": "sla", "metric": "response", "calendar": "office",
    "where": {"==": [{"var": "type"}, "lift_fault"]},
    "targets": [{"duration": "PT1H"}],
    "thresholds": [{"name": "half", "percent": 50, "notify": ["team"], "escalate": "nobody_came"}]}]
});

/* What reaches the host, and when (minutes after the start). NULL: the host is stopped and started again. */
/* clang-format off */
static const struct arrival {
  int64_t minute;
  const char* command;
} arrivals[] = {
  {0, JSON({"command": "log_incident", "actor": "host", "type": "lift_fault", "title": "Lift 2 stands still",
            "caller": "tenant", "idempotency_key": "mail-4711"})},
  {1, JSON({"command": "assign_incident", "actor": "dora", "incident": "LFT0000001", "team": "lifts"})},
  {20, NULL},
  {32, JSON({"command": "acknowledge_page", "actor": "tom", "incident": "LFT0000001"})},
  {55, JSON({"command": "begin_work", "actor": "tom", "incident": "LFT0000001"})},
  {90, JSON({"command": "resolve_incident", "actor": "tom", "incident": "LFT0000001", "code": "repaired", "notes": "Fuse"})},
  {95, JSON({"command": "set_custom_fields", "actor": "tom", "incident": "LFT0000001", "custom": {"inspected": true}})},
  {96, JSON({"command": "resolve_incident", "actor": "tom", "incident": "LFT0000001", "code": "repaired", "notes": "Fuse"})},
};
/* clang-format on */

/* Says what went wrong and ends the program. A host looks at the status: tocsin.h says what to do about each. */
static void demand(tocsin_status status, tocsin_error** error) {
  if (status == TOCSIN_OK) return;
  fprintf(stderr, "%s: %s %s\n", tocsin_error_reason(*error), tocsin_error_message(*error),
          tocsin_error_detail(*error));
  tocsin_error_free(*error);
  exit(1);
}

static tocsin_desk* open_desk(void) {
  tocsin_open_options options;
  tocsin_desk* desk = NULL;
  tocsin_error* error = NULL;
  tocsin_open_options_init(&options, sizeof options);
  options.path = path;
  options.salt_seed = "sixteen secret bytes, at least"; /* from where the host keeps its secrets */
  options.salt_seed_size = strlen(options.salt_seed);
  demand(tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &desk, &error), &error);
  return desk;
}

/* A command that comes from outside may be refused; that is an answer to whoever gave it, and no failure of the host. */
static void execute(tocsin_desk* desk, const char* command) {
  tocsin_error* error = NULL;
  const tocsin_status status = tocsin_desk_execute(desk, now, command, TOCSIN_CSTR, 0, NULL, &error);
  if (status == TOCSIN_FAILED_PRECONDITION) {
    printf("  refused: %s\n", tocsin_error_message(error));
    tocsin_error_free(error);
  } else {
    demand(status, &error);
  }
}

/* Sends what lies in the outbox, one effect after the other: first send, then acknowledge. If the host dies in between, the
 * effect comes again, and the receiver knows its id. */
static void send_effects(tocsin_desk* desk, int* sent) {
  for (;;) {
    tocsin_buf effects = {0};
    tocsin_error* error = NULL;
    uint64_t id;
    demand(tocsin_desk_take_effects(desk, "mailer", TOCSIN_CSTR, 1, &effects, &error), &error);
    if (strcmp(effects.data, "[]") == 0) {
      tocsin_buf_dispose(&effects);
      return;
    }
    printf("  send %s\n", effects.data);
    id = strtoull(strstr(effects.data, "\"id\":") + strlen("\"id\":"), NULL, 10);
    tocsin_buf_dispose(&effects);
    demand(tocsin_desk_acknowledge_effects(desk, "mailer", TOCSIN_CSTR, id, &error), &error);
    ++*sent;
  }
}

static int64_t earlier(int64_t one, int64_t other) { return one < other ? one : other; }
static int64_t later(int64_t one, int64_t other) { return one < other ? other : one; }

/* What a host does all day: sleep, advance, execute what arrived, send. Ends when nothing is to come. */
static tocsin_desk* run(tocsin_desk* desk, int64_t start, int* sent) {
  const size_t count = sizeof arrivals / sizeof *arrivals;
  size_t next = 0;
  for (;;) {
    const int64_t arrival = next < count ? start + arrivals[next].minute * minute : TOCSIN_NEVER;
    const int64_t wake = earlier(arrival, tocsin_desk_next_due(desk));
    tocsin_error* error = NULL;
    if (wake == TOCSIN_NEVER) return desk; /* a host waits for the next command here */
    now = later(now, earlier(wake, now + day));
    printf("minute %d\n", (int)((now - start) / minute));
    demand(tocsin_desk_advance(desk, now, 0, 0, NULL, NULL, &error), &error);
    if (arrival <= now) {
      if (arrivals[next].command != NULL) {
        execute(desk, arrivals[next].command);
      } else {
        tocsin_desk_close(desk);
        desk = open_desk();
      }
      ++next;
    }
    send_effects(desk, sent);
  }
}

int main(void) {
  const int64_t start = INT64_C(1795417200000000); /* Monday 2026-11-23, 08:00 in Vienna */
  int sent = 0;
  size_t count = 0;
  tocsin_incident_row row = {0};
  tocsin_error* error = NULL;
  tocsin_desk* desk;

  remove(path);
  desk = open_desk();
  now = start;
  execute(desk, definitions);
  desk = run(desk, start, &sent);

  demand(tocsin_desk_incidents(desk, "{}", TOCSIN_CSTR, &row, sizeof row, 1, &count, NULL, &error), &error);
  printf("%d effects sent; the fault was repaired after %d minutes\n", sent,
         (int)((row.resolved_at_us - row.opened_at_us) / minute));
  tocsin_desk_close(desk);
  remove(path);
  return count == 1 && row.state_kind == TOCSIN_STATE_KIND_CLOSED && sent == 6 ? 0 : 1;
}
