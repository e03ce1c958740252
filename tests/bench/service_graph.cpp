// The service graph: what is affected when one item fails, and when many do; compiling the graph; one publication that brings
// 100,000 items. Beside impact: a plain fixed point over a graph of Boost's, in compressed rows, with a list of what it touched,
// and a recursive query over a table of dependencies, as a server would ask its database.
// Beside the publication: nlohmann/json parsing the same document.
#include <benchmark/benchmark.h>

#include <boost/graph/compressed_sparse_row_graph.hpp>

#include <nlohmann/json.hpp>

#include <sqlite3.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <tocsin.h>
#include <tocsin/model/configuration_item.hpp>
#include <tocsin/service/impact_analysis.hpp>
#include <tocsin/service/service_graph.hpp>

namespace {

using namespace tocsin;

constexpr std::size_t block = 1'000;  // items that have anything to do with each other: a site
constexpr std::size_t reach = 60;     // how far back an item looks for what it needs
constexpr std::size_t outages = 1'024;

std::string key_of(std::size_t i) {
  std::string digits = std::to_string(i);
  return "item_" + std::string(8 - digits.size(), '0') + digits;
}

// Five edges an item: two plain ones, and a group of three of which two must be well.
std::vector<configuration_item> make_items(std::size_t count) {
  std::mt19937_64 random(1);
  std::vector<configuration_item> items(count);
  for (std::size_t i = 0; i < count; ++i) {
    items[i].key = key_of(i);
    const std::size_t far = std::min(i % block, reach);
    if (far < 5) continue;
    std::vector<std::string> needed;
    while (needed.size() < 5) {
      std::string one = key_of(i - 1 - random() % far);
      if (std::ranges::find(needed, one) == needed.end()) needed.push_back(std::move(one));
    }
    items[i].depends_on = {needed[0]};
    items[i].runs_on = {needed[1]};
    dependency_group group;
    group.members = {needed[2], needed[3], needed[4]};
    group.need.value = 2;
    items[i].groups.push_back(std::move(group));
  }
  return items;
}

std::vector<graph_item> nodes_of(const std::vector<configuration_item>& items) {
  std::vector<graph_item> nodes;
  nodes.reserve(items.size());
  for (const configuration_item& item : items) nodes.push_back(graph_item_of(item));
  return nodes;
}

struct made_graph {
  std::vector<configuration_item> items;
  service_graph graph;

