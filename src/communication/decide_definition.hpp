// Commands that give a definition by themselves: each is a publication of it.
#pragma once

#include <tocsin/desk/commands.hpp>
#include <tocsin/desk/events.hpp>

#include <tocsin/desk/deciding.hpp>

#include "desk/publish.hpp"

#include <string>
#include <vector>

namespace tocsin::inline v1 {

// "subscription-3"
template <class T>
std::string fresh_key(const deciding& d) {
  const word_kind words = T::descriptor.words;
  for (std::size_t number = d.state.words.size(words) + 1;; ++number) {
    std::string key = std::string(T::descriptor.name) + "-" + std::to_string(number);
    if (d.state.words.find(words, key) == 0) return key;
  }
}

template <class T>
void publish_again(deciding& d, std::vector<T> all) {
  publish asked;
  for (T& one : all) asked.definitions.add(std::move(one));
  d.emit({}, check_definitions(asked, d.state, d.given.recorded_at));
}

}  // namespace tocsin::inline v1
