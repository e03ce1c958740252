#include <tocsin/desk/decide.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/fold.hpp>

#include "publish.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// Everything that stands against a command, said at once (L2).
class objections {
 public:
  void unless(bool met, const char* reason, std::string_view what) {
    if (!met) add(reason, std::string(what));
  }

  void add(const char* reason, std::string what) {
    if (reason_.empty()) reason_ = reason;
    unmet_.push_back(std::move(what));
  }

  template <class Name>
  void throw_if_any(std::string_view command, Name name) const {
    if (!unmet_.empty()) refuse(command, name());
  }

 private:
  [[noreturn]] void refuse(std::string_view command, const std::string& record) const {
    std::string message = std::string(command) + " of " + record + " is refused: ";
    json_writer detail;
    detail.begin_object();
    detail.member("record", record);
    detail.key("unmet");
    detail.begin_array();
    for (const std::string& what : unmet_) {
      if (&what != &unmet_.front()) message += "; ";
      message += what;
      detail.text(what);
    }
    detail.end_array();
    detail.end_object();
    throw error(status::failed_precondition, reason_, message, detail.take());
  }

  std::string reason_;
  std::vector<std::string> unmet_;
};

class decider {
 public:
  decider(const decision& given, std::vector<event>& events) : given_(given), state_(given.state), events_(events) {}

  void operator()(const std::monostate&) { throw error(status::invalid_argument, "command.missing", "no command"); }

  void operator()(const publish& c) { events_.push_back({{}, 0, check_definitions(c, state_)}); }

  void operator()(const log_incident& c) {
    const workflow_graph& workflow = workflow_for(c.workflow);
    incident_logged e;
    e.title = c.title;
    e.description = c.description;
    e.caller = c.caller;
    e.reporter = c.reporter;
    e.contact = c.contact;
    e.location = c.location;
    e.channel = c.channel;
    e.category = c.category;
    e.service = c.service;
    e.impact = c.impact;
    e.urgency = c.urgency;
    e.severity = c.severity;
    e.occurred_at = c.occurred_at;
    e.detected_at = c.detected_at;
    e.reported_at = c.reported_at;
    e.external_key = c.external_key;
    e.retrospective = c.retrospective;
    check_origin(c.occurred_at, c.detected_at, c.reported_at);
    check_in_use(c.category, c.service, c.team);
    const record_ref record = log(std::move(e), workflow, c.workflow);
    if (c.team || c.assignee) {
      const state_ref initial = workflow.initial();
      const state_ref target = workflow.target(verb::assign, initial);
      const state_ref to = target ? target : initial;
      emit(record, incident_assigned{c.team, c.assignee, to, workflow.kind(to), {}});
      if (!c.retrospective) emit(record, assignment_notice{c.team, c.assignee});
    }
    if (!c.retrospective && c.caller) emit(record, requester_notice{notice_cause::logged, no_instant});
  }

  void operator()(const classify_incident& c) {
    const incident& r = open_or_resolved(c.incident, "classify_incident");
    if (!c.category && !c.service) refuse_empty("category or service");
    check_in_use(c.category, c.service, {});
    emit(c.incident, incident_classified{c.category ? c.category : r.category, c.service ? c.service : r.service});
  }

