// How commands about tasks are decided.
#pragma once

namespace tocsin::inline v1 {

class deciding;
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

}  // namespace tocsin::inline v1
