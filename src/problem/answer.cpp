#include "answer.hpp"

#include <tocsin/desk/history.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/desk/recurrence_memory.hpp>
#include <tocsin/model/known_error.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/problem/problem.hpp>
#include <tocsin/problem/recurrence_pareto.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t default_rows = 100;
constexpr std::int64_t rows_max = 10'000;

// Calls `visit` for each incident, but for requests and what is no work, that the actor may ask of.
template <class Visit>
void each_incident(const answer_context& c, const find_conditions& where, Visit visit) {
  const record_filter may_see(c.d, {}, c.asked, c.actor());
  each_record(c.d, where, [&](const incident_ptr& record) {
    if (c.d.state().definitions.base_of(*record) == record_base::incident && may_see(*record)) visit(*record);
    return true;
  });
}

instant or_never(instant until) { return is_set(until) ? until : never; }

// ---- causes

void write_numbers(json_writer& to, const std::vector<std::uint32_t>& numbers) {
  to.begin_array();
  for (const std::uint32_t one : numbers) to.integer(one);
  to.end_array();
}

// ---- known at opening

// A known error that was applied to it, or that its problem has, was there before it.
bool was_known(const desk& d, const incident& record) {
  const auto is_older = [&](record_ref known) {
    const incident_ptr published = known ? d.find(known) : nullptr;
    return published && published->opened_at <= record.opened_at;
  };
  for (const applied_known_error& one : known_errors_of(record)) {
    if (one.outcome != known_error_outcome::not_helped && is_older(one.known_error)) return true;
  }
  return std::ranges::any_of(links_of(record), [&](const record_link& link) {
    if (link.kind != link_kind::caused_by || !link.record) return false;
    const incident_ptr problem = d.find(link.record);
    const auto* const part = problem ? problem->part<record_problem>() : nullptr;
    return part && is_older(part->known_error);
  });
}

// ---- workarounds

bool has_open_problem(const desk& d, const incident& record) {
  return std::ranges::any_of(links_of(record), [&](const record_link& link) {
    if (link.kind != link_kind::caused_by || !link.record) return false;
    const incident_ptr problem = d.find(link.record);
    return problem && problem->part<record_problem>() && is_open(problem->state_kind);
  });
}

bool is_workaround(const answer_context& c, const workarounds_without_problem_query& query, resolution_code_ref code) {
  if (!query.codes.empty()) return std::ranges::find(query.codes, code) != query.codes.end();
  const std::string_view word = c.d.state().words.word(word_kind::resolution_code, code.index);
  return word == "workaround" || word == "known_error";
}

// ---- what recurs

std::string problem_as_json(const answer_context& c, const incident& problem) {
  json_writer to;
  to.text(c.d.show_number(problem.number));
  return to.take();
}

void add_root_causes(const answer_context& c, const incident& problem, std::set<std::string>& values) {
  const std::vector<problem_cause>& causes = problem.part<record_problem>()->causes;
  for (const std::uint32_t number : root_causes(causes)) {
    json_writer to;
    to.begin_object();
    to.member("problem", c.d.show_number(problem.number));
    to.member("cause", std::int64_t{number});
    to.member("text", causes[number - 1].text);
    to.end_object();
    values.insert(to.take());
  }
}

// Of the problems that cause the incident, as far as the actor may see them; or of their root causes. As JSON.
std::vector<std::string> causing(const answer_context& c, const incident& record, pareto_dimension by) {
  std::set<std::string> values;
  for (const record_link& link : links_of(record)) {
    if (link.kind != link_kind::caused_by || !link.record || c.by.hides(link.record)) continue;
    const incident_ptr problem = c.d.find(link.record);
    if (!problem || !problem->part<record_problem>()) continue;
    if (by == pareto_dimension::problem) values.insert(problem_as_json(c, *problem));
    if (by == pareto_dimension::cause) add_root_causes(c, *problem, values);
  }
  return {values.begin(), values.end()};
}

// As recurrence rules have it.
recurrence_dimension dimension_of_rules(pareto_dimension by) {
  return by > pareto_dimension::customer ? recurrence_dimension::unset : static_cast<recurrence_dimension>(by);
}

}  // namespace

std::span<const field_row> causes_query::fields() {
  using self = causes_query;
  static constexpr field_row rows[] = {
      row<&self::problem>("problem", "Problem by number or id", required),
      row<&self::as_of>("as_of", "As it was then; as it is now where none is given"),
      row<&self::drawing>("drawing", "Draw them, too: mermaid, dot or svg"),
  };
  return rows;
}

