#include <servicenow_history.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

#include <moment.hpp>

namespace shell {
namespace {

constexpr std::size_t title_length_max = 190;  // bytes; the desk's limit is 200 characters
constexpr std::string_view row_kept = "row kept without it";

// ---------------------------------------------------------------- what words mean

struct state_meaning {
  std::string_view logged;
  std::string_view state;
  std::string_view hold_reason;
};

constexpr std::array state_meanings{
    state_meaning{"New", "new", ""},
    state_meaning{"Active", "in_progress", ""},
    state_meaning{"In Progress", "in_progress", ""},
    state_meaning{"Awaiting User Info", "on_hold", "awaiting_caller"},
    state_meaning{"Awaiting Problem", "on_hold", "awaiting_problem"},
    state_meaning{"Awaiting Change", "on_hold", "awaiting_change"},
    state_meaning{"Awaiting Vendor", "on_hold", "awaiting_vendor"},
    state_meaning{"Awaiting Evidence", "on_hold", "awaiting_evidence"},
    state_meaning{"Resolved", "resolved", ""},
    state_meaning{"Closed", "closed", ""},
    state_meaning{"Canceled", "cancelled", ""},
    state_meaning{"Cancelled", "cancelled", ""},
};

struct word_meaning {
  std::string_view logged;
  std::string_view ours;
};

constexpr std::array levels{
    word_meaning{"1 - High", "high"},
    word_meaning{"2 - Medium", "medium"},
    word_meaning{"3 - Low", "low"},
};

constexpr std::array channels{
    word_meaning{"Phone", "phone"},
    word_meaning{"IVR", "phone"},
    word_meaning{"Email", "mail"},
    word_meaning{"Chat", "chat"},
    word_meaning{"Walk-in", "walk_in"},
    word_meaning{"Self service", "self_service"},
    word_meaning{"Self-service", "self_service"},
    word_meaning{"Monitoring", "monitoring"},
    word_meaning{"Event", "monitoring"},
    word_meaning{"Direct opening", "other"},
};

template <class Table>
auto find_meaning(const Table& table, std::string_view logged) {
  const auto found = std::ranges::find(table, logged, [](const auto& each) { return each.logged; });
  return found == table.end() ? nullptr : &*found;
}

template <class Table>
std::string allowed_words(const Table& table) {
  std::string words;
  for (const auto& each : table) words += (words.empty() ? "" : ", ") + std::string(each.logged);
  return words;
}

// What a desk has no field for in the steps of a history: told in the description, and its changes in notes.
struct told_column {
  std::string_view name;
  std::string_view log_row::* text;
};

constexpr std::array told_columns{
    told_column{"symptom", &log_row::symptom},
    told_column{"configuration item", &log_row::configuration_item},
    told_column{"problem", &log_row::problem},
    told_column{"change", &log_row::change},
    told_column{"vendor", &log_row::vendor},
    told_column{"caused by", &log_row::caused_by},
    told_column{"contact type", &log_row::contact_type},
};

// What the record says once, at its beginning; a later change is told in a note.
constexpr std::array told_when_changed{
    told_column{"caller", &log_row::caller},
    told_column{"opened by", &log_row::opened_by},
    told_column{"location", &log_row::location},
};

// ---------------------------------------------------------------- one incident

// The rows that resolve and close for good; none where the incident ends in another state.
struct final_rows {
  std::optional<std::size_t> resolving;
  std::optional<std::size_t> closing;
};

class history_maker {
 public:
  history_maker(const logged_incident& incident, const std::set<std::string>& services, log_problems& problems)
      : number_(incident.number), rows_(incident.rows), services_(services), problems_(problems) {}

  incident_history make() {
    read_states();
    drop_rows_before_first_state();
    if (rows_.empty()) return {};
    find_final_rows();
    incident_history history = opening();
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      history_step step = step_of(i);
      if (step.says_something()) history.steps.push_back(std::move(step));
    }
    return history;
  }

 private:
  void report(const log_row& row, std::string_view column, std::string_view value, std::string what,
              std::string_view done) {
    problems_.add(
        {row.line, std::string(number_), std::string(column), std::string(value), std::move(what), std::string(done)});
  }

  // --- states

