#include <tocsin/desk/entry.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/decide.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/vocabulary.hpp>
#include <tocsin/escalation/events.hpp>
#include <tocsin/incident/events.hpp>
#include <tocsin/link/events.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// For each pair of event and command: which members of the event can be copies of the command's.
class copy_plans {
 public:
  copy_plans() {
    for (const event_type* e : event_types()) {
      for (const command_type* c : command_types()) plans_.push_back(plan_copies(e->fields(), c->fields()));
    }
  }
  const copy_plan& of(const event_type& e, const command_type& c) const {
    return plans_[place_of(e) * command_types().size() + place_of(c)];
  }

 private:
  std::vector<copy_plan> plans_;
};

copy_source source_for(const event_type& event, const command& asked) {
  static const copy_plans plans;  // a constant table, computed once
  const command_type* type = asked.type();
  if (!type) return {};
  return {&plans.of(event, *type), type->fields(), asked.address()};
}

// The record that the command is about, or the first that it made.
record_ref owner_of(const entry& e) {
  if (const record_ref about = subject(e.asked)) return about;
  const auto first = std::ranges::find_if(e.events, [](const event& h) { return static_cast<bool>(h.record); });
  return first == e.events.end() ? record_ref{} : first->record;
}

// Says the event of its record what is said of this one?
bool speaks_of(const event& happened, record_ref record) {
  if (happened.record == record) return true;
  if (const auto* notice = happened.body.get_if<requester_notice>()) return notice->original == record;
  if (const auto* linked = happened.body.get_if<records_linked>()) return linked->other == record;
  const auto* unlinked = happened.body.get_if<records_unlinked>();
  return unlinked && unlinked->other == record;
}

constexpr field_row key_row = [] {
  field_row row;
  row.name = "idempotency_key";
  row.erasable = true;
  return row;
}();

constexpr std::uint64_t current_version = 1;  // of every command and event type so far

void demand_version(std::uint64_t version, std::string_view what) {
  if (version != current_version) {
    throw error(status::unsupported, "journal.newer_type",
                std::string(what) + " has version " + std::to_string(version) + ", this library knows " +
                    std::to_string(current_version));
  }
}

template <class Row>
const Row& demand_known(const Row* type, std::uint64_t number, const char* what) {
  if (!type) {
    throw error(status::unsupported, "journal.unknown_type",
                std::string(what) + " number " + std::to_string(number) + " is not known: written by a newer library");
  }
  return *type;
}

// What an event says of another record than the command's is not a copy of the command's: it stays if that is erased.
void encode_event(byte_writer& to, const entry& e, record_ref owner, const event& happened,
                  commitment_writer& personal_values) {
  const event_type& type = *happened.body.type();
  to.number(type.number);
  to.number(current_version);
  to.number(happened.record.id);
  if (happened.record) to.number(happened.previous == 0 ? 0 : e.sequence - happened.previous);
  const bool may_copy = !happened.record || speaks_of(happened, owner);
  encode_members(to, type.fields(), happened.body.address(), may_copy ? source_for(type, e.asked) : copy_source{},
                 &personal_values);
}

event decode_event(byte_reader& from, const entry& e, commitment_reader& personal_values) {
  event result;
  const std::uint64_t number = from.number();
  const event_type& type = demand_known(find_event_type(number), number, "event");
  demand_version(from.number(), type.name);
  result.record.id = from.number();
  if (result.record) {
    const std::uint64_t back = from.number();
    result.previous = back == 0 || back > e.sequence ? 0 : e.sequence - back;
  }
  void* body = result.body.emplace(type);
  decode_members(from, type.fields(), body, source_for(type, e.asked), &personal_values);
  return result;
}

// Where in the values beside the entry those of the command end, and of each event.
struct value_ends {
  std::size_t command = 0;
  std::vector<std::size_t> events;
};

entry decode(const stored_entry& stored, commitment_reader& personal_values, value_ends* ends = nullptr) {
  byte_reader from(stored.bytes);
  const std::uint8_t format = from.byte();
  if (format != entry_format && format != entry_format_with_key) {
    throw error(status::unsupported, "journal.format", "entry format " + std::to_string(format) + " is not known");
  }
  entry e;
  e.sequence = from.number();
  e.recorded_at = {from.signed_number()};
  e.stated_at = {e.recorded_at.us - from.signed_number()};
  e.actor.index = static_cast<std::uint32_t>(from.number());
  if (format == entry_format) {
    e.idempotency_key = from.text();
  } else if (const auto key = personal_values.next(from.bytes(std::tuple_size_v<digest>), key_row)) {
    e.idempotency_key.assign(key->begin(), key->end());
  }
  if (const std::uint64_t number = from.number(); number != 0) {
    const command_type& type = demand_known(find_command_type(number), number, "command");
    demand_version(from.number(), type.name);
    void* body = e.asked.emplace(type);
    decode_members(from, type.fields(), body, {}, &personal_values);
  }
  if (ends) ends->command = personal_values.items().size();
  const std::uint64_t count = from.number();
  if (count > limits::events_per_entry_max)
    throw error(status::corrupt, "journal.events", "an entry has too many events");
  for (std::uint64_t i = 0; i < count; ++i) {
    e.events.push_back(decode_event(from, e, personal_values));
    if (ends) ends->events.push_back(personal_values.items().size());
  }
  if (!from.at_end()) throw error(status::corrupt, "journal.trailing_bytes", "an entry has bytes after its end");
  personal_values.end();
  return e;
}

