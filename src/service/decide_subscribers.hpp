// Who has subscribed to what an incident affects.
#pragma once

#include <vector>

#include <tocsin/service/subscription.hpp>

namespace tocsin::inline v1 {

struct desk_state;
struct incident;

// What the record names, what that brings down, and the customer of its caller.
affected_keys affected_by(const desk_state& state, const incident& record);

// Subscriptions in use, of people in use, that name any of it, in the order of their publication.
std::vector<const subscription*> subscriptions_to(const desk_state& state, const affected_keys& affected);

}  // namespace tocsin::inline v1
