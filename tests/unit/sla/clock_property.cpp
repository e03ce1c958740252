#include <doctest/doctest.h>

#include <tocsin/sla/clock.hpp>
#include <tocsin/sla/clock_state.hpp>
#include <tocsin/sla/proof.hpp>
#include <tocsin/time/rfc3339.hpp>

#include "clock_reference.hpp"

#include <array>
#include <random>
#include <string>
#include <vector>

using namespace tocsin;

namespace {

constexpr sla_policy_ref this_policy{7};
constexpr std::uint32_t other_policy = 8;

business_calendar office_hours() {
  business_calendar_definition d{.key = "office", .zone = "Europe/Vienna"};
  using enum week_day;
  d.weekly = {{{monday, tuesday, wednesday, thursday, friday}, {9, 0}, {12, 0}},
              {{monday, tuesday, wednesday, thursday, friday}, {13, 0}, {17, 0}}};
  return business_calendar::compile(d);
}

business_calendar night_shift() {
  business_calendar_definition d{.key = "night", .zone = "Australia/Lord_Howe"};
  using enum week_day;
  d.weekly = {{{monday, tuesday, wednesday, thursday, friday, saturday, sunday}, {22, 0}, {6, 0}}};
  return business_calendar::compile(d);
}

const std::array<business_calendar, 3>& calendars() {
  static const std::array<business_calendar, 3> all = {business_calendar::always(), office_hours(), night_shift()};
  return all;
}

// A random life of a record, and of a clock on it; everything at whole minutes.
struct random_case {
  explicit random_case(std::uint32_t seed, bool with_dates = false) : random(seed), dates(with_dates) {
    history.opened = minute_from(*parse_rfc3339("2026-03-27T06:00:00Z"), 600);
    make_rules();
    instant at = history.opened;
    if (one_in(6)) at = minute_from(at, 400);  // a clock that comes later
    c.holder = 1;
    c.terms.push_back(random_terms(at, 0));
    if (one_in(5)) c.terms[0].treatment = change_treatment::restart;
    make_maintenance();
    std::vector<instant> moments;
    instant last = history.opened;
    for (int i = pick(14); i-- > 0;) moments.push_back(last = one_in(4) ? last : minute_from(last, 500));
    for (const instant moment : moments) {
      const bool changes = one_in(4) && moment >= c.terms.back().from;
      if (changes) {
        c.terms.push_back(random_terms(moment, static_cast<std::uint32_t>(history.facts.size())));
      } else {
        history.add(random_fact(moment));
      }
    }
    end = minute_from(last, 900);
  }

  int pick(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); }
  bool one_in(int n) { return pick(n) == 0; }
  instant minute_from(instant t, int within) { return t + (pick(within) + 1) * minute; }

  void make_rules() {
    const auto metric = static_cast<clock_metric>(1 + pick(6));
    for (std::uint32_t version = 1; version <= rules.size(); ++version) {
      clock_rules& r = rules[version - 1];
      r.policy = this_policy;
      r.version = version;
      r.metric = metric;
      r.audience = rules[0].audience;
      r.starts = rules[0].starts;
      if (version == 1) r.audience = one_in(2) ? visibility::stakeholder : visibility::requester;
      if (version == 1 && one_in(2)) r.starts = update_start::opening;
      r.holder = rules[0].holder;
      if (version == 1 && one_in(2)) r.holder = clock_holder::assignee;
      r.pauses = static_cast<pause_rule>(1 + pick(3));
      r.pause_reasons = {{1}};
      if (one_in(2)) r.thresholds = {{true, 50}, {true, 100}, {false, -20 * minute.us}, {false, 40 * minute.us}};
      if (one_in(3)) r.thresholds.push_back({true, 75});
      r.on_reopen = static_cast<reopen_treatment>(1 + pick(3));
      r.comes_back = static_cast<return_treatment>(1 + pick(2));
      r.excludes_maintenance = one_in(2);
    }
  }

