/* tocsin.h - the C interface of Tocsin, a service desk in a library. This header is the manual.
 *
 * What it is  A `tocsin_desk` is one service desk: a journal of what was decided, and the state that follows from it.
 *             Commands go in as JSON documents; each is accepted, and becomes an entry of the journal, or is refused
 *             and changes nothing, in memory or on disk. Questions are JSON documents, too; hot lists are typed rows.
 *             tocsin_catalogue() lists every command, event, definition and question, tocsin_schema() gives the JSON
 *             Schema (2020-12) of each.
 *
 *     tocsin_desk* desk = NULL;
 *     tocsin_error* error = NULL;
 *     tocsin_buf out = {0};
 *     if (tocsin_desk_open(TOCSIN_ABI_VERSION, NULL, &desk, &error)) goto failed;
 *     if (tocsin_desk_execute(desk, TOCSIN_NEVER,
 *           "{\"command\":\"log_incident\",\"at\":\"2026-11-22T08:00:00Z\",\"actor\":\"host\",\"title\":\"VPN is down\"}",
 *           TOCSIN_CSTR, 0, &out, &error)) goto failed;
 *     puts(out.data);
 *
 * Threads     One thread at a time per desk; desks are independent. Functions that take a const desk may run side by
 *             side. tocsin_desk_interrupt, tocsin_error_*, tocsin_buf_* and tocsin_version are safe from any thread.
 * Ownership   What you open or fork, you close; an error that you are given, you free; a buffer that you pass in, you
 *             dispose of. What is borrowed says so. NULL may always be freed, and an empty buffer disposed of.
 * Errors      0 is success. On failure every output is NULL, 0 or empty and *error, if you passed one, is yours to free.
 *             After TOCSIN_INTERNAL a desk answers every call with that same error until it is closed.
 * Text        UTF-8. Inputs are copied. TOCSIN_CSTR as a size means "up to the first NUL".
 * Time        int64 microseconds since 1970-01-01 UTC; in JSON, RFC 3339 text. Accepted from 1900 to 2199. The library
 *             reads no clock, no random source, no environment and no locale: `at` and `now` are yours to give.
 * Growth      Numbers of named constants are never reused; be ready for ones that you do not know. JSON answers may gain
 *             members: ignore what you do not know. JSON that you give is read strictly: an unknown member is refused.
 */
#ifndef TOCSIN_H
#define TOCSIN_H

#include <stddef.h>
#include <stdint.h>

#ifndef TOCSIN_API
#if defined(_WIN32)
#define TOCSIN_API __declspec(dllimport)
#elif defined(__GNUC__)
#define TOCSIN_API __attribute__((visibility("default")))
#else
#define TOCSIN_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---------------------------------------------------------------- versions */

#define TOCSIN_VERSION_MAJOR 0
#define TOCSIN_VERSION_MINOR 1
#define TOCSIN_VERSION_PATCH 0
#define TOCSIN_VERSION_NUMBER 100 /* major * 1000000 + minor * 100 + patch */
#define TOCSIN_ABI_VERSION 1u

/* The version of the library that runs, "0.1.0". @borrowed static @thread any @since 0.1 */
TOCSIN_API const char* tocsin_version(void);
/* TOCSIN_VERSION_NUMBER of the library that runs. @thread any @since 0.1 */
TOCSIN_API int32_t tocsin_version_number(void);
/* The ABI version of the library that runs. @thread any @since 0.1 */
TOCSIN_API uint32_t tocsin_abi_version(void);

/* ---------------------------------------------------------------- values */

#define TOCSIN_CSTR SIZE_MAX   /* as a size: the text ends at its first NUL */
#define TOCSIN_NEVER INT64_MAX /* the one instant that means never */
#define TOCSIN_UNSET INT64_MIN /* in a row: this instant is not set */
#define TOCSIN_HASH_SIZE 32    /* bytes of a SHA-256 */

typedef uint64_t tocsin_incident_id; /* 0: none; never reused */

