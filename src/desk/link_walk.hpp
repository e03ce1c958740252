// Walking along links: whether one would close a circle, and how large a family is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tocsin/desk/decide.hpp>
#include <tocsin/model/link.hpp>

namespace tocsin::inline v1 {

// Does this kind of link have a direction in which circles make no sense?
constexpr bool is_directed(link_kind kind) { return kind >= link_kind::caused_by; }

// The path from one record to another along links of one kind, both included; empty if there is none. Throws
// resource_exhausted where that is too far to say.
std::vector<record_ref> find_link_way(const record_lookup& records, record_ref from, record_ref to, link_kind kind);

// The duplicates of a record whose requesters hear what its own hears: each person once, and not the record's own again
// (R-C38). Nobody hears of one that was entered after the fact (D5). Those are left that the actor may not see, and those
// whose requester may not know of the record (D9).
struct duplicates_told {
  std::vector<incident_ptr> told;
  std::uint32_t left = 0;
};
duplicates_told duplicates_to_tell(const decision& given, const incident& record);

// The duplicates of a record, of its parent and of the parent's other children.
std::size_t count_family_duplicates(const record_lookup& records, const incident& record);

}  // namespace tocsin::inline v1
