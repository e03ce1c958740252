#include <tocsin/base/json_lines.hpp>

#include <algorithm>
#include <vector>

#include <nlohmann/json.hpp>

#include <tocsin/base/error.hpp>
#include <tocsin/base/json.hpp>

namespace tocsin::inline v1 {
namespace {

class kind_finder : public nlohmann::json_sax<nlohmann::json> {
 public:
  line_kind found;

  bool null() override { return value(); }
  bool boolean(bool) override { return value(); }
  bool number_integer(std::int64_t) override { return value(); }
  bool number_unsigned(std::uint64_t) override { return value(); }
  bool number_float(double, const std::string&) override { return value(); }
  bool binary(nlohmann::json::binary_t&) override { return value(); }
  bool start_object(std::size_t) override { return ++depth_ <= limits::embedded_depth_max && value(); }
  bool start_array(std::size_t) override { return ++depth_ <= limits::embedded_depth_max && value(); }
  bool end_object() override { return --depth_ > 0; }
  bool end_array() override { return --depth_ > 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override { return false; }

  bool string(std::string& text) override {
    if (!at_kind_) return true;
    found.name = text;
    return false;
  }

  bool key(std::string& name) override {
    at_kind_ = depth_ == 1 && (name == "define" || name == "operation");
    found.defines = at_kind_ && name == "define";
    return true;
  }

 private:
  bool value() { return !at_kind_; }

  std::size_t depth_ = 0;
  bool at_kind_ = false;
};

std::vector<std::string_view> lines_of(std::string_view text, std::size_t most, const char* reason) {
  constexpr std::string_view blanks = " \t\r";
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::size_t begin = line.find_first_not_of(blanks);
    if (begin == std::string_view::npos) continue;
    if (lines.size() == most) {
      throw error(status::resource_exhausted, reason, "there are more than " + std::to_string(most) + " lines");
    }
    lines.push_back(line.substr(begin, line.find_last_not_of(blanks) + 1 - begin));
  }
  return lines;
}

}  // namespace

line_kind kind_of_line(std::string_view line) {
  kind_finder finder;
  nlohmann::json::sax_parse(line.begin(), line.end(), &finder);
  return finder.found;
}

std::size_t read_line(std::string_view line, const tagged_form& form, const tagged_choice& choose) {
  std::size_t type = 0;
  const void* body = nullptr;
  const auto note = [&](std::size_t found) {
    type = found;
    void* const place = choose(found);
    body = place;
    return place;
  };
  read_tagged(line, form, nullptr, note, {});
  check_fields(form.types[type].fields(), body, {}, nullptr, form.types[type].name);
  return type;
}

std::string answer_line(std::string_view line, const line_executor& execute) {
  try {
    return execute(line);
  } catch (const error& e) {
    json_writer to;
    to.begin_object();
    to.key("error");
    write_error(to, e);
    to.end_object();
    return to.take();
  }
}

std::string defined_answer(std::string_view type, std::string_view key) {
  json_writer to;
  to.begin_object();
  to.member("defined", type);
  if (!key.empty()) to.member("key", key);
  to.end_object();
  return to.take();
}

std::string answer_lines(std::string_view book, std::string_view lines, std::size_t most, const char* reason,
                         const line_executor& execute) {
  std::int64_t number = 0;
  for (const std::string_view line : lines_of(book, most, reason)) {
    ++number;
    try {
      execute(line);
    } catch (const error& e) {
      json_writer detail;
      detail.begin_object();
      detail.member("line", number);
      detail.end_object();
      throw error(e.code(), e.reason(), "line " + std::to_string(number) + " of the book: " + e.what(), detail.take());
    }
  }
  std::string answers;
  for (const std::string_view line : lines_of(lines, most, reason)) answers += answer_line(line, execute) + '\n';
  return answers;
}

}  // namespace tocsin::inline v1
