// What is affected on a desk, whose it is, and what that means for an incident.
#include "answer.hpp"

#include <tocsin/base/error.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/model/monitoring.hpp>
#include <tocsin/service/document.hpp>
#include <tocsin/service/draw.hpp>
#include <tocsin/service/outage_cost.hpp>
#include <tocsin/service/record_outage.hpp>

#include "answer_agreements.hpp"
#include "answer_cost.hpp"
#include "answer_item_facts.hpp"
#include "decide_subscribers.hpp"

#include <algorithm>
#include <optional>
#include <set>

namespace tocsin::inline v1 {
namespace {

constexpr std::int64_t default_items = 1'000;

using key_set = std::set<std::string, std::less<>>;

// ---- what is said

class outage_collector {
 public:
  outage_collector(const answer_context& c, const service_graph& graph, instant at) : c_(c), graph_(graph), at_(at) {}

  // `record` is the one that the question names, as it was then; null: it names none.
  outage collect(const impact_query& q, const incident* record) {
    said_ = {.failed = find_items(graph_, "failed", q.failed),
             .degraded = find_items(graph_, "degraded", q.degraded),
             .excluded = find_items(graph_, "excluded", q.excluded),
             .maintenance = find_items(graph_, "maintenance", q.maintenance)};
    if (record) add_record(*record);
    if (q.open) add_open(q);
    return std::move(said_);
  }

 private:
  void add(std::string_view key, std::vector<item_number>& to) {
    const item_number item = graph_.find(key);  // an item that was not there yet is not affected
    if (item != no_item) to.push_back(item);
  }

  void add_record(const incident& record) {
    add_outage(record, c_.d.state().words.word(word_kind::service, record.service.index), graph_, said_);
  }

  void add_open(const impact_query& q) {
    const record_filter may_see(c_.d, {}, c_.asked, c_.actor());
    each_record_as_of(c_.d, q.as_of, {}, [&](const incident_ptr& then, const incident& now) {
      if (!may_see(*then, now)) return true;
      if (const auto* window = then->parts.find<incident_maintenance>()) {
        add_window(*then, *window);
      } else if (is_open(then->state_kind) && c_.d.state().definitions.base_of(*then) == record_base::incident) {
        add_record(*then);
      }
      return true;
    });
  }

  // A window that is for everything is a time without events, not an agreement about each item.
  void add_window(const incident& record, const incident_maintenance& window) {
    if (is_final(record.state_kind) || at_ < window.maintenance_from || at_ >= window.maintenance_until) return;
    for (const service_ref one : window.maintenance_services) {
      add(c_.d.state().words.word(word_kind::service, one.index), said_.maintenance);
    }
    for (const std::string& key : window.maintenance_items) add(key, said_.maintenance);
  }

  const answer_context& c_;
  const service_graph& graph_;
  instant at_;
  outage said_;
};

// ---- what it means

// The impact that is proposed for an incident: by the gravest service, or item where no service is affected, that nobody
// expected to be.
//
//               critical, high   medium, not said   low
//   failed      high             medium             low
//   degraded    medium           low                low
//   at risk     low              low                low
impact proposed_by(impact_state state, criticality of) {
  const bool much = of == criticality::critical || of == criticality::high;
  if (state == impact_state::failed) {
    return much ? impact::high : of == criticality::low ? impact::low : impact::medium;
  }
  return state == impact_state::degraded && much ? impact::medium : impact::low;
}

// All that depends on the affected items, over all of them.
class consequences {
 public:
  explicit consequences(std::optional<outage_costs> costs) : costs_(std::move(costs)) {}

  void add(std::string_view key, impact_state state, bool expected, const item_facts& facts) {
    put(facts.owner, owners_);
    put(facts.owner_team, teams_);
    put(facts.support_team, teams_);
    if (state >= impact_state::degraded) {
      affected_.add(key, facts.customers);
      if (state == impact_state::failed) add_cost(key, facts);
    }
    if (!expected) propose(key, proposed_by(state, facts.criticality), facts.is_service);
  }

  const affected_keys& affected() const { return affected_; }

  void write(const answer_context& c, const desk_state& known, const threatened_agreements& threatened,
             std::size_t limit) {
    c.write_texts("owners", texts(owners_));
    c.write_texts("teams", texts(teams_));
    c.write_texts("customers", texts(affected_.customers));
    c.write_texts("subscribers", subscribers(known));
    threatened.write();
    if (cost_ != 0 && !is_mixed_) c.to.member("cost_per_hour", cost_);
    if (cost_ != 0 && !is_mixed_ && !currency_.empty()) c.to.member("currency", currency_);
    if (costs_) costs_->write(c, limit);
    if (proposed_ == impact::unset) return;
    c.write("proposed_impact", proposed_);
    c.to.member("proposed_because_of", because_of_);
  }

 private:
  static void put(std::string_view key, key_set& to) {
    if (!key.empty()) to.emplace(key);
  }
  static std::vector<std::string> texts(const key_set& of) { return {of.begin(), of.end()}; }

  void add_cost(std::string_view key, const item_facts& facts) {
    if (costs_) costs_->add(key, facts);
    if (facts.cost_per_hour == 0) return;
    is_mixed_ = is_mixed_ || (cost_ != 0 && currency_ != facts.currency);
    currency_ = facts.currency;
    cost_ = sum_of_costs(cost_, facts.cost_per_hour);
  }

  std::vector<std::string> subscribers(const desk_state& known) const {
    key_set people;
    for (const subscription* one : subscriptions_to(known, affected_)) people.insert(one->person);
    return texts(people);
  }

