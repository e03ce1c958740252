// To whom an update goes: found when it is sent, not when it is written.
#include "decide.hpp"

#include <tocsin/desk/permission.hpp>
#include <tocsin/model/definition.hpp>

#include "service/decide_subscribers.hpp"

#include <algorithm>
#include <optional>
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
    add_subscribers();
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
    for (const std::string& key : affected().customers) {
      const customer_ref one{state_.words.find(word_kind::customer, key)};
      const customer* const known = state_.definitions.of<customer>().current(one.index);
      if (known && !known->retired) found_.customers.push_back(one);
    }
  }

  void add_subscribers() {
    if (state_.definitions.of<subscription>().size() == 0) return;
    for (const subscription* one : subscriptions_to(state_, affected())) {
      if (one->audience == audience_.key) add_person(one->person);
    }
  }

  const affected_keys& affected() { return affected_ ? *affected_ : affected_.emplace(affected_by(state_, record_)); }

  const desk_state& state_;
  const incident& record_;
  const communication_audience& audience_;
  const record_communication& part_;
  std::set<std::uint32_t> left_;
  std::set<std::uint32_t> people_;
  std::optional<affected_keys> affected_;
  update_recipients found_;
};

}  // namespace

update_recipients recipients_of(const desk_state& state, const incident& record,
                                const communication_audience& audience) {
  return recipient_list(state, record, audience).collect();
}

bool is_told(const desk_state& state, const incident& record, const communication_audience& audience, person_ref who) {
  const std::vector<person_ref> people = recipients_of(state, record, audience).people;
  return std::ranges::find(people, who) != people.end();
}

}  // namespace tocsin::inline v1
