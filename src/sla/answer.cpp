#include "answer.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/record_clocks.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/sla/proof.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace tocsin::inline v1 {
namespace {

instant asked_instant(const desk& d, instant as_of) { return is_set(as_of) ? as_of : d.state().counters.clock; }

const incident_clocks& clocks_of(const incident& record) { return record.part_or_empty<incident_clocks>(); }

std::string_view policy_key(const desk& d, sla_policy_ref policy) {
  return d.state().words.word(word_kind::sla_policy, policy.index);
}

// The clock of a policy: the latest that was on the record by then.
const incident_clock& clock_asked_for(const desk& d, const incident& record, sla_policy_ref policy, instant as_of) {
  const incident_clock* found = nullptr;
  for (const incident_clock& clock : clocks_of(record).clocks) {
    if (clock.state.policy == policy && (!found || clock.terms.front().from <= as_of)) found = &clock;
  }
  if (found) return *found;
  throw error(
      status::not_found, "clock.none",
      d.show_number(record.number) + " has no clock of the policy \"" + std::string(policy_key(d, policy)) + '"');
}

// ---- attainment

constexpr std::string_view by_policy = "policy";

bool counts(const clock_reading& reading) {
  return reading.state == clock_state_kind::met || reading.state == clock_state_kind::stopped;
}

void count(const clock_reading& reading, attainment& to) {
  const bool met = reading.state == clock_state_kind::met;
  to.met += met && !reading.breached;
  to.late += met && reading.breached;
  to.stopped += !met && !reading.breached;
  to.breached += reading.breached;
  to.excused += reading.breached && reading.excused;
}

bool ended_between(const clock_reading& reading, const attainment_query& query) {
  return is_set(reading.ended) && (!is_set(query.from) || query.from <= reading.ended) &&
         (!is_set(query.before) || reading.ended < query.before);
}

// Each cycle of the clock that is asked for.
template <class Visit>
void each_cycle(const incident_clock& clock, const incident& record, const desk& d, const attainment_query& query,
                Visit visit) {
  const sla_clock folded = clock_of(clock, d.state().definitions);
  const std::vector<clock_reading> cycles =
      read_cycles(folded, record.part<incident_clocks>()->clock_history, d.state().counters.clock);
  for (std::size_t i = 0; i < cycles.size(); ++i) {
    const bool wanted = query.cycles == cycles_counted::all || (query.cycles == cycles_counted::first && i == 0) ||
                        (query.cycles != cycles_counted::first && i + 1 == cycles.size());
    if (wanted && counts(cycles[i]) && ended_between(cycles[i], query)) visit(cycles[i]);
  }
}

// In ten-thousandths, rounded down; what has no data has no value (R1).
void write_share(json_writer& to, std::string_view name, std::int64_t part, std::int64_t whole) {
  if (whole != 0) to.member(name, part * 10'000 / whole);
}

void write_attainment(json_writer& to, const attainment& a) {
  const std::int64_t judged = a.met + a.breached;
  to.member("met", a.met);
  to.member("late", a.late);
  to.member("stopped", a.stopped);
  to.member("breached", a.breached);
  to.member("excused", a.excused);
  write_share(to, "kept_per_10000", a.met, judged);
  write_share(to, "kept_or_excused_per_10000", a.met + a.excused, judged);
}

}  // namespace

std::span<const std::string_view> choices(cycles_counted) {
  static constexpr std::string_view all[] = {"first", "last", "all"};
  return all;
}

std::span<const field_row> clocks_query::fields() {
  static constexpr field_row rows[] = {
      row<&clocks_query::incident>("incident", "Incident by number or id", required),
      row<&clocks_query::as_of>("as_of", "The instant asked about; none: the desk's clock"),
  };
  return rows;
}

std::span<const field_row> clock_proof_query::fields() {
  using self = clock_proof_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::policy>("policy", "Policy of the clock", required),
      row<&self::as_of>("as_of", "The instant asked about; none: the desk's clock"),
  };
  return rows;
}

std::span<const field_row> clock_attribution_query::fields() {
  using self = clock_attribution_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::policy>("policy", "Policy of the clock", required),
      row<&self::as_of>("as_of", "The instant asked about; none: the desk's clock"),
  };
  return rows;
}

