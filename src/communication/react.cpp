// What follows for communication: updates of audiences become due, and are due no more (M2).
#include <tocsin/communication/communication.hpp>
#include <tocsin/communication/communication_policy.hpp>
#include <tocsin/communication/events.hpp>
#include <tocsin/desk/deciding.hpp>
#include <tocsin/major_incident/major_incident.hpp>

#include "communication/decide.hpp"
#include "desk/react.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

class communication_reactor {
 public:
  communication_reactor(const incident& record, const communication_policy* policy, const decision& given,
                        std::span<const event> news, std::vector<event>& more)
      : record_(record),
        part_(record.part_or_empty<record_communication>()),
        policy_(policy),
        news_(news),
        d_(given, more) {}

  void react() {
    if (policy_) {
      for (const communication_audience& one : policy_->audiences) keep_cadence(one);
    }
    for (const audience_cadence& one : part_.audience_cadences) {
      const bool is_there = policy_ && find_audience(*policy_, one.audience);
      if (!is_there && is_set(one.due_at)) schedule(one.audience, {}, no_instant, no_instant);
    }
  }

 private:
  // Nothing: no update is due. Records that were entered after the fact tell nobody (D5).
  duration cadence_now(const communication_audience& audience) const {
    if (!is_open(record_.state_kind) || record_.retrospective) return {};
    if (d_.state.definitions.base_of(record_) != record_base::incident) return {};
    return cadence_of(audience, record_.severity, is_major(record_));
  }

  bool was_told(std::string_view audience) const {
    return std::ranges::any_of(news_, [&](const event& e) {
      const auto* const published = e.body.get_if<update_published>();
      return published && e.record.id == record_.id && published->audience == audience;
    });
  }

  // Whoever was told when to expect more expects it then, if that is earlier.
  instant due_after(std::string_view audience, instant last, duration every) const {
    const update_draft* const told = last_published(part_, audience);
    const bool is_promised = told && is_set(told->next_update_at) && told->next_update_at > last;
    return is_promised ? std::min(last + every, told->next_update_at) : last + every;
  }

  void keep_cadence(const communication_audience& audience) {
    const duration every = cadence_now(audience);
    const audience_cadence* const kept = find_cadence(part_, audience.key);
    const bool is_due = kept && is_set(kept->due_at);
    const instant now = d_.effective(record_);
    if (every.us == 0) {
      if (is_due) schedule(audience.key, {}, no_instant, no_instant);
    } else if (!is_due || was_told(audience.key)) {
      if (!kept && part_.audience_cadences.size() >= limits::audience_cadences_max) return;
      schedule(audience.key, every, now, due_after(audience.key, now, every));
    } else if (every != kept->every) {  // late at once where the new one is shorter than it has been silent
      schedule(audience.key, every, no_instant, std::max(now, due_after(audience.key, kept->last_at, every)));
    }
  }

  void schedule(const std::string& audience, duration every, instant since, instant due_at) {
    instant remind_at = reminder_of(policy_, audience, due_at);
    if (is_set(remind_at)) remind_at = std::max(remind_at, d_.effective(record_));
    if (remind_at >= due_at) remind_at = no_instant;  // late at once
    d_.emit({record_.id}, audience_update_scheduled{audience, every, since, due_at, remind_at});
  }

  const incident& record_;
  const record_communication& part_;
  const communication_policy* policy_;
  std::span<const event> news_;
  deciding d_;
};

}  // namespace

void react_by_communication(const incident& record, const decision& given, std::span<const event> news,
                            std::vector<event>& more) {
  // Most desks have no policy, and most records tell nobody: this is asked after every entry.
  const communication_policy* const policy = communication_policy_of(given.state);
  if (policy || record.part<record_communication>()) communication_reactor(record, policy, given, news, more).react();
}

}  // namespace tocsin::inline v1
