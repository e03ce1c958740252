#include "answer.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace tocsin::inline v1 {
namespace {

template <class Choice>
std::string_view name_of(Choice value) {
  return choices(value)[static_cast<std::size_t>(value) - 1];
}

// How much later than it was due something was done: by the host's own time, which the entry does not hold (D8).
struct latency {
  std::int64_t count = 0;
  duration sum;
  duration most;

  void add(duration one) {
    ++count;
    sum = sum + one;
    most = std::max(most, one);
  }
};

duration latency_of(const stored_entry& stored, const entry& e, const escalation_step_fired& fired) {
  const instant done = is_set(stored.fired_at) ? stored.fired_at : e.recorded_at;
  return std::max(duration{}, done - fired.scheduled_at);
}

void write_latency(const answer_context& c, const latency& of) {
  c.to.member("steps", of.count);
  if (of.count == 0) return;  // no data, which is not 0 (R1)
  c.write("mean", duration{of.sum.us / of.count});
  c.write("maximum", of.most);
}

// Which run an event is about; 0: none.
std::uint32_t run_of(const event_body& body) {
  const auto fields = body.type()->fields();
  const auto run = std::ranges::find(fields, "run", &field_row::name);
  return run == fields.end() ? 0 : static_cast<std::uint32_t>(run->read(body.address()));
}

class run_writer {
 public:
  explicit run_writer(const answer_context& c)
      : c_(c), to_(c.to), d_(c.d), record_(*c.record), chain_(read_chain(d_.storage(), record_, UINT64_MAX)) {}

  void write_run(std::uint32_t number) {
    const record_run& kept = runs_of(record_)[number - 1];
    const escalation_plan& plan =
        *d_.state().definitions.of<escalation_plan>().at(kept.policy.index, kept.run.policy_version);
    to_.begin_object();
    to_.member("run", static_cast<std::int64_t>(number));
    to_.member("policy", d_.state().words.word(word_kind::escalation_policy, kept.policy.index));
    to_.member("policy_version", static_cast<std::int64_t>(kept.run.policy_version));
    to_.member("started_by", name_of(kept.started_by));
    to_.member("cause", kept.cause);
    if (!kept.reason.empty()) to_.member("reason", kept.reason);
    to_.member("number", static_cast<std::int64_t>(kept.run.number));
    to_.member("state", name_of(kept.run.state));
    if (kept.run.exhausted) to_.member_boolean("exhausted", true);
    c_.write_if_given("started_at", kept.run.started_at);
    if (kept.run.node != no_node) to_.member("node", plan.graph.declared(kept.run.node).key);
    if (kept.run.page_step != 0) to_.member("step", static_cast<std::int64_t>(kept.run.page_step));
    if (kept.run.version != 0) to_.member("version", static_cast<std::int64_t>(kept.run.version));
    c_.write_if_given("notified", kept.run.notified);
    c_.write_if_given("acknowledged_by", kept.run.acknowledged_by);
    write_pending(kept);
    write_said(number);
    to_.end_object();
  }

 private:
  struct pending {
    instant at;
    std::string_view what;
    person_ref person;
  };

  // What comes by itself if nobody does anything. What was put off comes before the step of the same instant.
  void write_pending(const record_run& kept) {
    std::vector<pending> all;
    for (const paged_person& p : kept.paged) {
      if (is_set(p.next_at)) all.push_back({p.next_at, "next_method", p.person});
      if (is_set(p.held_until)) all.push_back({p.held_until, "held_page", p.person});
    }
    const bool taken = kept.run.state == run_state::acknowledged;
    const bool snoozed = kept.run.state == run_state::snoozed;
    const std::string_view next = taken ? "acknowledgement_times_out" : snoozed ? "snooze_ends" : "goes_on";
    if (is_set(kept.run.due)) all.push_back({kept.run.due, next, {}});
    std::ranges::stable_sort(all, {}, &pending::at);
    to_.key("pending");
    to_.begin_array();
    for (const pending& p : all) {
      to_.begin_object();
      c_.write("at", p.at);
      to_.member("what", p.what);
      c_.write_if_given("person", p.person);
      to_.end_object();
    }
    to_.end_array();
  }

