// A clock, its terms and what happened to its record, in few words.
#pragma once

#include <tocsin/sla/clock.hpp>
#include <tocsin/sla/clock_state.hpp>
#include <tocsin/sla/proof.hpp>
#include <tocsin/time/rfc3339.hpp>

#include <deque>
#include <string>
#include <string_view>

namespace clock_fixture {

using namespace tocsin;

inline instant at(std::string_view text) { return parse_rfc3339(text).value(); }

inline constexpr hold_reason_ref awaiting_caller{1};
inline constexpr hold_reason_ref awaiting_vendor{2};
inline constexpr sla_policy_ref the_policy{1};
inline constexpr team_ref first_level{1};
inline constexpr team_ref network{2};
inline constexpr person_ref alice{11};
inline constexpr person_ref bob{12};

// Monday to Friday, 8 to 17 in Vienna; 26 October is a holiday.
inline const business_calendar& office() {
  static const business_calendar calendar = [] {
    business_calendar_definition d{.key = "office", .zone = "Europe/Vienna"};
    using enum week_day;
    d.weekly = {{{monday, tuesday, wednesday, thursday, friday}, {8, 0}, {17, 0}}};
    d.holidays = {{.name = "National day", .month = 10, .day = 26}};
    return business_calendar::compile(d);
  }();
  return calendar;
}

inline const business_calendar& around_the_clock() { return business_calendar::always(); }

inline clock_target granting(duration d) { return {target_kind::duration, d.us}; }

class record_clock {
 public:
  record_clock(std::string_view opened, clock_rules r, duration target, const business_calendar& calendar) {
    history.opened = at(opened);
    r.policy = the_policy;
    rules_.push_back(r);
    c.terms.push_back({.target = granting(target), .rules = &rules_.back(), .calendar = &calendar});
  }

  clock_rules& rules() { return rules_.back(); }

  // From then on, with the rules and the calendar as they are.
  void retarget(std::string_view when, clock_target target, change_treatment treatment = change_treatment::recompute) {
    clock_terms terms = c.terms.back();
    terms.from = at(when);
    terms.after = static_cast<std::uint32_t>(history.facts.size());
    terms.target = target;
    terms.treatment = treatment;
    c.terms.push_back(terms);
  }
  void swap_rules(std::string_view when, clock_rules r) {
    retarget(when, c.terms.back().target);
    r.policy = the_policy;
    r.version = rules_.back().version + 1;
    rules_.push_back(r);
    c.terms.back().rules = &rules_.back();
  }
  void swap_calendar(std::string_view when, const business_calendar& calendar,
                     change_treatment treatment = change_treatment::recompute) {
    retarget(when, c.terms.back().target, treatment);
    c.terms.back().calendar = &calendar;
  }

  void held(std::string_view when, hold_reason_ref reason = awaiting_caller) {
    history.add(clock_fact::held(at(when), reason));
  }
  void resumed(std::string_view when) { history.add(clock_fact::resumed(at(when))); }
  void resolved(std::string_view when) { history.add(clock_fact::resolved(at(when))); }
  void reopened(std::string_view when) { history.add(clock_fact::reopened(at(when))); }
  void responded(std::string_view when) { history.add(clock_fact::responded(at(when))); }

  clock_reading read(std::string_view when) const { return read_clock(c, history, at(when)); }
  std::vector<clock_notice> said(std::string_view until) const { return notices_of(c, history, at(until)); }
  clock_proof proof(std::string_view when) const { return prove(c, history, at(when)); }

  sla_clock c;
  clock_history history;

 private:
  std::deque<clock_rules> rules_;  // terms point into it
};

inline duration total(const clock_proof& proof, proof_cause cause) {
  duration sum;
  for (const proof_interval& i : proof.intervals) {
    if (i.cause == cause) sum = sum + (i.until - i.from);
  }
  return sum;
}

}  // namespace clock_fixture
