// The audit log of a ServiceNow instance as values: its rows, gathered by incident and put into the order in which they
// were saved.
//
// A row is the incident as it stood after one saved update: `sys_updated_at` says when, `sys_mod_count` is its version.
// "?" and an empty field mean "unknown".
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <istream>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <exit_status.hpp>

namespace shell {

// Something in the log that could not be taken as it stands, and what was done about it.
struct log_problem {
  std::uint64_t line = 0;
  std::string incident;
  std::string column;
  std::string value;
  std::string what;  // "is not a date (allowed: ...)"
  std::string done;  // "row kept without it"
};

// Keeps the first problems whole and counts all of them, by column and by what was done.
class log_problems {
 public:
  explicit log_problems(std::size_t kept_max = 1'000) : kept_max_(kept_max) {}

  void add(log_problem problem);
  const std::vector<log_problem>& kept() const { return kept_; }
  std::uint64_t total() const { return total_; }
  // "resolved_at: row kept without it" -> 12
  const std::map<std::string, std::uint64_t>& counts() const { return counts_; }

 private:
  std::size_t kept_max_;
  std::uint64_t total_ = 0;
  std::vector<log_problem> kept_;
  std::map<std::string, std::uint64_t> counts_;
};

// The file as a whole cannot be read as such a log: no header, a mandatory column missing.
struct log_error : io_error {
  using io_error::io_error;
};

// Microseconds since 1970-01-01 00:00; of UTC for an instant, of the local clock for a local time.
using micros = std::int64_t;
inline constexpr micros unknown_time = std::numeric_limits<micros>::min();
inline constexpr micros micros_per_minute = 60'000'000;

// Reads "29-02-2016 08:53" (day first, seconds allowed) and "2016-02-29 08:53:00"; nothing else.
std::optional<micros> parse_local_time(std::string_view text);

struct clock_reading {
  micros instant = unknown_time;
  bool skipped = false;   // the clock jumped over this local time
  bool repeated = false;  // it came twice; the first was taken
};
using local_clock = std::function<clock_reading(micros local)>;
clock_reading utc_clock(micros local);

// Texts are views into the log's pool; empty: unknown. Instants: unknown_time.
struct log_row {
  std::uint64_t line = 0;
  std::optional<std::uint64_t> version;
  micros opened_at = unknown_time;
  micros created_at = unknown_time;
  micros updated_at = unknown_time;
  micros resolved_at = unknown_time;
  micros closed_at = unknown_time;
  std::string_view state;
  std::string_view caller;
  std::string_view opened_by;
  std::string_view updated_by;
  std::string_view contact_type;
  std::string_view location;
  std::string_view category;
  std::string_view subcategory;
  std::string_view symptom;
  std::string_view configuration_item;
  std::string_view impact;
  std::string_view urgency;
  std::string_view priority;
  std::string_view group;
  std::string_view assignee;
  std::string_view problem;
  std::string_view change;
  std::string_view vendor;
  std::string_view caused_by;
  std::string_view closed_code;
  std::string_view resolved_by;
};

struct logged_incident {
  std::string_view number;
  std::vector<log_row> rows;  // in the order in which they were saved; updated_at never goes back
};

// One copy of each text.
class text_pool {
 public:
  text_pool() = default;
  text_pool(text_pool&&) = default;
  text_pool& operator=(text_pool&&) = default;

  std::string_view keep(std::string_view text) {
    const auto known = texts_.find(text);
    return known != texts_.end() ? *known : *texts_.emplace(text).first;
  }

 private:
  struct hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_set<std::string, hash, std::equal_to<>> texts_;
};

struct servicenow_log {
  text_pool texts;
  std::vector<logged_incident> incidents;          // in the order of their first row
  std::vector<std::string> columns_without_place;  // known, but what they say has no place in a desk
  std::vector<std::string> columns_unknown;        // not of this kind of log
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  std::uint64_t rows_moved = 0;      // stood out of order
  std::uint64_t rows_restamped = 0;  // stood in order, with an instant that contradicts the order
  std::uint64_t skipped_times = 0;   // distinct local times that the clock jumped over
  std::uint64_t repeated_times = 0;  // distinct local times that came twice
};

// Called every few thousand rows; false stops the reading.
using reading_progress = std::function<bool(std::uint64_t bytes, std::uint64_t rows)>;

// The text, or the beginning of a longer one with a hash of the whole: a key of at most 100 characters.
std::string key_that_fits(std::string_view text);

// Reads the whole log. Throws csv_error where the file is not CSV, log_error where it is another one.
servicenow_log read_servicenow_log(std::istream& from, const local_clock& clock, log_problems& problems,
                                   const reading_progress& progress = {});

// Moves each row before those that stand ahead of it though both its version and its instant place them behind. Where
// only one of the two says so, the place in the file stands: versions restart, clocks of exporting hosts differ. Rows
// that share a minute go by version, if no version repeats. Answers how many moved.
std::size_t put_in_order(std::vector<log_row>& rows);

// Changes the fewest instants that make `updated_at` never go back, each to that of the row kept before it (at the
// beginning: behind it). Answers the indices of the changed rows, ascending.
std::vector<std::size_t> straighten_instants(std::vector<log_row>& rows);

}  // namespace shell
