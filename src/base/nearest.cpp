#include <tocsin/base/nearest.hpp>

#include <tocsin/base/json_writer.hpp>

#include <algorithm>
#include <numeric>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t beginning_min = 3;
constexpr std::size_t compared_max = 80;  // of longer names only the beginnings are compared

// Letters to insert, to leave out, to replace or to swap with their neighbour.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> above(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    before.swap(above);
    above = row;
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      row[j + 1] = std::min({above[j] + (a[i] == b[j] ? 0 : 1), row[j] + 1, above[j + 1] + 1});
      const bool swapped = i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j];
      if (swapped) row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
    }
  }
  return row[b.size()];
}

std::string lowered(std::string_view text) {
  std::string result(text.substr(0, compared_max));
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

bool ends_in(const std::string& name, const std::string& given) {
  return name.size() > given.size() && name.ends_with(given) && name[name.size() - given.size() - 1] == '.';
}

}  // namespace

std::vector<std::string_view> nearest(std::string_view given, std::span<const std::string_view> names,
                                      std::size_t most) {
  const std::string asked = lowered(given);
  if (asked.empty()) return {};
  const std::size_t slips_max = std::max<std::size_t>(1, asked.size() / 3);
  std::vector<std::pair<std::size_t, std::string_view>> found;
  for (const std::string_view name : names) {
    const std::string other = lowered(name);
    const std::size_t apart = std::max(asked.size(), other.size()) - std::min(asked.size(), other.size());
    std::size_t slips = apart > slips_max ? slips_max + 1 : distance(asked, other);
    if (asked.size() >= beginning_min && other.starts_with(asked)) slips = std::min(slips, slips_max);
    if (ends_in(other, asked) || ends_in(asked, other)) slips = std::min<std::size_t>(slips, 1);
    if (slips <= slips_max) found.emplace_back(slips, name);
  }
  std::ranges::stable_sort(found, {}, &std::pair<std::size_t, std::string_view>::first);
  std::vector<std::string_view> result;
  for (const auto& [slips, name] : found) {
    if (result.size() < most) result.push_back(name);
  }
  return result;
}

std::string either(std::span<const std::string_view> names) {
  std::string result;
  for (std::size_t i = 0; i < names.size(); ++i) {
    json_writer quoted;
    quoted.text(names[i]);
    result += (i == 0 ? "" : i + 1 == names.size() ? " or " : ", ") + quoted.take();
  }
  return result;
}

}  // namespace tocsin::inline v1
