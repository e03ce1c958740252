// Clocks again, slow and obvious: a walk from minute to minute that asks at each of them what holds. Everything in it
// happens at whole minutes; it knows nothing of spans, nor of arithmetic on calendars.
#pragma once

#include <tocsin/sla/clock.hpp>

#include <algorithm>
#include <optional>
#include <vector>

namespace minute_walk {

using namespace tocsin;

struct verdict {
  clock_state_kind state = clock_state_kind::unset;
  std::int64_t cycle = 0;
  std::int64_t elapsed_minutes = 0;
  bool breached = false;
  instant breached_at = no_instant;
  std::vector<clock_notice> notices;
};

// One minute of the cycle, as the record was.
struct minute_seen {
  instant at;
  bool active;  // the clock was neither waiting nor ended
  hold_reason_ref hold;
  bool by_condition;
  bool maintenance;
  const business_calendar* calendar;
  bool made_to_count = false;  // by a reopening
};

class walk {
 public:
  walk(const sla_clock& c, const clock_history& h) : clock_(c), history_(h) {}

  verdict until(instant as_of) {
    if (as_of < history_.opened) return {};
    rules_ = clock_.terms[0].rules;
    const auto metric = rules_->metric;
    if (metric == clock_metric::response || metric == clock_metric::resolution ||
        metric == clock_metric::acknowledgement ||
        (metric == clock_metric::update && rules_->starts == update_start::opening)) {
      start(history_.opened);
    }
    for (instant now = history_.opened;; now = now + minute) {
      happen(now);
      look(now);
      if (now == as_of) break;
      pass(now);
    }
    result_.state = !attached_ ? clock_state_kind::unset : shown();
    result_.cycle = attached_ ? cycle_ : 0;
    result_.elapsed_minutes = attached_ && started_ ? elapsed() : 0;
    result_.breached = attached_ && started_ && elapsed() > target();
    result_.breached_at = breached_at_;
    return result_;
  }

 private:
  enum class life { waiting, active, met, stopped, cancelled };

  std::int64_t target() const { return clock_.terms[terms_].target.value / minute.us; }
  bool is_over() const { return life_ == life::met || life_ == life::stopped || life_ == life::cancelled; }

  clock_state_kind shown() const {
    if (life_ == life::waiting) return clock_state_kind::unset;
    if (life_ == life::met) return clock_state_kind::met;
    if (life_ == life::stopped) return clock_state_kind::stopped;
    if (life_ == life::cancelled) return clock_state_kind::cancelled;
    const bool paused = condition_ || (hold_ && in_pause_set(hold_));
    return paused ? clock_state_kind::paused : clock_state_kind::running;
  }

  bool in_pause_set(hold_reason_ref reason) const {
    switch (rules_->pauses) {
      case pause_rule::none:
        return false;
      case pause_rule::listed:
        return std::ranges::count(rules_->pause_reasons, reason) != 0;
      default:
        return true;
    }
  }

  bool counts(const minute_seen& m) const {
    if (!m.calendar->is_open(m.at)) return false;
    if (m.maintenance && rules_->excludes_maintenance) return false;
    if (m.made_to_count) return true;
    return m.active && !m.by_condition && !(m.hold && in_pause_set(m.hold));
  }

  std::int64_t elapsed() const { return elapsed_; }
  void count_again() {
    elapsed_ = std::ranges::count_if(seen_, [&](const minute_seen& m) { return counts(m); });
  }

  void start(instant) {
    life_ = life::active;
    started_ = true;
    ++cycle_;
    elapsed_ = 0;
    seen_.clear();
    said_.clear();
    breached_at_ = no_instant;
    own_ = false;
  }

  void stop(life how) {
    if (how == life::met) own_ = true;
    if (life_ != life::active) {
      if (life_ == life::waiting && how == life::cancelled) life_ = how;
      return;
    }
    life_ = how;
    condition_ = false;
  }

  void again(instant now, reopen_treatment how) {
    if (how == reopen_treatment::new_cycle) {
      if (pending_) terms_ = *pending_, rules_ = clock_.terms[terms_].rules, pending_.reset();
      start(now);
      return look(now);
    }
    if (how == reopen_treatment::count_all) {
      for (std::size_t i = seen_.size(); i-- > 0 && !seen_[i].active;) seen_[i].made_to_count = true;
    }
    life_ = life::active;
    own_ = false;
    count_again();
    if (pending_) {
      const std::uint32_t next = *pending_;
      pending_.reset();
      take_up(next, now);
    } else {
      look(now);
    }
  }

