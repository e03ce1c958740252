#include "answer.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// A group while it is counted.
struct tally {
  summary_group figures;
  std::vector<duration> times;

  summary_group group(std::vector<counted_value> values) && {
    figures.values = std::move(values);
    figures.times = statistics_of(std::move(times));
    return std::move(figures);
  }
};

struct team_tally {
  std::uint64_t open = 0;
  std::uint64_t first_contact = 0;
  std::vector<duration> times;
};

class summariser {
 public:
  summariser(const std::vector<counted_field>& fields, instant as_of) : fields_(fields), as_of_(as_of) {}

  // The fields that `add` looks at.
  static std::vector<std::string_view> reads() {
    return {"opened_at", "resolved_at",  "closed_at",          "cancelled_at", "state",       "team",
            "priority",  "reopen_count", "reassignment_count", "hold_count",   "reply_count", "resolved_by",
            "assignee",  "channel",      "acknowledged_by",    "imported"};
  }

  void add(const incident& r, const std::vector<counted_value>& values) {
    if (!has_come(r.opened_at)) return;
    note(r.opened_at, &volume::opened, values);
    note(r.resolved_at, &volume::resolved, values);
    note(r.closed_at, &volume::closed, values);
    note(r.cancelled_at, &volume::cancelled, values);
    const bool open = !has_come(r.resolved_at) && !has_come(r.closed_at) && !has_come(r.cancelled_at);
    each_tally(values, r.opened_at, [&](tally& to) {
      to.figures.open += open;
      to.figures.reopened += r.reopen_count > 0;
      to.figures.reopenings += r.reopen_count;
      to.figures.reassignments += r.reassignment_count;
    });
    ++states_[r.state.index];
    team_tally& team = teams_[r.team.index];
    team.open += open;
    if (!has_come(r.resolved_at)) return;
    const duration time = r.resolved_at - r.opened_at;
    const bool at_first_contact = is_resolved_at_first_contact(r);
    each_tally(values, r.resolved_at, [&](tally& to) {
      to.times.push_back(time);
      to.figures.first_contact += at_first_contact;
    });
    team.first_contact += at_first_contact;
    team.times.push_back(time);
    priorities_[static_cast<std::size_t>(r.priority)].push_back(time);
  }

  summary take() && {
    summary s;
    s.as_of = as_of_;
    s.total = std::move(total_).group({});
    s.months = std::move(months_);
    for (std::size_t i = 0; i < priorities_.size(); ++i) s.priorities[i] = statistics_of(std::move(priorities_[i]));
    for (auto& [team, one] : teams_) s.teams[team] = {one.open, one.first_contact, statistics_of(std::move(one.times))};
    s.states = std::move(states_);
    s.fields = fields_;
    for (auto& [values, one] : groups_) s.groups.push_back(std::move(one).group(values));
    return s;
  }

 private:
  bool has_come(instant t) const { return is_set(t) && t <= as_of_; }

  void note(instant t, std::uint64_t volume::* what, const std::vector<counted_value>& values) {
    if (!has_come(t)) return;
    ++(months_[month_of(t)].*what);
    each_tally(values, t, [&](tally& to) { ++(to.figures.volumes.*what); });
  }

  // The whole, and the group of something that happened then.
  template <class Change>
  void each_tally(std::vector<counted_value> values, instant t, Change change) {
    change(total_);
    if (fields_.empty()) return;
    set_month(fields_, values, t);
    change(groups_[std::move(values)]);
    check_groups(groups_.size());
  }

  const std::vector<counted_field>& fields_;
  instant as_of_;
  tally total_;
  std::map<std::string, volume> months_;
  std::array<std::vector<duration>, 6> priorities_;
  std::map<std::uint32_t, team_tally> teams_;
  std::map<std::uint32_t, std::uint64_t> states_;
  std::map<std::vector<counted_value>, tally> groups_;
};

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

void write_months(json_writer& to, const summary& s) {
  to.key("by_month");
  to.begin_array();
  std::int64_t backlog = 0;  // opened and neither resolved nor ended, at the end of the month
  for (const auto& [month, v] : s.months) {
    backlog += static_cast<std::int64_t>(v.opened) - static_cast<std::int64_t>(v.resolved + v.cancelled);
    to.begin_object();
    to.member("month", month);
    write_volume(to, v);
    to.member("backlog", backlog);
    to.end_object();
  }
  to.end_array();
}

