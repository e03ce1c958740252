#include <tocsin/oncall/commands.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr max_length key_text{limits::key_length_max};

}  // namespace

std::span<const field_row> override_schedule::fields() {
  using self = override_schedule;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key by which documents name the override; none: the desk gives one", one_line, key_text),
      row<&self::schedule>("schedule", "Schedule", required),
      row<&self::kind>("kind", "What it does", required),
      row<&self::people>("people", "People: added, removed, put in a place, or alone on call",
                         max_length(limits::layer_people_max)),
      row<&self::replaced>("replaced", "Person whose place is taken"),
      row<&self::rank>("rank", "Rank among exclusive ones; the highest wins", range{-1'000'000, 1'000'000}),
      row<&self::from>("from", "Its beginning", required),
      row<&self::until>("until", "Its end", required),
  };
  return rows;
}

std::span<const field_row> withdraw_override::fields() {
  static constexpr field_row rows[] = {
      row<&withdraw_override::schedule_override>("override", "Override to withdraw", required),
  };
  return rows;
}

std::span<const field_row> propose_swap::fields() {
  using self = propose_swap;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key by which documents name the swap; none: the desk gives one", one_line, key_text),
      row<&self::schedule>("schedule", "Schedule", required),
      row<&self::giver>("giver", "Person who gives duty away", required),
      row<&self::taker>("taker", "Person who is to take it", required),
      row<&self::from>("from", "Beginning of what is given", required),
      row<&self::until>("until", "Its end", required),
      row<&self::back_from>("back_from", "Beginning of what is given back"),
      row<&self::back_until>("back_until", "Its end"),
      row<&self::lapses_at>("lapses_at", "Not accepted before then, it has lapsed; none: it lapses when it begins"),
  };
  return rows;
}

std::span<const field_row> accept_swap::fields() {
  static constexpr field_row rows[] = {row<&accept_swap::swap>("swap", "Swap that is proposed", required)};
  return rows;
}

std::span<const field_row> decline_swap::fields() {
  static constexpr field_row rows[] = {row<&decline_swap::swap>("swap", "Swap that is proposed", required)};
  return rows;
}

std::span<const field_row> record_absence::fields() {
  using self = record_absence;
  static constexpr field_row rows[] = {
      row<&self::key>("key", "Key by which documents name the absence; none: the desk gives one", one_line, key_text),
      row<&self::person>("person", "Person who is absent", required),
      row<&self::cover>("cover", "Person who stands in, where a rotation asks for covers"),
      row<&self::from>("from", "Its beginning", required),
      row<&self::until>("until", "Its end", required),
  };
  return rows;
}

std::span<const field_row> withdraw_absence::fields() {
  static constexpr field_row rows[] = {row<&withdraw_absence::absence>("absence", "Absence to withdraw", required)};
  return rows;
}

}  // namespace tocsin::inline v1