  void operator()(const prioritise_incident& c) {
    const incident& r = open_or_resolved(c.incident, "prioritise_incident");
    if (c.impact == impact::unset && c.urgency == urgency::unset && c.severity == severity::unset &&
        c.override_with == priority::unset && !c.end_override) {
      refuse_empty("impact, urgency, severity, override_with or end_override");
    }
    objections o;
    o.unless(c.override_with == priority::unset || !c.reason.empty(), "priority.override_needs_reason",
             "override_with needs a reason");
    o.unless(c.override_with == priority::unset || !c.end_override, "priority.override_contradiction",
             "override_with and end_override contradict each other");
    o.unless(!c.end_override || r.priority_overridden, "priority.not_overridden", "there is no override to end");
    o.throw_if_any("prioritise_incident", [&] { return name_of(r); });
    incident_prioritised e;
    e.impact = c.impact != impact::unset ? c.impact : r.impact;
    e.urgency = c.urgency != urgency::unset ? c.urgency : r.urgency;
    e.severity = c.severity != severity::unset ? c.severity : r.severity;
    e.overridden = c.override_with != priority::unset || (r.priority_overridden && !c.end_override);
    e.priority_matrix_version = matrix_version();
    if (c.override_with != priority::unset) {
      e.priority = c.override_with;
    } else {
      e.priority = e.overridden ? r.priority : by_matrix(e.impact, e.urgency);
    }
    e.reason = c.reason;
    emit(c.incident, std::move(e));
  }

  void operator()(const assign_incident& c) {
    const incident& r = record_of(c.incident);
    if (!c.team && !c.assignee) refuse_empty("team or assignee");
    check_in_use({}, {}, c.team);
    const state_ref to = move(r, verb::assign);
    const team_ref team = c.team ? c.team : r.team;
    objections o;
    o.unless(!(team == r.team && c.assignee == r.assignee), "assignment.unchanged",
             "the team and the person have it already");
    o.throw_if_any("assign_incident", [&] { return name_of(r); });
    emit(c.incident, incident_assigned{team, c.assignee, to, kind_of(r, to), c.reason});
    notify(r, assignment_notice{team, c.assignee});
  }

  void operator()(const acknowledge_incident& c) {
    const incident& r = record_of(c.incident);
    objections o;
    if (!is_open(r.state_kind)) o.add("incident.not_open", "its state is " + state_name(r) + ", not an open one");
    if (is_set(r.acknowledged_at)) {
      o.add("incident.already_acknowledged", "it was acknowledged by " + person_name(r.acknowledged_by));
    }
    o.throw_if_any("acknowledge_incident", [&] { return name_of(r); });
    emit(c.incident, incident_acknowledged{});
  }

  void operator()(const begin_work& c) {
    const incident& r = record_of(c.incident);
    const state_ref to = move(r, verb::begin_work);
    const bool by_person = given_.actor.index > host_person.index;
    if (!r.assignee && by_person) {
      emit(c.incident, incident_assigned{r.team, given_.actor, r.state, r.state_kind, {}});
    }
    emit(c.incident, work_begun{to, kind_of(r, to)});
  }

  void operator()(const add_note& c) {
    open_or_resolved(c.incident, "add_note");
    emit(c.incident, note_added{c.text});
  }

  void operator()(const add_update& c) {
    const incident& r = open_or_resolved(c.incident, "add_update");
    const visibility seen_by = c.visibility == visibility::unset ? visibility::requester : c.visibility;
    const bool to_requester = seen_by == visibility::requester || seen_by == visibility::everyone;
    const bool by_person = given_.actor != system_person && given_.actor != r.caller;
    emit(c.incident, update_added{c.text, seen_by, to_requester && by_person});
    if (to_requester) notify(r, requester_notice{notice_cause::updated, no_instant});
  }

  void operator()(const add_reply& c) {
    const incident& r = open_or_resolved(c.incident, "add_reply");
    emit(c.incident, reply_added{c.text});
    const workflow_graph& workflow = state_.definitions.workflow_of(r);
    if (r.state_kind == state_kind::on_hold && workflow.resumed_by_reply(r.hold_reason)) {
      emit(c.incident, incident_resumed{r.held_from, workflow.kind(r.held_from), {}});
    }
  }

