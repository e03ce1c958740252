// Letting go of records that are over for long. A record goes with all that it is linked to, or not at all.
#include <tocsin/base/bytes.hpp>
#include <tocsin/base/hash.hpp>
#include <tocsin/base/text_form.hpp>
#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>
#include <tocsin/desk/history.hpp>
#include <tocsin/desk/permission.hpp>
#include <tocsin/link/events.hpp>
#include <tocsin/model/link.hpp>

#include <tocsin/desk/deciding.hpp>
#include "purge.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace tocsin::inline v1 {
namespace {

digest hash_of(const store& where, std::uint64_t sequence) {
  stored_entry stored;
  if (sequence != 0 && !where.load_entry(sequence, stored)) {
    throw error(status::corrupt, "journal.entry_missing", "entry " + std::to_string(sequence) + " is missing");
  }
  return sequence == 0 ? digest{} : stored.hash;
}

// Looks for records that may go, family by family: all that hang together by links.
class purge_search {
 public:
  purge_search(const decision& given, instant ended_before) : given_(given), before_(ended_before) {}

  // The record and its family are taken, or are found to stay. False: there is no room for more.
  bool consider(const incident_ptr& record, std::size_t most) {
    if (seen_.contains(record->id)) return true;
    if (is_hidden(given_.state, *record, given_.actor)) return ++hidden_, true;
    std::vector<incident_ptr> family = family_of(record);
    if (family.empty()) return ++kept_, true;
    if (!records_.empty() && records_.size() + family.size() > most) return false;
    std::size_t entries = 0;
    for (const incident_ptr& r : family) entries += note_chain(*r);
    for (const incident_ptr& r : family) records_.insert(r->id);
    return records_.size() < most && (entries_ += entries) < limits::purged_entries_max;
  }

  std::vector<std::uint64_t> records() const { return {records_.begin(), records_.end()}; }

  // Those that speak of these records alone.
  std::vector<std::uint64_t> entries() const {
    std::vector<std::uint64_t> all;
    for (const auto& [sequence, others] : touched_) {
      if (std::ranges::all_of(others, [this](std::uint64_t id) { return records_.contains(id); }))
        all.push_back(sequence);
    }
    return all;
  }

  std::size_t kept() const { return kept_; }
  std::uint32_t hidden() const { return hidden_; }

 private:
  // Over, not touched since, and nothing of it is under way.
  bool may_go(const incident& r) const {
    return may_command(given_.state, purge_records::descriptor, given_.actor, &r, given_.at) &&
           is_final(r.state_kind) && index_value(r, record_index::closed_at) < before_.us && r.updated_at < before_ &&
           !given_.state.live.find(r.id);
  }

  // Empty where one of them stays.
  std::vector<incident_ptr> family_of(const incident_ptr& first) {
    std::vector<incident_ptr> family = {first};
    std::set<std::uint64_t> members = {first->id};
    bool all_go = may_go(*first);
    for (std::size_t i = 0; i < family.size(); ++i) {
      for (const record_link& l : links_of(*family[i])) {
        if (!l.record || !members.insert(l.record.id).second) continue;
        const incident_ptr other = given_.records.find(l.record);
        if (!other) continue;
        all_go = all_go && may_go(*other) && !seen_.contains(l.record.id);
        if (family.size() < limits::purged_records_max) family.push_back(other);
      }
    }
    seen_.merge(members);
    return all_go && family.size() < limits::purged_records_max ? family : std::vector<incident_ptr>{};
  }

  std::size_t note_chain(const incident& r) {
    const std::vector<entry> chain = read_chain(*given_.records.where, r, UINT64_MAX);
    for (const entry& e : chain) {
      std::vector<std::uint64_t>& others = touched_[e.sequence];
      if (!others.empty()) continue;
      for (const event& happened : e.events) others.push_back(happened.record.id);  // 0, the desk itself, stays
    }
    return chain.size();
  }

  const decision& given_;
  instant before_;
  std::set<std::uint64_t> seen_;
  std::set<std::uint64_t> records_;
  std::map<std::uint64_t, std::vector<std::uint64_t>> touched_;  // by entry: the records that it speaks of
  std::size_t entries_ = 0;
  std::size_t kept_ = 0;
  std::uint32_t hidden_ = 0;  // from the actor
};

}  // namespace

std::vector<number_span> spans_of(const std::vector<std::uint64_t>& rising) {
  std::vector<number_span> spans;
  for (const std::uint64_t n : rising) {
    if (!spans.empty() && spans.back().last + 1 == n) {
      spans.back().last = n;
    } else {
      spans.push_back({n, n});
    }
  }
  return spans;
}

std::string gaps_digest(const std::vector<number_span>& runs, const store& where) {
  byte_writer to;
  for (const number_span& run : runs) {
    for (std::uint64_t sequence = run.first - 1; sequence <= run.last; ++sequence) {
      to.number(sequence);
      to.bytes(hash_of(where, sequence));
    }
  }
  sha256 hasher;
  return to_hex(hasher.of(to.view()));
}

void decide(const purge_records& c, deciding& d) {
  if (c.ended_before > d.given.recorded_at) {
    throw error(status::invalid_argument, "purge.in_the_future",
                "/ended_before: allowed is no later than the desk's clock");
  }
  const std::size_t most = c.limit == 0 ? limits::purged_records_max : static_cast<std::size_t>(c.limit);
  purge_search search(d.given, c.ended_before);
  d.given.records.where->scan_closed({.index = record_index::closed_at, .most = c.ended_before.us - 1},
                                     [&](const incident_ptr& record) { return search.consider(record, most); });
  records_purged e;
  e.ended_before = c.ended_before;
  e.reason = c.reason;
  e.records = spans_of(search.records());
  if (e.records.empty()) {
    throw error(
        status::failed_precondition, "purge.nothing_to_do",
        "no record ended before then and was not touched since, or is free of links to one that stays (looked at: " +
            std::to_string(search.kept()) + ")");
  }
  e.entries = spans_of(search.entries());
  e.gaps = gaps_digest(e.entries, *d.given.records.where);
  d.emit({}, std::move(e));
  if (search.hidden() != 0) d.emit({}, cascade_limited{link_kind::unset, verb::unset, search.hidden()});
}

}  // namespace tocsin::inline v1
