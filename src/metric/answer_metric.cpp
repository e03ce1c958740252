#include "answer.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/model/link.hpp>

#include <algorithm>
#include <map>
#include <optional>

namespace tocsin::inline v1 {
namespace {

// ---- a record's states, one after the other

struct state_span {
  instant from;
  state_kind kind;
};

// From its first entry to its last, and through the steps of an imported history.
class state_history {
 public:
  state_history(const desk& d, const incident& record) : known_(d.state().definitions) {
    incident now;
    now.id = record.id;
    for (const entry& e : read_chain(d.storage(), record, UINT64_MAX)) {
      for (const event& happened : e.events) {
        if (happened.record.id == record.id) take(now, happened.body, context_of(e));
      }
      fold_entry(now, context_of(e));
    }
  }

  const std::vector<state_span>& spans() const { return spans_; }

 private:
  void take(incident& now, const event_body& body, event_context context) {
    if (const auto* imported = body.get_if<record_imported>()) {
      for (const import_step& step : imported->history) {
        incident then;
        then.id = now.id;
        context.until = step.at;
        fold(then, body, context, known_);
        note(step.at, then.state_kind);
      }
      context.until = never;
    }
    fold(now, body, context, known_);
    if (!body.holds<record_imported>()) note(std::max(context.stated_at, now.updated_at), now.state_kind);
  }

  void note(instant at, state_kind kind) {
    if (spans_.empty() || spans_.back().kind != kind) spans_.push_back({at, kind});
  }

  const definition_table& known_;
  std::vector<state_span> spans_;
};

// ---- the time between two instants of a record

struct span_of_time {
  instant from;
  instant until;
};

bool is_over(state_kind kind, record_moment stop) {
  return stop == record_moment::closed ? kind == state_kind::closed
                                       : kind == state_kind::resolved || kind == state_kind::closed;
}

instant first_of(const incident& r, record_moment moment) {
  const auto or_opened = [&](instant t) { return is_set(t) ? t : r.opened_at; };
  switch (moment) {
    case record_moment::occurred:
      return or_opened(r.occurred_at);
    case record_moment::detected:
      return or_opened(r.detected_at);
    case record_moment::opened:
      return r.opened_at;
    case record_moment::acknowledged:
      return r.acknowledged_at;
    case record_moment::responded:
      return r.first_response_at;
    case record_moment::work_begun:
      return r.work_begun_at;
    default:
      return no_instant;
  }
}

class stopwatch {
 public:
  stopwatch(const metric& m, const business_calendar* calendar) : m_(m), calendar_(calendar) {}

  // From each start to its stop, in order; the last one without a stop where it goes on.
  std::vector<span_of_time> cycles(const incident& record, const std::vector<state_span>& states) const {
    std::vector<span_of_time> all;
    if (m_.stop < record_moment::resolved) {
      all.push_back({first_of(record, m_.start), first_of(record, m_.stop)});
    } else {
      instant begun = m_.start == record_moment::resolved ? no_instant : first_of(record, m_.start);
      bool over = false;
      for (const state_span& s : states) {
        if (m_.start == record_moment::resolved && s.kind == state_kind::resolved && !is_set(begun)) begun = s.from;
        if (s.kind == state_kind::cancelled) return all;
        const bool ends = is_over(s.kind, m_.stop);
        if (ends && !over && is_set(begun)) all.push_back({begun, s.from});
        if (over && !ends) begun = m_.start == record_moment::resolved ? no_instant : s.from;
        over = ends;
      }
      if (!over && is_set(begun)) all.push_back({begun, no_instant});
    }
    std::erase_if(all, [](const span_of_time& s) { return !is_set(s.from) || (is_set(s.until) && s.until < s.from); });
    return all;
  }

  // The cycles that count; none where it has not stopped.
  std::vector<span_of_time> counted(const std::vector<span_of_time>& cycles) const {
    if (cycles.empty()) return {};
    const span_of_time& end = m_.cycle == metric_cycle::first ? cycles.front() : cycles.back();
    if (!is_set(end.until)) return {};  // it goes on
    if (m_.cycle == metric_cycle::first) return {end};
    if (m_.cycle == metric_cycle::sum) return cycles;
    return {{cycles.front().from, cycles.back().until}};
  }

  duration time_of(const std::vector<span_of_time>& spans, const std::vector<state_span>& states) const {
    duration all;
    for (const span_of_time& s : spans) {
      all = all + between(s.from, s.until);
      if (m_.without_holds) all = all - held(s, states);
    }
    return all;
  }

 private:
  duration between(instant from, instant until) const {
    return calendar_ ? calendar_->elapsed(from, until) : until - from;
  }

  duration held(const span_of_time& s, const std::vector<state_span>& states) const {
    duration all;
    for (std::size_t i = 0; i < states.size(); ++i) {
      if (states[i].kind != state_kind::on_hold) continue;
      const instant from = std::max(states[i].from, s.from);
      const instant until = i + 1 < states.size() ? std::min(states[i + 1].from, s.until) : s.until;
      if (from < until) all = all + between(from, until);
    }
    return all;
  }

  const metric& m_;
  const business_calendar* calendar_;
};

// ---- which records

class population {
 public:
  population(const desk& d, const metric& m) : state_(d.state()), m_(m) {
    if (m.where) where_ = compile_condition(m.where.text, state_.definitions.schemas->record());
  }

