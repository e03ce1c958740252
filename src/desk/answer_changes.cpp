// What happened since an entry: a feed that goes on where it stopped (R-C25, R-N07).
#include <tocsin/desk/permission.hpp>

#include "answer.hpp"
#include "audience.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

bool is_shown(const answer_context& c, const event& happened) {
  const incident_ptr record = happened.record ? c.d.find(happened.record) : nullptr;
  if (!may_query(c.d.state(), c.asked, c.actor(), record.get()) || c.by.hides(happened)) return false;
  return !record || is_for(c.audience(record.get()), happened);
}

void write_purged(json_writer& to, std::uint64_t sequence) {
  to.begin_object();
  to.member("sequence", static_cast<std::int64_t>(sequence));
  to.member_boolean("purged", true);
  to.end_object();
}

// An entry, without what concerns records that the actor may not see; nothing where nothing is left of it.
void write_change(const answer_context& c, const entry& e) {
  std::vector<const event*> seen;
  for (const event& happened : e.events) {
    if (is_shown(c, happened)) seen.push_back(&happened);
  }
  if (seen.empty()) return;
  c.to.begin_object();
  c.to.member("sequence", static_cast<std::int64_t>(e.sequence));
  c.write("recorded_at", e.recorded_at);
  c.write("at", e.stated_at);
  c.write_if_given("actor", e.actor);
  if (const command_type* asked = e.asked.type()) c.to.member("command", asked->name);
  c.to.key("events");
  c.to.begin_array();
  for (const event* happened : seen) {
    c.to.begin_object();
    c.write_if_given("record", happened->record);
    c.to.member("event", happened->body.type()->name);
    c.to.end_object();
  }
  c.to.end_array();
  c.to.end_object();
}

}  // namespace

void answer(const answer_context& c, const changes_query& q) {
  const std::uint64_t end = c.d.state().counters.sequence;
  const auto after = static_cast<std::uint64_t>(q.after);
  const auto most = static_cast<std::uint64_t>(q.limit == 0 ? 100 : q.limit);
  const std::uint64_t last = std::min(end, after + std::min(most, end));
  sha256 hasher;
  c.to.begin_object();
  c.to.key("entries");
  c.to.begin_array();
  for (std::uint64_t sequence = after + 1; sequence <= last; ++sequence) {
    const stored_entry stored = c.d.read_stored_entry(sequence);
    is_purged(stored) ? write_purged(c.to, sequence) : write_change(c, decode_entry(stored, hasher));
  }
  c.to.end_array();
  c.to.member("last", static_cast<std::int64_t>(std::max(after, last)));
  c.to.member_boolean("more", last < end);
  c.to.end_object();
}

}  // namespace tocsin::inline v1
