// Publishing communication policies, status pages and what is said of components by hand (M2).
#pragma once

#include <tocsin/communication/communication_policy.hpp>
#include <tocsin/communication/status_page.hpp>
#include <tocsin/desk/definition_row.hpp>

namespace tocsin::inline v1 {

extern const publication_rules communication_publication;

}  // namespace tocsin::inline v1
