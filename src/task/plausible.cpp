// Commands about tasks as somebody might give them.
#include <tocsin/model/incident.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/task/commands.hpp>

#include "decide.hpp"

namespace tocsin::inline v1 {
namespace {

template <class Make>
void each_open_task(const incident& record, plausible_commands& to, Make make) {
  to.none = "it has no open task";
  for (const task& t : tasks_of(record)) {
    if (is_open(t.state)) to.commands.push_back(make(t));
  }
}

}  // namespace

void plausible_task(const incident& record, plausible_commands& to) {
  to.commands.push_back(add_task{.incident = {record.id}, .title = "x"});
}

void plausible_task_change(const incident& record, plausible_commands& to) {
  each_open_task(record, to, [&](const task& t) {
    return change_task{.incident = {record.id}, .task = t.number, .title = t.title + "x"};
  });
}

void plausible_task_start(const incident& record, plausible_commands& to) {
  each_open_task(record, to, [&](const task& t) { return begin_task{{record.id}, t.number}; });
}

void plausible_task_completion(const incident& record, plausible_commands& to) {
  each_open_task(record, to, [&](const task& t) { return complete_task{{record.id}, t.number, {}}; });
}

void plausible_task_skip(const incident& record, plausible_commands& to) {
  each_open_task(record, to, [&](const task& t) { return skip_task{{record.id}, t.number, "x"}; });
}

}  // namespace tocsin::inline v1
