#include <tocsin/workflow/priority_matrix.hpp>

#include <algorithm>

namespace tocsin::inline v1 {
namespace {

constexpr impact impacts[] = {impact::high, impact::medium, impact::low};
constexpr urgency urgencies[] = {urgency::high, urgency::medium, urgency::low};

std::string cell_name(impact i, urgency u) {
  return std::string("impact ") + std::string(choices(i)[static_cast<std::size_t>(i) - 1]) + " with urgency " +
         std::string(choices(u)[static_cast<std::size_t>(u) - 1]);
}

std::size_t count_cells(const priority_matrix& matrix, impact i, urgency u) {
  std::size_t count = 0;
  for (const priority_cell& cell : matrix.cells) count += cell.impact == i && cell.urgency == u;
  return count;
}

// Graver than the other in one, and no milder in both.
bool is_graver(const priority_cell& a, const priority_cell& b) {
  return a.impact <= b.impact && a.urgency <= b.urgency && (a.impact != b.impact || a.urgency != b.urgency);
}

}  // namespace

std::span<const field_row> priority_cell::fields() {
  static constexpr field_row rows[] = {
      row<&priority_cell::impact>("impact", "How much is affected", required),
      row<&priority_cell::urgency>("urgency", "How quickly it must be resolved", required),
      row<&priority_cell::priority>("priority", "The priority that follows", required),
  };
  return rows;
}

std::span<const field_row> priority_matrix::fields() {
  static constexpr field_row rows[] = {
      row<&priority_matrix::key>("key", "Key of the matrix; \"incident\" is the one that incidents use", required,
                                 one_line, max_length(limits::key_length_max)),
      row<&priority_matrix::name>("name", "Name as people know it", one_line),
      row<&priority_matrix::cells>("cells", "One cell for each impact and urgency", required, max_length(64)),
  };
  return rows;
}

const priority_matrix& built_in_priority_matrix() {
  static const priority_matrix matrix{"incident",
                                      "Impact and urgency",
                                      {
                                          {impact::high, urgency::high, priority::critical},
                                          {impact::high, urgency::medium, priority::high},
                                          {impact::high, urgency::low, priority::moderate},
                                          {impact::medium, urgency::high, priority::high},
                                          {impact::medium, urgency::medium, priority::moderate},
                                          {impact::medium, urgency::low, priority::low},
                                          {impact::low, urgency::high, priority::moderate},
                                          {impact::low, urgency::medium, priority::low},
                                          {impact::low, urgency::low, priority::low},
                                      }};
  return matrix;
}

priority priority_of(const priority_matrix& matrix, impact i, urgency u) {
  for (const priority_cell& cell : matrix.cells) {
    if (cell.impact == i && cell.urgency == u) return cell.priority;
  }
  return priority::unset;
}

std::vector<std::string> lint(const priority_matrix& matrix) {
  std::vector<std::string> findings;
  for (const impact i : impacts) {
    for (const urgency u : urgencies) {
      const std::size_t count = count_cells(matrix, i, u);
      if (count == 0) findings.push_back("no cell for " + cell_name(i, u));
      if (count > 1) findings.push_back(std::to_string(count) + " cells for " + cell_name(i, u));
    }
  }
  for (const priority_cell& a : matrix.cells) {
    for (const priority_cell& b : matrix.cells) {
      if (is_graver(a, b) && a.priority > b.priority) {
        findings.push_back(cell_name(a.impact, a.urgency) + " is graver than " + cell_name(b.impact, b.urgency) +
                           " but has the milder priority");
      }
    }
  }
  return findings;
}

std::vector<std::string> warnings(const priority_matrix& matrix) {
  if (matrix.cells.empty()) return {};
  const auto gives = [&](priority p) { return std::ranges::count(matrix.cells, p, &priority_cell::priority) != 0; };
  const auto name = [](priority p) { return std::string(choices(p)[static_cast<std::size_t>(p) - 1]); };
  const priority first = matrix.cells.front().priority;
  if (std::ranges::all_of(matrix.cells, [&](const priority_cell& c) { return c.priority == first; })) {
    return {"every cell gives the priority " + name(first) + ", so that impact and urgency decide nothing"};
  }
  std::vector<std::string> found;
  for (const priority p : {priority::critical, priority::high, priority::moderate, priority::low}) {
    if (!gives(p)) found.push_back("no cell gives the priority " + name(p) + ", so that only an override reaches it");
  }
  return found;
}

}  // namespace tocsin::inline v1
