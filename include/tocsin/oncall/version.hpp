// Versions of a definition by the instants from which they are in force (O3).
#pragma once

#include <tocsin/time/instant.hpp>

namespace tocsin::inline v1 {

template <class T>
struct dated {
  instant from = no_instant;  // in force from then on, until the next version is; absent: from the beginning
  T definition;
};

}  // namespace tocsin::inline v1