  bool has(const incident& r) const {
    if (state_.definitions.base_of(r) != record_base::incident) return false;
    if (!m_.cancelled && r.state_kind == state_kind::cancelled) return false;
    const std::vector<record_link>& links = links_of(r);
    const auto linked = [&](link_kind kind) { return count_links(links, kind) != 0; };
    if ((!m_.duplicates && linked(link_kind::duplicate_of)) || (!m_.children && linked(link_kind::child_of))) {
      return false;
    }
    if (!where_) return true;
    const record_view seen{*state_.definitions.schemas, state_.definitions, state_.words, r, host_person};
    return holds(*where_, seen.data(), state_.counters.clock);
  }

 private:
  const desk_state& state_;
  const metric& m_;
  std::optional<condition> where_;
};

struct sample {
  std::vector<duration> times;
  std::uint64_t unfinished = 0;

  metric_group group(std::vector<counted_value> values) && {
    return {std::move(values), statistics_of(std::move(times)), unfinished};
  }
};

const metric& metric_asked_for(const desk& d, const metric_query& query) {
  const versions<metric>& known = d.state().definitions.of<metric>();
  const std::uint32_t number = query.metric.index;
  const std::uint32_t latest = known.latest(number);
  const auto version = query.version == 0 ? latest : static_cast<std::uint32_t>(query.version);
  if (const metric* found = known.at(number, version)) return *found;
  throw error(status::not_found, "metric.version",
              "/version: the metric \"" + std::string(d.state().words.word(word_kind::metric, number)) +
                  "\" has no version " + std::to_string(version) + ", allowed 1 to " + std::to_string(latest));
}

// What has no data says so, and shows no figure (R1).
void write_times(const answer_context& c, const metric_group& group) {
  c.to.member("count", static_cast<std::int64_t>(group.times.count));
  if (group.times.count == 0) c.to.member_boolean("no_data", true);
  const auto write_time = [&](std::string_view name, const std::optional<duration>& time) {
    if (time) c.write(name, *time);
  };
  write_time("mean", group.times.mean);
  write_time("median", group.times.median);
  write_time("p90", group.times.p90);
  c.to.member("unfinished", static_cast<std::int64_t>(group.unfinished));
}

}  // namespace

std::span<const field_row> metric_query::fields() {
  using self = metric_query;
  static constexpr field_row rows[] = {
      row<&self::metric>("metric", "Metric by its key", required),
      row<&self::version>("version", "Version of it; the latest where none is given", range{0, UINT32_MAX}),
      row<&self::from>("from", "Of the records whose time stopped from then on"),
      row<&self::before>("before", "And before then"),
      row<&self::by>(
          "by",
          "What to group by: fields of words, choices, truths or numbers, \"customer\", \"month\" (in which the "
          "time stopped, in UTC), or \"custom.<key>\"",
          max_length(4)),
      row<&self::where>("where", "Conditions; every one that is given must hold"),
      row<&self::condition>("condition", "Further condition, in JsonLogic's syntax"),
      row<&self::categories>("categories", "Under which category a record is counted: as_recorded or as_now"),
      row<&self::category_level>("category_level", "Counted under the category of this level of today's tree",
                                 range{0, static_cast<std::int64_t>(limits::category_depth_max)}),
  };
  return rows;
}

metric_answer measure(const desk& d, const metric_query& query, person_ref actor) {
  metric_answer answer;
  const metric& m = metric_asked_for(d, query);
  answer.definition = &m;
  answer.version = query.version == 0 ? d.state().definitions.of<metric>().latest(query.metric.index)
                                      : static_cast<std::uint32_t>(query.version);
  const definition_table& known = d.state().definitions;
  const stopwatch watch(
      m, known.of<business_calendar>().current(d.state().words.find(word_kind::business_calendar, m.calendar)));
  const population records(d, m);
  const count_query grouped{query.by, query.where, query.condition, query.categories, query.category_level};
  answer.fields = count_fields(d, grouped);
  const instant before = is_set(query.before) ? query.before : never;

  std::map<std::vector<counted_value>, sample> groups;
  sample total;
  each_counted(d, grouped, metric_query::descriptor, actor,
               [&](const incident& record, const std::vector<counted_value>& values) {
                 if (!records.has(record)) return;
                 if (is_set(query.from) && is_final(record.state_kind) && record.updated_at < query.from) return;
                 const state_history history(d, record);
                 const auto cycles = watch.cycles(record, history.spans());
                 if (cycles.empty() || cycles.front().from >= before) return;
                 const auto counted = watch.counted(cycles);
                 const instant stop = counted.empty() ? no_instant : counted.back().until;
                 if (is_set(stop) && is_set(query.from) && stop < query.from) return;
                 std::vector<counted_value> grouped_by = values;
                 set_month(answer.fields, grouped_by, stop < before ? stop : no_instant);
                 sample& group = groups[grouped_by];
                 check_groups(groups.size());
                 for (sample* to : {&group, &total}) {
                   if (!is_set(stop) || stop >= before) {
                     ++to->unfinished;
                   } else {
                     to->times.push_back(watch.time_of(counted, history.spans()));
                   }
                 }
               });
  for (auto& [values, one] : groups) answer.groups.push_back(std::move(one).group(values));
  answer.total = std::move(total).group({});
  return answer;
}

void answer(const answer_context& c, const metric_query& query) {
  const metric_answer measured = measure(c.d, query, c.actor());
  c.to.begin_object();
  c.to.member("metric", measured.definition->key);
  c.to.member("version", measured.version);  // figures of one version alone are compared (R-C36)
  write_times(c, measured.total);
  if (!measured.fields.empty()) {
    c.to.key("groups");
    c.to.begin_array();
    for (const metric_group& group : measured.groups) {
      c.to.begin_object();
      c.write_counted(measured.fields, group.values);
      write_times(c, group);
      c.to.end_object();
    }
    c.to.end_array();
  }
  c.to.end_object();
}

}  // namespace tocsin::inline v1