  // All that it said, and how late its steps were.
  void write_said(std::uint32_t number) {
    latency late;
    std::int64_t held = 0;
    std::int64_t bundled = 0;
    to_.key("events");
    to_.begin_array();
    for (const entry& e : chain_) {
      for (const event& happened : e.events) {
        if (happened.record.id != record_.id || run_of(happened.body) != number) continue;
        if (happened.body.holds<escalation_run_changed>()) continue;
        if (happened.body.holds<page_held>()) ++held;
        if (happened.body.holds<page_bundled>()) ++bundled;
        to_.begin_object();
        c_.write("at", e.recorded_at);
        to_.member("sequence", static_cast<std::int64_t>(e.sequence));
        c_.by.write_event_members(to_, happened, c_.names);
        if (const auto* fired = happened.body.get_if<escalation_step_fired>()) {
          const duration one = latency_of(d_.read_stored_entry(e.sequence), e, *fired);
          c_.write("latency", one);
          late.add(one);
        }
        to_.end_object();
      }
    }
    to_.end_array();
    if (held != 0) to_.member("pages_held", held);  // a storm (E5)
    if (bundled != 0) to_.member("pages_bundled", bundled);
    to_.key("latency");
    to_.begin_object();
    write_latency(c_, late);
    to_.end_object();
  }

  const answer_context& c_;
  json_writer& to_;
  const desk& d_;
  const incident& record_;
  std::vector<entry> chain_;
};

}  // namespace

std::span<const field_row> escalations_query::fields() {
  static constexpr field_row rows[] = {
      row<&escalations_query::incident>("incident", "Incident by number or id", required),
      row<&escalations_query::run>("run", "Run by its number on the incident; none: all of them"),
  };
  return rows;
}

std::span<const field_row> escalation_latency_query::fields() {
  static constexpr field_row rows[] = {
      row<&escalation_latency_query::from>("from", "Entries recorded from then on; none: from the beginning"),
      row<&escalation_latency_query::until>("until", "Entries recorded before then; none: all"),
  };
  return rows;
}

void answer(const answer_context& c, const escalations_query& query) {
  const auto* const kept = c.record->part<incident_escalations>();
  const std::size_t count = kept ? kept->escalations.size() : 0;
  if (query.run > count) {
    throw error(status::not_found, "escalation.unknown_run",
                "/run: " + c.d.show_number(c.record->number) + " has " + std::to_string(count) +
                    " escalation runs, found " + std::to_string(query.run),
                "{\"path\":\"/run\"}");
  }
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(c.record->number));
  if (kept) {
    c.to.member("functional_escalations", kept->functional_escalations);
    c.to.member("hierarchical_escalations", kept->hierarchical_escalations);
  }
  c.to.key("escalations");
  c.to.begin_array();
  if (count != 0) {
    run_writer runs(c);
    for (std::uint32_t number = 1; number <= count; ++number) {
      if (query.run == 0 || query.run == number) runs.write_run(number);
    }
  }
  c.to.end_array();
  c.to.end_object();
}

void answer(const answer_context& c, const escalation_latency_query& query) {
  std::map<std::string, latency> by_policy;
  latency all;
  sha256 hasher;
  c.d.storage().scan_entries(1, c.d.state().counters.sequence, false, [&](const stored_entry& stored) {
    const entry e = decode_entry(stored, hasher);
    if (is_set(query.from) && e.recorded_at < query.from) return true;
    if (is_set(query.until) && e.recorded_at >= query.until) return false;
    for (const event& happened : e.events) {
      const auto* fired = happened.body.get_if<escalation_step_fired>();
      if (!fired || c.by.hides(happened.record)) continue;
      const duration one = latency_of(stored, e, *fired);
      all.add(one);
      const incident_ptr record = c.d.find(happened.record);
      const record_run& kept = runs_of(*record)[fired->run - 1];
      by_policy[std::string(c.d.state().words.word(word_kind::escalation_policy, kept.policy.index))].add(one);
    }
    return true;
  });
  c.to.begin_object();
  write_latency(c, all);
  c.to.key("policies");
  c.to.begin_array();
  for (const auto& [key, late] : by_policy) {
    c.to.begin_object();
    c.to.member("policy", key);
    write_latency(c, late);
    c.to.end_object();
  }
  c.to.end_array();
  c.to.end_object();
}

}  // namespace tocsin::inline v1
