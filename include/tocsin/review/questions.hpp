// What is asked about incidents afterwards, and about their reviews.
#pragma once

#include <span>

#include <tocsin/base/field.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/review/report.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr duration timeline_gap_max{366 * day.us};  // that can be asked for
}  // namespace limits

// The milestones of an incident in order, with the gaps between them.
struct milestones_query {
  record_ref incident;  // or its review
  duration gap;         // what is longer is flagged; half an hour where nothing is given
  bool blameless = false;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct review_report_query {
  record_ref review;
  report_form form = report_form::unset;  // json where nothing is given
  duration gap;
  bool blameless = false;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What became of an incident, to find improvement (R-P20).
struct closure_report_query {
  record_ref incident;
  report_form form = report_form::unset;
  duration gap;
  bool blameless = false;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
