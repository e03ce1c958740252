#include <tocsin/desk/suggestion.hpp>

#include <tocsin/desk/permission.hpp>
#include <tocsin/knowledge/words.hpp>
#include <tocsin/model/configuration_item.hpp>
#include <tocsin/model/known_error.hpp>
#include <tocsin/service/affected_item.hpp>
#include <tocsin/service/service_graph.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr std::string_view category_prefix = "category:";
constexpr std::string_view service_prefix = "service:";
constexpr std::string_view code_prefix = "code:";
constexpr std::string_view item_prefix = "item:";

std::string mark_of(category_ref category) { return std::string(category_prefix) + std::to_string(category.index); }
std::string mark_of(service_ref service) { return std::string(service_prefix) + std::to_string(service.index); }
std::string mark_of_item(std::string_view key) { return std::string(item_prefix) + std::string(key); }
std::string mark_of_code(std::string_view code) { return std::string(code_prefix) + std::string(code); }

void add_words(std::vector<std::string>& words, std::string_view text) {
  for (std::string& word : words_of(text)) words.push_back(std::move(word));
}

void add_codes(std::vector<std::string>& marks, std::string_view text) {
  for (const std::string& code : error_codes_of(text)) marks.push_back(mark_of_code(code));
}

void add_items(std::vector<std::string>& marks, const incident& record) {
  std::size_t count = 0;
  for (const affected_item& one : affected_items_of(record)) {
    if (one.how == affected_how::not_affected) continue;
    if (++count > limits::suggestible_items_max) return;
    marks.push_back(mark_of_item(one.item));
  }
}

std::int32_t in_percent(std::int32_t points, std::int32_t percent) { return points * percent / 100; }

// One is the other's, or some way above it in the tree.
bool is_above(const category_tree& tree, std::uint32_t one, std::uint32_t other) {
  const std::vector<std::uint32_t> path = tree.path_of(other);
  return std::ranges::find(path, one) != path.end();
}

// The same category as the tree has it now, then those above and below: what was moved or replaced counts as what it has
// become (L7).
void ask_for_categories(category_ref asked, std::int32_t percent, const desk_state& state, text_question& question) {
  const category_tree& tree = *state.definitions.category_tree;
  const std::uint32_t wanted = tree.now(asked.index);
  std::vector<weighted_mark> near;
  for (std::uint32_t number = 1; number <= state.definitions.of<category>().size(); ++number) {
    const std::uint32_t now = tree.now(number);
    if (now == wanted) {
      question.marks.push_back({mark_of(category_ref{number}), in_percent(category_points, percent)});
    } else if (is_above(tree, now, wanted) || is_above(tree, wanted, now)) {
      near.push_back({mark_of(category_ref{number}), in_percent(near_category_points, percent)});
    }
  }
  for (weighted_mark& mark : near) question.marks.push_back(std::move(mark));
}

// ---- the service graph

using first_keys = std::set<std::string, std::less<>>;  // no more than suggestion_neighbours_max

void keep_first(first_keys& all, std::string_view key) {
  if (all.size() == limits::suggestion_neighbours_max && key >= *all.rbegin()) return;
  all.emplace(key);
  if (all.size() > limits::suggestion_neighbours_max) all.erase(std::prev(all.end()));
}

void add_needed(const graph_item& of, first_keys& to) {
  for (const auto& plain : {of.depends_on, of.runs_on, of.part_of}) {
    for (const std::string& key : plain) keep_first(to, key);
  }
  for (const dependency_group& group : of.groups) {
    for (const std::string& key : group.members) keep_first(to, key);
  }
}

// What the item needs, and what needs it.
void add_neighbours(std::string_view key, const desk_state& state, first_keys& to) {
  const definition_table& known = state.definitions;
  const service_graph& graph = *known.service_graph;
  const item_number item = graph.find(key);
  if (item == no_item) return;
  if (const auto* one = known.of<configuration_item>().current(state.words.find(word_kind::configuration_item, key))) {
    add_needed(graph_item_of(*one), to);
  }
  if (const auto* one = known.of<service>().current(state.words.find(word_kind::service, key))) {
    add_needed(graph_item_of(*one), to);
  }
  graph.each_dependent(item, [&](dependent by) { keep_first(to, graph.key(graph.owner(by))); });
}

// The first of a name counts.
void ask_for(std::string mark, std::int32_t points, text_question& question) {
  const bool is_asked = std::ranges::find(question.marks, mark, &weighted_mark::mark) != question.marks.end();
  if (!is_asked) question.marks.push_back({std::move(mark), points});
}

// A record may be about a service in two ways: it names it as its service, or as an item that it affects.
void ask_for_item(std::string_view key, std::int32_t points, const desk_state& state, text_question& question) {
  ask_for(mark_of_item(key), points, question);
  const std::uint32_t service = state.words.find(word_kind::service, key);
  if (service != 0) ask_for(mark_of(service_ref{service}), points, question);
}

