#include <graph_file.hpp>

#include <csv.hpp>
#include <lines.hpp>
#include <text.hpp>
#include <tocsin.hpp>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>

namespace shell {
namespace {

constexpr const char* plain_relations[] = {"depends_on", "runs_on", "part_of"};
constexpr const char* edge_members[] = {"from", "to", "relation", "group", "need", "effect"};

bool is_plain(const std::string& relation) {
  return std::find(std::begin(plain_relations), std::end(plain_relations), relation) != std::end(plain_relations);
}

bool ends_in(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool is_among(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_of_edge(const std::string& name) {
  return std::find(std::begin(edge_members), std::end(edge_members), name) != std::end(edge_members);
}

std::vector<std::string> node_members(const char* kind) {
  const json schema = json::parse(tocsin::client::schema(kind));
  std::vector<std::string> names;
  for (const auto& [name, of] : schema.at("allOf").at(0).at("properties").items()) {
    const bool is_need = is_plain(name) || name == "groups";  // what a node needs is said by edges
    if (!is_need) names.push_back(name);
  }
  return names;
}

// The members that a node of that kind may have beside its kind, as the desk takes them.
const std::vector<std::string>& members_of(const std::string& kind) {
  static const std::vector<std::string> of_service = node_members("service");
  static const std::vector<std::string> of_item = node_members("configuration_item");
  return kind == "service" ? of_service : of_item;
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

std::string text_of(const json& row, const char* name) {
  const auto found = row.find(name);
  return found != row.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// A cell of CSV as the member of that name: numbers, truths and lists have forms of their own; an empty cell says nothing.
json cell(const std::string& name, const std::string& text) {
  if (name == "customers") {
    json list = json::array();
    for (const std::string& one : split(text, ';')) {
      if (!trim(one).empty()) list.push_back(std::string(trim(one)));
    }
    return list;
  }
  if (name == "need" || name == "cost_per_hour") {
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failed == std::errc() && end == text.data() + text.size()) return number;
  }
  if (name == "retired" && (text == "true" || text == "false")) return text == "true";
  return text;
}

}  // namespace

// What edges say that one item needs: plain dependencies, and groups by their names.
class graph_files::groups_of_item {
 public:
  // Empty, or what does not go together.
  std::string add(const edge& e, const std::string& member) {
    if (e.group.empty() && e.effect.empty() && e.need == 0 && is_plain(e.relation)) {
      if (plain_[e.relation].insert(member).second) lists_[e.relation].push_back(member);
      return {};
    }
    const std::string name = e.group.empty() ? "\n" + e.relation + "\n" + e.effect + "\n" + member : e.group;
    const auto [at, is_new] = places_.emplace(name, groups_.size());
    if (is_new) groups_.push_back({e.relation, e.effect, e.need, {}, {}});
    group& one = groups_[at->second];
    const bool same = one.relation == e.relation &&
                      (e.effect.empty() || one.effect.empty() || one.effect == e.effect) &&
                      (e.need == 0 || one.need == 0 || one.need == e.need);
    if (!same) return "group \"" + e.group + "\" has another relation, need or effect in a line before";
    if (one.effect.empty()) one.effect = e.effect;
    if (one.need == 0) one.need = e.need;
    if (one.known.insert(member).second) one.members.push_back(member);
    return {};
  }

  void put_into(json& definition) const {
    for (const char* relation : plain_relations) {
      const auto found = lists_.find(relation);
      if (found != lists_.end()) definition[relation] = found->second;
    }
    json list = json::array();
    for (const group& one : groups_) {
      json written = json::object();
      if (one.relation != plain_relations[0]) written["relation"] = one.relation;
      written["members"] = one.members;
      if (one.need != 0) written["need"] = one.need;
      if (!one.effect.empty()) written["effect"] = one.effect;
      list.push_back(std::move(written));
    }
    if (!list.empty()) definition["groups"] = std::move(list);
  }

 private:
  struct group {
    std::string relation;
    std::string effect;
    std::int64_t need = 0;
    std::vector<std::string> members;
    std::set<std::string> known;
  };
  std::map<std::string, std::set<std::string>> plain_;
  std::map<std::string, std::vector<std::string>> lists_;
  std::map<std::string, std::size_t> places_;
  std::vector<group> groups_;
};

void graph_files::refuse(place at, const std::string& what) {
  ++problem_count_;
  if (problems_.size() < problems_kept) problems_.push_back({files_[at.file], at.line, what});
}

void graph_files::read(const std::string& path) {
  files_.push_back(path);
  if (ends_in(path, ".csv")) {
    read_csv(path);
  } else {
    read_lines(path);
  }
}

void graph_files::read_lines(const std::string& path) {
  line_reader lines(path);
  std::string line;
  while (lines.next(line, [] {})) {
    const std::string_view text = trim(line);
    if (text.empty() || text.front() == '#') continue;
    const place at{static_cast<std::uint32_t>(files_.size() - 1), lines.line_number()};
    json row = json::parse(text, nullptr, false);
    if (row.is_object()) {
      take(std::move(row), at);
    } else {
      refuse(at, "found no JSON object, allowed a node or an edge");
    }
  }
}

void graph_files::read_csv(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw io_error("the file " + printable(path) + " cannot be read");
  csv_reader rows(in);
  csv_row header;
  if (!rows.next(header)) return;
  const std::vector<bool> known = take_header(header);
  csv_row read;
  while (rows.next(read)) {
    const place at{static_cast<std::uint32_t>(files_.size() - 1), read.line};
    if (read.fields.size() == 1 && read.fields[0].empty()) continue;
    if (read.fields.size() != header.fields.size()) {
      refuse(at, "found " + std::to_string(read.fields.size()) + " fields, allowed " +
                     std::to_string(header.fields.size()) + ", as many as the header has");
      continue;
    }
    json row = json::object();
    for (std::size_t i = 0; i < read.fields.size(); ++i) {
      if (known[i] && !read.fields[i].empty()) row[header.fields[i]] = cell(header.fields[i], read.fields[i]);
    }
    take(std::move(row), at);
  }
}

// Which columns there may be; the others are told once, not in each line.
std::vector<bool> graph_files::take_header(const csv_row& header) {
  std::vector<bool> known;
  for (const std::string& name : header.fields) {
    known.push_back(name == "kind" || is_of_edge(name) || is_among(members_of("service"), name) ||
                    is_among(members_of("configuration_item"), name));
    if (known.back()) continue;
    refuse({static_cast<std::uint32_t>(files_.size() - 1), header.line},
           "found a column \"" + name + "\", allowed of a node: kind, " + listed(members_of("configuration_item")) +
               "; of an edge: from, to, relation, group, need, effect");
  }
  return known;
}

void graph_files::take(json row, place at) {
  if (row.contains("from") || row.contains("to")) {
    take_edge(row, at);
  } else {
    take_node(std::move(row), at);
  }
}

void graph_files::take_node(json row, place at) {
  std::string kind = text_of(row, "kind");
  row.erase("kind");
  if (kind.empty()) kind = "configuration_item";
  if (kind != "service" && kind != "configuration_item") {
    return refuse(at, "kind: found \"" + kind + "\", allowed service or configuration_item");
  }
  const std::string external =
      text_of(row, "external_key").empty() ? text_of(row, "key") : text_of(row, "external_key");
  if (external.empty()) return refuse(at, "found no external_key and no key, allowed one of them or both");
  for (const char* list : {"depends_on", "runs_on", "part_of", "groups"}) {
    if (row.contains(list)) return refuse(at, std::string(list) + ": what a node needs is said by edges");
  }
  for (const auto& [name, value] : row.items()) {
    if (is_among(members_of(kind), name)) continue;
    return refuse(at, "found \"" + name + "\", allowed of a " + kind + ": kind, " + listed(members_of(kind)));
  }
  row["external_key"] = external;
  const auto [known, is_new] = nodes_.emplace(external, given_node{{kind, std::move(row)}, at});
  if (!is_new) {
    refuse(at, "the node \"" + external + "\" stands in line " + std::to_string(known->second.at.line) + " of " +
                   files_[known->second.at.file] + " already");
  }
}

void graph_files::take_edge(const json& row, place at) {
  for (const auto& [name, value] : row.items()) {
    if (!is_of_edge(name)) {
      return refuse(at, "found \"" + name + "\", allowed of an edge: from, to, relation, group, need, effect");
    }
    if (name == "need" ? !value.is_number_integer() || value.get<std::int64_t>() < 1 : !value.is_string()) {
      return refuse(at,
                    name + ": found " + value.dump() + ", allowed " + (name == "need" ? "a number from 1" : "a text"));
    }
  }
  edge e{text_of(row, "from"),
         text_of(row, "to"),
         text_of(row, "relation"),
         text_of(row, "group"),
         text_of(row, "effect"),
         row.value("need", std::int64_t{0}),
         at};
  if (e.from.empty() || e.to.empty()) return refuse(at, "an edge has a from and a to");
  if (!e.effect.empty() && e.effect != "failed" && e.effect != "degraded") {
    return refuse(at, "effect: found \"" + e.effect + "\", allowed failed or degraded");
  }
  if (e.relation.empty()) e.relation = plain_relations[0];
  edges_.push_back(std::move(e));
}

std::map<std::string, graph_node> graph_files::resolve(const std::map<std::string, graph_node>& known) {
  std::map<std::string, graph_node> result;
  std::map<std::string, std::string> keys;  // whose each key is
  for (const auto& [external, node] : known) keys.emplace(text_of(node.definition, "key"), external);
  for (auto& [external, given] : nodes_) {
    graph_node node = given.node;
    const auto before = known.find(external);
    if (before != known.end() && before->second.kind != node.kind) {
      refuse(given.at,
             "\"" + external + "\" is a " + before->second.kind + " on the desk, and a " + node.kind + " here");
      continue;
    }
    if (!node.definition.contains("key")) {
      node.definition["key"] = before != known.end() ? before->second.definition["key"] : json(external);
    }
    const std::string key = text_of(node.definition, "key");
    const auto [owner, is_free] = keys.emplace(key, external);
    if (!is_free && owner->second != external && owner->second != key) {
      refuse(given.at, "key: found \"" + key + "\", which is that of \"" + owner->second + "\"");
      continue;
    }
    result.emplace(external, std::move(node));
  }
  std::map<std::string, groups_of_item> needs;
  for (const edge& e : edges_) {
    const auto from = result.find(e.from);
    if (from == result.end()) {
      refuse(e.at, "from: found \"" + e.from + "\", allowed the external key of a node of these files");
      continue;
    }
    const auto here = result.find(e.to);
    const auto there = known.find(e.to);
    if (here == result.end() && there == known.end()) {
      refuse(e.at, "to: found \"" + e.to + "\", allowed the external key of a node of these files or of the desk");
      continue;
    }
    const json& to = here != result.end() ? here->second.definition : there->second.definition;
    const std::string why = needs[e.from].add(e, text_of(to, "key"));
    if (!why.empty()) refuse(e.at, why);
  }
  for (const auto& [external, groups] : needs) groups.put_into(result[external].definition);
  return result;
}

}  // namespace shell