void answer(const answer_context& c, const causes_query& query) {
  const incident_ptr then = get(c.d, {query.problem, query.as_of, 0});
  const auto* const problem = then->part<record_problem>();
  if (!problem) {
    throw error(status::failed_precondition, "problem.none", c.d.show_number(then->number) + " is not a problem");
  }
  c.to.begin_object();
  c.write_if_given("causes", problem->causes);
  c.to.key("root_causes");
  write_numbers(c.to, root_causes(problem->causes));
  c.to.key("why_chains");
  c.to.begin_array();
  for (const std::vector<std::uint32_t>& chain : why_chains(problem->causes)) write_numbers(c.to, chain);
  c.to.end_array();
  c.write_if_given("diagnostic_actions", problem->diagnostic_actions);
  if (query.drawing != drawing_form::unset) {
    const std::string title = c.d.show_number(then->number) + " " + then->text->title;
    c.to.member("drawing", draw_causes(title, problem->causes, query.drawing));
  }
  c.to.end_object();
}

std::span<const field_row> known_at_opening_query::fields() {
  using self = known_at_opening_query;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Incidents that were opened then or later", required),
      row<&self::until>("until", "And before then; none: up to now"),
  };
  return rows;
}

void answer(const answer_context& c, const known_at_opening_query& query) {
  std::int64_t incidents = 0;
  std::int64_t known = 0;
  find_conditions where;
  where.opened_at = {query.from, or_never(query.until)};
  each_incident(c, where, [&](const incident& record) {
    if (!recurs(c.d.state(), record)) return;
    ++incidents;
    known += was_known(c.d, record) ? 1 : 0;
  });
  c.to.begin_object();
  c.to.member("incidents", incidents);
  c.to.member("known", known);
  c.to.member("new", incidents - known);
  if (incidents != 0) c.to.member("known_permille", known * 1000 / incidents);
  c.to.end_object();
}

std::span<const field_row> workarounds_without_problem_query::fields() {
  using self = workarounds_without_problem_query;
  static constexpr field_row rows[] = {
      row<&self::from>("from", "Incidents that were resolved then or later"),
      row<&self::until>("until", "And before then; none: up to now"),
      row<&self::codes>("codes", "Resolution codes that are workarounds; none: workaround and known_error",
                        max_length(200)),
      row<&self::limit>("limit", "So many are listed; 100 where nothing is given", range{1, rows_max}),
  };
  return rows;
}

void answer(const answer_context& c, const workarounds_without_problem_query& query) {
  std::vector<std::uint64_t> found;
  find_conditions where;
  where.resolved_at = {is_set(query.from) ? query.from : instant_min, or_never(query.until)};
  each_incident(c, where, [&](const incident& record) {
    if (record.permanent || !is_workaround(c, query, record.resolution_code)) return;
    if (!has_open_problem(c.d, record)) found.push_back(record.number);
  });
  std::ranges::sort(found);
  const auto limit = static_cast<std::size_t>(query.limit == 0 ? default_rows : query.limit);
  c.to.begin_object();
  c.to.member("count", std::ssize(found));
  c.to.key("incidents");
  c.to.begin_array();
  for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) c.to.text(c.d.show_number(found[i]));
  c.to.end_array();
  c.to.end_object();
}

std::span<const field_row> recurrence_query::fields() {
  using self = recurrence_query;
  static constexpr field_row rows[] = {
      row<&self::by>("by", "What incidents are counted by", required),
      row<&self::category_level>("category_level", "Categories from the top; none: all of the path",
                                 range{1, limits::category_depth_max}),
      row<&self::from>("from", "Those opened then or later", required),
      row<&self::until>("until", "Those opened before; none: up to now"),
      row<&self::least>("least", "Values of so many incidents at least; 1 where none is given",
                        range{1, limits::recurrence_count_max}),
      row<&self::limit>("limit", "So many values at most; 100 where none is given", range{1, rows_max}),
  };
  return rows;
}

void answer(const answer_context& c, const recurrence_query& query) {
  const recurrence_dimension by = dimension_of_rules(query.by);
  recurrence_pareto counted(by, query.category_level);
  find_conditions where;
  where.opened_at = {query.from, or_never(query.until)};
  each_incident(c, where, [&](const incident& record) {
    if (!recurs(c.d.state(), record)) return;
    if (by == recurrence_dimension::unset) {
      counted.add(causing(c, record, query.by));
    } else {
      counted.add(traits_of(c.d.state(), record));
    }
  });
  c.to.begin_object();
  counted.write(c.to, query.least, query.limit);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
