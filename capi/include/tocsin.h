/* tocsin.h - the C interface of Tocsin, a service desk in a library. This header is the manual.
 *
 * What it is  A `tocsin_desk` is one service desk: a journal of what was decided, and the state that follows from it.
 *             Commands go in as JSON documents; each is accepted, and becomes an entry of the journal, or is refused
 *             and changes nothing, in memory or on disk. Questions are JSON documents, too; hot lists are typed rows.
 *             The chapter "vocabulary" lists them by name; tocsin_schema() gives the JSON Schema (2020-12) of each.
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
 *
 * Chapters    Documents, time goes forward, in an event loop, two processes, your users and permissions, upgrading. Then
 *             the functions: versions, values, opening, commands and time, questions, effects, the journal, zones,
 *             business time, on-call, conditions, intake, escalation, vocabulary. The manuals that it names (docs/...) and the
 *             examples are installed with it, in share/doc/tocsin; examples/06_embedding.c is a whole program.
 */

/* ---------------------------------------------------------------- documents
 *
 * instant     "2026-11-22T08:00:00Z", with any offset, never without one; answers are in UTC
 * duration    "PT4H", "P1DT30M": ISO 8601, a day has 24 hours. No months or years
 * number      an integer; there are no fractions
 * choice      its name, as in the schema: "high"
 * record      its number as it was given, "INC0000042", or its id, 42
 * key         of a person, team, service, ...: a text that was published before, or is published by the same command
 * condition   JsonLogic's syntax: docs/conditions.md
 *
 * A member that is not given is left out; null is refused, and so is a member that is given twice. At most, a document has
 * 64 MiB, a batch 100,000 commands, a description or note 32,000 characters, a title or a name 200, a key 100.
 */

/* ---------------------------------------------------------------- time goes forward
 *
 * A desk has a clock: the latest instant that it was given, as `at` of a command or by tocsin_desk_advance. A new desk
 * takes any instant. From then on
 *
 * - it does not go back. A command that is earlier by no more than the option clock_tolerance (a minute) is recorded at
 *   the desk's clock, and its entry keeps the instant that it stated. One that is earlier still is refused:
 *   failed_precondition, desk.clock_is_later. What happened earlier in the world is said by a field: `occurred_at`,
 *   `detected_at` and `reported_at` of log_incident may lie in the past. Whole histories come in by import_record.
 * - it does not leap. An instant further ahead than the option max_leap (31 days) is refused, desk.leap_too_far, for it
 *   is more likely a mistake than the truth. Where it is true, as after a host was off for two months, say so by
 *   TOCSIN_EXECUTE_ALLOW_LEAP or TOCSIN_ADVANCE_ALLOW_LEAP.
 *
 * An advance that fires nothing moves the clock in memory only: after opening, it is that of the last entry.
 * {"query":"status"} tells it.
 */

/* ---------------------------------------------------------------- in an event loop
 *
 * The library has no thread and no timer, and sends nothing. The host sleeps until something is due, and sends what lies
 * in the outbox:
 *
 *     for (;;) {
 *       wait_until(min(tocsin_desk_next_due(desk), now() + ONE_DAY));   ... or until a command arrives
 *       tocsin_desk_advance(desk, now(), 0, 0, NULL, NULL, &error);     fires what is due
 *       if (arrived) tocsin_desk_execute(desk, now(), arrived, TOCSIN_CSTR, 0, &result, &error);
 *       for (;;) {                                                      sends what came of both
 *         tocsin_desk_take_effects(desk, "mailer", TOCSIN_CSTR, 100, &effects, &error);
 *         if (is_empty(effects)) break;
 *         for (each effect, in order) {
 *           send(effect);
 *           tocsin_desk_acknowledge_effects(desk, "mailer", TOCSIN_CSTR, effect.id, &error);
 *         }
 *       }
 *     }
 *
 * - tocsin_desk_next_due changes with every command and every advance: ask before each sleep. It may lie in the past, when
 *   the host comes late, and is TOCSIN_NEVER when nothing waits. Wake once a day all the same: then no sleep is a leap.
 * - tocsin_desk_execute fires by itself what is due before its command, and keeps what fired when the command is refused.
 *   Without tocsin_desk_advance everything happens as well, only not before the next command.
 * - What came due while the host was away fires at its own instant and in order, as if the host had been there; an
 *   escalation, however, pages only the step that is due by now (docs/escalations.md).
 * - Send first, then acknowledge. A host that dies in between sends that effect again, under the same `id`: whoever
 *   receives it can tell. Acknowledging takes everything up to that id, so send in order. Do not send a page that is
 *   `superseded`: its run ended by the same call that fired it.
 * - How it went is a command: report_delivery for a page, report_notice for a notice to a requester.
 * - Nothing of this has to be kept by the host. Timers follow from the journal, the cursors of consumers are in the file:
 *   open the desk again after a stop or a crash, and go on with the loop.
 */

/* ---------------------------------------------------------------- two processes
 *
 * A desk file is written by one process at a time, and by one desk of it.
 *
 * - Opening a file that another desk writes is busy, store.in_use. It is free again as soon as that desk is closed, or its
 *   process is dead, however it died: there is nothing to remove or to repair.
 * - TOCSIN_OPEN_READ_ONLY opens it all the same, in any number of processes. Such a desk answers as the file was when it
 *   was opened, and does not follow: open again to see more. Reporting tools read SQL views: docs/sql.md.
 * - TOCSIN_OPEN_TAKE_OVER takes the file from a process that hangs. That process is fenced off: each of its calls from
 *   then on, questions too, is a conflict, store.fenced, and nothing that it does reaches the file. It closes its desk.
 * - busy, store.busy, from a desk that is open: another program has kept the file locked for two seconds. Nothing was
 *   changed; call again.
 * - Keep the file on a disk of the machine that writes it: the lock is the kernel's. Two machines are a desk and a standby
 *   (tocsin_desk_read_entries, tocsin_desk_apply_entries); which of them leads is the host's to decide.
 * - After fork(2), leave the desk alone in the child. Do not open the file by another copy of SQLite in the same process.
 */

