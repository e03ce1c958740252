// A year of a service desk as a ServiceNow audit log: what an importer meets, made up from a seed, the same everywhere.
//
//     servicenow_log [--seed N] [--incidents N] [--year YYYY] [--truth FILE] > log.csv
//
// One row is one incident after one saved update. As in real logs, "?" means unknown, times are local and to the minute,
// the final outcome stands on every row, some rows stand out of order, and some say what cannot be. --truth writes what
// an importer must find nevertheless. Whole numbers only, and no distribution of the standard library, whose draws
// differ from one to the next.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

// ---------------------------------------------------------------- chance

// splitmix64 (Steele, Lea, Flood 2014).
struct dice {
  std::uint64_t state;

  std::uint64_t next() {
    state += 0x9E3779B97F4A7C15;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  std::int64_t below(std::int64_t n) { return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n)); }
  std::int64_t between(std::int64_t least, std::int64_t most) { return least + below(most - least + 1); }
  bool in_1000(std::int64_t n) { return below(1000) < n; }

  // The index of one of the weights, each as likely as it is heavy.
  template <std::size_t N>
  std::size_t pick(const std::array<int, N>& weights) {
    std::int64_t sum = 0;
    for (const int weight : weights) sum += weight;
    std::int64_t at = below(sum);
    for (std::size_t i = 0; i < N; ++i) {
      if ((at -= weights[i]) < 0) return i;
    }
    return N - 1;
  }

  // A value whose eighths lie between these bounds.
  std::int64_t draw(const std::array<int, 9>& bounds) {
    const auto eighth = static_cast<std::size_t>(below(8));
    return between(bounds[eighth], bounds[eighth + 1]);
  }
};

// ---------------------------------------------------------------- the desk that we make up

using minutes = std::int64_t;  // since 1970-01-01 00:00 of the local clock
constexpr minutes hour = 60;
constexpr minutes day = 24 * hour;

enum state {
  fresh,
  active,
  awaiting_user_info,
  awaiting_problem,
  awaiting_vendor,
  awaiting_evidence,
  resolved,
  closed
};
constexpr std::array<std::string_view, 8> state_names{
    "New",      "Active", "Awaiting User Info", "Awaiting Problem", "Awaiting Vendor", "Awaiting Evidence",
    "Resolved", "Closed"};

constexpr std::array<int, 8> first_state_weights{707, 240, 17, 0, 0, 0, 36, 0};

// Where a row of work may lead from each state before it is resolved.
constexpr std::array<std::array<int, 6>, 6> next_state_weights{{
    {375, 93, 28, 5, 2, 0},
    {0, 297, 77, 5, 4, 1},
    {0, 26, 195, 2, 1, 0},
    {0, 4, 3, 19, 0, 0},
    {0, 6, 2, 0, 15, 0},
    {0, 2, 0, 0, 0, 3},
}};

constexpr std::array<std::string_view, 3> level_names{"1 - High", "2 - Medium", "3 - Low"};
constexpr std::array<std::string_view, 4> priority_names{"1 - Critical", "2 - High", "3 - Moderate", "4 - Low"};
constexpr std::array<std::array<std::size_t, 3>, 3> priority_of{{{0, 1, 2}, {1, 2, 3}, {2, 3, 3}}};  // impact, urgency
constexpr std::array<int, 9> level_weights{30, 35, 0, 3, 785, 40, 3, 16, 88};  // impact * 3 + urgency

