#include "answer.hpp"

#include <tocsin/desk/query.hpp>
#include <tocsin/major_incident/major_incident.hpp>
#include <tocsin/major_incident/major_incident_policy.hpp>
#include <tocsin/major_incident/response_effort.hpp>
#include <tocsin/model/configuration_item.hpp>
#include <tocsin/model/definition.hpp>
#include <tocsin/model/incident.hpp>
#include <tocsin/oncall/roster.hpp>

#include "major_incident/decide.hpp"
#include "service/decide_reach.hpp"
#include "service/decide_subscribers.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::inline v1 {
namespace {

const record_major_incident& major_part(const answer_context& c) {
  const auto* const part = c.record->part<record_major_incident>();
  if (part) return *part;
  throw error(status::failed_precondition, "major.none",
              c.d.show_number(c.record->number) + " was never proposed as a major incident");
}

instant or_now(const answer_context& c, instant at) { return is_set(at) ? at : c.d.state().counters.clock; }

// ---- roles

// A record that has ended has nobody in a role any more.
instant end_of_record(const incident& record) {
  if (is_set(record.closed_at)) return record.closed_at;
  return is_set(record.cancelled_at) ? record.cancelled_at : never;
}

std::vector<std::string> unfilled_roles(const answer_context& c, const std::vector<role_holding>& held) {
  const auto is_held = [&](std::string_view role) {
    return std::ranges::find(held, role, &role_holding::role) != held.end();
  };
  std::vector<std::string> open;
  if (!is_held(incident_commander)) open.emplace_back(incident_commander);
  const incident_ptr without = c.by.without_hidden(*c.record);
  const desk_state& state = c.d.state();
  for (const major_role* one :
       roles_by_policy(state, without ? *without : *c.record, c.actor(), state.counters.clock)) {
    if (one->role != incident_commander && !is_held(one->role)) open.push_back(one->role);
  }
  return open;
}

// ---- join list

class join_list {
 public:
  explicit join_list(const answer_context& c) : c_(c), state_(c.d.state()), record_(*c.record) {}

  void collect(const record_major_incident& part) {
    for (const role_holding& one : part.response_roles) {
      if (goes_on(one)) add(one.person, "role:" + one.role);
    }
    if (record_.assignee) add(record_.assignee, "assignee");
    if (record_.team) add_team(word(word_kind::team, record_.team.index));
    add_service(word(word_kind::service, record_.service.index));
    add_affected();
    add_subscribers();
  }

  void write(const record_major_incident& part) const {
    json_writer& to = c_.to;
    to.begin_object();
    if (!part.room_reference.empty()) to.member("reference", part.room_reference);
    to.key("people");
    to.begin_array();
    std::size_t listed = 0;
    for (const auto& [key, reasons] : people_) {
      if (++listed > limits::join_list_people_max) break;
      const person_ref person{state_.words.find(word_kind::person, key)};
      to.begin_object();
      to.member("person", key);
      c_.write_texts("because", reasons);
      to.member_boolean("in_room", find_in_room(part.room_stays, person) != nullptr);
      to.end_object();
    }
    to.end_array();
    if (people_.size() > limits::join_list_people_max) {
      to.member("not_listed", static_cast<std::int64_t>(people_.size() - limits::join_list_people_max));
    }
    c_.write_texts("teams", {teams_.begin(), teams_.end()});
    to.end_object();
  }

 private:
  std::string word(word_kind kind, std::uint32_t number) const { return std::string(state_.words.word(kind, number)); }

  void add(person_ref person, std::string because) {
    std::vector<std::string>& reasons = people_[word(word_kind::person, person.index)];
    const bool is_new = std::ranges::find(reasons, because) == reasons.end();
    if (is_new && reasons.size() < limits::join_reasons_max) reasons.push_back(std::move(because));
  }

  // Whoever is on call for it; where it has no schedule, the team as such.
  void add_team(const std::string& key) {
    if (key.empty() || !teams_.insert(key).second) return;
    const team* t = state_.definitions.of<team>().current(state_.words.find(word_kind::team, key));
    if (!t || t->schedule.empty()) return;
    const roster* duty = state_.roster_of({state_.words.find(word_kind::schedule, t->schedule)});
    if (!duty) return;
    for (const person_ref one : duty->who(state_.counters.clock).people) add(one, "on_call:" + key);
  }

  template <class T>
  void add_owners(const T* of, const std::string& key) {
    if (!of) return;
    if (!of->owner.empty()) add({state_.words.find(word_kind::person, of->owner)}, "owner:" + key);
    add_team(of->owner_team);
    add_team(of->support_team);
  }

  void add_service(const std::string& key) {
    if (key.empty()) return;
    add_owners(state_.definitions.of<service>().current(state_.words.find(word_kind::service, key)), key);
  }

  void add_item(const std::string& key) {
    add_service(key);
    add_owners(
        state_.definitions.of<configuration_item>().current(state_.words.find(word_kind::configuration_item, key)),
        key);
  }

  // What its affected items, or else its service, bring down (I1).
  void add_affected() {
    const service_graph* graph = state_.definitions.service_graph.get();
    if (!graph) return;
    const impact_analysis of = impact_of(state_, record_, *graph);
    for (const item_number item : of.affected_by_key()) add_item(std::string(graph->key(item)));
  }

  void add_subscribers() {
    for (const subscription* one : subscriptions_to(state_, affected_by(state_, record_))) {
      if (one->in_room) add({state_.words.find(word_kind::person, one->person)}, "subscribed");
    }
  }

  const answer_context& c_;
  const desk_state& state_;
  const incident& record_;
  std::map<std::string, std::vector<std::string>> people_;  // by key, and why
  std::set<std::string> teams_;
};

}  // namespace

std::span<const field_row> response_roles_query::fields() {
  using self = response_roles_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::at>("at", "Who held them then; now where none is given"),
  };
  return rows;
}

void answer(const answer_context& c, const response_roles_query& query) {
  const record_major_incident& part = major_part(c);
  const instant at = or_now(c, query.at);
  const std::vector<role_holding> held = holders_at(part.response_roles, at, end_of_record(*c.record));
  c.to.begin_object();
  c.write("at", at);
  c.write("holders", held);
  c.write_texts("unfilled", unfilled_roles(c, held));
  c.to.member("span_of_control", static_cast<std::int64_t>(limits::span_of_control_max));
  c.write("over_span", over_span(held));
  c.to.end_object();
}

std::span<const field_row> join_list_query::fields() {
  static constexpr field_row rows[] = {
      row<&join_list_query::incident>("incident", "Incident by number or id", required),
  };
  return rows;
}

void answer(const answer_context& c, const join_list_query&) {
  const record_major_incident& part = major_part(c);
  join_list list(c);
  list.collect(part);
  list.write(part);
}

std::span<const field_row> response_effort_query::fields() {
  using self = response_effort_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::until>("until", "Up to then; none: up to now, or to its resolution"),
  };
  return rows;
}

void answer(const answer_context& c, const response_effort_query& query) {
  const record_major_incident& part = major_part(c);
  const instant until = std::min(or_now(c, query.until), end_of_response(*c.record));
  const response_effort effort = effort_of(part.response_roles, part.response_actions, until);
  c.to.begin_object();
  c.write("until", until);
  c.write("time", effort.time);
  c.write("by_role", effort.roles);
  c.write("by_person", effort.people);
  c.write("technical", effort.technical);
  c.write("coordination", effort.coordination);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
