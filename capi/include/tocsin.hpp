// tocsin.hpp - Tocsin for C++17 and later: tocsin.h with owners, exceptions and strings, and nothing else.
//
// Header-only over the C interface, so that a program and a libtocsin built by different compilers fit together. The
// manual is tocsin.h; what stands here says only what differs.
//
//     tocsin::client::desk desk;                                  // in memory; desk({"desk.tocsin"}) is a file
//     std::string result = desk.execute(
//         R"({"command":"log_incident","at":"2026-11-22T08:00:00Z","actor":"host","title":"VPN is down"})");
//     std::string open = desk.query(R"({"query":"find","where":{"open":true}})");
//
// Threads     As in tocsin.h: one thread at a time per desk; desks are independent. Members that are const may run side
//             by side. desk::interrupt, `failure` and the free functions are safe from any thread.
// Ownership   Every object owns what it holds. A desk moves and does not copy; desk::fork makes a copy.
// Errors      A status that is not TOCSIN_OK is thrown as `failure`; what cannot be allocated here, as std::bad_alloc.
// Documents   JSON as text, in and out. Bring your own JSON library; none is asked for.
#ifndef TOCSIN_HPP
#define TOCSIN_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <tocsin.h>

namespace tocsin::client {

// Why a call failed. Copying it never fails, so it may be kept and handed to another thread.
class failure : public std::exception {
 public:
  // Takes the error over; `error` may be NULL.
  failure(tocsin_status status, tocsin_error* error) : status_(status), error_(error, &tocsin_error_free) {}

  // TOCSIN_NOT_FOUND ...: what to do about it.
  tocsin_status status() const noexcept { return status_; }
  // A stable dotted word, "workflow.transition_not_allowed".
  const char* reason() const noexcept { return error_ ? tocsin_error_reason(error_.get()) : ""; }
  // One line for a person. Never parse it.
  const char* message() const noexcept {
    return error_ ? tocsin_error_message(error_.get()) : tocsin_status_name(status_);
  }
  // A JSON object; "{}" if there is no more to say.
  const char* detail() const noexcept { return error_ ? tocsin_error_detail(error_.get()) : "{}"; }

  const char* what() const noexcept override { return message(); }

 private:
  tocsin_status status_;
  std::shared_ptr<const tocsin_error> error_;
};

namespace detail {

// Calls `function(..., &error)` and throws what it fails with.
template <class Function, class... Argument>
void call(Function function, Argument... argument) {
  tocsin_error* error = nullptr;
  const tocsin_status status = function(argument..., &error);
  if (status != TOCSIN_OK) throw failure(status, error);
}

// A buffer of the library, disposed of when it goes.
class buffer {
 public:
  buffer() = default;
  buffer(const buffer&) = delete;
  buffer& operator=(const buffer&) = delete;
  ~buffer() { tocsin_buf_dispose(&held_); }

  tocsin_buf* out() noexcept { return &held_; }
  std::string text() const { return held_.data == nullptr ? std::string() : std::string(held_.data, held_.size); }

 private:
  tocsin_buf held_{};
};

// An empty view may have no address; the C functions are given one.
inline const char* address(std::string_view text) noexcept { return text.data() == nullptr ? "" : text.data(); }

template <class Held>
void drop(void* held) noexcept {
  delete static_cast<Held*>(held);
}

// A function that answers for workflows, as the C interface calls it.
struct host_guard {
  std::function<std::optional<bool>(std::string_view)> answer;
  std::shared_ptr<std::exception_ptr> thrown;  // the desk has it, too

  static std::int32_t ask(void* held, const char* question, std::size_t question_size) noexcept {
    const auto& guard = *static_cast<const host_guard*>(held);
    try {
      const std::optional<bool> holds = guard.answer(std::string_view(question, question_size));
      return holds.has_value() ? std::int32_t{*holds} : TOCSIN_CALLBACK_PASS;
    } catch (...) {
      *guard.thrown = std::current_exception();
      return TOCSIN_CALLBACK_ABORT;
    }
  }
};

// Functions of the host that hear what the desk says, as the C interface calls them.
struct host_log {
  std::function<void(std::int32_t, std::string_view, std::string_view)> hear;