// Minutes from opening to resolving, by eighths; the last one is the long tail.
constexpr std::array<std::array<int, 9>, 4> minutes_to_resolve{{
    {5, 60, 120, 200, 300, 480, 900, 3'000, 20'000},
    {10, 240, 530, 900, 1'680, 2'800, 6'000, 12'000, 30'000},
    {1, 300, 900, 1'800, 3'170, 5'000, 8'500, 15'000, 130'000},
    {7, 900, 2'400, 7'000, 14'600, 24'000, 40'000, 70'000, 240'000},
}};
constexpr std::array<minutes, 4> agreed_minutes{4 * hour, 8 * hour, 4 * day, 6 * day};

// Rows of work between the first and the resolving one, by eighths.
constexpr std::array<int, 9> work_rows{0, 0, 1, 2, 3, 4, 6, 9, 22};

constexpr std::array<int, 7> weekday_weights{1, 23, 21, 19, 18, 16, 2};  // from Sunday
constexpr std::array<int, 24> hour_weights{1,  1,  1,  1,  1,  2,  5,  14, 38, 60, 62, 58,
                                           38, 40, 55, 56, 50, 36, 16, 7,  4,  3,  2,  1};

constexpr std::array<int, 12> group_weights{70, 29, 25, 21, 20, 18, 15, 11, 9, 9, 6, 4};
constexpr std::array<int, 14> category_weights{74, 54, 26, 17, 16, 15, 13, 13, 12, 9, 8, 6, 4, 2};
constexpr std::array<int, 17> closed_code_weights{19, 5, 5, 6, 18, 139, 59, 14, 14, 5, 9, 2, 1, 1, 1, 4, 2};
constexpr std::array<int, 5> contact_weights{990, 4, 3, 2, 1};
constexpr std::array<std::string_view, 5> contact_names{"Phone", "Email", "Self service", "Direct opening", "IVR"};

// What a row says apart from what holds for the whole incident. 0: unknown.
struct row {
  state now = fresh;
  bool state_lost = false;  // written as "-100"
  std::int64_t version = 0;
  minutes updated_at = 0;
  std::int64_t updated_by = 0;
  std::size_t impact = 1;
  std::size_t urgency = 1;
  std::int64_t category = 0;
  std::int64_t subcategory = 0;
  std::int64_t symptom = 0;
  std::int64_t group = 0;
  std::int64_t assignee = 0;
  std::int64_t problem = 0;
  std::int64_t reassignments = 0;
  std::int64_t reopenings = 0;

  std::size_t priority() const { return priority_of[impact][urgency]; }
};

struct incident {
  std::int64_t number = 0;
  minutes opened_at = 0;
  std::optional<minutes> created_at;
  std::int64_t caller = 0;
  std::int64_t opened_by = 0;
  std::int64_t location = 0;
  std::int64_t change = 0;
  std::int64_t caused_by = 0;
  std::int64_t closed_code = 0;
  std::size_t contact = 0;
  bool resolved_at_lost = false;
  std::vector<row> rows;  // in the order in which they were saved
};

bool is_weekend(minutes at) {
  const std::int64_t weekday = (at / day + 4) % 7;
  return weekday == 0 || weekday == 6;
}

// People resolve while they are at work: at night and at the weekend it waits for the next morning.
minutes in_office_hours(minutes at, dice& chance) {
  const minutes time_of_day = at % day;
  if (!is_weekend(at) && time_of_day >= 7 * hour && time_of_day < 20 * hour) return at;
  minutes morning = at - time_of_day + (time_of_day >= 7 * hour ? day : 0);
  while (is_weekend(morning)) morning += day;
  return morning + 8 * hour + chance.below(2 * hour);
}

std::int64_t home_group(std::int64_t category, dice& chance) {
  constexpr std::int64_t front_desk = 1;
  if (category == 0 || chance.in_1000(250)) return front_desk;
  return 1 + (category * 5 + static_cast<std::int64_t>(chance.pick(group_weights))) % 12;
}

std::int64_t resolver_of(std::int64_t group, dice& chance) { return group == 0 ? 0 : group * 8 + chance.below(7); }

// ---------------------------------------------------------------- one incident's life

class life {
 public:
  life(incident& of, dice& chance) : of_(of), chance_(chance) {}

  void live() {
    begin();
    if (now_.now == resolved) {
      of_.resolved_at_lost = true;  // found resolved when it was first seen
    } else {
      // One draw a statement: the order of a call's arguments is the compiler's.
      const minutes wanted = of_.opened_at + chance_.draw(minutes_to_resolve[now_.priority()]);
      const minutes end = std::max(in_office_hours(wanted, chance_), now_.updated_at);
      work_until(end, chance_.draw(work_rows));
      resolve();
    }
    if (chance_.in_1000(20)) reopen();
    if (chance_.in_1000(45)) resolve_again();
    close();
  }

 private:
  void begin() {
    now_.now = static_cast<state>(chance_.pick(first_state_weights));
    const std::size_t levels = chance_.pick(level_weights);
    now_.impact = levels / 3;
    now_.urgency = levels % 3;
    const bool known_category = !chance_.in_1000(10);
    classify(known_category);
    now_.symptom = chance_.in_1000(250) ? 0 : chance_.between(1, 90);
    now_.group = chance_.in_1000(10) ? 0 : home_group(now_.category, chance_);
    now_.assignee = chance_.in_1000(550) ? resolver_of(now_.group, chance_) : 0;
    const minutes delay = now_.now == resolved ? 0 : chance_.below(45);
    if (!chance_.in_1000(320)) of_.created_at = of_.opened_at + delay;
    save(of_.opened_at + delay);
  }

  void classify(bool known) {
    now_.category = known ? 1 + static_cast<std::int64_t>(chance_.pick(category_weights)) : 0;
    now_.subcategory = known ? now_.category * 10 + chance_.below(6) : 0;
  }

  void save(minutes at) {
    now_.updated_at = at;
    now_.updated_by = chance_.in_1000(900) && now_.assignee != 0 ? 100 + now_.assignee : chance_.between(1, 99);
    of_.rows.push_back(now_);
    now_.version += chance_.in_1000(80) ? 2 : 1;  // some saves are not in the log
  }

  void work_until(minutes end, std::int64_t rows) {
    const minutes begin = now_.updated_at;
    std::vector<minutes> times;
    for (std::int64_t i = 0; i < rows; ++i) times.push_back(chance_.between(begin, end));
    std::ranges::sort(times);
    for (std::size_t i = 1; i < times.size(); ++i) {
      if (chance_.in_1000(110)) times[i] = times[i - 1];  // saved twice within a minute
    }
    for (const minutes at : times) {
      work();
      save(at);
    }
    now_.updated_at = end;
  }

  void work() {
    now_.now = static_cast<state>(chance_.pick(next_state_weights[now_.now]));
    if (now_.group != 0 && chance_.in_1000(170)) hand_over();
    if (now_.assignee == 0 && chance_.in_1000(150)) now_.assignee = resolver_of(now_.group, chance_);
    if (chance_.in_1000(8)) now_.impact = static_cast<std::size_t>(chance_.below(2));
    if (chance_.in_1000(5) && now_.impact != 0) now_.urgency = static_cast<std::size_t>(chance_.below(2));
    if (chance_.in_1000(25) && now_.category != 0) classify(true);
    if (now_.problem == 0 && (now_.now == awaiting_problem || chance_.in_1000(15)))
      now_.problem = chance_.between(1, 60);
    if (now_.impact == 0 && now_.urgency == 2) now_.urgency = 1;  // high and low never come together
  }

  void hand_over() {
    const std::int64_t other = 1 + (now_.group + chance_.between(0, 10)) % 12;
    now_.group = other == now_.group ? 1 + other % 12 : other;
    now_.assignee = chance_.in_1000(500) ? resolver_of(now_.group, chance_) : 0;
    ++now_.reassignments;
  }

  void resolve() {
    now_.now = resolved;
    if (now_.assignee == 0 && chance_.in_1000(600)) now_.assignee = resolver_of(now_.group, chance_);
    save(now_.updated_at);
  }

  // The caller says that it is not over.
  void reopen() {
    of_.resolved_at_lost = false;
    now_.now = active;
    ++now_.reopenings;
    save(now_.updated_at + chance_.between(20, 4 * day));
    const minutes end = in_office_hours(now_.updated_at + chance_.between(30, 6 * day), chance_);
    work_until(end, chance_.between(0, 5));
    resolve();
  }

  void resolve_again() {
    of_.resolved_at_lost = false;
    save(now_.updated_at + chance_.between(1, 3 * day));
  }

  // Five days of silence close it, at the next full hour; some callers confirm before.
  void close() {
    const minutes resolved_at = now_.updated_at;
    now_.now = closed;
    if (chance_.in_1000(5)) save(resolved_at + chance_.between(1, 30));  // closed, and once more at the end
    const bool confirmed = chance_.in_1000(50) && of_.rows.back().now == resolved;
    save(confirmed ? resolved_at + chance_.between(1, 3 * day) : (resolved_at + 5 * day) / hour * hour + hour);
    of_.rows.back().updated_by = confirmed ? of_.rows.back().updated_by : 99;
  }

  incident& of_;
  dice& chance_;
  row now_;
};

incident make_incident(std::int64_t number, minutes opened_at, dice& chance) {
  incident made;
  made.number = number;
  made.opened_at = opened_at;
  made.caller = chance.between(1, 2'400);
  made.opened_by = chance.in_1000(7) ? 0 : chance.between(1, 60);
  made.location = chance.in_1000(4) ? 0 : chance.between(1, 110);
  made.change = chance.in_1000(23) ? chance.between(1, 40) : 0;
  made.caused_by = chance.in_1000(3) ? chance.between(1, 9) : 0;
  made.closed_code = chance.in_1000(4) ? 0 : 1 + static_cast<std::int64_t>(chance.pick(closed_code_weights));
  made.contact = chance.pick(contact_weights);
  life(made, chance).live();
  return made;
}

// ---------------------------------------------------------------- the year

minutes beginning_of(int year) {
  return std::chrono::sys_days{std::chrono::year{year} / 1 / 1}.time_since_epoch().count() * day;
}

std::vector<minutes> arrivals(int year, std::int64_t count, dice& chance) {
  const minutes begin = beginning_of(year);
  const std::int64_t days = (beginning_of(year + 1) - begin) / day;
  std::vector<minutes> times;
  while (std::ssize(times) < count) {
    const minutes date = begin + chance.below(days) * day;
    const auto weekday = static_cast<std::size_t>((date / day + 4) % 7);
    if (chance.below(23) >= weekday_weights[weekday]) continue;
    const auto opened_hour = static_cast<minutes>(chance.pick(hour_weights));
    times.push_back(date + std::min(opened_hour * hour + chance.below(hour), day - hour));
  }
  std::ranges::sort(times);
  return times;
}

// The log is taken at the end of the year: what comes later has not happened.
void forget_what_follows(incident& of, minutes end) {
  std::erase_if(of.rows, [&](const row& each) { return each.updated_at >= end; });
}

// ---------------------------------------------------------------- what is true

struct resolve_time {
  std::int64_t count = 0;
  std::int64_t seconds = 0;
};

struct truth {
  std::int64_t incidents = 0;
  std::int64_t rows = 0;
  std::int64_t reopenings = 0;
  std::int64_t open_at_end = 0;  // not closed
  std::int64_t group_changes = 0;
  std::int64_t resolved_at_unknown = 0;
  std::int64_t states_lost = 0;
  std::int64_t swapped = 0;
  std::int64_t misstamped = 0;
  std::int64_t opened_late = 0;
  std::map<std::string_view, std::int64_t> by_final_state;
  std::map<std::string_view, std::int64_t> by_final_priority;
  std::map<std::string_view, resolve_time> resolve_times;
};

bool is_done(const row& each) { return each.now == resolved || each.now == closed; }

// The last row that resolves, if the incident ends resolved or closed.
std::optional<minutes> resolved_at(const incident& of) {
  if (!is_done(of.rows.back())) return {};
  for (auto each = of.rows.rbegin(); each != of.rows.rend(); ++each) {
    if (each->now == resolved) return each->updated_at;
  }
  return {};
}

void add(truth& so_far, const incident& of) {
  const row& last = of.rows.back();
  ++so_far.incidents;
  so_far.rows += std::ssize(of.rows);
  so_far.reopenings += last.reopenings;
  so_far.group_changes += last.reassignments;
  so_far.open_at_end += last.now == closed ? 0 : 1;
  ++so_far.by_final_state[state_names[last.now]];
  ++so_far.by_final_priority[priority_names[last.priority()]];
  const std::optional<minutes> done = resolved_at(of);
  if (!done) return;
  so_far.resolved_at_unknown += of.resolved_at_lost ? 1 : 0;
  resolve_time& time = so_far.resolve_times[priority_names[last.priority()]];
  ++time.count;
  time.seconds += (*done - of.opened_at) * 60;
}

// ---------------------------------------------------------------- how it gets written down wrongly

// The first save comes from before a migration: an older clock, a version of another count, opened only later.
void open_late(incident& of, dice& chance) {
  row& first = of.rows.front();
  const minutes later = first.updated_at + chance.between(20, 150);
  if (of.rows.size() < 3 || is_done(first) || later >= of.rows[1].updated_at) return;
  of.opened_at = later;
  first.version = chance.between(1, of.rows.back().version);
}

// The first save bears the time of a later one.
void misstamp(incident& of) {
  if (of.rows.size() < 4 || of.rows[0].now != of.rows[1].now) return;
  of.rows[0].version = of.rows[1].version;
  of.rows[0].updated_at = of.rows[2].updated_at + 7;
}

void swap_rows(incident& of, dice& chance) {
  const auto at = static_cast<std::size_t>(chance.below(std::ssize(of.rows)));
  if (at + 1 < of.rows.size() && of.rows[at].updated_at < of.rows[at + 1].updated_at) {
    std::swap(of.rows[at], of.rows[at + 1]);
  }
}

void lose_a_state(incident& of, dice& chance) {
  const auto at = static_cast<std::size_t>(chance.below(std::ssize(of.rows)));
  if (at > 0 && of.rows[at].now == of.rows[at - 1].now && !is_done(of.rows[at])) of.rows[at].state_lost = true;
}

// ---------------------------------------------------------------- writing

std::string padded(std::int64_t value, std::size_t width) {
  std::string digits = std::to_string(value);
  return std::string(width - std::min(width, digits.size()), '0') + digits;
}

std::string local_time(minutes at) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{at / day}}};
  return padded(static_cast<unsigned>(date.day()), 2) + '-' + padded(static_cast<unsigned>(date.month()), 2) + '-' +
         padded(static_cast<int>(date.year()), 4) + ' ' + padded(at % day / hour, 2) + ':' + padded(at % hour, 2);
}

