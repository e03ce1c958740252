// A command whose idempotency key its actor has used before: the first result again, or a refusal that says why not (D3).
#include <tocsin/base/error.hpp>
#include <tocsin/base/field_bytes.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/command_type.hpp>
#include <tocsin/desk/event_type.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include "transaction.hpp"

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

// The command of an entry against one that comes later. A value that was erased reads as not given; nobody can say any more
// whether it was another one.
class command_comparison {
 public:
  explicit command_comparison(bool is_erased) : is_erased_(is_erased) {}

  bool same_member(const field_row& field, const void* first, const void* again) const {
    const void* value = field.at(first);
    if (is_erased_ && (field.personal || field.erasable) && is_absent(*field.type, value)) return true;
    return same(*field.type, value, field.at(again));
  }

 private:
  bool same(const type_row& type, const void* first, const void* again) const {
    if (!is_erased_) return equal(type, first, again);
    switch (type.kind) {
      case field_kind::object:
        return std::ranges::all_of(type.fields(), [&](const field_row& f) { return same_member(f, first, again); });
      case field_kind::list: {
        const std::size_t count = type.count(first);
        if (count != type.count(again)) return false;
        for (std::size_t i = 0; i < count; ++i) {
          if (!same(*type.element, type.item(first, i), type.item(again, i))) return false;
        }
        return true;
      }
      default:
        return equal(type, first, again);
    }
  }

  bool is_erased_;
};

// Names of the fields that differ; empty: the commands are the same, or not of the same type.
std::vector<std::string_view> differing_fields(const command& first, const command& again, bool is_erased) {
  std::vector<std::string_view> names;
  if (first.type() != again.type()) return names;
  const command_comparison by(is_erased);
  for (const field_row& field : first.type()->fields()) {
    if (!by.same_member(field, first.address(), again.address())) names.push_back(field.name);
  }
  return names;
}

std::string accepted_as(const request& asked, std::uint64_t sequence) {
  return "the command of the idempotency key \"" + asked.idempotency_key + "\" was accepted as entry " +
         std::to_string(sequence) + " and is not done again";
}

std::string entry_detail(std::uint64_t sequence) { return "{\"entry\":" + std::to_string(sequence) + "}"; }

void demand_same_command(const entry& first, const request& asked, bool is_erased) {
  const std::vector<std::string_view> fields = differing_fields(first.asked, asked.asked, is_erased);
  if (first.asked.type() == asked.asked.type() && fields.empty()) return;
  const std::string_view was = first.asked.type()->name;
  const std::string_view is = asked.asked.type()->name;
  json_writer detail;
  detail.begin_object();
  detail.member("path", "/idempotency_key");
  detail.member("found", asked.idempotency_key);
  detail.member("entry", static_cast<std::int64_t>(first.sequence));
  detail.member("command", was);
  detail.key("differs");
  detail.begin_array();
  std::string others;
  for (const std::string_view name : fields) {
    detail.text("/" + std::string(name));
    others += (others.empty() ? "" : ", ") + std::string(name);
  }
  if (fields.empty()) detail.text("/command");
  detail.end_array();
  detail.end_object();
  throw error(status::conflict, "command.idempotency_key",
              "/idempotency_key: found \"" + asked.idempotency_key + "\", which stands for the " + std::string(was) +
                  " of entry " + std::to_string(first.sequence) +
                  (fields.empty() ? ", not for a " + std::string(is) : ", with another " + others) +
                  "; allowed is that command again, or another key",
              detail.take());
}

[[noreturn]] void refuse_unseen(const request& asked, std::uint64_t sequence, const std::string& who) {
  throw error(status::permission_denied, "permission.denied",
              accepted_as(asked, sequence) + "; what came of it is not for " + who + " to see", entry_detail(sequence));
}

}  // namespace

// The entry that the key stands for, while it is remembered: of this transaction, or stored before.
bool desk_transaction::work::find_first(const request& asked, instant since, stored_entry& first) const {
  if (const auto own = keys.find({asked.actor.index, asked.idempotency_key}); own != keys.end()) {
    const entry_change& appended = out.entries[own->second.sequence - out.entries.front().stored.sequence];
    first = appended.stored;
    return appended.recorded_at >= since;
  }
  const remembered_key known = d.where->find_key(asked.actor, asked.idempotency_key);
  if (known.sequence == 0 || known.recorded_at < since) return false;
  if (!d.where->load_entry(known.sequence, first)) {
    throw error(status::corrupt, "journal.entry_missing", "entry " + std::to_string(known.sequence) + " is missing",
                entry_detail(known.sequence));
  }
  for (const aside_change& erased : out.erasures) {
    if (erased.sequence == known.sequence) first.aside = erased.aside;
  }
  return true;
}

