// Questions about duty: those of `tocsin oncall` in the same words, asked of what a desk has published; and what is not
// covered in the weeks to come (O3, R-C17, R-C20).
#pragma once

#include <span>
#include <vector>

#include <tocsin/desk/query_type.hpp>
#include <tocsin/oncall/document.hpp>

namespace tocsin::inline v1 {

class desk;

// What `tocsin oncall` is asked. Of what a schedule says, a team may be asked, too: its own schedule is meant (R-O11).
struct oncall_query {
  oncall_question asked;  // first: its rows are read into the whole
  team_ref team;
};

struct who_is_on_call_query : oncall_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct shifts_query : oncall_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What the question shifts lists.
std::vector<oncall_shift> shifts_of(const desk& d, const shifts_query& query);

struct hand_offs_query : oncall_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct gaps_query : oncall_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct fairness_query : oncall_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct oncall_calendar_query : oncall_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct contact_attempts_query : oncall_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct swaps_query : oncall_query {
  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// What nobody covers: hours of schedules without anybody, services without an owner, roles without anybody qualified.
struct coverage_gaps_query {
  instant from = no_instant;   // the desk's clock where none is given
  instant until = no_instant;  // four weeks on

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

struct role_holders_query {
  role_ref role;
  instant at = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
