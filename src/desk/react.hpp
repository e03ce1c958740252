// What follows from events beside what the command itself brought: reactors, asked in a fixed order until none answers.
#pragma once

#include <span>
#include <vector>

#include <tocsin/desk/decide.hpp>

namespace tocsin::inline v1 {

// All that the entry holds so far has been folded: given.records.find shows the records as they are after it. News are
// those that no reactor has seen yet. Appends to `more`.
void react(std::span<const event> so_far, std::size_t news_at, const decision& given, std::vector<event>& more);

// Is it being imported in this entry? What it says has happened already.
inline bool is_import(const incident& record) { return record.imported && record.version == 0; }

// Class: it follows from what is known of the incident (R-P26).
void react_by_class(const incident& record, const decision& given, std::vector<event>& more);

// Lifecycle: moves that a record makes by itself (L2).
void react_by_workflow(const incident& record, const decision& given, std::vector<event>& more);
void react_by_monitoring(const incident& record, const decision& given, std::vector<event>& more);

// Tasks: they end with their record (L10).
void react_by_tasks(const incident& record, const decision& given, std::vector<event>& more);

// Links: what happens to a record reaches its children and the requesters of its duplicates (L8).
void react_by_links(std::span<const event> news, const decision& given, std::vector<event>& more);

// SLA: attaches, retargets and cancels clocks, and reports thresholds and breaches (S2-S9).
void react_by_sla(const incident& record, const decision& given, std::vector<event>& more);

// Escalation: runs are started, ended with their record, begun again (D5, E3, E7).
void react_by_escalation(const incident& record, const decision& given, std::span<const event> news,
                         std::vector<event>& more);

// Major incidents: rules and escalations propose them, their severities are noted, updates become due (M1, M2).
void react_by_major_incident(const incident& record, const decision& given, std::span<const event> news,
                             std::vector<event>& more);

// Communication: updates of audiences become due, and are due no more (M2).
void react_by_communication(const incident& record, const decision& given, std::span<const event> news,
                            std::vector<event>& more);

// Reviews: rules demand them, and what becomes of them is noted at their incidents (M3).
void react_by_review(const incident& record, const decision& given, std::span<const event> news,
                     std::vector<event>& more);

// Routing: a record that was just logged, and that neither the command nor the rules have given to anybody, is given to
// whom the assignment rules say (I2). `so_far` is all that the entry holds.
bool awaits_assignment(const incident& record, const decision& given, std::span<const event> so_far);
void react_by_assignment(const incident& record, const decision& given, std::vector<event>& more);

// Waits of runs in open time, where calendars have become others by themselves (T2).
void react_by_open_time(const incident& record, const decision& given, std::vector<event>& more);

// Problems: what becomes of one reaches its incidents (P5).
void react_by_problem(std::span<const event> news, const decision& given, std::vector<event>& more);
// Recurrence: an incident that was just logged joins a proposal or a problem, or makes a proposal (P4). Asked when nothing
// else follows from what the entry holds.
void react_by_recurrence(std::span<const event> so_far, const decision& given, std::vector<event>& more);

// Playbooks: they are started as soon as their condition holds, and end with their record (R-C23).
void react_by_playbook(const incident& record, const decision& given, std::span<const event> news,
                       std::vector<event>& more);

// So many events are an entry: what may come in a later one, as rules and playbooks that begin by themselves, is left out then.
inline constexpr std::size_t full_entry = 900;

// Automation: which rules run on what the entry holds (I3). Asked when nothing else follows from it.
void react_by_automation(std::span<const event> so_far, const decision& given, std::vector<event>& more);

// Changes: their implementation is timed, and their end reaches the incidents that they block (L3, R-C12).
void react_by_change(std::span<const event> news, const decision& given, std::vector<event>& more);

// Which maintenance is agreed for a record that has clocks, from now on (S13). Nothing where no policy in force leaves it
// out.
void react_by_agreed_maintenance(const incident& record, const decision& given, std::vector<event>& more);

}  // namespace tocsin::inline v1