/* Coarse and stable. What exactly went wrong is the error's reason. */
typedef int32_t tocsin_status;
#define TOCSIN_OK 0
#define TOCSIN_INVALID_ARGUMENT 1    /* it can never be right as it stands; the detail has the path */
#define TOCSIN_NOT_FOUND 2           /* what it names is not there */
#define TOCSIN_ALREADY_EXISTS 3      /* a key or a number is taken */
#define TOCSIN_CONFLICT 4            /* expected_version was another; a file belongs to another process */
#define TOCSIN_FAILED_PRECONDITION 5 /* the workflow or a rule does not allow it now */
#define TOCSIN_PERMISSION_DENIED 6   /* the actor may not; the detail says what would be needed */
#define TOCSIN_BUSY 7                /* another process has the file: later, or by TOCSIN_OPEN_TAKE_OVER */
#define TOCSIN_RESOURCE_EXHAUSTED 8  /* a named limit was met */
#define TOCSIN_CANCELLED 9           /* by tocsin_desk_interrupt */
#define TOCSIN_CORRUPT 10            /* a stored byte is not what was written */
#define TOCSIN_IO 11                 /* the disk or the database refused */
#define TOCSIN_UNSUPPORTED 12        /* a newer file, a newer caller */
#define TOCSIN_INTERNAL 13           /* our mistake; the desk is used no more */
#define TOCSIN_OUT_OF_MEMORY 14      /* nothing was changed */

/* "not_found" for TOCSIN_NOT_FOUND; "unknown" for a number it does not know. @borrowed static @thread any @since 0.1 */
TOCSIN_API const char* tocsin_status_name(tocsin_status status);

/* An error is immutable and may be read on any thread. */
typedef struct tocsin_error tocsin_error;

/* @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_error_status(const tocsin_error* error);
/* A stable dotted word, "workflow.transition_not_allowed". @borrowed error @thread any @since 0.1 */
TOCSIN_API const char* tocsin_error_reason(const tocsin_error* error);
/* One line for a person: what, where, what was allowed. Never parse it. @borrowed error @thread any @since 0.1 */
TOCSIN_API const char* tocsin_error_message(const tocsin_error* error);
/* A JSON object; "{}" if there is no more to say. A document that is refused has
 *   path     where in it, an RFC 6901 pointer
 *   found    the value that stands there, as JSON (a text cut after 80 characters); left out where there is none to show
 *   allowed  an array where it is a set of names, a text where it takes words
 *   nearest  the name that was probably meant, if one is near
 * e.g. {"path":"/impact","found":"hgh","allowed":["high","medium","low"],"nearest":"high"}. Others have ids, or the index
 * of the command in a batch. Message and detail are UTF-8, whatever came in. @borrowed error @thread any @since 0.1 */
TOCSIN_API const char* tocsin_error_detail(const tocsin_error* error);
/* @nullable error @thread any @since 0.1 */
TOCSIN_API void tocsin_error_free(tocsin_error* error);

/* Bytes that the library made. Start from {0}; may be passed again, which frees what it held. data[size] is NUL. */
typedef struct tocsin_buf {
  char* data;
  size_t size;
  void* reserved;
} tocsin_buf;

/* Frees what the buffer holds and empties it. @nullable buf @thread any @since 0.1 */
TOCSIN_API void tocsin_buf_dispose(tocsin_buf* buf);

/* ---------------------------------------------------------------- opening */

typedef struct tocsin_desk tocsin_desk;

#define TOCSIN_OPEN_READ_ONLY 1u  /* questions only; any number of processes at once */
#define TOCSIN_OPEN_MUST_EXIST 2u /* do not create a file */
#define TOCSIN_OPEN_TAKE_OVER 4u  /* take the file over; who had it is refused from then on: conflict, store.fenced */

typedef struct tocsin_open_options {
  uint32_t struct_size;  /* set by tocsin_open_options_init */
  uint32_t flags;        /* TOCSIN_OPEN_... */
  const char* path;      /* a desk file (SQLite); NULL: a desk in memory */
  size_t path_size;      /* TOCSIN_CSTR by default */
  const char* config;    /* a JSON document, schema "desk_options"; NULL: defaults */
  size_t config_size;    /* TOCSIN_CSTR by default */
  const void* salt_seed; /* 16 to 64 secret bytes for the salts of personal fields; NULL: commitments of values
                              that can be guessed can be guessed */
  size_t salt_seed_size;
} tocsin_open_options;

/* Fills in the defaults. Pass sizeof(tocsin_open_options). @thread any @since 0.1 */
TOCSIN_API void tocsin_open_options_init(tocsin_open_options* options, uint32_t struct_size);

/* Opens a desk. Pass TOCSIN_ABI_VERSION. An empty file, or none, becomes a new desk.
 * Errors: unsupported (other ABI version, newer file), corrupt (not a desk, or damaged), busy (another process has it),
 * io, invalid_argument (an option). @nullable options @owned desk_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_open(uint32_t abi_version, const tocsin_open_options* options,
                                          tocsin_desk** desk_out, tocsin_error** error);
/* @nullable desk @since 0.1 */
TOCSIN_API void tocsin_desk_close(tocsin_desk* desk);

