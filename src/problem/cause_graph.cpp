#include <tocsin/problem/cause_graph.hpp>

#include <algorithm>
#include <functional>

#include "base/graph.hpp"
#include "base/picture.hpp"

namespace tocsin::inline v1 {
namespace {

using detail::digraph;
using detail::edge;

constexpr max_length full_text{limits::text_length_max};

// Vertex 0 is the problem. An edge leads from what is explained to what explains it.
digraph graph_of(std::span<const problem_cause> causes,
                 const std::function<bool(const problem_cause&, const explained_cause&)>& has) {
  std::vector<edge> edges;
  for (const problem_cause& cause : causes) {
    for (const explained_cause& one : cause.explains) {
      if (has(cause, one)) edges.push_back({one.cause, cause.number});
    }
  }
  return {causes.size() + 1, edges};
}

bool is_confirmed(std::span<const problem_cause> causes, std::uint32_t number) {
  return number == 0 || causes[number - 1].status == cause_status::confirmed;
}

void lint_explained(std::span<const problem_cause> causes, std::size_t i, std::vector<std::string>& findings) {
  const std::string path = "/causes/" + std::to_string(i) + "/explains";
  const std::vector<explained_cause>& explains = causes[i].explains;
  if (explains.empty()) findings.push_back(path + ": it explains nothing; 0 is the problem");
  for (std::size_t j = 0; j < explains.size(); ++j) {
    const std::string here = path + "/" + std::to_string(j);
    if (explains[j].cause > causes.size()) {
      findings.push_back(here + ": there is no cause " + std::to_string(explains[j].cause));
    }
    const auto before = std::span(explains).first(j);
    if (std::ranges::find(before, explains[j].cause, &explained_cause::cause) != before.end()) {
      findings.push_back(here + ": it explains " + std::to_string(explains[j].cause) + " twice");
    }
  }
}

// Numbers and what they explain are in order.
void lint_circles(std::span<const problem_cause> causes, std::vector<std::string>& findings) {
  const digraph all = graph_of(causes, [](const problem_cause&, const explained_cause&) { return true; });
  const std::vector<detail::vertex> cycle = detail::find_cycle(all);
  if (cycle.empty()) return;
  std::string way;
  for (const detail::vertex one : cycle) way += std::to_string(one) + " <- ";
  findings.push_back("/causes: they explain themselves in a circle: " + way + std::to_string(cycle.front()));
}

std::string_view name_of(cause_status status) { return choices(status)[static_cast<std::size_t>(status) - 1]; }

detail::picture_look look_of(cause_status status) {
  switch (status) {
    case cause_status::confirmed:
      return {.fill = "#e6f2e6", .stroke = "#2a6b2a"};
    case cause_status::ruled_out:
      return {.fill = "#f4f4f4", .stroke = "#999999"};
    default:
      return {.fill = "#fdfbe6", .stroke = "#8d8a2a"};
  }
}

}  // namespace

std::span<const std::string_view> choices(cause_status) {
  static constexpr std::string_view all[] = {"hypothesis", "confirmed", "ruled_out"};
  return all;
}

std::span<const std::string_view> choices(cause_role) {
  static constexpr std::string_view all[] = {"why", "contributing"};
  return all;
}

std::span<const std::string_view> choices(evidence_weight) {
  static constexpr std::string_view all[] = {"supports", "contradicts"};
  return all;
}

std::span<const field_row> cause_evidence::fields() {
  using self = cause_evidence;
  static constexpr field_row rows[] = {
      row<&self::text>("text", "What was seen", erasable, required, full_text),
      row<&self::weight>("weight", "Does it speak for the cause or against it", always),
      row<&self::by>("by", "Who says so"),
      row<&self::at>("at", "When"),
  };
  return rows;
}

std::span<const field_row> explained_cause::fields() {
  using self = explained_cause;
  static constexpr field_row rows[] = {
      row<&self::cause>("cause", "Number of the cause that is explained; 0: the problem itself", always),
      row<&self::role>("role", "Does it bring that about, or contribute to it", always),
  };
  return rows;
}

std::span<const field_row> problem_cause::fields() {
  using self = problem_cause;
  static constexpr field_row rows[] = {
      row<&self::number>("number", "Its number, from 1", always),
      row<&self::text>("text", "The cause", erasable, required, full_text),
      row<&self::status>("status", "Is it a hypothesis, confirmed or ruled out", always),
      row<&self::explains>("explains", "What it explains", max_length(limits::explained_max)),
      row<&self::evidence>("evidence", "What speaks for it and against it", max_length(limits::cause_evidence_max)),
      row<&self::stated_by>("stated_by", "Who stated it"),
      row<&self::stated_at>("stated_at", "When"),
      row<&self::decided_by>("decided_by", "Who confirmed it or ruled it out"),
      row<&self::decided_at>("decided_at", "When"),
      row<&self::reason>("reason", "Why", erasable, full_text),
  };
  return rows;
}

std::span<const field_row> diagnostic_action::fields() {
  using self = diagnostic_action;
  static constexpr field_row rows[] = {
      row<&self::text>("text", "What was done to find out", erasable, required, full_text),
      row<&self::result>("result", "What came of it", erasable, full_text),
      row<&self::cause>("cause", "Number of the cause that it tests; none: no cause in particular"),
      row<&self::by>("by", "Who did it"),
      row<&self::at>("at", "When"),
  };
  return rows;
}

std::vector<std::string> lint_explanations(std::span<const problem_cause> causes) {
  std::vector<std::string> findings;
  for (std::size_t i = 0; i < causes.size(); ++i) lint_explained(causes, i, findings);
  if (findings.empty()) lint_circles(causes, findings);
  return findings;
}

std::vector<std::string> lint(std::span<const problem_cause> causes) {
  std::vector<std::string> findings;
  for (std::size_t i = 0; i < causes.size(); ++i) {
    const std::string path = "/causes/" + std::to_string(i);
    if (causes[i].number != i + 1) {
      findings.push_back(path + "/number: found " + std::to_string(causes[i].number) + ", allowed " +
                         std::to_string(i + 1));
    }
    const bool is_decided = causes[i].status == cause_status::confirmed || causes[i].status == cause_status::ruled_out;
    if (is_decided && causes[i].reason.empty() && causes[i].evidence.empty()) {
      findings.push_back(path + "/reason: what is confirmed or ruled out has a reason or evidence");
    }
    lint_explained(causes, i, findings);
  }
  if (findings.empty()) lint_circles(causes, findings);
  return findings;
}

std::vector<std::uint32_t> root_causes(std::span<const problem_cause> causes) {
  const digraph confirmed = graph_of(causes, [&](const problem_cause& cause, const explained_cause& one) {
    return is_confirmed(causes, cause.number) && is_confirmed(causes, one.cause);
  });
  const digraph whys = graph_of(causes, [&](const problem_cause& cause, const explained_cause& one) {
    return cause.status == cause_status::confirmed && one.role != cause_role::contributing;
  });
  const detail::vertex problem[] = {0};
  const std::vector<bool> reached = detail::reachable_from(confirmed, problem);
  std::vector<std::uint32_t> roots;
  for (std::uint32_t number = 1; number <= causes.size(); ++number) {
    if (reached[number] && whys.targets(number).empty()) roots.push_back(number);
  }
  return roots;
}

std::vector<std::vector<std::uint32_t>> why_chains(std::span<const problem_cause> causes) {
  const digraph whys = graph_of(causes, [](const problem_cause& cause, const explained_cause& one) {
    return cause.status != cause_status::ruled_out && one.role != cause_role::contributing;
  });
  std::vector<std::vector<std::uint32_t>> chains;
  std::vector<std::uint32_t> chain;
  // No deeper than there are causes, as there are no circles.
  const std::function<void(std::uint32_t)> follow = [&](std::uint32_t from) {
    if (whys.targets(from).empty() && !chain.empty()) chains.push_back(chain);
    for (const detail::vertex next : whys.targets(from)) {
      if (chains.size() == limits::why_chains_max) return;
      chain.push_back(next);
      follow(next);
      chain.pop_back();
    }
  };
  follow(0);
  return chains;
}

std::string draw_causes(std::string_view problem, std::span<const problem_cause> causes, drawing_form form) {
  detail::picture drawn{std::string(problem), {}, {}, {}};
  drawn.boxes.push_back({{std::string(problem)}, {.fill = "#fbe6e6", .stroke = "#8d2a2a"}});
  for (const problem_cause& cause : causes) {
    drawn.boxes.push_back({{cause.text, std::string(name_of(cause.status))}, look_of(cause.status)});
    for (const explained_cause& one : cause.explains) {
      const bool contributes = one.role == cause_role::contributing;
      drawn.links.push_back({cause.number, one.cause, contributes ? "contributes" : "", false});
    }
  }
  switch (form) {
    case drawing_form::dot:
      return as_dot(drawn);
    case drawing_form::svg:
      return as_svg(drawn);
    default:
      return as_mermaid(drawn);
  }
}

}  // namespace tocsin::inline v1