  void operator()(const hold_incident& c) {
    const incident& r = record_of(c.incident);
    const workflow_graph& workflow = state_.definitions.workflow_of(r);
    objections o;
    const state_ref to = workflow.target(verb::hold, r.state);
    allow_move(o, r, verb::hold, to);
    if (!workflow.has(c.reason)) {
      o.add("workflow.unknown_hold_reason",
            "hold reason " + quoted(word_kind::hold_reason, c.reason.index) + " is none of its workflow");
    }
    o.unless(r.state_kind != state_kind::on_hold || !(r.hold_reason == c.reason), "hold.unchanged",
             "it waits for that reason already");
    o.throw_if_any("hold_incident", [&] { return name_of(r); });
    emit(c.incident, incident_held{c.reason, c.note, to});
  }

  void operator()(const resume_incident& c) {
    const incident& r = record_of(c.incident);
    const state_ref target = move(r, verb::resume);
    const state_ref to = target == r.state && r.held_from ? r.held_from : target;
    emit(c.incident, incident_resumed{to, kind_of(r, to), c.note});
  }

  void operator()(const resolve_incident& c) {
    const incident& r = record_of(c.incident);
    const workflow_graph& workflow = state_.definitions.workflow_of(r);
    objections o;
    const state_ref to = workflow.target(verb::resolve, r.state);
    allow_move(o, r, verb::resolve, to);
    if (!workflow.has(c.code)) {
      o.add("workflow.unknown_resolution_code",
            "resolution code " + quoted(word_kind::resolution_code, c.code.index) + " is none of its workflow");
    }
    o.throw_if_any("resolve_incident", [&] { return name_of(r); });
    const instant due = silence_ends(workflow, effective(r));
    emit(c.incident, incident_resolved{c.code, c.notes, c.permanent, to, due});
    notify(r, requester_notice{notice_cause::resolved, due});
  }

  void operator()(const confirm_resolution& c) {
    const incident& r = record_of(c.incident);
    const state_ref to = move(r, verb::confirm);
    emit(c.incident, resolution_confirmed{c.comment});
    emit(c.incident, incident_closed{close_cause::confirmed, {}, to});
    notify(r, requester_notice{notice_cause::closed, no_instant});
  }

  void operator()(const refuse_resolution& c) {
    const incident& r = record_of(c.incident);
    const state_ref to = reopening(r, "refuse_resolution");
    emit(c.incident, resolution_refused{c.reason});
    emit(c.incident, incident_reopened{c.reason, to, kind_of(r, to)});
    if (r.team || r.assignee) notify(r, assignment_notice{r.team, r.assignee});
  }

  void operator()(const close_incident& c) {
    const incident& r = record_of(c.incident);
    const state_ref to = move(r, verb::close);
    emit(c.incident, incident_closed{close_cause::by_hand, c.note, to});
    notify(r, requester_notice{notice_cause::closed, no_instant});
  }

  void operator()(const reopen_incident& c) {
    const incident& r = record_of(c.incident);
    if (r.state_kind == state_kind::closed) return follow(r);
    const state_ref to = reopening(r, "reopen_incident");
    emit(c.incident, incident_reopened{c.reason, to, kind_of(r, to)});
    if (r.team || r.assignee) notify(r, assignment_notice{r.team, r.assignee});
    notify(r, requester_notice{notice_cause::reopened, no_instant});
  }

  void operator()(const cancel_incident& c) {
    const incident& r = record_of(c.incident);
    const state_ref to = move(r, verb::cancel);
    emit(c.incident, incident_cancelled{c.reason, to});
    notify(r, requester_notice{notice_cause::cancelled, no_instant});
  }

  void operator()(const amend_incident& c) {
    const incident& r = record_of(c.incident);
    incident_amended e;
    e.reason = c.reason;
    e.title = c.title;
    e.description = c.description;
    e.category = c.category;
    e.service = c.service;
    e.severity = c.severity;
    e.resolution_code = c.resolution_code;
    e.resolution_notes = c.resolution_notes;
    e.occurred_at = c.occurred_at;
    e.detected_at = c.detected_at;
    check_origin(c.occurred_at, c.detected_at, no_instant);
    check_in_use(c.category, c.service, {});
    const auto changed = amended_from(c, r, e.before);
    if (!changed) refuse_empty("a field to amend");
    objections o;
    o.unless(!c.resolution_code || state_.definitions.workflow_of(r).has(c.resolution_code),
             "workflow.unknown_resolution_code", "the resolution code is none of its workflow");
    o.throw_if_any("amend_incident", [&] { return name_of(r); });
    emit(c.incident, std::move(e));
  }