/* A copy that shares the records of `desk` and reads its store as it is now, but never writes to it: for simulation,
 * drills and "what if". It may be used on another thread, and outlive the desk. Its effects go nowhere.
 * @owned fork_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_fork(const tocsin_desk* desk, tocsin_desk** fork_out, tocsin_error** error);

/* ---------------------------------------------------------------- commands and time */

#define TOCSIN_EXECUTE_ATOMIC 1u     /* an array of commands is accepted as a whole or not at all */
#define TOCSIN_EXECUTE_DRY_RUN 2u    /* answer what would happen; change nothing */
#define TOCSIN_EXECUTE_ALLOW_LEAP 4u /* allow `at` to lie further ahead than the option max_leap */
#define TOCSIN_EXECUTE_LINES 8u      /* the document is JSON Lines: one command a line */

/* Executes one command (a JSON object) or a batch (an array, or JSON Lines by flag), first firing the timers that are
 * due strictly before each command's instant.
 *
 * A command is an object: "command" (its name), "at" (RFC 3339; without it at_us is taken), "actor" (the key of a
 * person; "host" is the embedding program), optionally "idempotency_key" and "expected_version", and its own fields.
 *
 * One command: a refusal is the status of the call; results_out holds one result object. A batch: results_out holds an
 * array in order; with TOCSIN_EXECUTE_ATOMIC the first refusal is the status of the call and names the index in its
 * detail; without, each refused command has {"error": {...}} as its result, and the call succeeds. All that a call
 * accepted is committed together, before it returns.
 *
 * In a batch, purge_records stands first and nothing follows it, and erase_personal does not follow what it is to erase:
 * they go through what is stored (desk.purge_in_batch, desk.erase_in_batch).
 *
 * A result: "sequence" of the entry, "recorded_at", "record" (its id, number, version), "events", and "repeated": true
 * where the idempotency key was known.
 *
 * An idempotency key belongs to its actor: two actors may use the same one. The same command again under it, whatever its
 * "at", does nothing and answers the first result, but for what the actor may not see any more, which is asked as by the
 * query "get" (permission_denied). Another command or other fields under it are a conflict, command.idempotency_key, that
 * names what differs. Keys are remembered for the options idempotency_window and idempotency_keys, whatever became of the
 * record: where it was purged, the retry is not_found, record.purged or journal.purged. Where a retry is refused, its
 * detail names the first one's "entry". @nullable results_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_execute(tocsin_desk* desk, int64_t at_us, const char* commands,
                                             size_t commands_size, uint32_t flags, tocsin_buf* results_out,
                                             tocsin_error** error);

#define TOCSIN_ADVANCE_ALLOW_LEAP 4u

/* Fires what is due up to and including now_us, in order, at most `limit` entries (0: all). fired_out says how
 * many, more_out (0 or 1) whether more is due. @nullable fired_out @nullable more_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_advance(tocsin_desk* desk, int64_t now_us, uint64_t limit, uint32_t flags,
                                             uint64_t* fired_out, int32_t* more_out, tocsin_error** error);

/* When tocsin_desk_advance has something to do next; TOCSIN_NEVER: nothing is waiting. @since 0.1 */
TOCSIN_API int64_t tocsin_desk_next_due(const tocsin_desk* desk);

/* Makes the call that runs on another thread (execute of a batch, advance, query, verify) stop between two steps with
 * TOCSIN_CANCELLED; what it had committed stays. Without such a call the next one is stopped. May be called
 * from a signal handler. @thread any @since 0.1 */
TOCSIN_API void tocsin_desk_interrupt(tocsin_desk* desk);

/* Says who has a record open: {"incident", "actor", "activity": "viewing", "editing" or "left", "at", "until"}.
 * A hint for screens, in memory alone: no journal has it, no decision goes by it, and it is over at "until", an hour
 * after "at" at most, unless it is said again. Ask by the query "presence". @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_note_presence(tocsin_desk* desk, const char* presence, size_t presence_size,
                                                   tocsin_error** error);

/* ---------------------------------------------------------------- questions */

