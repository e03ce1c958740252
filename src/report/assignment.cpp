#include <tocsin/report/assignment.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>
#include <tocsin/desk/document.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/query.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/routing_book.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/routing/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

template <class T>
void write(json_writer& to, std::string_view name, const T& value, const document_names& names) {
  to.key(name);
  write_value(to, detail::type_of<T>, &value, names);
}

// ---- why it is whose

class assignment_story {
 public:
  assignment_story(json_writer& to, const document_names& names) : to_(to), names_(names) {}

  void tell(const entry& e, record_ref record) {
    const incident_routed* routed = nullptr;
    for (const event& happened : e.events) {
      if (!(happened.record == record)) continue;
      if (const auto* by = happened.body.get_if<incident_routed>()) {
        if (routed) write_one(e, routed, nullptr);  // it found nobody
        routed = by;
      } else if (const auto* assigned = happened.body.get_if<incident_assigned>()) {
        write_one(e, routed, assigned);
        routed = nullptr;
      }
    }
    if (routed) write_one(e, routed, nullptr);
  }

 private:
  void write_one(const entry& e, const incident_routed* routed, const incident_assigned* assigned) {
    to_.begin_object();
    write(to_, "at", e.recorded_at, names_);
    to_.member("sequence", static_cast<std::int64_t>(e.sequence));
    write(to_, "actor", e.actor, names_);
    to_.member("by", routed ? "rule" : "hand");
    if (assigned) {
      if (assigned->team) write(to_, "team", assigned->team, names_);
      if (assigned->assignee) write(to_, "assignee", assigned->assignee, names_);
      if (!assigned->reason.empty()) to_.member("reason", assigned->reason);
    }
    if (routed) {
      to_.key("decision");
      to_.begin_object();
      write_members(to_, *routed, names_);
      to_.end_object();
    }
    to_.end_object();
  }

  json_writer& to_;
  const document_names& names_;
};

// ---- who would get it

void write_rule(json_writer& to, const routing_rule& rule, const desk_state& state, const routing_question& asked,
                const document_names& names) {
  to.begin_object();
  write(to, "rule", rule.number, names);
  to.member("order", rule.definition().order);
  to.member_boolean("matches", matches(rule, state, asked));
  if (rule.rule->condition) {
    const record_view seen{*state.definitions.schemas, state.definitions, state.words, asked.record, asked.actor};
    to.key("why");
    write_explanation(to, explain(*rule.rule->condition, seen.data(), asked.at));
  }
  to.end_object();
}

// ---- how much people have to do

bool is_of_interest(const person& p, std::int64_t load) { return load != 0 || p.capacity || !p.skills.empty(); }

// Open records of people that are hidden from whoever asks.
workload hidden_loads(const desk& d, const viewer& by) {
  workload hidden;
  hidden.make_room(d.state().words.size(word_kind::person));
  if (by.sees_all()) return hidden;
  d.state().live.each([&](const incident_ptr& record) {
    if (by.hides(*record)) hidden.change(nullptr, record.get());
    return true;
  });
  return hidden;
}

void write_load(json_writer& to, const desk_state& state, person_ref one, std::int64_t load,
                const document_names& names) {
  const person& p = *state.definitions.people.current(one.index);
  to.begin_object();
  write(to, "person", one, names);
  to.member("load", load);
  if (p.capacity) {
    to.member("capacity", p.capacity.value);
    to.member("room", p.capacity.value - load);
  }
  to.end_object();
}

}  // namespace

std::span<const field_row> explain_assignment_query::fields() {
  static constexpr field_row rows[] = {
      row<&explain_assignment_query::incident>("incident", "Incident by number or id", required),
  };
  return rows;
}

std::span<const field_row> propose_assignment_query::fields() {
  using self = propose_assignment_query;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id", required),
      row<&self::rule>("rule", "Rule that decides, whether it matches or not; without it, the first that matches"),
      row<&self::except>("except", "People to leave out", max_length(limits::assignment_exceptions_max)),
      row<&self::at>("at", "When; the desk's clock where none is given"),
  };
  return rows;
}

std::span<const field_row> workload_query::fields() {
  static constexpr field_row rows[] = {
      row<&workload_query::team>("team", "Team whose members are asked about; everybody where none is given"),
  };
  return rows;
}

void write_assignments(json_writer& to, const desk& d, const explain_assignment_query& query) {
  const incident_ptr record = get(d, {query.incident, no_instant, 0});
  const document_names names = names_of(d);
  to.begin_object();
  to.member("incident", d.show_number(record->number));
  if (record->team) write(to, "team", record->team, names);
  if (record->assignee) write(to, "assignee", record->assignee, names);
  to.key("assignments");
  to.begin_array();
  assignment_story story(to, names);
  for (const entry& e : read_chain(d.storage(), *record, UINT64_MAX)) story.tell(e, query.incident);
  to.end_array();
  to.end_object();
}

void write_proposal(json_writer& to, const desk& d, const propose_assignment_query& query, person_ref actor) {
  const desk_state& state = d.state();
  const routing_book* rules = state.definitions.routing.get();
  if (!rules || (query.rule && !rules->find(query.rule))) {
    throw error(status::failed_precondition, rules ? "assignment.rule_not_in_force" : "assignment.no_rules",
                rules ? "that assignment rule is not in force" : "no assignment rule is in force");
  }
  const incident_ptr record = get(d, {query.incident, no_instant, 0});
  const document_names names = names_of(d);
  const routing_question asked{.record = *record,
                               .actor = actor,
                               .at = is_set(query.at) ? query.at : state.counters.clock,
                               .except = query.except,
                               .pending = {}};
  to.begin_object();
  to.member("incident", d.show_number(record->number));
  write(to, "at", asked.at, names);
  to.key("decision");
  to.begin_object();
  write_members(to, route(state, asked, query.rule), names);
  to.end_object();
  to.key("rules");
  to.begin_array();
  for (const routing_rule& rule : rules->rules()) write_rule(to, rule, state, asked, names);
  to.end_array();
  to.end_object();
}

void write_workload(json_writer& to, const desk& d, const workload_query& query, const viewer& by) {
  const desk_state& state = d.state();
  const workload hidden = hidden_loads(d, by);
  const auto load_of = [&](person_ref one) { return state.loads.of(one) - hidden.of(one); };
  const document_names names = names_of(d);
  std::vector<person_ref> people;
  if (const team* t = state.definitions.teams.current(query.team.index)) {
    for (const std::string& key : t->members) people.push_back({state.words.find(word_kind::person, key)});
  } else {
    for (std::uint32_t number = 1; number <= state.definitions.people.size(); ++number) {
      const person* p = state.definitions.people.current(number);
      if (p && is_of_interest(*p, load_of({number}))) people.push_back({number});
    }
  }
  std::ranges::sort(people, {}, [&](person_ref one) { return state.words.word(word_kind::person, one.index); });
  people.erase(std::ranges::unique(people).begin(), people.end());
  to.begin_object();
  to.key("people");
  to.begin_array();
  for (const person_ref one : people) write_load(to, state, one, load_of(one), names);
  to.end_array();
  to.end_object();
}

}  // namespace tocsin::inline v1
