// What a desk gets from here: services and the category tree.
#include "publish.hpp"

#include <tocsin/model/definition.hpp>

namespace tocsin::inline v1 {

// ---- definitions

constinit const definition_type service::descriptor = definition_row<service>(
    3, "service", "A service that incidents interrupt", word_kind::service, "services", "Services");
constinit const definition_type category::descriptor = definition_row<category>(
    4, "category", "A node of the category tree", word_kind::category, "categories", "Categories");

namespace {

constexpr const definition_type* definitions[] = {
    &service::descriptor,
    &category::descriptor,
};

}  // namespace

extern const slice service_slice;
constinit const slice service_slice{.name = "service", .definitions = definitions, .publication = &service_publication};

}  // namespace tocsin::inline v1