  void take_up(std::uint32_t next, instant now) {
    const bool restarts = clock_.terms[next].treatment == change_treatment::restart;
    if (attached_ && is_over()) {
      pending_ = next;
      return;
    }
    if (!attached_ && restarts && !is_over()) cycle_ = 0;
    if (restarts && life_ == life::active) start(now);
    terms_ = next;
    rules_ = clock_.terms[next].rules;
    if (clock_.terms[next].treatment == change_treatment::recount) {
      for (minute_seen& m : seen_) m.calendar = clock_.terms[next].calendar;
    }
    attached_ = true;
    count_again();
    if (is_over() && started_ && elapsed() > target()) {
      breached_at_ = now;
      result_.notices.push_back({clock_notice_kind::breach, 0, static_cast<std::uint32_t>(cycle_), now});
    }
    if (breached_at_ != no_instant && elapsed() <= target()) {
      breached_at_ = no_instant;
      result_.notices.push_back({clock_notice_kind::breach_lifted, 0, static_cast<std::uint32_t>(cycle_), now});
    }
    look(now);
  }

  // Everything at this instant, in the order of recording.
  void happen(instant now) {
    for (;;) {
      const bool terms_left = next_terms_ < clock_.terms.size() && clock_.terms[next_terms_].from <= now;
      const bool fact_left = next_fact_ < history_.facts.size() && history_.facts[next_fact_].at == now;
      if (terms_left &&
          (!fact_left || clock_.terms[next_terms_].from < now || clock_.terms[next_terms_].after <= next_fact_)) {
        take_up(next_terms_++, now);
      } else if (fact_left) {
        happen(history_.facts[next_fact_++], now);
      } else {
        return;
      }
    }
  }

  void happen(const clock_fact& fact, instant now) {
    const auto metric = rules_->metric;
    switch (fact.kind) {
      case clock_fact_kind::responded:
      case clock_fact_kind::work_begun:
        answered_ = true;
        if (metric == clock_metric::response) stop(life::met);
        if (metric == clock_metric::update && life_ == life::waiting && !resolved_ && !over_) start(now);
        return;
      case clock_fact_kind::acknowledged:
        if (metric == clock_metric::acknowledgement) stop(life::met);
        return;
      case clock_fact_kind::updated: {
        const auto told = fact.audience;
        const bool reached = told == rules_->audience || told == visibility::everyone;
        if (metric == clock_metric::update && reached && life_ == life::active) start(now);
        return;
      }
      case clock_fact_kind::held:
        hold_ = fact.reason;
        return;
      case clock_fact_kind::resumed:
        hold_ = {};
        return;
      case clock_fact_kind::resolved:
      case clock_fact_kind::closed:
        resolved_ = true;
        over_ = over_ || fact.kind == clock_fact_kind::closed;
        hold_ = {};
        if (life_ != life::active) return;
        if (metric == clock_metric::resolution || metric == clock_metric::assignment) {
          stop(life::met);
        } else if (metric != clock_metric::custom || fact.kind == clock_fact_kind::closed) {
          stop(life::stopped);
        }
        return;
      case clock_fact_kind::reopened:
        resolved_ = over_ = false;
        hold_ = {};
        if (gone_) return;
        if (!started_) life_ = life::waiting;
        if (life_ == life::waiting) {
          if (metric == clock_metric::update && (answered_ || rules_->starts == update_start::opening)) start(now);
          if (metric == clock_metric::assignment && mine_) start(now);
          return;
        }
        if (!is_over()) return;
        if (metric == clock_metric::assignment && !mine_) return;
        if (metric == clock_metric::custom && life_ != life::stopped) return;
        if ((metric == clock_metric::response || metric == clock_metric::acknowledgement) && own_ &&
            rules_->on_reopen != reopen_treatment::new_cycle) {
          return;
        }
        return again(now, rules_->on_reopen);
      case clock_fact_kind::cancelled:
        hold_ = {};
        over_ = true;
        return stop(life::cancelled);
      case clock_fact_kind::assigned: {
        if (metric != clock_metric::assignment) return;
        const bool before = mine_;
        mine_ = (rules_->holder == clock_holder::team ? fact.team.index : fact.person.index) == clock_.holder;
        if (before == mine_ || resolved_ || over_ || gone_) return;
        if (!mine_) return stop(life::met);
        if (life_ == life::waiting) return start(now);
        if (is_over()) {
          again(now,
                rules_->comes_back == return_treatment::anew ? reopen_treatment::new_cycle : reopen_treatment::go_on);
        }
        return;
      }
      case clock_fact_kind::conditions: {
        if (metric != clock_metric::custom || gone_ || over_ || !(fact.policy == rules_->policy)) return;
        const condition_truths t = truths_of(fact.truths);
        if (life_ == life::active) {
          if (t.cancel) return stop(life::cancelled);
          if (t.stop) return stop(life::met);
          condition_ = t.pause;
          return;
        }
        if (t.cancel || t.stop || !t.start) return;
        condition_ = t.pause;
        if (life_ == life::waiting) return start(now);
        return again(now, rules_->on_reopen);
      }
      case clock_fact_kind::withdrawn:
        if (!(fact.policy == rules_->policy) || !attached_) return;
        stop(life::cancelled);
        gone_ = true;
        return;
      default:
        return;
    }
  }