/* ---------------------------------------------------------------- your users and permissions
 *
 * The library knows nobody's password. It believes the `actor` that a command or question names, so the host puts it in,
 * from its own session, and takes neither actor nor `at` from what a client sent. "host" is the embedding program and may
 * do everything, and so may "system", the timers: let no user be one of them.
 *
 * - Whoever acts, calls or is assigned is published as a person first, or it is refused: document.unknown_reference.
 *   A new user is a batch: publish, then their command, with TOCSIN_EXECUTE_ATOMIC.
 * - The key of a person stands in the journal for ever: take a pseudonym, such as the id of your user table. Name, mail
 *   and phone are personal values, which erase_personal erases for good.
 * - One publish may define things that name each other, in any order, and is accepted or refused as a whole. What has the
 *   key of an earlier definition is its next version and replaces all of it: members that are left out are gone.
 * - Without a permission policy everybody may do everything, publish included, but for what a restriction of a record
 *   forbids. With the first policy everybody may do what the policies grant, together, and nothing else:
 *
 *     {"command":"publish","actor":"host","permission_policies":[{"key":"desk","grants":[
 *       {"teams":["support"],"commands":["*"],"queries":["*"],"permissions":["*"]},
 *       {"relations":["anyone"],"commands":["log_incident"]},
 *       {"relations":["caller"],"commands":["add_reply"],"queries":["get","find"],"audience":"requester"}]}]}
 *
 *   A grant is to people, teams or relations to the record, for commands, questions, and the permissions that workflows
 *   demand, on records for which its condition `where` holds. log_incident has no record yet, so that of the relations
 *   `anyone` alone holds. Whoever may publish ("*" has it, too) may publish policies.
 * - A question without `actor` is the host's, and sees everything: name the user in whatever you show to a user, in
 *   tocsin_desk_incidents, too. allowed_actions says what a user may do with a record, and why not; form, what a screen
 *   needs for it.
 * - Functions that take no actor are the host's: effects, entries, backups and forks have everything. docs/permissions.md
 */

/* ---------------------------------------------------------------- upgrading
 *
 * The program  TOCSIN_ABI_VERSION is what it was compiled with; a library of another one refuses to open. Within one ABI
 *              version functions, constants and members of structs are added, never changed: an older program runs with a
 *              newer library.
 * Files        A newer library opens the files of every older one. The first time for writing it adds what is missing in
 *              tables and views; until then TOCSIN_OPEN_READ_ONLY may be unsupported, store.older. An older library may
 *              refuse the file afterwards, store.newer. So: close, copy the file or make a backup, open with the new
 *              library. The way back is the copy.
 * The journal  Entries are never rewritten, and every release reads all of them: docs/journal.md.
 * Standbys     come first: an older library refuses entries that it does not understand, unsupported.
 * Definitions  A new library publishes nothing by itself. {"query":"status"} lists under built_in_pack_updates what its
 *              built-in pack would change; publish what you want of it (examples/packs/built_in.json).
 * Zone data    comes with the library. Where newer data moves a calendar that a desk uses, the desk says so by an entry,
 *              zone_data_changed, before anything else: deadlines ahead move with it, verdicts that are past stay.
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

/* What to do about a status:
 *
 * INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, PERMISSION_DENIED
 *             The answer to whoever asked: show them the message. The same call is refused again until something changes.
 * CONFLICT    Somebody was faster, or one thing was said in two ways. The reason says which:
 *               record.version           the record is no longer at expected_version: read it, decide anew
 *               command.idempotency_key  this actor used the key for something else: a fault of the caller
 *               store.fenced             another process has taken the file over: close the desk, write no more
 *               entries.do_not_follow    not the journal that this standby has: begin it anew from a backup
 * BUSY        Another process is at it. tocsin_desk_open, store.in_use: close that one, open read-only, or take over.
 *             Other calls, store.busy: call again.
 * RESOURCE_EXHAUSTED
 *             The message names the limit; store.full: the disk is full. Nothing was changed.
 * CANCELLED   You interrupted it. What it had committed stays.
 * CORRUPT     Write no more to that file. tocsin_desk_verify says where; go back to a backup or a standby.
 * IO          The disk failed, and nothing was changed. Call again when it is well.
 * UNSUPPORTED Upgrade the library; or, for store.older, open the file once for writing.
 * INTERNAL    Close the desk and open it again: the file is as the last successful call left it. Tell us.
 * OUT_OF_MEMORY
 *             Nothing was changed. Call again when there is some.
 */

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

#define TOCSIN_OPEN_READ_ONLY 1u  /* questions only, of the file as it is now; any number of processes at once */
#define TOCSIN_OPEN_MUST_EXIST 2u /* do not create a file */
#define TOCSIN_OPEN_TAKE_OVER 4u  /* take the file over; who had it is refused from then on: conflict, store.fenced */

/* The options of a desk, the JSON document `config`; one that is left out has the value shown. They are not kept in the
 * file: give them each time.
 *
 *   {"clock_tolerance":"PT1M","max_leap":"P31D","idempotency_window":"P7D","idempotency_keys":1000000,
 *    "number_prefix":"INC","number_width":7,"durability":"full","text_index":false}
 *
 *   clock_tolerance     how much earlier than the desk's clock a command may be, a day at most
 *   max_leap            how far ahead of it a command or an advance may be
 *   idempotency_window  how long idempotency keys are remembered,
 *   idempotency_keys    and how many
 *   number_prefix       what the numbers of incidents begin with,
 *   number_width        and how many digits they have at least
 *   durability          what a commit survives: "full", a loss of power, too; "normal", the end of the process
 *   text_index          keep all texts in memory, for whoever asks the query suggest often
 *   zone_data           newer time zone data than the library's own (scripts/generate_zones.py --pack); none: its own
 */

typedef struct tocsin_open_options {
  uint32_t struct_size;  /* set by tocsin_open_options_init */
  uint32_t flags;        /* TOCSIN_OPEN_... */
  const char* path;      /* a desk file (SQLite); NULL: a desk in memory */
  size_t path_size;      /* TOCSIN_CSTR by default */
  const char* config;    /* a JSON document, schema "desk_options"; NULL: defaults */
  size_t config_size;    /* TOCSIN_CSTR by default */
  const void* salt_seed; /* 16 to 64 secret bytes for the salts of personal fields, another each time if you like; NULL:
                              whoever has an entry can try out values that can be guessed, erased ones, too */
  size_t salt_seed_size;
} tocsin_open_options;