  static void said(void* held, std::int32_t level, const char* category, const char* message,
                   std::size_t message_size) noexcept {
    try {
      static_cast<const host_log*>(held)->hear(level, category, std::string_view(message, message_size));
    } catch (...) {  // what is logged goes on, whatever becomes of the log
    }
  }
};

struct host_progress {
  std::function<bool(std::string_view, std::uint64_t, std::uint64_t)> goes_on;

  static std::int32_t reported(void* held, const char* doing, std::uint64_t done, std::uint64_t total) noexcept {
    try {
      return static_cast<const host_progress*>(held)->goes_on(doing, done, total) ? 0 : TOCSIN_CALLBACK_ABORT;
    } catch (...) {
      return TOCSIN_CALLBACK_ABORT;
    }
  }
};

}  // namespace detail

// How a desk is opened.
struct open_options {
  std::string path = {};       // a desk file; empty: a desk in memory
  std::string config = {};     // a JSON document, schema "desk_options"; empty: defaults
  std::string salt_seed = {};  // 16 to 64 secret bytes, or none: see tocsin_open_options::salt_seed
  bool read_only = false;      // TOCSIN_OPEN_READ_ONLY
  bool must_exist = false;     // TOCSIN_OPEN_MUST_EXIST
  bool take_over = false;      // TOCSIN_OPEN_TAKE_OVER
};

// What an advance did: how many entries fired, and whether more is due.
struct advanced {
  std::uint64_t fired = 0;
  bool more = false;
};

// One page of typed rows, and the text to give as "cursor" for the next; empty at the end.
struct incident_page {
  std::vector<tocsin_incident_row> rows;
  std::string cursor;
};

// The last entry of a journal, to anchor outside.
struct journal_head {
  std::uint64_t sequence = 0;  // 0: the journal is empty, and the hash is zero bytes
  std::array<std::uint8_t, TOCSIN_HASH_SIZE> hash{};
};

// One service desk. A desk that was moved from, or closed, may be assigned to, closed and destroyed, and nothing else.
class desk {
 public:
  // In memory.
  desk() : desk(open_options{}) {}

  explicit desk(const open_options& options) {
    tocsin_open_options raw;
    tocsin_open_options_init(&raw, sizeof raw);
    raw.flags = (options.read_only ? TOCSIN_OPEN_READ_ONLY : 0u) | (options.must_exist ? TOCSIN_OPEN_MUST_EXIST : 0u) |
                (options.take_over ? TOCSIN_OPEN_TAKE_OVER : 0u);
    if (!options.path.empty()) {
      raw.path = options.path.data();
      raw.path_size = options.path.size();
    }
    if (!options.config.empty()) {
      raw.config = options.config.data();
      raw.config_size = options.config.size();
    }
    if (!options.salt_seed.empty()) {
      raw.salt_seed = options.salt_seed.data();
      raw.salt_seed_size = options.salt_seed.size();
    }
    tocsin_desk* opened = nullptr;
    detail::call(tocsin_desk_open, TOCSIN_ABI_VERSION, &raw, &opened);
    held_.reset(opened);
  }

  // Takes over a desk that was opened, or forked, through the C interface.
  explicit desk(tocsin_desk* owned) noexcept : held_(owned) {}

  void close() noexcept { held_.reset(); }
  explicit operator bool() const noexcept { return held_ != nullptr; }
  tocsin_desk* get() noexcept { return held_.get(); }
  const tocsin_desk* get() const noexcept { return held_.get(); }

  // A copy for "what if": it never writes, may go to another thread, and may outlive this desk.
  desk fork() const {
    tocsin_desk* copy = nullptr;
    detail::call(tocsin_desk_fork, get(), &copy);
    return desk(copy);
  }

