#include <tocsin/service/document.hpp>

#include <algorithm>

#include <tocsin/base/error.hpp>
#include <tocsin/base/findings.hpp>
#include <tocsin/base/json_lines.hpp>
#include <tocsin/base/refusal.hpp>
#include <tocsin/service/draw.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr tagged_type defined_types[] = {
    {"service", service::fields},
    {"configuration_item", configuration_item::fields},
};

using q = service_graph_question;

constexpr field_row items_row = row<&q::items>("items", "A graph of the question's own, in place of what was defined",
                                               max_length(limits::service_graph_items_max));

std::span<const field_row> impact_fields() {
  constexpr max_length most{limits::service_graph_items_max};
  static constexpr field_row rows[] = {
      items_row,
      row<&q::failed>("failed", "Keys of items that have failed", most),
      row<&q::degraded>("degraded", "Keys of items that are degraded", most),
      row<&q::excluded>("excluded", "Keys of items that stay ok and pass nothing on, whatever else is said", most),
      row<&q::maintenance>("maintenance", "Keys of items under agreed maintenance", most),
  };
  return rows;
}

std::span<const field_row> draw_fields() {
  static const std::vector<field_row> rows = [] {
    const std::span<const field_row> own = impact_fields();
    std::vector<field_row> all(own.begin(), own.end());
    all.push_back(row<&q::form>("form", "As what; mermaid where nothing is said"));
    return all;
  }();
  return rows;
}

std::span<const field_row> cycles_fields() {
  static constexpr field_row rows[] = {items_row};
  return rows;
}

enum asked : std::size_t { asks_impact, asks_cycles, asks_drawing };

constexpr tagged_type asked_types[] = {{"impact", impact_fields}, {"cycles", cycles_fields}, {"draw", draw_fields}};

impact_analysis impact_of(const service_graph& graph, const service_graph_question& asked) {
  impact_analysis impact(graph);
  impact.compute({.failed = find_items(graph, "failed", asked.failed),
                  .degraded = find_items(graph, "degraded", asked.degraded),
                  .excluded = find_items(graph, "excluded", asked.excluded),
                  .maintenance = find_items(graph, "maintenance", asked.maintenance)});
  return impact;
}

std::string answer_impact(const service_graph& graph, const service_graph_question& asked) {
  json_writer to;
  to.begin_object();
  write_impact(to, graph, impact_of(graph, asked));
  to.end_object();
  return to.take();
}

std::string answer_drawing(const service_graph& graph, const service_graph_question& asked) {
  json_writer to;
  to.begin_object();
  to.member("drawing", draw_impact(graph, impact_of(graph, asked), asked.form, "impact"));
  to.end_object();
  return to.take();
}

std::string answer_cycles(const service_graph& graph) {
  json_writer to;
  to.begin_object();
  to.key("cycles");
  to.begin_array();
  for (const std::vector<item_number>& cycle : dependency_cycles(graph, limits::dependency_cycles_max)) {
    to.begin_array();
    for (const item_number item : cycle) to.text(graph.key(item));
    to.end_array();
  }
  to.end_array();
  to.end_object();
  return to.take();
}

}  // namespace

std::span<const tagged_type> service_graph_definition_types() { return defined_types; }
std::span<const tagged_type> service_graph_question_types() { return asked_types; }

void write_counts(json_writer& to, const impact_analysis& of, std::span<const item_number> affected) {
  for (const impact_state state : {impact_state::failed, impact_state::degraded, impact_state::at_risk}) {
    to.member(name(state), std::ranges::count(affected, state, [&](item_number item) { return of.state(item); }));
  }
}

std::vector<std::string> reason_reader::keys(item_number item) {
  const std::vector<item_number> reason = of_.reason(item);
  links_ += reason.size();
  if (links_ > limits::impact_reason_links_max) {
    throw error(status::resource_exhausted, "service_graph.too_large",
                "the reasons of this impact have more than " + std::to_string(limits::impact_reason_links_max) +
                    " links together");
  }
  std::vector<std::string> result;
  for (const item_number link : reason) result.emplace_back(graph_.key(link));
  return result;
}

void write_impact(json_writer& to, const service_graph& graph, const impact_analysis& of) {
  const std::vector<item_number> affected = of.affected_by_key();
  write_counts(to, of, affected);
  reason_reader reasons(graph, of);
  to.key("items");
  to.begin_array();
  for (const item_number item : affected) {
    to.begin_object();
    to.member("key", graph.key(item));
    to.member("state", name(of.state(item)));
    to.member_boolean("expected", of.expected(item));
    to.key("reason");
    to.begin_array();
    for (const std::string& key : reasons.keys(item)) to.text(key);
    to.end_array();
    to.end_object();
  }
  to.end_array();
}

std::string service_graph_session::answer(std::string_view line) {
  return answer_line(line, [this](std::string_view one) { return execute(one); });
}

std::string service_graph_session::execute(std::string_view line) {
  return kind_of_line(line).defines ? define(line) : ask(line);
}

std::string service_graph_session::define(std::string_view line) {
  static const tagged_form form{"a definition", "define", {}, defined_types};
  definition one;
  const std::size_t type = read_line(
      line, form, [&](std::size_t of_type) { return of_type == 0 ? static_cast<void*>(&one.service) : &one.item; });
  one.type = defined_types[type].name;
  refuse_findings("service_graph.refused", lint(one.node()));
  const std::string key(one.node().key);
  const auto known = definitions_.find(key);
  if (known != definitions_.end() && known->second.type != one.type) {
    throw unexpected(status::invalid_argument, "service_graph.refused", "/key", refused_value::text(key),
                     "a key that is not that of a " + known->second.type);
  }
  graph_.reset();
  std::string answer = defined_answer(one.type, key);
  definitions_[key] = std::move(one);
  return answer;
}

std::string service_graph_session::ask(std::string_view line) {
  static const tagged_form form{"a question", "operation", {}, asked_types};
  service_graph_question asked;
  const std::size_t type = read_line(line, form, [&](std::size_t) { return &asked; });
  service_graph own;
  if (!asked.items.empty()) {
    std::vector<graph_item> items;
    items.reserve(asked.items.size());
    for (const configuration_item& item : asked.items) items.push_back(graph_item_of(item));
    own = service_graph(items);
  }
  const service_graph& of = asked.items.empty() ? graph() : own;
  switch (type) {
    case asks_impact:
      return answer_impact(of, asked);
    case asks_cycles:
      return answer_cycles(of);
    default:
      return answer_drawing(of, asked);
  }
}

const service_graph& service_graph_session::graph() {
  if (graph_) return *graph_;
  std::vector<graph_item> items;
  items.reserve(definitions_.size());
  for (const auto& [key, one] : definitions_) items.push_back(one.node());
  graph_ = std::make_unique<service_graph>(items, [&](std::size_t i) { return "/" + std::string(items[i].key); });
  return *graph_;
}

std::string answer_impact_lines(std::string_view book, std::string_view lines) {
  service_graph_session session;
  return answer_lines(book, lines, limits::service_graph_lines_max, "service_graph.too_many",
                      [&](std::string_view line) { return session.execute(line); });
}

}  // namespace tocsin::inline v1
