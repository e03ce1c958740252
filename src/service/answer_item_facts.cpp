#include "answer_item_facts.hpp"

#include <tocsin/model/configuration_item.hpp>
#include <tocsin/model/definition.hpp>

namespace tocsin::inline v1 {
namespace {

template <class T>
item_facts facts_from(const T& of) {
  item_facts facts;
  facts.kind = T::descriptor.name;
  facts.name = of.name;
  facts.owner = of.owner;
  facts.owner_team = of.owner_team;
  facts.support_team = of.support_team;
  facts.customers = of.customers;
  facts.criticality = of.criticality;
  facts.cost_per_hour = of.cost_per_hour;
  facts.currency = of.currency;
  facts.calendar = of.calendar;
  return facts;
}

}  // namespace

item_facts facts_of(const desk_state& state, std::string_view key) {
  const auto* item =
      state.definitions.of<configuration_item>().current(state.words.find(word_kind::configuration_item, key));
  if (item) {
    item_facts facts = facts_from(*item);
    facts.item_class = item->item_class;
    return facts;
  }
  const service* s = state.definitions.of<service>().current(state.words.find(word_kind::service, key));
  if (!s) return {};
  item_facts facts = facts_from(*s);
  facts.is_service = true;
  return facts;
}

}  // namespace tocsin::inline v1