std::string named(std::string_view what, std::int64_t number) {
  return number == 0 ? "?" : std::string(what) + ' ' + std::to_string(number);
}

std::string truth_mark(bool value) { return value ? "TRUE" : "FALSE"; }

constexpr std::string_view header =
    "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,"
    "sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,"
    "cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,"
    "rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at\r\n";

// The outcome as it is known when the log is taken: it stands on every row.
struct outcome {
  std::string resolved_at = "?";
  std::string closed_at = "?";
  std::string closed_code = "?";
  std::string resolved_by = "?";
  bool met_agreement = true;
};

outcome outcome_of(const incident& of) {
  outcome result;
  const row& last = of.rows.back();
  const std::optional<minutes> done = resolved_at(of);
  if (!done) return result;
  if (!of.resolved_at_lost) result.resolved_at = local_time(*done);
  result.closed_code = of.closed_code == 0 ? "?" : "code " + std::to_string(of.closed_code);
  result.resolved_by = named("Resolved by", last.assignee == 0 ? 200 + of.caller % 30 : last.assignee);
  result.met_agreement = *done - of.opened_at <= agreed_minutes[last.priority()];
  if (last.now == closed) result.closed_at = local_time(last.updated_at);
  return result;
}

void write(std::string& to, const incident& of, const row& each, const outcome& end) {
  const bool is_closed = each.now == closed;
  const std::array fields{
      "INC" + padded(of.number, 7),
      each.state_lost ? "-100" : std::string(state_names[each.now]),
      truth_mark(!is_closed),
      std::to_string(each.reassignments),
      std::to_string(each.reopenings),
      std::to_string(each.version),
      truth_mark(!is_closed || end.met_agreement),
      named("Caller", of.caller),
      named("Opened by ", of.opened_by),
      local_time(of.opened_at),
      of.created_at ? named("Created by", 1 + of.opened_by) : "?",
      of.created_at ? local_time(*of.created_at) : "?",
      named("Updated by", each.updated_by),
      local_time(each.updated_at),
      std::string(contact_names[of.contact]),
      named("Location", of.location),
      named("Category", each.category),
      named("Subcategory", each.subcategory),
      named("Symptom", each.symptom),
      std::string("?"),
      std::string(level_names[each.impact]),
      std::string(level_names[each.urgency]),
      std::string(priority_names[each.priority()]),
      named("Group", each.group),
      named("Resolver", each.assignee),
      truth_mark(of.number % 120 != 0),
      truth_mark(of.number % 16 == 0),
      std::string("Do Not Notify"),
      named("Problem ID", each.problem),
      named("CHG", of.change),
      std::string("?"),
      named("CHG", of.caused_by),
      end.closed_code,
      end.resolved_by,
      end.resolved_at,
      end.closed_at,
  };
  for (std::size_t i = 0; i < fields.size(); ++i) to += (i == 0 ? "" : ",") + fields[i];
  to += "\r\n";
}

