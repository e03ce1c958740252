// The class that follows from a record as it is (R-P26).
#pragma once

#include <optional>

#include <tocsin/desk/decide.hpp>

namespace tocsin::inline v1 {

struct incident_class_derived;

// Has it a class at all? Requests, heartbeats and maintenance have none (L9).
bool goes_by_class(const incident& record, const desk_state& state);

// What its class is by the policy in force; nothing where it has that class already, or goes by none.
std::optional<incident_class_derived> derive_class(const incident& record, const decision& given);

}  // namespace tocsin::inline v1