  void make_maintenance() {
    instant at = history.opened;
    for (int i = pick(3); i-- > 0;) {
      const instant from = minute_from(at, 700);
      at = minute_from(from, 200);
      history.maintenance.push_back({from, at});
    }
  }

  clock_terms random_terms(instant from, std::uint32_t after) {
    static constexpr change_treatment treatments[] = {change_treatment::recompute, change_treatment::recompute,
                                                      change_treatment::restart, change_treatment::recount};
    const auto calendar = static_cast<std::size_t>(pick(3));
    return {.from = from,
            .after = after,
            .treatment = c.terms.empty() ? change_treatment::recompute : treatments[pick(4)],
            .target = random_target(from),
            .rules = &rules[static_cast<std::size_t>(pick(3))],
            .calendar = &calendars()[calendar]};
  }

  clock_target random_target(instant from) {
    if (!dates || one_in(4)) return {target_kind::duration, (20 * pick(12)) * minute.us};
    if (one_in(3)) return {target_kind::business_days, pick(2)};
    return {target_kind::date, (from + (pick(4000) - 300) * minute).us};
  }

  clock_fact random_fact(instant at) {
    switch (pick(18)) {
      case 0:
        return clock_fact::responded(at);
      case 1:
        return clock_fact::work_begun(at);
      case 2:
        return clock_fact::acknowledged(at);
      case 3:
        return clock_fact::updated(at, static_cast<visibility>(1 + pick(4)));
      case 4:
      case 5:
      case 6:
        return clock_fact::held(at, {static_cast<std::uint32_t>(1 + pick(2))});
      case 7:
      case 8:
        return clock_fact::resumed(at);
      case 9:
      case 10:
        return clock_fact::resolved(at);
      case 11:
      case 12:
        return clock_fact::reopened(at);
      case 13:
      case 14:
        return clock_fact::assigned(at, {static_cast<std::uint32_t>(1 + pick(2))},
                                    {static_cast<std::uint32_t>(1 + pick(2))});
      case 15:
        return one_in(6) ? clock_fact::cancelled(at) : clock_fact::closed(at);
      case 16:
        return one_in(6)
                   ? clock_fact::withdrawn(at, {one_in(2) ? this_policy.index : other_policy}, clock_end::withdrawn)
                   : clock_fact::excused(at, this_policy, {3});
      default:
        return clock_fact::conditions(
            at, this_policy, {.start = !one_in(3), .pause = one_in(4), .stop = one_in(4), .cancel = one_in(8)});
    }
  }

  std::mt19937 random;
  bool dates = false;
  std::array<clock_rules, 3> rules;
  clock_history history;
  sla_clock c;
  instant end;
};

// The record's life once more, fact by fact, as a desk lives it.
class live {
 public:
  live(const random_case& given) : given_(given), history_{given.history.opened, {}, given.history.maintenance} {}

  // What happened until `as_of` inclusive.
  void run(instant as_of) {
    while (next_fact_ < given_.history.facts.size() || next_terms_ < given_.c.terms.size()) {
      const bool terms_next = is_terms_next();
      const instant at = terms_next ? given_.c.terms[next_terms_].from : given_.history.facts[next_fact_].at;
      if (at > as_of) break;
      if (!c_.terms.empty()) say_all({at.us - 1});
      terms_next ? change(given_.c.terms[next_terms_++]) : happen(given_.history.facts[next_fact_++]);
    }
    if (!c_.terms.empty()) say_all(as_of);
  }

  const clock_state& state() const { return state_; }
  const clock_history& history() const { return history_; }
  const std::vector<clock_notice>& notices() const { return notices_; }
  bool attached() const { return !c_.terms.empty(); }
  const clock_terms& terms() const { return c_.terms.back(); }

