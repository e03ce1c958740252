// Publishing people, teams, customers, vendors and skills: what is checked of them.
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

extern const publication_rules organisation_publication;

}  // namespace tocsin::inline v1
