// A move without a command of its own: a parent's move reaches a child, or a hold ends.
#pragma once

#include <string>
#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/record_schema.hpp>

namespace tocsin::inline v1 {

enum class notice_cause : std::uint8_t;

// A reopening goes to Assigned or New if nobody had begun (L1); `to` is where the move leads.
state_ref reopened_state(const workflow_graph& workflow, const incident& record, state_ref to);

// Does it wait for something of that kind?
bool is_held_for(const desk_state& state, const incident& record, awaited what);

// What a move of a record may cost of an entry, and how much an entry may spend on what reaches other records: sixteen
// events for the record and each of its children, one for each duplicate.
std::size_t cost_of_move(const incident& record);
inline constexpr std::size_t cascade_events_max = 600;

// May the actor move that record alone so (D9)?
bool may_follow(const decision& given, const incident& record, verb v);

// What the host, who is asked, says against the move. Where it says nothing, its answers are appended: they go before the
// move. Ask only where nothing else stands against it: the host may have to look far.
std::vector<std::string> ask_host(const decision& given, const incident& record, const workflow_move& move,
                                  std::vector<event>& to);

// What such moves are decided with, for one record.
class follower {
 public:
  follower(const incident& record, const decision& given, std::vector<event>& events)
      : r_(record), given_(given), workflow_(given.state.definitions.workflow_of(record)), events_(events) {}

  // Each does what the workflow allows. Where it does not, it says so in the journal and answers false.
  bool resolve(resolution_code_ref code, const std::string& notes, bool permanent, move_cause cause);
  bool hold(hold_reason_ref reason, const std::string& note, move_cause cause);
  bool reopen(const std::string& reason);
  void resume(move_cause cause);

 private:
  template <class Body>
  void emit(Body body) {
    events_.push_back({{r_.id}, 0, std::move(body)});
  }
  void tell_requester(notice_cause cause, instant answer_by);
  // Appends the event that `made` makes of the move that the verb means, or says what stands against it.
  template <class Made>
  bool attempt(verb v, const void* body, move_cause cause, std::vector<std::string> unmet, Made made);
  void check(const workflow_move& m, const void* body, const event_body& to_come,
             std::vector<std::string>& unmet) const;

  const incident& r_;
  const decision& given_;
  const workflow_graph& workflow_;
  std::vector<event>& events_;
};

}  // namespace tocsin::inline v1
