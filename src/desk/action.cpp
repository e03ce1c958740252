#include <tocsin/desk/action.hpp>

#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include "gates.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_about_record(const vocabulary_type& type) {
  return std::ranges::any_of(
      type.fields(), [](const field_row& f) { return f.name == "incident" && f.type->kind == field_kind::record; });
}

// The verb that a command makes of a record; unset: none.
verb verb_of(std::string_view command) {
  if (command == "refuse_resolution") return verb::reopen;
  for (std::size_t v = 1; v < verb_count; ++v) {
    if (command_of(static_cast<verb>(v)) == command) return static_cast<verb>(v);
  }
  return verb::unset;
}

bool looks_at_command(const condition& c, const condition_schema& schema) {
  return std::ranges::any_of(c.steps, [&](const condition_step& step) {
    return step.operation == condition_operator::var &&
           schema.paths[static_cast<std::size_t>(step.number)].path.starts_with("command.");
  });
}

class action_list {
 public:
  action_list(const desk& d, const incident& record, person_ref actor)
      : state_(d.state()), record_(record), actor_(actor), workflow_(state_.definitions.workflow_of(record)) {}

  std::vector<action> take() {
    const auto types = command_types();
    for (std::size_t place = 1; place < types.size(); ++place) {
      if (!is_about_record(types[place])) continue;
      const verb v = verb_of(types[place].name);
      if (v == verb::move) {
        add_own_moves(place);
      } else {
        add(place, v == verb::unset ? nullptr : workflow_.move(v, record_.state), v);
      }
    }
    return std::move(actions_);
  }

 private:
  void add_own_moves(std::size_t place) {
    for (const workflow_move& m : workflow_.moves()) {
      if (m.verb == verb::move && m.from == record_.state && m.declared->trigger <= move_trigger::manual) {
        add(place, &m, verb::move);
      }
    }
  }

  void add(std::size_t place, const workflow_move* m, verb v) {
    action a{.command = command_types()[place].name};
    for (const field_row& field : command_types()[place].fields()) {
      if (field.required && field.name != "incident") a.required.emplace_back(field.name);
    }
    if (m) {
      if (!(m->to == record_.state)) a.to = m->to;
      look_at_guards(*m, a);
    } else if (v != verb::unset && !takes_up_closed(v)) {
      a.unmet.push_back({"its workflow has no such move from " + name(word_kind::state, record_.state.index), {}});
    } else if (v == verb::unset) {
      look_at_state(a);
    }
    if (!may_command(state_, place, actor_, &record_, state_.counters.clock)) {
      a.unmet.push_back({"no permission policy grants it to " + name(word_kind::person, actor_.index), {}});
    }
    a.allowed = a.unmet.empty();
    actions_.push_back(std::move(a));
  }

  bool takes_up_closed(verb v) const { return v == verb::reopen && record_.state_kind == state_kind::closed; }

  void look_at_guards(const workflow_move& m, action& a) {
    const condition_schema& schema = state_.definitions.schemas->of(m.verb);
    const record_view seen{*state_.definitions.schemas, state_.definitions, state_.words, record_, actor_, m.verb};
    const instant now = state_.counters.clock;
    const workflow_transition& declared = *m.declared;
    if (!declared.permission.empty() && !may_pass(state_, declared.permission, actor_, record_, now)) {
      a.unmet.push_back({"the permission \"" + declared.permission + "\" has not been granted", {}});
    }
    for (unmet_gate& gate : unmet_gates(record_, workflow_, m.to_kind)) a.unmet.push_back({std::move(gate.what), {}});
    for (std::size_t i = 0; i < m.guards.size(); ++i) {
      if (looks_at_command(m.guards[i], schema)) {
        a.depends.push_back(declared.guards[i].says);
      } else if (!holds(m.guards[i], seen.data(), now)) {
        json_writer why;
        write_explanation(why, explain(m.guards[i], seen.data(), now));
        a.unmet.push_back({declared.guards[i].says, why.take()});
      }
    }
    for (std::size_t i = 0; i < m.required.size(); ++i) {
      if (!seen.has(m.required[i])) a.required.push_back(declared.required[i]);
    }
  }

