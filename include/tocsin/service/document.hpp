// The service graph without a desk, in JSON documents: lines that define services and configuration items, and lines that ask
// what an outage affects. docs/service_graph.md has the forms, each with an example.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/drawing_form.hpp>
#include <tocsin/base/field.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/model/configuration_item.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/service/impact_analysis.hpp>
#include <tocsin/service/service_graph.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t service_graph_lines_max = 1'000'000;   // lines of one document
inline constexpr std::size_t dependency_cycles_max = 100;           // that one answer lists
inline constexpr std::size_t impact_reason_links_max = 20'000'000;  // of all reasons of one answer
}  // namespace limits

// What may be asked; each operation takes some of the members.
struct service_graph_question {
  std::vector<configuration_item> items;  // a graph of the question's own
  std::vector<std::string> failed;
  std::vector<std::string> degraded;
  std::vector<std::string> excluded;
  std::vector<std::string> maintenance;
  drawing_form form = drawing_form::unset;
};

// The members "failed", "degraded", "at_risk": how many items there are of each.
void write_counts(json_writer& to, const impact_analysis& of, std::span<const item_number> affected);

// The reasons of one answer, as keys. An error "service_graph.too_large" where they become too many.
class reason_reader {
 public:
  reason_reader(const service_graph& graph, const impact_analysis& of) : graph_(graph), of_(of) {}
  std::vector<std::string> keys(item_number item);

 private:
  const service_graph& graph_;
  const impact_analysis& of_;
  std::size_t links_ = 0;
};

// The members of an answer to `impact`: how many are affected, and each item, by key.
void write_impact(json_writer& to, const service_graph& graph, const impact_analysis& of);

// What the lines said so far.
class service_graph_session {
 public:
  // The answer to a line, an object: {"defined": ..., "key": ...} for a definition, what was asked for, or {"error": ...}
  // with what was wrong; then the line changed nothing.
  std::string answer(std::string_view line);

  // As above, but what is wrong is thrown.
  std::string execute(std::string_view line);

 private:
  struct definition {
    std::string type;
    tocsin::service service;  // one of the two
    configuration_item item;

    graph_item node() const { return item.key.empty() ? graph_item_of(service) : graph_item_of(item); }
  };

  std::string define(std::string_view line);
  std::string ask(std::string_view line);
  const service_graph& graph();

  std::map<std::string, definition> definitions_;  // by key
  std::unique_ptr<service_graph> graph_;           // of what was defined so far
};

// What a line may define, and what it may ask, for schemas: the tags "define" and "operation".
std::span<const tagged_type> service_graph_definition_types();
std::span<const tagged_type> service_graph_question_types();

// Lines in, lines out: one answer for each of `lines`, to what `book` and the lines before it define. Blank lines have
// no answer. `book` is lines too; a line of it that cannot be is an error, with its number in the detail.
std::string answer_impact_lines(std::string_view book, std::string_view lines);

}  // namespace tocsin::inline v1
