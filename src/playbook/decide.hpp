// How commands about playbooks are decided.
#pragma once

#include <tocsin/playbook/commands.hpp>
#include <tocsin/playbook/events.hpp>
#include <tocsin/playbook/playbook.hpp>

#include <tocsin/desk/deciding.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::uint32_t plausible_playbooks_max = 20;  // that are tried to say whether one can be started
}

void decide(const start_playbook& c, deciding& d);
void decide(const start_step& c, deciding& d);
void decide(const complete_step& c, deciding& d);
void decide(const skip_step& c, deciding& d);
void decide(const stop_playbook& c, deciding& d);

// As somebody might give them about the record now, for `allowed_actions`.
void plausible_playbook(const incident& record, plausible_commands& to);
void plausible_step_start(const incident& record, plausible_commands& to);
void plausible_completed_step(const incident& record, plausible_commands& to);
void plausible_skipped_step(const incident& record, plausible_commands& to);
void plausible_stop(const incident& record, plausible_commands& to);

// Is it for records of that type?
bool is_for(const playbook& definition, const deciding& d, const incident& r);

bool was_run(const incident& r, playbook_ref playbook);

// Begins to follow the latest version of the playbook. `run` is the number that it gets.
void begin_playbook(deciding& d, const incident& r, const compiled_playbook& by, playbook_started started);

// A step as it is when a run begins, or opens: by when it is to be done.
instant due_after(instant opened, duration time_limit);

// The version that the run follows; null: it is known no more.
const compiled_playbook* followed_by(const desk_state& state, const playbook_run& run);

}  // namespace tocsin::inline v1