/* Fills in the defaults. Pass sizeof(tocsin_open_options). @thread any @since 0.1 */
TOCSIN_API void tocsin_open_options_init(tocsin_open_options* options, uint32_t struct_size);

/* Opens a desk. Pass TOCSIN_ABI_VERSION. An empty file, or none, becomes a new desk.
 * Errors: unsupported (other ABI version, newer file), corrupt (not a desk, or damaged), busy (another desk writes it),
 * not_found (no file, where it must exist or is read only; no such folder), io, invalid_argument (an option).
 * @nullable options @owned desk_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_open(uint32_t abi_version, const tocsin_open_options* options,
                                          tocsin_desk** desk_out, tocsin_error** error);
/* @nullable desk @since 0.1 */
TOCSIN_API void tocsin_desk_close(tocsin_desk* desk);

/* A copy that shares the records of `desk` and reads its store as it is now, but never writes to it: for simulation,
 * drills and "what if". It may be used on another thread, and outlive the desk. Its effects go nowhere.
 * @owned fork_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_fork(const tocsin_desk* desk, tocsin_desk** fork_out, tocsin_error** error);

/* How much memory the desk takes, by what for: {"records":{"count":12,"bytes":14208},"definitions":{...},...,"bytes":...},
 * the last being the sum.
 *
 *   records      those that are not over: state, texts and parts
 *   definitions  every version, and the tables that business calendars are compiled to; not what else is made of them
 *   words        keys and names
 *   timers       what is waiting, and what was revoked and not swept out yet
 *   texts        what the option text_index keeps
 *   indexes      by which records are found: events of machines, pages, recurrence, turns, presence
 *   store        a desk in memory: its journal, and records that are over; one in a file: what SQLite holds of it at the
 *                moment; a fork: what it has beyond its parent. `count`: entries of the journal
 *
 * Figures are counted, not measured: what containers ask the allocator for, by their sizes. What the allocator adds to a
 * block is in none, so a process takes a tenth to a third more. What is shared, with forks or between desks, counts for
 * each of them. Every record in memory is looked at: for a dashboard, not for each command. @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_memory(const tocsin_desk* desk, tocsin_buf* figures_out, tocsin_error** error);

/* ---------------------------------------------------------------- commands and time */

#define TOCSIN_EXECUTE_ATOMIC 1u     /* an array of commands is accepted as a whole or not at all */
#define TOCSIN_EXECUTE_DRY_RUN 2u    /* answer what would happen; change nothing */
#define TOCSIN_EXECUTE_ALLOW_LEAP 4u /* allow `at` to lie further ahead than the option max_leap */
#define TOCSIN_EXECUTE_LINES 8u      /* the document is JSON Lines: one command a line */

/* Executes one command (a JSON object) or a batch (an array, or JSON Lines by flag), first firing the timers that are
 * due strictly before each command's instant. The chapter "vocabulary" has the commands by name.
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

/* What a workflow asks the host: the "host_guards" of a transition, by name. The host is asked once nothing else stands
 * against the move, on the thread of the call that makes it; a yes stands in the entry (guard_answered), so that replay,
 * standbys and forks of later do not ask again. A no is a refusal, and so is it where nobody answers: failed_precondition,
 * workflow.host_guard. `question` is JSON: {"guard":"credit","incident":"INC0000001","actor":"ana","at":...}, good during
 * the call. It must not use the desk. Answers: 1 yes, 0 no, or one of TOCSIN_CALLBACK_... */
typedef int32_t (*tocsin_guard_fn)(void* user_data, const char* question, size_t question_size);
/* Frees what the host gave with a callback. */
typedef void (*tocsin_free_fn)(void* user_data);

#define TOCSIN_CALLBACK_PASS -1  /* as if there were no callback */
#define TOCSIN_CALLBACK_ABORT -2 /* the call ends with TOCSIN_CANCELLED, guard.aborted, and has changed nothing */

/* Who is asked from now on, until the desk is closed; NULL: nobody. free_user_data is called once, when it is not needed any
 * more, also where this call fails. A fork has nobody.
 * @nullable guard @nullable user_data @nullable free_user_data @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_set_guard(tocsin_desk* desk, tocsin_guard_fn guard, void* user_data,
                                               tocsin_free_fn free_user_data, tocsin_error** error);

/* Answers by name, {"credit":true,"build":false}, instead of those given before; nobody is asked for these. For forks, dry
 * runs, tests, and hosts that know before they give the command. @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_set_guard_answers(tocsin_desk* desk, const char* answers, size_t answers_size,
                                                       tocsin_error** error);

#define TOCSIN_LOG_ERROR 1
#define TOCSIN_LOG_WARNING 2
#define TOCSIN_LOG_INFO 3

/* A message for the host's own log: one of TOCSIN_LOG_..., what it is about ("desk", "time", "store", "outbox"), and a line
 * for a person, UTF-8 and without a line break, never to be parsed. Among them: what was opened; that timers fire late, and
 * since when (a warning: whoever is to be paged was not); that the store took nothing (an error, beside that of the call). It
 * is called on the thread of the call that says it, and good during that. It must not use the desk. */
typedef void (*tocsin_log_fn)(void* user_data, int32_t level, const char* category, const char* message,
                              size_t message_size);

/* Who is told from now on, until the desk is closed; NULL: nobody. What opening had to say is said at once, the first time.
 * free_user_data is as for tocsin_desk_set_guard. A fork tells nobody.
 * @nullable log @nullable user_data @nullable free_user_data @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_set_log(tocsin_desk* desk, tocsin_log_fn log, void* user_data,
                                             tocsin_free_fn free_user_data, tocsin_error** error);

/* How far a call is that takes long: what it does ("execute", "advance", "query" or "verify"), how many commands, timers,
 * records or entries are done, and of how many, 0 where that is not known. It is called about every thousand of them, on the
 * thread of the call; questions that are asked side by side call it side by side. It must not use the desk. Answers: 0 go on,
 * or TOCSIN_CALLBACK_ABORT: the call ends with TOCSIN_CANCELLED, desk.stopped, as if it were interrupted. */
typedef int32_t (*tocsin_progress_fn)(void* user_data, const char* doing, uint64_t done, uint64_t total);

