// What a command is decided with. Each command has its `decide(command, deciding&)` in its concept's decide*.cpp.
// Nothing is changed there: what follows is appended as events, and a refusal lists every objection.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/record_schema.hpp>

namespace tocsin::inline v1 {

// Everything that stands against a command (L2).
class objections {
 public:
  void unless(bool met, const char* reason, std::string_view what) {
    if (!met) add(reason, std::string(what));
  }
  void add(const char* reason, std::string what) {
    if (reason_.empty()) reason_ = reason;
    unmet_.push_back(std::move(what));
  }
  // A condition that does not hold, with what it saw.
  void add_unmet(const char* reason, const std::string& says, const condition& why, const record_view& seen,
                 instant now);
  bool empty() const { return unmet_.empty(); }
  const std::vector<std::string>& unmet() const { return unmet_; }

  template <class Name>
  void throw_if_any(std::string_view what, Name name) const {
    if (!unmet_.empty()) refuse(what, name());
  }
  [[noreturn]] void refuse(std::string_view what, const std::string& record) const;

 private:
  std::string reason_;
  std::vector<std::string> unmet_;
  std::vector<std::string> explanations_;  // JSON
};

// A move that the command makes; the fields that it demands are looked for on the record as it will be.
struct pending_move {
  record_ref record;
  const workflow_move* move = nullptr;
  const void* body = nullptr;  // of the command that it is made for
};

class deciding {
 public:
  deciding(const decision& decided, std::vector<event>& to) : given(decided), state(decided.state), events(to) {}

  template <class Body>
  void emit(record_ref record, Body body) {
    events.emplace_back(record, std::uint64_t{0}, std::move(body));
  }

  // Effects of records that were entered after the fact go nowhere (D5).
  template <class Effect>
  void notify(const incident& r, Effect effect) {
    if (!r.retrospective) emit({r.id}, std::move(effect));
  }

  // What stands against the command is said of this one.
  void refuse_as(std::string_view what, const incident& r);
  // Says what stands against the command, when all of it has been decided.
  void finish();

  // ---- records

  const incident& record_of(record_ref ref);
  const incident& open_or_resolved(record_ref ref, std::string_view what);
  incident_ptr other_record(record_ref ref) const;  // that the command names beside its own

  // ---- names, for messages

  std::string word(word_kind kind, std::uint32_t number) const { return std::string(state.words.word(kind, number)); }
  std::string quoted(word_kind kind, std::uint32_t number) const { return '"' + word(kind, number) + '"'; }
  std::string state_name(const incident& r) const { return word(word_kind::state, r.state.index); }
  std::string person_name(person_ref p) const { return word(word_kind::person, p.index); }
  std::string_view type_name(record_type_ref type) const;
  std::string name_of(const incident& r) const { return given.records.show_number(r.number); }

  // What a desk keeps beside incidents and requests, as known errors, is nobody's work.
  bool is_worked_on(const incident& r) const { return state.definitions.base_of(r) != record_base::auxiliary; }
  std::string nobody_works_on(const incident& r) const {
    return "a record of type " + std::string(type_name(r.type)) + " is nobody's work";
  }

  // ---- what is known

  const workflow_graph& workflow_of(const incident& r) const { return state.definitions.workflow_of(r); }
  state_kind kind_of(const incident& r, state_ref to) const { return workflow_of(r).kind(to); }
  instant effective(const incident& r) const { return std::max(given.at, r.updated_at); }
  std::uint32_t matrix_version() const {
    return state.definitions.of<priority_matrix>().latest(state.definitions.incident_matrix.index);
  }
  priority by_matrix(impact i, urgency u) const;

  const decision& given;
  const desk_state& state;
  std::vector<event>& events;
  objections against;        // the command, beside what is thrown at once
  std::string refused;       // the command's name, for that
  std::string refused_name;  // and its record's
  pending_move made;
  command handed_on;  // a command that this one gives

 private:
  incident_ptr closed_;  // the record, where it is not a live one
};

// What the command would bring, by the rules that hold for everybody; why it would not, empty where it would.
template <class Command>
std::string try_to(const deciding& d, const Command& c, std::vector<event>& happened) {
  try {
    deciding other(d.given, happened);
    decide(c, other);
    other.finish();
    return {};
  } catch (const error& e) {
    happened.clear();
    return e.what();
  }
}

[[noreturn]] void refuse_empty(const std::string& allowed);

// The workflow that records of this type begin on; throws where there is none.
const workflow_graph& workflow_for(const desk_state& state, workflow_ref asked, record_type_ref type);

// The built-in record type with this key; throws where it has not been published.
record_type_ref auxiliary_type(const desk_state& state, std::string_view key);

}  // namespace tocsin::inline v1
