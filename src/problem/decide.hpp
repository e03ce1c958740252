// How commands about problems are decided.
#pragma once

#include <tocsin/problem/commands.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

void decide(const log_problem& c, deciding& d);
void decide(const state_cause& c, deciding& d);
void decide(const add_cause_evidence& c, deciding& d);
void decide(const decide_cause& c, deciding& d);
void decide(const add_diagnostic_action& c, deciding& d);
void decide(const communicate_workaround& c, deciding& d);
void decide(const communicate_fix& c, deciding& d);
void decide(const accept_risk& c, deciding& d);
void decide(const raise_known_error& c, deciding& d);
void decide(const accept_proposal& c, deciding& d);
void decide(const reject_proposal& c, deciding& d);
void decide(const merge_proposal& c, deciding& d);

// The command as somebody might give it now.
void plausible_known_error(const incident& problem, plausible_commands& to);

}  // namespace tocsin::inline v1