/* Who is asked from now on, until the desk is closed; NULL: nobody. free_user_data is as for tocsin_desk_set_guard. A fork
 * asks nobody. @nullable progress @nullable user_data @nullable free_user_data @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_set_progress(tocsin_desk* desk, tocsin_progress_fn progress, void* user_data,
                                                  tocsin_free_fn free_user_data, tocsin_error** error);

/* ---------------------------------------------------------------- questions */

/* Questions by name, and what each is about; tocsin_schema() has the fields of each.
 *
 *   get                          One incident, as it is or as it was
 *   find                         Incidents that meet conditions, live and closed ones alike
 *   count                        How many incidents meet conditions, by the values of fields
 *   timeline                     What happened to one incident, in order
 *   timers                       What is waiting, in the order in which it fires
 *   definitions                  The current definitions of one kind
 *   summary                      Volumes, backlog, times to resolve, reopenings
 *   status                       The state of the desk: clock, sequence, counts
 *   allowed_actions              What an actor may do with a record now, and what rules out the rest
 *   form                         The fields of a command as a screen needs them, custom fields included
 *   changes                      What happened since an entry: a feed that resumes where it stopped
 *   explain                      Whether a condition holds for an incident, and why
 *   clocks                       The clocks of one record, as of an instant
 *   clock_proof                  The intervals behind a clock's verdict
 *   clock_attribution            Who held the time that a clock counted
 *   breaches_ahead               Deadlines that come next, of clocks that run
 *   attainment                   How many clocks met their target, by policy or by what records have
 *   who_is_on_call               Who is on call at an instant
 *   shifts                       Who is on call when, by person
 *   hand_offs                    When the turns of a rotation begin
 *   gaps                         Where nobody is on call
 *   fairness                     How duty, nights and weekends are shared
 *   oncall_calendar              Shifts as iCalendar
 *   contact_attempts             What is tried for a page that nobody acknowledges
 *   swaps                        Shift swaps and their states
 *   coverage_gaps                What nobody covers in the weeks to come: hours, services, roles
 *   role_holders                 Who is qualified for a role, and who has it now
 *   check_escalation             What an escalation policy would do in the weeks to come
 *   escalations                  The escalation runs of one incident: state, what comes next, and history
 *   escalation_latency           How late escalation steps fired
 *   optional_packs               Packs that the library brings along, to be published by whoever wants them
 *   presence                     Who has an incident open now, as hosts say
 *   explain_assignment           Why an incident is assigned as it is: each assignment, by rule or by hand
 *   propose_assignment           Who would get an incident by the assignment rules now, and why
 *   workload                     How many open records people have, and what their capacity is
 *   simulate                     Who is paged when, if an incident opens at an instant: played on a fork of the desk
 *   metric                       A figure by its definition: count, mean, median, 90th percentile, and what is still
 *                                open
 *   deliveries                   Whom the notices about an incident went to, and whether they reached them
 *   satisfaction                 How satisfied people were with resolutions, and how many of those who were asked
 *                                answered
 *   suggest                      Known errors and past incidents that are like one, ranked, with what each rank comes
 *                                from
 *   impact                       What is affected when items of the service graph fail, whose it is, and what that
 *                                means
 *   causes                       Why a problem is there: causes, root causes, chains of why, what was done to find out
 *   known_at_opening             How many incidents were known errors already when they were opened
 *   workarounds_without_problem  Incidents resolved by a workaround that no open problem looks into
 *   recurrence                   What recurs most: incidents by a dimension
 *   changes_before               Changes before an incident began, near to what it affects
 *   change_collisions            Changes that are planned for the same time, and are near to each other
 *   change_calendar              Changes that are planned for a time, as a list or an iCalendar
 *   response_roles               Who had which role in the response to a major incident at an instant, and which are
 *                                open
 *   join_list                    Who belongs into the situation room of a major incident, and why
 *   response_effort              What the response to a major incident cost in time: by role, by person, by kind of
 *                                action
 *   public_status                What a status page shows to everyone, as JSON or as an HTML page
 *   milestones                   The milestones of an incident in order, and the gaps between them
 *   review_report                A review to be read: as Markdown, as an HTML page, as JSON; with or without names
 *   closure_report               What became of an incident: as Markdown, as an HTML page, as JSON
 *   playbook                     How the playbooks of a record stand: which steps may be done next, how and by whom
 *   left_to_do                   What is left before a record may be resolved, and before it may be closed
 *   conformance                  Was a record handled by its playbook: the alignment of both, and the first deviation
 *   drill                        How the response to a scenario would do: played on a fork of the desk, scored,
 *                                compared with the last
 *   automation_runs              Which automation rules ran on a record, why, and what they did; and which did not
 *   dry_run_automation           What automation rules would do if something happened to a record now
 *   disclosure                   Embargo and disclosure of a security incident, its reporters, and who knows of it and
 *                                why
 *   reporter_thread              What a reporter outside sees of their report, and of nothing else
 *   articles                     Articles of the host, by how often they were of use
 *   subscriber_view              An incident as those see it who are told of it
 *   event_figures                What became of the events of machines, by source; false alarms among incidents
 */

