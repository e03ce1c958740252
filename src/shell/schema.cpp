// `schema`, `catalogue`: the vocabulary, for programs and for people.
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include <subcommands.hpp>
#include <table.hpp>
#include <text.hpp>

namespace shell {
namespace {

constexpr std::string_view schema_help = R"(
Prints the JSON Schema (2020-12) of a kind of document: of a command ("log_incident"), of all commands ("commands"), of
the questions ("queries"), of a definition ("workflow") ... Without NAME, lists the names. Needs no desk file.

Options
  --all DIR   write the schema of each kind into DIR, one file each, and catalogue.json; always the same bytes

Examples
  tocsin schema log_incident
  tocsin schema queries | less
  tocsin schema --all schema/
)";

constexpr std::string_view catalogue_help = R"(
Lists every command, event, effect, definition, record, query and choice with its meaning. Needs no desk file.

Options
  --json   all that is known of them, with their fields, as JSON
)";

std::string pretty(const std::string& document) { return parse_answer(document).dump(2) + "\n"; }

std::vector<std::string> schema_names() {
  const json catalogue = parse_answer(tocsin::client::catalogue());
  return list_at(catalogue, "schemas").get<std::vector<std::string>>();
}

void write_file(const std::filesystem::path& path, const std::string& text) {
  const std::string name = path.string();
  std::FILE* file = std::fopen(name.c_str(), "wb");
  const bool is_written = file != nullptr && std::fwrite(text.data(), 1, text.size(), file) == text.size();
  const bool is_closed = file != nullptr && std::fclose(file) == 0;
  if (!is_written || !is_closed) throw io_error(name + ": " + std::strerror(errno));
}

std::size_t write_all(const std::string& directory) {
  std::error_code problem;
  std::filesystem::create_directories(directory, problem);
  if (problem) throw io_error(directory + ": " + problem.message());
  const std::filesystem::path into(directory);
  const std::vector<std::string> names = schema_names();
  for (const std::string& name : names) write_file(into / (name + ".json"), pretty(tocsin::client::schema(name)));
  write_file(into / "catalogue.json", pretty(tocsin::client::catalogue()));
  return names.size() + 1;
}

int run_schema(session& with, arguments& words) {
  const std::optional<std::string> directory = words.value("--all");
  const std::optional<std::string> name = words.next_word();
  words.finish();
  if (directory) {
    if (name) throw usage_error("--all writes every schema; leave the name out");
    with.out.line(std::to_string(write_all(*directory)) + " files in " + *directory);
  } else if (name) {
    with.out.write(pretty(tocsin::client::schema(*name)));
  } else {
    for (const std::string& each : schema_names()) with.out.line(each);
  }
  return exit_done;
}

// A section of the catalogue: a name and a meaning a line, whether it is a list of objects or an object by names.
void print_section(const session& with, const json& section) {
  std::vector<pair_of_text> pairs;
  const auto add = [&](const std::string& name, const json& entry) {
    std::string meaning = entry.is_object() ? text_at(entry, "meaning") : text_of(entry);
    if (entry.is_object() && meaning.empty()) meaning = text_at(entry, "values");
    pairs.push_back({name, meaning});
  };
  for (const auto& [key, entry] : section.items()) {
    add(section.is_array() && entry.is_object() ? text_at(entry, "name") : key, entry);
  }
  print_pairs(with.out, pairs, 2);
}

int run_catalogue(session& with, arguments& words) {
  const bool as_json = words.flag("--json");
  words.finish();
  const std::string document = tocsin::client::catalogue();
  if (as_json) return with.out.write(pretty(document)), exit_done;
  const json catalogue = parse_answer(document);
  bool is_first = true;
  for (const auto& [name, section] : catalogue.items()) {
    if (!section.is_structured() || name == "schemas") continue;  // `schema` lists those
    if (!is_first) with.out.line();
    is_first = false;
    with.out.line(with.out.styled(spoken(name), style::bold));
    print_section(with, section);
  }
  return exit_done;
}

}  // namespace

const subcommand schema_subcommand{
    "schema",    "[NAME] [--all DIR]", "print or write JSON Schemas (no desk file needed)",
    schema_help, need::nothing,        run_schema};
const subcommand catalogue_subcommand{"catalogue",    "[--json]",    "list the whole vocabulary (no desk file needed)",
                                      catalogue_help, need::nothing, run_catalogue};

}  // namespace shell
