#include <import_servicenow.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <unordered_map>
#include <utility>

#include <moment.hpp>
#include <servicenow_history.hpp>

namespace shell {
namespace {

constexpr std::size_t definitions_in_a_call = 5'000;
constexpr std::size_t records_in_a_page = 10'000;
constexpr std::string_view pack_name = "servicenow_import";

local_clock clock_of(const std::string& zone) {
  tocsin::client::local_to_instant(zone, 0);  // an unknown zone is refused before anything is read
  return [zone](micros local) -> clock_reading {
    const auto [instant, kind] = tocsin::client::local_to_instant(zone, local);
    return {instant, kind == TOCSIN_LOCAL_SKIPPED, kind == TOCSIN_LOCAL_REPEATED};
  };
}

// ---------------------------------------------------------------- what the desk already has

std::set<std::string> known_keys(const tocsin::client::desk& desk, std::string_view kind) {
  const json answer = parse_answer(desk.query(json{{"query", "definitions"}, {"kind", kind}}.dump()));
  std::set<std::string> keys;
  for (const json& definition : list_at(answer, "definitions")) keys.insert(text_at(definition, "key"));
  return keys;
}

struct record_on_desk {
  std::string number;
  std::string priority;
};

// The records that came out of such a log, by their external key.
std::unordered_map<std::string, record_on_desk> imported_records(const tocsin::client::desk& desk) {
  std::unordered_map<std::string, record_on_desk> records;
  json question{
      {"query", "find"}, {"fields", json::array({"number", "external_key", "priority"})}, {"limit", records_in_a_page}};
  for (;;) {
    const json answer = parse_answer(desk.query(question.dump()));
    for (const json& record : list_at(answer, "records")) {
      std::string key = text_at(record, "external_key");
      if (key.starts_with("servicenow:")) {
        records.try_emplace(std::move(key), text_at(record, "number"), text_at(record, "priority"));
      }
    }
    const std::string cursor = text_at(answer, "cursor");
    if (cursor.empty()) return records;
    question["cursor"] = cursor;
  }
}

// The codes of an earlier import stay allowed: its records name them.
void add_published_codes(const tocsin::client::desk& desk, std::set<std::string>& codes) {
  const json question{{"query", "definitions"}, {"kind", "workflow"}, {"key", import_workflow_key}};
  const json answer = parse_answer(desk.query(question.dump()));
  for (const json& definition : list_at(answer, "definitions")) {
    for (const json& code : list_at(definition, "resolution_codes")) codes.insert(code.get<std::string>());
  }
}

// ---------------------------------------------------------------- the import

class importer {
 public:
  importer(tocsin::client::desk& desk, const import_options& options, const import_watcher& watcher)
      : desk_(desk), options_(options), watcher_(watcher), at_(to_rfc3339(options.at)) {
    report_.dry_run = options.dry_run;
    report_.zone = options.zone;
    report_.problems = log_problems(options.problems_kept);
  }

  import_report run(std::istream& from) {
    const servicenow_log log = read(from);
    if (!report_.stopped) publish_definitions(log);
    if (!report_.stopped) import_incidents(log);
    if (!report_.stopped) import_named_records(log);
    return std::move(report_);
  }

 private:
  bool go_on() {
    if (watcher_ && !watcher_(progress_)) report_.stopped = true;
    return !report_.stopped;
  }

  servicenow_log read(std::istream& from) {
    servicenow_log log = read_servicenow_log(from, clock_of(options_.zone), report_.problems,
                                             [&](std::uint64_t bytes, std::uint64_t rows) {
                                               progress_.bytes_read = bytes;
                                               progress_.rows_read = rows;
                                               return go_on();
                                             });
    progress_.bytes_read = report_.bytes = log.bytes;
    progress_.rows_read = report_.rows = log.rows;
    progress_.records_total = report_.incidents = log.incidents.size();
    report_.rows_moved = log.rows_moved;
    report_.rows_restamped = log.rows_restamped;
    report_.skipped_times = log.skipped_times;
    report_.repeated_times = log.repeated_times;
    report_.columns_not_imported = log.columns_without_place;
    report_.columns_unknown = log.columns_unknown;
    return log;
  }

