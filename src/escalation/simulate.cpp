#include <tocsin/escalation/simulate.hpp>

#include <algorithm>

#include <tocsin/time/rfc3339.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_length{limits::key_length_max};

class simulator {
 public:
  simulator(const simulation& what, const oncall_source& duty) : what_(what), duty_(duty) {
    reactions_.assign(what.reactions.begin(), what.reactions.end());
    std::ranges::stable_sort(reactions_, {}, &simulated_reaction::at);
    for (const simulated_reaction& reaction : reactions_) {
      if (reaction.at < what.opened_at)
        refuse("simulation.before_opening", "is before the incident opens", reaction.at);
      if (wakes_at(reaction.at) != reaction.at) {
        refuse("simulation.host_is_away", "comes while the host is away", reaction.at);
      }
    }
  }

  simulation_result run() {
    graph_ = version_at(what_.opened_at);
    if (!graph_) refuse("simulation.no_policy", "has no policy that is in force", what_.opened_at);
    take(start_run(result_.run, *graph_, duty_, what_.opened_at), {});
    for (auto next = reactions_.begin();;) {
      const instant wakes = wakes_at(result_.run.due);
      const bool reacts = next != reactions_.end() && next->at <= wakes && next->at <= what_.until;
      if (!reacts && wakes > what_.until) break;
      if (result_.events.size() >= what_.most) {
        result_.more = true;
        break;
      }
      follow(reacts ? next->at : wakes);
      if (reacts) {
        take(act_on_run(result_.run, *graph_, duty_, next->action, next->at), next->action);
        ++next;
      } else {
        take(advance_run(result_.run, *graph_, duty_, wakes, what_.most), {});
      }
    }
    return std::move(result_);
  }

 private:
  [[noreturn]] static void refuse(const char* reason, const std::string& what, instant at) {
    throw error(status::invalid_argument, reason, "what is at " + std::string(to_rfc3339(at)) + ' ' + what);
  }

  // The first instant from then on at which the host is there.
  instant wakes_at(instant at) const {
    for (bool moved = true; moved && at != never;) {
      moved = false;
      for (const host_absence& away : what_.host_away) {
        if (away.from <= at && at < away.until) at = away.until, moved = true;
      }
    }
    return at;
  }

  const escalation_graph* version_at(instant at) const {
    const escalation_graph* found = nullptr;
    for (const dated_graph& one : what_.versions) {
      if (one.from <= at) found = one.graph;
    }
    return found;
  }

  // A run that follows the live policy takes up its new version, and so does one that begins again (E5).
  void follow(instant at) {
    const escalation_graph* live = version_at(at);
    if (!live || live == graph_) return;
    if (result_.run.state != run_state::ended) {
      if (graph_->policy().follows != followed_version::live) return;
      follow_version(result_.run, *graph_, *live);
    }
    graph_ = live;
  }

  void take(run_answer&& answer, const run_action& action) {
    for (run_output& said : answer.outputs) result_.events.push_back({std::move(said), {}, {}});
    if (!answer.refusal) return;
    simulated_event& refused = result_.events.emplace_back();
    refused.output.scheduled_at = result_.run.clock;
    refused.output.recorded_at = result_.run.clock;
    refused.refusal = std::move(answer.refusal);
    refused.action = action;
  }

  const simulation& what_;
  const oncall_source& duty_;
  std::vector<simulated_reaction> reactions_;
  const escalation_graph* graph_ = nullptr;
  simulation_result result_;
};

}  // namespace

std::span<const field_row> simulated_incident::fields() {
  using self = simulated_incident;
  static constexpr field_row rows[] = {
      row<&self::title>("title", "What it is about", one_line),
      row<&self::impact>("impact", "How much of the business it touches"),
      row<&self::urgency>("urgency", "How soon it must be mended"),
      row<&self::priority>("priority", "Its priority"),
      row<&self::severity>("severity", "Its severity"),
      row<&self::channel>("channel", "Channel by which it was reported"),
      row<&self::category>("category", "Key of its category", one_line, key_length),
      row<&self::service>("service", "Key of the service", one_line, key_length),
      row<&self::team>("team", "Key of the team that it is assigned to", one_line, key_length),
      row<&self::caller>("caller", "Key of the person it hinders", one_line, key_length),
      row<&self::assignee>("assignee", "Key of the person that it is assigned to", one_line, key_length),
      row<&self::opened_at>("opened_at", "When it was opened; where nothing is said, when the simulation begins"),
  };
  return rows;
}

std::span<const field_row> host_absence::fields() {
  static constexpr field_row rows[] = {
      row<&host_absence::from>("from", "The host does nothing from then on", required),
      row<&host_absence::until>("until", "It goes on", required),
  };
  return rows;
}

const condition_schema& simulation_schema() {
  static const condition_schema schema = [] {
    condition_schema made;
    made.add(simulated_incident::fields());
    made.add(escalation_facts::fields(), "run.", 1);
    return made;
  }();
  return schema;
}

simulation_result simulate(const simulation& what, const oncall_source& duty) { return simulator(what, duty).run(); }

}  // namespace tocsin::inline v1
