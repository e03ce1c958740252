// Questions about one record.
#include <tocsin/desk/category_history.hpp>
#include <tocsin/desk/condition_words.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/slice.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/incident/events.hpp>

#include "answer.hpp"
#include "audience.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// From the root down, as the tree was then (L7).
void write_path(const answer_context& c, category_ref category, const category_history& categories,
                const as_of& until) {
  if (!category) return;
  c.to.key("category_path");
  c.to.begin_array();
  for (const category_ref one : categories.path(category, until)) {
    c.to.text(c.d.state().words.word(word_kind::category, one.index));
  }
  c.to.end_array();
}

class timeline_writer {
 public:
  explicit timeline_writer(const answer_context& c) : c_(c), seen_by_(c.audience(c.record.get())), categories_(c.d) {}

  void write() {
    c_.to.begin_object();
    c_.to.key("incident");
    c_.to.begin_object();
    shown_members().write(c_.to, *c_.record, c_.d, c_.names, seen_by_, c_.by);
    c_.to.end_object();
    c_.to.key("events");
    c_.to.begin_array();
    for (const entry& e : read_chain(c_.d.storage(), *c_.record, UINT64_MAX)) {
      for (const event& happened : e.events) {
        if (happened.record.id == c_.record->id && is_for(seen_by_, happened) && !c_.by.hides(happened)) {
          write_happened(e, happened);
        }
      }
    }
    c_.to.end_array();
    c_.to.end_object();
  }

 private:
  void begin_event(const entry& e, instant at, person_ref actor) {
    c_.to.begin_object();
    c_.write("at", at);
    c_.write("recorded_at", e.recorded_at);
    c_.to.member("sequence", static_cast<std::int64_t>(e.sequence));
    c_.write_if_given("actor", actor);
  }

  void write_happened(const entry& e, const event& happened) {
    const auto* imported = happened.body.get_if<record_imported>();
    begin_event(e, e.stated_at, e.actor);
    if (!imported) {
      write_event_for(seen_by_, c_.to, happened, c_.names, c_.by);
      if (const auto* logged = happened.body.get_if<incident_logged>()) {
        write_path(c_, logged->category, categories_, {.sequence = e.sequence});
      } else if (const auto* classified = happened.body.get_if<incident_classified>()) {
        write_path(c_, classified->category, categories_, {.sequence = e.sequence});
      }
      return c_.to.end_object();
    }
    record_imported without_history = *imported;
    without_history.history.clear();
    write_event_members(c_.to, {happened.record, happened.previous, std::move(without_history)}, c_.names);
    c_.to.end_object();
    for (const import_step& step : imported->history) write_step(e, step);
  }

  void write_step(const entry& e, import_step step) {
    begin_event(e, step.at, step.actor);
    c_.to.member("event", "import_step");
    step.at = no_instant;  // said already, as the actor is
    step.actor = {};
    write_members(c_.to, step, c_.names);
    c_.to.end_object();
  }

  const answer_context& c_;
  visibility seen_by_;
  category_history categories_;
};

void write_unmet(const answer_context& c, const unmet_condition& unmet, bool says_why) {
  c.to.begin_object();
  c.to.member("says", unmet.says);
  if (says_why && !unmet.why.empty()) {
    c.to.key("why");
    c.to.raw(unmet.why);
  }
  c.to.end_object();
}

void write_action(const answer_context& c, const action& a, bool says_why) {
  c.to.begin_object();
  c.to.member("command", a.command);
  if (a.to) c.to.member("to", c.d.state().words.word(word_kind::state, a.to.index));
  c.to.member_boolean("allowed", a.allowed);
  if (!a.required.empty()) c.write_texts("required", a.required);
  if (!a.depends.empty()) c.write_texts("depends_on_command", a.depends);
  if (!a.unmet.empty()) {
    c.to.key("unmet");
    c.to.begin_array();
    for (const unmet_condition& u : a.unmet) write_unmet(c, u, says_why);
    c.to.end_array();
  }
  if (a.allowed) {
    const auto types = command_types();
    write_offers(c, **std::ranges::find(types, a.command, &command_type::name));
  }
  c.to.end_object();
}

}  // namespace

void write_offers(const answer_context& c, const command_type& with) {
  for (const slice* one : all_slices()) {
    if (one->offer) one->offer(c, with);
  }
}

void answer(const answer_context& c, const get_query& q) {
  const incident_ptr then = get(c.d, q);
  c.to.begin_object();
  shown_members().write(c.to, *then, c.d, c.names, c.audience(c.record.get()), c.by);
  as_of until;
  if (is_set(q.as_of)) until.at = q.as_of;
  if (q.as_of_sequence != 0) until.sequence = static_cast<std::uint64_t>(q.as_of_sequence);
  write_path(c, then->category, category_history(c.d), until);
  c.to.end_object();
}

void answer(const answer_context& c, const timeline_query&) { timeline_writer(c).write(); }

void answer(const answer_context& c, const explain_query& q) {
  const incident_ptr record = get(c.d, {q.incident, q.as_of, 0});
  const desk_state& state = c.d.state();
  const condition asked = compile_asked(q.condition, state, "/condition");
  const auto then = is_set(q.as_of) ? definitions_as_of(c.d, q.as_of) : nullptr;
  const definition_table& known = then ? then->definitions : state.definitions;
  const incident_ptr without = c.by.without_hidden(*record);
  const record_view seen{*state.definitions.schemas, known, state.words, without ? *without : *record, c.actor()};
  const instant now = is_set(q.as_of) ? q.as_of : state.counters.clock;
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(record->number));
  c.to.member_boolean("holds", holds(asked, seen.data(), now));
  c.to.key("why");
  write_explanation(c.to, explain(asked, seen.data(), now));
  write_warnings(c, q.condition);
  c.to.end_object();
}

void answer(const answer_context& c, const allowed_actions_query&) {
  const incident& record = *c.record;
  c.to.begin_object();
  c.to.member("incident", c.d.show_number(record.number));
  c.to.member("state", c.d.state().words.word(word_kind::state, record.state.index));
  c.to.key("actions");
  c.to.begin_array();
  const bool says_why = c.audience(&record) != visibility::requester;
  for (const action& a : allowed_actions(c.d, record, c.actor())) write_action(c, a, says_why);
  c.to.end_array();
  c.to.end_object();
}

void answer(const answer_context& c, const presence_query& q) {
  c.to.begin_object();
  c.to.key("people");
  c.to.begin_array();
  for (const presence& p : c.d.presences(q.incident, is_set(q.at) ? q.at : c.d.state().counters.clock)) {
    c.to.begin_object();
    c.write_if_given("person", p.actor);
    c.write("activity", p.activity);
    c.write("since", p.at);
    c.write("until", p.until);
    c.to.end_object();
  }
  c.to.end_array();
  c.to.end_object();
}

}  // namespace tocsin::inline v1
