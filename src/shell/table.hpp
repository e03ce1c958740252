// A table of text: columns as wide as what stands in them, numbers to the right, the last column cut or wrapped where
// the terminal ends.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <output.hpp>

namespace shell {

struct cell {
  std::string text;  // printable
  style as = style::plain;
};

enum class align { left, right };

struct column {
  std::string title;
  align side = align::left;
};

class table {
 public:
  explicit table(std::vector<column> columns) : columns_(std::move(columns)) {}

  void add(std::vector<cell> row) { rows_.push_back(std::move(row)); }
  bool empty() const { return rows_.empty(); }

  // With the titles above, each line behind the indent. Only where a person looks at a terminal is the last column cut
  // to fit; a file or a pipe gets everything.
  void print(output& out, std::size_t indent = 0) const;

 private:
  std::vector<std::size_t> widths() const;

  std::vector<column> columns_;
  std::vector<std::vector<cell>> rows_;
};

// Names and values, one pair a line, values aligned and wrapped.
struct pair_of_text {
  std::string name;
  std::string value;
  style as = style::plain;
};

void print_pairs(output& out, const std::vector<pair_of_text>& pairs, std::size_t indent = 0);

}  // namespace shell