  // How much memory it takes, by what for, as JSON.
  std::string memory() const {
    detail::buffer figures;
    detail::call(tocsin_desk_memory, get(), figures.out());
    return figures.text();
  }

  // One command, an array, or JSON Lines by flag (TOCSIN_EXECUTE_...). `at_us` is for commands without "at".
  std::string execute(std::string_view commands, std::int64_t at_us = TOCSIN_NEVER, std::uint32_t flags = 0) {
    detail::buffer results;
    call_that_asks(tocsin_desk_execute, get(), at_us, detail::address(commands), commands.size(), flags, results.out());
    return results.text();
  }

  // Fires what is due up to and including `now_us`, at most `limit` entries (0: all).
  advanced advance(std::int64_t now_us, std::uint64_t limit = 0, std::uint32_t flags = 0) {
    advanced result;
    std::int32_t more = 0;
    call_that_asks(tocsin_desk_advance, get(), now_us, limit, flags, &result.fired, &more);
    result.more = more != 0;
    return result;
  }

  // Who has a record open, as a JSON object; a hint, in memory alone.
  void note_presence(std::string_view presence) {
    detail::call(tocsin_desk_note_presence, get(), detail::address(presence), presence.size());
  }

  // Who answers for the "host_guards" of workflows from now on, instead of who did before; an empty function: nobody. The
  // question is JSON; nullopt: it does not know that guard. It is called during the execute or advance that needs the
  // answer, and must not use the desk. What it throws ends that call, which has changed nothing, and is thrown there.
  void set_guard(std::function<std::optional<bool>(std::string_view question)> guard) {
    if (!guard) return detail::call(tocsin_desk_set_guard, get(), nullptr, nullptr, nullptr);
    if (!thrown_) thrown_ = std::make_shared<std::exception_ptr>();
    give(tocsin_desk_set_guard, &detail::host_guard::ask, detail::host_guard{std::move(guard), thrown_});
  }

  // Where messages for the host's log go from now on, instead of where they did before; an empty function: nowhere. The level
  // is TOCSIN_LOG_..., the category a word. It must not use the desk; what it throws is lost.
  void set_log(std::function<void(std::int32_t level, std::string_view category, std::string_view message)> log) {
    if (!log) return detail::call(tocsin_desk_set_log, get(), nullptr, nullptr, nullptr);
    give(tocsin_desk_set_log, &detail::host_log::said, detail::host_log{std::move(log)});
  }

  // Who hears from now on how far a long call is, about every thousand steps; an empty function: nobody. `total` is 0 where it
  // is not known. Where it answers false, or throws, the call ends: cancelled, desk.stopped. It must not use the desk.
  void set_progress(std::function<bool(std::string_view doing, std::uint64_t done, std::uint64_t total)> progress) {
    if (!progress) return detail::call(tocsin_desk_set_progress, get(), nullptr, nullptr, nullptr);
    give(tocsin_desk_set_progress, &detail::host_progress::reported, detail::host_progress{std::move(progress)});
  }

  // Answers to what workflows ask the host, as JSON by name; set_guard is not asked for these. For forks, dry runs, tests.
  void set_guard_answers(std::string_view answers) {
    detail::call(tocsin_desk_set_guard_answers, get(), detail::address(answers), answers.size());
  }

  // When advance has something to do next; TOCSIN_NEVER: nothing is waiting.
  std::int64_t next_due() const noexcept { return tocsin_desk_next_due(get()); }

  // From any thread: stops the call that runs.
  void interrupt() noexcept { tocsin_desk_interrupt(get()); }

  std::string query(std::string_view question) const {
    detail::buffer answer;
    detail::call(tocsin_desk_query, get(), detail::address(question), question.size(), answer.out());
    return answer.text();
  }

  // The rows of a "find" question, typed; at most `capacity` of them.
  incident_page incidents(std::string_view find, std::size_t capacity = 1000) const {
    incident_page page;
    page.rows.resize(capacity);
    std::size_t count = 0;
    detail::buffer cursor;
    detail::call(tocsin_desk_incidents, get(), detail::address(find), find.size(), page.rows.data(),
                 sizeof(tocsin_incident_row), capacity, &count, cursor.out());
    page.rows.resize(count);
    page.cursor = cursor.text();
    return page;
  }

