// `tocsin DESK import servicenow LOG.csv`: a ServiceNow audit log becomes records of the desk, each with its whole
// history, and a report of everything that could not be taken as it stood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <map>
#include <string>
#include <vector>

#include <json_text.hpp>
#include <servicenow_log.hpp>
#include <tocsin.hpp>

namespace shell {

struct import_options {
  std::string path;
  std::string zone = "UTC";      // in which the log's local times are
  micros at = 0;                 // when the import is recorded
  bool dry_run = false;          // do it all on a fork of the desk, and throw that away
  bool allow_leap = false;       // `at` may lie further ahead of the desk's clock than its max_leap
  std::size_t batch_size = 500;  // records in one call, and in one commit
  std::size_t problems_kept = 1'000;
};

// An incident that the desk did not take.
struct import_refusal {
  std::string incident;
  std::uint64_t line = 0;  // of its first row
  std::string reason;      // "workflow.transition_not_allowed"
  std::string message;
};

struct import_report {
  bool dry_run = false;
  bool stopped = false;  // by the caller; what had been imported stays, and importing again goes on from there
  std::string zone;
  std::uint64_t bytes = 0;
  std::uint64_t rows = 0;
  std::uint64_t incidents = 0;  // in the log
  std::uint64_t imported = 0;
  std::uint64_t already_there = 0;                 // imported before, left as they are
  std::uint64_t steps = 0;                         // of the imported histories
  std::uint64_t problem_records = 0;               // logged, as incidents name them
  std::uint64_t changes = 0;                       // likewise
  std::uint64_t rows_moved = 0;                    // stood out of order
  std::uint64_t rows_restamped = 0;                // stood in order, with an instant that contradicts the order
  std::uint64_t skipped_times = 0;                 // distinct local times that the zone's clock jumped over
  std::uint64_t repeated_times = 0;                // distinct local times that it showed twice; the first was taken
  std::uint64_t opened_after_first_update = 0;     // incidents
  std::map<std::string, std::uint64_t> published;  // "people" -> how many were new
  std::vector<std::string> columns_not_imported;   // known, without a place in a desk
  std::vector<std::string> columns_unknown;
  std::vector<import_refusal> refused;
  log_problems problems;
};

struct import_progress {
  enum class phase { reading, publishing, importing } doing = phase::reading;
  std::uint64_t bytes_read = 0;
  std::uint64_t bytes_total = 0;  // 0: not known
  std::uint64_t rows_read = 0;
  std::uint64_t records_done = 0;
  std::uint64_t records_total = 0;
};

// Called now and then; false stops the import between two batches.
using import_watcher = std::function<bool(const import_progress&)>;

// Throws io_error where the file is not such a log (then nothing was imported), and the desk's own failure where a call
// as a whole is refused. Importing the same log again doubles nothing: each record has a key of its own.
import_report import_servicenow(tocsin::client::desk& desk, const import_options& options,
                                const import_watcher& watcher = {});
import_report import_servicenow(tocsin::client::desk& desk, std::istream& log, const import_options& options,
                                const import_watcher& watcher = {});

// The report for a person, at most that many problems and refusals of each kind told one by one; and as a document.
std::string report_text(const import_report& report, std::size_t shown_max = 20);
json report_json(const import_report& report);

}  // namespace shell