  explicit made_graph(std::size_t count) : items(make_items(count)), graph(nodes_of(items)) {}
};

const made_graph& graph_of(std::size_t count) {
  static const made_graph small(100'000);
  if (count == small.items.size()) return small;
  static const made_graph large(1'000'000);
  return large;
}

// So many items that failed at once, for each question.
std::vector<std::vector<item_number>> outages_of(std::size_t count, std::size_t failed) {
  std::mt19937_64 random(2);
  std::vector<std::vector<item_number>> all(std::max<std::size_t>(1, outages / failed));
  for (auto& one : all) {
    for (std::size_t i = 0; i < failed; ++i) one.push_back(static_cast<item_number>(random() % count));
    std::ranges::sort(one);
    const auto doubled = std::ranges::unique(one);
    one.erase(doubled.begin(), doubled.end());
  }
  return all;
}

// ---- the same by hand, over a graph of Boost's

class plain_fixed_point {
 public:
  explicit plain_fixed_point(const std::vector<configuration_item>& items) {
    std::vector<std::pair<std::size_t, std::size_t>> ends;
    std::vector<std::uint32_t> groups;
    const auto number = [](const std::string& key) { return std::stoull(key.substr(5)); };
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto add = [&](const std::string& key, std::uint32_t spare) {
        ends.emplace_back(number(key), i);
        groups.push_back(static_cast<std::uint32_t>(spare_.size() - 1));
        spare_.back() = spare;
      };
      for (const auto* plain : {&items[i].depends_on, &items[i].runs_on}) {
        for (const std::string& key : *plain) {
          spare_.push_back(0);
          add(key, 0);
        }
      }
      for (const dependency_group& group : items[i].groups) {
        spare_.push_back(0);
        for (const std::string& key : group.members) {
          add(key, static_cast<std::uint32_t>(group.members.size()) - static_cast<std::uint32_t>(group.need.value));
        }
      }
    }
    graph_ = graph_type(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(), groups.begin(), items.size());
    states_.resize(items.size());
    failed_.resize(spare_.size());
  }

  // How many are affected: failed, or at risk.
  std::size_t compute(const std::vector<item_number>& failed) {
    for (const std::size_t item : touched_) states_[item] = 0;
    for (const std::uint32_t group : counted_) failed_[group] = 0;
    touched_.clear();
    counted_.clear();
    queue_.clear();
    for (const item_number item : failed) raise(item, 2);
    for (std::size_t i = 0; i < queue_.size(); ++i) {
      for (auto [edge, end] = boost::out_edges(queue_[i], graph_); edge != end; ++edge) {
        const std::uint32_t group = graph_[*edge];
        if (failed_[group]++ == 0) counted_.push_back(group);
        raise(boost::target(*edge, graph_), failed_[group] > spare_[group] ? 2 : 1);
      }
    }
    return touched_.size();
  }

 private:
  using graph_type =
      boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, std::uint32_t, boost::no_property>;

  void raise(std::size_t item, std::uint8_t to) {
    if (states_[item] >= to) return;
    if (states_[item] == 0) touched_.push_back(item);
    states_[item] = to;
    if (to == 2) queue_.push_back(item);
  }

  graph_type graph_;
  std::vector<std::uint32_t> spare_;   // by group
  std::vector<std::uint32_t> failed_;  // by group
  std::vector<std::uint8_t> states_;
  std::vector<std::size_t> touched_;
  std::vector<std::size_t> queue_;
  std::vector<std::uint32_t> counted_;
};

// ---- the same by SQLite, in memory: all that is reached, as the query knows nothing of redundancy

class recursive_query {
 public:
  explicit recursive_query(const std::vector<configuration_item>& items) {
    sqlite3* opened = nullptr;
    check(sqlite3_open(":memory:", &opened));
    database_.reset(opened);
    run("CREATE TABLE dependency (needed INTEGER, item INTEGER, PRIMARY KEY (needed, item)) WITHOUT ROWID; BEGIN");
    const statement insert = prepare("INSERT INTO dependency VALUES (?1, ?2)");
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto add = [&](const std::string& key) {
        sqlite3_bind_int64(insert.get(), 1, std::stoll(key.substr(5)));
        sqlite3_bind_int64(insert.get(), 2, static_cast<sqlite3_int64>(i));
        if (sqlite3_step(insert.get()) != SQLITE_DONE) check(SQLITE_ERROR);
        sqlite3_reset(insert.get());
      };
      std::ranges::for_each(items[i].depends_on, add);
      std::ranges::for_each(items[i].runs_on, add);
      for (const dependency_group& group : items[i].groups) std::ranges::for_each(group.members, add);
    }
    run("COMMIT");
    reached_ = prepare(
        "WITH RECURSIVE reached (item) AS (VALUES (?1) UNION SELECT dependency.item FROM reached JOIN dependency ON "
        "dependency.needed = reached.item) SELECT count(*) FROM reached");
  }

  std::int64_t reach(item_number from) {
    sqlite3_bind_int64(reached_.get(), 1, from);
    if (sqlite3_step(reached_.get()) != SQLITE_ROW) check(SQLITE_ERROR);
    const std::int64_t count = sqlite3_column_int64(reached_.get(), 0);
    sqlite3_reset(reached_.get());
    return count;
  }

 private:
  struct closer {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
    void operator()(sqlite3_stmt* prepared) const { sqlite3_finalize(prepared); }
  };
  using statement = std::unique_ptr<sqlite3_stmt, closer>;

  static void check(int code) {
    if (code != SQLITE_OK) throw std::runtime_error(sqlite3_errstr(code));
  }
  void run(const char* sql) { check(sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr)); }
  statement prepare(const char* sql) {
    sqlite3_stmt* prepared = nullptr;
    check(sqlite3_prepare_v2(database_.get(), sql, -1, &prepared, nullptr));
    return statement(prepared);
  }

  std::unique_ptr<sqlite3, closer> database_;
  statement reached_;
};

// ---- measurements

// What is affected, and how badly, as the plain one computes it; or with a reason for each, too.
void impact_ours(benchmark::State& state, void (impact_analysis::*compute)(const outage&)) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const made_graph& made = graph_of(count);
  const auto all = outages_of(count, static_cast<std::size_t>(state.range(1)));
  impact_analysis impact(made.graph);
  std::int64_t affected = 0;
  std::int64_t asked = 0;
  outage said;
  for (auto _ : state) {
    for (const auto& one : all) {
      said.failed = one;
      (impact.*compute)(said);
      affected += static_cast<std::int64_t>(impact.affected().size());
    }
    asked += static_cast<std::int64_t>(all.size());
  }
  state.SetItemsProcessed(affected);
  state.counters["affected"] = static_cast<double>(affected) / static_cast<double>(asked);
  state.counters["bytes"] = static_cast<double>(made.graph.bytes() + impact.bytes());
}

