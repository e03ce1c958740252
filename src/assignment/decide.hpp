// How the command about assignment rules is decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct incident;
struct plausible_commands;
struct apply_assignment_rules;

void decide(const apply_assignment_rules& c, deciding& d);

// ---- as somebody might give them

void plausible_assignment_rules(const incident& record, plausible_commands& to);

}  // namespace tocsin::inline v1
