#include <tocsin/assignment/events.hpp>
#include <tocsin/base/error.hpp>
#include <tocsin/base/field_bytes.hpp>
#include <tocsin/base/json_writer.hpp>
#include <tocsin/desk/effect_id.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/fold.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/vocabulary.hpp>

#include "definition_rows.hpp"
#include "publish.hpp"
#include "purge.hpp"
#include "transaction.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace tocsin::inline v1 {
namespace {

[[noreturn]] void damaged_entry(std::uint64_t sequence, const std::string& why) {
  throw error(status::corrupt, "verify.entry", "entry " + std::to_string(sequence) + ": " + why,
              "{\"entry\":" + std::to_string(sequence) + "}");
}

bool is_empty(std::span<const field_row> fields, const void* block) {
  return std::ranges::all_of(fields, [&](const field_row& f) { return is_absent(*f.type, f.at(block)); });
}

// A part with nothing in it is as none: what is erased leaves the one in a record that had it, and the other in a replay.
std::vector<std::uint8_t> bytes_of(const incident& record) {
  byte_writer to;
  to.number(record.id);
  to.number(record.number);
  to.number(record.last_entry);
  encode_members(to, incident::fields(), &record, {}, nullptr);
  encode_members(to, incident_text::fields(), record.text.get(), {}, nullptr);
  for (const part_type* part : part_types()) {
    const void* block = record.parts.find(part->number);
    if (!block || is_empty(part->fields(), block)) continue;
    to.number(part->number);
    encode_members(to, part->fields(), block, {}, nullptr);
  }
  const byte_view all = to.view();
  return {all.begin(), all.end()};
}

// Folds the journal anew, beside the desk, and holds it against what is stored.
class verifier {
 public:
  explicit verifier(const desk& d) : d_(d) {}

  desk::verification run() {
    d_.storage().check();
    const std::uint64_t end = d_.state().counters.sequence;
    d_.storage().scan_entries(1, end, false, [this, end](const stored_entry& stored) {
      d_.step("verify", stored.sequence, end);
      entry(stored);
      return true;
    });
    if (done_.entries != end) damaged_entry(done_.entries + 1, "it is missing");
    if (!unexplained_.empty()) damaged_entry(*unexplained_.begin(), "it is gone, and no entry says that it was purged");
    if (hash_ != d_.state().counters.hash) damaged_entry(end, "its hash is not the head of the chain");
    compare_live();
    compare_rest_of_closed();
    compare_turns();
    if (const std::optional<derived_rows> rows = d_.storage().load_derived(); rows && rows->sequence == end) {
      add_first_rows(scratch_, rows_);  // a file has them before its first entry
      compare_keys(*rows);
      compare_definitions(rows->definitions);
      compare_series(rows->series);
      compare_cursors(*rows);
      if (rows->purged.size() != done_.purged) damaged_rows("purged records", "no entry says that they were purged");
    }
    done_.head = hash_;
    return done_;
  }

 private:
  void entry(const stored_entry& stored) {
    const std::uint64_t sequence = ++done_.entries;
    if (stored.sequence != sequence) damaged_entry(sequence, "it is missing");
    if (is_purged(stored)) return pass_over(stored);
    hash_ = chain_hash(hasher_, hash_, stored.bytes);
    if (hash_ != stored.hash) damaged_entry(sequence, "its bytes do not fit the chain of hashes");
    tocsin::entry e;
    try {
      e = decode_entry(stored, hasher_);
    } catch (const error& problem) {
      throw error(status::corrupt, "verify.entry", problem.what(), problem.detail());
    }
    if (e.sequence != sequence) damaged_entry(sequence, "it says it is entry " + std::to_string(e.sequence));
    if (e.recorded_at < clock_) damaged_entry(sequence, "it was recorded before the entry before it");
    clock_ = e.recorded_at;
    if (!e.idempotency_key.empty()) keys_[{e.actor.index, e.idempotency_key}] = sequence;
    if (e.idempotency_key.empty() && stored.bytes.front() == entry_format_with_key) erased_keys_.insert(sequence);
    fold_events(e);
  }

