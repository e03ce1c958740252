// Publishing permission policies.
#pragma once

#include <tocsin/desk/definition_row.hpp>
#include "publication.hpp"

namespace tocsin::inline v1 {

void check_permissions(const publications& all, const record_schemas& schemas);

// The policies that are in force, made ready.
void derive_permissions(desk_state& state, undo_list& undo);

void each_condition(const permission_policy& p, const record_schemas& schemas, const condition_visitor& to);

}  // namespace tocsin::inline v1
