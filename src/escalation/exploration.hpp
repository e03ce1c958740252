// All paths of a policy from an opening on, if nobody acknowledges: conditions may hold or not. Places that are the same
// are looked at once.
#pragma once

#include <cstdint>
#include <set>
#include <tuple>
#include <vector>

#include <tocsin/escalation/lint.hpp>

namespace tocsin::inline v1 {

// The path that takes longest until a wanted step notifies somebody who can be reached.
struct explored {
  bool never = false;
  duration time;
  std::vector<std::uint32_t> path;
};

class exploration {
 public:
  exploration(const escalation_graph& graph, const lint_source& duty) : graph_(graph), duty_(duty) {}

  // `wanted`: by node; empty: every step.
  explored worst(instant opened_at, const std::vector<bool>& wanted);

 private:
  // Where a path stands, with all that decides how it goes on.
  struct place {
    std::uint32_t node = no_node;
    instant at;
    instant pass_since;
    bool pass_found = false;
    duration pass_skipped;
    std::vector<person_ref> before;
    std::vector<std::int64_t> taken;
  };
  struct visited {
    place here;
    std::uint32_t came_from;
  };

  void come_to(place there, std::uint32_t from);
  void follow(std::uint32_t number);
  void follow_step(std::uint32_t number);
  void follow_repeat(std::uint32_t number);
  void end(std::uint32_t number, instant at, bool silent);
  std::vector<person_ref> recipients(const place& here) const;

  const escalation_graph& graph_;
  const lint_source& duty_;
  const std::vector<bool>* wanted_ = nullptr;
  instant opened_at_;
  std::vector<visited> visited_;
  using place_key = std::tuple<std::uint32_t, std::int64_t, std::int64_t, bool, std::int64_t, std::vector<std::int64_t>,
                               std::vector<std::uint32_t>>;
  std::set<place_key> known_;
  std::uint32_t longest_ = no_node;
  instant longest_at_;
  std::uint32_t silent_ = no_node;
  std::size_t looked_at_ = 0;
};

}  // namespace tocsin::inline v1