void write_times(json_writer& to, const summary& s) {
  to.key("time_to_resolve");
  to.begin_array();
  const auto names = choices(priority{});
  for (std::size_t p = 1; p <= names.size(); ++p) {
    to.begin_object();
    to.member("priority", names[p - 1]);
    write_statistics(to, s.priorities[p]);
    to.end_object();
  }
  to.begin_object();
  to.member("priority", "all");
  write_statistics(to, s.total.times);
  to.end_object();
  to.end_array();
}

void write_teams(json_writer& to, const summary& s, const lexicon& words) {
  std::vector<std::pair<std::string_view, const team_summary*>> teams;
  for (const auto& [number, team] : s.teams) teams.emplace_back(words.word(word_kind::team, number), &team);
  std::ranges::sort(teams, [](const auto& a, const auto& b) {
    return a.second->times.count != b.second->times.count ? a.second->times.count > b.second->times.count
                                                          : a.first < b.first;
  });
  to.key("by_team");
  to.begin_array();
  for (const auto& [name, team] : teams) {
    to.begin_object();
    if (!name.empty()) to.member("team", name);
    to.member("open", static_cast<std::int64_t>(team->open));
    to.member("resolved", static_cast<std::int64_t>(team->times.count));
    to.member("resolved_at_first_contact", static_cast<std::int64_t>(team->first_contact));
    write_statistics(to, team->times);
    to.end_object();
  }
  to.end_array();
}

void write_states(json_writer& to, const summary& s, const lexicon& words) {
  to.key("by_state");
  to.begin_array();
  for (const auto& [state, n] : s.states) {
    to.begin_object();
    to.member("state", words.word(word_kind::state, state));
    to.member("count", static_cast<std::int64_t>(n));
    to.end_object();
  }
  to.end_array();
}

void write_counts(json_writer& to, const summary_group& group) {
  write_volume(to, group.volumes);
  to.member("open", static_cast<std::int64_t>(group.open));
  to.member("reopened_incidents", static_cast<std::int64_t>(group.reopened));
  to.member("reopenings", static_cast<std::int64_t>(group.reopenings));
  to.member("reassignments", static_cast<std::int64_t>(group.reassignments));
  to.member("resolved_at_first_contact", static_cast<std::int64_t>(group.first_contact));
}

void write_group(const answer_context& c, const std::vector<counted_field>& fields, const summary_group& group) {
  c.to.begin_object();
  c.write_counted(fields, group.values);
  write_counts(c.to, group);
  c.to.key("time_to_resolve");
  c.to.begin_object();
  write_statistics(c.to, group.times);
  c.to.end_object();
  c.to.end_object();
}

}  // namespace

std::span<const field_row> summary_query::fields() {
  using self = summary_query;
  static constexpr field_row rows[] = {
      row<&self::as_of>("as_of", "As of this instant; the desk's clock where none is given"),
      row<&self::by>("by", count_by_meaning, max_length(4)),
      row<&self::where>("where", "Conditions; every one that is given must hold"),
      row<&self::condition>("condition", "What must hold beside, in JsonLogic's syntax"),
      row<&self::categories>("categories", "Under which category a record is counted: as_recorded or as_now"),
      row<&self::category_level>("category_level", "Counted under the category of this level of today's tree",
                                 range{0, static_cast<std::int64_t>(limits::category_depth_max)}),
  };
  return rows;
}

summary summarise(const desk& d, const summary_query& query, person_ref actor) {
  count_query asked{query.by, query.where, query.condition, query.categories, query.category_level};
  asked.types = {std::string(all_types)};
  asked.as_of = query.as_of;
  const std::vector<counted_field> fields = count_fields(d, asked);
  summariser sums(fields, is_set(query.as_of) ? query.as_of : d.state().counters.clock);
  const auto add = [&](const incident& record, const std::vector<counted_value>& values) {
    if (d.state().definitions.base_of(record) == record_base::incident) sums.add(record, values);
  };
  each_counted(d, asked, summary_query::descriptor, actor, add, summariser::reads());
  return std::move(sums).take();
}

void answer(const answer_context& c, const summary_query& query) {
  const summary s = summarise(c.d, query, c.actor());
  const lexicon& words = c.d.state().words;
  c.to.begin_object();
  c.write_if_given("as_of", s.as_of);
  write_counts(c.to, s.total);
  write_months(c.to, s);
  write_times(c.to, s);
  write_teams(c.to, s, words);
  write_states(c.to, s, words);
  if (!query.by.empty()) {
    c.to.key("groups");
    c.to.begin_array();
    for (const summary_group& group : s.groups) write_group(c, s.fields, group);
    c.to.end_array();
  }
  c.to.end_object();
}

}  // namespace tocsin::inline v1
