#include <import_graph.hpp>

#include <complaint.hpp>
#include <exit_status.hpp>
#include <graph_file.hpp>
#include <text.hpp>

#include <array>

namespace shell {
namespace {

constexpr std::array kinds{"service", "configuration_item"};

const char* list_of(const std::string& kind) { return kind == kinds[0] ? "services" : "configuration_items"; }

std::map<std::string, graph_node> known_nodes(const session& with) {
  std::map<std::string, graph_node> result;
  for (const char* kind : kinds) {
    const json answer = with.ask({{"query", "definitions"}, {"kind", kind}});
    for (json definition : list_at(answer, "definitions")) {
      definition.erase("kind");
      definition.erase("version");
      const std::string external = text_at(definition, "external_key");
      const std::string name = external.empty() ? text_at(definition, "key") : external;
      result.emplace(name, graph_node{kind, std::move(definition)});
    }
  }
  return result;
}

// Members that say what is so anyway are left out; the order of members says nothing.
nlohmann::json comparable(const json& definition) {
  nlohmann::json result = nlohmann::json::object();
  for (const auto& [name, value] : definition.items()) {
    if (value == false || value == 0 || value == "" || (value.is_array() && value.empty())) continue;
    result[name] = value;
  }
  return result;
}

struct graph_changes {
  std::map<std::string, std::size_t> added, changed, same;  // by kind
  std::vector<std::string> retired;                         // external keys
  json publish = json::object();

  bool none() const { return added.empty() && changed.empty() && retired.empty(); }
};

void find_changes(const std::map<std::string, graph_node>& wanted, const std::map<std::string, graph_node>& known,
                  graph_changes& to) {
  for (const auto& [external, node] : wanted) {
    const auto before = known.find(external);
    if (before != known.end() && comparable(before->second.definition) == comparable(node.definition)) {
      ++to.same[node.kind];
      continue;
    }
    ++(before == known.end() ? to.added : to.changed)[node.kind];
    to.publish[list_of(node.kind)].push_back(node.definition);
  }
}

// What was imported once, and stands in no file any more.
void find_retired(const std::map<std::string, graph_node>& wanted, const std::map<std::string, graph_node>& known,
                  graph_changes& to) {
  for (const auto& [external, node] : known) {
    const json& definition = node.definition;
    if (wanted.count(external) != 0 || text_at(definition, "external_key").empty()) continue;
    if (definition.value("retired", false)) continue;
    json retired = definition;
    for (const char* member : {"depends_on", "runs_on", "part_of", "groups"}) retired.erase(member);
    retired["retired"] = true;
    to.publish[list_of(node.kind)].push_back(std::move(retired));
    to.retired.push_back(external);
  }
}

std::string counted(const std::map<std::string, std::size_t>& by_kind) {
  std::string result;
  for (const char* kind : kinds) {
    const auto found = by_kind.find(kind);
    if (found == by_kind.end()) continue;
    const std::string what = found->second == 1 ? spoken(kind) : spoken(list_of(kind));
    result += (result.empty() ? "" : ", ") + std::to_string(found->second) + " " + what;
  }
  return result.empty() ? "none" : result;
}

json report_json(const graph_files& files, const graph_changes& found, bool dry_run) {
  json report = {{"dry_run", dry_run},
                 {"nodes", files.node_count()},
                 {"edges", files.edge_count()},
                 {"added", json(found.added)},
                 {"changed", json(found.changed)},
                 {"unchanged", json(found.same)},
                 {"retired", json(found.retired)},
                 {"problems", json::array()}};
  for (const graph_problem& one : files.problems()) {
    report["problems"].push_back({{"file", one.file}, {"line", one.line}, {"what", one.what}});
  }
  return report;
}

void print_report(const session& with, const graph_files& files, const graph_changes& found, bool dry_run) {
  constexpr std::size_t shown = 20;
  const auto each = [&](std::size_t size, auto line) {
    for (std::size_t i = 0; i < std::min(size, shown); ++i) with.out.line("  " + printable(line(i)));
    if (size > shown) with.out.line("  and " + std::to_string(size - shown) + " more");
  };
  with.out.line("read: " + std::to_string(files.node_count()) + " nodes, " + std::to_string(files.edge_count()) +
                " edges");
  if (files.problem_count() != 0) {
    with.out.line("nothing published; cannot be taken: " + std::to_string(files.problem_count()));
    each(files.problems().size(), [&](std::size_t i) {
      const graph_problem& one = files.problems()[i];
      return one.file + ", line " + std::to_string(one.line) + ": " + one.what;
    });
    return;
  }
  with.out.line("as it was: " + counted(found.same));
  if (found.none()) return with.out.line("nothing to publish: the desk has it all");
  const std::string would = dry_run ? "would be " : "";
  with.out.line(would + "added: " + counted(found.added));
  with.out.line(would + "changed: " + counted(found.changed));
  if (found.retired.empty()) return;
  with.out.line(would + "retired: " + std::to_string(found.retired.size()));
  each(found.retired.size(), [&](std::size_t i) { return found.retired[i]; });
}

void publish(session& with, json command, bool dry_run) {
  command["command"] = "publish";
  command["actor"] = with.given.actor;
  const std::uint32_t flags =
      (dry_run ? TOCSIN_EXECUTE_DRY_RUN : 0u) | (with.given.allow_leap ? TOCSIN_EXECUTE_ALLOW_LEAP : 0u);
  with.desk->execute(command.dump(), with.now_us(), flags);
}

}  // namespace

int import_graph(session& with, arguments& words, bool dry_run, bool as_json) {
  const bool prune = words.flag("--prune");
  graph_files files;
  const std::string first = words.word("a file of nodes or edges, JSON Lines or CSV,");
  std::vector<std::string> paths = words.rest();
  paths.insert(paths.begin(), first);
  for (const std::string& path : paths) files.read(path);
  const std::map<std::string, graph_node> known = known_nodes(with);
  const std::map<std::string, graph_node> wanted = files.resolve(known);
  graph_changes found;
  if (files.problem_count() == 0) {
    find_changes(wanted, known, found);
    if (prune) find_retired(wanted, known, found);
    if (!found.none()) publish(with, std::move(found.publish), dry_run);
  }
  if (as_json) {
    with.out.line(report_json(files, found, dry_run).dump(with.out.is_terminal() ? 2 : -1));
  } else {
    print_report(with, files, found, dry_run);
  }
  return files.problem_count() == 0 ? exit_done : exit_refused;
}

}  // namespace shell
