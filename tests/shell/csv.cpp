#include <csv.hpp>

#include <doctest/doctest.h>

#include <sstream>

using shell::csv_error;
using shell::csv_limits;
using shell::csv_reader;
using shell::csv_row;

namespace {

using rows = std::vector<std::vector<std::string>>;

rows read_all(const std::string& text, csv_limits limits = {}) {
  std::istringstream from(text);
  csv_reader reader(from, limits);
  rows all;
  for (csv_row row; reader.next(row);) all.push_back(row.fields);
  return all;
}

std::string refusal_of(const std::string& text, csv_limits limits = {}) {
  try {
    read_all(text, limits);
  } catch (const csv_error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("rows end in LF, CRLF or with the file (RFC 4180)") {
  const rows expected{{"a", "b"}, {"c", "d"}};
  CHECK(read_all("a,b\nc,d\n") == expected);
  CHECK(read_all("a,b\r\nc,d\r\n") == expected);
  CHECK(read_all("a,b\r\nc,d") == expected);
  CHECK(read_all("").empty());
}

TEST_CASE("fields may be empty, and an empty line is a row of one empty field") {
  CHECK(read_all(",\n") == rows{{"", ""}});
  CHECK(read_all("a,\n\nb,c\n") == rows{{"a", ""}, {""}, {"b", "c"}});
  CHECK(read_all("\"\"") == rows{{""}});
}

TEST_CASE("a quoted field holds commas, line ends and doubled quotes") {
  CHECK(read_all("\"a,b\",\"he said \"\"no\"\"\",\"two\r\nlines\"\r\nc") ==
        rows{{"a,b", "he said \"no\"", "two\r\nlines"}, {"c"}});
}

TEST_CASE("spaces belong to the field") { CHECK(read_all(" a , b\n") == rows{{" a ", " b"}}); }

TEST_CASE("a byte order mark is passed over, at the beginning only") {
  CHECK(read_all("\xEF\xBB\xBFnumber,state\n") == rows{{"number", "state"}});
  CHECK(read_all("a\n\xEF\xBB\xBF"
                 "b\n") == rows{{"a"},
                                {"\xEF\xBB\xBF"
                                 "b"}});
  CHECK(read_all("\xEF\xBB\xBF").empty());
  CHECK(read_all("\xEF\xBF\xBD\n") == rows{{"\xEF\xBF\xBD"}});  // begins like one
}

TEST_CASE("a row knows its line, also behind fields of several lines") {
  std::istringstream from("h\n\"1\n2\n3\"\nx\n");
  csv_reader reader(from);
  csv_row row;
  REQUIRE(reader.next(row));
  CHECK(row.line == 1);
  REQUIRE(reader.next(row));
  CHECK(row.line == 2);
  REQUIRE(reader.next(row));
  CHECK(row.line == 5);
  CHECK_FALSE(reader.next(row));
  CHECK(reader.bytes_read() == 12);
}

TEST_CASE("what is not CSV is refused with its line") {
  CHECK(refusal_of("a\nb\"c\n").starts_with("line 2: a quote inside a field that is not quoted"));
  CHECK(refusal_of("\"a\"b\n").starts_with("line 1: text after a closing quote"));
  CHECK(refusal_of("a\rb\n").starts_with("line 1: a carriage return without a line feed"));
  CHECK(refusal_of("a\n\"b\n\nc").starts_with("line 2: a quote is opened and never closed"));
  CHECK(refusal_of(std::string("a\nb\0c\n", 6)).starts_with("line 2: a NUL byte"));
}

TEST_CASE("a field, a row and their number have limits, and are served up to them") {
  const csv_limits limits{.field_bytes_max = 4, .row_bytes_max = 6, .fields_max = 3};
  CHECK(read_all("abcd,ef\n", limits) == rows{{"abcd", "ef"}});
  CHECK(refusal_of("a\nabcde\n", limits) == "line 2: a field of more than 4 bytes");
  CHECK(refusal_of("abcd,efg\n", limits) == "line 1: a row of more than 6 bytes");
  CHECK(read_all("a,b,c\n", limits).front().size() == 3);
  CHECK(refusal_of("a,b,c,d\n", limits) == "line 1: a row of more than 3 fields");
}

TEST_CASE("fields longer than the reader's buffer come through whole") {
  const std::string longer(200'000, 'x');
  CHECK(read_all(longer + ",\"" + longer + "\"\n") == rows{{longer, longer}});
}