void impact_plain(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const made_graph& made = graph_of(count);
  const auto all = outages_of(count, static_cast<std::size_t>(state.range(1)));
  plain_fixed_point plain(made.items);
  impact_analysis impact(made.graph);
  outage said;
  for (const auto& one : all) {
    said.failed = one;
    impact.compute(said);
    if (plain.compute(one) != impact.affected().size()) return state.SkipWithError("the two do not agree");
  }
  std::int64_t affected = 0;
  for (auto _ : state) {
    for (const auto& one : all) affected += static_cast<std::int64_t>(plain.compute(one));
  }
  state.SetItemsProcessed(affected);
}

void impact_sql(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  recursive_query by_sql(graph_of(count).items);
  const auto all = outages_of(count, 1);
  std::int64_t reached = 0;
  for (auto _ : state) {
    for (const auto& one : all) reached += by_sql.reach(one.front());
  }
  state.SetItemsProcessed(reached);
}

void compile(benchmark::State& state) {
  const made_graph& made = graph_of(static_cast<std::size_t>(state.range(0)));
  const std::vector<graph_item> nodes = nodes_of(made.items);
  for (auto _ : state) benchmark::DoNotOptimize(service_graph(nodes).size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(nodes.size()));
}

// ---- one publication

const std::string& publication() {
  static const std::string document = [] {
    nlohmann::json publish = {{"command", "publish"}, {"at", "2026-11-23T08:00:00Z"}, {"actor", "host"}};
    for (const configuration_item& item : graph_of(100'000).items) {
      nlohmann::json one = {{"key", item.key}, {"external_key", item.key}, {"class", "server"}};
      if (!item.depends_on.empty()) one["depends_on"] = item.depends_on;
      if (!item.runs_on.empty()) one["runs_on"] = item.runs_on;
      for (const dependency_group& group : item.groups) {
        one["groups"].push_back({{"members", group.members}, {"need", group.need.value}});
      }
      publish["configuration_items"].push_back(std::move(one));
    }
    return publish.dump();
  }();
  return document;
}

void demand(tocsin_status status, tocsin_error* error) {
  if (status == TOCSIN_OK) return;
  const std::string message = tocsin_error_message(error);
  tocsin_error_free(error);
  throw std::runtime_error(message);
}

void import_ours(benchmark::State& state) {
  const std::string& document = publication();
  for (auto _ : state) {
    tocsin_error* error = nullptr;
    tocsin_desk* desk = nullptr;
    tocsin_buf out = {};
    demand(tocsin_desk_open(TOCSIN_ABI_VERSION, nullptr, &desk, &error), error);
    demand(
        tocsin_desk_execute(desk, TOCSIN_NEVER, document.data(), document.size(), TOCSIN_EXECUTE_ATOMIC, &out, &error),
        error);
    tocsin_buf_dispose(&out);
    tocsin_desk_close(desk);
  }
  state.SetItemsProcessed(state.iterations() * 100'000);
}

void import_parsed(benchmark::State& state) {
  const std::string& document = publication();
  for (auto _ : state) benchmark::DoNotOptimize(nlohmann::json::parse(document).size());
  state.SetItemsProcessed(state.iterations() * 100'000);
}

BENCHMARK_CAPTURE(impact_ours, states, &impact_analysis::compute_states)
    ->Name("graph/impact/ours")
    ->Args({100'000, 1})
    ->Args({100'000, 100});
BENCHMARK_CAPTURE(impact_ours, reasons, &impact_analysis::compute)
    ->Name("graph/impact/with_reasons")
    ->Args({100'000, 1})
    ->Args({100'000, 100});
BENCHMARK(impact_plain)->Name("graph/impact/boost")->Args({100'000, 1})->Args({100'000, 100});
BENCHMARK(impact_sql)->Name("graph/impact/sql")->Arg(100'000);
BENCHMARK_CAPTURE(impact_ours, states, &impact_analysis::compute_states)
    ->Name("full/graph/impact/ours")
    ->Args({1'000'000, 1})
    ->Args({1'000'000, 1'000});
BENCHMARK_CAPTURE(impact_ours, reasons, &impact_analysis::compute)
    ->Name("full/graph/impact/with_reasons")
    ->Args({1'000'000, 1})
    ->Args({1'000'000, 1'000});
BENCHMARK(impact_plain)->Name("full/graph/impact/boost")->Args({1'000'000, 1})->Args({1'000'000, 1'000});
BENCHMARK(compile)->Name("graph/compile")->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(import_ours)->Name("graph/import/ours")->Unit(benchmark::kMillisecond);
BENCHMARK(import_parsed)->Name("graph/import/parsed")->Unit(benchmark::kMillisecond);

}  // namespace
