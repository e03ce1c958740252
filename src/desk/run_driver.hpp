// The runs of one record on a desk: takes them from instant to instant, and says what came of it as events (E1-E7).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include "oncall_source.hpp"
#include "page_counts.hpp"

namespace tocsin::inline v1 {

// Is something of that record due then that the host comes too late for to do as if it had been there? Such things wait
// until all else that is due has happened, and count from then on (D8).
bool is_missed(const incident& record, instant due, instant now, const definition_table& known);

// Where a record that is given to somebody goes: by its workflow's own move, else it stays where it is.
state_ref state_when_assigned(const definition_table& known, const incident& record);

class run_driver {
 public:
  run_driver(const incident& record, const decision& given, std::vector<event>& events);

  const std::vector<record_run>& runs() const { return runs_; }
  bool has(escalation_policy_ref policy, std::string_view cause) const;

  void start(escalation_policy_ref policy, escalation_cause on, std::string cause, std::string reason = {});
  void begin_again(std::size_t place, std::string reason = {});
  // All that is due: methods of people whom a page reached, and the run itself.
  void advance(std::size_t place);
  // Why it is refused; nothing has changed then.
  std::optional<error> act(std::size_t place, const run_action& action, const std::string& reason = {});
  void end(std::size_t place, const std::string& cause);
  // A page did not reach the person: the next method is tried at once; the next step, where nobody heard it (E5).
  void miss(std::size_t place, std::uint32_t version, person_ref person);

  // Waits in open time end when their calendars say now (T2).
  void recount_waits();

  // What was held for people goes to them, together with what other records hold (E5).
  void release();

  // The record is this person's from now on, though it does not show it yet.
  void assign(person_ref assignee) { duty_.assign(assignee); }

  // An entry holds so much: what is left is due at the same instant, in another.
  bool is_full() const;

 private:
  template <class Body>
  void emit(Body body) {
    events_.emplace_back(record_ref{record_.id}, std::uint64_t{0}, std::move(body));
  }

  static std::uint32_t number_of(std::size_t place) { return static_cast<std::uint32_t>(place + 1); }
  const escalation_plan& plan_of(const record_run& kept) const;
  void follow(record_run& kept) const;
  bool host_is_late(const escalation_policy& policy) const;
  bool is_due(const record_run& kept) const;
  void begin(std::size_t place, bool again);
  void take(std::size_t place, escalation_run run, const std::vector<run_output>& outputs, const std::string& reason);
  void say_changed(std::size_t place);

  void tell(std::size_t place, const run_output& said, const std::string& reason);
  void tell_start(std::size_t place);
  void notify(std::size_t place, const run_output& said);
  void reassign(std::size_t place, const run_output& said);
  team_ref team_of(const escalation_node& node) const;
  std::string key_of(const record_run& kept, std::uint32_t node) const;

  void reach(record_run& kept, std::size_t place, person_ref person, const run_output& said, bool shadow);
  void try_methods(std::size_t place);
  enum class when { may_wait, at_once };
  void try_methods(std::size_t place, paged_person& reached, instant from, instant until, when how = when::may_wait);
  void send(std::size_t place, paged_person& reached, instant at, std::string method, when how);
  void page_now(std::size_t place, const paged_person& reached, instant due, std::string method);
  bool is_unheard(const record_run& kept) const;

  page_counts counts() const { return {record_, runs_, given_, events_}; }
  void count(std::size_t place, person_ref person, service_ref service, const page_verdict& windows);
  void hold(std::size_t place, paged_person& reached, instant due, std::string method, const page_verdict& verdict);
  std::vector<person_ref> people_to_release() const;
  void release(person_ref person);
  void send_bundle(person_ref person, const std::vector<held_run>& held);
  void count_services(std::size_t place, person_ref person, const page_bundle& bundle);
  void say_bundled(person_ref person, record_ref into);

  const incident& record_;
  const decision& given_;
  const instant now_;
  std::vector<event>& events_;
  desk_oncall duty_;
  std::vector<record_run> runs_;
  std::int64_t functional_ = 0;    // escalations of the record so far
  std::int64_t hierarchical_ = 0;  // likewise
};

}  // namespace tocsin::inline v1
