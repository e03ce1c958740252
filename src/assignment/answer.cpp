#include "answer.hpp"

#include <tocsin/assignment/events.hpp>
#include <tocsin/base/error.hpp>
#include <tocsin/desk/assignment_book.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/incident/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// ---- why it is whose

class assignment_story {
 public:
  explicit assignment_story(const answer_context& c) : c_(c), to_(c.to) {}

  void tell(const entry& e) {
    const assignment_rules_applied* routed = nullptr;
    for (const event& happened : e.events) {
      if (happened.record.id != c_.record->id) continue;
      if (const auto* by = happened.body.get_if<assignment_rules_applied>()) {
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
  void write_one(const entry& e, const assignment_rules_applied* routed, const incident_assigned* assigned) {
    to_.begin_object();
    c_.write("at", e.recorded_at);
    to_.member("sequence", static_cast<std::int64_t>(e.sequence));
    c_.write("actor", e.actor);
    to_.member("by", routed ? "rule" : "hand");
    if (assigned) {
      c_.write_if_given("team", assigned->team);
      c_.write_if_given("assignee", assigned->assignee);
      if (!assigned->reason.empty()) to_.member("reason", assigned->reason);
    }
    if (routed) {
      to_.key("decision");
      to_.begin_object();
      write_members(to_, *routed, c_.names);
      to_.end_object();
    }
    to_.end_object();
  }

  const answer_context& c_;
  json_writer& to_;
};

// ---- who would get it

void write_rule(const answer_context& c, const routing_rule& rule, const assignment_question& asked) {
  json_writer& to = c.to;
  const desk_state& state = c.d.state();
  to.begin_object();
  c.write("rule", rule.number);
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

void write_load(const answer_context& c, person_ref one, std::int64_t load) {
  json_writer& to = c.to;
  const person& p = *c.d.state().definitions.of<person>().current(one.index);
  to.begin_object();
  c.write("person", one);
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

void answer(const answer_context& c, const explain_assignment_query&) {
  const incident& record = *c.record;
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(record.number));
  c.write_if_given("team", record.team);
  c.write_if_given("assignee", record.assignee);
  c.to.key("assignments");
  c.to.begin_array();
  assignment_story story(c);
  for (const entry& e : read_chain(c.d.storage(), record, UINT64_MAX)) story.tell(e);
  c.to.end_array();
  c.to.end_object();
}

void answer(const answer_context& c, const propose_assignment_query& query) {
  json_writer& to = c.to;
  const desk_state& state = c.d.state();
  const assignment_book* rules = state.definitions.routing.get();
  if (!rules || (query.rule && !rules->find(query.rule))) {
    throw error(status::failed_precondition, rules ? "assignment.rule_not_in_force" : "assignment.no_rules",
                rules ? "that assignment rule is not in force" : "no assignment rule is in force");
  }
  const assignment_question asked{.record = *c.record,
                                  .actor = c.actor(),
                                  .at = is_set(query.at) ? query.at : state.counters.clock,
                                  .except = query.except,
                                  .pending = {}};
  to.begin_object();
  to.member("incident", c.d.show_number(c.record->number));
  c.write("at", asked.at);
  to.key("decision");
  to.begin_object();
  write_members(to, route(state, asked, query.rule), c.names);
  to.end_object();
  to.key("rules");
  to.begin_array();
  for (const routing_rule& rule : rules->rules()) write_rule(c, rule, asked);
  to.end_array();
  to.end_object();
}

void answer(const answer_context& c, const workload_query& query) {
  const desk_state& state = c.d.state();
  const workload hidden = hidden_loads(c.d, c.by);
  const auto load_of = [&](person_ref one) { return state.loads.of(one) - hidden.of(one); };
  std::vector<person_ref> people;
  if (const team* t = state.definitions.of<team>().current(query.team.index)) {
    for (const std::string& key : t->members) people.push_back({state.words.find(word_kind::person, key)});
  } else {
    for (std::uint32_t number = 1; number <= state.definitions.of<person>().size(); ++number) {
      const person* p = state.definitions.of<person>().current(number);
      if (p && is_of_interest(*p, load_of({number}))) people.push_back({number});
    }
  }
  std::ranges::sort(people, {}, [&](person_ref one) { return state.words.word(word_kind::person, one.index); });
  people.erase(std::ranges::unique(people).begin(), people.end());
  c.to.begin_object();
  c.to.key("people");
  c.to.begin_array();
  for (const person_ref one : people) write_load(c, one, load_of(one));
  c.to.end_array();
  c.to.end_object();
}

}  // namespace tocsin::inline v1
