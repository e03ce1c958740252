#include <tocsin/desk/desk.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/history.hpp>

#include "publish.hpp"

namespace tocsin::inline v1 {

std::unique_ptr<const desk_state> definitions_as_of(const desk& d, instant at) {
  auto then = std::make_unique<desk_state>();
  std::vector<std::function<void()>> undo;  // of no use: nobody else sees it
  sha256 hasher;
  d.storage().scan_entries(1, d.state().counters.sequence, true, [&](const stored_entry& stored) {
    const entry e = decode_entry(stored, hasher);
    if (e.recorded_at > at) return false;
    for (const event& happened : e.events) {
      if (const auto* published = happened.body.get_if<definitions_published>()) {
        apply_definitions(*published, *then, undo);
      } else if (const auto* zones = happened.body.get_if<zone_data_changed>()) {
        apply_zone_data(*zones, *then, undo);
      }
    }
    return true;
  });
  return then;
}

}  // namespace tocsin::inline v1
