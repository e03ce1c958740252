// What is asked about incidents beyond what every record is asked (desk/query.hpp).
#pragma once

#include <cstdint>
#include <span>

#include <tocsin/desk/query_type.hpp>

namespace tocsin::inline v1 {

// How a notice stands: as it was reported last, or not at all yet.
enum class notice_state : std::uint8_t { unset, delivered, failed, timed_out, not_reported };
std::span<const std::string_view> choices(notice_state);

// What became of the notices to requesters: of each update, resolution and the like, to whom it went, and whether it
// reached them (R-C38), as far as the actor may see the records that the notices are about (D9). Read from the journal,
// which has the notices and what hosts reported of them.
struct deliveries_query {
  record_ref incident;
  std::int64_t sequence = 0;                 // of one entry; 0: of all
  std::int64_t after = 0;                    // entries with a higher sequence
  std::int64_t limit = 0;                    // entries; 100 where none is given
  notice_state state = notice_state::unset;  // lists these notices alone; counted are all

  static std::span<const field_row> fields();
  static const query_type descriptor;
};

}  // namespace tocsin::inline v1
