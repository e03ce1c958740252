/* The addon of the Node binding: hands arguments of JavaScript to the C interface, and what it gives back. What each
 * function takes stands in functions.inc, a letter for each parameter:
 *
 *   h handle   x handle that the call ends   O out: a handle     t text, a string or bytes   y bytes   s the size of the text before
 *   i int32    u uint32   l int64 (BigInt)   L uint64 (BigInt)   z size_t                    a memory of the caller
 *   p q Q Z    out: int32, int64, uint64 (BigInt), size_t        B out: bytes, as a Buffer   e the error
 *
 * Each function that can fail is there twice: NAME runs at once, NAME_async on a thread of the pool, as a promise. A handle
 * serves one asynchronous call at a time; the layer above sees to that, and the addon refuses what it overlooks. */
#define NAPI_VERSION 8
#define _POSIX_C_SOURCE 200809L /* for uv.h */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <node_api.h>
#include <tocsin.h>
#include <uv.h>

#define ARGUMENTS_MAX 10
#define BOX_MAGIC 0x746f6373u /* "tocs" */

/* What stands behind a handle of JavaScript. */
typedef struct box {
  uint32_t magic;
  char kind; /* d: a desk, c: a calendar */
  int busy;  /* asynchronous calls that run on it */
  union {
    void* pointer;
    tocsin_desk* desk;
    tocsin_calendar* calendar;
  };
} box;

typedef struct value {
  union {
    void* pointer;
    tocsin_desk* desk;
    tocsin_calendar* calendar;
    int64_t i64;
    uint64_t u64;
    int32_t i32;
    tocsin_buf buf;
  };
  size_t size;
  void* copy;       /* of a text: freed with the job */
  box* held;        /* of a handle */
  napi_ref keeping; /* what JavaScript must not collect while the job runs */
} value;

typedef struct job job;

typedef struct entry {
  const char* name;
  const char* signature;
  const char* kinds; /* of the handles: d, c */
  char returns;      /* s: a status; v, c, l, i, u: nothing, text, numbers */
  void (*call)(job* j);
} entry;

struct job {
  const entry* called;
  value argument[ARGUMENTS_MAX];
  tocsin_status status;
  tocsin_error* error;
  const char* text;
  int64_t number;
  napi_async_work work;
  napi_deferred deferred;
};

#include "functions.inc"

/* ---------------------------------------------------------------- errors */

static napi_value throw_type_error(napi_env env, const char* message) {
  napi_throw_type_error(env, NULL, message);
  return NULL;
}

static void set_text(napi_env env, napi_value object, const char* name, const char* text) {
  napi_value made;
  if (napi_create_string_utf8(env, text, NAPI_AUTO_LENGTH, &made) == napi_ok)
    napi_set_named_property(env, object, name, made);
}

/* An Error with status, reason and detail; takes the error of the library. */
static napi_value error_of(napi_env env, tocsin_status status, tocsin_error* error) {
  napi_value message, made, number;
  const char* said = error ? tocsin_error_message(error) : tocsin_status_name(status);
  napi_create_string_utf8(env, said, NAPI_AUTO_LENGTH, &message);
  napi_create_error(env, NULL, message, &made);
  napi_create_int32(env, status, &number);
  napi_set_named_property(env, made, "status", number);
  set_text(env, made, "reason", error ? tocsin_error_reason(error) : "");
  set_text(env, made, "detail", error ? tocsin_error_detail(error) : "{}");
  tocsin_error_free(error);
  return made;
}

/* ---------------------------------------------------------------- handles */

static void end_box(box* b) {
  if (b->kind == 'd') tocsin_desk_close(b->desk);
  if (b->kind == 'c') tocsin_calendar_free(b->calendar);
  b->pointer = NULL;
}

static void collect_box(napi_env env, void* data, void* hint) {
  (void)env;
  (void)hint;
  end_box(data);
  free(data);
}

