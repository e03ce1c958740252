// How the commands of automation are decided.
#pragma once

#include <string_view>

#include <tocsin/automation/commands.hpp>
#include <tocsin/automation/events.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

struct compiled_automation_rule;

void decide(const suspend_automation& c, deciding& d);
void decide(const resume_automation& c, deciding& d);
void decide(const run_automation& c, deciding& d);
void decide(const report_automation& c, deciding& d);

// As somebody might give them about the record now, for `allowed_actions`.
void plausible_suspension(const incident& record, plausible_commands& to);
void plausible_resumption(const incident& record, plausible_commands& to);
void plausible_automation_run(const incident& record, plausible_commands& to);
void plausible_automation_report(const incident& record, plausible_commands& to);

// Is the rule about records of that type?
bool concerns(const compiled_automation_rule& rule, const incident& record, const desk_state& state);

// The version in force; null: there is none.
const compiled_automation_rule* rule_in_force(const desk_state& state, automation_rule_ref rule);

// Why a rule does not run, in a few words.
std::string_view meaning(automation_stop why);

}  // namespace tocsin::inline v1