// Spoils the order and the words of a few, then writes the rows as they lie.
void write(std::string& to, incident& of, truth& so_far, dice& chance) {
  if (chance.in_1000(22)) open_late(of, chance);
  const bool opened_late = of.opened_at > of.rows.front().updated_at;
  so_far.opened_late += opened_late ? 1 : 0;
  add(so_far, of);
  const outcome end = outcome_of(of);
  const std::vector<row> in_order = of.rows;
  if (chance.in_1000(8)) {
    misstamp(of);
    so_far.misstamped += of.rows[0].updated_at != in_order[0].updated_at ? 1 : 0;
  } else if (chance.in_1000(4) && !opened_late) {
    swap_rows(of, chance);
    so_far.swapped += std::ranges::equal(of.rows, in_order, {}, &row::updated_at, &row::updated_at) ? 0 : 1;
  } else if (chance.in_1000(3)) {
    lose_a_state(of, chance);
    so_far.states_lost += std::ranges::count(of.rows, true, &row::state_lost);
  }
  for (const row& each : of.rows) write(to, of, each, end);
}

std::string truth_json(const truth& all, std::int64_t seed, std::int64_t year) {
  std::string text = "{";
  const auto member = [&](std::string_view name, const std::string& value) {
    text += (text.ends_with('{') ? "\"" : ", \"") + std::string(name) + "\": " + value;
  };
  const auto counts = [&](std::string_view name, const std::map<std::string_view, std::int64_t>& by) {
    member(name, "{");
    for (const auto& [key, count] : by) member(key, std::to_string(count));
    text += '}';
  };
  member("seed", std::to_string(seed));
  member("year", std::to_string(year));
  member("incidents", std::to_string(all.incidents));
  member("rows", std::to_string(all.rows));
  member("reopenings", std::to_string(all.reopenings));
  member("open_at_end", std::to_string(all.open_at_end));
  member("group_changes", std::to_string(all.group_changes));
  member("resolved_at_unknown", std::to_string(all.resolved_at_unknown));
  member("states_lost", std::to_string(all.states_lost));
  member("swapped", std::to_string(all.swapped));
  member("misstamped", std::to_string(all.misstamped));
  member("opened_late", std::to_string(all.opened_late));
  counts("by_final_state", all.by_final_state);
  counts("by_final_priority", all.by_final_priority);
  member("time_to_resolve", "{");
  for (const auto& [priority, time] : all.resolve_times) {
    const std::string value =
        "{\"count\": " + std::to_string(time.count) + ", \"seconds\": " + std::to_string(time.seconds) + "}";
    member(priority, value);
  }
  return text + "}}\n";
}