  // The state of each row; one that is unknown is that of the row ahead.
  void read_states() {
    const state_meaning* current = nullptr;
    for (const log_row& row : rows_) {
      if (const state_meaning* meaning = find_meaning(state_meanings, row.state)) {
        current = meaning;
      } else {
        report(row, "incident_state", row.state.empty() ? "?" : row.state,
               "is not a known state (known: " + allowed_words(state_meanings) + ")",
               current == nullptr ? "row skipped: the state before is not known either" : row_kept);
      }
      states_.push_back(current);
    }
  }

  void drop_rows_before_first_state() {
    const auto first = std::ranges::find_if(states_, [](const state_meaning* each) { return each != nullptr; });
    const auto count = static_cast<std::size_t>(first - states_.begin());
    states_.erase(states_.begin(), first);
    rows_ = rows_.subspan(count);
  }

  bool is_state(std::size_t i, std::string_view state) const { return states_[i]->state == state; }
  bool is_done(std::size_t i) const { return is_state(i, "resolved") || is_state(i, "closed"); }

  // --- the values that only the last row may know

  void find_final_rows() {
    if (!is_done(rows_.size() - 1)) return report_unused_outcome();
    std::size_t begin = rows_.size();
    while (begin > 0 && is_done(begin - 1)) --begin;
    final_.resolving = find_resolving_row(begin);
    final_.closing = find_closing_row(begin);
  }

  void report_unused_outcome() {
    const log_row& last = rows_.back();
    if (last.resolved_at == unknown_time && last.closed_at == unknown_time) return;
    const bool cancelled = is_state(rows_.size() - 1, "cancelled");
    const std::string_view column = last.resolved_at != unknown_time ? "resolved_at" : "closed_at";
    if (cancelled && column == "closed_at") return;
    const micros value = last.resolved_at != unknown_time ? last.resolved_at : last.closed_at;
    report(last, column, to_rfc3339(value), "is given, but the incident is neither resolved nor closed in its last row",
           "not used");
  }

  // The last row from `begin` in this state whose instant satisfies the condition.
  template <class Condition>
  std::optional<std::size_t> last_row(std::size_t begin, std::string_view state, Condition condition) const {
    for (std::size_t i = rows_.size(); i-- > begin;) {
      if (is_state(i, state) && condition(rows_[i].updated_at)) return i;
    }
    return {};
  }

  std::optional<std::size_t> find_resolving_row(std::size_t begin) {
    const auto any = [](micros) { return true; };
    const micros resolved_at = rows_.back().resolved_at;
    if (resolved_at == unknown_time) return last_row(begin, "resolved", any);
    const auto at_it = [&](micros at) { return at == resolved_at; };
    const auto not_before = [&](micros at) { return at >= resolved_at; };
    if (const auto row = last_row(begin, "resolved", at_it)) return row;
    if (const auto row = last_row(begin, "resolved", not_before)) return row;
    if (const auto row = last_row(begin, "closed", not_before)) return first_closed_from(*row, resolved_at);
    report(rows_.back(), "resolved_at", to_rfc3339(resolved_at), "is later than the last row",
           "row's own instant taken");
    return last_row(begin, "resolved", any);
  }

  // The first row of the closed run that ends in `row` and is not before the instant: closing is where it shows.
  std::size_t first_closed_from(std::size_t row, micros resolved_at) const {
    while (row > 0 && is_state(row - 1, "closed") && rows_[row - 1].updated_at >= resolved_at) --row;
    return row;
  }

  std::optional<std::size_t> find_closing_row(std::size_t begin) {
    const auto any = [](micros) { return true; };
    const micros closed_at = rows_.back().closed_at;
    const auto at_it = [&](micros at) { return at == closed_at; };
    if (const auto row = last_row(begin, "closed", at_it)) return row;
    const auto row = last_row(begin, "closed", any);
    if (row && closed_at != unknown_time) {
      report(rows_[*row], "closed_at", to_rfc3339(closed_at),
             "is not the instant of a row that is Closed (the last: " + to_rfc3339(rows_[*row].updated_at) + ")",
             "row's own instant taken");
    }
    return row;
  }

  // --- the beginning

  incident_history opening() {
    const log_row& first = rows_.front();
    incident_history history;
    history.number = number_;
    history.external_key = external_key_of(number_);
    history.title = title(first);
    history.description = description(first);
    history.caller = first.caller;
    history.reporter = first.opened_by;
    history.location = first.location;
    history.channel = channel(first);
    history.opened_at = opened_at(first);
    if (history.opened_at > first.updated_at) history.reported_at = first_sign_of(first);
    return history;
  }

