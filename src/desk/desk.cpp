#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/oncall_book.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/escalation/events.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/assignment_book.hpp>
#include <tocsin/desk/built_in_pack.hpp>
#include <tocsin/desk/effect_id.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/record_timers.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/model/escalation_record.hpp>

#include "batch.hpp"
#include "fork_store.hpp"
#include "publish.hpp"
#include "time/shown.hpp"
#include "transaction.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr std::uint64_t fired_per_commit = 1024;  // so that a long absence is not one transaction without end
constexpr std::size_t number_digits_max = 15;

void check_consumer(std::string_view consumer) {
  if (consumer.empty() || consumer.size() > limits::key_length_max) {
    throw error(status::invalid_argument, "outbox.consumer",
                "the name of a consumer has 1 to " + std::to_string(limits::key_length_max) + " bytes, found " +
                    std::to_string(consumer.size()));
  }
}

[[noreturn]] void refuse_consumer(std::string_view consumer) {
  throw error(status::resource_exhausted, "outbox.too_many_consumers",
              "\"" + std::string(consumer) + "\" would be one consumer more than the " +
                  std::to_string(limits::consumers_max) + " that an outbox may have");
}

// 0: these are not digits alone, or too many.
std::uint64_t read_digits(std::string_view text) {
  if (text.empty() || text.size() > number_digits_max) return 0;
  std::uint64_t number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return 0;
    number = number * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return number;
}

incident_ptr rewind(const store& where, const definition_table& known, const incident& record, std::uint64_t sequence) {
  return record_as_of(where, known, record, {.sequence = sequence});
}

}  // namespace

