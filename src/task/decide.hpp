// How commands about tasks are decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
struct incident;
struct plausible_commands;
struct add_task;
struct change_task;
struct begin_task;
struct complete_task;
struct skip_task;

void decide(const add_task& c, deciding& d);
void decide(const change_task& c, deciding& d);
void decide(const begin_task& c, deciding& d);
void decide(const complete_task& c, deciding& d);
void decide(const skip_task& c, deciding& d);

// ---- as somebody might give them

void plausible_task(const incident& record, plausible_commands& to);
void plausible_task_change(const incident& record, plausible_commands& to);
void plausible_task_start(const incident& record, plausible_commands& to);
void plausible_task_completion(const incident& record, plausible_commands& to);
void plausible_task_skip(const incident& record, plausible_commands& to);

}  // namespace tocsin::inline v1
