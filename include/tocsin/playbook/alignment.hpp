// How far what was done went along with a playbook: the alignment of both that deviates least (R-C07).
//
// A playbook allows many orders, and so a search over them is exponential. It is not needed. Once the decisions are made, a
// choice of what was done can be completed to an order that is allowed exactly if no two of it are the wrong way round;
// "the wrong way round, or the same step again" is a partial order over what was done; and so the best choice is an antichain
// of the greatest weight in it, which a flow finds (Dilworth 1950; its minimum is a chain cover). Ways through decisions are
// tried one by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/playbook/playbook_model.hpp>

namespace tocsin::inline v1 {

namespace limits {
inline constexpr std::size_t aligned_occurrences_max = 200;  // of steps that one alignment looks at
inline constexpr std::size_t playbook_ways_max = 256;        // through the decisions of one playbook
}  // namespace limits

// A step was done, or was seen to be.
struct step_occurrence {
  std::uint32_t step = 0;            // its place in the model
  std::uint32_t outcome = no_place;  // of a decision; none: it is not known, and any will do
  bool repeated = false;             // it deviates from nothing if it is left out
};

// `unexpected`: it was done, and was not to be, or not then. `missing`: it was to be done by then, and was not.
enum class alignment_move : std::uint8_t { unset, as_modelled, unexpected, missing, repeated };
std::span<const std::string_view> choices(alignment_move);

constexpr bool deviates(alignment_move move) {
  return move == alignment_move::unexpected || move == alignment_move::missing;
}

struct aligned_step {
  alignment_move move = alignment_move::unset;
  std::uint32_t step = 0;
  std::uint32_t occurrence = no_place;  // none of what is missing
};

struct alignment {
  std::vector<aligned_step> steps;   // what was done in its order, what is missing before whatever needed it
  std::uint32_t deviations = 0;      // of these
  std::uint32_t deviations_max = 0;  // if nothing had been as modelled
};

// The alignment with the fewest deviations; of several, that of the first way. Looks at the first
// `aligned_occurrences_max` occurrences and the first `playbook_ways_max` ways; their steps are the model's.
alignment align(const playbook_model& model, std::span<const step_occurrence> done);

// 100: as modelled throughout; 0: nothing was. Rounded down, so that 100 says that nothing deviates.
std::uint32_t fitness_percent(const alignment& a);

}  // namespace tocsin::inline v1