static napi_value handle_of(napi_env env, char kind, void* pointer) {
  napi_value made = NULL;
  box* b = malloc(sizeof *b);
  if (!b) {
    box gone = {BOX_MAGIC, kind, 0, {pointer}};
    end_box(&gone);
    napi_throw_error(env, NULL, "out of memory");
    return NULL;
  }
  *b = (box){BOX_MAGIC, kind, 0, {pointer}};
  if (napi_create_external(env, b, collect_box, NULL, &made) != napi_ok) collect_box(env, b, NULL);
  return made;
}

static box* box_in(napi_env env, napi_value from) {
  void* data = NULL;
  napi_valuetype type;
  if (napi_typeof(env, from, &type) != napi_ok || type != napi_external) return NULL;
  if (napi_get_value_external(env, from, &data) != napi_ok) return NULL;
  return data && ((box*)data)->magic == BOX_MAGIC ? data : NULL;
}

/* ---------------------------------------------------------------- arguments in */

static int is_nothing(napi_env env, napi_value from) {
  napi_valuetype type;
  return napi_typeof(env, from, &type) != napi_ok || type == napi_null || type == napi_undefined;
}

/* The bytes of a typed array or Buffer. */
static int memory_in(napi_env env, napi_value from, void** data, size_t* size) {
  static const size_t widths[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8};
  bool is_array = false;
  napi_typedarray_type type;
  if (napi_is_typedarray(env, from, &is_array) != napi_ok || !is_array) return 0;
  if (napi_get_typedarray_info(env, from, &type, size, data, NULL, NULL) != napi_ok) return 0;
  *size *= (size_t)type < sizeof widths / sizeof *widths ? widths[type] : 1;
  return 1;
}

static const char* text_in(napi_env env, napi_value from, value* to) {
  void* data = NULL;
  napi_valuetype type;
  if (is_nothing(env, from)) return NULL;
  if (memory_in(env, from, &data, &to->size)) {
    to->copy = malloc(to->size + 1);
    if (!to->copy) return "out of memory";
    if (to->size) memcpy(to->copy, data, to->size);
  } else {
    if (napi_typeof(env, from, &type) != napi_ok || type != napi_string) return "expected a string or bytes";
    if (napi_get_value_string_utf8(env, from, NULL, 0, &to->size) != napi_ok) return "expected a string";
    to->copy = malloc(to->size + 1);
    if (!to->copy) return "out of memory";
    napi_get_value_string_utf8(env, from, to->copy, to->size + 1, &to->size);
  }
  to->pointer = to->copy;
  return NULL;
}

static const char* handle_in(napi_env env, napi_value from, char kind, value* to) {
  box* b;
  if (is_nothing(env, from)) return NULL;
  b = box_in(env, from);
  if (!b || b->kind != kind) return kind == 'd' ? "expected the handle of a desk" : "expected the handle of a calendar";
  if (!b->pointer) return kind == 'd' ? "the desk is closed" : "the calendar is closed";
  to->held = b;
  to->pointer = b->pointer;
  return NULL;
}

static const char* number_in(napi_env env, napi_value from, char letter, value* to) {
  bool lossless = true;
  int64_t number = 0;
  napi_status got = napi_ok;
  if (letter == 'l') got = napi_get_value_bigint_int64(env, from, &to->i64, &lossless);
  if (letter == 'L') got = napi_get_value_bigint_uint64(env, from, &to->u64, &lossless);
  if (letter == 'i' || letter == 'u' || letter == 'z') {
    got = napi_get_value_int64(env, from, &number);
    if (letter != 'i' && number < 0) return "expected a number that is not negative";
    to->i64 = number;
  }
  if (got != napi_ok) return letter == 'l' || letter == 'L' ? "expected a BigInt" : "expected a number";
  return lossless ? NULL : "the BigInt does not fit into 64 bits";
}

/* One argument; the message of what is wrong with it, or NULL. */
static const char* argument_in(napi_env env, job* j, size_t n, napi_value from) {
  const char letter = j->called->signature[n];
  value* to = &j->argument[n];
  switch (letter) {
    case 'h':
    case 'x':
      return handle_in(env, from, j->called->kinds[n], to);
    case 't':
    case 'y':
      return text_in(env, from, to);
    case 'a':
      if (is_nothing(env, from)) return NULL;
      return memory_in(env, from, &to->pointer, &to->size) ? NULL : "expected a typed array";
    default:
      return number_in(env, from, letter, to);
  }
}