 private:
  bool is_terms_next() const {
    if (next_terms_ == given_.c.terms.size()) return false;
    if (next_fact_ == given_.history.facts.size()) return true;
    const clock_terms& t = given_.c.terms[next_terms_];
    const instant at = given_.history.facts[next_fact_].at;
    return t.from < at || (t.from == at && t.after <= next_fact_);
  }

  void change(const clock_terms& terms) {
    if (!attached()) {
      c_.holder = given_.c.holder;
      c_.terms.push_back(terms);
      state_ = begin_clock(c_, history_);
      return say_all(terms.from);
    }
    if (has_ended(state_.state)) {
      waiting_ = terms;
      return;
    }
    take_up(terms, terms.from);
  }

  void take_up(clock_terms terms, instant at) {
    terms.from = at;
    terms.after = static_cast<std::uint32_t>(history_.facts.size());
    c_.terms.push_back(terms);
    retarget(state_, c_, history_);
    say_all(at);
  }

  void happen(const clock_fact& fact) {
    history_.add(fact);
    if (!attached()) return;
    const bool had_ended = has_ended(state_.state);
    const std::uint16_t cycle = state_.cycle;
    apply(state_, fact, c_.terms.back(), history_);
    if (!had_ended || has_ended(state_.state)) return;
    if (waiting_) {
      clock_terms terms = *waiting_;
      waiting_.reset();
      // In a cycle that is new anyway, nothing is there to be restarted.
      if (state_.cycle != cycle) terms.treatment = change_treatment::recompute;
      take_up(terms, fact.at);
    } else {
      say_all(fact.at);
    }
  }

  void say_all(instant now) {
    while (const auto notice = take_notice(state_, c_.terms.back(), history_, now)) notices_.push_back(*notice);
  }

  const random_case& given_;
  clock_history history_;
  sla_clock c_;
  clock_state state_;
  std::optional<clock_terms> waiting_;
  std::size_t next_fact_ = 0;
  std::size_t next_terms_ = 0;
  std::vector<clock_notice> notices_;
};

std::string text(instant t) { return std::string(std::string_view(to_rfc3339(t))); }

std::string shown(const std::vector<clock_notice>& notices) {
  std::string result;
  for (const clock_notice& n : notices) {
    result += std::to_string(static_cast<int>(n.kind)) + ":" + std::to_string(n.threshold) + " c" +
              std::to_string(n.cycle) + " " + text(n.at) + "\n";
  }
  return result;
}

std::string shown(const random_case& given) {
  std::string result = "metric " + std::to_string(static_cast<int>(given.rules[0].metric)) + " opened " +
                       text(given.history.opened) + "\n";
  for (const clock_fact& f : given.history.facts) {
    result += text(f.at) + " " + std::string(choices(f.kind)[static_cast<std::size_t>(f.kind) - 1]) + " " +
              std::to_string(f.reason.index + f.team.index) + " " + std::to_string(f.person.index) + " " +
              std::to_string(f.truths) + "\n";
  }
  for (const clock_terms& t : given.c.terms) {
    result += "terms " + text(t.from) + " after " + std::to_string(t.after) + " treatment " +
              std::to_string(static_cast<int>(t.treatment)) + " target " + std::to_string(t.target.value / minute.us) +
              " v" + std::to_string(t.rules->version) + " " + t.calendar->definition().key + " reopen " +
              std::to_string(static_cast<int>(t.rules->on_reopen)) + " pauses " +
              std::to_string(static_cast<int>(t.rules->pauses)) + "\n";
  }
  return result;
}

void compare_with_reference(const random_case& given, instant as_of) {
  const minute_walk::verdict slow = minute_walk::walk(given.c, given.history).until(as_of);
  const clock_reading fast = read_clock(given.c, given.history, as_of);
  CHECK(fast.state == slow.state);
  CHECK(fast.cycle == slow.cycle);
  CHECK(fast.elapsed.us == slow.elapsed_minutes * minute.us);
  CHECK(fast.breached == slow.breached);
  const auto notices = notices_of(given.c, given.history, as_of);
  CHECK(shown(notices) == shown(slow.notices));
  if (slow.breached && !has_ended(slow.state)) CHECK(fast.breached_at == slow.breached_at);
  if (fast.state != clock_state_kind::unset && is_set(fast.started)) {
    CHECK(fast.elapsed + fast.remaining == duration{fast.target.value});
  }
}