// ---------------------------------------------------------------- the program

struct settings {
  std::int64_t seed = 1;
  std::int64_t incidents = 5'000;
  std::int64_t year = 2025;
  std::string truth_file;
};

std::int64_t number_in(const std::string& text, std::int64_t least, std::int64_t most) {
  const bool digits = !text.empty() && text.size() <= 12 && text.find_first_not_of("0123456789") == std::string::npos;
  const std::int64_t value = digits ? std::stoll(text) : -1;
  if (value >= least && value <= most) return value;
  throw std::invalid_argument('"' + text + "\" is not a number from " + std::to_string(least) + " to " +
                              std::to_string(most));
}

settings read_arguments(const std::vector<std::string>& words) {
  settings given;
  for (std::size_t i = 0; i < words.size(); i += 2) {
    if (i + 1 == words.size()) throw std::invalid_argument(words[i] + " needs a value");
    const std::string& value = words[i + 1];
    if (words[i] == "--seed") {
      given.seed = number_in(value, 0, 999'999'999'999);
    } else if (words[i] == "--incidents") {
      given.incidents = number_in(value, 0, 1'000'000);
    } else if (words[i] == "--year") {
      given.year = number_in(value, 1970, 2190);
    } else if (words[i] == "--truth") {
      given.truth_file = value;
    } else {
      throw std::invalid_argument("unknown option " + words[i] + " (allowed: --seed, --incidents, --year, --truth)");
    }
  }
  return given;
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size())
    throw std::runtime_error("the log cannot be written");
}

void run(const settings& given) {
  const int year = static_cast<int>(given.year);
  dice chance{static_cast<std::uint64_t>(given.seed)};
  truth all;
  std::int64_t number = 40;
  std::string text(header);
  for (const minutes opened_at : arrivals(year, given.incidents, chance)) {
    number += chance.between(1, 4);
    incident made = make_incident(number, opened_at, chance);
    forget_what_follows(made, beginning_of(year + 1));
    write(text, made, all, chance);
    print(text);
    text.clear();
  }
  print(text);
  if (std::fflush(stdout) != 0) throw std::runtime_error("the log cannot be written");
  if (given.truth_file.empty()) return;
  std::ofstream file(given.truth_file, std::ios::binary);
  if (!(file << truth_json(all, given.seed, given.year) << std::flush)) {
    throw std::runtime_error(given.truth_file + " cannot be written");
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    run(read_arguments(std::vector<std::string>(argv + std::min(argc, 1), argv + argc)));
    return EXIT_SUCCESS;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "servicenow_log: %s\n", error.what());
    return EXIT_FAILURE;
  }
}