  // Commands without a transition: an ended record can only be amended.
  void look_at_state(action& a) const {
    if (a.command == "amend_incident") return;
    if (a.command == "excuse_breach") return look_at_breaches(a);
    if (a.command == "rate_resolution") return look_at_resolution(a);
    if (a.command == "report_notice" || a.command == "acknowledge_bundle") return look_at_effects(a);
    if (is_final(record_.state_kind)) {
      a.unmet.push_back(
          {"it is " + name(word_kind::state, record_.state.index) + " and changes only by amend_incident", {}});
    }
    look_at_details(a);
    if (a.command != "acknowledge_incident") return;
    if (is_set(record_.acknowledged_at)) {
      a.unmet.push_back({"it was acknowledged by " + name(word_kind::person, record_.acknowledged_by.index), {}});
    } else if (!is_open(record_.state_kind)) {
      a.unmet.push_back({"it is not open", {}});
    }
  }

  // A breach may be excused after the record has ended (S13).
  void look_at_breaches(action& a) const {
    const bool breached = record_.clocks && std::ranges::any_of(record_.clocks->clocks, [](const incident_clock& c) {
                            return is_set(c.state.breached_at);
                          });
    if (!breached) a.unmet.push_back({"none of its clocks is breached", {}});
  }

  // A closed record can be rated for a time (R-C45).
  void look_at_resolution(action& a) const {
    if (find_link(details_of(record_).links, link_kind::duplicate_of)) return;  // its original is
    if (record_.state_kind == state_kind::resolved) return;
    if (record_.state_kind != state_kind::closed) return a.unmet.push_back({"it is not resolved", {}});
    const std::int64_t days = days_for_satisfaction(workflow_.definition());
    if (state_.counters.clock >= record_.closed_at + days * day) {
      a.unmet.push_back({"it was closed longer ago than " + std::to_string(days) + " days", {}});
    }
  }

  // Delivery reports are accepted for closed records; whether an effect was sent is checked on execution.
  void look_at_effects(action& a) const {
    if (a.command == "report_notice" && !record_.caller) a.unmet.push_back({"it has no requester", {}});
    const bool paged = record_.escalations && !record_.escalations->escalations.empty();
    if (a.command == "acknowledge_bundle" && !paged) a.unmet.push_back({"it has no escalation", {}});
  }

  // Commands about what few records have.
  void look_at_details(action& a) const {
    const incident_details& d = details_of(record_);
    const auto demand = [&](std::string_view command, bool met, const char* what) {
      if (a.command == command && !met) a.unmet.push_back({what, {}});
    };
    const bool has_open_task = std::ranges::any_of(d.tasks, [](const task& t) { return tocsin::is_open(t.state); });
    for (const char* of_task : {"change_task", "begin_task", "complete_task", "skip_task"}) {
      demand(of_task, has_open_task, "it has no open task");
    }
    demand("convert_record", is_open(record_.state_kind), "it is not open");
    demand("mark_duplicate", is_open(record_.state_kind), "it is not open");
    demand("verify_resolution", record_.state_kind == state_kind::resolved, "it is not resolved");
    demand("unlink_records", !d.links.empty(), "it has no links");
    demand("remove_attachment", !d.attachments.empty(), "it has no attachments");
    demand("lift_restriction", d.restricted, "it is not restricted");
    for (const char* of_run : {"acknowledge_page", "unacknowledge_page", "snooze_escalation", "report_delivery"}) {
      demand(of_run, record_.escalations && !record_.escalations->escalations.empty(), "it has no escalation");
    }
    for (const char* of_open : {"start_escalation", "escalate", "hand_over", "route_incident"}) {
      demand(of_open, is_open(record_.state_kind), "it is not open");
    }
    demand("link_known_error", !record_.known_error, "it is a known error itself");
    demand("route_incident", state_.definitions.routing != nullptr, "no assignment rule is in force");
    demand("route_incident", !is_open(record_.state_kind) || workflow_.move(verb::assign, record_.state) != nullptr,
           "its workflow has no move by which it could be assigned");
  }

  std::string name(word_kind kind, std::uint32_t number) const { return std::string(state_.words.word(kind, number)); }

  const desk_state& state_;
  const incident& record_;
  person_ref actor_;
  const workflow_graph& workflow_;
  std::vector<action> actions_;
};

}  // namespace

std::span<const field_row> allowed_actions_query::fields() {
  static constexpr field_row rows[] = {
      row<&allowed_actions_query::incident>("incident", "Incident by number or id", required),
  };
  return rows;
}

std::vector<action> allowed_actions(const desk& d, const incident& record, person_ref actor) {
  return action_list(d, record, actor).take();
}

}  // namespace tocsin::inline v1
