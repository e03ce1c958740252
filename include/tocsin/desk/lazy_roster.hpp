// A roster that is made when somebody first asks for it, once for all that share it: a publication that changes who is on
// call costs nothing more until then.
#pragma once

#include <mutex>
#include <optional>

#include <tocsin/oncall/roster.hpp>

namespace tocsin::inline v1 {

class lazy_roster {
 public:
  // Any thread may ask; `make` answers the same whoever calls it.
  template <class Make>
  const roster& get(Make make) const {
    const std::scoped_lock lock(mutex_);
    if (!made_) made_.emplace(make());
    return *made_;
  }

 private:
  mutable std::mutex mutex_;
  mutable std::optional<roster> made_;
};

}  // namespace tocsin::inline v1
