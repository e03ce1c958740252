// The definitions that are built into the library: enough for an empty desk to be useful.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/query_type.hpp>
#include <tocsin/desk/state.hpp>

namespace tocsin::inline v1 {

struct definitions_published;
struct publish;

// Published as the first entry of a new desk, and never again by itself (D12).
publish built_in_pack();
definitions_published built_in_definitions();

// A definition of the library's pack that the desk has in no version, and which of its fields would change.
struct pack_update {
  std::string_view kind;
  std::string key;
  std::vector<std::string_view> changes;
};

std::vector<pack_update> pending_pack_updates(const desk_state& state);

// A pack that the library brings along for whoever wants it: a document of `publish`, whose text is that of the file of
// this name in examples/packs. None of it is in force before somebody publishes it.
struct optional_pack {
  std::string_view name;
  std::string_view meaning;
  std::string_view document;
};

std::span<const optional_pack> optional_packs();

struct optional_packs_query {
  std::string name;  // none: all

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
