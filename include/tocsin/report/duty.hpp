// Questions about duty: those of `tocsin oncall` in the same words, asked of what a desk has published; and what is not
// covered in the weeks to come (O3, C17, C20).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/oncall/document.hpp>

namespace tocsin::inline v1 {

std::string_view duty_query_name(duty_operation operation);

template <duty_operation Operation>
struct duty_query {
  static constexpr duty_operation operation = Operation;
  duty_question asked;  // first: its rows are read into the whole

  static std::span<const field_row> fields() { return fields_of(Operation); }
};

using who_is_on_call_query = duty_query<duty_operation::who>;
using shifts_query = duty_query<duty_operation::shifts>;
using hand_offs_query = duty_query<duty_operation::hand_offs>;
using gaps_query = duty_query<duty_operation::gaps>;
using fairness_query = duty_query<duty_operation::fairness>;
using duty_calendar_query = duty_query<duty_operation::icalendar>;
using contact_attempts_query = duty_query<duty_operation::attempts>;
using swaps_query = duty_query<duty_operation::swaps>;

// What nobody covers: hours of schedules without anybody, services without an owner, roles without anybody qualified.
struct coverage_gaps_query {
  instant from = no_instant;   // the desk's clock where none is given
  instant until = no_instant;  // four weeks on

  static std::span<const field_row> fields();
};

struct role_holders_query {
  role_ref role;
  instant at = no_instant;  // the desk's clock where none is given

  static std::span<const field_row> fields();
};

std::string answer_duty(const desk& d, duty_operation operation, const duty_question& asked);
void write_coverage_gaps(json_writer& to, const desk& d, const coverage_gaps_query& query);
void write_role_holders(json_writer& to, const desk& d, const role_holders_query& query);

}  // namespace tocsin::inline v1
