// What events do to the tasks of a record (L10).
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/task/events.hpp>

namespace tocsin::inline v1 {

void fold(incident& record, const task_added& e, const fold_context& c);
void fold(incident& record, const task_changed& e, const fold_context& c);
void fold(incident& record, const task_given& e, const fold_context& c);
void fold(incident& record, const task_begun& e, const fold_context& c);
void fold(incident& record, const task_completed& e, const fold_context& c);
void fold(incident& record, const task_skipped& e, const fold_context& c);
void fold(incident& record, const task_overdue& e, const fold_context& c);
void fold(incident& record, const tasks_ended& e, const fold_context& c);

// Takes out what is personal, and with `texts` all that was written.
void erase(record_tasks& all, bool texts);

}  // namespace tocsin::inline v1
