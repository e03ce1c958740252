#include <tocsin/desk/decide.hpp>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/references.hpp>
#include <tocsin/incident/events.hpp>

#include "deciding.hpp"
#include "gates.hpp"
#include "publish.hpp"

#include <algorithm>

namespace tocsin::inline v1 {

// ---- refusals

void objections::add_unmet(const char* reason, const std::string& says, const condition& why, const record_view& seen,
                           instant now) {
  add(reason, says);
  json_writer to;
  write_explanation(to, explain(why, seen.data(), now));
  explanations_.resize(unmet_.size());
  explanations_.back() = to.take();
}

void objections::refuse(std::string_view what, const std::string& record) const {
  std::string message = std::string(what) + " of " + record + " is refused: ";
  json_writer detail;
  detail.begin_object();
  detail.member("record", record);
  detail.key("unmet");
  detail.begin_array();
  for (const std::string& condition : unmet_) {
    if (&condition != &unmet_.front()) message += "; ";
    message += condition;
    detail.text(condition);
  }
  detail.end_array();
  if (!explanations_.empty()) {
    detail.key("why");
    detail.begin_array();
    for (std::size_t i = 0; i < unmet_.size(); ++i) {
      const bool explained = i < explanations_.size() && !explanations_[i].empty();
      detail.raw(explained ? explanations_[i] : "{}");
    }
    detail.end_array();
  }
  detail.end_object();
  throw error(status::failed_precondition, reason_, message, detail.take());
}

void deciding::refuse_empty(const std::string& allowed) {
  throw error(status::invalid_argument, "command.nothing_to_do",
              "the command gives nothing to do, allowed is " + allowed);
}

// ---- records

// A live record stays where it is while the command is decided; a closed one is held here.
const incident& deciding::record_of(record_ref ref) {
  if (const incident_ptr& live = state_.live.find(ref.id)) return *live;
  closed_ = given_.records.find(ref);
  if (!closed_) refuse_unknown_record(ref);
  return *closed_;
}

const incident& deciding::open_or_resolved(record_ref ref, std::string_view what) {
  const incident& r = record_of(ref);
  if (!is_final(r.state_kind)) return r;
  objections o;
  o.add("record.frozen", "it is " + state_name(r) + " and changes only by amend_incident");
  o.throw_if_any(what, [&] { return name_of(r); });
  return r;
}

// ---- moves (L2)

std::string deciding::no_move(const incident& r, verb v, state_ref to) const {
  const workflow_graph& workflow = workflow_of(r);
  if (v != verb::move) {
    const std::string allowed = workflow.verbs_from(r.state);
    return std::string(command_of(v)) + " is not allowed from " + state_name(r) +
           " (allowed: " + (allowed.empty() ? "nothing; amend_incident corrects it" : allowed) + ")";
  }
  std::string allowed;
  for (const workflow_move& m : workflow.moves()) {
    if (m.verb != v || !(m.from == r.state) || m.declared->trigger > move_trigger::manual) continue;
    allowed += (allowed.empty() ? "" : ", ") + std::string(state_.words.word(word_kind::state, m.to.index));
  }
  return "a move to " + std::string(state_.words.word(word_kind::state, to.index)) + " is not allowed from " +
         state_name(r) + " (allowed: " + (allowed.empty() ? "none" : allowed) + ")";
}

const workflow_move& deciding::move(const incident& r, verb v, const void* body, state_ref to) {
  static const workflow_move nowhere;
  const workflow_move* m = workflow_of(r).move(v, r.state, to);
  refused_ = command_of(v);
  made_ = {{r.id}, m, body};
  if (!m) {
    against_.add("workflow.transition_not_allowed", no_move(r, v, to));
    return nowhere;
  }
  for (unmet_gate& unmet : unmet_gates(r, workflow_of(r), m->to_kind))
    against_.add(unmet.reason, std::move(unmet.what));
  if (!m->guards.empty() || !m->declared->permission.empty()) check_guards(r, *m, body);
  return *m;
}

void deciding::refuse_as(std::string_view what, const incident& r) {
  refused_ = what;
  refused_name_ = name_of(r);
}

void deciding::check_guards(const incident& r, const workflow_move& m, const void* body) {
  const record_view seen{*state_.definitions.schemas, state_.definitions, state_.words, r, given_.actor, m.verb, body};
  const std::string& permission = m.declared->permission;
  if (!permission.empty() && !may_pass(state_, permission, given_.actor, r, given_.at)) {
    against_.add("workflow.permission",
                 person_name(given_.actor) + " has not been granted the permission \"" + permission + '"');
  }
  for (std::size_t i = 0; i < m.guards.size(); ++i) {
    if (holds(m.guards[i], seen.data(), given_.at)) continue;
    against_.add_unmet("workflow.guard", m.declared->guards[i].says, m.guards[i], seen, given_.at);
  }
}

// The fields that the move demands, on the record as it will be.
void deciding::check_required(const pending_move& made) {
  incident after = record_of(made.record);
  const event_context context{.sequence = state_.counters.sequence + 1,
                              .stated_at = given_.at,
                              .recorded_at = given_.recorded_at,
                              .actor = given_.actor};
  for (const event& happened : events_) {
    if (happened.record == made.record) fold(after, happened.body, context, state_.definitions);
  }
  const record_view seen{
      *state_.definitions.schemas, state_.definitions, state_.words, after, given_.actor, made.move->verb, made.body};
  for (std::size_t i = 0; i < made.move->required.size(); ++i) {
    if (seen.has(made.move->required[i])) continue;
    against_.add("workflow.required_field", made.move->declared->required[i] + " must be given");
  }
}

void deciding::finish() {
  if (made_.move && !made_.move->required.empty()) check_required(made_);
  if (against_.empty()) return;
  against_.throw_if_any(refused_, [&] { return made_.record ? name_of(record_of(made_.record)) : refused_name_; });
}

// ---- what is known

const workflow_graph& workflow_for(const desk_state& state, workflow_ref asked, record_type_ref type) {
  std::uint32_t number = asked.index;
  if (number == 0) {
    const record_type* known = state.definitions.record_types.current(type.index);
    number = state.words.find(word_kind::workflow, known ? std::string_view(known->workflow) : default_definition);
  }
  const workflow_graph* workflow = state.definitions.workflows.current(number);
  if (!workflow) throw error(status::not_found, "workflow.unknown", "there is no workflow for such records");
  return *workflow;
}

priority deciding::by_matrix(impact i, urgency u) const {
  const priority_matrix* matrix = state_.definitions.matrix(matrix_version());
  return matrix ? priority_of(*matrix, i, u) : priority::unset;
}

std::uint64_t deciding::next_number(record_type_ref type) const {
  std::uint64_t last = state_.counters.last_number;
  if (type) last = number_in(type.index, type.index < state_.last_numbers.size() ? state_.last_numbers[type.index] : 0);
  for (const event& happened : events_) {  // one command may log several
    const auto* logged = happened.body.get_if<incident_logged>();
    if (logged && logged->type == type) last = std::max(last, logged->number);
  }
  return last + 1;
}

// ---- the ways in

void decide(const command& asked, const decision& given, std::vector<event>& events) {
  if (!asked.type()) throw error(status::invalid_argument, "command.missing", "no command");
  deciding by(given, events);
  asked.type()->decide(by, asked.address());
  by.finish();
}

}  // namespace tocsin::inline v1