// Does a personal value that was met there belong to the person with the key?
bool belongs_to(const definition_set& all, const commitment_reader::item& met, std::string_view key) {
  for (const definition_type* type : definition_types()) {
    if (type->is_of_person && met.of == type->list->element) return type->key(all.list(*type).at(met.place)) == key;
  }
  return false;
}

}  // namespace

void encode_entry(const entry& e, byte_writer& to, commitment_writer& personal_values) {
  personal_values.begin(e.sequence);
  to.byte(e.idempotency_key.empty() ? entry_format : entry_format_with_key);
  to.number(e.sequence);
  to.signed_number(e.recorded_at.us);
  to.signed_number(e.recorded_at.us - e.stated_at.us);
  to.number(e.actor.index);
  if (e.idempotency_key.empty()) {
    to.text({});
  } else {
    to.bytes(personal_values.commit(
        {reinterpret_cast<const std::uint8_t*>(e.idempotency_key.data()), e.idempotency_key.size()}));
  }
  to.number(e.asked.number());
  if (const command_type* type = e.asked.type()) {
    to.number(current_version);
    encode_members(to, type->fields(), e.asked.address(), {}, &personal_values);
  }
  to.number(e.events.size());
  const record_ref owner = owner_of(e);
  for (const event& happened : e.events) encode_event(to, e, owner, happened, personal_values);
}

entry decode_entry(const stored_entry& stored, sha256& hasher) {
  if (is_purged(stored)) {
    throw error(status::not_found, "journal.purged",
                "entry " + std::to_string(stored.sequence) + " was purged with the records that it spoke of");
  }
  commitment_reader personal_values(hasher, stored.aside);
  try {
    return decode(stored, personal_values);
  } catch (const error& e) {
    const std::string which = std::to_string(stored.sequence);
    throw error(e.code(), e.reason(), "entry " + which + ": " + e.what(), "{\"entry\":" + which + "}");
  }
}

std::vector<std::uint8_t> aside_without_person(const stored_entry& stored, std::string_view key, sha256& hasher) {
  commitment_reader personal_values(hasher, stored.aside);
  value_ends ends;
  const entry e = decode(stored, personal_values, &ends);
  const auto* asked = e.asked.get_if<publish>();
  const auto* published = e.events.empty() ? nullptr : e.events.front().body.get_if<definitions_published>();
  const std::vector<commitment_reader::item>& items = personal_values.items();
  return erased_aside(stored.aside, [&](std::size_t place) {
    if (place < ends.command) return asked && belongs_to(asked->definitions, items[place], key);
    return published && belongs_to(published->definitions, items[place], key);
  });
}

std::vector<std::uint8_t> aside_without_record(const stored_entry& stored, record_ref record, bool texts,
                                               sha256& hasher) {
  commitment_reader personal_values(hasher, stored.aside);
  value_ends ends;
  const entry e = decode(stored, personal_values, &ends);
  const bool owns_command = owner_of(e) == record;
  const std::vector<commitment_reader::item>& items = personal_values.items();
  return erased_aside(stored.aside, [&](std::size_t place) {
    const commitment_reader::item& met = items[place];
    if (met.member->erasable && !texts) return false;
    if (place < ends.command) return owns_command;
    const auto end = std::ranges::upper_bound(ends.events, place);
    const event& happened = e.events[static_cast<std::size_t>(end - ends.events.begin())];
    const auto* bundle = happened.body.get_if<page_bundle>();
    const bool is_listed = bundle && met.of == &detail::type_of<bundled_page>;
    return is_listed ? bundle->pages[met.place].incident == record : speaks_of(happened, record);
  });
}

digest chain_hash(sha256& hasher, const digest& before, byte_view bytes) { return hasher.of(before, bytes); }

entry_traits traits_of(const entry& e) {
  entry_traits traits;
  for (const event& happened : e.events) {
    traits.has_definitions |= happened.body.holds<definitions_published>() || happened.body.holds<zone_data_changed>();
    traits.has_effects |= is_effect(happened.body);
  }
  return traits;
}

}  // namespace tocsin::inline v1
