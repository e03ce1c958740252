#include "fold_life.hpp"

#include "wait.hpp"

#include <algorithm>

#include <tocsin/base/error.hpp>

namespace tocsin::inline v1 {
namespace {

task& own_task(incident& record, std::uint32_t number) {
  std::vector<task>& tasks = own(record.details).tasks;
  if (number != 0 && number <= tasks.size()) return tasks[number - 1];
  throw error(status::corrupt, "task.unknown", "the record has no task " + std::to_string(number));
}

void end_task(incident& record, std::uint32_t number, task_state state, instant at) {
  task& t = own_task(record, number);
  t.state = state;
  t.ended_at = at;
}

void remove_links(incident& record, auto matches) { std::erase_if(own(record.details).links, matches); }

}  // namespace

// ---- the wait

void begin_wait(incident& record, const incident_held& e) {
  if (is_set(e.follow_up_at) || is_set(e.remind_at) || is_set(e.ends_at)) {
    incident_details& d = own(record.details);
    d.follow_up_at = e.follow_up_at;
    d.remind_at = e.remind_at;
    d.hold_ends_at = e.ends_at;
  }
  if (e.cause == move_cause::parent) mark_child(record, &record_link::held, true);
}

void end_wait(incident& record) {
  const incident_details& now = details_of(record);
  if (is_set(now.follow_up_at) || is_set(now.remind_at) || is_set(now.hold_ends_at) || now.reminder_count != 0) {
    incident_details& d = own(record.details);
    d.follow_up_at = d.remind_at = d.hold_ends_at = no_instant;
    d.reminder_count = 0;
  }
  mark_child(record, &record_link::held, false);
}

void adopt_wait(incident& record, const workflow_graph& workflow) {
  const incident_details& now = details_of(record);
  const workflow_hold_reason* reason = workflow.hold_reason(record.hold_reason);
  if (is_set(now.remind_at) && !(reason && reminds(*reason))) own(record.details).remind_at = no_instant;
  if (is_set(now.hold_ends_at) && !(reason && reason->longest.us > 0)) own(record.details).hold_ends_at = no_instant;
}

void fold_life(incident& record, const hold_reminder& e, const fold_moment&) {
  incident_details& d = own(record.details);
  d.reminder_count = e.count;
  d.remind_at = e.next_at;
}

void fold_life(incident& record, const follow_up_set& e, const fold_moment&) {
  own(record.details).follow_up_at = e.at;
}

void fold_life(incident& record, const follow_up_due&, const fold_moment&) {
  own(record.details).follow_up_at = no_instant;
}

// ---- the resolution

void forget_resolution(incident& record) {
  const incident_details& now = details_of(record);
  if (is_set(now.verified_at) || now.silence_over) {
    incident_details& d = own(record.details);
    d.verified_at = no_instant;
    d.verified_by = {};
    d.silence_over = false;
  }
  mark_child(record, &record_link::resolved, false);
}

void fold_life(incident& record, const resolution_verified& e, const fold_moment& m) {
  incident_details& d = own(record.details);
  d.verified_at = e.passed ? m.at : no_instant;
  d.verified_by = e.passed ? m.actor : person_ref{};
}

void fold_life(incident& record, const closing_deferred&, const fold_moment&) {
  record.auto_close_at = no_instant;
  own(record.details).silence_over = true;
}

// ---- tasks

void fold_life(incident& record, const task_added& e, const fold_moment&) {
  task& t = own(record.details).tasks.emplace_back();
  t.number = e.task;
  t.state = task_state::open;
  t.title = e.title;
  t.description = e.description;
  t.owner = e.owner;
  t.team = e.team;
  t.due_at = e.due_at;
  t.blocking = e.blocking;
  t.depends_on = e.depends_on;
}

void fold_life(incident& record, const task_changed& e, const fold_moment&) {
  task& t = own_task(record, e.task);
  t.title = e.title;
  if (!e.description.empty()) t.description = e.description;
  t.owner = e.owner;
  t.team = e.team;
  if (e.due_at != t.due_at) t.overdue = false;
  t.due_at = e.due_at;
  t.blocking = e.blocking;
  t.depends_on = e.depends_on;
}

void fold_life(incident& record, const task_begun& e, const fold_moment& m) {
  task& t = own_task(record, e.task);
  t.state = task_state::begun;
  t.begun_at = m.at;
}

void fold_life(incident& record, const task_completed& e, const fold_moment& m) {
  end_task(record, e.task, task_state::completed, m.at);
}

void fold_life(incident& record, const task_skipped& e, const fold_moment& m) {
  end_task(record, e.task, task_state::skipped, m.at);
}

void fold_life(incident& record, const task_overdue& e, const fold_moment&) { own_task(record, e.task).overdue = true; }

void fold_life(incident& record, const tasks_ended& e, const fold_moment& m) {
  for (const std::uint32_t number : e.tasks) end_task(record, number, e.state, m.at);
}

// ---- links

void mark_child(incident& record, bool record_link::* mark, bool value) {
  const std::vector<record_link>& links = details_of(record).links;
  const record_link* parent = find_link(links, link_kind::child_of);
  if (!parent || parent->*mark == value) return;
  const auto place = parent - links.data();
  own(record.details).links[static_cast<std::size_t>(place)].*mark = value;
}

void fold_life(incident& record, const records_linked& e, const fold_moment&) {
  own(record.details).links.push_back({e.kind, e.other, e.outside, e.outside_key});
}

void fold_life(incident& record, const records_unlinked& e, const fold_moment&) {
  const record_link gone{e.kind, e.other, e.outside, e.outside_key};
  remove_links(record, [&](const record_link& link) { return same_link(link, gone); });
}

void fold_life(incident& record, const duplicates_gained& e, const fold_moment&) {
  incident_details& d = own(record.details);
  for (const record_ref duplicate : e.duplicates) d.links.push_back({link_kind::has_duplicate, duplicate});
}

void fold_life(incident& record, const duplicates_lost& e, const fold_moment&) {
  remove_links(record, [&](const record_link& link) {
    return link.kind == link_kind::has_duplicate && std::ranges::find(e.duplicates, link.record) != e.duplicates.end();
  });
}

void fold_life(incident& record, const original_changed& e, const fold_moment&) {
  for (record_link& link : own(record.details).links) {
    if (link.kind == link_kind::duplicate_of) link.record = e.original;
  }
}

// ---- what belongs to it

void fold_life(incident& record, const attachment_added& e, const fold_moment&) {
  incident_details& d = own(record.details);
  d.attachment_count = e.attachment;
  d.attachments.push_back({e.attachment, e.name, e.media_type, e.size, e.sha256, e.uri, e.visibility});
}

void fold_life(incident& record, const attachment_removed& e, const fold_moment&) {
  std::erase_if(own(record.details).attachments, [&](const attachment& a) { return a.number == e.attachment; });
}

void fold_life(incident& record, const work_logged& e, const fold_moment&) {
  incident_details& d = own(record.details);
  d.time_spent = d.time_spent + e.spent;
  auto share = std::ranges::find(d.work, e.person, &work_share::person);
  if (share == d.work.end()) share = d.work.insert(d.work.end(), {e.person, {}, 0});
  share->spent = share->spent + e.spent;
  ++share->entries;
}

void fold_life(incident& record, const incident_restricted& e, const fold_moment&) {
  incident_details& d = own(record.details);
  d.restricted = true;
  d.restricted_to_people = e.people;
  d.restricted_to_teams = e.teams;
}

void fold_life(incident& record, const restriction_lifted&, const fold_moment&) {
  incident_details& d = own(record.details);
  d.restricted = false;
  d.restricted_to_people.clear();
  d.restricted_to_teams.clear();
}

// ---- satisfaction: the last answer of a person stands, in its cycle

void fold_life(incident& record, const resolution_rated& e, const fold_moment& m) {
  std::vector<satisfaction_answer>& all = own(record.details).satisfaction;
  auto answer = std::ranges::find_if(
      all, [&](const satisfaction_answer& a) { return a.cycle == e.cycle && a.person == e.person; });
  if (answer == all.end()) answer = all.insert(all.end(), satisfaction_answer{});
  *answer = {e.cycle, e.person, e.requester, e.score, e.comment, m.at, e.after_closing};
}

void erase_personal_details(incident& record) {
  if (!record.details) return;
  incident_details& d = own(record.details);
  for (satisfaction_answer& a : d.satisfaction) {
    a.comment.clear();
    if (a.requester) a.person = {};
  }
  d.custom.clear();
  for (task& t : d.tasks) t.description.clear();
  for (attachment& a : d.attachments) {
    a.name.clear();
    a.uri.clear();
  }
}

void erase_texts(incident& record) {
  if (record.details && !record.details->tasks.empty()) {
    for (task& t : own(record.details).tasks) t.title.clear();
  }
  if (record.monitoring) own(record.monitoring).latest_title.clear();
  if (record.maintenance) {
    for (held_event& held : own(record.maintenance).held) held.title.clear();
  }
  if (record.escalations) {
    for (record_run& run : own(record.escalations).escalations) run.reason.clear();
  }
  if (!record.known_error) return;
  incident_known_error& known = own(record.known_error);
  for (std::string* text : {&known.symptoms, &known.cause, &known.workaround, &known.solution}) text->clear();
}

}  // namespace tocsin::inline v1
