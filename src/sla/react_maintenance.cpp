// Agreed maintenance: what the windows of the desk are to the clocks of a record (S13). Only what lies ahead ever changes:
// what is announced, moved or called off counts from then on, and no verdict changes after the fact.
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/service/maintenance_cover.hpp>
#include <tocsin/sla/events.hpp>

#include "desk/react.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_left_out(const definition_table& known) {
  for (std::uint32_t number = 1; number <= known.of<sla_agreement>().size(); ++number) {
    const sla_agreement* agreement = known.of<sla_agreement>().current(number);
    if (agreement && agreement->rules.excludes_maintenance && !agreement->policy.withdrawn) return true;
  }
  return false;
}

// A window that names sources is about what these machines report.
bool concerns(const incident_maintenance& window, const condition* where, const incident& record,
              const decision& given) {
  const auto& sources = window.maintenance_sources;
  if (!is_about(window, record, given.state.words.word(word_kind::service, record.service.index))) return false;
  const auto* const reported = record.part<incident_monitoring>();
  if (!sources.empty() && (!reported || std::ranges::find(sources, reported->source) == sources.end())) return false;
  if (!where) return true;
  const record_view seen{*given.state.definitions.schemas, given.state.definitions, given.state.words, record,
                         given.actor};
  return holds(*where, seen.data(), given.at);
}

// In order, those that overlap or touch as one.
std::vector<time_span> joined(std::vector<time_span> spans) {
  std::ranges::sort(spans, {}, &time_span::from);
  std::vector<time_span> result;
  for (const time_span& span : spans) {
    if (!result.empty() && result.back().until >= span.from) {
      result.back().until = std::max(result.back().until, span.until);
    } else {
      result.push_back(span);
    }
  }
  return result;
}

std::vector<time_span> from_then_on(std::span<const time_span> spans, instant from) {
  std::vector<time_span> result;
  for (const time_span& span : spans) {
    if (span.until > from) result.push_back({std::max(span.from, from), span.until});
  }
  return result;
}

std::vector<time_span> windows_of(const incident& record, const decision& given, instant from) {
  std::vector<time_span> spans;
  given.state.events.each_window(given.state.live, [&](const incident& known, const condition* where) {
    const incident_ptr window = given.records.find({known.id});  // it may be changing in this very entry
    const incident_maintenance& m = *window->part<incident_maintenance>();
    if (is_final(window->state_kind) || !concerns(m, where, record, given)) return;
    spans.push_back({m.maintenance_from, m.maintenance_until});
  });
  return joined(from_then_on(spans, from));
}

}  // namespace

void react_by_agreed_maintenance(const incident& record, const decision& given, std::vector<event>& more) {
  const auto* const clocks = record.part<incident_clocks>();
  if (!clocks || is_final(record.state_kind)) return;
  const clock_history& history = clocks->clock_history;
  if (!given.state.events.has_windows() && history.maintenance.empty()) return;
  // Of a record that is being logged nothing has been judged yet, though it may have been reported long ago (S2).
  const bool is_new = record.version == 0 && !record.imported;
  const instant from = is_new ? history.opened : given.recorded_at;
  std::vector<time_span> agreed;
  if (is_left_out(given.state.definitions)) agreed = windows_of(record, given, from);
  if (agreed == from_then_on(history.maintenance, from)) return;
  more.push_back({{record.id}, 0, maintenance_agreed{from, std::move(agreed)}});
}

}  // namespace tocsin::inline v1