  void operator()(const import_record& c);

  void operator()(const erase_personal& c) {
    if (static_cast<bool>(c.record) == static_cast<bool>(c.person)) refuse_empty("either record or person");
    if (c.person && c.person.index <= host_person.index) refuse_empty("a person other than system and host");
    if (c.record) record_of(c.record);
    emit(c.record, personal_erased{c.person, c.reason});
  }

 private:
  template <class Body>
  void emit(record_ref record, Body body) {
    event& happened = events_.emplace_back();
    happened.record = record;
    happened.body.emplace<Body>(std::move(body));
  }

  // Effects of records that were entered after the fact go nowhere (D5).
  template <class Effect>
  void notify(const incident& r, Effect effect) {
    if (r.retrospective) return;
    if constexpr (std::is_same_v<Effect, requester_notice>) {
      if (!r.caller) return;
    }
    emit({r.id}, std::move(effect));
  }

  // A live record stays where it is while the command is decided; a closed one is held here.
  const incident& record_of(record_ref ref) {
    if (const incident_ptr& live = state_.live.find(ref.id)) return *live;
    closed_ = given_.records.find(ref);
    if (!closed_) {
      throw error(status::not_found, "record.unknown", "there is no record with id " + std::to_string(ref.id),
                  "{\"id\":" + std::to_string(ref.id) + "}");
    }
    return *closed_;
  }

  const incident& open_or_resolved(record_ref ref, std::string_view command) {
    const incident& r = record_of(ref);
    if (!is_final(r.state_kind)) return r;
    objections o;
    o.add("record.frozen", "it is " + state_name(r) + " and changes only by amend_incident");
    o.throw_if_any(command, [&] { return name_of(r); });
    return r;
  }

  [[noreturn]] static void refuse_empty(const std::string& allowed) {
    throw error(status::invalid_argument, "command.nothing_to_do",
                "the command gives nothing to do, allowed is " + allowed);
  }

  std::string quoted(word_kind kind, std::uint32_t number) const {
    return '"' + std::string(state_.words.word(kind, number)) + '"';
  }
  std::string state_name(const incident& r) const {
    return std::string(state_.words.word(word_kind::state, r.state.index));
  }
  std::string person_name(person_ref p) const { return std::string(state_.words.word(word_kind::person, p.index)); }
  std::string name_of(const incident& r) const { return given_.records.show_number(r.number); }
  state_kind kind_of(const incident& r, state_ref to) const { return state_.definitions.workflow_of(r).kind(to); }

  void allow_move(objections& o, const incident& r, verb v, state_ref to) const {
    if (to) return;
    const std::string allowed = state_.definitions.workflow_of(r).verbs_from(r.state);
    o.add("workflow.transition_not_allowed",
          std::string(command_of(v)) + " is not allowed from " + state_name(r) +
              " (allowed: " + (allowed.empty() ? "nothing; amend_incident corrects it" : allowed) + ")");
  }

  state_ref move(const incident& r, verb v) const {
    const state_ref to = state_.definitions.workflow_of(r).target(v, r.state);
    if (to) return to;
    objections o;
    allow_move(o, r, v, to);
    o.throw_if_any(command_of(v), [&] { return name_of(r); });
    return to;
  }

