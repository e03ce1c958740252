// Publications: what definitions name must be there.
#include <doctest/doctest.h>

#include <tocsin/base/error.hpp>

#include "office.hpp"

#include <string>

namespace {

using nlohmann::json;
using tocsin::desk;

std::string refusal_of(desk& d, const json& definitions) {
  try {
    office::tell(d, office::command("publish", "2026-11-23T08:00:00Z", "host", definitions));
  } catch (const tocsin::error& e) {
    return std::string(e.reason());
  }
  return "accepted";
}

}  // namespace

TEST_CASE("an empty key in a list of names is refused as one that was never published") {
  desk d = office::furnished();
  const json of_nobody = json::array({""});
  const json cases = {
      {{"teams", {{{"key", "x"}, {"members", of_nobody}}}}},
      {{"people", {{{"key", "x"}, {"skills", {{{"skill", ""}}}}}}}},
      {{"custom_fields", {{{"key", "x"}, {"kind", "text"}, {"types", of_nobody}}}}},
      {{"contracts", {{{"key", "x"}, {"kind", "sla"}, {"policies", of_nobody}}}}},
      {{"contracts", {{{"key", "x"}, {"kind", "sla"}, {"services", of_nobody}, {"policies", json::array({"y"})}}}}},
      {{"permission_policies", {{{"key", "x"}, {"grants", {{{"people", of_nobody}, {"commands", {"*"}}}}}}}}},
      {{"permission_policies", {{{"key", "x"}, {"grants", {{{"teams", of_nobody}, {"commands", {"*"}}}}}}}}},
  };
  for (const json& definitions : cases) {
    CAPTURE(definitions.dump());
    const std::string reason = refusal_of(d, definitions);
    CHECK((reason == "definition.refused" || reason.starts_with("document.")));
  }
}