  micros opened_at(const log_row& first) {
    if (first.opened_at != unknown_time) return first.opened_at;
    const micros taken = first_sign_of(first);
    report(first, "opened_at", "?", "is unknown", "first sign of the incident taken: " + to_rfc3339(taken));
    return taken;
  }

  static micros first_sign_of(const log_row& first) {
    return first.created_at == unknown_time ? first.updated_at : std::min(first.created_at, first.updated_at);
  }

  std::string title(const log_row& first) const {
    std::string text(first.category);
    if (!first.subcategory.empty()) text += (text.empty() ? "" : " / ") + std::string(first.subcategory);
    if (!first.symptom.empty()) text += (text.empty() ? "" : ": ") + std::string(first.symptom);
    if (text.empty()) return "ServiceNow incident " + std::string(number_);
    if (text.size() <= title_length_max) return text;
    std::size_t end = title_length_max;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return text.substr(0, end) + "...";
  }

  std::string description(const log_row& first) const {
    std::string text = "Imported from ServiceNow: " + std::string(number_);
    for (const told_column& each : told_columns) {
      const std::string_view value = first.*each.text;
      if (value.empty() || (each.text == &log_row::configuration_item && !service(first).empty())) continue;
      text += "\n" + std::string(each.name) + ": " + std::string(value);
    }
    return text;
  }

  std::string_view channel(const log_row& first) {
    if (first.contact_type.empty()) return {};
    if (const word_meaning* meaning = find_meaning(channels, first.contact_type)) return meaning->ours;
    report(first, "contact_type", first.contact_type,
           "is not a known way of contact (known: " + allowed_words(channels) + ")",
           "channel \"other\" taken, the word is in the description");
    return "other";
  }

  std::string service(const log_row& row) const {
    std::string key(row.configuration_item);
    return services_.contains(key) ? key : std::string();
  }

  // --- steps

  history_step step_of(std::size_t i) {
    static const log_row nothing;
    const log_row& row = rows_[i];
    const log_row& before = i == 0 ? nothing : rows_[i - 1];
    history_step step;
    step.at = row.updated_at;
    step.actor = row.updated_by;
    state_change(step, i);
    assignment_change(step, row, before);
    classification_change(step, row, before);
    if (i > 0) step.note = told_changes(row, before);
    if (i == final_.resolving) resolve_for_good(step, row);
    return step;
  }

  void state_change(history_step& step, std::size_t i) const {
    const bool settles = i == final_.resolving || i == final_.closing;
    if (i > 0 && states_[i] == states_[i - 1] && !settles) return;
    step.state = states_[i]->state;
    step.hold_reason = states_[i]->hold_reason;
  }

  void resolve_for_good(history_step& step, const log_row& row) const {
    const log_row& last = rows_.back();
    const bool usable = last.resolved_at != unknown_time && last.resolved_at <= row.updated_at;
    step.resolved_at = usable ? last.resolved_at : row.updated_at;
    step.resolution_code = last.closed_code;
    if (!last.resolved_by.empty()) step.actor = last.resolved_by;
  }

  static void assignment_change(history_step& step, const log_row& row, const log_row& before) {
    if (row.group != before.group) {
      step.team = row.group;
      step.unassign_team = row.group.empty();
    }
    if (row.assignee != before.assignee) {
      step.assignee = row.assignee;
      step.unassign_assignee = row.assignee.empty();
    }
  }

  void classification_change(history_step& step, const log_row& row, const log_row& before) {
    step.impact = level_change(row, "impact", row.impact, before.impact);
    step.urgency = level_change(row, "urgency", row.urgency, before.urgency);
    if (row.category != before.category || row.subcategory != before.subcategory) {
      step.category = category_key(row.category, row.subcategory);
      if (row.category.empty() && !row.subcategory.empty()) {
        report(row, "subcategory", row.subcategory, "stands without a category", row_kept);
      }
    }
    if (row.configuration_item != before.configuration_item) step.service = service(row);
  }

  std::string_view level_change(const log_row& row, std::string_view column, std::string_view now,
                                std::string_view before) {
    if (now == before || now.empty()) return {};
    if (const word_meaning* meaning = find_meaning(levels, now)) return meaning->ours;
    report(row, column, now, "is not a known level (known: " + allowed_words(levels) + ")", row_kept);
    return {};
  }

