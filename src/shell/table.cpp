#include <table.hpp>

#include <algorithm>

#include <text.hpp>

namespace shell {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t last_column_min = 16;

std::string aligned(const column& in, std::string_view text, std::size_t width, bool is_last) {
  if (in.side == align::right) return pad_left(text, width);
  return is_last ? std::string(text) : pad_right(text, width);
}

}  // namespace

std::vector<std::size_t> table::widths() const {
  std::vector<std::size_t> result;
  for (const column& column : columns_) result.push_back(columns(column.title));
  for (const std::vector<cell>& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) result[i] = std::max(result[i], columns(row[i].text));
  }
  return result;
}

void table::print(output& out, std::size_t indent) const {
  std::vector<std::size_t> widths = this->widths();
  std::size_t before_last = indent;
  for (std::size_t i = 0; i + 1 < widths.size(); ++i) before_last += widths[i] + gap;
  const bool is_cut = out.is_terminal() && columns_.back().side == align::left;
  const std::size_t left = out.width() > before_last ? out.width() - before_last : 0;
  if (is_cut) widths.back() = std::min(widths.back(), std::max(left, last_column_min));

  const auto print_row = [&](auto&& text_of, auto&& style_of) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const bool is_last = i + 1 == columns_.size();
      const std::string text = is_last && is_cut ? cut(text_of(i), widths[i]) : text_of(i);
      const std::string in_place = aligned(columns_[i], text, widths[i], is_last);
      line += out.styled(in_place, style_of(i));
      if (!is_last) line += std::string(gap, ' ');
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out.line(line);
  };

  const auto has_title = [](const column& c) { return !c.title.empty(); };
  const bool has_titles = std::any_of(columns_.begin(), columns_.end(), has_title);
  if (has_titles) {
    print_row([&](std::size_t i) { return columns_[i].title; }, [](std::size_t) { return style::dim; });
  }
  for (const std::vector<cell>& row : rows_) {
    print_row([&](std::size_t i) { return row[i].text; }, [&](std::size_t i) { return row[i].as; });
  }
}

void print_pairs(output& out, const std::vector<pair_of_text>& pairs, std::size_t indent) {
  std::size_t name_width = 0;
  for (const pair_of_text& pair : pairs) name_width = std::max(name_width, columns(pair.name));
  const std::size_t value_at = indent + name_width + gap;
  const std::size_t value_width = out.width() > value_at + last_column_min ? out.width() - value_at : last_column_min;
  for (const pair_of_text& pair : pairs) {
    std::string name = out.styled(pad_right(pair.name, name_width), style::dim);
    for (const std::string& line : wrap(pair.value, value_width)) {
      out.line(std::string(indent, ' ') + name + std::string(gap, ' ') + out.styled(line, pair.as));
      name = std::string(name_width, ' ');
    }
  }
}

}  // namespace shell
