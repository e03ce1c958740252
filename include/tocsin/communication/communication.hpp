// What those who are affected by an incident are told: updates from draft to publication, who is told, and when the
// next is due (M2).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t update_drafts_max = 500;             // of one incident, withdrawn ones included
inline constexpr std::size_t audience_subscriptions_max = 1'000;  // of one incident
inline constexpr std::size_t audience_recipients_max = 5'000;     // that one update is sent to
inline constexpr std::size_t audience_cadences_max = 100;         // of one incident, as its policy changes
inline constexpr duration next_update_within{30 * day.us};        // what is further ahead is a mistake
}  // namespace limits

// How far the work on it is, as those who are told of it see it.
enum class update_stage : std::uint8_t { unset, investigating, identified, monitoring, resolved };
std::span<const std::string_view> choices(update_stage);

enum class draft_state : std::uint8_t { unset, drafted, approved, published, withdrawn };
std::span<const std::string_view> choices(draft_state);

struct update_draft {
  std::uint32_t draft = 0;  // its number, from 1
  std::string audience;
  draft_state state = draft_state::unset;
  tocsin::visibility visibility = visibility::unset;  // of the audience when it was drafted
  bool approval = false;                              // it must be approved by somebody else
  update_stage stage = update_stage::unset;
  std::string title;  // none: the first line of what is known
  std::string known;
  std::string impact;
  std::string workaround;
  instant next_update_at = no_instant;
  person_ref author;
  instant drafted_at = no_instant;
  person_ref approver;
  instant approved_at = no_instant;
  person_ref publisher;
  instant published_at = no_instant;
  bool on_status_page = false;
  person_ref withdrawn_by;
  instant withdrawn_at = no_instant;
  std::string withdrawn_because;

  static std::span<const field_row> fields();
};

// When an audience is told next.
struct audience_cadence {
  std::string audience;
  duration every;                  // none: it is not in force now
  instant last_at = no_instant;    // of the last update, or since when they are due
  instant due_at = no_instant;     // none: no more are due
  std::uint32_t missed = 0;        // updates that were not there when they were due
  instant remind_at = no_instant;  // whoever writes it is reminded then; none: not, or they have been

  static std::span<const field_row> fields();
};

// What somebody said last of wanting to be told of this incident.
struct audience_subscription {
  std::string audience;
  person_ref person;
  bool left = false;  // they do not want to be told, whatever the policy says

  static std::span<const field_row> fields();
};

struct record_communication {
  static constexpr std::uint8_t part_number = 16;
  static const part_type descriptor;

  std::vector<update_draft> update_drafts;  // by number
  std::vector<audience_cadence> audience_cadences;
  std::vector<audience_subscription> audience_subscriptions;

  static std::span<const field_row> fields();
};

// Null: there is none.
const update_draft* find_draft(const record_communication& part, std::uint32_t number);
const audience_cadence* find_cadence(const record_communication& part, std::string_view audience);
const audience_subscription* find_subscription(const record_communication& part, std::string_view audience,
                                               person_ref person);
// The update that this audience was told last; null: none yet.
const update_draft* last_published(const record_communication& part, std::string_view audience);

// Those that stand on status pages, in the order in which they were published. What was erased says nothing any more.
std::vector<const update_draft*> on_status_pages(const record_communication& part);

}  // namespace tocsin::inline v1