  std::string told_changes(const log_row& row, const log_row& before) const {
    std::string text;
    const auto tell = [&](const told_column& each) {
      const std::string_view was = before.*each.text;
      const std::string_view is = row.*each.text;
      if (was == is) return;
      text += (text.empty() ? "" : "\n") + std::string(each.name) + ": " + std::string(was.empty() ? "?" : was) +
              " -> " + std::string(is.empty() ? "?" : is);
    };
    std::ranges::for_each(told_columns, tell);
    std::ranges::for_each(told_when_changed, tell);
    return text;
  }

  std::string_view number_;
  std::span<const log_row> rows_;
  const std::set<std::string>& services_;
  log_problems& problems_;
  std::vector<const state_meaning*> states_;
  final_rows final_;
};

// ---------------------------------------------------------------- as JSON

void put(json& object, const char* name, std::string_view value) {
  if (!value.empty()) object[name] = value;
}
void put(json& object, const char* name, bool value) {
  if (value) object[name] = true;
}
void put_instant(json& object, const char* name, micros value) {
  if (value != unknown_time) object[name] = to_rfc3339(value);
}

json step_json(const history_step& step) {
  json result;
  put_instant(result, "at", step.at);
  put(result, "actor", step.actor);
  put(result, "state", step.state);
  put(result, "hold_reason", step.hold_reason);
  put(result, "team", step.team);
  put(result, "assignee", step.assignee);
  put(result, "unassign_team", step.unassign_team);
  put(result, "unassign_assignee", step.unassign_assignee);
  put(result, "impact", step.impact);
  put(result, "urgency", step.urgency);
  put(result, "category", step.category);
  put(result, "service", step.service);
  put(result, "resolution_code", step.resolution_code);
  put_instant(result, "resolved_at", step.resolved_at);
  put(result, "note", step.note);
  return result;
}

// "INC" and digits, as the desk numbers incidents itself.
bool is_desk_number(std::string_view number) {
  constexpr std::string_view prefix = "INC";
  return number.size() > prefix.size() && number.size() <= prefix.size() + 15 && number.starts_with(prefix) &&
         number.find_first_not_of("0123456789", prefix.size()) == std::string_view::npos;
}

std::string key_segment(std::string_view name) {
  std::string segment;
  for (const char c : name) {
    if (c == '/') {
      segment += "%2F";
    } else {
      segment += c;
    }
  }
  return segment;
}

void add_category(std::map<std::string, json>& to, std::string_view name, const std::string& key,
                  std::string_view parent) {
  if (to.contains(key)) return;
  json definition{{"key", key}, {"name", name}};
  put(definition, "parent", parent);
  to.emplace(key, std::move(definition));
}

struct workflow_move {
  std::string_view verb;
  std::vector<std::string_view> from;
  std::string_view to;
};

// The ordinary moves, as in the built-in workflow (L1).
std::vector<workflow_move> ordinary_moves() {
  return {
      {"assign", {"new"}, "assigned"},
      {"assign", {"assigned", "in_progress", "on_hold"}, ""},
      {"begin_work", {"new", "assigned"}, "in_progress"},
      {"hold", {"new", "assigned", "in_progress", "on_hold"}, "on_hold"},
      {"resume", {"on_hold"}, ""},
      {"resolve", {"new", "assigned", "in_progress", "on_hold"}, "resolved"},
      {"confirm", {"resolved"}, "closed"},
      {"close", {"resolved"}, "closed"},
      {"reopen", {"resolved"}, "in_progress"},
      {"cancel", {"new", "assigned", "in_progress", "on_hold"}, "cancelled"},
  };
}

// The built-in codes, for incidents that are resolved after their import.
constexpr std::array<std::string_view, 8> built_in_codes{
    "fix",        "workaround",        "known_error",        "duplicate", "no_fault_found",
    "user_error", "cancelled_by_user", "resolved_externally"};

struct state_of_workflow {
  std::string_view name;  // the kind's, too
  bool initial;
};

constexpr std::array workflow_states{
    state_of_workflow{"new", true},          state_of_workflow{"assigned", false},
    state_of_workflow{"in_progress", false}, state_of_workflow{"on_hold", false},
    state_of_workflow{"resolved", false},    state_of_workflow{"closed", false},
    state_of_workflow{"cancelled", false},
};

json import_moves() {
  json moves = json::array();
  for (const state_of_workflow& to : workflow_states) {
    if (to.name == "assigned") continue;  // a log has no such state
    json from = json::array();
    for (const state_of_workflow& each : workflow_states) {
      if (each.name != to.name && each.name != "assigned") from.push_back(each.name);
    }
    moves.push_back({{"verb", "import_step"}, {"from", from}, {"to", to.name}});
  }
  return moves;
}

}  // namespace

