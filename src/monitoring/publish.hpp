// Publishing event sources.
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

extern const publication_rules monitoring_publication;

}  // namespace tocsin::inline v1