  // All rows of a "timers", a "breaches_ahead" and a "shifts" question, typed.
  std::vector<tocsin_timer_row> timers(std::string_view question = "{}") const {
    return rows<tocsin_timer_row>(tocsin_desk_timers, question);
  }
  std::vector<tocsin_clock_row> clocks(std::string_view question = "{}") const {
    return rows<tocsin_clock_row>(tocsin_desk_clocks, question);
  }
  std::vector<tocsin_shift_row> shifts(std::string_view question = "{}") const {
    return rows<tocsin_shift_row>(tocsin_desk_shifts, question);
  }

  // The key that a number in a row stands for: of a "person", an "sla_policy", ...
  std::string key(std::string_view kind, std::uint32_t number) const {
    detail::buffer key;
    detail::call(tocsin_desk_key, get(), detail::address(kind), kind.size(), number, key.out());
    return key.text();
  }

  // What take_effects gives, but the headers alone.
  std::vector<tocsin_effect_row> take_effect_rows(std::string_view consumer, std::size_t max = 100) {
    std::vector<tocsin_effect_row> rows(max);
    std::size_t count = 0;
    detail::call(tocsin_desk_take_effect_rows, get(), detail::address(consumer), consumer.size(), rows.data(),
                 sizeof(tocsin_effect_row), rows.size(), &count);
    rows.resize(count);
    return rows;
  }

  // What `consumer` has not acknowledged, oldest first: a JSON array. It is given again until it is acknowledged.
  std::string take_effects(std::string_view consumer, std::size_t max = 100) {
    detail::buffer effects;
    detail::call(tocsin_desk_take_effects, get(), detail::address(consumer), consumer.size(), max, effects.out());
    return effects.text();
  }

  void acknowledge_effects(std::string_view consumer, std::uint64_t effect_id) {
    detail::call(tocsin_desk_acknowledge_effects, get(), detail::address(consumer), consumer.size(), effect_id);
  }

  journal_head head() const {
    journal_head result;
    detail::call(tocsin_desk_head, get(), &result.sequence, result.hash.data());
    return result;
  }

  // Reads everything again. Damage is thrown, as TOCSIN_CORRUPT; what is returned says what was checked.
  std::string verify() const {
    detail::buffer report;
    detail::call(tocsin_desk_verify, get(), report.out());
    return report.text();
  }

  // Entries from that sequence on as bytes, and what takes them up in another desk.
  std::string read_entries(std::uint64_t from, std::size_t bytes_max) const {
    detail::buffer entries;
    detail::call(tocsin_desk_read_entries, get(), from, bytes_max, entries.out());
    return entries.text();
  }
  std::uint64_t apply_entries(std::string_view entries) {
    std::uint64_t applied = 0;
    detail::call(tocsin_desk_apply_entries, get(), entries.data(), entries.size(), &applied);
    return applied;
  }

  // A copy in a new file, while the desk goes on.
  void backup(std::string_view path) const { detail::call(tocsin_desk_backup, get(), path.data(), path.size()); }

  // One entry of the journal as JSON: its command, events and hash.
  std::string entry(std::uint64_t sequence) const {
    detail::buffer entry;
    detail::call(tocsin_desk_entry, get(), sequence, entry.out());
    return entry.text();
  }

 private:
  // What is held is freed by the library, also where the call fails.
  template <class Function, class Callback, class Held>
  void give(Function function, Callback callback, Held held) {
    detail::call(function, get(), callback, new Held(std::move(held)), &detail::drop<Held>);
  }

  // A call in which the guard may be asked: what it threw goes on here.
  template <class Function, class... Argument>
  void call_that_asks(Function function, Argument... argument) {
    try {
      detail::call(function, argument...);
    } catch (const failure& f) {
      if (!thrown_ || !*thrown_ || std::string_view(f.reason()) != "guard.aborted") throw;
      std::rethrow_exception(std::exchange(*thrown_, nullptr));
    }
  }

