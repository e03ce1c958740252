// Publishing policies of security incidents.
#pragma once

#include <tocsin/desk/definition_row.hpp>
#include <tocsin/security/security_policy.hpp>

namespace tocsin::inline v1 {

extern const publication_rules security_publication;

}  // namespace tocsin::inline v1
