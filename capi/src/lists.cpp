// Typed lists: rows of fixed layout in memory of the caller.
#include "desk.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/oncall/questions.hpp>
#include <tocsin/sla/questions.hpp>

#include <algorithm>
#include <cstring>
#include <span>

using tocsin::capi::demand;
using tocsin::capi::give;
using tocsin::capi::guard_desk;
using tocsin::capi::text_in;

namespace {

// Memory of the caller for rows. A smaller row_size of an older caller is served, and a larger one of a newer.
struct row_space {
  void* rows;
  size_t row_size;
  size_t capacity;

  void check() const {
    if (capacity != 0) demand(static_cast<char*>(rows), "rows");
    if (row_size == 0) throw tocsin::error(tocsin::status::invalid_argument, "argument.row_size", "row_size is 0");
  }

  // As many as there is room for; how many.
  template <class Item, class Make>
  size_t fill(const std::vector<Item>& items, Make row_of) const {
    auto* to = static_cast<unsigned char*>(rows);
    const size_t count = std::min(items.size(), capacity);
    for (const Item& item : std::span(items).first(count)) {
      const auto row = row_of(item);
      const size_t known = std::min(row_size, sizeof row);
      std::memcpy(to, &row, known);
      std::memset(to + known, 0, row_size - known);
      to += row_size;
    }
    return count;
  }
};

// What a question asks for, and of whom; "query" may be left out where nobody is named who asks.
template <class Query>
struct question {
  question(const tocsin::desk& d, std::string_view json) : by(read_question(d, Query::descriptor, json, &asked)) {}

  Query asked;
  tocsin::person_ref by;
};

// The first ones, where the question has a limit.
template <class Item>
void keep_first(std::vector<Item>& items, int64_t limit) {
  if (limit != 0 && items.size() > static_cast<size_t>(limit)) items.resize(static_cast<size_t>(limit));
}

tocsin_incident_row incident_row(const tocsin::incident_ptr& r) {
  return {.id = r->id,
          .number = tocsin::place_in_series(r->number),
          .opened_at_us = r->opened_at.us,
          .updated_at_us = r->updated_at.us,
          .resolved_at_us = r->resolved_at.us,
          .closed_at_us = r->closed_at.us,
          .version = r->version,
          .reopen_count = r->reopen_count,
          .reassignment_count = r->reassignment_count,
          .state_kind = static_cast<int32_t>(r->state_kind),
          .priority = static_cast<int32_t>(r->priority),
          .severity = static_cast<int32_t>(r->severity)};
}

tocsin_timer_row timer_row(const tocsin::timer& t) {
  return {.id = t.id,
          .number = tocsin::place_in_series(t.number),
          .due_at_us = t.due.us,
          .timer_kind = static_cast<int32_t>(t.kind),
          .reserved = 0};
}

tocsin_clock_row clock_row(const tocsin::clock_ahead& c) {
  return {.id = c.record->id,
          .number = tocsin::place_in_series(c.record->number),
          .deadline_us = c.deadline.us,
          .started_at_us = c.started.us,
          .clock = c.clock,
          .policy = c.policy.index,
          .clock_metric = static_cast<int32_t>(c.metric),
          .cycle = c.cycle};
}

tocsin_shift_row shift_row(const tocsin::oncall_shift& s) {
  return {.begins_at_us = s.from.us, .ends_at_us = s.until.us, .person = s.person.index, .shadow = s.shadow ? 1u : 0u};
}

tocsin_effect_row effect_row(const tocsin::desk& d, const tocsin::effect& e) {
  const tocsin::incident_ptr record = d.find(e.record);
  return {.effect_id = e.id,
          .id = e.record.id,
          .number = record ? tocsin::place_in_series(record->number) : 0,
          .scheduled_at_us = e.scheduled_at.us,
          .recorded_at_us = e.recorded_at.us,
          .caller = record ? record->caller.index : 0,
          .effect_kind = static_cast<int32_t>(e.body.number())};
}

tocsin::word_kind word_kind_named(std::string_view kind) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < tocsin::word_kind_count; ++i) {
    const auto one = static_cast<tocsin::word_kind>(i);
    if (kind == name(one)) return one;
    names.emplace_back(name(one));
  }
  throw tocsin::unknown_name(tocsin::status::invalid_argument, "argument.kind", "kind", kind, std::move(names));
}

}  // namespace