  // As many as there are; asked again where there were more than expected.
  template <class Row, class Function>
  std::vector<Row> rows(Function function, std::string_view question) const {
    std::vector<Row> all(256);
    for (;;) {
      std::size_t count = 0;
      std::size_t total = 0;
      detail::call(function, get(), detail::address(question), question.size(), all.data(), sizeof(Row), all.size(),
                   &count, &total);
      const bool complete = total <= all.size();
      all.resize(complete ? count : total);
      if (complete) return all;
    }
  }

  struct closer {
    void operator()(tocsin_desk* desk) const noexcept { tocsin_desk_close(desk); }
  };
  std::unique_ptr<tocsin_desk, closer> held_;
  std::shared_ptr<std::exception_ptr> thrown_;  // by the guard; none: there was no guard yet
};

// A business calendar; any number of threads may ask it. Instants that never come are TOCSIN_NEVER, or TOCSIN_UNSET in
// the past. A calendar that was moved from may be assigned to and destroyed, and nothing else.
class calendar {
 public:
  // A definition, and an array of those that it combines.
  explicit calendar(std::string_view definition, std::string_view others = "[]") {
    tocsin_calendar* compiled = nullptr;
    detail::call(tocsin_calendar_new, detail::address(definition), definition.size(), detail::address(others),
                 others.size(), &compiled);
    held_.reset(compiled);
  }

  // Takes over a calendar that was made through the C interface, whose functions answer batches.
  explicit calendar(tocsin_calendar* owned) noexcept : held_(owned) {}

  const tocsin_calendar* get() const noexcept { return held_.get(); }

  std::int64_t elapsed(std::int64_t from_us, std::int64_t to_us) const {
    return one(tocsin_calendar_elapsed, from_us, to_us);
  }
  std::int64_t add(std::int64_t at_us, std::int64_t duration_us) const {
    return one(tocsin_calendar_add, at_us, duration_us);
  }
  std::int64_t subtract(std::int64_t at_us, std::int64_t duration_us) const {
    return one(tocsin_calendar_subtract, at_us, duration_us);
  }
  std::int64_t next_open(std::int64_t at_us) const { return one(tocsin_calendar_next_open, at_us); }
  std::int64_t next_close(std::int64_t at_us) const { return one(tocsin_calendar_next_close, at_us); }
  std::int64_t previous_close(std::int64_t at_us) const { return one(tocsin_calendar_previous_close, at_us); }
  bool is_open(std::int64_t at_us) const { return next_open(at_us) == at_us; }
  std::int64_t add_business_days(std::int64_t at_us, std::int64_t days) const {
    return one(tocsin_calendar_add_business_days, at_us, days);
  }
  std::int64_t end_of_business_day(std::int64_t at_us, std::int64_t days) const {
    return one(tocsin_calendar_end_of_business_day, at_us, days);
  }

  // A question as JSON, schema "calendar_question".
  std::string ask(std::string_view question) const {
    detail::buffer answer;
    detail::call(tocsin_calendar_ask, get(), detail::address(question), question.size(), answer.out());
    return answer.text();
  }

 private:
  template <class Function, class... Item>
  std::int64_t one(Function function, Item... items) const {
    std::int64_t answer = 0;
    tocsin_error* error = nullptr;
    const tocsin_status status = function(get(), &items..., &answer, 1, &error);
    if (status != TOCSIN_OK) throw failure(status, error);
    return answer;
  }

