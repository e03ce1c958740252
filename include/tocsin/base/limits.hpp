// Every limit of the library, by name. A refusal for size quotes the limit that it met.
#pragma once

#include <cstddef>
#include <cstdint>

namespace tocsin::inline v1::limits {

// Documents
inline constexpr std::size_t document_bytes_max = 64u << 20;  // one JSON document, a batch of commands included
inline constexpr std::size_t json_depth_max = 32;             // arrays and objects inside one another
inline constexpr std::size_t batch_commands_max = 100'000;
inline constexpr std::size_t embedded_depth_max = 64;         // of a member that is JSON itself, as a condition is
inline constexpr std::size_t embedded_bytes_max = 64u << 10;  // the same

// Texts, in code points
inline constexpr std::size_t key_length_max = 100;      // the key of a definition
inline constexpr std::size_t name_length_max = 200;     // names, titles
inline constexpr std::size_t text_length_max = 32'000;  // descriptions, notes

// Lists
inline constexpr std::size_t history_steps_max = 10'000;  // steps of one import_record
inline constexpr std::size_t definitions_max = 100'000;   // definitions of one kind in one publish
inline constexpr std::size_t warnings_max = 1'000;        // that one publish answers
inline constexpr std::size_t workflow_states_max = 64;
inline constexpr std::size_t workflow_transitions_max = 512;
inline constexpr std::size_t category_depth_max = 16;
inline constexpr std::size_t category_replacements_max = 16;  // one after the other
inline constexpr std::size_t calendars_max = 1'000;           // business calendars in one publish
inline constexpr std::size_t sla_policies_max = 1'000;        // in one publish
inline constexpr std::size_t custom_fields_max = 200;         // of one desk
inline constexpr std::size_t guards_max = 32;                 // of one transition
inline constexpr std::int64_t time_spent_max_us = std::int64_t{36'525} * 86'400 * 1'000'000;  // logged on one record
inline constexpr std::size_t attachments_max = 200;                                           // of one record
inline constexpr std::size_t oncall_changes_max = 100;  // that are listed, of one schedule
inline constexpr std::size_t oncall_changed_max = 100;  // schedules whose changes are listed
inline constexpr std::int64_t oncall_changes_ahead_days = 28;
inline constexpr std::size_t work_people_max = 200;    // people who log work on one record
inline constexpr std::size_t restricted_to_max = 200;  // people, and teams, that a record is restricted to

// What an entry may have to do for records that are linked stays below events_per_entry_max: at most sixteen events for
// each child, clocks included, and one for each duplicate.
inline constexpr std::size_t tasks_per_record_max = 100;
inline constexpr std::size_t links_per_record_max = 100;  // beside children, duplicates and what it causes
inline constexpr std::size_t caused_max = 1'000;
inline constexpr std::size_t children_max = 40;
inline constexpr std::size_t duplicates_max = 300;    // of one record; of a parent and its children, together
inline constexpr std::size_t link_walk_max = 10'000;  // records looked at, to see whether links go round in a circle

inline constexpr std::size_t reporting_chain_max = 1'000;      // from somebody to the top; from level to level
inline constexpr std::size_t escalation_policies_max = 1'000;  // in one publish

inline constexpr std::size_t assignment_rules_max = 1'000;  // in force on one desk
inline constexpr std::size_t skills_per_person_max = 100;
inline constexpr std::int64_t skill_level_max = 10;
inline constexpr std::int64_t capacity_max = 1'000'000;        // open records of one person
inline constexpr std::size_t considered_people_max = 100;      // that one assignment lists; all of them are considered
inline constexpr std::size_t passed_rules_max = 20;            // that one assignment lists
inline constexpr std::size_t assignment_exceptions_max = 100;  // people whom one command leaves out

// The desk
inline constexpr std::size_t events_per_entry_max = 1'000;
inline constexpr std::size_t migrated_per_command_max = 300;
inline constexpr std::size_t purged_records_max = 10'000;   // by one command
inline constexpr std::size_t purged_entries_max = 200'000;  // the same
inline constexpr std::size_t pack_tests_max = 100;
inline constexpr std::size_t pack_test_steps_max = 1'000;
inline constexpr std::size_t reaction_rounds_max = 64;   // of reactors answering one entry
inline constexpr std::size_t find_limit_max = 10'000;    // rows that one find may answer
inline constexpr std::size_t count_groups_max = 10'000;  // groups that one count may answer
inline constexpr std::size_t idempotency_keys_max = 1'000'000;
inline constexpr std::size_t consumers_max = 1'000;
inline constexpr std::size_t effects_take_max = 10'000;

}  // namespace tocsin::inline v1::limits
