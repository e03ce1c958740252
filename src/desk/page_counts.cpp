#include "page_counts.hpp"

#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include <algorithm>
#include <tuple>

namespace tocsin::inline v1 {
namespace {

// Of the window that ends last; one that is over counts no more.
struct tally {
  instant until = no_instant;
  std::int64_t pages = 0;

  void add(instant end, std::int64_t count) {
    if (is_set(until) && end < until) return;
    if (end != until) pages = 0;
    until = end;
    pages += count;
  }
  bool reaches(std::int64_t most) const { return most >= 0 && pages >= most; }
};

// Is a page held beyond what any limit is for? Then it need not be counted any further.
std::int64_t enough(std::int64_t limit) { return std::max<std::int64_t>(limit, 1); }

bool is_spared(priority of, priority spared) { return of != priority::unset && of <= spared; }

}  // namespace

page_counts::page_counts(const incident& record, const std::vector<record_run>& own, const decision& given,
                         const std::vector<event>& said)
    : record_(record), own_(own), given_(given), said_(said) {
  for (std::size_t i = 0; i < said.size(); ++i) {
    const auto* now = said[i].body.get_if<escalation_run_changed>();
    if (!now || said[i].record.id == record.id) continue;
    const auto before = std::ranges::find_if(
        changes_, [&](const change& c) { return c.record == said[i].record.id && c.run == now->run; });
    if (before == changes_.end()) {
      changes_.push_back({said[i].record.id, now->run, i});
    } else {
      before->place = i;
    }
  }
}

// ---- the runs

const record_run* page_counts::changed(std::uint64_t id, std::uint32_t run) const {
  const auto found = std::ranges::find_if(changes_, [&](const change& c) { return c.record == id && c.run == run; });
  return found == changes_.end() ? nullptr : &said_[found->place].body.get<escalation_run_changed>().now;
}

template <class Visit>
bool page_counts::each_run_of(std::uint64_t id, Visit visit) const {
  const incident_ptr other = given_.records.find({id});
  if (!other || is_final(other->state_kind)) return true;
  const std::vector<record_run>& known = runs_of(*other);
  for (std::uint32_t place = 0;; ++place) {
    const record_run* run = changed(id, place + 1);
    if (!run && place >= known.size()) return true;
    if (!visit(*other, place, run ? *run : known[place])) return false;
  }
}

template <class Visit>
void page_counts::each_run(std::span<const page_index::mark> marked, Visit visit) const {
  for (std::uint32_t place = 0; place < own_.size(); ++place) {
    if (!visit(record_, place, own_[place])) return;
  }
  for (const page_index::mark& m : marked) {
    if (m.record != record_.id && !each_run_of(m.record, visit)) return;
  }
  for (const change& c : changes_) {
    const bool first = changes_.data() == &c || (&c - 1)->record != c.record;
    if (!first || std::ranges::binary_search(marked, c.record, {}, &page_index::mark::record)) continue;
    if (!each_run_of(c.record, visit)) return;
  }
}

// ---- the verdict

bool page_counts::is_paged_about_this(person_ref person) const {
  return std::ranges::any_of(own_, [&](const record_run& run) {
    return std::ranges::any_of(
        run.windows, [&](const page_window& w) { return w.person == person && w.until > given_.recorded_at; });
  });
}

page_verdict page_counts::judge(person_ref person, service_ref service, const storm_limits& storms) const {
  const instant now = given_.recorded_at;
  tally of_person;
  each_run(given_.state.pages.paged(person), [&](const incident&, std::uint32_t, const record_run& run) {
    for (const page_window& w : run.windows) {
      if (w.person == person && w.until > now) of_person.add(w.until, w.pages);
    }
    return of_person.pages < enough(storms.person_pages);
  });
  tally of_service;
  each_run(given_.state.pages.paged(person, service), [&](const incident&, std::uint32_t, const record_run& run) {
    for (const page_window& w : run.windows) {
      if (w.person == person && w.service == service && w.service_until > now) of_service.add(w.service_until, w.pages);
    }
    return of_service.pages < enough(storms.service_pages);
  });
  const instant end = std::min(now + storms.window, instant_max);
  page_verdict result;
  result.until = is_set(of_person.until) ? of_person.until : end;
  result.service_until = is_set(of_service.until) ? of_service.until : end;
  if (of_service.pages == 0) return result;
  if (is_spared(record_.priority, storms.spared) && !is_paged_about_this(person)) return result;
  if (of_service.reaches(storms.service_pages)) {
    result.by = storm_limit::service;
    result.held_until = of_service.until;
  }
  if (of_person.reaches(storms.person_pages)) {
    result.by = storm_limit::person;
    result.held_until = std::max(result.held_until, of_person.until);
  }
  return result;
}

// ---- what is held

record_ref page_counts::bundled_by(person_ref person, instant since) const {
  record_ref found;
  each_run(given_.state.pages.paged(person), [&](const incident& record, std::uint32_t, const record_run& run) {
    const bool sent = std::ranges::any_of(run.windows, [&](const page_window& w) {
      return w.person == person && is_set(w.bundled_at) && w.bundled_at >= since;
    });
    if (sent) found = {record.id};
    return !sent;
  });
  return found;
}

std::vector<held_run> page_counts::held(person_ref person, instant until) const {
  std::vector<held_run> all;
  each_run(given_.state.pages.held(person), [&](const incident& record, std::uint32_t place, const record_run& run) {
    std::uint32_t count = 0;
    instant since = never;
    const paged_person* latest = nullptr;
    for (const paged_person& p : run.paged) {
      if (p.person != person || !is_set(p.held_until) || p.held_until > until) continue;
      count += p.held;
      since = std::min(since, p.held_since);
      if (!latest || p.version > latest->version) latest = &p;
    }
    if (!latest) return true;
    all.push_back({record.number,
                   {record.id},
                   place,
                   {.incident = {record.id},
                    .run = place + 1,
                    .run_number = run.run.number,
                    .step = latest->step,
                    .version = latest->version,
                    .held = count,
                    .urgency = latest->urgency,
                    .policy = run.policy,
                    .title = record.text ? record.text->title : std::string(),
                    .priority = record.priority,
                    .service = record.service,
                    .held_since = since}});
    return true;
  });
  std::ranges::sort(all, {}, [](const held_run& h) { return std::tuple(h.number, h.place); });
  return all;
}

}  // namespace tocsin::inline v1