  struct freer {
    void operator()(tocsin_calendar* calendar) const noexcept { tocsin_calendar_free(calendar); }
  };
  std::unique_ptr<tocsin_calendar, freer> held_;
};

// The holidays of an iCalendar feed, for review.
inline std::string import_holidays(std::string_view icalendar) {
  detail::buffer holidays;
  detail::call(tocsin_import_holidays, detail::address(icalendar), icalendar.size(), holidays.out());
  return holidays.text();
}

// Lines that define and ask who is on call; one answer a line. `book`: lines that define, taken for granted.
inline std::string oncall_answer(std::string_view book, std::string_view lines) {
  detail::buffer answers;
  detail::call(tocsin_oncall_answer, detail::address(book), book.size(), detail::address(lines), lines.size(),
               answers.out());
  return answers.text();
}

// Lines that say what conditions may speak of, and ask whether one holds, and why; one answer a line. `book`: lines that
// define, taken for granted.
inline std::string condition_answer(std::string_view book, std::string_view lines) {
  detail::buffer answers;
  detail::call(tocsin_condition_answer, detail::address(book), book.size(), detail::address(lines), lines.size(),
               answers.out());
  return answers.text();
}

// What a rule of jsonlogic.com makes of data; both, and the answer, as JSON.
inline std::string json_logic_apply(std::string_view rule, std::string_view data) {
  detail::buffer answer;
  detail::call(tocsin_json_logic_apply, detail::address(rule), rule.size(), detail::address(data), data.size(),
               answer.out());
  return answer.text();
}

// Commands, as JSON Lines, of a document of a monitoring system: "alertmanager", or a mapping as JSON.
inline std::string intake_commands(std::string_view mapping, std::string_view document) {
  detail::buffer commands;
  detail::call(tocsin_intake_commands, detail::address(mapping), mapping.size(), detail::address(document),
               document.size(), commands.out());
  return commands.text();
}

// Lines that define policies and who is on call, and ask who is paged when; one answer a line. `book` as above.
inline std::string escalation_answer(std::string_view book, std::string_view lines) {
  detail::buffer answers;
  detail::call(tocsin_escalation_answer, detail::address(book), book.size(), detail::address(lines), lines.size(),
               answers.out());
  return answers.text();
}

// Lines that define services and configuration items, and ask what an outage affects; one answer a line. `book` as above.
inline std::string impact_answer(std::string_view book, std::string_view lines) {
  detail::buffer answers;
  detail::call(tocsin_impact_answer, detail::address(book), book.size(), detail::address(lines), lines.size(),
               answers.out());
  return answers.text();
}

// Lines that define rules and incidents, and ask which problems they propose; one answer a line. `book` as above.
inline std::string recurrence_answer(std::string_view book, std::string_view lines) {
  detail::buffer answers;
  detail::call(tocsin_recurrence_answer, detail::address(book), book.size(), detail::address(lines), lines.size(),
               answers.out());
  return answers.text();
}

// The JSON Schema of one kind of document by name, or of all in one for "all".
inline std::string schema(std::string_view name) {
  detail::buffer document;
  detail::call(tocsin_schema, detail::address(name), name.size(), document.out());
  return document.text();
}

// The whole vocabulary with meaning and fields, as JSON.
inline std::string catalogue() {
  detail::buffer document;
  detail::call(tocsin_catalogue, document.out());
  return document.text();
}

// An instant at which a local clock showed something, and how sure that is: TOCSIN_LOCAL_UNIQUE, _SKIPPED, _REPEATED.
struct zoned_instant {
  std::int64_t instant_us = 0;
  std::int32_t kind = TOCSIN_LOCAL_UNIQUE;
};

// `local_us` is what clocks in the zone show, counted in microseconds since 1970-01-01 00:00 of that clock.
inline zoned_instant local_to_instant(std::string_view zone, std::int64_t local_us) {
  zoned_instant result;
  detail::call(tocsin_local_to_instant, detail::address(zone), zone.size(), local_us, &result.instant_us, &result.kind);
  return result;
}

inline std::int64_t instant_to_local(std::string_view zone, std::int64_t instant_us) {
  std::int64_t local_us = 0;
  detail::call(tocsin_instant_to_local, detail::address(zone), zone.size(), instant_us, &local_us);
  return local_us;
}

}  // namespace tocsin::client

#endif