  // A reopening goes to Assigned or New if nobody had begun (L1).
  state_ref reopening(const incident& r, std::string_view command) const {
    const workflow_graph& workflow = state_.definitions.workflow_of(r);
    const state_ref to = workflow.target(verb::reopen, r.state);
    objections o;
    allow_move(o, r, verb::reopen, to);
    const duration window = workflow.definition().reopen_window;
    o.unless(!to || window.us == 0 || given_.at < r.resolved_at + window, "workflow.reopen_window_over",
             "it was resolved longer ago than the reopening window of its workflow; log a new one");
    o.throw_if_any(command, [&] { return name_of(r); });
    if (is_set(r.work_begun_at)) return to;
    const state_ref before = workflow.first(r.team || r.assignee ? state_kind::assigned : state_kind::fresh);
    return before ? before : to;
  }

  instant effective(const incident& r) const { return std::max(given_.at, r.updated_at); }

  static instant silence_ends(const workflow_graph& workflow, instant since) {
    const duration after = workflow.definition().auto_close_after;
    return after.us == 0 ? no_instant : since + after;
  }

  const workflow_graph& workflow_for(workflow_ref asked) const {
    const std::uint32_t number = asked ? asked.index : state_.words.find(word_kind::workflow, default_definition);
    const workflow_graph* workflow = state_.definitions.workflows.current(number);
    if (!workflow) throw error(status::not_found, "workflow.unknown", "there is no workflow for incidents");
    return *workflow;
  }

  std::uint32_t matrix_version() const {
    return state_.definitions.priority_matrices.latest(state_.definitions.incident_matrix.index);
  }

  priority by_matrix(impact i, urgency u) const {
    const priority_matrix* matrix = state_.definitions.matrix(matrix_version());
    return matrix ? priority_of(*matrix, i, u) : priority::unset;
  }

  // What began cannot have begun after it was noticed, noticed after it was reported, or reported after now.
  void check_origin(instant occurred, instant detected, instant reported) const {
    objections o;
    const auto not_later = [&](instant a, const char* a_name, instant b, const char* b_name) {
      if (is_set(a) && is_set(b) && a > b) {
        o.add("incident.instants_out_of_order", std::string(a_name) + " is later than " + b_name);
      }
    };
    not_later(occurred, "occurred_at", detected, "detected_at");
    not_later(occurred, "occurred_at", given_.recorded_at, "the command");
    not_later(detected, "detected_at", given_.recorded_at, "the command");
    not_later(reported, "reported_at", given_.recorded_at, "the command");
    o.throw_if_any("the command", [] { return std::string("its instants"); });
  }

  template <class Definition, class Reference>
  void check_one_in_use(const versions<Definition>& all, Reference ref, const char* what) const {
    if (!ref) return;
    const Definition* definition = all.current(ref.index);
    if (definition && !definition->retired) return;
    throw error(status::failed_precondition, "definition.retired",
                std::string(what) + " \"" + (definition ? definition->key : std::to_string(ref.index)) +
                    "\" is retired and not to be named by new records");
  }

  void check_in_use(category_ref c, service_ref s, team_ref t) const {
    check_one_in_use(state_.definitions.categories, c, "category");
    check_one_in_use(state_.definitions.services, s, "service");
    check_one_in_use(state_.definitions.teams, t, "team");
  }

  record_ref log(incident_logged e, const workflow_graph& workflow, workflow_ref asked) {
    const std::uint32_t number = asked ? asked.index : state_.words.find(word_kind::workflow, default_definition);
    e.number = state_.counters.last_number + 1;
    e.workflow = {number};
    e.workflow_version = workflow.version();
    e.state = workflow.initial();
    e.state_kind = workflow.kind(e.state);
    e.priority_matrix_version = matrix_version();
    e.priority = by_matrix(e.impact, e.urgency);
    const record_ref record{state_.counters.last_id + 1};
    emit(record, std::move(e));
    return record;
  }

  // What is closed stays closed: a new incident takes it up again (L5).
  void follow(const incident& r) {
    incident_logged e;
    e.title = r.text->title;
    e.description = r.text->description;
    e.contact = r.text->contact;
    e.location = r.text->location;
    e.caller = r.caller;
    e.reporter = given_.actor;
    e.channel = r.channel;
    e.category = r.category;
    e.service = r.service;
    e.impact = r.impact;
    e.urgency = r.urgency;
    e.severity = r.severity;
    e.follows = {r.id};
    const record_ref record = log(std::move(e), workflow_for(r.workflow), r.workflow);
    if (r.caller) emit(record, requester_notice{notice_cause::logged, no_instant});
  }