/* Answers a question: a JSON object with "query" (its name) and the query's fields. Queries: get, find, count,
 * timeline, timers, definitions, summary, attainment, metric, status, allowed_actions, form, changes, explain ...; see
 * tocsin_schema("queries"). find and count are about incidents; "types" names other types of record, or "all". get,
 * find, count, summary, explain and clocks take "as_of": as it was then. "actor" says who asks, and sees what permission
 * policies grant and restrictions leave; without it the host asks, who sees everything.
 * @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_query(const tocsin_desk* desk, const char* query, size_t query_size,
                                           tocsin_buf* answer_out, tocsin_error** error);

/* Numbers in rows, for states and levels. 0: not set. */
#define TOCSIN_STATE_KIND_NEW 1
#define TOCSIN_STATE_KIND_ASSIGNED 2
#define TOCSIN_STATE_KIND_IN_PROGRESS 3
#define TOCSIN_STATE_KIND_ON_HOLD 4
#define TOCSIN_STATE_KIND_RESOLVED 5
#define TOCSIN_STATE_KIND_CLOSED 6
#define TOCSIN_STATE_KIND_CANCELLED 7

#define TOCSIN_PRIORITY_CRITICAL 1
#define TOCSIN_PRIORITY_HIGH 2
#define TOCSIN_PRIORITY_MODERATE 3
#define TOCSIN_PRIORITY_LOW 4
#define TOCSIN_PRIORITY_PLANNING 5

/* One incident as a list shows it. Grows only at the end. Instants: TOCSIN_UNSET where not set. */
typedef struct tocsin_incident_row {
  tocsin_incident_id id;
  uint64_t number; /* 42 of INC0000042, and of REQ0000042 */
  int64_t opened_at_us;
  int64_t updated_at_us; /* recorded instant of the last entry */
  int64_t resolved_at_us;
  int64_t closed_at_us;
  uint32_t version;
  uint32_t reopen_count;
  uint32_t reassignment_count;
  int32_t state_kind; /* TOCSIN_STATE_KIND_... */
  int32_t priority;   /* TOCSIN_PRIORITY_... */
  int32_t severity;   /* 1 highest to 5; 0: not set */
} tocsin_incident_row;

/* The rows of a "find" question (without its "fields"), typed. Fills at most `capacity` rows of `row_size` bytes each
 * (sizeof(tocsin_incident_row)); a smaller row_size of an older caller is served. cursor_out, if given, holds the text
 * to pass as "cursor" for the rows that follow, empty at the end.
 * @len rows capacity @nullable cursor_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_incidents(const tocsin_desk* desk, const char* query, size_t query_size,
                                               void* rows, size_t row_size, size_t capacity, size_t* count_out,
                                               tocsin_buf* cursor_out, tocsin_error** error);

/* ---------------------------------------------------------------- effects */

/* The effects that `consumer` has not acknowledged, oldest first, at most max: a JSON array of objects with "id" (to
 * deduplicate by), "effect", "record", "scheduled_at", "recorded_at" and the effect's fields. Nothing is sent by the
 * library. A consumer is a name of your choice; each has a cursor of its own, which begins at the beginning. There may
 * be 1000 of them; one more is refused with TOCSIN_RESOURCE_EXHAUSTED. @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_take_effects(tocsin_desk* desk, const char* consumer, size_t consumer_size,
                                                  size_t max, tocsin_buf* effects_out, tocsin_error** error);

/* Moves the consumer's cursor past every effect up to and including `effect_id`. Survives a restart. Going back is
 * refused. @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_acknowledge_effects(tocsin_desk* desk, const char* consumer, size_t consumer_size,
                                                         uint64_t effect_id, tocsin_error** error);

/* ---------------------------------------------------------------- the journal */