/* Answers a question: a JSON object with "query" (its name) and the query's fields. find, count and the figures are about
 * incidents, of all types whose base is incident; "types" names other types of record, or "all". get, find, count,
 * summary, explain and clocks, among others, take "as_of": as it was then. "actor" says who asks, and sees what permission
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

/* Kinds of timers; from 128 on: of slices of the host. */
#define TOCSIN_TIMER_KIND_AUTO_CLOSE 1
#define TOCSIN_TIMER_KIND_MOVE 2
#define TOCSIN_TIMER_KIND_FOLLOW_UP 3
#define TOCSIN_TIMER_KIND_HOLD_REMINDER 4
#define TOCSIN_TIMER_KIND_HOLD_END 5
#define TOCSIN_TIMER_KIND_TASK_DUE 6
#define TOCSIN_TIMER_KIND_HEARTBEAT 7
#define TOCSIN_TIMER_KIND_MAINTENANCE_BEGIN 8
#define TOCSIN_TIMER_KIND_MAINTENANCE_END 9
#define TOCSIN_TIMER_KIND_SLA 10
#define TOCSIN_TIMER_KIND_ESCALATION 11
#define TOCSIN_TIMER_KIND_PAGE_BUNDLE 12
#define TOCSIN_TIMER_KIND_PROBLEM_CASCADE 13
#define TOCSIN_TIMER_KIND_RISK_REVIEW 14
#define TOCSIN_TIMER_KIND_MAJOR_UPDATE_DUE 15
#define TOCSIN_TIMER_KIND_CHANGE_CASCADE 16
#define TOCSIN_TIMER_KIND_AUDIENCE_UPDATE_DUE 17
#define TOCSIN_TIMER_KIND_REVIEW_DUE 18
#define TOCSIN_TIMER_KIND_ACTION_ITEM_DUE 19
#define TOCSIN_TIMER_KIND_PLAYBOOK_STEP_DUE 20
#define TOCSIN_TIMER_KIND_AUTOMATION 21
#define TOCSIN_TIMER_KIND_EMBARGO_END 22
#define TOCSIN_TIMER_KIND_DISCLOSURE_DUE 23
#define TOCSIN_TIMER_KIND_DISCLOSURE_OVERDUE 24
#define TOCSIN_TIMER_KIND_AUDIENCE_UPDATE_REMINDER 25

/* A timer that waits. Grows only at the end. */
typedef struct tocsin_timer_row {
  tocsin_incident_id id;
  uint64_t number;    /* as in tocsin_incident_row */
  int64_t due_at_us;  /* when it fires */
  int32_t timer_kind; /* TOCSIN_TIMER_KIND_... */
  uint32_t reserved;  /* 0 */
} tocsin_timer_row;

/* The rows of a "timers" question, typed, in the order in which they fire. As tocsin_desk_incidents; total_out, if given,
 * says how many there are, also where capacity is 0 or less than that. @len rows capacity @nullable total_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_timers(const tocsin_desk* desk, const char* query, size_t query_size, void* rows,
                                            size_t row_size, size_t capacity, size_t* count_out, size_t* total_out,
                                            tocsin_error** error);

#define TOCSIN_CLOCK_METRIC_RESPONSE 1
#define TOCSIN_CLOCK_METRIC_RESOLUTION 2
#define TOCSIN_CLOCK_METRIC_UPDATE 3
#define TOCSIN_CLOCK_METRIC_ASSIGNMENT 4
#define TOCSIN_CLOCK_METRIC_ACKNOWLEDGEMENT 5
#define TOCSIN_CLOCK_METRIC_CUSTOM 6
#define TOCSIN_CLOCK_METRIC_TASK 7

/* A clock that runs, and its deadline. Grows only at the end. */
typedef struct tocsin_clock_row {
  tocsin_incident_id id;
  uint64_t number;       /* as in tocsin_incident_row */
  int64_t deadline_us;   /* when it breaches */
  int64_t started_at_us; /* when its cycle began */
  uint32_t clock;        /* of the record's clocks, from 1 */
  uint32_t policy;       /* number of its SLA policy: tocsin_desk_key, "sla_policy" */
  int32_t clock_metric;  /* TOCSIN_CLOCK_METRIC_... */
  int32_t cycle;         /* from 1; a reopening begins another */
} tocsin_clock_row;

/* The rows of a "breaches_ahead" question, typed: clocks that run, by deadline. Without "limit" there is none but capacity.
 * The rest as of tocsin_desk_timers. @len rows capacity @nullable total_out @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_clocks(const tocsin_desk* desk, const char* query, size_t query_size, void* rows,
                                            size_t row_size, size_t capacity, size_t* count_out, size_t* total_out,
                                            tocsin_error** error);

/* A time in which somebody is on call. Grows only at the end. */
typedef struct tocsin_shift_row {
  int64_t begins_at_us;
  int64_t ends_at_us; /* not included */
  uint32_t person;    /* number of the person: tocsin_desk_key, "person" */
  uint32_t shadow;    /* 1: in training, beside who is on call */
} tocsin_shift_row;

/* The rows of a "shifts" question, typed. The rest as of tocsin_desk_timers. @len rows capacity @nullable total_out
 * @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_shifts(const tocsin_desk* desk, const char* query, size_t query_size, void* rows,
                                            size_t row_size, size_t capacity, size_t* count_out, size_t* total_out,
                                            tocsin_error** error);

/* The key that a number in a row stands for: of a "person", a "team", an "sla_policy", ... A number means the same for
 * ever, in this desk, its forks and standbys. Errors: not_found; invalid_argument (no such kind). @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_key(const tocsin_desk* desk, const char* kind, size_t kind_size, uint32_t number,
                                         tocsin_buf* key_out, tocsin_error** error);

/* ---------------------------------------------------------------- effects */

/* Effects are what a desk asks of the world; they wait in its outbox. By name (tocsin_schema() has the fields of each):
 *
 *   assignment_notice         tell a team or a person that an incident is assigned to them
 *   requester_notice          tell the requester what happened to it
 *   work_notice               tell a team or a person that there is something to do
 *   sla_notice                do what a policy says on the way to a deadline
 *   oncall_notice             tell somebody how a swap of shifts stands
 *   page                      page the person
 *   automation_requested      run the automation that a policy names
 *   assignment_requested      choose who gets it, and assign it
 *   page_bundle               page the person once for many
 *   risk_review_due           tell that its accepted risk is due for review
 *   problem_notice            tell those who work on it what became of its problem
 *   change_notice             tell those who work on it what became of the change that it awaited
 *   update_overdue            tell whoever communicates that an update is due
 *   major_incident_notice     tell of a major incident, or of a role in the response
 *   audience_update           send an update by one channel
 *   audience_update_overdue   tell whoever communicates that an audience was to be told
 *   review_overdue            tell those who have the review that it is overdue
 *   action_item_overdue       tell those who have the action item that it is overdue
 *   action_item_notice        tell of an action item
 *   step_overdue              tell whoever a step of a playbook is for that it takes too long
 *   automation_run_requested  run what an automation rule names, and report what came of it
 *   embargo_ended             tell those who have it that its embargo is over
 *   disclosure_due            tell those who have it that its disclosure comes
 *   disclosure_overdue        tell those who have it that it was not disclosed on its date
 *   reporter_notice           tell a reporter that there is something new in their thread
 *   reporter_wrote            tell those who have it that a reporter wrote
 *   audience_update_due       remind whoever communicates that an audience is to be told soon
 *
 * Each has "id" (rising; to deduplicate by), "effect" (its name), "record" (the number of the record, where it is about
 * one) and "caller" (its requester, where there is one), "scheduled_at" (when it was due) and "recorded_at" (when the host
 * came to it), and its own fields. Texts are the host's to write: a notice says what to tell whom, in no language.
 */