  static bool amended_from(const amend_incident& c, const incident& r, amended_values& before) {
    bool changed = false;
    const auto keep = [&](bool given, auto& to, const auto& from) {
      if (!given) return;
      changed = true;
      to = from;
    };
    keep(!c.title.empty(), before.title, r.text->title);
    keep(!c.description.empty(), before.description, r.text->description);
    keep(!c.resolution_notes.empty(), before.resolution_notes, r.text->resolution_notes);
    keep(static_cast<bool>(c.category), before.category, r.category);
    keep(static_cast<bool>(c.service), before.service, r.service);
    keep(c.severity != severity::unset, before.severity, r.severity);
    keep(static_cast<bool>(c.resolution_code), before.resolution_code, r.resolution_code);
    keep(is_set(c.occurred_at), before.occurred_at, r.occurred_at);
    keep(is_set(c.detected_at), before.detected_at, r.detected_at);
    return changed;
  }

  const decision& given_;
  const desk_state& state_;
  std::vector<event>& events_;
  incident_ptr closed_;
};

[[noreturn]] void refuse_step(std::size_t index, std::string_view member, const std::string& found,
                              const std::string& allowed) {
  const std::string path = "/history/" + std::to_string(index) + "/" + std::string(member);
  json_writer detail;
  detail.begin_object();
  detail.member("path", path);
  detail.member("found", found);
  detail.member("allowed", allowed);
  detail.end_object();
  throw error(status::failed_precondition, "import.step_refused", path + ": found " + found + ", allowed " + allowed,
              detail.take());
}

// Holds each step against the workflow while the history is folded.
class history_check {
 public:
  history_check(const workflow_graph& workflow, const priority_matrix* matrix, const lexicon& words, instant now)
      : workflow_(workflow), matrix_(matrix), words_(words), now_(now) {}

  const incident& fold_all(const std::vector<import_step>& history) {
    for (std::size_t i = 0; i < history.size(); ++i) {
      check(history, i);
      fold_step(record_, history[i], workflow_, matrix_);
    }
    return record_;
  }

 private:
  void check(const std::vector<import_step>& history, std::size_t i) const {
    const import_step& step = history[i];
    if (i > 0 && step.at < history[i - 1].at)
      refuse_step(i, "at", "an earlier instant", "none before that of the step before");
    if (step.at > now_) refuse_step(i, "at", "an instant after the import", "the past");
    if (i == 0 && !step.state) refuse_step(i, "state", "nothing", "the state that the history begins in");
    if (step.state) check_state(step, i);
    if (step.resolution_code && !workflow_.has(step.resolution_code)) {
      refuse_step(i, "resolution_code", quoted(word_kind::resolution_code, step.resolution_code.index),
                  "a resolution code of the workflow");
    }
    const state_kind kind = step.state ? workflow_.kind(step.state) : record_.state_kind;
    if (is_set(step.resolved_at) && (is_open(kind) || step.resolved_at > step.at)) {
      refuse_step(i, "resolved_at", "it in an open state, or after the step", "an instant up to that of the step");
    }
    if (step.hold_reason && kind != state_kind::on_hold) {
      refuse_step(i, "hold_reason", "it in a state that is none of waiting", "it in a state of kind on_hold");
    }
  }

