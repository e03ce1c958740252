#!/usr/bin/env python3
"""What the description of the header sees, and what it complains about."""
import sys
import unittest

sys.dont_write_bytecode = True
import describe  # noqa: E402
import layers  # noqa: E402
import layers_rust  # noqa: E402
import vocabulary  # noqa: E402


def header(body):
    return f'extern "C" {{\n#endif\n{body}\n#ifdef __cplusplus\n}}\n#endif\n'


def api_of(body):
    return describe.Reader(header(body)).api


def complaints(body, tests="tocsin_f"):
    return list(describe.complaints(api_of(body), tests))


OPAQUE = "typedef struct tocsin_desk tocsin_desk;\ntypedef struct tocsin_error tocsin_error;\ntypedef int32_t tocsin_status;\n"


class Lint(unittest.TestCase):
    def only(self, body, word, tests="tocsin_f"):
        found = complaints(OPAQUE + body, tests)
        self.assertEqual(len(found), 1, found)
        self.assertIn(word, found[0])

    def test_a_function_that_says_everything_is_fine(self):
        self.assertEqual(complaints(OPAQUE + """/* Opens. @owned desk_out @nullable path @since 0.1 */
TOCSIN_API tocsin_status tocsin_f(const char* path, size_t path_size, tocsin_desk** desk_out, tocsin_error** error);"""), [])

    def test_every_function_says_since_when(self):
        self.only("/* Counts. */\nTOCSIN_API int32_t tocsin_f(void);", "@since")

    def test_every_pointer_has_an_owner(self):
        self.only("/* Opens. @since 0.1 */\nTOCSIN_API tocsin_status tocsin_f(tocsin_desk** desk_out, tocsin_error** error);",
                  "whose is desk_out")
        self.only("/* Fills. @since 0.1 */\nTOCSIN_API tocsin_status tocsin_f(void* rows, size_t row_size, tocsin_error** error);",
                  "whose is rows")
        self.only("/* Names. @since 0.1 */\nTOCSIN_API const char* tocsin_f(void);", "@borrowed")
        self.only("/* Reads a text without a size. @since 0.1 */\nTOCSIN_API int32_t tocsin_f(const char* text);", "whose is text")

    def test_what_can_fail_says_why(self):
        self.only("/* Tries. @since 0.1 */\nTOCSIN_API tocsin_status tocsin_f(tocsin_desk* desk);", "tocsin_error** error")

    def test_tags_name_what_is_there(self):
        self.only("/* Counts. @nullable dsek @since 0.1 */\nTOCSIN_API int32_t tocsin_f(tocsin_desk* desk);", "dsek")

    def test_every_function_is_called_by_a_test(self):
        self.only("/* Counts. @since 0.1 */\nTOCSIN_API int32_t tocsin_f(void);", "no test", tests="tocsin_fork")

    def test_what_is_not_understood_is_no_silence(self):
        for body in ("typedef enum { A } tocsin_kind;", "#define TOCSIN_X (1 + 2)", "int tocsin_f(void);",
                     "typedef struct tocsin_x {\n  long a;\n} tocsin_x;"):
            with self.assertRaises(describe.Wrong, msg=body):
                api_of(body)


