// Commands about escalations as somebody might give them.
#include <tocsin/desk/state.hpp>
#include <tocsin/escalation/commands.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/incident.hpp>

#include "decide.hpp"

namespace tocsin::inline v1 {
namespace {

constexpr const char* no_run = "it has no escalation";

template <class Make>
void each_run(const incident& record, plausible_commands& to, Make make) {
  to.none = no_run;
  const std::size_t count = runs_of(record).size();
  for (std::uint32_t run = 1; run <= count; ++run) to.commands.push_back(make(run));
}

}  // namespace

void plausible_escalation_start(const incident& record, plausible_commands& to) {
  to.none = "no escalation policy has been published";
  for (std::uint32_t n = 1; n <= to.state.words.size(word_kind::escalation_policy); ++n) {
    if (!to.state.definitions.of<escalation_plan>().current(n)) continue;
    to.commands.push_back(start_escalation{{record.id}, {n}, "x"});
  }
}

void plausible_page_acknowledgement(const incident& record, plausible_commands& to) {
  each_run(record, to, [&](std::uint32_t run) { return acknowledge_page{.incident = {record.id}, .run = run}; });
}

void plausible_page_unacknowledgement(const incident& record, plausible_commands& to) {
  each_run(record, to, [&](std::uint32_t run) { return unacknowledge_page{{record.id}, run, "x"}; });
}

void plausible_snooze(const incident& record, plausible_commands& to) {
  const instant until = to.state.counters.clock + hour;
  each_run(record, to,
           [&](std::uint32_t run) { return snooze_escalation{.incident = {record.id}, .run = run, .until = until}; });
}

// To the next step of a run, or up to somebody.
void plausible_escalating(const incident& record, plausible_commands& to) {
  each_run(record, to, [&](std::uint32_t run) {
    return escalate{.incident = {record.id}, .kind = escalate_kind::next_step, .reason = "x", .run = run};
  });
  const person_ref last{static_cast<std::uint32_t>(to.state.words.size(word_kind::person))};
  to.commands.push_back(
      escalate{.incident = {record.id}, .kind = escalate_kind::hierarchical, .reason = "x", .person = last});
}

void plausible_handover(const incident& record, plausible_commands& to) {
  to.none = "there is no team that it could be handed over to";
  for (std::uint32_t n = 1; n <= to.state.words.size(word_kind::team); ++n) {
    to.commands.push_back(hand_over{{record.id}, {n}, {}, "x"});
  }
}

// Which pages and bundles there were stands in the journal alone.
void plausible_page_report(const incident& record, plausible_commands& to) {
  if (runs_of(record).empty()) to.against.emplace_back(no_run);
}

}  // namespace tocsin::inline v1