  void fold_events(const tocsin::entry& e) {
    const event_context context = context_of(e);
    std::vector<std::uint64_t> touched;
    for (const event& happened : e.events) {
      take_up_definitions(happened);
      if (const auto* routed = happened.body.get_if<assignment_rules_applied>(); routed && routed->turn != 0) {
        turns_.put({routed->rule, routed->assignee, routed->turn});
      }
      if (const auto* gone = happened.body.get_if<records_purged>()) account_for(e.sequence, *gone);
      if (!happened.record) continue;
      incident& record = records_[happened.record.id];
      record.id = happened.record.id;
      if (record.last_entry != happened.previous) {
        if (d_.storage().find_purged(record.id)) continue;  // entries of its chain are gone
        damaged_entry(e.sequence, "the chain of its record does not fit");
      }
      fold(record, happened.body, context, scratch_.definitions);
      if (std::ranges::find(touched, record.id) == touched.end()) touched.push_back(record.id);
    }
    for (const std::uint64_t id : touched) {
      incident& record = records_[id];
      fold_entry(record, context);
      if (is_final(record.state_kind)) settle_closed(record);
    }
  }

  // What it said cannot be told any more; the entry that purged it holds its hash fast.
  void pass_over(const stored_entry& stored) {
    hash_ = stored.hash;
    unexplained_.insert(stored.sequence);
  }

  void account_for(std::uint64_t sequence, const records_purged& gone) {
    each_number(gone.entries, [&](std::uint64_t s) {
      if (unexplained_.erase(s) != 0) return;
      damaged_entry(sequence, "it says that it purged entry " + std::to_string(s) + ", which is there");
    });
    if (gaps_digest(gone.entries, d_.storage()) != gone.gaps) {
      damaged_entry(sequence, "the hashes of the entries that it purged are not those that it was given");
    }
    each_number(gone.records, [&](std::uint64_t id) {
      const auto found = d_.storage().find_purged(id);
      if (!found || found->sequence != sequence) {
        damaged_entry(sequence, "it purged record " + std::to_string(id) + ", of which the store knows nothing");
      }
      records_.erase(id);
      ++done_.purged;
    });
  }

  void take_up_definitions(const event& happened) {
    std::vector<std::function<void()>> undo;
    if (const auto* published = happened.body.get_if<definitions_published>()) {
      apply_definitions(*published, scratch_, undo);
      add_rows(*published, scratch_, rows_);
    } else if (const auto* zones = happened.body.get_if<zone_data_changed>()) {
      definitions_published renewed;
      renewed.definitions.of<business_calendar_definition>() = apply_zone_data(*zones, scratch_, undo);
      add_rows(renewed, scratch_, rows_);
    }
  }

  // A closed record that no later entry touches is compared at once, so that memory holds the open ones alone.
  void settle_closed(const incident& record) {
    const incident_ptr stored = d_.storage().load_closed(record.id);
    if (!stored || stored->last_entry != record.last_entry) return;
    compare(record, *stored);
    ++done_.closed;
    records_.erase(record.id);
  }

  void compare_live() {
    d_.state().live.each([this](const incident_ptr& live) {
      const auto found = records_.find(live->id);
      if (found == records_.end()) damaged_record(*live, "no entry speaks of it");
      compare(found->second, *live);
      records_.erase(found);
      ++done_.live;
      return true;
    });
  }

  void compare_rest_of_closed() {
    for (const auto& [id, record] : records_) {
      const incident_ptr stored = d_.storage().load_closed(id);
      if (!stored) damaged_record(record, "it is not stored");
      compare(record, *stored);
      ++done_.closed;
    }
  }

  // What was purged may have spoken of later ones.
  void compare_turns() const {
    const turn_book& kept = d_.state().turns;
    const auto demand = [&](const assignment_turn& one, bool right) {
      if (right) return;
      const std::string rule(d_.state().words.word(word_kind::assignment_rule, one.rule.index));
      throw error(status::corrupt, "verify.turn",
                  "the turns of the assignment rule \"" + rule + "\" are not what its entries say",
                  "{\"rule\":" + std::to_string(one.rule.index) + "}");
    };
    turns_.each([&](const assignment_turn& one) {
      const std::uint64_t found = kept.of(one.rule, one.person);
      demand(one, found == one.turn || (done_.purged != 0 && found > one.turn));
    });
    if (done_.purged != 0) return;
    kept.each([&](const assignment_turn& one) { demand(one, turns_.of(one.rule, one.person) == one.turn); });
  }

