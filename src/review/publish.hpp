// Publishing policies of reviews (M3).
#pragma once

#include <tocsin/desk/definition_row.hpp>
#include <tocsin/review/review_policy.hpp>

namespace tocsin::inline v1 {

std::shared_ptr<const compiled_review_policy> compiled(const review_policy& p, const compilation& with);

void each_condition(const review_policy& p, const record_schemas& schemas, const condition_visitor& to);

extern const publication_rules review_publication;

}  // namespace tocsin::inline v1
