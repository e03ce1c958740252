// What a desk gets from here: people, teams, customers, vendors, skills.
#include "publish.hpp"

#include <tocsin/model/definition.hpp>

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type person::descriptor = about_person(
    definition_row<person>(1, "person", "Someone who calls, acts or is paged", word_kind::person, "people", "People"));
constinit const definition_type team::descriptor =
    definition_row<team>(2, "team", "People who share work", word_kind::team, "teams", "Teams");
constinit const definition_type customer::descriptor = definition_row<customer>(
    22, "customer", "An organisation that receives services", word_kind::customer, "customers", "Customers");
constinit const definition_type skill::descriptor =
    definition_row<skill>(25, "skill", "A skill that people have", word_kind::skill, "skills", "Skills");
constinit const definition_type vendor::descriptor =
    definition_row<vendor>(28, "vendor", "An outside party with obligations under an underpinning contract",
                           word_kind::vendor, "vendors", "Vendors");

namespace {

constexpr const definition_type* definitions[] = {
    &person::descriptor, &team::descriptor, &customer::descriptor, &skill::descriptor, &vendor::descriptor,
};

}  // namespace

extern const slice organisation_slice;
constinit const slice organisation_slice{
    .name = "organisation", .definitions = definitions, .publication = &organisation_publication};

}  // namespace tocsin::inline v1
