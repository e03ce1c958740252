#include <tocsin/desk/deciding.hpp>

#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/references.hpp>

#include "move_check.hpp"
#include "rule/explained.hpp"

namespace tocsin::inline v1 {
namespace {

// The fields that the move demands, on the record as it will be.
void check_required(deciding& d) {
  const pending_move& made = d.made;
  incident after = d.record_of(made.record);
  const event_context context{.sequence = d.state.counters.sequence + 1,
                              .stated_at = d.given.at,
                              .recorded_at = d.given.recorded_at,
                              .actor = d.given.actor};
  for (const event& happened : d.events) {
    if (happened.record == made.record) fold(after, happened.body, context, d.state.definitions);
  }
  const record_view seen{*d.state.definitions.schemas,
                         d.state.definitions,
                         d.state.words,
                         after,
                         d.given.actor,
                         made.move->verb,
                         made.body};
  for (std::string& says : missing_fields(seen, *made.move)) d.against.add("workflow.required_field", std::move(says));
}

}  // namespace

// ---- refusals

void objections::add_unmet(const char* reason, const std::string& says, const condition& why, const record_view& seen,
                           instant now) {
  add(reason, says);
  explanations_.resize(unmet_.size());
  explanations_.back() = explained(why, seen.data(), now);
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
      const bool has_why = i < explanations_.size() && !explanations_[i].empty();
      detail.raw(has_why ? explanations_[i] : "{}");
    }
    detail.end_array();
  }
  detail.end_object();
  throw error(status::failed_precondition, reason_, message, detail.take());
}

void refuse_empty(const std::string& allowed) {
  throw error(status::invalid_argument, "command.nothing_to_do",
              "the command gives nothing to do, allowed is " + allowed);
}

void deciding::refuse_as(std::string_view what, const incident& r) {
  refused = what;
  refused_name = name_of(r);
}

void deciding::finish() {
  if (made.move && !made.move->required.empty()) check_required(*this);
  if (against.empty()) return;
  against.throw_if_any(refused, [&] { return made.record ? name_of(record_of(made.record)) : refused_name; });
}

// ---- records

// A live record stays where it is while the command is decided; a closed one is held here.
const incident& deciding::record_of(record_ref ref) {
  if (const incident_ptr& live = state.live.find(ref.id)) return *live;
  closed_ = given.records.find(ref);
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

incident_ptr deciding::other_record(record_ref ref) const {
  incident_ptr found = given.records.find(ref);
  if (!found) refuse_unknown_record(ref);
  return found;
}

// ---- what is known

std::string_view deciding::type_name(record_type_ref type) const {
  return type ? state.words.word(word_kind::record_type, type.index) : std::string_view("incident");
}

priority deciding::by_matrix(impact i, urgency u) const {
  const priority_matrix* matrix = state.definitions.matrix(matrix_version());
  return matrix ? priority_of(*matrix, i, u) : priority::unset;
}

const workflow_graph& workflow_for(const desk_state& state, workflow_ref asked, record_type_ref type) {
  std::uint32_t number = asked.index;
  if (number == 0) {
    const record_type* known = state.definitions.of<record_type>().current(type.index);
    number = state.words.find(word_kind::workflow, known ? std::string_view(known->workflow) : default_definition);
  }
  const workflow_graph* workflow = state.definitions.of<workflow_graph>().current(number);
  if (!workflow) throw error(status::not_found, "workflow.unknown", "there is no workflow for such records");
  return *workflow;
}

record_type_ref auxiliary_type(const desk_state& state, std::string_view key) {
  const record_type_ref type{state.words.find(word_kind::record_type, key)};
  if (state.definitions.of<record_type>().current(type.index)) return type;
  throw error(status::failed_precondition, "definition.unknown",
              "the record type \"" + std::string(key) + "\" of the library's pack has not been published in this desk");
}

}  // namespace tocsin::inline v1
