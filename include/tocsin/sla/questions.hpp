// Questions about the clocks of records: how they stood at any instant, why, who held the time, what breaches next, how
// much was kept.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <tocsin/desk/query.hpp>

namespace tocsin::inline v1 {

struct clocks_query {
  record_ref incident;
  instant as_of = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct clock_proof_query {
  record_ref incident;
  sla_policy_ref policy;
  instant as_of = no_instant;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// How much of a clock's elapsed time each team and assignee held (S12).
struct clock_attribution_query {
  record_ref incident;
  sla_policy_ref policy;
  instant as_of = no_instant;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct breaches_ahead_query {
  duration within;         // from the desk's clock on; none: a day
  std::int64_t limit = 0;  // 100 where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// A clock that runs, and its deadline.
struct clock_ahead {
  instant deadline;
  instant started;  // its cycle
  incident_ptr record;
  std::uint32_t clock = 0;  // of the record's, from 1
  sla_policy_ref policy;
  clock_metric metric = clock_metric::unset;
  std::int32_t cycle = 0;
};

// By deadline, of the records that the actor may see; no actor: of all. Without `within`, a day's.
std::vector<clock_ahead> breaches_ahead(const desk& d, duration within, person_ref actor = {});

// Which cycles of a clock count (S7).
enum class cycles_counted : std::uint8_t { unset, first, last, all };
std::span<const std::string_view> choices(cycles_counted);

struct attainment_query {
  instant from = no_instant;                      // clocks that ended from then on
  instant before = no_instant;                    // and before then
  cycles_counted cycles = cycles_counted::unset;  // last where none is given
  std::vector<std::string> by;                    // as of `count`, and "policy"; by policy where none is given
  find_conditions where;
  embedded_json condition;
  category_view categories = category_view::unset;
  std::int64_t category_level = 0;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct attainment {
  std::int64_t met = 0;       // in time
  std::int64_t late = 0;      // met, but breached
  std::int64_t stopped = 0;   // ended by something else, in time
  std::int64_t breached = 0;  // all that were breached
  std::int64_t excused = 0;   // of these
};

struct attainment_group {
  sla_policy_ref policy;              // none: not asked by policy
  std::vector<counted_value> values;  // of the fields, in the order asked
  attainment figures;
};

struct attainment_answer {
  std::vector<counted_field> fields;     // without the policy
  std::vector<attainment_group> groups;  // by policy, then by values
  attainment total;
};

// Of the records that the actor may see alone (D9); no actor: of all.
attainment_answer measure_attainment(const desk& d, const attainment_query& query, person_ref actor = {});

}  // namespace tocsin::inline v1
