// A store in memory: for tests, simulation and desks that need not outlive their process.
#pragma once

#include <memory>

#include <tocsin/desk/store.hpp>

namespace tocsin::inline v1 {

std::unique_ptr<store> make_memory_store();

}  // namespace tocsin::inline v1
