// A list of 1,000 incidents through the C interface: as typed rows, and as JSON with the same members, which a binding
// then has to parse (nlohmann/json here).
#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include <tocsin.h>

#include "workload.hpp"

namespace {

using namespace bench;

constexpr std::size_t listed = 1000;
constexpr std::string_view typed_query = R"({"query":"find","limit":1000})";
constexpr std::string_view json_query =
    R"({"query":"find","limit":1000,"fields":["opened_at","updated_at","resolved_at","closed_at","version",)"
    R"("reopen_count","reassignment_count","state_kind","priority","severity"]})";

void demand(tocsin_status status, tocsin_error* error) {
  if (status == TOCSIN_OK) return;
  const std::string message = tocsin_error_message(error);
  tocsin_error_free(error);
  throw std::runtime_error(message);
}

// With so many live incidents, of which a thousand are listed.
class listing {
 public:
  explicit listing(std::uint64_t live) {
    demand(tocsin_desk_open(TOCSIN_ABI_VERSION, nullptr, &desk_, &error_), error_);
    std::string all = "[" + definitions_document();
    std::uint64_t place = 0;
    for (const step& s : lifecycles().populate(live)) all += "," + document_of(s, ++place);
    all += "]";
    demand(tocsin_desk_execute(desk_, TOCSIN_NEVER, all.data(), all.size(), TOCSIN_EXECUTE_ATOMIC, nullptr, &error_),
           error_);
  }
  listing(const listing&) = delete;
  listing& operator=(const listing&) = delete;
  ~listing() {
    tocsin_buf_dispose(&out_);
    tocsin_desk_close(desk_);
  }

  const std::vector<tocsin_incident_row>& rows() {
    std::size_t count = 0;
    rows_.resize(listed);
    demand(tocsin_desk_incidents(desk_, typed_query.data(), typed_query.size(), rows_.data(), sizeof rows_[0], listed,
                                 &count, nullptr, &error_),
           error_);
    if (count != listed) throw std::runtime_error("not 1000 rows");
    return rows_;
  }

  std::string_view json() {
    demand(tocsin_desk_query(desk_, json_query.data(), json_query.size(), &out_, &error_), error_);
    return {out_.data, out_.size};
  }

 private:
  tocsin_desk* desk_ = nullptr;
  tocsin_error* error_ = nullptr;
  tocsin_buf out_ = {};
  std::vector<tocsin_incident_row> rows_;
};

void list_typed(benchmark::State& state) {
  listing l(static_cast<std::uint64_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(l.rows().data());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(listed));
}

void list_json(benchmark::State& state) {
  listing l(static_cast<std::uint64_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(l.json().data());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(listed));
}

void list_json_parsed(benchmark::State& state) {
  listing l(static_cast<std::uint64_t>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(nlohmann::json::parse(l.json()).size());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(listed));
}

BENCHMARK(list_typed)->Name("list/typed")->Arg(1'000)->Arg(20'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(list_json)->Name("list/json")->Arg(1'000)->Arg(20'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(list_json_parsed)->Name("list/json_parsed")->Arg(1'000)->Arg(20'000)->Unit(benchmark::kMicrosecond);

}  // namespace
