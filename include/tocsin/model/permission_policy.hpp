// Who may do and see what. Until one is published everybody may do everything; from then on what policies grant (D9).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/model/choice.hpp>

namespace tocsin::inline v1 {

// How somebody stands to a record.
enum class relation : std::uint8_t { unset, anyone, caller, reporter, assignee, team_member };
std::span<const std::string_view> choices(relation);

// One grant: whoever is named in any of the first three may, where the condition holds, do what the others name.
struct permission_grant {
  std::string name;
  std::vector<std::string> people;  // keys
  std::vector<std::string> teams;   // keys: their members
  std::vector<relation> relations;
  std::vector<std::string> commands;     // names; "*": all
  std::vector<std::string> queries;      // names; "*": all
  std::vector<std::string> permissions;  // names that transitions of workflows demand; "*": all
  embedded_json where;                   // of the record; without it every record, and what concerns none
  bool restricted = false;               // restricted records, too
  visibility audience =
      visibility::unset;  // what of a record its questions show: all of it, or what a requester may see

  static std::span<const field_row> fields();
};

// Whose the definitions of some kinds are: beside the host, nobody else publishes a new version of one (R-O04).
struct definition_ownership {
  std::string name;
  std::vector<std::string> kinds;   // names of definitions: "sla_policy"
  std::vector<std::string> keys;    // those alone; none: all of these kinds
  std::vector<std::string> people;  // keys of the process owners
  std::vector<std::string> teams;   // keys: their members

  static std::span<const field_row> fields();
};

struct permission_policy {
  std::string key;
  std::string name;
  std::vector<permission_grant> grants;
  bool retired = false;  // grants nothing, and nobody owns anything by it; it is in force all the same
  std::vector<definition_ownership> owners;

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

// What is wrong with it, a line each; names of commands, queries and people are for a desk to check.
std::vector<std::string> lint(const permission_policy& definition);

}  // namespace tocsin::inline v1
