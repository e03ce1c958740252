#include "answer.hpp"

#include <tocsin/desk/history.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/satisfaction.hpp>

#include <algorithm>
#include <map>
#include <numeric>

namespace tocsin::inline v1 {
namespace {

// A cycle that came to its end: it was resolved, or closed without that.
struct resolution {
  std::uint32_t cycle = 0;
  instant at = no_instant;
  std::int64_t told = 0;  // requesters: its own, and those of duplicates
};

bool is_over(state_kind kind) { return kind == state_kind::resolved || kind == state_kind::closed; }

// Each requester once, though they may hear in one entry that it was resolved, and that it closed.
std::int64_t count_told(const entry& e, record_ref record) {
  std::vector<std::uint64_t> told;
  for (const event& happened : e.events) {
    const auto* notice = happened.body.get_if<requester_notice>();
    if (!notice || (notice->cause != notice_cause::resolved && notice->cause != notice_cause::closed)) continue;
    if (!(happened.record == record) && !(notice->original == record)) continue;
    if (std::ranges::find(told, happened.record.id) == told.end()) told.push_back(happened.record.id);
  }
  return static_cast<std::int64_t>(told.size());
}

// From the record's entries; of a history that was imported, the one that it came with.
std::vector<resolution> resolutions_of(const desk& d, const incident& record) {
  std::vector<resolution> all;
  incident now;
  now.id = record.id;
  for (const entry& e : read_chain(d.storage(), record, UINT64_MAX)) {
    const bool was_over = is_over(now.state_kind);
    for (const event& happened : e.events) {
      if (happened.record.id == record.id) fold(now, happened.body, context_of(e), d.state().definitions);
    }
    fold_entry(now, context_of(e));
    if (was_over || !is_over(now.state_kind)) continue;
    const instant at = is_set(now.resolved_at) ? now.resolved_at : now.state_since;
    all.push_back({now.reopen_count + 1, at, count_told(e, {record.id})});
  }
  return all;
}

void add(satisfaction_figures& to, const resolution& one, const std::vector<satisfaction_answer>& answers) {
  std::int64_t answered = 0;
  for (const satisfaction_answer& a : answers) {
    if (a.cycle != one.cycle) continue;
    (a.requester ? to.requesters : to.others).add(a.score);
    answered += a.requester;
  }
  ++to.resolutions;
  to.asked += std::max(one.told, answered);
}

// What has no data says so, and shows no figure (R1).
void write_scores(json_writer& to, const score_figures& f) {
  const std::int64_t answers = f.answers();
  to.begin_object();
  to.member("answers", answers);
  if (answers == 0) {
    to.member_boolean("no_data", true);
  } else {
    to.member("sum", f.sum);
    to.member("mean_thousandths", thousandths(f.sum, answers));
    to.key("scores");
    to.begin_array();
    for (const std::int64_t count : f.scores) to.integer(count);
    to.end_array();
  }
  to.end_object();
}

void write_figures(json_writer& to, const satisfaction_figures& f) {
  const std::int64_t answered = f.requesters.answers();
  to.member("resolutions", f.resolutions);
  to.member("asked", f.asked);
  if (f.asked != 0) to.member("response_thousandths", thousandths(answered, f.asked));
  to.key("requesters");
  write_scores(to, f.requesters);
  to.key("others");
  write_scores(to, f.others);
}

}  // namespace

std::int64_t score_figures::answers() const { return std::accumulate(scores.begin(), scores.end(), std::int64_t{0}); }

void score_figures::add(std::int64_t score) {
  sum += score;
  ++scores[static_cast<std::size_t>(score - 1)];
}

std::int64_t thousandths(std::int64_t part, std::int64_t of) { return (part * 2'000 + of) / (of * 2); }

std::span<const field_row> satisfaction_query::fields() {
  using self = satisfaction_query;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Of resolutions from then on"),
      row<&self::before>("before", "And before then"),
      row<&self::base>("base", "Of incidents, where nothing is said, or of requests"),
      row<&self::by>("by",
                     "What to group by: fields of words, choices, truths or numbers, \"customer\", \"month\" (of the "
                     "resolution, in UTC), or \"custom.<key>\"",
                     max_length(4)),
      row<&self::where>("where", "Conditions; every one that is given must hold"),
      row<&self::condition>("condition", "Further condition, in JsonLogic's syntax"),
      row<&self::categories>("categories", "Under which category a record is counted: as_recorded or as_now"),
      row<&self::category_level>("category_level", "Counted under the category of this level of today's tree",
                                 range{0, static_cast<std::int64_t>(limits::category_depth_max)}),
  };
  return rows;
}

satisfaction_answer_sheet measure_satisfaction(const desk& d, const satisfaction_query& query, person_ref actor) {
  satisfaction_answer_sheet sheet;
  count_query grouped{query.by, query.where, query.condition, query.categories, query.category_level};
  grouped.types = {std::string(all_types)};  // the base says of what
  sheet.fields = count_fields(d, grouped);
  const record_base base = query.base == record_base::unset ? record_base::incident : query.base;
  const instant before = is_set(query.before) ? query.before : never;
  std::map<std::vector<counted_value>, satisfaction_figures> groups;
  each_counted(
      d, grouped, satisfaction_query::descriptor, actor,
      [&](const incident& record, const std::vector<counted_value>& values) {
        if (d.state().definitions.base_of(record) != base) return;
        const bool never_over = !is_over(record.state_kind) && record.reopen_count == 0;
        if (never_over || (is_set(query.from) && is_final(record.state_kind) && record.updated_at < query.from)) return;
        for (const resolution& one : resolutions_of(d, record)) {
          if (one.at >= before || (is_set(query.from) && one.at < query.from)) continue;
          std::vector<counted_value> grouped_by = values;
          set_month(sheet.fields, grouped_by, one.at);
          satisfaction_figures& group = groups[grouped_by];
          check_groups(groups.size());
          for (satisfaction_figures* to : {&group, &sheet.total}) add(*to, one, satisfaction_of(record));
        }
      });
  for (auto& [values, figures] : groups) sheet.groups.push_back({values, figures});
  return sheet;
}

void answer(const answer_context& c, const satisfaction_query& query) {
  const satisfaction_answer_sheet sheet = measure_satisfaction(c.d, query, c.actor());
  c.to.begin_object();
  write_figures(c.to, sheet.total);
  if (!sheet.fields.empty()) {
    c.to.key("groups");
    c.to.begin_array();
    for (const satisfaction_group& group : sheet.groups) {
      c.to.begin_object();
      c.write_counted(sheet.fields, group.values);
      write_figures(c.to, group.figures);
      c.to.end_object();
    }
    c.to.end_array();
  }
  c.to.end_object();
}

}  // namespace tocsin::inline v1