bool history_step::says_something() const {
  return !state.empty() || !team.empty() || !assignee.empty() || unassign_team || unassign_assignee ||
         !impact.empty() || !urgency.empty() || !category.empty() || !service.empty() || !note.empty();
}

std::string external_key_of(std::string_view number) { return "servicenow:" + std::string(number); }

incident_history make_history(const logged_incident& incident, const std::set<std::string>& services,
                              log_problems& problems) {
  return history_maker(incident, services, problems).make();
}

json import_command(const incident_history& history, std::string_view at) {
  json command{{"command", "import_record"}, {"at", at}, {"actor", "host"}};
  put(command, "idempotency_key", history.external_key);
  if (is_desk_number(history.number)) put(command, "number", history.number);
  put(command, "external_key", history.external_key);
  put(command, "workflow", import_workflow_key);
  put(command, "title", history.title);
  put(command, "description", history.description);
  put(command, "caller", history.caller);
  put(command, "reporter", history.reporter);
  put(command, "location", history.location);
  put(command, "channel", history.channel);
  put_instant(command, "opened_at", history.opened_at);
  put_instant(command, "reported_at", history.reported_at);
  json& steps = command["history"] = json::array();
  for (const history_step& step : history.steps) steps.push_back(step_json(step));
  return command;
}

std::string category_key(std::string_view category, std::string_view subcategory) {
  if (category.empty()) return {};
  return key_that_fits(subcategory.empty() ? key_segment(category)
                                           : key_segment(category) + "/" + key_segment(subcategory));
}

log_vocabulary gather_vocabulary(const servicenow_log& log) {
  log_vocabulary found;
  const auto add = [](std::set<std::string_view>& to, std::string_view key) {
    if (!key.empty()) to.insert(key);
  };
  for (const logged_incident& incident : log.incidents) {
    for (const log_row& row : incident.rows) {
      for (const auto person : {row.caller, row.opened_by, row.updated_by, row.assignee, row.resolved_by}) {
        add(found.people, person);
      }
      add(found.teams, row.group);
      if (!row.closed_code.empty()) found.resolution_codes.emplace(row.closed_code);
      if (row.category.empty()) continue;
      const std::string parent = category_key(row.category, {});
      add_category(found.categories, row.category, parent, {});
      if (row.subcategory.empty()) continue;
      add_category(found.categories, row.subcategory, category_key(row.category, row.subcategory), parent);
    }
  }
  return found;
}

json import_workflow(std::set<std::string> resolution_codes) {
  resolution_codes.insert(built_in_codes.begin(), built_in_codes.end());
  json states = json::array();
  for (const state_of_workflow& each : workflow_states) {
    json state{{"name", each.name}, {"kind", each.name}};
    put(state, "initial", each.initial);
    states.push_back(std::move(state));
  }
  json transitions = json::array();
  for (const workflow_move& move : ordinary_moves()) {
    json transition{{"verb", move.verb}, {"from", move.from}};
    put(transition, "to", move.to);
    transitions.push_back(std::move(transition));
  }
  for (json& move : import_moves()) transitions.push_back(std::move(move));
  json reasons = json::array({{{"name", "awaiting_caller"}, {"resumed_by_reply", true}}});
  for (const char* name : {"awaiting_change", "awaiting_problem", "awaiting_vendor", "awaiting_evidence"}) {
    reasons.push_back({{"name", name}});
  }
  return {{"key", import_workflow_key}, {"name", "Records imported from ServiceNow"},
          {"states", states},           {"transitions", transitions},
          {"hold_reasons", reasons},    {"resolution_codes", resolution_codes},
          {"reopen_window", "P14D"},    {"auto_close_after", "P5D"}};
}

}  // namespace shell
