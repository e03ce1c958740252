#include <algorithm>

#include <tocsin/base/utf8.hpp>
#include <tocsin/problem/recurrence.hpp>

namespace tocsin::inline v1 {
namespace {

constexpr std::size_t no_symptom = static_cast<std::size_t>(-1);

// Different ones, in the order of their bytes.
std::vector<std::string> trigrams_of(std::string_view fingerprint) {
  std::vector<std::string> result;
  const std::string padded = ' ' + std::string(fingerprint) + ' ';
  std::vector<std::size_t> begins;
  for (std::size_t i = 0; i < padded.size(); ++i) {
    if ((static_cast<unsigned char>(padded[i]) & 0xC0) != 0x80) begins.push_back(i);
  }
  begins.push_back(padded.size());
  for (std::size_t i = 0; i + 3 < begins.size(); ++i) {
    const std::string_view one = std::string_view(padded).substr(begins[i], begins[i + 3] - begins[i]);
    const std::size_t middle = begins[i + 1] - begins[i];
    if (one[middle] != ' ') result.emplace_back(one);
  }
  std::ranges::sort(result);
  const auto repeated = std::ranges::unique(result);
  result.erase(repeated.begin(), repeated.end());
  return result;
}

std::size_t count_common(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++common;
    const bool first = a[i] <= b[j];
    const bool second = b[j] <= a[i];
    if (first) ++i;
    if (second) ++j;
  }
  return common;
}

// Is a larger than b?
bool exceeds(const likeness_fraction& a, const likeness_fraction& b) {
  return a.numerator * b.denominator > b.numerator * a.denominator;
}

}  // namespace

likeness_fraction likeness_of(std::string_view fingerprint, std::string_view other) {
  const std::vector<std::string> a = trigrams_of(fingerprint);
  const std::vector<std::string> b = trigrams_of(other);
  std::vector<std::string> common;
  std::ranges::set_intersection(a, b, std::back_inserter(common));
  return {2 * common.size(), std::max<std::size_t>(a.size() + b.size(), 1)};
}

std::string symptom_index::symptom_of(const std::string& fingerprint) {
  if (fingerprint.empty() || likeness_ >= 100) return fingerprint;
  const auto known = by_fingerprint_.find(fingerprint);
  if (known != by_fingerprint_.end()) return symptoms_[known->second].fingerprint;
  std::vector<std::uint32_t> trigrams;
  for (std::string& one : trigrams_of(fingerprint)) {
    const auto number = numbers_.try_emplace(std::move(one), static_cast<std::uint32_t>(numbers_.size())).first->second;
    trigrams.push_back(number);
  }
  having_.resize(numbers_.size());
  std::ranges::sort(trigrams);
  std::size_t found = nearest(trigrams);
  if (found == no_symptom) {
    found = symptoms_.size();
    for (const std::uint32_t one : trigrams) having_[one].push_back(static_cast<std::uint32_t>(found));
    symptoms_.push_back({fingerprint, std::move(trigrams)});
  }
  by_fingerprint_.emplace(fingerprint, static_cast<std::uint32_t>(found));
  return symptoms_[found].fingerprint;
}

// With a trigrams here and b there, c in common, 200 c >= likeness (a + b) and b >= c ask for c >= likeness a / (200 -
// likeness): whatever is like it enough has one of its rarest, all but c - 1.
std::size_t symptom_index::nearest(const std::vector<std::uint32_t>& trigrams) const {
  if (trigrams.empty()) return no_symptom;
  std::vector<std::uint32_t> rarest = trigrams;
  std::ranges::sort(rarest, {}, [&](std::uint32_t one) { return having_[one].size(); });
  const auto likeness = static_cast<std::size_t>(likeness_);
  const std::size_t needed = std::max<std::size_t>(1, (likeness * trigrams.size() + 199 - likeness) / (200 - likeness));
  rarest.resize(trigrams.size() - needed + 1);
  std::vector<std::uint32_t> candidates;
  for (const std::uint32_t one : rarest) candidates.insert(candidates.end(), having_[one].begin(), having_[one].end());
  std::ranges::sort(candidates);
  const auto repeated = std::ranges::unique(candidates);
  candidates.erase(repeated.begin(), repeated.end());
  std::size_t best = no_symptom;
  likeness_fraction best_likeness;
  for (const std::uint32_t candidate : candidates) {
    const std::vector<std::uint32_t>& other = symptoms_[candidate].trigrams;
    const likeness_fraction like{2 * count_common(trigrams, other), trigrams.size() + other.size()};
    if (!like.at_least(likeness_) || (best != no_symptom && !exceeds(like, best_likeness))) continue;
    best = candidate;
    best_likeness = like;
  }
  return best;
}

}  // namespace tocsin::inline v1