std::span<const field_row> breaches_ahead_query::fields() {
  using self = breaches_ahead_query;
  static constexpr field_row rows[] = {
      row<&self::within>("within", "How far ahead, in real time from the desk's clock; none: a day",
                         range{0, limits::sla_target_max_us}),
      row<&self::limit>("limit", "How many at most; none: 100",
                        range{0, static_cast<std::int64_t>(limits::find_limit_max)}),
  };
  return rows;
}

std::span<const field_row> attainment_query::fields() {
  using self = attainment_query;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Clocks that ended from then on"),
      row<&self::before>("before", "Clocks that ended before then"),
      row<&self::cycles>("cycles", "Which cycles of a clock count; none: the last"),
      row<&self::by>(
          "by",
          "What to group by: \"policy\", \"month\" (in which the clock ended, in UTC), \"customer\", fields of "
          "words, choices, truths or numbers, or \"custom.<key>\"; none: by policy",
          max_length(4)),
      row<&self::where>("where", "Conditions on the records; every one that is given must hold"),
      row<&self::condition>("condition", "What must hold beside of them, in JsonLogic's syntax"),
      row<&self::categories>("categories", "Under which category a record is counted: as_recorded or as_now"),
      row<&self::category_level>("category_level", "Counted under the category of this level of today's tree",
                                 range{0, static_cast<std::int64_t>(limits::category_depth_max)}),
  };
  return rows;
}

void answer(const answer_context& c, const clocks_query& query) {
  json_writer& to = c.to;
  const definition_table& known = c.d.state().definitions;
  const instant as_of = asked_instant(c.d, query.as_of);
  const incident_clocks& all = clocks_of(*c.record);
  to.begin_object();
  c.write_if_given("as_of", as_of);
  to.key("clocks");
  to.begin_array();
  for (std::size_t i = 0; i < all.clocks.size(); ++i) {
    const sla_clock clock = clock_of(all.clocks[i], known);
    if (clock.terms.front().from > as_of) continue;  // it was not there yet
    to.begin_object();
    to.member("clock", static_cast<std::int64_t>(i + 1));
    const clock_verdict verdict = verdict_of(clock, read_clock(clock, all.clock_history, as_of));
    write_members(to, verdict, c.names);
    if (const compiled_contract* owed = known.of<compiled_contract>().current(verdict.contract.index);
        owed && !owed->definition.vendor.empty()) {
      to.member("vendor", owed->definition.vendor);  // it is the vendor's clock (R-O12)
    }
    to.end_object();
  }
  to.end_array();
  to.end_object();
}

void answer(const answer_context& c, const clock_proof_query& query) {
  const definition_table& known = c.d.state().definitions;
  const instant as_of = asked_instant(c.d, query.as_of);
  const incident_clock& clock = clock_asked_for(c.d, *c.record, query.policy, as_of);
  const clock_proof proof = prove(clock_of(clock, known), clocks_of(*c.record).clock_history, as_of);
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(c.record->number));
  c.write_if_given("as_of", as_of);
  const clock_terms terms = latest_terms(clock, known);
  c.to.member("zone", terms.calendar->zone().name());
  write_members(c.to, proof, c.names);
  c.to.end_object();
}

void answer(const answer_context& c, const clock_attribution_query& query) {
  const instant as_of = asked_instant(c.d, query.as_of);
  const sla_clock clock = clock_of(clock_asked_for(c.d, *c.record, query.policy, as_of), c.d.state().definitions);
  duration whole;
  c.to.begin_object();
  c.write_if_given("as_of", as_of);
  c.to.key("shares");
  c.to.begin_array();
  for (const clock_share& share : attribute(clock, clocks_of(*c.record).clock_history, as_of)) {
    c.to.begin_object();
    c.write_if_given("team", share.team);
    c.write_if_given("assignee", share.assignee);
    c.write("elapsed", share.elapsed);
    c.to.end_object();
    whole = whole + share.elapsed;
  }
  c.to.end_array();
  c.write("elapsed", whole);
  c.to.end_object();
}