static int is_given(char letter) { return strchr("hxtyauilLz", letter) != NULL; }

/* Reads all arguments into the job; throws and answers 0 if one is wrong. */
static int arguments_in(napi_env env, napi_callback_info info, job* j) {
  napi_value given[ARGUMENTS_MAX];
  size_t count = ARGUMENTS_MAX, next = 0, n;
  const char* signature = j->called->signature;
  if (napi_get_cb_info(env, info, &count, given, NULL, NULL) != napi_ok) return 0;
  for (n = 0; signature[n]; ++n) {
    const char* wrong;
    if (!is_given(signature[n])) continue;
    wrong = next < count ? argument_in(env, j, n, given[next]) : "an argument is missing";
    if (wrong) {
      napi_throw_type_error(env, NULL, wrong);
      return 0;
    }
    if (strchr("hxa", signature[n]) && j->argument[n].pointer)
      napi_create_reference(env, given[next], 1, &j->argument[n].keeping);
    ++next;
  }
  return 1;
}

static void free_job(napi_env env, job* j) {
  size_t n;
  for (n = 0; j->called->signature[n]; ++n) {
    if (j->called->signature[n] == 'B') tocsin_buf_dispose(&j->argument[n].buf);
    if (j->argument[n].keeping) napi_delete_reference(env, j->argument[n].keeping);
    free(j->argument[n].copy);
  }
  if (j->work) napi_delete_async_work(env, j->work);
  free(j);
}

/* ---------------------------------------------------------------- results out */

static napi_value output_of(napi_env env, const job* j, size_t n) {
  napi_value made = NULL;
  const value* v = &j->argument[n];
  switch (j->called->signature[n]) {
    case 'O':
      return handle_of(env, j->called->kinds[n], v->pointer);
    case 'B':
      napi_create_buffer_copy(env, v->buf.size, v->buf.data ? v->buf.data : "", NULL, &made);
      return made;
    case 'p':
      napi_create_int32(env, v->i32, &made);
      return made;
    case 'q':
      napi_create_bigint_int64(env, v->i64, &made);
      return made;
    case 'Q':
      napi_create_bigint_uint64(env, v->u64, &made);
      return made;
    default:
      napi_create_int64(env, (int64_t)v->size, &made);
      return made;
  }
}

/* Nothing, the one output, or an array of them. */
static napi_value outputs_of(napi_env env, const job* j) {
  napi_value first = NULL, list = NULL;
  uint32_t count = 0;
  size_t n;
  for (n = 0; j->called->signature[n]; ++n) {
    napi_value made;
    if (!strchr("OBpqQZ", j->called->signature[n])) continue;
    made = output_of(env, j, n);
    if (count == 1) {
      napi_create_array(env, &list);
      napi_set_element(env, list, 0, first);
    }
    if (count >= 1) napi_set_element(env, list, count, made);
    if (count == 0) first = made;
    ++count;
  }
  return count > 1 ? list : first;
}

static napi_value value_of(napi_env env, const job* j) {
  napi_value made = NULL;
  switch (j->called->returns) {
    case 'c':
      napi_create_string_utf8(env, j->text ? j->text : "", NAPI_AUTO_LENGTH, &made);
      return made;
    case 'l':
      napi_create_bigint_int64(env, j->number, &made);
      return made;
    case 'i':
    case 'u':
      napi_create_int64(env, j->number, &made);
      return made;
    default:
      return outputs_of(env, j);
  }
}

/* ---------------------------------------------------------------- calls */

static job* make_job(napi_env env, napi_callback_info info) {
  void* called = NULL;
  job* j = calloc(1, sizeof *j);
  if (!j) {
    napi_throw_error(env, NULL, "out of memory");
    return NULL;
  }
  napi_get_cb_info(env, info, NULL, NULL, NULL, &called);
  j->called = called;
  if (arguments_in(env, info, j)) return j;
  free_job(env, j);
  return NULL;
}

