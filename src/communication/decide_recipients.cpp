// To whom an update goes: found when it is sent, not when it is written.
#include "decide.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/model/configuration_item.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/service/record_outage.hpp>

#include <algorithm>
#include <set>

namespace tocsin::inline v1 {
namespace {

class recipient_list {
 public:
  recipient_list(const desk_state& state, const incident& record, const communication_audience& audience)
      : state_(state), record_(record), audience_(audience), part_(record.part_or_empty<record_communication>()) {}

  update_recipients collect() {
    for (const audience_subscription& one : part_.audience_subscriptions) {
      if (one.left && one.audience == audience_.key) left_.insert(one.person.index);
    }
    for (const std::string& key : audience_.people) add_person(key);
    for (const std::string& key : audience_.teams) add_team(key);
    for (const audience_subscription& one : part_.audience_subscriptions) {
      if (!one.left && one.audience == audience_.key) add(one.person);
    }
    if (audience_.affected_customers && !is_restricted(record_)) add_customers();
    for (const std::uint32_t one : left_) found_.unsubscribed.push_back({one});
    return std::move(found_);
  }

 private:
  void add_person(const std::string& key) { add({state_.words.find(word_kind::person, key)}); }

  void add_team(const std::string& key) {
    const team* const known = state_.definitions.of<team>().current(state_.words.find(word_kind::team, key));
    if (!known || known->retired) return;
    for (const std::string& member : known->members) add_person(member);
  }

  // Nobody is told of a record that is not there for them.
  void add(person_ref who) {
    const person* const known = state_.definitions.of<person>().current(who.index);
    if (!known || known->retired || left_.contains(who.index) || is_hidden(state_, record_, who)) return;
    if (people_.insert(who.index).second) found_.people.push_back(who);
  }

  void add_customers() {
    const service_graph* const graph = state_.definitions.service_graph.get();
    if (!graph) return;
    outage said;
    add_outage(record_, state_.words.word(word_kind::service, record_.service.index), *graph, said);
    impact_analysis of(*graph);
    of.compute(said);
    for (const item_number item : of.affected_by_key()) {
      if (of.state(item) < impact_state::degraded) continue;
      const std::string_view key = graph->key(item);
      add_customers_of(state_.definitions.of<service>().current(state_.words.find(word_kind::service, key)));
      add_customers_of(
          state_.definitions.of<configuration_item>().current(state_.words.find(word_kind::configuration_item, key)));
    }
  }

  template <class T>
  void add_customers_of(const T* item) {
    if (!item) return;
    for (const std::string& key : item->customers) {
      const customer_ref one{state_.words.find(word_kind::customer, key)};
      const customer* const known = state_.definitions.of<customer>().current(one.index);
      if (known && !known->retired && customers_.insert(one.index).second) found_.customers.push_back(one);
    }
  }

  const desk_state& state_;
  const incident& record_;
  const communication_audience& audience_;
  const record_communication& part_;
  std::set<std::uint32_t> left_;
  std::set<std::uint32_t> people_;
  std::set<std::uint32_t> customers_;
  update_recipients found_;
};

}  // namespace

update_recipients recipients_of(const desk_state& state, const incident& record,
                                const communication_audience& audience) {
  return recipient_list(state, record, audience).collect();
}

bool is_named(const desk_state& state, const communication_audience& audience, person_ref who) {
  const std::string_view key = state.words.word(word_kind::person, who.index);
  if (std::ranges::find(audience.people, key) != audience.people.end()) return true;
  return std::ranges::any_of(audience.teams, [&](const std::string& name) {
    const team* const known = state.definitions.of<team>().current(state.words.find(word_kind::team, name));
    return known && !known->retired && std::ranges::find(known->members, key) != known->members.end();
  });
}

}  // namespace tocsin::inline v1
