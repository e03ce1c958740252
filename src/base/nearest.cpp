#include <tocsin/base/nearest.hpp>

#include <tocsin/base/json_writer.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t length_max = 100;  // of names that are compared, in bytes
constexpr std::size_t prefix_min = 3;    // of a name that says which one was meant by its beginning alone

using distances = std::array<std::size_t, length_max + 1>;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(char a, char b) { return lower(a) == lower(b); }

// Optimal string alignment: insertions, deletions, substitutions, and swaps of neighbours.
std::size_t distance(std::string_view a, std::string_view b) {
  distances before_last{}, last{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last = last;
    last = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1)});
      const bool swapped = i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
    }
  }
  return row[b.size()];
}

bool begins_with(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(), same);
}

std::string_view only_one_that_begins(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.size() < prefix_min) return {};
  const auto begins = [&](std::string_view candidate) { return begins_with(candidate, name); };
  const auto found = std::ranges::find_if(candidates, begins);
  if (found == candidates.end() || std::any_of(found + 1, candidates.end(), begins)) return {};
  return *found;
}

// A part of it from a dot on, as "site" of "custom.site".
bool ends_in(std::string_view name, std::string_view end) {
  return name.size() > end.size() && name[name.size() - end.size() - 1] == '.' &&
         begins_with(name.substr(name.size() - end.size()), end);
}

}  // namespace

std::string_view nearest(std::string_view name, std::span<const std::string_view> candidates) {
  if (name.empty() || name.size() > length_max) return {};
  std::string_view best;
  std::size_t least = (name.size() + 2) / 3 + 1;  // a third of the letters may be wrong
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(name.size(), candidate.size());
    const std::size_t shorter = std::min(name.size(), candidate.size());
    if (candidate.empty() || candidate.size() > length_max || longer - shorter >= least) continue;
    const std::size_t here = distance(name, candidate);
    if (here < least && here < longer) best = candidate, least = here;
  }
  return best.empty() ? only_one_that_begins(name, candidates) : best;
}

std::vector<std::string_view> nearest_names(std::string_view name, std::span<const std::string_view> candidates,
                                            std::size_t most) {
  if (name.empty() || name.size() > length_max) return {};
  const std::size_t slips_max = std::max<std::size_t>(1, name.size() / 3);
  std::vector<std::pair<std::size_t, std::string_view>> found;
  for (const std::string_view candidate : candidates) {
    if (candidate.size() > length_max) continue;
    const std::size_t apart = std::max(name.size(), candidate.size()) - std::min(name.size(), candidate.size());
    std::size_t slips = apart > slips_max ? slips_max + 1 : distance(name, candidate);
    if (name.size() >= prefix_min && begins_with(candidate, name)) slips = std::min(slips, slips_max);
    if (ends_in(candidate, name) || ends_in(name, candidate)) slips = std::min<std::size_t>(slips, 1);
    if (slips <= slips_max) found.emplace_back(slips, candidate);
  }
  std::ranges::stable_sort(found, {}, &std::pair<std::size_t, std::string_view>::first);
  std::vector<std::string_view> result;
  for (std::size_t i = 0; i < std::min(most, found.size()); ++i) result.push_back(found[i].second);
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