  std::string execute(const json& commands) {
    const std::uint32_t flags = options_.allow_leap ? TOCSIN_EXECUTE_ALLOW_LEAP : 0u;
    return desk_.execute(commands.dump(), options_.at, flags);
  }

  // --- definitions

  void publish_definitions(const servicenow_log& log) {
    progress_.doing = import_progress::phase::publishing;
    log_vocabulary found = gather_vocabulary(log);
    publish("people", "person", named_definitions(found.people));
    publish("teams", "team", named_definitions(found.teams));
    std::vector<json> categories;
    for (auto& [key, definition] : found.categories) categories.push_back(std::move(definition));
    publish("categories", "category", std::move(categories));
    publish_items(log);
    add_published_codes(desk_, found.resolution_codes);
    publish_batch("workflows", json::array({import_workflow(found.resolution_codes)}));
  }

  // What the log calls configuration items, but for those that the desk knows as services.
  void publish_items(const servicenow_log& log) {
    std::set<std::string_view> items;
    for (const logged_incident& incident : log.incidents) {
      if (!incident.rows.empty()) items.insert(incident.rows.back().configuration_item);
    }
    const std::set<std::string> services = known_keys(desk_, "service");
    std::erase_if(items, [&](std::string_view key) { return key.empty() || services.contains(std::string(key)); });
    publish("configuration_items", "configuration_item", named_definitions(items));
  }

  static std::vector<json> named_definitions(const std::set<std::string_view>& keys) {
    std::vector<json> definitions;
    for (const std::string_view key : keys) definitions.push_back({{"key", key}, {"name", key}});
    return definitions;
  }

  // Publishes those that the desk does not have. What the host says about a person is never overwritten.
  void publish(const char* list, std::string_view kind, std::vector<json> definitions) {
    std::set<std::string> known = known_keys(desk_, kind);
    known.insert({"host", "system"});  // there from the beginning
    std::erase_if(definitions, [&](const json& each) { return known.contains(each["key"].get<std::string>()); });
    report_.published[list] = definitions.size();
    for (std::size_t begin = 0; begin < definitions.size() && go_on(); begin += definitions_in_a_call) {
      json batch = json::array();
      const std::size_t end = std::min(definitions.size(), begin + definitions_in_a_call);
      for (std::size_t i = begin; i < end; ++i) batch.push_back(std::move(definitions[i]));
      publish_batch(list, std::move(batch));
    }
  }

  void publish_batch(const char* list, json definitions) {
    execute(
        {{"command", "publish"}, {"at", at_}, {"actor", "host"}, {"pack", pack_name}, {list, std::move(definitions)}});
  }

  // --- records

  void import_incidents(const servicenow_log& log) {
    progress_.doing = import_progress::phase::importing;
    services_ = known_keys(desk_, "service");
    const auto before = imported_records(desk_);
    for (const logged_incident& incident : log.incidents) {
      ++progress_.records_done;
      if (before.contains(external_key_of(incident.number))) {
        ++report_.already_there;
        continue;
      }
      add_to_batch(incident);
      if (batch_.size() < options_.batch_size) continue;
      execute_batch();
      if (!go_on()) return;
    }
    execute_batch();
    go_on();
    report_priorities(log);
  }

  void add_to_batch(const logged_incident& incident) {
    if (incident.rows.empty()) return;
    const incident_history history = make_history(incident, services_, report_.problems);
    if (history.steps.empty()) return refuse(incident, "servicenow.no_state", "no row says in which state it was");
    if (history.reported_at != unknown_time) ++report_.opened_after_first_update;
    batch_.push_back(import_command(history, at_));
    const std::string_view item = incident.rows.back().configuration_item;
    if (!item.empty()) batch_.back()["affected_items"] = json::array({json{{"item", item}}});
    in_batch_.push_back({&incident, history.steps.size()});
  }

  struct batch_entry {
    const logged_incident* incident = nullptr;
    std::size_t steps = 0;
  };