static box* held_by(const job* j) { return j->argument[0].held; }

static napi_value run(napi_env env, napi_callback_info info) {
  napi_value result = NULL;
  job* j = make_job(env, info);
  box* b;
  if (!j) return NULL;
  b = held_by(j);
  /* Interrupting is what one does while a call runs. */
  if (b && b->busy && strcmp(j->called->name, "desk_interrupt") != 0) {
    free_job(env, j);
    return throw_type_error(env, "the handle is in use by a call that runs");
  }
  if (j->called->signature[0] == 'x') {
    if (b) end_box(b);
  } else {
    j->called->call(j);
    if (j->status != TOCSIN_OK)
      napi_throw(env, error_of(env, j->status, j->error));
    else
      result = value_of(env, j);
  }
  free_job(env, j);
  return result;
}

static void execute(napi_env env, void* data) {
  job* j = data;
  (void)env;
  j->called->call(j);
}

static void complete(napi_env env, napi_status status, void* data) {
  job* j = data;
  napi_value result;
  if (held_by(j)) --held_by(j)->busy;
  if (status == napi_ok && j->status == TOCSIN_OK) {
    result = value_of(env, j);
    if (!result) napi_get_undefined(env, &result);
    napi_resolve_deferred(env, j->deferred, result);
  } else {
    if (status != napi_ok) j->status = TOCSIN_CANCELLED;
    napi_reject_deferred(env, j->deferred, error_of(env, j->status, j->error));
  }
  free_job(env, j);
}

static napi_value run_async(napi_env env, napi_callback_info info) {
  napi_value promise, name;
  job* j = make_job(env, info);
  if (!j) return NULL;
  if (held_by(j) && held_by(j)->kind == 'd' && held_by(j)->busy) {
    free_job(env, j);
    return throw_type_error(env, "the handle is in use by a call that runs");
  }
  napi_create_string_utf8(env, j->called->name, NAPI_AUTO_LENGTH, &name);
  if (napi_create_async_work(env, NULL, name, execute, complete, j, &j->work) != napi_ok ||
      napi_create_promise(env, &j->deferred, &promise) != napi_ok) {
    free_job(env, j);
    napi_throw_error(env, NULL, "no work can be queued");
    return NULL;
  }
  if (held_by(j)) ++held_by(j)->busy;
  napi_queue_async_work(env, j->work);
  return promise;
}

/* ---------------------------------------------------------------- opening, by hand: options are a struct */

static void call_desk_open(job* j) {
  tocsin_open_options options;
  tocsin_open_options_init(&options, (uint32_t)sizeof options);
  options.path = j->argument[0].copy;
  options.path_size = j->argument[0].size;
  options.flags = (uint32_t)j->argument[1].u64;
  options.config = j->argument[2].copy;
  options.config_size = j->argument[2].size;
  options.salt_seed = j->argument[3].copy;
  options.salt_seed_size = j->argument[3].size;
  j->status = tocsin_desk_open(TOCSIN_ABI_VERSION, &options, &j->argument[4].desk, &j->error);
}

static const entry open_entry = {"desk_open", "tutyOe", "----d-", 's', call_desk_open};

/* ---------------------------------------------------------------- the guard of a host, by hand: it is called from C
 *
 * JavaScript runs on its own thread alone: a call on a thread of the pool asks there, and waits. The library frees the
 * guard on that thread as well, for setting and closing run on it. */

typedef struct guard {
  napi_env env;
  uv_thread_t home; /* the thread of JavaScript */
  napi_ref function;
  napi_threadsafe_function elsewhere; /* NULL once it is gone */
  int holders;                        /* the library, and the threadsafe function */
  struct guard* next;
  struct guard** link;
  /* What the two threads share: the question that a call waits for, one at a time as calls on a desk are. */
  uv_mutex_t mutex;
  uv_cond_t told;
  uintptr_t asked; /* which question it is */
  const char* text;
  size_t size;
  int waiting;
  int over; /* nobody answers any more */
  int32_t answer;
} guard;

static _Thread_local guard* guards; /* that the library holds */

