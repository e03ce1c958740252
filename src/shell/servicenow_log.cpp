#include <servicenow_log.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <unordered_map>
#include <utility>

#include <csv.hpp>

namespace shell {
namespace {

constexpr std::uint64_t rows_between_progress = 4'096;
// What a desk takes, in code points.
constexpr std::size_t key_length_max = 100;
constexpr std::size_t text_length_max = 200;
constexpr std::string_view unknown_mark = "?";

// ---------------------------------------------------------------- texts

// How many bytes the UTF-8 sequence at the beginning of `text` has; 0: it is none.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xC2 ? 0
                             : lead < 0xE0 ? 2
                             : lead < 0xF0 ? 3
                             : lead < 0xF5 ? 4
                                           : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xED && byte(1) > 0x9F;
  const bool too_high = lead == 0xF4 && byte(1) > 0x8F;
  return overlong || surrogate || too_high ? 0 : length;
}

struct clean_text {
  std::string text;
  bool replaced_bytes = false;  // some were not UTF-8
};

// One line of UTF-8: control characters become blanks, bytes that are not UTF-8 the replacement character.
clean_text clean(std::string_view raw) {
  const auto is_plain = [](char c) { return c >= 0x20 && c < 0x7F; };
  if (std::ranges::all_of(raw, is_plain)) return {std::string(raw), false};
  clean_text result;
  while (!raw.empty()) {
    const std::size_t bytes = sequence_length(raw);
    const bool control = bytes == 1 && !is_plain(raw[0]);
    result.text += bytes == 0 ? "\xEF\xBF\xBD" : control ? " " : raw.substr(0, bytes);
    result.replaced_bytes |= bytes == 0;
    raw.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  return result;
}

std::uint64_t fnv_1a(std::string_view text) {
  std::uint64_t hash = 14'695'981'039'346'656'037u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211u;
  return hash;
}

// The first so many code points of UTF-8 text.
std::string_view first_characters(std::string_view text, std::size_t count) {
  if (text.size() <= count) return text;
  std::size_t end = 0;
  while (end < text.size() && count-- > 0) end += std::max<std::size_t>(sequence_length(text.substr(end)), 1);
  return text.substr(0, end);
}

// ---------------------------------------------------------------- columns

enum class column_kind : std::uint8_t { number, text, key, instant, version, no_place };

// A column that we know: what is in it, and where in a row it goes.
struct column {
  std::string_view name;
  column_kind kind = column_kind::no_place;
  bool mandatory = false;
  std::string_view log_row::* text = nullptr;
  micros log_row::* instant = nullptr;
};

constexpr column text_column(std::string_view name, std::string_view log_row::* to, bool mandatory = false) {
  return {name, column_kind::text, mandatory, to, nullptr};
}
constexpr column key_column(std::string_view name, std::string_view log_row::* to) {
  return {name, column_kind::key, false, to, nullptr};
}
constexpr column instant_column(std::string_view name, micros log_row::* to, bool mandatory = false) {
  return {name, column_kind::instant, mandatory, nullptr, to};
}

constexpr std::array known_columns{
    column{"number", column_kind::number, true, nullptr, nullptr},
    text_column("incident_state", &log_row::state, true),
    column{"active"},
    column{"reassignment_count"},
    column{"reopen_count"},
    column{"sys_mod_count", column_kind::version, true, nullptr, nullptr},
    column{"made_sla"},
    key_column("caller_id", &log_row::caller),
    key_column("opened_by", &log_row::opened_by),
    instant_column("opened_at", &log_row::opened_at, true),
    column{"sys_created_by"},
    instant_column("sys_created_at", &log_row::created_at),
    key_column("sys_updated_by", &log_row::updated_by),
    instant_column("sys_updated_at", &log_row::updated_at, true),
    text_column("contact_type", &log_row::contact_type),
    text_column("location", &log_row::location),
    key_column("category", &log_row::category),
    key_column("subcategory", &log_row::subcategory),
    text_column("u_symptom", &log_row::symptom),
    text_column("cmdb_ci", &log_row::configuration_item),
    text_column("impact", &log_row::impact),
    text_column("urgency", &log_row::urgency),
    text_column("priority", &log_row::priority),
    key_column("assignment_group", &log_row::group),
    key_column("assigned_to", &log_row::assignee),
    column{"knowledge"},
    column{"u_priority_confirmation"},
    column{"notify"},
    text_column("problem_id", &log_row::problem),
    text_column("rfc", &log_row::change),
    text_column("vendor", &log_row::vendor),
    text_column("caused_by", &log_row::caused_by),
    key_column("closed_code", &log_row::closed_code),
    key_column("resolved_by", &log_row::resolved_by),
    instant_column("resolved_at", &log_row::resolved_at),
    instant_column("closed_at", &log_row::closed_at),
};

const column* find_column(std::string_view name) {
  const auto found = std::ranges::find(known_columns, name, &column::name);
  return found == known_columns.end() ? nullptr : &*found;
}

std::string quoted(std::string_view text) { return '"' + std::string(text) + '"'; }

void require_mandatory_columns(const std::vector<const column*>& header) {
  std::string missing;
  std::string needed;
  for (const column& each : known_columns) {
    if (!each.mandatory) continue;
    needed += (needed.empty() ? "" : ", ") + std::string(each.name);
    if (std::ranges::find(header, &each) == header.end()) missing += (missing.empty() ? "" : ", ") + quoted(each.name);
  }
  if (missing.empty()) return;
  throw log_error("the header lacks " + missing + ": this is not a ServiceNow incident log (needed: " + needed + ")");
}

// What stands in each field of a row; nullptr: nothing that we know.
std::vector<const column*> read_header(csv_reader& from, servicenow_log& log) {
  csv_row names;
  if (!from.next(names)) throw log_error("the file is empty (allowed: a header line, then rows)");
  std::vector<const column*> header;
  for (const std::string& name : names.fields) {
    const column* known = find_column(name);
    if (known != nullptr && std::ranges::find(header, known) != header.end()) {
      throw log_error("the header names " + quoted(name) + " twice");
    }
    header.push_back(known);
    if (known == nullptr) log.columns_unknown.push_back(clean(name).text);
    if (known != nullptr && known->kind == column_kind::no_place) log.columns_without_place.push_back(name);
  }
  require_mandatory_columns(header);
  return header;
}

// ---------------------------------------------------------------- dates

std::optional<int> parse_digits(std::string_view text) {
  if (text.empty() || text.size() > 9) return {};
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return {};
    value = value * 10 + (c - '0');
  }
  return value;
}

std::optional<micros> make_local(std::optional<int> year, std::optional<int> month, std::optional<int> day,
                                 std::optional<int> minute_of_day, std::optional<int> second) {
  if (!year || !month || !day || !minute_of_day || !second || *year < 1900 || *year > 2199) return {};
  const std::chrono::year_month_day date{std::chrono::year{*year}, std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return {};
  const micros days = std::chrono::sys_days{date}.time_since_epoch().count();
  return ((days * 1'440 + *minute_of_day) * 60 + *second) * 1'000'000;
}

std::optional<int> parse_minute_of_day(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return {};
  const auto hour = parse_digits(text.substr(0, 2));
  const auto minute = parse_digits(text.substr(3, 2));
  if (!hour || !minute || *hour > 23 || *minute > 59) return {};
  return *hour * 60 + *minute;
}

std::optional<int> parse_seconds(std::string_view text) {
  if (text.empty()) return 0;
  if (text.size() != 3 || text[0] != ':') return {};
  const auto second = parse_digits(text.substr(1));
  return second && *second < 60 ? second : std::nullopt;
}

// A clock that is asked once for each local time, and counts the odd ones.
class remembered_clock {
 public:
  remembered_clock(const local_clock& clock, servicenow_log& log) : clock_(clock), log_(log) {}

  micros instant(micros local) {
    const auto [place, is_new] = known_.try_emplace(local);
    if (is_new) {
      const clock_reading reading = clock_(local);
      place->second = reading.instant;
      log_.skipped_times += reading.skipped ? 1 : 0;
      log_.repeated_times += reading.repeated ? 1 : 0;
    }
    return place->second;
  }

 private:
  const local_clock& clock_;
  servicenow_log& log_;
  std::unordered_map<micros, micros> known_;
};

// ---------------------------------------------------------------- rows

class row_reader {
 public:
  row_reader(servicenow_log& log, const local_clock& clock, log_problems& problems)
      : log_(log), clock_(clock, log), problems_(problems) {}

  // Reads one row into its incident, or says why not.
  void read(const csv_row& from, const std::vector<const column*>& header) {
    line_ = from.line;
    number_ = {};
    if (from.fields.size() != header.size()) {
      report("", std::to_string(from.fields.size()) + " fields",
             "is not a whole row (the header has " + std::to_string(header.size()) + ")", "row skipped");
      return;
    }
    log_row row;
    row.line = from.line;
    read_number(from, header);
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (header[i] != nullptr) read_field(row, *header[i], from.fields[i]);
    }
    if (number_.empty()) return report("number", "?", "is unknown", "row skipped");
    if (row.updated_at == unknown_time) {
      return report("sys_updated_at", "?", "is unknown: the row cannot be placed in time", "row skipped");
    }
    incident().rows.push_back(row);
  }

 private:
  void read_number(const csv_row& from, const std::vector<const column*>& header) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (header[i] != nullptr && header[i]->kind == column_kind::number) number_ = keep(*header[i], from.fields[i]);
    }
  }

  void read_field(log_row& row, const column& to, std::string_view field) {
    if (field.empty() || field == unknown_mark) return;
    switch (to.kind) {
      case column_kind::text:
      case column_kind::key:
        row.*to.text = keep(to, field);
        break;
      case column_kind::instant:
        row.*to.instant = read_instant(to, field);
        break;
      case column_kind::version:
        row.version = read_version(to, field);
        break;
      case column_kind::number:
      case column_kind::no_place:
        break;
    }
  }

  std::string_view keep(const column& from, std::string_view field) {
    if (field.empty() || field == unknown_mark) return {};
    clean_text cleaned = clean(field);
    if (cleaned.replaced_bytes) {
      report(from.name, cleaned.text, "holds bytes that are not UTF-8", "row kept, U+FFFD in their place");
    }
    const std::string fitting = from.kind == column_kind::text
                                    ? std::string(first_characters(cleaned.text, text_length_max))
                                    : key_that_fits(cleaned.text);
    if (fitting != cleaned.text) {
      report(from.name, cleaned.text, "is longer than it may be", "row kept, with " + quoted(fitting));
    }
    return log_.texts.keep(fitting);
  }

  micros read_instant(const column& from, std::string_view field) {
    const std::optional<micros> local = parse_local_time(field);
    if (local) return clock_.instant(*local);
    report(from.name, field, "is not a date (allowed: dd-mm-yyyy hh:mm, yyyy-mm-dd hh:mm:ss, ?)",
           "row kept without it");
    return unknown_time;
  }

  std::optional<std::uint64_t> read_version(const column& from, std::string_view field) {
    const std::optional<int> version = parse_digits(field);
    if (!version) report(from.name, field, "is not a version (allowed: 0, 1, 2, ...)", "row kept without it");
    return version ? std::optional<std::uint64_t>(static_cast<std::uint64_t>(*version)) : std::nullopt;
  }

  logged_incident& incident() {
    const auto [place, is_new] = index_of_.try_emplace(number_, log_.incidents.size());
    if (is_new) log_.incidents.push_back({number_, {}});
    return log_.incidents[place->second];
  }

  void report(std::string_view column, std::string_view value, std::string what, std::string done) {
    std::string shown = clean(first_characters(value, text_length_max)).text;
    problems_.add(
        {line_, std::string(number_), std::string(column), std::move(shown), std::move(what), std::move(done)});
  }

  servicenow_log& log_;
  remembered_clock clock_;
  log_problems& problems_;
  std::unordered_map<std::string_view, std::size_t> index_of_;
  std::uint64_t line_ = 0;
  std::string_view number_;
};

// ---------------------------------------------------------------- order

bool versions_are_distinct(const std::vector<log_row>& rows) {
  std::vector<std::uint64_t> versions;
  for (const log_row& row : rows) {
    if (row.version) versions.push_back(*row.version);
  }
  std::ranges::sort(versions);
  return std::ranges::adjacent_find(versions) == versions.end();
}

void report_restamped(const logged_incident& incident, const log_row& as_logged, const log_row& as_taken,
                      log_problems& problems) {
  const bool back = as_taken.updated_at < as_logged.updated_at;
  problems.add({as_logged.line, std::string(incident.number), "sys_updated_at", "",
                std::string("lies ") + (back ? "after the row that follows" : "before the row ahead") +
                    ", which place in the file and version contradict",
                std::string("row kept in its place, at the instant of its ") + (back ? "successor" : "predecessor")});
}

void order_rows(servicenow_log& log, log_problems& problems) {
  for (logged_incident& incident : log.incidents) {
    log.rows_moved += put_in_order(incident.rows);
    if (std::ranges::is_sorted(incident.rows, {}, &log_row::updated_at)) continue;
    const std::vector<log_row> as_logged = incident.rows;
    const std::vector<std::size_t> changed = straighten_instants(incident.rows);
    log.rows_restamped += changed.size();
    for (const std::size_t i : changed) report_restamped(incident, as_logged[i], incident.rows[i], problems);
  }
}

}  // namespace

