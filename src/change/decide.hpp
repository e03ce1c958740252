// How commands about changes and remediation are decided.
#pragma once

#include <tocsin/change/commands.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

void decide(const log_change& c, deciding& d);
void decide(const plan_change& c, deciding& d);
void decide(const report_change& c, deciding& d);
void decide(const record_remediation& c, deciding& d);

// As somebody might give them about the record now.
void plausible_plan(const incident& record, plausible_commands& to);
void plausible_report(const incident& record, plausible_commands& to);
void plausible_remediation(const incident& record, plausible_commands& to);

}  // namespace tocsin::inline v1