static void drop_guard(guard* g) {
  if (--g->holders > 0) return;
  uv_cond_destroy(&g->told);
  uv_mutex_destroy(&g->mutex);
  free(g);
}

/* Who waits for an answer goes on without one, and so does who asks later. */
static void give_up(guard* g) {
  uv_mutex_lock(&g->mutex);
  g->over = 1;
  g->waiting = 0;
  uv_cond_signal(&g->told);
  uv_mutex_unlock(&g->mutex);
}

static int32_t call_guard(napi_env env, napi_value function, const char* text, size_t size) {
  napi_value nobody, asked, said;
  int32_t answer = TOCSIN_CALLBACK_ABORT;
  if (napi_get_undefined(env, &nobody) == napi_ok &&
      napi_create_buffer_copy(env, size, text, NULL, &asked) == napi_ok &&
      napi_call_function(env, nobody, function, 1, &asked, &said) == napi_ok)
    napi_get_value_int32(env, said, &answer);
  return answer;
}

static void answer_question(napi_env env, napi_value function, void* context, void* data) {
  guard* g = context;
  const uintptr_t asked = (uintptr_t)data;
  int32_t answer = TOCSIN_CALLBACK_ABORT;
  int waiting;
  if (!env) return; /* the program ends, and end_guard has said so */
  uv_mutex_lock(&g->mutex);
  waiting = g->waiting && g->asked == asked;
  uv_mutex_unlock(&g->mutex);
  if (!waiting) return;
  if (function) answer = call_guard(env, function, g->text, g->size);
  uv_mutex_lock(&g->mutex);
  if (g->waiting && g->asked == asked) { /* the guard may have ended the program, which gives up */
    g->answer = answer;
    g->waiting = 0;
    uv_cond_signal(&g->told);
  }
  uv_mutex_unlock(&g->mutex);
}

static int32_t ask_here(guard* g, const char* text, size_t size) {
  napi_handle_scope scope;
  napi_value function;
  int32_t answer = TOCSIN_CALLBACK_ABORT;
  if (napi_open_handle_scope(g->env, &scope) != napi_ok) return answer;
  if (napi_get_reference_value(g->env, g->function, &function) == napi_ok && function)
    answer = call_guard(g->env, function, text, size);
  napi_close_handle_scope(g->env, scope);
  return answer;
}

static int32_t ask_guard(void* user_data, const char* text, size_t size) {
  guard* g = user_data;
  int32_t answer;
  const uv_thread_t here = uv_thread_self();
  if (uv_thread_equal(&here, &g->home)) return ask_here(g, text, size); /* waiting would be for ever */
  uv_mutex_lock(&g->mutex);
  ++g->asked;
  g->text = text;
  g->size = size;
  g->answer = TOCSIN_CALLBACK_ABORT;
  g->waiting =
      !g->over && napi_call_threadsafe_function(g->elsewhere, (void*)g->asked, napi_tsfn_nonblocking) == napi_ok;
  while (g->waiting) uv_cond_wait(&g->told, &g->mutex);
  answer = g->answer;
  uv_mutex_unlock(&g->mutex);
  return answer;
}

static void free_guard(void* user_data) {
  guard* g = user_data;
  *g->link = g->next;
  if (g->next) g->next->link = g->link;
  if (g->elsewhere) napi_release_threadsafe_function(g->elsewhere, napi_tsfn_abort);
  drop_guard(g);
}

static void end_guard(napi_env env, void* data, void* hint) {
  guard* g = data;
  (void)hint;
  napi_delete_reference(env, g->function);
  g->elsewhere = NULL;
  give_up(g);
  drop_guard(g);
}

/* end_guards(): the program ends, which waits for the threads of the pool, and they must not wait for it. */
static napi_value end_guards(napi_env env, napi_callback_info info) {
  guard* g;
  (void)env;
  (void)info;
  for (g = guards; g; g = g->next) give_up(g);
  return NULL;
}

