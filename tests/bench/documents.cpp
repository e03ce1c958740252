// The same commands as JSON documents through the C interface, one a call and in batches, at 20 k live incidents.
// Beside them: nlohmann/json parsing and printing the same documents.
#include <benchmark/benchmark.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include <tocsin.h>

#include "workload.hpp"

namespace {

using namespace bench;

constexpr std::uint64_t live = 20'000;
constexpr std::uint64_t lifecycles_measured = 10'000;

void demand(tocsin_status status, tocsin_error* error) {
  if (status == TOCSIN_OK) return;
  const std::string message = tocsin_error_message(error);
  tocsin_error_free(error);
  throw std::runtime_error(message);
}

std::vector<std::string> documents_of(const std::vector<step>& steps, std::size_t per_document, std::uint64_t& place) {
  std::vector<std::string> documents;
  for (std::size_t i = 0; i < steps.size(); i += per_document) {
    if (per_document == 1) {
      documents.push_back(document_of(steps[i], ++place));
      continue;
    }
    std::string batch = "[";
    for (std::size_t j = i; j < std::min(i + per_document, steps.size()); ++j) {
      batch += (j == i ? "" : ",") + document_of(steps[j], ++place);
    }
    documents.push_back(batch + "]");
  }
  return documents;
}

class c_desk {
 public:
  c_desk() {
    tocsin_error* error = nullptr;
    demand(tocsin_desk_open(TOCSIN_ABI_VERSION, nullptr, &desk_, &error), error);
    execute(definitions_document());
    for (const std::string& batch : documents_of(life.populate(live), 1000, place)) execute(batch);
  }
  c_desk(const c_desk&) = delete;
  c_desk& operator=(const c_desk&) = delete;
  ~c_desk() {
    tocsin_buf_dispose(&out_);
    tocsin_desk_close(desk_);
  }

  void execute(const std::string& document) {
    tocsin_error* error = nullptr;
    demand(tocsin_desk_execute(desk_, TOCSIN_NEVER, document.data(), document.size(), TOCSIN_EXECUTE_ATOMIC, &out_,
                               &error),
           error);
  }

  lifecycles life;
  std::uint64_t place = 0;

 private:
  tocsin_desk* desk_ = nullptr;
  tocsin_buf out_ = {};
};

void documents(benchmark::State& state) {
  c_desk d;
  const auto steps = d.life.run(lifecycles_measured);
  const std::vector<std::string> all = documents_of(steps, static_cast<std::size_t>(state.range(0)), d.place);
  for (auto _ : state) {
    for (const std::string& document : all) d.execute(document);
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(steps.size()));
}

void documents_nlohmann(benchmark::State& state) {
  lifecycles life;
  life.populate(live);
  const auto steps = life.run(lifecycles_measured);
  std::uint64_t place = 0;
  const std::vector<std::string> all = documents_of(steps, static_cast<std::size_t>(state.range(0)), place);
  for (auto _ : state) {
    for (const std::string& document : all) benchmark::DoNotOptimize(nlohmann::json::parse(document).dump());
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(steps.size()));
}

BENCHMARK(documents)->Name("documents/tocsin")->Arg(1)->Arg(100)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(documents_nlohmann)
    ->Name("documents/nlohmann")
    ->Arg(1)
    ->Arg(100)
    ->Iterations(1)
    ->Unit(benchmark::kMillisecond);

}  // namespace
