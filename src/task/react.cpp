// Tasks end with their record: skipped where it was cancelled, incomplete where it was closed (L10).
#include "desk/react.hpp"

#include <tocsin/model/task.hpp>
#include <tocsin/task/events.hpp>

namespace tocsin::inline v1 {

void react_by_tasks(const incident& record, const decision&, std::vector<event>& more) {
  if (!is_final(record.state_kind)) return;
  tasks_ended e;
  for (const task& t : tasks_of(record)) {
    if (is_open(t.state)) e.tasks.push_back(t.number);
  }
  if (e.tasks.empty()) return;
  e.state = record.state_kind == state_kind::cancelled ? task_state::skipped : task_state::incomplete;
  more.push_back({{record.id}, 0, std::move(e)});
}

}  // namespace tocsin::inline v1
