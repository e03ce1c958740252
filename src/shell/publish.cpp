// `publish`: a pack of definitions from a file.
#include <subcommands.hpp>
#include <text.hpp>

#include <fstream>
#include <sstream>

namespace shell {
namespace {

constexpr std::string_view publish_help = R"(
Publishes packs: files with one JSON object each, of the fields of the command "publish" (people, teams, workflows,
custom_fields, ...). A definition with a known key becomes its next version, an unchanged one stays as it is. What the
linters find, and a test of the pack that does not come out, is said, and nothing is published of that file. What is odd,
but allowed, comes as warnings.

Options
  --built-in NAME   publish a pack that the library brings along: agreements
  --dry-run         say what would be published, and keep nothing

Examples
  tocsin desk.tocsin publish examples/packs/security_desk.json
  tocsin desk.tocsin publish --built-in agreements
)";

json read_pack(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw usage_error("the file " + printable(path) + " cannot be read");
  std::ostringstream text;
  text << in.rdbuf();
  json pack;
  try {
    pack = json::parse(text.str());
  } catch (const json::parse_error& e) {
    throw usage_error(printable(path) + " is not JSON: " + e.what());
  }
  if (!pack.is_object()) throw usage_error(printable(path) + " holds no JSON object");
  return pack;
}

// "2 workflows, 5 custom fields"
std::string counted(const json& published) {
  std::string all;
  for (const auto& [list, definitions] : published.items()) {
    if (!definitions.is_array() || definitions.empty() || list == "warnings") continue;
    all += (all.empty() ? "" : ", ") + std::to_string(definitions.size()) + " " + spoken(list);
  }
  return all.empty() ? "nothing that was not there already" : all;
}

// What is odd about them, and allowed.
void print_warnings(const session& with, const json& published) {
  const json& warnings = list_at(published, "warnings");
  if (warnings.empty()) return;
  with.out.line(std::to_string(warnings.size()) + (warnings.size() == 1 ? " warning:" : " warnings:"));
  for (const json& warning : warnings) {
    with.out.line("  " + text_at(warning, "kind") + " " + text_at(warning, "key") + ": " + text_at(warning, "what"));
  }
}

void publish_pack(session& with, json command, const std::string& name, bool dry_run) {
  command["command"] = "publish";
  command["actor"] = with.given.actor;
  const std::uint32_t flags =
      (dry_run ? TOCSIN_EXECUTE_DRY_RUN : 0u) | (with.given.allow_leap ? TOCSIN_EXECUTE_ALLOW_LEAP : 0u);
  const json result = parse_answer(with.desk->execute(command.dump(), with.now_us(), flags));
  for (const json& event : list_at(result, "events")) {
    if (text_at(event, "event") != "definitions_published") continue;
    with.out.line(name + ": " + (dry_run ? "would publish " : "published ") + counted(event));
    print_warnings(with, event);
  }
}

int run_publish(session& with, arguments& words) {
  const bool dry_run = words.flag("--dry-run");
  if (const std::optional<std::string> name = words.value("--built-in")) {
    words.finish();
    const json answer = with.ask({{"query", "optional_packs"}, {"name", *name}});
    publish_pack(with, list_at(answer, "packs").at(0)["pack"], *name, dry_run);
    return exit_done;
  }
  const std::string first = words.word("the file of a pack");
  std::vector<std::string> paths = words.rest();
  paths.insert(paths.begin(), first);
  for (const std::string& path : paths) publish_pack(with, read_pack(path), path, dry_run);
  return exit_done;
}

}  // namespace

const subcommand publish_subcommand{
    "publish",  "[--dry-run] FILE... | --built-in NAME", "publish packs of definitions", publish_help, need::creating,
    run_publish};

}  // namespace shell
