// The words of a desk and their numbers: keys of definitions, names of states, reasons and codes.
// Records and journal hold the number, documents the word. A word keeps its number for ever.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace tocsin::inline v1 {

enum class word_kind : std::uint8_t {
  person,
  team,
  service,
  category,
  workflow,
  priority_matrix,
  state,
  hold_reason,
  resolution_code,
  custom_field,
  record_type,
  record_template,
  permission_policy,
  business_calendar,
  sla_policy,
  rotation,
  schedule,
  escalation_policy,
  event_source,
  contact_profile,
  role,
  schedule_override,
  shift_swap,
  absence,
  customer,
  contract,
  incident_class_policy,
  skill,
  assignment_rule,
  metric,
  vendor,
  configuration_item,
  recurrence_rule,
  major_incident_policy,
  communication_policy,
  status_page,
  status_override,
  review_policy,
  playbook,
  automation_rule,
  security_policy,
  subscription
};
inline constexpr std::size_t word_kind_count = 42;

const char* name(word_kind kind) noexcept;

// A word by its number; 0 is none.
template <word_kind Kind>
struct reference {
  std::uint32_t index = 0;

  explicit operator bool() const { return index != 0; }
  friend bool operator==(reference, reference) = default;
};

using person_ref = reference<word_kind::person>;
using team_ref = reference<word_kind::team>;
using service_ref = reference<word_kind::service>;
using category_ref = reference<word_kind::category>;
using workflow_ref = reference<word_kind::workflow>;
using priority_matrix_ref = reference<word_kind::priority_matrix>;
using state_ref = reference<word_kind::state>;
using hold_reason_ref = reference<word_kind::hold_reason>;
using resolution_code_ref = reference<word_kind::resolution_code>;
using custom_field_ref = reference<word_kind::custom_field>;
using record_type_ref = reference<word_kind::record_type>;
using record_template_ref = reference<word_kind::record_template>;
using permission_policy_ref = reference<word_kind::permission_policy>;
using business_calendar_ref = reference<word_kind::business_calendar>;
using sla_policy_ref = reference<word_kind::sla_policy>;
using rotation_ref = reference<word_kind::rotation>;
using schedule_ref = reference<word_kind::schedule>;
using escalation_policy_ref = reference<word_kind::escalation_policy>;
using event_source_ref = reference<word_kind::event_source>;
using contact_profile_ref = reference<word_kind::contact_profile>;
using role_ref = reference<word_kind::role>;
using schedule_override_ref = reference<word_kind::schedule_override>;
using shift_swap_ref = reference<word_kind::shift_swap>;
using absence_ref = reference<word_kind::absence>;
using customer_ref = reference<word_kind::customer>;
using contract_ref = reference<word_kind::contract>;
using incident_class_policy_ref = reference<word_kind::incident_class_policy>;
using skill_ref = reference<word_kind::skill>;
using assignment_rule_ref = reference<word_kind::assignment_rule>;
using metric_ref = reference<word_kind::metric>;
using vendor_ref = reference<word_kind::vendor>;
using configuration_item_ref = reference<word_kind::configuration_item>;
using recurrence_rule_ref = reference<word_kind::recurrence_rule>;
using major_incident_policy_ref = reference<word_kind::major_incident_policy>;
using communication_policy_ref = reference<word_kind::communication_policy>;
using status_page_ref = reference<word_kind::status_page>;
using status_override_ref = reference<word_kind::status_override>;
using review_policy_ref = reference<word_kind::review_policy>;
using playbook_ref = reference<word_kind::playbook>;
using automation_rule_ref = reference<word_kind::automation_rule>;
using security_policy_ref = reference<word_kind::security_policy>;

// Two persons are there from the beginning: who acts when a timer fires, and the embedding program itself.
inline constexpr person_ref system_person{1};
inline constexpr person_ref host_person{2};

// Numbers are given in the order of arrival, from 1, for each kind apart; so the same journal gives the same numbers.
class lexicon {
 public:
  using mark = std::array<std::size_t, word_kind_count>;

  lexicon();
  lexicon(const lexicon& other);
  lexicon& operator=(const lexicon&) = delete;

  std::uint32_t find(word_kind kind, std::string_view word) const noexcept;    // 0: unknown
  std::uint32_t add(word_kind kind, std::string_view word);                    // the number it has or gets
  std::string_view word(word_kind kind, std::uint32_t number) const noexcept;  // "" for 0 and for a number never given
  std::size_t size(word_kind kind) const noexcept;
  std::size_t memory_bytes() const;

  // What was added after `position()` is forgotten by `rewind`: a refused command leaves no word behind.
  mark position() const noexcept;
  void rewind(const mark& to) noexcept;

 private:
  struct table {
    std::deque<std::string> words;  // a deque: views into it stay valid as it grows
    std::unordered_map<std::string_view, std::uint32_t> numbers;
  };
  std::array<table, word_kind_count> tables_;
};

}  // namespace tocsin::inline v1
