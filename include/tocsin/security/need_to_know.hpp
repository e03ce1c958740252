// Who may know of a restricted record, since when, by whom and why: it follows from how its restriction changed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <tocsin/base/field.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

// The restriction as it was set; with nobody named, it was lifted.
struct restriction_change {
  instant at = no_instant;
  person_ref by;
  std::string reason;
  std::vector<person_ref> people;
  std::vector<team_ref> teams;
};

// Somebody who is named, a person or a team.
struct confidant {
  person_ref person;
  team_ref team;
  instant since = no_instant;  // the first of the changes that name them without a gap
  person_ref by;
  std::string reason;
};

// Those who are named after all changes, in the order in which they came to be: of one change people before teams.
std::vector<confidant> need_to_know(std::span<const restriction_change> changes);

}  // namespace tocsin::inline v1
