// How commands about on-call are decided; each is a publication, and so is `publish`.
#pragma once

#include <tocsin/oncall/commands.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

struct publish;

void decide(const override_schedule& c, deciding& d);
void decide(const withdraw_override& c, deciding& d);
void decide(const propose_swap& c, deciding& d);
void decide(const accept_swap& c, deciding& d);
void decide(const decline_swap& c, deciding& d);
void decide(const record_absence& c, deciding& d);
void decide(const withdraw_absence& c, deciding& d);
void decide(const publish& c, deciding& d);

// Says so where the assignee lacks the qualification that the team asks for (R-O10).
void warn_of_unqualified(deciding& d, record_ref record, team_ref team, person_ref assignee);

}  // namespace tocsin::inline v1