/* The effects that `consumer` has not acknowledged, oldest first, at most max (and 10,000): a JSON array, "[]" where there
 * are none. A consumer is a name of your choice, of whoever sends: each sees every effect, and has a cursor of its own,
 * which begins at the beginning. There may be 1000 of them; one more is refused with TOCSIN_RESOURCE_EXHAUSTED.
 * A fork has no effects, a desk that is read-only can take but not acknowledge. @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_take_effects(tocsin_desk* desk, const char* consumer, size_t consumer_size,
                                                  size_t max, tocsin_buf* effects_out, tocsin_error** error);

#define TOCSIN_EFFECT_KIND_ASSIGNMENT_NOTICE 22
#define TOCSIN_EFFECT_KIND_REQUESTER_NOTICE 23
#define TOCSIN_EFFECT_KIND_WORK_NOTICE 53
#define TOCSIN_EFFECT_KIND_SLA_NOTICE 74
#define TOCSIN_EFFECT_KIND_ONCALL_NOTICE 78
#define TOCSIN_EFFECT_KIND_PAGE 98
#define TOCSIN_EFFECT_KIND_AUTOMATION_REQUESTED 99
#define TOCSIN_EFFECT_KIND_ASSIGNMENT_REQUESTED 105
#define TOCSIN_EFFECT_KIND_PAGE_BUNDLE 107
#define TOCSIN_EFFECT_KIND_RISK_REVIEW_DUE 126
#define TOCSIN_EFFECT_KIND_PROBLEM_NOTICE 128
#define TOCSIN_EFFECT_KIND_CHANGE_NOTICE 139
#define TOCSIN_EFFECT_KIND_UPDATE_OVERDUE 157
#define TOCSIN_EFFECT_KIND_MAJOR_INCIDENT_NOTICE 158
#define TOCSIN_EFFECT_KIND_AUDIENCE_UPDATE 166
#define TOCSIN_EFFECT_KIND_AUDIENCE_UPDATE_OVERDUE 167
#define TOCSIN_EFFECT_KIND_REVIEW_OVERDUE 176
#define TOCSIN_EFFECT_KIND_ACTION_ITEM_OVERDUE 177
#define TOCSIN_EFFECT_KIND_ACTION_ITEM_NOTICE 178
#define TOCSIN_EFFECT_KIND_STEP_OVERDUE 184
#define TOCSIN_EFFECT_KIND_AUTOMATION_RUN_REQUESTED 188
#define TOCSIN_EFFECT_KIND_EMBARGO_ENDED 197
#define TOCSIN_EFFECT_KIND_DISCLOSURE_DUE 199
#define TOCSIN_EFFECT_KIND_DISCLOSURE_OVERDUE 200
#define TOCSIN_EFFECT_KIND_REPORTER_NOTICE 205
#define TOCSIN_EFFECT_KIND_REPORTER_WROTE 206
#define TOCSIN_EFFECT_KIND_AUDIENCE_UPDATE_DUE 209

/* The header of an effect. Grows only at the end. */
typedef struct tocsin_effect_row {
  uint64_t effect_id;      /* what tocsin_desk_acknowledge_effects takes */
  tocsin_incident_id id;   /* of its record; 0: none */
  uint64_t number;         /* as in tocsin_incident_row */
  int64_t scheduled_at_us; /* when it was due */
  int64_t recorded_at_us;  /* when the host came to it */
  uint32_t caller;         /* number of the requester: tocsin_desk_key, "person"; 0: none */
  int32_t effect_kind;     /* TOCSIN_EFFECT_KIND_...; other numbers: of slices of the host */
} tocsin_effect_row;

/* What tocsin_desk_take_effects gives, but the headers alone, in rows: to see what waits, or how old it is, and to tell who
 * sends it. The documents are not read any faster by it; acknowledge as there. @len rows capacity @since 0.1 */
TOCSIN_API tocsin_status tocsin_desk_take_effect_rows(tocsin_desk* desk, const char* consumer, size_t consumer_size,
                                                      void* rows, size_t row_size, size_t capacity, size_t* count_out,
                                                      tocsin_error** error);

/* Moves the consumer's cursor past every effect up to and including `effect_id`. Survives a restart. Going back is
 * refused, the same id again is not. @since 0.1 */
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

/* ---------------------------------------------------------------- conditions */

/* Whether a condition of a desk would hold, and why, without a desk. `lines` are JSON Lines:
 * {"define":"field","path":"custom.site","kind":"choice","choices":["bern","wien"]} says what conditions may speak of,
 * {"operation":"explain","condition":{...},"data":{"custom":{"site":"bern"}},"at":...} asks, and is answered by
 * {"holds":true,"why":{...}}, as the query "explain" is. Each line that is not blank is answered by one line, in order; what
 * is wrong with it is its answer, {"error":{...}}, and the call succeeds. `book`: lines that define, taken for granted; one
 * that is wrong fails the call, its number in the detail. The forms, with an example each: docs/conditions.md.
 * @nullable book @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_condition_answer(const char* book, size_t book_size, const char* lines,
                                                 size_t lines_size, tocsin_buf* answers_out, tocsin_error** error);

/* Applies a rule to data as jsonlogic.com has it, JavaScript's coercions included, without a desk: for hosts that keep rules
 * of their own. The answer is JSON; what JavaScript calls undefined, not a number or infinite is null. The conditions of
 * desks have the same syntax but guess nothing: docs/conditions.md. Errors: invalid_argument (malformed JSON, an unknown
 * operator, one that cannot be applied), resource_exhausted (a rule of more than 1 MiB, data of more than 16 MiB, too
 * deep, too much work). @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_json_logic_apply(const char* rule, size_t rule_size, const char* data, size_t data_size,
                                                 tocsin_buf* answer_out, tocsin_error** error);

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

/* ---------------------------------------------------------------- service graph */