  // Executes the batch; then, once more and without their numbers, the records whose numbers the desk cannot keep.
  void execute_batch() {
    while (!batch_.empty()) {
      // The events of a result repeat the history that was given: they are not kept.
      const auto without_events = [](int, json::parse_event_t event, json& parsed) {
        return event != json::parse_event_t::key || parsed != "events";
      };
      const json results = json::parse(execute(batch_), without_events);
      const json commands = std::exchange(batch_, json::array());
      const std::vector<batch_entry> entries = std::exchange(in_batch_, {});
      for (std::size_t i = 0; i < entries.size(); ++i) take_result(results.at(i), commands.at(i), entries[i]);
    }
  }

  void take_result(const json& result, const json& command, const batch_entry& entry) {
    if (const auto error = result.find("error"); error != result.end()) return take_error(*error, command, entry);
    if (result.value("repeated", false)) {
      ++report_.already_there;
      return;
    }
    ++report_.imported;
    report_.steps += entry.steps;
  }

  void take_error(const json& error, const json& command, const batch_entry& entry) {
    std::string reason = text_at(error, "reason");
    std::string message = text_at(error, "message");
    if (!reason.starts_with("import.number_") || !command.contains("number")) {
      return refuse(*entry.incident, std::move(reason), std::move(message));
    }
    report_.problems.add({entry.incident->rows.front().line, std::string(entry.incident->number), "number",
                          std::string(entry.incident->number), "cannot be kept: " + message,
                          "imported under a new number, this one is the external key"});
    json renumbered = command;
    renumbered.erase("number");
    batch_.push_back(std::move(renumbered));
    in_batch_.push_back(entry);
  }

  void refuse(const logged_incident& incident, std::string reason, std::string message) {
    report_.refused.push_back(
        {std::string(incident.number), incident.rows.front().line, std::move(reason), std::move(message)});
  }

  // --- problems and changes that incidents name

  // Which records one is linked to, by its kind there: {"cause_of": {"INC0000045", ...}}.
  using links_by_kind = std::map<std::string_view, std::set<std::string>>;

  // Each becomes a record of its own, once, and is linked to the incidents that name it in their last row.
  void import_named_records(const servicenow_log& log) {
    const auto records = imported_records(desk_);
    std::map<std::string_view, links_by_kind> problems;
    std::map<std::string_view, links_by_kind> changes;
    for (const logged_incident& incident : log.incidents) {
      const auto record = records.find(external_key_of(incident.number));
      if (record == records.end() || incident.rows.empty()) continue;
      const log_row& last = incident.rows.back();
      const auto add = [&](auto& to, std::string_view name, std::string_view kind) {
        if (!name.empty()) to[name][kind].insert(record->second.number);
      };
      add(problems, last.problem, "cause_of");
      add(changes, last.caused_by, "cause_of");
      add(changes, last.change, "blocks");
    }
    report_.problem_records = import_named("problem", "log_problem", problems);
    report_.changes = import_named("change", "log_change", changes);
  }

  // How many are new.
  std::uint64_t import_named(const std::string& type, const std::string& command,
                             const std::map<std::string_view, links_by_kind>& named) {
    const std::map<std::string, std::string> before = numbers_by_external_key(type);
    std::uint64_t made = 0;
    for (const auto& [name, links] : named) {
      const std::string key = "servicenow:" + type + ":" + std::string(name);
      if (before.contains(key)) continue;
      const json result = parse_answer(
          execute({{"command", command}, {"at", at_}, {"actor", "host"}, {"title", name}, {"external_key", key}}));
      link(result["record"]["number"], links);
      ++made;
      if (!go_on()) break;
    }
    return made;
  }

  std::map<std::string, std::string> numbers_by_external_key(const std::string& type) const {
    std::map<std::string, std::string> numbers;
    json question{{"query", "find"},
                  {"types", json::array({type})},
                  {"fields", json::array({"number", "external_key"})},
                  {"limit", records_in_a_page}};
    for (;;) {
      const json answer = parse_answer(desk_.query(question.dump()));
      for (const json& record : list_at(answer, "records")) {
        numbers.emplace(text_at(record, "external_key"), text_at(record, "number"));
      }
      const std::string cursor = text_at(answer, "cursor");
      if (cursor.empty()) return numbers;
      question["cursor"] = cursor;
    }
  }

