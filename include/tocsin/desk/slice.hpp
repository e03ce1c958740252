// A slice: what one concept brings to a desk. Each concept has one table (its slice.cpp); desks/standard.cpp lists them.
#pragma once

#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/definition_type.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/desk/timer_type.hpp>
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

class publications;
struct answer_context;
struct publication_check;
struct business_calendar_definition;
struct decision;
struct publish;

using undo_list = std::vector<std::function<void()>>;

// What a concept has to do with definitions beyond what their rows say. All are optional; each is asked in the order of the
// slices.
struct publication_rules {
  // Fills in what the desk gives, as the instants from which they act. Throws where they may not be as they are.
  void (*settle)(publish& asked, const desk_state& state, instant now) = nullptr;
  // Throws where one names what is not there, or does not go together with others.
  void (*check)(const publication_check& against) = nullptr;
  // Adds those that change with what was given.
  void (*extend)(const publications& all, definitions_published& changes) = nullptr;
  // Adds what is odd.
  void (*warn)(const publication_check& against, definitions_published& changes) = nullptr;
  // Keeps what a state derives from them. `undo` gets what takes it back; it cannot fail.
  void (*derive)(const definitions_published& changes, desk_state& state, undo_list& undo) = nullptr;
  // The same for what only a running desk needs; `prepare` makes it anew.
  void (*renew)(const definitions_published& changes, desk_state& state, undo_list& undo) = nullptr;
  void (*prepare)(desk_state& state) = nullptr;
  // Makes those anew that are compiled with calendars that now open at other instants (T2).
  void (*follow_calendars)(std::span<const business_calendar_definition> changed, desk_state& state,
                           undo_list& undo) = nullptr;
};

// What the reactors of slices see: the record as it is after the entry so far, and the events that no reactor has seen yet.
struct reaction {
  const decision& given;
  std::span<const event> news;
  std::vector<event>& more;  // what follows is appended
};

struct slice {
  std::string_view name;
  std::span<const part_type* const> parts = {};
  std::span<const timer_type> timers = {};
  std::span<const command_type* const> commands = {};
  std::span<const event_type* const> events = {};
  std::span<const query_type* const> queries = {};
  std::span<const definition_type* const> definitions = {};
  const publication_rules* publication = nullptr;
  // Of a host's slice: asked of each record that an entry touched, after the standard desk, until nothing more follows.
  void (*react)(const incident& record, const reaction& to) = nullptr;
  std::span<const std::string_view> needs = {};  // of a host's slice: names of slices that must be there, before it
  // Writes members about what goes well with the command, where it is given for the record that the question names.
  void (*offer)(const answer_context& c, const command_type& with) = nullptr;
};

// Those of the standard desk.
std::span<const slice* const> standard_slices();

// The host's own, and all of them in order. Whoever asks settles them: use_slices comes too late then.
std::span<const slice* const> host_slices();
std::span<const slice* const> all_slices();

namespace limits {
inline constexpr std::size_t host_slices_max = 16;
inline constexpr std::uint16_t host_numbers_from = 1001;  // of commands, events and questions of a host's slices
inline constexpr std::uint8_t host_parts_from = 32;       // and of parts
}  // namespace limits

// Adds slices of the host's own to every desk of this process. Called once, before anything else of the library is used;
// afterwards files that a desk writes can be opened only by programs that bring slices of those names. Throws
// `failed_precondition` when it is too late, and `invalid_argument` for a slice that does not go together with the
// others: a name, number or part that is given already or is not a host's to give, a slice that it needs and that is not
// there, definitions (a host's slices have none).
void use_slices(std::span<const slice* const> own);
// Throws what use_slices would, were they added now.
void check_slices(std::span<const slice* const> own);

}  // namespace tocsin::inline v1