/* One that nobody holds, or NULL. */
static guard* make_guard(napi_env env) {
  guard* g = calloc(1, sizeof *g);
  if (!g) return NULL;
  g->env = env;
  g->home = uv_thread_self();
  if (uv_mutex_init(&g->mutex) == 0) {
    if (uv_cond_init(&g->told) == 0) return g;
    uv_mutex_destroy(&g->mutex);
  }
  free(g);
  return NULL;
}

static const char* guard_in(napi_env env, napi_value from, guard** made) {
  napi_valuetype type;
  napi_value name;
  guard* g;
  if (is_nothing(env, from)) return NULL;
  if (napi_typeof(env, from, &type) != napi_ok || type != napi_function) return "expected a function";
  g = make_guard(env);
  if (!g) return "out of memory";
  g->holders = 1;
  napi_create_string_utf8(env, "tocsin guard", NAPI_AUTO_LENGTH, &name);
  if (napi_create_reference(env, from, 1, &g->function) != napi_ok) {
    drop_guard(g);
    return "no reference can be made";
  }
  if (napi_create_threadsafe_function(env, from, NULL, name, 0, 1, g, end_guard, g, answer_question, &g->elsewhere) !=
      napi_ok) {
    napi_delete_reference(env, g->function);
    drop_guard(g);
    return "no threadsafe function can be made";
  }
  napi_unref_threadsafe_function(env, g->elsewhere); /* it does not keep the program alive */
  g->holders = 2;
  g->next = guards;
  g->link = &guards;
  if (g->next) g->next->link = &g->next;
  guards = g;
  *made = g;
  return NULL;
}

/* desk_set_guard(desk, function or null): the function takes the question as a Buffer, and answers with a number. */
static napi_value set_guard(napi_env env, napi_callback_info info) {
  napi_value given[2];
  size_t count = 2;
  value desk = {0};
  guard* g = NULL;
  tocsin_status status;
  tocsin_error* error = NULL;
  const char* wrong;
  if (napi_get_cb_info(env, info, &count, given, NULL, NULL) != napi_ok) return NULL;
  wrong = count < 2 ? "an argument is missing" : handle_in(env, given[0], 'd', &desk);
  if (!wrong && !desk.held) wrong = "expected the handle of a desk";
  if (!wrong && desk.held->busy) wrong = "the handle is in use by a call that runs";
  if (!wrong) wrong = guard_in(env, given[1], &g);
  if (wrong) return throw_type_error(env, wrong);
  status = g ? tocsin_desk_set_guard(desk.desk, ask_guard, g, free_guard, &error)
             : tocsin_desk_set_guard(desk.desk, NULL, NULL, NULL, &error);
  if (status != TOCSIN_OK) napi_throw(env, error_of(env, status, error));
  return NULL;
}

/* ---------------------------------------------------------------- the module */

static void add_function(napi_env env, napi_value exports, const char* name, napi_callback call) {
  napi_value function;
  napi_create_function(env, name, NAPI_AUTO_LENGTH, call, NULL, &function);
  napi_set_named_property(env, exports, name, function);
}

static void add(napi_env env, napi_value exports, const entry* e, int async) {
  char name[64] = {0};
  napi_value function;
  union {
    const void* given;
    void* taken;
  } data = {e};
  strncpy(name, e->name, sizeof name - 8);
  if (async) strcat(name, "_async");
  napi_create_function(env, name, NAPI_AUTO_LENGTH, async ? run_async : run, data.taken, &function);
  napi_set_named_property(env, exports, name, function);
}

static void add_both(napi_env env, napi_value exports, const entry* e) {
  add(env, exports, e, 0);
  if (e->returns == 's') add(env, exports, e, 1);
}

/* NAPI_MODULE_INIT defines it, and declares it nowhere. */
NAPI_MODULE_EXPORT int32_t NODE_API_MODULE_GET_API_VERSION(void);

NAPI_MODULE_INIT() {
  size_t n;
  add_function(env, exports, "desk_set_guard", set_guard);
  add_function(env, exports, "end_guards", end_guards);
  add_both(env, exports, &open_entry);
  for (n = 0; n < sizeof entries / sizeof *entries; ++n) add_both(env, exports, &entries[n]);
  return exports;
}