void log_problems::add(log_problem problem) {
  ++total_;
  ++counts_[(problem.column.empty() ? "row" : problem.column) + ": " + problem.done];
  if (kept_.size() < kept_max_) kept_.push_back(std::move(problem));
}

std::optional<micros> parse_local_time(std::string_view text) {
  if (text.size() < 16 || text[10] != ' ') return {};
  const auto minute = parse_minute_of_day(text.substr(11, 5));
  const auto second = parse_seconds(text.substr(16));
  if (text[2] == '-' && text[5] == '-') {
    return make_local(parse_digits(text.substr(6, 4)), parse_digits(text.substr(3, 2)), parse_digits(text.substr(0, 2)),
                      minute, second);
  }
  if (text[4] == '-' && text[7] == '-') {
    return make_local(parse_digits(text.substr(0, 4)), parse_digits(text.substr(5, 2)), parse_digits(text.substr(8, 2)),
                      minute, second);
  }
  return {};
}

clock_reading utc_clock(micros local) { return {local, false, false}; }

std::size_t put_in_order(std::vector<log_row>& rows) {
  const bool by_version_within_a_minute = versions_are_distinct(rows);
  const auto belongs_before = [&](const log_row& row, const log_row& other) {
    if (!row.version || !other.version || *row.version >= *other.version) return false;
    return row.updated_at < other.updated_at || (by_version_within_a_minute && row.updated_at == other.updated_at);
  };
  // "Belongs before" is a partial order, so inserting each row before the first that it belongs before keeps all pairs.
  std::size_t moved = 0;
  std::uint64_t highest = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint64_t version = rows[i].version.value_or(highest);
    if (version < highest) {
      const auto row = rows.begin() + static_cast<std::ptrdiff_t>(i);
      const auto place = std::find_if(rows.begin(), row, [&](const log_row& o) { return belongs_before(*row, o); });
      if (place != row) ++moved;
      std::rotate(place, row, row + 1);
    }
    highest = std::max(highest, version);
  }
  return moved;
}

