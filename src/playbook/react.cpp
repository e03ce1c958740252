// What follows for playbooks: they are started as soon as their condition holds, and end with their record; what silence
// would have closed closes when nothing is left to do (R-C23, R-C35).
#include <tocsin/desk/deciding.hpp>
#include <tocsin/desk/record_schema.hpp>
#include <tocsin/model/link.hpp>
#include <tocsin/playbook/events.hpp>
#include <tocsin/playbook/playbook.hpp>

#include "desk/changed_view.hpp"
#include "desk/react.hpp"
#include "incident/decide.hpp"
#include "playbook/decide.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

class playbook_reactor {
 public:
  playbook_reactor(const incident& record, const decision& given, std::span<const event> news, std::vector<event>& more)
      : record_(record), state_(given.state), given_(given), news_(news), d_(given, more) {}

  void react() {
    if (is_final(record_.state_kind)) return cut_short();
    if (may_be_started()) start_those_that_apply();
    if (has_moved_on()) close_after_silence(d_, record_);
  }

 private:
  // One event for all of them: many records may end in one entry.
  void cut_short() {
    const auto is_active = [](const playbook_run& run) { return run.state == playbook_run_state::active; };
    const std::span<const playbook_run> all = playbook_runs_of(record_);
    const auto first = std::ranges::find_if(all, is_active);
    if (first == all.end()) return;
    const bool is_only = std::find_if(first + 1, all.end(), is_active) == all.end();
    d_.emit({record_.id}, playbook_ended{is_only ? first->run : 0, playbook_end::record_ended, {}});
  }

  // A child is handled with its parent.
  bool may_be_started() const {
    return !is_import(record_) && is_open(record_.state_kind) && !find_link(links_of(record_), link_kind::child_of);
  }

  void start_those_that_apply() {
    const changed_view seen(record_, given_);
    const condition_data data = seen.data();
    const auto& all = state_.definitions.of<compiled_playbook>();
    std::size_t count = playbook_runs_of(record_).size();
    for (std::uint32_t number = 1; number <= all.size() && count < limits::playbook_runs_max; ++number) {
      if (news_.size() + d_.events.size() >= full_entry) return;  // it begins when something else happens to the record
      const compiled_playbook* const by = all.current(number);
      if (!by || !applies(*by, {number}, data)) continue;
      playbook_started started{.run = static_cast<std::uint32_t>(++count), .playbook = {number}, .by_condition = true};
      started.inputs.text = by->inputs_of(data, given_.at);
      begin_playbook(d_, record_, *by, std::move(started));
    }
  }

  // Once: what was stopped does not begin again by itself.
  bool applies(const compiled_playbook& by, playbook_ref number, const condition_data& data) const {
    if (!by.applies_when || by.definition.retired || was_run(record_, number)) return false;
    return is_for(by.definition, d_, record_) && holds(*by.applies_when, data, given_.at);
  }

  bool has_moved_on() const {
    return std::ranges::any_of(news_, [&](const event& e) {
      const bool moved =
          e.body.holds<step_completed>() || e.body.holds<step_skipped>() || e.body.holds<playbook_ended>();
      return moved && e.record.id == record_.id;
    });
  }

  const incident& record_;
  const desk_state& state_;
  const decision& given_;
  std::span<const event> news_;
  deciding d_;
};

}  // namespace

void react_by_playbook(const incident& record, const decision& given, std::span<const event> news,
                       std::vector<event>& more) {
  // Most desks have no playbooks: this is asked after every entry.
  if (given.state.definitions.of<compiled_playbook>().size() == 0) return;
  playbook_reactor(record, given, news, more).react();
}

}  // namespace tocsin::inline v1