  // A service outweighs every item that is none; graver ones are smaller.
  void propose(std::string_view key, impact by, bool is_service) {
    const bool first = proposed_ == impact::unset || (is_service && !by_service_);
    if (!first && (is_service != by_service_ || by >= proposed_)) return;
    proposed_ = by;
    by_service_ = is_service;
    because_of_ = key;
  }

  key_set owners_;
  key_set teams_;
  affected_keys affected_;
  std::optional<outage_costs> costs_;
  std::int64_t cost_ = 0;
  std::string currency_;  // of the cost; of several units there is no sum
  bool is_mixed_ = false;
  impact proposed_ = impact::unset;
  bool by_service_ = false;
  std::string because_of_;
};

// Nothing where no time is said from which anything could have cost.
std::optional<outage_costs> costs_asked(const impact_query& q, const incident* record, const desk_state& known,
                                        instant at) {
  if (!is_set(q.from) && !record) return std::nullopt;
  const instant from = is_set(q.from) ? q.from : onset_of(*record);
  const bool is_over = record && !is_open(record->state_kind) && is_set(record->resolved_at);
  const instant until = is_set(q.until) ? q.until : is_over ? record->resolved_at : at;
  if (is_set(q.from) && is_set(q.until) && q.from > q.until) {
    throw error(status::invalid_argument, "impact.span", "/until is before `from`", R"({"path":"/until"})");
  }
  if (!is_acceptable(from) || !is_acceptable(until)) return std::nullopt;
  return outage_costs(known, from, std::max(from, until));
}

void write_item(const answer_context& c, std::string_view key, impact_state state, bool expected,
                const item_facts& facts, const std::vector<std::string>& reason) {
  json_writer& to = c.to;
  to.begin_object();
  to.member("key", key);
  to.member("kind", facts.kind);
  if (!facts.name.empty()) to.member("name", facts.name);
  to.member("state", name(state));
  to.member_boolean("expected", expected);
  c.write_texts("reason", reason);
  if (!facts.owner.empty()) to.member("owner", facts.owner);
  if (!facts.owner_team.empty()) to.member("owner_team", facts.owner_team);
  if (!facts.support_team.empty()) to.member("support_team", facts.support_team);
  c.write_if_given("criticality", facts.criticality);
  if (!facts.customers.empty()) c.write_texts("customers", {facts.customers.begin(), facts.customers.end()});
  to.end_object();
}

}  // namespace

std::span<const field_row> impact_query::fields() {
  using self = impact_query;
  constexpr max_length most{limits::service_graph_items_max};
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record whose affected items, or else whose service, have failed"),
      row<&self::failed>("failed", "Keys of services and configuration items that have failed, too", most),
      row<&self::degraded>("degraded", "Keys of those that are degraded", most),
      row<&self::excluded>("excluded", "Keys of those that stay ok and pass nothing on, whatever else is said", most),
      row<&self::maintenance>("maintenance", "Keys of those under agreed maintenance", most),
      row<&self::open>("open", "What open incidents name, too; services of maintenance windows in force are expected"),
      row<&self::as_of>("as_of", "By the definitions and records of this instant; of now where none is given"),
      row<&self::limit>("limit", "So many items are listed, by key; 1000 where nothing is given",
                        range{1, limits::impact_items_max}),
      row<&self::drawing>("drawing", "Draw it, too: mermaid, dot or svg"),
      row<&self::from>("from",
                       "What the outage has cost since then; of an incident since its onset where none is given"),
      row<&self::until>("until", "Until when; until the incident was resolved, or as_of, where none is given"),
  };
  return rows;
}

void answer(const answer_context& c, const impact_query& query) {
  static const service_graph none;
  const auto then = is_set(query.as_of) ? definitions_as_of(c.d, query.as_of) : nullptr;
  const desk_state& known = then ? *then : c.d.state();
  const service_graph& graph = known.definitions.service_graph ? *known.definitions.service_graph : none;
  const instant at = is_set(query.as_of) ? query.as_of : c.d.state().counters.clock;
  const incident_ptr record = query.incident ? get(c.d, {query.incident, query.as_of, 0}) : nullptr;
  impact_analysis of(graph);
  of.compute(outage_collector(c, graph, at).collect(query, record.get()));

  const std::vector<item_number> affected = of.affected_by_key();
  const auto limit = static_cast<std::size_t>(query.limit == 0 ? default_items : query.limit);
  consequences all(costs_asked(query, record.get(), known, at));
  reason_reader reasons(graph, of);
  c.to.begin_object();
  write_counts(c.to, of, affected);
  c.to.key("items");
  c.to.begin_array();
  for (std::size_t i = 0; i < affected.size(); ++i) {
    const item_number item = affected[i];
    const item_facts facts = facts_of(known, graph.key(item));
    all.add(graph.key(item), of.state(item), of.expected(item), facts);
    if (i >= limit) continue;
    write_item(c, graph.key(item), of.state(item), of.expected(item), facts, reasons.keys(item));
  }
  c.to.end_array();
  if (affected.size() > limit) c.to.member("not_listed", static_cast<std::int64_t>(affected.size() - limit));
  threatened_agreements threatened(c, known, at);
  threatened.collect_contracts(all.affected());
  if (!all.affected().items.empty())
    threatened.collect_clocks(graph, of, query.as_of);  // it looks at every open record
  all.write(c, known, threatened, limit);
  if (query.drawing != drawing_form::unset) {
    c.to.member("drawing", draw_impact(graph, of, query.drawing, "impact"));
  }
  c.to.end_object();
}

}  // namespace tocsin::inline v1