// So it may also come later than the tolerance.
bool desk_transaction::work::repeated(const request& asked) {
  const instant clock = d.state.counters.clock;
  if (asked.idempotency_key.empty() || !is_set(clock)) return false;
  const instant since = (is_acceptable(asked.at) ? recorded_at(asked.at) : clock) - d.options.idempotency_window;
  stored_entry stored;
  if (!find_first(asked, since, stored)) return false;
  if (is_purged(stored)) {
    throw error(status::not_found, "journal.purged",
                accepted_as(asked, stored.sequence) + "; that entry was purged with the records that it spoke of",
                entry_detail(stored.sequence));
  }
  entry first = decode_entry(stored, d.hasher);
  demand_same_command(first, asked, has_erased(stored.aside));
  done = {};
  done.sequence = first.sequence;
  done.recorded_at = first.recorded_at;
  done.repeated = true;
  done.keys_since = since;
  conclude_repeated(first, asked);
  return true;
}

// What the actor may see of the first result: permission is asked as by `get`, and of a command that is about no record, as
// it would be for giving it.
void desk_transaction::work::conclude_repeated(entry& first, const request& asked) {
  const auto about = std::ranges::find_if(first.events, [](const event& e) { return bool(e.record); });
  const std::string who(d.state.words.word(word_kind::person, asked.actor.index));
  if (about == first.events.end()) {
    if (!may_command(d.state, *asked.asked.type(), asked.actor, nullptr, d.state.counters.clock)) {
      refuse_unseen(asked, first.sequence, who);
    }
  } else {
    done.record = about->record;
    demand_kept(asked, first.sequence);
    if (may_see_again(done.record, asked.actor)) {
      note_first_version(asked, first.sequence);
    } else if (was_hidden(first, done.record, asked.actor)) {
      done.record = {};
    } else {
      refuse_unseen(asked, first.sequence, who);
    }
  }
  std::erase_if(first.events, [&](const event& e) { return e.record && !may_see_again(e.record, asked.actor); });
  done.events = std::move(first.events);
}

void desk_transaction::work::demand_kept(const request& asked, std::uint64_t sequence) const {
  const auto gone = d.where->find_purged(done.record.id);
  if (!gone) return;
  const std::string number = d.lookup.show_number(gone->number);
  throw error(status::not_found, "record.purged",
              accepted_as(asked, sequence) + "; " + number + " was purged by entry " + std::to_string(gone->sequence),
              "{\"record\":\"" + number + "\",\"entry\":" + std::to_string(sequence) + "}");
}

// Was the first answer without the record, too? Reporters outside never see what they report, or write to.
bool desk_transaction::work::was_hidden(const entry& first, record_ref which, person_ref actor) const {
  const incident_ptr record = d.lookup.find(which);
  const auto then =
      record ? record_as_of(*d.where, d.state.definitions, *record, {.sequence = first.sequence}) : nullptr;
  return then && is_hidden(d.state, *then, actor);
}

bool desk_transaction::work::may_see_again(record_ref which, person_ref actor) const {
  const incident_ptr record = d.lookup.find(which);
  return record && may_see(d.state, actor, *record);
}

// Number and version that the record had in the first result. What this transaction did to it since is not stored yet.
void desk_transaction::work::note_first_version(const request& asked, std::uint64_t sequence) {
  incident_ptr record = d.lookup.find(done.record);
  done.number = record->number;
  if (const auto own = keys.find({asked.actor.index, asked.idempotency_key}); own != keys.end())
    return void(done.version = own->second.version);
  const auto touched = std::ranges::find(changes, done.record.id, &change::id);
  if (touched != changes.end()) record = touched->before;
  done.version = record_as_of(*d.where, d.state.definitions, *record, {.sequence = sequence})->version;
}

}  // namespace tocsin::inline v1
