// A role: who is qualified to take it, and who has it now by being on call (R-C20, R-O10).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t role_holders_max = 10'000;
inline constexpr std::size_t role_teams_max = 1'000;
}  // namespace limits

struct role_holder {
  std::string person;                    // key
  instant qualified_until = no_instant;  // not then any more; absent: for ever

  static std::span<const field_row> fields();
};

struct role {
  std::string key;
  std::string name;
  std::vector<role_holder> holders;
  std::string schedule;            // key: whoever is on call there has it, too
  std::vector<std::string> teams;  // keys: giving their incidents to somebody who is not qualified warns

  static std::span<const field_row> fields();
  static const definition_type descriptor;
};

std::vector<std::string> lint(const role& definition);
std::vector<std::string> warnings(const role& definition);

// Is the person qualified at that instant?
bool is_qualified(const role& definition, std::string_view person_key, instant at);

}  // namespace tocsin::inline v1