  // All of those that are not forgotten yet, and no others; what a purged entry said cannot be told, nor an erased key.
  void compare_keys(const derived_rows& rows) {
    for (const auto& [actor, key, sequence] : rows.keys) {
      stored_entry stored;
      if (erased_keys_.contains(sequence)) continue;
      if (d_.storage().load_entry(sequence, stored) && is_purged(stored)) continue;
      const auto found = keys_.find({actor.index, key});
      if (found == keys_.end() || found->second != sequence) {
        damaged_rows("idempotency keys", "\"" + key + "\" is not the key of entry " + std::to_string(sequence));
      }
      keys_.erase(found);
    }
    for (const auto& [key, sequence] : keys_) {
      if (sequence <= rows.keys_after) continue;
      damaged_rows("idempotency keys", "\"" + key.second + "\" of entry " + std::to_string(sequence) + " is missing");
    }
  }

  void compare_definitions(const std::vector<definition_change>& stored) const {
    const auto place_of = [](const definition_change& row) { return std::tuple(row.kind, row.number, row.version); };
    std::map<std::tuple<word_kind, std::uint32_t, std::uint32_t>, const definition_change*> expected;
    for (const definition_change& row : rows_.definitions) expected[place_of(row)] = &row;
    for (const definition_change& row : stored) {
      const auto found = expected.find(place_of(row));
      if (found == expected.end() || found->second->key != row.key || found->second->document != row.document) {
        damaged_rows("definitions", shown(row) + " is not what its entry published");
      }
      expected.erase(found);
    }
    if (!expected.empty()) damaged_rows("definitions", shown(*expected.begin()->second) + " is missing");
  }

  static std::string shown(const definition_change& row) {
    return std::string(name(row.kind)) + " \"" + row.key + "\", version " + std::to_string(row.version) + ",";
  }

  void compare_series(const std::vector<series_change>& stored) const {
    std::map<std::uint64_t, const series_change*> expected;
    for (const series_change& row : rows_.series) expected[row.series] = &row;
    const auto fits = [&](const series_change& row) {
      const auto found = expected.find(row.series);
      return found != expected.end() && found->second->prefix == row.prefix && found->second->width == row.width;
    };
    if (stored.size() == expected.size() && std::ranges::all_of(stored, fits)) return;
    damaged_rows("series of numbers", "they are not what the record types say");
  }

  void compare_cursors(const derived_rows& rows) const {
    for (const auto& [consumer, cursor] : rows.cursors) {
      if (entry_of_effect(cursor) <= done_.entries) continue;
      damaged_rows("cursors of the outbox", "\"" + consumer + "\" stands behind the last entry");
    }
  }

  [[noreturn]] static void damaged_rows(const std::string& which, const std::string& why) {
    json_writer detail;
    detail.begin_object();
    detail.member("table", which);
    detail.member("found", why);
    detail.end_object();
    throw error(status::corrupt, "verify.rows", "the " + which + ": " + why, detail.take());
  }

  void compare(const incident& folded, const incident& stored) const {
    if (bytes_of(folded) != bytes_of(stored)) damaged_record(stored, "it is not what its entries say");
  }

  [[noreturn]] void damaged_record(const incident& record, const std::string& why) const {
    const std::string number = d_.show_number(record.number);
    throw error(status::corrupt, "verify.record", "record " + number + ": " + why, "{\"record\":\"" + number + "\"}");
  }

  const desk& d_;
  sha256 hasher_;
  digest hash_{};
  instant clock_ = no_instant;
  desk_state scratch_;
  turn_book turns_;
  definition_rows rows_;                                                 // as the entries say
  std::map<std::pair<std::uint32_t, std::string>, std::uint64_t> keys_;  // likewise, by actor: the latest entry with it
  std::unordered_map<std::uint64_t, incident> records_;
  std::set<std::uint64_t> erased_keys_;  // entries whose key was erased; the store remembers it for its time
  std::set<std::uint64_t> unexplained_;  // purged entries that no later one has accounted for yet
  desk::verification done_;
};

}  // namespace

desk::verification desk::verify() const { return verifier(*this).run(); }

}  // namespace tocsin::inline v1
