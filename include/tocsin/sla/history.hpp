// What clocks read of a record's history: the instants at which something happened that starts, pauses or ends one.
// Pauses belong to the record, not to a clock (S5), so that a clock that comes later sees them all.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/base/lexicon.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

enum class clock_fact_kind : std::uint8_t {
  unset,
  responded,     // a person answered the requester
  work_begun,    // a person began to work
  acknowledged,  // somebody took notice
  updated,       // an audience was told
  held,          // waits for a reason, or for another one than before
  resumed,
  resolved,
  closed,
  reopened,
  cancelled,
  assigned,
  conditions,  // of one policy: its own conditions came out otherwise than before
  withdrawn,   // one policy's clock is ended: it was withdrawn, or does not match any more
  excused      // one policy's breach is excused (S13)
};
std::span<const std::string_view> choices(clock_fact_kind);

// Why a clock was cancelled.
enum class clock_end : std::uint8_t { unset, record_cancelled, duplicate, withdrawn, no_longer_matching, replaced };
std::span<const std::string_view> choices(clock_end);

// What a policy's own conditions say of the record.
struct condition_truths {
  bool start = false;
  bool pause = false;
  bool stop = false;
  bool cancel = false;
  friend bool operator==(condition_truths, condition_truths) = default;
};

// References are numbers of a lexicon. What a number means follows from the kind.
struct clock_fact {
  instant at = no_instant;
  std::uint32_t subject = 0;  // held: hold reason; assigned: team; conditions, withdrawn, excused: policy
  std::uint32_t person = 0;   // assigned: assignee; excused: approver
  clock_fact_kind kind = clock_fact_kind::unset;
  std::uint8_t detail = 0;  // updated: visibility; cancelled, withdrawn: clock_end; conditions: truths, as bits

  static clock_fact responded(instant at);
  static clock_fact work_begun(instant at);
  static clock_fact acknowledged(instant at);
  static clock_fact updated(instant at, visibility audience);
  static clock_fact held(instant at, hold_reason_ref reason);
  static clock_fact resumed(instant at);
  static clock_fact resolved(instant at);
  static clock_fact closed(instant at);
  static clock_fact reopened(instant at);
  static clock_fact cancelled(instant at, clock_end cause = clock_end::record_cancelled);
  static clock_fact assigned(instant at, team_ref team, person_ref assignee);
  static clock_fact conditions(instant at, sla_policy_ref policy, condition_truths truths);
  static clock_fact withdrawn(instant at, sla_policy_ref policy, clock_end cause);
  static clock_fact excused(instant at, sla_policy_ref policy, person_ref approver);

  condition_truths truths() const;
  friend bool operator==(const clock_fact&, const clock_fact&) = default;
};

struct time_span {
  instant from;
  instant to;  // not included
  friend bool operator==(time_span, time_span) = default;
};

namespace limits {
inline constexpr std::size_t clock_facts_max = 100'000;  // of one record
}

// 56 bytes while nothing happens, 24 for each fact.
struct clock_history {
  instant opened = no_instant;         // when it was reported, or else recorded (S2)
  std::vector<clock_fact> facts;       // in the order of recording, which is that of their instants
  std::vector<time_span> maintenance;  // agreed for the service; in order, apart from one another

  // Takes in a fact: never before the one before it, nor before the opening (S2). An error "history.too_long".
  void add(clock_fact fact);
};

}  // namespace tocsin::inline v1