tocsin_status tocsin_desk_incidents(const tocsin_desk* desk, const char* query, size_t query_size, void* rows,
                                    size_t row_size, size_t capacity, size_t* count_out, tocsin_buf* cursor_out,
                                    tocsin_error** error) {
  if (count_out) *count_out = 0;
  tocsin_buf_dispose(cursor_out);
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    const row_space space{rows, row_size, capacity};
    demand(count_out, "count_out");
    space.check();
    question<tocsin::find_query> given(d, text_in(query, query_size, "query"));
    int64_t& limit = given.asked.limit;
    if (limit == 0 || static_cast<size_t>(limit) > capacity) limit = static_cast<int64_t>(capacity);
    if (capacity == 0) return;
    const tocsin::find_answer found = tocsin::find(d, given.asked, given.by);
    give(cursor_out, found.cursor);
    *count_out = space.fill(found.records, incident_row);
  });
}

tocsin_status tocsin_desk_timers(const tocsin_desk* desk, const char* query, size_t query_size, void* rows,
                                 size_t row_size, size_t capacity, size_t* count_out, size_t* total_out,
                                 tocsin_error** error) {
  if (count_out) *count_out = 0;
  if (total_out) *total_out = 0;
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    const row_space space{rows, row_size, capacity};
    demand(count_out, "count_out");
    space.check();
    const question<tocsin::timers_query> given(d, text_in(query, query_size, "query"));
    std::vector<tocsin::timer> found = tocsin::pending_timers(d, SIZE_MAX, given.by);
    keep_first(found, given.asked.limit);
    if (total_out) *total_out = found.size();
    *count_out = space.fill(found, timer_row);
  });
}

tocsin_status tocsin_desk_clocks(const tocsin_desk* desk, const char* query, size_t query_size, void* rows,
                                 size_t row_size, size_t capacity, size_t* count_out, size_t* total_out,
                                 tocsin_error** error) {
  if (count_out) *count_out = 0;
  if (total_out) *total_out = 0;
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    const row_space space{rows, row_size, capacity};
    demand(count_out, "count_out");
    space.check();
    const question<tocsin::breaches_ahead_query> given(d, text_in(query, query_size, "query"));
    std::vector<tocsin::clock_ahead> found = tocsin::breaches_ahead(d, given.asked.within, given.by);
    keep_first(found, given.asked.limit);
    if (total_out) *total_out = found.size();
    *count_out = space.fill(found, clock_row);
  });
}

tocsin_status tocsin_desk_shifts(const tocsin_desk* desk, const char* query, size_t query_size, void* rows,
                                 size_t row_size, size_t capacity, size_t* count_out, size_t* total_out,
                                 tocsin_error** error) {
  if (count_out) *count_out = 0;
  if (total_out) *total_out = 0;
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    const row_space space{rows, row_size, capacity};
    demand(count_out, "count_out");
    space.check();
    const question<tocsin::shifts_query> given(d, text_in(query, query_size, "query"));
    const std::vector<tocsin::oncall_shift> found = tocsin::shifts_of(d, given.asked);
    if (total_out) *total_out = found.size();
    *count_out = space.fill(found, shift_row);
  });
}

tocsin_status tocsin_desk_take_effect_rows(tocsin_desk* desk, const char* consumer, size_t consumer_size, void* rows,
                                           size_t row_size, size_t capacity, size_t* count_out, tocsin_error** error) {
  if (count_out) *count_out = 0;
  return guard_desk(desk, error, [&](tocsin::desk& d) {
    const row_space space{rows, row_size, std::min(capacity, tocsin::limits::effects_take_max)};
    demand(count_out, "count_out");
    space.check();
    const std::vector<tocsin::effect> found =
        d.take_effects(text_in(consumer, consumer_size, "consumer"), space.capacity);
    *count_out = space.fill(found, [&](const tocsin::effect& e) { return effect_row(d, e); });
  });
}

tocsin_status tocsin_desk_key(const tocsin_desk* desk, const char* kind, size_t kind_size, uint32_t number,
                              tocsin_buf* key_out, tocsin_error** error) {
  tocsin_buf_dispose(key_out);
  return guard_desk(desk, error, [&](const tocsin::desk& d) {
    const std::string_view named = text_in(kind, kind_size, "kind");
    const std::string_view key = d.state().words.word(word_kind_named(named), number);
    if (key.empty()) {
      throw tocsin::error(tocsin::status::not_found, "argument.number",
                          "there is no " + std::string(named) + " with the number " + std::to_string(number));
    }
    give(key_out, key);
  });
}
