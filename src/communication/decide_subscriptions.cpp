// Who wants to be told: of one incident, and of all that affect a service, an item or a customer (M2).
#include "decide.hpp"

#include <tocsin/base/refusal.hpp>
#include <tocsin/communication/events.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/service/subscription.hpp>

#include "communication/decide_definition.hpp"
#include "service/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

const record_communication& part_of(const incident& r) { return r.part_or_empty<record_communication>(); }

bool is_in_use(const desk_state& state, person_ref who) {
  const person* const known = state.definitions.of<person>().current(who.index);
  return who.index > host_person.index && known && !known->retired;
}

// ---- one incident

void check_person(deciding& d, person_ref who) {
  d.against.unless(is_in_use(d.state, who), "communication.no_person", d.person_name(who) + " is not a person in use");
}

void check_room(deciding& d, const incident& r, const audience_subscription* said) {
  d.against.unless(said || part_of(r).audience_subscriptions.size() < limits::audience_subscriptions_max,
                   "communication.too_many",
                   "an incident has at most " + std::to_string(limits::audience_subscriptions_max) + " subscriptions");
}

// ---- all that affect something

// What a command asks for, checked.
struct asked_keys {
  person_ref who;
  std::vector<std::string> items;
  std::vector<std::string> customers;
};

template <class Command>
asked_keys read_keys(const deciding& d, const Command& c) {
  asked_keys asked{c.person ? c.person : d.given.actor, c.items, {}};
  for (std::size_t i = 0; i < c.items.size(); ++i) check_item(d, "/items/" + std::to_string(i), c.items[i]);
  for (const customer_ref one : c.customers) asked.customers.push_back(d.word(word_kind::customer, one.index));
  return asked;
}

[[noreturn]] void refuse(const deciding& d, const char* reason, person_ref who, const std::string& why) {
  throw error(status::failed_precondition, reason, d.person_name(who) + " " + why);
}

// Those in use of the person, for the audience.
std::vector<subscription> subscriptions_of(const deciding& d, person_ref who, const std::string& audience) {
  std::vector<subscription> found;
  const std::string person = d.person_name(who);
  const auto& all = d.state.definitions.of<subscription>();
  for (std::uint32_t number = 1; number <= all.size(); ++number) {
    const subscription* const one = all.current(number);
    if (one && !one->retired && one->person == person && one->audience == audience) found.push_back(*one);
  }
  return found;
}

bool add_keys(const std::vector<std::string>& from, std::vector<std::string>& to) {
  const std::size_t before = to.size();
  for (const std::string& key : from) {
    if (std::ranges::find(to, key) == to.end()) to.push_back(key);
  }
  return to.size() != before;
}

bool remove_keys(const std::vector<std::string>& those, std::vector<std::string>& from) {
  return std::erase_if(from, [&](const std::string& key) { return std::ranges::find(those, key) != those.end(); }) != 0;
}

}  // namespace

void plausible_subscription(const incident& record, plausible_commands& to) {
  to.commands.push_back(subscribe{.incident = {record.id}});
}

void plausible_leaving_audience(const incident& record, plausible_commands& to) {
  to.commands.push_back(unsubscribe{.incident = {record.id}});
}

void decide(const subscribe& c, deciding& d) {
  const incident& r = incident_to_tell_of(d, c.incident, "subscribe");
  const communication_audience& to = audience_of(d, r, c.audience, "subscribe");
  if (c.audience.empty()) return;  // somebody will do
  const person_ref who = c.person ? c.person : d.given.actor;
  const audience_subscription* said = find_subscription(part_of(r), to.key, who);
  check_person(d, who);
  check_room(d, r, said);
  d.against.unless(said ? said->left : !is_told(d.state, r, to, who), "communication.subscribed",
                   d.person_name(who) + " is told already");
  d.emit(c.incident, audience_subscribed{to.key, who});
}

void decide(const unsubscribe& c, deciding& d) {
  const incident& r = incident_to_tell_of(d, c.incident, "unsubscribe");
  const communication_audience& to = audience_of(d, r, c.audience, "unsubscribe");
  if (c.audience.empty()) return;
  const person_ref who = c.person ? c.person : d.given.actor;
  const audience_subscription* said = find_subscription(part_of(r), to.key, who);
  check_person(d, who);
  check_room(d, r, said);
  // Whoever is at a customer may be told without being named anywhere here.
  const bool may_be_told = said ? !said->left : is_told(d.state, r, to, who) || to.affected_customers;
  d.against.unless(may_be_told, "communication.not_subscribed", d.person_name(who) + " is not told");
  d.emit(c.incident, audience_unsubscribed{to.key, who});
}

void decide(const subscribe_to& c, deciding& d) {
  check_audience(communication_policy_of(d.state), c.audience);
  const asked_keys asked = read_keys(d, c);
  if (!is_in_use(d.state, asked.who)) refuse(d, "communication.no_person", asked.who, "is not a person in use");
  if (asked.items.empty() && asked.customers.empty()) {
    throw unexpected(status::invalid_argument, "communication.nothing_named", "/items", "nothing",
                     "items or customers");
  }
  const std::vector<subscription> standing = subscriptions_of(d, asked.who, c.audience);
  subscription one =
      standing.empty()
          ? subscription{.key = fresh_key<subscription>(d), .person = d.person_name(asked.who), .audience = c.audience}
          : standing.front();
  const bool has_more = add_keys(asked.items, one.items) | add_keys(asked.customers, one.customers);
  if (!has_more && (one.in_room || !c.in_room)) {
    refuse(d, "communication.subscribed", asked.who, "is told of these already");
  }
  one.in_room = one.in_room || c.in_room;
  publish_again(d, std::vector{std::move(one)});
}

void decide(const unsubscribe_from& c, deciding& d) {
  const asked_keys asked = read_keys(d, c);
  const bool all = asked.items.empty() && asked.customers.empty();
  std::vector<subscription> changed;
  for (subscription& one : subscriptions_of(d, asked.who, c.audience)) {
    if (!all && !(remove_keys(asked.items, one.items) | remove_keys(asked.customers, one.customers))) continue;
    one.retired = all || (one.items.empty() && one.customers.empty());
    changed.push_back(std::move(one));
  }
  if (changed.empty()) refuse(d, "communication.not_subscribed", asked.who, "has no subscription to these");
  publish_again(d, std::move(changed));
}

}  // namespace tocsin::inline v1
