#include <tocsin/model/satisfaction.hpp>
#include <tocsin/satisfaction/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length full_text{limits::text_length_max};

}  // namespace

std::span<const field_row> rate_resolution::fields() {
  using self = rate_resolution;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Incident by number or id; a duplicate stands for its original", required),
      row<&self::score>("score", "1, not at all satisfied, to 5, entirely", required,
                        range{1, limits::satisfaction_score_max}),
      row<&self::comment>("comment", "Comment", full_text, personal),
      row<&self::person>("person", "Person whose answer the host passes on; the actor where none is given"),
  };
  return rows;
}

}  // namespace tocsin::inline v1
