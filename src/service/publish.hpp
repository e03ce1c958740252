// Publishing services and categories: what is checked of them, and the category tree.
#pragma once

#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

extern const publication_rules service_publication;

}  // namespace tocsin::inline v1
