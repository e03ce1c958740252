// What became of the events of machines, by source (R-C13).
#include "answer.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/monitoring/events.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>

namespace tocsin::inline v1 {
namespace {

struct source_figures {
  std::int64_t raised = 0;
  std::int64_t repeated = 0;
  std::int64_t cleared = 0;
  std::int64_t held_back = 0;
  std::int64_t bundled = 0;
  std::int64_t ignored = 0;
  std::int64_t heartbeats_missed = 0;
  std::int64_t incidents = 0;
  std::int64_t false_alarms = 0;
  std::int64_t unacknowledged = 0;
};

class event_counter {
 public:
  event_counter(const answer_context& c, const event_figures_query& query) : c_(c), query_(query) {}

  void count_events() {
    const std::uint64_t end = c_.d.state().counters.sequence;
    sha256 hasher;
    c_.d.storage().scan_entries(1, end, false, [&](const stored_entry& stored) {
      c_.d.step("query", stored.sequence, end);
      if (is_purged(stored)) return true;
      const entry e = decode_entry(stored, hasher);
      if (e.recorded_at < query_.from) return true;
      if (is_set(query_.until) && e.recorded_at >= query_.until) return false;
      for (const event& happened : e.events) count(happened);
      return true;
    });
  }

  // Of those that a machine raised, watches and windows aside.
  void count_incidents() {
    const record_filter may_see(c_.d, {}, c_.asked, c_.actor());
    find_conditions where;
    where.opened_at = {query_.from, is_set(query_.until) ? query_.until : never};
    each_record(c_.d, where, [&](const incident_ptr& record) {
      const auto* const of = record->part<incident_monitoring>();
      if (!of || of->source.empty() || is_set(of->last_heartbeat_at) || !may_see(*record)) return true;
      if (source_figures* const figures = of_source(of->source)) count(*record, *of, *figures);
      return true;
    });
  }

  void write() const {
    c_.to.begin_object();
    c_.to.key("sources");
    c_.to.begin_array();
    for (const auto& [source, figures] : by_source_) write(source, figures);
    c_.to.end_array();
    c_.to.end_object();
  }

 private:
  // Null: it is not asked for.
  source_figures* of_source(const std::string& source) {
    return query_.source.empty() || query_.source == source ? &by_source_[source] : nullptr;
  }

  bool is_shown(const event& happened) const {
    const incident_ptr record = happened.record ? c_.d.find(happened.record) : nullptr;
    return may_query(c_.d.state(), c_.asked, c_.actor(), record.get()) && !c_.by.hides(happened);
  }

  // What an event counts as; nothing: as nothing.
  struct counted {
    std::string source;
    std::int64_t source_figures::* as;
  };

  std::optional<counted> counted_as(const event& happened) const {
    const event_body& body = happened.body;
    if (const auto* e = body.get_if<occurrence_added>()) {
      return counted{e->source, e->count == 1 ? &source_figures::raised : &source_figures::repeated};
    }
    if (const auto* e = body.get_if<event_held_back>(); e && e->signal != event_signal::clear) {
      return counted{e->source, &source_figures::held_back};
    }
    if (const auto* e = body.get_if<event_cleared>()) return counted{e->source, &source_figures::cleared};
    if (const auto* e = body.get_if<event_bundled>()) return counted{e->source, &source_figures::bundled};
    if (const auto* e = body.get_if<event_ignored>()) return counted{e->source, &source_figures::ignored};
    if (!body.holds<heartbeat_missed>()) return std::nullopt;
    const incident_ptr watch = c_.d.find(happened.record);
    const auto* const of = watch ? watch->part<incident_monitoring>() : nullptr;
    return of ? std::optional(counted{of->source, &source_figures::heartbeats_missed}) : std::nullopt;
  }

  void count(const event& happened) {
    const std::optional<counted> one = counted_as(happened);
    if (!one || !is_shown(happened)) return;
    if (source_figures* const figures = of_source(one->source)) ++(figures->*one->as);
  }

  bool says_false_alarm(std::string_view word) const {
    if (query_.false_alarms.empty()) return word == "false_alarm";
    return std::ranges::find(query_.false_alarms, word) != query_.false_alarms.end();
  }

  void count(const incident& record, const incident_monitoring& of, source_figures& to) const {
    const lexicon& words = c_.d.state().words;
    ++to.incidents;
    const bool was_false = says_false_alarm(words.word(word_kind::state, record.state.index)) ||
                           says_false_alarm(words.word(word_kind::resolution_code, record.resolution_code.index));
    to.false_alarms += was_false ? 1 : 0;
    const bool looked_at = is_set(record.acknowledged_at) && record.acknowledged_at <= of.cleared_at;
    to.unacknowledged += is_set(of.cleared_at) && !looked_at ? 1 : 0;
  }

  void write(std::string_view source, const source_figures& figures) const {
    json_writer& to = c_.to;
    to.begin_object();
    to.member("source", source);
    to.member("raised", figures.raised);
    to.member("repeated", figures.repeated);
    to.member("cleared", figures.cleared);
    to.member("held_back", figures.held_back);
    to.member("bundled", figures.bundled);
    to.member("ignored", figures.ignored);
    to.member("heartbeats_missed", figures.heartbeats_missed);
    to.member("incidents", figures.incidents);
    to.member("false_alarms", figures.false_alarms);
    to.member("cleared_unacknowledged", figures.unacknowledged);
    to.end_object();
  }

  const answer_context& c_;
  const event_figures_query& query_;
  std::map<std::string, source_figures, std::less<>> by_source_;
};

}  // namespace

std::span<const field_row> event_figures_query::fields() {
  using self = event_figures_query;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Events recorded, and incidents opened, then or later", required),
      row<&self::until>("until", "And before then; none: up to now"),
      row<&self::source>("source", "Of this source alone", one_line, max_length(limits::key_length_max)),
      row<&self::false_alarms>("false_alarms",
                               "States and resolution codes that say that an incident was none; false_alarm where none "
                               "is given",
                               max_length(100)),
  };
  return rows;
}

void answer(const answer_context& c, const event_figures_query& query) {
  event_counter counted(c, query);
  counted.count_events();
  counted.count_incidents();
  counted.write();
}

}  // namespace tocsin::inline v1