std::span<const field_row> desk_options::fields() {
  using self = desk_options;
  static constexpr field_row rows[] = {
      row<&self::clock_tolerance>("clock_tolerance", "How much earlier than the desk's clock a command may be",
                                  range{0, day.us}),
      row<&self::max_leap>("max_leap", "How far ahead of the desk's clock without being allowed to",
                           range{second.us, 366'000 * day.us}),
      row<&self::idempotency_window>("idempotency_window", "How long idempotency keys are remembered",
                                     range{0, 3660 * day.us}),
      row<&self::idempotency_keys>("idempotency_keys", "How many idempotency keys are remembered",
                                   range{1, 100'000'000}),
      row<&self::number_prefix>("number_prefix", "What the numbers of incidents begin with", one_line, max_length(10)),
      row<&self::number_width>("number_width", "Digits of a number, at least", range{1, number_digits_max}),
      row<&self::durability>("durability",
                             "What a commit survives: a loss of power, too (full), or the end of the process (normal)"),
      row<&self::zone_data>("zone_data", "Newer time zone data than the library's own, packed, in base64",
                            max_length(limits::zone_text_length_max)),
      row<&self::text_index>(
          "text_index", "Keep the texts of all records in memory to be searched: for whoever asks `suggest` often"),
  };
  return rows;
}

std::span<const std::string_view> choices(commit_survives) {
  static constexpr std::string_view all[] = {"full", "normal"};
  return all;
}

std::span<const field_row> request::fields() {
  static constexpr field_row rows[] = {
      row<&request::at>("at", "When it is asked; without it, the instant given with the call"),
      row<&request::actor>("actor", "Person who asks; \"host\" is the program that embeds the desk", required),
      row<&request::idempotency_key>("idempotency_key", "The same key again answers the first result and does nothing",
                                     one_line, max_length(limits::name_length_max)),
      row<&request::expected_version>("expected_version", "Version that the record must have", range{1, UINT32_MAX}),
  };
  return rows;
}

// ---- the core

bool desk::core::stands(const timer& t) const noexcept {
  const incident_ptr& record = state.live.find(t.id);
  return record && tocsin::stands(*record, t.kind, t.due);
}

// Afterwards the timer on top is one that stands, so that next_due is true.
void desk::core::tidy_timers() noexcept {
  timer_queue& timers = state.timers;
  while (!timers.empty() && !stands(timers.top())) timers.pop();
  if (timers.size() <= timers_most) return;
  timers.sweep([this](const timer& t) { return stands(t); });
  timers_most = 64 + 2 * timers.size();  // a record may have several that stand
}

void desk::core::prepare_lookup() {
  lookup.where = where.get();
  lookup.find = [this](record_ref record) -> incident_ptr {
    if (open_records) {
      for (const auto& open : *open_records) {
        if (open->id == record.id) return open;
      }
    }
    if (const incident_ptr& live = state.live.find(record.id)) return live;
    return record.id == 0 || record.id > state.counters.last_id ? nullptr : where->load_closed(record.id);
  };
  lookup.find_number = [this](std::uint64_t number) -> std::uint64_t {
    const std::uint64_t series = series_of(number);
    const std::uint64_t last = series == 0                          ? state.counters.last_number
                               : series < state.last_numbers.size() ? number_in(series, state.last_numbers[series])
                                                                    : 0;
    if (number == 0 || number > last) return 0;
    if (const auto other = state.renumbered.find(number); other != state.renumbered.end()) return other->second;
    if (const incident_ptr& same = state.live.find(number); same && same->number == number) return number;
    return where->find_closed_number(number);
  };
  lookup.read_number = [this](std::string_view text) -> std::uint64_t {
    if (text.starts_with(options.number_prefix)) {
      if (const std::uint64_t number = read_digits(text.substr(options.number_prefix.size()))) return number;
    }
    const versions<record_type>& types = state.definitions.of<record_type>();
    for (std::uint32_t series = 1; series <= types.size(); ++series) {
      const record_type* type = types.current(series);
      if (!type || !text.starts_with(type->number_prefix)) continue;
      const std::uint64_t place = read_digits(text.substr(type->number_prefix.size()));
      if (place != 0) return number_in(series, place);
    }
    return std::uint64_t{0};
  };
  lookup.show_number = [this](std::uint64_t number) {
    const record_type* type =
        state.definitions.of<record_type>().current(static_cast<std::uint32_t>(series_of(number)));
    std::string digits = std::to_string(place_in_series(number));
    const auto width = static_cast<std::size_t>(type ? type->number_width : options.number_width);
    if (digits.size() < width) digits.insert(0, width - digits.size(), '0');
    return (type ? type->number_prefix : options.number_prefix) + digits;
  };
}

namespace {

// The definitions of a new desk, made once for all desks of a process: they share them.
const desk_state& founding_state() {
  static const std::unique_ptr<const desk_state> made = [] {
    auto state = std::make_unique<desk_state>();
    std::vector<std::function<void()>> undo;
    apply_definitions(built_in_definitions(), *state, undo);
    return state;
  }();
  return *made;
}

void take_words(lexicon& to, const lexicon& from) {
  for (std::size_t kind = 0; kind < word_kind_count; ++kind) {
    const auto k = static_cast<word_kind>(kind);
    for (std::uint32_t n = 1; n <= from.size(k); ++n) to.add(k, from.word(k, n));
  }
}

void take_founding(desk_state& state) {
  state.definitions = founding_state().definitions;
  take_words(state.words, founding_state().words);
}

// Entries that publish definitions are never purged.
[[noreturn]] void refuse_emptied(std::uint64_t sequence) {
  throw error(status::corrupt, "journal.definitions_missing",
              "entry " + std::to_string(sequence) + " publishes definitions, and has no bytes",
              "{\"entry\":" + std::to_string(sequence) + "}");
}

const definitions_published* definitions_in(const entry& e) {
  return e.events.empty() ? nullptr : e.events.front().body.get_if<definitions_published>();
}

}  // namespace

bool desk::core::begins_as_this_library(const entry& first) const {
  static const definitions_published own = built_in_definitions();
  const definitions_published* found = definitions_in(first);
  return found && std::ranges::all_of(definitions_published::fields(), [&](const field_row& field) {
           return field.name == "zone_data_version" || equal(*field.type, field.at(&own), field.at(found));
         });
}

void desk::core::forget_founding(std::vector<std::function<void()>>& undo) {
  const lexicon nothing;
  undo.emplace_back([this] { take_founding(state); });
  state.definitions = {};
  state.words.rewind(nothing.position());
}

void desk::core::open() {
  prepare_lookup();
  state.incident_prefix = options.number_prefix;
  if (!options.zone_data.empty()) state.zones = zone_data::parse_text(options.zone_data);
  store_contents contents = where->load();
  if (contents.sequence == 0) {
    take_founding(state);
    if (options.text_index) texts = std::make_unique<tocsin::text_index>();
    return;
  }
  founded = true;
  where->scan_entries(1, contents.sequence, true, [this](const stored_entry& stored) {
    if (is_purged(stored)) refuse_emptied(stored.sequence);
    std::vector<std::function<void()>> undo;
    const entry e = decode_entry(stored, hasher);
    if (e.sequence == 1 && begins_as_this_library(e)) {
      take_founding(state);
      state.zone_data_version = definitions_in(e)->zone_data_version;
      return true;
    }
    for (const event& happened : e.events) {
      if (const auto* published = happened.body.get_if<definitions_published>()) {
        apply_definitions(*published, state, undo);
      } else if (const auto* zones = happened.body.get_if<zone_data_changed>()) {
        apply_zone_data(*zones, state, undo);
      }
    }
    return true;
  });
  prepare_from_definitions(state);
  for (const assignment_turn& turn : contents.turns) state.turns.put(turn);
  state.loads.make_room(state.words.size(word_kind::person));
  for (incident_ptr& record : contents.live) {
    each_timer(*record, [&](timer_kind kind, instant due) {
      state.timers.make_room(1);
      state.timers.push({due, record->number, record->id, kind});
    });
    const std::uint64_t id = record->id;
    if (record->number != id) state.renumbered[record->number] = id;
    state.events.add(*record, nullptr, state.definitions.schemas->record());
    state.loads.change(nullptr, record.get());
    state.pages.add(*record);
    state.live.set(id, std::move(record));
  }
  state.counters = {contents.sequence, contents.hash,        contents.clock,
                    contents.last_id,  contents.last_number, contents.closed_count};
  state.last_numbers = std::move(contents.last_numbers);
  tidy_timers();
  if (options.text_index) index_texts();
}

void desk::core::say_opened() {
  const desk_counters& now = state.counters;
  if (now.sequence == 0) return hooks.say(log_level::info, "desk", "a new desk");
  hooks.say(log_level::info, "desk",
            "opened with " + std::to_string(now.sequence) + " entries; its clock shows " + shown(now.clock) +
                (state.timers.empty() ? ", no timer is waiting"
                                      : ", the next timer is due at " + shown(state.timers.top().due)));
}

void desk::core::step(const char* doing, std::uint64_t done, std::uint64_t total) {
  if (interrupted.exchange(false)) throw error(status::cancelled, "desk.interrupted", "the call was interrupted");
  if (!hooks.go_on(doing, done, total)) throw error(status::cancelled, "desk.stopped", "the host stopped the call");
}

void desk::core::note_text(const incident& record) {
  if (!may_be_suggested(record, state)) return forget_text(record.id);
  texts->put(record.id, text_of(record));
  if (is_restricted(record)) {
    restricted_texts.insert(record.id);
  } else {
    restricted_texts.erase(record.id);
  }
}

void desk::core::forget_text(std::uint64_t id) {
  texts->remove(id);
  restricted_texts.erase(id);
}

void desk::core::index_texts() {
  texts = std::make_unique<tocsin::text_index>();
  where->scan_closed({}, [this](const incident_ptr& record) {
    note_text(*record);
    return true;
  });
  state.live.each([this](const incident_ptr& record) {
    note_text(*record);
    return true;
  });
}

// ---- transactions

desk_transaction::desk_transaction(desk& d, const execute_options& options) {
  desk::core& core = *d.core_;
  if (core.busy) throw error(status::failed_precondition, "desk.busy", "the desk has a transaction under way");
  if (core.spare && &core.spare->d == &core) {
    work_ = std::move(core.spare);
  } else {
    work_ = std::make_unique<work>(core);
  }
  work_->begin(options);
  core.busy = true;
}

desk_transaction::~desk_transaction() {
  desk::core& core = work_->d;
  if (work_->has_changes()) work_->back_to(work_->start);
  core.tidy_timers();
  core.busy = false;
  core.spare = std::move(work_);
}

const result& desk_transaction::execute(request&& asked) {
  work_->demand_no_purge();
  if (!asked.asked.holds<purge_records>()) return work_->execute(std::move(asked));
  if (work_->repeated(asked)) return work_->done;
  work_->demand_nothing_before_purge();
  return execute_alone(std::move(asked));
}

std::uint64_t desk_transaction::fire(instant until, bool inclusive, instant now, std::uint64_t limit) {
  return work_->fire(until, inclusive, now, limit);
}

const result& desk_transaction::execute_alone(request&& asked) {
  if (work_->repeated(asked)) return work_->done;
  work_->check_instant(asked.at);
  if (fire(asked.at, false, asked.at, UINT64_MAX) != 0 && !work_->options.dry_run) commit();
  work_->demand_acceptable(asked);
  return work_->carry_out(std::move(asked));
}

void desk_transaction::commit() {
  try {
    work_->commit();
  } catch (const error& e) {
    work_->d.hooks.say(log_level::error, "store", "nothing was committed: " + std::string(e.what()));
    throw;
  }
  work_->start = work_->here();
}

// ---- the desk

desk::desk(std::unique_ptr<core> c) : core_(std::move(c)) {}
desk::desk(desk&&) noexcept = default;
desk& desk::operator=(desk&&) noexcept = default;
desk::~desk() = default;

desk desk::open(std::shared_ptr<store> where, desk_options options, std::vector<std::uint8_t> salt_seed) {
  auto c = std::make_unique<core>();
  c->where = std::move(where);
  c->options = std::move(options);
  c->seed = std::move(salt_seed);
  c->open();
  c->say_opened();
  return desk(std::move(c));
}

const result& desk::execute(request asked, const execute_options& options) {
  desk_transaction transaction(*this, options);
  const result& done = transaction.execute_alone(std::move(asked));
  transaction.commit();
  return done;  // the transaction's memory is the desk's, and outlives it
}

std::vector<result> desk::execute_all(std::vector<request> asked, const execute_options& options) {
  desk_transaction transaction(*this, options);
  std::vector<result> done;
  done.reserve(asked.size());
  for (request& next : asked) {
    try {
      done.push_back(transaction.execute(std::move(next)));
    } catch (const error& e) {
      throw_with_index(e, done.size());
    }
  }
  transaction.commit();
  return done;
}

advance_result desk::advance(instant now, std::uint64_t limit, bool allow_leap) {
  desk_transaction transaction(*this, {.allow_leap = allow_leap});
  transaction.work_->check_instant(now, true);
  advance_result done;
  const std::uint64_t most = limit == 0 ? UINT64_MAX : limit;
  for (std::uint64_t fired = 1; fired != 0 && done.fired < most; done.fired += fired) {
    fired = transaction.fire(now, true, now, std::min(most - done.fired, fired_per_commit));
    transaction.commit();
  }
  transaction.work_->put_missed_back();
  core_->tidy_timers();
  done.more = next_due() <= now;
  desk_counters& counters = core_->state.counters;
  if (!done.more && counters.sequence != 0) counters.clock = std::max(counters.clock, now);
  transaction.work_->start = transaction.work_->here();
  return done;
}

instant desk::next_due() const noexcept {
  const timer_queue& timers = core_->state.timers;
  return timers.empty() ? never : timers.top().due;
}

void desk::interrupt() noexcept { core_->interrupted = true; }

void desk::set_host_guards(host_guards::answerer who) { core_->guards.ask(std::move(who)); }
void desk::set_guard_answers(guard_answers table) { core_->guards.know(std::move(table)); }

void desk::log_to(host_hooks::logger who) { core_->hooks.log_to(std::move(who)); }
void desk::report_to(host_hooks::progress who) { core_->hooks.report_to(std::move(who)); }
void desk::step(const char* doing, std::uint64_t done, std::uint64_t total) const { core_->step(doing, done, total); }

const desk_state& desk::state() const noexcept { return core_->state; }
const desk_options& desk::options() const noexcept { return core_->options; }
const store& desk::storage() const noexcept { return *core_->where; }
const text_index* desk::texts() const noexcept { return core_->texts.get(); }
const std::set<std::uint64_t>& desk::restricted_texts() const noexcept { return core_->restricted_texts; }
incident_ptr desk::find(record_ref record) const { return core_->lookup.find(record); }
std::uint64_t desk::find_number(std::uint64_t number) const { return core_->lookup.find_number(number); }
std::uint64_t desk::read_number(std::string_view text) const noexcept { return core_->lookup.read_number(text); }
std::string desk::show_number(std::uint64_t number) const { return core_->lookup.show_number(number); }

stored_entry desk::read_stored_entry(std::uint64_t sequence) const {
  stored_entry stored;
  if (sequence == 0 || sequence > core_->state.counters.sequence || !core_->where->load_entry(sequence, stored)) {
    throw error(status::not_found, "journal.no_entry",
                "there is no entry " + std::to_string(sequence) + ", the journal has 1 to " +
                    std::to_string(core_->state.counters.sequence));
  }
  return stored;
}

entry desk::read_entry(std::uint64_t sequence) const {
  sha256 hasher;
  return decode_entry(read_stored_entry(sequence), hasher);
}

void desk::backup(const std::string& path) const { core_->where->backup(path); }

// ---- effects

std::vector<effect> desk::take_effects(std::string_view consumer, std::size_t max) {
  check_consumer(consumer);
  std::vector<effect> taken;
  core& c = *core_;
  if (c.is_fork || max == 0) return taken;
  const std::uint64_t cursor = c.where->load_cursor(consumer);
  c.admit_consumer(consumer, cursor);
  std::uint64_t& scanned = c.scanned[std::string(consumer)];
  const std::uint64_t from = std::max(scanned + 1, entry_of_effect(cursor));
  std::uint64_t last_without = scanned;
  c.where->scan_entries(from, c.state.counters.sequence, false, [&](const stored_entry& stored) {
    if (is_purged(stored)) return true;
    const entry e = decode_entry(stored, c.hasher);
    for (std::size_t i = 0; i < e.events.size(); ++i) {
      const std::uint64_t id = effect_id(e.sequence, i);
      if (!is_effect(e.events[i].body) || id <= cursor) continue;
      const instant recorded = is_set(stored.fired_at) ? stored.fired_at : e.recorded_at;
      taken.push_back({id, e.events[i].record, e.stated_at, recorded, e.events[i].body});
      if (auto* paged = taken.back().body.get_if<page>()) c.complete(*paged, taken.back());
      if (taken.size() == max) return false;
    }
    if (taken.empty()) last_without = e.sequence;  // need not be looked at again
    return true;
  });
  scanned = last_without;
  return taken;
}

// What a page's entry cannot say: whether its run ended within the same call, and so nobody need be woken (D8).
void desk::core::complete(page& paged, effect& around) const {
  if (is_set(paged.scheduled_at)) around.scheduled_at = paged.scheduled_at;
  const incident_ptr record = lookup.find(around.record);
  if (paged.run == 0 || !record) return;
  const std::vector<record_run>& runs = runs_of(*record);
  if (paged.run > runs.size()) return;
  const std::vector<instant>& ended = runs[paged.run - 1].ended_at;
  paged.superseded = paged.run_number <= ended.size() && ended[paged.run_number - 1] <= around.recorded_at;
}

void desk::acknowledge_effects(std::string_view consumer, std::uint64_t id) {
  check_consumer(consumer);
  core& c = *core_;
  if (c.is_fork) return;
  const std::uint64_t cursor = c.where->load_cursor(consumer);
  if (id < cursor || entry_of_effect(id) > c.state.counters.sequence) {
    throw error(status::invalid_argument, "outbox.cursor",
                "effect " + std::to_string(id) + " cannot be acknowledged: allowed are " + std::to_string(cursor) +
                    " to " + std::to_string(effect_id(c.state.counters.sequence + 1, 0) - 1));
  }
  if (id == cursor) return;
  if (cursor == 0 && c.where->count_consumers() >= limits::consumers_max) refuse_consumer(consumer);
  c.where->save_cursor(consumer, id);
}

// Known by a cursor, or by having asked since the desk was opened.
void desk::core::admit_consumer(std::string_view consumer, std::uint64_t cursor) {
  if (cursor != 0 || scanned.contains(std::string(consumer))) return;
  if (std::max<std::uint64_t>(where->count_consumers(), scanned.size()) >= limits::consumers_max) {
    refuse_consumer(consumer);
  }
  hooks.say(log_level::info, "outbox",
            "\"" + std::string(consumer) + "\" takes effects, and has acknowledged none yet");
}

// ---- the whole

std::unique_ptr<desk::core> desk::core::beside() const {
  auto c = std::make_unique<core>();
  c->options = options;
  c->seed = seed;
  c->founded = founded;
  c->is_fork = true;
  c->state.definitions = state.definitions;
  take_words(c->state.words, state.words);
  c->state.incident_prefix = state.incident_prefix;
  c->state.zones = state.zones;
  c->state.zone_data_version = state.zone_data_version;
  return c;
}

std::unique_ptr<desk::core> desk::core::rehearsal() const {
  std::unique_ptr<core> c = beside();
  c->founded = true;
  c->where = make_fork_store(make_empty_store(), 0,
                             [](const store&, const incident&, std::uint64_t) { return incident_ptr(); });
  c->prepare_lookup();
  return c;
}

void desk::note_presence(const presence& said) {
  const incident_ptr record = find(said.incident);
  if (!record || is_hidden(state(), *record, said.actor)) refuse_unknown_record(said.incident);
  if (!may_see(state(), said.actor, *record)) {
    throw error(status::permission_denied, "permission.denied", "whoever may not see a record is not at it");
  }
  core_->presences.note(said);
}

std::vector<presence> desk::presences(record_ref record, instant at) const { return core_->presences.at(record, at); }

desk desk::fork(std::span<const incident_ptr> instead) const {
  const core& parent = *core_;
  std::unique_ptr<core> c = parent.beside();
  c->state.live = parent.state.live;
  for (const incident_ptr& record : instead) c->state.live.set(record->id, record);
  c->state.renumbered = parent.state.renumbered;
  c->state.events = parent.state.events;
  c->state.pages = parent.state.pages;
  c->state.timers = parent.state.timers;
  c->state.turns = parent.state.turns;
  c->state.loads = parent.state.loads;
  c->state.counters = parent.state.counters;
  c->state.last_numbers = parent.state.last_numbers;
  c->where = make_fork_store(
      parent.where, parent.state.counters.sequence,
      [known = parent.state.definitions](const store& where, const incident& record, std::uint64_t sequence) {
        return rewind(where, known, record, sequence);
      });
  c->prepare_lookup();
  return desk(std::move(c));
}

desk desk::rehearsal() const { return desk(core_->rehearsal()); }

}  // namespace tocsin::inline v1
