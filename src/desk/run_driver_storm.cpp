// Storms: what a person would be paged beyond the limits is held, and goes as one page at the end of the window (E5).
#include <tocsin/escalation/events.hpp>
#include <tocsin/model/escalation_record.hpp>

#include "run_driver.hpp"

#include <algorithm>

namespace tocsin::inline v1 {

void run_driver::count(std::size_t place, person_ref person, service_ref service, const page_verdict& windows) {
  std::vector<page_window>& all = runs_[place].windows;
  const auto same = std::ranges::find_if(all, [&](const page_window& w) {
    return w.person == person && w.service == service && w.until == windows.until &&
           w.service_until == windows.service_until && !is_set(w.bundled_at);
  });
  if (same != all.end()) return void(++same->pages);
  if (all.size() == limits::run_windows_max) return;
  all.push_back({person, service, windows.until, windows.service_until, 1, no_instant});
}

// Of several that are held for one page, the first says how it is sent.
void run_driver::hold(std::size_t place, paged_person& reached, instant due, std::string method,
                      const page_verdict& verdict) {
  if (!is_set(reached.held_until)) {
    reached.held_until = verdict.held_until;
    reached.held_since = due;
    reached.held_method = method;
  }
  ++reached.held;
  emit(page_held{.run = number_of(place),
                 .version = reached.version,
                 .step = reached.step,
                 .person = reached.person,
                 .method = std::move(method),
                 .attempt = reached.tries,
                 .by = verdict.by,
                 .scheduled_at = due,
                 .until = reached.held_until});
}

// ---- at the end of the window

namespace {

bool is_to_go(const paged_person& p, instant now) { return is_set(p.held_until) && p.held_until <= now; }

void drop_held(paged_person& p) {
  p.held_until = no_instant;
  p.held_since = no_instant;
  p.held_method.clear();
  p.held = 0;
}

urgency highest_urgency(const std::vector<held_run>& held) {
  urgency highest = urgency::unset;
  for (const held_run& h : held) {
    if (highest == urgency::unset || (h.page.urgency != urgency::unset && h.page.urgency < highest)) {
      highest = h.page.urgency;
    }
  }
  return highest;
}

}  // namespace

// By key (D6).
std::vector<person_ref> run_driver::people_to_release() const {
  std::vector<person_ref> people;
  for (const record_run& kept : runs_) {
    for (const paged_person& p : kept.paged) {
      if (is_to_go(p, now_)) people.push_back(p.person);
    }
  }
  std::ranges::sort(people, {}, [&](person_ref p) { return given_.state.words.word(word_kind::person, p.index); });
  people.erase(std::ranges::unique(people).begin(), people.end());
  return people;
}

void run_driver::release() {
  for (const person_ref person : people_to_release()) {
    if (is_full()) return;
    release(person);
  }
}

// The record whose timer comes first sends for all; the others say where theirs went.
void run_driver::release(person_ref person) {
  instant since = now_;
  for (const record_run& kept : runs_) {
    for (const paged_person& p : kept.paged) {
      if (p.person == person && is_to_go(p, now_)) since = std::min(since, p.held_until);
    }
  }
  record_ref into = counts().bundled_by(person, since);
  if (!into) {
    send_bundle(person, counts().held(person, now_));
    into = {record_.id};
  }
  say_bundled(person, into);
}

// One alone goes as the page that it is. A bundle is one page, too: it counts once for the person, and once for each
// service, and is never held itself.
void run_driver::send_bundle(person_ref person, const std::vector<held_run>& held) {
  const std::size_t place = std::ranges::find(held, record_ref{record_.id}, &held_run::record)->place;
  const std::vector<paged_person>& paged = runs_[place].paged;
  const auto to_go = [&](const paged_person& p) { return p.person == person && is_to_go(p, now_); };
  const paged_person& first = *std::ranges::find_if(paged, to_go);
  const page_verdict windows = counts().judge(person, record_.service, plan_of(runs_[place]).policy.storms);
  if (held.size() == 1) {
    count(place, person, record_.service, windows);
    return page_now(place, first, first.held_since, first.held_method);
  }
  page_bundle bundle{.person = person,
                     .method = first.held_method,
                     .urgency = highest_urgency(held),
                     .pages = {},
                     .scheduled_at = first.held_until};
  for (const held_run& h : held) {
    if (bundle.pages.size() == limits::bundle_pages_max) break;
    bundle.pages.push_back(h.page);
  }
  bundle.others = static_cast<std::int64_t>(held.size() - bundle.pages.size());
  runs_[place].windows.push_back({person, record_.service, windows.until, windows.service_until, 1, now_});
  count_services(place, person, bundle);
  emit(std::move(bundle));
}

// Of the other services that it speaks of.
void run_driver::count_services(std::size_t place, person_ref person, const page_bundle& bundle) {
  const storm_limits& storms = plan_of(runs_[place]).policy.storms;
  std::vector<service_ref> counted{record_.service};
  for (const bundled_page& p : bundle.pages) {
    if (std::ranges::find(counted, p.service) != counted.end()) continue;
    counted.push_back(p.service);
    const instant until = counts().judge(person, p.service, storms).service_until;
    runs_[place].windows.push_back({person, p.service, no_instant, until, 1, no_instant});
  }
}

void run_driver::say_bundled(person_ref person, record_ref into) {
  for (std::size_t place = 0; place < runs_.size(); ++place) {
    bool any = false;
    for (paged_person& p : runs_[place].paged) {
      if (p.person != person || !is_to_go(p, now_)) continue;
      emit(page_bundled{.run = number_of(place), .version = p.version, .step = p.step, .person = person, .into = into});
      drop_held(p);
      any = true;
    }
    if (any) say_changed(place);
  }
}

}  // namespace tocsin::inline v1