  void check_state(const import_step& step, std::size_t i) const {
    if (!workflow_.has(step.state))
      refuse_step(i, "state", quoted(word_kind::state, step.state.index), "a state of the workflow");
    if (workflow_.kind(step.state) == state_kind::on_hold && !workflow_.has(step.hold_reason)) {
      refuse_step(i, "hold_reason", quoted(word_kind::hold_reason, step.hold_reason.index),
                  "a hold reason of the workflow");
    }
    if (i > 0 && !(step.state == record_.state) && !workflow_.connects(record_.state, step.state)) {
      refuse_step(i, "state", quoted(word_kind::state, step.state.index),
                  "a state that the workflow leads to from " + quoted(word_kind::state, record_.state.index));
    }
  }

  std::string quoted(word_kind kind, std::uint32_t number) const {
    return '"' + std::string(words_.word(kind, number)) + '"';
  }

  const workflow_graph& workflow_;
  const priority_matrix* matrix_;
  const lexicon& words_;
  instant now_;
  incident record_;
};

void decider::operator()(const import_record& c) {
  const workflow_graph& workflow = workflow_for(c.workflow);
  record_imported e;
  e.number = c.number;
  e.number_value = state_.counters.last_number + 1;
  if (!c.number.empty()) {
    e.number_value = given_.records.read_number(c.number);
    if (e.number_value == 0 || given_.records.show_number(e.number_value) != c.number) {
      throw error(status::invalid_argument, "import.number_form",
                  "/number: found \"" + c.number + "\", allowed is a number of this desk's form, as " +
                      given_.records.show_number(42));
    }
    if (given_.records.find_number(e.number_value) != 0) {
      throw error(status::already_exists, "import.number_taken",
                  "there is a record with the number " + c.number + " already");
    }
  }
  e.external_key = c.external_key;
  e.workflow = {c.workflow ? c.workflow.index : state_.words.find(word_kind::workflow, default_definition)};
  e.workflow_version = workflow.version();
  e.priority_matrix_version = matrix_version();
  e.title = c.title;
  e.description = c.description;
  e.caller = c.caller;
  e.reporter = c.reporter;
  e.contact = c.contact;
  e.location = c.location;
  e.channel = c.channel;
  e.opened_at = is_set(c.opened_at) ? c.opened_at : c.history.front().at;
  e.occurred_at = c.occurred_at;
  e.detected_at = c.detected_at;
  e.reported_at = c.reported_at;
  e.history = c.history;
  for (const import_step& step : c.history) {
    e.note_count += !step.note.empty();
    e.reply_count += !step.reply.empty();
  }
  history_check check(workflow, state_.definitions.matrix(e.priority_matrix_version), state_.words, given_.recorded_at);
  const incident& last = check.fold_all(c.history);
  if (last.state_kind == state_kind::resolved) {
    // No timer in the past (D11): if the silence would be over already, it begins with the import.
    const instant due = silence_ends(workflow, last.resolved_at);
    e.auto_close_at = is_set(due) && due <= given_.recorded_at ? silence_ends(workflow, given_.recorded_at) : due;
  }
  emit({state_.counters.last_id + 1}, std::move(e));
}

}  // namespace

void decide(const command& asked, const decision& given, std::vector<event>& events) {
  std::visit(decider(given, events), asked);
}

void decide(const timer& fired, const incident& record, const decision& given, std::vector<event>& events) {
  if (fired.kind != timer_kind::auto_close || record.state_kind != state_kind::resolved) return;
  const workflow_graph& workflow = given.state.definitions.workflow_of(record);
  const state_ref to = workflow.target(verb::close, record.state);
  events.push_back(
      {{record.id}, 0, incident_closed{close_cause::silence, {}, to ? to : workflow.first(state_kind::closed)}});
  if (!record.retrospective && record.caller) {
    events.push_back({{record.id}, 0, requester_notice{notice_cause::closed, no_instant}});
  }
}

record_ref subject(const command& asked) {
  return std::visit(
      [](const auto& c) -> record_ref {
        if constexpr (requires { c.incident; }) {
          return c.incident;
        } else if constexpr (requires { c.record; }) {
          return c.record;
        } else {
          return {};
        }
      },
      asked);
}

}  // namespace tocsin::inline v1