std::vector<std::size_t> straighten_instants(std::vector<log_row>& rows) {
  // The longest subsequence that never goes back stays (patience sorting): ends[k] is the row on which the best one of
  // length k + 1 ends, before[i] the row ahead of row i in it.
  constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  std::vector<std::size_t> ends;
  std::vector<std::size_t> before(rows.size(), none);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto end =
        std::ranges::upper_bound(ends, rows[i].updated_at, {}, [&](std::size_t e) { return rows[e].updated_at; });
    if (end != ends.begin()) before[i] = *(end - 1);
    if (end == ends.end()) {
      ends.push_back(i);
    } else {
      *end = i;
    }
  }
  std::vector<bool> stays(rows.size(), false);
  for (std::size_t i = ends.empty() ? none : ends.back(); i != none; i = before[i]) stays[i] = true;

  std::vector<std::size_t> changed;
  const auto first_kept = static_cast<std::size_t>(std::ranges::find(stays, true) - stays.begin());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (stays[i]) continue;
    rows[i].updated_at = rows[i < first_kept ? first_kept : i - 1].updated_at;
    changed.push_back(i);
  }
  return changed;
}

std::string key_that_fits(std::string_view text) {
  if (first_characters(text, key_length_max).size() == text.size()) return std::string(text);
  constexpr std::string_view digits = "0123456789abcdef";
  std::string key = std::string(first_characters(text, key_length_max - 17)) + "~";
  std::uint64_t hash = fnv_1a(text);
  for (int i = 0; i < 16; ++i, hash >>= 4) key += digits[hash & 15];
  return key;
}

servicenow_log read_servicenow_log(std::istream& from, const local_clock& clock, log_problems& problems,
                                   const reading_progress& progress) {
  servicenow_log log;
  csv_reader csv(from);
  const std::vector<const column*> header = read_header(csv, log);
  row_reader rows(log, clock, problems);
  for (csv_row row; csv.next(row);) {
    rows.read(row, header);
    ++log.rows;
    if (progress && log.rows % rows_between_progress == 0 && !progress(csv.bytes_read(), log.rows)) break;
  }
  log.bytes = csv.bytes_read();
  order_rows(log, problems);
  return log;
}

}  // namespace shell