std::vector<clock_ahead> breaches_ahead(const desk& d, duration within, person_ref actor) {
  std::vector<clock_ahead> found;
  const instant now = d.state().counters.clock;
  if (!is_set(now)) return found;
  const instant until = now + (within.us == 0 ? day : within);
  const definition_table& known = d.state().definitions;
  const record_filter may_see(d, {}, breaches_ahead_query::descriptor, actor);
  d.state().live.each([&](const incident_ptr& record) {
    if (!record->part<incident_clocks>() || !may_see(*record)) return true;
    std::uint32_t number = 0;
    for (const incident_clock& clock : clocks_of(*record).clocks) {
      ++number;
      const clock_state& state = clock.state;
      const instant deadline = deadline_of(state);
      if (!is_set(deadline) || deadline > until || is_set(state.breached_at)) continue;
      const auto* policy = known.of<sla_agreement>().at(state.policy.index, state.policy_version);
      found.push_back({deadline, state.started, record, number, state.policy,
                       policy ? policy->policy.metric : clock_metric::unset, state.cycle});
    }
    return true;
  });
  std::ranges::sort(found, [](const clock_ahead& a, const clock_ahead& b) {
    return std::tie(a.deadline, a.record->number, a.clock) < std::tie(b.deadline, b.record->number, b.clock);
  });
  return found;
}

void answer(const answer_context& c, const breaches_ahead_query& query) {
  json_writer& to = c.to;
  const std::size_t limit = query.limit == 0 ? 100 : static_cast<std::size_t>(query.limit);
  std::vector<clock_ahead> found = breaches_ahead(c.d, query.within, c.actor());
  if (found.size() > limit) found.resize(limit);
  to.begin_object();
  to.key("clocks");
  to.begin_array();
  for (const clock_ahead& a : found) {
    to.begin_object();
    to.member("incident", c.d.show_number(a.record->number));
    c.write("policy", a.policy);
    c.write("deadline", a.deadline);
    to.end_object();
  }
  to.end_array();
  to.end_object();
}

attainment_answer measure_attainment(const desk& d, const attainment_query& query, person_ref actor) {
  count_query grouped{query.by, query.where, query.condition, query.categories, query.category_level};
  grouped.types = {std::string(all_types)};  // which records have a clock is for its policy to say
  const bool with_policy = query.by.empty() || std::erase(grouped.by, by_policy) != 0;
  attainment_answer answer;
  answer.fields = count_fields(d, grouped);
  std::map<std::pair<std::uint32_t, std::vector<counted_value>>, attainment> groups;
  each_counted(d, grouped, attainment_query::descriptor, actor,
               [&](const incident& record, const std::vector<counted_value>& values) {
                 for (const incident_clock& clock : clocks_of(record).clocks) {
                   const std::uint32_t policy = with_policy ? clock.state.policy.index : 0;
                   if (query.by.empty()) groups[{policy, values}];  // a policy without an ended clock is there, too
                   each_cycle(clock, record, d, query, [&](const clock_reading& reading) {
                     std::vector<counted_value> group = values;
                     set_month(answer.fields, group, reading.ended);
                     count(reading, groups[{policy, std::move(group)}]);
                     count(reading, answer.total);
                     check_groups(groups.size());
                   });
                 }
               });
  for (auto& [group, figures] : groups) answer.groups.push_back({{group.first}, group.second, figures});
  return answer;
}

void answer(const answer_context& c, const attainment_query& query) {
  const attainment_answer measured = measure_attainment(c.d, query, c.actor());
  c.to.begin_object();
  c.to.key(query.by.empty() ? "policies" : "groups");
  c.to.begin_array();
  for (const attainment_group& group : measured.groups) {
    c.to.begin_object();
    c.write_if_given("policy", group.policy);
    c.write_counted(measured.fields, group.values);
    write_attainment(c.to, group.figures);
    c.to.end_object();
  }
  c.to.end_array();
  c.to.key("total");
  c.to.begin_object();
  write_attainment(c.to, measured.total);
  c.to.end_object();
  c.to.end_object();
}

}  // namespace tocsin::inline v1