void compare_with_live(const random_case& given, instant as_of) {
  live lived(given);
  lived.run(as_of);
  const clock_reading fold = read_clock(given.c, given.history, as_of);
  CHECK(shown(lived.notices()) == shown(notices_of(given.c, given.history, as_of)));
  if (!lived.attached()) return;
  const clock_state& s = lived.state();
  CHECK(s.state == fold.state);
  CHECK(s.cycle == fold.cycle);
  CHECK(s.excused == fold.excused);
  CHECK(elapsed_at(s, lived.terms(), lived.history(), as_of) == fold.elapsed);
  CHECK(is_breached(s, lived.terms(), lived.history(), as_of) == fold.breached);
  CHECK(deadline_of(s) == fold.deadline);
  CHECK(s.breached_at == fold.breached_at);
  // What comes next, if nothing else happens.
  clock_history so_far = lived.history();
  sla_clock only_known = given.c;
  std::erase_if(only_known.terms, [&](const clock_terms& t) { return t.from > as_of; });
  const instant far = as_of + 40 * day;
  const auto said = notices_of(given.c, given.history, as_of);
  const auto later = notices_of(only_known, so_far, far);
  const instant next = later.size() > said.size() ? later[said.size()].at : never;
  CHECK((is_set(s.next_due) && s.next_due <= far ? s.next_due : never) == next);
}

// S1, S12: the intervals tile the time, what counted is what elapsed, and the shares sum to it.
void check_proof(const random_case& given, instant as_of) {
  const clock_reading reading = read_clock(given.c, given.history, as_of);
  const clock_proof proof = prove(given.c, given.history, as_of);
  instant at = given.history.opened;
  duration counted;
  for (const proof_interval& interval : proof.intervals) {
    CHECK(interval.from == at);
    CHECK(interval.from < interval.until);
    if (interval.cause == proof_cause::counted) counted = counted + (interval.until - interval.from);
    at = interval.until;
  }
  CHECK(at == as_of);
  if (is_set(reading.started)) CHECK(counted == reading.elapsed);
  duration shared;
  for (const clock_share& share : attribute(given.c, given.history, as_of)) shared = shared + share.elapsed;
  if (is_set(reading.started)) CHECK(shared == reading.elapsed);
}

void compare(std::uint32_t first_seed, std::uint32_t count) {
  for (std::uint32_t seed = first_seed; seed < first_seed + count; ++seed) {
    random_case given(seed);
    CAPTURE(seed);
    const std::string what = shown(given);
    CAPTURE(what);
    std::vector<instant> moments{given.end, given.history.opened, given.minute_from(given.history.opened, 2000)};
    for (const clock_fact& fact : given.history.facts) moments.push_back(fact.at);
    for (const instant moment : moments) {
      CAPTURE(text(moment));
      compare_with_reference(given, moment);
      compare_with_live(given, moment);
      check_proof(given, moment);
    }
  }
}

}  // namespace

TEST_CASE("fold, running clock and a walk from minute to minute say the same at every step (S1-S8)") {
  compare(1, 150);
}

TEST_CASE("with dates among the targets, fold and running clock say the same at every step (S9)") {
  for (std::uint32_t seed = 1; seed <= 300; ++seed) {
    const random_case given(seed, true);
    CAPTURE(seed);
    const std::string what = shown(given);
    CAPTURE(what);
    compare_with_live(given, given.end);
    for (const clock_fact& fact : given.history.facts) compare_with_live(given, fact.at);
  }
}

TEST_SUITE("full") {
  TEST_CASE("the same over many more lives (S1-S8)") { compare(1'000, 3'000); }
}
