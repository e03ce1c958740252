// A list of steps played second by second, as one would with a watch in hand (E2-E4): the slow, obvious way, against
// which runs are held. The host is always there.
#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "given.hpp"

namespace night {

class naive_run {
 public:
  using who = std::function<std::string(std::size_t step, instant at)>;

  naive_run(const escalation_policy& p, who found) : p_(p), who_(std::move(found)) {}

  std::vector<std::string> log;

  void open(instant at) {
    now_ = at;
    began_ = at;
    say("started");
    fire(0);
  }

  // Everything that happens by itself at this second.
  void tick(instant at) {
    now_ = at;
    if (now_ != due_) return;
    due_ = never;
    if (state_ == 'A' || state_ == 'S') {
      say(state_ == 'A' ? "acknowledgement_timed_out" : "snooze_ended");
      state_ = 'T';
      fire(step_);
    } else if (resting_) {
      begin_pass();
    } else {
      next();
    }
  }

  void act(run_action_kind kind, const std::string& by, instant at, instant until = never) {
    now_ = at;
    if (state_ == 'E') {
      if (kind != run_action_kind::reopen) return say("refused escalation.ended");
      pass_ = 1;
      began_ = now_;
      found_ = false;
      skipped_ = {};
      state_ = 'T';
      say("reopened");
      return fire(0);
    }
    switch (kind) {
      case run_action_kind::acknowledge:
        if (state_ == 'A' && p_.acknowledgement_timeout.us == 0) return say("refused escalation.already_acknowledged");
        state_ = 'A';
        due_ = p_.acknowledgement_timeout.us == 0 ? never : now_ + p_.acknowledgement_timeout;
        return say("acknowledged by " + by);
      case run_action_kind::unacknowledge:
        if (state_ != 'A') return say("refused escalation.not_acknowledged");
        state_ = 'T';
        due_ = never;
        say("unacknowledged by " + by);
        return fire(step_);
      case run_action_kind::snooze:
        state_ = 'S';
        due_ = until;
        return say("snoozed by " + by);
      case run_action_kind::escalate:
        state_ = 'T';
        due_ = never;
        say("escalated by " + by);
        by_hand_ = true;
        if (over_) {
          over_ = false;
          ++pass_;
          began_ = now_;
          found_ = false;
          skipped_ = {};
          fire(0);
        } else if (resting_) {
          begin_pass();
        } else {
          next();
        }
        by_hand_ = false;
        return;
      case run_action_kind::resolve:
        state_ = 'E';
        due_ = never;
        repeats_ = 0;
        return say("ended by " + by);
      default:
        return say("refused escalation.not_ended");
    }
  }

 private:
  void say(const std::string& what) { log.push_back(shown(now_) + " " + what); }

  void fire(std::size_t step) {
    step_ = step;
    resting_ = false;
    over_ = false;
    const std::string people = who_(step, now_);
    const duration delay = p_.steps[step].delay;
    const std::string number = std::to_string(step + 1);
    if (people.empty()) {
      say("nobody_on_call " + number);
      if (p_.nobody != nobody_rule::wait) {
        skipped_ = skipped_ + delay;
        return next();
      }
    } else {
      say("notified " + number + " " + people);
      found_ = true;
      by_hand_ = false;
    }
    if (delay.us == 0) return next();
    due_ = now_ + delay;
  }

  void next() {
    if (step_ + 1 < p_.steps.size()) return fire(step_ + 1);
    if (p_.repeat >= 0 && repeats_ >= p_.repeat) {
      over_ = true;
      return say("escalation_exhausted");
    }
    const duration rest = rest_of_pass();
    if (rest.us == 0 || by_hand_) return begin_pass();
    resting_ = true;
    due_ = now_ + rest;
  }

  duration rest_of_pass() const {
    const duration lasted = now_ - began_;
    if (!found_) return {std::max<std::int64_t>({0, skipped_.us, minute.us - lasted.us})};
    const bool timeless = lasted.us == 0 && (skipped_.us != 0 || p_.repeat < 0);
    return timeless ? std::max(skipped_, minute) : duration{};
  }

  void begin_pass() {
    if (!found_) by_hand_ = false;
    ++repeats_;
    ++pass_;
    began_ = now_;
    found_ = false;
    skipped_ = {};
    say("repeated repeat");
    fire(0);
  }

  const escalation_policy& p_;
  who who_;
  char state_ = 'T';
  std::size_t step_ = 0;
  instant now_;
  instant due_ = never;
  instant began_;
  std::int64_t pass_ = 1;
  std::int64_t repeats_ = 0;
  duration skipped_;
  bool found_ = false;
  bool resting_ = false;
  bool over_ = false;
  bool by_hand_ = false;
};

}  // namespace night