  std::int64_t amount_of(const threshold_mark& mark) const {
    return mark.is_percent ? (target() * mark.value + 99) / 100 : target() + mark.value / minute.us;
  }

  bool said(std::uint32_t threshold) const {
    return std::ranges::any_of(said_, [&](const auto& s) {
      return s.threshold == threshold && s.version == rules_->version && s.target == target();
    });
  }

  // What has been reached by now and is not said yet, nearest first.
  void look(instant now) {
    if (!attached_ || !started_ || life_ != life::active) return;
    for (;;) {
      std::optional<std::uint32_t> next;
      for (std::uint32_t i = 0; i < rules_->thresholds.size(); ++i) {
        if (said(i) || elapsed() < amount_of(rules_->thresholds[i])) continue;
        if (!next || amount_of(rules_->thresholds[i]) < amount_of(rules_->thresholds[*next])) next = i;
      }
      const bool breach = breached_at_ == no_instant && elapsed() > target();
      if (breach && (!next || amount_of(rules_->thresholds[*next]) > target())) {
        breached_at_ = now;
        result_.notices.push_back({clock_notice_kind::breach, 0, static_cast<std::uint32_t>(cycle_), now});
      } else if (next) {
        said_.push_back({*next, rules_->version, target()});
        result_.notices.push_back({clock_notice_kind::threshold, *next, static_cast<std::uint32_t>(cycle_), now});
      } else {
        return;
      }
    }
  }

  // The minute from now to the next. Its first microsecond beyond the target is the breach (S4).
  void pass(instant now) {
    const bool maintenance = std::ranges::any_of(
        history_.maintenance, [&](const time_span& span) { return span.from <= now && now < span.until; });
    seen_.push_back({now, life_ == life::active, hold_, condition_, maintenance, clock_.terms[terms_].calendar});
    if (!counts(seen_.back())) return;
    if (elapsed_ == target() && breached_at_ == no_instant && attached_) {
      breached_at_ = now + microsecond;
      result_.notices.push_back({clock_notice_kind::breach, 0, static_cast<std::uint32_t>(cycle_), now + microsecond});
    }
    ++elapsed_;
  }

  struct said_threshold {
    std::uint32_t threshold;
    std::uint32_t version;
    std::int64_t target;
  };

  const sla_clock& clock_;
  const clock_history& history_;
  const clock_rules* rules_ = nullptr;
  std::uint32_t terms_ = 0;
  std::uint32_t next_terms_ = 0;
  std::optional<std::uint32_t> pending_;
  std::size_t next_fact_ = 0;
  bool attached_ = false;
  life life_ = life::waiting;
  bool started_ = false;
  std::int64_t cycle_ = 0;
  std::int64_t elapsed_ = 0;
  hold_reason_ref hold_;
  bool condition_ = false;
  bool resolved_ = false;
  bool over_ = false;
  bool answered_ = false;
  bool own_ = false;
  bool mine_ = false;
  bool gone_ = false;
  instant breached_at_ = no_instant;
  std::vector<minute_seen> seen_;
  std::vector<said_threshold> said_;
  verdict result_;
};

}  // namespace minute_walk