/* What an outage affects, without a desk. `lines` and `book` as of tocsin_oncall_answer: {"define":"service",...} (or
 * "configuration_item") says what needs what, {"operation":"impact","failed":[...],...} asks which items are failed, degraded or at
 * risk, and along which chain, {"operation":"cycles"} which need each other. The forms, with an example each:
 * docs/service_graph.md. @nullable book @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_impact_answer(const char* book, size_t book_size, const char* lines, size_t lines_size,
                                              tocsin_buf* answers_out, tocsin_error** error);

/* ---------------------------------------------------------------- recurrence */

/* Which incidents have come so often that they are a problem, without a desk. `lines` are JSON Lines:
 * {"define":"recurrence_rule",...} (or "incident", "problem", "decision") says what is, and the answer to an incident says
 * which problems it proposed and which it joined; {"operation":"proposals",...} (or "groups", "pareto", "fingerprint") asks
 * about what the lines before it said. Each line that is not blank is answered by one line, in order; what is wrong with it
 * is its answer, {"error":{...}}, and the call succeeds. `book`: lines that define, taken for granted; one that is wrong
 * fails the call, its number in the detail. The forms, with an example each: docs/recurrence.md.
 * @nullable book @thread any @since 0.1 */
TOCSIN_API tocsin_status tocsin_recurrence_answer(const char* book, size_t book_size, const char* lines,
                                                  size_t lines_size, tocsin_buf* answers_out, tocsin_error** error);

/* ---------------------------------------------------------------- vocabulary */

/* Commands by name, and what each does.
 *
 *   publish                    Publish definitions, new or as next versions
 *   log_incident               Log an incident
 *   classify_incident          Set category and service
 *   prioritise_incident        Set impact, urgency and severity, or override the priority
 *   assign_incident            Assign it to a team or a person
 *   acknowledge_incident       Acknowledge it: somebody has seen it
 *   begin_work                 Begin work; it is assigned to whoever does, if nobody had it
 *   add_note                   Add an internal note
 *   add_update                 Post an update to an audience
 *   add_reply                  Record a reply of the requester
 *   hold_incident              Put it on hold with a reason, or change the reason
 *   resume_incident            End the hold
 *   resolve_incident           Resolve it, with a resolution code and notes
 *   confirm_resolution         The requester confirms the resolution; it closes
 *   refuse_resolution          The requester refuses the resolution; it reopens
 *   close_incident             Close it by hand
 *   reopen_incident            Reopen it; from a closed one a new, linked incident is logged
 *   cancel_incident            Cancel it as invalid
 *   amend_incident             Correct a record, closed ones too; what stood there is kept beside it
 *   import_record              Import a history from elsewhere with its own instants
 *   erase_personal             Erase personal values for good
 *   move_incident              Move it to another state by a move that its workflow declares
 *   set_custom_fields          Set custom fields, or take their values away
 *   migrate_records            Move running records to the current version of their workflow
 *   add_task                   Add a task
 *   change_task                Change a task that is open
 *   begin_task                 Begin a task
 *   complete_task              Complete a task, with its outcome
 *   skip_task                  Skip a task: it is not to be done after all
 *   link_records               Link it to another record, or to something in another system
 *   unlink_records             Remove a link
 *   mark_duplicate             Mark it as a duplicate; it ends, and its requester follows the original
 *   convert_record             Convert it to another record type; it keeps its number and its journal
 *   verify_resolution          Record whether the service recovered; if not, it reopens
 *   add_attachment             Attach a file that the host keeps
 *   remove_attachment          Remove an attachment
 *   log_work                   Log time worked on it
 *   restrict_incident          Restrict it to the people and teams named
 *   lift_restriction           Lift the restriction
 *   report_event               Report an event of a machine: something is wrong, it is over, or a heartbeat
 *   schedule_maintenance       Schedule maintenance; events of machines are held back meanwhile
 *   cancel_maintenance         Cancel a maintenance window, or end it early
 *   excuse_breach              Excuse an SLA breach; reports give both figures
 *   purge_records              Purge records that ended long ago, for good
 *   override_schedule          Override an on-call schedule for a time
 *   withdraw_override          Withdraw an override; what it did before stays
 *   propose_swap               Propose to swap shifts
 *   accept_swap                Accept a proposed swap
 *   decline_swap               Decline a proposed swap, or withdraw the proposal
 *   record_absence             Record an absence
 *   withdraw_absence           Withdraw an absence
 *   start_escalation           Start a run of an escalation policy
 *   acknowledge_page           Acknowledge a page; its escalation run stops
 *   unacknowledge_page         Take an acknowledgement back; the step notifies again
 *   snooze_escalation          Snooze an escalation run; then its step notifies again
 *   escalate                   Escalate to the next support level, to the manager chain, or take a run to its next step
 *   hand_over                  Hand it over to others; escalation runs go on at once
 *   report_delivery            Report the delivery of a page; where it failed, the next contact method is tried at once
 *   change_maintenance         Change the bounds of a maintenance window
 *   apply_assignment_rules     Assign it by the assignment rules
 *   report_notice              Report the delivery of a notice to a requester
 *   acknowledge_bundle         Acknowledge every page that a grouped page lists
 *   rate_resolution            Rate the resolution (CSAT)
 *   publish_known_error        Publish a known error; `suggest` offers it from then on
 *   revise_known_error         Publish a new revision of a known error
 *   retire_known_error         Retire a known error; it is suggested no more
 *   link_known_error           Link it to a known error, or record whether that helped
 *   set_affected_items         Say which services and configuration items it affects
 *   log_problem                Log a problem, with the incidents that it causes
 *   state_cause                State a cause as a hypothesis, or state one anew
 *   add_cause_evidence         Add what speaks for a cause, or against it
 *   decide_cause               Confirm a cause, rule it out, or make it a hypothesis again
 *   add_diagnostic_action      Add what was done to find out, and what it showed
 *   communicate_workaround     Tell those who work on its open incidents what helps until it is fixed
 *   communicate_fix            Tell those who work on its open incidents what the fix is
 *   accept_risk                Accept its risk until a review, and decide on each incident that awaits it
 *   raise_known_error          Publish a known error from a problem whose root cause is known
 *   accept_proposal            Make a problem of a proposed one
 *   reject_proposal            Say why a proposed problem is none
 *   merge_proposal             Move the incidents of a proposed problem to another, or to a problem
 *   log_change                 Log a change, with the incidents and problems that it is for
 *   plan_change                Say when it is made, of which kind, at which risk
 *   report_change              Report what came of it; of a failed one, log the incident
 *   record_remediation         Record what was done to bring something back, and whether it worked
 *   propose_major              Say that it may be a major incident
 *   accept_major               Make it a major incident, and give the roles
 *   reject_major               Say why it is no major incident
 *   demote_major               Make it an ordinary incident again
 *   assume_role                Take a role in the response
 *   assign_role                Give a role to a person, whoever is on call, or the owner of the service
 *   relinquish_role            Give up a role
 *   transfer_command           Hand the command on to another, in one act
 *   log_decision               Write down a decision, and what it was made from
 *   log_action                 Write down an action, technical or coordinating
 *   open_situation_room        Say where those who respond meet
 *   join_room                  Come into the situation room
 *   leave_room                 Leave the situation room
 *   draft_update               Write what an audience is to be told
 *   approve_update             Approve an update that somebody else has written
 *   withdraw_update            Say why an update is not published after all
 *   publish_update             Send an update to its audience
 *   subscribe                  Be told of an incident, as its audience is
 *   unsubscribe                Be told of an incident no more
 *   override_component         Set the status of a component of a status page by hand, for a time
 *   end_override               Let the status of a component follow from incidents again
 *   request_review             Demand a review of an incident
 *   write_section              Write a section of a review, or write it anew
 *   add_action_item            Say what is done so that it does not happen again, by whom and by when
 *   complete_action_item       Say that an action item is done
 *   verify_action_item         Say whether a completed action item worked
 *   drop_action_item           Say why an action item is not done
 *   start_playbook             Follow a playbook for a record
 *   start_step                 Say that a step of a playbook is being done
 *   complete_step              Say that a step of a playbook is done, with its outcome and evidence
 *   skip_step                  Say why a step of a playbook is not done
 *   stop_playbook              Say why a playbook is followed no more
 *   suspend_automation         Let an automation rule, or none of them, run on a record
 *   resume_automation          Let automation rules run on a record again
 *   run_automation             Have an automation rule run on a record by hand
 *   report_automation          Say what came of something that a rule had the host run
 *   log_security_incident      Log a security incident, which is restricted from its first instant
 *   declare_security_incident  Say that an incident is a security incident, and restrict it
 *   set_embargo                Say until when nothing public may be said of it
 *   lift_embargo               Lift the embargo
 *   set_disclosure_date        Say when it is to be made public, or move that date
 *   disclose                   Say that it was made public, and where
 *   invite_reporter            Give somebody outside who reported it a thread of their own
 *   acknowledge_report         Tell a reporter that it is looked at
 *   message_reporter           Write to a reporter outside
 *   report_vulnerability       Report from outside something that a few alone get to see
 *   write_as_reporter          Write a message to those who look at one's report
 *   link_article               Link it to an article of the host, which counts as a use
 *   unlink_article             Take back the link to an article
 *   subscribe_to               Be told of every incident that affects a service, an item or a customer
 *   unsubscribe_from           Be told no more of what affects a service, an item or a customer
 *   approve_review             Approve a review that others have written
 *   return_review              Say what is to be changed before a review may be approved
 */

