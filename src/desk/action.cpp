#include <tocsin/desk/action.hpp>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/escalation/commands.hpp>
#include <tocsin/incident/commands.hpp>
#include <tocsin/model/clock_record.hpp>
#include <tocsin/model/escalation_record.hpp>
#include <tocsin/model/known_error.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/model/task.hpp>
#include <tocsin/routing/commands.hpp>
#include <tocsin/satisfaction/commands.hpp>
#include <tocsin/task/commands.hpp>

#include "gates.hpp"

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

// The verb that a command makes of a record; unset: none.
verb verb_of(std::string_view command) {
  if (command == "refuse_resolution") return verb::reopen;
  if (command == "mark_duplicate") return verb::unset;  // goes by another move where the workflow has none of its own
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
        actor_(actor ? actor : host_person),
        workflow_(state_.definitions.workflow_of(record)),
        lookup_{[&d](record_ref ref) { return d.find(ref); },
                [&d](std::uint64_t number) { return d.find_number(number); },
                [&d](std::string_view text) { return d.read_number(text); },
                [&d](std::uint64_t number) { return d.show_number(number); }, &d.storage()} {}

  std::vector<action> take() {
    for (const command_type* type : command_types()) {
      if (!subject_of(*type) || (type->concerns && !type->concerns(record_))) continue;
      const verb v = verb_of(type->name);
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
    if (m) {
      if (!(m->to == record_.state)) a.to = m->to;
      look_at_guards(*m, a);
      if (v == verb::reopen) look_at_window(a);
    } else if (v != verb::unset && !takes_up_closed(a)) {
      say_no_move(a);
    } else if (v == verb::unset) {
      look_at_state(a, type);
    }
    if (!may_command(state_, type, actor_, &record_, state_.counters.clock)) {
      a.unmet.push_back({"no permission policy grants it to " + name(word_kind::person, actor_.index), {}});
    }
    a.allowed = a.unmet.empty();
    actions_.push_back(std::move(a));
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

  // A command that moves the record as this verb does.
  void look_at_move(verb v, action& a) {
    if (const workflow_move* m = workflow_.move(v, record_.state)) return look_at_guards(*m, a);
    say_no_move(a);
  }

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
    for (const workflow_host_guard& guard : declared.host_guards) a.depends.push_back(guard.says);
    for (std::size_t i = 0; i < m.required.size(); ++i) {
      if (!seen.has(m.required[i])) a.required.push_back(declared.required[i]);
    }
  }

  // Commands without a transition: an ended record can only be amended, and its personal values erased.
  void look_at_state(action& a, const command_type& type) {
    if (a.command == "amend_incident" || a.command == "erase_personal") return;
    if (a.command == "request_review") return try_plausible(a, type);
    if (a.command == "excuse_breach") return look_at_breaches(a);
    if (a.command == "rate_resolution") {
      look_at_resolution(a);
      if (a.unmet.empty()) try_plausible(a, type);
      return;
    }
    if (a.command == "report_notice" || a.command == "acknowledge_bundle") return look_at_effects(a);
    if (is_final(record_.state_kind)) {
      a.unmet.push_back(
          {"it is " + name(word_kind::state, record_.state.index) + " and changes only by amend_incident", {}});
    }
    look_at_details(a);
    if (a.command == "mark_duplicate") {
      const bool has_own_move = static_cast<bool>(workflow_.target(verb::mark_duplicate, record_.state));
      look_at_move(has_own_move ? verb::mark_duplicate : verb::cancel, a);
    }
    if (a.command == "retire_known_error" && record_.part<incident_known_error>()) look_at_move(verb::close, a);
    if (a.unmet.empty()) try_plausible(a, type);
  }

  // What stands against the record itself is what stands against the most plausible of the commands that could be given.
  void try_plausible(action& a, const command_type& type) {
    const std::optional<plausible_commands> all = plausible(type);
    if (!all) return;
    std::optional<std::vector<std::string>> least;
    for (const command& one : all->commands) {
      std::vector<std::string> unmet = refusal_of(one);
      if (unmet.empty()) return;
      if (!least || unmet.size() < least->size()) least = std::move(unmet);
    }
    if (!least) least = {all->none};
    for (std::string& says : *least) a.unmet.push_back({std::move(says), {}});
  }

  // A breach may be excused after the record has ended (S13).
  void look_at_breaches(action& a) const {
    const bool breached = std::ranges::any_of(record_.part_or_empty<incident_clocks>().clocks,
                                              [](const incident_clock& c) { return is_set(c.state.breached_at); });
    if (!breached) a.unmet.push_back({"none of its clocks is breached", {}});
  }

  // A closed record can be rated for a time (R-C45).
  void look_at_resolution(action& a) const {
    if (find_link(links_of(record_), link_kind::duplicate_of)) return;  // its original is
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
    if (a.command == "acknowledge_bundle" && runs_of(record_).empty()) a.unmet.push_back({"it has no escalation", {}});
  }

  // Commands about what few records have.
  void look_at_details(action& a) const {
    const incident_details& d = details_of(record_);
    const auto demand = [&](std::string_view command, bool met, const char* what) {
      if (a.command == command && !met) a.unmet.push_back({what, {}});
    };
    const bool has_open_task =
        std::ranges::any_of(tasks_of(record_), [](const task& t) { return tocsin::is_open(t.state); });
    for (const char* of_task : {"change_task", "begin_task", "complete_task", "skip_task"}) {
      demand(of_task, has_open_task, "it has no open task");
    }
    demand("convert_record", is_open(record_.state_kind), "it is not open");
    demand("mark_duplicate", is_open(record_.state_kind), "it is not open");
    demand("verify_resolution", record_.state_kind == state_kind::resolved, "it is not resolved");
    for (const char* of_known_error : {"revise_known_error", "retire_known_error"}) {
      demand(of_known_error, record_.part<incident_known_error>() != nullptr, "it is not a known error");
    }
    const bool is_auxiliary = state_.definitions.base_of(record_) == record_base::auxiliary;
    for (const char* of_work :
         {"acknowledge_incident", "mark_duplicate", "start_escalation", "escalate", "hand_over"}) {
      demand(of_work, !is_auxiliary, "such a record is nobody's work");
    }
    demand("mark_duplicate", !find_link(links_of(record_), link_kind::parent_of), "it has children");
    demand("unlink_records", !links_of(record_).empty(), "it has no links");
    demand("remove_attachment", !d.attachments.empty(), "it has no attachments");
    demand("lift_restriction", d.restricted, "it is not restricted");
    for (const char* of_run : {"acknowledge_page", "unacknowledge_page", "snooze_escalation", "report_delivery"}) {
      demand(of_run, !runs_of(record_).empty(), "it has no escalation");
    }
    for (const char* of_open : {"start_escalation", "escalate", "hand_over", "route_incident"}) {
      demand(of_open, is_open(record_.state_kind), "it is not open");
    }
    demand("link_known_error", !record_.part<incident_known_error>(), "it is a known error itself");
    demand("route_incident", state_.definitions.routing != nullptr, "no assignment rule is in force");
    demand("route_incident", !is_open(record_.state_kind) || workflow_.move(verb::assign, record_.state) != nullptr,
           "its workflow has no move by which it could be assigned");
  }

  // ---- commands as somebody might give them now

  template <class Command>
  static bool is(const command_type& type) {
    return &type == &Command::descriptor;
  }

  // Nothing: whether it is allowed does not depend on more than was looked at.
  std::optional<plausible_commands> plausible(const command_type& type) const {
    const record_ref self{record_.id};
    const std::string reason = "x";
    if (type.plausible) {
      plausible_commands all;
      type.plausible(record_, all);
      return all;
    }
    if (is<acknowledge_incident>(type)) return plausible_commands{{acknowledge_incident{self}}, {}};
    if (is<change_task>(type))
      return of_tasks(
          [&](const task& t) { return change_task{.incident = self, .task = t.number, .title = t.title + reason}; });
    if (is<begin_task>(type)) return of_tasks([&](const task& t) { return begin_task{self, t.number}; });
    if (is<complete_task>(type)) return of_tasks([&](const task& t) { return complete_task{self, t.number, {}}; });
    if (is<skip_task>(type)) return of_tasks([&](const task& t) { return skip_task{self, t.number, reason}; });
    if (is<add_task>(type)) return plausible_commands{{add_task{.incident = self, .title = reason}}, {}};
    if (is<convert_record>(type))
      return of_words(word_kind::record_type, [&](std::uint32_t n) { return convert_record{self, {n}, reason}; });
    if (is<verify_resolution>(type))
      return plausible_commands{{verify_resolution{self, {1}, {}}, verify_resolution{self, {0}, {}}}, {}};
    if (is<start_escalation>(type))
      return of_words(
          word_kind::escalation_policy, [&](std::uint32_t n) { return start_escalation{self, {n}, reason}; },
          "no escalation policy has been published");
    if (is<acknowledge_page>(type))
      return of_runs([&](std::uint32_t run) { return acknowledge_page{.incident = self, .run = run}; });
    if (is<unacknowledge_page>(type))
      return of_runs([&](std::uint32_t run) { return unacknowledge_page{self, run, reason}; });
    if (is<snooze_escalation>(type))
      return of_runs([&](std::uint32_t run) {
        return snooze_escalation{.incident = self, .run = run, .until = state_.counters.clock + hour};
      });
    if (is<escalate>(type)) return escalations();
    if (is<hand_over>(type))
      return of_words(
          word_kind::team, [&](std::uint32_t n) { return hand_over{self, {n}, {}, reason}; },
          "there is no team that it could be handed over to");
    if (is<route_incident>(type)) return plausible_commands{{route_incident{.incident = self}}, {}};
    if (is<rate_resolution>(type))
      return plausible_commands{
          {rate_resolution{self, {1}, {}, actor_.index > host_person.index ? actor_ : somebody()}}, {}};
    return std::nullopt;
  }

  template <class Make>
  plausible_commands of_tasks(Make make) const {
    plausible_commands all;
    for (const task& t : tasks_of(record_)) {
      if (tocsin::is_open(t.state)) all.commands.push_back(make(t));
    }
    return all;
  }

  template <class Make>
  plausible_commands of_runs(Make make) const {
    plausible_commands all;
    const std::size_t count = runs_of(record_).size();
    for (std::uint32_t run = 1; run <= count; ++run) all.commands.push_back(make(run));
    return all;
  }

  // Number 0 is that of what has no name of its own: an incident, among the types.
  template <class Make>
  plausible_commands of_words(word_kind kind, Make make, std::string none = {}) const {
    plausible_commands all{{}, std::move(none)};
    const std::uint32_t first = kind == word_kind::record_type ? 0 : 1;
    for (std::uint32_t n = first; n <= state_.words.size(kind); ++n) {
      if (kind == word_kind::escalation_policy && !state_.definitions.of<escalation_plan>().current(n)) continue;
      all.commands.push_back(make(n));
    }
    return all;
  }

  person_ref somebody() const { return {static_cast<std::uint32_t>(state_.words.size(word_kind::person))}; }

  plausible_commands escalations() const {
    const record_ref self{record_.id};
    plausible_commands all = of_runs([&](std::uint32_t run) {
      return escalate{.incident = self, .kind = escalate_kind::next_step, .reason = "x", .run = run};
    });
    all.commands.push_back(
        escalate{.incident = self, .kind = escalate_kind::hierarchical, .reason = "x", .person = somebody()});
    return all;
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

  std::string name(word_kind kind, std::uint32_t number) const { return std::string(state_.words.word(kind, number)); }

  const desk_state& state_;
  const incident& record_;
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
