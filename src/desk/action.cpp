#include <tocsin/desk/action.hpp>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/viewer.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/workflow/workflow.hpp>

#include "move_check.hpp"
#include "rule/explained.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace tocsin::inline v1 {
namespace {

// The field that names the record which the command is about; null: there is none.
const field_row* subject_of(const command_type& type) {
  for (const record_reference& named : references_of(type)) {
    if (named.demand == reference_demand::subject) return named.steps.front();
  }
  return nullptr;
}

// The verb whose name the command has; unset: none.
verb verb_named(std::string_view command) {
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
      : state_(d.state()),
        record_(record),
        without_(viewer(d, actor).without_hidden(record)),
        actor_(actor ? actor : host_person),
        workflow_(state_.definitions.workflow_of(record)),
        lookup_{[&d](record_ref ref) { return d.find(ref); },
                [&d](std::uint64_t number) { return d.find_number(number); },
                [&d](std::string_view text) { return d.read_number(text); },
                [&d](std::uint64_t number) { return d.show_number(number); }, &d.storage()} {}

  std::vector<action> take() {
    for (const command_type* type : command_types()) {
      if (!subject_of(*type) || (type->concerns && !type->concerns(record_))) continue;
      const verb v = type->move ? type->move(record_, state_) : verb_named(type->name);
      if (v == verb::move) {
        add_own_moves(*type);
      } else {
        add(*type, v == verb::unset ? nullptr : workflow_.move(v, record_.state), v);
      }
    }
    return std::move(actions_);
  }

 private:
  void add_own_moves(const command_type& type) {
    for (const workflow_move& m : workflow_.moves()) {
      if (m.verb == verb::move && m.from == record_.state && m.declared->trigger <= move_trigger::manual) {
        add(type, &m, verb::move);
      }
    }
  }

  void add(const command_type& type, const workflow_move* m, verb v) {
    action a{.command = type.name};
    const std::string_view subject = subject_of(type)->name;
    for (const field_row& field : type.fields()) {
      if (field.required && field.name != subject) a.required.emplace_back(field.name);
    }
    if (m && !(m->to == record_.state)) a.to = m->to;
    look_at(type, m, v, a);
    if (!may_command(state_, type, actor_, &record_, state_.counters.clock)) {
      a.unmet.push_back({"no permission policy grants it to " + name(word_kind::person, actor_.index), {}});
    }
    a.allowed = a.unmet.empty();
    actions_.push_back(std::move(a));
  }

  // What stands against it: whatever is given, then its move, then what somebody might give.
  void look_at(const command_type& type, const workflow_move* m, verb v, action& a) {
    plausible_commands might{state_, actor_, {}, {}, {}};
    if (type.plausible) type.plausible(seen_by_actor(), might);
    for (std::string& says : might.against) a.unmet.push_back({std::move(says), {}});
    if (!might.against.empty()) return;
    if (m) {
      look_at_guards(*m, a);
      if (v == verb::reopen) look_at_window(a);
    } else if (v != verb::unset) {
      if (!takes_up_closed(a)) say_no_move(a);
    } else if (!type.after_end && is_final(record_.state_kind)) {
      a.unmet.push_back(
          {"it is " + name(word_kind::state, record_.state.index) + " and changes only by amend_incident", {}});
    }
    if (a.unmet.empty()) try_each(might, a);
  }

  bool takes_up_closed(const action& a) const {
    return a.command == "reopen_incident" && record_.state_kind == state_kind::closed;
  }

  void say_no_move(action& a) const {
    a.unmet.push_back({"its workflow has no such move from " + name(word_kind::state, record_.state.index), {}});
  }

  void look_at_window(action& a) const {
    const duration window = workflow_.definition().reopen_window;
    if (window.us == 0 || state_.counters.clock < record_.resolved_at + window) return;
    a.unmet.push_back({"it was resolved longer ago than the reopening window of its workflow", {}});
  }

  void look_at_guards(const workflow_move& m, action& a) {
    const condition_schema& schema = state_.definitions.schemas->of(m.verb);
    const record_view seen{*state_.definitions.schemas, state_.definitions, state_.words, record_, actor_, m.verb};
    const instant now = state_.counters.clock;
    const workflow_transition& declared = *m.declared;
    if (!declared.permission.empty() && !may_pass(state_, declared.permission, actor_, record_, now)) {
      a.unmet.push_back({"the permission \"" + declared.permission + "\" has not been granted", {}});
    }
    for (std::size_t i = 0; i < m.guards.size(); ++i) {
      if (looks_at_command(m.guards[i], schema)) a.depends.push_back(declared.guards[i].says);
    }
    for (unmet_guard& one : unmet_guards(seen, workflow_, m, now)) {
      if (one.why && looks_at_command(*one.why, schema)) continue;
      std::string why = one.why && !without_ ? explained(*one.why, seen.data(), now) : std::string();
      a.unmet.push_back({std::move(one.says), std::move(why)});
    }
    for (const workflow_host_guard& guard : declared.host_guards) a.depends.push_back(guard.says);
    for (std::size_t i = 0; i < m.required.size(); ++i) {
      if (!seen.has(m.required[i])) a.required.push_back(declared.required[i]);
    }
  }

  // What stands against the record itself is what stands against the most plausible of the commands that could be given.
  void try_each(plausible_commands& might, action& a) {
    if (might.commands.empty() && !might.none.empty()) a.unmet.push_back({std::move(might.none), {}});
    std::optional<std::vector<std::string>> least;
    for (const command& one : might.commands) {
      std::vector<std::string> unmet = refusal_of(one);
      if (unmet.empty()) return;
      if (!least || unmet.size() < least->size()) least = std::move(unmet);
    }
    if (!least) return;
    for (std::string& says : *least) a.unmet.push_back({std::move(says), {}});
  }

  // What the record's state has against the command; what is wrong with the command itself does not count.
  std::vector<std::string> refusal_of(const command& asked) const {
    std::vector<event> events;
    const instant now = state_.counters.clock;
    try {
      decide(asked, {state_, lookup_, now, now, actor_}, events);
    } catch (const error& e) {
      if (e.code() != status::failed_precondition) return {};
      const auto detail = nlohmann::json::parse(e.detail(), nullptr, false);
      if (detail.is_object() && detail.contains("unmet")) return detail["unmet"].get<std::vector<std::string>>();
      return {e.what()};
    }
    return {};
  }

  const incident& seen_by_actor() const { return without_ ? *without_ : record_; }

  std::string name(word_kind kind, std::uint32_t number) const { return std::string(state_.words.word(kind, number)); }

  const desk_state& state_;
  const incident& record_;
  incident_ptr without_;  // what is hidden from the actor; null: nothing is
  person_ref actor_;
  const workflow_graph& workflow_;
  record_lookup lookup_;
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
