// Templates: what a command does not say itself, they say (R-A05).
#pragma once

#include <tocsin/incident/commands.hpp>

#include <tocsin/desk/deciding.hpp>

#include "model/template_filling.hpp"

namespace tocsin::inline v1 {

// Throws where it is retired.
const compiled_template& template_of(const deciding& d, record_template_ref ref);

// Says by the template what the command does not.
void fill_in(const deciding& d, log_incident& c, const compiled_template& form, template_filling& filling);

// With all that its template says; throws where variables have no value.
log_incident filled(const deciding& d, const log_incident& c);
// An update to the requester of `own`: the record itself, or a duplicate of it.
add_update filled(const deciding& d, const add_update& c, const incident& own, const incident& original);

}  // namespace tocsin::inline v1
