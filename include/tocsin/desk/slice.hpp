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
#include <tocsin/model/record_parts.hpp>
#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

class publications;
struct publication_check;
struct business_calendar_definition;
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

struct slice {
  std::string_view name;
  std::span<const part_type* const> parts = {};
  std::span<const command_type* const> commands = {};
  std::span<const event_type* const> events = {};
  std::span<const query_type* const> queries = {};
  std::span<const definition_type* const> definitions = {};
  const publication_rules* publication = nullptr;
};

// Those of the standard desk.
std::span<const slice* const> standard_slices();

}  // namespace tocsin::inline v1
