// From the rows of a ServiceNow log to the commands of a desk: each incident's history as steps that hold only what
// changed, and the definitions that those steps refer to.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <json_text.hpp>
#include <servicenow_log.hpp>

namespace shell {

inline constexpr std::string_view import_workflow_key = "servicenow_import";

// One step of an import_record command: at this instant these things became so. Empty: did not change.
struct history_step {
  micros at = unknown_time;
  std::string_view actor;
  std::string_view state;
  std::string_view hold_reason;
  std::string_view team;
  std::string_view assignee;
  bool unassign_team = false;
  bool unassign_assignee = false;
  std::string_view impact;
  std::string_view urgency;
  std::string category;
  std::string service;
  std::string_view resolution_code;
  micros resolved_at = unknown_time;
  std::string note;

  bool says_something() const;
};

struct incident_history {
  std::string_view number;
  std::string external_key;  // "servicenow:INC0000045", the idempotency key, too
  std::string title;
  std::string description;
  std::string_view caller;
  std::string_view reporter;
  std::string_view location;
  std::string_view channel;
  micros opened_at = unknown_time;
  micros reported_at = unknown_time;  // only where the log's opened_at is later than its first update
  std::vector<history_step> steps;
};

std::string external_key_of(std::string_view number);

// The history of one incident; without steps if no row says in which state it was. What the last row alone may know
// (resolved_at, resolved_by, closed_code, closed_at) goes into the step that resolves, or closes, for good.
// `services` are the keys of the desk's services: a configuration item of that name is one.
incident_history make_history(const logged_incident& incident, const std::set<std::string>& services,
                              log_problems& problems);

// The import_record command.
json import_command(const incident_history& history, std::string_view at);

// The key of a category in the tree: "Category 55", "Category 55/Subcategory 170". A "/" within a name is "%2F".
std::string category_key(std::string_view category, std::string_view subcategory);

// What must be published before the records. Sets: in the order of their keys, each once.
struct log_vocabulary {
  std::set<std::string_view> people;
  std::set<std::string_view> teams;
  std::map<std::string, json> categories;  // key -> definition; a parent's key sorts before its children's
  std::set<std::string> resolution_codes;
};

log_vocabulary gather_vocabulary(const servicenow_log& log);

// The workflow of imported records: any change of state that a log may hold, and the ordinary moves for the work that
// goes on afterwards.
json import_workflow(std::set<std::string> resolution_codes);

}  // namespace shell
