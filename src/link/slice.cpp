// What a desk gets from here: links between records.
#include <tocsin/link/commands.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>

#include <tocsin/desk/slice_rows.hpp>
#include "link/decide.hpp"
#include "link/fold.hpp"

namespace tocsin::inline v1 {

// ---- parts

constinit const part_type record_links::descriptor =
    part_row<record_links>("links", "Other records that it has to do with");

// ---- commands

constinit const command_type link_records::descriptor = command_row<&link_records::incident>(
    30, "link_records", "Link it to another record, or to something in another system");
constinit const command_type unlink_records::descriptor =
    as_in(command_row<&unlink_records::incident>(31, "unlink_records", "Remove a link"), plausible_unlinking);
constexpr command_type by_duplicate_move(command_type row) {
  row.move = duplicate_move;
  return row;
}
constinit const command_type mark_duplicate::descriptor =
    as_in(by_duplicate_move(command_row<&mark_duplicate::incident>(
              32, "mark_duplicate", "Mark it as a duplicate; it ends, and its requester follows the original")),
          plausible_duplicate);

// ---- events

constinit const event_type records_linked::descriptor = event_row<records_linked, fold>(
    35, "records_linked", "It was linked to another record, or to something in another system");
constinit const event_type records_unlinked::descriptor =
    event_row<records_unlinked, fold>(36, "records_unlinked", "A link was removed");
constinit const event_type duplicate_marked::descriptor =
    event_row<duplicate_marked, fold>(37, "duplicate_marked", "It ended as a duplicate");
constinit const event_type duplicates_gained::descriptor =
    event_row<duplicates_gained, fold>(38, "duplicates_gained", "Other records became its duplicates");
constinit const event_type duplicates_lost::descriptor =
    event_row<duplicates_lost, fold>(39, "duplicates_lost", "Its duplicates follow another original");
constinit const event_type original_changed::descriptor =
    event_row<original_changed, fold>(40, "original_changed", "It follows another original");

constinit const event_type cascade_limited::descriptor = event_row<cascade_limited>(
    116, "cascade_limited", "Records that the command would have reached were left as they were");

namespace {

constexpr const part_type* parts[] = {
    &record_links::descriptor,
};

constexpr const command_type* commands[] = {
    &link_records::descriptor,
    &unlink_records::descriptor,
    &mark_duplicate::descriptor,
};

constexpr const event_type* events[] = {
    &records_linked::descriptor,    &records_unlinked::descriptor, &duplicate_marked::descriptor,
    &duplicates_gained::descriptor, &duplicates_lost::descriptor,  &original_changed::descriptor,
    &cascade_limited::descriptor,
};

}  // namespace

extern const slice link_slice;
constinit const slice link_slice{.name = "link", .parts = parts, .commands = commands, .events = events};

}  // namespace tocsin::inline v1
