#include "transaction.hpp"

#include <tocsin/assignment/events.hpp>
#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/desk/assignment_book.hpp>
#include <tocsin/desk/built_in_pack.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/oncall_book.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/record_timers.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/monitoring/events.hpp>

#include "definition_rows.hpp"
#include "pack_test.hpp"
#include "publish.hpp"
#include "purge.hpp"
#include "react.hpp"
#include "run_driver.hpp"
#include "time/shown.hpp"

#include <algorithm>
#include <iterator>

namespace tocsin::inline v1 {
namespace {

std::string instants_detail(const char* a_name, instant a, const char* b_name, instant b) {
  json_writer detail;
  detail.begin_object();
  detail.member(a_name, shown(a));
  detail.member(b_name, shown(b));
  detail.end_object();
  return detail.take();
}

bool may_move_clocks(std::span<const event> events) {
  return std::ranges::any_of(events, [](const event& e) {
    const auto* published = e.body.get_if<definitions_published>();
    return published &&
           !(published->definitions.of<escalation_policy>().empty() &&
             published->definitions.of<sla_policy>().empty() &&
             published->definitions.of<business_calendar_definition>().empty() &&
             published->definitions.of<service>().empty() && published->definitions.of<team>().empty() &&
             published->definitions.of<person>().empty() && published->definitions.of<customer>().empty() &&
             published->definitions.of<contract>().empty());
  });
}

// A window was planned, moved, or is over.
bool may_move_maintenance(std::span<const event> events) {
  return std::ranges::any_of(events, [](const event& e) {
    return e.body.holds<maintenance_scheduled>() || e.body.holds<maintenance_changed>() ||
           e.body.holds<maintenance_ended>();
  });
}

// What such a timer brings may go on in another entry, at the same instant.
bool may_be_more_than_an_entry(timer_kind kind) {
  switch (kind) {
    case timer_kind::escalation:
    case timer_kind::page_bundle:
    case timer_kind::problem_cascade:
    case timer_kind::change_cascade:
    case timer_kind::automation:
    case timer_kind::playbook_step_due:
      return true;
    default:
      return false;
  }
}

bool fires_later(const timer& a, const timer& b) { return b < a; }

bool parts_differ(const incident_ptr& before, const incident& now) {
  return !now.parts.is_same(before ? before->parts : record_parts());
}

}  // namespace

// ---- beginning, going back

void desk_transaction::work::begin(const execute_options& with) {
  options = with;
  steps = 0;
  is_late_told = false;
  clear();
  start = here();
}

void desk_transaction::work::clear() noexcept {
  changes.clear();
  popped.clear();
  undo.clear();
  drop_entries(0);
  out.clear();
  if (!keys.empty()) keys.clear();
}

// Keeps some of their memory for the entries to come.
void desk_transaction::work::drop_entries(std::size_t from) noexcept {
  if (out.entries.size() == from) return;
  for (std::size_t i = from; i < out.entries.size() && emptied.size() < emptied.capacity(); ++i) {
    emptied.push_back(std::move(out.entries[i].stored));
  }
  out.entries.resize(from);
}

desk_transaction::work::mark desk_transaction::work::here() const {
  return {d.state.counters,       changes.size(),    popped.size(),       undo.size(),       out.entries.size(),
          out.definitions.size(), out.series.size(), out.erasures.size(), out.purged.size(), out.emptied_entries.size(),
          out.turns.size(),       d.founded};
}

void desk_transaction::work::back_to(const mark& m) noexcept {
  put_missed_back();
  is_founding = false;
  open.clear();
  d.open_records = nullptr;
  for (; changes.size() > m.changes; changes.pop_back()) {
    change& last = changes.back();
    if (!last.before) forget_number(last.id);
    if (const incident_ptr& now = d.state.live.find(last.id)) {
      d.state.recurrences.change(d.state, now.get(), last.before.get());
    }
    if (const incident_ptr& now = d.state.live.find(last.id)) {
      d.state.events.forget(*now, last.was_live ? last.before.get() : nullptr);
      d.state.loads.change(now.get(), last.was_live ? last.before.get() : nullptr);
    }
    d.state.live.set(last.id, last.was_live ? std::move(last.before) : nullptr);
  }
  for (; popped.size() > m.popped; popped.pop_back()) d.state.timers.push(popped.back());  // into the room they left
  for (; undo.size() > m.undo; undo.pop_back()) undo.back()();
  drop_entries(m.entries);
  out.definitions.resize(m.definitions);
  out.series.resize(m.series);
  out.erasures.resize(m.erasures);
  out.purged.resize(m.purged);
  out.emptied_entries.resize(m.emptied);
  out.turns.resize(m.turns);
  std::erase_if(keys, [&](const auto& k) { return k.second.sequence > m.counters.sequence; });
  d.state.counters = m.counters;
  d.founded = m.founded;
}

void desk_transaction::work::forget_number(std::uint64_t id) noexcept {
  const incident_ptr& record = d.state.live.find(id);
  if (record && record->number != id) d.state.renumbered.erase(record->number);
}

// ---- instants (D1, D2)

void desk_transaction::work::check_instant(instant at, bool is_advance) const {
  if (!is_acceptable(at)) {
    throw error(status::invalid_argument, "desk.instant_out_of_range",
                "instant " + std::to_string(at.us) +
                    " is out of range: allowed are microseconds since 1970 from 1900 to 2199, " +
                    std::to_string(instant_min.us) + " to " + std::to_string(instant_max.us),
                "{\"found\":" + std::to_string(at.us) + "}");
  }
  const instant clock = d.state.counters.clock;
  if (!is_set(clock)) return;
  if (at < clock - d.options.clock_tolerance) {
    throw error(status::failed_precondition, "desk.clock_is_later",
                is_advance ? "the desk's clock never goes back: it shows " + shown(clock) + ", found an advance to " +
                                 shown(at) + ", which is earlier by more than the tolerance"
                           : "the command is of " + shown(at) + " but the desk's clock shows " + shown(clock) +
                                 ", which is more than the tolerance later; say when it happened by occurred_at",
                instants_detail("at", at, "clock", clock));
  }
  if (!options.allow_leap && at > clock + d.options.max_leap) {
    throw error(status::failed_precondition, "desk.leap_too_far",
                "from the desk's clock, " + shown(clock) + ", to " + shown(at) +
                    " is further than max_leap; allow the leap if the instant is right",
                instants_detail("clock", clock, "at", at));
  }
}

instant desk_transaction::work::recorded_at(instant at) const { return std::max(at, d.state.counters.clock); }

// ---- one command

const result& desk_transaction::work::execute(request&& asked) {
  return repeated(asked) ? done : admit(std::move(asked));
}

const result& desk_transaction::work::admit(request&& asked) {
  demand_acceptable(asked);
  fire(asked.at, false, asked.at, UINT64_MAX);
  return carry_out(std::move(asked));
}

void desk_transaction::work::demand_acceptable(const request& asked) {
  demand_no_purge();
  d.state.live.expect(subject(asked.asked).id);
  d.step("execute", ++steps, 0);
  const command_type* type = asked.asked.type();
  if (!type) throw error(status::invalid_argument, "command.missing", "no command");
  check_fields(type->fields(), asked.asked.address(), {}, &d.state.words, type->name);
  if (!asked.actor || asked.actor.index > d.state.words.size(word_kind::person)) {
    throw error(status::invalid_argument, "command.actor", "the command names no actor that is known");
  }
  check_instant(asked.at);
}

// What was due before it has fired.
const result& desk_transaction::work::carry_out(request&& asked) {
  demand_permission(asked);
  check_version(asked);
  const mark before = here();
  try {
    const instant recorded = recorded_at(asked.at);
    if (!d.founded) found(recorded);
    events.clear();
    decide(asked.asked, {d.state, d.lookup, asked.at, recorded, asked.actor, no_instant, &d.guards}, events);
    if (const auto* pack = asked.asked.get_if<publish>(); pack && !pack->tests.empty()) {
      run_pack_tests(*pack, [this] { return desk(d.rehearsal()); });
    }
    current.asked = std::move(asked.asked);
    current.idempotency_key = std::move(asked.idempotency_key);
    append(recorded, asked.at, asked.actor, no_instant);
    conclude();
    if (may_move_clocks(done.events)) review_clocks(recorded, react_by_sla);
    if (may_move_maintenance(done.events)) review_clocks(recorded, react_by_agreed_maintenance);
  } catch (...) {
    back_to(before);
    throw;
  }
  return done;
}

// Of each record that the command names; one that is hidden from the actor is as little there as one that never was (D9).
void desk_transaction::work::demand_permission(const request& asked) {
  static const record_reference by_key{{}, {}, reference_demand::subject};
  const command_type& type = *asked.asked.type();
  const auto refuse = [&](const incident* record, bool to_see) {
    refuse_permission(std::string(d.state.words.word(word_kind::person, asked.actor.index)), type.name,
                      record ? d.lookup.show_number(record->number) : "", to_see);
  };
  named.clear();
  add_named_records(asked.asked, named);
  if (const record_ref window = record_named_by_key(asked.asked, d.state)) named.push_back({&by_key, window});
  bool is_about_record = false;
  for (const auto& [by, ref] : named) {
    const bool is_subject = by->demand == reference_demand::subject;
    const bool to_see = by->demand == reference_demand::see;
    incident_ptr record = d.lookup.find(ref);
    if (record && is_hidden(d.state, *record, asked.actor)) record = nullptr;
    if (!record && !is_subject) refuse_unknown_record(ref);
    const bool may = to_see ? may_see(d.state, asked.actor, *record)
                            : may_command(d.state, type, asked.actor, record.get(), asked.at);
    if (!may) refuse(record.get(), to_see);
    if (!record && by != &by_key) refuse_unknown_record(ref);  // the handler says that there is no such window
    is_about_record = is_about_record || is_subject;
  }
  if (!is_about_record && !may_command(d.state, type, asked.actor, nullptr, asked.at)) refuse(nullptr, false);
}

// What agreements, their calendars and maintenance have become holds for the clocks that run: each record has an entry of
// its own (S6, S13).
void desk_transaction::work::review_clocks(instant at, reactor react) {
  std::vector<record_ref> live;
  d.state.live.each([&](const incident_ptr& record) {
    live.push_back({record->id});
    return true;
  });
  for (const record_ref ref : live) {
    const incident_ptr record = d.state.live.find(ref.id);
    events.clear();
    const decision given{d.state, d.lookup, at, at, system_person};
    react(*record, given, events);
    if (events.empty()) react_by_escalation(*record, given, {}, events);
    if (events.empty()) continue;
    current.asked.clear();
    current.idempotency_key.clear();
    append(at, at, system_person, at);
  }
}

// The result of the entry that was just appended.
void desk_transaction::work::conclude() {
  done.sequence = current.sequence;
  done.recorded_at = current.recorded_at;
  done.record = {};
  done.number = 0;
  done.version = 0;
  done.repeated = false;
  done.keys_since = no_instant;
  done.events.swap(current.events);
  for (const event& happened : done.events) {
    if (!happened.record) continue;
    const incident& record = *d.state.live.find(happened.record.id);
    done.record = happened.record;
    done.number = record.number;
    done.version = record.version;
    break;
  }
  if (!current.idempotency_key.empty()) {
    keys[{current.actor.index, current.idempotency_key}] = {done.sequence, done.version};
  }
}

void desk_transaction::work::check_version(const request& asked) const {
  if (asked.expected_version == 0) return;
  const record_ref about = subject(asked.asked);
  const incident_ptr record = about ? d.lookup.find(about) : nullptr;
  if (record && record->version == asked.expected_version) return;
  const std::string found = record ? std::to_string(record->version) : "none";
  const std::string as_value = record ? ",\"found\":" + found : std::string();
  throw error(status::conflict, "record.version",
              "expected version " + std::to_string(asked.expected_version) + ", the record has " + found,
              "{\"expected\":" + std::to_string(asked.expected_version) + as_value + "}");
}

// The first entry of a journal: the pack that was built into the library that began it (D12).
void desk_transaction::work::found(instant at) {
  publish pack = built_in_pack();
  events.clear();
  definitions_published own = built_in_definitions();
  own.zone_data_version = d.state.zones.version();
  events.push_back({{}, 0, std::move(own)});
  current.asked = std::move(pack);
  current.idempotency_key.clear();
  d.founded = true;
  is_founding = true;
  append(at, at, system_person, no_instant);
  is_founding = false;
}

// ---- timers (D6, D8)

std::uint64_t desk_transaction::work::fire(instant until, bool inclusive, instant now, std::uint64_t limit) {
  follow_zone_data();
  std::uint64_t fired = 0;
  const auto is_due = [&] {
    if (d.state.timers.empty()) return false;
    const instant due = d.state.timers.top().due;
    return due < until || (due == until && inclusive);
  };
  if (is_due()) tell_of_delay(now);
  while (fired < limit && (is_due() || !missed.empty())) {
    d.step("advance", ++steps, 0);
    const mark before = here();
    try {
      fired += is_due() ? fire_next(now) : fire_missed(until, now);
    } catch (...) {
      back_to(before);
      throw;
    }
  }
  return fired;
}

// Once for each call: a page that comes late is what an operator must hear of.
void desk_transaction::work::tell_of_delay(instant now) {
  const instant due = d.state.timers.top().due;
  if (is_late_told || options.dry_run || now - due < limits::late_timers_min || !d.hooks.listens()) return;
  is_late_told = true;
  d.hooks.say(log_level::warning, "time",
              "timers fire " + shown(now - due) + " late: the first was due at " + shown(due) +
                  "; give the desk the time when next_due says");
}

// A desk that was opened with other zone data than it ran on says so before it goes on: at its clock, so that whatever is
// due from then on is due by the newer data (T2).
void desk_transaction::work::follow_zone_data() {
  std::optional<zone_data_changed> changed = changed_zone_data(d.state);
  if (!changed) return;
  const instant at = d.state.counters.clock;
  const mark before = here();
  try {
    events.clear();
    events.push_back({{}, 0, *std::move(changed)});
    current.asked.clear();
    current.idempotency_key.clear();
    append(at, at, system_person, at);
    review_clocks(at, react_by_sla);
    review_clocks(at, react_by_open_time);
  } catch (...) {
    back_to(before);
    throw;
  }
}

// Whether the timer on top still stood, and was an entry.
bool desk_transaction::work::fire_next(instant now) {
  const timer next = d.state.timers.top();
  const incident_ptr& record = d.state.live.find(next.id);
  if (next.kind == timer_kind::escalation && d.stands(next) && is_missed(*record, next.due, now, d.state.definitions)) {
    missed.push_back(next);
    std::ranges::push_heap(missed, fires_later);
    d.state.timers.pop();
    return false;
  }
  popped.push_back(next);
  d.state.timers.pop();
  if (!d.state.timers.empty()) d.state.live.expect(d.state.timers.top().id);
  return fire_one(next, next.due, now);
}

// In the order in which they were due, each at the instant of the call.
bool desk_transaction::work::fire_missed(instant until, instant now) {
  std::ranges::pop_heap(missed, fires_later);
  const timer next = missed.back();
  popped.push_back(next);
  missed.pop_back();
  return fire_one(next, std::max(until, next.due), now);
}

bool desk_transaction::work::fire_one(const timer& next, instant at, instant now) {
  if (!d.stands(next)) return false;
  const instant recorded = recorded_at(at);
  events.clear();
  decide(next, *d.state.live.find(next.id), {d.state, d.lookup, at, recorded, system_person, now, &d.guards}, events);
  if (events.empty()) return false;
  current.asked.clear();
  current.idempotency_key.clear();
  append(recorded, at, system_person, now);
  // An entry holds only so much: what is left is due at the same instant, in another.
  if (may_be_more_than_an_entry(next.kind) && d.stands(next)) d.state.timers.push(next);
  if (may_move_maintenance(current.events)) review_clocks(recorded, react_by_agreed_maintenance);
  return true;
}

// Into the room that they left.
void desk_transaction::work::put_missed_back() noexcept {
  for (; !missed.empty(); missed.pop_back()) d.state.timers.push(missed.back());
}

// ---- an entry

void desk_transaction::work::append(instant recorded, instant stated, person_ref actor, instant fired_at) {
  check_count();
  desk_counters& counters = d.state.counters;
  current.sequence = counters.sequence + 1;
  current.recorded_at = recorded;
  current.stated_at = stated;
  current.actor = actor;
  const event_context context{
      .sequence = current.sequence, .stated_at = stated, .recorded_at = recorded, .actor = actor};
  fold_and_react(context, {d.state, d.lookup, stated, recorded, actor, fired_at, &d.guards});
  current.events.swap(events);
  counters.sequence = current.sequence;
  counters.clock = recorded;
  settle(context);
  store_entry(fired_at);
}

// Folds the events, and those that the reactors answer them with, until none answers any more.
void desk_transaction::work::fold_and_react(const event_context& context, const decision& given) {
  for (std::size_t round = 0, folded = 0; folded < events.size(); ++round) {
    if (round == limits::reaction_rounds_max) {
      throw error(status::resource_exhausted, "desk.reactions_without_end",
                  "what follows from the command does not come to rest in " +
                      std::to_string(limits::reaction_rounds_max) + " rounds");
    }
    const std::size_t first = folded;
    for (; folded < events.size(); ++folded) {
      event& happened = events[folded];
      if (happened.record) happened.previous = edit(happened.record.id).last_entry;
      apply(happened, context);
    }
    d.open_records = &open;
    more.clear();
    react(events, first, given, more);
    std::ranges::move(more, std::back_inserter(events));
    check_count();
  }
}

void desk_transaction::work::check_count() const {
  if (events.size() <= limits::events_per_entry_max) return;
  throw error(status::resource_exhausted, "desk.too_many_events",
              "a command had more than " + std::to_string(limits::events_per_entry_max) + " events");
}

void desk_transaction::work::apply(const event& happened, const event_context& context) {
  if (happened.record) {
    incident& record = edit(happened.record.id);
    fold(record, happened.body, context, d.state.definitions);
    if (const auto* changed = happened.body.get_if<escalation_run_changed>()) d.state.pages.add(record, changed->now);
    if (record.version == 0) take_number(record.number);
    if (record.number != record.id && record.version == 0) d.state.renumbered[record.number] = record.id;
  }
  if (const auto* published = happened.body.get_if<definitions_published>()) {
    if (is_founding) {
      d.state.zone_data_version = published->zone_data_version;
    } else {
      apply_definitions(*published, d.state, undo);
    }
    renew_from_definitions(*published, d.state, undo);
    note_definitions(*published);
  }
  if (const auto* zones = happened.body.get_if<zone_data_changed>()) {
    definitions_published renewed;
    renewed.definitions.of<business_calendar_definition>() = apply_zone_data(*zones, d.state, undo);
    note_definitions(renewed);
  }
  if (happened.body.holds<personal_erased>()) erase(happened);
  if (const auto* gone = happened.body.get_if<records_purged>()) purge(*gone);
  if (const auto* routed = happened.body.get_if<assignment_rules_applied>(); routed && routed->turn != 0)
    take_turn(*routed);
}

// Numbers are given without gaps in each series (D4).
void desk_transaction::work::take_number(std::uint64_t number) {
  const std::uint64_t series = series_of(number);
  if (series == 0) return void(d.state.counters.last_number = std::max(d.state.counters.last_number, number));
  std::vector<std::uint64_t>& last = d.state.last_numbers;
  if (last.size() <= series) last.resize(series + 1, 0);
  if (last[series] >= place_in_series(number)) return;
  undo.emplace_back([&last, series, before = last[series]] { last[series] = before; });
  last[series] = place_in_series(number);
}

// (I2)
void desk_transaction::work::take_turn(const assignment_rules_applied& by) {
  turn_book& turns = d.state.turns;
  const assignment_turn before{by.rule, by.assignee, turns.of(by.rule, by.assignee)};
  const std::uint64_t last = turns.last(by.rule);
  out.turns.push_back({by.rule, by.assignee, by.turn});
  std::function<void()> back = [&turns, before, last] { turns.take_back(before, last); };
  undo.reserve(undo.size() + 1);
  turns.put(out.turns.back());
  undo.push_back(std::move(back));
}

// The record's working copy, made at the first change by this entry.
incident& desk_transaction::work::edit(std::uint64_t id) {
  for (const auto& record : open) {
    if (record->id == id) return *record;
  }
  incident_ptr before = d.state.live.find(id);
  const bool was_live = before != nullptr;
  if (!before && id <= d.state.counters.last_id) before = d.lookup.find({id});
  auto copy = before ? std::make_shared<incident>(*before) : std::make_shared<incident>();
  copy->id = id;
  d.state.counters.last_id = std::max(d.state.counters.last_id, id);
  d.state.live.reserve(id);
  if (changes.size() == changes.capacity()) changes.reserve(2 * changes.size() + 16);
  open.push_back(std::move(copy));
  changes.push_back({id, std::move(before), was_live});
  return *open.back();
}

// The working copies become the state. Nothing can fail once there is room for their timers.
void desk_transaction::work::settle(const event_context& context) {
  std::size_t count = 0;
  for (const auto& record : open) each_timer(*record, [&](timer_kind, instant) { ++count; });
  d.state.timers.make_room(popped.size() + missed.size() + count + 2);
  d.state.loads.make_room(d.state.words.size(word_kind::person));
  for (const auto& record : open) {
    d.state.events.add(*record, d.state.live.find(record->id).get(), d.state.definitions.schemas->record());
  }
  d.open_records = nullptr;
  const change* kept = changes.data() + (changes.size() - open.size());  // of each of them, in the same order
  for (auto& record : open) {
    fold_entry(*record, context);
    const incident_ptr& before = d.state.live.find(record->id);
    each_new_timer(before.get(), *record,
                   [&](timer_kind kind, instant due) { d.state.timers.push({due, record->number, record->id, kind}); });
    d.state.loads.change(before.get(), record.get());
    const std::uint64_t id = record->id;
    d.state.recurrences.change(d.state, (kept++)->before.get(), record.get());
    d.state.live.set(id, std::move(record));
  }
  open.clear();
}

void desk_transaction::work::store_entry(instant fired_at) {
  entry_change& appended = out.entries.emplace_back();
  if (!emptied.empty()) {
    appended.stored = std::move(emptied.back());
    emptied.pop_back();
  }
  bytes.clear();
  bytes.bytes(d.state.counters.hash);  // before the entry, so that the chain's hash is taken of one run of bytes
  encode_entry(current, bytes, personal_values);
  const byte_view chained = bytes.view();
  const byte_view written = chained.subspan(d.state.counters.hash.size());
  const byte_view aside = personal_values.aside();
  appended.stored.sequence = current.sequence;
  appended.stored.bytes.assign(written.begin(), written.end());
  appended.stored.aside.assign(aside.begin(), aside.end());
  appended.stored.hash = d.hasher.of(chained);
  appended.stored.fired_at = fired_at;
  appended.recorded_at = current.recorded_at;
  appended.actor = current.actor;
  appended.command = static_cast<std::uint16_t>(current.asked.number());
  appended.traits = traits_of(current);
  appended.idempotency_key = current.idempotency_key;
  d.state.counters.hash = appended.stored.hash;
}

// What the SQL views show of definitions, and of the words that came with them.
void desk_transaction::work::note_definitions(const definitions_published& published) {
  definition_rows rows;
  add_rows(published, d.state, rows);
  if (current.sequence == 1) add_first_rows(d.state, rows);
  note_rows(std::move(rows));
}

void desk_transaction::work::note_rows(definition_rows rows) {
  std::ranges::move(rows.definitions, std::back_inserter(out.definitions));
  std::ranges::move(rows.series, std::back_inserter(out.series));
}

// Values beside entries go; entries stay. Those of this very transaction are not stored yet.
void desk_transaction::work::erase(const event& happened) {
  const auto& erased = happened.body.get<personal_erased>();
  stored_entry stored;
  if (happened.record) {
    if (happened.previous > start.counters.sequence) {
      throw error(status::failed_precondition, "desk.erase_in_batch",
                  "the record was touched in the same batch; erase in a batch of its own");
    }
    incident before = *changes.back().before;
    before.last_entry = happened.previous;
    for (const entry& e : read_chain(*d.where, before, UINT64_MAX)) {
      if (!d.where->load_entry(e.sequence, stored)) continue;
      out.erasures.push_back({e.sequence, aside_without_record(stored, happened.record, erased.texts, d.hasher)});
    }
  }
  if (erased.person) {
    demand_no_definitions_before_erasure();
    const std::string key(d.state.words.word(word_kind::person, erased.person.index));
    d.where->scan_entries(1, start.counters.sequence, true, [&](const stored_entry& s) {
      auto rest = aside_without_person(s, key, d.hasher);
      if (rest != s.aside) out.erasures.push_back({s.sequence, std::move(rest)});
      return true;
    });
    forget_person(erased.person, d.state, undo);
    definition_rows rows;
    add_rows_of_person(erased.person, d.state, rows);
    note_rows(std::move(rows));
  }
}

// Entries that are not stored yet are not looked through for what names a person.
void desk_transaction::work::demand_no_definitions_before_erasure() const {
  if (std::ranges::none_of(out.entries, [](const entry_change& e) { return e.traits.has_definitions; })) return;
  throw error(status::failed_precondition, "desk.erase_in_batch",
              "definitions were published in the same batch; erase a person in a batch of its own");
}

// Records are over and stored, so nothing in memory knows them.
void desk_transaction::work::purge(const records_purged& gone) {
  for (const number_span& span : gone.entries) {
    if (span.first != 0 && span.last < current.sequence) continue;
    throw error(status::conflict, "purge.unknown_entry", "an entry is to be purged that is none before this one");
  }
  each_number(gone.records, [&](std::uint64_t id) {
    const incident_ptr record = d.where->load_closed(id);
    if (!record || d.state.live.find(id)) {
      throw error(status::conflict, "purge.unknown_record",
                  "record " + std::to_string(id) + " is to be purged, but is none that is over and stored");
    }
    out.purged.push_back({id, record->number, current.sequence});
    --d.state.counters.closed_count;
  });
  each_number(gone.entries, [&](std::uint64_t sequence) { out.emptied_entries.push_back(sequence); });
}

// A purge looks at what is stored, and would miss what its batch has just ended.
void desk_transaction::work::demand_nothing_before_purge() const {
  if (!has_changes()) return;
  throw error(status::failed_precondition, "desk.purge_in_batch",
              "before purge_records nothing may stand in a batch: what it did is not stored yet");
}

// What is purged is in the store until the end of the transaction, and must not be found any more.
void desk_transaction::work::demand_no_purge() const {
  if (out.purged.empty()) return;
  throw error(status::failed_precondition, "desk.purge_in_batch", "after purge_records nothing may follow in a batch");
}

// ---- the end

void desk_transaction::work::commit() {
  if (options.dry_run) return back_to(start);
  if (out.entries.empty()) return;
  gather_records();
  if (is_set(d.state.counters.clock)) out.keys_since = d.state.counters.clock - d.options.idempotency_window;
  out.keys_max = static_cast<std::uint64_t>(d.options.idempotency_keys);
  d.where->commit(out);
  for (const record_change& r : out.records) {
    if (!is_final(r.record->state_kind)) continue;
    forget_number(r.record->id);
    d.state.events.forget(*r.record, nullptr);
    d.state.pages.forget(*r.record);
    d.state.live.set(r.record->id, nullptr);
  }
  d.state.pages.forget_before(d.state.counters.clock);
  if (d.texts) note_texts();
  clear();
}

// The index follows what has been stored already, so nothing may fail: an index that could not follow is given up, and
// whoever asks reads the records.
void desk_transaction::work::note_texts() noexcept try {
  for (const purged_record& gone : out.purged) d.forget_text(gone.id);
  auto was = changes.begin();
  for (const record_change& now : out.records) {
    while (was->id != now.record->id) ++was;
    if (was->before && !differs_as_text(*was->before, *now.record)) continue;
    d.note_text(*now.record);
  }
} catch (...) {
  d.texts.reset();
}

// Each changed record once, in order of id, with what the store wants to know.
void desk_transaction::work::gather_records() {
  if (changes.size() > 1)
    std::ranges::stable_sort(changes, {}, &change::id);  // the first of an id is what was before the transaction
  std::uint64_t id = 0;
  for (const change& c : changes) {
    if (c.id == id) continue;
    id = c.id;
    const incident_ptr& now = d.state.live.find(id);
    const bool is_new = !c.before;
    if (is_final(now->state_kind) && (is_new || !is_final(c.before->state_kind))) ++d.state.counters.closed_count;
    out.records.push_back({now, is_new, is_new || c.before->text != now->text, parts_differ(c.before, *now)});
  }
}

}  // namespace tocsin::inline v1
