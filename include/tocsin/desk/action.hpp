// What an actor may do with a record now, and what rules out the rest: for those who build screens.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/rule/condition.hpp>

namespace tocsin::inline v1 {

// A condition that does not hold, and why.
struct unmet_condition {
  std::string says;
  std::string why;  // JSON: the explanation; empty where there is none
};

struct action {
  std::string_view command;
  state_ref to;  // where it leads; none where the state stays
  bool allowed = false;
  std::vector<unmet_condition> unmet;
  std::vector<std::string>
      depends;  // what guards say that look at the command itself, or ask the host: known only then
  std::vector<std::string> required;  // what must be given with it, or be on the record already
};

struct allowed_actions_query {
  record_ref incident;

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

// Every command that is about a record, in the order of the vocabulary; a workflow's own moves one by one.
std::vector<action> allowed_actions(const desk& d, const incident& record, person_ref actor);

}  // namespace tocsin::inline v1
