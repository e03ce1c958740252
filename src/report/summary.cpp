#include <tocsin/report/summary.hpp>

#include <tocsin/base/json.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/time/civil.hpp>

#include <algorithm>
#include <array>
#include <map>

namespace tocsin::inline v1 {
namespace {

struct month {
  int year = 0;
  unsigned number = 0;
  auto operator<=>(const month&) const = default;
};

month month_of(instant t) {
  const civil_date date = civil_from_days(floor_div(t.us, day.us));
  return {date.year, date.month};
}

std::string shown(const month& m) {
  return std::to_string(m.year) + (m.number < 10 ? "-0" : "-") + std::to_string(m.number);
}

struct volume {
  std::uint64_t opened = 0, resolved = 0, closed = 0, cancelled = 0;
};

struct team_figures {
  std::uint64_t open = 0;
  std::vector<duration> times;
};

struct figures {
  volume total;
  std::uint64_t open = 0, reopened = 0, reopenings = 0, reassignments = 0;
  std::map<month, volume> months;
  std::array<std::vector<duration>, 6> times;  // by priority
  std::vector<duration> all_times;
  std::map<std::uint32_t, team_figures> teams;
  std::map<std::uint32_t, std::uint64_t> states;
};

void add(figures& f, const incident& r, instant as_of) {
  const auto counts = [&](instant t) { return is_set(t) && t <= as_of; };
  if (!counts(r.opened_at)) return;
  const auto note = [&](instant t, std::uint64_t volume::* what) {
    if (!counts(t)) return;
    ++(f.total.*what);
    ++(f.months[month_of(t)].*what);
  };
  note(r.opened_at, &volume::opened);
  note(r.resolved_at, &volume::resolved);
  note(r.closed_at, &volume::closed);
  note(r.cancelled_at, &volume::cancelled);
  f.reopened += r.reopen_count > 0;
  f.reopenings += r.reopen_count;
  f.reassignments += r.reassignment_count;
  ++f.states[r.state.index];
  team_figures& team = f.teams[r.team.index];
  if (!counts(r.resolved_at) && !counts(r.closed_at) && !counts(r.cancelled_at)) {
    ++f.open;
    ++team.open;
  }
  if (counts(r.resolved_at)) {
    const duration time = r.resolved_at - r.opened_at;
    f.times[static_cast<std::size_t>(r.priority)].push_back(time);
    f.all_times.push_back(time);
    team.times.push_back(time);
  }
}

void write_statistics(json_writer& to, const time_statistics& s) {
  to.member("count", static_cast<std::int64_t>(s.count));
  const auto write = [&](std::string_view name, const std::optional<duration>& time) {
    if (!time) return;
    to.key(name);
    write_value(to, detail::type_of<duration>, &*time, {});
  };
  write("mean", s.mean);
  write("median", s.median);
  write("p90", s.p90);
}

void write_volume(json_writer& to, const volume& v) {
  to.member("opened", static_cast<std::int64_t>(v.opened));
  to.member("resolved", static_cast<std::int64_t>(v.resolved));
  to.member("closed", static_cast<std::int64_t>(v.closed));
  to.member("cancelled", static_cast<std::int64_t>(v.cancelled));
}

void write_months(json_writer& to, const figures& f) {
  to.key("by_month");
  to.begin_array();
  std::int64_t backlog = 0;  // opened and neither resolved nor ended, at the end of the month
  for (const auto& [m, v] : f.months) {
    backlog += static_cast<std::int64_t>(v.opened) - static_cast<std::int64_t>(v.resolved + v.cancelled);
    to.begin_object();
    to.member("month", shown(m));
    write_volume(to, v);
    to.member("backlog", backlog);
    to.end_object();
  }
  to.end_array();
}

void write_times(json_writer& to, figures& f) {
  to.key("time_to_resolve");
  to.begin_array();
  const auto names = choices(priority{});
  for (std::size_t p = 1; p <= names.size(); ++p) {
    to.begin_object();
    to.member("priority", names[p - 1]);
    write_statistics(to, statistics_of(std::move(f.times[p])));
    to.end_object();
  }
  to.begin_object();
  to.member("priority", "all");
  write_statistics(to, statistics_of(std::move(f.all_times)));
  to.end_object();
  to.end_array();
}

void write_teams(json_writer& to, figures& f, const lexicon& words) {
  std::vector<std::pair<std::string, team_figures*>> teams;
  for (auto& [number, team] : f.teams) teams.emplace_back(words.word(word_kind::team, number), &team);
  std::ranges::sort(teams, [](const auto& a, const auto& b) {
    return a.second->times.size() != b.second->times.size() ? a.second->times.size() > b.second->times.size()
                                                            : a.first < b.first;
  });
  to.key("by_team");
  to.begin_array();
  for (auto& [name, team] : teams) {
    to.begin_object();
    if (!name.empty()) to.member("team", name);
    to.member("open", static_cast<std::int64_t>(team->open));
    to.member("resolved", static_cast<std::int64_t>(team->times.size()));
    write_statistics(to, statistics_of(std::move(team->times)));
    to.end_object();
  }
  to.end_array();
}

}  // namespace

std::span<const field_row> summary_query::fields() {
  static constexpr field_row rows[] = {
      row<&summary_query::as_of>("as_of", "Up to this instant; the desk's clock where none is given"),
  };
  return rows;
}

time_statistics statistics_of(std::vector<duration> times) {
  time_statistics s;
  s.count = times.size();
  if (times.empty()) return s;
  std::ranges::sort(times);
  std::int64_t whole = 0;  // of the mean, and what is left over, so that no sum overflows
  std::int64_t rest = 0;
  const auto n = static_cast<std::int64_t>(times.size());
  for (const duration t : times) {
    whole += floor_div(t.us, n);
    rest += floor_mod(t.us, n);
  }
  s.mean = duration{whole + floor_div(rest, n)};
  const std::size_t middle = times.size() / 2;
  s.median = times.size() % 2 == 1 ? times[middle]
                                   : times[middle - 1] + duration{(times[middle].us - times[middle - 1].us) / 2};
  s.p90 = times[(times.size() * 9 + 9) / 10 - 1];
  return s;
}

// Requests, and what a desk keeps beside both, never enter the figures of incidents (L9).
static bool is_incident(const desk& d, const incident& record) {
  const record_type* type = d.state().definitions.record_types.current(record.type.index);
  return !type || type->base == record_base::incident;
}

void write_summary(json_writer& to, const desk& d, const summary_query& query) {
  const instant as_of = is_set(query.as_of) ? query.as_of : d.state().counters.clock;
  figures f;
  each_record(d, {}, [&](const incident_ptr& record) {
    if (is_incident(d, *record)) add(f, *record, as_of);
    return true;
  });
  to.begin_object();
  if (is_set(as_of)) {
    char text[text_form::size_max];
    to.member("as_of", std::string_view(text, text_form_of(as_of).write(as_of.us, text)));
  }
  write_volume(to, f.total);
  to.member("open", static_cast<std::int64_t>(f.open));
  to.member("reopened_incidents", static_cast<std::int64_t>(f.reopened));
  to.member("reopenings", static_cast<std::int64_t>(f.reopenings));
  to.member("reassignments", static_cast<std::int64_t>(f.reassignments));
  write_months(to, f);
  write_times(to, f);
  write_teams(to, f, d.state().words);
  to.key("by_state");
  to.begin_array();
  for (const auto& [state, n] : f.states) {
    to.begin_object();
    to.member("state", d.state().words.word(word_kind::state, state));
    to.member("count", static_cast<std::int64_t>(n));
    to.end_object();
  }
  to.end_array();
  to.end_object();
}

}  // namespace tocsin::inline v1
