// The state of a desk: what its journal folds to. Changed by events alone.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include <tocsin/assignment/assignment_rule.hpp>
#include <tocsin/base/hash.hpp>
#include <tocsin/base/lexicon.hpp>
#include <tocsin/desk/definition_set.hpp>
#include <tocsin/desk/event_index.hpp>
#include <tocsin/desk/lazy_recurrences.hpp>
#include <tocsin/desk/lazy_roster.hpp>
#include <tocsin/desk/override_index.hpp>
#include <tocsin/desk/page_index.hpp>
#include <tocsin/desk/record_map.hpp>
#include <tocsin/desk/timer_queue.hpp>
#include <tocsin/desk/workload.hpp>
#include <tocsin/escalation/escalation_plan.hpp>
#include <tocsin/model/custom_field.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/model/metric.hpp>
#include <tocsin/model/permission_policy.hpp>
#include <tocsin/model/record_template.hpp>
#include <tocsin/oncall/contact.hpp>
#include <tocsin/oncall/role.hpp>
#include <tocsin/oncall/roster.hpp>
#include <tocsin/sla/contract.hpp>
#include <tocsin/sla/sla_agreement.hpp>
#include <tocsin/time/business_calendar.hpp>
#include <tocsin/time/zone.hpp>
#include <tocsin/workflow/incident_class.hpp>
#include <tocsin/workflow/priority_matrix.hpp>
#include <tocsin/workflow/workflow.hpp>

namespace tocsin::inline v1 {

class record_schemas;
class permissions;
class assignment_book;
class service_graph;

// The category tree by number, as the current versions have it (L7).
class category_tree {
 public:
  category_tree(const versions<category>& categories, const lexicon& words);

  std::uint32_t parent_of(std::uint32_t number) const {
    return number != 0 && number <= parents_.size() ? parents_[number - 1] : 0;
  }
  bool has_children(std::uint32_t number) const { return number != 0 && number <= inner_.size() && inner_[number - 1]; }

  // The category that it is counted as from now on: itself, or what its retirement named (R-P05).
  std::uint32_t now(std::uint32_t number) const;
  // From the root down to it.
  std::vector<std::uint32_t> path_of(std::uint32_t number) const;
  // The one of that level above it, 1 being the root; itself where it is no deeper.
  std::uint32_t at_level(std::uint32_t number, std::size_t level) const;

 private:
  std::vector<std::uint32_t> parents_;     // by number; 0: a root
  std::vector<std::uint32_t> successors_;  // by number; 0: none
  std::vector<bool> inner_;                // by number
};

// Every version of every definition, by what is kept of it: `of<person>()`, `of<workflow_graph>()`.
struct definition_table : version_tables {
  priority_matrix_ref incident_matrix;         // the one with the key "incident"
  incident_class_policy_ref incident_classes;  // likewise

  // What follows from them; made anew when they change.
  std::shared_ptr<const tocsin::category_tree> category_tree;
  std::shared_ptr<const record_schemas> schemas;
  std::shared_ptr<const tocsin::permissions> permissions;   // null: no policy is in force, everybody may everything
  std::vector<std::shared_ptr<const lazy_roster>> rosters;  // of schedules, by number; desk/oncall_book.hpp
  std::shared_ptr<const assignment_book> routing;           // null: no assignment rule is in force; assignment_book.hpp
  override_index overrides;
  std::shared_ptr<const tocsin::service_graph> service_graph;  // null: there are no services and configuration items

  const workflow_graph& workflow_of(const incident& record) const {
    return *of<workflow_graph>().at(record.workflow.index, record.workflow_version);
  }
  record_base base_of(const incident& record) const {
    const record_type* type = of<record_type>().current(record.type.index);
    return type ? type->base : record_base::incident;
  }
  // The matrix of incidents by version; null for a version that never was.
  const priority_matrix* matrix(std::uint32_t version) const {
    return of<priority_matrix>().at(incident_matrix.index, version);
  }
};

struct desk_counters {
  std::uint64_t sequence = 0;
  digest hash{};
  instant clock = no_instant;
  std::uint64_t last_id = 0;
  std::uint64_t last_number = 0;
  std::uint64_t closed_count = 0;
};

struct desk_state {
  // How the person is reached; null where nothing was said.
  const contact_profile* contact_of(person_ref person) const {
    const std::string_view key = words.word(word_kind::person, person.index);
    return definitions.of<contact_profile>().current(words.find(word_kind::contact_profile, key));
  }

  // Who is on call there, as the definitions have it now, for any instant (O2, O3); null: there is no such schedule.
  const roster* roster_of(schedule_ref schedule) const;

  lexicon words;
  definition_table definitions;
  record_map live;
  std::unordered_map<std::uint64_t, std::uint64_t> renumbered;  // live records whose number is not their id, by number
  event_index events;                                           // what machines reported, by key
  page_index pages;                                             // who was paged about what, lately
  timer_queue timers;
  desk_counters counters;
  turn_book turns;                          // who had a turn when, by assignment rule (I2)
  workload loads;                           // open records by person
  lazy_recurrences recurrences;             // incidents by what recurrence rules group them by (P4)
  std::vector<std::uint64_t> last_numbers;  // of the series of other record types, by the number of their key
  std::string incident_prefix;              // what the numbers of incidents begin with
  zone_data zones = zone_data::bundled();   // for what is published from now on
  std::string zone_data_version;            // that the journal says it runs on; "": it does not say
};

// A record's number holds its series, too: 0 is that of incidents, others go by the number of the record type's key.
inline constexpr unsigned series_shift = 50;
constexpr std::uint64_t series_of(std::uint64_t number) { return number >> series_shift; }
constexpr std::uint64_t place_in_series(std::uint64_t number) {
  return number & ((std::uint64_t{1} << series_shift) - 1);
}
constexpr std::uint64_t number_in(std::uint64_t series, std::uint64_t place) { return series << series_shift | place; }

// The workflow and the matrix that incidents use where nothing else is said.
inline constexpr std::string_view default_definition = "incident";

// The built-in record types, and workflows, of what a desk keeps beside incidents and requests: for machine events (I4).
inline constexpr std::string_view heartbeat_type = "heartbeat";
inline constexpr std::string_view maintenance_type = "maintenance";
// That of known errors (P2).
inline constexpr std::string_view known_error_type = "known_error";
// Those of problems, and of proposals that there is one (P1, P4).
inline constexpr std::string_view problem_type = "problem";
inline constexpr std::string_view problem_proposal_type = "problem_proposal";
inline constexpr std::string_view change_type = "change";
// That of reviews (M3).
inline constexpr std::string_view review_type = "review";

}  // namespace tocsin::inline v1
