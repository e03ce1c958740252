// Which run and which step a command means.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/deciding.hpp>
#include <tocsin/playbook/playbook_run.hpp>

namespace tocsin::inline v1 {

// 0: the only one that is active; throws where that is none or several.
const playbook_run& run_meant(const deciding& d, const incident& r, std::uint32_t number);

// "playbook run 2 is stopped"
std::string not_followed(const playbook_run& run);

struct followed_step {
  const incident& record;
  const playbook_run& run;
  const playbook_run_step& now;
  const compiled_playbook& by;
  std::uint32_t place;  // of the step, in the playbook

  const playbook_step& declared() const { return by.definition.steps[place]; }
};

// Throws where there is none. A run that is completed may still have optional steps done.
followed_step step_meant(const deciding& d, const incident& r, std::uint32_t run, const std::string& step);

// Says against the command what is wrong with an outcome: a decision has one of its own, other steps have none.
void check_outcome(deciding& d, const followed_step& at, const std::string& outcome);

// Whether the step is done out of its turn. Says against the command that it is settled, or that it is not its turn and
// nothing says why it is done all the same.
bool check_turn(deciding& d, const followed_step& at, bool deviates);

// Keys of the steps that it waits for, and of those that may be done now.
std::vector<std::string> waits_for(const followed_step& at);
std::vector<std::string> allowed_now(const playbook_run& run);

}  // namespace tocsin::inline v1