// What it affects, or else its service; then their neighbours.
void ask_for_items(const described_trouble& trouble, std::int32_t percent, const desk_state& state,
                   text_question& question) {
  if (!state.definitions.service_graph) return;
  std::vector<std::string> own = trouble.items;
  if (own.empty() && trouble.service) own.emplace_back(state.words.word(word_kind::service, trouble.service.index));
  if (own.size() > limits::suggestion_items_max) own.resize(limits::suggestion_items_max);
  first_keys near;
  for (const std::string& key : own) {
    ask_for_item(key, in_percent(item_points, percent), state, question);
    add_neighbours(key, state, near);
  }
  for (const std::string& key : near) ask_for_item(key, in_percent(near_item_points, percent), state, question);
}

}  // namespace

std::span<const field_row> suggestion_weights::fields() {
  using self = suggestion_weights;
  static constexpr field_row rows[] = {
      row<&self::words>("words", "Per cent that the words of the texts count", range{0, 1000}, always),
      row<&self::category>("category", "Per cent that a category counts", range{0, 1000}, always),
      row<&self::service>("service", "Per cent that a service counts", range{0, 1000}, always),
      row<&self::error_codes>("error_codes", "Per cent that codes in the texts count", range{0, 1000}, always),
      row<&self::outcome>("outcome", "Per cent that the outcomes of a known error count", range{0, 1000}, always),
      row<&self::items>("items", "Per cent that affected items and their neighbours count", range{0, 1000}, always),
  };
  return rows;
}

bool may_be_suggested(const incident& record, const desk_state& state) {
  if (record.part<incident_known_error>()) return is_open(record.state_kind);
  return state.definitions.base_of(record) == record_base::incident;
}

std::int32_t outcome_points(const incident_known_error& known) {
  const std::int64_t helped = known.helped_count;
  const std::int64_t not_helped = known.not_helped_count;
  return static_cast<std::int32_t>(outcome_points_below * (helped - not_helped) / (helped + not_helped + 2));
}

marked_text text_of(const incident& record) {
  marked_text text;
  const incident_text& own = *record.text;
  add_words(text.words, own.title);
  add_codes(text.marks, own.title);
  if (record.category) text.marks.push_back(mark_of(record.category));
  add_items(text.marks, record);
  const auto* const known = record.part<incident_known_error>();
  if (!known) {
    add_words(text.words, own.description);
    add_codes(text.marks, own.description);
    if (record.service) text.marks.push_back(mark_of(record.service));
    return text;
  }
  add_words(text.words, known->symptoms);
  add_codes(text.marks, known->symptoms);
  for (const std::string& code : known->error_codes) {
    add_words(text.words, code);
    if (const std::string folded = folded_code(code); !folded.empty()) text.marks.push_back(mark_of_code(folded));
  }
  for (const service_ref service : known->affected_services) text.marks.push_back(mark_of(service));
  text.merit = outcome_points(*known);
  return text;
}

bool differs_as_text(const incident& before, const incident& now) {
  if (!(before.category == now.category) || !(before.service == now.service) || !(before.type == now.type)) return true;
  if (before.part<record_affected_items>() != now.part<record_affected_items>()) return true;
  if (before.part<incident_known_error>() != now.part<incident_known_error>()) return true;
  if (now.part<incident_known_error>() && is_open(before.state_kind) != is_open(now.state_kind)) return true;
  if (is_restricted(before) != is_restricted(now)) return true;
  return before.text != now.text &&
         (before.text->title != now.text->title || before.text->description != now.text->description);
}

described_trouble trouble_of(const incident& record) {
  described_trouble trouble{record.text->title, record.text->description, record.category, record.service, {}};
  for (const affected_item& one : affected_items_of(record)) {
    if (one.how != affected_how::not_affected) trouble.items.push_back(one.item);
  }
  if (const auto* known = record.part<incident_known_error>()) trouble.description = known->symptoms;
  return trouble;
}

text_question question_about(const described_trouble& trouble, const suggestion_weights& weights,
                             const desk_state& state) {
  text_question question;
  question.words_percent = weights.words;
  question.merit_percent = weights.outcome;
  add_words(question.words, trouble.title);
  add_words(question.words, trouble.description);
  if (trouble.service) {
    question.marks.push_back({mark_of(trouble.service), in_percent(service_points, weights.service)});
  }
  for (const std::string* text : {&trouble.title, &trouble.description}) {
    for (const std::string& code : likely_codes_of(*text)) {
      question.marks.push_back({mark_of_code(code), in_percent(error_code_points, weights.error_codes)});
    }
  }
  ask_for_items(trouble, weights.items, state, question);
  if (trouble.category) ask_for_categories(trouble.category, weights.category, state, question);
  return question;
}

mark_kind kind_of_mark(const std::string& mark) {
  if (mark.starts_with(category_prefix)) return mark_kind::category;
  if (mark.starts_with(item_prefix)) return mark_kind::item;
  return mark.starts_with(service_prefix) ? mark_kind::service : mark_kind::error_code;
}

std::string error_code_of(const std::string& mark) { return mark.substr(code_prefix.size()); }
std::string item_of(const std::string& mark) { return mark.substr(item_prefix.size()); }

}  // namespace tocsin::inline v1
