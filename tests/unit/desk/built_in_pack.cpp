// The built-in pack as a file to be read, and to start a pack of one's own from: examples/packs/built_in.json.
// TOCSIN_WRITE_GOLDEN=1 writes it anew.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <tocsin/base/json.hpp>
#include <tocsin/desk/built_in_pack.hpp>

#include "office.hpp"

namespace {

using office::json;

std::filesystem::path pack_path() { return std::filesystem::path(TOCSIN_SOURCE_DIR) / "examples/packs/built_in.json"; }

json built_in() {
  tocsin::json_writer to;
  to.begin_object();
  tocsin::write_members(to, tocsin::built_in_pack(), {});
  to.end_object();
  return json::parse(to.take());
}

// On one line what fits there, else a line for each member or item.
std::string pretty(const json& value, std::size_t indent) {
  constexpr std::size_t width = 140;
  std::string line = value.dump(-1, ' ', false);
  if (!value.is_structured() || indent + line.size() <= width) return line;
  const std::string inner(indent + 2, ' ');
  std::string text(1, value.is_object() ? '{' : '[');
  for (auto member = value.begin(); member != value.end(); ++member) {
    text += (member == value.begin() ? "\n" : ",\n") + inner;
    if (value.is_object()) text += json(member.key()).dump() + ": ";
    text += pretty(*member, indent + 2);
  }
  return text + "\n" + std::string(indent, ' ') + (value.is_object() ? "}" : "]");
}

}  // namespace

TEST_CASE("the built-in pack is there as a file, the same as what a new desk has (D12, R-N03)") {
  if (std::getenv("TOCSIN_WRITE_GOLDEN") != nullptr) std::ofstream(pack_path()) << pretty(built_in(), 0) << '\n';
  std::ifstream in(pack_path());
  const json file = json::parse(in);
  CHECK(file == built_in());

  tocsin::desk d = office::open();
  json command = office::command("publish", "2026-11-23T07:00:00Z", "host", file);
  const json done = office::tell(d, command);
  for (const auto& [list, definitions] : done["events"][0].items()) CHECK_FALSE(definitions.is_array());
  CHECK(done["events"].size() == 1);
}

TEST_CASE(
    "every optional pack is published as it is, without a finding, and changes nothing the second time (D12, R-C23)") {
  CHECK(tocsin::optional_packs().size() != 0);
  for (const tocsin::optional_pack& pack : tocsin::optional_packs()) {
    CAPTURE(pack.name);
    tocsin::desk d = office::open();
    const json document = json::parse(pack.document);
    const json first = office::tell(d, office::command("publish", "2026-11-23T07:00:00Z", "host", document));
    REQUIRE(first["events"].size() == 1);
    CHECK_FALSE(first["events"][0].contains("warnings"));
    std::size_t definitions = 0;
    for (const auto& [list, published] : first["events"][0].items())
      definitions += published.is_array() ? published.size() : 0;
    CHECK(definitions != 0);
    const json second = office::tell(d, office::command("publish", "2026-11-23T07:01:00Z", "host", document));
    REQUIRE(second["events"].size() == 1);
    for (const auto& [list, published] : second["events"][0].items()) CHECK_FALSE(published.is_array());
  }
}