/* The sequence and the chain hash (TOCSIN_HASH_SIZE bytes) of the last entry, to anchor outside. An empty journal
 * has sequence 0 and zero bytes. @len hash_out TOCSIN_HASH_SIZE @nullable hash_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_head(const tocsin_desk* desk, uint64_t* sequence_out, uint8_t* hash_out,
                                          tocsin_error** error);

/* Reads the whole journal, every record and every other row again: chain, commitments, checksums, that the fold of the
 * journal is the state, that definitions, idempotency keys and purged records are what its entries say, and that nothing
 * else is in the file. Damage is TOCSIN_CORRUPT and names the first damaged entry, record or row. What it cannot know:
 * docs/sql.md, "Damage". report_out: what was checked.
 * @nullable report_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_verify(const tocsin_desk* desk, tocsin_buf* report_out, tocsin_error** error);

/* Entries from that sequence on as bytes, as many as fit into bytes_max (one at least), for a standby or storage of your
 * own; what tocsin_desk_apply_entries takes. At the end of the journal there are none in it: see
 * tocsin_desk_head. @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_read_entries(const tocsin_desk* desk, uint64_t from_sequence, size_t bytes_max,
                                                  tocsin_buf* entries_out, tocsin_error** error);

/* Takes up entries that continue this desk's journal, byte for byte; those that it has already are passed over.
 * applied_out: how many were new. Entries that do not follow are TOCSIN_CONFLICT. A standby is kept so, and becomes a
 * desk of its own with the first command. @nullable applied_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_apply_entries(tocsin_desk* desk, const void* entries, size_t entries_size,
                                                   uint64_t* applied_out, tocsin_error** error);

/* A copy of a desk in a file as it is now, in a new file, while the desk goes on. TOCSIN_ALREADY_EXISTS where there is
 * anything by that name, TOCSIN_NOT_FOUND for a folder that is not there, TOCSIN_UNSUPPORTED for a desk in memory.
 * @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_backup(const tocsin_desk* desk, const char* path, size_t path_size,
                                            tocsin_error** error);

/* One entry as JSON: its command, events and hash. @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_entry(const tocsin_desk* desk, uint64_t sequence, tocsin_buf* entry_out,
                                           tocsin_error** error);

/* ---------------------------------------------------------------- zones */

#define TOCSIN_LOCAL_UNIQUE 0
#define TOCSIN_LOCAL_SKIPPED 1  /* the clock jumped over it: the instant of the jump is given */
#define TOCSIN_LOCAL_REPEATED 2 /* it came twice: the first is given */

/* The instant at which clocks in `zone` (an IANA name) show local_us, microseconds since 1970-01-01 00:00 of the local
 * clock. By the zone data that the library carries; nothing is read from the host. Unknown zone: not_found.
 * @nullable kind_out @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_local_to_instant(const char* zone, size_t zone_size, int64_t local_us,
                                                 int64_t* instant_us_out, int32_t* kind_out, tocsin_error** error);
/* What clocks in `zone` show at the instant. @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_instant_to_local(const char* zone, size_t zone_size, int64_t instant_us,
                                                 int64_t* local_us_out, tocsin_error** error);

/* ---------------------------------------------------------------- business time */

/* When a place is open, and arithmetic that counts only then: a business calendar, for use with a desk or without one.
 * It never changes: any number of threads may ask the same calendar. */
typedef struct tocsin_calendar tocsin_calendar;

/* Compiles a definition (JSON, schema "business_calendar") by the zone data that the library carries, for all instants
 * accepted. `others`: a JSON array of the definitions that it combines, in any order; "24x7" is always there.
 * Errors: invalid_argument (the detail has the path), not_found (a part is unknown).
 * @nullable others @owned calendar_out @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_new(const char* definition, size_t definition_size, const char* others,
                                             size_t others_size, tocsin_calendar** calendar_out, tocsin_error** error);
/* @nullable calendar @since 0.1 */
TOCSIN_API void tocsin_calendar_free(tocsin_calendar* calendar);

/* Each of the following answers `count` questions at once, item by item: question i is item i of each input, its answer
 * item i of the output. What can never be answered is TOCSIN_NEVER, and, of what lies in the past, TOCSIN_UNSET. One
 * instant outside of 1900 to 2199 fails the whole call with invalid_argument, and every answer is 0. */