class Reading(unittest.TestCase):
    def test_members_stand_where_a_compiler_puts_them(self):
        [struct] = api_of("typedef struct tocsin_x {\n  uint8_t a;\n  int32_t b; /* two */\n  uint8_t c;\n  void* d;\n"
                          "  uint8_t e;\n} tocsin_x;")["types"]
        self.assertEqual([(f["name"], f["offset"]) for f in struct["fields"]],
                         [("a", 0), ("b", 4), ("c", 8), ("d", 16), ("e", 24)])
        self.assertEqual(struct["size"], 32)
        self.assertEqual(struct["fields"][1]["doc"], "two")

    def test_numbers_belong_to_the_type_above_them(self):
        api = api_of("typedef int32_t tocsin_status;\n#define TOCSIN_OK 0\n#define TOCSIN_BUSY 7u /* later */\n\n"
                     "typedef struct tocsin_desk tocsin_desk;\n#define TOCSIN_FLAG 1u")
        self.assertEqual([(c["name"], c["value"], c["type"], c["doc"]) for c in api["constants"]],
                         [("TOCSIN_OK", 0, "tocsin_status", ""), ("TOCSIN_BUSY", 7, "tocsin_status", "later"),
                          ("TOCSIN_FLAG", 1, None, "")])

    def test_what_ends_a_handle_is_told_from_what_asks_it(self):
        api = api_of(OPAQUE + "TOCSIN_API void tocsin_desk_close(tocsin_desk* desk);\n"
                     "TOCSIN_API int32_t tocsin_desk_next_close(const tocsin_desk* desk);")
        self.assertEqual([f["parameters"][0]["role"] for f in api["functions"]], ["consumed", "borrowed"])

    def test_callbacks_become_types_of_ctypes(self):
        api = api_of("typedef int32_t (*tocsin_log_fn)(void* user_data, int32_t level, const char* text);")
        self.assertIn("tocsin_log_fn = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_int32, ctypes.c_char_p)",
                      layers.python_raw(api))

    def test_rust_sees_handles_pointers_and_layout(self):
        raw = layers_rust.raw(api_of(OPAQUE + "typedef struct tocsin_x {\n  const char* text;\n  uint8_t b;\n} tocsin_x;\n"
                              "TOCSIN_API void tocsin_f(const tocsin_desk* desk, tocsin_desk** desk_out);"))
        self.assertIn("pub struct tocsin_desk {\n    _opaque: [u8; 0],", raw)
        self.assertIn("    pub text: *const c_char,\n", raw)
        self.assertIn("assert!(core::mem::size_of::<tocsin_x>() == 16);", raw)
        self.assertIn("    pub fn tocsin_f(desk: *const tocsin_desk, desk_out: *mut *mut tocsin_desk);", raw)

    def test_padding_in_rows_is_passed_over(self):
        api = api_of("typedef struct tocsin_x_row {\n  int32_t a;\n  int64_t at_us;\n} tocsin_x_row;")
        self.assertIn('Column("at_us", "q", 8)', layers.python_rows(api))
        self.assertIn("at: Optional[datetime]", layers.python_rows(api))


class Lists(unittest.TestCase):
    CATALOGUE = {"commands": [{"name": "log_incident", "meaning": "Log it"}, {"name": "page", "meaning": "word " * 40}],
                 "definitions": [{"kind": "person", "published_as": "people", "meaning": "Someone"}],
                 "events": [{"name": "page", "meaning": "Effect: page the person"}, {"name": "logged", "meaning": "It was"}],
                 "queries": [{"name": "get", "meaning": "One incident"}]}
    HEADER = ("/* Commands by name.\n *\n *   gone  It was there once\n */\n"
              "/* Definitions by the member that takes\n * them.\n *\n */\n"
              "/* Effects are what is asked.\n *\n *   old  Stale\n *\n * What stands below stays. */\n"
              "/* Questions by name.\n *\n */\n")

    def test_a_list_is_as_the_catalogue_has_it(self):
        made = vocabulary.with_lists(self.HEADER, self.CATALOGUE)
        self.assertIn(" *\n *   log_incident  Log it\n *   page          word word", made)
        self.assertIn("them.\n *\n *   people  person: Someone\n */\n", made)
        self.assertIn("asked.\n *\n *   page  page the person\n *\n * What stands below stays. */", made)
        self.assertNotIn("gone", made)
        self.assertLessEqual(max(len(line) for line in made.splitlines()), vocabulary.WIDTH)
        self.assertEqual(vocabulary.with_lists(made, self.CATALOGUE), made)

    def test_a_list_that_has_no_place_is_no_silence(self):
        with self.assertRaises(ValueError):
            vocabulary.with_lists(self.HEADER.replace("Questions by", "Questions of"), self.CATALOGUE)

    def test_an_option_that_is_not_explained_is_missed(self):
        schema = {"allOf": [{"properties": {"max_leap": {}, "open_actors": {}}}]}
        self.assertEqual(vocabulary.missing_options(" *   max_leap  how far\n * open_actors in passing", schema), ["open_actors"])


if __name__ == "__main__":
    unittest.main()