/* Definitions by the member of "publish" that takes them, an array of objects with a "key" each.
 *
 *   people                   person: Someone who calls, acts or is paged
 *   teams                    team: People who share work
 *   services                 service: A service that incidents interrupt
 *   categories               category: A node of the category tree
 *   workflows                workflow: The states of a record and the transitions between them
 *   priority_matrices        priority_matrix: Priority by impact and urgency
 *   custom_fields            custom_field: A field that a host declares
 *   record_types             record_type: A type of record: incidents, requests
 *   permission_policies      permission_policy: Who may do and see what
 *   record_templates         record_template: Templates of records, and canned replies
 *   event_sources            event_source: How the events of one source are handled
 *   business_calendars       business_calendar: Business hours and holidays
 *   sla_policies             sla_policy: Targets for a clock, and what happens on the way to them
 *   rotations                rotation: People who take turns at being on call
 *   schedules                schedule: Layers of people and rotations that say who is on call
 *   contact_profiles         contact_profile: How a person is reached
 *   roles                    role: A role: who is qualified for it, and who has it by being on call
 *   schedule_overrides       schedule_override: A change of who is on call for a time
 *   shift_swaps              shift_swap: A swap of on-call shifts between two people
 *   absences                 absence: A time in which a person is absent
 *   escalation_policies      escalation_policy: Whom to page, how long to wait, and what then
 *   customers                customer: An organisation that receives services
 *   contracts                contract: Which policies hold for the records of a customer, or of services
 *   incident_class_policies  incident_class_policy: Rules that derive the class of an incident
 *   skills                   skill: A skill that people have
 *   assignment_rules         assignment_rule: A rule that assigns records: which ones, and to whom
 *   metrics                  metric: The definition of a figure
 *   vendors                  vendor: An outside party with obligations under an underpinning contract
 *   configuration_items      configuration_item: Something that services need: a server, a database, a line
 *   recurrence_rules         recurrence_rule: When incidents that are alike have come so often that they are a problem
 *   major_incident_policies  major_incident_policy: When an incident is proposed as a major one, who responds, how
 *                            often those outside are told
 *   communication_policies   communication_policy: Who is told of an incident, how often, by which channels, and what
 *                            must be approved
 *   status_pages             status_page: What is shown to everyone of how services are
 *   status_overrides         status_override: What was said by hand of a component of a status page, for a time
 *   review_policies          review_policy: When a review of an incident is demanded, of whom, by when, and what it
 *                            must say
 *   playbooks                playbook: The model by which incidents of one kind are handled: a graph of steps
 *   automation_rules         automation_rule: What is done by itself when something has happened to a record
 *   security_policies        security_policy: Who knows of security incidents, and what becomes of reports from outside
 *   subscriptions            subscription: Who is told of incidents that affect a service, an item or a customer
 */

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