  // From its end, as incidents that are closed take no commands of their own.
  void link(const json& number, const links_by_kind& links) {
    json commands = json::array();
    for (const auto& [kind, incidents] : links) {
      for (const std::string& incident : incidents) {
        commands.push_back({{"command", "link_records"},
                            {"at", at_},
                            {"actor", "host"},
                            {"incident", number},
                            {"kind", kind},
                            {"other", incident}});
      }
    }
    const json results = json::parse(execute(commands));
    for (const json& result : results) {
      if (const auto error = result.find("error"); error != result.end()) {
        report_.refused.push_back(
            {number.get<std::string>(), 0, text_at(*error, "reason"), text_at(*error, "message")});
      }
    }
  }

  // The desk computes the priority by its own matrix; where the log says another one, that is told.
  void report_priorities(const servicenow_log& log) {
    if (report_.imported == 0) return;
    const auto records = imported_records(desk_);
    for (const logged_incident& incident : log.incidents) {
      const auto record = records.find(external_key_of(incident.number));
      if (record == records.end() || incident.rows.empty()) continue;
      const log_row& last = incident.rows.back();
      if (last.priority.empty() || priority_name(last.priority) == record->second.priority) continue;
      report_.problems.add({last.line, std::string(incident.number), "priority", std::string(last.priority),
                            "is not what the desk's matrix makes of impact and urgency (" +
                                (record->second.priority.empty() ? "none" : record->second.priority) + ")",
                            "the desk's priority holds"});
    }
  }

  // "3 - Moderate" is "moderate".
  static std::string priority_name(std::string_view logged) {
    const std::size_t dash = logged.find(" - ");
    std::string name(dash == std::string_view::npos ? logged : logged.substr(dash + 3));
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name;
  }

