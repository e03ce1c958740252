// What the events of playbooks do to their record.
#pragma once

#include <tocsin/desk/fold.hpp>
#include <tocsin/playbook/events.hpp>

namespace tocsin::inline v1 {

struct record_playbook_runs;

void fold(incident& r, const playbook_started& e, const fold_context& c);
void fold(incident& r, const step_started& e, const fold_context& c);
void fold(incident& r, const step_completed& e, const fold_context& c);
void fold(incident& r, const step_skipped& e, const fold_context& c);
void fold(incident& r, const playbook_ended& e, const fold_context& c);
void fold(incident& r, const step_overdue& e, const fold_context& c);

void erase(record_playbook_runs& p, bool texts);

}  // namespace tocsin::inline v1
