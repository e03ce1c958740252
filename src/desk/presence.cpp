#include <tocsin/desk/presence.hpp>

#include <tocsin/base/error.hpp>

#include <algorithm>

namespace tocsin::inline v1 {

std::span<const std::string_view> choices(activity) {
  static constexpr std::string_view all[] = {"viewing", "editing", "left"};
  return all;
}

std::span<const field_row> presence::fields() {
  using self = presence;
  static constexpr field_row rows[] = {
      row<&self::incident>("incident", "Record that the person has open", required),
      row<&self::actor>("actor", "Person who is there", required),
      row<&self::activity>("activity", "What the person does; left: nothing any more", required),
      row<&self::at>("at", "Since when", required),
      row<&self::until>("until", "Until when, if nothing more is said; an hour later at most"),
  };
  return rows;
}

void presence_book::note(const presence& said) {
  const bool leaves = said.activity == activity::left;
  if (!leaves && (!is_set(said.until) || said.until <= said.at || said.until - said.at > limits::presence_longest)) {
    throw error(status::invalid_argument, "presence.until",
                "/until: allowed is an instant after /at, an hour later at most", "{\"path\":\"/until\"}");
  }
  std::erase_if(all_, [&](const presence& p) { return p.until <= said.at; });
  const auto known = std::ranges::find_if(
      all_, [&](const presence& p) { return p.incident == said.incident && p.actor == said.actor; });
  if (leaves) {
    if (known != all_.end()) all_.erase(known);
    return;
  }
  if (known != all_.end()) {
    known->activity = said.activity;
    known->until = said.until;
    return;
  }
  if (all_.size() >= limits::presences_max) {
    throw error(status::resource_exhausted, "presence.too_many",
                "there are " + std::to_string(limits::presences_max) + " people at records already");
  }
  all_.push_back(said);
}

std::vector<presence> presence_book::at(record_ref record, instant when) const {
  std::vector<presence> there;
  std::ranges::copy_if(all_, std::back_inserter(there),
                       [&](const presence& p) { return p.incident == record && p.until > when; });
  return there;
}

}  // namespace tocsin::inline v1