  tocsin::client::desk& desk_;
  const import_options& options_;
  const import_watcher& watcher_;
  std::string at_;
  import_report report_;
  import_progress progress_;
  std::set<std::string> services_;
  json batch_ = json::array();
  std::vector<batch_entry> in_batch_;
};

// ---------------------------------------------------------------- the report

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

void add_line(std::string& text, const std::string& line) { text += line + "\n"; }

void add_count(std::string& text, std::uint64_t count, const std::string& what) {
  if (count != 0) add_line(text, std::to_string(count) + " " + what);
}

void add_more(std::string& text, std::size_t total, std::size_t shown) {
  if (total > shown) add_line(text, "  ... and " + std::to_string(total - shown) + " more");
}

void add_problems(std::string& text, const log_problems& problems, std::size_t shown_max) {
  if (problems.total() == 0) return;
  add_line(text, std::to_string(problems.total()) + " values could not be taken as they stand:");
  for (const auto& [what, count] : problems.counts()) add_line(text, "  " + what + ": " + std::to_string(count));
  const std::size_t shown = std::min(shown_max, problems.kept().size());
  for (std::size_t i = 0; i < shown; ++i) {
    const log_problem& each = problems.kept()[i];
    add_line(text, "  line " + std::to_string(each.line) + (each.incident.empty() ? "" : ", " + each.incident) +
                       (each.column.empty() ? "" : ", " + each.column) + ": " +
                       (each.value.empty() ? "" : '"' + each.value + "\" ") + each.what + " -> " + each.done);
  }
  add_more(text, problems.total(), shown);
}

void add_refusals(std::string& text, const std::vector<import_refusal>& refused, std::size_t shown_max) {
  if (refused.empty()) return;
  add_line(text, std::to_string(refused.size()) + " incidents were refused:");
  const std::size_t shown = std::min(shown_max, refused.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const import_refusal& each = refused[i];
    add_line(text, "  line " + std::to_string(each.line) + ", " + each.incident + ": " + each.message + " (" +
                       each.reason + ")");
  }
  add_more(text, refused.size(), shown);
}

}  // namespace

import_report import_servicenow(tocsin::client::desk& desk, std::istream& log, const import_options& options,
                                const import_watcher& watcher) {
  if (!options.dry_run) return importer(desk, options, watcher).run(log);
  tocsin::client::desk copy = desk.fork();
  return importer(copy, options, watcher).run(log);
}

import_report import_servicenow(tocsin::client::desk& desk, const import_options& options,
                                const import_watcher& watcher) {
  std::ifstream log(options.path, std::ios::binary);
  if (!log) throw io_error("the log " + options.path + " cannot be opened");
  std::error_code unknown;
  const std::uintmax_t size = std::filesystem::file_size(options.path, unknown);
  const import_watcher with_size = [&](const import_progress& progress) {
    import_progress whole = progress;
    whole.bytes_total = unknown ? 0 : size;
    return !watcher || watcher(whole);
  };
  try {
    return import_servicenow(desk, log, options, with_size);
  } catch (const io_error& error) {
    throw io_error(options.path + ": " + error.what());
  }
}

std::string report_text(const import_report& report, std::size_t shown_max) {
  std::string text;
  add_line(text, std::to_string(report.rows) + " rows of " + std::to_string(report.incidents) +
                     " incidents read, times in " + report.zone);
  add_line(text, std::string(report.dry_run ? "would be imported: " : "imported: ") + std::to_string(report.imported) +
                     " records with " + std::to_string(report.steps) + " steps");
  add_count(text, report.already_there, "were there already and stay as they are");
  if (report.stopped) add_line(text, "stopped before the end: importing again goes on from here");
  for (const auto& [what, count] : report.published) add_count(text, count, what + " published");
  add_count(text, report.problem_records, "problems logged, and linked to the incidents that name them");
  add_count(text, report.changes, "changes logged, and linked to the incidents that name them");
  add_count(text, report.rows_moved, "rows stood out of order and were moved to where they belong");
  add_count(text, report.rows_restamped, "rows had an instant that contradicts their place");
  add_count(text, report.opened_after_first_update,
            "incidents were opened later than their first update: both are kept");
  add_count(text, report.skipped_times, "local times do not exist in " + report.zone + ": the clock jumped over them");
  add_count(text, report.repeated_times, "local times came twice in " + report.zone + ": the first was taken");
  if (!report.columns_not_imported.empty()) {
    add_line(text, "columns not imported: " + joined(report.columns_not_imported));
  }
  if (!report.columns_unknown.empty())
    add_line(text, "unknown columns, not imported: " + joined(report.columns_unknown));
  add_problems(text, report.problems, shown_max);
  add_refusals(text, report.refused, shown_max);
  return text;
}

json report_json(const import_report& report) {
  json problems = json::array();
  for (const log_problem& each : report.problems.kept()) {
    problems.push_back({{"line", each.line},
                        {"incident", each.incident},
                        {"column", each.column},
                        {"value", each.value},
                        {"what", each.what},
                        {"done", each.done}});
  }
  json refused = json::array();
  for (const import_refusal& each : report.refused) {
    refused.push_back(
        {{"incident", each.incident}, {"line", each.line}, {"reason", each.reason}, {"message", each.message}});
  }
  return {{"dry_run", report.dry_run},
          {"stopped", report.stopped},
          {"zone", report.zone},
          {"bytes", report.bytes},
          {"rows", report.rows},
          {"incidents", report.incidents},
          {"imported", report.imported},
          {"already_there", report.already_there},
          {"steps", report.steps},
          {"published", report.published},
          {"problem_records", report.problem_records},
          {"changes", report.changes},
          {"rows_moved", report.rows_moved},
          {"rows_restamped", report.rows_restamped},
          {"opened_after_first_update", report.opened_after_first_update},
          {"skipped_times", report.skipped_times},
          {"repeated_times", report.repeated_times},
          {"columns_not_imported", report.columns_not_imported},
          {"columns_unknown", report.columns_unknown},
          {"problems_total", report.problems.total()},
          {"problems_by_kind", report.problems.counts()},
          {"problems", problems},
          {"refused", refused}};
}

}  // namespace shell
