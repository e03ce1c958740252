// Questions about duty: those of `tocsin oncall` in the same words, asked of what a desk has published; and what is not
// covered in the weeks to come (O3, R-C17, R-C20).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/desk.hpp>
#include <tocsin/oncall/document.hpp>

namespace tocsin::inline v1 {

std::string_view duty_query_name(duty_operation operation);

// Of what a schedule says, a team may be asked, too: its own schedule is meant (R-O11).
constexpr bool is_of_schedule(duty_operation o) {
  return o == duty_operation::who || o == duty_operation::shifts || o == duty_operation::gaps ||
         o == duty_operation::fairness || o == duty_operation::icalendar;
}

template <duty_operation Operation>
struct duty_query {
  static constexpr duty_operation operation = Operation;
  duty_question asked;  // first: its rows are read into the whole
  team_ref team;

  static std::span<const field_row> fields() {
    if constexpr (!is_of_schedule(Operation)) {
      return fields_of(Operation);
    } else {
      static const std::vector<field_row> rows = [] {
        const std::span<const field_row> own = fields_of(Operation);
        std::vector<field_row> all(own.begin(), own.end());
        all.push_back(row<&duty_query::team>("team", "Team whose own schedule is meant, instead of a schedule"));
        return all;
      }();
      return rows;
    }
  }
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

// `of`: the team whose schedule is meant, if one is.
std::string answer_duty(const desk& d, duty_operation operation, const duty_question& asked, team_ref of = {});
void write_coverage_gaps(json_writer& to, const desk& d, const coverage_gaps_query& query);
void write_role_holders(json_writer& to, const desk& d, const role_holders_query& query);

}  // namespace tocsin::inline v1