/* Open time from one instant to another; negative if it goes back. @len count @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_elapsed(const tocsin_calendar* calendar, const int64_t* from_us,
                                                 const int64_t* to_us, int64_t* elapsed_us_out, size_t count,
                                                 tocsin_error** error);
/* The earliest instant with that much open time since `at`; used up at closing, that is the closing. For 0: as
 * tocsin_calendar_next_open; for less than 0: as subtract. @len count @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_add(const tocsin_calendar* calendar, const int64_t* at_us,
                                             const int64_t* duration_us, int64_t* instant_us_out, size_t count,
                                             tocsin_error** error);
/* The latest instant with that much open time until `at`. For 0: as tocsin_calendar_previous_close; for less than 0: as
 * add. @len count @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_subtract(const tocsin_calendar* calendar, const int64_t* at_us,
                                                  const int64_t* duration_us, int64_t* instant_us_out, size_t count,
                                                  tocsin_error** error);
/* `at` itself if it is open, else the next opening. @len count @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_next_open(const tocsin_calendar* calendar, const int64_t* at_us,
                                                   int64_t* instant_us_out, size_t count, tocsin_error** error);
/* The end of the current or next open run, after `at`. @len count @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_next_close(const tocsin_calendar* calendar, const int64_t* at_us,
                                                    int64_t* instant_us_out, size_t count, tocsin_error** error);
/* The latest instant up to `at` with open time just before it. @len count @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_previous_close(const tocsin_calendar* calendar, const int64_t* at_us,
                                                        int64_t* instant_us_out, size_t count, tocsin_error** error);
/* So many business days on (back, if negative) from the day of `at`, at the same local time or the next opening. The
 * day of `at` is the start if `at` lies before its last closing, else the next business day is.
 * @len count @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_add_business_days(const tocsin_calendar* calendar, const int64_t* at_us,
                                                           const int64_t* days, int64_t* instant_us_out, size_t count,
                                                           tocsin_error** error);
/* The last closing of the day that tocsin_calendar_add_business_days counts to. @len count @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_end_of_business_day(const tocsin_calendar* calendar, const int64_t* at_us,
                                                             const int64_t* days, int64_t* instant_us_out, size_t count,
                                                             tocsin_error** error);

/* One question as JSON, schema "calendar_question": an object with "operation" and what it asks for, as
 * {"operation":"explain","from":"2026-11-20T08:00:00Z","to":"2026-11-23T08:00:00Z"} for the open intervals between two
 * instants. Operations: those above, is_open, is_business_day, explain, describe. The answer: "answer", and "us", the
 * same in microseconds. @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_calendar_ask(const tocsin_calendar* calendar, const char* question,
                                             size_t question_size, tocsin_buf* answer_out, tocsin_error** error);

/* The holidays of an iCalendar feed (RFC 5545): {"holidays":[...],"skipped":[...],"warnings":[...]}, for a person to
 * review before they are put into a definition. Errors: invalid_argument, resource_exhausted.
 * @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_import_holidays(const char* icalendar, size_t icalendar_size, tocsin_buf* holidays_out,
                                                tocsin_error** error);

/* ---------------------------------------------------------------- on-call */

/* Who is on call, without a desk. `lines` are JSON Lines: {"define":"rotation",...} (or "person", "schedule", "override",
 * "swap", "absence", "contact", "icalendar") says what is, {"operation":"who",...} (or "shifts", "hand_offs", "gaps",
 * "fairness", "changes", "export", "attempts", "swaps") asks about what the lines before it said. Each line that is not
 * blank is answered by one line, in order; what is wrong with it is its answer, {"error":{...}}, and the call succeeds.
 * `book`: lines that define, taken for granted; one that is wrong fails the call, its number in the detail. The forms, with
 * an example each: docs/oncall.md. @nullable book @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_oncall_answer(const char* book, size_t book_size, const char* lines, size_t lines_size,
                                              tocsin_buf* answers_out, tocsin_error** error);

/* ---------------------------------------------------------------- intake */

/* Documents of monitoring systems in, commands for tocsin_desk_execute out (JSON Lines, one "report_event" each; lines of
 * their own for what cannot be understood), without a desk. `mapping`: "alertmanager", for what Prometheus Alertmanager
 * posts to webhooks, or a mapping as JSON: docs/machine_events.md. Errors: invalid_argument,
 * resource_exhausted. @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_intake_commands(const char* mapping, size_t mapping_size, const char* document,
                                                size_t document_size, tocsin_buf* commands_out, tocsin_error** error);

/* ---------------------------------------------------------------- escalation */

/* Who is paged when, without a desk. As tocsin_oncall_answer, whose lines are understood, too; and
 * {"define":"escalation_policy",...} (or "team", "service", "role", "manager", "business_calendar"),
 * {"operation":"simulate",...} (or "lint", "draw"). The forms, with an example each:
 * docs/escalation_policies.md. @nullable book @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_escalation_answer(const char* book, size_t book_size, const char* lines,
                                                  size_t lines_size, tocsin_buf* answers_out, tocsin_error** error);

/* ---------------------------------------------------------------- vocabulary */

/* The JSON Schema (2020-12) of one document kind by name: "log_incident", "commands", "queries", "workflow", ... or of
 * all, in one document with $defs, for "all". @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_schema(const char* name, size_t name_size, tocsin_buf* schema_out,
                                       tocsin_error** error);

/* Every command, event, effect, definition, record, query and choice with meaning and fields, as JSON.
 * @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_catalogue(tocsin_buf* catalogue_out, tocsin_error** error);

#ifdef __cplusplus
}
#endif
#endif
